//! Loading the form: empty, or as far as it was filled in.

use super::Gone;
use super::api::read_report;
use super::form::ReportForm;
use crate::error::AppError;
use crate::guise::use_guise;
use crate::urls;
use crate::wire::page_data;
use domain::id::{CaseId, Key};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/report/new?type={type}`, `/report/{token}?item={case}&check=1`, `/report/{token}?type={type}`
///
/// What it shows was decided when it was loaded: a report that is kept gets its own address, and each step one, without
/// the page being another.
#[component]
pub fn ReportPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let query = use_query_map().get_untracked();
    let item = query.get("item").and_then(|id| id.parse::<CaseId>().ok());
    let type_key = query.get("type").and_then(|key| key.parse::<Key>().ok());
    let checked = query.get("check").is_some();
    let sent = use_guise().put_on(&urls::report_sent(&token));
    let secret = token != urls::NEW_REPORT;
    let page = page_data(|| (), move |()| read_report(token.clone(), item, type_key.clone()));
    view! {
        {secret.then(|| view! { <Meta name="robots" content="noindex"/> })}
        <Suspense>
            {move || {
                let sent = sent.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <ReportForm page checked/> }.into_any(),
                        Err(AppError::Expired) => view! { <Redirect path=sent/> }.into_any(),
                        Err(error) => view! { <Gone error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}
