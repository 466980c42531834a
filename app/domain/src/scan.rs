//! What a scanner or a person's fingers give: a label's code, a number in any notation, or some other code.

use crate::number::Number;

/// Longest text that is looked at, in characters; what is longer was scanned from something else.
pub const LENGTH: usize = 300;

/// What a text is by its shape alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The address that the QR code of our label holds.
    Label(Number),
    /// A number of ours.
    Number(Number),
    /// A waybill or a serial number, perhaps.
    Code(String),
    Nothing,
}

/// Reads a scanned or typed text.
///
/// Hand scanners act as a keyboard of their own layout, mostly the US one. Under a Norwegian or Polish layout of the
/// computer `-` arrives as `+` or `/`, and `:` and `/` as something else; digits and Latin letters arrive as they are.
pub fn read(text: &str) -> Reading {
    let text = bare(text);
    if text.is_empty() || text.chars().count() > LENGTH || text.contains(char::is_control) {
        return Reading::Nothing;
    }
    if let Some(number) = of_label(text) {
        return Reading::Label(number);
    }
    number(text).map_or_else(|| Reading::Code(text.to_owned()), Reading::Number)
}

/// Without white space and without the symbology identifier that some scanners put first (ISO/IEC 15424): `]C1`, `]Q3`.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let identifier = text.strip_prefix(']').filter(|rest| {
        let mut rest = rest.bytes();
        rest.next().is_some_and(|b| b.is_ascii_alphabetic()) && rest.next().is_some_and(|b| b.is_ascii_alphanumeric())
    });
    identifier.map_or(text, |rest| rest[2..].trim())
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '+' | '/' | '\'' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn number(text: &str) -> Option<Number> {
    text.replace(is_dash, "-").parse().ok()
}

/// `https://…/r/26-004217-7`, whatever host it was printed under and whatever a layout has made of its marks.
fn of_label(text: &str) -> Option<Number> {
    let start = text.get(..4).filter(|start| start.eq_ignore_ascii_case("http"))?.len();
    let rest = &text[start..];
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_digit() || is_dash(c));
    let before = digits.strip_suffix(['r', 'R'])?.chars().next_back()?;
    if before.is_alphanumeric() {
        return None;
    }
    number(rest[digits.len()..].trim_matches(is_dash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(series: u32) -> Number {
        Number::new(2026, series).expect("in range")
    }

    #[test]
    fn other_codes_are_codes() {
        for text in
            ["SN00012345", "370000000000000001", "https://track.example/p/26-004217-1", "630000000000000000000001"]
        {
            assert_eq!(read(text), Reading::Code(text.to_owned()));
        }
        assert_eq!(read("]C1SN1"), Reading::Code("SN1".to_owned()));
        assert_eq!(read(" "), Reading::Nothing);
        assert_eq!(read(&"x".repeat(301)), Reading::Nothing);
        assert_eq!(read("a\u{0}b"), Reading::Nothing);
    }

    #[test]
    fn another_page_with_a_number_is_no_label() {
        let number = of(4217);
        for page in ["cases", "letter", "xr", "track"] {
            let url = format!("https://redress.example/{page}/{number}");
            assert_eq!(read(&url), Reading::Code(url.clone()), "{url}");
        }
    }

    proptest! {
        #[test]
        fn every_notation_is_read(series in 0u32..=Number::MAX_SERIES) {
            let number = of(series);
            let dashed = number.to_string();
            for text in [
                number.digits(),
                dashed.clone(),
                dashed.replace('-', " "),
                dashed.replace('-', "\u{2013}"),
                dashed.replace('-', "+"),
                dashed.replace('-', "/"),
                format!("]C1{dashed}"),
                format!("  {dashed}\r\n"),
            ] {
                prop_assert_eq!(read(&text), Reading::Number(number), "{}", text);
            }
            for text in [
                format!("https://redress.example/r/{number}"),
                format!("http://10.0.0.5:3000/r/{number}/"),
                format!("HTTPS://REDRESS.EXAMPLE/R/{}", number.digits()),
                format!("]Q1https://redress.example/sub/r/{number}"),
                // As a scanner of the US layout types it under a Norwegian one.
                format!("https://redress.example/r/{number}").replace(':', "Ø").replace('-', "+").replace('/', "-"),
            ] {
                prop_assert_eq!(read(&text), Reading::Label(number), "{}", text);
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,60}|(https?:?)?[-+/r0-9\\]Qø]{0,40}") {
            let _ = read(&text);
        }
    }
}
