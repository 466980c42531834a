//! What customers wrote.

use super::book::id;
use super::db::Tx;
use super::error::{Result, StoreError};
use super::parts::MessageRow;
use super::search::Words;
use domain::id::{CaseId, MessageId};
use sqlx::{AnyConnection, Row};

pub struct NewMessage<'a> {
    pub id: MessageId,
    pub case: CaseId,
    pub body: &'a str,
    pub at_ms: i64,
}

/// Inserts it, counts it as a change, and lets the search find the case by its words. Gives the new version; `None` if it
/// is there already.
pub async fn insert(tx: &mut Tx, message: NewMessage<'_>) -> Result<Option<i64>> {
    let case = message.case.to_string();
    let sql = "insert into messages (id, case_id, body, at) values ($1, $2, $3, $4) on conflict (id) do nothing";
    let done = sqlx::query(sql)
        .bind(message.id.to_string())
        .bind(&case)
        .bind(message.body)
        .bind(message.at_ms)
        .execute(&mut *tx)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(None);
    }
    // Holds the row until the words are written, so that two at once don't lose each other's.
    let changed: Option<(i64, String)> = sqlx::query_as(
        "update cases set version = version + 1, updated_at = $2 where id = $1 returning version, words",
    )
    .bind(&case)
    .bind(message.at_ms)
    .fetch_optional(&mut *tx)
    .await?;
    let (version, stored) = changed.ok_or_else(|| StoreError::corrupt(format_args!("no case {case}")))?;
    let mut words = Words::resume(&stored);
    words.text(message.body);
    sqlx::query("update cases set words = $2 where id = $1").bind(&case).bind(words.into_text()).execute(tx).await?;
    Ok(Some(version))
}

/// How many have come since then.
pub async fn count_since(tx: &mut Tx, case: CaseId, since_ms: i64) -> Result<i64> {
    let sql = "select count(*) from messages where case_id = $1 and at > $2";
    Ok(sqlx::query_scalar(sql).bind(case.to_string()).bind(since_ms).fetch_one(tx).await?)
}

/// Those of a case, oldest first.
pub async fn of_case(connection: &mut AnyConnection, case: CaseId) -> Result<Vec<MessageRow>> {
    let sql = "select id, at, body from messages where case_id = $1 order by seq";
    let rows = sqlx::query(sql).bind(case.to_string()).fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok(MessageRow { id: id(row, "id")?, at: row.try_get("at")?, body: row.try_get("body")? }))
        .collect()
}

/// Their texts, oldest first.
pub async fn bodies(tx: &mut Tx, case: CaseId) -> Result<Vec<String>> {
    let sql = "select body from messages where case_id = $1 order by seq";
    Ok(sqlx::query_scalar(sql).bind(case.to_string()).fetch_all(tx).await?)
}
