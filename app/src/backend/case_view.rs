//! A case as one page shows it.

use super::{
    Away, DecisionView, ExaminedView, Moment, Named, PaperView, PictureView, ProposedView, StaffRef, StoreRef,
    SupplierView,
};
use domain::case::{ArchiveReason, Channel};
use domain::contact::Medium;
use domain::deadline::clocks::State;
use domain::deadline::recorded::Noted;
use domain::event::EventKind;
use domain::id::{CaseId, EventId, Key, LetterId, MessageId, NoteId};
use domain::letter::{LetterState, Template};
use domain::number::Number;
use domain::phase::{Action, Phase, Waiting};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whom a case waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    pub on: Waiting,
    /// Of a supplier, a workshop, an expert.
    pub whom: String,
    pub email: String,
    pub since: Date,
    /// Civil days until today.
    pub days: i64,
    pub reminded: u8,
    /// The day of the next reminder.
    pub next: Option<Date>,
    /// There is nowhere to write to: the handler is told instead.
    pub unreachable: bool,
}

/// A case as one page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseView {
    pub id: CaseId,
    pub number: Number,
    /// Counts the changes; an edit names the one it has read.
    pub version: i64,
    pub type_key: Key,
    pub type_name: String,
    pub icon: String,
    pub store: StoreRef,
    pub channel: Channel,
    pub phase: Phase,
    pub status: Option<Named>,
    pub archived: Option<ArchiveReason>,
    pub handler: Option<StaffRef>,
    /// Nobody has it and somebody should.
    pub nobody: bool,
    /// The handler is away today.
    pub away: Option<Away>,
    /// Whom it waits for, where that is known.
    pub waiting: Option<WaitingView>,
    /// Who made or sold it to us, as the case has it: whom it may wait for.
    pub supplier_name: String,
    pub registered: Moment,
    pub registered_by: String,
    pub due: Option<Due>,
    pub law: LawView,
    /// Duplicates that were joined into it: their pictures, notes and messages stand among its own.
    pub joined: Vec<Number>,
    /// It is a duplicate of that case.
    pub joined_into: Option<Number>,
    /// When the customer sent what nobody of the staff has acted on yet.
    pub news: Option<Moment>,
    pub sold: bool,
    pub customer: CustomerView,
    /// The article in one line.
    pub title: String,
    pub receipt_number: String,
    /// Every answer, section by section, put in the reader's language.
    pub sections: Vec<AnswerSection>,
    pub pictures: Vec<PictureView>,
    pub own_notes: Vec<NoteView>,
    pub comments: Vec<NoteView>,
    pub timeline: Vec<EventView>,
    pub letters: Vec<LetterView>,
    pub rma: Option<super::RmaView>,
    /// It has no return, and the reader may issue one.
    pub may_issue_rma: bool,
    /// The customer's words, oldest first.
    pub messages: Vec<MessageView>,
    /// Ours; the supplier's answer and the customer's outcome are facts of their own.
    pub decision: Option<DecisionView>,
    /// Decisions before that one, the first of all first.
    pub earlier: Vec<DecisionView>,
    pub proposed: Option<ProposedView>,
    pub examined: Option<ExaminedView>,
    pub supplier: Option<SupplierView>,
    pub papers: Vec<PaperView>,
    pub settlement: Option<SettlementView>,
    /// What the reader may do now, from the phase table.
    pub may: Vec<Action>,
    pub may_edit: bool,
    pub handlers: Vec<StaffRef>,
    /// Own statuses of this phase.
    pub statuses: Vec<Named>,
    pub reasons: Vec<ReasonChoice>,
    pub outcomes: Vec<OutcomeChoice>,
    /// What a decision can offer, after any verdict.
    pub offers: Vec<OutcomeChoice>,
    /// What an examination of this type can find, and what was found.
    pub causes: Vec<Named>,
    pub supplier_answers: Vec<Named>,
    pub may_examine: bool,
    pub may_answer_supplier: bool,
    /// Today in the store's zone.
    pub today: Date,
    pub currency: String,
    /// The organisation wants "the customer's outcome" (E17).
    pub outcome_wanted: bool,
}

/// A date by which we mean to answer; our own target, not the law's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub date: Date,
    /// Civil days from today in the store's zone; negative when it has passed.
    pub days_left: i64,
}

/// What the law says of a case, put in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawView {
    /// What runs first, then what has ended, then how long which right lasts.
    pub clocks: Vec<ClockView>,
    /// Help, never a lock.
    pub hints: Vec<HintView>,
    /// Of the table that the case is frozen with; 0 where no law is known.
    pub version: u32,
    /// What staff noted; the reader may where it is there.
    pub noted: Option<Noted>,
    /// Which of the notes matter in this case alone.
    pub asks: LawAsks,
    /// It is decided, and the answer has not left yet.
    pub unsent: bool,
    /// Silence has accepted the complaint, that day.
    pub deemed: Option<Date>,
    /// Before a repair the customer is to be told of something, and was not.
    pub repair_notice: Option<HintView>,
}

/// What is asked beside the form only where the law looks at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawAsks {
    /// The guarantor's own period.
    pub stated: bool,
    pub best_before: bool,
    pub uninformed: bool,
    pub complex: bool,
}

/// One deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockView {
    pub name: String,
    /// What it counts from.
    pub from: String,
    pub state: State,
    /// The day it counts from is not known, the purchase stands in for it.
    pub assumed: bool,
    pub legal_end: Option<Date>,
    /// The last safe day and what is left until then, where somebody waits for it and nothing has been done.
    pub safe: Option<Due>,
    /// What follows by silence; empty where the law fixes nothing.
    pub consequence: String,
    pub source: SourceView,
}

/// Where a rule stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceView {
    pub statute: String,
    pub url: String,
    pub checked: Date,
    /// Why nobody should rely on it yet; empty for what is confirmed. Customers and clerks are shown no others.
    pub unconfirmed: String,
}

/// Something to know before one goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HintView {
    pub text: String,
    /// What a release of the goods or of a letter depends on.
    pub blocks: bool,
    pub good: bool,
    pub source: Option<SourceView>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerView {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    /// In the reader's language.
    pub language: String,
    /// What the letters go by; `None` where nobody can be reached.
    pub medium: Option<Medium>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerSection {
    pub key: String,
    pub title: String,
    pub answers: Vec<AnswerView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerView {
    pub key: String,
    pub label: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    pub id: NoteId,
    pub by: String,
    pub at: Moment,
    pub body: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventView {
    pub id: EventId,
    pub at: Moment,
    /// Empty when Redress or the customer did it.
    pub by: String,
    pub what: EventKind,
    /// What the event names, in the reader's language: a reason, an outcome, a handler, an amount, a changed field.
    pub detail: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterView {
    pub id: LetterId,
    pub template: Template,
    pub medium: Medium,
    /// As people read it.
    pub to: String,
    /// An SMS has none: its text.
    pub subject: String,
    pub at: Moment,
    pub sent: Option<Moment>,
    pub state: LetterState,
    /// The words of the mail server or the gateway, once an attempt has failed.
    pub error: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    pub id: MessageId,
    pub at: Moment,
    pub body: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementView {
    pub outcome: String,
    pub amount: String,
    pub by: String,
    pub at: Moment,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonChoice {
    pub key: Key,
    pub name: String,
    pub against: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeChoice {
    pub key: Key,
    pub name: String,
    pub has_amount: bool,
}

/// A case that may have to do with another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimilarCase {
    pub row: super::CaseRow,
    /// What both have, the strongest first.
    pub same: Vec<Same>,
    /// It can be joined into the case that it was found for.
    pub may_join: bool,
}

/// What two cases have in common; the order is that of how much it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Same {
    Serial,
    Receipt,
    Customer,
    Article,
}

impl Same {
    pub const ALL: [Self; 4] = [Self::Serial, Self::Receipt, Self::Customer, Self::Article];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Serial => "serial",
            Self::Receipt => "receipt",
            Self::Customer => "customer",
            Self::Article => "article",
        }
    }
}
