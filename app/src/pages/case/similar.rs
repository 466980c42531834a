//! Other cases with the same customer, receipt, serial number or article; a duplicate is joined from here.

use super::api::similar_cases;
use super::form::{CaseForm, Sending};
use super::open::use_open;
use crate::backend::SimilarCase;
use crate::boot::use_locale;
use crate::ui::{Button, PhaseBadge, Shown, Time};
use crate::urls;
use crate::wire::page_data;
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Similar() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let case = open.view.with_untracked(|view| view.id);
    // What is joined or taken out again changes the list.
    let joined = open.part(|view| view.joined.clone());
    let found = page_data(move || joined.get(), move |_| similar_cases(case));
    view! {
        <section class="card case-similar no-print" aria-labelledby="case-similar" id="similar">
            <h2 id="case-similar">{case::similar(locale)}</h2>
            <Transition>
                {move || Suspend::new(async move {
                    let found = found.await.unwrap_or_default();
                    if found.is_empty() {
                        return view! { <p class="case-quiet">{case::similar_none(locale)}</p> }.into_any();
                    }
                    view! {
                        <ul role="list">
                            {found.into_iter().map(|similar| view! { <One similar/> }).collect_view()}
                        </ul>
                    }
                        .into_any()
                })}
            </Transition>
        </section>
    }
    .into_any()
}

#[component]
fn One(similar: SimilarCase) -> impl IntoView {
    let locale = use_locale();
    let SimilarCase { row, same, may_join } = similar;
    let id = row.id.to_string();
    let sending = Sending::of("join_case", {
        let id = id.clone();
        move |failed| failed.value("join_case", "duplicate") == id
    });
    let same: Vec<_> = same.iter().filter_map(|same| texts::same::by_key(locale, same.key())).collect();
    view! {
        <li class="case-similar-one">
            <p class="case-similar-head">
                <a href=urls::case(row.number)>{row.number.to_string()}</a>
                <PhaseBadge phase=row.phase nostrip:status=row.status nostrip:archived=row.archived/>
            </p>
            <p>{row.title}</p>
            <p class="case-by">{same.join(", ")} " · " <Time at=row.registered shown=Shown::Date/></p>
            {may_join
                .then(|| {
                    view! {
                        <details class="case-similar-join" open=sending.came_back>
                            <summary>{case::join(locale)}</summary>
                            <p class="case-quiet">{case::join_help(locale)}</p>
                            <CaseForm sending at="#similar">
                                <input type="hidden" name="duplicate" value=id/>
                                <Button icon="link" label=case::join(locale) busy=sending.busy/>
                            </CaseForm>
                        </details>
                    }
                })}
        </li>
    }
    .into_any()
}
