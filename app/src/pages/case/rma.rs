//! The return by which the case's goods come. What is done to it has its own page.

use super::open::use_open;
use crate::backend::RmaView;
use crate::boot::use_locale;
use crate::pages::rma::RmaBadge;
use crate::ui::{Icon, LinkButton, Look, display};
use crate::urls;
use domain::rma::RmaAction;
use leptos::prelude::*;
use texts::{rma as words, words as plain};

#[component]
pub fn Rma() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let number = open.view.with_untracked(|view| view.number);
    let rma = open.part(|view| view.rma.clone());
    let may_issue = open.part(|view| view.may_issue_rma);
    move || {
        let body = match rma.get() {
            Some(rma) => view! { <Known rma/> }.into_any(),
            None => view! {
                <div class="case-actions">
                    {may_issue
                        .get()
                        .then(|| view! { <LinkButton href=urls::new_rma(number) icon="tag" label=words::issue(locale)/> })}
                    <LinkButton href=format!("{}#came", urls::new_rma(number)) icon="inbox" label=words::came_short(locale)/>
                </div>
            }
            .into_any(),
        };
        view! {
            <section class="card case-rma no-print" aria-labelledby="case-rma">
                <h2 id="case-rma">{words::card(locale)}</h2>
                {body}
            </section>
        }
    }
}

#[component]
fn Known(rma: RmaView) -> impl IntoView {
    let locale = use_locale();
    let page = urls::rma(rma.number);
    let part = |part: &str| format!("{page}#{part}");
    let lines = [
        (words::route(locale), plain::route(locale, rma.route).to_owned()),
        (words::valid_until(locale), display::date(locale, rma.valid_until)),
        (words::window(locale), rma.window),
        (words::from(locale), rma.from),
        (words::carrier(locale), rma.carrier),
        (words::code(locale), rma.code),
        (words::place(locale), rma.received.as_ref().map(|received| received.place.clone()).unwrap_or_default()),
    ];
    let facts = lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    let may = |action: RmaAction| rma.may.contains(&action);
    view! {
        <p class="case-rma-head">
            <a class="case-rma-number" href=page.clone() rel=urls::rel(&page)>
                {rma.number.to_string()}
            </a>
            <RmaBadge state=rma.state expired=rma.expired/>
        </p>
        {(!rma.fault.is_empty())
            .then(|| {
                view! {
                    <p class="case-rma-fault">
                        <Icon name="warning"/>
                        <span>{rma.fault}</span>
                    </p>
                }
            })}
        <dl class="rma-facts">
            {facts}
            {(!rma.waybill.is_empty())
                .then(|| {
                    view! {
                        <div>
                            <dt>{words::waybill(locale)}</dt>
                            <dd>
                                {if rma.tracking_url.is_empty() {
                                    rma.waybill.into_any()
                                } else {
                                    view! {
                                        <a href=rma.tracking_url rel="external noreferrer" target="_blank">
                                            {rma.waybill}
                                        </a>
                                    }
                                        .into_any()
                                }}
                            </dd>
                        </div>
                    }
                })}
        </dl>
        <div class="case-actions">
            {may(RmaAction::Receive)
                .then(|| {
                    view! {
                        <LinkButton href=part("receive") icon="inbox" label=words::take_in(locale) look=Look::Primary/>
                    }
                })}
            {may(RmaAction::Inspect)
                .then(|| view! { <LinkButton href=part("rma-here") icon="check" label=words::inspect(locale)/> })}
            {may(RmaAction::Extend)
                .then(|| view! { <LinkButton href=part("extend") icon="calendar" label=words::extend(locale)/> })}
            <LinkButton href=part("rma-papers") icon="print" label=words::papers(locale)/>
            <LinkButton href=page.clone() icon="returns" label=words::more(locale)/>
        </div>
    }
    .into_any()
}
