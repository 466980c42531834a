//! Which days are counted, and which they are compared with.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Civil days from the first to the last, both counted; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    pub from: Date,
    pub until: Date,
}

/// `2026-01-01..2026-03-31`, as it stands in addresses.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.until)
    }
}

/// The text is no span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not two dates, the earlier first")]
pub struct BadSpan;

impl FromStr for Span {
    type Err = BadSpan;

    fn from_str(text: &str) -> Result<Self, BadSpan> {
        let (from, until) = text.split_once("..").ok_or(BadSpan)?;
        let (from, until) = (from.parse().map_err(|_| BadSpan)?, until.parse().map_err(|_| BadSpan)?);
        if from <= until { Ok(Self { from, until }) } else { Err(BadSpan) }
    }
}

impl Span {
    /// How many days it has.
    pub fn days(self) -> i32 {
        self.from.until((Unit::Day, self.until)).map_or(0, |span| span.get_days()) + 1
    }

    pub fn holds(self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    /// As many days, right before it.
    #[must_use]
    pub fn before(self) -> Self {
        let until = self.from.saturating_sub(1.day());
        Self { from: until.saturating_sub((self.days() - 1).days()), until }
    }

    /// By its length: some thirty points at most, a few more for a long month or a short quarter.
    pub fn grain(self) -> Grain {
        match self.days() {
            ..=45 => Grain::Day,
            46..=210 => Grain::Week,
            211..=1_500 => Grain::Month,
            _ => Grain::Year,
        }
    }

    /// It, cut into days, weeks from Monday, months or years; the first and the last may be shorter.
    pub fn cut(self, grain: Grain) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut from = self.from;
        while from <= self.until {
            let last = match grain {
                Grain::Day => from,
                Grain::Week => from.saturating_add((6 - i32::from(from.weekday().to_monday_zero_offset())).days()),
                Grain::Month => from.last_of_month(),
                Grain::Year => from.last_of_year(),
            };
            parts.push(Self { from, until: last.min(self.until) });
            match last.checked_add(1.day()) {
                Ok(next) => from = next,
                Err(_) => break,
            }
        }
        parts
    }
}

/// What one point of a course stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    Day,
    Week,
    Month,
    Year,
}

/// Periods that people ask for by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    ThisMonth,
    LastMonth,
    ThisQuarter,
    ThisYear,
    #[default]
    Last12Months,
    /// Two dates of their own.
    Free,
}

impl Preset {
    pub const ALL: [Self; 6] =
        [Self::ThisMonth, Self::LastMonth, Self::ThisQuarter, Self::ThisYear, Self::Last12Months, Self::Free];

    pub const fn key(self) -> &'static str {
        match self {
            Self::ThisMonth => "this_month",
            Self::LastMonth => "last_month",
            Self::ThisQuarter => "this_quarter",
            Self::ThisYear => "this_year",
            Self::Last12Months => "last_12_months",
            Self::Free => "free",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key() == key)
    }

    /// The period up to today, and the one that it is compared with. What has only begun is compared with as much of the
    /// one before: 1–22 November with 1–22 October. `free` are the dates of [`Self::Free`], which without them is the
    /// last twelve months.
    pub fn spans(self, today: Date, free: Option<Span>) -> (Span, Span) {
        let begun = |from: Date, months: i32| {
            let back = months.months();
            let before = Span { from: from.saturating_sub(back), until: today.saturating_sub(back) };
            (Span { from, until: today }, before)
        };
        let month = today.first_of_month();
        match self {
            Self::ThisMonth => begun(month, 1),
            Self::LastMonth => {
                let last = |until: Date| Span { from: until.first_of_month(), until };
                let span = last(month.saturating_sub(1.day()));
                (span, last(span.from.saturating_sub(1.day())))
            }
            Self::ThisQuarter => begun(month.saturating_sub((i32::from(month.month() - 1) % 3).months()), 3),
            Self::ThisYear => begun(today.first_of_year(), 12),
            Self::Free if free.is_some() => {
                let span = free.unwrap_or(Span { from: today, until: today });
                (span, span.before())
            }
            Self::Last12Months | Self::Free => begun(today.saturating_sub(1.year()).saturating_add(1.day()), 12),
        }
    }
}
