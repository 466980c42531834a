//! Lists and the search, put for the reader.

use crate::clock::DAY_MS;
use crate::desk::Desk;
use crate::desk::book::{Book, Store};
use crate::desk::statistics::told;
use crate::store::error::Result;
use crate::store::lists::{self, Details, ListRow, Place, Seconds, Wanted};
use crate::store::search::{self, Term};
use app::backend::{
    Away, CaseRow, Due, Exact, Found, LawCounts, ListKind, ListPage, ListQuery, Moment, Named, RowDetails, Second,
    Sort, StaffRef, StoreRef, Viewer, Within,
};
use app::error::AppError;
use domain::column::Column;
use domain::form::schema::common;
use domain::id::{StaffId, StoreId};
use domain::number::{Number, NumberError};
use domain::phase::Phase;
use domain::role::{Reach, Right, Role};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeMap;
use std::sync::Arc;
use texts::{verdict, words};

/// Rows of a page.
const PAGE: i64 = 50;
/// Rows of a search at most, whatever is asked for.
const FOUND: u32 = 100;

/// `None` reaches every store.
pub fn stores_of(reach: &Reach) -> Option<&[StoreId]> {
    match reach {
        Reach::Every => None,
        Reach::Stores(stores) => Some(stores),
    }
}

/// As the clock of that store shows it.
pub fn moment(store: &Store, utc_ms: i64) -> Moment {
    let at = Timestamp::from_millisecond(utc_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    Moment { utc_ms, local: at.to_zoned(store.zone.clone()).datetime() }
}

pub fn due(date: Option<Date>, today: Date) -> Option<Due> {
    let date = date?;
    let days_left = today.until(date).map_or(0, |span| i64::from(span.get_days()));
    Some(Due { date, days_left })
}

impl Desk {
    pub(in crate::desk) fn case_row(&self, book: &Book, who: &Viewer, row: ListRow) -> Result<CaseRow> {
        let store = book.store(row.store)?;
        let kind = book.types.get(&row.type_key);
        let type_name = kind.map_or_else(|| row.type_key.to_string(), |kind| kind.name.get(who.locale).to_owned());
        let status = row.status.and_then(|id| book.statuses.get(&id));
        Ok(CaseRow {
            id: row.id,
            number: row.number,
            title: if row.title.is_empty() { type_name.clone() } else { row.title },
            type_name,
            icon: kind.map_or_else(String::new, |kind| kind.icon.clone()),
            customer: row.customer_name,
            store: store.name.clone(),
            handler: book.staff_name(row.handler),
            nobody: is_nobodys(book, row.handler, row.phase, row.archived.is_some()),
            away: away(book, who, row.handler, row.store, store.today(&*self.clock)),
            phase: row.phase,
            status: status.map(|status| status.name.get(who.locale).to_owned()),
            archived: row.archived,
            registered: moment(store, row.registered_at),
            due: due(row.due_on, store.today(&*self.clock)),
            law: due(row.law_on, store.today(&*self.clock)),
            letter_failed: row.letter_failed,
            news: row.news,
            proposed: row.proposed,
            unsent: super::deadlines::is_unsent(row.phase, row.replied, row.law_on),
            thumbnail: row.thumbnail,
            channel: row.channel,
            place: String::new(),
            details: None,
        })
    }

    /// What the address of a list asks for, within the reader's reach.
    ///
    /// # Errors
    /// `NotFound` for a store out of reach; a kept list that names one opens, and is empty.
    pub(in crate::desk) fn wanted(&self, book: &Book, who: &Viewer, query: &ListQuery, limit: i64) -> Result<Wanted> {
        let sort = sort_of(query);
        let stores = match query.store {
            Some(store) if who.reach.covers(store) => Some(vec![store]),
            Some(_) if query.view.is_some() => Some(Vec::new()),
            Some(_) => return Err(AppError::NotFound.into()),
            None => stores_of(&who.reach).map(<[StoreId]>::to_vec),
        };
        let today = self.today(book);
        let day = |within: Within| today.saturating_add(within.days().days());
        let gone = query.nobody.then(|| gone(book));
        Ok(Wanted {
            list: query.list,
            mine: mine(book, who, today),
            nobody: gone,
            among: Arc::default(),
            stores,
            type_key: query.type_key.clone(),
            phase: query.phase,
            handler: query.handler.filter(|_| !query.nobody),
            registered_until: query.older_than.map(|days| self.clock.now_ms() - i64::from(days) * DAY_MS),
            news: query.news,
            second: query.second.map(|second| match second {
                Second::Waits => Seconds::Waiting,
                Second::ForMe => Seconds::WaitingOfOthers(who.id),
                Second::Back => Seconds::SentBackTo(mine(book, who, today)),
            }),
            law: query.law.map(day),
            due: query.due.map(day),
            term: Term::read(&query.words),
            sort,
            after: query.after.as_deref().map(|text| read_cursor(sort, text)).transpose()?,
            backwards: false,
            limit,
        })
    }

    /// A list of all cases holds those that the statistics count.
    pub(in crate::desk) async fn among(&self, who: &Viewer, query: &ListQuery, wanted: Wanted) -> Result<Wanted> {
        Ok(match query.list {
            ListKind::All => Wanted { among: self.sliced(who, query).await?, ..wanted },
            _ => wanted,
        })
    }

    /// A list has cases of several zones: the organisation's day counts.
    fn today(&self, book: &Book) -> Date {
        self.clock.now().to_zoned(book.zone()).date()
    }

    pub(super) fn law_days(&self, book: &Book) -> [Date; 2] {
        Within::ALL.map(|within| self.today(book).saturating_add(within.days().days()))
    }

    /// Rows of a list, each with its place in it.
    pub(super) fn placed(
        &self,
        book: &Book,
        who: &Viewer,
        wanted: &Wanted,
        rows: Vec<ListRow>,
    ) -> Result<Vec<CaseRow>> {
        let placed = rows.into_iter().map(|row| {
            let place = write_cursor(wanted.sort, wanted.place_of(&row));
            Ok(CaseRow { place, ..self.case_row(book, who, row)? })
        });
        placed.collect()
    }

    pub(super) async fn page_of(&self, who: &Viewer, query: &ListQuery) -> Result<ListPage> {
        let book = self.book();
        let reach = stores_of(&who.reach);
        let wanted = self.among(who, query, self.wanted(&book, who, query, PAGE + 1)?).await?;
        let law_days = self.law_days(&book);
        let mut connection = self.db.read().await?;
        let (mut rows, counts, law, nobody) = if wanted.stores.as_ref().is_some_and(Vec::is_empty) {
            (Vec::new(), app::backend::Counts::default(), LawCounts::default(), 0)
        } else {
            let rows = lists::page(&mut connection, self.db.dialect, &wanted).await?;
            let law = lists::law_counts(&mut connection, law_days, reach).await?;
            let nobody = if who.may(Right::Handle) {
                lists::nobodys(&mut connection, self.db.dialect, &gone(&book), reach).await?
            } else {
                0
            };
            (rows, lists::counts(&mut connection, self.db.dialect, &wanted.mine, reach).await?, law, nobody)
        };
        let (views, columns) = self.views_of(&mut connection, who, query).await?;
        let details = self.details(&mut connection, &columns, &rows).await?;
        drop(connection);
        let more = i64::try_from(rows.len()).is_ok_and(|count| count > PAGE);
        if more {
            rows.pop();
        }
        let next = rows.last().filter(|_| more).map(|row| write_cursor(wanted.sort, wanted.place_of(row)));
        let mut rows = self.placed(&book, who, &wanted, rows)?;
        for (row, (store, found)) in rows.iter_mut().zip(details) {
            row.details = found.map(|details| row_details(&book, who, store, &details)).transpose()?;
        }
        let mut types: Vec<_> = book.types.values().filter(|kind| kind.active).collect();
        types.sort_by_key(|kind| kind.position);
        Ok(ListPage {
            rows,
            next,
            counts,
            law,
            nobody,
            told: told(&book, &query.slice, who.locale),
            stores: stores_in_reach(&book, who),
            types: types
                .into_iter()
                .map(|kind| Named { key: kind.key.to_string(), name: kind.name.get(who.locale).to_owned() })
                .collect(),
            handlers: handlers_in_reach(&book, who),
            columns,
            views,
        })
    }

    /// What the columns ask for beyond the rows: the store of each, and its details if any are wanted.
    pub(in crate::desk) async fn details(
        &self,
        connection: &mut sqlx::AnyConnection,
        columns: &[Column],
        rows: &[ListRow],
    ) -> Result<Vec<(StoreId, Option<Details>)>> {
        let places: Vec<i64> = rows.iter().map(|row| row.seq).collect();
        let mut found = match columns.iter().any(|column| column.is_detail()) && !rows.is_empty() {
            true => lists::details(connection, &places).await?,
            false => BTreeMap::new(),
        };
        Ok(rows.iter().map(|row| (row.store, found.remove(&row.seq))).collect())
    }

    pub(super) async fn found(&self, who: &Viewer, text: &str, limit: u32) -> Result<Found> {
        let book = self.book();
        let nothing = Found { rows: Vec::new(), more: false, wrong_check_digit: false, exact: None, unconfirmed: None };
        let stores = stores_of(&who.reach);
        let Some(term) = Term::read(text).filter(|_| !stores.is_some_and(<[StoreId]>::is_empty)) else {
            return Ok(nothing);
        };
        let limit = limit.clamp(1, FOUND);
        let mut connection = self.db.read().await?;
        let parsed = text.parse::<Number>();
        let exact = match parsed {
            Ok(number) => lists::by_number(&mut connection, number).await?,
            Err(_) => None,
        };
        let exact = exact.filter(|row| who.reach.covers(row.store));
        let rma = match &exact {
            Some(_) => None,
            None => self.rma_named(&mut connection, who, text).await?,
        };
        let unconfirmed = match (&exact, rma, parsed) {
            (None, None, Ok(number)) => self.unconfirmed(&mut connection, who, number).await?,
            _ => None,
        };
        let mut rows = search::find(&mut connection, self.db.dialect, &term, stores, i64::from(limit) + 1).await?;
        drop(connection);
        let named = exact.as_ref().map(|row| Exact::Case(row.number)).or(rma);
        if let Some(exact) = exact {
            rows.retain(|row| row.seq != exact.seq);
            rows.insert(0, exact);
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let wrong_check_digit =
            parsed == Err(NumberError::CheckDigit) && self.looks_like_a_number(text, rows.is_empty());
        let rows = rows.into_iter().map(|row| self.case_row(&book, who, row)).collect::<Result<_>>()?;
        Ok(Found { rows, more, wrong_check_digit, exact: named, unconfirmed })
    }

    /// In the shape `26-004217-7`; or bare digits that nothing else is found by, in a year that has begun.
    fn looks_like_a_number(&self, text: &str, nothing_found: bool) -> bool {
        let groups: Vec<usize> =
            text.trim().split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|digits| *digits > 0).collect();
        match groups.as_slice() {
            [2, 6..=9, 1] => true,
            [9..=12] if nothing_found => {
                let year = i64::from(self.clock.now().to_zoned(jiff::tz::TimeZone::UTC).year() % 100);
                text.trim().get(..2).and_then(|year| year.parse::<i64>().ok()).is_some_and(|typed| typed <= year)
            }
            _ => false,
        }
    }
}

/// Whose cases are the reader's: their own, and those of whom they stand in for.
fn mine(book: &Book, who: &Viewer, today: Date) -> Vec<StaffId> {
    std::iter::once(who.id).chain(book.presence(today).stands_in_for(who.id)).collect()
}

/// Whoever has such a case does not handle it: they have left, or are clerks.
pub fn gone(book: &Book) -> Vec<StaffId> {
    book.staff.keys().copied().filter(|staff| !book.handles(*staff)).collect()
}

/// Somebody should have it, and nobody does.
pub fn is_nobodys(book: &Book, handler: Option<StaffId>, phase: Phase, archived: bool) -> bool {
    !archived && !phase.is_closed() && !handler.is_some_and(|handler| book.handles(handler))
}

/// Where the handler of a case is away today.
pub fn away(book: &Book, who: &Viewer, handler: Option<StaffId>, store: StoreId, today: Date) -> Option<Away> {
    let (until, stands_in) = book.away(handler.filter(|handler| book.handles(*handler))?, store, today)?;
    let me = stands_in.is_some_and(|staff| staff.id == who.id);
    Some(Away { until, stands_in: stands_in.map_or_else(String::new, |staff| staff.name.clone()), me })
}

pub fn stores_in_reach(book: &Book, who: &Viewer) -> Vec<StoreRef> {
    let mut stores: Vec<StoreRef> =
        book.stores.values().filter(|store| who.reach.covers(store.id)).map(Store::to_ref).collect();
    stores.sort_by(|a, b| a.name.cmp(&b.name));
    stores
}

/// As the reader's language writes them.
pub(in crate::desk) fn row_details(book: &Book, who: &Viewer, store: StoreId, details: &Details) -> Result<RowDetails> {
    let text = |key: &str| details.answers.first(key).to_owned();
    let price_minor = text(common::PRICE).parse::<i64>().ok();
    Ok(RowDetails {
        updated: moment(book.store(store)?, details.updated_at),
        receipt: details.receipt_number.clone(),
        brand: text(common::BRAND),
        supplier: text(common::SUPPLIER),
        price: price_minor.map_or_else(String::new, |minor| price(book, who, minor)),
        price_minor,
        decision: details
            .verdict
            .and_then(|verdict| verdict::by_key(who.locale, verdict.key()))
            .unwrap_or_default()
            .to_owned(),
        cause: details.cause.as_ref().map_or_else(String::new, |key| book.cause_name(key, who.locale)),
        outcome: details.outcome.as_ref().map_or_else(String::new, |key| book.outcome_name(key, who.locale)),
        waiting: details.waiting.as_ref().map_or_else(String::new, |(on, waited)| match waited.whom.as_str() {
            "" => words::waiting(who.locale, *on).to_owned(),
            whom => whom.to_owned(),
        }),
        since: details.waiting.as_ref().map(|(_, waited)| waited.since),
    })
}

fn price(book: &Book, who: &Viewer, minor: i64) -> String {
    domain::money::show(who.locale, minor, &book.organisation.currency)
}

pub(in crate::desk) fn handlers_in_reach(book: &Book, who: &Viewer) -> Vec<StaffRef> {
    let serves = |reach: &Reach| match (reach, &who.reach) {
        (Reach::Every, _) | (_, Reach::Every) => true,
        (Reach::Stores(theirs), mine) => theirs.iter().any(|store| mine.covers(*store)),
    };
    let mut handlers: Vec<StaffRef> = book
        .staff
        .values()
        .filter(|staff| staff.active && staff.role >= Role::Handler && serves(&staff.reach()))
        .map(crate::desk::book::Staff::to_ref)
        .collect();
    handlers.sort_by(|a, b| a.name.cmp(&b.name));
    handlers
}

/// What is not open has no date to be sorted by.
pub(super) const fn sort_of(query: &ListQuery) -> Sort {
    match (query.list, query.sort) {
        (ListKind::Archive | ListKind::All, Sort::Due | Sort::Law | Sort::Next | Sort::Waiting) => Sort::Newest,
        (_, sort) => sort,
    }
}

const fn letter_of(sort: Sort) -> char {
    match sort {
        Sort::Newest => 'n',
        Sort::Oldest => 'o',
        Sort::Due => 'd',
        Sort::Law => 'l',
        Sort::Next => 'x',
        Sort::Waiting => 'w',
    }
}

/// The place where a page ended, for the address of the next.
pub(in crate::desk) fn write_cursor(sort: Sort, place: Place) -> String {
    format!("{}{}.{}", letter_of(sort), base_36(place.key), base_36(place.seq))
}

pub(super) fn read_cursor(sort: Sort, text: &str) -> Result<Place, AppError> {
    let malformed = || AppError::invalid("after", "malformed");
    let (key, seq) = text.strip_prefix(letter_of(sort)).and_then(|rest| rest.split_once('.')).ok_or_else(malformed)?;
    // What from_str_radix takes beside digits is a sign.
    let number = |text: &str| i64::from_str_radix(text, 36).ok().filter(|n| *n >= 0 && !text.starts_with('+'));
    let place = Place { key: number(key).ok_or_else(malformed)?, seq: number(seq).ok_or_else(malformed)? };
    // A date's digits have eight places.
    if matches!(sort, Sort::Due | Sort::Law | Sort::Next | Sort::Waiting) && place.key > 99_991_231 {
        Err(malformed())
    } else {
        Ok(place)
    }
}

fn base_36(number: i64) -> String {
    let mut digits = Vec::new();
    let mut rest = number.unsigned_abs();
    loop {
        digits.push(char::from_digit((rest % 36) as u32, 36).unwrap_or('0'));
        rest /= 36;
        if rest == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_written_and_nothing_else_is() {
        for sort in [Sort::Newest, Sort::Oldest, Sort::Due, Sort::Law, Sort::Next, Sort::Waiting] {
            for place in [Place { key: 0, seq: 0 }, Place { key: 20_261_019, seq: 36 * 36 * 36 + 35 }] {
                assert_eq!(read_cursor(sort, &write_cursor(sort, place)), Ok(place));
            }
        }
        for text in ["", "n", "n.", "n1", "n1.", "n-1.1", "n+1.1", "o1.1", "n1.1.1", "n1.ø", "nzzzzzzzzzzzzzzz.1"] {
            assert!(read_cursor(Sort::Newest, text).is_err(), "{text:?}");
        }
        assert!(read_cursor(Sort::Due, "dzzzzzzz.1").is_err());
    }
}
