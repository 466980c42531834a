//! Who gets cases: rules, deputies, turns, and who is away.

use super::book::{id, optional_id};
use super::db::Tx;
use super::error::{Result, StoreError};
use domain::assignment::{Absence, Chosen, Pool, Rule};
use domain::id::{AbsenceId, Key, RuleId, StaffId};
use domain::waiting::Pauses;
use jiff::civil::Date;
use sqlx::{AnyConnection, Row};
use std::collections::BTreeMap;

/// In their order.
pub async fn rules(connection: &mut AnyConnection) -> Result<Vec<Rule>> {
    let rows = sqlx::query("select body from assignment_rules order by position, id").fetch_all(connection).await?;
    rows.iter().map(|row| Ok(serde_json::from_str(&row.try_get::<String, _>("body")?)?)).collect()
}

/// All of them, in that order.
pub async fn save_rules(tx: &mut Tx, rules: &[Rule]) -> Result<()> {
    sqlx::query("delete from assignment_rules").execute(&mut *tx).await?;
    for (position, rule) in (0_i64..).zip(rules) {
        sqlx::query("insert into assignment_rules (id, position, body) values ($1, $2, $3)")
            .bind(rule.id.to_string())
            .bind(position)
            .bind(serde_json::to_string(rule)?)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// A rule that is gone has no turns.
pub async fn forget_turns(tx: &mut Tx, rule: RuleId) -> Result<()> {
    let sql = "delete from assignment_turns where pool = $1";
    sqlx::query(sql).bind(format!("rule:{rule}")).execute(tx).await?;
    Ok(())
}

/// By type, in their order.
pub async fn deputies(connection: &mut AnyConnection) -> Result<BTreeMap<Key, Vec<StaffId>>> {
    let sql = "select type_key, staff_id from type_deputies order by type_key, position";
    let mut deputies: BTreeMap<Key, Vec<StaffId>> = BTreeMap::new();
    for row in sqlx::query(sql).fetch_all(connection).await? {
        deputies.entry(id(&row, "type_key")?).or_default().push(id(&row, "staff_id")?);
    }
    Ok(deputies)
}

pub async fn save_deputies(tx: &mut Tx, kind: &Key, deputies: &[StaffId]) -> Result<()> {
    sqlx::query("delete from type_deputies where type_key = $1").bind(kind.as_str()).execute(&mut *tx).await?;
    for (position, staff) in (0_i64..).zip(deputies) {
        sqlx::query("insert into type_deputies (type_key, staff_id, position) values ($1, $2, $3)")
            .bind(kind.as_str())
            .bind(staff.to_string())
            .bind(position)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// The first to come first.
pub async fn absences(connection: &mut AnyConnection) -> Result<Vec<Absence>> {
    let sql = "select id, staff_id, first_day, last_day, substitute_id from absences order by first_day, id";
    let day = |row: &sqlx::any::AnyRow, column: &str| -> Result<Date> {
        row.try_get::<String, _>(column)?.parse().map_err(StoreError::corrupt)
    };
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(Absence {
                id: id(row, "id")?,
                staff: id(row, "staff_id")?,
                from: day(row, "first_day")?,
                until: day(row, "last_day")?,
                substitute: optional_id(row, "substitute_id")?,
            })
        })
        .collect()
}

/// Absences that ended before that day are forgotten.
pub async fn save_absence(tx: &mut Tx, absence: &Absence, forget_before: Date) -> Result<()> {
    let sql = "delete from absences where last_day < $1";
    sqlx::query(sql).bind(forget_before.to_string()).execute(&mut *tx).await?;
    sqlx::query(
        "insert into absences (id, staff_id, first_day, last_day, substitute_id) values ($1, $2, $3, $4, $5) \
         on conflict (id) do update set first_day = excluded.first_day, last_day = excluded.last_day, \
         substitute_id = excluded.substitute_id",
    )
    .bind(absence.id.to_string())
    .bind(absence.staff.to_string())
    .bind(absence.from.to_string())
    .bind(absence.until.to_string())
    .bind(absence.substitute.map(|staff| staff.to_string()))
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn remove_absence(tx: &mut Tx, absence: AbsenceId) -> Result<()> {
    sqlx::query("delete from absences where id = $1").bind(absence.to_string()).execute(tx).await?;
    Ok(())
}

pub async fn save_pauses(tx: &mut Tx, pauses: &Pauses) -> Result<()> {
    let sql = "update organisation set pauses = $1";
    sqlx::query(sql).bind(serde_json::to_string(pauses)?).execute(tx).await?;
    Ok(())
}

/// Who of a pool gets the case of this transaction. Its turn is counted with it: two cases never have the same one, and one
/// that is not saved takes none.
pub async fn chosen(tx: &mut Tx, pool: &Pool) -> Result<Chosen> {
    let Some(key) = pool.turns() else { return Ok(pool.pick(0)) };
    let sql = "insert into assignment_turns (pool, turn) values ($1, 0) \
         on conflict (pool) do update set turn = assignment_turns.turn + 1 returning turn";
    let turn: i64 = sqlx::query_scalar(sql).bind(key).fetch_one(tx).await?;
    Ok(pool.pick(u64::try_from(turn).map_err(StoreError::corrupt)?))
}
