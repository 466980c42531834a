//! A form of these pages that came back, and the languages that take along what was typed in it.

use crate::backend::Submission;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::ui::error_view::ErrorNotice;
use crate::urls;
use domain::Locale;
use leptos::prelude::*;

/// What a form of that name failed with, and what was typed into it.
#[derive(Clone)]
pub struct Failed {
    form: &'static str,
    submission: Option<Submission>,
}

impl Failed {
    pub fn of(form: &'static str, submission: Option<&Submission>) -> Self {
        Self { form, submission: submission.filter(|failed| failed.form == form).cloned() }
    }

    /// What was typed, or what stood there.
    pub fn value(&self, input: &str, otherwise: &str) -> String {
        match &self.submission {
            Some(failed) => failed.value(self.form, input),
            None => otherwise.to_owned(),
        }
    }

    /// `None` where only the language was changed.
    pub fn fault(&self) -> Option<AppError> {
        self.submission.as_ref().and_then(Submission::fault)
    }

    /// Beside that input.
    pub fn beside(&self, input: &str) -> String {
        let locale = use_locale();
        match self.fault() {
            Some(AppError::Form { problems }) => problems
                .iter()
                .find(|problem| problem.field.as_str() == input)
                .map_or_else(String::new, |problem| texts::words::fault(locale, &problem.fault)),
            other => crate::ui::error_view::field_error(locale, other.as_ref(), input),
        }
    }

    /// What stands beside no input.
    pub fn above(&self, inputs: &[&str]) -> Option<AnyView> {
        let error = self.fault()?;
        let beside = match &error {
            AppError::Form { .. } => true,
            AppError::Invalid { field, .. } => inputs.contains(&field.as_str()),
            _ => false,
        };
        (!beside).then(|| view! { <ErrorNotice error/> }.into_any())
    }
}

/// In the place of links: buttons of the page's one form that is typed in. What Enter presses is the form's first button, so
/// an unseen one that sends it comes before them.
#[component]
pub fn FormLanguages(
    /// The form's id.
    form: &'static str,
    /// As a failed submission names it.
    name: &'static str,
) -> impl IntoView {
    let current = use_locale();
    let buttons = Locale::ALL
        .map(|locale| {
            view! {
                <button
                    class="language"
                    type="submit"
                    form=form
                    formaction=urls::speak(name, locale)
                    formnovalidate=true
                    lang=locale.tag()
                    aria-pressed=if locale == current { "true" } else { "false" }
                >
                    {locale.name()}
                </button>
            }
        })
        .collect_view();
    view! {
        <button class="visually-hidden" type="submit" form=form tabindex="-1" aria-hidden="true"></button>
        <div class="languages" role="group" aria-label=texts::shell::language(current)>
            {buttons}
        </div>
    }
    .into_any()
}
