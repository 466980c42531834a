//! Lists: a page at a time by the place where the page before ended, from whichever index gives its order.

mod among;
mod counts;
mod details;

pub use counts::{counts, law_counts, nobodys};
pub use details::{Details, details};

use super::book::{flag, id, keyed, optional_id};
use super::cases::{archived, day, due_on, number};
use super::dialect::Dialect;
use super::error::Result;
use super::search::Term;
use super::statement::Statement;
use among::among;
use app::backend::{ListKind, Sort};
use counts::CLOSED;
use domain::case::{ArchiveReason, Channel};
use domain::id::{AttachmentId, CaseId, Key, StaffId, StatusId, StoreId};
use domain::number::Number;
use domain::phase::Phase;
use jiff::civil::Date;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use std::sync::Arc;

/// What a list shows of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRow {
    pub seq: i64,
    pub id: CaseId,
    pub number: Number,
    pub type_key: Key,
    pub store: StoreId,
    pub phase: Phase,
    pub status: Option<StatusId>,
    pub handler: Option<StaffId>,
    pub archived: Option<ArchiveReason>,
    pub registered_at: i64,
    pub due_on: Option<Date>,
    /// The nearest last safe day of what the law still decides.
    pub law_on: Option<Date>,
    /// The day since which it waits for somebody.
    pub waits_since: Option<Date>,
    pub letter_failed: bool,
    pub news: bool,
    pub proposed: bool,
    /// A decision's answer has left.
    pub replied: bool,
    pub thumbnail: Option<AttachmentId>,
    pub title: String,
    pub customer_name: String,
    pub channel: Channel,
}

pub(super) const LIST_COLUMNS: &str = "cases.seq, cases.id, cases.number, cases.type_key, cases.store_id, cases.phase, \
     cases.status_id, cases.handler_id, cases.archived, cases.archive_reason, cases.registered_at, cases.due_on, \
     cases.letter_failed, cases.news_at, cases.thumbnail_id, cases.title, cases.customer_name, cases.channel, cases.law_on, \
     cases.proposed, cases.waits_since, cases.replied_at";

pub(super) fn list_row(row: &AnyRow) -> Result<ListRow> {
    Ok(ListRow {
        seq: row.try_get("seq")?,
        id: id(row, "id")?,
        number: number(row)?,
        type_key: id(row, "type_key")?,
        store: id(row, "store_id")?,
        phase: keyed(row, "phase", Phase::from_key)?,
        status: optional_id(row, "status_id")?,
        handler: optional_id(row, "handler_id")?,
        archived: archived(row)?,
        registered_at: row.try_get("registered_at")?,
        due_on: due_on(row)?,
        law_on: day(row, "law_on")?,
        waits_since: day(row, "waits_since")?,
        letter_failed: flag(row, "letter_failed")?,
        news: row.try_get::<Option<i64>, _>("news_at")?.is_some(),
        proposed: flag(row, "proposed")?,
        replied: row.try_get::<Option<i64>, _>("replied_at")?.is_some(),
        thumbnail: optional_id(row, "thumbnail_id")?,
        title: row.try_get("title")?,
        customer_name: row.try_get("customer_name")?,
        channel: keyed(row, "channel", Channel::from_key)?,
    })
}

pub async fn by_number(connection: &mut AnyConnection, number: Number) -> Result<Option<ListRow>> {
    let mut statement = Statement::default();
    statement.push("select ").push(LIST_COLUMNS).push(" from cases where number = ").bind(number.to_string());
    statement.query().fetch_optional(connection).await?.as_ref().map(list_row).transpose()
}

/// The last row of a page. `key` is what the list is sorted by: milliseconds, or a date's digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub key: i64,
    pub seq: i64,
}

/// Decisions above the organisation's limit, by whose they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seconds {
    /// Anybody's that wait for a second person.
    Waiting,
    /// Those of others than this one that wait.
    WaitingOfOthers(StaffId),
    /// Those of these people that were sent back.
    SentBackTo(Vec<StaffId>),
}

/// Which rows, and from where on.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub list: ListKind,
    /// Whose cases "mine" are: the reader's, and of those whom they stand in for.
    pub mine: Vec<StaffId>,
    /// Those alone that nobody has: without a handler, or with one of these.
    pub nobody: Option<Vec<StaffId>>,
    /// `None` reaches every store.
    pub stores: Option<Vec<StoreId>>,
    pub type_key: Option<Key>,
    pub phase: Option<Phase>,
    pub handler: Option<StaffId>,
    /// Milliseconds UTC, the last that counts.
    pub registered_until: Option<i64>,
    /// Those alone whose customer has sent something.
    pub news: bool,
    /// Those alone whose decision waits for a second person, or came back from one.
    pub second: Option<Seconds>,
    /// Those alone that the law decides by that day.
    pub law: Option<Date>,
    /// Those alone that the law or our own target asks for by that day.
    pub due: Option<Date>,
    pub term: Option<Term>,
    pub sort: Sort,
    pub after: Option<Place>,
    /// From there towards the list's beginning, the nearest first.
    pub backwards: bool,
    pub limit: i64,
    /// For [`ListKind::All`]: the cases that it holds, oldest first by their place in the series. They are within the reach,
    /// and as store, type, phase and handler ask; words alone are looked for here.
    pub among: Arc<[i64]>,
}

/// So many stores get a branch of their own, which an index serves in order; more are sifted out of everything.
const BRANCHES: usize = 12;
/// Words that so many cases hold are looked for in each case of the list, rarer ones are looked up first.
const COMMON: i64 = 2_000;

impl Wanted {
    fn phase(&self) -> Option<Phase> {
        if self.list == ListKind::New { Some(Phase::New) } else { self.phase }
    }

    /// Whose cases they are; empty: anybody's.
    fn handlers(&self) -> &[StaffId] {
        if self.list == ListKind::Mine { &self.mine } else { self.handler.as_slice() }
    }

    /// What is archived is due no more.
    fn sort(&self) -> Sort {
        let dated = matches!(self.sort, Sort::Due | Sort::Law | Sort::Next | Sort::Waiting);
        if matches!(self.list, ListKind::Archive | ListKind::All) && dated { Sort::Newest } else { self.sort }
    }

    fn law(&self) -> bool {
        self.law.is_some() || self.sort() == Sort::Law
    }

    fn waiting(&self) -> bool {
        self.sort() == Sort::Waiting
    }

    /// An index of their own leads to these few cases.
    fn few(&self) -> bool {
        self.news || self.second.is_some() || self.law() || self.waiting()
    }

    /// Whether the rows come with falling keys.
    fn falls(&self) -> bool {
        (self.sort() == Sort::Newest) != self.backwards
    }

    /// By a day: whoever has none comes last.
    fn by_day(&self) -> bool {
        matches!(self.sort(), Sort::Due | Sort::Next)
    }

    pub fn place_of(&self, row: &ListRow) -> Place {
        let key = match self.sort() {
            Sort::Newest | Sort::Oldest => row.registered_at,
            Sort::Due => digits(row.due_on),
            Sort::Law => digits(row.law_on),
            Sort::Next => digits(row.law_on).min(digits(row.due_on)),
            Sort::Waiting => digits(row.waits_since),
        };
        Place { key, seq: row.seq }
    }
}

fn digits(date: Option<Date>) -> i64 {
    date.map_or(99_991_231, |date| {
        i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
    })
}

pub async fn page(connection: &mut AnyConnection, dialect: Dialect, wanted: &Wanted) -> Result<Vec<ListRow>> {
    if wanted.list == ListKind::All {
        return among(connection, dialect, wanted).await;
    }
    let words = match &wanted.term {
        None => By::List,
        Some(term) if dialect.is_common(connection, term, wanted.stores.as_deref(), COMMON).await? => By::List,
        Some(_) => By::Words,
    };
    let rows = statement(dialect, wanted, words).query().fetch_all(connection).await?;
    rows.iter().map(list_row).collect()
}

/// What leads to the rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    List,
    Words,
}

fn statement(dialect: Dialect, wanted: &Wanted, by: By) -> Statement {
    let key = match wanted.sort() {
        Sort::Newest | Sort::Oldest => "registered_at",
        Sort::Due => "due_on",
        Sort::Law => "law_on",
        Sort::Next => "next_on",
        Sort::Waiting => "waits_since",
    };
    let ends = if wanted.falls() { " desc" } else { "" };
    let mut statement = Statement::default();
    statement.push("select ").push(LIST_COLUMNS).push(" from (select place, sorted from (");
    let branches: Vec<Option<StoreId>> = match &wanted.stores {
        Some(stores)
            if stores.len() <= BRANCHES
                && by == By::List
                && !wanted.few()
                && wanted.handlers().is_empty()
                && wanted.nobody.is_none() =>
        {
            stores.iter().copied().map(Some).collect()
        }
        _ => vec![None],
    };
    for (at, branch) in branches.into_iter().enumerate() {
        statement.push(if at == 0 { "select * from (" } else { " union all select * from (" });
        statement.push("select seq as place, ").push(key).push(" as sorted from cases where ");
        conditions(&mut statement, dialect, wanted, by, branch);
        beyond(&mut statement, wanted, key);
        statement.push(" order by ").push(key).push(ends).push(", seq").push(ends).push(" limit ").bind(wanted.limit);
        statement.push(") branch");
    }
    statement.push(") branches order by sorted").push(ends).push(", place").push(ends);
    statement.push(" limit ").bind(wanted.limit).push(") page join cases on cases.seq = page.place");
    statement.push(" order by page.sorted").push(ends).push(", page.place").push(ends);
    statement
}

/// Names the columns so that SQLite, which keeps no counts of values, enters by the one that narrows most: the words,
/// then the handler, the store, the phase, the type.
fn conditions(statement: &mut Statement, dialect: Dialect, wanted: &Wanted, by: By, branch: Option<StoreId>) {
    let aside = |column: &'static str, enters: bool| if enters { column.to_owned() } else { dialect.aside(column) };
    let list = by == By::List && !wanted.few();
    let by_handler = list && !wanted.handlers().is_empty();
    let by_store = list && branch.is_some();
    let by_phase = list && !by_handler && (!by_store || !wanted.by_day()) && wanted.sort() != Sort::Next;
    let by_type = list && !by_handler && !by_store && wanted.phase().is_none();

    let is_archived = if wanted.list == ListKind::Archive { " = 1" } else { " = 0" };
    statement.push(&aside("archived", list)).push(is_archived);
    match (branch, &wanted.stores) {
        (Some(store), _) => {
            statement.push(" and store_id = ").bind(store.to_string());
        }
        (None, Some(stores)) => {
            statement.push(" and ").push(&dialect.aside("store_id")).push(" in ");
            statement.bind_all(stores.iter().map(StoreId::to_string));
        }
        (None, None) => {}
    }
    match wanted.handlers() {
        [] => {}
        [handler] => {
            statement.push(" and ").push(&aside("handler_id", by_handler)).push(" = ").bind(handler.to_string());
        }
        several => {
            statement.push(" and ").push(&aside("handler_id", by_handler)).push(" in ");
            statement.bind_all(several.iter().map(StaffId::to_string));
        }
    }
    if let Some(gone) = &wanted.nobody {
        statement.push(" and phase not in ").bind_all(CLOSED.map(|phase| phase.key().to_owned()));
        statement.push(" and (handler_id is null");
        if !gone.is_empty() {
            statement.push(" or handler_id in ").bind_all(gone.iter().map(StaffId::to_string));
        }
        statement.push(")");
    }
    // "Mine" with somebody else as filter is empty.
    if let (ListKind::Mine, Some(handler)) = (wanted.list, wanted.handler) {
        statement.push(" and ").push(&dialect.aside("handler_id")).push(" = ").bind(handler.to_string());
    }
    if let Some(phase) = wanted.phase() {
        statement.push(" and ").push(&aside("phase", by_phase)).push(" = ").bind(phase.key());
    }
    if let (ListKind::New, Some(phase)) = (wanted.list, wanted.phase) {
        statement.push(" and ").push(&dialect.aside("phase")).push(" = ").bind(phase.key());
    }
    if let Some(key) = &wanted.type_key {
        statement.push(" and ").push(&aside("type_key", by_type)).push(" = ").bind(key.as_str());
    }
    if let Some(until) = wanted.registered_until {
        let column = aside("registered_at", list && !wanted.by_day());
        statement.push(" and ").push(&column).push(" <= ").bind(until);
    }
    if wanted.law() {
        statement.push(" and law_on < '9999-12-31'");
    }
    if let Some(until) = wanted.law {
        statement.push(" and law_on <= ").bind(until.to_string());
    }
    if let Some(until) = wanted.due {
        let column = aside("next_on", list && wanted.sort() == Sort::Next);
        statement.push(" and ").push(&column).push(" <= ").bind(until.to_string());
    }
    if wanted.waiting() {
        statement.push(" and waits_since < '9999-12-31'");
    }
    if wanted.news {
        statement.push(" and news_at is not null");
    }
    match &wanted.second {
        None => {}
        Some(Seconds::Waiting) => {
            statement.push(" and proposed = 1");
        }
        Some(Seconds::WaitingOfOthers(reader)) => {
            statement.push(" and proposed = 1 and proposed_by <> ").bind(reader.to_string());
        }
        Some(Seconds::SentBackTo(readers)) => {
            statement.push(" and proposed = 0 and proposed_by is not null and proposed_by in ");
            statement.bind_all(readers.iter().map(StaffId::to_string));
        }
    }
    if let Some(term) = &wanted.term {
        statement.push(" and ");
        match by {
            By::Words => dialect.push_holding(statement, term, wanted.stores.as_deref()),
            By::List => dialect.push_each_holding(statement, term),
        }
    }
}

fn beyond(statement: &mut Statement, wanted: &Wanted, key: &str) {
    let Some(Place { key: value, seq }) = wanted.after else { return };
    let than = if wanted.falls() { " < (" } else { " > (" };
    statement.push(" and (").push(key).push(", seq)").push(than);
    match wanted.sort() {
        Sort::Newest | Sort::Oldest => statement.bind(value),
        Sort::Due | Sort::Law | Sort::Next | Sort::Waiting => {
            statement.bind(format!("{:04}-{:02}-{:02}", value / 10_000, value / 100 % 100, value % 100))
        }
    };
    statement.push(", ").bind(seq).push(")");
}
