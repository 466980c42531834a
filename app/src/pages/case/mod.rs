//! A case: everything about it, and everything that can be done to it.

mod answers;
mod api;
mod archive;
mod ask;
mod camera;
pub(crate) mod copy;
mod day;
mod deadlines;
mod decide;
mod examine;
mod facts;
mod form;
mod handle;
mod header;
mod law;
mod letters;
mod messages;
mod neighbours;
mod notes;
mod open;
mod pictures;
mod present;
pub(crate) mod preview;
mod proposal;
mod rma;
mod settle;
mod similar;
pub mod steps;
mod supplier;
pub(crate) mod timeline;
mod viewer;
mod wait;

#[cfg(feature = "ssr")]
pub use api::on_server::given_day;

use crate::backend::{CaseView, LetterPreview, Submission};
use crate::boot::use_locale;
use crate::retry::use_submission;
use crate::ui::ErrorView;
use crate::wire::page_data;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use open::Open;

pub(crate) use api::load_case;
pub(crate) use deadlines::hint_line;

#[component]
pub fn CasePage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.read().get("number").unwrap_or_default());
    let first = page_data(move || number.get(), api::load_case);
    let failed = use_submission();
    let query = use_query_map();
    let drafted = page_data(
        move || query.read().get("retry"),
        |key| async move {
            match key {
                Some(key) => api::drafted_decision(key).await.ok().flatten(),
                None => None,
            }
        },
    );
    view! {
        <Transition fallback=Loading>
            {move || Suspend::new(async move {
                let (failed, drafted) = (failed.await, drafted.await);
                match first.await {
                    Ok(view) => view! { <OpenCase view failed drafted/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="case-loading" role="status">
            {texts::ui::loading(use_locale())}
        </div>
    }
}

/// Stays on the page as long as the reader does: what is typed survives each refetch, which only feeds the signals.
#[component]
fn OpenCase(view: CaseView, failed: Option<Submission>, drafted: Option<LetterPreview>) -> impl IntoView {
    let locale = use_locale();
    let id = view.id;
    let title = format!("{} {}", view.number, view.title);
    let open = Open::provide(view, failed, drafted);
    let tick = crate::live::use_live(id);
    Effect::watch(move || tick.get(), move |_, _, _| open.refetch(), false);
    Effect::new(|| request_animation_frame(crate::ui::keys::go_to_part));
    let decides = open.ever(decide::shows);
    let settles = open.ever(settle::shows);
    view! {
        <Title text=title/>
        <article class="case" on:input=present::tell_writing()>
            <neighbours::Beside/>
            <present::Others/>
            <header::Header/>
            <div class="case-standing">
                <header::Standing/>
                <proposal::Proposal/>
            </div>
            <aside class="case-side" aria-label=texts::case::what_next(locale)>
                <handle::Handle/>
                <deadlines::Deadlines/>
                <rma::Rma/>
                <similar::Similar/>
                <answers::Customer/>
            </aside>
            <div class="case-main">
                <pictures::Pictures/>
                <answers::Answers/>
                <examine::Examination/>
                <facts::Facts/>
                <messages::Messages/>
                <notes::Notes/>
                {move || decides.get().then(|| view! { <decide::Decide/> }.into_any())}
                {move || settles.get().then(|| view! { <settle::Settle/> }.into_any())}
            </div>
            <aside class="case-past" aria-label=texts::case::history(locale)>
                <letters::Letters/>
                <timeline::Timeline/>
            </aside>
        </article>
    }
    .into_any()
}
