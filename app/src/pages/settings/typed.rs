//! A form that failed shows what was typed and what was wrong; any other shows what is saved.

use crate::backend::Submission;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::ui::error_view::{error_text, field_error};
use crate::ui::{Notice, Tone};
use domain::Locale;
use leptos::prelude::*;

/// One form about one entry. Its inputs are named `prefix[input]`, since a form is one argument of its server function.
pub struct Typed {
    locale: Locale,
    prefix: &'static str,
    id: String,
    failed: Option<Submission>,
}

impl Typed {
    /// `form` is the endpoint; the entry is the one that the hidden input `id` names.
    pub fn of(failed: Option<&Submission>, form: &str, prefix: &'static str, id: &str) -> Self {
        let failed = failed.filter(|failed| failed.form == form && failed.value(form, &format!("{prefix}[id]")) == id);
        Self { locale: use_locale(), prefix, id: id.to_owned(), failed: failed.cloned() }
    }

    pub fn name(&self, input: &str) -> String {
        format!("{}[{input}]", self.prefix)
    }

    /// The hidden input that names the entry.
    pub fn identity(&self) -> impl IntoView + use<> {
        view! { <input type="hidden" name=self.name("id") value=self.id.clone()/> }
    }

    /// It shows what was typed, and was not saved.
    pub fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    pub fn text(&self, input: &str, saved: impl Into<String>) -> String {
        match &self.failed {
            Some(failed) => failed.value(&failed.form, &self.name(input)),
            None => saved.into(),
        }
    }

    pub fn ticked(&self, input: &str, saved: bool) -> bool {
        match &self.failed {
            Some(failed) => failed.values.contains_key(&self.name(input)),
            None => saved,
        }
    }

    /// One of several boxes named `prefix[input][]`.
    pub fn chosen(&self, input: &str, value: &str, saved: bool) -> bool {
        match &self.failed {
            Some(failed) => failed
                .values
                .get(&format!("{}[]", self.name(input)))
                .is_some_and(|values| values.iter().any(|v| v == value)),
            None => saved,
        }
    }

    /// What stands at that place of several inputs named `prefix[input][]`.
    pub fn nth(&self, input: &str, place: usize, saved: String) -> String {
        match &self.failed {
            Some(failed) => {
                let values = failed.values.get(&format!("{}[]", self.name(input)));
                values.and_then(|values| values.get(place)).cloned().unwrap_or_default()
            }
            None => saved,
        }
    }

    pub fn fault(&self, input: &str) -> String {
        field_error(self.locale, self.failed.as_ref().map(|failed| &failed.error), input)
    }

    /// An error that stands beside none of those inputs.
    pub fn above(&self, inputs: &[&str]) -> Option<AnyView> {
        let text = match &self.failed.as_ref()?.error {
            AppError::Invalid { field, .. } if inputs.contains(&field.as_str()) => return None,
            error => error_text(self.locale, error),
        };
        Some(
            view! {
                <Notice tone=Tone::Bad urgent=true>
                    <p>{text}</p>
                </Notice>
            }
            .into_any(),
        )
    }
}
