//! A browser without script, and the client's calls, on the whole router.

use crate::support::World;
use app::backend::Viewer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use domain::id::{StaffId, StoreId};
use futures::FutureExt;
use server::clock::token_hash;
use server::http::{Site, router};
use server::store::sessions::{self, NewSession};
use std::sync::Arc;
use tower::ServiceExt;

const HOST: &str = "redress.test";

pub struct Browser {
    app: Router,
    pub cookie: Option<String>,
    /// Where the last answer sent us.
    pub address: String,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a text"))
    }
}

/// A session that the database knows, and its cookie's value.
pub async fn session(world: &World, staff: Option<StaffId>, tablet: Option<StoreId>) -> String {
    let token = world.desk.random.token();
    let (hash, id, now_ms) = (token_hash(&token), world.desk.random.id(), world.desk.clock.now_ms());
    let begun = world.desk.db.write(move |tx| {
        async move {
            let expires_at = now_ms + 3_600_000;
            let new = NewSession { token_hash: &hash, id, staff, tablet, device: "Test", now_ms, expires_at };
            sessions::begin(tx, &new).await
        }
        .boxed()
    });
    begun.await.expect("the session begins");
    token
}

impl Browser {
    pub fn nobody(world: &World) -> Self {
        Self::on(world, Site::empty())
    }

    pub fn on(world: &World, site: Site) -> Self {
        Self { app: router(world.desk.clone(), Arc::new(site)), cookie: None, address: "/".to_owned() }
    }

    pub async fn of(world: &World, viewer: &Viewer) -> Self {
        let mut browser = Self::nobody(world);
        browser.sign_in_as(world, viewer).await;
        browser
    }

    pub async fn sign_in_as(&mut self, world: &World, viewer: &Viewer) {
        self.cookie = Some(format!("redress={}", session(world, Some(viewer.id), None).await));
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", HOST);
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).expect("a request");
        let response = self.app.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        if let Some(set) = parts.headers.get("set-cookie") {
            let set = set.to_str().expect("a text");
            self.cookie = set.split(';').next().filter(|pair| !pair.ends_with('=')).map(str::to_owned);
        }
        if let Some(to) = parts.headers.get("location") {
            to.to_str().expect("a text").clone_into(&mut self.address);
        }
        let body = to_bytes(body, 10 << 20).await.expect("the body");
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Opens a page.
    pub async fn open(&mut self, path: &str) -> Answer {
        path.clone_into(&mut self.address);
        self.send(Method::GET, path, &[("accept", "text/html"), ("accept-language", "en")], Body::empty()).await
    }

    /// Asks for events and takes the answer's head alone, since its body does not end.
    pub async fn peek(&mut self, path: &str) -> Answer {
        let mut request = Request::get(path).header("host", HOST).header("accept", "text/event-stream");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let request = request.body(Body::empty()).expect("a request");
        let response = self.app.clone().oneshot(request).await.expect("the router always answers");
        Answer { status: response.status(), headers: response.headers().clone(), body: String::new() }
    }

    /// Sends a form of the page that was opened last.
    pub async fn submit(&mut self, action: &str, form: &str) -> Answer {
        let referer = format!("http://{HOST}{}", self.address);
        let headers = [
            ("accept", "text/html,application/xhtml+xml"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", &format!("http://{HOST}")),
            ("referer", &referer),
        ];
        self.send(Method::POST, action, &headers, form.to_owned()).await
    }

    /// Calls a server function as the client does.
    pub async fn call(&mut self, function: &str, kind: &str, arguments: &str) -> Answer {
        let headers =
            [("accept", "application/json"), ("content-type", kind), ("origin", &format!("http://{HOST}") as &str)];
        self.send(Method::POST, &format!("/api/{function}"), &headers, arguments.to_owned()).await
    }

    /// Sends a form with files: name, file name (empty for a text) and content.
    pub async fn submit_files(&mut self, action: &str, parts: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
            body.extend(format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--cut--\r\n");
        let headers = [
            ("accept", "text/html"),
            ("content-type", "multipart/form-data; boundary=cut"),
            ("origin", &format!("http://{HOST}") as &str),
            ("referer", &format!("http://{HOST}{}", self.address)),
        ];
        self.send(Method::POST, action, &headers, body).await
    }
}
