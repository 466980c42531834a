//! Cases whose day has come: a page at a time, and held while they are tended.

use super::book::id;
use super::db::Tx;
use super::error::Result;
use domain::id::CaseId;
use jiff::civil::Date;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

/// What the day is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Somebody is told of a deadline.
    Watch,
    /// Whoever is waited for is reminded.
    Remind,
}

impl Day {
    const fn column(self) -> &'static str {
        match self {
            Self::Watch => "watch_on",
            Self::Remind => "remind_on",
        }
    }
}

/// Where a page ended that goes by a day.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub(super) day: String,
    pub(super) seq: i64,
}

/// Cases that are to be looked at by that day, behind that place.
pub async fn come(
    connection: &mut AnyConnection,
    day: Day,
    until: Date,
    after: &Place,
    limit: i64,
) -> Result<Vec<(CaseId, Place)>> {
    let column = day.column();
    let sql = format!(
        "select id, {column} as day, seq from cases where {column} < '9999-12-31' and {column} <= $1 \
         and ({column}, seq) > ($2, $3) order by {column}, seq limit $4"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(until.to_string()).bind(&after.day).bind(after.seq).bind(limit);
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(|row| Ok((id(row, "id")?, Place { day: row.try_get("day")?, seq: row.try_get("seq")? }))).collect()
}

/// Holds the case's row until the commit, if it is still to be looked at by that day: of two servers the second finds it done.
pub async fn hold(tx: &mut Tx, day: Day, case: CaseId, until: Date) -> Result<bool> {
    let column = day.column();
    let sql =
        format!("update cases set {column} = {column} where id = $1 and {column} <= $2 and {column} < '9999-12-31'");
    let held = sqlx::query(AssertSqlSafe(sql)).bind(case.to_string()).bind(until.to_string()).execute(tx).await?;
    Ok(held.rows_affected() == 1)
}
