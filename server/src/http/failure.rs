//! An error as an answer: JSON for scripts, a page in the reader's language for people.

use crate::desk::Desk;
use crate::http::{Site, headers};
use app::error::AppError;
use app::ui::error_view::error_text;
use app::urls;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Locale;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

/// What a handler answers instead of a result.
#[derive(Debug)]
pub struct Failure(pub AppError);

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = (status(&self.0), Json(&self.0)).into_response();
        if let AppError::TooMany { seconds } = self.0 {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(Arc::new(self.0));
        response
    }
}

pub fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Whether a person's browser waits for a page.
pub fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}

/// The language that the browser asks for, or the organisation's.
pub fn language(headers: &HeaderMap, desk: &Desk) -> Locale {
    match headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) {
        Some(list) => Locale::negotiate(list),
        None => desk.book().organisation.locale,
    }
}

/// Turns a panic into an incident, and a [`Failure`] into a page where a person waits for one.
pub async fn catch(State((desk, site)): State<(Desk, Arc<Site>)>, request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    let asked = language(request.headers(), &desk);
    let path = request.uri().path();
    let ancestors = headers::ancestors(&desk, path);
    let start = if urls::is_for_customers(path) { urls::REPORT } else { urls::HOME };
    let response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => {
            // The panic's words are in the log already.
            let incident = desk.random.incident();
            tracing::error!(%incident, "a handler panicked");
            Failure(AppError::Internal { incident }).into_response()
        }
    };
    let error = response.extensions().get::<Arc<AppError>>().cloned();
    let Some(error) = error.filter(|_| page) else { return response };
    let locale = response.extensions().get::<Locale>().copied().unwrap_or(asked);
    let organisation = &desk.book().organisation.name;
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    let policy =
        format!("default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors {ancestors}");
    if let Ok(policy) = HeaderValue::try_from(policy) {
        parts.headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    Response::from_parts(parts, document(locale, organisation, &site.assets.css, start, &error).into())
}

fn document(locale: Locale, organisation: &str, css: &str, start: &str, error: &AppError) -> String {
    let title = texts::ui::error_title(locale);
    let words = escaped(&error_text(locale, error));
    format!(
        "<!DOCTYPE html><html lang=\"{locale}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · {organisation}</title><link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">\
         <link rel=\"stylesheet\" href=\"{css}\"></head>\
         <body><main class=\"error-page\"><h1>{title}</h1><p>{words}</p>\
         <div class=\"row\"><a class=\"button\" href=\"{start}\">{to_start}</a></div></main></body></html>",
        organisation = escaped(organisation),
        to_start = texts::ui::to_start(locale),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
