//! Signing in.

mod api;

pub use api::{SignIn, SignOut, sign_in, sign_out};

use crate::backend::Visitor;
use crate::boot::{use_boot, use_locale};
use crate::error::AppError;
use crate::pages::account::LanguageForm;
use crate::retry::use_submission;
use crate::ui::error_view::{error_text, wait_text};
use crate::ui::{Button, Icon, Look, Notice, TextField, Tone};
use crate::urls;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use server_fn::ServerFn;
use texts::sign_in as words;

/// As a failed submission names it.
const FORM: &str = "sign_in";

/// The page's address, from which one comes back to `next`.
pub fn address(next: &str) -> String {
    if next == urls::HOME {
        return urls::SIGN_IN.to_owned();
    }
    let mut query = ParamsMap::new();
    query.insert("next", next.to_owned());
    format!("{}{}", urls::SIGN_IN, query.to_query_string())
}

/// Only a page of ours: a link with `next=https://elsewhere` leads to the start page.
pub fn safe_next(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|c: char| c == '\\' || c.is_control())
        && !next.starts_with(urls::SIGN_IN);
    if ours { next } else { urls::HOME }
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let locale = use_locale();
    let boot = use_boot();
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    if let Visitor::Staff(_) = boot.visitor {
        return view! { <Redirect path=safe_next(&next).to_owned()/> }.into_any();
    }
    let submission = use_submission();
    view! {
        <Title text=words::title(locale)/>
        <PlainPage>
            <h1>{words::heading(locale, &boot.organisation)}</h1>
            <Suspense>
                {move || {
                    let next = next.clone();
                    Suspend::new(async move {
                        let failed = submission.await;
                        let login = failed.as_ref().map(|s| s.value(FORM, "login")).unwrap_or_default();
                        let kept_next = failed
                            .as_ref()
                            .map(|s| s.value(FORM, "next"))
                            .filter(|kept| !kept.is_empty())
                            .unwrap_or(next);
                        view! {
                            <SignInForm login next=kept_next error=failed.map(|s| s.error)/>
                        }
                    })
                }}
            </Suspense>
        </PlainPage>
    }
    .into_any()
}

#[component]
fn SignInForm(login: String, next: String, error: Option<AppError>) -> impl IntoView {
    let locale = use_locale();
    let busy = RwSignal::new(false);
    let again = !login.is_empty();
    view! {
        <form
            class="form"
            method="post"
            action=SignIn::PATH
            on:submit=move |_| {
                request_animation_frame(move || busy.set(true));
            }
        >
            {error.map(|error| view! { <SignInError error/> })}
            <input type="hidden" name="next" value=next/>
            <TextField
                name="login"
                label=words::login(locale)
                value=login
                required=true
                autocomplete="username"
                inputmode="email"
                autofocus=!again
            />
            <TextField
                name="password"
                kind="password"
                label=words::password(locale)
                required=true
                autocomplete="current-password"
                autofocus=again
            />
            <Button label=words::submit(locale) look=Look::Primary busy=busy/>
            <p class="soft small">{words::forgotten(locale)}</p>
        </form>
    }
    .into_any()
}

#[component]
fn SignInError(error: AppError) -> impl IntoView {
    let locale = use_locale();
    let text = match &error {
        AppError::Invalid { .. } | AppError::NotFound | AppError::Forbidden => words::wrong(locale).to_owned(),
        AppError::TooMany { seconds } => wait_text(locale, *seconds),
        other => error_text(locale, other),
    };
    view! {
        <Notice tone=Tone::Bad urgent=true>
            <p>{text}</p>
        </Notice>
    }
}

/// A page without the staff's frame: a card in the middle, the languages below.
#[component]
pub fn PlainPage(children: Children) -> impl IntoView {
    let organisation = use_boot().organisation;
    view! {
        <div class="plain">
            <main class="plain-main">
                <p class="plain-brand">
                    <img src="/icon.svg" alt="" width="44" height="44"/>
                    <span>{organisation}</span>
                </p>
                <div class="card plain-card">{children()}</div>
            </main>
            <footer class="plain-foot">
                <LanguageForm/>
            </footer>
        </div>
    }
    .into_any()
}

#[component]
pub fn SignOutForm() -> impl IntoView {
    let locale = use_locale();
    view! {
        <form method="post" action=SignOut::PATH>
            <button class="button button-quiet" type="submit">
                <Icon name="logout"/>
                <span>{words::sign_out(locale)}</span>
            </button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::{address, safe_next};

    #[test]
    fn leads_back_only_to_pages_of_ours() {
        assert_eq!(safe_next("/cases/26-000001-1?x=1"), "/cases/26-000001-1?x=1");
        for trick in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
            "javascript:x",
            "/sign-in?next=/",
            "/a\nb",
        ] {
            assert_eq!(safe_next(trick), "/", "{trick:?}");
        }
    }

    #[test]
    fn next_survives_the_address() {
        assert_eq!(address("/"), "/sign-in");
        assert_eq!(address("/cases?list=mine&x=ø"), "/sign-in?next=%2Fcases%3Flist%3Dmine%26x%3D%C3%B8");
    }
}
