//! Finding, reading and handling cases.

use super::{Moment, Named, PictureView, StaffRef, StoreRef, Viewer};
use crate::error::Result;
use async_trait::async_trait;
use domain::case::{ArchiveReason, Channel};
use domain::contact::Medium;
use domain::deadline::clocks::State;
use domain::decision::{Decision, Verdict};
use domain::event::EventKind;
use domain::id::{CaseId, EventId, Key, LetterId, MessageId, NoteId, StaffId, StatusId, StoreId};
use domain::letter::{LetterState, Template};
use domain::number::Number;
use domain::phase::{Action, Phase};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
    pub registered: Moment,
    pub registered_by: String,
    pub due: Option<Due>,
    pub law: LawView,
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
    pub decision: Option<DecisionView>,
    pub settlement: Option<SettlementView>,
    /// What the reader may do now, from the phase table.
    pub may: Vec<Action>,
    pub may_edit: bool,
    pub handlers: Vec<StaffRef>,
    /// Own statuses of this phase.
    pub statuses: Vec<Named>,
    pub reasons: Vec<ReasonChoice>,
    pub outcomes: Vec<OutcomeChoice>,
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
    /// Why nobody should rely on it yet; empty for what is confirmed. Admins alone are shown the others.
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
pub struct DecisionView {
    pub verdict: Verdict,
    pub reason: String,
    pub explanation: String,
    pub by: String,
    pub at: Moment,
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

/// What is done to a case beside editing its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// To a handler who serves the store, or to nobody.
    Assign(Option<StaffId>),
    /// [`Action::Review`], [`Action::Wait`], [`Action::MakeReady`], [`Action::Withdraw`], [`Action::Unsettle`],
    /// [`Action::NotCollected`] or [`Action::Unarchive`]; the others have deeds of their own.
    Move(Action),
    SetStatus(Option<StatusId>),
    /// A letter with a fresh upload link; the case waits for the customer.
    Ask {
        question: String,
    },
    Decide(Decision),
    /// `amount` as typed in the viewer's locale.
    Settle {
        outcome: Key,
        amount: String,
    },
    Archive(ArchiveReason),
    /// Somebody has looked at what the customer sent, and there is nothing to do.
    Seen,
    OwnNote(String),
    Comment(String),
}

/// The letter that a decision or a question would send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPreview {
    /// Empty: the customer has no address, nothing will be sent.
    pub to: String,
    pub language: String,
    /// Empty for an SMS.
    pub subject: String,
    /// A whole HTML document, ours, for a sandboxed frame; empty for an SMS, which is its text.
    pub html: String,
    pub text: String,
}

/// Which list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    #[default]
    New,
    Mine,
    /// All that is not archived.
    Active,
    Archive,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    /// By our own target, the first to come.
    Due,
    /// By what the law decides first; those alone that it decides.
    Law,
}

/// How near a deadline by law is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// The last safe day is today, or has passed.
    Today,
    /// Today or in the next seven days.
    Week,
}

impl Within {
    pub const ALL: [Self; 2] = [Self::Today, Self::Week];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
        }
    }

    /// Civil days from today, the last that counts.
    pub const fn days(self) -> i64 {
        match self {
            Self::Today => 0,
            Self::Week => 7,
        }
    }
}

/// A list as its address says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListQuery {
    pub list: ListKind,
    pub store: Option<StoreId>,
    pub type_key: Option<Key>,
    pub phase: Option<Phase>,
    pub handler: Option<StaffId>,
    /// Registered at least so many days ago.
    pub older_than: Option<u16>,
    /// Those alone whose customer has sent something that nobody has acted on yet.
    pub news: bool,
    /// Those alone that the law decides so soon.
    pub law: Option<Within>,
    /// Words as in the search field.
    pub words: String,
    pub sort: Sort,
    /// Where the page before ended; made by the server, opaque to others.
    pub after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListPage {
    pub rows: Vec<CaseRow>,
    /// The cursor of the next page.
    pub next: Option<String>,
    pub counts: Counts,
    pub law: LawCounts,
    /// To fill the filters.
    pub stores: Vec<StoreRef>,
    pub types: Vec<Named>,
    pub handlers: Vec<StaffRef>,
}

/// How many, up to [`Counts::CAP`]; the cap itself means "or more".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub new: u32,
    pub mine: u32,
    pub active: u32,
    pub archive: u32,
}

/// Cases that the law decides, counted as [`Counts`] are, whatever their list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawCounts {
    pub today: u32,
    pub week: u32,
}

impl Counts {
    pub const CAP: u32 = 1000;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseRow {
    pub id: CaseId,
    pub number: Number,
    pub type_name: String,
    pub icon: String,
    pub title: String,
    pub customer: String,
    pub store: String,
    pub handler: String,
    pub phase: Phase,
    pub status: Option<String>,
    pub archived: Option<ArchiveReason>,
    pub registered: Moment,
    pub due: Option<Due>,
    /// What the law decides next: the last safe day.
    pub law: Option<Due>,
    /// A letter could not be sent (E28).
    pub letter_failed: bool,
    /// The customer has sent something that nobody has acted on yet.
    pub news: bool,
    pub thumbnail: Option<domain::id::AttachmentId>,
    pub channel: Channel,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Newest first, archived ones among them.
    pub rows: Vec<CaseRow>,
    /// More match than are shown.
    pub more: bool,
    /// The text looks like a case number, but its check digit is wrong.
    pub wrong_check_digit: bool,
    /// The text is exactly the number of something: a scanner's Enter opens it at once.
    pub exact: Option<Exact>,
    /// The text is exactly the number of a report that its customer has not confirmed.
    pub unconfirmed: Option<(Number, String)>,
}

/// What a text names exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exact {
    Case(Number),
    /// By a number that no case bears, by a waybill or by its label's code.
    Rma(Number),
}

#[async_trait]
pub trait Cases {
    async fn case(&self, who: &Viewer, number: Number) -> Result<CaseView>;
    /// `version` is the one that the viewer has seen; `None` where the deed cannot collide (notes).
    ///
    /// # Errors
    /// `Conflict` when the case changed meanwhile or the phase table forbids the step; `Forbidden` by role or store.
    async fn act(&self, who: &Viewer, case: CaseId, version: Option<i64>, deed: Deed) -> Result<()>;
    /// What [`Deed::Decide`] or [`Deed::Ask`] would send.
    async fn preview(&self, who: &Viewer, case: CaseId, deed: &Deed) -> Result<LetterPreview>;
    /// A letter as it went out.
    async fn letter(&self, who: &Viewer, letter: LetterId) -> Result<LetterPreview>;
    async fn resend(&self, who: &Viewer, letter: LetterId) -> Result<()>;
    async fn list(&self, who: &Viewer, query: &ListQuery) -> Result<ListPage>;
    /// At most `limit` rows.
    async fn search(&self, who: &Viewer, text: &str, limit: u32) -> Result<Found>;
}
