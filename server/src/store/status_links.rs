//! Links in letters to a case's status page, and customers who have proved that a case is theirs. Of secrets only hashes.

use super::book::id;
use super::db::Tx;
use super::error::Result;
use domain::id::CaseId;
use sqlx::AnyConnection;

/// The link in a letter.
pub async fn issue(tx: &mut Tx, token_hash: &str, case: CaseId, expires_at: i64) -> Result<()> {
    sqlx::query("insert into status_links (token_hash, case_id, expires_at) values ($1, $2, $3)")
        .bind(token_hash)
        .bind(case.to_string())
        .bind(expires_at)
        .execute(tx)
        .await?;
    Ok(())
}

/// The case of a link that is good now.
pub async fn case_of(connection: &mut AnyConnection, token_hash: &str, now_ms: i64) -> Result<Option<CaseId>> {
    let sql = "select case_id from status_links where token_hash = $1 and expires_at > $2";
    let row = sqlx::query(sql).bind(token_hash).bind(now_ms).fetch_optional(connection).await?;
    row.map(|row| id(&row, "case_id")).transpose()
}

pub async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("delete from status_links where expires_at <= $1").bind(now_ms).execute(&mut *tx).await?;
    sqlx::query("delete from customer_sessions where expires_at <= $1").bind(now_ms).execute(tx).await?;
    Ok(())
}
