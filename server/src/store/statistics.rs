//! What statistics keep in memory, read from the cases.

use super::error::{Result, StoreError};
use super::statement::Statement;
use domain::decision::Verdict;
use domain::id::{StaffId, StoreId};
use domain::phase::Phase;
use jiff::civil::Date;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use std::collections::BTreeMap;

/// One case's columns.
#[derive(Clone, Debug)]
pub struct FactRow {
    pub seq: i64,
    pub updated_at: i64,
    pub store: StoreId,
    pub type_key: String,
    pub phase: Phase,
    pub handler: Option<StaffId>,
    pub verdict: Option<Verdict>,
    pub registered_at: i64,
    pub decided_at: Option<i64>,
    pub settled_at: Option<i64>,
    pub withdrawn_on: Option<Date>,
    pub outcome: String,
    pub cause: String,
    pub cost_minor: Option<i64>,
    pub credit_minor: Option<i64>,
    pub brand: String,
    pub article: String,
    pub supplier: String,
    pub reply_by: Option<Date>,
    pub target_on: Option<Date>,
    /// A duplicate: it is counted with the case that it was joined into.
    pub joined: bool,
}

const COLUMNS: &str = "seq, updated_at, store_id, type_key, phase, handler_id, verdict, registered_at, decided_at, settled_at, \
     withdrawn_on, outcome, cause, cost_minor, credit_minor, brand, article, supplier, reply_by, target_on, joined_into";

fn day(row: &AnyRow, column: usize) -> Result<Option<Date>> {
    row.try_get::<Option<String>, _>(column)?.map(|day| day.parse()).transpose().map_err(StoreError::corrupt)
}

/// By the columns' places: there may be a million rows.
fn read(row: &AnyRow) -> Result<FactRow> {
    let text = |column: usize| -> Result<String> { Ok(row.try_get(column)?) };
    let phase = text(4)?;
    Ok(FactRow {
        seq: row.try_get(0)?,
        updated_at: row.try_get(1)?,
        store: text(2)?.parse()?,
        type_key: text(3)?,
        phase: Phase::from_key(&phase).ok_or_else(|| StoreError::corrupt(format_args!("unknown phase {phase}")))?,
        handler: row.try_get::<Option<String>, _>(5)?.map(|id| id.parse()).transpose()?,
        verdict: row.try_get::<Option<String>, _>(6)?.as_deref().and_then(Verdict::from_key),
        registered_at: row.try_get(7)?,
        decided_at: row.try_get(8)?,
        settled_at: row.try_get(9)?,
        withdrawn_on: day(row, 10)?,
        outcome: text(11)?,
        cause: text(12)?,
        cost_minor: row.try_get(13)?,
        credit_minor: row.try_get(14)?,
        brand: text(15)?,
        article: text(16)?,
        supplier: text(17)?,
        reply_by: day(row, 18)?,
        target_on: day(row, 19)?,
        joined: row.try_get::<Option<String>, _>(20)?.is_some(),
    })
}

/// When a case was last changed; 0 where there is none.
pub async fn newest_change(connection: &mut AnyConnection) -> Result<i64> {
    let sql = "select updated_at from cases order by updated_at desc limit 1";
    Ok(sqlx::query_scalar(sql).fetch_optional(connection).await?.unwrap_or_default())
}

/// How many there are.
pub async fn count(connection: &mut AnyConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from cases").fetch_one(connection).await?)
}

/// Cases behind that place in the series, in its order.
pub async fn behind(connection: &mut AnyConnection, seq: i64, limit: i64) -> Result<Vec<FactRow>> {
    let sql = format!("select {COLUMNS} from cases where seq > $1 order by seq limit $2");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(seq).bind(limit).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Cases changed at that time or later, behind that place of those changed at that time.
pub async fn changed(connection: &mut AnyConnection, since: i64, seq: i64, limit: i64) -> Result<Vec<FactRow>> {
    let sql =
        format!("select {COLUMNS} from cases where (updated_at, seq) > ($1, $2) order by updated_at, seq limit $3");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(since).bind(seq).bind(limit).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// The articles of those cases in one line each.
pub async fn titles(connection: &mut AnyConnection, seqs: &[u32]) -> Result<BTreeMap<u32, String>> {
    if seqs.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut statement = Statement::default();
    statement.push("select seq, title from cases where seq in ").bind_all(seqs.iter().map(|seq| i64::from(*seq)));
    let rows = statement.query().fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((u32::try_from(row.try_get::<i64, _>(0)?).map_err(StoreError::corrupt)?, row.try_get(1)?)))
        .collect()
}
