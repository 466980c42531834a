//! Forms without script. One that succeeds goes where its function says; one that fails comes back to its page with what
//! was typed: see `app/src/retry.rs`.

use super::failure::{Failure, wants_page};
use crate::clock::{MINUTE_MS, token_hash};
use crate::desk::Desk;
use crate::store::submissions;
use app::backend::{Submission, Visitor};
use app::error::AppError;
use app::retry::LANGUAGE;
use axum::body::to_bytes;
use axum::extract::{Query, Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, LOCATION, REFERER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Extension, Router};
use domain::Locale;
use futures::FutureExt;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Ten minutes.
const KEPT_MS: i64 = 10 * MINUTE_MS;
/// A decision with its letter, twice.
const MOST_BYTES: usize = 256 * 1024;
/// Of somebody whom nobody has let in: more than sign-in and invitation need, and too little to fill a disk with.
const MOST_BYTES_OF_NOBODY: usize = 2 * 1024;

pub fn router() -> Router<Desk> {
    Router::new().route("/speak", post(speak))
}

/// How many bytes are kept of what that visitor typed. A customer who has proved a case writes more than a number.
///
/// # Errors
/// The database's.
pub async fn most_bytes(desk: &Desk, visitor: &Visitor, headers: &HeaderMap) -> Result<usize, AppError> {
    let access = match visitor {
        Visitor::Nobody => super::status::access(desk, headers),
        Visitor::Tablet(_) | Visitor::Staff(_) => return Ok(MOST_BYTES),
    };
    Ok(if desk.is_customer(access.as_deref()).await? { MOST_BYTES } else { MOST_BYTES_OF_NOBODY })
}

/// Which form's button it was, and the language that it asks for.
#[derive(Deserialize)]
struct Spoken {
    form: String,
    lang: String,
}

/// The page of a form in another language, with what was typed.
async fn speak(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Query(Spoken { form: name, lang }): Query<Spoken>,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let locale: Locale = lang.parse().map_err(|_| AppError::NotFound)?;
    let body = to_bytes(body, MOST_BYTES).await.map_err(|_| AppError::invalid("", "malformed"))?;
    let form = Form::of(&parts, &body).ok_or(AppError::NotFound)?;
    let most = most_bytes(&desk, &visitor, &parts.headers).await?;
    let form = Form { page: in_language(&form.page, locale), name, ..form };
    Ok(form.failed(&desk, AppError::invalid("", LANGUAGE), most).await)
}

/// That page's address, speaking that language.
fn in_language(page: &str, locale: Locale) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let mut parts: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("lang=")).collect();
    let lang = format!("lang={locale}");
    parts.push(&lang);
    format!("{path}?{}", parts.join("&"))
}

/// A form's post.
pub struct Form {
    /// The server function's name.
    name: String,
    /// The page that it stands on: path and query, without an older `retry`.
    page: String,
    values: BTreeMap<String, Vec<String>>,
}

impl Form {
    /// `None` for a script's call.
    pub fn of(request: &Parts, body: &[u8]) -> Option<Self> {
        let urlencoded = request
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
        if request.method != Method::POST || !urlencoded || !wants_page(&request.headers) {
            return None;
        }
        let mut values = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in form_urlencoded::parse(body) {
            if !is_secret(&name) {
                values.entry(name.into_owned()).or_default().push(value.into_owned());
            }
        }
        let name = request.uri.path().rsplit('/').next().unwrap_or_default().to_owned();
        Some(Self { name, page: page_of(&request.headers), values })
    }

    /// What a form of another route's held, one value an input.
    pub fn typed(name: &str, headers: &HeaderMap, values: BTreeMap<String, String>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name, vec![value])).collect();
        Self { name: name.to_owned(), page: page_of(headers), values }
    }

    /// Where the function has redirected to, or back to its page.
    pub fn succeeded(&self, mut response: Response) -> Response {
        let to = response.headers().get(LOCATION).cloned();
        let to = to.filter(|to| to.as_bytes().starts_with(b"/") && !to.as_bytes().starts_with(b"//"));
        let to = to.or_else(|| HeaderValue::from_str(&self.page).ok()).unwrap_or(HeaderValue::from_static("/"));
        response.headers_mut().insert(LOCATION, to);
        *response.status_mut() = StatusCode::SEE_OTHER;
        response
    }

    /// Back to the page, with a key to what was typed and what was wrong. Of what was typed nothing is kept if it is more
    /// than `most` bytes.
    pub async fn failed(self, desk: &Desk, error: AppError, most: usize) -> Response {
        let Self { name: form, page, values } = self;
        let submission = Submission { form, values, error };
        let mut body = match serde_json::to_string(&submission) {
            Ok(body) => body,
            Err(fault) => return Failure(desk.incident(&fault)).into_response(),
        };
        if body.len() > most {
            let without = Submission { values: BTreeMap::new(), ..submission };
            body = serde_json::to_string(&without).unwrap_or_default();
        }
        let key = desk.random.token();
        let hash = token_hash(&key);
        let expires_at = desk.clock.now_ms() + KEPT_MS;
        let kept =
            desk.db.write(move |tx| async move { submissions::keep(tx, &hash, &body, expires_at).await }.boxed());
        match kept.await {
            Ok(true) => {
                let sign = if page.contains('?') { '&' } else { '?' };
                Redirect::to(&format!("{page}{sign}retry={key}")).into_response()
            }
            // Too many are kept already; a key to nothing would be of no use.
            Ok(false) => Redirect::to(&page).into_response(),
            Err(fault) => Failure(desk.fail(fault)).into_response(),
        }
    }
}

/// What must never lie about, not even for ten minutes.
fn is_secret(input: &str) -> bool {
    ["password", "pin", "token", "secret", "old", "new"]
        .iter()
        .any(|word| input.split(['[', ']', '_', '.']).any(|part| part == *word))
}

/// Path and query of the page that a form stands on, if it is one of ours.
fn page_of(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let page = || {
        let uri: http::Uri = text(REFERER)?.parse().ok()?;
        let ours = uri.authority().is_some_and(|authority| Some(authority.as_str()) == text(HOST));
        let query =
            uri.query().unwrap_or_default().split('&').filter(|part| !part.is_empty() && !part.starts_with("retry="));
        let query = query.collect::<Vec<_>>().join("&");
        let path = uri.path();
        // "//host" would leave us.
        (ours && !path.starts_with("//"))
            .then(|| if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") })
    };
    page().unwrap_or_else(|| "/".to_owned())
}

/// For the value of a query's parameter.
pub fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(referer: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static("till:3000"));
        headers.insert(REFERER, referer.parse().expect("a value"));
        page_of(&headers)
    }

    #[test]
    fn a_form_comes_back_to_its_own_page_alone() {
        assert_eq!(page("http://till:3000/sign-in?next=%2Fnew&retry=0123"), "/sign-in?next=%2Fnew");
        assert_eq!(page("http://till:3000/cases/1?retry=0123"), "/cases/1");
        assert_eq!(page("http://evil.example/sign-in"), "/");
        assert_eq!(page("http://till:3000//evil.example"), "/");
        assert_eq!(page("nonsense"), "/");
    }

    #[test]
    fn a_page_speaks_one_language() {
        assert_eq!(in_language("/status", Locale::Nb), "/status?lang=nb");
        assert_eq!(in_language("/status?number=1&lang=en&done=left", Locale::Pl), "/status?number=1&done=left&lang=pl");
    }

    #[test]
    fn secrets_are_not_kept() {
        assert!(
            ["password", "old_password", "pin", "welcome[password]", "token", "carrier[webhook_secret]", "new"]
                .into_iter()
                .all(is_secret)
        );
        assert!(!["login", "name", "opinion", "newsletter", "spinach"].into_iter().any(is_secret));
    }
}
