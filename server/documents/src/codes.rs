//! Bar codes and QR codes as drawings, to be printed at any size.

use crate::{Error, Result};
use barcoders::sym::code128::Code128;
use domain::number::Number;
use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;
use std::fmt::Write;

/// Modules of white on both sides of a bar code (ISO/IEC 15417, 4.3.2 e).
pub const QUIET_BARS: usize = 10;

/// Modules of white around a QR code (ISO/IEC 18004, 6.3.8).
pub const QUIET_QR: usize = 4;

/// A code without a size.
#[derive(Serialize)]
pub struct Code {
    pub svg: String,
    /// Its width in modules, with the quiet zones on both sides.
    pub modules: usize,
}

/// The number's digits as Code 128 (ISO/IEC 15417): pairs in set C, an odd last digit in set B.
///
/// Dashes are left out: a scanner gives what a hurried clerk would type, in a third fewer bars.
pub fn code128(number: Number) -> Code {
    let digits = number.digits();
    let (pairs, odd) = digits.split_at(digits.len() / 2 * 2);
    let text = if odd.is_empty() { format!("Ć{pairs}") } else { format!("Ć{pairs}Ɓ{odd}") };
    let bars = Code128::new(text).map(|code| code.encode()).expect("digits are in sets B and C");
    let svg = svg(&[bars.iter().map(|module| *module == 1).collect()], QUIET_BARS, 0);
    Code { svg, modules: bars.len() + 2 * QUIET_BARS }
}

/// The text as a QR code (ISO/IEC 18004) at level M: a scuffed label is still read.
pub fn qr(text: &str) -> Result<Code> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| Error::UrlTooLong(text.len()))?;
    let rows: Vec<Vec<bool>> = code
        .to_colors()
        .chunks(code.width())
        .map(|row| row.iter().map(|module| *module == Color::Dark).collect())
        .collect();
    Ok(Code { svg: svg(&rows, QUIET_QR, QUIET_QR), modules: code.width() + 2 * QUIET_QR })
}

/// Dark modules as one path, so that no hairline of white appears between neighbours.
fn svg(rows: &[Vec<bool>], left: usize, top: usize) -> String {
    let width = rows.first().map_or(0, Vec::len) + 2 * left;
    let height = rows.len() + 2 * top;
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = left;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                write!(path, "M{x} {}h{n}v1h-{n}z", y + top, n = run.len()).expect("a String takes everything");
            }
            x += run.len();
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         preserveAspectRatio=\"none\"><path d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_wide_as_the_standard_says() {
        // Start, four pairs, the change to set B, a digit and the check: eight times 11 modules, and a stop of 13.
        let number: Number = "26-004217-4".parse().expect("a number");
        assert_eq!(code128(number).modules, 121);
        assert!(code128(number).svg.contains("viewBox=\"0 0 121 1\""), "{}", code128(number).svg);
        // Ten digits need no change of set.
        let number = Number::new(2026, 1_234_567).expect("in range");
        assert_eq!(code128(number).modules, 110);
    }

    #[test]
    fn a_qr_code_has_its_quiet_zone_and_its_limit() {
        let code = qr("https://redress.example.com/u/0123456789abcdef0123456789abcdef").expect("fits");
        // Version 4 at level M holds 62 bytes: 33 modules and four on each side.
        assert_eq!(code.modules, 41);
        assert!(code.svg.contains("viewBox=\"0 0 41 41\""), "{}", code.svg);
        assert!(code.svg.contains("M4 4h7v1h-7z"), "the first finder pattern");
        assert!(qr(&"x".repeat(2331)).is_ok());
        assert!(matches!(qr(&"x".repeat(2332)), Err(Error::UrlTooLong(2332))));
    }
}
