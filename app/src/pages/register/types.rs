//! What is the complaint about? The types as pictured cards, and the forms that somebody began.

use super::api::{Beginnings, DiscardDraft, read_beginnings};
use crate::backend::{DraftCard, TypeCard};
use crate::boot::use_locale;
use crate::ui::{Empty, ErrorView, Icon, Time, TypeCards};
use crate::urls;
use crate::wire::page_data;
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use texts::register as words;

#[component]
pub fn TypesPage() -> impl IntoView {
    let locale = use_locale();
    let page = page_data(|| (), |()| read_beginnings());
    view! {
        <Title text=words::title(locale)/>
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(Beginnings { types, drafts }) => view! {
                        <div class="page-head">
                            <h1>{words::which(locale)}</h1>
                        </div>
                        <Drafts drafts/>
                        <Types types/>
                    }
                    .into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Types(types: Vec<TypeCard>) -> impl IntoView {
    let locale = use_locale();
    if types.is_empty() {
        return view! { <Empty icon="other" title=words::no_types(locale) hint=words::no_types_hint(locale)/> }
            .into_any();
    }
    view! { <TypeCards types href=|card: &TypeCard| urls::new_case(&card.key, None)/> }.into_any()
}

#[component]
fn Drafts(drafts: Vec<DraftCard>) -> impl IntoView {
    let locale = use_locale();
    if drafts.is_empty() {
        return ().into_any();
    }
    let rows = drafts
        .into_iter()
        .map(|draft| {
            let summary = if draft.summary.is_empty() { words::draft_empty(locale).to_owned() } else { draft.summary };
            view! {
                <li class="draft">
                    <a class="draft-link" href=urls::new_case(&draft.type_key, Some(draft.id))>
                        <Icon name="edit"/>
                        <span class="draft-words">
                            <strong>{summary}</strong>
                            <span class="soft small">
                                {draft.type_name} " · " <Time at=draft.saved/>
                            </span>
                        </span>
                    </a>
                    <form method="post" action=DiscardDraft::PATH>
                        <input type="hidden" name="id" value=draft.id.to_string()/>
                        <button
                            class="button button-quiet button-icon"
                            type="submit"
                            title=words::draft_discard(locale)
                        >
                            <Icon name="trash" label=words::draft_discard(locale)/>
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="drafts">
            <h2>{words::drafts(locale)}</h2>
            <ul class="card" role="list">
                {rows}
            </ul>
        </section>
    }
    .into_any()
}
