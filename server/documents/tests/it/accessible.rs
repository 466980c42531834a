//! What PDF/UA-1 (ISO 14289-1) asks of the file, read from its objects. That nothing is missing in the middle of a
//! document (a picture without words, a letter without a text) the writer checks by itself, or there is no document.

use crate::pdf::open;
use crate::samples::{self, PRESS};
use documents::{Look, Paper};
use domain::Locale;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, Name, Object, Stream, String as Text};
use std::collections::BTreeMap;

/// All documents in one language, with a logo.
fn all(l: Locale) -> Vec<(&'static str, Vec<u8>)> {
    let look = Look { logo: Some(include_bytes!("../fixtures/logo.svg").to_vec()), ..samples::look(l) };
    let labels = [samples::label(l, 1), samples::label(l, 2)];
    let mut all = vec![
        ("protocol", PRESS.protocol(&look, &samples::protocol(l))),
        ("packing slip", PRESS.packing_slip(&look, &samples::packing_slip(l))),
        ("decision", PRESS.decision(&look, &samples::decision(l))),
    ];
    all.extend(Paper::ALL.map(|paper| (paper.key(), PRESS.labels(&look, &labels, paper))));
    let goods = [samples::goods_label(l, 1), samples::goods_label(l, 2)];
    all.extend(Paper::ALL.map(|paper| ("goods", PRESS.goods_labels(&look, &goods, paper))));
    all.into_iter().map(|(name, pdf)| (name, pdf.expect("a document"))).collect()
}

fn root(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).expect("a catalogue")
}

fn string(dict: &Dict<'_>, key: &str) -> String {
    let bytes = dict.get::<Text<'_>>(key).expect(key);
    String::from_utf8_lossy(bytes.as_bytes()).into_owned()
}

/// How often each role stands in the structure, and the texts in the place of pictures.
fn structure(pdf: &Pdf) -> (BTreeMap<String, usize>, Vec<Vec<u8>>) {
    let mut roles = BTreeMap::new();
    let mut alts = Vec::new();
    for object in pdf.objects() {
        let Object::Dict(dict) = object else { continue };
        let Some(role) = dict.get::<Name<'_>>("S").filter(|_| dict.contains_key("P") && dict.contains_key("K")) else {
            continue;
        };
        *roles.entry(role.as_str().to_owned()).or_default() += 1;
        alts.extend(dict.get::<Text<'_>>("Alt").map(|alt| alt.as_bytes().to_vec()));
    }
    (roles, alts)
}

#[test]
fn every_document_is_tagged_and_says_what_it_is() {
    for l in Locale::ALL {
        for (name, bytes) in all(l) {
            let pdf = open(&bytes);
            let root = root(&pdf);
            assert!(root.get::<Dict<'_>>("StructTreeRoot").is_some(), "{name}: no structure");
            let marks = root.get::<Dict<'_>>("MarkInfo").expect("marks");
            assert_eq!(marks.get::<bool>("Marked"), Some(true), "{name}");
            let shown = root.get::<Dict<'_>>("ViewerPreferences").expect("preferences");
            assert_eq!(shown.get::<bool>("DisplayDocTitle"), Some(true), "{name}");
            assert_eq!(string(&root, "Lang"), l.tag(), "{name}");
            let xmp = root.get::<Stream<'_>>("Metadata").expect("metadata").decoded().expect("plain").into_owned();
            let xmp = String::from_utf8(xmp).expect("XML in UTF-8");
            assert!(xmp.contains("<pdfuaid:part>1</pdfuaid:part>"), "{name}: {xmp}");
            let title = match name {
                "protocol" => texts::documents::protocol(l),
                "packing slip" => texts::documents::packing_slip(l),
                "decision" => texts::documents::decision(l),
                "goods" => texts::documents::goods_labels(l),
                _ => texts::documents::labels(l),
            };
            assert!(xmp.contains(&format!(">{title}")), "{name}: no title in {xmp}");
        }
    }
}

#[test]
fn tables_have_headings_and_pictures_have_words() {
    let l = Locale::En;
    let documents = all(l);
    let (roles, alts) = structure(&open(&documents[0].1));
    let count = |role: &str| roles.get(role).copied().unwrap_or_default();
    // The title, and a heading for each group and each passage.
    assert_eq!((count("H1"), count("H2")), (1, 5), "{roles:?}");
    // One for each row of the groups, and three facts.
    assert_eq!(count("TH"), 4 + 9 + 3, "{roles:?}");
    // Logo, bar code, QR code and the three pictures that can be read.
    assert_eq!((count("Figure"), alts.len()), (6, 6), "{roles:?}");
    assert!(alts.iter().any(|alt| alt == b"The loose sole"));
    assert!(alts.iter().any(|alt| alt == b"Picture 2"));
    assert!(alts.iter().any(|alt| alt == b"Bar code of the number 26-004217-4"));
    let (roles, _) = structure(&open(&documents[1].1));
    assert_eq!(roles.get("LI"), Some(&5), "the steps of packing are a list: {roles:?}");
}
