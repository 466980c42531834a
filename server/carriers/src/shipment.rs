//! What a carrier answers.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// What names a shipment at its carrier. The server stores it with the RMA, as JSON, and replaces it by the newer one
/// that each answer brings. A label's address opens the label, so no log shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShipmentRef {
    /// The carrier's own.
    pub id: String,
    /// What is printed on the label and followed; may come after the order.
    pub waybill: Option<String>,
    /// Where the label lies, if the carrier tells it once and never again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_url: Option<String>,
}

/// What `create` has made or found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    pub at_carrier: ShipmentRef,
    pub state: State,
    /// Why it does not get on, in the carrier's words; staff see it.
    pub trouble: Option<String>,
}

/// How far a parcel is, in the few steps that people are told. [`State::Pending`] to [`State::Delivered`] are its way,
/// in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody's system was asked: people were.
    ByHand,
    /// The carrier has the order and has not confirmed it yet.
    Pending,
    /// Confirmed; the carrier waits for the parcel.
    Announced,
    OnTheWay,
    /// The carrier brings it to the receiver now.
    OutForDelivery,
    /// Lies at a locker or a point until the receiver fetches it.
    AtPoint,
    Delivered,
    /// On its way back to the customer.
    Returning,
    /// Back at the customer.
    Returned,
    /// Missing, damaged, refused, undeliverable: somebody has to look.
    Trouble,
    Cancelled,
    /// The carrier says something that we don't know; the state before stays.
    Unknown,
}

/// How far a shipment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracking {
    /// Replaces the one that was asked with: a waybill may have come.
    pub at_carrier: ShipmentRef,
    pub state: State,
    /// Why it does not get on, in the carrier's words.
    pub trouble: Option<String>,
    /// Newest first.
    pub events: Vec<Event>,
}

/// One thing that happened to a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub at: Timestamp,
    pub state: State,
    /// The carrier's status, as its API names it.
    pub code: String,
    /// The carrier's own words.
    pub words: String,
    pub place: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelFormat {
    Pdf,
    /// For label printers: Zebra's language.
    Zpl,
}

/// A file to print.
#[derive(Clone, PartialEq, Eq)]
pub struct Label {
    /// At most [`Limits::file`](crate::Limits::file); a PDF begins like one, and ZPL too.
    pub bytes: Vec<u8>,
    /// Ours, never the carrier's: `application/pdf` or `text/plain; charset=utf-8` for ZPL.
    pub content_type: &'static str,
}

/// A courier who was ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickupRef {
    /// The carrier's own; empty if it gave none.
    pub id: String,
    /// Nobody's system was asked: people were.
    pub by_hand: bool,
    /// Between these, where the carrier tells.
    pub earliest: Option<Timestamp>,
    pub latest: Option<Timestamp>,
}

/// A time of an event; one that cannot be read costs this event alone, not the parcel's whole journey.
pub(crate) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.and_then(|text| text.parse().ok()))
}

impl Label {
    /// `None` if it does not begin as files of the format do: an error page is no label.
    pub(crate) fn read(bytes: Vec<u8>, format: LabelFormat) -> Option<Self> {
        match format {
            LabelFormat::Pdf if bytes.starts_with(b"%PDF-") => Some(Self { bytes, content_type: "application/pdf" }),
            // A label begins with ^XA; commands of the printer (~) and white space may stand before it.
            LabelFormat::Zpl if matches!(bytes.trim_ascii_start().first(), Some(b'^' | b'~')) => {
                Some(Self { bytes, content_type: "text/plain; charset=utf-8" })
            }
            _ => None,
        }
    }
}

impl fmt::Debug for ShipmentRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = if self.label_url.is_some() { "…" } else { "none" };
        write!(f, "ShipmentRef {{ id: {:?}, waybill: {:?}, label: {label} }}", self.id, self.waybill)
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Label({}, {} bytes)", self.content_type, self.bytes.len())
    }
}
