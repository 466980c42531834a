//! Finding, reading and handling cases.

use super::{CaseRow, CaseView, Finding, ListPage, ListQuery, Neighbours, SimilarCase, SupplierWord, Today, Viewer};
use crate::error::Result;
use async_trait::async_trait;
use domain::case::ArchiveReason;
use domain::decision::Decision;
use domain::id::{CaseId, Key, LetterId, StaffId, StatusId};
use domain::number::Number;
use domain::phase::{Action, Waiting};
use serde::{Deserialize, Serialize};

/// What is done to a case beside editing its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// To a handler who serves the store, or to nobody.
    Assign(Option<StaffId>),
    /// [`Action::Review`], [`Action::MakeReady`], [`Action::Withdraw`], [`Action::Unsettle`],
    /// [`Action::NotCollected`] or [`Action::Unarchive`]; the others have deeds of their own.
    Move(Action),
    /// The case waits. A supplier, a workshop or an expert is named, and reminded where there is an address; the customer is
    /// known to the case.
    Wait {
        on: Waiting,
        whom: String,
        email: String,
    },
    SetStatus(Option<StatusId>),
    /// A letter with a fresh upload link; the case waits for the customer.
    Ask {
        question: String,
    },
    /// Above the organisation's limit it is kept until a second person confirms it, and nothing goes out.
    Decide(Decision),
    /// The second person lets it go out, in the first one's words.
    Confirm,
    /// The second person wants it changed, and says why.
    SendBack(String),
    Examine(Finding),
    AnswerOfSupplier(SupplierWord),
    /// `amount` as typed in the viewer's locale.
    Settle {
        outcome: Key,
        amount: String,
    },
    Archive(ArchiveReason),
    /// A letter in a handler's own words, by e-mail; the case stays where it is.
    Write {
        subject: String,
        body: String,
    },
    /// Somebody has looked at what the customer sent, and there is nothing to do.
    Seen,
    /// What the law looks at and the form does not ask.
    NoteLaw(domain::deadline::recorded::Noted),
    /// It is a duplicate of that case, and rests in the archive; what hangs on it is shown there.
    Join(Number),
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
    /// Of a decision: the words that can be changed before it goes out, in full also for whoever gets an SMS or nothing.
    pub own: Option<OwnLetter>,
    /// Of a decision: a second person has to look at it first.
    pub second: bool,
    /// Of a decision that offers a repair: the customer was not told what the law wants told before one.
    pub repair_untold: bool,
}

/// The words of a letter between greeting and the law's blocks, with the letter as it would stand on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLetter {
    pub subject: String,
    pub body: String,
    pub paper: String,
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
    /// Cases with the same serial number, receipt, customer or article, within reach, those that say most first.
    async fn similar(&self, who: &Viewer, case: CaseId) -> Result<Vec<SimilarCase>>;
    /// The reader types in that case: those who have it open, too, are told.
    async fn writing(&self, who: &Viewer, case: CaseId) -> Result<()>;
    /// What [`Deed::Decide`] or [`Deed::Ask`] would send.
    async fn preview(&self, who: &Viewer, case: CaseId, deed: &Deed) -> Result<LetterPreview>;
    /// A letter as it went out.
    async fn letter(&self, who: &Viewer, letter: LetterId) -> Result<LetterPreview>;
    async fn resend(&self, who: &Viewer, letter: LetterId) -> Result<()>;
    async fn list(&self, who: &Viewer, query: &ListQuery) -> Result<ListPage>;
    /// What stands before and after `place` in that list, whether or not the case of that place is still in it.
    async fn neighbours(&self, who: &Viewer, query: &ListQuery, place: &str) -> Result<Neighbours>;
    /// # Errors
    /// `Forbidden` for those who handle no cases.
    async fn today(&self, who: &Viewer, everybody: bool) -> Result<Today>;
    /// At most `limit` rows.
    async fn search(&self, who: &Viewer, text: &str, limit: u32) -> Result<Found>;
}
