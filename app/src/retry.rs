//! A form that failed without script: its page comes back with what was typed and what was wrong.
//!
//! `server/src/http/retry.rs` keeps a failed submission for ten minutes and sends the browser back to the form's page with
//! `?retry=<key>`; here the page reads it. With script the same form never leaves the page.

use crate::backend::Submission;
use crate::error::AppError;
use crate::wire::{PageData, Postcard, page_data};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[server(prefix = "/api", endpoint = "failed_submission", output = Postcard)]
pub async fn failed_submission(key: String) -> Result<Option<Submission>, AppError> {
    crate::backend::backend().submission(&key).await
}

/// The failed submission that this page load is about, if any. Read it under `<Suspense>`; it is ready before the page is sent.
pub fn use_submission() -> PageData<Option<Submission>> {
    let query = use_query_map();
    page_data(
        move || query.read().get("retry"),
        |key| async move {
            match key {
                Some(key) => failed_submission(key).await.ok().flatten(),
                None => None,
            }
        },
    )
}

/// The key of an error that is none: only the page's language was changed. See [`crate::urls::SPEAK`].
pub const LANGUAGE: &str = "language";

/// The key of an error that is none: what a form would send is to be looked at first.
pub const PREVIEW: &str = "preview";

impl Submission {
    /// What was wrong; `None` where nothing was sent yet.
    pub fn fault(&self) -> Option<AppError> {
        let spoken = matches!(&self.error, AppError::Invalid { key, .. } if key == LANGUAGE || key == PREVIEW);
        (!spoken).then(|| self.error.clone())
    }

    /// What was typed into that input of that form; empty for another form.
    pub fn value(&self, form: &str, input: &str) -> String {
        if self.form != form {
            return String::new();
        }
        self.values.get(input).and_then(|v| v.first()).cloned().unwrap_or_default()
    }
}
