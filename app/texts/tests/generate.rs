//! The generator's own rules: what it writes and what it refuses.

#[path = "../generate.rs"]
mod generate;

use generate::{Piece, Sources, cut};

fn sources(en: &str, nb: &str, pl: &str) -> Sources {
    [en, nb, pl].map(|json| [("case".to_owned(), json.to_owned())].into())
}

fn faults(en: &str, nb: &str, pl: &str) -> Vec<String> {
    generate::generate(&sources(en, nb, pl)).err().unwrap_or_default()
}

fn code(en: &str, nb: &str, pl: &str) -> String {
    generate::generate(&sources(en, nb, pl)).expect("well-formed")
}

#[test]
fn cuts_at_placeholders() {
    let plain = |text: &str| Piece::Plain(text.to_owned());
    let hole = |text: &str| Piece::Placeholder(text.to_owned());
    assert_eq!(cut("Dear {name}, {n}!"), Ok(vec![plain("Dear "), hole("name"), plain(", "), hole("n"), plain("!")]));
    for bad in ["", "  ", "{", "}", "a {b", "a {B} c", "{}", "{a b}"] {
        assert!(cut(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_plain_text_is_a_constant() {
    let code = code(r#"{"save": "Save"}"#, r#"{"save": "Lagre"}"#, r#"{"save": "Zapisz \"teraz\""}"#);
    assert!(code.contains("pub const fn save(l: Locale) -> &'static str"), "{code}");
    assert!(code.contains(r#"Locale::Pl => "Zapisz \"teraz\"""#), "{code}");
    assert!(!code.contains("by_key"), "{code}");
}

#[test]
fn arguments_follow_the_english_order() {
    let code = code(r#"{"x": "{a} of {b}"}"#, r#"{"x": "{b}: {a}"}"#, r#"{"x": "{a}{b}"}"#);
    assert!(code.contains("pub fn x(l: Locale, a: &str, b: &str) -> String"), "{code}");
    assert!(code.contains(r#"Locale::Nb => [b, ": ", a].concat()"#), "{code}");
}

#[test]
fn a_plural_takes_the_number_first() {
    let two = r#"{"d": {"one": "a day at {place}", "many": "{n} days at {place}"}}"#;
    let code = code(two, two, r#"{"d": {"one": "1 {place}", "few": "{n} dni {place}", "many": "{n} dnia {place}"}}"#);
    assert!(code.contains("pub fn d(l: Locale, n: i64, place: &str) -> String"), "{code}");
    assert_eq!(code.matches("Plural::Few").count(), 1, "{code}");
}

#[test]
fn keywords_and_groups() {
    let json = r#"{"_by_key": true, "type": "Type", "of": "of {x}"}"#;
    let code = code(json, r#"{"type": "Type", "of": "{x}"}"#, r#"{"type": "Typ", "of": "{x}"}"#);
    assert!(code.contains("pub const fn r#type("), "{code}");
    assert!(code.contains("\"type\" => r#type(l)"), "{code}");
    assert!(!code.contains("\"of\" =>"), "only plain texts can be looked up: {code}");
}

#[test]
fn every_fault_is_named_with_file_and_key() {
    let cases = [
        (r#"{"a": "x"}"#, "{}", r#"{"a": "x"}"#, "locales/nb/case.json: a: missing"),
        (
            r#"{"a": "x"}"#,
            r#"{"a": "x", "b": "y"}"#,
            r#"{"a": "x"}"#,
            "locales/nb/case.json: b: not in the English file",
        ),
        (r#"{"a": "x"}"#, r#"{"a": "x"}"#, r#"{"a": " "}"#, "locales/pl/case.json: a: empty"),
        (r#"{"a": "{x}"}"#, r#"{"a": "{y}"}"#, r#"{"a": "{x}"}"#, "locales/nb/case.json: a: placeholders"),
        (r#"{"a": "x"}"#, r#"{"a": "x"}"#, r#"{"a": "{x}"}"#, "locales/pl/case.json: a: placeholders"),
        (r#"{"a": "x"}"#, r#"{"a": 1}"#, r#"{"a": "x"}"#, "locales/nb/case.json: a: neither"),
        (r#"{"a": "x"}"#, "[]", r#"{"a": "x"}"#, "locales/nb/case.json: not an object"),
        (r#"{"A": "x"}"#, r#"{"A": "x"}"#, r#"{"A": "x"}"#, "locales/en/case.json: A: a key is"),
        (
            "{\"a\": \"x\",\n\"a\": \"y\"}",
            r#"{"a": "x"}"#,
            r#"{"a": "x"}"#,
            "locales/en/case.json: a: stands there twice",
        ),
        (
            r#"{"a": {"one": "x", "many": "y"}}"#,
            r#"{"a": "x"}"#,
            r#"{"a": {"one": "x", "few": "x", "many": "y"}}"#,
            "locales/nb/case.json: a: a plural in one",
        ),
        (
            r#"{"a": {"one": "x", "many": "y"}}"#,
            r#"{"a": {"one": "x", "few": "x", "many": "y"}}"#,
            r#"{"a": {"one": "x", "many": "y"}}"#,
            "locales/pl/case.json: a: the plural form \"few\" is missing",
        ),
    ];
    for (en, nb, pl, expected) in cases {
        let faults = faults(en, nb, pl);
        assert!(faults.iter().any(|fault| fault.starts_with(expected)), "{expected}: {faults:?}");
    }
}

#[test]
fn a_missing_file_is_a_fault() {
    let mut sources = sources("{}", "{}", "{}");
    sources[1].clear();
    assert_eq!(generate::generate(&sources), Err(vec!["locales/nb/case.json: missing".to_owned()]));
}
