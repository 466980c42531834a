//! Dates and moments as people of a locale read them.

use crate::backend::Moment;
use domain::Locale;
use jiff::civil::{Date, DateTime};

/// "30 Oct 2026"
pub fn date(locale: Locale, date: Date) -> String {
    domain::format::date(locale, date)
}

/// "Fri 30 Oct", "fre. 30. okt.", "pt. 30 paź": for dates near today, with the weekday and without the year.
pub fn day(locale: Locale, date: Date) -> String {
    domain::format::day(locale, date)
}

/// "14:05"
pub fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// "30 Oct 2026, 14:05"
pub fn moment(locale: Locale, at: &Moment) -> String {
    format!("{}, {}", date(locale, at.local.date()), clock(at.local))
}

/// "820 kB", "3.4 MB", with the locale's comma.
pub fn bytes(locale: Locale, bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", bytes.div_ceil(1000));
    }
    let tenths = bytes / 100_000;
    let comma = if locale == Locale::En { '.' } else { ',' };
    format!("{}{comma}{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_files() {
        assert_eq!(bytes(Locale::En, 1), "1 kB");
        assert_eq!(bytes(Locale::En, 3_449_000), "3.4 MB");
        assert_eq!(bytes(Locale::Pl, 25_000_000), "25,0 MB");
    }
}
