//! The organisation's own: stores, staff, types, lists, the outbox.

use super::{LetterView, Moment, StoreRef, Viewer};
use crate::error::Result;
use async_trait::async_trait;
use domain::assignment::{Absence, Rule};
use domain::collecting::CollectPlan;
use domain::deadline::Land;
use domain::deadline::regimes::GoodsKind;
use domain::deadline::watch::Plan;
use domain::decision::{Outcome, Reason};
use domain::handling::{AnswerChoice, Cause};
use domain::id::{Key, RuleId, StaffId, StatusId, StoreId};
use domain::number::Number;
use domain::phase::Phase;
use domain::role::Role;
use domain::waiting::Pauses;
use domain::{Locale, Localized};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// ISO 3166-1 alpha-2; gives phone numbers without a prefix their country.
    pub country: String,
    /// IANA name.
    pub time_zone: String,
    pub locale: Locale,
    /// Where answers to letters go if the store has no address of its own; empty: to the configured sender.
    pub reply_to: String,
    /// Ask for the customer's outcome (E17).
    pub outcome_wanted: bool,
    /// What our rejections say of out-of-court dispute resolution; `None` until somebody has said it.
    pub adr: Option<Adr>,
    /// When whom is told of a deadline.
    pub plan: Plan,
    /// Decisions about more than so many hundredths need a second person; `None`: none does.
    pub second_above: Option<i64>,
    /// When customers are reminded of goods that lie ready.
    pub collecting: CollectPlan,
}

/// The statement on out-of-court dispute resolution that a rejection must bear (PL: ADR act art. 32; DE: VSBG § 37).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adr {
    /// We take part; else we refuse.
    pub consents: bool,
    /// The body's name.
    pub body: String,
    /// Where it is reached: address and page, on one line.
    pub address: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreView {
    pub id: StoreId,
    /// Short and unique: `OSLO`.
    pub code: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    pub locale: Locale,
    pub country: String,
    pub time_zone: String,
    /// Cases go to them unless the type has a handler of its own (E5).
    pub handler: Option<StaffId>,
    /// The German state; nothing elsewhere.
    pub land: Option<Land>,
    pub active: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffView {
    pub id: StaffId,
    pub login: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub locale: Locale,
    /// An admin's reach is every store, whatever stands here.
    pub stores: Vec<StoreId>,
    pub has_password: bool,
    pub has_pin: bool,
    pub active: bool,
    pub last_seen: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeView {
    pub key: Key,
    pub name: Localized,
    pub icon: String,
    pub handler: Option<StaffId>,
    /// Who takes over where the handler cannot, in their order.
    pub deputies: Vec<StaffId>,
    /// Own target: days from registration to decision.
    pub target_days: u16,
    /// As the law tells goods apart.
    pub goods: GoodsKind,
    pub form_version: u32,
    pub active: bool,
    pub position: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusView {
    pub id: StatusId,
    pub phase: Phase,
    pub name: Localized,
    pub active: bool,
}

/// What customers who file from home meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PublicForm {
    /// Customers can file from home at all.
    pub open: bool,
    /// The seller's legal name, for documents; empty: the organisation's.
    pub legal_name: String,
    /// And its address.
    pub address: String,
    /// `#rrggbb`, or empty for the house's own.
    pub accent: String,
    /// A picture in the object store.
    pub logo: Option<domain::id::AttachmentId>,
    pub intro: Localized,
    pub privacy: Localized,
    pub privacy_url: String,
    /// The types that customers can pick, in the organisation's order of types.
    pub types: Vec<Key>,
    pub routes: Vec<domain::rma::Route>,
    /// Where parcels go and whose cases they are when the customer names no store; `None`: the first.
    pub store: Option<StoreId>,
    /// Origins of pages that may show the form in a frame: `https://shop.example`.
    pub sites: Vec<String>,
    /// How long a customer has to open the link.
    pub confirm_hours: u16,
    /// How long an RMA number is good, in days.
    pub rma_days: u16,
    /// Printed on the protocol: that looking into what turns out to be no defect may cost; empty where it does not.
    pub fee_warning: Localized,
    /// A courier gets the requests for pick-ups here; empty: the store.
    pub carrier_email: String,
}

impl Default for PublicForm {
    fn default() -> Self {
        Self {
            open: false,
            legal_name: String::new(),
            address: String::new(),
            accent: String::new(),
            logo: None,
            intro: Localized::default(),
            privacy: Localized::default(),
            privacy_url: String::new(),
            types: Vec::new(),
            routes: domain::rma::Route::ALL.to_vec(),
            store: None,
            sites: Vec::new(),
            confirm_hours: 72,
            rma_days: 30,
            fee_warning: Localized::default(),
            carrier_email: String::new(),
        }
    }
}

/// Whom parcels go with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CarrierKind {
    /// People are asked: by letter, and by webhook where one is set.
    #[default]
    Manual,
    /// InPost in Poland, through ShipX.
    InPost,
    /// Bring in Norway, Sweden and Denmark.
    Bring,
}

impl CarrierKind {
    pub const ALL: [Self; 3] = [Self::Manual, Self::InPost, Self::Bring];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::InPost => "inpost",
            Self::Bring => "bring",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A key or a token on its way to the settings and back. What is kept never leaves the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// One is kept; saving without it forgets it.
    pub kept: bool,
    /// Typed just now: it takes the place of what is kept. Empty on the way out.
    pub typed: String,
}

/// Whom parcels go with: every carrier's settings, since trying another one must not cost what was entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierView {
    pub kind: CarrierKind,
    /// By hand: `https://track.example/{waybill}`, or empty.
    pub tracking_template: String,
    pub inpost: InPostView,
    pub bring: BringView,
    /// Told of every parcel and pick-up that people are to see to; empty: nobody.
    pub webhook_url: String,
    /// Signs what is told.
    pub webhook_secret: Hidden,
}

/// How a customer hands a parcel in at InPost: `carriers::settings::SENDING_METHODS`.
pub const SENDING_METHODS: [&str; 7] =
    ["parcel_locker", "pok", "pop", "courier_pok", "branch", "dispatch_order", "any_point"];

/// InPost's classes of parcels, for lockers.
pub const PARCEL_TEMPLATES: [&str; 4] = ["small", "medium", "large", "xlarge"];

/// The fields of `carriers::settings::InPostSettings`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InPostView {
    pub test: bool,
    pub organisation: String,
    pub token: Hidden,
    pub service: String,
    pub sending_method: String,
    pub target_point: String,
    pub dropoff_point: String,
    pub template: String,
    pub is_return: bool,
    pub a6: bool,
    pub tracking_template: String,
}

/// The fields of `carriers::settings::BringSettings`; our own address is the server's to say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BringView {
    pub test: bool,
    pub uid: String,
    pub key: Hidden,
    pub customer_number: String,
    pub company: String,
    pub service: String,
    pub tracking_template: String,
}

/// What came of trying the saved keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierTried {
    pub kind: CarrierKind,
    /// Why not: a key of `texts::carrier_fault`; `None`: all is well.
    pub fault: Option<String>,
    /// The carrier's own words, or what kept it from answering; the account's name where all is well.
    pub said: String,
}

/// All that the settings pages show, but the outbox and the carrier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    pub organisation: Organisation,
    pub stores: Vec<StoreView>,
    pub staff: Vec<StaffView>,
    pub types: Vec<TypeView>,
    pub statuses: Vec<StatusView>,
    pub reasons: Vec<Reason>,
    pub outcomes: Vec<Outcome>,
    pub causes: Vec<Cause>,
    pub supplier_answers: Vec<AnswerChoice>,
    pub public_form: PublicForm,
    /// Who gets a case, in their order.
    pub rules: Vec<Rule>,
    /// Those that are not over, the first to come first.
    pub absences: Vec<Absence>,
    /// How whoever is waited for is reminded.
    pub pauses: Pauses,
    /// A courier can come: with the carrier that is set up, or by hand.
    pub couriers: bool,
    /// Where customers reach us, without a slash at its end.
    pub public_url: String,
}

/// The key of an entry of a list that is not there yet: saving it makes one from its name.
pub const NEW_KEY: &str = "_";

/// One change of the settings. A store, a member of the staff or a status whose id is nil is a new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Setting {
    Organisation(Organisation),
    Store(StoreView),
    /// Password and PIN are not set here: an invitation is.
    Staff(StaffView),
    Type(TypeView),
    Status(StatusView),
    Reason(Reason),
    Outcome(Outcome),
    Cause(Cause),
    SupplierAnswer(AnswerChoice),
    PublicForm(Box<PublicForm>),
    /// One whose id is nil is new, and goes to the end.
    Rule(Rule),
    /// So many places down, or up where it is less than 0.
    MoveRule(RuleId, i64),
    RemoveRule(RuleId),
    Pauses(Pauses),
}

/// A page of the outbox, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxPage {
    pub letters: Vec<OutboxLetter>,
    pub next: Option<String>,
    /// Letters stay here, since no mail server is configured.
    pub local_only: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxLetter {
    pub letter: LetterView,
    /// The case's, or that of a report which is none yet.
    pub number: Number,
    pub is_case: bool,
    pub store: StoreRef,
}

/// The table of deadlines, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawTable {
    pub version: u32,
    /// Rows that nobody has confirmed and nobody answers for.
    pub unreviewed: u32,
    /// By the country's own name.
    pub countries: Vec<(String, Vec<LawRow>)>,
}

/// What one rule says, and how well it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawRow {
    pub id: String,
    pub name: String,
    /// How long, and from when; empty for what is to be told.
    pub period: String,
    /// Claims, customers, contracts.
    pub holds_for: String,
    pub confirmed: bool,
    /// How it was looked up.
    pub mark: String,
    pub source: super::SourceView,
    /// Who answers for a row that is not confirmed; may be empty.
    pub reviewer: String,
    /// What a lawyer should know of it, in English; may be empty.
    pub note: String,
}

#[async_trait]
pub trait Settings {
    async fn settings(&self, who: &Viewer) -> Result<SettingsView>;
    /// # Errors
    /// `Invalid` with the input's name; `last_admin` when nobody would be left who may change the settings.
    async fn save_setting(&self, who: &Viewer, setting: Setting) -> Result<()>;
    /// A one-time link for choosing a password, good for seven days; an older link ends by it, the old password at its use.
    async fn invite(&self, who: &Viewer, staff: StaffId) -> Result<String>;
    /// The rules that new cases are frozen with.
    async fn law_table(&self, who: &Viewer) -> Result<LawTable>;
    async fn outbox(&self, who: &Viewer, after: Option<String>) -> Result<OutboxPage>;
    async fn carrier(&self, who: &Viewer) -> Result<CarrierView>;
    /// # Errors
    /// `Invalid` with the input's name; of the carriers the chosen one's settings are checked, the others' kept as they are.
    async fn save_carrier(&self, who: &Viewer, carrier: CarrierView) -> Result<()>;
    /// Asks the chosen carrier whose keys ours are: a question that changes nothing there and costs nothing. Answers
    /// within ten seconds.
    async fn try_carrier(&self, who: &Viewer) -> Result<CarrierTried>;
    /// Documents and pages bear the name instead. A new one comes as a file: `POST` to [`crate::urls::LOGO_UPLOAD`].
    async fn remove_logo(&self, who: &Viewer) -> Result<()>;
    /// Name for the title of every page, before anybody has signed in.
    async fn organisation_name(&self) -> Result<String>;
}
