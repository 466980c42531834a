//! One narrow fact for each case, in memory: filled once, and topped up before each answer with what
//! has changed since, by whichever server.

use super::words::{Typed, Words};
use crate::clock::Clock;
use crate::desk::book::Book;
use crate::store::Db;
use crate::store::error::{Result, StoreError};
use crate::store::statistics::{self as rows, FactRow};
use domain::id::StoreId;
use domain::role::Reach;
use domain::statistics::{Codes, Day, Fact, Filter, Slice};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use tokio::sync::Mutex;

/// Rows of one reading.
const PAGE: i64 = 2_000;
/// So far back is looked for changes: transactions end in another order than they began, and servers' clocks differ.
const OVERLAP_MS: i64 = 120_000;

/// All facts, by their place in the series, and the words that they are coded with.
#[derive(Debug, Default)]
pub struct Facts {
    pub all: Vec<Fact>,
    pub stores: Words,
    pub kinds: Words,
    pub handlers: Words,
    pub causes: Words,
    pub outcomes: Words,
    pub brands: Typed,
    pub articles: Typed,
    pub suppliers: Typed,
}

/// How far the facts have come.
#[derive(Debug, Default)]
struct Progress {
    /// `None`: nothing has been read. Days are counted in these zones.
    zones: Option<BTreeMap<StoreId, TimeZone>>,
    /// The newest change that was read, in milliseconds UTC.
    newest: i64,
}

/// Shared by the requests of one server.
#[derive(Clone, Debug, Default)]
pub struct FactShelf {
    facts: Arc<RwLock<Facts>>,
    progress: Arc<Mutex<Progress>>,
}

fn day(utc_ms: i64, zone: &TimeZone) -> Day {
    Day::of(crate::desk::book::moment(utc_ms, zone).local.date())
}

impl Facts {
    fn fact(&mut self, row: &FactRow, zone: &TimeZone) -> Result<Fact> {
        let of = |at: Option<i64>| at.map_or(Day::NONE, |at| day(at, zone));
        let open = row.phase.is_open();
        let decided = if open { Day::NONE } else { of(row.decided_at) };
        let ended = [decided, Day::from(row.withdrawn_on), day(row.updated_at, zone)];
        let handler = row.handler.map(|id| id.to_string()).unwrap_or_default();
        Ok(Fact {
            cost: row.cost_minor.unwrap_or_default(),
            credit: row.credit_minor.unwrap_or_default(),
            seq: u32::try_from(row.seq).map_err(StoreError::corrupt)?,
            brand: self.brands.code(&row.brand),
            article: self.articles.code(&row.article),
            supplier: self.suppliers.code(&row.supplier),
            store: self.stores.narrow(&row.store.to_string()),
            kind: self.kinds.narrow(&row.type_key),
            handler: self.handlers.narrow(&handler),
            cause: self.causes.narrow(&row.cause),
            outcome: self.outcomes.narrow(&row.outcome),
            registered: day(row.registered_at, zone),
            decided,
            ended: if open { Day::NONE } else { ended.into_iter().find(|day| day.is_some()).unwrap_or_default() },
            settled: of(row.settled_at),
            reply_by: Day::from(row.reply_by),
            target: Day::from(row.target_on),
            phase: row.phase,
            verdict: row.verdict.filter(|_| decided.is_some()),
        })
    }

    /// The cases of a store that another server has just founded come when the book knows it: they are read again then.
    fn put_all(&mut self, rows: &[FactRow], zones: &BTreeMap<StoreId, TimeZone>) -> Result<()> {
        for row in rows {
            if let Some(zone) = zones.get(&row.store) {
                self.put(row, zone)?;
            }
        }
        Ok(())
    }

    /// New ones stand at the end; one that has changed takes its old place, a duplicate none.
    fn put(&mut self, row: &FactRow, zone: &TimeZone) -> Result<()> {
        let fact = self.fact(row, zone)?;
        if row.joined {
            if let Ok(place) = self.all.binary_search_by_key(&fact.seq, |known| known.seq) {
                self.all.remove(place);
            }
            return Ok(());
        }
        if self.all.last().is_none_or(|last| last.seq < fact.seq) {
            if self.all.len() == self.all.capacity() {
                // A vector's own growth would take twice the room.
                self.all.reserve_exact(self.all.len() / 64 + 1024);
            }
            self.all.push(fact);
            return Ok(());
        }
        match self.all.binary_search_by_key(&fact.seq, |known| known.seq) {
            Ok(place) => self.all[place] = fact,
            Err(place) => self.all.insert(place, fact),
        }
        Ok(())
    }

    /// In the codes of these facts, for that reach.
    pub fn filter(&self, reach: &Reach, slice: &Slice) -> Filter {
        let stores = |ids: &[StoreId]| Codes::of(ids.iter().map(|id| self.stores.find(&id.to_string())));
        let some = |empty: bool, codes: Codes| if empty { Codes::Every } else { codes };
        Filter {
            reach: match reach {
                Reach::Every => Codes::Every,
                Reach::Stores(ids) => stores(ids),
            },
            stores: some(slice.stores.is_empty(), stores(&slice.stores)),
            kinds: some(slice.types.is_empty(), Codes::of(slice.types.iter().map(|key| self.kinds.find(key.as_str())))),
            suppliers: some(
                slice.suppliers.is_empty(),
                Codes::of(slice.suppliers.iter().map(|text| self.suppliers.find(text))),
            ),
            outcome: slice.outcome.as_deref().map(|key| self.outcomes.find(key)),
            cause: slice.cause.as_deref().map(|key| self.causes.find(key)),
            brand: slice.brand.as_deref().map(|text| self.brands.find(text)),
            article: slice.article.as_deref().map(|text| self.articles.find(text)),
            ..Filter::of(slice)
        }
    }

    /// Bytes that they take.
    pub fn bytes(&self) -> usize {
        self.all.capacity() * size_of::<Fact>()
            + [&self.brands, &self.articles, &self.suppliers].into_iter().map(Typed::bytes).sum::<usize>()
    }
}

impl FactShelf {
    /// As they are; [`Self::refresh`] comes first.
    pub fn facts(&self) -> RwLockReadGuard<'_, Facts> {
        self.facts.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what has changed since it was last asked; all of it the first time, and when a store's zone has changed.
    pub async fn refresh(&self, db: &Db, clock: &dyn Clock, book: &Book) -> Result<()> {
        let mut progress = self.progress.lock().await;
        let zones: BTreeMap<StoreId, TimeZone> =
            book.stores.values().map(|store| (store.id, store.zone.clone())).collect();
        // A store that was founded meanwhile changes no day of another.
        let same = progress
            .zones
            .as_ref()
            .is_some_and(|known| known.iter().all(|(id, zone)| zones.get(id).is_none_or(|now| now == zone)));
        let mut connection = db.read().await?;
        if !same {
            let newest = rows::newest_change(&mut connection).await?;
            let mut facts = Facts::default();
            let cases = usize::try_from(rows::count(&mut connection).await?).unwrap_or_default();
            facts.all.reserve_exact(cases + cases / 64 + 1024);
            let mut last = -1;
            loop {
                let page = rows::behind(&mut connection, last, PAGE).await?;
                let Some(end) = page.last() else { break };
                last = end.seq;
                facts.put_all(&page, &zones)?;
                tokio::task::yield_now().await;
            }
            tracing::info!(cases = facts.all.len(), bytes = facts.bytes(), "statistics are in memory");
            *self.facts.write().unwrap_or_else(PoisonError::into_inner) = facts;
            progress.newest = newest;
        }
        progress.zones = Some(zones.clone());
        // A clock that was put back writes changes before the newest.
        let mut since = progress.newest.min(clock.now_ms()) - OVERLAP_MS;
        let mut seq = -1;
        loop {
            let page = rows::changed(&mut connection, since, seq, PAGE).await?;
            let Some(end) = page.last() else { return Ok(()) };
            (since, seq) = (end.updated_at, end.seq);
            progress.newest = progress.newest.max(end.updated_at);
            self.facts.write().unwrap_or_else(PoisonError::into_inner).put_all(&page, &zones)?;
        }
    }
}
