//! Returns, for staff: what is on its way to us, taking it in, labels and carriers.

use super::{Moment, Named, StoreRef, Viewer};
use crate::error::Result;
use async_trait::async_trait;
use domain::id::{CaseId, RmaId, StoreId};
use domain::number::Number;
use domain::rma::{Condition, RmaAction, RmaState, Route};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A return as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RmaView {
    pub id: RmaId,
    pub number: Number,
    pub version: i64,
    pub store: StoreRef,
    pub route: Route,
    pub state: RmaState,
    pub issued: Moment,
    pub valid_until: Date,
    pub expired: bool,
    /// Number, article.
    pub cases: Vec<(Number, String)>,
    pub from: String,
    pub parcels: u8,
    /// Day and hours that the customer asked the courier for, in the reader's language.
    pub window: String,
    /// The carrier's name.
    pub carrier: String,
    pub waybill: String,
    pub tracking_url: String,
    pub code: String,
    pub has_carrier_label: bool,
    /// What a carrier did not do, in its words; tried again at `retry`.
    pub fault: String,
    pub retry: Option<Moment>,
    pub received: Option<ReceivedView>,
    pub inspected: Option<String>,
    pub may: Vec<RmaAction>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedView {
    pub at: Moment,
    pub by: String,
    pub condition: Condition,
    pub place: String,
    pub note: String,
}

/// What is done to a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RmaDeed {
    /// The last good day.
    Extend(Date),
    /// With the carrier that is set up, on that day between those whole hours.
    OrderPickUp {
        date: Date,
        from: i8,
        to: i8,
    },
    CancelPickUp,
    /// Typed by hand, from a carrier's own page; an empty waybill clears it.
    SetWaybill {
        waybill: String,
        code: String,
    },
    Dispatch,
    Receive {
        condition: Condition,
        place: String,
        note: String,
    },
    Inspect {
        note: String,
    },
    Cancel,
    /// Asks the carrier again now.
    Retry,
}

/// What a scanned or typed text stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scanned {
    Case(Number),
    /// Of a return whose goods are still to come: [`Number`] of the RMA.
    Parcel(Number),
    /// Filed from home and not confirmed: the customer can do so here.
    Unconfirmed {
        number: Number,
        title: String,
    },
    /// Several cases bear that serial number.
    Several(Vec<(Number, String)>),
    Nothing,
}

#[async_trait]
pub trait Rmas {
    /// By its own number or by that of one of its cases; `None` if the case has none.
    async fn rma(&self, who: &Viewer, number: Number) -> Result<Option<RmaView>>;
    /// An RMA for a case that staff registered.
    async fn issue_rma(&self, who: &Viewer, case: CaseId, route: Route) -> Result<Number>;
    /// # Errors
    /// `Conflict` when it changed meanwhile or the table forbids the step.
    async fn act_on_rma(&self, who: &Viewer, rma: RmaId, version: i64, deed: RmaDeed) -> Result<()>;
    /// A label's code, a number, a waybill or a serial number; an address of ours that a QR code holds.
    async fn scan(&self, who: &Viewer, text: &str) -> Result<Scanned>;
    /// Takes in a parcel that came without a number or with another's: the case that it belongs to.
    async fn match_parcel(
        &self,
        who: &Viewer,
        case: CaseId,
        condition: Condition,
        place: String,
        note: String,
    ) -> Result<Number>;
    /// Returns that are awaited or have come, newest first, of the stores that the viewer serves.
    async fn rmas(
        &self,
        who: &Viewer,
        state: Option<RmaState>,
        store: Option<StoreId>,
        after: Option<String>,
    ) -> Result<RmaList>;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RmaList {
    pub rows: Vec<RmaView>,
    pub next: Option<String>,
    pub stores: Vec<Named>,
}
