//! Use cases whose engineers are still at work on their own branches. Must not reach main.

use super::Desk;
use app::backend::*;
use app::error::{AppError, Result};
use async_trait::async_trait;
use domain::attachment::AttachmentKind;
use domain::id::*;
use domain::number::Number;

#[async_trait]
impl Pictures for Desk {
    async fn upload_link(&self, _: &Viewer, _: CaseId) -> Result<UploadLink> {
        Err(AppError::NotFound)
    }
    async fn upload_page(&self, _: &str) -> Result<UploadPage> {
        Err(AppError::NotFound)
    }
    async fn set_kind(&self, _: &Viewer, _: AttachmentId, _: AttachmentKind) -> Result<()> {
        Err(AppError::NotFound)
    }
    async fn set_own_kind(&self, _: &str, _: AttachmentId, _: AttachmentKind) -> Result<()> {
        Err(AppError::NotFound)
    }
    async fn remove_picture(&self, _: &Viewer, _: AttachmentId) -> Result<()> {
        Err(AppError::NotFound)
    }
    async fn pictures(&self, _: &Viewer, _: CaseId) -> Result<Vec<PictureView>> {
        Err(AppError::NotFound)
    }
}

