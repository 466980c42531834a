//! What the law says of the case, and beside it what the organisation means to do by itself.

use super::open::use_open;
use crate::backend::{ClockView, Due, HintView, LawView, SourceView};
use crate::boot::use_locale;
use crate::ui::{Icon, Notice, Tone, display};
use domain::deadline::clocks::State;
use leptos::prelude::*;
use texts::deadline;

#[component]
pub fn Deadlines() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let law = open.part(|view| (view.law.clone(), view.due));
    move || {
        let (law, target) = law.get();
        if law.version == 0 && target.is_none() {
            return None;
        }
        let LawView { clocks, hints, unsent, deemed, repair_notice, .. } = law;
        // What somebody waits for, and how long which right lasts.
        let (duties, rights): (Vec<_>, Vec<_>) =
            clocks.into_iter().partition(|clock| clock.safe.is_some() || !clock.consequence.is_empty());
        let nothing = duties.is_empty();
        Some(
            view! {
                <section class="card deadlines" aria-labelledby="case-deadlines" id="deadlines">
                    <h2 id="case-deadlines">{deadline::deadlines(locale)}</h2>
                    {deemed
                        .map(|on| {
                            view! {
                                <Notice tone=Tone::Bad>
                                    <p>{deadline::deemed(locale, &display::date(locale, on))}</p>
                                </Notice>
                            }
                        })}
                    {unsent
                        .then(|| {
                            view! {
                                <Notice tone=Tone::Warn>
                                    <p>{deadline::unsent(locale)}</p>
                                </Notice>
                            }
                        })}
                    {repair_notice.map(|hint| view! { <BeforeRepair hint/> })}
                    {nothing.then(|| view! { <p class="deadlines-none">{deadline::no_clocks(locale)}</p> })}
                    <ul class="deadlines-list" role="list">
                        {duties.into_iter().map(|clock| view! { <Deadline clock/> }).collect_view()}
                    </ul>
                    {target.map(|due| view! { <Target due/> })}
                    {(!hints.is_empty()).then(|| view! { <Hints hints/> })}
                    {(!rights.is_empty())
                        .then(|| {
                            view! {
                                <details class="deadlines-rights">
                                    <summary>{deadline::rights(locale)}</summary>
                                    <ul class="deadlines-list" role="list">
                                        {rights.into_iter().map(|clock| view! { <Deadline clock/> }).collect_view()}
                                    </ul>
                                </details>
                            }
                        })}
                    <super::law::NoteLaw/>
                </section>
            }
            .into_any(),
        )
    }
}

fn classes(clock: &ClockView) -> &'static str {
    match (clock.state, clock.safe) {
        (State::Passed, _) => "deadline deadline-over",
        (_, Some(Due { days_left: ..=0, .. })) => "deadline deadline-over",
        (_, Some(Due { days_left: 1..=3, .. })) => "deadline deadline-soon",
        _ => "deadline",
    }
}

#[component]
fn Deadline(clock: ClockView) -> impl IntoView {
    let locale = use_locale();
    let class = classes(&clock);
    let ClockView { name, from, state, assumed, legal_end, safe, consequence, source } = clock;
    let word = texts::clock_state::by_key(locale, state.key()).unwrap_or_default();
    let standing = match (state, safe) {
        (State::Running, Some(due)) => texts::words::days_left(locale, due.days_left),
        _ => word.to_owned(),
    };
    view! {
        <li class=class>
            <p class="deadline-name">
                <Icon name="law"/>
                <strong>{name}</strong>
                <span class="deadline-left">{standing}</span>
            </p>
            {safe.map(|due| view! { <p>{deadline::last_safe(locale, &display::day(locale, due.date))}</p> })}
            {legal_end.map(|end| view! { <p>{deadline::last_day(locale, &display::date(locale, end))}</p> })}
            <p class="deadline-from">{deadline::counted_from(locale, &from)}</p>
            {assumed.then(|| view! { <p class="deadline-from">{deadline::assumed(locale)}</p> })}
            {(!consequence.is_empty()).then(|| view! { <p class="deadline-consequence">{consequence}</p> })}
            <Statute source/>
        </li>
    }
    .into_any()
}

#[component]
fn Statute(source: SourceView) -> impl IntoView {
    let locale = use_locale();
    let SourceView { statute, url, checked, unconfirmed } = source;
    let checked = deadline::checked(locale, &display::date(locale, checked));
    view! {
        <p class="deadline-source">
            <a href=url rel="noreferrer" target="_blank">
                {statute}
            </a>
            {format!(" · {checked}")}
        </p>
        {(!unconfirmed.is_empty())
            .then(|| {
                view! {
                    <p class="deadline-unconfirmed">
                        <Icon name="warning"/>
                        <span>{deadline::not_confirmed(locale, &unconfirmed)}</span>
                    </p>
                }
            })}
    }
}

#[component]
fn Target(due: Due) -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="deadline deadline-target">
            <p class="deadline-name">
                <Icon name="clock"/>
                <strong>{deadline::own_target(locale, &display::day(locale, due.date))}</strong>
                <span class="deadline-left">{texts::words::days_left(locale, due.days_left)}</span>
            </p>
            <p class="deadline-from">{deadline::target_not_law(locale)}</p>
        </div>
    }
}

/// What is not to be forgotten before a repair.
#[component]
pub fn BeforeRepair(hint: HintView) -> impl IntoView {
    let locale = use_locale();
    let HintView { text, source, .. } = hint;
    view! {
        <Notice tone=Tone::Warn>
            <p>
                <strong>{deadline::before_repair(locale)}</strong>
            </p>
            <p>{text}</p>
            {source.map(|source| view! { <Statute source/> })}
        </Notice>
    }
    .into_any()
}

#[component]
fn Hints(hints: Vec<HintView>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <h3>{deadline::hints(locale)}</h3>
        <ul class="deadlines-hints" role="list">
            {hints.into_iter().map(hint_line).collect_view()}
        </ul>
    }
}

/// One hint with its drawing: also what the registration says at once.
pub(crate) fn hint_line(hint: HintView) -> impl IntoView + use<> {
    let HintView { text, blocks, good, source } = hint;
    let (class, icon) = match (blocks, good) {
        (true, _) => ("hint hint-blocks", "lock"),
        (false, true) => ("hint hint-good", "check"),
        (false, false) => ("hint", "help"),
    };
    view! {
        <li class=class>
            <Icon name=icon/>
            <div>
                <p>{text}</p>
                {source.map(|source| view! { <Statute source/> })}
            </div>
        </li>
    }
}
