//! Statistics as a file.

use super::export::answer;
use super::failure::Failure;
use crate::desk::Desk;
use crate::desk::export::Format;
use app::backend::Visitor;
use app::error::AppError;
use app::pages::statistics::read;
use app::urls;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

pub fn router() -> Router<Desk> {
    Router::new()
        .route(urls::STATISTICS_CSV, get(|desk, visitor, query| file(desk, visitor, query, Format::Csv)))
        .route(urls::STATISTICS_XLSX, get(|desk, visitor, query| file(desk, visitor, query, Format::Xlsx)))
}

async fn file(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
    format: Format,
) -> Result<Response, Failure> {
    let Visitor::Staff(who) = visitor else { return Err(AppError::SignedOut.into()) };
    let query = read(query.as_deref().unwrap_or_default());
    Ok(answer(desk.statistics_file(&who, &query, format).await?, format))
}
