//! Forms that somebody began, and edits that met another's.

use super::book::id;
use super::db::Tx;
use super::error::{Result, StoreError};
use domain::attachment::AttachmentKind;
use domain::form::Answers;
use domain::id::{CaseId, Key, StaffId, StoreId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub id: CaseId,
    pub staff: StaffId,
    pub type_key: Key,
    pub form_version: u32,
    pub store: StoreId,
    /// As typed.
    pub answers: Answers,
    /// The version that was read of a case that is edited.
    pub editing: Option<i64>,
    pub updated_at: i64,
}

fn read(row: &AnyRow) -> Result<Draft> {
    let form_version: i64 = row.try_get("form_version")?;
    Ok(Draft {
        id: id(row, "id")?,
        staff: id(row, "staff_id")?,
        type_key: id(row, "type_key")?,
        form_version: u32::try_from(form_version).map_err(StoreError::corrupt)?,
        store: id(row, "store_id")?,
        answers: serde_json::from_str(&row.try_get::<String, _>("answers")?)?,
        editing: row.try_get("editing_version")?,
        updated_at: row.try_get("updated_at")?,
    })
}

/// Keeps it. `false` if it is the draft of a case that exists, or a colleague's in another store.
pub async fn save(tx: &mut Tx, draft: &Draft) -> Result<bool> {
    let saved = sqlx::query(
        "insert into drafts (id, staff_id, type_key, form_version, store_id, answers, editing_version, updated_at) \
         select $1, $2, $3, $4, $5, $6, cast($7 as bigint), cast($8 as bigint) \
         where (cast($7 as bigint) is not null or not exists (select 1 from cases where id = $1)) \
         and not exists (select 1 from drafts where id = $1 and staff_id <> $2 and store_id <> $5) \
         on conflict (id, staff_id) do update set type_key = excluded.type_key, form_version = excluded.form_version, \
         store_id = excluded.store_id, answers = excluded.answers, editing_version = excluded.editing_version, \
         updated_at = excluded.updated_at",
    )
    .bind(draft.id.to_string())
    .bind(draft.staff.to_string())
    .bind(draft.type_key.as_str())
    .bind(i64::from(draft.form_version))
    .bind(draft.store.to_string())
    .bind(serde_json::to_string(&draft.answers)?)
    .bind(draft.editing)
    .bind(draft.updated_at)
    .execute(tx)
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub async fn get(connection: &mut AnyConnection, draft: CaseId, staff: StaffId) -> Result<Option<Draft>> {
    let sql = "select * from drafts where id = $1 and staff_id = $2";
    let row = sqlx::query(sql).bind(draft.to_string()).bind(staff.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Whether a case or a draft has that id.
pub async fn is_taken(connection: &mut AnyConnection, id: CaseId) -> Result<bool> {
    let sql =
        "select count(*) from (select id from cases where id = $1 union all select id from drafts where id = $1) t";
    Ok(sqlx::query_scalar::<_, i64>(sql).bind(id.to_string()).fetch_one(connection).await? > 0)
}

/// Begun cases of that person, newest first; edits of cases are not among them.
pub async fn of_staff(connection: &mut AnyConnection, staff: StaffId) -> Result<Vec<Draft>> {
    let sql = "select * from drafts where staff_id = $1 and editing_version is null order by updated_at desc limit 50";
    let rows = sqlx::query(sql).bind(staff.to_string()).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Throws it away; `false` if there is none. The pictures of a begun case are marked as removed with it.
pub async fn discard(tx: &mut Tx, draft: CaseId, staff: StaffId, now_ms: i64) -> Result<bool> {
    let id = draft.to_string();
    let gone = sqlx::query("delete from drafts where id = $1 and staff_id = $2")
        .bind(&id)
        .bind(staff.to_string())
        .execute(&mut *tx)
        .await?;
    if gone.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "update attachments set removed_at = $2 where case_id = $1 and removed_at is null \
         and not exists (select 1 from cases where id = $1) and not exists (select 1 from drafts where id = $1)",
    )
    .bind(&id)
    .bind(now_ms)
    .execute(tx)
    .await?;
    Ok(true)
}

/// Throws away what nobody has touched since, with its pictures.
pub async fn forget(tx: &mut Tx, before_ms: i64, now_ms: i64) -> Result<()> {
    sqlx::query(
        "update attachments set removed_at = $2 where removed_at is null \
         and case_id in (select id from drafts where updated_at < $1) \
         and not exists (select 1 from cases where id = attachments.case_id) \
         and not exists (select 1 from drafts where id = attachments.case_id and updated_at >= $1)",
    )
    .bind(before_ms)
    .bind(now_ms)
    .execute(&mut *tx)
    .await?;
    sqlx::query("delete from drafts where updated_at < $1").bind(before_ms).execute(tx).await?;
    Ok(())
}

/// How many pictures of each kind a case or a draft has.
pub async fn picture_counts(connection: &mut AnyConnection, case: CaseId) -> Result<Vec<(AttachmentKind, u32)>> {
    let sql = "select kind, count(*) from attachments where case_id = $1 and removed_at is null group by kind";
    let rows: Vec<(String, i64)> = sqlx::query_as(sql).bind(case.to_string()).fetch_all(connection).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(kind, count)| Some((AttachmentKind::from_key(&kind)?, u32::try_from(count).ok()?)))
        .collect())
}
