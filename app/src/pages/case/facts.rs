//! Three facts that stay apart: what we decided, what the supplier answered, what the customer went home with.

use super::open::use_open;
use super::supplier::Supplier;
use crate::backend::{DecisionView, Moment};
use crate::boot::use_locale;
use crate::ui::Time;
use domain::Locale;
use domain::format;
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Facts() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let decision = open.part(|view| view.decision.clone());
    let earlier = open.part(|view| view.earlier.clone());
    let supplier = open.part(|view| view.supplier.clone());
    let outcome = open.part(|view| view.settlement.clone());
    let nothing = open.part(|view| {
        view.decision.is_none() && view.supplier.is_none() && view.settlement.is_none() && !view.may_answer_supplier
    });
    view! {
        <section class="card case-three" id="facts" aria-labelledby="case-three" hidden=move || nothing.get()>
            <h2 id="case-three">{case::facts(locale)}</h2>
            <dl class="case-three-list">
                <div id="our-decision">
                    <dt>{case::our_decision(locale)}</dt>
                    <dd>
                        {move || match decision.get() {
                            Some(decision) => view! { <Decision decision/> }.into_any(),
                            None => none_yet(locale),
                        }}
                        {move || {
                            let earlier = earlier.get();
                            (!earlier.is_empty())
                                .then(|| {
                                    view! {
                                        <details class="case-more">
                                            <summary>{case::earlier_decisions(locale)}</summary>
                                            <ol class="case-earlier-decisions" role="list">
                                                {earlier
                                                    .into_iter()
                                                    .rev()
                                                    .map(|decision| {
                                                        view! {
                                                            <li>
                                                                <Decision decision/>
                                                            </li>
                                                        }
                                                    })
                                                    .collect_view()}
                                            </ol>
                                        </details>
                                    }
                                        .into_any()
                                })
                        }}
                    </dd>
                </div>
                <div id="supplier-answer">
                    <dt>{case::supplier_answer(locale)}</dt>
                    <dd>
                        {move || match supplier.get() {
                            Some(said) => {
                                let day = format::date(locale, said.on);
                                let parts = [said.answer_name, said.amount, day];
                                let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
                                view! {
                                    <p class="case-decision-reason">{line.join(" · ")}</p>
                                    {(!said.note.is_empty())
                                        .then(|| view! { <p class="case-decision-text">{said.note.clone()}</p> })}
                                    {by(said.by, said.at)}
                                }
                                    .into_any()
                            }
                            None => none_yet(locale),
                        }}
                        <Supplier/>
                    </dd>
                </div>
                <div id="customer-outcome">
                    <dt>{case::outcome(locale)}</dt>
                    <dd>
                        {move || match outcome.get() {
                            Some(settled) => {
                                let parts = [settled.outcome, settled.amount];
                                let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
                                view! {
                                    <p class="case-decision-reason">{line.join(" · ")}</p>
                                    {by(settled.by, settled.at)}
                                }
                                    .into_any()
                            }
                            None => none_yet(locale),
                        }}
                    </dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

fn none_yet(locale: Locale) -> AnyView {
    view! { <p class="case-quiet">{case::none_yet(locale)}</p> }.into_any()
}

fn by(who: String, at: Moment) -> impl IntoView {
    view! {
        <p class="case-by">{who} " · " <Time at/></p>
    }
}

#[component]
fn Decision(decision: DecisionView) -> impl IntoView {
    let locale = use_locale();
    let DecisionView { verdict, reason, offer, until, by, second, at, .. } = decision;
    let verdict = texts::verdict::by_key(locale, verdict.key()).unwrap_or_default();
    let until = until.map(|day| texts::documents::until(locale, &format::date(locale, day))).unwrap_or_default();
    let offered = [offer, until].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <p class="case-decision-reason">{format!("{verdict}: {reason}")}</p>
        {(!offered.is_empty()).then(|| view! { <p>{offered.clone()}</p> })}
        <p class="case-by">
            {by} " · " <Time at/>
            {(!second.is_empty()).then(|| format!(" · {}", case::confirmed_by(locale, &second)))}
        </p>
    }
}
