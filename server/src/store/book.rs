//! Rows of the organisation's book.

use super::Db;
use super::db::Tx;
use super::error::{Result, StoreError};
use super::people;
use crate::desk::book::{Book, ComplaintType, Staff, Status, Store};
use crate::desk::carriage::Carriage;
use app::backend::{Organisation, PublicForm};
use domain::Localized;
use domain::deadline::Land;
use domain::deadline::regimes::GoodsKind;
use domain::decision::{Offered, Outcome, Reason};
use domain::handling::{AnswerChoice, Cause};
use domain::id::StoreId;
use domain::phase::Phase;
use domain::role::Role;
use jiff::tz::TimeZone;
use sqlx::Row;
use sqlx::any::AnyRow;
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

/// Counts the changes; every change of a row that [`read`] reads must call this in its transaction.
pub async fn touch(tx: &mut Tx) -> Result<()> {
    sqlx::query("update organisation set version = version + 1").execute(tx).await?;
    Ok(())
}

/// The same, unless the book is no longer at that version.
pub async fn touch_from(tx: &mut Tx, version: i64) -> Result<bool> {
    let touched = sqlx::query("update organisation set version = version + 1 where version = $1").bind(version);
    Ok(touched.execute(tx).await?.rows_affected() == 1)
}

pub async fn version(db: &Db) -> Result<i64> {
    Ok(sqlx::query_scalar("select version from organisation").fetch_one(&mut *db.read().await?).await?)
}

pub(super) fn id<T: FromStr<Err = domain::id::BadId>>(row: &AnyRow, column: &str) -> Result<T> {
    Ok(row.try_get::<String, _>(column)?.parse()?)
}

pub(super) fn optional_id<T: FromStr<Err = domain::id::BadId>>(row: &AnyRow, column: &str) -> Result<Option<T>> {
    Ok(row.try_get::<Option<String>, _>(column)?.map(|text| text.parse()).transpose()?)
}

pub(super) fn flag(row: &AnyRow, column: &str) -> Result<bool> {
    Ok(row.try_get::<i64, _>(column)? != 0)
}

/// A column that a `from_key` function reads.
pub(super) fn keyed<T>(row: &AnyRow, column: &str, read: impl Fn(&str) -> Option<T>) -> Result<T> {
    let text: String = row.try_get(column)?;
    read(&text).ok_or_else(|| StoreError::corrupt(format_args!("{column}: {text}")))
}

fn locale(row: &AnyRow) -> Result<domain::Locale> {
    keyed(row, "locale", |text| text.parse().ok())
}

pub(super) fn small<T: TryFrom<i64>>(row: &AnyRow, column: &str) -> Result<T> {
    let number: i64 = row.try_get(column)?;
    T::try_from(number).map_err(|_| StoreError::corrupt(format_args!("{column}: {number}")))
}

fn localized(row: &AnyRow) -> Result<Localized> {
    Ok(serde_json::from_str(&row.try_get::<String, _>("name")?)?)
}

/// JSON, or empty for nothing.
fn optional_json<T: serde::de::DeserializeOwned>(row: &AnyRow, column: &str) -> Result<Option<T>> {
    let text: String = row.try_get(column)?;
    Ok(if text.is_empty() { None } else { Some(serde_json::from_str(&text)?) })
}

/// Reads everything in one snapshot.
pub async fn read(db: &Db) -> Result<Book> {
    let mut connection = db.read().await?;
    let mut tx = sqlx::Connection::begin(&mut *connection).await?;
    let all = |sql: &'static str| sqlx::query(sql);

    let row = all("select * from organisation").fetch_one(&mut *tx).await?;
    let organisation = Organisation {
        name: row.try_get("name")?,
        currency: row.try_get("currency")?,
        country: row.try_get("country")?,
        time_zone: row.try_get("time_zone")?,
        locale: locale(&row)?,
        reply_to: row.try_get("reply_to")?,
        outcome_wanted: flag(&row, "outcome_wanted")?,
        adr: optional_json(&row, "adr")?,
        plan: optional_json(&row, "watch_plan")?.unwrap_or_default(),
        second_above: row.try_get("second_above")?,
        collecting: optional_json(&row, "collect_plan")?.unwrap_or_default(),
    };
    let version = row.try_get("version")?;
    let pauses = optional_json(&row, "pauses")?.unwrap_or_default();

    let mut stores = BTreeMap::new();
    for row in all("select * from stores").fetch_all(&mut *tx).await? {
        let store = store(&row)?;
        stores.insert(store.id, store);
    }

    let mut staff = BTreeMap::new();
    let columns = "select id, login, name, email, role, locale, store_id, active, \
         case when password_hash is null then 0 else 1 end as has_password, \
         case when pin_hash is null then 0 else 1 end as has_pin from staff";
    for row in all(columns).fetch_all(&mut *tx).await? {
        let person = person(&row)?;
        staff.insert(person.id, person);
    }
    for row in all("select staff_id, store_id from staff_stores order by store_id").fetch_all(&mut *tx).await? {
        if let Some(person) = staff.get_mut(&id(&row, "staff_id")?) {
            person.stores.push(id::<StoreId>(&row, "store_id")?);
        }
    }

    let mut deputies = people::deputies(&mut tx).await?;
    let mut types = BTreeMap::new();
    for row in all("select * from complaint_types").fetch_all(&mut *tx).await? {
        let mut kind = complaint_type(&row)?;
        kind.deputies = deputies.remove(&kind.key).unwrap_or_default();
        types.insert(kind.key.clone(), kind);
    }
    let mut forms = BTreeMap::new();
    for row in all("select * from forms").fetch_all(&mut *tx).await? {
        let form = serde_json::from_str(&row.try_get::<String, _>("definition")?)?;
        forms.insert((id(&row, "type_key")?, small(&row, "version")?), Arc::new(form));
    }

    let mut statuses = BTreeMap::new();
    for row in all("select * from statuses").fetch_all(&mut *tx).await? {
        let status = Status {
            id: id(&row, "id")?,
            phase: keyed(&row, "phase", Phase::from_key)?,
            name: localized(&row)?,
            active: flag(&row, "active")?,
        };
        statuses.insert(status.id, status);
    }
    let mut reasons = Vec::new();
    for row in all("select * from reasons order by position").fetch_all(&mut *tx).await? {
        reasons.push(Reason {
            key: id(&row, "key")?,
            name: localized(&row)?,
            against: flag(&row, "against")?,
            active: flag(&row, "active")?,
        });
    }
    let mut outcomes = Vec::new();
    for row in all("select * from outcomes order by position").fetch_all(&mut *tx).await? {
        outcomes.push(Outcome {
            key: id(&row, "key")?,
            name: localized(&row)?,
            has_amount: flag(&row, "has_amount")?,
            offered: keyed(&row, "offered", Offered::from_key)?,
            active: flag(&row, "active")?,
        });
    }
    let mut causes = Vec::new();
    for row in all("select * from causes order by position").fetch_all(&mut *tx).await? {
        causes.push(Cause {
            key: id(&row, "key")?,
            name: localized(&row)?,
            types: serde_json::from_str(&row.try_get::<String, _>("types")?)?,
            active: flag(&row, "active")?,
        });
    }
    let mut supplier_answers = Vec::new();
    for row in all("select * from supplier_answers order by position").fetch_all(&mut *tx).await? {
        let (key, name) = (id(&row, "key")?, localized(&row)?);
        supplier_answers.push(AnswerChoice { key, name, active: flag(&row, "active")? });
    }
    let public_form = all("select body from public_form").fetch_optional(&mut *tx).await?;
    let public_form = match public_form {
        Some(row) => serde_json::from_str(&row.try_get::<String, _>("body")?)?,
        None => PublicForm::default(),
    };
    let couriers = Carriage::read(&mut tx).await?.settings().pickup() != carriers::Pickups::None;
    let rules = people::rules(&mut tx).await?;
    let absences = people::absences(&mut tx).await?;
    Ok(Book {
        version,
        organisation,
        stores,
        staff,
        types,
        forms,
        statuses,
        reasons,
        outcomes,
        causes,
        supplier_answers,
        public_form,
        couriers,
        pauses,
        rules,
        absences,
    })
}

fn store(row: &AnyRow) -> Result<Store> {
    let zone: String = row.try_get("time_zone")?;
    Ok(Store {
        id: id(row, "id")?,
        code: row.try_get("code")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        phone: row.try_get("phone")?,
        address: row.try_get("address")?,
        locale: locale(row)?,
        country: row.try_get("country")?,
        zone: TimeZone::get(&zone).map_err(StoreError::corrupt)?,
        handler: optional_id(row, "handler_id")?,
        land: Land::from_key(&row.try_get::<String, _>("land")?),
        active: flag(row, "active")?,
    })
}

fn person(row: &AnyRow) -> Result<Staff> {
    Ok(Staff {
        id: id(row, "id")?,
        login: row.try_get("login")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        role: keyed(row, "role", Role::from_key)?,
        locale: locale(row)?,
        store: optional_id(row, "store_id")?,
        stores: Vec::new(),
        has_password: flag(row, "has_password")?,
        has_pin: flag(row, "has_pin")?,
        active: flag(row, "active")?,
    })
}

fn complaint_type(row: &AnyRow) -> Result<ComplaintType> {
    Ok(ComplaintType {
        key: id(row, "key")?,
        name: localized(row)?,
        icon: row.try_get("icon")?,
        handler: optional_id(row, "handler_id")?,
        deputies: Vec::new(),
        target_days: small(row, "target_days")?,
        goods: keyed(row, "goods", GoodsKind::from_key)?,
        default_outcome: optional_id(row, "default_outcome")?,
        form_version: small(row, "form_version")?,
        position: row.try_get("position")?,
        active: flag(row, "active")?,
    })
}

/// Whether there is an organisation yet.
pub async fn is_there(tx: &mut Tx) -> Result<bool> {
    let organisations: i64 = sqlx::query_scalar("select count(*) from organisation").fetch_one(tx).await?;
    Ok(organisations > 0)
}

/// Whether the lists of examinations were ever filled.
pub async fn has_causes(tx: &mut Tx) -> Result<bool> {
    let causes: i64 = sqlx::query_scalar("select count(*) from causes").fetch_one(tx).await?;
    Ok(causes > 0)
}
