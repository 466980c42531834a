//! What a customer's case has beside its pages: files, and who may read them.

use super::failure::Failure;
use super::files::{answer, id, size};
use crate::desk::Desk;
use app::error::AppError;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use axum::routing::get;
use axum_extra::extract::CookieJar;

pub fn router() -> Router<Desk> {
    Router::new().route("/status/{number}/files/{id}/{size}", get(file))
}

/// The secret of a customer who has proved something in this browser: see [`Desk::customer_case`].
pub(super) fn access(desk: &Desk, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(desk.customer_cookie_name()).map(|cookie| cookie.value().to_owned())
}

async fn file(
    State(desk): State<Desk>,
    Path((number, picture, asked)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let number = number.parse().map_err(|_| AppError::NotFound)?;
    let access = access(&desk, &headers);
    let (attachment, file) = desk.customer_file(access.as_deref(), number, id(&picture)?, size(&asked)?).await?;
    let mut response = answer(&attachment, file);
    // Whoever leaves the case on a shared device leaves nothing behind.
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
