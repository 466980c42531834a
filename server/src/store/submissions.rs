//! What forms held that failed without script.

use super::Db;
use super::db::Tx;
use super::error::Result;

/// How many are kept at once: strangers may fail as well, and the disk is not theirs to fill.
const MOST: i64 = 20_000;

/// `body` is JSON of `app::backend::Submission`. `false` if so many are kept that this one is not.
pub async fn keep(tx: &mut Tx, key_hash: &str, body: &str, expires_at: i64) -> Result<bool> {
    // The casts: to PostgreSQL a parameter in the list of a `select` is text, unless it is told.
    let done = sqlx::query(
        "insert into submissions (key_hash, body, expires_at) \
         select cast($1 as text), cast($2 as text), cast($3 as bigint) \
         where (select count(*) from submissions) < $4",
    )
    .bind(key_hash)
    .bind(body)
    .bind(expires_at)
    .bind(MOST)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
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
