//! What is found, decided and answered, as the case's page shows it: three facts that stay apart.

use super::Moment;
use domain::decision::{Decision, Verdict};
use domain::id::{AttachmentId, Key, LetterId, PaperId};
use domain::letter::Template;
use domain::paper::Handover;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    pub verdict: Verdict,
    pub reason: String,
    pub explanation: String,
    pub evidence: String,
    /// The remedy offered, with its amount.
    pub offer: String,
    pub next_step: String,
    pub until: Option<Date>,
    pub by: String,
    /// Who has confirmed it, where a second person had to.
    pub second: String,
    pub at: Moment,
}

/// A decision above the organisation's limit: nothing has gone out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedView {
    pub decision: DecisionView,
    /// As it was given, to be changed.
    pub given: Decision,
    /// Its amount as the reader would type it.
    pub amount: String,
    /// The second person's word, where it came back.
    pub sent_back: Option<NoteOfSecond>,
    /// The reader may confirm it or send it back: somebody else's, that waits.
    pub may_confirm: bool,
    /// The letter that would go out, for whoever may confirm.
    pub letter: Option<super::OwnLetter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteOfSecond {
    pub note: String,
    pub by: String,
    pub at: Moment,
}

/// What whoever examined the goods found (R12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExaminedView {
    pub cause: Key,
    pub cause_name: String,
    pub finding: String,
    pub examiner: String,
    pub on: Date,
    pub pictures: Vec<AttachmentId>,
    pub by: String,
    pub at: Moment,
}

/// What the supplier answered (E26).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierView {
    pub answer: Key,
    pub answer_name: String,
    pub note: String,
    /// As people read it; empty where there is none.
    pub amount: String,
    /// As the reader would type it.
    pub amount_typed: String,
    pub on: Date,
    pub by: String,
    pub at: Moment,
}

/// What an examination found, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub cause: Key,
    pub finding: String,
    pub examiner: String,
    pub on: Date,
    pub pictures: Vec<AttachmentId>,
}

/// What a supplier answered, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierWord {
    pub answer: Key,
    pub note: String,
    /// In the viewer's locale; empty for none.
    pub amount: String,
    pub on: Date,
}

/// A letter on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    pub id: PaperId,
    /// The letter whose text it has; `None`: nobody could be written to, and it is to be printed.
    pub letter: Option<LetterId>,
    pub template: Template,
    pub subject: String,
    pub at: Moment,
    /// Nobody has handed it over or posted it, and no e-mail or later letter takes its place.
    pub to_print: bool,
    pub handed: Option<HandedView>,
}

/// How a letter on paper left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedView {
    pub how: Handover,
    pub on: Date,
    /// Who noted it.
    pub by: String,
}
