//! Use cases whose engineers are still at work on their own branches. Must not reach main.

use super::Desk;
use app::backend::*;
use app::error::{AppError, Result};
use async_trait::async_trait;
use domain::attachment::AttachmentKind;
use domain::id::*;
use domain::number::Number;

#[async_trait]
impl Registration for Desk {
    async fn types(&self, _: &Viewer) -> Result<Vec<TypeCard>> {
        Err(AppError::NotFound)
    }
    async fn drafts(&self, _: &Viewer) -> Result<Vec<DraftCard>> {
        Err(AppError::NotFound)
    }
    async fn form_page(&self, _: &Viewer, _: &Key, _: Option<CaseId>) -> Result<FormPage> {
        Err(AppError::NotFound)
    }
    async fn save_draft(&self, _: &Viewer, _: FormInput) -> Result<()> {
        Err(AppError::NotFound)
    }
    async fn discard_draft(&self, _: &Viewer, _: CaseId) -> Result<()> {
        Err(AppError::NotFound)
    }
    async fn register(&self, _: &Viewer, _: FormInput) -> Result<Number> {
        Err(AppError::NotFound)
    }
    async fn edit_page(&self, _: &Viewer, _: Number) -> Result<FormPage> {
        Err(AppError::NotFound)
    }
    async fn edit(&self, _: &Viewer, _: FormInput, _: i64) -> Result<()> {
        Err(AppError::NotFound)
    }
}

#[async_trait]
impl Cases for Desk {
    async fn case(&self, _: &Viewer, _: Number) -> Result<CaseView> {
        Err(AppError::NotFound)
    }
    async fn act(&self, _: &Viewer, _: CaseId, _: Option<i64>, _: Deed) -> Result<()> {
        Err(AppError::NotFound)
    }
    async fn preview(&self, _: &Viewer, _: CaseId, _: &Deed) -> Result<LetterPreview> {
        Err(AppError::NotFound)
    }
    async fn letter(&self, _: &Viewer, _: LetterId) -> Result<LetterPreview> {
        Err(AppError::NotFound)
    }
    async fn resend(&self, _: &Viewer, _: LetterId) -> Result<()> {
        Err(AppError::NotFound)
    }
    async fn list(&self, _: &Viewer, _: &ListQuery) -> Result<ListPage> {
        Err(AppError::NotFound)
    }
    async fn search(&self, _: &Viewer, _: &str, _: u32) -> Result<Found> {
        Err(AppError::NotFound)
    }
}

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

