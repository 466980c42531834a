//! Statistics: counted over the facts in memory, each number with the cases behind it.

mod file;
mod shelf;
mod view;
mod words;

pub use shelf::FactShelf;
pub use view::told;

use super::Desk;
use crate::store::error::{Result, StoreError};
use crate::store::statistics::titles;
use app::backend::{ListQuery, Statistics, StatisticsQuery, StatisticsView, Viewer};
use app::error::AppError;
use async_trait::async_trait;
use domain::date;
use domain::role::Right;
use domain::statistics::{Codes, Filter, Preset, Slice, Span, summarise};
use jiff::civil::Date;
use std::sync::Arc;
use view::{Counts, Words};

/// The longest period.
const MOST_DAYS: i32 = 3_660;
/// Suppliers that are offered as a choice.
const SUPPLIERS: usize = 60;

#[async_trait]
impl Statistics for Desk {
    async fn statistics(&self, who: &Viewer, query: &StatisticsQuery) -> Result<StatisticsView, AppError> {
        self.statistics_of(who, query).await.map_err(|error| self.fail(error))
    }
}

/// The dates that were typed, if there are any.
fn typed(query: &StatisticsQuery, today: Date) -> Result<Option<Span>, (&'static str, &'static str)> {
    if query.from.is_empty() && query.until.is_empty() {
        return Ok(None);
    }
    let from = date::parse(&query.from, today).ok_or(("from", "not_a_date"))?;
    let until = if query.until.is_empty() { Some(today) } else { date::parse(&query.until, today) };
    let span = Span { from, until: until.ok_or(("until", "not_a_date"))? };
    match span {
        Span { from, until } if until < from => Err(("until", "before_from")),
        span if span.days() > MOST_DAYS => Err(("from", "too_long")),
        span => Ok(Some(span)),
    }
}

impl Desk {
    /// The facts as they are now. To be called now and then as well, so that nobody waits while all cases are read.
    pub(crate) async fn fresh_facts(&self) -> Result<FactShelf> {
        let desk = self.clone();
        // Whoever asks first may give up before all cases are read; the reading goes on for the next.
        let fresh = tokio::spawn(async move { desk.facts.refresh(&desk.db, &*desk.clock, &desk.book()).await });
        fresh.await.map_err(StoreError::corrupt)??;
        Ok(self.facts.clone())
    }

    async fn statistics_of(&self, who: &Viewer, query: &StatisticsQuery) -> Result<StatisticsView> {
        if !who.may(Right::Handle) {
            return Err(AppError::Forbidden.into());
        }
        if query.stores.iter().any(|store| !who.reach.covers(*store)) {
            return Err(AppError::NotFound.into());
        }
        let book = self.book();
        // The stores' zones differ: the organisation's day counts.
        let today = self.clock.now().to_zoned(book.zone()).date();
        let (typed, wrong) = match typed(query, today) {
            Ok(span) => (span, None),
            Err((field, fault)) => (None, Some((field.to_owned(), fault.to_owned()))),
        };
        let preset = match typed {
            Some(span) if query.preset.spans(today, None).0 != span => Preset::Free,
            _ => query.preset,
        };
        let (now, before) = preset.spans(today, typed);
        let grain = now.grain();
        let parts = now.cut(grain);
        let base = Slice {
            stores: query.stores.clone(),
            types: query.types.clone(),
            suppliers: query.suppliers.clone(),
            ..Slice::default()
        };
        let shelf = self.fresh_facts().await?;
        let (reach, wanted, cut) = (who.reach.clone(), base.clone(), parts.clone());
        let counted = tokio::task::spawn_blocking(move || {
            let facts = shelf.facts();
            let filter = facts.filter(&reach, &wanted);
            let summary = summarise(&facts.all, &filter, [now, before], &cut);
            let words = Words::of(&facts, &summary);
            let within_reach = Filter { reach: filter.reach, ..Filter::default() };
            (summary, words, view::suppliers(&facts, &within_reach, &wanted.suppliers))
        });
        let (summary, words, suppliers) = counted.await.map_err(StoreError::corrupt)?;
        let newest: Vec<u32> = summary.articles.iter().map(|article| article.newest).collect();
        let titles = titles(&mut *self.db.read().await?, &newest).await?;
        let counts = Counts { summary, words, titles, base, now, before, parts };
        Ok(StatisticsView {
            preset,
            grain,
            today,
            wrong,
            choices: view::choices(&book, who, suppliers),
            currency: book.organisation.currency.clone(),
            ..counts.into_view(&book, who.locale)
        })
    }

    /// The cases of a list of all, by their place in the series.
    pub(in crate::desk) async fn sliced(&self, who: &Viewer, query: &ListQuery) -> Result<Arc<[i64]>> {
        let shelf = self.fresh_facts().await?;
        let (reach, query) = (who.reach.clone(), query.clone());
        let found = tokio::task::spawn_blocking(move || {
            let facts = shelf.facts();
            // The list's own filters narrow the slice further.
            let both = |codes: Codes, wanted: Option<Option<u32>>| match wanted {
                Some(code) => Codes::of([code.filter(|code| codes.has(*code))]),
                None => codes,
            };
            let filter = facts.filter(&reach, &query.slice);
            let filter = Filter {
                stores: both(filter.stores, query.store.map(|id| facts.stores.find(&id.to_string()))),
                kinds: both(filter.kinds, query.type_key.map(|key| facts.kinds.find(key.as_str()))),
                phase: query.phase,
                handler: query.handler.map(|id| facts.handlers.find(&id.to_string())),
                ..filter
            };
            facts.all.iter().filter(|fact| filter.holds(fact)).map(|fact| i64::from(fact.seq)).collect()
        });
        found.await.map_err(StoreError::corrupt)
    }
}
