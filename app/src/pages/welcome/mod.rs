//! The first admin, and everybody invited later, begin here.

mod api;

pub use api::{AcceptInvitation, ReadInvitation, accept_invitation, read_invitation};

use crate::backend::{Invitation, Submission};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::pages::sign_in::PlainPage;
use crate::retry::use_submission;
use crate::ui::error_view::{error_text, field_error};
use crate::ui::{Button, ErrorView, LinkButton, Look, Notice, SelectField, TextField, Tone};
use crate::urls;
use crate::wire::page_data;
use domain::Locale;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use texts::welcome as words;

/// As a failed submission names it.
const FORM: &str = "accept_invitation";
const INPUTS: [&str; 5] = ["organisation", "name", "login", "email", "password"];

#[component]
pub fn WelcomePage() -> impl IntoView {
    let locale = use_locale();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let invited = page_data(
        {
            let token = token.clone();
            move || token.clone()
        },
        read_invitation,
    );
    let submission = use_submission();
    view! {
        <Title text=words::title(locale)/>
        <PlainPage>
            <Suspense>
                {move || {
                    let token = token.clone();
                    Suspend::new(async move {
                        let failed = submission.await;
                        match invited.await {
                            Ok(invitation) => view! { <WelcomeForm token invitation failed/> }.into_any(),
                            Err(AppError::NotFound | AppError::Expired) => view! { <Used/> }.into_any(),
                            Err(error) => view! { <ErrorView error/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </PlainPage>
    }
    .into_any()
}

#[component]
fn Used() -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="stack">
            <h1>{words::title(locale)}</h1>
            <p>{words::used(locale)}</p>
            <LinkButton href=urls::SIGN_IN label=words::to_sign_in(locale)/>
        </div>
    }
}

#[component]
fn WelcomeForm(token: String, invitation: Invitation, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let typed = |input: &str, otherwise: &str| match &failed {
        Some(failed) if failed.form == FORM => failed.value(FORM, input),
        _ => otherwise.to_owned(),
    };
    let error = failed.as_ref().map(|failed| failed.error.clone());
    let beside = |input: &str| field_error(locale, error.as_ref(), input);
    let general = error.as_ref().and_then(|error| match error {
        AppError::Invalid { field, .. } if INPUTS.contains(&field.as_str()) => None,
        other => Some(error_text(locale, other)),
    });
    let first = invitation.first_admin;
    // The very first reader has chosen by reading this page.
    let chosen = typed("locale", if first { locale } else { invitation.locale }.tag());
    let languages = Locale::ALL.map(|l| (l.tag().to_owned(), l.name().to_owned())).to_vec();
    let (heading, intro) = if first {
        (words::heading_first(locale).to_owned(), words::intro_first(locale))
    } else {
        (words::heading(locale, &invitation.name), words::intro(locale))
    };
    view! {
        <form class="form" method="post" action=AcceptInvitation::PATH>
            <div class="stack-small">
                <h1>{heading}</h1>
                <p class="soft">{intro}</p>
            </div>
            {general
                .map(|text| {
                    view! {
                        <Notice tone=Tone::Bad urgent=true>
                            <p>{text}</p>
                        </Notice>
                    }
                })}
            <input type="hidden" name="token" value=token/>
            {first
                .then(|| {
                    view! {
                        <TextField
                            name="organisation"
                            label=words::organisation(locale)
                            help=words::organisation_help(locale)
                            value=typed("organisation", "")
                            error=beside("organisation")
                            required=true
                            autocomplete="organization"
                        />
                    }
                })}
            <TextField
                name="name"
                label=words::name(locale)
                value=typed("name", &invitation.name)
                error=beside("name")
                required=true
                autocomplete="name"
            />
            {first
                .then(|| {
                    view! {
                        <TextField
                            name="email"
                            kind="email"
                            label=words::email(locale)
                            value=typed("email", &invitation.email)
                            error=beside("email")
                            required=true
                            autocomplete="email"
                        />
                    }
                })}
            <TextField
                name="login"
                label=words::login(locale)
                value=typed("login", &invitation.login)
                error=beside("login")
                required=true
                autocomplete="username"
                inputmode="email"
            />
            <TextField
                name="password"
                kind="password"
                label=words::password(locale)
                help=words::password_help(locale)
                error=beside("password")
                required=true
                minlength=10
                autocomplete="new-password"
            />
            <SelectField name="locale" label=texts::shell::language(locale) options=languages value=chosen/>
            <Button label=words::submit(locale) look=Look::Primary/>
        </form>
    }
    .into_any()
}
