//! Returns.

use super::book::{id, keyed};
use super::db::Tx;
use super::error::{Result, StoreError};
use domain::id::{CaseId, RmaId, StaffId, StoreId};
use domain::number::Number;
use domain::report::Delivery;
use domain::rma::{Condition, RmaState, Route};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

/// A return as its row has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rma {
    pub id: RmaId,
    pub number: Number,
    pub version: i64,
    pub store: StoreId,
    pub state: RmaState,
    pub issued_at: i64,
    /// The last good day.
    pub valid_until: Date,
    pub delivery: Delivery,
    /// The driver's key.
    pub carrier: String,
    /// What the carrier calls the shipment, and the pick-up.
    pub shipment: String,
    pub pick_up: String,
    /// As printed on the parcel.
    pub waybill: String,
    pub tracking_url: String,
    /// The carrier's own label in the object store, with its type.
    pub label: Option<(uuid::Uuid, String)>,
    /// What a carrier gives instead of a label.
    pub code: String,
    pub errand: Errand,
    pub received: Option<Receipt>,
    pub inspected: Option<Inspection>,
}

/// An errand: a parcel is to be announced, with its label, and with its pick-up where the customer wants one.
pub const SHIPMENT: &str = "shipment";

/// What a carrier is still to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errand {
    /// [`SHIPMENT`], or another key of the job's; empty: nothing.
    pub wanted: String,
    pub attempts: u32,
    pub next_attempt_at: Option<i64>,
    /// The carrier's words, once it did not do it.
    pub fault: String,
}

/// What was noted when the goods came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub at: i64,
    pub by: StaffId,
    pub condition: Condition,
    /// Where they lie.
    pub place: String,
    pub note: String,
}

/// What was noted when they were looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    pub at: i64,
    pub by: StaffId,
    pub note: String,
}

const COLUMNS: &str = "id, number, version, store_id, state, issued_at, valid_until, delivery, carrier, shipment, pick_up, \
     waybill, tracking_url, label_id, label_type, code, wanted, attempts, next_attempt_at, fault, received, inspected";

fn read(row: &AnyRow) -> Result<Rma> {
    let json = |column: &str| row.try_get::<Option<String>, _>(column);
    let label_id: Option<String> = row.try_get("label_id")?;
    let label_type: String = row.try_get("label_type")?;
    let attempts: i64 = row.try_get("attempts")?;
    Ok(Rma {
        id: id(row, "id")?,
        number: super::cases::number(row)?,
        version: row.try_get("version")?,
        store: id(row, "store_id")?,
        state: keyed(row, "state", RmaState::from_key)?,
        issued_at: row.try_get("issued_at")?,
        valid_until: row.try_get::<String, _>("valid_until")?.parse().map_err(StoreError::corrupt)?,
        delivery: serde_json::from_str(&row.try_get::<String, _>("delivery")?)?,
        carrier: row.try_get("carrier")?,
        shipment: row.try_get("shipment")?,
        pick_up: row.try_get("pick_up")?,
        waybill: row.try_get("waybill")?,
        tracking_url: row.try_get("tracking_url")?,
        label: match label_id {
            Some(id) => Some((id.parse().map_err(StoreError::corrupt)?, label_type)),
            None => None,
        },
        code: row.try_get("code")?,
        errand: Errand {
            wanted: row.try_get("wanted")?,
            attempts: u32::try_from(attempts).map_err(StoreError::corrupt)?,
            next_attempt_at: row.try_get("next_attempt_at")?,
            fault: row.try_get("fault")?,
        },
        received: json("received")?.map(|text| serde_json::from_str(&text)).transpose()?,
        inspected: json("inspected")?.map(|text| serde_json::from_str(&text)).transpose()?,
    })
}

impl Rma {
    pub const fn route(&self) -> Route {
        self.delivery.route
    }
}

/// Its cases are told of it by [`put_case`].
pub async fn insert(tx: &mut Tx, rma: &Rma) -> Result<()> {
    sqlx::query(
        "insert into rmas (id, number, version, store_id, route, state, issued_at, valid_until, delivery, carrier, wanted, \
         next_attempt_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(rma.id.to_string())
    .bind(rma.number.to_string())
    .bind(rma.version)
    .bind(rma.store.to_string())
    .bind(rma.route().key())
    .bind(rma.state.key())
    .bind(rma.issued_at)
    .bind(rma.valid_until.to_string())
    .bind(serde_json::to_string(&rma.delivery)?)
    .bind(&rma.carrier)
    .bind(&rma.errand.wanted)
    .bind(rma.errand.next_attempt_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes all that may change, if it is still at the version that was read; `false` if it is not.
pub async fn save(tx: &mut Tx, rma: &Rma) -> Result<bool> {
    let saved = sqlx::query(
        "update rmas set store_id = $3, state = $4, valid_until = $5, delivery = $6, carrier = $7, shipment = $8, \
         pick_up = $9, waybill = $10, tracking_url = $11, label_id = $12, label_type = $13, code = $14, wanted = $15, \
         attempts = $16, next_attempt_at = $17, fault = $18, received = $19, inspected = $20, route = $21, \
         version = version + 1 where id = $1 and version = $2",
    )
    .bind(rma.id.to_string())
    .bind(rma.version)
    .bind(rma.store.to_string())
    .bind(rma.state.key())
    .bind(rma.valid_until.to_string())
    .bind(serde_json::to_string(&rma.delivery)?)
    .bind(&rma.carrier)
    .bind(&rma.shipment)
    .bind(&rma.pick_up)
    .bind(&rma.waybill)
    .bind(&rma.tracking_url)
    .bind(rma.label.as_ref().map(|(id, _)| id.to_string()))
    .bind(rma.label.as_ref().map_or("", |(_, kind)| kind))
    .bind(&rma.code)
    .bind(&rma.errand.wanted)
    .bind(i64::from(rma.errand.attempts))
    .bind(rma.errand.next_attempt_at)
    .bind(&rma.errand.fault)
    .bind(rma.received.as_ref().map(serde_json::to_string).transpose()?)
    .bind(rma.inspected.as_ref().map(serde_json::to_string).transpose()?)
    .bind(rma.route().key())
    .execute(tx)
    .await?;
    Ok(saved.rows_affected() == 1)
}

async fn one(connection: &mut AnyConnection, condition: &str, value: String) -> Result<Option<Rma>> {
    let sql = format!("select {COLUMNS} from rmas where {condition}");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(value).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub async fn by_id(connection: &mut AnyConnection, rma: RmaId) -> Result<Option<Rma>> {
    one(connection, "id = $1", rma.to_string()).await
}

pub async fn by_number(connection: &mut AnyConnection, number: Number) -> Result<Option<Rma>> {
    one(connection, "number = $1", number.to_string()).await
}

pub async fn of_case(connection: &mut AnyConnection, case: CaseId) -> Result<Option<Rma>> {
    one(connection, "id = (select rma_id from cases where id = $1)", case.to_string()).await
}

/// The newest that bears that waybill.
pub async fn by_waybill(connection: &mut AnyConnection, waybill: &str) -> Result<Option<Rma>> {
    one(connection, "waybill = $1 and waybill <> '' order by issued_at desc limit 1", waybill.to_owned()).await
}

/// A case that an RMA is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RmaCase {
    pub id: CaseId,
    pub number: Number,
    pub title: String,
    pub store: StoreId,
}

pub async fn cases(connection: &mut AnyConnection, rma: RmaId) -> Result<Vec<RmaCase>> {
    let sql = "select id, number, title, store_id from cases where rma_id = $1 order by seq";
    let rows = sqlx::query(sql).bind(rma.to_string()).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(RmaCase {
                id: id(row, "id")?,
                number: super::cases::number(row)?,
                title: row.try_get("title")?,
                store: id(row, "store_id")?,
            })
        })
        .collect()
}

/// The case's goods come by that return.
pub async fn put_case(tx: &mut Tx, case: CaseId, rma: RmaId) -> Result<()> {
    sqlx::query("update cases set rma_id = $2 where id = $1")
        .bind(case.to_string())
        .bind(rma.to_string())
        .execute(tx)
        .await?;
    Ok(())
}
