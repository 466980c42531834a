//! A picture of a code, where neither a hand scanner nor the browser reads it.

use super::failure::Failure;
use super::upload::receive;
use crate::desk::Desk;
use app::backend::Visitor;
use app::error::AppError;
use app::urls;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Extension, Router};

pub fn router() -> Router<Desk> {
    // The picture is counted while it is read.
    Router::new().route("/scan/photo", post(photo).layer(DefaultBodyLimit::disable()))
}

async fn photo(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    mut fields: Multipart,
) -> Result<Response, Failure> {
    let Visitor::Staff(_) = visitor else { return Err(AppError::SignedOut.into()) };
    let malformed = || AppError::invalid("photo", "malformed");
    let mut drained = 0;
    let mut found = Ok(None);
    while let Some(mut field) = fields.next_field().await.map_err(|_| malformed())? {
        if field.name() != Some("photo") {
            return Err(malformed().into());
        }
        found = match receive(&desk, &mut field, &mut drained).await? {
            Ok(received) => desk.files.code_of(&received).await,
            Err(refusal) => Err(refusal),
        };
    }
    let to = match found {
        Ok(Some(text)) => urls::scan(&text),
        Ok(None) => format!("{}?photo=no_code", urls::SCAN),
        Err(refusal) => format!("{}?photo={}", urls::SCAN, refusal.key()),
    };
    Ok(Redirect::to(&to).into_response())
}
