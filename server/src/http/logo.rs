//! The organisation's logo: for everybody, and from an admin.

use super::failure::Failure;
use super::upload::receive;
use crate::desk::Desk;
use crate::desk::pictures::TakeError;
use app::backend::Visitor;
use app::error::AppError;
use app::urls;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};

pub fn router() -> Router<Desk> {
    Router::new()
        .route("/logo", get(logo))
        // The file is counted while it is read.
        .route("/settings/customers/logo", post(send).layer(DefaultBodyLimit::disable()))
}

async fn logo(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, Failure> {
    let id = desk.book().public_form.logo.ok_or(AppError::NotFound)?;
    let etag = HeaderValue::try_from(format!("\"{id}\"")).map_err(|error| desk.incident(&error))?;
    let keep = [(CACHE_CONTROL, HeaderValue::from_static("public, no-cache")), (ETAG, etag.clone())];
    if headers.get(IF_NONE_MATCH) == Some(&etag) {
        return Ok((StatusCode::NOT_MODIFIED, keep).into_response());
    }
    let file = desk.logo(id).await?.ok_or(AppError::NotFound)?;
    let what = [
        (CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (CONTENT_LENGTH, file.bytes.into()),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox")),
    ];
    Ok((keep, what, Body::from_stream(file.stream)).into_response())
}

async fn send(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    mut form: Multipart,
) -> Result<Response, Failure> {
    let Visitor::Staff(viewer) = visitor else { return Err(AppError::SignedOut.into()) };
    desk.may_change_settings(&viewer)?;
    let malformed = || AppError::invalid("logo", "malformed");
    let mut field = form.next_field().await.map_err(|_| malformed())?.ok_or_else(malformed)?;
    let done = match receive(&desk, &mut field, &mut 0).await? {
        Ok(received) => desk.take_logo(&viewer, received).await,
        Err(refusal) => Err(refusal.into()),
    };
    let told = match done {
        Ok(()) => "done=saved".to_owned(),
        Err(TakeError::Refused(refusal)) => format!("refused={}#logo", refusal.key()),
        Err(TakeError::Failed(error)) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("{}/customers?{told}", urls::SETTINGS)).into_response())
}
