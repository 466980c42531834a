//! Where customers begin who have a number.

use super::api::{FindStatus, ResendUnconfirmed, read_look};
use super::failed::{Failed, FormLanguages};
use crate::backend::Submission;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::guise::GuiseInput;
use crate::retry::use_submission;
use crate::ui::error_view::{ErrorNotice, wait_text};
use crate::ui::{Button, CustomerFrame, ErrorView, Look, Notice, TextField, Tone};
use crate::wire::page_data;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use texts::status as words;

/// As a failed submission names it, and the form's id.
const FORM: &str = "find_status";
/// Its forms are two: one that finds nothing but a report that waits can ask for the letter again.
const RESEND: &str = "resend_unconfirmed";

/// `/status?number=26-004217-7&done=left`
#[component]
pub fn FindPage() -> impl IntoView {
    let locale = use_locale();
    let submission = use_submission();
    let look = page_data(|| (), |()| read_look());
    view! {
        <Title text=words::find_title(locale)/>
        <Meta name="robots" content="noindex"/>
        <Suspense>
            {move || Suspend::new(async move {
                let failed = submission.await;
                match look.await {
                    Ok(look) => {
                        let languages = view! { <FormLanguages form=FORM name=FORM/> }.into_any();
                        view! {
                            <CustomerFrame look languages>
                                <Find failed/>
                            </CustomerFrame>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Find(failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map().get_untracked();
    let asked = |name: &str| query.get(name).unwrap_or_default();
    let again = Failed::of(RESEND, failed.as_ref());
    let failed = Failed::of(FORM, failed.as_ref());
    let done = match asked("done").as_str() {
        "left" => Some((Tone::Good, words::left(locale))),
        "resent" => Some((Tone::Good, words::resent(locale))),
        "closed" => Some((Tone::Info, words::signed_out(locale))),
        _ => None,
    };
    let done = done.filter(|_| failed.fault().is_none() && again.fault().is_none());
    let reference = again.value("reference", &failed.value("reference", &asked("number")));
    let proof = again.value("proof", &failed.value("proof", ""));
    let error = again.fault().or_else(|| failed.fault());
    let key = match &error {
        Some(AppError::Invalid { key, .. }) => key.clone(),
        _ => String::new(),
    };
    let told = match error {
        _ if key == "unconfirmed" => {
            Some(view! { <Unconfirmed reference=reference.clone() proof=proof.clone()/> }.into_any())
        }
        _ if key == "no_match" => Some(said(words::no_match(locale).to_owned())),
        Some(AppError::TooMany { seconds }) => Some(said(wait_text(locale, seconds))),
        Some(AppError::Invalid { field, .. }) if matches!(field.as_str(), "reference" | "proof") => None,
        Some(error) => Some(view! { <ErrorNotice error/> }.into_any()),
        None => None,
    };
    let beside = |input: &str| {
        if matches!(key.as_str(), "unconfirmed" | "no_match") { String::new() } else { failed.beside(input) }
    };
    view! {
        <div class="stack-small">
            <h1>{words::find_title(locale)}</h1>
            <p class="status-intro">{words::find_intro(locale)}</p>
        </div>
        {done
            .map(|(tone, text)| {
                view! {
                    <Notice tone>
                        <p>{text}</p>
                    </Notice>
                }
            })}
        {told}
        <form id=FORM class="form card" method="post" action=FindStatus::PATH novalidate>
            <GuiseInput/>
            <input type="hidden" name="kept" value=asked("kept")/>
            <TextField
                name="reference"
                label=words::reference(locale)
                help=words::reference_help(locale)
                value=reference
                error=beside("reference")
                required=true
                maxlength=100
                autocomplete="off"
            />
            <TextField
                name="proof"
                label=words::proof(locale)
                help=words::proof_help(locale)
                value=proof
                error=beside("proof")
                required=true
                maxlength=254
                inputmode="email"
                autocomplete="email"
            />
            <div class="form-actions">
                <Button label=words::show(locale) icon="search" look=Look::Primary/>
            </div>
        </form>
    }
    .into_any()
}

fn said(text: String) -> AnyView {
    view! {
        <Notice tone=Tone::Bad urgent=true>
            <p>{text}</p>
        </Notice>
    }
    .into_any()
}

/// Both halves were right, and nobody has opened the link in the letter yet.
#[component]
fn Unconfirmed(reference: String, proof: String) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Notice tone=Tone::Warn urgent=true>
            <p>
                <strong>{words::unconfirmed_title(locale)}</strong>
            </p>
            <p>{words::unconfirmed_text(locale)}</p>
            <form method="post" action=ResendUnconfirmed::PATH>
                <GuiseInput/>
                <input type="hidden" name="reference" value=reference/>
                <input type="hidden" name="proof" value=proof/>
                <Button label=words::resend(locale) icon="mail"/>
            </form>
        </Notice>
    }
    .into_any()
}
