//! Sessions, invitations and the hashes of passwords and PINs.

use super::Db;
use super::book::{id, optional_id};
use super::db::Tx;
use super::error::Result;
use domain::id::{SessionId, StaffId, StoreId};
use sqlx::Row;

pub struct Session {
    pub id: SessionId,
    pub staff: Option<StaffId>,
    pub tablet: Option<StoreId>,
    pub last_seen_at: i64,
    pub expires_at: i64,
}

pub struct NewSession<'a> {
    pub token_hash: &'a str,
    pub id: SessionId,
    pub staff: Option<StaffId>,
    pub tablet: Option<StoreId>,
    pub device: &'a str,
    pub now_ms: i64,
    pub expires_at: i64,
}

pub async fn find(db: &Db, token_hash: &str) -> Result<Option<Session>> {
    let row = sqlx::query(
        "select id, staff_id, tablet_store_id, last_seen_at, expires_at from sessions where token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(&mut *db.read().await?)
    .await?;
    let session = row.map(|row| {
        Ok(Session {
            id: id(&row, "id")?,
            staff: optional_id(&row, "staff_id")?,
            tablet: optional_id(&row, "tablet_store_id")?,
            last_seen_at: row.try_get("last_seen_at")?,
            expires_at: row.try_get("expires_at")?,
        })
    });
    session.transpose()
}

pub async fn begin(tx: &mut Tx, new: &NewSession<'_>) -> Result<()> {
    sqlx::query(
        "insert into sessions (token_hash, id, staff_id, tablet_store_id, device, created_at, last_seen_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $6, $7)",
    )
    .bind(new.token_hash)
    .bind(new.id.to_string())
    .bind(new.staff.map(|id| id.to_string()))
    .bind(new.tablet.map(|id| id.to_string()))
    .bind(new.device)
    .bind(new.now_ms)
    .bind(new.expires_at)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn seen(tx: &mut Tx, session: SessionId, now_ms: i64, expires_at: i64) -> Result<()> {
    sqlx::query("update sessions set last_seen_at = $2, expires_at = $3 where id = $1")
        .bind(session.to_string())
        .bind(now_ms)
        .bind(expires_at)
        .execute(tx)
        .await?;
    Ok(())
}

/// Says who stands at a tablet, or that nobody does.
pub async fn set_clerk(tx: &mut Tx, session: SessionId, clerk: Option<StaffId>, now_ms: i64) -> Result<()> {
    sqlx::query("update sessions set staff_id = $2, last_seen_at = $3 where id = $1 and tablet_store_id is not null")
        .bind(session.to_string())
        .bind(clerk.map(|id| id.to_string()))
        .bind(now_ms)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn end(tx: &mut Tx, session: SessionId) -> Result<()> {
    sqlx::query("delete from sessions where id = $1").bind(session.to_string()).execute(tx).await?;
    Ok(())
}

/// Ends somebody's sessions; a store's tablet stays the store's, without them.
pub async fn end_all(tx: &mut Tx, staff: StaffId) -> Result<()> {
    let id = staff.to_string();
    sqlx::query("delete from sessions where staff_id = $1 and tablet_store_id is null")
        .bind(&id)
        .execute(&mut *tx)
        .await?;
    sqlx::query("update sessions set staff_id = null where staff_id = $1").bind(&id).execute(tx).await?;
    Ok(())
}

/// Id, device and last request, newest first.
pub async fn devices(db: &Db, staff: StaffId, now_ms: i64) -> Result<Vec<(SessionId, String, i64)>> {
    let rows = sqlx::query(
        "select id, device, last_seen_at from sessions where staff_id = $1 and expires_at > $2 order by last_seen_at desc",
    )
    .bind(staff.to_string())
    .bind(now_ms)
    .fetch_all(&mut *db.read().await?)
    .await?;
    rows.iter().map(|row| Ok((id(row, "id")?, row.try_get("device")?, row.try_get("last_seen_at")?))).collect()
}

/// The hash of an active member's password, if they have one. `login` is a user name or an e-mail address in lower case.
pub async fn password_by_login(db: &Db, login: &str) -> Result<Option<(StaffId, Option<String>)>> {
    let row = sqlx::query(
        "select id, password_hash from staff where active = 1 and (login = $1 or (email = $1 and email <> '')) \
         order by case when login = $1 then 0 else 1 end limit 1",
    )
    .bind(login)
    .fetch_optional(&mut *db.read().await?)
    .await?;
    row.map(|row| Ok((id(&row, "id")?, row.try_get("password_hash")?))).transpose()
}

/// Hashes of somebody's password and PIN.
pub async fn secrets(db: &Db, staff: StaffId) -> Result<(Option<String>, Option<String>)> {
    let row = sqlx::query("select password_hash, pin_hash from staff where id = $1 and active = 1")
        .bind(staff.to_string())
        .fetch_optional(&mut *db.read().await?)
        .await?;
    match row {
        Some(row) => Ok((row.try_get("password_hash")?, row.try_get("pin_hash")?)),
        None => Ok((None, None)),
    }
}

/// Whether the very first account is still to be made.
pub async fn nobody_yet(connection: &mut Tx) -> Result<bool> {
    let sql = "select count(*) from staff where role = 'admin' and active = 1 and password_hash is not null";
    let admins: i64 = sqlx::query_scalar(sql).fetch_one(connection).await?;
    Ok(admins == 0)
}

/// A one-time link for somebody, or for the first admin; it replaces the unused ones before it.
pub async fn invite(tx: &mut Tx, token_hash: &str, staff: Option<StaffId>, expires_at: i64) -> Result<()> {
    let staff = staff.map(|id| id.to_string());
    sqlx::query(
        "delete from invitations where used_at is null and coalesce(staff_id, '') = coalesce(cast($1 as text), '')",
    )
    .bind(&staff)
    .execute(&mut *tx)
    .await?;
    sqlx::query("insert into invitations (token_hash, staff_id, expires_at) values ($1, $2, $3)")
        .bind(token_hash)
        .bind(staff)
        .bind(expires_at)
        .execute(tx)
        .await?;
    Ok(())
}

pub struct InvitationRow {
    pub staff: Option<StaffId>,
    pub expires_at: i64,
    pub used: bool,
}

pub async fn invitation(db: &Db, token_hash: &str) -> Result<Option<InvitationRow>> {
    let row = sqlx::query("select staff_id, expires_at, used_at from invitations where token_hash = $1")
        .bind(token_hash)
        .fetch_optional(&mut *db.read().await?)
        .await?;
    let invitation = row.map(|row| {
        Ok(InvitationRow {
            staff: optional_id(&row, "staff_id")?,
            expires_at: row.try_get("expires_at")?,
            used: row.try_get::<Option<i64>, _>("used_at")?.is_some(),
        })
    });
    invitation.transpose()
}

/// Takes the invitation; false if somebody was quicker.
pub async fn use_invitation(tx: &mut Tx, token_hash: &str, now_ms: i64) -> Result<bool> {
    let used = sqlx::query(
        "update invitations set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2",
    )
    .bind(token_hash)
    .bind(now_ms)
    .execute(tx)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Throws away what has ended: sessions, and invitations a month after.
pub async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("delete from sessions where expires_at <= $1").bind(now_ms).execute(&mut *tx).await?;
    sqlx::query("delete from invitations where expires_at <= $1")
        .bind(now_ms - 30 * 24 * 60 * 60 * 1000)
        .execute(tx)
        .await?;
    Ok(())
}

/// What people change of their own account.
pub async fn save_account(
    tx: &mut Tx,
    staff: StaffId,
    name: &str,
    locale: domain::Locale,
    store: Option<StoreId>,
) -> Result<()> {
    sqlx::query("update staff set name = $2, locale = $3, store_id = $4 where id = $1")
        .bind(staff.to_string())
        .bind(name)
        .bind(locale.tag())
        .bind(store.map(|id| id.to_string()))
        .execute(tx)
        .await?;
    Ok(())
}
