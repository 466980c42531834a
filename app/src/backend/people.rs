//! Who is away, as they and the admins say.

use super::{StaffRef, Viewer};
use crate::error::Result;
use async_trait::async_trait;
use domain::assignment::Absence;
use domain::id::AbsenceId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One's own absences that are not over, and who could stand in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsencesView {
    /// The first to come first.
    pub absences: Vec<Absence>,
    /// Handlers and admins but oneself.
    pub substitutes: Vec<StaffRef>,
}

/// The handler of a case is away today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// The last day.
    pub until: Date,
    /// Who stands in; empty: nobody does.
    pub stands_in: String,
    /// The reader does.
    pub me: bool,
}

#[async_trait]
pub trait People {
    /// # Errors
    /// `Forbidden` for whoever handles no cases.
    async fn own_absences(&self, who: &Viewer) -> Result<AbsencesView>;
    /// One's own, or an admin anybody's; with a nil id a new one.
    ///
    /// # Errors
    /// `Invalid` for `from`, `until` or `substitute`.
    async fn save_absence(&self, who: &Viewer, absence: Absence) -> Result<()>;
    /// One that is gone already is no fault.
    async fn remove_absence(&self, who: &Viewer, absence: AbsenceId) -> Result<()>;
}
