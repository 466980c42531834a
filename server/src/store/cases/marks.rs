//! Small changes of a case beside its handling: news, duplicates, versions.

use super::number;
use crate::store::book::id;
use crate::store::db::Tx;
use crate::store::error::{Result, StoreError};
use domain::id::{CaseId, StoreId};
use domain::number::Number;
use sqlx::AnyConnection;

/// When the customer opened the link in the letter.
pub async fn set_confirmed(tx: &mut Tx, case: CaseId, at_ms: i64) -> Result<()> {
    sqlx::query("update cases set confirmed_at = $2, updated_at = $2 where id = $1")
        .bind(case.to_string())
        .bind(at_ms)
        .execute(tx)
        .await?;
    Ok(())
}

/// Something has come in; to a duplicate it came for the case that is handled. Counting the change is the caller's.
pub async fn set_news(tx: &mut Tx, case: CaseId, at_ms: i64) -> Result<()> {
    let sql = "update cases set news_at = $2, version = version + case when id = $1 then 0 else 1 end \
         where id = $1 or id = (select joined_into from cases where id = $1)";
    sqlx::query(sql).bind(case.to_string()).bind(at_ms).execute(tx).await?;
    Ok(())
}

/// Holds the case's row until the commit, if it is still at that version.
pub async fn hold_at(tx: &mut Tx, case: CaseId, version: i64) -> Result<bool> {
    let held = sqlx::query("update cases set version = version where id = $1 and version = $2")
        .bind(case.to_string())
        .bind(version)
        .execute(tx)
        .await?;
    Ok(held.rows_affected() == 1)
}

/// Holds the case's row until the commit, and counts nothing.
pub async fn hold(tx: &mut Tx, case: CaseId) -> Result<()> {
    let sql = "update cases set version = version where id = $1";
    sqlx::query(sql).bind(case.to_string()).execute(tx).await?;
    Ok(())
}

/// Has a case whose goods lie ready looked at again in the next round.
pub async fn remind_again(tx: &mut Tx, case: CaseId) -> Result<()> {
    let sql = "update cases set remind_on = '2000-01-01' where id = $1 and phase = 'ready' and archived = 0";
    sqlx::query(sql).bind(case.to_string()).execute(tx).await?;
    Ok(())
}

/// Joins a duplicate into a case, with those that were joined into it before.
pub async fn join(tx: &mut Tx, duplicate: CaseId, kept: CaseId) -> Result<()> {
    let sql = "update cases set joined_into = $2 where id = $1 or joined_into = $1";
    sqlx::query(sql).bind(duplicate.to_string()).bind(kept.to_string()).execute(tx).await?;
    Ok(())
}

/// Takes a duplicate out again.
pub async fn part(tx: &mut Tx, duplicate: CaseId) -> Result<()> {
    sqlx::query("update cases set joined_into = null where id = $1").bind(duplicate.to_string()).execute(tx).await?;
    Ok(())
}

/// The duplicates that were joined into a case.
pub async fn joined(connection: &mut AnyConnection, kept: CaseId) -> Result<Vec<(CaseId, Number, StoreId)>> {
    let sql = "select id, number, store_id from cases where joined_into = $1 order by seq";
    let rows = sqlx::query(sql).bind(kept.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((id(row, "id")?, number(row)?, id(row, "store_id")?))).collect()
}

/// What came in at that moment did not. Counting the change is the caller's.
pub async fn forget_news(tx: &mut Tx, case: CaseId, at_ms: i64) -> Result<()> {
    let sql = "update cases set news_at = null \
         where (id = $1 or id = (select joined_into from cases where id = $1)) and news_at = $2";
    sqlx::query(sql).bind(case.to_string()).bind(at_ms).execute(tx).await?;
    Ok(())
}

/// Counts a change of what hangs on the case, such as a picture, and gives the new version.
///
/// # Errors
/// `Corrupt` if there is no such case.
pub async fn bump(tx: &mut Tx, case: CaseId, now_ms: i64) -> Result<i64> {
    sqlx::query_scalar("update cases set version = version + 1, updated_at = $2 where id = $1 returning version")
        .bind(case.to_string())
        .bind(now_ms)
        .fetch_optional(tx)
        .await?
        .ok_or_else(|| StoreError::corrupt(format_args!("no case {case}")))
}
