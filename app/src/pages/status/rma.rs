//! The goods: on which way, how far, and until when they can be sent.

use super::now::MoreTime;
use crate::backend::StatusRma;
use crate::boot::use_locale;
use crate::ui::{Icon, display};
use domain::customer::Task;
use domain::number::Number;
use domain::phase::Phase;
use domain::rma::{RmaState, Route};
use leptos::prelude::*;
use texts::status as words;

#[component]
pub fn Return(number: Number, rma: Option<StatusRma>, phase: Phase, task: Task) -> impl IntoView {
    let locale = use_locale();
    let Some(rma) = rma else { return ().into_any() };
    let state = texts::status_goods::by_key(locale, rma.state.key()).unwrap_or_default();
    let way = match rma.route {
        Route::Store => words::way_store(locale),
        Route::Parcel => words::way_parcel(locale),
        Route::PickUp => words::way_pick_up(locale),
    };
    let awaited = rma.state.is_awaited() && !phase.is_closed();
    // Goods that nobody waits for any more.
    let state = if phase.is_closed() && rma.state.is_awaited() { None } else { Some(state) };
    let until = display::date(locale, rma.valid_until);
    let until_label = if rma.expired { words::was_valid_until(locale) } else { words::valid_until(locale) };
    let here = matches!(rma.state, RmaState::Received | RmaState::Inspected);
    let fact = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <dt>{label}</dt>
                <dd>{value}</dd>
            }
        })
    };
    let track = (!rma.tracking_url.is_empty() && !here).then(|| {
        view! {
            <a class="button" href=rma.tracking_url.clone() target="_blank" rel="external noopener noreferrer">
                <Icon name="truck"/>
                <span>{words::track(locale)}</span>
            </a>
        }
    });
    // Where it has run out, the button stands at the top.
    let more = (rma.may_extend && task != Task::Extend).then(|| view! { <MoreTime number/> });
    view! {
        <section class="card stack" aria-labelledby="goods">
            <h2 id="goods">{words::rma(locale)}</h2>
            {state.map(|state| view! { <p class="status-goods"><Icon name="waiting_goods"/> <span>{state}</span></p> })}
            <div>
                <p class="soft">{words::rma_number(locale)}</p>
                <p class="status-large">{rma.number.to_string()}</p>
            </div>
            <dl class="facts">
                {awaited.then(|| fact(until_label, until))}
                {fact(words::way(locale), way.to_owned())}
                {awaited.then(|| fact(words::courier(locale), rma.pick_up))}
                {awaited.then(|| fact(words::destination(locale), rma.destination))}
                {fact(words::waybill(locale), rma.waybill)}
                {awaited.then(|| fact(words::code(locale), rma.code))}
            </dl>
            {(track.is_some() || more.is_some()).then(|| view! { <div class="row">{track} {more}</div> })}
        </section>
    }
    .into_any()
}
