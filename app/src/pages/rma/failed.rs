//! A form that failed shows what was typed and what was wrong.

use crate::backend::Submission;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::ui::error_view::{error_text, field_error};
use crate::ui::{Notice, Tone};
use domain::Locale;
use leptos::prelude::*;
use texts::rma;

/// One form of a page, by its endpoint.
#[derive(Clone)]
pub struct Failed {
    locale: Locale,
    submission: Option<Submission>,
}

impl Failed {
    pub fn of(form: &str, submission: Option<&Submission>) -> Self {
        let submission = submission.filter(|failed| failed.form == form);
        Self { locale: use_locale(), submission: submission.cloned() }
    }

    /// One of several forms with the same function: the one whose `input` says `value`.
    pub fn of_one(form: &str, submission: Option<&Submission>, input: &str, value: &str) -> Self {
        let one = submission.filter(|failed| failed.value(form, input) == value);
        Self::of(form, one)
    }

    pub const fn came_back(&self) -> bool {
        self.submission.is_some()
    }

    pub fn typed(&self, input: &str, otherwise: impl Into<String>) -> String {
        match &self.submission {
            Some(failed) => failed.value(&failed.form, input),
            None => otherwise.into(),
        }
    }

    pub fn beside(&self, input: &str) -> String {
        field_error(self.locale, self.submission.as_ref().map(|failed| &failed.error), input)
    }

    /// An error that stands beside none of those inputs.
    pub fn above(&self, inputs: &[&str]) -> Option<AnyView> {
        let (tone, text) = match &self.submission.as_ref()?.error {
            AppError::Invalid { field, .. } if inputs.contains(&field.as_str()) => return None,
            AppError::Conflict => (Tone::Warn, rma::changed(self.locale).to_owned()),
            error => (Tone::Bad, error_text(self.locale, error)),
        };
        Some(
            view! {
                <Notice tone urgent=true>
                    <p>{text}</p>
                </Notice>
            }
            .into_any(),
        )
    }
}
