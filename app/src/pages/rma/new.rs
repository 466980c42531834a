//! A return for a case that has none: its number, or a parcel that came without one.

use super::api::{IssueRma, MatchParcel};
use super::failed::Failed;
use super::receive::ReceiveForm;
use crate::backend::{CaseView, Submission};
use crate::boot::use_locale;
use crate::pages::case::load_case;
use crate::retry::use_submission;
use crate::ui::{Button, ErrorView, FieldGroup, Icon, Look};
use crate::urls;
use crate::wire::page_data;
use domain::rma::Route;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use texts::{rma, words};

#[component]
pub fn NewRmaPage() -> impl IntoView {
    let query = use_query_map();
    let case = page_data(move || query.read().get("case").unwrap_or_default(), load_case);
    let failed = use_submission();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let failed = failed.await;
                match case.await {
                    // It has got one meanwhile: a second scan of the same parcel, or a reload.
                    Ok(CaseView { rma: Some(rma), .. }) => {
                        view! { <leptos_router::components::Redirect path=urls::rma(rma.number)/> }.into_any()
                    }
                    Ok(case) => view! { <Choice case failed/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Choice(case: CaseView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let number = case.number.to_string();
    let title = rma::issue_for(locale, &number);
    let came = Failed::of("match_parcel", failed.as_ref());
    let id = case.id.to_string();
    // A case that is closed awaits no goods; what comes for it all the same is taken in.
    let issue = case.may_issue_rma.then(|| view! { <Issue case=id.clone() failed/> });
    view! {
        <Title text=title.clone()/>
        <div class="rma stack">
            <div class="rma-head">
                <h1>{title}</h1>
                <a class="rma-case" href=urls::case(case.number)>
                    <Icon name=case.icon/>
                    <span>{case.title}</span>
                </a>
            </div>
            {issue}
            <section class="card" id="came">
                <h2>{rma::came(locale)}</h2>
                <p class="soft">{rma::came_help(locale)}</p>
                <ReceiveForm action=MatchParcel::PATH failed=came>
                    <input type="hidden" name="case" value=id/>
                </ReceiveForm>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Issue(case: String, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let issue = Failed::of("issue_rma", failed.as_ref());
    let chosen = issue.typed("route", Route::Parcel.key());
    let routes = [Route::Parcel, Route::Store]
        .map(|route| {
            view! {
                <label class="pill">
                    <input type="radio" name="route" value=route.key() checked=route.key() == chosen required=true/>
                    <span>{words::route(locale, route)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2>{rma::issue(locale)}</h2>
            <p class="soft">{rma::issue_help(locale)}</p>
            <form method="post" action=IssueRma::PATH class="form">
                {issue.above(&["route"])}
                <input type="hidden" name="case" value=case/>
                <FieldGroup id="route" label=rma::route(locale) error=issue.beside("route")>
                    <div class="pills pills-square">{routes}</div>
                </FieldGroup>
                <div class="form-actions">
                    <Button look=Look::Primary icon="tag" label=rma::issue_save(locale)/>
                </div>
            </form>
        </section>
    }
    .into_any()
}
