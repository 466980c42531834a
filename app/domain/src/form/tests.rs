//! What `check` promises, on a form that has a field of every kind.

use super::schema::{Choice, Condition, Required, Test};
use super::*;
use crate::attachment::AttachmentKind;
use crate::id::Key;
use crate::{Locale, Localized};
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

fn field(name: &str, kind: FieldKind) -> Field {
    Field {
        key: key(name),
        label: Localized::new(name, name, name),
        help: Localized::default(),
        kind,
        required: Required::No,
        shown_when: None,
        staff_only: false,
    }
}

fn when(name: &str, is: Test) -> Condition {
    Condition { field: key(name), is }
}

fn one_of(name: &str, value: &str) -> Condition {
    when(name, Test::OneOf(vec![value.to_owned()]))
}

fn options(keys: &[&str]) -> Vec<Choice> {
    keys.iter().map(|name| Choice { key: key(name), label: Localized::new(name, name, name) }).collect()
}

fn form() -> Form {
    let fields = vec![
        Field { required: Required::Always, ..field("sold", FieldKind::YesNo) },
        Field {
            required: Required::Always,
            shown_when: Some(one_of("sold", "yes")),
            ..field("name", FieldKind::Text { max: Some(20) })
        },
        Field { shown_when: Some(when("name", Test::Filled)), ..field("story", FieldKind::LongText { max: None }) },
        Field { shown_when: Some(when("story", Test::Filled)), ..field("address", FieldKind::Address) },
        Field {
            required: Required::When(when("later", Test::Empty)),
            shown_when: Some(one_of("sold", "yes")),
            ..field("receipt", FieldKind::Text { max: None })
        },
        Field { shown_when: Some(one_of("sold", "yes")), ..field("later", FieldKind::Tick) },
        field(
            "weight",
            FieldKind::Number { decimals: 2, min: Some(0), max: Some(100_000), unit: Localized::new("g", "g", "g") },
        ),
        field("count", FieldKind::Number { decimals: 0, min: None, max: None, unit: Localized::default() }),
        field("price", FieldKind::Money { max_minor: Some(10_000_000) }),
        field("bought", FieldKind::Date { earliest: Some(-3650), latest: Some(0) }),
        field("demand", FieldKind::Choice { options: options(&["repair", "refund"]) }),
        field("places", FieldKind::Choices { options: options(&["sole", "heel", "seam"]) }),
        field("email", FieldKind::Email),
        field("phone", FieldKind::Phone),
        field("ean", FieldKind::Ean),
        field("serial", FieldKind::Serial),
        Field { required: Required::Always, ..field("photo", FieldKind::Picture { kind: AttachmentKind::Label }) },
    ];
    Form { version: 1, sections: vec![Section { key: key("all"), title: Localized::default(), fields }] }
}

fn context(locale: Locale) -> Context {
    Context { locale, today: date(2026, 11, 22), country: "NO".to_owned(), pictures: Vec::new() }
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (key, value) in pairs {
        answers.set(key, *value);
    }
    answers
}

fn fault(pairs: &[(&str, &str)]) -> Option<Fault> {
    let mut all = answers(&[("sold", "no")]);
    all.0.extend(answers(pairs).0);
    let problems = check(&form(), &all, &context(Locale::Nb)).err().unwrap_or_default();
    problems.into_iter().next().map(|problem| problem.fault)
}

#[test]
fn canonical_answers() {
    let typed = answers(&[
        ("sold", "yes"),
        ("name", " Kari\tNordmann\u{0} "),
        ("story", "first\r\nsecond\u{202e}"),
        ("receipt", "000"),
        ("weight", "12,5 g"),
        ("count", "1 000"),
        ("price", "kr 1.299,-"),
        ("bought", "17.10.26"),
        ("demand", "refund"),
        ("email", "kari@Example.NO"),
        ("phone", "912 34 567"),
        ("ean", "5 901234 123457"),
        ("unknown", "dropped"),
    ]);
    let mut expected = answers(&[
        ("sold", "yes"),
        ("name", "Kari Nordmann"),
        ("story", "first\nsecond"),
        ("receipt", "000"),
        ("weight", "1250"),
        ("count", "1000"),
        ("price", "129900"),
        ("bought", "2026-10-17"),
        ("demand", "refund"),
        ("email", "kari@example.no"),
        ("phone", "+4791234567"),
        ("ean", "5901234123457"),
    ]);
    assert_eq!(check(&form(), &typed, &context(Locale::Nb)), Ok(expected.clone()));

    let mut typed = typed;
    typed.0.insert("places".to_owned(), ["seam", "", "sole", "seam"].map(str::to_owned).to_vec());
    expected.0.insert("places".to_owned(), ["sole", "seam"].map(str::to_owned).to_vec());
    assert_eq!(check(&form(), &typed, &context(Locale::Nb)), Ok(expected));
}

#[test]
fn every_fault() {
    for (key, value, expected) in [
        ("weight", "tung", Fault::NotANumber),
        ("weight", "1,234 g", Fault::NotANumber),
        ("weight", "-1", Fault::TooSmall("0\u{a0}g".to_owned())),
        ("weight", "1001", Fault::TooLarge("1\u{a0}000\u{a0}g".to_owned())),
        ("count", "1,5", Fault::NotAWholeNumber),
        ("price", "gratis", Fault::NotMoney),
        ("price", "100000,01", Fault::TooLarge("100000".to_owned())),
        ("bought", "i går", Fault::NotADate),
        ("bought", "23.11.2026", Fault::TooLate("22.11.2026".to_owned())),
        ("bought", "1.1.2010", Fault::TooEarly("24.11.2016".to_owned())),
        ("demand", "money", Fault::UnknownChoice),
        ("places", "toe", Fault::UnknownChoice),
        ("sold", "perhaps", Fault::UnknownChoice),
        ("email", "kari", Fault::NotAnEmail),
        ("phone", "123", Fault::NotAPhone),
        ("ean", "5901234123458", Fault::CheckDigit),
        ("serial", "352099001761482", Fault::CheckDigit),
        ("sold", "", Fault::Missing),
    ] {
        assert_eq!(fault(&[(key, value)]), Some(expected), "{key}: {value}");
    }
    let long = "å".repeat(21);
    assert_eq!(fault(&[("sold", "yes"), ("name", &long)]), Some(Fault::TooLong(20)));
}

#[test]
fn hidden_fields_take_what_they_hide_with_them() {
    let typed = answers(&[("sold", "no"), ("name", "Kari"), ("story", "text"), ("address", "street"), ("receipt", "")]);
    assert_eq!(check(&form(), &typed, &context(Locale::En)), Ok(answers(&[("sold", "no")])));
}

#[test]
fn a_receipt_that_comes_later_is_not_missed() {
    let problems = check(&form(), &answers(&[("sold", "yes"), ("name", "Kari")]), &context(Locale::En));
    assert_eq!(problems, Err(vec![Problem { field: key("receipt"), fault: Fault::Missing }]));
    let ticked = answers(&[("sold", "yes"), ("name", "Kari"), ("later", "on")]);
    assert_eq!(
        check(&form(), &ticked, &context(Locale::En)).map(|a| a.first("later").to_owned()),
        Ok("yes".to_owned())
    );
}

#[test]
fn pictures_are_asked_for_after_the_save() {
    let sold = answers(&[("sold", "no")]);
    assert!(check(&form(), &sold, &context(Locale::En)).is_ok());
    let missing = missing_pictures(&form(), &sold, &context(Locale::En));
    assert_eq!(missing, [Problem { field: key("photo"), fault: Fault::PictureMissing }]);
    let there = Context { pictures: vec![(AttachmentKind::Label, 1)], ..context(Locale::En) };
    assert_eq!(missing_pictures(&form(), &sold, &there), []);
}

/// Values that are often right and often almost right, and any other.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "yes|no|on|repair|refund|sole|heel",
        "[0-9]{1,2}[./ -][0-9]{1,2}[./ -](20)?[0-9]{2}",
        "[0-9]{1,4}([.,][0-9]{1,3})?( ?(kr|zł|g|,-))?",
        "(\\+47|\\+48|0047)? ?[0-9]{8,9}",
        "[a-z]{1,8}@[a-z]{1,8}\\.(no|pl)",
        "[0-9]{12,15}",
        "",
        ".*",
    ]
}

fn typed_answers() -> impl Strategy<Value = Answers> {
    let keys: Vec<String> = form().fields().map(|field| field.key.as_str().to_owned()).collect();
    let one = (prop::sample::select(keys), prop::collection::vec(value(), 0..3));
    prop::collection::vec(one, 0..20).prop_map(|pairs| Answers(pairs.into_iter().collect()))
}

/// Keeps what is right, so that whole answers check clean often enough to be worth testing.
fn right_part(typed: &Answers, context: &Context) -> Answers {
    let mut right = typed.clone();
    right.set("later", "yes");
    right.set("name", "Kari");
    if !matches!(right.first("sold"), "yes" | "no") {
        right.set("sold", "yes");
    }
    for problem in check(&form(), &right, context).err().unwrap_or_default() {
        right.0.remove(problem.field.as_str());
    }
    right
}

fn locale() -> impl Strategy<Value = Locale> {
    prop::sample::select(Locale::ALL.to_vec())
}

proptest! {
    #[test]
    fn checked_answers_survive_the_edit_form(typed_in in typed_answers(), first in locale(), second in locale()) {
        let form = form();
        let canonical = check(&form, &right_part(&typed_in, &context(first)), &context(first));
        let canonical = canonical.expect("only what is right was kept");
        let again = typed(&form, &canonical, second);
        prop_assert_eq!(check(&form, &again, &context(second)), Ok(canonical));
    }

    #[test]
    fn problems_are_shown_fields_in_order_each_once(typed_in in typed_answers(), locale in locale()) {
        let (form, context) = (form(), context(locale));
        let asked: Vec<&Key> = shown(&form, &typed_in, &context).iter().map(|asked| &asked.field.key).collect();
        match check(&form, &typed_in, &context) {
            Ok(canonical) => {
                let keys: BTreeSet<&str> = asked.iter().map(|key| key.as_str()).collect();
                prop_assert!(canonical.0.keys().all(|key| keys.contains(key.as_str())));
            }
            Err(problems) => {
                let places: Option<Vec<usize>> =
                    problems.iter().map(|problem| asked.iter().position(|key| **key == problem.field)).collect();
                let places = places.expect("a hidden field is never reported");
                prop_assert!(places.is_sorted_by(|a, b| a < b));
            }
        }
    }

    #[test]
    fn a_required_field_without_an_answer_is_always_reported(typed_in in typed_answers(), locale in locale()) {
        let (form, context) = (form(), context(locale));
        let problems = check(&form, &typed_in, &context).err().unwrap_or_default();
        for asked in shown(&form, &typed_in, &context) {
            let empty = !typed_in.is_filled(asked.field.key.as_str());
            if asked.required && empty && !matches!(asked.field.kind, FieldKind::Picture { .. }) {
                let missing = Problem { field: asked.field.key.clone(), fault: Fault::Missing };
                prop_assert!(problems.contains(&missing), "{:?}", missing);
            }
        }
    }
}
