//! At home a form is an article of a report, which its secret opens.

use super::api::{SaveReport, remove_report_picture, report_pictures, save_report};
use crate::backend::{FormInput, PictureView, ReportInput};
use crate::error::Result;
use crate::form::Place;
use crate::guise::Guise;
use crate::urls::{self, Size};
use async_trait::async_trait;
use domain::Locale;
use domain::id::{AttachmentId, CaseId};
use leptos::prelude::*;
use server_fn::ServerFn;

pub struct Home {
    pub token: String,
    pub case: CaseId,
    pub locale: Locale,
    pub guise: Guise,
    /// What stands in the input that no person sees.
    pub website: RwSignal<String>,
}

impl Home {
    fn filled(&self, input: FormInput) -> SaveReport {
        let FormInput { id: case, type_key, form_version, answers, .. } = input;
        let website = self.website.get_untracked();
        let input = ReportInput { token: self.token.clone(), case, type_key, form_version, answers, website };
        SaveReport { input, locale: self.locale, framed: self.guise.framed }
    }
}

#[async_trait]
impl Place for Home {
    async fn keep(&self, input: FormInput) -> Result<()> {
        let SaveReport { input, locale, framed } = self.filled(input);
        save_report(input, locale, framed).await
    }

    fn farewell(&self, input: FormInput) -> Option<(&'static str, String)> {
        Some((SaveReport::PATH, serde_json::to_string(&self.filled(input)).ok()?))
    }

    fn address(&self) -> String {
        self.guise.put_on(&urls::report_item(&self.token, self.case))
    }

    fn files(&self) -> String {
        urls::report_files(&self.token, self.case)
    }

    fn file(&self, picture: AttachmentId, size: Size) -> String {
        urls::report_file(&self.token, picture, size)
    }

    async fn pictures(&self) -> Result<Vec<PictureView>> {
        report_pictures(self.token.clone(), self.case).await
    }

    async fn remove(&self, picture: AttachmentId) -> Result<Vec<PictureView>> {
        remove_report_picture(self.token.clone(), self.case, picture).await
    }

    fn is_own_device(&self) -> bool {
        true
    }
}
