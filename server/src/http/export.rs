//! A list as a file.

use super::failure::Failure;
use crate::desk::Desk;
use crate::desk::export::{Export, Format};
use app::backend::{ListKind, Visitor};
use app::error::AppError;
use app::pages::list::query;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

pub fn router() -> Router<Desk> {
    Router::new().route("/cases/export", get(export))
}

/// `?format=csv` or `xlsx`, beside what the list's own address says.
async fn export(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(asked): RawQuery,
) -> Result<Response, Failure> {
    let Visitor::Staff(who) = visitor else { return Err(AppError::SignedOut.into()) };
    let asked = asked.unwrap_or_default();
    let format = form_urlencoded::parse(asked.as_bytes()).find(|(name, _)| name == "format");
    let format = format.and_then(|(_, key)| Format::from_key(&key)).ok_or(AppError::NotFound)?;
    Ok(answer(desk.export(&who, &query::read(ListKind::Active, &asked), format).await?, format))
}

pub fn answer(export: Export, format: Format) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", export.name);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(format.content_type())),
        // A name is made of a day and a format's key.
        (CONTENT_DISPOSITION, HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    (headers, Body::from_stream(export.body)).into_response()
}
