//! Lists that people keep by a name, and how each person sees lists.

use super::book::{flag, id, optional_id};
use super::db::Tx;
use super::error::Result;
use domain::id::{StaffId, ViewId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub id: ViewId,
    pub staff: StaffId,
    pub shared: bool,
    pub name: String,
    /// The list as its address says it.
    pub query: String,
    /// As [`domain::column::write`] makes them.
    pub columns: String,
}

/// How somebody sees lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Empty for the usual ones.
    pub columns: String,
    pub view: Option<ViewId>,
}

fn view(row: &AnyRow) -> Result<View> {
    Ok(View {
        id: id(row, "id")?,
        staff: id(row, "staff_id")?,
        shared: flag(row, "shared")?,
        name: row.try_get("name")?,
        query: row.try_get("query")?,
        columns: row.try_get("columns")?,
    })
}

/// Somebody's own and the shared ones, the oldest first.
pub async fn of_staff(connection: &mut AnyConnection, staff: StaffId) -> Result<Vec<View>> {
    let sql = "select id, staff_id, shared, name, query, columns from views where shared = 1 or staff_id = $1 \
         order by created_at, id";
    let rows = sqlx::query(sql).bind(staff.to_string()).fetch_all(connection).await?;
    rows.iter().map(view).collect()
}

pub async fn find(connection: &mut AnyConnection, wanted: ViewId) -> Result<Option<View>> {
    let sql = "select id, staff_id, shared, name, query, columns from views where id = $1";
    let row = sqlx::query(sql).bind(wanted.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(view).transpose()
}

pub async fn count(connection: &mut AnyConnection, staff: StaffId) -> Result<i64> {
    let sql = "select count(*) from views where staff_id = $1";
    Ok(sqlx::query_scalar(sql).bind(staff.to_string()).fetch_one(connection).await?)
}

/// Makes it or changes it; whose it is stays.
pub async fn save(tx: &mut Tx, view: &View, now_ms: i64) -> Result<()> {
    let sql = "insert into views (id, staff_id, shared, name, query, columns, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (id) do update set shared = $3, name = $4, query = $5, columns = $6";
    sqlx::query(sql)
        .bind(view.id.to_string())
        .bind(view.staff.to_string())
        .bind(i64::from(view.shared))
        .bind(&view.name)
        .bind(&view.query)
        .bind(&view.columns)
        .bind(now_ms)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn remove(tx: &mut Tx, view: ViewId) -> Result<()> {
    for sql in ["delete from views where id = $1", "update list_choices set view_id = null where view_id = $1"] {
        sqlx::query(sql).bind(view.to_string()).execute(&mut *tx).await?;
    }
    Ok(())
}

pub async fn choices(connection: &mut AnyConnection, staff: StaffId) -> Result<Choices> {
    let sql = "select columns, view_id from list_choices where staff_id = $1";
    let row = sqlx::query(sql).bind(staff.to_string()).fetch_optional(connection).await?;
    match row {
        Some(row) => Ok(Choices { columns: row.try_get("columns")?, view: optional_id(&row, "view_id")? }),
        None => Ok(Choices::default()),
    }
}

pub async fn choose(tx: &mut Tx, staff: StaffId, choices: &Choices) -> Result<()> {
    let sql = "insert into list_choices (staff_id, columns, view_id) values ($1, $2, $3) \
         on conflict (staff_id) do update set columns = $2, view_id = $3";
    sqlx::query(sql)
        .bind(staff.to_string())
        .bind(&choices.columns)
        .bind(choices.view.map(|id| id.to_string()))
        .execute(tx)
        .await?;
    Ok(())
}
