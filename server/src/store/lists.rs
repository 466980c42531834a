//! Lists: a page at a time by the place where the page before ended, from whichever index gives its order.

use super::book::{flag, id, keyed, optional_id};
use super::cases::{archived, day, due_on, number};
use super::dialect::Dialect;
use super::error::Result;
use super::search::Term;
use super::statement::Statement;
use app::backend::{Counts, LawCounts, ListKind, Sort};
use domain::case::{ArchiveReason, Channel};
use domain::decision::Verdict;
use domain::form::Answers;
use domain::handling::Handling;
use domain::id::{AttachmentId, CaseId, Key, StaffId, StatusId, StoreId};
use domain::number::Number;
use domain::phase::{Phase, Waiting};
use domain::waiting::Waited;
use jiff::civil::Date;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use std::collections::{BTreeMap, HashSet};
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

/// So many cases are looked into at once for words that many hold.
const LOOKED_INTO: usize = 500;

/// The first of the named cases. Rare words are looked up first, as in the other lists.
async fn among(connection: &mut AnyConnection, dialect: Dialect, wanted: &Wanted) -> Result<Vec<ListRow>> {
    let limit = usize::try_from(wanted.limit).unwrap_or_default();
    let mut rows = Vec::new();
    let behind = |place: Place, falls: bool| {
        let at = wanted.among.partition_point(|seq| if falls { *seq < place.seq } else { *seq <= place.seq });
        if falls { &wanted.among[..at] } else { &wanted.among[at..] }
    };
    let falls = wanted.falls();
    let mut all = wanted.after.map_or(&wanted.among[..], |place| behind(place, falls)).to_vec();
    if falls {
        all.reverse();
    }
    let (seqs, words, size) = match &wanted.term {
        None => (all, None, limit.max(1)),
        Some(term) if common(connection, dialect, wanted, term).await? => (all, Some(term), LOOKED_INTO),
        Some(term) => {
            let mut statement = Statement::default();
            statement.push("select seq from cases where ");
            dialect.push_holding(&mut statement, term, wanted.stores.as_deref());
            let found = statement.query().fetch_all(&mut *connection).await?;
            let holding: HashSet<i64> = found.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
            (all.into_iter().filter(|seq| holding.contains(seq)).collect(), None, limit.max(1))
        }
    };
    for chunk in seqs.chunks(size) {
        let mut statement = Statement::default();
        statement.push("select ").push(LIST_COLUMNS).push(" from cases where cases.seq in ");
        statement.bind_all(chunk.iter().copied());
        if let Some(term) = words {
            statement.push(" and ");
            dialect.push_each_holding(&mut statement, term);
        }
        statement.push(if falls { " order by seq desc" } else { " order by seq" });
        let found = statement.query().fetch_all(&mut *connection).await?;
        rows.extend(found.iter().map(list_row).collect::<Result<Vec<_>>>()?);
        if rows.len() >= limit {
            rows.truncate(limit);
            break;
        }
    }
    Ok(rows)
}

/// On PostgreSQL a word is looked into each case by its index.
async fn common(connection: &mut AnyConnection, dialect: Dialect, wanted: &Wanted, term: &Term) -> Result<bool> {
    match dialect {
        Dialect::Postgres => Ok(true),
        Dialect::Sqlite => dialect.is_common(connection, term, wanted.stores.as_deref(), COMMON).await,
    }
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

/// What a row shows only where somebody has chosen it.
#[derive(Clone, Debug)]
pub struct Details {
    pub updated_at: i64,
    pub receipt_number: String,
    pub answers: Answers,
    pub verdict: Option<Verdict>,
    pub cause: Option<Key>,
    pub outcome: Option<Key>,
    /// Whom it waits for.
    pub waiting: Option<(Waiting, Waited)>,
}

/// By their places in the series.
pub async fn details(connection: &mut AnyConnection, places: &[i64]) -> Result<BTreeMap<i64, Details>> {
    let mut statement = Statement::default();
    statement.push("select seq, updated_at, receipt_number, answers, verdict, cause, outcome, phase, handling from cases where seq in ");
    statement.bind_all(places.iter().copied());
    let rows = statement.query().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let key = |column: &str| -> Result<Option<Key>> { Ok(row.try_get::<String, _>(column)?.parse().ok()) };
            let handling: Handling = serde_json::from_str(&row.try_get::<String, _>("handling")?)?;
            let on = keyed(row, "phase", Phase::from_key)?.waits_on();
            let details = Details {
                verdict: row.try_get::<Option<String>, _>("verdict")?.as_deref().and_then(Verdict::from_key),
                cause: key("cause")?,
                outcome: key("outcome")?,
                waiting: on.zip(handling.waiting),
                updated_at: row.try_get("updated_at")?,
                receipt_number: row.try_get("receipt_number")?,
                answers: serde_json::from_str(&row.try_get::<String, _>("answers")?)?,
            };
            Ok((row.try_get("seq")?, details))
        })
        .collect()
}

/// How many cases the law decides by either day, up to [`Counts::CAP`].
pub async fn law_counts(
    connection: &mut AnyConnection,
    dialect: Dialect,
    [today, week]: [Date; 2],
    stores: Option<&[StoreId]>,
) -> Result<LawCounts> {
    let mut statement = Statement::default();
    statement.push("select ");
    for (name, until) in [("today", today), ("week", week)] {
        statement.push(if name == "today" { "(" } else { ", (" });
        statement.push("select count(*) from (select 1 from cases where law_on < '9999-12-31' and law_on <= ");
        statement.bind(until.to_string());
        if let Some(stores) = stores {
            statement.push(" and ").push(&dialect.aside("store_id")).push(" in ");
            statement.bind_all(stores.iter().map(StoreId::to_string));
        }
        statement.push(" limit ").bind(i64::from(Counts::CAP)).push(") counted) as ").push(name);
    }
    let row = statement.query().fetch_one(connection).await?;
    let count =
        |column: &str| -> Result<u32> { Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or(Counts::CAP)) };
    Ok(LawCounts { today: count("today")?, week: count("week")? })
}

const CLOSED: [Phase; 3] = [Phase::Settled, Phase::Withdrawn, Phase::NotCollected];

/// How many cases that are not closed nobody has, up to [`Counts::CAP`]: without a handler, or with one of these.
pub async fn nobodys(
    connection: &mut AnyConnection,
    dialect: Dialect,
    gone: &[StaffId],
    stores: Option<&[StoreId]>,
) -> Result<u32> {
    let mut statement = Statement::default();
    statement.push("select count(*) from (");
    for one in [None, Some(gone)] {
        match one {
            None => {
                statement.push("select 1 from cases where handler_id is null and archived = 0");
            }
            Some([]) => continue,
            Some(gone) => {
                statement.push(" union all select 1 from cases where archived = 0 and handler_id in ");
                statement.bind_all(gone.iter().map(StaffId::to_string));
            }
        }
        statement.push(" and ").push(&dialect.aside("phase")).push(" not in ");
        statement.bind_all(CLOSED.map(|phase| phase.key().to_owned()));
        if let Some(stores) = stores {
            statement.push(" and ").push(&dialect.aside("store_id")).push(" in ");
            statement.bind_all(stores.iter().map(StoreId::to_string));
        }
    }
    statement.push(" limit ").bind(i64::from(Counts::CAP)).push(") counted");
    let row = statement.query().fetch_one(connection).await?;
    Ok(u32::try_from(row.try_get::<i64, _>(0)?).unwrap_or(Counts::CAP))
}

/// How many cases each list has within the reach, up to [`Counts::CAP`].
pub async fn counts(
    connection: &mut AnyConnection,
    dialect: Dialect,
    mine: &[StaffId],
    stores: Option<&[StoreId]>,
) -> Result<Counts> {
    let mut statement = Statement::default();
    statement.push("select ");
    let lists = [ListKind::New, ListKind::Mine, ListKind::Active, ListKind::Archive];
    for (at, list) in lists.into_iter().enumerate() {
        statement.push(if at == 0 { "(" } else { ", (" });
        statement.push("select count(*) from (select 1 from cases where archived = ");
        statement.push(if list == ListKind::Archive { "1" } else { "0" });
        match list {
            ListKind::New => {
                statement.push(" and phase = ").bind(Phase::New.key());
            }
            ListKind::Mine => {
                statement.push(" and handler_id in ").bind_all(mine.iter().map(StaffId::to_string));
            }
            ListKind::Active | ListKind::Archive | ListKind::All => {}
        }
        if let Some(stores) = stores {
            let column = if list == ListKind::Mine { dialect.aside("store_id") } else { "store_id".to_owned() };
            statement.push(" and ").push(&column).push(" in ").bind_all(stores.iter().map(StoreId::to_string));
        }
        statement.push(" limit ").bind(i64::from(Counts::CAP)).push(") counted) as ");
        statement.push(["new_cases", "mine", "active", "archive"][at]);
    }
    let row = statement.query().fetch_one(connection).await?;
    let count =
        |column: &str| -> Result<u32> { Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or(Counts::CAP)) };
    Ok(Counts { new: count("new_cases")?, mine: count("mine")?, active: count("active")?, archive: count("archive")? })
}
