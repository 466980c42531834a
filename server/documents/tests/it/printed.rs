//! What people typed is what stands on paper: all of it, as text, within the margins.

use crate::pdf::{self, Char, MM, squeeze, text};
use crate::samples::{self, PRESS, row};
use documents::{Address, Decision, Error, Look, PackingSlip, Paper, Photo, Protocol};
use domain::Locale;
use proptest::prelude::*;

/// What would do something in a template, a page, a sheet or a terminal if it were taken for more than text.
const INJECTIONS: [&str; 12] = [
    "#panic(\"boo\")",
    "#{while true {}}",
    "#import \"/etc/passwd\": *",
    "#image(\"/etc/passwd\")",
    "$ x^2 $ *strong* _emph_ `raw` = heading",
    "- item + item / term: yes",
    "@label <label> \\ // comment /* more */",
    "<html><script>alert(1)</script>&amp;",
    "=HYPERLINK(\"http://example.com\")",
    "{{ 7 * 7 }} ${7*7} %s %n",
    "\"}], \"document\": null, {\"",
    "https://example.com/a?b=c#d ~ -- --- ... 'quotes' \"quotes\"",
];

fn protocol_with(value: &str) -> Protocol {
    let mut protocol = samples::protocol(Locale::En);
    protocol.photos.clear();
    protocol.groups[1].rows.push(row(value, value));
    protocol
}

#[test]
fn markup_is_only_text() {
    let look = samples::look(Locale::En);
    for injection in INJECTIONS {
        let expected = squeeze(injection);
        let address = Address { name: injection.into(), lines: vec![injection.into()] };
        let protocol = Protocol {
            kind: injection.into(),
            customer: Some(address.clone()),
            photos: vec![Photo { jpeg: Vec::new(), alt: injection.into() }],
            fee_warning: Some(injection.into()),
            ..protocol_with(injection)
        };
        let pdf = PRESS.protocol(&look, &protocol).expect("a protocol");
        // Type, name and address, question and answer, caption, warning.
        assert_eq!(text(&pdf).matches(&expected).count(), 7, "{injection}: {}", text(&pdf));

        let mut label = samples::label(Locale::En, 1);
        label.from = address.clone();
        let pdf = PRESS.labels(&look, &[label], Paper::A6).expect("a label");
        assert_eq!(text(&pdf).matches(&expected).count(), 2, "{injection}");

        let mut slip = samples::packing_slip(Locale::En);
        slip.articles[0].name = injection.into();
        slip.packing = vec![injection.into()];
        let pdf = PRESS.packing_slip(&look, &slip).expect("a slip");
        assert_eq!(text(&pdf).matches(&expected).count(), 2, "{injection}");

        let decision = Decision { explanation: injection.into(), ..samples::decision(Locale::En) };
        let pdf = PRESS.decision(&look, &decision).expect("a decision");
        assert_eq!(text(&pdf).matches(&expected).count(), 1, "{injection}");
    }
}

#[test]
fn every_letter_comes_out_as_itself() {
    let letters = "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż ÆØÅ æøå ÄÖÜ äöüß ÉÈÊÔ éèêô Підошва Подошва Ελλάδα € ½ °";
    let pdf = PRESS.protocol(&samples::look(Locale::Pl), &protocol_with(letters)).expect("a protocol");
    assert_eq!(text(&pdf).matches(&squeeze(letters)).count(), 2);
    // In the caption's size and in bold as well.
    let decision = Decision { decided_by: letters.into(), ..samples::decision(Locale::Pl) };
    let pdf = PRESS.decision(&samples::look(Locale::Pl), &decision).expect("a decision");
    assert!(text(&pdf).contains(&squeeze(letters)));
}

#[test]
fn what_the_fonts_lack_is_shown_as_lacking() {
    let pdf =
        PRESS.protocol(&samples::look(Locale::En), &protocol_with("ok 😀 漢 done\u{202e}\u{7}")).expect("a protocol");
    assert!(text(&pdf).contains("ok\u{fffd}\u{fffd}done"));
}

/// Those characters of a kind that occurs nowhere else, with the number of their page.
fn marked(pdf: &[u8], mark: &str) -> Vec<(usize, Char)> {
    let pages = pdf::chars(pdf).into_iter().enumerate();
    pages
        .flat_map(|(page, chars)| chars.into_iter().map(move |c| (page, c)))
        .filter(|(_, c)| c.text.starts_with(mark))
        .collect()
}

/// All `n` are there, within the margins of an A4 sheet, none on another.
fn flows(pdf: &[u8], mark: &str, n: usize) {
    let mut chars = marked(pdf, mark);
    assert_eq!(chars.len(), n);
    for (_, c) in &chars {
        assert!((19.9 * MM..190.1 * MM).contains(&c.x) && (20.0 * MM..274.0 * MM).contains(&c.y), "{c:?}");
    }
    let place = |(page, c): &(usize, Char)| (*page, (c.x * 10.0) as i64, (c.y * 10.0) as i64);
    chars.sort_by_key(place);
    chars.dedup_by_key(|c| place(c));
    assert_eq!(chars.len(), n, "some lie on others");
}

#[test]
fn endless_texts_flow_over_pages() {
    let look = samples::look(Locale::Nb);
    for text in ["§".repeat(10_000), "§§§ §§§§§ ".repeat(1250), "§\n".repeat(10_000)] {
        let pdf = PRESS
            .protocol(&look, &Protocol { fee_warning: Some(text.clone()), ..protocol_with("x") })
            .expect("a protocol");
        flows(&pdf, "§", 10_000);
        let mut protocol = protocol_with("x");
        protocol.groups[0].rows[0].value = text.clone();
        flows(&PRESS.protocol(&look, &protocol).expect("a protocol"), "§", 10_000);
        let decision = Decision { explanation: text.clone(), ..samples::decision(Locale::Nb) };
        flows(&PRESS.decision(&look, &decision).expect("a decision"), "§", 10_000);
        let slip = PackingSlip { packing: vec![text], ..samples::packing_slip(Locale::Nb) };
        flows(&PRESS.packing_slip(&look, &slip).expect("a slip"), "§", 10_000);
    }
}

#[test]
fn endless_names_stay_in_their_columns() {
    let look = samples::look(Locale::Nb);
    let name = "§".repeat(300);
    let address = Address { name: name.clone(), lines: Vec::new() };
    let protocol = Protocol { customer: Some(address.clone()), ..protocol_with("x") };
    let pdf = PRESS.protocol(&look, &protocol).expect("a protocol");
    flows(&pdf, "§", 300);
    assert!(marked(&pdf, "§").iter().all(|(_, c)| c.x < 105.0 * MM), "the customer's column ends in the middle");
    let store = Protocol { store: address.clone(), ..protocol_with("x") };
    flows(&PRESS.protocol(&look, &store).expect("a protocol"), "§", 300);
    let decision = Decision { customer: address.clone(), ..samples::decision(Locale::Nb) };
    flows(&PRESS.decision(&look, &decision).expect("a decision"), "§", 300);
    for paper in [Paper::A6, Paper::Roll62] {
        let label = documents::Label { from: address.clone(), ..samples::label(Locale::Nb, 1) };
        let pdf = PRESS.labels(&look, &[label], paper).expect("a label");
        assert_eq!(marked(&pdf, "§").len(), 300, "{paper:?}");
        let size = pdf::sizes(&pdf)[0];
        for (_, c) in marked(&pdf, "§") {
            assert!(c.x > 2.0 * MM && c.x < (size.0 as f64 - 2.0) * MM && c.y < (size.1 as f64 - 2.0) * MM, "{c:?}");
        }
    }
}

#[test]
fn the_longest_words_that_do_not_break_stay_in_their_columns_on_labels() {
    let word = "§".repeat(20);
    let address = Address { name: word.clone(), lines: vec![word.clone(), word] };
    for (paper, right, frame) in [(Paper::A6, 66.0, 96.0), (Paper::Roll62, 31.5, 56.5)] {
        let mut label = samples::label(Locale::Nb, 1);
        label.from = address.clone();
        let pdf = PRESS.labels(&samples::look(Locale::Nb), &[label.clone()], paper).expect("a label");
        let width = |chars: &[(usize, Char)]| chars.iter().map(|(_, c)| c.x).fold(0.0, f64::max) / MM;
        let rows = |chars: &[(usize, Char)]| chars.chunk_by(|(_, a), (_, b)| (a.y - b.y).abs() < 0.1).count();
        let sender = marked(&pdf, "§");
        assert!(width(&sender) < right && rows(&sender) == 3, "{paper:?}: {}", width(&sender));
        label.to = std::mem::take(&mut label.from);
        let pdf = PRESS.labels(&samples::look(Locale::Nb), &[label], paper).expect("a label");
        let recipient = marked(&pdf, "§");
        assert!(width(&recipient) < frame && rows(&recipient) == 3, "{paper:?}: {}", width(&recipient));
    }
}

#[test]
fn nothing_at_all_makes_a_document_too() {
    let logo = Some(include_bytes!("../fixtures/logo.svg").to_vec());
    let look = Look {
        organisation: " ".into(),
        legal_name: String::new(),
        address: Vec::new(),
        logo,
        ..samples::look(Locale::Pl)
    };
    PRESS.protocol(&look, &samples::bare_protocol(Locale::Pl)).expect("a protocol");
    let empty = Address::default();
    let mut label = samples::label(Locale::Pl, 1);
    (label.from, label.to, label.valid_until, label.url) = (empty.clone(), empty, None, String::new());
    for paper in Paper::ALL {
        PRESS.labels(&look, &[label.clone()], paper).expect("a label");
    }
}

#[test]
fn each_page_has_the_number_and_says_which_it_is() {
    let l = Locale::Pl;
    let decision = Decision { explanation: "słowo ".repeat(3000), ..samples::decision(l) };
    let pdf = PRESS.decision(&samples::look(l), &decision).expect("a decision");
    let pages = pdf::chars(&pdf);
    assert!(pages.len() > 3);
    for (at, chars) in pages.iter().enumerate() {
        let text: String = chars.iter().map(|c| c.text.as_str()).collect();
        let head = format!("26-004217-4Strona{}z{}", at + 1, pages.len());
        assert!(squeeze(&text).contains(&head), "page {} lacks {head}", at + 1);
    }
}

#[test]
fn a_rejection_has_to_say_how_to_complain_further() {
    let silent = Decision { further: vec![" \n".into()], ..samples::decision(Locale::Pl) };
    assert!(matches!(PRESS.decision(&samples::look(Locale::Pl), &silent), Err(Error::NoWayFurther)));
    let approved = Decision { verdict: domain::decision::Verdict::Approved, ..silent };
    assert!(PRESS.decision(&samples::look(Locale::Pl), &approved).is_ok());
}

#[test]
fn a_logo_that_cannot_be_printed_is_refused_and_left_out() {
    let outside = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="data.json" width="9" height="9"/></svg>"#;
    let passwd = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="file:///etc/passwd" width="9" height="9"/></svg>"#;
    for logo in [b"GIF89a".as_slice(), b"", b"<svg", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", outside, passwd] {
        assert!(matches!(PRESS.check_logo(logo), Err(Error::Logo(_))), "{:?}", String::from_utf8_lossy(logo));
        let look = Look { logo: Some(logo.to_vec()), ..samples::look(Locale::En) };
        let pdf = PRESS.labels(&look, &[samples::label(Locale::En, 1)], Paper::A6).expect("a label");
        assert!(text(&pdf).contains("NordlysSport"));
    }
    for logo in [include_bytes!("../fixtures/logo.svg").as_slice(), include_bytes!("../fixtures/shoe.jpg")] {
        PRESS.check_logo(logo).expect("a logo");
        let look = Look { logo: Some(logo.to_vec()), ..samples::look(Locale::En) };
        let pdf = PRESS.labels(&look, &[samples::label(Locale::En, 1)], Paper::A6).expect("a label");
        assert!(!text(&pdf).contains("NordlysSport"), "the logo takes the place of the name");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_text_makes_a_document(value in any::<String>(), name in "\\PC{0,400}") {
        let look = samples::look(Locale::Nb);
        let address = Address { name: name.clone(), lines: vec![value.clone()] };
        let protocol = Protocol { customer: Some(address.clone()), ..protocol_with(&value) };
        prop_assert!(PRESS.protocol(&look, &protocol).is_ok());
        let label = documents::Label { from: address.clone(), to: address, ..samples::label(Locale::Nb, 1) };
        for paper in Paper::ALL {
            let labels = vec![label.clone(); 2];
            let pdf = PRESS.labels(&look, &labels, paper).expect("labels");
            prop_assert_eq!(pdf::sizes(&pdf).len(), if paper == Paper::A4 { 1 } else { 2 });
        }
    }
}
