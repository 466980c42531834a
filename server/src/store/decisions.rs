//! Each decision of a case, as it went out: the first one stays when another follows.

use super::cases::Decided;
use super::db::Tx;
use super::error::Result;
use domain::id::{CaseId, PaperId};

/// Adds the newest. The case's row is held by the caller, so that numbers follow each other.
pub async fn add(tx: &mut Tx, case: CaseId, decided: &Decided, paper: Option<PaperId>) -> Result<()> {
    sqlx::query(
        "insert into decisions (case_id, nr, body, paper_id) \
         values ($1, (select coalesce(max(nr), 0) + 1 from decisions where case_id = $1), $2, $3)",
    )
    .bind(case.to_string())
    .bind(serde_json::to_string(decided)?)
    .bind(paper.map(|id| id.to_string()))
    .execute(tx)
    .await?;
    Ok(())
}
