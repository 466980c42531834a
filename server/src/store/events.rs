//! The timeline.

use super::db::Tx;
use super::error::Result;
use domain::event::EventKind;
use domain::id::{CaseId, EventId, StaffId};

/// An entry to be written with the change that it tells of.
pub struct NewEvent<'a> {
    pub id: EventId,
    pub case: CaseId,
    /// `None` for Redress itself and for a customer.
    pub by: Option<StaffId>,
    pub at_ms: i64,
    pub what: &'a EventKind,
}

pub async fn insert(tx: &mut Tx, event: &NewEvent<'_>) -> Result<()> {
    sqlx::query("insert into events (id, case_id, staff_id, at, body) values ($1, $2, $3, $4, $5)")
        .bind(event.id.to_string())
        .bind(event.case.to_string())
        .bind(event.by.map(|id| id.to_string()))
        .bind(event.at_ms)
        .bind(serde_json::to_string(event.what)?)
        .execute(tx)
        .await?;
    Ok(())
}
