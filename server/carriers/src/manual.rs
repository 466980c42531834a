//! The default: people are asked, and nothing at any carrier is made.
//!
//! The server sends the request as a letter to the carrier's or the store's address and, where one is set, as a
//! [`webhook`](crate::webhook). A waybill that comes back is typed in, a label uploaded.

use crate::carrier::{Capabilities, Carrier, Pickups};
use crate::shipment::{ShipmentRef, State};
use crate::{Fault, Label, LabelFormat, Order, Pickup, PickupRef, Shipment, Tracking, TrackingTemplate};
use async_trait::async_trait;

/// People come when they are asked to.
pub(crate) const PICKUP: Pickups = Pickups::Window;

pub struct Manual {
    tracking: Option<TrackingTemplate>,
}

impl Manual {
    pub const fn new(tracking: Option<TrackingTemplate>) -> Self {
        Self { tracking }
    }
}

#[async_trait]
impl Carrier for Manual {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            by_hand: true,
            finds: true,
            label_pdf: false,
            label_zpl: false,
            track: false,
            pickup: PICKUP,
            cancel: false,
            cancel_pickup: false,
        }
    }

    async fn account(&self) -> Result<String, Fault> {
        Err(Fault::Unsupported)
    }

    /// Says [`State::ByHand`]: the request is the caller's to send.
    async fn create(&self, order: &Order) -> Result<Shipment, Fault> {
        let at_carrier = ShipmentRef { id: order.id.to_string(), waybill: None, label_url: None };
        Ok(Shipment { at_carrier, state: State::ByHand, trouble: None })
    }

    async fn track(&self, _: &ShipmentRef) -> Result<Tracking, Fault> {
        Err(Fault::Unsupported)
    }

    async fn label(&self, _: &ShipmentRef, _: LabelFormat) -> Result<Label, Fault> {
        Err(Fault::Unsupported)
    }

    /// Says [`PickupRef::by_hand`]: the request is the caller's to send.
    async fn pickup(&self, _: &[ShipmentRef], _: &Pickup) -> Result<PickupRef, Fault> {
        Ok(PickupRef { id: String::new(), by_hand: true, earliest: None, latest: None })
    }

    async fn cancel(&self, _: &ShipmentRef) -> Result<(), Fault> {
        Err(Fault::Unsupported)
    }

    async fn cancel_pickup(&self, _: &PickupRef) -> Result<(), Fault> {
        Err(Fault::Unsupported)
    }

    fn tracking_url(&self, waybill: &str) -> Option<String> {
        self.tracking.as_ref()?.link(waybill)
    }
}
