//! What the settings ask beyond the book.

use super::book::id;
use super::db::Tx;
use super::error::Result;
use domain::id::{StaffId, StoreId};
use domain::role::Role;
use sqlx::{AnyConnection, Row};
use std::collections::BTreeMap;

/// Another store bears that code.
pub async fn code_taken(tx: &mut Tx, code: &str, except: StoreId) -> Result<bool> {
    let sql = "select count(*) from stores where code = $1 and id <> $2";
    let others: i64 = sqlx::query_scalar(sql).bind(code).bind(except.to_string()).fetch_one(tx).await?;
    Ok(others > 0)
}

/// Somebody else signs in by that name, or by that address.
pub async fn login_taken(tx: &mut Tx, login: &str, except: StaffId) -> Result<bool> {
    let sql = "select count(*) from staff where (login = $1 or (email = $1 and email <> '')) and id <> $2";
    let others: i64 = sqlx::query_scalar(sql).bind(login).bind(except.to_string()).fetch_one(tx).await?;
    Ok(others > 0)
}

pub async fn is_admin(tx: &mut Tx, staff: StaffId) -> Result<bool> {
    let sql = "select count(*) from staff where role = $1 and active = 1 and id = $2";
    let found: i64 = sqlx::query_scalar(sql).bind(Role::Admin.key()).bind(staff.to_string()).fetch_one(tx).await?;
    Ok(found > 0)
}

/// Active admins beside that one.
pub async fn other_admins(tx: &mut Tx, except: StaffId) -> Result<i64> {
    let sql = "select count(*) from staff where role = $1 and active = 1 and id <> $2";
    Ok(sqlx::query_scalar(sql).bind(Role::Admin.key()).bind(except.to_string()).fetch_one(tx).await?)
}

/// Signs somebody out on every device, and takes their unused invitations.
pub async fn shut_out(tx: &mut Tx, staff: StaffId) -> Result<()> {
    for sql in
        ["delete from sessions where staff_id = $1", "delete from invitations where staff_id = $1 and used_at is null"]
    {
        sqlx::query(sql).bind(staff.to_string()).execute(&mut *tx).await?;
    }
    Ok(())
}

/// When each member of the staff was last seen, of those who are signed in somewhere.
pub async fn last_seen(connection: &mut AnyConnection) -> Result<BTreeMap<StaffId, i64>> {
    let sql = "select staff_id, max(last_seen_at) as seen from sessions where staff_id is not null group by staff_id";
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((id(row, "staff_id")?, row.try_get("seen")?))).collect()
}
