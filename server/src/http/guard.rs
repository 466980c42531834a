//! Against requests that another site makes in a signed-in person's browser.

use super::failure::Failure;
use crate::desk::Desk;
use app::error::AppError;
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses whatever may change something unless it comes from our own pages. The cookie's `SameSite=Lax` is the other lock.
pub async fn same_origin(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if safe || comes_from_us(request.headers(), &desk.config.public_url) {
        next.run(request).await
    } else {
        tracing::warn!(path = super::masked(request.uri().path()), "a request from another origin was refused");
        Failure(AppError::Forbidden).into_response()
    }
}

fn comes_from_us(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => return true,
        Some(_) => return false,
        // Browsers say it over TLS and to localhost alone.
        None => {}
    }
    match text(ORIGIN.as_str()) {
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin == public_url || (host.is_some() && host == text(HOST.as_str()))
        }
        // No browser: nobody's cookie to misuse, unless it brought one.
        None => !headers.contains_key(COOKIE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    fn allowed(list: &[(&'static str, &'static str)]) -> bool {
        let headers = list.iter().map(|(k, v)| (HeaderName::from_static(k), v.parse().expect("a value"))).collect();
        comes_from_us(&headers, "https://redress.example.com")
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        assert!(allowed(&[("sec-fetch-site", "same-origin"), ("cookie", "a=b")]));
        assert!(!allowed(&[("sec-fetch-site", "cross-site"), ("origin", "https://redress.example.com")]));
        assert!(!allowed(&[("sec-fetch-site", "same-site")]));
        assert!(allowed(&[("origin", "https://redress.example.com"), ("cookie", "a=b")]));
        assert!(allowed(&[("origin", "http://192.168.1.2:3000"), ("host", "192.168.1.2:3000"), ("cookie", "a=b")]));
        assert!(!allowed(&[("origin", "https://evil.example"), ("host", "redress.example.com")]));
        assert!(!allowed(&[("origin", "null"), ("host", "null")]));
        assert!(!allowed(&[("cookie", "a=b")]));
        assert!(allowed(&[]));
    }
}
