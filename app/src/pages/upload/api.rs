//! The phone's page and the dialog that shows its code.

use crate::backend::{PictureView, UploadLink, UploadPage};
use crate::error::AppError;
use crate::wire::Postcard;
use domain::id::{AttachmentId, CaseId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// The token travels in the body: addresses reach logs.
#[server(prefix = "/api", endpoint = "upload_page", input = Json, output = Postcard)]
pub async fn read_upload(token: String) -> Result<UploadPage, AppError> {
    crate::backend::backend().upload_page(&token).await
}

/// A plain form post as well; without script the browser comes back to the page.
#[server(prefix = "/api", endpoint = "set_own_kind")]
pub async fn set_own_kind(token: String, picture: AttachmentId, kind: String) -> Result<(), AppError> {
    let kind = domain::attachment::AttachmentKind::from_key(&kind)
        .ok_or_else(|| AppError::invalid("kind", "unknown_choice"))?;
    crate::backend::backend().set_own_kind(&token, picture, kind).await
}

#[server(prefix = "/api", endpoint = "phone_link", input = Json, output = Postcard)]
pub async fn phone_link(case: CaseId) -> Result<UploadLink, AppError> {
    crate::backend::backend().upload_link(&crate::backend::viewer()?, case).await
}

#[server(prefix = "/api", endpoint = "phone_pictures", input = Json, output = Postcard)]
pub async fn phone_pictures(case: CaseId) -> Result<Vec<PictureView>, AppError> {
    crate::backend::backend().pictures(&crate::backend::viewer()?, case).await
}
