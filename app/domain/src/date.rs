//! Dates as people type and read them; inside, civil dates.

use crate::Locale;
use jiff::civil::{Date, Weekday};

/// Years that a purchase, a defect or a best-before date can have.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// How far ahead two digits may mean: in 2026, `46` is 2046 and `47` is 1947.
const AHEAD: i16 = 20;

/// Full names as written in dates, and the nominative where it differs; abbreviations are their beginnings.
const MONTHS: [[&str; 12]; 4] = [
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
    [
        "styczeń",
        "luty",
        "marzec",
        "kwiecień",
        "maj",
        "czerwiec",
        "lipiec",
        "sierpień",
        "wrzesień",
        "październik",
        "listopad",
        "grudzień",
    ],
];

/// CLDR 46, `MMM` in a date.
const SHORT_MONTHS: [[&str; 12]; 3] = [
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ["jan.", "feb.", "mars", "apr.", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."],
    ["sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"],
];

/// CLDR 46, `EEE`, Monday first.
const SHORT_DAYS: [[&str; 7]; 3] = [
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn."],
    ["pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."],
];

/// Reads `17.10.2026`, `17.10.26`, `17/10-2026`, `17102026`, `171026`, `17 Oct 2026`, `17. oktober 2026`,
/// `17 października 2026`, `Oct 17, 2026` and ISO 8601 in every locale, the day before the month. `None` if it is none.
///
/// `today` gives two-digit years their century.
pub fn parse(text: &str, today: Date) -> Option<Date> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [digits] => run_together(digits, today),
        [year, month, day] if is_year(year) => date(number(year)?, month_of(month)?, number(day)?),
        [month, day, year] if month.starts_with(char::is_alphabetic) => {
            date(year_of(year, today)?, named_month(month)?, day_of(day)?)
        }
        [day, month, year] => date(year_of(year, today)?, month_of(month)?, day_of(day)?),
        _ => None,
    }
}

fn run_together(digits: &str, today: Date) -> Option<Date> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match digits.len() {
        6 => date(year_of(&digits[4..], today)?, number(&digits[2..4])?, number(&digits[..2])?),
        8 => date(number(&digits[4..])?, number(&digits[2..4])?, number(&digits[..2])?)
            .or_else(|| date(number(&digits[..4])?, number(&digits[4..6])?, number(&digits[6..])?)),
        _ => None,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// At most four ASCII digits.
fn number(text: &str) -> Option<i16> {
    (text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && number(text).is_some()
}

fn year_of(text: &str, today: Date) -> Option<i16> {
    let year = number(text)?;
    match text.len() {
        4 => Some(year),
        2 => {
            let century = today.year() - today.year().rem_euclid(100);
            let near = century + year;
            Some(if near > today.year() + AHEAD { near - 100 } else { near })
        }
        _ => None,
    }
}

fn day_of(text: &str) -> Option<i16> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(text);
    number(bare)
}

fn month_of(text: &str) -> Option<i16> {
    number(text).or_else(|| named_month(text))
}

fn named_month(text: &str) -> Option<i16> {
    let plain = |c: char| match c {
        'ź' | 'ż' => 'z',
        'ń' => 'n',
        'ś' => 's',
        'ę' => 'e',
        c => c,
    };
    let word: String = text.chars().flat_map(char::to_lowercase).map(plain).collect();
    // Three letters tell the months of all three languages apart.
    if word.len() < 3 {
        return None;
    }
    let found = |names: &[&str; 12]| {
        names.iter().position(|name| name.chars().map(plain).collect::<String>().starts_with(&word))
    };
    MONTHS.iter().find_map(found).and_then(|at| i16::try_from(at + 1).ok())
}

/// `17 Oct 2026`, `17.10.2026`.
pub fn show(locale: Locale, date: Date) -> String {
    match locale {
        Locale::En => format!("{} {} {}", date.day(), short_month(locale, date), date.year()),
        Locale::Nb | Locale::Pl => dotted(date),
    }
}

/// `17 October 2026`, `17. oktober 2026`, `17 października 2026`.
pub fn show_long(locale: Locale, date: Date) -> String {
    let month = MONTHS[index(locale)][month_index(date)];
    match locale {
        Locale::En => format!("{} {}{} {}", date.day(), month[..1].to_uppercase(), &month[1..], date.year()),
        Locale::Nb => format!("{}. {month} {}", date.day(), date.year()),
        Locale::Pl => format!("{} {month} {}", date.day(), date.year()),
    }
}

/// `Fri 30 Oct`, `fre. 30. okt.`, `pt. 30 paź`: for days near enough to need no year.
pub fn show_day(locale: Locale, date: Date) -> String {
    let weekday = SHORT_DAYS[index(locale)][weekday_index(date.weekday())];
    let month = short_month(locale, date);
    match locale {
        Locale::En | Locale::Pl => format!("{weekday} {} {month}", date.day()),
        Locale::Nb => format!("{weekday} {}. {month}", date.day()),
    }
}

/// `30 Oct`, `30. okt.`, `30 paź`: where the year is known.
pub fn show_short(locale: Locale, date: Date) -> String {
    let month = short_month(locale, date);
    match locale {
        Locale::En | Locale::Pl => format!("{} {month}", date.day()),
        Locale::Nb => format!("{}. {month}", date.day()),
    }
}

/// `Oct 2026`, `okt. 2026`, `paź 2026`.
pub fn show_month(locale: Locale, date: Date) -> String {
    format!("{} {}", short_month(locale, date), date.year())
}

/// As people of that locale type it: `17/10/2026`, `17.10.2026`.
pub fn typed(locale: Locale, date: Date) -> String {
    match locale {
        Locale::En => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
        Locale::Nb | Locale::Pl => dotted(date),
    }
}

fn dotted(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

fn short_month(locale: Locale, date: Date) -> &'static str {
    SHORT_MONTHS[index(locale)][month_index(date)]
}

const fn index(locale: Locale) -> usize {
    match locale {
        Locale::En => 0,
        Locale::Nb => 1,
        Locale::Pl => 2,
    }
}

fn month_index(date: Date) -> usize {
    usize::from(date.month().unsigned_abs()) - 1
}

fn weekday_index(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as civil;
    use proptest::prelude::*;

    const TODAY: Date = civil(2026, 11, 22);

    #[test]
    fn reads_as_people_type() {
        for text in [
            "17.10.2026",
            "17.10.26",
            " 17. 10. 2026 ",
            "17/10-2026",
            "17/10/2026",
            "17-10-2026",
            "17 10 2026",
            "17102026",
            "171026",
            "2026-10-17",
            "2026/10/17",
            "20261017",
            "17 Oct 2026",
            "17th October, 2026",
            "Oct 17, 2026",
            "17. oktober 2026",
            "17 okt. 26",
            "17 paź 2026",
            "17 pazdziernika 2026",
            "17 PAŹDZIERNIK 2026",
        ] {
            assert_eq!(parse(text, TODAY), Some(civil(2026, 10, 17)), "{text:?}");
        }
        assert_eq!(parse("1.2.2026", TODAY), Some(civil(2026, 2, 1)));
        assert_eq!(parse("3 maja 2026", TODAY), Some(civil(2026, 5, 3)));
        assert_eq!(parse("20.11.98", TODAY), Some(civil(1998, 11, 20)));
        assert_eq!(parse("20112011", TODAY), Some(civil(2011, 11, 20)));
    }

    #[test]
    fn refuses_what_is_none() {
        for text in [
            "",
            "17",
            "17.10",
            "31.02.2026",
            "10/17/2026",
            "0.1.2026",
            "17.10.202",
            "17.10.12026",
            "2026",
            "17 ok 2026",
            "17.13.2026",
            "00000000",
            "i dag",
            "17.10.2026.1",
            "17 Foo 2026",
            "1.1.1026",
        ] {
            assert_eq!(parse(text, TODAY), None, "{text:?}");
        }
    }

    #[test]
    fn shows_as_people_read() {
        let date = civil(2026, 10, 30);
        let shown = |f: fn(Locale, Date) -> String| Locale::ALL.map(|locale| f(locale, date));
        assert_eq!(shown(show), ["30 Oct 2026", "30.10.2026", "30.10.2026"]);
        assert_eq!(shown(show_long), ["30 October 2026", "30. oktober 2026", "30 października 2026"]);
        assert_eq!(shown(show_day), ["Fri 30 Oct", "fre. 30. okt.", "pt. 30 paź"]);
        assert_eq!(shown(typed), ["30/10/2026", "30.10.2026", "30.10.2026"]);
    }

    proptest! {
        #[test]
        fn shown_and_typed_are_read_again(year in 1900i16..2200, month in 1i8..=12, day in 1i8..=28) {
            let date = civil(year, month, day);
            for locale in Locale::ALL {
                for text in [show(locale, date), show_long(locale, date), typed(locale, date), date.to_string()] {
                    prop_assert_eq!(parse(&text, TODAY), Some(date), "{}", text);
                }
            }
        }

        #[test]
        fn never_panics(text in ".*|[0-9./ -]*|[0-9]{1,2} \\PC{1,12} [0-9]{2,4}") {
            let _ = parse(&text, TODAY);
        }
    }
}
