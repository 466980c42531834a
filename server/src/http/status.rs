//! What a customer's case has beside its pages: files, and the address that a label's code holds.

use super::failure::Failure;
use super::files::{answer, id, size};
use crate::desk::Desk;
use app::backend::Visitor;
use app::error::AppError;
use app::urls;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use axum_extra::extract::CookieJar;
use domain::number::Number;

pub fn router() -> Router<Desk> {
    Router::new().route("/status/{number}/files/{id}/{size}", get(file)).route("/r/{number}", get(label_code))
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

/// Staff scan it to take the parcel in; a customer wants to know how far it is.
async fn label_code(Extension(visitor): Extension<Visitor>, Path(number): Path<String>) -> Redirect {
    let page = match (number.parse::<Number>(), visitor) {
        (Ok(number), Visitor::Staff(_) | Visitor::Tablet(_)) => urls::rma(number),
        (Ok(number), Visitor::Nobody) => format!("{}?number={number}", urls::STATUS),
        (Err(_), _) => urls::STATUS.to_owned(),
    };
    Redirect::to(&page)
}
