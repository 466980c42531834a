//! Whom a case waits for, as its row has it.

use super::cases::due_text;
use super::db::Tx;
use super::error::Result;
use domain::handling::Handling;
use domain::id::CaseId;
use domain::phase::Phase;
use jiff::civil::Date;
use sqlx::Row;

/// Forgets whom a case waited for that has left the phase it waited in. To be called by whoever moves it without
/// [`super::cases::save`].
pub async fn left(tx: &mut Tx, case: CaseId, from: Phase, to: Phase) -> Result<()> {
    let sql = "select handling from cases where id = $1";
    let Some(row) = sqlx::query(sql).bind(case.to_string()).fetch_optional(&mut *tx).await? else { return Ok(()) };
    let mut handling: Handling = serde_json::from_str(&row.try_get::<String, _>("handling")?)?;
    let next = handling.at(from, to);
    save(tx, case, &handling, next).await
}

/// Writes whom a case waits for. Counting the change is the caller's.
pub async fn save(tx: &mut Tx, case: CaseId, handling: &Handling, next: Option<Date>) -> Result<()> {
    let sql = "update cases set handling = $2, remind_on = $3, waits_since = $4 where id = $1";
    let put = sqlx::query(sql).bind(case.to_string()).bind(serde_json::to_string(handling)?).bind(due_text(next));
    put.bind(due_text(handling.waiting.as_ref().map(|waited| waited.since))).execute(tx).await?;
    Ok(())
}
