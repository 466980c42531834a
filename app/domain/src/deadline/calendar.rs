//! Days on which nothing is due: weekends and public holidays, any year.

pub use super::holidays::HolidaySet;
use super::holidays::{Holiday, On, SETS};
use super::{Country, Land};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Whether people work on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rest {
    /// A working day.
    No,
    /// Free in a part of the country, or closed by law without being a holiday: no end moves over it, and nothing is
    /// called safe that ends on it.
    Perhaps,
    /// A Saturday, a Sunday or a public holiday: an end moves over it where the law moves ends.
    Off,
}

/// The days of one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub country: Country,
    /// The German state; unknown, a holiday of some states is [`Rest::Perhaps`].
    pub land: Option<Land>,
}

impl Calendar {
    pub const fn new(country: Country, land: Option<Land>) -> Self {
        Self { country, land }
    }

    /// The country's holidays with their source.
    pub fn set(self) -> &'static HolidaySet {
        match self.country {
            Country::Pl => &SETS[0],
            Country::No => &SETS[1],
            Country::Se => &SETS[2],
            Country::Dk => &SETS[3],
            Country::Fi => &SETS[4],
            Country::De => &SETS[5],
        }
    }

    /// Weekends are Saturday and Sunday in all six countries (PL: kc art. 115; DE: BGB § 193; SE: 1930:173 § 2; FI: 150/1930 § 5).
    pub fn rest(self, date: Date) -> Rest {
        if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Rest::Off;
        }
        let easter = easter(date.year());
        let here = |holiday: &&Holiday| falls(holiday, date, easter);
        self.set().days.iter().filter(here).map(|holiday| self.held(holiday)).max().unwrap_or(Rest::No)
    }

    /// The holiday as it is kept here.
    fn held(self, holiday: &Holiday) -> Rest {
        match self.land {
            _ if holiday.lands.is_empty() => holiday.rest,
            Some(land) if holiday.lands.contains(&land) => holiday.rest,
            Some(_) => Rest::No,
            None => Rest::Perhaps,
        }
    }

    /// Certainly a day on which people work.
    pub fn is_working(self, date: Date) -> bool {
        self.rest(date) == Rest::No
    }

    /// The first day from `date` on that is certainly not off. `None` past the year 9999.
    pub fn next_open(self, date: Date) -> Option<Date> {
        let mut day = date;
        while self.rest(day) == Rest::Off {
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }

    /// The last working day up to `date` that is not before `start`; `None` where there is none.
    pub fn last_working(self, start: Date, date: Date) -> Option<Date> {
        let mut day = date;
        while day >= start {
            if self.is_working(day) {
                return Some(day);
            }
            day = day.yesterday().ok()?;
        }
        None
    }
}

fn falls(holiday: &Holiday, date: Date, easter: Option<Date>) -> bool {
    let (from, to) = holiday.years;
    if !(from..=to).contains(&date.year()) {
        return false;
    }
    match holiday.on {
        On::Day(month, day) => (date.month(), date.day()) == (month, day),
        On::Easter(days) => easter.and_then(|easter| easter.checked_add(i64::from(days).days()).ok()) == Some(date),
        On::First(weekday, month, day) => {
            date.weekday() == weekday
                && Date::new(date.year(), month, day)
                    .is_ok_and(|first| (0..7).contains(&(date.day_of_year() - first.day_of_year())))
        }
    }
}

/// Easter Sunday of the Gregorian calendar; `None` before it began.
fn easter(year: i16) -> Option<Date> {
    let easter = computus::gregorian(i32::from(year)).ok()?;
    Date::new(year, i8::try_from(easter.month).ok()?, i8::try_from(easter.day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn rest(country: Country, land: Option<Land>, year: i16, month: i8, day: i8) -> Rest {
        Calendar::new(country, land).rest(date(year, month, day))
    }

    #[test]
    fn facts_5_christmas_eve_is_off_in_poland_from_2025() {
        assert_eq!(rest(Country::Pl, None, 2024, 12, 24), Rest::No);
        assert_eq!(rest(Country::Pl, None, 2025, 12, 24), Rest::Off);
        assert_eq!(rest(Country::Pl, None, 2026, 12, 24), Rest::Off);
    }

    #[test]
    fn great_prayer_day_is_off_in_denmark_until_2023() {
        assert_eq!(rest(Country::Dk, None, 2023, 5, 5), Rest::Off);
        assert_eq!(rest(Country::Dk, None, 2024, 4, 26), Rest::No);
    }

    #[test]
    fn facts_5_eves_are_off_in_sweden_and_finland() {
        for (country, month, day, expected) in [
            (Country::Se, 6, 19, Rest::Off),
            (Country::Se, 12, 24, Rest::Off),
            (Country::Se, 12, 31, Rest::Off),
            (Country::Fi, 6, 19, Rest::Off),
            (Country::Fi, 12, 24, Rest::Off),
            (Country::Fi, 12, 31, Rest::No),
            (Country::Fi, 5, 1, Rest::Off),
            (Country::No, 12, 24, Rest::Perhaps),
            (Country::De, 12, 24, Rest::No),
        ] {
            assert_eq!(rest(country, None, 2026, month, day), expected, "{country:?} {month}-{day}");
        }
        assert_eq!(rest(Country::Fi, None, 2027, 12, 6), Rest::Off, "Independence Day, a Monday");
    }

    #[test]
    fn facts_5_german_holidays_are_the_states_own() {
        // Corpus Christi, 4 June 2026.
        assert_eq!(rest(Country::De, Some(Land::Nw), 2026, 6, 4), Rest::Off);
        assert_eq!(rest(Country::De, Some(Land::Be), 2026, 6, 4), Rest::No);
        assert_eq!(rest(Country::De, Some(Land::Sn), 2026, 6, 4), Rest::Perhaps);
        assert_eq!(rest(Country::De, None, 2026, 6, 4), Rest::Perhaps);
        assert_eq!(rest(Country::De, None, 2026, 5, 14), Rest::Off, "Ascension, everywhere");
        assert_eq!(rest(Country::De, Some(Land::Sn), 2026, 11, 18), Rest::Off, "Repentance Day");
    }

    #[test]
    fn sets_stand_in_their_place_with_a_source() {
        for country in Country::ALL {
            let set = Calendar::new(country, None).set();
            assert_eq!(set.country, country);
            assert!(!set.source.is_empty() && set.url.starts_with("https://"), "{country:?}");
        }
    }
}
