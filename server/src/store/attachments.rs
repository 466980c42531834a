//! Rows of pictures and documents, and whose they are.

use super::book::{id, keyed, optional_id};
use super::db::Tx;
use super::error::{Result, StoreError};
use domain::attachment::AttachmentKind;
use domain::id::{AttachmentId, CaseId, StaffId, StoreId, UploadLinkId};
use sqlx::Row;
use sqlx::any::AnyRow;

pub const JPEG: &str = "image/jpeg";
pub const PDF: &str = "application/pdf";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub case: CaseId,
    pub kind: AttachmentKind,
    pub pdf: bool,
    pub width: u32,
    pub height: u32,
    /// Of what was sent.
    pub bytes: u64,
    pub taken_at: i64,
    pub received_at: i64,
    pub staff: Option<StaffId>,
    pub link: Option<UploadLinkId>,
    pub removed: bool,
}

/// A row to be written once its files are.
pub struct NewAttachment {
    pub attachment: Attachment,
    pub sha256: String,
}

const COLUMNS: &str = "id, case_id, kind, content_type, width, height, bytes, taken_at, received_at, staff_id, \
     upload_link_id, removed_at";

fn read(row: &AnyRow) -> Result<Attachment> {
    let number = |column: &str| -> Result<u32> {
        let number: i64 = row.try_get(column)?;
        u32::try_from(number).map_err(|_| StoreError::corrupt(format_args!("{column}: {number}")))
    };
    Ok(Attachment {
        id: id(row, "id")?,
        case: id(row, "case_id")?,
        kind: keyed(row, "kind", AttachmentKind::from_key)?,
        pdf: row.try_get::<String, _>("content_type")? == PDF,
        width: number("width")?,
        height: number("height")?,
        bytes: number("bytes")?.into(),
        taken_at: row.try_get("taken_at")?,
        received_at: row.try_get("received_at")?,
        staff: optional_id(row, "staff_id")?,
        link: optional_id(row, "upload_link_id")?,
        removed: row.try_get::<Option<i64>, _>("removed_at")?.is_some(),
    })
}

/// `false` if the case has the same bytes already, removed or not.
pub async fn insert(tx: &mut Tx, new: &NewAttachment) -> Result<bool> {
    let a = &new.attachment;
    let done = sqlx::query(
        "insert into attachments (id, case_id, kind, content_type, sha256, width, height, bytes, taken_at, received_at, \
         staff_id, upload_link_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         on conflict (case_id, sha256) do nothing",
    )
    .bind(a.id.to_string())
    .bind(a.case.to_string())
    .bind(a.kind.key())
    .bind(if a.pdf { PDF } else { JPEG })
    .bind(&new.sha256)
    .bind(i64::from(a.width))
    .bind(i64::from(a.height))
    .bind(i64::try_from(a.bytes).map_err(StoreError::corrupt)?)
    .bind(a.taken_at)
    .bind(a.received_at)
    .bind(a.staff.map(|id| id.to_string()))
    .bind(a.link.map(|id| id.to_string()))
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// By what was sent, even if it was removed since.
pub async fn same(tx: &mut Tx, case: CaseId, sha256: &str) -> Result<Option<Attachment>> {
    sqlx::query(sqlx::AssertSqlSafe(format!("select {COLUMNS} from attachments where case_id = $1 and sha256 = $2")))
        .bind(case.to_string())
        .bind(sha256)
        .fetch_optional(tx)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

pub async fn get(tx: &mut Tx, attachment: AttachmentId) -> Result<Option<Attachment>> {
    sqlx::query(sqlx::AssertSqlSafe(format!("select {COLUMNS} from attachments where id = $1")))
        .bind(attachment.to_string())
        .fetch_optional(tx)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Those that were not removed, in the order taken.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Attachment>> {
    let sql = format!(
        "select {COLUMNS} from attachments where case_id = $1 and removed_at is null order by taken_at, received_at, id"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(case.to_string()).fetch_all(tx).await?;
    rows.iter().map(read).collect()
}

pub async fn count(tx: &mut Tx, case: CaseId) -> Result<u32> {
    let count: i64 = sqlx::query_scalar("select count(*) from attachments where case_id = $1 and removed_at is null")
        .bind(case.to_string())
        .fetch_one(tx)
        .await?;
    u32::try_from(count).map_err(StoreError::corrupt)
}

/// The link whose holder sees it as their own.
pub async fn set_link(tx: &mut Tx, attachment: AttachmentId, link: UploadLinkId) -> Result<()> {
    sqlx::query("update attachments set upload_link_id = $2 where id = $1")
        .bind(attachment.to_string())
        .bind(link.to_string())
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn set_kind(tx: &mut Tx, attachment: AttachmentId, kind: AttachmentKind) -> Result<()> {
    sqlx::query("update attachments set kind = $2 where id = $1")
        .bind(attachment.to_string())
        .bind(kind.key())
        .execute(tx)
        .await?;
    Ok(())
}

/// `None` brings it back.
pub async fn set_removed(tx: &mut Tx, attachment: AttachmentId, at_ms: Option<i64>) -> Result<()> {
    sqlx::query("update attachments set removed_at = $2 where id = $1")
        .bind(attachment.to_string())
        .bind(at_ms)
        .execute(tx)
        .await?;
    Ok(())
}

/// One of what is no case yet: nothing of it is kept. Its files are to be removed after the commit.
pub async fn delete(tx: &mut Tx, attachment: AttachmentId, case: CaseId) -> Result<Vec<AttachmentId>> {
    let rows = sqlx::query(
        "delete from attachments where id = $1 and case_id = $2 and not exists (select 1 from cases where id = $2) \
         returning id",
    )
    .bind(attachment.to_string())
    .bind(case.to_string())
    .fetch_all(tx)
    .await?;
    rows.iter().map(|row| id(row, "id")).collect()
}

/// Bytes that were sent to those cases, as they came.
pub async fn bytes_of(tx: &mut Tx, cases: &[CaseId]) -> Result<u64> {
    let mut bytes = 0;
    for case in cases {
        let sql = "select cast(coalesce(sum(bytes), 0) as bigint) from attachments where case_id = $1";
        let sum: i64 = sqlx::query_scalar(sql).bind(case.to_string()).fetch_one(&mut *tx).await?;
        bytes += u64::try_from(sum).map_err(StoreError::corrupt)?;
    }
    Ok(bytes)
}

/// The pictures and links under an id that no case, no draft and no report has; the pictures' files are to be deleted after the
/// commit. Each statement asks itself, since somebody may have taken the draft up again since [`strays`] was read.
pub async fn delete_of_draft(tx: &mut Tx, draft: CaseId) -> Result<Vec<AttachmentId>> {
    sqlx::query(
        "delete from upload_links where case_id = $1 and not exists (select 1 from cases where id = $1) \
         and not exists (select 1 from drafts where id = $1) and not exists (select 1 from report_items where case_id = $1)",
    )
    .bind(draft.to_string())
    .execute(&mut *tx)
    .await?;
    let rows = sqlx::query(
        "delete from attachments where case_id = $1 and not exists (select 1 from cases where id = $1) \
         and not exists (select 1 from drafts where id = $1) \
         and not exists (select 1 from report_items where case_id = $1) returning id",
    )
    .bind(draft.to_string())
    .fetch_all(tx)
    .await?;
    rows.iter().map(|row| id(row, "id")).collect()
}

/// Case ids of attachments that came in that span of time and belong to no case, no draft and no report.
pub async fn strays(tx: &mut Tx, from_ms: i64, to_ms: i64) -> Result<Vec<CaseId>> {
    let rows = sqlx::query(
        "select distinct case_id from attachments where received_at >= $1 and received_at < $2 \
         and not exists (select 1 from cases where cases.id = attachments.case_id) \
         and not exists (select 1 from drafts where drafts.id = attachments.case_id) \
         and not exists (select 1 from report_items where report_items.case_id = attachments.case_id)",
    )
    .bind(from_ms)
    .bind(to_ms)
    .fetch_all(tx)
    .await?;
    rows.iter().map(|row| id(row, "case_id")).collect()
}

/// What an id of a case stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Case {
        store: StoreId,
        version: i64,
    },
    /// No case yet. `foreign`: somebody else has a draft, a picture or a link under it.
    Draft {
        foreign: bool,
    },
}

/// `viewer`: whose draft it would have to be; a link's holder passes `None` and is nobody's rival.
pub async fn place(tx: &mut Tx, case: CaseId, viewer: Option<StaffId>) -> Result<Place> {
    let row = sqlx::query("select store_id, version from cases where id = $1")
        .bind(case.to_string())
        .fetch_optional(&mut *tx)
        .await?;
    if let Some(row) = row {
        return Ok(Place::Case { store: id(&row, "store_id")?, version: row.try_get("version")? });
    }
    let Some(viewer) = viewer else { return Ok(Place::Draft { foreign: false }) };
    let foreign = sqlx::query(
        "select staff_id from drafts where id = $1 and staff_id <> $2 \
         union all select staff_id from attachments where case_id = $1 and staff_id <> $2 \
         union all select staff_id from upload_links where case_id = $1 and staff_id <> $2 \
         union all select report_id from report_items where case_id = $1 limit 1",
    )
    .bind(case.to_string())
    .bind(viewer.to_string())
    .fetch_optional(tx)
    .await?;
    Ok(Place::Draft { foreign: foreign.is_some() })
}

/// The picture that stands for a case in lists: what is wrong, or the thing itself, rather than the receipt; the oldest of them.
/// `case` is the parameter that holds the case's id.
pub fn thumbnail_of(case: &str) -> String {
    format!(
        "(select id from attachments where case_id = {case} and removed_at is null and content_type = '{JPEG}' \
         order by case kind when 'damage' then 0 when 'item' then 1 when 'label' then 2 else 3 end, received_at, id limit 1)"
    )
}

/// Counts a change of the case's pictures. `None` for a draft.
pub async fn touch_case(tx: &mut Tx, case: CaseId, now_ms: i64) -> Result<Option<(StoreId, i64)>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!(
        "update cases set version = version + 1, updated_at = $2, thumbnail_id = {} where id = $1 returning store_id, version",
        thumbnail_of("$1")
    )))
    .bind(case.to_string())
    .bind(now_ms)
    .fetch_optional(tx)
    .await?;
    row.map(|row| Ok((id(&row, "store_id")?, row.try_get("version")?))).transpose()
}
