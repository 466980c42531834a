//! The link in a letter: it names the case, and shows nothing of it before the second factor.

use super::api::{ProveStatus, read_look, read_status_link};
use super::failed::{Failed, FormLanguages};
use crate::backend::{StatusLink, Submission};
use crate::boot::{use_boot, use_locale};
use crate::error::AppError;
use crate::guise::{GuiseInput, use_guise};
use crate::retry::use_submission;
use crate::ui::{Button, CustomerFrame, ErrorView, Icon, Look, TextField};
use crate::urls;
use crate::wire::page_data;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use texts::status as words;

/// As a failed submission names it, and the form's id.
const FORM: &str = "prove_status";

/// `/s/{token}`
#[component]
pub fn LinkPage() -> impl IntoView {
    let locale = use_locale();
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let submission = use_submission();
    let link = page_data(|| (), {
        let token = token.clone();
        move |()| read_status_link(token.clone())
    });
    let look = page_data(|| (), |()| read_look());
    view! {
        <Title text=words::title(locale)/>
        <Meta name="robots" content="noindex"/>
        <Suspense>
            {move || {
                let token = token.clone();
                Suspend::new(async move {
                    let failed = submission.await;
                    let look = look.await.unwrap_or_default();
                    match link.await {
                        Ok(link) => view! { <Prove link token failed/> }.into_any(),
                        Err(AppError::NotFound | AppError::Expired) => {
                            view! {
                                <CustomerFrame look>
                                    <Gone/>
                                </CustomerFrame>
                            }
                                .into_any()
                        }
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Prove(link: StatusLink, token: String, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let StatusLink { look, number, proved } = link;
    if proved {
        let path = use_guise().put_on(&urls::status(number));
        return view! { <Redirect path/> }.into_any();
    }
    let failed = Failed::of(FORM, failed.as_ref());
    let wrong = matches!(failed.fault(), Some(AppError::Invalid { key, .. }) if key == "no_match");
    let beside = if wrong { words::not_yours(locale).to_owned() } else { failed.beside("proof") };
    let organisation = use_boot().organisation;
    let languages = view! { <FormLanguages form=FORM name=FORM/> }.into_any();
    view! {
        <CustomerFrame look languages>
            <div class="stack-small">
                <p class="soft">{organisation}</p>
                <h1>{words::link_title(locale, &number.to_string())}</h1>
                <p class="status-intro">{words::link_intro(locale)}</p>
            </div>
            {failed.above(&["proof"])}
            <form id=FORM class="form card" method="post" action=ProveStatus::PATH novalidate>
                <GuiseInput/>
                <input type="hidden" name="token" value=token/>
                <TextField
                    name="proof"
                    label=words::proof(locale)
                    help=words::proof_help(locale)
                    value=failed.value("proof", "")
                    error=beside
                    required=true
                    maxlength=254
                    inputmode="email"
                    autocomplete="email"
                />
                <div class="form-actions">
                    <Button label=words::show(locale) icon="lock" look=Look::Primary/>
                </div>
            </form>
        </CustomerFrame>
    }
    .into_any()
}

#[component]
fn Gone() -> impl IntoView {
    let locale = use_locale();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <div class="customer-told">
            <Icon name="link"/>
            <h1>{words::link_gone_title(locale)}</h1>
            <p>{words::link_gone_text(locale)}</p>
            <a class="button button-primary" href=use_guise().put_on(urls::STATUS) rel="external">
                {words::find_title(locale)}
            </a>
        </div>
    }
    .into_any()
}
