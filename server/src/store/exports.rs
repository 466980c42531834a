//! Who took which list out.

use super::db::Tx;
use super::error::Result;
use domain::id::StaffId;
use uuid::Uuid;

pub struct NewExport<'a> {
    pub id: Uuid,
    pub by: StaffId,
    pub at_ms: i64,
    pub format: &'a str,
    /// The list as its address says it.
    pub query: &'a str,
    pub columns: &'a str,
}

/// Before the first row goes out.
pub async fn begin(tx: &mut Tx, export: &NewExport<'_>) -> Result<()> {
    let sql = "insert into exports (id, staff_id, at, format, query, columns) values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(export.id.to_string())
        .bind(export.by.to_string())
        .bind(export.at_ms)
        .bind(export.format)
        .bind(export.query)
        .bind(export.columns)
        .execute(tx)
        .await?;
    Ok(())
}

/// Once the file is whole.
pub async fn end(tx: &mut Tx, export: Uuid, cases: i64) -> Result<()> {
    let sql = "update exports set cases = $2 where id = $1";
    sqlx::query(sql).bind(export.to_string()).bind(cases).execute(tx).await?;
    Ok(())
}
