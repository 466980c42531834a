//! Pictures and documents on their way out: a fixed type, nothing in them may run, kept by the reader's browser alone.

use super::failure::Failure;
use crate::desk::Desk;
use crate::files::shelf::Outgoing;
use crate::store::attachments::{Attachment, JPEG, PDF};
use app::backend::Visitor;
use app::error::AppError;
use app::urls::Size;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::id::AttachmentId;

pub fn router() -> Router<Desk> {
    Router::new().route("/files/{id}/{size}", get(file)).route("/u/{token}/files/{id}/{size}", get(own_file))
}

pub(super) fn size(key: &str) -> Result<Size, AppError> {
    [Size::Small, Size::Large].into_iter().find(|size| size.key() == key).ok_or(AppError::NotFound)
}

pub(super) fn id(text: &str) -> Result<AttachmentId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

async fn file(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path((picture, asked)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let Visitor::Staff(viewer) = visitor else { return Err(AppError::SignedOut.into()) };
    let (attachment, file) = desk.picture_file(&viewer, id(&picture)?, size(&asked)?).await?;
    Ok(answer(&attachment, file))
}

async fn own_file(
    State(desk): State<Desk>,
    Path((token, picture, asked)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let (attachment, file) = desk.own_file(&token, id(&picture)?, size(&asked)?).await?;
    Ok(answer(&attachment, file))
}

pub(super) fn answer(attachment: &Attachment, file: Outgoing) -> Response {
    let headers: [(HeaderName, HeaderValue); 6] = [
        (CONTENT_TYPE, HeaderValue::from_static(if attachment.pdf { PDF } else { JPEG })),
        (CONTENT_LENGTH, file.bytes.into()),
        // An id's file never changes; a shared cache must not have it.
        (CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400, immutable")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    let mut response = (headers, Body::from_stream(file.stream)).into_response();
    if attachment.pdf {
        // Never shown inside our origin.
        let name = HeaderValue::from_static("attachment; filename=\"document.pdf\"");
        response.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    response
}
