//! Forms without script. One that succeeds goes where its function says; one that fails comes back to its page with what
//! was typed: see `app/src/retry.rs`.

use super::failure::{Failure, wants_page};
use crate::clock::token_hash;
use crate::desk::Desk;
use crate::store::submissions;
use app::backend::{Submission, Visitor};
use app::error::AppError;
use axum::http::header::{CONTENT_TYPE, HOST, LOCATION, REFERER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use futures::FutureExt;
use std::collections::BTreeMap;

/// Ten minutes.
const KEPT_MS: i64 = 10 * 60 * 1000;
const MOST_BYTES: usize = 64 * 1024;
/// Of somebody whom nobody has let in: more than sign-in and invitation need, and too little to fill a disk with.
const MOST_BYTES_OF_NOBODY: usize = 2 * 1024;

/// How many bytes are kept of what that visitor typed.
pub const fn most_bytes(visitor: &Visitor) -> usize {
    match visitor {
        Visitor::Nobody => MOST_BYTES_OF_NOBODY,
        Visitor::Tablet(_) | Visitor::Staff(_) => MOST_BYTES,
    }
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
    fn secrets_are_not_kept() {
        assert!(
            ["password", "old_password", "pin", "welcome[password]", "token", "carrier[webhook_secret]", "new"]
                .into_iter()
                .all(is_secret)
        );
        assert!(!["login", "name", "opinion", "newsletter", "spinach"].into_iter().any(is_secret));
    }
}
