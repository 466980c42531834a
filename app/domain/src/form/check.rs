//! Whether the answers do: one function for the browser and the server.

use super::read::read;
use super::schema::{Condition, Required, Test, common};
use super::{Answers, Field, FieldKind, Form, odd};
use crate::Locale;
use crate::attachment::AttachmentKind;
use crate::id::Key;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a check needs to know beside the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// How the typist writes dates, numbers and money.
    pub locale: Locale,
    /// Today in the store's zone.
    pub today: Date,
    /// ISO 3166-1 alpha-2 of the store: gives phones without a prefix their country.
    pub country: String,
    /// How many pictures of each kind the case has already.
    pub pictures: Vec<(AttachmentKind, u32)>,
}

/// What is wrong with one answer; has its words in every language (`texts::words::fault`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    Missing,
    /// More characters than that.
    TooLong(u32),
    NotANumber,
    /// A number with decimals where none are asked for.
    NotAWholeNumber,
    NotMoney,
    /// Not a date as people of that locale write it.
    NotADate,
    /// Not before that, as typed in the locale.
    TooSmall(String),
    TooLarge(String),
    TooEarly(String),
    TooLate(String),
    UnknownChoice,
    NotAnEmail,
    NotAPhone,
    /// Thirteen digits with a wrong check digit and the like.
    CheckDigit,
    PictureMissing,
}

impl Fault {
    /// The key of its words.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong(_) => "too_long",
            Self::NotANumber => "not_a_number",
            Self::NotAWholeNumber => "not_a_whole_number",
            Self::NotMoney => "not_money",
            Self::NotADate => "not_a_date",
            Self::TooSmall(_) => "too_small",
            Self::TooLarge(_) => "too_large",
            Self::TooEarly(_) => "too_early",
            Self::TooLate(_) => "too_late",
            Self::UnknownChoice => "unknown_choice",
            Self::NotAnEmail => "not_an_email",
            Self::NotAPhone => "not_a_phone",
            Self::CheckDigit => "check_digit",
            Self::PictureMissing => "picture_missing",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub field: Key,
    pub fault: Fault,
}

/// A field that the answers so far make visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    pub field: &'a Field,
    /// Bears a star: it must be filled in, as things stand.
    pub required: bool,
}

/// Gives the canonical answers (see [`Answers`]), without those of hidden or unknown fields; or every problem, in the
/// form's order.
///
/// Pictures come after the save, from the phone (E6): a missing one stops nothing here, see [`missing_pictures`].
pub fn check(form: &Form, answers: &Answers, context: &Context) -> Result<Answers, Vec<Problem>> {
    let mut canonical = Answers::default();
    let mut problems = Vec::new();
    for Walked { asked, values } in walk(form, answers, context) {
        let key = &asked.field.key;
        let picture = matches!(asked.field.kind, FieldKind::Picture { .. });
        match values {
            Err(fault) => problems.push(Problem { field: key.clone(), fault }),
            Ok(values) if !values.is_empty() => {
                canonical.0.insert(key.as_str().to_owned(), values);
            }
            Ok(_) if asked.required && !picture => {
                problems.push(Problem { field: key.clone(), fault: Fault::Missing });
            }
            Ok(_) => {}
        }
    }
    if problems.is_empty() { Ok(canonical) } else { Err(problems) }
}

/// What of the answers so far is right, in canonical texts: for help while somebody types.
pub fn so_far(form: &Form, answers: &Answers, context: &Context) -> Answers {
    let right = walk(form, answers, context).into_iter().filter_map(|Walked { asked, values }| {
        let values = values.ok().filter(|values| !values.is_empty())?;
        Some((asked.field.key.as_str().to_owned(), values))
    });
    Answers(right.collect())
}

/// The fields to show for the answers so far, in the form's order; canonical answers do as well as typed ones.
pub fn shown<'a>(form: &'a Form, answers: &Answers, context: &Context) -> Vec<Asked<'a>> {
    walk(form, answers, context).into_iter().map(|walked| walked.asked).collect()
}

/// The picture fields that are required and have no picture yet. A case without them is saved and says what it lacks.
pub fn missing_pictures(form: &Form, answers: &Answers, context: &Context) -> Vec<Problem> {
    let has = |kind| context.pictures.iter().any(|(of, count)| *of == kind && *count > 0);
    let lacks = |asked: &Asked| match asked.field.kind {
        FieldKind::Picture { kind } => asked.required && !has(kind),
        _ => false,
    };
    let fields = shown(form, answers, context).into_iter().filter(lacks);
    fields.map(|asked| Problem { field: asked.field.key.clone(), fault: Fault::PictureMissing }).collect()
}

struct Walked<'a> {
    asked: Asked<'a>,
    values: Result<Vec<String>, Fault>,
}

/// The visible fields with what was read of them. Whether a field is visible depends on earlier fields alone, and a
/// hidden field counts as empty, so that what it hides is hidden too; whether it is required may depend on any.
fn walk<'a>(form: &'a Form, answers: &Answers, context: &Context) -> Vec<Walked<'a>> {
    let mut seen = Seen::new();
    let is_odd = |seen: &Seen| {
        odd::are_odd(|key| seen.get(key).and_then(|values| values.first()).map_or("", String::as_str), context)
    };
    let mut walked = Vec::new();
    for field in form.fields() {
        if field.shown_when.as_ref().is_some_and(|condition| !condition.holds(&seen)) {
            continue;
        }
        let raw = answers.of(&field.key);
        // A reason that was given stays to be read when time has made the dates plausible.
        if field.key.as_str() == common::ODD_DATES && !is_odd(&seen) && raw.iter().all(|text| text.trim().is_empty()) {
            continue;
        }
        let values = read(&field.kind, raw, context);
        let values = values.or_else(|fault| odd::overruled(form, field, raw, &fault, context).ok_or(fault));
        // A faulty answer is still an answer to those who look at it.
        seen.insert(field.key.as_str(), values.clone().unwrap_or_else(|_| raw.to_vec()));
        walked.push(Walked { asked: Asked { field, required: false }, values });
    }
    for Walked { asked, .. } in &mut walked {
        asked.required = match &asked.field.required {
            Required::No => false,
            Required::Always if asked.field.key.as_str() == common::ODD_DATES => is_odd(&seen),
            Required::Always => true,
            Required::When(condition) => condition.holds(&seen),
        };
    }
    walked
}

type Seen<'a> = BTreeMap<&'a str, Vec<String>>;

impl Condition {
    fn holds(&self, seen: &Seen) -> bool {
        let values = seen.get(self.field.as_str()).map_or(&[][..], Vec::as_slice);
        match &self.is {
            Test::OneOf(wanted) => values.iter().any(|value| wanted.contains(value)),
            Test::NoneOf(unwanted) => !values.iter().any(|value| unwanted.contains(value)),
            Test::Filled => !values.is_empty(),
            Test::Empty => values.is_empty(),
        }
    }
}
