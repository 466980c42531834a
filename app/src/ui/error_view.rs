//! An error in the reader's words.

use super::notice::{Notice, Tone};
use crate::boot::use_locale;
use crate::error::AppError;
use domain::Locale;
use leptos::prelude::*;
use texts::ui;

/// One sentence about the error.
pub fn error_text(locale: Locale, error: &AppError) -> String {
    match error {
        AppError::NotFound => ui::error_not_found(locale).to_owned(),
        AppError::Forbidden => ui::error_forbidden(locale).to_owned(),
        AppError::SignedOut => ui::error_signed_out(locale).to_owned(),
        AppError::Form { .. } => ui::error_form(locale).to_owned(),
        AppError::Invalid { key, .. } => {
            texts::fault::by_key(locale, key).unwrap_or_else(|| ui::error_invalid(locale)).to_owned()
        }
        AppError::Conflict => ui::error_conflict(locale).to_owned(),
        AppError::Expired => ui::error_expired(locale).to_owned(),
        AppError::TooMany { seconds } => wait_text(locale, *seconds),
        AppError::Internal { incident } => ui::error_internal(locale, &incident.to_string()),
        AppError::Transport => ui::error_transport(locale).to_owned(),
    }
}

/// How long to wait before the next attempt, in the coarsest unit that is honest.
pub fn wait_text(locale: Locale, seconds: u32) -> String {
    let seconds = i64::from(seconds.max(1));
    if seconds <= 90 { ui::wait_seconds(locale, seconds) } else { ui::wait_minutes(locale, (seconds + 59) / 60) }
}

/// What is wrong with that input of a form; empty when the error is about something else.
pub fn field_error(locale: Locale, error: Option<&AppError>, input: &str) -> String {
    match error {
        Some(error @ AppError::Invalid { field, .. }) if field == input => error_text(locale, error),
        _ => String::new(),
    }
}

/// The error as a notice inside a page.
#[component]
pub fn ErrorNotice(#[prop(into)] error: AppError) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Notice tone=Tone::Bad urgent=true>
            <p>{error_text(locale, &error)}</p>
        </Notice>
    }
}

/// In place of a whole page. Sets the answer's HTTP status.
#[component]
pub fn ErrorView(
    #[prop(into)] error: AppError,
    /// What has happened, where more is known than that something did not work.
    #[prop(optional)]
    title: Option<&'static str>,
) -> impl IntoView {
    let locale = use_locale();
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(error.status()))
    {
        response.set_status(status);
    }
    let signed_out = error == AppError::SignedOut;
    let again = matches!(error, AppError::Transport | AppError::Internal { .. } | AppError::Conflict);
    view! {
        <div class="error-page">
            <super::icon::Icon name="warning"/>
            <h1>{title.unwrap_or_else(|| ui::error_title(locale))}</h1>
            <p>{error_text(locale, &error)}</p>
            <div class="row">
                {signed_out
                    .then(|| {
                        view! {
                            <a class="button button-primary" href=crate::urls::SIGN_IN rel="external">
                                {ui::sign_in(locale)}
                            </a>
                        }
                    })}
                {again
                    .then(|| {
                        view! {
                            <a class="button" href="" rel="external">
                                {ui::try_again(locale)}
                            </a>
                        }
                    })}
                <a class="button" href=crate::urls::HOME>
                    {ui::to_start(locale)}
                </a>
            </div>
        </div>
    }
    .into_any()
}
