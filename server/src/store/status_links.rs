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

/// A browser that has proved a case under a fresh secret; what its secret before opened, the fresh one opens as well.
pub struct Grant<'a> {
    pub token_hash: &'a str,
    pub before: Option<&'a str>,
    pub cases: &'a [CaseId],
    pub expires_at: i64,
}

pub async fn grant(tx: &mut Tx, grant: &Grant<'_>, now_ms: i64) -> Result<()> {
    if let Some(before) = grant.before {
        for case in grant.cases {
            sqlx::query("delete from customer_sessions where token_hash = $1 and case_id = $2")
                .bind(before)
                .bind(case.to_string())
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query("update customer_sessions set token_hash = $2 where token_hash = $1 and expires_at > $3")
            .bind(before)
            .bind(grant.token_hash)
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
        leave(tx, before).await?;
    }
    for case in grant.cases {
        sqlx::query("insert into customer_sessions (token_hash, case_id, expires_at) values ($1, $2, $3)")
            .bind(grant.token_hash)
            .bind(case.to_string())
            .bind(grant.expires_at)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Whether that secret opens the case: itself, or another of the same return.
pub async fn opens(connection: &mut AnyConnection, token_hash: &str, case: CaseId, now_ms: i64) -> Result<bool> {
    let sql = "select count(*) from customer_sessions join cases proved on proved.id = customer_sessions.case_id \
         join cases wanted on wanted.id = proved.id or wanted.rma_id = proved.rma_id \
         where customer_sessions.token_hash = $1 and wanted.id = $2 and customer_sessions.expires_at > $3";
    let count: i64 =
        sqlx::query_scalar(sql).bind(token_hash).bind(case.to_string()).bind(now_ms).fetch_one(connection).await?;
    Ok(count > 0)
}

/// The cases that were proved under that secret, the newest proof first.
pub async fn opened(connection: &mut AnyConnection, token_hash: &str, now_ms: i64) -> Result<Vec<CaseId>> {
    let sql = "select case_id from customer_sessions where token_hash = $1 and expires_at > $2 order by expires_at desc, case_id";
    let rows = sqlx::query(sql).bind(token_hash).bind(now_ms).fetch_all(connection).await?;
    rows.iter().map(|row| id(row, "case_id")).collect()
}

/// Whether that secret opens anything now.
pub async fn is_good(connection: &mut AnyConnection, token_hash: &str, now_ms: i64) -> Result<bool> {
    let sql = "select count(*) from customer_sessions where token_hash = $1 and expires_at > $2";
    let count: i64 = sqlx::query_scalar(sql).bind(token_hash).bind(now_ms).fetch_one(connection).await?;
    Ok(count > 0)
}

pub async fn leave(tx: &mut Tx, token_hash: &str) -> Result<()> {
    sqlx::query("delete from customer_sessions where token_hash = $1").bind(token_hash).execute(tx).await?;
    Ok(())
}

pub async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("delete from status_links where expires_at <= $1").bind(now_ms).execute(&mut *tx).await?;
    sqlx::query("delete from customer_sessions where expires_at <= $1").bind(now_ms).execute(tx).await?;
    Ok(())
}
