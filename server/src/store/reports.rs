//! What customers file from home, until it has become cases.

mod tidy;

pub use tidy::{forget, forget_origins, purge, reminded, to_forget, to_purge, to_remind};

use super::book::{id, keyed, optional_id, small};
use super::db::Tx;
use super::error::{Result, StoreError};
use domain::Locale;
use domain::contact::{Medium, Recipient};
use domain::form::Answers;
use domain::id::{AttachmentId, CaseId, Key, ReportId, StoreId};
use domain::letter::LetterState;
use domain::number::Number;
use domain::report::Delivery;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub id: ReportId,
    pub locale: Locale,
    pub created_at: i64,
    /// There once it is sent.
    pub sent: Option<Sent>,
    pub confirmed_at: Option<i64>,
}

/// What a report knows once it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    pub filed_at: i64,
    pub store: StoreId,
    /// Of the RMA.
    pub number: Number,
    /// Where the letters with the link go.
    pub to: Recipient,
    pub delivery: Option<Delivery>,
    pub expires_at: i64,
    /// Letters with the link so far.
    pub letters: u32,
}

/// One article.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub case: CaseId,
    pub type_key: Key,
    pub form_version: u32,
    /// As typed; canonical once sent.
    pub answers: Answers,
    /// Its number and place in the series, once sent.
    pub placed: Option<(Number, i64)>,
}

const COLUMNS: &str = "reports.id, reports.locale, reports.created_at, reports.filed_at, reports.store_id, reports.number, \
     reports.to_address, reports.medium, reports.delivery, reports.expires_at, reports.letters, reports.confirmed_at";

fn report(row: &AnyRow) -> Result<Report> {
    let filed_at: Option<i64> = row.try_get("filed_at")?;
    let sent = match (filed_at, optional_id(row, "store_id")?) {
        (Some(filed_at), Some(store)) => Some(Sent {
            filed_at,
            store,
            number: super::cases::number(row)?,
            to: Recipient { medium: keyed(row, "medium", Medium::from_key)?, address: row.try_get("to_address")? },
            delivery: row
                .try_get::<Option<String>, _>("delivery")?
                .map(|text| serde_json::from_str(&text))
                .transpose()?,
            expires_at: row.try_get("expires_at")?,
            letters: small(row, "letters")?,
        }),
        _ => None,
    };
    Ok(Report {
        id: id(row, "id")?,
        locale: keyed(row, "locale", |text| text.parse().ok())?,
        created_at: row.try_get("created_at")?,
        sent,
        confirmed_at: row.try_get("confirmed_at")?,
    })
}

async fn one(connection: &mut AnyConnection, rest: &str, value: &str) -> Result<Option<Report>> {
    let sql = format!("select {COLUMNS} from reports {rest}");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(value).fetch_optional(connection).await?;
    row.as_ref().map(report).transpose()
}

/// By the secret of the browser that fills it in.
pub async fn by_token(connection: &mut AnyConnection, token_hash: &str) -> Result<Option<Report>> {
    one(connection, "where token_hash = $1", token_hash).await
}

/// By a link in a letter.
pub async fn by_link(connection: &mut AnyConnection, token_hash: &str) -> Result<Option<Report>> {
    let rest = "join report_links on report_links.report_id = reports.id where report_links.token_hash = $1";
    one(connection, rest, token_hash).await
}

/// By the number of its RMA or of one of its articles.
pub async fn by_number(connection: &mut AnyConnection, number: Number) -> Result<Option<Report>> {
    let rest = "where number = $1 or id in (select report_id from report_items where number = $1)";
    one(connection, rest, &number.to_string()).await
}

/// Its articles in their order.
pub async fn items(connection: &mut AnyConnection, report: ReportId) -> Result<Vec<Item>> {
    let sql = "select case_id, type_key, form_version, answers, number, seq from report_items where report_id = $1 \
         order by position, case_id";
    let rows = sqlx::query(sql).bind(report.to_string()).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let number: Option<String> = row.try_get("number")?;
            let seq: Option<i64> = row.try_get("seq")?;
            let number = number.map(|text| text.parse().map_err(StoreError::corrupt)).transpose()?;
            Ok(Item {
                case: id(row, "case_id")?,
                type_key: id(row, "type_key")?,
                form_version: small(row, "form_version")?,
                answers: serde_json::from_str(&row.try_get::<String, _>("answers")?)?,
                placed: number.zip(seq),
            })
        })
        .collect()
}

/// How many reports an address has begun since then.
pub async fn begun_from(tx: &mut Tx, origin: &str, since_ms: i64) -> Result<i64> {
    let sql = "select count(*) from reports where origin = $1 and origin <> '' and created_at > $2";
    Ok(sqlx::query_scalar(sql).bind(origin).bind(since_ms).fetch_one(tx).await?)
}

/// How many letters of reports went to that address or number since then, however its capitals are written.
pub async fn letters_to(tx: &mut Tx, to: &Recipient, since_ms: i64) -> Result<i64> {
    let sql = "select count(*) from letters where report_id is not null and lower(to_address) = lower($1) and created_at > $2";
    Ok(sqlx::query_scalar(sql).bind(&to.address).bind(since_ms).fetch_one(tx).await?)
}

/// Whether the newest letter of a report was given up.
pub async fn is_undelivered(connection: &mut AnyConnection, report: ReportId) -> Result<bool> {
    let sql = "select state from letters where report_id = $1 order by created_at desc, id desc limit 1";
    let state: Option<String> = sqlx::query_scalar(sql).bind(report.to_string()).fetch_optional(connection).await?;
    Ok(state.as_deref() == Some(LetterState::Failed.key()))
}

pub struct NewReport<'a> {
    pub id: ReportId,
    pub token_hash: &'a str,
    pub locale: Locale,
    /// A hash of the address that began it.
    pub origin: &'a str,
    pub at_ms: i64,
}

/// `false` if that secret has a report already.
pub async fn insert(tx: &mut Tx, new: NewReport<'_>) -> Result<bool> {
    let done = sqlx::query(
        "insert into reports (id, token_hash, locale, origin, created_at, updated_at) values ($1, $2, $3, $4, $5, $5) \
         on conflict (token_hash) do nothing",
    )
    .bind(new.id.to_string())
    .bind(new.token_hash)
    .bind(new.locale.tag())
    .bind(new.origin)
    .bind(new.at_ms)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps an article as typed, in the language that it was typed in. `false` if the report was sent meanwhile, or if
/// something else has that id.
pub async fn save_item(tx: &mut Tx, report: ReportId, item: &Item, locale: Locale, now_ms: i64) -> Result<bool> {
    let report = report.to_string();
    // First, since it holds the row: nothing is added to a report while it is being sent.
    let open = sqlx::query("update reports set updated_at = $2, locale = $3 where id = $1 and filed_at is null")
        .bind(&report)
        .bind(now_ms)
        .bind(locale.tag())
        .execute(&mut *tx)
        .await?;
    if open.rows_affected() == 0 {
        return Ok(false);
    }
    let saved = sqlx::query(
        "insert into report_items (case_id, report_id, position, type_key, form_version, answers) \
         select cast($1 as text), cast($2 as text), \
         (select coalesce(max(position), 0) + 1 from report_items where report_id = $2), \
         cast($3 as text), cast($4 as bigint), cast($5 as text) \
         where not exists (select 1 from cases where id = $1) and not exists (select 1 from drafts where id = $1) \
         on conflict (case_id) do update set answers = excluded.answers, form_version = excluded.form_version \
         where report_items.report_id = excluded.report_id and report_items.type_key = excluded.type_key",
    )
    .bind(item.case.to_string())
    .bind(&report)
    .bind(item.type_key.as_str())
    .bind(i64::from(item.form_version))
    .bind(serde_json::to_string(&item.answers)?)
    .execute(tx)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Takes an article out of a report that was not sent, with its pictures, whose files are to be removed after the commit.
pub async fn drop_item(tx: &mut Tx, report: ReportId, case: CaseId) -> Result<Vec<AttachmentId>> {
    let gone = sqlx::query("delete from report_items where case_id = $1 and report_id = $2")
        .bind(case.to_string())
        .bind(report.to_string())
        .execute(&mut *tx)
        .await?;
    if gone.rows_affected() == 0 {
        return Ok(Vec::new());
    }
    super::attachments::delete_of_draft(tx, case).await
}

/// Holds the report until the commit; `false` if it was sent. Whatever is decided after it stays true.
pub async fn hold_unsent(tx: &mut Tx, report: ReportId, now_ms: i64) -> Result<bool> {
    let sql = "update reports set updated_at = $2 where id = $1 and filed_at is null";
    let held = sqlx::query(sql).bind(report.to_string()).bind(now_ms).execute(tx).await?;
    Ok(held.rows_affected() == 1)
}

/// Turns an unsent report into a sent one; `false` if it was sent already.
pub async fn send(tx: &mut Tx, report: ReportId, sent: &Sent, locale: Locale) -> Result<bool> {
    let done = sqlx::query(
        "update reports set filed_at = $2, updated_at = $2, store_id = $3, number = $4, to_address = $5, delivery = $6, \
         expires_at = $7, letters = $8, locale = $9, medium = $10 where id = $1 and filed_at is null",
    )
    .bind(report.to_string())
    .bind(sent.filed_at)
    .bind(sent.store.to_string())
    .bind(sent.number.to_string())
    .bind(&sent.to.address)
    .bind(sent.delivery.as_ref().map(serde_json::to_string).transpose()?)
    .bind(sent.expires_at)
    .bind(i64::from(sent.letters))
    .bind(locale.tag())
    .bind(sent.to.medium.key())
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives an article of a sent report its canonical answers and its number.
pub async fn place_item(tx: &mut Tx, item: &Item) -> Result<()> {
    sqlx::query("update report_items set answers = $2, number = $3, seq = $4 where case_id = $1")
        .bind(item.case.to_string())
        .bind(serde_json::to_string(&item.answers)?)
        .bind(item.placed.map(|(number, _)| number.to_string()))
        .bind(item.placed.map(|(_, seq)| seq))
        .execute(tx)
        .await?;
    Ok(())
}

/// A link for a letter. Those before it stay good: letters overtake each other.
pub async fn issue_link(tx: &mut Tx, report: ReportId, token_hash: &str) -> Result<()> {
    sqlx::query("insert into report_links (token_hash, report_id) values ($1, $2)")
        .bind(token_hash)
        .bind(report.to_string())
        .execute(tx)
        .await?;
    Ok(())
}

/// One more letter goes out, to that address. With another address than before, the links that went to it end. `false` once
/// the report is confirmed or has had `most` letters.
pub async fn readdress(tx: &mut Tx, report: ReportId, to: &Recipient, most: u32) -> Result<bool> {
    let report = report.to_string();
    // Holds the row: what is compared below is what stands there now.
    let before = sqlx::query(
        "update reports set letters = letters + 1 where id = $1 and confirmed_at is null and purged_at is null \
         and filed_at is not null and letters < $2 returning to_address, medium",
    )
    .bind(&report)
    .bind(i64::from(most))
    .fetch_optional(&mut *tx)
    .await?;
    let Some(before) = before else { return Ok(false) };
    let (address, medium): (String, String) = (before.try_get("to_address")?, before.try_get("medium")?);
    if (address.as_str(), medium.as_str()) != (to.address.as_str(), to.medium.key()) {
        sqlx::query("update reports set to_address = $2, medium = $3 where id = $1")
            .bind(&report)
            .bind(&to.address)
            .bind(to.medium.key())
            .execute(&mut *tx)
            .await?;
        sqlx::query("delete from report_links where report_id = $1").bind(&report).execute(tx).await?;
    }
    Ok(true)
}

/// `false` if it was confirmed before, or if its time is over.
pub async fn confirm(tx: &mut Tx, report: ReportId, now_ms: i64) -> Result<bool> {
    let sql = "update reports set confirmed_at = $2, to_address = '', origin = '' where id = $1 and confirmed_at is null \
         and purged_at is null and filed_at is not null and expires_at > $2";
    let done = sqlx::query(sql).bind(report.to_string()).bind(now_ms).execute(tx).await?;
    Ok(done.rows_affected() == 1)
}

/// Whether that link still leads to the report.
pub async fn has_link(tx: &mut Tx, report: ReportId, token_hash: &str) -> Result<bool> {
    let sql = "select count(*) from report_links where token_hash = $1 and report_id = $2";
    let links: i64 = sqlx::query_scalar(sql).bind(token_hash).bind(report.to_string()).fetch_one(tx).await?;
    Ok(links > 0)
}

/// Takes the answers out of a report whose cases have them now.
pub async fn empty_items(tx: &mut Tx, report: ReportId) -> Result<()> {
    sqlx::query("update report_items set answers = '{}' where report_id = $1")
        .bind(report.to_string())
        .execute(tx)
        .await?;
    Ok(())
}
