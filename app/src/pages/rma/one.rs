//! One return: taking it in comes first, while it is awaited.

use super::api::{InspectRma, ReceiveRma, load_rma};
use super::badge::RmaBadge;
use super::failed::Failed;
use super::papers::Papers;
use super::receive::{NOTE, ReceiveForm};
use super::shipping::{Named, Shipping, Step};
use super::steps;
use crate::backend::{EventView, RmaPage as Page, RmaView, Submission};
use crate::boot::use_locale;
use crate::pages::case::timeline::describe;
use crate::pages::list::rows::Rows;
use crate::retry::use_submission;
use crate::ui::{Button, ErrorView, Icon, Look, Notice, TextAreaField, Time, Tone, display};
use crate::urls;
use crate::wire::page_data;
use domain::rma::RmaAction;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use texts::{rma as words, words as plain};

#[component]
pub fn RmaPage() -> impl IntoView {
    let params = use_params_map();
    let page = page_data(move || params.read().get("number").unwrap_or_default(), load_rma);
    let failed = use_submission();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let failed = failed.await;
                match page.await {
                    Ok(page) => view! { <Shown page failed/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Shown(page: Page, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let Page { rma, cases, history } = page;
    let title = words::one(locale, &rma.number.to_string());
    let receive = rma.may.contains(&RmaAction::Receive);
    let (expired, store) = (rma.expired, rma.store.name.clone());
    view! {
        <Title text=title.clone()/>
        <div class="rma stack">
            <div class="rma-head">
                <h1>{title}</h1>
                <div class="rma-badges">
                    <RmaBadge state=rma.state expired/>
                    <span class="soft">{store}</span>
                </div>
            </div>
            {expired
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warn>
                            <p>{words::expired_hint(locale)}</p>
                        </Notice>
                    }
                })}
            <Fault rma=rma.clone() failed=failed.clone()/>
            {receive.then(|| view! { <Receive rma=rma.clone() failed=failed.clone()/> })}
            <Here rma=rma.clone() failed=failed.clone()/>
            <section class="rma-cases" aria-labelledby="rma-cases">
                <h2 id="rma-cases">{words::cases(locale)}</h2>
                <Rows rows=cases many_stores=false/>
            </section>
            <section class="card" aria-labelledby="rma-facts">
                <h2 id="rma-facts">{words::facts(locale)}</h2>
                <Facts rma=rma.clone()/>
                <Shipping rma=rma.clone() failed/>
            </section>
            <section class="card" aria-labelledby="rma-papers">
                <h2 id="rma-papers">{words::papers(locale)}</h2>
                <div class="rma-papers">
                    <Papers rma/>
                </div>
            </section>
            <History history/>
            <a class="button button-quiet rma-back" href=urls::RMAS>
                <Icon name="chevron_left"/>
                <span>{words::all_returns(locale)}</span>
            </a>
        </div>
    }
    .into_any()
}

/// What the carrier did not do, and what to do about it.
#[component]
fn Fault(rma: RmaView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    if rma.fault.is_empty() {
        return rma
            .asking
            .then(|| {
                view! {
                    <Notice tone=Tone::Info>
                        <p>{words::asking(locale)}</p>
                    </Notice>
                }
            })
            .into_any();
    }
    let next = match rma.retry {
        Some(at) => words::retried(locale, &display::moment(locale, &at)),
        None => words::waits_for_you(locale).to_owned(),
    };
    let fault = rma.fault.clone();
    let settles = rma.may.contains(&RmaAction::SettleByHand);
    view! {
        <Notice tone=Tone::Warn>
            <p>
                <strong>{fault}</strong>
            </p>
            <p>{next}</p>
            <div class="rma-fault-ways">
                {rma
                    .may_retry
                    .then(|| {
                        view! {
                            <Step
                                rma=rma.clone()
                                step=steps::RETRY
                                icon="refresh"
                                label=words::retry(locale)
                                failed=failed.clone()
                            />
                        }
                    })}
                {settles
                    .then(|| {
                        view! {
                            <Step
                                rma=rma.clone()
                                step=steps::SETTLE_BY_HAND
                                icon="check"
                                label=words::settle_by_hand(locale)
                                failed=failed.clone()
                            />
                        }
                    })}
                {(rma.is_awaited() && !settles)
                    .then(|| {
                        view! {
                            <a class="button" href="#by-hand">
                                <Icon name="edit"/>
                                <span>{words::do_by_hand(locale)}</span>
                            </a>
                        }
                    })}
            </div>
        </Notice>
    }
    .into_any()
}

#[component]
fn Receive(rma: RmaView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let failed = Failed::of("receive_rma", failed.as_ref());
    view! {
        <section class="card rma-first" id="receive" aria-labelledby="rma-receive">
            <h2 id="rma-receive">{words::take_in(locale)}</h2>
            <p class="soft">{words::take_in_hint(locale)}</p>
            <ReceiveForm action=ReceiveRma::PATH failed>
                <Named rma/>
            </ReceiveForm>
        </section>
    }
    .into_any()
}

/// What was noted when the goods came and when they were looked at.
#[component]
fn Here(rma: RmaView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let Some(received) = rma.received.clone() else { return ().into_any() };
    let inspect = rma.may.contains(&RmaAction::Inspect);
    let failed = Failed::of("inspect_rma", failed.as_ref());
    let inspected = rma.inspected.clone();
    view! {
        <section class="card" aria-labelledby="rma-here">
            <h2 id="rma-here">{words::taken_in(locale)}</h2>
            <dl class="rma-facts">
                <div>
                    <dt>{words::condition(locale)}</dt>
                    <dd>{plain::condition(locale, received.condition)}</dd>
                </div>
                <Fact name=words::place(locale) value=received.place/>
                <Fact name=words::note(locale) value=received.note/>
            </dl>
            <p class="soft small">{received.by} " · " <Time at=received.at/></p>
            {inspected
                .map(|inspected| {
                    view! {
                        <h3>{words::inspect_done(locale)}</h3>
                        {(!inspected.note.is_empty()).then(|| view! { <p class="rma-note">{inspected.note}</p> })}
                        <p class="soft small">{inspected.by} " · " <Time at=inspected.at/></p>
                    }
                })}
            {inspect
                .then(|| {
                    view! {
                        <form method="post" action=InspectRma::PATH class="form">
                            {failed.above(&["note"])}
                            <Named rma/>
                            <TextAreaField
                                name="note"
                                id="inspect-note"
                                label=words::inspect(locale)
                                help=words::inspect_help(locale)
                                value=failed.typed("note", "")
                                error=failed.beside("note")
                                rows=3
                                maxlength=NOTE
                            />
                            <div class="form-actions">
                                <Button look=Look::Primary icon="check" label=words::inspect_save(locale)/>
                            </div>
                        </form>
                    }
                })}
        </section>
    }
    .into_any()
}

/// Nothing where there is no value.
#[component]
fn Fact(name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    (!value.is_empty()).then(|| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    })
}

#[component]
fn Facts(rma: RmaView) -> impl IntoView {
    let locale = use_locale();
    let carrier = if rma.carrier.is_empty() { words::by_people(locale).to_owned() } else { rma.carrier.clone() };
    let sent = rma.route.is_sent();
    view! {
        <dl class="rma-facts">
            <Fact name=words::route(locale) value=plain::route(locale, rma.route)/>
            <div>
                <dt>{words::issued(locale)}</dt>
                <dd>
                    <Time at=rma.issued/>
                </dd>
            </div>
            <Fact name=words::valid_until(locale) value=display::date(locale, rma.valid_until)/>
            <Fact name=words::from(locale) value=rma.from/>
            <Fact name=words::window(locale) value=rma.window/>
            <Fact name=words::parcels(locale) value=if sent { rma.parcels.to_string() } else { String::new() }/>
            <Fact name=words::carrier(locale) value=if sent { carrier } else { String::new() }/>
            <Fact name=words::waybill(locale) value=rma.waybill/>
            <Fact name=words::code(locale) value=rma.code/>
        </dl>
        {(!rma.tracking_url.is_empty())
            .then(|| {
                view! {
                    <p>
                        <a class="button button-quiet" href=rma.tracking_url rel="external noreferrer" target="_blank">
                            <Icon name="open"/>
                            <span>{words::follow(locale)}</span>
                        </a>
                    </p>
                }
            })}
    }
    .into_any()
}

#[component]
fn History(history: Vec<EventView>) -> impl IntoView {
    let locale = use_locale();
    let lines = history
        .into_iter()
        .rev()
        .map(|event| {
            let EventView { at, by, what, detail, .. } = event;
            let (icon, words, said) = describe(locale, &what, &detail);
            view! {
                <li class="case-event">
                    <span class="case-event-icon">
                        <Icon name=icon/>
                    </span>
                    <div>
                        <p>{words}</p>
                        {(!said && !detail.is_empty()).then(|| view! { <p class="case-event-detail">{detail}</p> })}
                        <p class="case-by">{(!by.is_empty()).then(|| format!("{by} · "))} <Time at/></p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="rma-history">
            <h2 id="rma-history">{words::history(locale)}</h2>
            <ol class="case-timeline" role="list">
                {lines}
            </ol>
        </section>
    }
    .into_any()
}
