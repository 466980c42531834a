//! The built site: read into memory at the start, served in the smallest form that the browser takes.

use crate::desk::Desk;
use app::shell::Assets;
use axum::Router;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Files below `pkg` are named by their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Others may change with the next version: asked for anew, answered with 304.
const ASK: &str = "no-cache";
/// Pages of shops ask for it on every visit.
const A_WHILE: (&str, &str) = ("/embed.js", "public, max-age=3600");
/// A worker goes by the policy that its own script came with; this one fetches pages and files of the site.
const WORKER: (&str, &str) = ("/sw.js", "default-src 'none'; connect-src 'self'; frame-ancestors 'none'");

pub struct Site {
    /// By address, such as `/pkg/redress.1f2e.js`.
    files: BTreeMap<String, Arc<File>>,
    pub assets: Assets,
}

struct File {
    kind: &'static str,
    cache: &'static str,
    /// Where it is not the one of all answers.
    policy: Option<&'static str>,
    etag: HeaderValue,
    plain: Bytes,
    br: Option<Bytes>,
    gz: Option<Bytes>,
}

/// Addresses of the built files below `/pkg/`, as tools/assets writes them.
#[derive(serde::Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
}

impl Site {
    /// Reads a folder that tools/assets made.
    ///
    /// # Errors
    /// When `manifest.json` is not there or a file cannot be read.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let manifest: Manifest = serde_json::from_slice(&std::fs::read(folder.join("manifest.json"))?)?;
        let mut site = Self {
            files: BTreeMap::new(),
            assets: Assets {
                js: format!("/pkg/{}", manifest.js),
                wasm: format!("/pkg/{}", manifest.wasm),
                css: format!("/pkg/{}", manifest.css),
            },
        };
        site.read(folder, "")?;
        site.files.remove("/manifest.json");
        Ok(site)
    }

    /// For tests of what needs no script.
    pub fn empty() -> Self {
        let assets = Assets {
            js: "/pkg/redress.js".to_owned(),
            wasm: "/pkg/redress.wasm".to_owned(),
            css: "/pkg/redress.css".to_owned(),
        };
        Self { files: BTreeMap::new(), assets }
    }

    /// Every address that is served.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    fn read(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                self.read(&path, &format!("{prefix}/{name}"))?;
                continue;
            }
            if name.ends_with(".br") || name.ends_with(".gz") {
                continue;
            }
            let beside = |ending: &str| std::fs::read(folder.join(format!("{name}.{ending}"))).ok().map(Bytes::from);
            let plain = Bytes::from(std::fs::read(&path)?);
            let hash = crate::clock::hex(&<sha2::Sha256 as sha2::Digest>::digest(&plain)[..12]);
            let address = format!("{prefix}/{name}");
            let file = File {
                kind: content_type(&name),
                cache: match address.as_str() {
                    _ if prefix == "/pkg" => FOR_EVER,
                    path if path == A_WHILE.0 => A_WHILE.1,
                    _ => ASK,
                },
                policy: (address == WORKER.0).then_some(WORKER.1),
                etag: HeaderValue::try_from(format!("\"{hash}\"")).expect("hexadecimal digits are a header value"),
                plain,
                br: beside("br"),
                gz: beside("gz"),
            };
            self.files.insert(address, Arc::new(file));
        }
        Ok(())
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "json" | "map" => "application/json",
        "html" => "text/html; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// One route a file: there is no path to walk out of.
pub fn routes(site: &Site) -> Router<Desk> {
    site.files.iter().fold(Router::new(), |router, (path, file)| {
        let file = file.clone();
        router.route(path, get(move |headers: HeaderMap| async move { file.answer(&headers) }))
    })
}

impl File {
    fn answer(&self, request: &HeaderMap) -> Response {
        let mut response = self.content(request);
        if let Some(policy) = self.policy {
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        }
        response
    }

    fn content(&self, request: &HeaderMap) -> Response {
        let caching = [(CACHE_CONTROL, HeaderValue::from_static(self.cache)), (ETAG, self.etag.clone())];
        if request.get(IF_NONE_MATCH).is_some_and(|tag| *tag == self.etag) {
            return (StatusCode::NOT_MODIFIED, caching).into_response();
        }
        let accepts = request.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let takes = |coding: &str| {
            accepts.split(',').any(|part| {
                let mut part = part.split(';').map(str::trim);
                part.next() == Some(coding) && part.next().is_none_or(|q| !matches!(q, "q=0" | "q=0.0"))
            })
        };
        let (coding, body) = match (&self.br, &self.gz) {
            (Some(br), _) if takes("br") => (Some("br"), br),
            (_, Some(gz)) if takes("gzip") => (Some("gzip"), gz),
            _ => (None, &self.plain),
        };
        let mut response = (caching, [(CONTENT_TYPE, self.kind)], Body::from(body.clone())).into_response();
        if self.br.is_some() || self.gz.is_some() {
            response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some(coding) = coding {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }
}
