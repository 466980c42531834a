//! What customers see of their case without an account: by its number and a second factor, or by the link in a letter and
//! the same factor.

use super::{Moment, Origin, PictureView, PublicLook, SetCookie};
use crate::error::Result;
use async_trait::async_trait;
use domain::Locale;
use domain::decision::Verdict;
use domain::id::CaseId;
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
    pub locale: Locale,
    pub case: CaseId,
    pub number: Number,
    pub type_name: String,
    pub title: String,
    pub phase: Phase,
    /// The organisation's own word for where it is, if it has one.
    pub status: Option<String>,
    pub filed: Moment,
    /// By when we mean to answer; `None` once we have.
    pub answer_by: Option<Date>,
    pub decision: Option<StatusDecision>,
    /// What the customer went home with, once settled.
    pub outcome: Option<String>,
    /// The newest question that waits for an answer.
    pub question: Option<String>,
    pub messages: Vec<StatusMessage>,
    pub pictures: Vec<PictureView>,
    pub remaining_pictures: u32,
    pub contact: StatusContact,
    pub rma: Option<StatusRma>,
    /// The other cases of the same return: number and article.
    pub siblings: Vec<(Number, String)>,
    pub store: StatusStore,
    pub may_withdraw: bool,
    pub may_write: bool,
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
    pub subject: String,
    pub body: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusContact {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub address: String,
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
    /// A code to show where the parcel is handed in.
    pub code: String,
    pub may_print: bool,
}

/// The page of a link in a letter, before the second factor: no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusLink {
    pub look: PublicLook,
    pub locale: Locale,
    pub number: Number,
    /// This browser has proved it before.
    pub proved: bool,
}

#[async_trait]
pub trait Status {
    async fn public_look(&self, locale: Locale) -> Result<PublicLook>;
    /// `reference`: a case's or RMA's number, a waybill's or a serial number. `proof`: e-mail or the last four digits of
    /// the phone.
    ///
    /// # Errors
    /// `Invalid { field: "proof", key: "no_match" }` whichever half was wrong; `TooMany` while address or reference must wait.
    async fn find_status(&self, from: Origin, reference: &str, proof: &str) -> Result<(SetCookie, Number)>;
    async fn status_link(&self, token: &str, access: Option<&str>) -> Result<StatusLink>;
    /// # Errors
    /// As [`Status::find_status`].
    async fn prove_status(&self, from: Origin, token: &str, proof: &str) -> Result<(SetCookie, Number)>;
    /// `access`: the cookie's secret.
    ///
    /// # Errors
    /// `SignedOut` without it, `NotFound` for a case that it does not open.
    async fn status(&self, locale: Locale, access: Option<&str>, number: Number) -> Result<StatusPage>;
    /// Words to the organisation; they answer the question, if there is one.
    ///
    /// # Errors
    /// `Invalid { field: "body" }`.
    async fn write_message(&self, access: Option<&str>, number: Number, body: &str) -> Result<()>;
    /// # Errors
    /// `Form` with the problems, by the keys of [`domain::form::schema::common`].
    async fn change_contact(
        &self,
        locale: Locale,
        access: Option<&str>,
        number: Number,
        contact: StatusContact,
    ) -> Result<()>;
    async fn withdraw_case(&self, access: Option<&str>, number: Number) -> Result<()>;
    /// A link that pictures of this case are sent through, good for a while: see [`super::Pictures::upload_page`].
    async fn status_upload(&self, access: Option<&str>, number: Number) -> Result<String>;
    async fn leave_status(&self, access: Option<&str>) -> Result<SetCookie>;
}
