//! What happened to a case: its timeline, which is its audit as well.

use crate::assignment::{Basis, Chosen};
use crate::attachment::AttachmentKind;
use crate::deadline::recompute::Recomputed;
use crate::deadline::regimes::{ClockKind, Consequence};
use crate::deadline::watch::Step;
use crate::decision::Verdict;
use crate::id::{AttachmentId, Key, LetterId, StaffId};
use crate::letter::Template;
use crate::number::Number;
use crate::paper::Handover;
use crate::phase::Phase;
use crate::rma::RmaAction;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Holds no text of the customer's beyond what the case itself shows to the same reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Registered,
    /// The fields whose answers somebody changed, with the answer before and after.
    Edited {
        changes: Vec<Change>,
    },
    Assigned {
        to: Option<StaffId>,
        /// By which rule; `None` where a person did it, and in events from before there were rules.
        #[serde(default)]
        by: Option<Basis>,
        /// Whom they stand in for.
        #[serde(default)]
        instead_of: Option<StaffId>,
    },
    PhaseSet {
        from: Phase,
        to: Phase,
    },
    /// An own status, by its key; `None` clears it.
    StatusSet {
        status: Option<Key>,
    },
    Asked,
    Decided {
        verdict: Verdict,
        reason: Key,
        /// Whose decision it was, where a second person has confirmed it.
        #[serde(default)]
        proposed_by: Option<StaffId>,
    },
    /// Decided above the organisation's limit: it waits for a second person.
    Proposed {
        verdict: Verdict,
        reason: Key,
    },
    /// The second person has not confirmed it.
    SentBack {
        note: String,
    },
    /// A letter that goes to nobody lies ready to be printed.
    ToPrint {
        template: Template,
    },
    /// The first answer left by itself: an e-mail, an SMS.
    AnswerSent {
        on: Date,
    },
    /// A letter on paper was handed over or posted.
    HandedOver {
        template: Template,
        how: Handover,
        on: Date,
    },
    /// It was not, after all.
    NotHandedOver {
        template: Template,
    },
    /// Decided otherwise than the law had it by silence on that day, by somebody who knew.
    Overruled {
        deemed: Date,
    },
    /// A fact was corrected: silence had not accepted the complaint that day.
    NotDeemed {
        on: Date,
    },
    /// What the examination found, before and after (R12).
    Examined {
        changes: Vec<Change>,
    },
    /// What the supplier answered, before and after (E26).
    SupplierAnswered {
        changes: Vec<Change>,
    },
    Settled {
        outcome: Key,
        amount_minor: Option<i64>,
    },
    Unsettled,
    Archived {
        reason: String,
    },
    Unarchived,
    /// A duplicate: it was joined into that case.
    Joined {
        into: Number,
    },
    /// That duplicate was joined into this case.
    JoinedHere {
        number: Number,
    },
    /// That case was taken out again.
    Parted {
        number: Number,
    },
    /// The customer sent something for that duplicate, of which this case takes the place.
    CameByJoined {
        number: Number,
    },
    Noted {
        own: bool,
    },
    AttachmentAdded {
        id: AttachmentId,
        kind: AttachmentKind,
    },
    AttachmentKindSet {
        id: AttachmentId,
        from: AttachmentKind,
        to: AttachmentKind,
    },
    AttachmentRemoved {
        id: AttachmentId,
    },
    LetterQueued {
        id: LetterId,
        template: Template,
    },
    LetterFailed {
        id: LetterId,
    },
    LetterResent {
        id: LetterId,
    },
    /// The case waits for them: a supplier, a workshop, an expert.
    WaitsFor {
        whom: String,
    },
    /// Whoever is waited for was reminded, for the n-th time.
    Reminded {
        whom: String,
        count: u8,
    },
    /// Nothing came in spite of the reminders, or nobody could be written to: the handler was told.
    Unanswered {
        whom: String,
    },
    /// Taken back before it went out.
    LetterCancelled {
        id: LetterId,
    },
    /// The customer sent something through an upload link.
    CustomerAnswered,
    /// Filed from home; the law counts from here. Confirmed later, see [`Self::Confirmed`].
    Filed,
    /// The link in the letter was opened and its button pressed (R7).
    Confirmed,
    /// The customer wrote on the status page.
    CustomerWrote,
    /// The customer changed how we reach them.
    ContactChanged {
        changes: Vec<Change>,
    },
    /// The customer took the complaint back on the status page.
    CustomerWithdrew,
    RmaIssued {
        number: Number,
    },
    /// The return went on; `note` is where it lies, what a carrier said or how long it is valid now.
    RmaSet {
        action: RmaAction,
        note: String,
    },
    /// The carrier's number of the parcel; empty where only a code or a label came.
    WaybillSet {
        waybill: String,
    },
    /// A carrier did not do what it was asked; tried again, or to be done by hand.
    CarrierFailed {
        note: String,
    },
    /// Deadlines moved, since a fact that the law looks at did.
    DeadlinesMoved {
        moved: Recomputed,
    },
    /// The table or the calendar of a new release gives another last safe day.
    DeadlinesRevised {
        before: Option<Date>,
        after: Option<Date>,
    },
    /// Somebody noted what the law looks at and the form does not ask.
    LawNoted,
    /// A deadline comes near, and those who have to do with it were told.
    DeadlineNear {
        clock: ClockKind,
        step: Step,
        safe_end: Date,
    },
    /// The organisation's own target comes near, and the handler was told.
    TargetNear {
        due: Date,
    },
    /// The organisation's own target has passed. Nothing follows of it.
    TargetPassed {
        due: Date,
    },
    /// A deadline has passed; by law the consequence follows.
    DeadlinePassed {
        clock: ClockKind,
        legal_end: Date,
        consequence: Consequence,
    },
}

impl EventKind {
    /// Somebody handed the case on, or took it.
    pub const fn assigned(to: Option<StaffId>) -> Self {
        Self::Assigned { to, by: None, instead_of: None }
    }

    /// The organisation's rules did.
    pub fn assigned_by_rule(chosen: &Chosen) -> Self {
        Self::Assigned { to: Some(chosen.to), by: Some(chosen.basis.clone()), instead_of: chosen.instead_of }
    }
}

/// One answer before and after, as texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: Key,
    pub before: String,
    pub after: String,
}
