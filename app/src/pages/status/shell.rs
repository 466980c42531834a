//! What every page about one case of a customer's is: the case that its address names, or the way to prove that it may be
//! read.

use super::api::read_status;
use crate::backend::{StatusPage, Submission};
use crate::error::AppError;
use crate::guise::use_guise;
use crate::retry::use_submission;
use crate::ui::ErrorView;
use crate::urls;
use crate::wire::page_data;
use domain::number::Number;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `show` draws the case, and what of a form was not taken.
#[component]
pub(super) fn CaseShell(title: &'static str, show: fn(StatusPage, Option<Submission>) -> AnyView) -> impl IntoView {
    let number = use_params_map().with_untracked(|params| params.get("number")).unwrap_or_default();
    let submission = use_submission();
    let page = page_data(|| (), {
        let number = number.clone();
        move |()| read_status(number.clone())
    });
    view! {
        <Title text=title/>
        <Meta name="robots" content="noindex"/>
        <Suspense>
            {move || {
                let number = number.clone();
                Suspend::new(async move {
                    let failed = submission.await;
                    match page.await {
                        Ok(page) => show(page, failed),
                        Err(error) => view! { <Closed number error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

/// A case that this browser does not open, or no more: to where it is proved, with what was typed.
#[component]
fn Closed(number: String, error: AppError) -> impl IntoView {
    if !matches!(error, AppError::SignedOut | AppError::NotFound) {
        return view! { <ErrorView error/> }.into_any();
    }
    let kept = use_query_map().with_untracked(|query| query.get("retry"));
    let kept = kept.filter(|key| key.bytes().all(|b| b.is_ascii_hexdigit()));
    let kept = kept.map_or_else(String::new, |key| format!("&kept={key}&done=closed"));
    // Whatever else stood in the address is nobody's number.
    let number = number.parse::<Number>().map_or_else(|_| String::new(), |number| number.to_string());
    let path = use_guise().put_on(&format!("{}?number={number}{kept}", urls::STATUS));
    view! { <Redirect path/> }.into_any()
}
