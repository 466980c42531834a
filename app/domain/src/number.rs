//! The human number of a case: `26-004217-7`.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Year of registration, place in the organisation's one series, and a check digit.
///
/// The check digit is Damm's (H. M. Damm, *Total anti-symmetrische Quasigruppen*, 2004) over year and series: it finds
/// every single wrong digit and every swap of two neighbours, which are what people mistype at a till.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Number {
    year: u8,
    series: u32,
}

/// Why a text is no case number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not a number of ours at all: perhaps a receipt's, perhaps a word.
    #[error("not a case number")]
    NotANumber,
    /// Shaped like a case number, but a digit is wrong or two are swapped.
    #[error("the check digit does not fit")]
    CheckDigit,
}

/// Damm's weakly totally anti-symmetric quasigroup of order 10.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn damm(digits: &str) -> u8 {
    digits.bytes().fold(0, |interim, digit| DAMM[usize::from(interim)][usize::from(digit - b'0')])
}

impl Number {
    /// The series holds at least six digits and grows to nine.
    pub const MAX_SERIES: u32 = 999_999_999;

    /// `year` is the calendar year; its last two digits are shown. `None` beyond [`Self::MAX_SERIES`].
    pub fn new(year: i16, series: u32) -> Option<Self> {
        let year = u8::try_from(year.rem_euclid(100)).ok()?;
        (series <= Self::MAX_SERIES).then_some(Self { year, series })
    }

    fn body(self) -> String {
        format!("{:02}{:06}", self.year, self.series)
    }

    /// The digits alone, as a scanner or a hurried clerk gives them.
    pub fn digits(self) -> String {
        let body = self.body();
        let check = damm(&body);
        format!("{body}{check}")
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:06}-{}", self.year, self.series, damm(&self.body()))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({self})")
    }
}

/// Accepts the number with or without dashes and spaces, in any dash that a keyboard or a letter puts in.
impl FromStr for Number {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let mut digits = String::with_capacity(12);
        for c in text.trim().chars() {
            match c {
                '0'..='9' => digits.push(c),
                ' ' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{a0}' => {}
                _ => return Err(NumberError::NotANumber),
            }
        }
        if !(9..=12).contains(&digits.len()) {
            return Err(NumberError::NotANumber);
        }
        if damm(&digits) != 0 {
            return Err(NumberError::CheckDigit);
        }
        let series = &digits[2..digits.len() - 1];
        if series.len() > 6 && series.starts_with('0') {
            return Err(NumberError::NotANumber);
        }
        let year = digits[..2].parse().map_err(|_| NumberError::NotANumber)?;
        let series = series.parse().map_err(|_| NumberError::NotANumber)?;
        Ok(Self { year, series })
    }
}

impl TryFrom<String> for Number {
    type Error = NumberError;
    fn try_from(text: String) -> Result<Self, NumberError> {
        text.parse()
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = Number> {
        (0i16..100, 0u32..=Number::MAX_SERIES)
            .prop_map(|(year, series)| Number::new(2000 + year, series).expect("in range"))
    }

    #[test]
    fn reads_like_the_design() {
        assert_eq!(Number::new(2026, 4217).expect("in range").to_string(), format!("26-004217-{}", damm("26004217")));
    }

    proptest! {
        #[test]
        fn survives_print_and_parse(n in number()) {
            prop_assert_eq!(n.to_string().parse(), Ok(n));
            prop_assert_eq!(n.digits().parse(), Ok(n));
        }

        #[test]
        fn one_wrong_digit_is_told(n in number(), at in 0usize..12, by in 1u8..10) {
            let mut digits = n.digits().into_bytes();
            let at = at % digits.len();
            digits[at] = (digits[at] - b'0' + by) % 10 + b'0';
            let typo = String::from_utf8(digits).expect("digits");
            prop_assert_eq!(typo.parse::<Number>(), Err(NumberError::CheckDigit));
        }

        #[test]
        fn two_swapped_neighbours_are_told(n in number(), at in 0usize..11) {
            let mut digits = n.digits().into_bytes();
            let at = at % (digits.len() - 1);
            prop_assume!(digits[at] != digits[at + 1]);
            digits.swap(at, at + 1);
            let typo = String::from_utf8(digits).expect("digits");
            prop_assert_eq!(typo.parse::<Number>(), Err(NumberError::CheckDigit));
        }

        #[test]
        fn never_panics(text in ".*") {
            let _ = text.parse::<Number>();
        }
    }
}
