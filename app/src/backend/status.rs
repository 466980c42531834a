//! What customers see of their case without an account: by its number and a second factor, or by the link in a letter and
//! the same factor.

use super::{Moment, Origin, PictureView, PublicLook, SetCookie};
use crate::error::Result;
use async_trait::async_trait;
use domain::Locale;
use domain::customer::Task;
use domain::decision::Verdict;
use domain::id::{CaseId, Key, MessageId};
use domain::letter::Template;
use domain::number::Number;
use domain::phase::Phase;
use domain::rma::{RmaState, Route};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One case as its customer sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusPage {
    pub look: PublicLook,
    pub case: CaseId,
    pub number: Number,
    pub type_name: String,
    pub title: String,
    pub phase: Phase,
    /// The organisation's own word for where it is, if it has one.
    pub status: Option<String>,
    /// It rests: nothing can be sent to it any more.
    pub archived: bool,
    /// It is handled under that number, which this browser may open as well or not.
    pub joined_into: Option<(Number, bool)>,
    pub filed: Moment,
    /// By when we mean to answer: our own target, never told as law. `None` once we have.
    pub answer_by: Option<Date>,
    /// That day has passed.
    pub late: bool,
    pub task: Task,
    pub decision: Option<StatusDecision>,
    /// What the customer went home with, once settled.
    pub outcome: Option<String>,
    /// The newest question that waits for an answer.
    pub question: Option<String>,
    /// Newest first.
    pub messages: Vec<StatusMessage>,
    /// For the next message: a double click makes one of it.
    pub next_message: MessageId,
    /// Those that came from the customer.
    pub pictures: Vec<PictureView>,
    pub remaining_pictures: u32,
    /// What the case's form asks of how we reach the customer, in its order.
    pub contact: Vec<ContactField>,
    pub rma: Option<StatusRma>,
    /// What else this browser may read, of the same return or proved before: number and article.
    pub siblings: Vec<(Number, String)>,
    pub store: StatusStore,
    pub may_withdraw: bool,
    pub may_write: bool,
    pub may_add_pictures: bool,
    pub may_change_contact: bool,
    /// Documents to download, by the last part of their address: see [`crate::urls::status_document`].
    pub documents: Vec<DocumentKind>,
}

/// A document that Redress makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Complaint protocol (R2).
    Protocol,
    /// A6.
    Label,
    /// A roll of 62 mm.
    Label62,
    /// For label printers.
    LabelZpl,
    PackingSlip,
    Decision,
    /// The carrier's own label.
    CarrierLabel,
}

impl DocumentKind {
    pub const ALL: [Self; 7] = [
        Self::Protocol,
        Self::Label,
        Self::Label62,
        Self::LabelZpl,
        Self::PackingSlip,
        Self::Decision,
        Self::CarrierLabel,
    ];

    /// It goes on the parcel: whoever asks for it prints it.
    pub const fn is_label(self) -> bool {
        matches!(self, Self::Label | Self::Label62 | Self::LabelZpl | Self::CarrierLabel)
    }

    pub const fn key(self) -> &'static str {
        match self {
            Self::Protocol => "protocol",
            Self::Label => "label",
            Self::Label62 => "label62",
            Self::LabelZpl => "label-zpl",
            Self::PackingSlip => "packing-slip",
            Self::Decision => "decision",
            Self::CarrierLabel => "carrier-label",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusDecision {
    pub verdict: Verdict,
    pub reason: String,
    pub explanation: String,
    pub at: Moment,
}

/// A letter of ours, or words of the customer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusMessage {
    pub at: Moment,
    /// `None`: the customer's own.
    pub template: Option<Template>,
    /// Of a letter.
    pub subject: String,
    /// Paragraphs between empty lines.
    pub body: String,
}

/// One of the customer's answers about themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactField {
    /// One of [`StatusContact`]'s.
    pub key: Key,
    pub label: String,
    /// As the reader would type it.
    pub value: String,
    pub required: bool,
    /// Key and words of what can be chosen; empty where something is typed.
    pub options: Vec<(String, String)>,
}

/// What a customer wrote about how we reach them; what the case's form does not ask stays empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusContact {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    /// A [`domain::contact::Medium`] by its key.
    pub medium: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusStore {
    pub name: String,
    pub address: String,
    pub email: String,
    pub phone: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRma {
    pub number: Number,
    pub route: Route,
    pub state: RmaState,
    pub valid_until: Date,
    pub expired: bool,
    pub waybill: String,
    pub tracking_url: String,
    /// Day and hours of the courier, in the reader's language; empty if none was asked for.
    pub pick_up: String,
    /// Where the goods are brought to, on several lines.
    pub destination: String,
    /// A code to show where the parcel is handed in.
    pub code: String,
    pub may_print: bool,
    /// The customer may ask for more time.
    pub may_extend: bool,
}

/// The page of a link in a letter, before the second factor: no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusLink {
    pub look: PublicLook,
    pub number: Number,
    /// This browser has proved it before.
    pub proved: bool,
}

/// Somebody has proved that a case is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    pub cookie: SetCookie,
    pub number: Number,
    /// Of the customer.
    pub locale: Locale,
}

#[async_trait]
pub trait Status {
    async fn public_look(&self, locale: Locale) -> Result<PublicLook>;
    /// The cookie that bears a customer's secret.
    fn customer_cookie(&self) -> &'static str;
    /// `reference`: a case's or RMA's number, a waybill's or a serial number. `proof`: e-mail or the last four digits of
    /// the phone. `access`: the cookie's secret; what it opens stays open.
    ///
    /// # Errors
    /// `Invalid { field: "proof", key: "no_match" }` whichever half was wrong; `Invalid { field: "reference" }` with `missing`,
    /// with `check_digit` for what is written like a number of ours and is none, and with `unconfirmed` for a report that
    /// the proof is right for and that nobody has confirmed; `TooMany` while address or reference must wait.
    async fn find_status(&self, from: Origin, access: Option<&str>, reference: &str, proof: &str) -> Result<Proved>;
    /// The letter with the link that confirms a report, once more to the address that it was filed with.
    ///
    /// # Errors
    /// Those of [`Status::find_status`]; `TooMany` after [`domain::report::limits::LETTERS`].
    async fn resend_unconfirmed(&self, from: Origin, reference: &str, proof: &str) -> Result<()>;
    /// # Errors
    /// `NotFound` for a link that never was or has ended.
    async fn status_link(&self, locale: Locale, token: &str, access: Option<&str>) -> Result<StatusLink>;
    /// # Errors
    /// `NotFound` as [`Status::status_link`], the rest as [`Status::find_status`].
    async fn prove_status(&self, from: Origin, access: Option<&str>, token: &str, proof: &str) -> Result<Proved>;
    /// `number` is a case's, or that of a return with several.
    ///
    /// # Errors
    /// `SignedOut` without a secret that opens anything, `NotFound` for a case that it does not open.
    async fn status(&self, locale: Locale, access: Option<&str>, number: Number) -> Result<StatusPage>;
    /// Words to the organisation; they answer the question, if there is one. The same `id` again changes nothing.
    ///
    /// # Errors
    /// `Invalid { field: "body" }`; `Conflict` for a case that takes no more; `TooMany` beyond a day's messages.
    async fn write_message(&self, access: Option<&str>, number: Number, id: MessageId, body: &str) -> Result<()>;
    /// Tells the address before, and the new one.
    ///
    /// # Errors
    /// `Form` with the problems, by the keys of [`domain::form::schema::common`].
    async fn change_contact(
        &self,
        locale: Locale,
        access: Option<&str>,
        number: Number,
        contact: StatusContact,
    ) -> Result<()>;
    /// # Errors
    /// `Conflict` once there is a decision.
    async fn withdraw_case(&self, access: Option<&str>, number: Number) -> Result<()>;
    /// More time to send the goods, where it has run out or soon will.
    ///
    /// # Errors
    /// `Conflict` otherwise.
    async fn extend_return(&self, access: Option<&str>, number: Number) -> Result<()>;
    /// A link that pictures of this case are sent through, good for a while: see [`super::Pictures::upload_page`].
    async fn status_upload(&self, access: Option<&str>, number: Number) -> Result<String>;
    /// This browser opens no case any more.
    async fn leave_status(&self, access: Option<&str>) -> Result<SetCookie>;
}
