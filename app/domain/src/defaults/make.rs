//! Short words to write a form with.

use crate::Localized;
use crate::attachment::AttachmentKind;
use crate::form::schema::{Choice, Condition, Required, Test};
use crate::form::{Field, FieldKind, Section};
use crate::id::Key;

/// English, Norwegian, Polish.
pub(super) type Text = [&'static str; 3];

/// A key and its label.
pub(super) type Options<'a> = &'a [(&'static str, Text)];

pub(super) fn key(text: &str) -> Key {
    text.parse().expect("our own keys are short words of a-z, 0-9 and _; a test builds them all")
}

pub(super) fn text([en, nb, pl]: Text) -> Localized {
    Localized::new(en, nb, pl)
}

pub(super) fn section(name: &str, title: Text, fields: Vec<Field>) -> Section {
    Section { key: key(name), title: text(title), fields }
}

pub(super) fn field(name: &str, label: Text, kind: FieldKind) -> Field {
    Field {
        key: key(name),
        label: text(label),
        help: Localized::default(),
        kind,
        required: Required::No,
        shown_when: None,
        staff_only: false,
    }
}

pub(super) fn line(name: &str, label: Text) -> Field {
    field(name, label, FieldKind::Text { max: None })
}

pub(super) fn long(name: &str, label: Text) -> Field {
    field(name, label, FieldKind::LongText { max: None })
}

pub(super) fn yes_no(name: &str, label: Text) -> Field {
    field(name, label, FieldKind::YesNo)
}

pub(super) fn choice(name: &str, label: Text, choices: Options) -> Field {
    field(name, label, FieldKind::Choice { options: options(choices) })
}

pub(super) fn choices(name: &str, label: Text, choices: Options) -> Field {
    field(name, label, FieldKind::Choices { options: options(choices) })
}

pub(super) fn serial(name: &str, label: Text) -> Field {
    field(name, label, FieldKind::Serial)
}

/// A whole number from nothing up to `max`.
pub(super) fn count(name: &str, label: Text, max: i64) -> Field {
    field(name, label, FieldKind::Number { decimals: 0, min: Some(0), max: Some(max), unit: Localized::default() })
}

/// Today or before, as far back as anybody keeps things.
pub(super) fn past(name: &str, label: Text) -> Field {
    field(name, label, FieldKind::Date { earliest: None, latest: Some(0) })
}

pub(super) fn picture(name: &str, label: Text, kind: AttachmentKind) -> Field {
    field(name, label, FieldKind::Picture { kind })
}

pub(super) fn is(name: &str, value: &str) -> Condition {
    is_one_of(name, &[value])
}

pub(super) fn is_one_of(name: &str, values: &[&str]) -> Condition {
    Condition { field: key(name), is: Test::OneOf(values.iter().map(|value| (*value).to_owned()).collect()) }
}

pub(super) fn is_not(name: &str, value: &str) -> Condition {
    Condition { field: key(name), is: Test::NoneOf(vec![value.to_owned()]) }
}

pub(super) fn empty(name: &str) -> Condition {
    Condition { field: key(name), is: Test::Empty }
}

fn options(choices: Options) -> Vec<Choice> {
    choices.iter().map(|(name, label)| Choice { key: key(name), label: text(*label) }).collect()
}

impl Field {
    pub(super) fn starred(self) -> Self {
        Self { required: Required::Always, ..self }
    }

    pub(super) fn starred_when(self, condition: Condition) -> Self {
        Self { required: Required::When(condition), ..self }
    }

    pub(super) fn when(self, condition: Condition) -> Self {
        Self { shown_when: Some(condition), ..self }
    }

    /// Customers who file from home are not asked it.
    pub(super) fn staff_only(self) -> Self {
        Self { staff_only: true, ..self }
    }

    pub(super) fn help(self, help: Text) -> Self {
        Self { help: text(help), ..self }
    }
}
