//! Counting periods by civil dates: the event's day never counts.
//!
//! DE BGB §§ 187, 188, 193; NO domstolloven § 148; PL kc art. 111, 112, 115; SE lag 1930:173; FI laki 150/1930.

use super::calendar::Calendar;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

super::words! {
    /// What a period is counted in.
    Unit { Days = "days", Weeks = "weeks", Months = "months", Years = "years" }

    /// Where counting begins and ends.
    CountRule {
        /// From the day after the event; months and years end on the day with the event's number, or on the month's last.
        DayAfter = "day_after",
        /// From the end of the event's calendar year (DE BGB § 199, HGB § 257; NO bokføringsloven § 13).
        FromYearEnd = "from_year_end",
        /// As [`Self::DayAfter`], then on to the end of that calendar year (PL kc art. 118).
        ToYearEnd = "to_year_end",
    }

    /// What becomes of an end that falls on a day off.
    RollRule {
        /// Nothing: no rule that moves it was found.
        Stays = "stays",
        /// It moves to the next day that is none (PL kc art. 115, DE BGB § 193, SE 1930:173 § 2, FI 150/1930 § 5).
        NextWorkingDay = "next_working_day",
        /// As [`Self::NextWorkingDay`], but whether that holds for this period is disputed: a way out, nothing to plan by
        /// (PL kc art. 115 and the answer to a complaint).
        Disputed = "disputed",
    }
}

/// `14 days`, `2 years`, `14 days + 12 months`: the parts are counted one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period(Vec<(u16, Unit)>);

impl Period {
    pub fn days(days: u16) -> Self {
        Self(vec![(days, Unit::Days)])
    }

    pub fn months(months: u16) -> Self {
        Self(vec![(months, Unit::Months)])
    }

    /// In months, where it is such a number.
    pub fn as_months(&self) -> Option<u16> {
        match self.0[..] {
            [(months, Unit::Months)] => Some(months),
            _ => None,
        }
    }

    /// Each part with its unit, for words.
    pub fn parts(&self) -> &[(u16, Unit)] {
        &self.0
    }
}

/// A period that is not written as a number and a unit, or is none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a period such as `14 days` or `2 years`")]
pub struct BadPeriod;

impl FromStr for Period {
    type Err = BadPeriod;
    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        let part = |part: &str| {
            let (amount, unit) = part.trim().split_once(' ').ok_or(BadPeriod)?;
            let amount: u16 = amount.parse().map_err(|_| BadPeriod)?;
            let unit = Unit::ALL.into_iter().find(|u| u.key().trim_end_matches('s') == unit.trim_end_matches('s'));
            if amount == 0 { Err(BadPeriod) } else { Ok((amount, unit.ok_or(BadPeriod)?)) }
        };
        Ok(Self(text.split('+').map(part).collect::<Result<_, _>>()?))
    }
}

impl TryFrom<String> for Period {
    type Error = BadPeriod;
    fn try_from(text: String) -> Result<Self, BadPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (amount, unit)) in self.0.iter().enumerate() {
            let plus = if at == 0 { "" } else { " + " };
            write!(f, "{plus}{amount} {}", unit.key())?;
        }
        Ok(())
    }
}

/// When a period ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ends {
    /// The last day as counted, working day or not.
    pub counted: Date,
    /// The last day by law: [`Self::counted`], moved where the law moves it.
    pub legal_end: Date,
    /// The last working day up to the counted end, for whoever does not want to rely on a move. Never before the start.
    pub safe_end: Date,
}

/// A period that would end after the year 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the period ends beyond the calendar")]
pub struct BeyondCalendar;

/// The day that an instant belongs to, in the store's zone: 23:50 and 00:10 are two days, on DST nights too.
pub fn day(instant: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(instant).date()
}

/// Counts `period` from the day of the event.
///
/// `safe_end <= legal_end`, and it is a working day, unless the period is so short that no working day lies between the start
/// and the counted end: then it is the legal end.
///
/// # Errors
/// [`BeyondCalendar`], which no date of a real case reaches.
pub fn end(
    start: Date,
    period: &Period,
    count: CountRule,
    roll: RollRule,
    place: Calendar,
) -> Result<Ends, BeyondCalendar> {
    let from = if count == CountRule::FromYearEnd { year_end(start) } else { start };
    let counted = period.0.iter().try_fold(from, |day, part| add(day, *part))?;
    let counted = if count == CountRule::ToYearEnd { year_end(counted) } else { counted };
    let legal_end = match roll {
        RollRule::NextWorkingDay | RollRule::Disputed => place.next_open(counted).ok_or(BeyondCalendar)?,
        RollRule::Stays => counted,
    };
    let safe_end = place.last_working(start, counted).unwrap_or(legal_end);
    Ok(Ends { counted, legal_end, safe_end })
}

/// jiff keeps to the month's last day where there is no such day, as BGB § 188(3), kc art. 112 and 1930:173 want it.
fn add(day: Date, (amount, unit): (u16, Unit)) -> Result<Date, BeyondCalendar> {
    let amount = i64::from(amount);
    let span = match unit {
        Unit::Days => Span::new().try_days(amount),
        Unit::Weeks => Span::new().try_weeks(amount),
        Unit::Months => Span::new().try_months(amount),
        Unit::Years => Span::new().try_years(amount),
    };
    span.and_then(|span| day.checked_add(span)).map_err(|_| BeyondCalendar)
}

fn year_end(day: Date) -> Date {
    date(day.year(), 12, 31)
}

#[cfg(test)]
mod tests;
