//! What a carrier is still to be asked about a return: part of its row, claimed by a job, done once.

use super::db::Tx;
use super::dialect::Dialect;
use super::error::{Result, StoreError};
use super::rmas::{Rma, by_id};
use domain::id::RmaId;
use sqlx::{AnyConnection, AssertSqlSafe};
use uuid::Uuid;

/// In place of a shipment or a pick-up that a carrier was asked for which cannot tell afterwards whether it did it. Should
/// this server die before the answer is noted, a person looks it up.
pub const ASKED: &str = "asked";

/// What is asked of a carrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A parcel is to be announced, with its label; its courier follows.
    Shipment,
    /// A courier for a parcel that is announced.
    PickUp,
    /// The organisation's own system is told of a parcel that nobody else is asked about.
    Announce,
    /// Where the parcel is, now and then.
    Track,
    /// The courier is not to come.
    CancelPickUp,
    /// Neither courier nor parcel.
    Cancel,
}

impl Wanted {
    const ALL: [Self; 6] =
        [Self::Shipment, Self::PickUp, Self::Announce, Self::Track, Self::CancelPickUp, Self::Cancel];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Shipment => "shipment",
            Self::PickUp => "pick_up",
            Self::Announce => "announce",
            Self::Track => "track",
            Self::CancelPickUp => "cancel_pick_up",
            Self::Cancel => "cancel",
        }
    }

    pub(super) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wanted| wanted.key() == key)
    }
}

/// What a carrier is still to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errand {
    pub wanted: Option<Wanted>,
    /// The same at each try and for what follows from it; another for the same wish on another day. Nil where nothing is
    /// wanted, and on rows from before there were any.
    pub id: Uuid,
    /// The one under way among them.
    pub attempts: u32,
    /// `None` while something is wanted: it waits for a person.
    pub next_attempt_at: Option<i64>,
    /// A key of the texts' namespace `carrier_fault`, and the carrier's words behind a space, once it did not do it.
    pub fault: String,
}

impl Errand {
    /// To be done as soon as a server gets to it.
    pub fn at(wanted: Wanted, id: Uuid, now_ms: i64) -> Self {
        Self { wanted: Some(wanted), id, next_attempt_at: Some(now_ms), ..Self::default() }
    }

    /// The next part of the same.
    pub fn then(&self, wanted: Wanted, at_ms: i64) -> Self {
        Self::at(wanted, self.id, at_ms)
    }
}

/// For an errand's column.
pub(super) fn errand_id(errand: &Errand) -> String {
    if errand.id.is_nil() { String::new() } else { errand.id.to_string() }
}

/// Takes the errand that has been due longest, and pushes its next attempt ahead to the end of the lease: should this
/// server die in the middle, another attempt follows then. Two servers never claim the same one, and nobody does before
/// the lease has ended or [`release`] has ended it, whatever is wanted by then.
pub async fn claim(tx: &mut Tx, dialect: Dialect, now_ms: i64, lease_until_ms: i64) -> Result<Option<Rma>> {
    // The version stays: that a carrier is being asked must not turn somebody's deed into a conflict.
    let claimed: Option<String> = sqlx::query_scalar(AssertSqlSafe(format!(
        "with due as materialized (select id from rmas where next_attempt_at <= $1 and coalesce(not_before, 0) <= $1 \
         order by next_attempt_at limit 1 {}) \
         update rmas set attempts = attempts + 1, next_attempt_at = $2, not_before = $2 where id in (select id from due) returning id",
        dialect.skip_locked()
    )))
    .bind(now_ms)
    .bind(lease_until_ms)
    .fetch_optional(&mut *tx)
    .await?;
    match claimed {
        Some(claimed) => by_id(tx, claimed.parse().map_err(StoreError::corrupt)?).await,
        None => Ok(None),
    }
}

/// Ends the lease that [`claim`] gave. `not_before_ms` is when an answer that was lost shows: nobody asks earlier, not even
/// by hand. Nothing happens once the lease has ended by itself and is another's.
pub async fn release(tx: &mut Tx, rma: RmaId, lease_until_ms: i64, not_before_ms: Option<i64>) -> Result<()> {
    sqlx::query("update rmas set not_before = $3 where id = $1 and not_before = $2")
        .bind(rma.to_string())
        .bind(lease_until_ms)
        .bind(not_before_ms)
        .execute(tx)
        .await?;
    Ok(())
}

/// Whether a server asks about it at this moment, or an answer that was lost may still show.
pub async fn is_under_way(connection: &mut AnyConnection, rma: RmaId, now_ms: i64) -> Result<bool> {
    let sql = "select coalesce(not_before, 0) from rmas where id = $1";
    let until: Option<i64> = sqlx::query_scalar(sql).bind(rma.to_string()).fetch_optional(connection).await?;
    Ok(until.is_some_and(|until| until > now_ms))
}

/// Puts off the errand that was claimed, without counting a change. Nothing happens if another one is wanted by now.
pub async fn put_off(tx: &mut Tx, rma: &Rma) -> Result<()> {
    let sql = "update rmas set next_attempt_at = $4, attempts = $5, fault = $6 \
               where id = $1 and wanted = $2 and errand_id = $3";
    sqlx::query(sql)
        .bind(rma.id.to_string())
        .bind(rma.errand.wanted.map_or("", Wanted::key))
        .bind(errand_id(&rma.errand))
        .bind(rma.errand.next_attempt_at)
        .bind(i64::from(rma.errand.attempts))
        .bind(&rma.errand.fault)
        .execute(tx)
        .await?;
    Ok(())
}

/// When the next errand is due, if there is any.
pub async fn next_due(connection: &mut AnyConnection) -> Result<Option<i64>> {
    let sql = "select min(case when not_before > next_attempt_at then not_before else next_attempt_at end) from rmas \
               where next_attempt_at is not null";
    Ok(sqlx::query_scalar(sql).fetch_one(connection).await?)
}
