//! Returns.

use super::book::{id, keyed, small};
use super::db::Tx;
use super::errands::{Errand, Wanted, errand_id};
use super::error::{Result, StoreError};
use super::search::Words;
use super::statement::Statement;
use domain::id::{CaseId, RmaId, StaffId, StoreId};
use domain::number::Number;
use domain::phase::Phase;
use domain::report::Delivery;
use domain::rma::{Condition, RmaState, Route};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use uuid::Uuid;

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
    /// What the carrier calls the shipment, and the pick-up, as JSON of the crate `carriers`; [`ASKED`] in between.
    pub shipment: String,
    pub pick_up: String,
    /// As printed on the parcel.
    pub waybill: String,
    pub tracking_url: String,
    /// The carrier's own label in the object store, with its type.
    pub label: Option<(Uuid, String)>,
    /// What a carrier gives instead of a label.
    pub code: String,
    pub errand: Errand,
    pub received: Option<Receipt>,
    pub inspected: Option<Inspection>,
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
     waybill, tracking_url, label_id, label_type, code, wanted, errand_id, attempts, next_attempt_at, fault, received, \
     inspected";

fn read(row: &AnyRow) -> Result<Rma> {
    let json = |column: &str| row.try_get::<Option<String>, _>(column);
    let label_id: Option<String> = row.try_get("label_id")?;
    let label_type: String = row.try_get("label_type")?;
    let wanted: String = row.try_get("wanted")?;
    let wanted = match wanted.as_str() {
        "" => None,
        key => Some(Wanted::from_key(key).ok_or_else(|| StoreError::corrupt(format_args!("wanted: {key}")))?),
    };
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
            wanted,
            id: match row.try_get::<String, _>("errand_id")?.as_str() {
                "" => Uuid::nil(),
                id => id.parse().map_err(StoreError::corrupt)?,
            },
            attempts: small(row, "attempts")?,
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

    /// A courier is ordered, or may be: nobody knows before a person has looked.
    pub const fn has_courier(&self) -> bool {
        !self.pick_up.is_empty()
    }

    /// The carrier is still to be told that nobody is to come.
    pub const fn is_being_cancelled(&self) -> bool {
        matches!(self.errand.wanted, Some(Wanted::CancelPickUp | Wanted::Cancel))
    }

    /// A courier's day is wished for or ordered, and nobody has called it off.
    pub const fn awaits_courier(&self) -> bool {
        let expected = self.delivery.window.is_some() || self.has_courier();
        expected && !self.is_being_cancelled()
    }
}

/// Its cases come after it, or are told of it by [`put_case`].
pub async fn insert(tx: &mut Tx, rma: &Rma) -> Result<()> {
    sqlx::query(
        "insert into rmas (id, number, version, store_id, route, state, issued_at, valid_until, delivery, carrier, wanted, \
         next_attempt_at, errand_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
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
    .bind(rma.errand.wanted.map_or("", Wanted::key))
    .bind(rma.errand.next_attempt_at)
    .bind(errand_id(&rma.errand))
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
         errand_id = $22, version = version + 1 where id = $1 and version = $2",
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
    .bind(rma.errand.wanted.map_or("", Wanted::key))
    .bind(i64::from(rma.errand.attempts))
    .bind(rma.errand.next_attempt_at)
    .bind(&rma.errand.fault)
    .bind(rma.received.as_ref().map(serde_json::to_string).transpose()?)
    .bind(rma.inspected.as_ref().map(serde_json::to_string).transpose()?)
    .bind(rma.route().key())
    .bind(errand_id(&rma.errand))
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

/// The newest that bears that waybill, however it is written.
pub async fn by_waybill(connection: &mut AnyConnection, waybill: &str) -> Result<Option<Rma>> {
    let waybill = domain::rma::waybill(waybill);
    one(connection, "waybill = $1 and waybill <> '' order by issued_at desc limit 1", waybill).await
}

/// Holds the row until the transaction's end: of two changes that look at the return's cases the second sees the first.
pub async fn hold(tx: &mut Tx, rma: RmaId) -> Result<()> {
    sqlx::query("update rmas set version = version where id = $1").bind(rma.to_string()).execute(tx).await?;
    Ok(())
}

/// Whether a case other than that one still needs the return: it is neither settled nor given up.
pub async fn needed_by_others(connection: &mut AnyConnection, rma: RmaId, but: Option<CaseId>) -> Result<bool> {
    let rows = sqlx::query("select phase from cases where rma_id = $1 and id <> $2")
        .bind(rma.to_string())
        .bind(but.map_or_else(String::new, |case| case.to_string()))
        .fetch_all(connection)
        .await?;
    let phases = rows.iter().map(|row| keyed(row, "phase", Phase::from_key)).collect::<Result<Vec<_>>>()?;
    Ok(phases.into_iter().any(|phase| !phase.is_closed()))
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
    rows.iter().map(rma_case).collect()
}

fn rma_case(row: &AnyRow) -> Result<RmaCase> {
    Ok(RmaCase {
        id: id(row, "id")?,
        number: super::cases::number(row)?,
        title: row.try_get("title")?,
        store: id(row, "store_id")?,
    })
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

/// Which returns, newest first.
#[derive(Clone, Debug)]
pub struct Listed {
    pub states: Vec<RmaState>,
    /// `None` reaches every store.
    pub stores: Option<Vec<StoreId>>,
    /// The last of the page before.
    pub after: Option<(i64, RmaId)>,
    pub limit: i64,
}

pub async fn list(connection: &mut AnyConnection, listed: &Listed) -> Result<Vec<Rma>> {
    if listed.stores.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let mut statement = Statement::default();
    statement.push("select ").push(COLUMNS).push(" from rmas where state in ");
    statement.bind_all(listed.states.iter().map(|state| state.key()));
    if let Some(stores) = &listed.stores {
        statement.push(" and store_id in ").bind_all(stores.iter().map(ToString::to_string));
    }
    if let Some((at, last)) = listed.after {
        statement.push(" and (issued_at, id) < (").bind(at).push(", ").bind(last.to_string()).push(")");
    }
    statement.push(" order by issued_at desc, id desc limit ").bind(listed.limit);
    statement.query().fetch_all(connection).await?.iter().map(read).collect()
}

/// The cases of several returns, each return's in their order.
pub async fn cases_of(connection: &mut AnyConnection, rmas: &[RmaId]) -> Result<Vec<(RmaId, RmaCase)>> {
    if rmas.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement::default();
    statement.push("select rma_id, id, number, title, store_id from cases where rma_id in ");
    statement.bind_all(rmas.iter().map(ToString::to_string)).push(" order by seq");
    let rows = statement.query().fetch_all(connection).await?;
    rows.iter().map(|row| Ok((id(row, "rma_id")?, rma_case(row)?))).collect()
}

/// Lets the search find a case by a code of its return, and counts it as a change. Gives the new version.
pub async fn touch_case(tx: &mut Tx, case: CaseId, codes: &[String], now_ms: i64) -> Result<i64> {
    // The update comes first: it holds the row, so that a note at the same time loses no words.
    let (version, stored): (i64, String) = sqlx::query_as(
        "update cases set version = version + 1, updated_at = $2 where id = $1 returning version, words",
    )
    .bind(case.to_string())
    .bind(now_ms)
    .fetch_optional(&mut *tx)
    .await?
    .ok_or_else(|| StoreError::corrupt(format_args!("no case {case}")))?;
    if !codes.is_empty() {
        let mut words = Words::resume(&stored);
        codes.iter().for_each(|code| words.code(code));
        sqlx::query("update cases set words = $2 where id = $1")
            .bind(case.to_string())
            .bind(words.into_text())
            .execute(tx)
            .await?;
    }
    Ok(version)
}
