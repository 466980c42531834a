//! Many cases changed in one go: chosen, looked at beforehand, worked off by a job, and taken back.

use super::{Deed, ListQuery, Moment, Named, StaffRef, Viewer};
use crate::error::Result;
use async_trait::async_trait;
use domain::bulk::{Hindrance, ItemState, RunState};
use domain::id::{CaseId, RunId};
use domain::number::Number;
use domain::phase::Action;
use serde::{Deserialize, Serialize};

/// What may be done to many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkKind {
    Assign,
    /// Another phase, or an own status within it.
    Status,
    /// By e-mail, in a handler's own words.
    Letter,
    /// Changes nothing by itself: those of goods and of returns are printed.
    Labels,
    Archive,
}

impl BulkKind {
    pub const ALL: [Self; 5] = [Self::Assign, Self::Status, Self::Letter, Self::Labels, Self::Archive];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Status => "status",
            Self::Letter => "letter",
            Self::Labels => "labels",
            Self::Archive => "archive",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Whether that deed is one of this kind; labels have none.
    pub const fn takes(self, deed: &Deed) -> bool {
        match deed {
            Deed::Assign(_) => matches!(self, Self::Assign),
            Deed::SetStatus(_) => matches!(self, Self::Status),
            Deed::Move(action) => matches!(self, Self::Status) && moves(*action),
            Deed::Wait { .. } => matches!(self, Self::Status),
            Deed::Write { .. } => matches!(self, Self::Letter),
            Deed::Archive(_) => matches!(self, Self::Archive),
            _ => false,
        }
    }
}

/// Phase moves that many cases may make at once: those that want nothing more said of each.
pub const MOVES: [Action; 3] = [Action::Review, Action::MakeReady, Action::Unarchive];
const fn moves(action: Action) -> bool {
    matches!(action, Action::Review | Action::MakeReady | Action::Unarchive)
}

/// Which cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Ticked on a page of a list.
    Cases(Vec<CaseId>),
    /// All that fit, whatever page they are on.
    Whole(Box<ListQuery>),
}

/// How many cases stand alike in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub state: ItemState,
    pub hindrance: Option<Hindrance>,
    pub cases: u32,
    /// The first of them, with article or customer.
    pub samples: Vec<(Number, String)>,
}

/// A run as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkView {
    pub id: RunId,
    pub state: RunState,
    pub kind: BulkKind,
    pub deed: Option<Deed>,
    /// What is done, in the reader's words; empty until it is settled.
    pub deed_words: String,
    /// The list whose every case is meant, as its address says it; empty for chosen ones.
    pub query: String,
    pub cases: u32,
    pub tallies: Vec<Tally>,
    pub began: Moment,
    pub ended: Option<Moment>,
    /// Until when it can be undone, where it can.
    pub undo_until: Option<Moment>,
    /// To choose from.
    pub handlers: Vec<StaffRef>,
    /// Own statuses, each with its phase's name.
    pub statuses: Vec<Named>,
    /// The returns whose labels are to be printed.
    pub labels: Vec<Number>,
    /// The cases whose goods can have one.
    pub goods: Vec<Number>,
}

impl BulkView {
    pub fn count(&self, state: ItemState) -> u32 {
        self.tallies.iter().filter(|tally| tally.state == state).map(|tally| tally.cases).sum()
    }
}

/// A run in the list of somebody's runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkLine {
    pub id: RunId,
    pub state: RunState,
    pub kind: BulkKind,
    pub deed_words: String,
    pub began: Moment,
    pub done: u32,
    pub cases: u32,
}

/// Each run is its maker's alone; everybody else is answered `NotFound`.
#[async_trait]
pub trait Bulk {
    /// # Errors
    /// `Invalid{cases}` where none is chosen, or too many by hand.
    async fn begin_bulk(&self, who: &Viewer, kind: BulkKind, chosen: Chosen) -> Result<RunId>;
    /// Settles what is to be done and has each case looked at. `None` for labels.
    ///
    /// # Errors
    /// `Invalid` for what that kind does not take; `Conflict` once the run has begun.
    async fn plan_bulk(&self, who: &Viewer, run: RunId, deed: Option<Deed>) -> Result<()>;
    /// # Errors
    /// `Conflict` unless it is planned.
    async fn start_bulk(&self, who: &Viewer, run: RunId) -> Result<()>;
    /// What has been done stays, and can be undone; the rest stays as it is.
    async fn stop_bulk(&self, who: &Viewer, run: RunId) -> Result<()>;
    /// # Errors
    /// `Expired` a day after its end; `Conflict` unless it has ended.
    async fn undo_bulk(&self, who: &Viewer, run: RunId) -> Result<()>;
    async fn bulk(&self, who: &Viewer, run: RunId) -> Result<BulkView>;
    /// The newest of the viewer's own.
    async fn bulks(&self, who: &Viewer) -> Result<Vec<BulkLine>>;
}
