//! Dates and moments as people of a locale read them.

use crate::backend::Moment;
use domain::Locale;
use jiff::civil::{Date, DateTime};

fn month(locale: Locale, month: i8) -> &'static str {
    use texts::ui;
    match month {
        1 => ui::month_1(locale),
        2 => ui::month_2(locale),
        3 => ui::month_3(locale),
        4 => ui::month_4(locale),
        5 => ui::month_5(locale),
        6 => ui::month_6(locale),
        7 => ui::month_7(locale),
        8 => ui::month_8(locale),
        9 => ui::month_9(locale),
        10 => ui::month_10(locale),
        11 => ui::month_11(locale),
        _ => ui::month_12(locale),
    }
}

fn weekday(locale: Locale, date: Date) -> &'static str {
    use jiff::civil::Weekday;
    use texts::ui;
    match date.weekday() {
        Weekday::Monday => ui::weekday_1(locale),
        Weekday::Tuesday => ui::weekday_2(locale),
        Weekday::Wednesday => ui::weekday_3(locale),
        Weekday::Thursday => ui::weekday_4(locale),
        Weekday::Friday => ui::weekday_5(locale),
        Weekday::Saturday => ui::weekday_6(locale),
        Weekday::Sunday => ui::weekday_7(locale),
    }
}

fn day_and_month(locale: Locale, date: Date) -> String {
    let dot = if locale == Locale::Nb { "." } else { "" };
    format!("{}{dot} {}", date.day(), month(locale, date.month()))
}

/// "Fri 30 Oct", "fre. 30. okt.", "pt. 30 paź": for dates near today, with the weekday and without the year.
pub fn day(locale: Locale, date: Date) -> String {
    format!("{} {}", weekday(locale, date), day_and_month(locale, date))
}

/// "30 Oct 2026"
pub fn date(locale: Locale, date: Date) -> String {
    format!("{} {}", day_and_month(locale, date), date.year())
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
    use jiff::civil::date as civil;

    #[test]
    fn days_as_each_language_writes_them() {
        let friday = civil(2026, 10, 30);
        assert_eq!(day(Locale::En, friday), "Fri 30 Oct");
        assert_eq!(day(Locale::Nb, friday), "fre. 30. okt.");
        assert_eq!(day(Locale::Pl, friday), "pt. 30 paź");
        assert_eq!(date(Locale::Nb, civil(2027, 5, 17)), "17. mai 2027");
    }

    #[test]
    fn sizes_of_files() {
        assert_eq!(bytes(Locale::En, 1), "1 kB");
        assert_eq!(bytes(Locale::En, 3_449_000), "3.4 MB");
        assert_eq!(bytes(Locale::Pl, 25_000_000), "25,0 MB");
    }
}
