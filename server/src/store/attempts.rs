//! Counting attempts at a secret.

use super::db::Tx;
use super::error::Result;
use crate::clock::{DAY_MS, MINUTE_MS};
use sqlx::Row;

/// Whose attempts are counted, and how many are free.
pub struct Subject {
    /// A hash: neither logins nor addresses are kept.
    pub key: String,
    pub free: i64,
    /// How long the first wait is; each further one is twice as long, up to [`LONGEST_MS`].
    pub first_wait_ms: i64,
}

pub const LONGEST_MS: i64 = 15 * MINUTE_MS;
/// After so long without a failure the counting begins anew.
pub const FORGOTTEN_MS: i64 = DAY_MS;

/// Takes one attempt of each subject. It counts before it is known whether it succeeds, so that many at once do not
/// slip through. Answers the milliseconds to wait if one of them must; then nothing is counted.
pub async fn take(tx: &mut Tx, subjects: &[Subject], now_ms: i64) -> Result<Option<i64>> {
    let mut counted = Vec::with_capacity(subjects.len());
    for subject in subjects {
        // Changes nothing, and holds the row until the commit: whoever tries at the same moment counts after us.
        let row = sqlx::query(
            "insert into attempts (subject, failures, last_at, blocked_until) values ($1, 0, $2, 0) \
             on conflict (subject) do update set failures = attempts.failures \
             returning failures, last_at, blocked_until",
        )
        .bind(&subject.key)
        .bind(now_ms)
        .fetch_one(&mut *tx)
        .await?;
        let blocked_until: i64 = row.try_get("blocked_until")?;
        if blocked_until > now_ms {
            return Ok(Some(blocked_until - now_ms));
        }
        let last_at: i64 = row.try_get("last_at")?;
        counted.push(if now_ms - last_at > FORGOTTEN_MS { 0 } else { row.try_get("failures")? });
    }
    for (subject, failures) in subjects.iter().zip(counted) {
        let failures = failures + 1;
        let over = failures - subject.free;
        let wait = if over < 0 { 0 } else { (subject.first_wait_ms << over.min(20)).min(LONGEST_MS) };
        sqlx::query(
            "insert into attempts (subject, failures, last_at, blocked_until) values ($1, $2, $3, $4) \
             on conflict (subject) do update set failures = excluded.failures, last_at = excluded.last_at, \
             blocked_until = excluded.blocked_until",
        )
        .bind(&subject.key)
        .bind(failures)
        .bind(now_ms)
        // Without a wait nobody is kept out, not even one whose attempt began a moment before and waited for the row.
        .bind(if wait == 0 { 0 } else { now_ms + wait })
        .execute(&mut *tx)
        .await?;
    }
    Ok(None)
}

/// Forgets a subject's failures, after a success.
pub async fn forgive(tx: &mut Tx, key: &str) -> Result<()> {
    sqlx::query("delete from attempts where subject = $1").bind(key).execute(tx).await?;
    Ok(())
}

/// Takes one counted attempt back, for a subject that others share.
pub async fn give_back(tx: &mut Tx, key: &str) -> Result<()> {
    sqlx::query("update attempts set failures = failures - 1, blocked_until = 0 where subject = $1 and failures > 0")
        .bind(key)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("delete from attempts where last_at < $1").bind(now_ms - FORGOTTEN_MS).execute(tx).await?;
    Ok(())
}
