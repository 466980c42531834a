//! What customers file from home: the form, sending it, and the link that confirms it. Nobody here has signed in: a report
//! is opened by the secret of the browser that fills it in, or by the link in the letter.

use super::{FormPage, Origin, PictureView, SetCookie, TypeCard};
use crate::error::Result;
use async_trait::async_trait;
use domain::Locale;
use domain::contact::Medium;
use domain::form::Answers;
use domain::form::filing::Step;
use domain::id::{AttachmentId, CaseId, Key};
use domain::number::Number;
use domain::report::Standing;
use serde::{Deserialize, Serialize};

/// How the organisation looks to strangers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicLook {
    pub organisation: String,
    /// `#rrggbb`, or empty for the house's own.
    pub accent: String,
    /// Address of its logo, or empty.
    pub logo: String,
    /// Above the form; empty for the house's own words.
    pub intro: String,
    /// What becomes of the data; empty for the house's own words.
    pub privacy: String,
    /// A page of the organisation's with the rest of it, or empty.
    pub privacy_url: String,
}

/// Where a customer begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportStart {
    pub look: PublicLook,
    pub types: Vec<TypeCard>,
    /// The secret of a report that this browser has begun and not sent.
    pub unfinished: Option<String>,
}

/// One article of a report, in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportItem {
    pub case: CaseId,
    pub type_key: Key,
    pub type_name: String,
    pub icon: String,
    /// The article, as far as typed.
    pub title: String,
    /// Nothing is wrong with what was typed.
    pub complete: bool,
}

/// The form of one article of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportPage {
    pub look: PublicLook,
    /// The secret that opens it; made with the page, known to the server once something was saved.
    pub token: String,
    /// The shared form's page: `form` is [`domain::form::filing_form`], its sections in the order of the steps.
    pub page: FormPage,
    /// Every article so far, this one among them once it is saved.
    pub items: Vec<ReportItem>,
    /// Contact and delivery are asked here.
    pub first: bool,
}

/// What one article's form holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportInput {
    pub token: String,
    pub case: CaseId,
    pub type_key: Key,
    pub form_version: u32,
    pub answers: Answers,
    /// An input that no person sees. Filled in by a robot.
    pub website: String,
}

/// Everything once more before it is sent (WCAG 3.3.4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportReview {
    pub look: PublicLook,
    pub token: String,
    pub items: Vec<ReviewItem>,
    /// Contact and delivery, asked once for all.
    pub shared: Vec<ReviewSection>,
    /// Another article may be added.
    pub may_add: bool,
    /// What the link will go by.
    pub medium: Medium,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewItem {
    pub item: ReportItem,
    pub sections: Vec<ReviewSection>,
    pub pictures: Vec<PictureView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewSection {
    pub step: Step,
    pub title: String,
    /// Label and answer, put in the reader's language.
    pub answers: Vec<(String, String)>,
}

/// What the browser that sent a report sees of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSent {
    pub look: PublicLook,
    pub standing: Standing,
    /// Of the RMA; a single case has the same.
    pub number: Number,
    pub cases: Vec<(Number, String)>,
    /// What the link went by.
    pub medium: Medium,
    /// Where it went, as people read it.
    pub to: String,
    /// Hours left to confirm it.
    pub hours_left: i64,
    /// How many more letters may be asked for.
    pub letters_left: u32,
    /// Neither a mail server nor the gateway takes the newest letter: the address is wrong.
    pub undelivered: bool,
}

/// What the link in the letter opens: no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmPage {
    pub look: PublicLook,
    pub locale: Locale,
    pub standing: Standing,
    pub number: Number,
    pub cases: Vec<(Number, String)>,
    /// What the link has come by.
    pub medium: Medium,
}

#[async_trait]
pub trait Reports {
    /// `remembered` is the secret in the browser's cookie.
    ///
    /// # Errors
    /// `NotFound` where the organisation takes no reports from home.
    async fn report_start(&self, locale: Locale, remembered: Option<&str>) -> Result<ReportStart>;
    /// An empty form with a fresh secret; nothing is written.
    async fn new_report(&self, locale: Locale, type_key: &Key) -> Result<ReportPage>;
    /// An article of a report that was begun: `case`, or the first; with `type_key` an empty form for another.
    ///
    /// # Errors
    /// `NotFound` for an unknown secret, `Expired` for a report that was sent.
    async fn report_page(
        &self,
        locale: Locale,
        token: &str,
        case: Option<CaseId>,
        type_key: Option<&Key>,
    ) -> Result<ReportPage>;
    /// Keeps what was typed, good or not; makes the report with its first article.
    ///
    /// # Errors
    /// `TooMany` beyond the limits on new reports; `Expired` for a report that was sent.
    async fn save_report(&self, from: Origin, locale: Locale, input: ReportInput) -> Result<()>;
    /// The cookie by which a browser finds the report again; `framed` allows it within another site's page.
    fn remember_report(&self, token: &str, framed: bool) -> SetCookie;
    /// The pictures of one of its articles, in the order taken.
    ///
    /// # Errors
    /// Those of [`Reports::report_page`].
    async fn report_pictures(&self, token: &str, case: CaseId) -> Result<Vec<PictureView>>;
    async fn drop_report_item(&self, token: &str, case: CaseId) -> Result<()>;
    /// Throws an unsent report away with all that it holds.
    async fn discard_report(&self, token: &str) -> Result<()>;
    async fn drop_report_picture(&self, token: &str, picture: AttachmentId) -> Result<()>;
    /// # Errors
    /// Those of [`Reports::report_page`].
    async fn review_report(&self, locale: Locale, token: &str) -> Result<Reviewed>;
    /// Gives numbers, and sends the letter with the link. The same again answers the same.
    ///
    /// # Errors
    /// `Invalid { field: "", key: "too_fast" }` for a robot's haste, `TooMany` beyond the limits.
    async fn send_report(&self, locale: Locale, token: &str) -> Result<Number>;
    async fn report_sent(&self, locale: Locale, token: &str) -> Result<ReportSent>;
    /// The letter once more, perhaps to another address or number, while nobody has confirmed it.
    ///
    /// # Errors
    /// `Invalid { field: "to" }`; `TooMany` after [`domain::report::limits::LETTERS`].
    async fn resend_confirmation(&self, token: &str, to: &str) -> Result<()>;
    /// # Errors
    /// `NotFound` for a link that never was or whose report has gone.
    async fn confirm_page(&self, token: &str) -> Result<ConfirmPage>;
    /// Makes the cases (R7); the same again answers the same number.
    ///
    /// # Errors
    /// `Expired` when it comes too late.
    async fn confirm_report(&self, token: &str) -> Result<Number>;
    /// A customer who stands at the till has proved to be a person.
    async fn confirm_at_till(&self, who: &super::Viewer, number: Number) -> Result<Number>;
}

/// What a look over the whole report says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reviewed {
    Ready(Box<ReportReview>),
    /// The first article with something wrong; its form shows what.
    Unready(CaseId),
}
