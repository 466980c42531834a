//! Labels of many cases as one print, and one press for many threads.

use crate::pdf::sizes;
use crate::samples::{self, PRESS};
use documents::{Error, Label, Paper, limits};
use domain::Locale;
use std::thread;

fn labels(n: u32) -> Vec<Label> {
    (1..=n).map(|series| samples::label(Locale::Pl, series)).collect()
}

fn pages(n: u32, paper: Paper) -> Vec<(i64, i64)> {
    sizes(&PRESS.labels(&samples::look(Locale::Pl), &labels(n), paper).expect("labels"))
}

#[test]
fn each_label_has_its_page_and_a_sheet_has_four() {
    assert_eq!(pages(100, Paper::A6), [(105, 148); 100]);
    assert_eq!(pages(100, Paper::A4), [(210, 297); 25]);
    assert_eq!(pages(5, Paper::A4).len(), 2);
    let roll = pages(100, Paper::Roll62);
    assert_eq!(roll.len(), 100);
    assert!(roll.iter().all(|(width, height)| *width == 62 && (80..100).contains(height)), "{roll:?}");
}

#[test]
fn goods_have_a_page_each_or_twenty_four_a_sheet() {
    let many: Vec<_> = (1..=50).map(|series| samples::goods_label(Locale::Pl, series)).collect();
    let pages = |paper| sizes(&PRESS.goods_labels(&samples::look(Locale::Pl), &many, paper).expect("labels"));
    assert_eq!(pages(Paper::A6), [(105, 148); 50]);
    assert_eq!(pages(Paper::A4), [(210, 297); 3]);
    let roll = pages(Paper::Roll62);
    assert_eq!(roll.len(), 50);
    assert!(roll.iter().all(|(width, height)| *width == 62 && (25..50).contains(height)), "{roll:?}");
    let look = samples::look(Locale::Pl);
    assert!(matches!(PRESS.goods_labels(&look, &[], Paper::A6), Err(Error::Nothing)));
    let many = vec![samples::goods_label(Locale::En, 1); limits::LABELS + 1];
    assert!(matches!(PRESS.goods_labels(&look, &many, Paper::A4), Err(Error::TooMany { .. })));
}

#[test]
fn a_roll_is_as_long_as_its_label_needs() {
    let mut label = samples::label(Locale::Pl, 1);
    label.to.lines = vec!["piętro".into(); 7];
    let pdf = PRESS.labels(&samples::look(Locale::Pl), &[samples::label(Locale::Pl, 2), label], Paper::Roll62);
    let sizes = sizes(&pdf.expect("labels"));
    assert!(sizes[1].1 > sizes[0].1 + 10, "{sizes:?}");
}

#[test]
fn a_print_has_a_beginning_and_an_end() {
    let look = samples::look(Locale::En);
    assert!(matches!(PRESS.labels(&look, &[], Paper::A6), Err(Error::Nothing)));
    let many = vec![samples::label(Locale::En, 1); limits::LABELS + 1];
    assert!(matches!(PRESS.labels(&look, &many, Paper::A6), Err(Error::TooMany { limit: limits::LABELS, .. })));
    let mut label = samples::label(Locale::En, 1);
    label.url = "x".repeat(2332);
    assert!(matches!(PRESS.labels(&look, &[label], Paper::A6), Err(Error::UrlTooLong(2332))));
}

#[test]
fn equal_data_gives_equal_bytes_on_every_thread() {
    let make = |l: Locale| PRESS.protocol(&samples::look(l), &samples::protocol(l)).expect("a protocol");
    let alone = Locale::ALL.map(make);
    thread::scope(|scope| {
        for (l, alone) in Locale::ALL.into_iter().zip(&alone).cycle().take(9) {
            scope.spawn(move || assert!(make(l) == *alone, "{l}"));
        }
    });
}
