//! A case's deadlines, written beside its other changes.

use super::{AS_READ, Case, due_text};
use crate::store::db::Tx;
use crate::store::error::Result;
use sqlx::AssertSqlSafe;

/// Writes what is kept of its deadlines. Counting the change is the caller's, who holds the row.
pub async fn save_law(tx: &mut Tx, case: &Case) -> Result<()> {
    let sql = "update cases set law_version = $2, law_facts = $3, law_on = $4, watch_on = $5, reply_by = $6, \
         replied_at = $7 where id = $1";
    put_law(tx, case, sql).await.map(drop)
}

/// The same if the case is still as it was read, counted as a change; `false` if it is not.
pub async fn revise_law(tx: &mut Tx, case: &Case, now_ms: i64) -> Result<bool> {
    let revised = sqlx::query(AssertSqlSafe(format!(
        "update cases set law_on = $3, watch_on = $4, updated_at = $5, reply_by = $6, version = version + 1 \
         where {AS_READ} $7"
    )))
    .bind(case.id.to_string())
    .bind(case.version)
    .bind(due_text(case.law.on))
    .bind(due_text(case.law.watch))
    .bind(now_ms)
    .bind(case.law.reply_by.map(|day| day.to_string()))
    .bind(case.law.replied_at.unwrap_or(0))
    .execute(tx)
    .await?;
    Ok(revised.rows_affected() == 1)
}

/// The same for a case from before there were deadlines; `false` where somebody was quicker.
pub async fn begin_law(tx: &mut Tx, case: &Case) -> Result<bool> {
    let sql = "update cases set law_version = $2, law_facts = $3, law_on = $4, watch_on = $5, reply_by = $6, \
         replied_at = $7 where id = $1 and law_version = 0";
    put_law(tx, case, sql).await
}

async fn put_law(tx: &mut Tx, case: &Case, sql: &'static str) -> Result<bool> {
    let put = sqlx::query(sql)
        .bind(case.id.to_string())
        .bind(i64::from(case.law.version))
        .bind(serde_json::to_string(&case.law.recorded)?)
        .bind(due_text(case.law.on))
        .bind(due_text(case.law.watch))
        .bind(case.law.reply_by.map(|day| day.to_string()))
        .bind(case.law.replied_at);
    Ok(put.execute(tx).await?.rows_affected() == 1)
}
