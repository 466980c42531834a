//! Writing the organisation's book. Each function is an upsert by key; the caller calls [`super::book::touch`] once.

use super::db::Tx;
use super::error::Result;
use crate::desk::book::ComplaintType;
use app::backend::{Organisation, PublicForm, StaffView, StatusView, StoreView};
use domain::decision::{Outcome, Reason};
use domain::form::Form;
use domain::handling::{AnswerChoice, Cause};
use domain::id::{Key, StaffId};

pub async fn save_organisation(tx: &mut Tx, organisation: &Organisation) -> Result<()> {
    super::law::planned(tx, &serde_json::to_string(&organisation.plan)?).await?;
    sqlx::query(
        "insert into organisation (id, name, currency, country, time_zone, locale, reply_to, outcome_wanted, adr, \
         watch_plan, second_above, collect_plan, version) values (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) \
         on conflict (id) do update set name = excluded.name, currency = excluded.currency, country = excluded.country, \
         time_zone = excluded.time_zone, locale = excluded.locale, reply_to = excluded.reply_to, \
         outcome_wanted = excluded.outcome_wanted, adr = excluded.adr, watch_plan = excluded.watch_plan, \
         second_above = excluded.second_above, collect_plan = excluded.collect_plan",
    )
    .bind(&organisation.name)
    .bind(&organisation.currency)
    .bind(&organisation.country)
    .bind(&organisation.time_zone)
    .bind(organisation.locale.tag())
    .bind(&organisation.reply_to)
    .bind(i64::from(organisation.outcome_wanted))
    .bind(organisation.adr.as_ref().map(serde_json::to_string).transpose()?.unwrap_or_default())
    .bind(serde_json::to_string(&organisation.plan)?)
    .bind(organisation.second_above)
    .bind(serde_json::to_string(&organisation.collecting)?)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn save_store(tx: &mut Tx, store: &StoreView) -> Result<()> {
    sqlx::query(
        "insert into stores (id, code, name, email, phone, address, locale, country, time_zone, handler_id, active, land) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         on conflict (id) do update set code = excluded.code, name = excluded.name, email = excluded.email, \
         phone = excluded.phone, address = excluded.address, locale = excluded.locale, country = excluded.country, \
         time_zone = excluded.time_zone, handler_id = excluded.handler_id, active = excluded.active, \
         land = excluded.land",
    )
    .bind(store.id.to_string())
    .bind(&store.code)
    .bind(&store.name)
    .bind(&store.email)
    .bind(&store.phone)
    .bind(&store.address)
    .bind(store.locale.tag())
    .bind(&store.country)
    .bind(&store.time_zone)
    .bind(store.handler.map(|id| id.to_string()))
    .bind(i64::from(store.active))
    .bind(store.land.map_or("", domain::deadline::Land::key))
    .execute(tx)
    .await?;
    Ok(())
}

/// Leaves password and PIN as they are. `email` is kept in lower case; their own store becomes the first of `stores`
/// unless it is among them already.
pub async fn save_staff(tx: &mut Tx, staff: &StaffView, now_ms: i64) -> Result<()> {
    let id = staff.id.to_string();
    sqlx::query(
        "insert into staff (id, login, name, email, role, locale, store_id, active, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         on conflict (id) do update set login = excluded.login, name = excluded.name, email = excluded.email, \
         role = excluded.role, locale = excluded.locale, active = excluded.active",
    )
    .bind(&id)
    .bind(staff.login.to_lowercase())
    .bind(&staff.name)
    .bind(staff.email.to_lowercase())
    .bind(staff.role.key())
    .bind(staff.locale.tag())
    .bind(staff.stores.first().map(|store| store.to_string()))
    .bind(i64::from(staff.active))
    .bind(now_ms)
    .execute(&mut *tx)
    .await?;
    sqlx::query("delete from staff_stores where staff_id = $1").bind(&id).execute(&mut *tx).await?;
    for store in &staff.stores {
        sqlx::query("insert into staff_stores (staff_id, store_id) values ($1, $2)")
            .bind(&id)
            .bind(store.to_string())
            .execute(&mut *tx)
            .await?;
    }
    sqlx::query(
        "update staff set store_id = $2 where id = $1 and not exists \
         (select 1 from staff_stores where staff_id = staff.id and store_id = staff.store_id)",
    )
    .bind(&id)
    .bind(staff.stores.first().map(|store| store.to_string()))
    .execute(tx)
    .await?;
    Ok(())
}

/// `hash` is argon2id's in PHC string format.
pub async fn set_password(tx: &mut Tx, staff: StaffId, hash: &str) -> Result<()> {
    sqlx::query("update staff set password_hash = $2 where id = $1")
        .bind(staff.to_string())
        .bind(hash)
        .execute(tx)
        .await?;
    Ok(())
}

/// `hash` is argon2id's in PHC string format.
pub async fn set_pin(tx: &mut Tx, staff: StaffId, hash: &str) -> Result<()> {
    sqlx::query("update staff set pin_hash = $2 where id = $1").bind(staff.to_string()).bind(hash).execute(tx).await?;
    Ok(())
}

pub async fn save_type(tx: &mut Tx, kind: &ComplaintType) -> Result<()> {
    sqlx::query(
        "insert into complaint_types \
         (key, name, icon, handler_id, target_days, default_outcome, form_version, position, active, goods) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         on conflict (key) do update set name = excluded.name, icon = excluded.icon, handler_id = excluded.handler_id, \
         target_days = excluded.target_days, default_outcome = excluded.default_outcome, \
         form_version = excluded.form_version, position = excluded.position, active = excluded.active, \
         goods = excluded.goods",
    )
    .bind(kind.key.as_str())
    .bind(serde_json::to_string(&kind.name)?)
    .bind(&kind.icon)
    .bind(kind.handler.map(|id| id.to_string()))
    .bind(i64::from(kind.target_days))
    .bind(kind.default_outcome.as_ref().map(Key::as_str))
    .bind(i64::from(kind.form_version))
    .bind(kind.position)
    .bind(i64::from(kind.active))
    .bind(kind.goods.key())
    .execute(&mut *tx)
    .await?;
    super::people::save_deputies(tx, &kind.key, &kind.deputies).await
}

/// A version is never changed once it is there, since cases were filled in with it.
pub async fn add_form(tx: &mut Tx, type_key: &Key, form: &Form) -> Result<()> {
    sqlx::query("insert into forms (type_key, version, definition) values ($1, $2, $3) on conflict do nothing")
        .bind(type_key.as_str())
        .bind(i64::from(form.version))
        .bind(serde_json::to_string(form)?)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn save_status(tx: &mut Tx, status: &StatusView) -> Result<()> {
    sqlx::query(
        "insert into statuses (id, phase, name, active) values ($1, $2, $3, $4) \
         on conflict (id) do update set phase = excluded.phase, name = excluded.name, active = excluded.active",
    )
    .bind(status.id.to_string())
    .bind(status.phase.key())
    .bind(serde_json::to_string(&status.name)?)
    .bind(i64::from(status.active))
    .execute(tx)
    .await?;
    Ok(())
}

/// A new one goes to the end of the list.
pub async fn save_reason(tx: &mut Tx, reason: &Reason) -> Result<()> {
    sqlx::query(
        "insert into reasons (key, name, against, position, active) \
         values ($1, $2, $3, (select count(*) from reasons), $4) \
         on conflict (key) do update set name = excluded.name, against = excluded.against, active = excluded.active",
    )
    .bind(reason.key.as_str())
    .bind(serde_json::to_string(&reason.name)?)
    .bind(i64::from(reason.against))
    .bind(i64::from(reason.active))
    .execute(tx)
    .await?;
    Ok(())
}

/// A new one goes to the end of the list.
pub async fn save_outcome(tx: &mut Tx, outcome: &Outcome) -> Result<()> {
    sqlx::query(
        "insert into outcomes (key, name, has_amount, offered, position, active) \
         values ($1, $2, $3, $4, (select count(*) from outcomes), $5) \
         on conflict (key) do update set name = excluded.name, has_amount = excluded.has_amount, \
         offered = excluded.offered, active = excluded.active",
    )
    .bind(outcome.key.as_str())
    .bind(serde_json::to_string(&outcome.name)?)
    .bind(i64::from(outcome.has_amount))
    .bind(outcome.offered.key())
    .bind(i64::from(outcome.active))
    .execute(tx)
    .await?;
    Ok(())
}

/// A new one goes to the end of the list.
pub async fn save_cause(tx: &mut Tx, cause: &Cause) -> Result<()> {
    sqlx::query(
        "insert into causes (key, name, types, position, active) \
         values ($1, $2, $3, (select count(*) from causes), $4) \
         on conflict (key) do update set name = excluded.name, types = excluded.types, active = excluded.active",
    )
    .bind(cause.key.as_str())
    .bind(serde_json::to_string(&cause.name)?)
    .bind(serde_json::to_string(&cause.types)?)
    .bind(i64::from(cause.active))
    .execute(tx)
    .await?;
    Ok(())
}

/// A new one goes to the end of the list.
pub async fn save_supplier_answer(tx: &mut Tx, answer: &AnswerChoice) -> Result<()> {
    sqlx::query(
        "insert into supplier_answers (key, name, position, active) \
         values ($1, $2, (select count(*) from supplier_answers), $3) \
         on conflict (key) do update set name = excluded.name, active = excluded.active",
    )
    .bind(answer.key.as_str())
    .bind(serde_json::to_string(&answer.name)?)
    .bind(i64::from(answer.active))
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn save_public_form(tx: &mut Tx, form: &PublicForm) -> Result<()> {
    sqlx::query(
        "insert into public_form (id, body) values (1, $1) on conflict (id) do update set body = excluded.body",
    )
    .bind(serde_json::to_string(form)?)
    .execute(tx)
    .await?;
    Ok(())
}
