//! Where a case stands: drawing, word and colour.

use super::icon::Icon;
use crate::boot::use_locale;
use domain::case::ArchiveReason;
use domain::phase::Phase;
use leptos::prelude::*;

/// The colour's name in the style sheets.
pub const fn phase_tone(phase: Phase) -> &'static str {
    match phase {
        Phase::New => "new",
        Phase::InReview
        | Phase::WaitingCustomer
        | Phase::WaitingGoods
        | Phase::WaitingSupplier
        | Phase::WaitingRepair
        | Phase::WaitingExpert => "wait",
        Phase::Approved | Phase::Partly | Phase::Ready | Phase::Settled => "good",
        Phase::Rejected => "bad",
        Phase::Withdrawn | Phase::NotCollected => "rest",
    }
}

/// The organisation's own `status` follows the phase; an archived case says so too.
#[component]
pub fn PhaseBadge(
    phase: Phase,
    #[prop(optional, into)] status: Option<String>,
    #[prop(optional, into)] archived: Option<ArchiveReason>,
) -> impl IntoView {
    let locale = use_locale();
    let word = texts::phase::by_key(locale, phase.key()).unwrap_or_default();
    view! {
        <span class=format!("badge badge-{}", phase_tone(phase))>
            <Icon name=phase.key()/>
            <span>{word} {status.map(|status| format!(" · {status}"))}</span>
        </span>
        {archived
            .map(|reason| {
                view! {
                    <span class="badge badge-rest" title=texts::archive_reason::by_key(locale, reason.key())>
                        <Icon name="archived"/>
                        <span>{texts::phase::archived(locale)}</span>
                    </span>
                }
            })}
    }
    .into_any()
}
