//! What a row shows only where somebody has chosen it: read for the page's rows alone.

use crate::store::book::keyed;
use crate::store::error::Result;
use crate::store::statement::Statement;
use domain::decision::Verdict;
use domain::form::Answers;
use domain::handling::Handling;
use domain::id::Key;
use domain::phase::{Phase, Waiting};
use domain::waiting::Waited;
use sqlx::{AnyConnection, Row};
use std::collections::BTreeMap;

/// What a row shows only where somebody has chosen it.
#[derive(Clone, Debug)]
pub struct Details {
    pub updated_at: i64,
    pub receipt_number: String,
    pub answers: Answers,
    pub verdict: Option<Verdict>,
    pub cause: Option<Key>,
    pub outcome: Option<Key>,
    /// Whom it waits for.
    pub waiting: Option<(Waiting, Waited)>,
}

/// By their places in the series.
pub async fn details(connection: &mut AnyConnection, places: &[i64]) -> Result<BTreeMap<i64, Details>> {
    let mut statement = Statement::default();
    statement.push("select seq, updated_at, receipt_number, answers, verdict, cause, outcome, phase, handling from cases where seq in ");
    statement.bind_all(places.iter().copied());
    let rows = statement.query().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let key = |column: &str| -> Result<Option<Key>> { Ok(row.try_get::<String, _>(column)?.parse().ok()) };
            let handling: Handling = serde_json::from_str(&row.try_get::<String, _>("handling")?)?;
            let on = keyed(row, "phase", Phase::from_key)?.waits_on();
            let details = Details {
                verdict: row.try_get::<Option<String>, _>("verdict")?.as_deref().and_then(Verdict::from_key),
                cause: key("cause")?,
                outcome: key("outcome")?,
                waiting: on.zip(handling.waiting),
                updated_at: row.try_get("updated_at")?,
                receipt_number: row.try_get("receipt_number")?,
                answers: serde_json::from_str(&row.try_get::<String, _>("answers")?)?,
            };
            Ok((row.try_get("seq")?, details))
        })
        .collect()
}
