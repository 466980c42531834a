//! Decimal numbers as people type and read them; inside, integers of the smallest unit.

use crate::Locale;

/// Why a text is no number for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    #[error("not a number")]
    NotANumber,
    /// A number, with more decimals than the field takes.
    #[error("more decimals than asked for")]
    TooFine,
}

/// Reads `1 234,50`, `1.234,50`, `1,234.50`, `1234.5` … into units of the last of `decimals` places.
///
/// Where both marks appear, the last is the decimal one. A single mark is the locale's decimal one, or the other's if it
/// can't be grouping: `12.5` is twelve and a half in Norway too, `1.234` there is over a thousand unless the field takes
/// three decimals. Groups have three digits. Numbers beyond `i64` are none.
pub fn parse(text: &str, locale: Locale, decimals: u8) -> Result<i64, DecimalError> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = split(text, locale, decimals);
    let whole = ungrouped(whole).ok_or(DecimalError::NotANumber)?;
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
        return Err(DecimalError::NotANumber);
    }
    let places = usize::from(decimals);
    let fine = fraction.trim_end_matches('0');
    if fine.len() > places {
        return Err(DecimalError::TooFine);
    }
    let mut units: i64 = 0;
    for digit in whole.bytes().chain(fine.bytes()).chain(std::iter::repeat_n(b'0', places - fine.len())) {
        units = units
            .checked_mul(10)
            .and_then(|units| units.checked_add(i64::from(digit - b'0')))
            .ok_or(DecimalError::NotANumber)?;
    }
    Ok(if negative { -units } else { units })
}

/// Cuts at the decimal mark.
fn split(text: &str, locale: Locale, decimals: u8) -> (&str, &str) {
    let Some(last) = text.rfind(['.', ',']) else { return (text, "") };
    let (whole, fraction) = (&text[..last], &text[last + 1..]);
    let mark = text.as_bytes()[last] as char;
    let other = if mark == ',' { '.' } else { ',' };
    if whole.contains(mark) {
        // Twice the same mark groups, as in 1.234.567.
        return if whole.contains(other) { (text, "x") } else { (text, "") };
    }
    let home = match locale {
        Locale::En => '.',
        Locale::Nb | Locale::Pl => ',',
    };
    let groups = mark != home
        && decimals < 3
        && !whole.contains(other)
        && fraction.len() == 3
        && (1..=3).contains(&whole.len())
        && !whole.starts_with('0');
    if groups { (text, "") } else { (whole, fraction) }
}

/// The digits of a whole part, if what stands between them are groups of three.
fn ungrouped(whole: &str) -> Option<String> {
    let mark = whole.chars().find(|c| !c.is_ascii_digit());
    let Some(mark) = mark else { return Some(whole.to_owned()) };
    if !matches!(mark, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '.' | ',' | '\'' | '’') {
        return None;
    }
    let mut groups = whole.split(mark);
    let first = groups.next()?;
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let fits = (1..=3).contains(&first.len()) && digits(first) && groups.all(|g| g.len() == 3 && digits(g));
    fits.then(|| whole.replace(mark, ""))
}

/// As people of that locale read it, grouped; trailing zeros of the fraction are left out unless `fixed`.
pub fn show(locale: Locale, units: i64, decimals: u8, fixed: bool) -> String {
    write(locale, units, decimals, fixed, true)
}

/// As people of that locale type it: no grouping, no needless zeros.
pub fn typed(locale: Locale, units: i64, decimals: u8) -> String {
    write(locale, units, decimals, false, false)
}

fn write(locale: Locale, units: i64, decimals: u8, fixed: bool, grouping: bool) -> String {
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = usize::from(decimals) + 1);
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(decimals));
    let fraction = if fixed { fraction } else { fraction.trim_end_matches('0') };
    let (mark, separator, shortest) = match locale {
        Locale::En => ('.', ',', 4),
        Locale::Nb => (',', '\u{a0}', 4),
        // CLDR: Polish groups from five digits on.
        Locale::Pl => (',', '\u{a0}', 5),
    };
    let mut shown = String::with_capacity(digits.len() + 8);
    if units < 0 {
        shown.push(if grouping && locale == Locale::Nb { '\u{2212}' } else { '-' });
    }
    for (at, digit) in whole.chars().enumerate() {
        if grouping && at > 0 && whole.len() >= shortest && (whole.len() - at) % 3 == 0 {
            shown.push(separator);
        }
        shown.push(digit);
    }
    if !fraction.is_empty() {
        shown.push(mark);
        shown.push_str(fraction);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalError::{NotANumber, TooFine};
    use Locale::{En, Nb, Pl};
    use proptest::prelude::*;

    #[test]
    fn reads_as_people_type() {
        for (text, locale, decimals, units) in [
            ("1 234,50", Nb, 2, Ok(123_450)),
            ("1\u{a0}234,50", Pl, 2, Ok(123_450)),
            ("1.234,50", Nb, 2, Ok(123_450)),
            ("1,234.50", En, 2, Ok(123_450)),
            ("1,234.50", Nb, 2, Ok(123_450)),
            ("1.234", Nb, 2, Ok(123_400)),
            ("1.234", Nb, 3, Ok(1234)),
            ("1,234", En, 0, Ok(1234)),
            ("1,234", Pl, 3, Ok(1234)),
            ("12.5", Nb, 1, Ok(125)),
            ("12,5", En, 1, Ok(125)),
            ("0.500", Nb, 2, Ok(50)),
            ("1.234.567", Pl, 0, Ok(1_234_567)),
            ("12,50 ", En, 1, Ok(125)),
            (",5", Nb, 1, Ok(5)),
            ("5,", Nb, 1, Ok(50)),
            ("-3", En, 0, Ok(-3)),
            ("\u{2212}3", Nb, 0, Ok(-3)),
            ("12,555", Nb, 2, Err(TooFine)),
            ("1,5", Nb, 0, Err(TooFine)),
            ("12 34", Nb, 0, Err(NotANumber)),
            ("1.23.456", Nb, 0, Err(NotANumber)),
            ("1,2,3.4", En, 1, Err(NotANumber)),
            ("", Nb, 0, Err(NotANumber)),
            (",", Nb, 0, Err(NotANumber)),
            ("1e5", En, 0, Err(NotANumber)),
            ("99999999999999999999", En, 0, Err(NotANumber)),
            ("9223372036854775807", En, 2, Err(NotANumber)),
        ] {
            assert_eq!(parse(text, locale, decimals), units, "{text:?} {locale} {decimals}");
        }
    }

    #[test]
    fn shows_as_people_read() {
        assert_eq!(show(Nb, 123_450, 2, true), "1\u{a0}234,50");
        assert_eq!(show(Pl, 123_450, 2, true), "1234,50");
        assert_eq!(show(Pl, 1_234_500, 2, true), "12\u{a0}345,00");
        assert_eq!(show(En, 123_456_789, 0, false), "123,456,789");
        assert_eq!(show(En, 5, 2, false), "0.05");
        assert_eq!(show(Nb, -1250, 2, false), "\u{2212}12,5");
        assert_eq!(typed(Nb, 123_450, 2), "1234,5");
        assert_eq!(typed(En, i64::MIN, 3), "-9223372036854775.808");
    }

    proptest! {
        #[test]
        fn shown_and_typed_are_read_again(units in -i64::MAX..i64::MAX, decimals in 0u8..4, fixed: bool) {
            for locale in Locale::ALL {
                prop_assert_eq!(parse(&typed(locale, units, decimals), locale, decimals), Ok(units));
                let shown = show(locale, units, decimals, fixed);
                prop_assert_eq!(parse(&shown, locale, decimals), Ok(units), "{}", shown);
            }
        }

        #[test]
        fn never_panics(text in "[-+0-9., ]*|.*", decimals: u8) {
            for locale in Locale::ALL {
                let _ = parse(&text, locale, decimals);
            }
        }
    }
}
