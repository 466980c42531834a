//! Letters on paper: their text is written with the change that causes them and never changes; a job makes the PDF.

use super::book::{id, keyed, optional_id, small};
use super::db::Tx;
use super::error::{Result, StoreError};
use domain::Locale;
use domain::id::{CaseId, LetterId, PaperId};
use domain::letter::Template;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

/// A letter as it stands on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub id: PaperId,
    pub case: CaseId,
    /// `None`: nobody could be written to, and it is to be printed.
    pub letter: Option<LetterId>,
    pub template: Template,
    pub locale: Locale,
    pub subject: String,
    /// Paragraphs between empty lines.
    pub body: String,
    pub created_at: i64,
}

/// To be called in the transaction of the change, after the letter was enqueued.
pub async fn insert(tx: &mut Tx, paper: &Paper) -> Result<()> {
    sqlx::query(
        "insert into papers (id, case_id, letter_id, template, locale, subject, body, created_at, attempts, \
         next_attempt_at) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $8)",
    )
    .bind(paper.id.to_string())
    .bind(paper.case.to_string())
    .bind(paper.letter.map(|id| id.to_string()))
    .bind(paper.template.key())
    .bind(paper.locale.tag())
    .bind(&paper.subject)
    .bind(&paper.body)
    .bind(paper.created_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// With whether its PDF is in the object store.
pub async fn by_id(connection: &mut AnyConnection, paper: PaperId) -> Result<Option<(Paper, bool)>> {
    let sql = "select * from papers where id = $1";
    let row = sqlx::query(sql).bind(paper.to_string()).fetch_optional(connection).await?;
    row.map(|row| Ok((read(&row)?, row.try_get::<Option<i64>, _>("made_at")?.is_some()))).transpose()
}

/// Those whose PDF is still to be made and may be tried again, with the attempts so far. Two servers may make the same one:
/// equal texts give equal files.
pub async fn unmade(connection: &mut AnyConnection, now_ms: i64, limit: i64) -> Result<Vec<(Paper, u32)>> {
    let sql = "select * from papers where made_at is null and next_attempt_at <= $1 order by next_attempt_at limit $2";
    let rows = sqlx::query(sql).bind(now_ms).bind(limit).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((read(row)?, small(row, "attempts")?))).collect()
}

/// Its PDF is in the object store.
pub async fn mark_made(tx: &mut Tx, paper: PaperId, at_ms: i64) -> Result<()> {
    let sql = "update papers set made_at = $2 where id = $1 and made_at is null";
    sqlx::query(sql).bind(paper.to_string()).bind(at_ms).execute(tx).await?;
    Ok(())
}

/// It could not be made, and is tried again then.
pub async fn put_off(tx: &mut Tx, paper: PaperId, until_ms: i64) -> Result<()> {
    let sql = "update papers set attempts = attempts + 1, next_attempt_at = $2 where id = $1 and made_at is null";
    sqlx::query(sql).bind(paper.to_string()).bind(until_ms).execute(tx).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Paper> {
    Ok(Paper {
        id: id(row, "id")?,
        case: id(row, "case_id")?,
        letter: optional_id(row, "letter_id")?,
        template: keyed(row, "template", Template::from_key)?,
        locale: keyed(row, "locale", |text| text.parse().ok())?,
        subject: row.try_get("subject")?,
        body: row.try_get("body")?,
        created_at: row.try_get("created_at")?,
    })
}

/// When the letter left, if it has.
///
/// # Errors
/// `Corrupt` if there is no such letter.
pub async fn sent_at(connection: &mut AnyConnection, letter: LetterId) -> Result<Option<i64>> {
    let sql = "select sent_at from letters where id = $1";
    let row = sqlx::query(sql).bind(letter.to_string()).fetch_optional(connection).await?;
    row.ok_or_else(|| StoreError::corrupt(format_args!("no letter {letter}")))?.try_get("sent_at").map_err(Into::into)
}
