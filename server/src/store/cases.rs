//! Cases: their rows, and everything that hangs on one.

mod insert;
mod law;
mod marks;

pub use insert::{NewCase, insert};
pub use law::{begin_law, revise_law, save_law};
pub use marks::{bump, forget_news, hold, hold_at, join, joined, part, remind_again, set_confirmed, set_news};

use super::book::{flag, id, keyed, optional_id, small};
use super::days::Place;
use super::db::Tx;
use super::error::{Result, StoreError};
use domain::case::{ArchiveReason, Channel};
use domain::contact::Medium;
use domain::deadline::recorded::Recorded;
use domain::decision::{Decision, Verdict};
use domain::form::Answers;
use domain::form::schema::common;
use domain::handling::{Handling, Proposed};
use domain::id::{CaseId, Key, RmaId, StaffId, StatusId, StoreId};
use domain::number::Number;
use domain::phase::{Phase, Standing};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

/// A case as its row has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub id: CaseId,
    pub number: Number,
    pub version: i64,
    pub type_key: Key,
    pub form_version: u32,
    pub store: StoreId,
    pub channel: Channel,
    pub phase: Phase,
    pub status: Option<StatusId>,
    pub handler: Option<StaffId>,
    pub archived: Option<ArchiveReason>,
    pub registered_at: i64,
    pub registered_by: Option<StaffId>,
    /// `None` once nothing is due.
    pub due_on: Option<Date>,
    /// By which its goods come.
    pub rma: Option<RmaId>,
    pub known: Known,
    pub decision: Option<Decided>,
    pub settlement: Option<Settled>,
    pub answers: Answers,
    /// When something came in, from the customer or as goods, that nobody of the staff has acted on yet.
    pub news_at: Option<i64>,
    /// What was said about fees when the complaint was taken in; empty where nothing was.
    pub fee_warning: String,
    pub law: Law,
    pub handling: Handling,
    /// The next day on which whoever is waited for is to be reminded.
    pub remind_on: Option<Date>,
    /// It is a duplicate of that case.
    pub joined_into: Option<CaseId>,
}

/// What is kept of a case's deadlines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Law {
    /// Of the table that the case is frozen with; 0 for a case from before, until the job has looked at it.
    pub version: u32,
    pub recorded: Recorded,
    /// The nearest last safe day of what the law still decides.
    pub on: Option<Date>,
    /// The next day on which somebody is to be told.
    pub watch: Option<Date>,
    /// The last safe day of the law's reply, as it stood when the case was decided; as it stands until then.
    pub reply_by: Option<Date>,
    /// When the first answer left, in milliseconds UTC; [`save`] leaves it to [`save_law`].
    pub replied_at: Option<i64>,
}

/// What the case itself knows of its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub sold: bool,
    /// The article in one line.
    pub title: String,
    pub customer_name: String,
    pub customer_email: String,
    /// E.164.
    pub customer_phone: String,
    /// What the letters come by, as far as somebody chose: see [`domain::contact::recipient`].
    pub medium: Option<Medium>,
    pub customer_locale: domain::Locale,
    pub receipt_number: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    #[serde(flatten)]
    pub decision: Decision,
    pub by: StaffId,
    /// Who has confirmed it, where a second person had to.
    #[serde(default)]
    pub second: Option<StaffId>,
    /// When it went out.
    pub at: i64,
    /// What the letter said of complaining further, a paragraph each; `None`: from before that was kept.
    #[serde(default)]
    pub further: Option<Vec<String>>,
    /// What it was about when it went out, see [`Decision::value`]; `None` where nobody knew, or from before that was kept.
    #[serde(default)]
    pub value_minor: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    pub outcome: Key,
    pub amount_minor: Option<i64>,
    pub by: StaffId,
    pub at: i64,
}

impl Case {
    /// What the article cost, as the case says it now, in hundredths.
    pub fn price(&self) -> Option<i64> {
        self.answers.first(common::PRICE).parse().ok()
    }

    /// The most that the case has ever said it cost.
    pub fn highest_price(&self) -> Option<i64> {
        self.price().max(self.handling.highest_minor)
    }

    pub fn brand(&self) -> &str {
        self.answers.first(common::BRAND).trim()
    }

    /// By its number, else by its name.
    pub fn article(&self) -> &str {
        let number = self.answers.first(common::ARTICLE_NUMBER).trim();
        if number.is_empty() { self.answers.first(common::ARTICLE_NAME).trim() } else { number }
    }
}

/// How "nothing is due" is kept, so that it sorts last.
const NEVER: &str = "9999-12-31";

pub(super) fn due_text(due: Option<Date>) -> String {
    due.map_or_else(|| NEVER.to_owned(), |date| date.to_string())
}

pub(super) fn due_on(row: &AnyRow) -> Result<Option<Date>> {
    day(row, "due_on")
}

/// A date that sorts last where there is none.
pub(super) fn day(row: &AnyRow, column: &str) -> Result<Option<Date>> {
    let text: String = row.try_get(column)?;
    if text == NEVER {
        return Ok(None);
    }
    text.parse().map(Some).map_err(StoreError::corrupt)
}

pub(super) fn number(row: &AnyRow) -> Result<Number> {
    row.try_get::<String, _>("number")?.parse().map_err(StoreError::corrupt)
}

/// `None` for a case that is not archived.
pub(super) fn archived(row: &AnyRow) -> Result<Option<ArchiveReason>> {
    if !flag(row, "archived")? {
        return Ok(None);
    }
    keyed(row, "archive_reason", ArchiveReason::from_key).map(Some)
}

fn json<T: serde::de::DeserializeOwned>(row: &AnyRow, column: &str) -> Result<Option<T>> {
    Ok(row.try_get::<Option<String>, _>(column)?.map(|text| serde_json::from_str(&text)).transpose()?)
}

fn read(row: &AnyRow) -> Result<Case> {
    let form_version: i64 = row.try_get("form_version")?;
    Ok(Case {
        id: id(row, "id")?,
        number: number(row)?,
        version: row.try_get("version")?,
        type_key: id(row, "type_key")?,
        form_version: u32::try_from(form_version).map_err(StoreError::corrupt)?,
        store: id(row, "store_id")?,
        channel: keyed(row, "channel", Channel::from_key)?,
        phase: keyed(row, "phase", Phase::from_key)?,
        status: optional_id(row, "status_id")?,
        handler: optional_id(row, "handler_id")?,
        archived: archived(row)?,
        registered_at: row.try_get("registered_at")?,
        registered_by: optional_id(row, "registered_by")?,
        due_on: due_on(row)?,
        rma: optional_id(row, "rma_id")?,
        known: Known {
            sold: flag(row, "sold")?,
            title: row.try_get("title")?,
            customer_name: row.try_get("customer_name")?,
            customer_email: row.try_get("customer_email")?,
            customer_phone: row.try_get("customer_phone")?,
            medium: Medium::from_key(&row.try_get::<String, _>("medium")?),
            customer_locale: keyed(row, "customer_locale", |text| text.parse().ok())?,
            receipt_number: row.try_get("receipt_number")?,
        },
        decision: json(row, "decision")?,
        settlement: json(row, "settlement")?,
        answers: serde_json::from_str(&row.try_get::<String, _>("answers")?)?,
        news_at: row.try_get("news_at")?,
        fee_warning: row.try_get("fee_warning")?,
        law: Law {
            version: small(row, "law_version")?,
            recorded: serde_json::from_str(&row.try_get::<String, _>("law_facts")?)?,
            on: day(row, "law_on")?,
            watch: day(row, "watch_on")?,
            reply_by: row
                .try_get::<Option<String>, _>("reply_by")?
                .map(|day| day.parse())
                .transpose()
                .map_err(StoreError::corrupt)?,
            replied_at: row.try_get("replied_at")?,
        },
        handling: serde_json::from_str(&row.try_get::<String, _>("handling")?)?,
        remind_on: day(row, "remind_on")?,
        joined_into: optional_id(row, "joined_into")?,
    })
}

const COLUMNS: &str = "id, number, version, type_key, form_version, store_id, channel, phase, status_id, handler_id, \
     archived, archive_reason, registered_at, registered_by, due_on, rma_id, sold, title, customer_name, \
     customer_email, customer_phone, medium, customer_locale, receipt_number, decision, settlement, answers, news_at, fee_warning, \
     law_version, law_facts, law_on, watch_on, handling, remind_on, joined_into, reply_by, replied_at";

pub async fn by_number(connection: &mut AnyConnection, number: Number) -> Result<Option<Case>> {
    let sql = format!("select {COLUMNS} from cases where number = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(number.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub async fn by_id(connection: &mut AnyConnection, case: CaseId) -> Result<Option<Case>> {
    let sql = format!("select {COLUMNS} from cases where id = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(case.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Cases that are not archived, whole, behind that place. One that cannot be read is told by its id alone.
pub async fn active(
    connection: &mut AnyConnection,
    after: &Place,
    limit: i64,
) -> Result<Vec<(CaseId, Place, Result<Case>)>> {
    let sql = format!(
        "select {COLUMNS}, seq from cases where archived = 0 and (due_on, seq) > ($1, $2) order by due_on, seq limit $3"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(&after.day).bind(after.seq).bind(limit);
    let rows = query.fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((id(row, "id")?, Place { day: row.try_get("due_on")?, seq: row.try_get("seq")? }, read(row))))
        .collect()
}

/// The number and the store of the case with that id.
pub async fn whereabouts(connection: &mut AnyConnection, case: CaseId) -> Result<Option<(Number, StoreId)>> {
    let sql = "select number, store_id from cases where id = $1";
    let row = sqlx::query(sql).bind(case.to_string()).fetch_optional(connection).await?;
    row.map(|row| Ok((number(&row)?, id(&row, "store_id")?))).transpose()
}

/// The case is as it was read. An answer that left meanwhile counts no change, so that it hinders nobody's edit, but what comes
/// of it must not be overwritten.
const AS_READ: &str = "id = $1 and version = $2 and coalesce(replied_at, 0) = ";

/// Writes what handling changes, if the case is still as it was read; `false` if it is not. A decision that is changed later
/// was one all the same: the first one's time stays.
pub async fn save(tx: &mut Tx, case: &Case, now_ms: i64) -> Result<bool> {
    let saved = sqlx::query(AssertSqlSafe(format!(
        "update cases set phase = $3, status_id = $4, handler_id = $5, archived = $6, archive_reason = $7, \
         due_on = $8, verdict = $9, decision = $10, settlement = $11, updated_at = $12, \
         news_at = $13, law_version = $14, law_facts = $15, law_on = $16, watch_on = $17, handling = $18, remind_on = $19, \
         reply_by = $20, decided_at = case when $10 is null then null else coalesce(decided_at, $21) end, settled_at = $22, \
         withdrawn_on = $23, outcome = $24, cost_minor = $25, cause = $26, credit_minor = $27, \
         target_on = coalesce($28, target_on), proposed = $29, waits_since = $30, proposed_by = $31, \
         version = version + 1 where {AS_READ} $32"
    )))
    .bind(case.id.to_string())
    .bind(case.version)
    .bind(case.phase.key())
    .bind(case.status.map(|id| id.to_string()))
    .bind(case.handler.map(|id| id.to_string()))
    .bind(i64::from(case.archived.is_some()))
    .bind(case.archived.map(ArchiveReason::key))
    .bind(due_text(case.due_on))
    .bind(case.decision.as_ref().map(|d| Verdict::key(d.decision.verdict)))
    .bind(case.decision.as_ref().map(serde_json::to_string).transpose()?)
    .bind(case.settlement.as_ref().map(serde_json::to_string).transpose()?)
    .bind(now_ms)
    .bind(case.news_at)
    .bind(i64::from(case.law.version))
    .bind(serde_json::to_string(&case.law.recorded)?)
    .bind(due_text(case.law.on))
    .bind(due_text(case.law.watch))
    .bind(serde_json::to_string(&case.handling)?)
    .bind(due_text(case.remind_on))
    .bind(case.law.reply_by.map(|day| day.to_string()))
    .bind(case.decision.as_ref().map(|decided| decided.at))
    .bind(case.settlement.as_ref().map(|settled| settled.at))
    .bind(case.law.recorded.taken_back.map(|day| day.to_string()))
    .bind(case.settlement.as_ref().map_or("", |settled| settled.outcome.as_str()))
    .bind(case.settlement.as_ref().and_then(|settled| settled.amount_minor))
    .bind(case.handling.examined.as_ref().map_or("", |examined| examined.cause.as_str()))
    .bind(case.handling.supplier.as_ref().and_then(|answer| answer.amount_minor))
    .bind(case.due_on.map(|day| day.to_string()))
    .bind(i64::from(case.handling.proposed.as_ref().is_some_and(Proposed::waits)))
    .bind(due_text(case.phase.waits_on().and(case.handling.waiting.as_ref()).map(|waited| waited.since)))
    .bind(case.handling.proposed.as_ref().map(|proposed| proposed.by.to_string()))
    .bind(case.law.replied_at.unwrap_or(0))
    .execute(tx)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Writes changed answers, if the case is still as it was read; `false` if it is not.
pub async fn save_answers(tx: &mut Tx, case: &Case, words: &str, now_ms: i64) -> Result<bool> {
    let saved = sqlx::query(AssertSqlSafe(format!(
        "update cases set sold = $3, title = $4, customer_name = $5, customer_email = $6, customer_phone = $7, \
         customer_locale = $8, receipt_number = $9, answers = $10, words = $11, updated_at = $12, medium = $13, \
         law_version = $14, law_facts = $15, law_on = $16, watch_on = $17, reply_by = $18, brand = $19, article = $20, \
         supplier = $21, handling = $22, version = version + 1 where {AS_READ} $23"
    )))
    .bind(case.id.to_string())
    .bind(case.version)
    .bind(i64::from(case.known.sold))
    .bind(&case.known.title)
    .bind(&case.known.customer_name)
    .bind(&case.known.customer_email)
    .bind(&case.known.customer_phone)
    .bind(case.known.customer_locale.tag())
    .bind(&case.known.receipt_number)
    .bind(serde_json::to_string(&case.answers)?)
    .bind(words)
    .bind(now_ms)
    .bind(case.known.medium.map_or("", Medium::key))
    .bind(i64::from(case.law.version))
    .bind(serde_json::to_string(&case.law.recorded)?)
    .bind(due_text(case.law.on))
    .bind(due_text(case.law.watch))
    .bind(case.law.reply_by.map(|day| day.to_string()))
    .bind(case.brand())
    .bind(case.article())
    .bind(case.answers.first(common::SUPPLIER).trim())
    .bind(serde_json::to_string(&case.handling)?)
    .bind(case.law.replied_at.unwrap_or(0))
    .execute(tx)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// What the tables of transitions look at.
pub async fn standing(connection: &mut AnyConnection, case: CaseId) -> Result<Option<Standing>> {
    let sql = "select phase, archived, verdict from cases where id = $1";
    let row = sqlx::query(sql).bind(case.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(standing_in).transpose()
}

fn standing_in(row: &AnyRow) -> Result<Standing> {
    let verdict = row.try_get::<Option<String>, _>("verdict")?;
    Ok(Standing {
        phase: keyed(row, "phase", Phase::from_key)?,
        archived: flag(row, "archived")?,
        verdict: verdict.as_deref().and_then(Verdict::from_key),
    })
}

/// The case that a case is handled as: itself, or the one that it was joined into.
pub struct Handled {
    pub case: CaseId,
    pub store: StoreId,
    pub version: i64,
    pub standing: Standing,
    /// The number of the duplicate that was asked about.
    pub duplicate: Option<Number>,
}

pub async fn handled(connection: &mut AnyConnection, case: CaseId) -> Result<Option<Handled>> {
    let sql = "select kept.id, kept.store_id, kept.version, kept.phase, kept.archived, kept.verdict, asked.number, \
         asked.joined_into from cases asked join cases kept on kept.id = coalesce(asked.joined_into, asked.id) \
         where asked.id = $1";
    let row = sqlx::query(sql).bind(case.to_string()).fetch_optional(connection).await?;
    row.map(|row| {
        let joined: Option<CaseId> = optional_id(&row, "joined_into")?;
        Ok(Handled {
            case: id(&row, "id")?,
            store: id(&row, "store_id")?,
            version: row.try_get("version")?,
            standing: standing_in(&row)?,
            duplicate: joined.map(|_| number(&row)).transpose()?,
        })
    })
    .transpose()
}

/// Moves an open case from one phase to another in which it stays due, if it is still in the first. An own status, which lay
/// inside that, goes, as does whom it waited for. Counting the change is the caller's.
pub async fn set_phase(tx: &mut Tx, case: CaseId, from: Phase, to: Phase) -> Result<bool> {
    let sql = "update cases set phase = $3, status_id = null where id = $1 and phase = $2 and archived = 0";
    let done = sqlx::query(sql).bind(case.to_string()).bind(from.key()).bind(to.key()).execute(&mut *tx).await?;
    let moved = done.rows_affected() == 1;
    if moved {
        super::reminders::left(tx, case, from, to).await?;
    }
    Ok(moved)
}
