//! What a template reads: `data.json`, and the pictures that it refers to by name.
//!
//! ```json
//! { "look": {"organisation", "legal_name", "address", "lang", "accent", "logo"}, "words": {…},
//!   "document": the fields of the document, "codes": {"bars": {number: {"svg", "modules"}}, "qr": [{"svg", "modules"}]}, … }
//! ```

use crate::codes::{self, Code};
use crate::data::{Address, Decision, GoodsLabel, Label, Letter, Look, PackingSlip, Paper, Protocol};
use crate::engine::{self, Engine};
use crate::{Result, text, words};
use domain::decision::Verdict;
use domain::number::Number;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use typst::foundations::Bytes;

/// Characters of an address on a label, of which the name may take most, and its lines: more than anybody has, and as
/// many as a label of fixed size holds in its smallest type.
const ADDRESS: usize = 480;
const ADDRESS_NAME: usize = 300;
const ADDRESS_LINES: usize = 7;

/// Characters of what stands in places of fixed size: at the top and the bottom of each page, and on labels.
const ORGANISATION: usize = 120;
const LEGAL_NAME: usize = 200;
const DATE: usize = 32;

/// Characters of what stands on a label for goods: as many as its smallest sheet holds in type that can be read.
const GOODS_KIND: usize = 40;
const GOODS_ARTICLE: usize = 70;
const GOODS_NAME: usize = 24;

/// A document before it is set.
#[derive(Default)]
pub struct Page {
    pub data: Value,
    pub files: Vec<(String, Bytes)>,
}

pub fn protocol(engine: &Engine, look: &Look, protocol: &Protocol) -> Result<Page> {
    let title = format!("{} {}", texts::documents::protocol(look.locale), protocol.number);
    let mut page = Page::new(engine, look, &title, protocol, &[protocol.number], &[&protocol.url])?;
    let mut pictures = Vec::new();
    for (at, photo) in protocol.photos.iter().enumerate() {
        let bytes = Bytes::new(photo.jpeg.clone());
        let file = engine::is_jpeg(&bytes).then(|| format!("picture-{at}.jpg"));
        if let Some(file) = &file {
            page.files.push((file.clone(), bytes));
        }
        let alt = text::clean(&photo.alt, &engine.fonts);
        let alt = if alt.is_empty() { texts::documents::picture(look.locale, &(at + 1).to_string()) } else { alt };
        pictures.push(json!({ "file": file, "alt": alt }));
    }
    page.set("pictures", pictures.into());
    Ok(page)
}

pub fn labels(engine: &Engine, look: &Look, labels: &[Label], paper: Paper) -> Result<Page> {
    let title = match labels {
        [label] => format!("{} {}", texts::documents::label(look.locale), label.number),
        _ => texts::documents::labels(look.locale).to_owned(),
    };
    let numbers: Vec<Number> = labels.iter().map(|label| label.number).collect();
    let urls: Vec<&str> = labels.iter().map(|label| label.url.as_str()).collect();
    let short: Vec<Label> = labels.iter().map(short_label).collect();
    let mut page = Page::new(engine, look, &title, &short, &numbers, &urls)?;
    page.set("paper", paper.key().into());
    Ok(page)
}

pub fn goods_labels(engine: &Engine, look: &Look, labels: &[GoodsLabel], paper: Paper) -> Result<Page> {
    let title = match labels {
        [label] => format!("{} {}", texts::documents::goods_label(look.locale), label.number),
        _ => texts::documents::goods_labels(look.locale).to_owned(),
    };
    let numbers: Vec<Number> = labels.iter().map(|label| label.number).collect();
    let urls: Vec<&str> = labels.iter().map(|label| label.url.as_str()).collect();
    let short: Vec<GoodsLabel> = labels.iter().map(short_goods).collect();
    let mut page = Page::new(engine, look, &title, &short, &numbers, &urls)?;
    page.set("paper", paper.key().into());
    Ok(page)
}

pub fn packing_slip(engine: &Engine, look: &Look, slip: &PackingSlip) -> Result<Page> {
    let title = format!("{} {}", texts::documents::packing_slip(look.locale), slip.number);
    let numbers: Vec<Number> =
        std::iter::once(slip.number).chain(slip.articles.iter().map(|article| article.number)).collect();
    Page::new(engine, look, &title, slip, &numbers, &[&slip.url])
}

pub fn decision(engine: &Engine, look: &Look, decision: &Decision) -> Result<Page> {
    let l = look.locale;
    let title = format!("{} {}", texts::documents::decision(l), decision.number);
    let mut page = Page::new(engine, look, &title, decision, &[decision.number], &[&decision.url])?;
    let verdict = match decision.verdict {
        Verdict::Approved => texts::case::is_approved(l),
        Verdict::Partly => texts::case::is_partly(l),
        Verdict::Rejected => texts::case::is_rejected(l),
    };
    page.set("verdict", verdict.into());
    Ok(page)
}

pub fn letter(engine: &Engine, look: &Look, letter: &Letter) -> Result<Page> {
    let title = format!("{} {}", letter.subject, letter.number);
    Page::new(engine, look, text::clean(&title, &engine.fonts).trim(), letter, &[letter.number], &[&letter.url])
}

impl Page {
    fn new(
        engine: &Engine,
        look: &Look,
        title: &str,
        document: &impl Serialize,
        numbers: &[Number],
        urls: &[&str],
    ) -> Result<Self> {
        let mut files = Vec::new();
        let mut logo = Value::Null;
        if let Some(bytes) = &look.logo {
            let bytes = Bytes::new(bytes.clone());
            if let Ok(name) = engine.logo(&bytes) {
                files.push((name.to_owned(), bytes));
                logo = name.into();
            }
        }
        let [red, green, blue] = look.accent;
        let mut typed = json!({
            "document": serde_json::to_value(document).expect("plain data with names as keys"),
            "look": {
                "organisation": text::shorten(&look.organisation, ORGANISATION),
                "legal_name": text::shorten(&look.legal_name, LEGAL_NAME),
                "address": short(&Address { name: String::new(), lines: look.address.clone() }).lines,
                "lang": look.locale.tag(),
                "accent": format!("#{red:02x}{green:02x}{blue:02x}"),
                "logo": logo,
            },
        });
        text::clean_all(&mut typed, &engine.fonts);
        let mut page = Self { data: typed, files };
        page.set("title", title.into());
        page.set("words", words::all(look.locale));
        let bars: BTreeMap<String, Code> =
            numbers.iter().map(|number| (number.to_string(), codes::code128(*number))).collect();
        let qr = urls.iter().map(|url| codes::qr(url)).collect::<Result<Vec<Code>>>()?;
        page.set("codes", json!({ "bars": bars, "qr": qr }));
        Ok(page)
    }

    fn set(&mut self, key: &str, value: Value) {
        self.data[key] = value;
    }
}

fn short_label(label: &Label) -> Label {
    let valid_until = label.valid_until.as_deref().map(|date| text::shorten(date, DATE));
    Label { from: short(&label.from), to: short(&label.to), valid_until, ..label.clone() }
}

/// As much as a label of fixed size holds, each on one line.
pub fn short_goods(label: &GoodsLabel) -> GoodsLabel {
    let line = |text: &str, most| text::shorten(&text::lines(text).collect::<Vec<_>>().join(" "), most);
    GoodsLabel {
        kind: line(&label.kind, GOODS_KIND),
        article: line(&label.article, GOODS_ARTICLE),
        customer: line(&label.customer, GOODS_NAME),
        date: line(&label.date, DATE),
        store: line(&label.store, GOODS_KIND),
        ..label.clone()
    }
}

/// As much of an address as a label of fixed size holds; an ellipsis tells that there was more.
pub fn short(address: &Address) -> Address {
    let filled = |text: &str| text::lines(text).filter(|line| !line.is_empty()).collect::<Vec<String>>();
    let name = text::shorten(&filled(&address.name).join(" "), ADDRESS_NAME);
    let mut left = ADDRESS.saturating_sub(name.chars().count());
    let mut lines: Vec<String> = Vec::new();
    for line in address.lines.iter().flat_map(|line| filled(line)) {
        if left < 2 || lines.len() == ADDRESS_LINES {
            if let Some(last) = lines.last_mut().filter(|last| !last.ends_with('…')) {
                last.push_str(" …");
            }
            break;
        }
        let line = text::shorten(&line, left);
        left -= line.chars().count();
        lines.push(line);
    }
    Address { name, lines }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_ordinary_address_is_printed_whole() {
        let address = Address {
            name: "Wawrzyniec Brzęczyszczykiewicz-Szczebrzeszyński".into(),
            lines: ["c/o Åse", "Chrząszczyżewoszyce 17 B", "99-999 Łękołody", "Polska", "+48 600 700 800"]
                .map(Into::into)
                .into(),
        };
        assert_eq!(short(&address), address);
    }

    proptest! {
        #[test]
        fn an_absurd_one_is_bounded_and_says_so(name in ".{0,600}", lines in prop::collection::vec("(.|\n){0,300}", 0..20)) {
            let address = Address { name, lines };
            let shown = short(&address);
            let filled = |text: &str| text::lines(text).filter(|line| !line.is_empty()).collect::<Vec<_>>();
            prop_assert!(shown.lines.len() <= ADDRESS_LINES);
            let characters = |a: &Address| a.name.chars().count() + a.lines.iter().map(|l| l.chars().count()).sum::<usize>();
            prop_assert!(characters(&shown) <= ADDRESS + 2);
            let all: Vec<String> = address.lines.iter().flat_map(|line| filled(line)).collect();
            if shown.lines != all {
                prop_assert!(shown.lines.last().is_none_or(|last| last.ends_with('…')));
            }
        }
    }
}
