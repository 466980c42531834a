//! Own notes and comments.

use super::db::Tx;
use super::error::{Result, StoreError};
use super::search::Words;
use domain::id::{CaseId, NoteId, StaffId};

pub struct NewNote<'a> {
    pub id: NoteId,
    pub case: CaseId,
    /// Internal: never leaves the organisation.
    pub own: bool,
    pub body: &'a str,
    pub by: StaffId,
    pub at_ms: i64,
}

/// Inserts it, counts it as a change, and lets the search find the case by its words. Gives the new version.
pub async fn insert(tx: &mut Tx, note: NewNote<'_>) -> Result<i64> {
    let case = note.case.to_string();
    // The update comes first: it holds the row, so that two notes at once don't lose each other's words.
    let changed: Option<(i64, String)> = sqlx::query_as(
        "update cases set version = version + 1, updated_at = $2 where id = $1 returning version, words",
    )
    .bind(&case)
    .bind(note.at_ms)
    .fetch_optional(&mut *tx)
    .await?;
    let (version, stored) = changed.ok_or_else(|| StoreError::corrupt(format_args!("no case {case}")))?;
    sqlx::query("insert into notes (id, case_id, own, body, staff_id, at) values ($1, $2, $3, $4, $5, $6)")
        .bind(note.id.to_string())
        .bind(&case)
        .bind(i64::from(note.own))
        .bind(note.body)
        .bind(note.by.to_string())
        .bind(note.at_ms)
        .execute(&mut *tx)
        .await?;
    let mut words = Words::resume(&stored);
    words.text(note.body);
    sqlx::query("update cases set words = $2 where id = $1").bind(&case).bind(words.into_text()).execute(tx).await?;
    Ok(version)
}

/// The texts of a case's notes, oldest first.
pub async fn bodies(tx: &mut Tx, case: CaseId) -> Result<Vec<String>> {
    let sql = "select body from notes where case_id = $1 order by seq";
    Ok(sqlx::query_scalar(sql).bind(case.to_string()).fetch_all(tx).await?)
}
