//! A QR code as a drawing: dark on white with its quiet zone, on a dark screen as well.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Modules of white around it (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// `None` if the text is longer than any QR code.
pub fn svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        // One stroke for each run of dark modules.
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len()).ok()?;
            }
            x += run.len();
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn as_large_as_its_quiet_zone_asks() {
        let drawing = svg("https://redress.example.com/u/0123456789abcdef0123456789abcdef").expect("fits");
        // Version 4 at level M holds 62 bytes: 33 modules and four on each side.
        assert!(drawing.contains("viewBox=\"0 0 41 41\""), "{drawing}");
        assert!(drawing.contains("M4 4h7v1h-7z"), "the first finder pattern");
        assert_eq!(svg(&"x".repeat(5000)), None);
    }
}
