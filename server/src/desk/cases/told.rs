//! What happened to a case, in its reader's language.

use super::findings;
use super::rows::moment;
use super::view::Reader;
use crate::store::parts::EventRow;
use app::backend::EventView;
use domain::event::{Change, EventKind};
use domain::format;
use domain::id::Key;
use domain::rma::RmaAction;
use texts::words;

impl Reader<'_> {
    fn reason(&self, key: &Key) -> String {
        self.book.reason_name(key, self.locale)
    }

    pub(super) fn outcome(&self, key: &Key) -> String {
        self.book.outcome_name(key, self.locale)
    }

    pub(super) fn amount(&self, minor: Option<i64>) -> String {
        minor.map_or_else(String::new, |minor| format::money(self.locale, minor, &self.book.organisation.currency))
    }

    pub(super) fn event(&self, row: &EventRow) -> EventView {
        EventView {
            id: row.id,
            at: moment(self.store, row.at),
            by: self.book.staff_name(row.by),
            detail: self.detail(&row.what),
            what: row.what.clone(),
        }
    }

    fn detail(&self, what: &EventKind) -> String {
        let l = self.locale;
        match what {
            EventKind::Edited { changes } | EventKind::ContactChanged { changes } => {
                changes.iter().map(|change| self.change(change)).collect::<Vec<_>>().join("\n")
            }
            EventKind::Assigned { to, by, instead_of } => {
                let name = self.book.staff_name(*to);
                let instead_of = self.book.staff_name(*instead_of);
                words::assigned(l, &name, by.as_ref(), &instead_of)
            }
            EventKind::PhaseSet { to, .. } => words::phase(l, *to).to_owned(),
            EventKind::StatusSet { status } => {
                let status = status.as_ref().and_then(|key| key.as_str().parse().ok());
                let status = status.and_then(|id| self.book.statuses.get(&id));
                status.map_or_else(String::new, |status| status.name.get(l).to_owned())
            }
            EventKind::Decided { verdict, reason, proposed_by: None } | EventKind::Proposed { verdict, reason } => {
                format!("{}: {}", words::verdict(l, *verdict), self.reason(reason))
            }
            EventKind::Decided { verdict, reason, proposed_by: Some(first) } => {
                let words = format!("{}: {}", words::verdict(l, *verdict), self.reason(reason));
                texts::case::decided_by_two(l, &words, &self.book.staff_name(Some(*first)))
            }
            EventKind::SentBack { note } => note.clone(),
            EventKind::ToPrint { template } | EventKind::NotHandedOver { template } => {
                words::template(l, *template).to_owned()
            }
            EventKind::HandedOver { template, on, .. } => {
                format!("{}, {}", words::template(l, *template), format::date(l, *on))
            }
            EventKind::AnswerSent { on } | EventKind::Overruled { deemed: on } | EventKind::NotDeemed { on } => {
                format::date(l, *on)
            }
            EventKind::Examined { changes } | EventKind::SupplierAnswered { changes } => {
                findings::told(self.book, l, changes)
            }
            EventKind::Settled { outcome, amount_minor } => {
                let parts = [self.outcome(outcome), self.amount(*amount_minor)];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
            }
            EventKind::Archived { reason } => {
                let reason = domain::case::ArchiveReason::from_key(reason);
                reason.map_or_else(String::new, |reason| words::archive_reason(l, reason).to_owned())
            }
            EventKind::AttachmentAdded { kind, .. } => words::kind(l, *kind).to_owned(),
            EventKind::AttachmentKindSet { to, .. } => words::kind(l, *to).to_owned(),
            EventKind::LetterQueued { template, .. } => words::template(l, *template).to_owned(),
            EventKind::Registered
            | EventKind::Asked
            | EventKind::Unsettled
            | EventKind::Unarchived
            | EventKind::LawNoted
            | EventKind::Noted { .. }
            | EventKind::AttachmentRemoved { .. }
            | EventKind::LetterFailed { .. }
            | EventKind::LetterResent { .. }
            | EventKind::LetterCancelled { .. }
            | EventKind::CustomerAnswered
            | EventKind::Filed
            | EventKind::Confirmed
            | EventKind::CustomerWrote
            | EventKind::CustomerWithdrew => String::new(),
            EventKind::DeadlinesRevised { before, after } => {
                let day = |day: &Option<jiff::civil::Date>| {
                    day.map_or_else(|| texts::deadline::no_end(l).to_owned(), |day| format::date(l, day))
                };
                format!("{} → {}", day(before), day(after))
            }
            EventKind::WaitsFor { whom } | EventKind::Reminded { whom, .. } | EventKind::Unanswered { whom } => {
                whom.clone()
            }
            EventKind::RmaIssued { number }
            | EventKind::Joined { into: number }
            | EventKind::JoinedHere { number }
            | EventKind::Parted { number }
            | EventKind::CameByJoined { number } => number.to_string(),
            EventKind::RmaSet { action: RmaAction::Extend | RmaAction::Reissue, note } => {
                note.parse().map_or_else(|_| note.clone(), |date| format::date(l, date))
            }
            EventKind::RmaSet { note, .. } => note.clone(),
            EventKind::WaybillSet { waybill } => waybill.clone(),
            EventKind::CarrierFailed { note } => words::carrier_fault(l, note),
            EventKind::DeadlinesMoved { moved } => words::moved(l, moved),
            EventKind::TargetNear { due } | EventKind::TargetPassed { due } => format::date(l, *due),
            EventKind::DeadlineNear { clock, safe_end, .. } => words::deadline_near(l, *clock, *safe_end),
            EventKind::DeadlinePassed { clock, legal_end, consequence } => {
                words::deadline_passed(l, *clock, *legal_end, *consequence)
            }
        }
    }

    fn change(&self, change: &Change) -> String {
        let field = self.form.field(change.field.as_str());
        let label = field.map_or_else(|| change.field.to_string(), |field| field.label.get(self.locale).to_owned());
        let value = |text: &str| match self.answer(&change.field, &super::edit::values(field, text)) {
            nothing if nothing.is_empty() => "–".to_owned(),
            value => value,
        };
        format!("{label}: {} → {}", value(&change.before), value(&change.after))
    }
}
