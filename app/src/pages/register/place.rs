//! At the till a form is a draft of its clerk's, until it is a case.

use super::api::{SaveDraft, form_pictures, remove_form_picture, save_draft};
use crate::backend::{FormInput, FormPage, PictureView};
use crate::error::Result;
use crate::form::Place;
use crate::urls::{self, Size};
use async_trait::async_trait;
use domain::id::{AttachmentId, CaseId, Key};
use server_fn::ServerFn;

pub struct Till {
    case: CaseId,
    type_key: Key,
}

impl Till {
    pub fn of(page: &FormPage) -> Self {
        Self { case: page.id, type_key: page.type_key.clone() }
    }
}

#[async_trait]
impl Place for Till {
    async fn keep(&self, input: FormInput) -> Result<()> {
        save_draft(input).await
    }

    fn farewell(&self, input: FormInput) -> Option<(&'static str, String)> {
        Some((SaveDraft::PATH, serde_json::to_string(&SaveDraft { input }).ok()?))
    }

    fn address(&self) -> String {
        urls::new_case(&self.type_key, Some(self.case))
    }

    fn files(&self) -> String {
        urls::case_files(self.case)
    }

    fn file(&self, picture: AttachmentId, size: Size) -> String {
        urls::file(picture, size)
    }

    async fn pictures(&self) -> Result<Vec<PictureView>> {
        form_pictures(self.case).await
    }

    async fn remove(&self, picture: AttachmentId) -> Result<Vec<PictureView>> {
        remove_form_picture(self.case, picture).await
    }

    fn is_own_device(&self) -> bool {
        false
    }
}
