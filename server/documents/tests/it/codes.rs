//! Bar codes and QR codes, read from the drawn pages as a scanner reads them from paper.

use crate::pdf::{Picture, draw};
use crate::samples::{self, PRESS, number, url};
use documents::Paper;
use domain::Locale;
use domain::number::Number;
use rxing::{BarcodeFormat, DecodeHints};
use std::collections::HashSet;

/// What a cheap scanner resolves, and what an office printer prints at its worst.
const DPI: f32 = 200.0;

type Codes = HashSet<(BarcodeFormat, String)>;

fn scan(picture: Picture) -> Codes {
    let formats = [BarcodeFormat::CODE_128, BarcodeFormat::QR_CODE].into_iter().collect();
    let mut hints = DecodeHints { PossibleFormats: Some(formats), TryHarder: Some(true), ..DecodeHints::default() };
    rxing::helpers::detect_multiple_in_luma_with_hints(picture.grey, picture.width, picture.height, &mut hints)
        .expect("codes on the page")
        .into_iter()
        .map(|code| (*code.getBarcodeFormat(), code.getText().to_owned()))
        .collect()
}

fn bars(number: Number) -> (BarcodeFormat, String) {
    (BarcodeFormat::CODE_128, number.digits())
}

fn qr(url: String) -> (BarcodeFormat, String) {
    (BarcodeFormat::QR_CODE, url)
}

fn scan_first(pdf: &[u8]) -> Codes {
    scan(draw(pdf, DPI).remove(0))
}

#[test]
fn of_a_protocol_and_a_decision() {
    let look = samples::look(Locale::Nb);
    let expected = Codes::from([bars(number(4217)), qr(url(4217))]);
    assert_eq!(scan_first(&PRESS.protocol(&look, &samples::protocol(Locale::Nb)).expect("a document")), expected);
    assert_eq!(scan_first(&PRESS.decision(&look, &samples::decision(Locale::Nb)).expect("a document")), expected);
}

#[test]
fn of_a_packing_slip_with_each_article() {
    let pdf = PRESS.packing_slip(&samples::look(Locale::Pl), &samples::packing_slip(Locale::Pl)).expect("a document");
    let expected = [4230, 4217, 4218, 4219].map(|series| bars(number(series)));
    assert_eq!(scan_first(&pdf), expected.into_iter().chain([qr(url(4230))]).collect());
}

#[test]
fn of_labels_with_numbers_of_every_length() {
    let look = samples::look(Locale::En);
    for paper in [Paper::A6, Paper::Roll62] {
        for series in [0, 999_999, 1_234_567, 12_345_678, Number::MAX_SERIES] {
            let pdf = PRESS.labels(&look, &[samples::label(Locale::En, series)], paper).expect("a document");
            assert_eq!(scan_first(&pdf), Codes::from([bars(number(series)), qr(url(series))]), "{paper:?} {series}");
        }
    }
}

#[test]
fn of_four_labels_on_a_sheet() {
    let labels: Vec<_> = (1..=4).map(|series| samples::label(Locale::En, series)).collect();
    let pdf = PRESS.labels(&samples::look(Locale::En), &labels, Paper::A4).expect("a document");
    let expected = (1..=4).flat_map(|series| [bars(number(series)), qr(url(series))]).collect();
    assert_eq!(scan_first(&pdf), expected);
}

#[test]
fn of_a_long_address() {
    let mut label = samples::label(Locale::En, 1);
    label.url = format!("https://redress.example.com/{}", "ż".repeat(150));
    let pdf = PRESS.labels(&samples::look(Locale::En), &[label.clone()], Paper::A6).expect("a document");
    assert_eq!(scan_first(&pdf), Codes::from([bars(number(1)), qr(label.url)]));
}
