//! Letters: written with the change that causes them, claimed by a job, sent once.

use super::book::{id, keyed, optional_id, small};
use super::db::Tx;
use super::dialect::Dialect;
use super::error::{Result, StoreError};
use crate::desk::book::Store;
use crate::mail::Composed;
use app::backend::{DocumentKind, LetterView};
use domain::Locale;
use domain::contact::{Medium, Recipient};
use domain::id::{CaseId, LetterId, ReportId, StoreId};
use domain::letter::{LetterState, Template};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

/// What a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Case(CaseId),
    /// Filed from home, and no case yet.
    Report(ReportId),
}

impl About {
    pub const fn case(self) -> Option<CaseId> {
        match self {
            Self::Case(case) => Some(case),
            Self::Report(_) => None,
        }
    }

    const fn report(self) -> Option<ReportId> {
        match self {
            Self::Case(_) => None,
            Self::Report(report) => Some(report),
        }
    }
}

pub struct NewLetter<'a> {
    pub id: LetterId,
    pub about: About,
    /// Attached when it is sent.
    pub documents: &'a [DocumentKind],
    pub template: Template,
    pub locale: Locale,
    pub to: &'a Recipient,
    pub composed: &'a Composed,
    /// See [`crate::mail::message_id`].
    pub message_id: String,
    pub at_ms: i64,
}

/// A letter as lists show it.
#[derive(Clone, Debug)]
pub struct LetterRow {
    pub id: LetterId,
    pub about: About,
    pub template: Template,
    pub locale: Locale,
    pub to: Recipient,
    /// An SMS has none: its text.
    pub subject: String,
    pub state: LetterState,
    /// The mail server's words, once an attempt has failed.
    pub error: String,
    pub created_at: i64,
    pub sent_at: Option<i64>,
}

impl LetterRow {
    /// For a page, with the times of that store.
    pub fn view(&self, store: &Store) -> LetterView {
        LetterView {
            id: self.id,
            template: self.template,
            medium: self.to.medium,
            to: shown(&self.to),
            subject: self.subject.clone(),
            at: store.moment(self.created_at),
            sent: self.sent_at.map(|at| store.moment(at)),
            state: self.state,
            error: self.error.clone(),
        }
    }
}

/// An address as people read it.
pub fn shown(to: &Recipient) -> String {
    match to.medium {
        Medium::Email => to.address.clone(),
        Medium::Sms => domain::format::phone(&to.address),
    }
}

/// To be called in the transaction of the change; [`crate::mail::Letters::wake`] follows its commit.
pub async fn enqueue(tx: &mut Tx, letter: NewLetter<'_>) -> Result<()> {
    sqlx::query(
        "insert into letters (id, case_id, template, locale, to_address, subject, html, body, message_id, state, \
         attempts, next_attempt_at, error, created_at, report_id, documents, medium) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', 0, $10, '', $10, $11, $12, $13)",
    )
    .bind(letter.id.to_string())
    .bind(letter.about.case().map(|id| id.to_string()))
    .bind(letter.template.key())
    .bind(letter.locale.tag())
    .bind(&letter.to.address)
    .bind(&letter.composed.subject)
    .bind(&letter.composed.html)
    .bind(&letter.composed.text)
    .bind(letter.message_id)
    .bind(letter.at_ms)
    .bind(letter.about.report().map(|id| id.to_string()))
    .bind(letter.documents.iter().map(|kind| kind.key()).collect::<Vec<_>>().join(" "))
    .bind(letter.to.medium.key())
    .execute(tx)
    .await?;
    Ok(())
}

/// A letter that one worker has until its lease ends.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub id: LetterId,
    pub about: About,
    pub store: StoreId,
    /// Empty if the letter goes to a carrier, or to a customer who has not confirmed yet.
    pub customer_name: String,
    pub to: Recipient,
    pub template: Template,
    pub documents: Vec<DocumentKind>,
    pub composed: Composed,
    pub message_id: String,
    /// This attempt among them.
    pub attempts: u32,
    pub created_at: i64,
}

/// Takes the letter that has been due longest, and pushes its next attempt ahead to the end of the lease: should this
/// server die before it has noted how the sending went, another attempt follows then, and not before. Two workers, also
/// on two servers, never claim the same letter.
pub async fn claim(tx: &mut Tx, dialect: Dialect, now_ms: i64, lease_until_ms: i64) -> Result<Option<Claimed>> {
    let claimed = sqlx::query(AssertSqlSafe(format!(
        "with due as materialized (select id from letters where state = 'waiting' and next_attempt_at <= $1 \
         order by next_attempt_at limit 1 {}) \
         update letters set attempts = attempts + 1, next_attempt_at = $2 \
         where id in (select id from due) returning id",
        dialect.skip_locked()
    )))
    .bind(now_ms)
    .bind(lease_until_ms)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(claimed) = claimed else { return Ok(None) };
    let row = sqlx::query(
        "select letters.*, coalesce(cases.store_id, reports.store_id) as store_id, \
         coalesce(cases.customer_name, '') as customer_name \
         from letters left join cases on cases.id = letters.case_id left join reports on reports.id = letters.report_id \
         where letters.id = $1",
    )
    .bind(claimed.try_get::<String, _>("id")?)
    .fetch_one(tx)
    .await?;
    let template = keyed(&row, "template", Template::from_key)?;
    Ok(Some(Claimed {
        id: id(&row, "id")?,
        about: about(&row)?,
        store: id(&row, "store_id")?,
        template,
        documents: documents(&row)?,
        customer_name: if template.is_for_customer() { row.try_get("customer_name")? } else { String::new() },
        to: recipient(&row)?,
        composed: composed(&row)?,
        message_id: row.try_get("message_id")?,
        attempts: small(&row, "attempts")?,
        created_at: row.try_get("created_at")?,
    }))
}

/// When the next waiting letter is due, if any waits.
pub async fn next_due(connection: &mut AnyConnection) -> Result<Option<i64>> {
    let sql = "select min(next_attempt_at) from letters where state = 'waiting'";
    Ok(sqlx::query_scalar(sql).fetch_one(connection).await?)
}

/// The server has taken it; whoever else may have tried meanwhile.
pub async fn mark_sent(tx: &mut Tx, letter: LetterId, at_ms: i64) -> Result<()> {
    sqlx::query("update letters set state = 'sent', sent_at = $2, error = '' where id = $1")
        .bind(letter.to_string())
        .bind(at_ms)
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes what the server said; `retry_at_ms` of `None` gives the letter up. Answers whether this attempt was still the
/// newest: the word of one whose lease had ended counts no more.
pub async fn mark_failed(
    tx: &mut Tx,
    letter: LetterId,
    attempt: u32,
    error: &str,
    retry_at_ms: Option<i64>,
) -> Result<bool> {
    let done = sqlx::query(
        "update letters set state = $3, next_attempt_at = coalesce($4, next_attempt_at), error = $5 \
         where id = $1 and attempts = $2 and state = 'waiting'",
    )
    .bind(letter.to_string())
    .bind(i64::from(attempt))
    .bind(if retry_at_ms.is_some() { LetterState::Waiting.key() } else { LetterState::Failed.key() })
    .bind(retry_at_ms)
    .bind(error)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Has a letter wait until then, so that it can be taken back meanwhile.
pub async fn hold(tx: &mut Tx, letter: LetterId, until_ms: i64) -> Result<()> {
    let sql = "update letters set next_attempt_at = $2 where id = $1";
    sqlx::query(sql).bind(letter.to_string()).bind(until_ms).execute(tx).await?;
    Ok(())
}

/// Takes a letter back that nobody has tried to send yet; `false` where it is too late.
pub async fn cancel(tx: &mut Tx, letter: LetterId) -> Result<bool> {
    let sql = "update letters set state = 'cancelled' where id = $1 and state = 'waiting' and attempts = 0";
    Ok(sqlx::query(sql).bind(letter.to_string()).execute(tx).await?.rows_affected() == 1)
}

/// Puts the warning on the letter's case, or takes it off, as its letters now are; answers the case's version. The version
/// stays: a letter's delivery must not turn somebody's edit into a conflict.
pub async fn mark_case(tx: &mut Tx, case: CaseId) -> Result<i64> {
    let version = sqlx::query_scalar(
        "update cases set letter_failed = case when exists \
         (select 1 from letters where case_id = cases.id and state = 'failed') then 1 else 0 end \
         where id = $1 returning version",
    )
    .bind(case.to_string())
    .fetch_one(tx)
    .await?;
    Ok(version)
}

/// Sends it again, with a new set of attempts. A letter keeps its Message-ID; an SMS gets `fresh`, since a gateway takes
/// what it knows for sent. [`mark_case`] and the event are the caller's.
pub async fn resend(tx: &mut Tx, letter: LetterId, fresh: uuid::Uuid, now_ms: i64) -> Result<()> {
    sqlx::query(
        "update letters set state = 'waiting', attempts = 0, next_attempt_at = $2, error = '', sent_at = null, \
         message_id = case when medium = 'sms' then $3 else message_id end where id = $1",
    )
    .bind(letter.to_string())
    .bind(now_ms)
    .bind(fresh.to_string())
    .execute(tx)
    .await?;
    Ok(())
}

const COLUMNS: &str = "letters.id, letters.case_id, letters.report_id, letters.template, letters.locale, letters.to_address, \
     letters.medium, case when letters.medium = 'sms' then letters.body else letters.subject end as line, letters.state, letters.error, letters.created_at, letters.sent_at";

/// Oldest first.
pub async fn of_case(connection: &mut AnyConnection, case: CaseId) -> Result<Vec<LetterRow>> {
    let sql = format!("select {COLUMNS} from letters where case_id = $1 order by created_at, id");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(case.to_string()).fetch_all(connection).await?;
    rows.iter().map(letter).collect()
}

/// Those of a case with their text, newest first.
pub async fn with_texts(connection: &mut AnyConnection, case: CaseId) -> Result<Vec<(LetterRow, String)>> {
    let sql = format!("select {COLUMNS}, body from letters where case_id = $1 order by created_at desc, id");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(case.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((letter(row)?, row.try_get("body")?))).collect()
}

pub async fn find(connection: &mut AnyConnection, letter_id: LetterId) -> Result<Option<(LetterRow, Composed)>> {
    let sql = format!("select {COLUMNS}, subject, html, body from letters where id = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(letter_id.to_string()).fetch_optional(connection).await?;
    row.map(|row| Ok((letter(&row)?, composed(&row)?))).transpose()
}

/// A letter with what its line in the outbox says of its case.
pub struct OutboxRow {
    pub letter: LetterRow,
    pub number: String,
    pub store: StoreId,
}

/// Newest first; `after` is the last of the page before.
pub async fn outbox(
    connection: &mut AnyConnection,
    after: Option<(i64, LetterId)>,
    limit: i64,
) -> Result<Vec<OutboxRow>> {
    let (at, last) = after.map_or((i64::MAX, String::new()), |(at, last)| (at, last.to_string()));
    let sql = format!(
        "select {COLUMNS}, coalesce(cases.number, reports.number) as number, \
         coalesce(cases.store_id, reports.store_id) as store_id from letters \
         left join cases on cases.id = letters.case_id left join reports on reports.id = letters.report_id where (letters.created_at, letters.id) < ($1, $2) order by letters.created_at desc, letters.id desc limit $3"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(at).bind(last).bind(limit).fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok(OutboxRow { letter: letter(row)?, number: row.try_get("number")?, store: id(row, "store_id")? }))
        .collect()
}

fn about(row: &AnyRow) -> Result<About> {
    match (optional_id(row, "case_id")?, optional_id(row, "report_id")?) {
        (Some(case), _) => Ok(About::Case(case)),
        (None, Some(report)) => Ok(About::Report(report)),
        (None, None) => Err(StoreError::corrupt("a letter about nothing")),
    }
}

fn documents(row: &AnyRow) -> Result<Vec<DocumentKind>> {
    let keys: String = row.try_get("documents")?;
    let read = |key| DocumentKind::from_key(key).ok_or_else(|| StoreError::corrupt(format_args!("documents: {key}")));
    keys.split_whitespace().map(read).collect()
}

fn letter(row: &AnyRow) -> Result<LetterRow> {
    Ok(LetterRow {
        id: id(row, "id")?,
        about: about(row)?,
        template: keyed(row, "template", Template::from_key)?,
        locale: keyed(row, "locale", |text| text.parse().ok())?,
        to: recipient(row)?,
        subject: row.try_get("line")?,
        state: keyed(row, "state", LetterState::from_key)?,
        error: row.try_get("error")?,
        created_at: row.try_get("created_at")?,
        sent_at: row.try_get("sent_at")?,
    })
}

fn recipient(row: &AnyRow) -> Result<Recipient> {
    Ok(Recipient { medium: keyed(row, "medium", Medium::from_key)?, address: row.try_get("to_address")? })
}

fn composed(row: &AnyRow) -> Result<Composed> {
    Ok(Composed { subject: row.try_get("subject")?, html: row.try_get("html")?, text: row.try_get("body")? })
}
