//! What statistics know of one case.

use crate::decision::Verdict;
use crate::phase::Phase;
use jiff::civil::{Date, date};

/// A word of a dictionary: 0 stands for none.
pub type Code = u32;

/// A civil day in the case's store's zone, as days from 1 January 2000 on; two bytes until 2179.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u16);

const FIRST: Date = date(2000, 1, 1);

impl Day {
    /// No day: it has not happened, or nobody knows when. Lies before every day.
    pub const NONE: Self = Self(0);
    /// The first day that can be told from none; what lies before counts as it.
    pub const MIN: Self = Self(1);
    pub const MAX: Self = Self(u16::MAX);

    /// Days outside of what can be kept count as the first or the last that can.
    pub fn of(date: Date) -> Self {
        let days = FIRST.until(date).map_or(0, |span| span.get_days());
        Self(u16::try_from(days.saturating_add(1).max(1)).unwrap_or(u16::MAX))
    }

    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    pub const fn is_some(self) -> bool {
        self.0 != 0
    }

    /// Days from the earlier to this one; 0 where it lies before.
    pub const fn since(self, earlier: Self) -> u16 {
        self.0.saturating_sub(earlier.0)
    }
}

impl From<Option<Date>> for Day {
    fn from(date: Option<Date>) -> Self {
        date.map_or(Self::NONE, Self::of)
    }
}

/// One case, as narrow as can be: there may be a million of them in memory. Words are codes of the dictionaries that the
/// facts were made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Of the customer's outcome, in the smallest unit of the organisation's currency; 0 where there was none.
    pub cost: i64,
    /// What the supplier credited.
    pub credit: i64,
    /// The place in the organisation's one series.
    pub seq: u32,
    pub brand: Code,
    /// By its number, else by its name.
    pub article: Code,
    pub supplier: Code,
    pub store: u16,
    pub kind: u16,
    pub handler: u16,
    pub cause: u16,
    pub outcome: u16,
    pub registered: Day,
    /// The first decision: a later one changes the verdict, not how long the customer waited.
    pub decided: Day,
    /// Decided or withdrawn: open until then.
    pub ended: Day,
    pub settled: Day,
    /// The law's last safe day for the answer, as it stood when the case was decided.
    pub reply_by: Day,
    /// The organisation's own target, as it stood then.
    pub target: Day,
    pub phase: Phase,
    /// Of the decision that stands.
    pub verdict: Option<Verdict>,
}

impl Fact {
    /// Registered by the end of that day, and neither decided nor withdrawn by then.
    pub fn is_open_after(&self, day: Day) -> bool {
        self.registered <= day && (self.ended.is_none() || self.ended > day)
    }
}
