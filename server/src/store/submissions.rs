//! What forms held that failed without script.

use super::Db;
use super::db::Tx;
use super::error::Result;

/// `body` is JSON of `app::backend::Submission`.
pub async fn keep(tx: &mut Tx, key_hash: &str, body: &str, expires_at: i64) -> Result<()> {
    sqlx::query("insert into submissions (key_hash, body, expires_at) values ($1, $2, $3)")
        .bind(key_hash)
        .bind(body)
        .bind(expires_at)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn find(db: &Db, key_hash: &str, now_ms: i64) -> Result<Option<String>> {
    let body = sqlx::query_scalar("select body from submissions where key_hash = $1 and expires_at > $2")
        .bind(key_hash)
        .bind(now_ms)
        .fetch_optional(&mut *db.read().await?)
        .await?;
    Ok(body)
}

pub async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("delete from submissions where expires_at <= $1").bind(now_ms).execute(tx).await?;
    Ok(())
}
