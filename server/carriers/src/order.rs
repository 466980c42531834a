//! What is asked of a carrier.

use domain::Locale;
use domain::number::Number;
use domain::phone::Phone;
use jiff::civil::{Date, DateTime, Time};
use serde::{Serialize, Serializer};
use uuid::Uuid;

/// The transport of one RMA's parcels, from the customer to whoever receives them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Order {
    /// The same at each try of the same order, and of no other: by it an earlier try is found.
    pub id: Uuid,
    /// The RMA's number, which labels and the carrier's lists show.
    pub number: Number,
    /// The customer.
    pub sender: Party,
    /// The store or the service.
    pub receiver: Party,
    /// At least one.
    pub parcels: Vec<Parcel>,
    /// When the parcels can be handed over at the earliest, at the sender's clock. Bring refuses an order without it.
    pub from: DateTime,
    /// The customer's language, where a carrier writes to them.
    pub locale: Locale,
}

/// Who sends or receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Party {
    /// A person's, first name first; a store's contact or the store's own name.
    pub name: String,
    pub company: Option<String>,
    /// With its house number, in one line.
    pub street: String,
    pub postcode: String,
    pub city: String,
    /// ISO 3166-1 alpha-2, capitals.
    pub country: String,
    #[serde(serialize_with = "e164")]
    pub phone: Option<Phone>,
    pub email: Option<String>,
}

/// One parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parcel {
    /// Grams.
    pub weight: u32,
    /// Millimetres: length, width, height.
    pub size: [u32; 3],
    /// What is in it, in a few words. Carriers cut it short.
    pub content: String,
}

/// When and where a courier comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pickup {
    pub date: Date,
    /// The window at the address's clock, `from` before `until`.
    pub from: Time,
    pub until: Time,
    pub address: Party,
    /// Words for the driver: a floor, a code of the door.
    pub message: String,
    /// How many parcels, and their weight together in grams.
    pub parcels: u32,
    pub weight: u32,
}

impl Pickup {
    /// Day and window in words that a driver reads in any language: `2026-11-24 09:00-12:00. Ring twice`.
    pub(crate) fn words(&self) -> String {
        let hours = |time: Time| time.strftime("%H:%M").to_string();
        let when = format!("{} {}-{}", self.date, hours(self.from), hours(self.until));
        if self.message.trim().is_empty() { when } else { format!("{when}. {}", self.message.trim()) }
    }
}

fn e164<S: Serializer>(phone: &Option<Phone>, serializer: S) -> Result<S::Ok, S::Error> {
    phone.as_ref().map(|phone| phone.e164.as_str()).serialize(serializer)
}

/// At most `length` characters, as carriers count them.
pub(crate) fn cut(text: &str, length: usize) -> String {
    text.trim().chars().take(length).collect::<String>().trim_end().to_owned()
}
