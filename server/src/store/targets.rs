//! The organisation's own targets: whose handlers are to be told.

use super::book::id;
use super::days::Place;
use super::db::Tx;
use super::error::Result;
use domain::deadline::own::OwnStep;
use domain::id::CaseId;
use jiff::civil::Date;
use sqlx::{AnyConnection, Row};

const fn number(step: OwnStep) -> i64 {
    match step {
        OwnStep::Near => 1,
        OwnStep::Passed => 2,
    }
}

/// Cases of whose target something may be to be told, behind that place: it comes by `near` and nobody was told, or it lies
/// before `passed`.
pub async fn untold(
    connection: &mut AnyConnection,
    near: Date,
    passed: Date,
    after: &Place,
    limit: i64,
) -> Result<Vec<(CaseId, Place)>> {
    let sql = "select id, due_on, seq from cases where archived = 0 and target_told < 2 and due_on <= $1 \
         and (target_told = 0 or due_on < $2) and (due_on, seq) > ($3, $4) order by due_on, seq limit $5";
    let query = sqlx::query(sql).bind(near.to_string()).bind(passed.to_string()).bind(&after.day);
    let rows = query.bind(after.seq).bind(limit).fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((id(row, "id")?, Place { day: row.try_get("due_on")?, seq: row.try_get("seq")? })))
        .collect()
}

/// Notes as told what is told of that target; `false` where it was, or where it is no target any more. Holds the row until
/// the commit: of two servers the second finds it done.
pub async fn take(tx: &mut Tx, case: CaseId, due: Date, step: OwnStep) -> Result<bool> {
    let sql = "update cases set target_told = $3 where id = $1 and due_on = $2 and target_told < $3 and archived = 0";
    let query = sqlx::query(sql).bind(case.to_string()).bind(due.to_string()).bind(number(step));
    Ok(query.execute(tx).await?.rows_affected() == 1)
}
