//! How the documents look, as committed pictures. `UPDATE=1` draws them anew; look at what has changed before you commit.

use crate::pdf::{Picture, draw};
use crate::samples::{self, PRESS};
use documents::{Look, Paper};
use domain::Locale;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

const DPI: f32 = 72.0;

/// Grey values further apart are another drawing and not another rounding, and so many of them are a change. A letter
/// has more.
const STEP: u8 = 80;
const PIXELS: usize = 12;

/// Grey values are kept in steps, for smaller files.
const QUANTUM: u8 = 17;

fn write(path: &Path, picture: &Picture) {
    fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
    let mut encoder = png::Encoder::new(File::create(path).expect("a file"), picture.width, picture.height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&picture.grey).expect("as many bytes as pixels");
}

fn read(path: &Path) -> Option<Picture> {
    let file = BufReader::new(File::open(path).ok()?);
    let mut reader = png::Decoder::new(file).read_info().expect("a PNG");
    let mut grey = vec![0; reader.output_buffer_size().expect("a small picture")];
    let info = reader.next_frame(&mut grey).expect("a whole PNG");
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::Eight));
    Some(Picture { width: info.width, height: info.height, grey })
}

/// Why they differ, if they do.
fn difference(kept: &Picture, drawn: &Picture) -> Option<String> {
    if (kept.width, kept.height) != (drawn.width, drawn.height) {
        let size = |picture: &Picture| format!("{} × {}", picture.width, picture.height);
        return Some(format!("{} instead of {} pixels", size(drawn), size(kept)));
    }
    let other = kept.grey.iter().zip(&drawn.grey).filter(|(a, b)| a.abs_diff(**b) > STEP).count();
    (other > PIXELS).then(|| format!("{other} pixels are others"))
}

fn looks_as_kept(name: &str, pdf: &[u8]) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let pages = draw(pdf, DPI);
    let beyond = kept.join(format!("{name}-{}.png", pages.len() + 1));
    assert!(!beyond.exists(), "{} shows a page that is gone", beyond.display());
    for (page, mut drawn) in (1..).zip(pages) {
        drawn.grey.iter_mut().for_each(|grey| *grey = (*grey + QUANTUM / 2) / QUANTUM * QUANTUM);
        let file = format!("{name}-{page}.png");
        if std::env::var_os("UPDATE").is_some() {
            write(&kept.join(&file), &drawn);
            continue;
        }
        let why = match read(&kept.join(&file)) {
            Some(before) => difference(&before, &drawn),
            None => Some("no picture is kept".to_owned()),
        };
        if let Some(why) = why {
            let now = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&file);
            write(&now, &drawn);
            panic!("{file}: {why}; see {} and, if it is meant, run with UPDATE=1", now.display());
        }
    }
}

fn in_every_language(name: &str, make: impl Fn(&Look, Locale) -> documents::Result<Vec<u8>>) {
    for l in Locale::ALL {
        let pdf = make(&samples::look(l), l).expect("a document");
        looks_as_kept(&format!("{name}-{l}"), &pdf);
    }
}

#[test]
fn protocol() {
    in_every_language("protocol", |look, l| PRESS.protocol(look, &samples::protocol(l)));
}

#[test]
fn protocol_with_nothing_in_it() {
    let look = samples::look(Locale::Pl);
    looks_as_kept("protocol-bare", &PRESS.protocol(&look, &samples::bare_protocol(Locale::Pl)).expect("a document"));
}

#[test]
fn packing_slip() {
    in_every_language("packing-slip", |look, l| PRESS.packing_slip(look, &samples::packing_slip(l)));
}

#[test]
fn decision() {
    in_every_language("decision", |look, l| PRESS.decision(look, &samples::decision(l)));
}

#[test]
fn letter() {
    in_every_language("letter", |look, l| PRESS.letter(look, &samples::letter(l)));
}

#[test]
fn label_a6() {
    in_every_language("label-a6", |look, l| PRESS.labels(look, &[samples::label(l, 4217)], Paper::A6));
}

#[test]
fn label_roll() {
    in_every_language("label-roll", |look, l| PRESS.labels(look, &[samples::label(l, 4217)], Paper::Roll62));
}

#[test]
fn goods_label_roll() {
    in_every_language("goods-roll", |look, l| {
        PRESS.goods_labels(look, &[samples::goods_label(l, 4217)], Paper::Roll62)
    });
}

#[test]
fn goods_label_a6() {
    let look = samples::look(Locale::Pl);
    let label = samples::goods_label(Locale::Pl, 4217);
    looks_as_kept("goods-a6", &PRESS.goods_labels(&look, &[label], Paper::A6).expect("a document"));
}

#[test]
fn goods_labels_on_a4() {
    let look = samples::look(Locale::Nb);
    let mut labels: Vec<_> =
        (1..=25).map(|series| samples::goods_label(Locale::ALL[series as usize % 3], series)).collect();
    // As long as people make them.
    labels[4].article = "Bunnfradragsberettighetsattestutstedelsesapparat ".repeat(4);
    labels[4].customer = "W".repeat(80);
    labels[5].customer = String::new();
    looks_as_kept("goods-a4", &PRESS.goods_labels(&look, &labels, Paper::A4).expect("a document"));
}

#[test]
fn labels_on_a4_with_a_logo() {
    let look = Look { logo: Some(include_bytes!("../fixtures/logo.svg").to_vec()), ..samples::look(Locale::Nb) };
    let labels: Vec<_> = (1..=5).map(|series| samples::label(Locale::Nb, series)).collect();
    looks_as_kept("labels-a4", &PRESS.labels(&look, &labels, Paper::A4).expect("a document"));
}

#[test]
fn a_letter_more_is_seen() {
    let look = samples::look(Locale::Nb);
    let drawn = |article: &str| {
        let decision = documents::Decision { article: article.into(), ..samples::decision(Locale::Nb) };
        draw(&PRESS.decision(&look, &decision).expect("a document"), DPI).remove(0)
    };
    assert_eq!(difference(&drawn("Støvel"), &drawn("Støvel")), None);
    assert!(difference(&drawn("Støvel"), &drawn("Støvler")).is_some());
}
