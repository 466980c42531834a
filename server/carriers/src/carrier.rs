//! The interface.

use crate::{Fault, Label, LabelFormat, Order, Pickup, PickupRef, Shipment, ShipmentRef, Tracking};
use async_trait::async_trait;

/// One organisation's account at one carrier.
///
/// Each call is at most a few requests and ends within a multiple of [`Limits::total`](crate::Limits::total). None keeps
/// anything: what a later call needs is in what an earlier one gave.
///
/// What a carrier cannot do answers [`Fault::Unsupported`], as [`Self::capabilities`] says beforehand.
#[async_trait]
pub trait Carrier: Send + Sync {
    fn capabilities(&self) -> Capabilities;

    /// Whose account it is, in the carrier's words: a question that shows whether the keys are right, and changes nothing.
    async fn account(&self) -> Result<String, Fault>;

    /// Asks for the transport of one order's parcels. The carrier may confirm it later: see [`Shipment::state`].
    ///
    /// Calling it again with the same [`Order::id`] makes no second shipment where the carrier can be asked for the first;
    /// where it cannot, what may have happened already answers [`Fault::Unclear`], which nobody but a person retries.
    async fn create(&self, order: &Order) -> Result<Shipment, Fault>;

    /// How far it is: the carrier's confirmation, its waybill, and the parcel's journey.
    async fn track(&self, shipment: &ShipmentRef) -> Result<Tracking, Fault>;

    /// All labels of the shipment in one file.
    ///
    /// # Errors
    /// [`Fault::NotReady`] until the carrier has confirmed the shipment.
    async fn label(&self, shipment: &ShipmentRef, format: LabelFormat) -> Result<Label, Fault>;

    /// Orders a courier for shipments that the carrier has confirmed.
    async fn pickup(&self, shipments: &[ShipmentRef], pickup: &Pickup) -> Result<PickupRef, Fault>;

    /// Takes a shipment back. That it was taken back already is no error.
    ///
    /// # Errors
    /// [`Fault::Refused`] once the carrier holds it to be under way or paid.
    async fn cancel(&self, shipment: &ShipmentRef) -> Result<(), Fault>;

    /// Sends the courier away again. That nobody was coming any more is no error.
    async fn cancel_pickup(&self, pickup: &PickupRef) -> Result<(), Fault>;

    /// Where people follow the parcel; `None` if no page is known or the waybill could not be part of its address.
    fn tracking_url(&self, waybill: &str) -> Option<String>;
}

/// What a carrier can do, so that a screen offers nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Nothing is asked of any system: the request goes to people, as a letter and a webhook.
    pub by_hand: bool,
    /// What an earlier try has made is found by the next. Where it is not, nobody may try again before a person has looked.
    pub finds: bool,
    pub label_pdf: bool,
    pub label_zpl: bool,
    pub track: bool,
    pub pickup: Pickups,
    pub cancel: bool,
    pub cancel_pickup: bool,
}

/// How exactly a courier can be ordered. What is more exact goes along as words for the driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pickups {
    /// No courier comes.
    None,
    /// The carrier takes no date: the courier comes on the next round. The server orders on the wished day itself.
    NextRound,
    /// A day, and the carrier chooses the hour.
    Day,
    /// A day and a window of hours.
    Window,
}
