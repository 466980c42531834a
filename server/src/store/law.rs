//! Deadlines of all cases: who is to be looked at, and what was done.

use super::book::id;
use super::db::Tx;
use super::error::Result;
use domain::id::CaseId;
use sqlx::{AnyConnection, Row};
use std::collections::BTreeSet;

/// Before all days: such a case is looked at in the next round.
const AT_ONCE: &str = "0001-01-01";

/// Cases from before there were deadlines, a few at a time, with their places in the series.
pub async fn unreckoned(connection: &mut AnyConnection, after: i64, limit: i64) -> Result<Vec<(CaseId, i64)>> {
    let sql = "select id, seq from cases where law_version = 0 and seq > $1 order by seq limit $2";
    let rows = sqlx::query(sql).bind(after).bind(limit).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((id(row, "id")?, row.try_get("seq")?))).collect()
}

/// The keys of what was done about a case.
pub async fn done(tx: &mut Tx, case: CaseId) -> Result<BTreeSet<String>> {
    let sql = "select key from law_steps where case_id = $1";
    Ok(sqlx::query_scalar(sql).bind(case.to_string()).fetch_all(tx).await?.into_iter().collect())
}

/// Notes a step as done; `false` if it was.
pub async fn take(tx: &mut Tx, key: &str, case: CaseId, at_ms: i64) -> Result<bool> {
    let sql = "insert into law_steps (key, case_id, at) values ($1, $2, $3) on conflict do nothing";
    let taken = sqlx::query(sql).bind(key).bind(case.to_string()).bind(at_ms).execute(tx).await?;
    Ok(taken.rows_affected() == 1)
}

/// Has every case looked at anew whose deadlines run, if the plan (as JSON) is another than before.
pub async fn planned(tx: &mut Tx, plan: &str) -> Result<()> {
    let sql = "update cases set watch_on = $1 where law_on < '9999-12-31' \
         and exists (select 1 from organisation where watch_plan <> $2)";
    sqlx::query(sql).bind(AT_ONCE).bind(plan).execute(tx).await?;
    Ok(())
}

/// By which release the deadlines of all cases were last worked out; empty before the first.
pub async fn stamp(connection: &mut AnyConnection) -> Result<String> {
    let stamp =
        sqlx::query_scalar("select law_stamp from organisation where id = 1").fetch_optional(connection).await?;
    Ok(stamp.unwrap_or_default())
}

pub async fn set_stamp(tx: &mut Tx, stamp: &str) -> Result<()> {
    sqlx::query("update organisation set law_stamp = $1 where id = 1").bind(stamp).execute(tx).await?;
    Ok(())
}
