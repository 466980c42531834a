//! Letters on paper: their text is written with the change that causes them and never changes; a job makes the PDF.

use super::book::{id, keyed, optional_id, small};
use super::db::Tx;
use super::dialect::Dialect;
use super::error::{Result, StoreError};
use super::statement::Statement;
use app::backend::Counts;
use domain::Locale;
use domain::id::{CaseId, LetterId, PaperId, StaffId, StoreId};
use domain::letter::{LetterState, Template};
use domain::number::Number;
use domain::paper::{Handover, Left, Way};
use jiff::Timestamp;
use jiff::civil::Date;
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

/// How a letter on paper left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Milliseconds UTC.
    pub at: i64,
    pub by: StaffId,
    pub how: Handover,
}

/// To be called in the transaction of the change, after the letter was enqueued. One that no e-mail brings is to be printed;
/// it takes the place of those of its kind that nobody has handed over.
pub async fn insert(tx: &mut Tx, paper: &Paper) -> Result<()> {
    let earlier = "update papers set to_print = 0 where case_id = $1 and to_print = 1 \
         and case when template = 'last_call' then 1 else 0 end = $2";
    let of_kind = i64::from(!paper.template.is_decision());
    sqlx::query(earlier).bind(paper.case.to_string()).bind(of_kind).execute(&mut *tx).await?;
    sqlx::query(
        "insert into papers (id, case_id, letter_id, template, locale, subject, body, created_at, attempts, \
         next_attempt_at, to_print) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $8, $9)",
    )
    .bind(paper.id.to_string())
    .bind(paper.case.to_string())
    .bind(paper.letter.map(|id| id.to_string()))
    .bind(paper.template.key())
    .bind(paper.locale.tag())
    .bind(&paper.subject)
    .bind(&paper.body)
    .bind(paper.created_at)
    .bind(i64::from(paper.letter.is_none()))
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

/// Those whose PDF is still to be made and may be tried again, with the attempts so far. One that cannot be read is told by its
/// id alone. Two servers may make the same one: equal texts give equal files.
pub async fn unmade(
    connection: &mut AnyConnection,
    now_ms: i64,
    limit: i64,
) -> Result<Vec<(PaperId, u32, Result<Paper>)>> {
    let sql = "select * from papers where made_at is null and next_attempt_at <= $1 order by next_attempt_at limit $2";
    let rows = sqlx::query(sql).bind(now_ms).bind(limit).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((id(row, "id")?, small(row, "attempts")?, read(row)))).collect()
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

/// When it was handed over or posted, if it was.
///
/// # Errors
/// `Corrupt` if there is no such paper.
pub async fn handed_at(connection: &mut AnyConnection, paper: PaperId) -> Result<Option<i64>> {
    let sql = "select handed_at from papers where id = $1";
    let row = sqlx::query(sql).bind(paper.to_string()).fetch_optional(connection).await?;
    row.ok_or_else(|| StoreError::corrupt(format_args!("no paper {paper}")))?.try_get("handed_at").map_err(Into::into)
}

/// It was handed over or posted; `None`: it was not after all, and is to be printed again.
pub async fn hand_over(tx: &mut Tx, paper: PaperId, handed: Option<Handed>) -> Result<()> {
    let sql = "update papers set handed_at = $2, handover = $3, handed_by = $4, to_print = $5 where id = $1";
    sqlx::query(sql)
        .bind(paper.to_string())
        .bind(handed.map(|handed| handed.at))
        .bind(handed.map(|handed| handed.how.key()))
        .bind(handed.map(|handed| handed.by.to_string()))
        .bind(i64::from(handed.is_none()))
        .execute(tx)
        .await?;
    Ok(())
}

/// The letter that would have brought it was given up: what nobody has handed over and no later one replaces is to be printed.
/// `sent`: it went out after all.
pub async fn follow_letter(tx: &mut Tx, letter: LetterId, sent: bool) -> Result<()> {
    let sql = "update papers set to_print = $2 where letter_id = $1 and handed_at is null and not exists \
         (select 1 from papers later where later.case_id = papers.case_id and later.created_at > papers.created_at \
         and case when later.template = 'last_call' then 1 else 0 end \
         = case when papers.template = 'last_call' then 1 else 0 end)";
    sqlx::query(sql).bind(letter.to_string()).bind(i64::from(!sent)).execute(tx).await?;
    Ok(())
}

/// All by which the case's decisions have left.
pub async fn answers_left(connection: &mut AnyConnection, case: CaseId) -> Result<Vec<Left>> {
    let sql = "select medium as way, sent_at as at from letters where case_id = $1 and state = $2 and sent_at is not null \
           and template in ('approved', 'partly', 'rejected') \
         union all select 'paper', handed_at from papers where case_id = $1 and handed_at is not null \
           and template in ('approved', 'partly', 'rejected')";
    let rows = sqlx::query(sql).bind(case.to_string()).bind(LetterState::Sent.key()).fetch_all(connection).await?;
    let left = |row: &AnyRow| {
        let at = Timestamp::from_millisecond(row.try_get("at")?).map_err(StoreError::corrupt)?;
        Ok(Left { way: keyed(row, "way", Way::from_key)?, at })
    };
    rows.iter().map(left).collect()
}

/// A letter that is to be printed, with its case.
#[derive(Clone, Debug)]
pub struct ToPrint {
    pub id: PaperId,
    pub template: Template,
    pub subject: String,
    pub created_at: i64,
    /// Its e-mail was given up.
    pub failed: bool,
    pub number: Number,
    pub store: StoreId,
    pub customer: String,
    pub law_on: Option<Date>,
}

/// What is closed or archived waits for no letter. The plus keeps SQLite from walking the open cases for the few papers.
const WAITING: &str = " from papers join cases on cases.id = papers.case_id where papers.to_print = 1 \
     and +cases.archived = 0 and cases.phase not in ('settled', 'withdrawn', 'not_collected')";

/// Oldest first, from behind `after`.
pub async fn to_print(
    connection: &mut AnyConnection,
    stores: Option<&[StoreId]>,
    after: Option<(i64, PaperId)>,
    limit: i64,
) -> Result<Vec<ToPrint>> {
    let mut statement = Statement::default();
    statement.push(
        "select papers.id, papers.template, papers.subject, papers.created_at, papers.letter_id, cases.number, \
         cases.store_id, cases.customer_name, cases.law_on",
    );
    statement.push(WAITING);
    reach(&mut statement, "cases.store_id", stores);
    if let Some((at, last)) = after {
        statement.push(" and (papers.created_at, papers.id) > (").bind(at).push(", ").bind(last.to_string()).push(")");
    }
    statement.push(" order by papers.created_at, papers.id limit ").bind(limit);
    let rows = statement.query().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(ToPrint {
                id: id(row, "id")?,
                template: keyed(row, "template", Template::from_key)?,
                subject: row.try_get("subject")?,
                created_at: row.try_get("created_at")?,
                failed: row.try_get::<Option<String>, _>("letter_id")?.is_some(),
                number: super::cases::number(row)?,
                store: id(row, "store_id")?,
                customer: row.try_get("customer_name")?,
                law_on: super::cases::day(row, "law_on")?,
            })
        })
        .collect()
}

/// How many there are, up to [`Counts::CAP`].
pub async fn count_to_print(
    connection: &mut AnyConnection,
    dialect: Dialect,
    stores: Option<&[StoreId]>,
) -> Result<u32> {
    let mut statement = Statement::default();
    statement.push("select count(*) from (select 1").push(WAITING);
    reach(&mut statement, &dialect.aside("cases.store_id"), stores);
    statement.push(" limit ").bind(i64::from(Counts::CAP)).push(") counted");
    let row = statement.query().fetch_one(connection).await?;
    Ok(u32::try_from(row.try_get::<i64, _>(0)?).unwrap_or(Counts::CAP))
}

fn reach(statement: &mut Statement, column: &str, stores: Option<&[StoreId]>) {
    if let Some(stores) = stores {
        statement.push(" and ").push(column).push(" in ").bind_all(stores.iter().map(StoreId::to_string));
    }
}
