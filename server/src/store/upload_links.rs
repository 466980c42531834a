//! What a QR code or a letter gives access to; of its secret only a hash.

use super::book::{id, keyed, optional_id};
use super::db::Tx;
use super::error::Result;
use crate::clock::DAY_MS;
use domain::Locale;
use domain::id::{CaseId, StaffId, StoreId, UploadLinkId};
use domain::number::Number;
use sqlx::Row;

pub struct NewLink<'a> {
    pub id: UploadLinkId,
    pub token_hash: String,
    pub case: CaseId,
    /// Who showed the QR code or asked.
    pub staff: Option<StaffId>,
    /// What a letter asked; empty behind a QR code.
    pub question: &'a str,
    pub created_at: i64,
    pub expires_at: i64,
}

/// How long the link in a letter opens the phone's page.
const IN_LETTER_MS: i64 = 30 * DAY_MS;

impl<'a> NewLink<'a> {
    /// One that a letter with that question bears.
    pub const fn in_letter(id: UploadLinkId, token_hash: String, case: CaseId, question: &'a str, at_ms: i64) -> Self {
        Self { id, token_hash, case, staff: None, question, created_at: at_ms, expires_at: at_ms + IN_LETTER_MS }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: UploadLinkId,
    pub case: CaseId,
    pub staff: Option<StaffId>,
    pub question: String,
    pub created_at: i64,
    pub expires_at: i64,
    pub revoked: bool,
}

impl Link {
    /// It came to the customer in a letter, not by a QR code in the store.
    pub fn in_letter(&self) -> bool {
        !self.question.is_empty() || self.staff.is_none()
    }

    pub fn is_open(&self, now_ms: i64) -> bool {
        !self.revoked && now_ms < self.expires_at
    }
}

pub async fn issue(tx: &mut Tx, link: NewLink<'_>) -> Result<()> {
    sqlx::query(
        "insert into upload_links (id, token_hash, case_id, staff_id, question, created_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(link.id.to_string())
    .bind(link.token_hash)
    .bind(link.case.to_string())
    .bind(link.staff.map(|id| id.to_string()))
    .bind(link.question)
    .bind(link.created_at)
    .bind(link.expires_at)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<Link>> {
    let row = sqlx::query(
        "select id, case_id, staff_id, question, created_at, expires_at, revoked_at from upload_links where token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(tx)
    .await?;
    row.map(|row| {
        Ok(Link {
            id: id(&row, "id")?,
            case: id(&row, "case_id")?,
            staff: optional_id(&row, "staff_id")?,
            question: row.try_get("question")?,
            created_at: row.try_get("created_at")?,
            expires_at: row.try_get("expires_at")?,
            revoked: row.try_get::<Option<i64>, _>("revoked_at")?.is_some(),
        })
    })
    .transpose()
}

/// Ends that person's older QR links of the case, save those that a phone is using: sent through since `busy_since`, or
/// made since `fresh_since` and perhaps just scanned.
pub async fn revoke_older(
    tx: &mut Tx,
    case: CaseId,
    staff: StaffId,
    now_ms: i64,
    busy_since: i64,
    fresh_since: i64,
) -> Result<()> {
    sqlx::query(
        "update upload_links set revoked_at = $3 where case_id = $1 and staff_id = $2 and question = '' \
         and revoked_at is null and expires_at > $3 and coalesce(used_at, 0) < $4 and created_at < $5",
    )
    .bind(case.to_string())
    .bind(staff.to_string())
    .bind(now_ms)
    .bind(busy_since)
    .bind(fresh_since)
    .execute(tx)
    .await?;
    Ok(())
}

/// Something came through it; it stays open until at least `expires_at`.
pub async fn used(tx: &mut Tx, link: UploadLinkId, now_ms: i64, expires_at: i64) -> Result<()> {
    sqlx::query(
        "update upload_links set used_at = $2, expires_at = case when expires_at < $3 then $3 else expires_at end \
         where id = $1",
    )
    .bind(link.to_string())
    .bind(now_ms)
    .bind(expires_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// `true` the first time.
pub async fn answered(tx: &mut Tx, link: UploadLinkId, now_ms: i64) -> Result<bool> {
    let done = sqlx::query("update upload_links set answered_at = $2 where id = $1 and answered_at is null")
        .bind(link.to_string())
        .bind(now_ms)
        .execute(tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// How many the customer's own page has made since then.
pub async fn count_from_home(tx: &mut Tx, case: CaseId, since_ms: i64) -> Result<i64> {
    let sql = "select count(*) from upload_links where case_id = $1 and staff_id is null and question = '' and created_at > $2";
    Ok(sqlx::query_scalar(sql).bind(case.to_string()).bind(since_ms).fetch_one(tx).await?)
}

/// Ends those that the customer's own page has made.
pub async fn revoke_from_home(tx: &mut Tx, case: CaseId, now_ms: i64) -> Result<()> {
    let sql = "update upload_links set revoked_at = $2 where case_id = $1 and staff_id is null and question = '' \
         and revoked_at is null";
    sqlx::query(sql).bind(case.to_string()).bind(now_ms).execute(tx).await?;
    Ok(())
}

/// The newest question that nothing has come for yet.
pub async fn open_question(connection: &mut Tx, case: CaseId) -> Result<Option<String>> {
    let sql = "select question from upload_links where case_id = $1 and question <> '' and answered_at is null \
         order by created_at desc, id limit 1";
    Ok(sqlx::query_scalar(sql).bind(case.to_string()).fetch_optional(connection).await?)
}

/// Whatever was asked of the case's customer is answered.
pub async fn answer_all(tx: &mut Tx, case: CaseId, now_ms: i64) -> Result<()> {
    let sql = "update upload_links set answered_at = $2 where case_id = $1 and question <> '' and answered_at is null";
    sqlx::query(sql).bind(case.to_string()).bind(now_ms).execute(tx).await?;
    Ok(())
}

/// What the phone's page may know of the case.
pub struct LinkedCase {
    pub number: Number,
    pub store: StoreId,
    pub customer_locale: Locale,
}

/// `None` for a draft.
pub async fn case_of(tx: &mut Tx, case: CaseId) -> Result<Option<LinkedCase>> {
    let row = sqlx::query("select number, store_id, customer_locale from cases where id = $1")
        .bind(case.to_string())
        .fetch_optional(tx)
        .await?;
    row.map(|row| {
        Ok(LinkedCase {
            number: keyed(&row, "number", |text| text.parse().ok())?,
            store: id(&row, "store_id")?,
            customer_locale: keyed(&row, "customer_locale", |text| text.parse().ok())?,
        })
    })
    .transpose()
}
