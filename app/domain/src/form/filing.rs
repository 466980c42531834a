//! The form of somebody who files from home: the type's own form without what only staff can answer, in the order of the
//! steps, and how the goods get to us.

use super::reached::{chosen, not_chosen};
use super::schema::{Choice, Condition, Required, Test, common};
use super::{Answers, Field, FieldKind, Form, Section};
use crate::Localized;
use crate::contact::Medium;
use crate::id::{Key, StoreId};
use crate::rma::Route;
use serde::{Deserialize, Serialize};

/// What one screen of a phone asks. Each section of a form belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The article and its purchase.
    Item,
    /// What is wrong, with pictures; sections of an organisation's own stand here.
    Fault,
    /// What the customer asks for.
    Wish,
    /// Who they are and how we reach them.
    Contact,
    /// How the goods get to us.
    Delivery,
}

impl Step {
    pub const ALL: [Self; 5] = [Self::Item, Self::Fault, Self::Wish, Self::Contact, Self::Delivery];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Fault => "fault",
            Self::Wish => "wish",
            Self::Contact => "contact",
            Self::Delivery => "delivery",
        }
    }

    /// The step that a section stands in, by the section's key.
    pub fn of_section(key: &str) -> Self {
        match key {
            "article" | "purchase" => Self::Item,
            "demand" => Self::Wish,
            CUSTOMER => Self::Contact,
            DELIVERY => Self::Delivery,
            _ => Self::Fault,
        }
    }

    /// Asked once for all articles of a report.
    pub const fn is_shared(self) -> bool {
        matches!(self, Self::Contact | Self::Delivery)
    }
}

/// The section of [`delivery`].
const DELIVERY: &str = "delivery";
/// The shared section about the customer.
const CUSTOMER: &str = "customer";

/// Keys of the fields that say how the goods get to us. They belong to the report, not to a case.
pub mod delivery {
    /// A [`crate::rma::Route`] by its key.
    pub const ROUTE: &str = "delivery_route";
    /// A store's id.
    pub const STORE: &str = "delivery_store";
    pub const STREET: &str = "delivery_street";
    pub const POSTCODE: &str = "delivery_postcode";
    pub const CITY: &str = "delivery_city";
    pub const PARCELS: &str = "delivery_parcels";
    /// A civil date.
    pub const DATE: &str = "pick_up_date";
    /// Two hours of a day: `09-12`.
    pub const WINDOW: &str = "pick_up_window";

    pub const ALL: [&str; 8] = [ROUTE, STORE, STREET, POSTCODE, CITY, PARCELS, DATE, WINDOW];

    /// The windows that a customer can pick; carriers' own are narrower than a day and wider than an hour.
    pub const WINDOWS: [&str; 4] = ["08-12", "12-16", "16-20", "08-16"];
}

/// What an organisation offers to customers who file from home.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryOffer {
    pub routes: Vec<Route>,
    /// Stores that goods can be brought to, with their names.
    pub stores: Vec<(StoreId, String)>,
}

/// The form that a customer fills in for one article.
///
/// Fields for staff alone are gone, and what depends on their answers is settled as if they had been given `implied`
/// (a customer's article was sold). The sections stand in the order of the steps. Contact and delivery are asked with
/// the first article of a report only; there the e-mail address is required, since the confirmation goes to it, unless the
/// form lets customers choose SMS ([`super::asking_medium`]): then the address that they choose is.
pub fn filing_form(form: &Form, implied: &Answers, first: bool, offer: &DeliveryOffer) -> Form {
    let asks_medium = form.field(common::CUSTOMER_MEDIUM).is_some();
    let hidden: Vec<&Key> = form.fields().filter(|field| field.staff_only).map(|field| &field.key).collect();
    let settled = |condition: &Condition| hidden.contains(&&condition.field).then(|| holds(condition, implied));
    let field = |field: &Field| -> Option<Field> {
        let mut field = field.clone();
        if field.staff_only && field.key.as_str() != common::CUSTOMER_EMAIL {
            return None;
        }
        if let Some(met) = field.shown_when.as_ref().and_then(settled) {
            field.shown_when = None;
            if !met && field.key.as_str() != common::CUSTOMER_EMAIL {
                return None;
            }
        }
        let met = match &field.required {
            Required::When(condition) => settled(condition),
            Required::No | Required::Always => None,
        };
        if let Some(met) = met {
            field.required = if met { Required::Always } else { Required::No };
        }
        match field.key.as_str() {
            common::CUSTOMER_EMAIL => return Some(Field { label: field.label, ..email(asks_medium) }),
            common::CUSTOMER_PHONE if asks_medium && !required_anyway(&field) => {
                field.help = phone_help();
                field.required = Required::When(chosen(Medium::Sms));
            }
            common::CUSTOMER_MEDIUM => {
                field.label =
                    Localized::new("How do we reach you?", "Hvordan når vi deg?", "Jak się z Tobą kontaktować?");
                field.help = Localized::default();
                field.required = Required::Always;
            }
            // Whoever has lost the receipt has other proof, a picture perhaps.
            common::RECEIPT_NUMBER | common::PURCHASE_DATE => field.required = Required::No,
            _ => {}
        }
        Some(field)
    };
    let mut sections: Vec<Section> = form
        .sections
        .iter()
        .filter(|section| first || !Step::of_section(section.key.as_str()).is_shared())
        .map(|section| Section {
            fields: section.fields.iter().filter_map(field).collect(),
            title: own_title(section),
            key: section.key.clone(),
        })
        .filter(|section| !section.fields.is_empty())
        .collect();
    sections.sort_by_key(|section| Step::of_section(section.key.as_str()));
    if first {
        if !sections
            .iter()
            .flat_map(|section| &section.fields)
            .any(|field| field.key.as_str() == common::CUSTOMER_EMAIL)
        {
            sections.push(Section { key: key(CUSTOMER), title: about_you(), fields: vec![email(false)] });
        }
        sections.extend(delivery_section(offer));
    }
    Form { version: form.version, sections }
}

/// Sections that speak of the customer speak to them here.
fn own_title(section: &Section) -> Localized {
    match section.key.as_str() {
        CUSTOMER => about_you(),
        "demand" => Localized::new("What you ask for", "Hva du ønsker", "Czego oczekujesz"),
        _ => section.title.clone(),
    }
}

fn about_you() -> Localized {
    Localized::new("About you", "Om deg", "Twoje dane")
}

/// A phone that an organisation asks of everybody.
fn required_anyway(field: &Field) -> bool {
    field.required == Required::Always
}

fn phone_help() -> Localized {
    Localized::new(
        "If you choose SMS, we send a link to this number. Your complaint is valid once you have confirmed it there.",
        "Velger du SMS, sender vi en lenke til dette nummeret. Reklamasjonen gjelder når du har bekreftet den der.",
        "Jeśli wybierzesz SMS, wyślemy link na ten numer. Zgłoszenie będzie ważne po potwierdzeniu na otwartej stronie.",
    )
}

/// Always asked: the link that confirms the report goes there. Needed unless it `may_be_sms` and the customer chose that.
fn email(may_be_sms: bool) -> Field {
    Field {
        key: key(common::CUSTOMER_EMAIL),
        label: Localized::new("E-mail", "E-post", "E-mail"),
        help: Localized::new(
            "We send a link to it. Your complaint is valid once you have confirmed it there.",
            "Vi sender en lenke dit. Reklamasjonen gjelder når du har bekreftet den der.",
            "Wyślemy na niego link. Zgłoszenie będzie ważne po potwierdzeniu na otwartej stronie.",
        ),
        kind: FieldKind::Email,
        required: if may_be_sms { Required::When(not_chosen(Medium::Sms)) } else { Required::Always },
        shown_when: None,
        staff_only: false,
    }
}

/// Whether the implied answers meet it, as [`super::check()`] would say.
fn holds(condition: &Condition, implied: &Answers) -> bool {
    let values = implied.of(&condition.field);
    match &condition.is {
        Test::OneOf(wanted) => values.iter().any(|value| wanted.contains(value)),
        Test::NoneOf(unwanted) => !values.iter().any(|value| unwanted.contains(value)),
        Test::Filled => !values.is_empty(),
        Test::Empty => values.is_empty(),
    }
}

fn key(text: &str) -> Key {
    text.parse().expect("a key of ours; the tests build them all")
}

/// `None` where the organisation offers no way: it tells the customer what to do by letter.
fn delivery_section(offer: &DeliveryOffer) -> Option<Section> {
    let routes: Vec<Route> =
        offer.routes.iter().copied().filter(|route| route.is_sent() || !offer.stores.is_empty()).collect();
    if routes.is_empty() {
        return None;
    }
    let is = |field: &str, value: &str| Condition { field: key(field), is: Test::OneOf(vec![value.to_owned()]) };
    let sent = Condition { field: key(delivery::ROUTE), is: Test::NoneOf(vec![Route::Store.key().to_owned()]) };
    let field = |name: &str, label: Localized, kind: FieldKind, when: Option<&Condition>| Field {
        key: key(name),
        label,
        help: Localized::default(),
        kind,
        required: Required::Always,
        shown_when: when.cloned(),
        staff_only: false,
    };
    let line = |max| FieldKind::Text { max: Some(max) };
    let at_store = is(delivery::ROUTE, Route::Store.key());
    let courier = is(delivery::ROUTE, Route::PickUp.key());
    let stores =
        offer.stores.iter().map(|(id, name)| Choice { key: key(&id.to_string()), label: same(name) }).collect();
    let windows = delivery::WINDOWS.iter().map(|window| Choice { key: key(window), label: hours(window) }).collect();
    let one_to_nine = FieldKind::Number { decimals: 0, min: Some(1), max: Some(9), unit: Localized::default() };
    let fields = vec![
        field(
            delivery::ROUTE,
            Localized::new("How do the goods get to us?", "Hvordan kommer varen til oss?", "Jak towar do nas trafi?"),
            FieldKind::Choice { options: routes.into_iter().map(route).collect() },
            None,
        ),
        field(
            delivery::STORE,
            Localized::new("Which store", "Hvilken butikk", "Który sklep"),
            FieldKind::Choice { options: stores },
            Some(&at_store),
        ),
        field(delivery::STREET, Localized::new("Street", "Gateadresse", "Ulica i numer"), line(100), Some(&sent)),
        field(delivery::POSTCODE, Localized::new("Postcode", "Postnummer", "Kod pocztowy"), line(12), Some(&sent)),
        field(delivery::CITY, Localized::new("Town", "Poststed", "Miejscowość"), line(60), Some(&sent)),
        Field {
            required: Required::No,
            help: Localized::new(
                "One, unless you say more.",
                "Én, om du ikke oppgir flere.",
                "Jedna, jeśli nie podasz więcej.",
            ),
            ..field(
                delivery::PARCELS,
                Localized::new("How many parcels", "Antall pakker", "Liczba paczek"),
                one_to_nine,
                Some(&sent),
            )
        },
        field(
            delivery::DATE,
            Localized::new("Day of the pick-up", "Hentedag", "Dzień odbioru"),
            FieldKind::Date { earliest: Some(1), latest: Some(30) },
            Some(&courier),
        ),
        field(
            delivery::WINDOW,
            Localized::new("Time of the pick-up", "Tidspunkt for henting", "Godziny odbioru"),
            FieldKind::Choice { options: windows },
            Some(&courier),
        ),
    ];
    let title = Localized::new("How the goods get to us", "Levering av varen", "Dostarczenie towaru");
    Some(Section { key: key(DELIVERY), title, fields })
}

fn same(name: &str) -> Localized {
    Localized::new(name, name, name)
}

/// `08-12` as people read it.
fn hours(window: &str) -> Localized {
    let shown = window.split('-').map(|hour| format!("{hour}:00")).collect::<Vec<_>>().join("–");
    same(&shown)
}

fn route(route: Route) -> Choice {
    let label = match route {
        Route::Store => Localized::new("I bring it to a store", "Jeg leverer i butikk", "Przyniosę do sklepu"),
        Route::Parcel => Localized::new("I send a parcel", "Jeg sender en pakke", "Wyślę paczkę"),
        Route::PickUp => Localized::new("A courier collects it", "Hentes av bud", "Odbierze kurier"),
    };
    Choice { key: key(route.key()), label }
}

/// The answers to what is asked once for all articles of a report.
pub fn shared_answers(form: &Form, answers: &Answers) -> Answers {
    let shared = form.sections.iter().filter(|section| Step::of_section(section.key.as_str()).is_shared());
    let keys = shared.flat_map(|section| &section.fields).map(|field| field.key.as_str());
    Answers(keys.filter_map(|key| answers.0.get_key_value(key)).map(|(k, v)| (k.clone(), v.clone())).collect())
}

/// Takes the fields of the delivery out of checked answers.
pub fn split_delivery(answers: &mut Answers) -> Answers {
    Answers(delivery::ALL.into_iter().filter_map(|key| answers.0.remove_entry(key)).collect())
}

#[cfg(test)]
mod tests;
