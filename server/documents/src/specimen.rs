//! Documents for nobody, to see whether templates work: one with everything in it, one with nothing.

use crate::data::{
    Address, Article, Decision, GoodsLabel, Group, Label, Letter, Look, PackingSlip, Paper, Photo, Protocol, Row,
};
use crate::engine::Engine;
use crate::templates::Kind;
use crate::{Result, page};
use domain::Locale;
use domain::decision::Verdict;
use domain::number::Number;

/// Makes every document in full and empty, in every language and on every paper.
///
/// # Errors
/// [`crate::Error::Template`] or [`crate::Error::Document`], of the first that does not come out.
pub fn prove(engine: &Engine) -> Result<()> {
    for locale in Locale::ALL {
        let look = look(locale);
        for full in [true, false] {
            engine.print(Kind::Protocol, page::protocol(engine, &look, &protocol(full))?)?;
            engine.print(Kind::PackingSlip, page::packing_slip(engine, &look, &packing_slip(full))?)?;
            engine.print(Kind::Letter, page::letter(engine, &look, &letter(full))?)?;
            for verdict in Verdict::ALL {
                engine.print(Kind::Decision, page::decision(engine, &look, &decision(verdict, full))?)?;
            }
            for paper in Paper::ALL {
                engine.print(Kind::Label, page::labels(engine, &look, &[label(full)], paper)?)?;
                engine.print(Kind::GoodsLabel, page::goods_labels(engine, &look, &[goods_label(full)], paper)?)?;
            }
        }
    }
    Ok(())
}

const URL: &str = "https://redress.example.com/s/26-004217-4";

fn number() -> Number {
    Number::new(2026, 4217).expect("in range")
}

fn some(full: bool) -> Option<String> {
    full.then(|| "Lorem ipsum".to_owned())
}

fn text(full: bool) -> String {
    some(full).unwrap_or_default()
}

fn rows(full: bool) -> Vec<Row> {
    let row = Row { label: text(full), value: text(full) };
    if full { vec![row.clone(), row] } else { Vec::new() }
}

fn address(full: bool) -> Address {
    Address { name: text(full), lines: some(full).into_iter().collect() }
}

/// Of a picture that can be printed, or of one that cannot.
fn photo(jpeg: &[u8]) -> Photo {
    Photo { jpeg: jpeg.to_vec(), alt: text(true) }
}

fn look(locale: Locale) -> Look {
    Look {
        organisation: "Redress".into(),
        legal_name: "Redress".into(),
        address: vec!["Lorem ipsum".into()],
        locale,
        accent: [0x1b, 0x6e, 0x53],
        logo: Some(
            br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 0h4v1H0z"/></svg>"#.to_vec(),
        ),
    }
}

fn protocol(full: bool) -> Protocol {
    Protocol {
        number: number(),
        kind: text(full),
        store: address(full),
        customer: full.then(|| address(full)),
        filed: text(full),
        received: some(full),
        reply_by: some(full),
        url: URL.into(),
        groups: full.then(|| Group { heading: text(full), rows: rows(full) }).into_iter().collect(),
        photos: if full { vec![photo(include_bytes!("specimen.jpg")), photo(b"")] } else { Vec::new() },
        fee_warning: some(full),
        privacy_notice: some(full),
    }
}

fn label(full: bool) -> Label {
    Label {
        number: number(),
        url: URL.into(),
        from: address(full),
        to: address(full),
        valid_until: some(full),
        part: 1,
        parts: if full { 2 } else { 1 },
    }
}

fn goods_label(full: bool) -> GoodsLabel {
    GoodsLabel {
        number: number(),
        url: URL.into(),
        kind: text(full),
        article: text(full),
        customer: text(full),
        date: text(full),
        store: text(full),
    }
}

fn letter(full: bool) -> Letter {
    Letter {
        number: number(),
        url: URL.into(),
        store: address(full),
        customer: address(full),
        date: text(full),
        // No letter goes out without.
        subject: text(true),
        paragraphs: some(full).into_iter().collect(),
    }
}

fn packing_slip(full: bool) -> PackingSlip {
    let article = Article { number: number(), name: text(full), details: rows(full) };
    PackingSlip {
        number: number(),
        url: URL.into(),
        from: address(full),
        to: address(full),
        valid_until: some(full),
        articles: if full { vec![article.clone(), article] } else { Vec::new() },
        packing: some(full).into_iter().collect(),
    }
}

fn decision(verdict: Verdict, full: bool) -> Decision {
    Decision {
        number: number(),
        url: URL.into(),
        store: address(full),
        customer: address(full),
        article: text(full),
        filed: text(full),
        date: text(full),
        verdict,
        reason: text(full),
        explanation: text(full),
        evidence: some(full),
        you_get: some(full),
        next_step: some(full),
        further: some(full).into_iter().collect(),
        decided_by: text(full),
    }
}
