//! Reports whose time has come: to be reminded of, to be emptied, to be forgotten.

use super::{COLUMNS, Report, items, report};
use crate::store::Tx;
use crate::store::attachments;
use crate::store::book::id;
use crate::store::error::Result;
use domain::contact::Recipient;
use domain::id::{AttachmentId, CaseId, ReportId};
use sqlx::{AnyConnection, AssertSqlSafe};

/// Sent, not confirmed, not reminded of yet, and two thirds through the time to confirm.
pub async fn to_remind(connection: &mut AnyConnection, now_ms: i64) -> Result<Vec<Report>> {
    let sql = format!(
        "select {COLUMNS} from reports where filed_at is not null and confirmed_at is null and purged_at is null \
         and reminded_at is null and expires_at > $1 and filed_at + (expires_at - filed_at) / 3 * 2 <= $1 \
         order by expires_at limit 100"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(now_ms).fetch_all(connection).await?;
    rows.iter().map(report).collect()
}

/// `false` if another server was first, or if the letters go to another address by now.
pub async fn reminded(tx: &mut Tx, report: ReportId, to: &Recipient, now_ms: i64) -> Result<bool> {
    let sql = "update reports set reminded_at = $2 where id = $1 and reminded_at is null and confirmed_at is null \
         and to_address = $3";
    let done = sqlx::query(sql).bind(report.to_string()).bind(now_ms).bind(&to.address).execute(tx).await?;
    Ok(done.rows_affected() == 1)
}

/// Reports whose contents are to go: never sent and long untouched, or sent and not confirmed in time.
pub async fn to_purge(connection: &mut AnyConnection, untouched_ms: i64, now_ms: i64) -> Result<Vec<ReportId>> {
    let sql = "select id from reports where filed_at is null and updated_at < $1 union all \
         select id from reports where filed_at is not null and confirmed_at is null and purged_at is null \
         and expires_at <= $2 limit 100";
    let rows = sqlx::query(sql).bind(untouched_ms).bind(now_ms).fetch_all(connection).await?;
    rows.iter().map(|row| id(row, "id")).collect()
}

/// Throws away what a report holds, and all of it if it was never sent, unless somebody has taken it up again meanwhile. What
/// was sent keeps its number, so that its link can tell what became of it. Gives the pictures, whose files are to be removed
/// after the commit.
pub async fn purge(tx: &mut Tx, report: ReportId, untouched_ms: i64, now_ms: i64) -> Result<Vec<AttachmentId>> {
    let key = report.to_string();
    // Holds the row: a customer who confirms at this moment is either before us or too late.
    let held = sqlx::query(
        "update reports set to_address = '', delivery = null, origin = '', purged_at = $3 where id = $1 \
         and confirmed_at is null and purged_at is null and ((filed_at is null and updated_at < $2) \
         or (filed_at is not null and expires_at <= $3))",
    )
    .bind(&key)
    .bind(untouched_ms)
    .bind(now_ms)
    .execute(&mut *tx)
    .await?;
    if held.rows_affected() == 0 {
        return Ok(Vec::new());
    }
    let cases: Vec<CaseId> = items(tx, report).await?.into_iter().map(|item| item.case).collect();
    for sql in [
        "delete from report_items where report_id = $1",
        "delete from letters where report_id = $1",
        "delete from reports where id = $1 and filed_at is null",
    ] {
        sqlx::query(sql).bind(&key).execute(&mut *tx).await?;
    }
    let mut pictures = Vec::new();
    for case in cases {
        pictures.extend(attachments::delete_of_draft(tx, case).await?);
    }
    Ok(pictures)
}

/// Sent reports that ended before then.
pub async fn to_forget(connection: &mut AnyConnection, before_ms: i64) -> Result<Vec<ReportId>> {
    let sql = "select id from reports where filed_at is not null and expires_at < $1 \
         and (confirmed_at is not null or purged_at is not null) limit 500";
    let rows = sqlx::query(sql).bind(before_ms).fetch_all(connection).await?;
    rows.iter().map(|row| id(row, "id")).collect()
}

/// Forgets a report altogether.
pub async fn forget(tx: &mut Tx, report: ReportId) -> Result<()> {
    for sql in [
        "delete from report_links where report_id = $1",
        "delete from report_items where report_id = $1",
        "delete from letters where report_id = $1",
        "delete from reports where id = $1",
    ] {
        sqlx::query(sql).bind(report.to_string()).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Where reports were begun before then counts for nothing any more, and is not kept.
pub async fn forget_origins(tx: &mut Tx, before_ms: i64) -> Result<()> {
    let sql = "update reports set origin = '' where origin <> '' and created_at < $1";
    sqlx::query(sql).bind(before_ms).execute(tx).await?;
    Ok(())
}
