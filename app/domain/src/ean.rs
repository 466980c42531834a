//! Article numbers and serial numbers, with the check digits that some of them have.

/// A number that has a check digit, and it does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the check digit does not fit")]
pub struct CheckDigit;

/// An article number as stored: a GTIN without its spaces and dashes, an own number as it is.
///
/// UPC-A, EAN-13 and GTIN-14 are known by their 12, 13 or 14 digits and must have their check digit (GS1 General
/// Specifications, 7.9). Eight digits are as often a shop's own number as an EAN-8, so those are taken as they are.
pub fn article(text: &str) -> Result<String, CheckDigit> {
    let digits = without_separators(text, &[' ', '-']);
    match digits.len() {
        12..=14 if all_digits(&digits) => {
            if gs1_fits(&digits) {
                Ok(digits)
            } else {
                Err(CheckDigit)
            }
        }
        8 if all_digits(&digits) => Ok(digits),
        _ => Ok(text.trim().to_owned()),
    }
}

/// A serial number as stored; an IMEI without its spaces, dashes and slashes.
///
/// Fifteen digits that begin as the GSM Association's allocating bodies do (TS.06, annex A) are an IMEI, whose check digit
/// is Luhn's (3GPP TS 23.003, annex B).
pub fn serial(text: &str) -> Result<String, CheckDigit> {
    const BODIES: [&str; 6] = ["01", "35", "86", "91", "98", "99"];
    let digits = without_separators(text, &[' ', '-', '/']);
    if digits.len() != 15 || !all_digits(&digits) || !BODIES.contains(&&digits[..2]) {
        return Ok(text.trim().to_owned());
    }
    if luhn_fits(&digits) { Ok(digits) } else { Err(CheckDigit) }
}

fn without_separators(text: &str, separators: &[char]) -> String {
    text.trim().chars().filter(|c| !separators.contains(c)).collect()
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// From the right, digits weigh 1, 3, 1, 3 …; the sum ends in zero.
fn gs1_fits(digits: &str) -> bool {
    let weigh = |(at, b): (usize, u8)| u32::from(b - b'0') * if at % 2 == 0 { 1 } else { 3 };
    digits.bytes().rev().enumerate().map(weigh).sum::<u32>().is_multiple_of(10)
}

/// From the right, every second digit doubled, and its digits added; the sum ends in zero.
fn luhn_fits(digits: &str) -> bool {
    let weigh = |(at, b): (usize, u8)| match (u32::from(b - b'0'), at % 2) {
        (digit, 0) => digit,
        (digit, _) if digit > 4 => digit * 2 - 9,
        (digit, _) => digit * 2,
    };
    digits.bytes().rev().enumerate().map(weigh).sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn knows_check_digits() {
        for good in ["4006381333931", "036000291452", "10614141000415", "5901234123457"] {
            assert_eq!(article(good), Ok(good.to_owned()));
        }
        assert_eq!(article(" 5 901234-123457 "), Ok("5901234123457".to_owned()));
        for bad in ["4006381333932", "036000291453", "10614141000416"] {
            assert_eq!(article(bad), Err(CheckDigit), "{bad}");
        }
        assert_eq!(
            serial("49-015420-323751-8").as_deref(),
            Ok("49-015420-323751-8"),
            "not an allocating body of today"
        );
        assert_eq!(serial("35-209900-176148-1").as_deref(), Ok("352099001761481"));
        assert_eq!(serial("352099001761482"), Err(CheckDigit));
    }

    #[test]
    fn takes_own_numbers_as_they_are() {
        for own in ["12345678", "SKO-42", "123", "123456789", "12345678901234567890", "AB 4006381333932"] {
            assert_eq!(article(own).as_deref(), Ok(own));
            assert_eq!(serial(own).as_deref(), Ok(own));
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_told(body in "[0-9]{12}", at in 0usize..13, by in 1u8..10) {
            let good = (0..10).map(|check| format!("{body}{check}")).find(|code| gs1_fits(code)).expect("one of ten fits");
            let mut typo = good.clone().into_bytes();
            typo[at] = (typo[at] - b'0' + by) % 10 + b'0';
            prop_assert_eq!(article(&good), Ok(good));
            prop_assert_eq!(article(std::str::from_utf8(&typo).expect("digits")), Err(CheckDigit));
        }

        #[test]
        fn stored_numbers_are_taken_again(text in ".*|[0-9 -]{8,20}") {
            for read in [article, serial] {
                if let Ok(stored) = read(&text) {
                    prop_assert_eq!(read(&stored), Ok(stored.clone()));
                }
            }
        }
    }
}
