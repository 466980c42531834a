//! Amounts in the organisation's currency, in hundredths of it.

use crate::{Locale, decimal};

/// Digits behind the mark. Norwegian, Polish, Swedish, Danish money and the euro all have two (ISO 4217).
pub const DECIMALS: u8 = 2;

/// What people write beside an amount; longer words first.
const WORDS: [&str; 9] = ["nok", "pln", "eur", "kr.", "kr", "zł.", "zł", "zl", "€"];

/// Reads an amount as people of that locale type it, with or without `kr`, `zł`, `,-`, `NOK`, `PLN`, into hundredths.
/// `None` if it is none, or negative.
pub fn parse(text: &str, locale: Locale) -> Option<i64> {
    let mut text = text.trim();
    for word in WORDS {
        if let Some(rest) = without_prefix(text, word).or_else(|| without_suffix(text, word)) {
            text = rest.trim();
            break;
        }
    }
    let bare = [",--", ".--", ",-", ".-", "-"].iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(text);
    decimal::parse(bare, locale, DECIMALS).ok().filter(|minor| *minor >= 0)
}

/// `1 234,50 kr`, `1234,50 zł`, `NOK 1,234.50`; the spaces don't break. `currency` is ISO 4217.
pub fn show(locale: Locale, minor: i64, currency: &str) -> String {
    let amount = decimal::show(locale, minor, DECIMALS, true);
    match (locale, currency) {
        (Locale::En, "EUR") => format!("€{amount}"),
        (Locale::En, _) => format!("{currency}\u{a0}{amount}"),
        (Locale::Nb, "NOK") => format!("{amount}\u{a0}kr"),
        (Locale::Pl, "PLN") => format!("{amount}\u{a0}zł"),
        (_, "EUR") => format!("{amount}\u{a0}€"),
        (..) => format!("{amount}\u{a0}{currency}"),
    }
}

/// As people of that locale type it: `1234,50`, or `1234` where there are no hundredths.
pub fn typed(locale: Locale, minor: i64) -> String {
    if minor % 100 == 0 {
        return decimal::typed(locale, minor, DECIMALS);
    }
    let shown = decimal::show(locale, minor, DECIMALS, true);
    let separator = if locale == Locale::En { ',' } else { '\u{a0}' };
    shown.replace(separator, "").replace('\u{2212}', "-")
}

fn without_prefix<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    (head.to_lowercase() == word).then(|| &text[word.len()..])
}

fn without_suffix<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(word.len())?;
    let tail = text.get(at..)?;
    (tail.to_lowercase() == word).then(|| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{En, Nb, Pl};
    use proptest::prelude::*;

    #[test]
    fn reads_as_people_type() {
        for (text, locale, minor) in [
            ("1 234,50", Nb, Some(123_450)),
            ("kr 1.234,50", Nb, Some(123_450)),
            ("1234,50 kr", Nb, Some(123_450)),
            ("499,-", Nb, Some(49_900)),
            ("499.-", Nb, Some(49_900)),
            ("kr 499,-", Nb, Some(49_900)),
            ("NOK 499", En, Some(49_900)),
            ("1,234.50", En, Some(123_450)),
            ("99,99 zł", Pl, Some(9999)),
            ("99.99 ZŁ", Pl, Some(9999)),
            ("99,9PLN", Pl, Some(9990)),
            ("0", Nb, Some(0)),
            ("-5", Nb, None),
            ("1,234", Nb, None),
            ("kr", Nb, None),
            ("", Nb, None),
            ("gratis", Nb, None),
        ] {
            assert_eq!(parse(text, locale), minor, "{text:?} {locale}");
        }
    }

    #[test]
    fn shows_as_people_read() {
        assert_eq!(show(Nb, 123_450, "NOK"), "1\u{a0}234,50\u{a0}kr");
        assert_eq!(show(Pl, 123_450, "PLN"), "1234,50\u{a0}zł");
        assert_eq!(show(En, 123_450, "NOK"), "NOK\u{a0}1,234.50");
        assert_eq!(show(Nb, 5000, "PLN"), "50,00\u{a0}PLN");
        assert_eq!(typed(Nb, 123_450), "1234,50");
        assert_eq!(typed(Pl, 123_400), "1234");
        assert_eq!(typed(En, 123_450), "1234.50");
    }

    proptest! {
        #[test]
        fn shown_and_typed_are_read_again(minor in 0..i64::MAX, currency in "NOK|PLN|EUR") {
            for locale in Locale::ALL {
                prop_assert_eq!(parse(&show(locale, minor, &currency), locale), Some(minor));
                prop_assert_eq!(parse(&typed(locale, minor), locale), Some(minor));
            }
        }

        #[test]
        fn never_panics(text in ".*|[kKrRzł0-9,. -]*") {
            for locale in Locale::ALL {
                let _ = parse(&text, locale);
            }
        }
    }
}
