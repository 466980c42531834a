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

/// Milliseconds between two characters of a scanner, at most; slow ones of the radio kind take some thirty, and a busy
/// tablet hands them on late.
pub const PAUSE: f64 = 100.0;
/// A shorter burst is somebody's hand on the keyboard.
pub const LEAST: usize = 6;

/// The characters of a burst so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Burst {
    text: String,
    /// When the last one came, in milliseconds of any clock.
    last: Option<f64>,
}

impl Burst {
    /// A key went down; answers what was scanned when it was the Enter that ends a burst. `key` as browsers name it.
    pub fn key(&mut self, key: &str, at: f64) -> Option<String> {
        let goes_on = self.last.is_some_and(|last| (0.0..=PAUSE).contains(&(at - last)));
        if !goes_on {
            self.text.clear();
        }
        self.last = Some(at);
        match key {
            "Enter" => {
                self.last = None;
                let text = std::mem::take(&mut self.text);
                (text.chars().count() >= LEAST).then_some(text)
            }
            // A scanner holds it down for capitals.
            "Shift" => None,
            key if key.chars().count() == 1 => {
                self.text.push_str(key);
                None
            }
            _ => {
                *self = Self::default();
                None
            }
        }
    }
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

    /// Keys, each so many milliseconds after the one before.
    fn typed(keys: &[&str], pause: f64) -> Option<String> {
        let mut burst = Burst::default();
        let mut at = 1000.0;
        let mut scanned = None;
        for key in keys {
            at += pause;
            scanned = burst.key(key, at).or(scanned);
        }
        scanned
    }

    fn keys(text: &str) -> Vec<String> {
        text.chars().map(String::from).chain(["Enter".to_owned()]).collect()
    }

    fn scan(text: &str, pause: f64) -> Option<String> {
        let keys = keys(text);
        typed(&keys.iter().map(String::as_str).collect::<Vec<_>>(), pause)
    }

    #[test]
    fn a_burst_is_a_scan_and_fingers_are_not() {
        assert_eq!(scan("26-004217-7", 12.0).as_deref(), Some("26-004217-7"));
        assert_eq!(scan("26-004217-7", 120.0), None);
        assert_eq!(scan("j", 12.0), None);
        assert_eq!(scan("", 12.0), None);
    }

    #[test]
    fn what_was_typed_before_is_no_part_of_it() {
        let mut burst = Burst::default();
        assert_eq!(burst.key("x", 0.0), None);
        for (at, key) in keys("SN0001").iter().enumerate() {
            let scanned = burst.key(key, 2000.0 + 10.0 * at as f64);
            assert_eq!(scanned.is_some(), key == "Enter");
            assert!(scanned.is_none_or(|text| text == "SN0001"));
        }
        assert_eq!(burst.key("Enter", 2100.0), None, "a second Enter ends nothing");
    }

    #[test]
    fn capitals_come_with_shift_and_other_keys_break_it() {
        assert_eq!(typed(&["Shift", "S", "Shift", "N", "1", "2", "3", "4", "Enter"], 8.0).as_deref(), Some("SN1234"));
        assert_eq!(typed(&["S", "N", "1", "Tab", "2", "3", "4", "Enter"], 8.0), None);
    }

    proptest! {
        #[test]
        fn any_code_that_comes_fast_is_given_whole(text in "[ -~]{6,80}", pause in 1.0..50.0f64) {
            prop_assert_eq!(scan(&text, pause), Some(text));
        }

        #[test]
        fn nobody_who_types_is_disturbed(text in "[ -~]{1,40}", pause in 101.0..500.0f64) {
            prop_assert_eq!(scan(&text, pause), None);
        }

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
