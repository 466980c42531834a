//! The timeline.

use super::book::{id, optional_id};
use super::db::Tx;
use super::error::Result;
use super::parts::EventRow;
use domain::event::{Change, EventKind};
use domain::id::{CaseId, EventId, StaffId};
use sqlx::{AnyConnection, Row};

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
    insert_edit(tx, event, 0).await
}

/// A change of answers, with the version that it made of the case.
pub async fn insert_edit(tx: &mut Tx, event: &NewEvent<'_>, version: i64) -> Result<()> {
    sqlx::query("insert into events (id, case_id, staff_id, at, body, version) values ($1, $2, $3, $4, $5, $6)")
        .bind(event.id.to_string())
        .bind(event.case.to_string())
        .bind(event.by.map(|id| id.to_string()))
        .bind(event.at_ms)
        .bind(serde_json::to_string(event.what)?)
        .bind(version)
        .execute(tx)
        .await?;
    Ok(())
}

/// The same, unless it is what was told last.
pub async fn insert_once(tx: &mut Tx, event: &NewEvent<'_>) -> Result<()> {
    let sql = "select body from events where case_id = $1 order by seq desc limit 1";
    let last: Option<String> = sqlx::query_scalar(sql).bind(event.case.to_string()).fetch_optional(&mut *tx).await?;
    let said = last.map(|body| serde_json::from_str::<EventKind>(&body)).transpose()?;
    if said.as_ref() == Some(event.what) { Ok(()) } else { insert(tx, event).await }
}

/// The whole timeline of a case, oldest first.
pub async fn of_case(connection: &mut AnyConnection, case: CaseId) -> Result<Vec<EventRow>> {
    let sql = "select id, staff_id, at, body from events where case_id = $1 order by seq";
    let rows = sqlx::query(sql).bind(case.to_string()).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(EventRow {
                id: id(row, "id")?,
                by: optional_id(row, "staff_id")?,
                at: row.try_get("at")?,
                what: serde_json::from_str(&row.try_get::<String, _>("body")?)?,
            })
        })
        .collect()
}

/// What edits, also the customer's own, have changed after that version, the newest first.
pub async fn edits_since(connection: &mut AnyConnection, case: CaseId, version: i64) -> Result<Vec<Change>> {
    let sql = "select body from events where case_id = $1 and version > $2 order by seq desc";
    let query = sqlx::query_scalar::<_, String>(sql).bind(case.to_string()).bind(version);
    let mut changes = Vec::new();
    for body in query.fetch_all(connection).await? {
        if let EventKind::Edited { changes: of_one } | EventKind::ContactChanged { changes: of_one } =
            serde_json::from_str(&body)?
        {
            changes.extend(of_one);
        }
    }
    Ok(changes)
}
