//! Each shipped form is well-formed, can be filled in, and misses what is left out.

use super::*;
use crate::form::schema::{Choice, Condition, Required};
use crate::form::{Context, Fault, Field, FieldKind, Problem, check, missing_pictures, shown};
use jiff::civil::date;
use std::collections::BTreeSet;

fn context() -> Context {
    Context { locale: Locale::Nb, today: date(2026, 11, 22), country: "NO".to_owned(), pictures: Vec::new() }
}

/// Something that a field takes.
fn sample(kind: &FieldKind) -> &str {
    match kind {
        FieldKind::Text { .. } | FieldKind::LongText { .. } | FieldKind::Address => "tekst",
        FieldKind::Number { .. } => "3",
        FieldKind::Money { .. } => "499,-",
        FieldKind::Date { .. } => "17.10.2026",
        FieldKind::Choice { options } | FieldKind::Choices { options } => options[0].key.as_str(),
        FieldKind::YesNo | FieldKind::Tick => "yes",
        FieldKind::Email => "kari@example.no",
        FieldKind::Phone => "912 34 567",
        FieldKind::Ean => "5901234123457",
        FieldKind::Serial => "SN-1",
        FieldKind::Picture { .. } => "",
    }
}

fn is_picture(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Picture { .. })
}

/// Only what bears a star, with those that a filled one brings up.
fn minimal(form: &Form, sold: &str) -> Answers {
    let mut answers = Answers::default();
    answers.set(common::SOLD, sold);
    let mut before = 0;
    while answers.0.len() > before {
        before = answers.0.len();
        for asked in shown(form, &answers.clone(), &context()) {
            let key = asked.field.key.as_str();
            if asked.required && !is_picture(asked.field) && !answers.is_filled(key) {
                answers.set(key, sample(&asked.field.kind));
            }
        }
    }
    answers
}

#[test]
fn thirteen_types_with_unique_keys() {
    let keys: Vec<String> = types().iter().map(|kind| kind.key.to_string()).collect();
    assert_eq!(
        keys,
        [
            "shoes",
            "clothing",
            "sports",
            "electronics",
            "appliances",
            "furniture",
            "jewellery",
            "glasses",
            "child",
            "garden",
            "food",
            "transport",
            "other"
        ]
    );
    let outcomes: BTreeSet<Key> = outcomes().into_iter().map(|outcome| outcome.key).collect();
    for kind in types() {
        assert!(kind.default_outcome.is_none_or(|key| outcomes.contains(&key)), "{}", kind.key);
    }
}

fn in_all_languages(text: &Localized, place: &str) {
    assert!([&text.en, &text.nb, &text.pl].iter().all(|text| !text.trim().is_empty()), "{place}: {text:?}");
}

#[test]
fn forms_are_well_formed() {
    for kind in types() {
        in_all_languages(&kind.name, kind.key.as_str());
        let all: BTreeSet<&str> = kind.form.fields().map(|field| field.key.as_str()).collect();
        let mut earlier = BTreeSet::new();
        for section in &kind.form.sections {
            in_all_languages(&section.title, section.key.as_str());
            for field in &section.fields {
                let place = format!("{}: {}", kind.key, field.key);
                in_all_languages(&field.label, &place);
                let help = [&field.help.en, &field.help.nb, &field.help.pl].map(|text| text.is_empty());
                assert!(help[0] == help[1] && help[1] == help[2], "{place}: help in every language or in none");
                let names = |condition: &Condition| condition.field.as_str().to_owned();
                assert!(field.shown_when.as_ref().is_none_or(|c| earlier.contains(&names(c))), "{place}: looks ahead");
                if let Required::When(condition) = &field.required {
                    assert!(all.contains(names(condition).as_str()), "{place}: looks at nothing");
                }
                if let FieldKind::Choice { options } | FieldKind::Choices { options } = &field.kind {
                    options_are_well_formed(options, &place);
                }
                assert!(earlier.insert(field.key.to_string()), "{place}: twice");
            }
        }
    }
}

fn options_are_well_formed(options: &[Choice], place: &str) {
    let keys: BTreeSet<&Key> = options.iter().map(|option| &option.key).collect();
    assert!(options.len() > 1 && keys.len() == options.len(), "{place}: options");
    for option in options {
        in_all_languages(&option.label, place);
    }
}

#[test]
fn starred_fields_are_those_of_the_facts() {
    let common = ["sold", "article_name", "description", "receipt_number", "purchase_date", "customer_name"];
    for (kind, own) in [
        ("shoes", &["size", "side", "defect_place", "clean"][..]),
        ("clothing", &["size", "defect"]),
        ("sports", &[]),
        ("electronics", &["model", "serial", "occurrence", "outer_damage", "accessories", "data"]),
        ("appliances", &["model", "serial", "visit_address"]),
        ("furniture", &["order_number", "part_fault", "part", "picture_label"]),
        ("jewellery", &["stones", "stones_state", "weight", "bag_number"]),
        ("glasses", &[]),
        ("child", &["safety", "injury"]),
        ("garden", &[]),
        ("food", &["lot", "best_before", "reaction"]),
        (
            "transport",
            &[
                "supplier",
                "carrier",
                "waybill",
                "delivery_date",
                "damage_visible",
                "picture_damage",
                "picture_item",
                "picture_label",
            ],
        ),
        ("other", &[]),
    ] {
        let kind = types().into_iter().find(|t| t.key.as_str() == kind).expect("one of the thirteen");
        let mut answers = first_answers(Locale::Nb);
        answers.set(common::CUSTOMER_PHONE, "912 34 567");
        let asked = shown(&kind.form, &answers, &context());
        let stars: BTreeSet<&str> =
            asked.iter().filter(|asked| asked.required).map(|asked| asked.field.key.as_str()).collect();
        let expected: BTreeSet<&str> = common.iter().chain(own).copied().collect();
        assert_eq!(stars, expected, "{}", kind.key);
    }
}

#[test]
fn minimal_answers_do_and_each_is_missed() {
    for (kind, sold) in types().iter().flat_map(|kind| [(kind, "yes"), (kind, "no")]) {
        let answers = minimal(&kind.form, sold);
        let checked = check(&kind.form, &answers, &context());
        assert!(checked.is_ok(), "{}: {checked:?}", kind.key);
        for name in answers.0.keys() {
            let mut without = answers.clone();
            without.0.remove(name);
            let missing = Problem { field: make::key(name), fault: Fault::Missing };
            assert_eq!(check(&kind.form, &without, &context()), Err(vec![missing]), "{}", kind.key);
        }
    }
}

#[test]
fn unsold_stock_has_no_customer_and_no_purchase() {
    for kind in types() {
        let mut answers = minimal(&kind.form, "yes");
        answers.set(common::SOLD, "no");
        let checked = check(&kind.form, &answers, &context()).expect("less is asked for");
        for key in [common::CUSTOMER_NAME, common::CUSTOMER_EMAIL, common::RECEIPT_NUMBER, common::PURCHASE_DATE] {
            assert!(!checked.is_filled(key), "{}: {key}", kind.key);
        }
    }
}

#[test]
fn starred_pictures_are_told_as_missing() {
    for kind in types() {
        let answers = minimal(&kind.form, "yes");
        let missing = missing_pictures(&kind.form, &answers, &context());
        let starred = kind.form.fields().filter(|field| is_picture(field) && field.required == Required::Always);
        assert!(missing.iter().map(|problem| &problem.field).eq(starred.map(|field| &field.key)), "{}", kind.key);
    }
}

#[test]
fn lists_are_well_formed() {
    let (outcomes, reasons) = (outcomes(), reasons());
    assert_eq!(outcomes.iter().map(|outcome| &outcome.key).collect::<BTreeSet<_>>().len(), 12);
    assert_eq!(reasons.iter().map(|reason| (&reason.key, reason.against)).collect::<BTreeSet<_>>().len(), 17);
    for name in outcomes.iter().map(|o| &o.name).chain(reasons.iter().map(|r| &r.name)) {
        in_all_languages(name, "lists");
    }
}

#[test]
fn types_survive_storage() {
    for kind in types() {
        let json = serde_json::to_string(&kind).expect("plain data");
        assert_eq!(serde_json::from_str::<ComplaintType>(&json).expect("our own"), kind);
    }
}
