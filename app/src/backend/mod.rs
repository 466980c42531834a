//! What the pages ask of the server: use cases, few and coarse. `server/src/desk` answers them.
//!
//! Every method checks role and store itself; the pages hide what would be refused, as a courtesy.
//! View models come in the reader's language, with times in the zone of the case's store.

mod bulk;
mod case_view;
mod cases;
mod decisions;
mod lists;
mod papers;
mod people;
mod pictures;
mod registration;
mod reports;
mod rmas;
mod sessions;
mod settings;
mod statistics;
mod status;
mod views;

pub use bulk::*;
pub use case_view::*;
pub use cases::*;
pub use decisions::*;
pub use lists::*;
pub use papers::*;
pub use people::*;
pub use pictures::*;
pub use registration::*;
pub use reports::*;
pub use rmas::*;
pub use sessions::*;
pub use settings::*;
pub use statistics::*;
pub use status::*;
pub use views::*;

use domain::id::{StaffId, StoreId};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// A moment, as the clock of the case's store shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Milliseconds since 1970 UTC.
    pub utc_ms: i64,
    pub local: DateTime,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreRef {
    pub id: StoreId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRef {
    pub id: StaffId,
    pub name: String,
}

/// Somebody else who has the same case open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    pub name: String,
    pub writing: bool,
}

/// A key of one of the organisation's lists with its name in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub key: String,
    pub name: String,
}

/// The answers of the server, for server functions.
#[cfg(feature = "ssr")]
mod context {
    use super::{Backend, Viewer, Visitor};
    use crate::error::{AppError, Result};
    use leptos::prelude::use_context;
    use std::sync::Arc;

    /// The backend that the request's handler has provided.
    pub fn backend() -> Arc<dyn Backend> {
        use_context::<Arc<dyn Backend>>().expect("the request handler provides the backend")
    }

    /// Who asks.
    pub fn visitor() -> Visitor {
        use_context::<Visitor>().unwrap_or(Visitor::Nobody)
    }

    /// The member of the staff who asks.
    ///
    /// # Errors
    /// [`AppError::SignedOut`] for everybody else.
    pub fn viewer() -> Result<Viewer> {
        match visitor() {
            Visitor::Staff(viewer) => Ok(viewer),
            Visitor::Nobody | Visitor::Tablet(_) => Err(AppError::SignedOut),
        }
    }
}
#[cfg(feature = "ssr")]
pub use context::{backend, viewer, visitor};

/// Everything together, as the server provides it.
pub trait Backend:
    Sessions
    + Registration
    + Cases
    + Papers
    + Bulk
    + Views
    + Pictures
    + Settings
    + People
    + Reports
    + Status
    + Rmas
    + Statistics
    + Send
    + Sync
{
}
impl<T> Backend for T where
    T: Sessions
        + Registration
        + Cases
        + Papers
        + Bulk
        + Views
        + Pictures
        + Settings
        + People
        + Reports
        + Status
        + Rmas
        + Statistics
        + Send
        + Sync
{
}
