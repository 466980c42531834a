//! What happened, newest first.

use super::open::use_open;
use crate::backend::EventView;
use crate::boot::use_locale;
use crate::ui::{Icon, Time};
use domain::Locale;
use domain::deadline::regimes::Consequence;
use domain::deadline::watch::Step;
use domain::event::EventKind;
use domain::paper::Handover;
use domain::rma::RmaAction;
use leptos::prelude::*;
use texts::event;

/// More than these are folded away at first.
const SHOWN: usize = 12;

#[component]
pub fn Timeline() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let events = open.part(|view| {
        let mut events = view.timeline.clone();
        // What happened in one moment stands in its order, too.
        events.reverse();
        events.sort_by_key(|event| std::cmp::Reverse(event.at.utc_ms));
        events
    });
    let late = move || events.get().into_iter().take(SHOWN).collect::<Vec<_>>();
    let early = Memo::new(move |_| events.with(|events| events.iter().skip(SHOWN).cloned().collect::<Vec<_>>()));
    view! {
        <section class="card" aria-labelledby="case-timeline" id="timeline">
            <h2 id="case-timeline">{texts::case::timeline(locale)}</h2>
            <ol class="case-timeline" role="list">
                <For each=late key=|event| event.id let:event>
                    <Entry event/>
                </For>
            </ol>
            {move || {
                let early = early.get();
                let count = i64::try_from(early.len()).unwrap_or(i64::MAX);
                (count > 0)
                    .then(|| {
                        view! {
                            <details class="case-earlier">
                                <summary>{texts::case::earlier(locale, count)}</summary>
                                <ol class="case-timeline" role="list">
                                    {early.into_iter().map(|event| view! { <Entry event/> }).collect_view()}
                                </ol>
                            </details>
                        }
                            .into_any()
                    })
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Entry(event: EventView) -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let EventView { id, at, by, what, detail } = event;
    let fresh = move || open.fresh.with(|fresh| fresh.contains(&id));
    let (icon, words, said) = describe(locale, &what, &detail);
    let own = matches!(what, EventKind::TargetNear { .. } | EventKind::TargetPassed { .. });
    view! {
        <li class="case-event" class:case-event-fresh=fresh class:case-event-own=own>
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
}

/// Drawing, words, and whether the words hold the detail already.
pub(crate) fn describe(locale: Locale, what: &EventKind, detail: &str) -> (&'static str, String, bool) {
    let plain = |icon, words: &str| (icon, words.to_owned(), false);
    match what {
        EventKind::Registered => plain("plus", event::registered(locale)),
        EventKind::Edited { .. } => plain("edit", event::edited(locale)),
        EventKind::Assigned { to: Some(_), .. } if !detail.is_empty() => {
            ("user", event::assigned(locale, detail), true)
        }
        EventKind::Assigned { to: Some(_), .. } => plain("user", event::assigned_to_somebody(locale)),
        EventKind::Assigned { to: None, .. } => plain("user", event::unassigned(locale)),
        EventKind::PhaseSet { to, .. } => {
            (to.key(), texts::phase::by_key(locale, to.key()).unwrap_or_default().to_owned(), true)
        }
        EventKind::StatusSet { status: Some(_) } => ("tag", event::status_set(locale, detail), true),
        EventKind::StatusSet { status: None } => plain("tag", event::status_cleared(locale)),
        EventKind::Asked => plain("help", event::asked(locale)),
        EventKind::Decided { verdict, .. } => {
            let word = texts::verdict::by_key(locale, verdict.key()).unwrap_or_default();
            let words = if detail.is_empty() { word } else { detail };
            (verdict.key(), event::decided(locale, words), true)
        }
        EventKind::Proposed { verdict, .. } => {
            let word = texts::verdict::by_key(locale, verdict.key()).unwrap_or_default();
            ("users", event::proposed(locale, if detail.is_empty() { word } else { detail }), true)
        }
        EventKind::SentBack { .. } => plain("undo", event::sent_back(locale)),
        EventKind::ToPrint { template } => {
            let word = texts::template::by_key(locale, template.key()).unwrap_or_default();
            ("print", event::to_print(locale, word), true)
        }
        EventKind::AnswerSent { .. } => plain("check", event::answer_sent(locale)),
        EventKind::HandedOver { how: Handover::Given, .. } => plain("check", event::handed_given(locale)),
        EventKind::HandedOver { how: Handover::Posted, .. } => plain("check", event::handed_posted(locale)),
        EventKind::NotHandedOver { .. } => plain("undo", event::not_handed_over(locale)),
        EventKind::Overruled { .. } => plain("warning", event::overruled(locale)),
        EventKind::NotDeemed { .. } => plain("law", event::not_deemed(locale)),
        EventKind::Examined { .. } => plain("search", event::examined(locale)),
        EventKind::SupplierAnswered { .. } => plain("inbox", event::supplier_answered(locale)),
        EventKind::Settled { .. } => plain("settled", event::settled(locale)),
        EventKind::Unsettled => plain("undo", event::unsettled(locale)),
        EventKind::Archived { .. } => plain("archive", event::archived(locale)),
        EventKind::DeadlinesRevised { .. } => plain("law", event::deadlines_revised(locale)),
        EventKind::LawNoted => plain("law", event::law_noted(locale)),
        EventKind::Unarchived => plain("undo", event::unarchived(locale)),
        EventKind::Joined { into } => ("link", event::joined(locale, &into.to_string()), true),
        EventKind::JoinedHere { number } => ("link", event::joined_here(locale, &number.to_string()), true),
        EventKind::Parted { number } => ("undo", event::parted(locale, &number.to_string()), true),
        EventKind::CameByJoined { number } => ("inbox", event::came_by_joined(locale, &number.to_string()), true),
        EventKind::Noted { own: true } => plain("lock", event::own_noted(locale)),
        EventKind::Noted { own: false } => plain("comment", event::commented(locale)),
        EventKind::AttachmentAdded { kind, .. } => {
            let word = texts::kind::by_key(locale, kind.key()).unwrap_or_default();
            ("picture", event::picture_added(locale, word), true)
        }
        EventKind::AttachmentKindSet { to, .. } => {
            let word = texts::kind::by_key(locale, to.key()).unwrap_or_default();
            ("picture", event::picture_kind(locale, word), true)
        }
        EventKind::AttachmentRemoved { .. } => plain("trash", event::picture_removed(locale)),
        EventKind::LetterQueued { template, .. } => {
            let word = texts::template::by_key(locale, template.key()).unwrap_or_default();
            ("mail", event::letter_queued(locale, word), true)
        }
        EventKind::LetterFailed { .. } => plain("mail_failed", event::letter_failed(locale)),
        EventKind::LetterResent { .. } => plain("refresh", event::letter_resent(locale)),
        EventKind::LetterCancelled { .. } => plain("undo", event::letter_cancelled(locale)),
        EventKind::CustomerAnswered => plain("inbox", event::customer_answered(locale)),
        EventKind::WaitsFor { whom } => ("clock", event::waits_for(locale, whom), true),
        EventKind::Reminded { whom, count } => {
            let count = count.to_string();
            let words = if whom.is_empty() {
                event::reminded(locale, &count)
            } else {
                event::reminded_whom(locale, whom, &count)
            };
            ("mail", words, true)
        }
        EventKind::Unanswered { whom } if whom.is_empty() => plain("warning", event::unanswered(locale)),
        EventKind::Unanswered { whom } => ("warning", event::unanswered_by(locale, whom), true),
        EventKind::Filed => plain("plus", event::filed(locale)),
        EventKind::Confirmed => plain("check", event::confirmed(locale)),
        EventKind::CustomerWrote => plain("inbox", event::customer_wrote(locale)),
        EventKind::ContactChanged { .. } => plain("edit", event::contact_changed(locale)),
        EventKind::CustomerWithdrew => plain("withdrawn", event::customer_withdrew(locale)),
        EventKind::RmaIssued { number } => ("tag", event::rma_issued(locale, &number.to_string()), true),
        EventKind::RmaSet { action, .. } => plain("waiting_goods", rma_words(locale, *action)),
        EventKind::WaybillSet { waybill } if waybill.is_empty() => plain("tag", event::label_given(locale)),
        EventKind::WaybillSet { waybill } => ("tag", event::waybill_set(locale, waybill), true),
        EventKind::CarrierFailed { .. } => plain("mail_failed", event::carrier_failed(locale)),
        EventKind::DeadlinesMoved { .. } => plain("clock", event::deadlines_moved(locale)),
        EventKind::TargetNear { .. } => ("calendar", event::target_near(locale, detail), true),
        EventKind::TargetPassed { .. } => ("calendar", event::target_passed(locale, detail), true),
        EventKind::DeadlineNear { step, .. } => plain("clock", deadline_words(locale, *step)),
        EventKind::DeadlinePassed { consequence: Consequence::DeemedAccepted, .. } => {
            plain("warning", event::deemed_accepted(locale))
        }
        EventKind::DeadlinePassed { .. } => plain("warning", event::deadline_passed(locale)),
    }
}

const fn deadline_words(locale: Locale, step: Step) -> &'static str {
    match step {
        Step::Reminder(_) => event::deadline_near(locale),
        Step::Deputy => event::deadline_deputy(locale),
        Step::Admin => event::deadline_admin(locale),
        Step::Fallback | Step::Passed => event::deadline_fallback(locale),
    }
}

fn rma_words(locale: Locale, action: RmaAction) -> &'static str {
    match action {
        RmaAction::PrintLabel => event::rma_label_printed(locale),
        RmaAction::OrderPickUp => event::rma_pick_up_ordered(locale),
        RmaAction::CancelPickUp => event::rma_pick_up_cancelled(locale),
        RmaAction::Dispatch => event::rma_dispatched(locale),
        RmaAction::Receive => event::rma_received(locale),
        RmaAction::Inspect => event::rma_inspected(locale),
        RmaAction::Cancel => event::rma_cancelled(locale),
        RmaAction::Extend => event::rma_extended(locale),
        RmaAction::Reissue => event::rma_reissued(locale),
        RmaAction::UndoReceive => event::rma_receipt_undone(locale),
        RmaAction::SettleByHand => event::rma_settled_by_hand(locale),
    }
}
