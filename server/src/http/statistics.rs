//! Statistics as a file.

use super::failure::Failure;
use crate::desk::Desk;
use app::backend::Visitor;
use app::error::AppError;
use app::pages::statistics::read;
use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

pub fn router() -> Router<Desk> {
    Router::new().route("/statistics.csv", get(csv))
}

async fn csv(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let Visitor::Staff(who) = visitor else { return Err(AppError::SignedOut.into()) };
    let (name, text) = desk.statistics_csv(&who, &read(query.as_deref().unwrap_or_default())).await?;
    // A word of ours and two dates.
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    let headers =
        [(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")), (CONTENT_DISPOSITION, disposition)];
    Ok((headers, text).into_response())
}
