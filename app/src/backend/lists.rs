//! Lists of cases, as their addresses say them.

use super::{Away, Due, Moment, Named, StaffRef, StoreRef, ViewRef};
use domain::case::{ArchiveReason, Channel};
use domain::column::Column;
use domain::id::{CaseId, Key, StaffId, StoreId, ViewId};
use domain::number::Number;
use domain::phase::Phase;
use domain::statistics::Slice;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    #[default]
    New,
    Mine,
    /// All that is not archived.
    Active,
    Archive,
    /// Every case, archived or not: what a number of the statistics counts.
    All,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    /// By our own target, the first to come.
    Due,
    /// By what the law decides first; those alone that it decides.
    Law,
    /// By what comes first, the law or our own target.
    Next,
    /// By the day since which they wait for somebody, the longest first; those alone that wait.
    Waiting,
}

/// How near a deadline by law is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// The last safe day is today, or has passed.
    Today,
    /// Today or in the next seven days.
    Week,
}

impl Within {
    pub const ALL: [Self; 2] = [Self::Today, Self::Week];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
        }
    }

    /// Civil days from today, the last that counts.
    pub const fn days(self) -> i64 {
        match self {
            Self::Today => 0,
            Self::Week => 7,
        }
    }
}

/// Decisions above the organisation's limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Second {
    /// It waits for a second person, whoever that may be.
    Waits,
    /// The reader may be that person.
    ForMe,
    /// The reader's own, or one of whom they stand in for, which a second person has sent back.
    Back,
}

impl Second {
    pub const ALL: [Self; 3] = [Self::Waits, Self::ForMe, Self::Back];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Waits => "yes",
            Self::ForMe => "me",
            Self::Back => "back",
        }
    }
}

/// A list as its address says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListQuery {
    pub list: ListKind,
    pub store: Option<StoreId>,
    pub type_key: Option<Key>,
    pub phase: Option<Phase>,
    pub handler: Option<StaffId>,
    /// Those alone that nobody has: no handler, or one who handles no cases any more. `handler` counts for nothing then.
    pub nobody: bool,
    /// Registered at least so many days ago.
    pub older_than: Option<u16>,
    /// Those alone to which something came in that nobody has acted on yet.
    pub news: bool,
    /// Those alone whose decision waits for a second person, or came back from one.
    pub second: Option<Second>,
    /// Those alone that the law decides so soon.
    pub law: Option<Within>,
    /// Those alone that the law or our own target asks for so soon.
    pub due: Option<Within>,
    /// Words as in the search field.
    pub words: String,
    pub sort: Sort,
    /// Those alone that a number of the statistics counts; of [`ListKind::All`].
    pub slice: Slice,
    /// The kept list that it was opened from.
    pub view: Option<ViewId>,
    /// Others than the view's or the viewer's own.
    pub columns: Option<Vec<Column>>,
    /// Where the page before ended; made by the server, opaque to others.
    pub after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListPage {
    pub rows: Vec<CaseRow>,
    /// The cursor of the next page.
    pub next: Option<String>,
    pub counts: Counts,
    pub law: LawCounts,
    /// Cases that are not closed and that nobody has, counted as [`Counts`] are; for those who handle cases.
    pub nobody: u32,
    /// The slice in the viewer's words.
    pub told: Vec<String>,
    /// To fill the filters.
    pub stores: Vec<StoreRef>,
    pub types: Vec<Named>,
    pub handlers: Vec<StaffRef>,
    /// What is shown of each case.
    pub columns: Vec<Column>,
    pub views: Vec<ViewRef>,
}

/// How many, up to [`Counts::CAP`]; the cap itself means "or more".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub new: u32,
    pub mine: u32,
    pub active: u32,
    pub archive: u32,
}

/// Cases that the law decides, counted as [`Counts`] are, whatever their list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawCounts {
    pub today: u32,
    pub week: u32,
}

impl Counts {
    pub const CAP: u32 = 1000;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseRow {
    pub id: CaseId,
    pub number: Number,
    pub type_name: String,
    pub icon: String,
    pub title: String,
    pub customer: String,
    pub store: String,
    pub handler: String,
    /// Nobody has it and somebody should: no handler, or one who handles no cases any more.
    pub nobody: bool,
    /// The handler is away today.
    pub away: Option<Away>,
    pub phase: Phase,
    pub status: Option<String>,
    pub archived: Option<ArchiveReason>,
    pub registered: Moment,
    pub due: Option<Due>,
    /// What the law decides next: the last safe day.
    pub law: Option<Due>,
    /// A letter could not be sent (E28).
    pub letter_failed: bool,
    /// Something came in that nobody has acted on yet.
    pub news: bool,
    /// Its decision waits for a second person.
    pub proposed: bool,
    /// It is decided, and the law waits for the answer, which has not left yet.
    pub unsent: bool,
    pub thumbnail: Option<domain::id::AttachmentId>,
    pub channel: Channel,
    /// Where it stands in its list: a cursor, as [`ListQuery::after`] takes it; empty outside of one.
    pub place: String,
    /// Where a column asks for more than a list's own row has.
    pub details: Option<RowDetails>,
}

/// The cases beside a place in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbours {
    pub before: Option<Neighbour>,
    pub after: Option<Neighbour>,
}

/// A case of a list, and where it stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    pub number: Number,
    pub place: String,
}

/// The start page: what asks for a handler today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Today {
    pub sections: Vec<TodaySection>,
    /// Everybody's cases, not the reader's own alone.
    pub everybody: bool,
    pub many_stores: bool,
    pub law: LawCounts,
    /// As [`ListPage::nobody`].
    pub nobody: u32,
    /// Letters that are to be printed, counted as [`Counts`] are.
    pub to_print: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TodayKind {
    /// By what the law and the targets ask for.
    Due,
    New,
    /// The customer has sent something.
    Answered,
    /// Decisions of others that wait for a second person; there where there are any.
    ToConfirm,
    /// Decisions that a second person has sent back to the reader; there where there are any.
    SentBack,
}

/// The beginning of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TodaySection {
    pub kind: TodayKind,
    /// The whole list.
    pub query: ListQuery,
    pub rows: Vec<CaseRow>,
    /// It goes on.
    pub more: bool,
}

/// What a row shows only where somebody has chosen it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowDetails {
    pub updated: Moment,
    pub receipt: String,
    pub brand: String,
    pub supplier: String,
    /// In the reader's language, with the currency.
    pub price: String,
    /// In the smallest unit of the organisation's currency.
    pub price_minor: Option<i64>,
    /// What was decided, why it came to the damage, and what the customer went home with; empty where it is not known yet.
    pub decision: String,
    pub cause: String,
    pub outcome: String,
    /// Whom it waits for, by name where they have one; empty where it waits for nobody.
    pub waiting: String,
    pub since: Option<Date>,
}
