//! Cases in which somebody is waited for: whom to remind, and when.

use super::book::id;
use super::cases::due_text;
use super::db::Tx;
use super::error::Result;
use super::law::Place;
use domain::handling::Handling;
use domain::id::CaseId;
use domain::phase::Phase;
use jiff::civil::Date;
use sqlx::{AnyConnection, Row};

/// Cases that are to be looked at by that day, behind that place.
pub async fn due(
    connection: &mut AnyConnection,
    until: Date,
    after: &Place,
    limit: i64,
) -> Result<Vec<(CaseId, Place)>> {
    let sql = "select id, remind_on, seq from cases where remind_on < '9999-12-31' and remind_on <= $1 \
         and (remind_on, seq) > ($2, $3) order by remind_on, seq limit $4";
    let query = sqlx::query(sql).bind(until.to_string()).bind(&after.day).bind(after.seq).bind(limit);
    let rows = query.fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((id(row, "id")?, Place { day: row.try_get("remind_on")?, seq: row.try_get("seq")? })))
        .collect()
}

/// Holds the case's row until the commit, if it is still to be looked at by that day: of two servers the second finds it done.
pub async fn hold(tx: &mut Tx, case: CaseId, until: Date) -> Result<bool> {
    let sql = "update cases set remind_on = remind_on where id = $1 and remind_on <= $2 and remind_on < '9999-12-31'";
    let held = sqlx::query(sql).bind(case.to_string()).bind(until.to_string()).execute(tx).await?;
    Ok(held.rows_affected() == 1)
}

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
