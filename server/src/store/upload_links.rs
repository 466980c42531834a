//! Links that let somebody without an account send pictures of one case.

use super::db::Tx;
use super::error::Result;
use domain::id::{CaseId, StaffId, UploadLinkId};

pub struct NewLink<'a> {
    pub id: UploadLinkId,
    /// See [`crate::clock::token_hash`].
    pub token_hash: String,
    pub case: CaseId,
    /// Who shows the QR code; `None` for a link in a letter.
    pub staff: Option<StaffId>,
    /// What was asked, when the link goes out in a letter.
    pub question: &'a str,
    pub created_at: i64,
    pub expires_at: i64,
}

pub async fn issue(tx: &mut Tx, link: NewLink<'_>) -> Result<()> {
    sqlx::query(
        "insert into upload_links (id, token_hash, case_id, staff_id, question, created_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(link.id.to_string())
    .bind(link.token_hash)
    .bind(link.case.to_string())
    .bind(link.staff.map(|id| id.to_string()))
    .bind(link.question)
    .bind(link.created_at)
    .bind(link.expires_at)
    .execute(tx)
    .await?;
    Ok(())
}
