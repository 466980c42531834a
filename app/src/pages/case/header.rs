//! What the case is and where it stands.

use super::copy::Copy;
use super::form::{CaseForm, Sending};
use super::open::use_open;
use crate::backend::DecisionView;
use crate::boot::use_locale;
use crate::ui::{Button, DueView, Icon, LinkButton, PhaseBadge, Time};
use crate::urls;
use domain::case::Channel;
use domain::decision::Verdict;
use domain::phase::Action;
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Header() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let (number, icon, type_name, registered, registered_by, channel) = open.view.with_untracked(|v| {
        (v.number, v.icon.clone(), v.type_name.clone(), v.registered, v.registered_by.clone(), v.channel)
    });
    let title = open.part(|v| v.title.clone());
    let badge = open.part(|v| (v.phase, v.status.as_ref().map(|s| s.name.clone()), v.archived));
    let due = open.part(|v| v.due);
    let handler = open.part(|v| (v.handler.as_ref().map(|h| h.name.clone()), v.away.clone()));
    let store = open.part(|v| v.store.name.clone());
    let receipt = open.part(|v| v.receipt_number.clone());
    let may_edit = open.part(|v| v.may_edit);
    let web = channel == Channel::Web;
    let channel = texts::words::channel(locale, channel);
    view! {
        <header class="case-head">
            <div class="case-head-top">
                <div class="case-name">
                    <p class="case-type">
                        <Icon name=icon/>
                        <span>{type_name}</span>
                    </p>
                    <div class="case-number-row">
                        <h1 class="case-number">{number.to_string()}</h1>
                        <Copy text=number.to_string()/>
                    </div>
                    <p class="case-title">{title}</p>
                </div>
                <div class="case-badges">
                    {web
                        .then(|| {
                            view! {
                                <span class="badge badge-new case-web">
                                    <Icon name="web"/>
                                    <span>{channel}</span>
                                </span>
                            }
                        })}
                    {move || {
                        let (phase, status, archived) = badge.get();
                        view! { <PhaseBadge phase nostrip:status=status nostrip:archived=archived/> }
                    }}
                    {move || due.get().map(|due| view! { <DueView due/> })}
                    {move || {
                        may_edit
                            .get()
                            .then(|| {
                                view! {
                                    <div data-key="e" data-press="">
                                        <LinkButton href=urls::edit_case(number) label=case::edit(locale) icon="edit"/>
                                    </div>
                                }
                            })
                    }}
                </div>
            </div>
            <dl class="case-facts">
                <div>
                    <dt>{case::store(locale)}</dt>
                    <dd>{store}</dd>
                </div>
                <div>
                    <dt>{case::handler(locale)}</dt>
                    <dd>
                        {move || {
                            let (name, away) = handler.get();
                            let name = name.unwrap_or_else(|| case::nobody(locale).to_owned());
                            let away = away
                                .map(|away| {
                                    let words = if away.me {
                                        case::you_stand_in(locale, &name)
                                    } else {
                                        texts::words::away(locale, away.until, &away.stands_in)
                                    };
                                    view! {
                                        <span class="case-away">
                                            <Icon name="calendar"/>
                                            <span>{words}</span>
                                        </span>
                                    }
                                });
                            view! {
                                <span>{name}</span>
                                {away}
                            }
                        }}
                    </dd>
                </div>
                <div>
                    <dt>{case::registered(locale)}</dt>
                    <dd>
                        <Time at=registered/>
                        {(!registered_by.is_empty()).then(|| format!(", {registered_by}"))}
                        {format!(" · {channel}")}
                    </dd>
                </div>
                <div hidden=move || receipt.with(String::is_empty)>
                    <dt>{case::receipt_number(locale)}</dt>
                    <dd>{receipt}</dd>
                </div>
            </dl>
            <Joined/>
            <Nobody/>
            <Waits/>
            <News/>
        </header>
    }
    .into_any()
}

/// Which cases are one with it.
#[component]
fn Joined() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let joined = open.part(|v| (v.joined.clone(), v.joined_into));
    move || {
        let (joined, into) = joined.get();
        let words = if into.is_some() { case::joined_into(locale, "") } else { case::joined(locale, "") };
        let numbers: Vec<_> = into.into_iter().chain(joined).collect();
        (!numbers.is_empty()).then(|| {
            view! {
                <p class="case-joined">
                    <Icon name="link"/>
                    <span>{words}</span>
                    {numbers
                        .into_iter()
                        .map(|number| view! { <a href=urls::case(number)>{number.to_string()}</a> })
                        .collect_view()}
                </p>
            }
            .into_any()
        })
    }
}

/// Somebody should have it.
#[component]
fn Nobody() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let nobody = open.part(|v| v.nobody);
    move || {
        nobody.get().then(|| {
            view! {
                <div class="case-loud">
                    <Icon name="warning"/>
                    <p>
                        <strong>{case::nobody_loud(locale)}</strong>
                        " · "
                        {case::nobody_hint(locale)}
                    </p>
                </div>
            }
            .into_any()
        })
    }
}

/// Whom the case waits for, since when, and what was done about it.
#[component]
fn Waits() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let waiting = open.part(|v| v.waiting.clone());
    move || {
        let waits = waiting.get()?;
        let since = (waits.since, waits.days);
        let words = texts::words::waits(locale, waits.on, &waits.whom, since, waits.reminded, waits.next);
        Some(
            view! {
                <div class="case-waits">
                    <Icon name=domain::phase::Phase::waiting(waits.on).key()/>
                    <p>
                        {words}
                        {waits.unreachable.then(|| format!(". {}", texts::waits::unreachable(locale)))}
                    </p>
                </div>
            }
            .into_any(),
        )
    }
}

/// Something came in that nobody has acted on yet: whatever is done next takes this away, as does the button.
#[component]
fn News() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let sending = Sending::new("seen_case");
    let news = open.part(|v| v.news);
    move || {
        let at = news.get()?;
        Some(
            view! {
                <div class="case-news" role="status">
                    <Icon name="mail"/>
                    <p>
                        <strong>{case::news(locale)}</strong>
                        " · "
                        <Time at/>
                    </p>
                    <CaseForm sending>
                        <Button icon="check" label=case::news_seen(locale) busy=sending.busy/>
                    </CaseForm>
                </div>
            }
            .into_any(),
        )
    }
}

/// The answer that the customer has got or will get, large, before everything else.
#[component]
pub fn Standing() -> impl IntoView {
    let open = use_open();
    let decision = open.part(|v| v.decision.clone());
    let settled = open.part(|v| v.settlement.is_some() || v.archived.is_some());
    let may_settle = open.may(Action::Settle);
    view! {
        {move || {
            let decision = decision.get()?;
            let settle = may_settle.get() && !settled.get();
            Some(view! { <Decision decision settle/> }.into_any())
        }}
    }
}

#[component]
fn Decision(decision: DecisionView, settle: bool) -> impl IntoView {
    let locale = use_locale();
    let DecisionView { verdict, reason, explanation, by, second, at, .. } = decision;
    let (class, words) = match verdict {
        Verdict::Approved => ("case-decision case-decision-good", case::is_approved(locale)),
        Verdict::Partly => ("case-decision case-decision-good", case::is_partly(locale)),
        Verdict::Rejected => ("case-decision case-decision-bad", case::is_rejected(locale)),
    };
    view! {
        <section class=class aria-labelledby="case-decision">
            <Icon name=verdict.key()/>
            <div class="case-decision-body">
                <h2 id="case-decision">{words}</h2>
                <p class="case-decision-reason">{reason}</p>
                {(!explanation.is_empty()).then(|| view! { <p class="case-decision-text">{explanation}</p> })}
                <p class="case-by">
                    {by} " · " <Time at/>
                    {(!second.is_empty()).then(|| format!(" · {}", case::confirmed_by(locale, &second)))}
                </p>
            </div>
            {settle
                .then(|| {
                    view! {
                        <a class="button case-to-settle" href="#outcome">
                            <span>{case::to_settle(locale)}</span>
                            <Icon name="chevron_down"/>
                        </a>
                    }
                })}
        </section>
    }
}
