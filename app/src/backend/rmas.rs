//! Returns, for staff: what is on its way to us, taking it in, labels and carriers.

use super::{CaseRow, EventView, Moment, StoreRef, Viewer};
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
    /// Something is asked of the carrier, or will be at `retry`.
    pub asking: bool,
    /// What a carrier did not do, in the reader's language and its own words.
    pub fault: String,
    /// When it is asked again by itself; `None` waits for [`RmaDeed::Retry`] or somebody who does it by hand.
    pub retry: Option<Moment>,
    pub received: Option<ReceivedView>,
    pub inspected: Option<InspectedView>,
    /// What the reader may do now, from the table in `domain`.
    pub may: Vec<RmaAction>,
    pub may_retry: bool,
}

impl RmaView {
    /// Waybill, code and label may still be noted by hand.
    pub const fn is_awaited(&self) -> bool {
        self.state.is_awaited()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedView {
    pub at: Moment,
    pub by: String,
    pub condition: Condition,
    pub place: String,
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedView {
    pub at: Moment,
    pub by: String,
    pub note: String,
}

/// A return with everything about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RmaPage {
    pub rma: RmaView,
    pub cases: Vec<CaseRow>,
    /// What became of it, oldest first.
    pub history: Vec<EventView>,
}

/// What is done to a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RmaDeed {
    /// The last good day.
    ///
    /// # Errors
    /// `Invalid { field: "valid_until" }` for a day that has passed or is more than a year ahead.
    Extend(Date),
    /// With the carrier that is set up, on that day between those whole hours. The state follows when the carrier is asked.
    ///
    /// # Errors
    /// `Invalid { field: "date" }`, `Invalid { field: "window" }`; `Invalid { field: "", key: "no_address" }` where
    /// nobody has said from where, `courier_ordered` until the courier before is known to stay away.
    OrderPickUp {
        date: Date,
        from: i8,
        to: i8,
    },
    /// One that was not ordered yet goes at once, another when the carrier has been told.
    CancelPickUp,
    /// Typed by hand, from a carrier's own page; an empty waybill clears it. The parcel need not be announced any more; a
    /// courier is still ordered or cancelled.
    SetWaybill {
        waybill: String,
        code: String,
        /// The customer gets it by letter.
        tell: bool,
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
    /// Asks the carrier again now, or once an answer that was lost can show.
    ///
    /// # Errors
    /// `Invalid { field: "", key: "being_asked" }` while what cannot be looked up is being asked.
    Retry,
    /// The carrier's system does not take back a courier or a parcel: the handler has told the carrier.
    SettleByHand,
    /// A cancelled number is good again.
    ///
    /// # Errors
    /// `Invalid { field: "", key: "courier_ordered" }` before the carrier has been told of the cancelling;
    /// `Invalid { field: "", key: "cases_closed" }` where no case needs goods.
    Reissue,
    /// The goods were taken in by mistake.
    UndoReceive,
}

/// What a scanned or typed text stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scanned {
    Case(Number),
    /// Of a return whose goods are still to come, or that holds several cases: [`Number`] of the RMA.
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

/// Which returns a list holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RmaFilter {
    /// Their goods are still to come.
    #[default]
    Awaited,
    /// Their goods are here.
    Received,
    Cancelled,
}

impl RmaFilter {
    pub const ALL: [Self; 3] = [Self::Awaited, Self::Received, Self::Cancelled];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Awaited => "awaited",
            Self::Received => "received",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.key() == key)
    }

    pub fn states(self) -> Vec<RmaState> {
        let held = |state: &RmaState| match self {
            Self::Awaited => state.is_awaited(),
            Self::Received => matches!(state, RmaState::Received | RmaState::Inspected),
            Self::Cancelled => matches!(state, RmaState::Cancelled),
        };
        RmaState::ALL.into_iter().filter(held).collect()
    }
}

/// A list as its address says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RmaQuery {
    pub filter: RmaFilter,
    pub store: Option<StoreId>,
    /// Where the page before ended; made by the server, opaque to others.
    pub after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RmaList {
    pub rows: Vec<RmaView>,
    pub next: Option<String>,
    /// Those that the viewer serves.
    pub stores: Vec<StoreRef>,
}

#[async_trait]
pub trait Rmas {
    /// By its own number or by that of one of its cases.
    ///
    /// # Errors
    /// `NotFound` also for a case without one.
    async fn rma(&self, who: &Viewer, number: Number) -> Result<RmaPage>;
    /// An RMA for a case that staff registered; it bears the case's number.
    ///
    /// # Errors
    /// `Conflict` if the case has one or is done with; `Invalid { field: "route" }` for [`Route::PickUp`], whose courier
    /// is ordered afterwards.
    async fn issue_rma(&self, who: &Viewer, case: CaseId, route: Route) -> Result<Number>;
    /// # Errors
    /// `Conflict` when it changed meanwhile or the table forbids the step; `Forbidden` by role; `Invalid` with the input.
    async fn act_on_rma(&self, who: &Viewer, rma: RmaId, version: i64, deed: RmaDeed) -> Result<()>;
    /// A label's code, a number, a waybill or a serial number; an address of ours that a QR code holds.
    async fn scan(&self, who: &Viewer, text: &str) -> Result<Scanned>;
    /// Takes in a parcel that came without a number or with another's: the case that it belongs to.
    ///
    /// # Errors
    /// `Conflict` if the case's goods are here already.
    async fn match_parcel(
        &self,
        who: &Viewer,
        case: CaseId,
        condition: Condition,
        place: String,
        note: String,
    ) -> Result<Number>;
    /// Newest first, of the stores that the viewer serves.
    async fn rmas(&self, who: &Viewer, query: &RmaQuery) -> Result<RmaList>;
}
