//! The few steps of a case, in one line.

use crate::boot::use_locale;
use crate::ui::Icon;
use domain::Locale;
use domain::customer::Stage;
use domain::phase::Phase;
use leptos::prelude::*;
use texts::status as words;

const fn name(locale: Locale, stage: Stage, phase: Phase) -> &'static str {
    match stage {
        Stage::Reported => words::step_reported(locale),
        Stage::InReview => words::step_in_review(locale),
        Stage::Decided => words::step_decided(locale),
        Stage::Closed => match phase {
            Phase::Withdrawn => words::step_withdrawn(locale),
            Phase::NotCollected => words::step_not_collected(locale),
            _ => words::step_settled(locale),
        },
    }
}

#[component]
pub fn Steps(phase: Phase) -> impl IntoView {
    let locale = use_locale();
    let now = Stage::of(phase);
    // What was withdrawn was never decided.
    let shown = move |stage: &Stage| phase != Phase::Withdrawn || matches!(stage, Stage::Reported | Stage::Closed);
    let steps = Stage::ALL
        .into_iter()
        .filter(shown)
        .map(|stage| {
            let (done, here) = (stage < now, stage == now);
            let said = match (done, here) {
                (true, _) => Some(words::step_done(locale)),
                (_, true) => Some(words::step_now(locale)),
                _ => None,
            };
            view! {
                <li class="status-step" class:status-step-done=done aria-current=here.then_some("step")>
                    <span class="status-dot">{(done || here && phase.is_closed()).then(|| view! { <Icon name="check"/> })}</span>
                    <span>{name(locale, stage, phase)}</span>
                    {said.map(|said| view! { <span class="visually-hidden">{format!(" ({said})")}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <ol class="status-steps" role="list" aria-label=words::steps(locale)>
            {steps}
        </ol>
    }
    .into_any()
}
