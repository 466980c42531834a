//! What an admin enters per carrier, and its check.

use crate::bring::Bring;
use crate::http::{is_private, sensitive};
use crate::inpost::InPost;
use crate::manual::Manual;
use crate::{Carrier, Http, Pickups, Secret, TrackingTemplate};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One organisation's carrier. As JSON it bears its driver's name in `carrier`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "carrier", rename_all = "lowercase")]
pub enum Settings {
    Manual(ManualSettings),
    InPost(InPostSettings),
    Bring(BringSettings),
}

/// What is wrong with one field: both are keys of translated texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's name in the settings.
    pub field: &'static str,
    /// `required`, `too_long`, `not_a_number`, `not_a_header` (a character that no header takes), `not_a_code` (other
    /// characters than the carrier's codes have), `unknown`, `not_a_url`, `not_private` (http to another machine),
    /// `no_waybill`, `waybill_in_host`.
    pub key: &'static str,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ManualSettings {
    /// `https://track.example/{waybill}`; empty for none.
    pub tracking_template: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InPostSettings {
    /// InPost's test environment instead of the real one.
    pub test: bool,
    /// Another address instead of both; empty for none.
    pub base_url: String,
    /// The organisation's number in the parcel manager (Moje konto, API).
    pub organisation: String,
    pub token: Secret,
    /// `inpost_courier_standard`, `inpost_locker_standard`, … as the contract has it.
    pub service: String,
    /// How the customer hands the parcel in: one of [`SENDING_METHODS`]; empty leaves it to the account.
    pub sending_method: String,
    /// The locker or point that a locker's service delivers to.
    pub target_point: String,
    /// The locker or point where the customer hands in, as some methods want it.
    pub dropoff_point: String,
    /// `small`, `medium`, `large`, `xlarge`: a locker's service wants a class instead of a size. Empty sends the size.
    pub template: String,
    /// Marks the shipments as returns. Not every contract and service takes it.
    pub is_return: bool,
    /// A6 instead of A4 for PDF.
    pub a6: bool,
    pub tracking_template: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BringSettings {
    /// Bookings that are checked and not carried out.
    pub test: bool,
    /// Another address instead of Bring's; empty for none.
    pub base_url: String,
    /// The e-mail address of the Mybring user.
    pub uid: String,
    pub key: Secret,
    /// As `GET /booking/api/customers` lists it: a number, or `PARCELS_NORWAY-…`.
    pub customer_number: String,
    /// The organisation's name, which a pick-up wants beside the number.
    pub company: String,
    /// Where this Redress is, as Bring asks.
    pub client_url: String,
    /// `9300` (return from pick-up point), `9350` (return parcel to business), `9000` (return business parcel), …
    pub service: String,
    pub tracking_template: String,
}

/// <https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/11731043> (Custom Attributes Form); `any_point` after
/// clients of the API.
pub const SENDING_METHODS: [&str; 7] =
    ["parcel_locker", "pok", "pop", "courier_pok", "branch", "dispatch_order", "any_point"];

const TEMPLATES: [&str; 4] = ["small", "medium", "large", "xlarge"];

/// Longest of any field, in bytes.
const LENGTH: usize = 500;

impl Default for InPostSettings {
    fn default() -> Self {
        Self {
            test: false,
            base_url: String::new(),
            organisation: String::new(),
            token: Secret::default(),
            service: "inpost_courier_standard".to_owned(),
            sending_method: "dispatch_order".to_owned(),
            target_point: String::new(),
            dropoff_point: String::new(),
            template: String::new(),
            is_return: false,
            a6: true,
            tracking_template: "https://inpost.pl/sledzenie-przesylek?number={waybill}".to_owned(),
        }
    }
}

impl Default for BringSettings {
    fn default() -> Self {
        Self {
            test: false,
            base_url: String::new(),
            uid: String::new(),
            key: Secret::default(),
            customer_number: String::new(),
            company: String::new(),
            client_url: String::new(),
            service: "9300".to_owned(),
            tracking_template: "https://tracking.bring.com/tracking/{waybill}".to_owned(),
        }
    }
}

impl InPostSettings {
    /// A parcel that is handed in at a locker or a point is not fetched.
    pub(crate) fn pickup(&self) -> Pickups {
        if matches!(self.sending_method.as_str(), "" | "dispatch_order") { Pickups::NextRound } else { Pickups::None }
    }
}

impl Settings {
    /// How a courier comes, as [`Capabilities`](crate::Capabilities) of the driver have it, whether the rest is filled in or
    /// not.
    pub fn pickup(&self) -> Pickups {
        match self {
            Self::Manual(_) => crate::manual::PICKUP,
            Self::InPost(entered) => entered.pickup(),
            Self::Bring(_) => crate::bring::PICKUP,
        }
    }
}

/// Checks, and makes the driver. Nothing is asked of any carrier yet.
///
/// # Errors
/// Each field that is wrong, once.
pub fn open(settings: &Settings, http: &Http) -> Result<Arc<dyn Carrier>, Vec<Problem>> {
    let mut form = Form::default();
    let carrier: Arc<dyn Carrier> = match settings {
        Settings::Manual(entered) => {
            Arc::new(Manual::new(form.template("tracking_template", &entered.tracking_template)))
        }
        Settings::InPost(entered) => {
            form.number("organisation", &entered.organisation);
            form.header("token", entered.token.expose());
            form.code("service", &entered.service, "_");
            form.one_of("sending_method", &entered.sending_method, &SENDING_METHODS);
            form.one_of("template", &entered.template, &TEMPLATES);
            form.optional("target_point", &entered.target_point, "-");
            form.optional("dropoff_point", &entered.dropoff_point, "-");
            // A locker's service has to know which locker and which of its classes.
            if entered.service.starts_with("inpost_locker") {
                form.required("target_point", &entered.target_point);
                form.required("template", &entered.template);
            }
            let base = form.base("base_url", &entered.base_url, crate::inpost::base(entered.test));
            let tracking = form.template("tracking_template", &entered.tracking_template);
            match base {
                Some(base) => Arc::new(InPost::new(entered.clone(), base, tracking, http.clone())),
                None => return Err(form.problems),
            }
        }
        Settings::Bring(entered) => {
            form.header("uid", &entered.uid);
            form.header("key", entered.key.expose());
            form.code("customer_number", &entered.customer_number, "-_");
            form.required("company", &entered.company);
            form.header("client_url", &entered.client_url);
            form.code("service", &entered.service, "_");
            let base = form.base("base_url", &entered.base_url, crate::bring::BASE);
            let tracking = form.template("tracking_template", &entered.tracking_template);
            match base {
                Some(base) => Arc::new(Bring::new(entered.clone(), base, tracking, http.clone())),
                None => return Err(form.problems),
            }
        }
    };
    if form.problems.is_empty() { Ok(carrier) } else { Err(form.problems) }
}

/// What was found wrong so far; of each field the first.
#[derive(Default)]
pub(crate) struct Form {
    pub problems: Vec<Problem>,
}

impl Form {
    fn wrong(&mut self, field: &'static str, key: &'static str) {
        if self.problems.iter().all(|problem| problem.field != field) {
            self.problems.push(Problem { field, key });
        }
    }

    fn required(&mut self, field: &'static str, text: &str) -> bool {
        match text.len() {
            _ if text.trim().is_empty() => self.wrong(field, "required"),
            0..=LENGTH => return true,
            _ => self.wrong(field, "too_long"),
        }
        false
    }

    pub fn header(&mut self, field: &'static str, text: &str) {
        if self.required(field, text) && sensitive(text).is_none() {
            self.wrong(field, "not_a_header");
        }
    }

    fn number(&mut self, field: &'static str, text: &str) {
        if self.required(field, text) && !text.bytes().all(|b| b.is_ascii_digit()) {
            self.wrong(field, "not_a_number");
        }
    }

    fn code(&mut self, field: &'static str, text: &str, beside: &str) {
        if self.required(field, text) && !text.chars().all(|c| c.is_ascii_alphanumeric() || beside.contains(c)) {
            self.wrong(field, "not_a_code");
        }
    }

    fn optional(&mut self, field: &'static str, text: &str, beside: &str) {
        if !text.is_empty() {
            self.code(field, text, beside);
        }
    }

    fn one_of(&mut self, field: &'static str, text: &str, known: &[&str]) {
        if !text.is_empty() && !known.contains(&text) {
            self.wrong(field, "unknown");
        }
    }

    fn template(&mut self, field: &'static str, text: &str) -> Option<TrackingTemplate> {
        if text.trim().is_empty() {
            return None;
        }
        match TrackingTemplate::parse(text) {
            Ok(template) => Some(template),
            Err(key) => {
                self.wrong(field, key);
                None
            }
        }
    }

    /// An address that keys are sent to: TLS, or this machine; no credentials, no query.
    fn base(&mut self, field: &'static str, text: &str, default: &str) -> Option<Url> {
        let url = self.url(field, if text.trim().is_empty() { default } else { text })?;
        if !is_private(&url) {
            self.wrong(field, "not_private");
            return None;
        }
        if url.query().is_some() || url.fragment().is_some() {
            self.wrong(field, "not_a_url");
            return None;
        }
        Some(url)
    }

    /// http or https, and no credentials.
    pub fn url(&mut self, field: &'static str, text: &str) -> Option<Url> {
        if !self.required(field, text) {
            return None;
        }
        let url = Url::parse(text.trim()).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none()
        });
        if url.is_none() {
            self.wrong(field, "not_a_url");
        }
        url
    }
}
