//! Canonical answers as their reader would have typed them: what an edit form is filled with.

use super::read::read;
use super::{Answers, Context, FieldKind, Form};
use crate::{Locale, date, decimal, format, money};

/// Every answer of the form's fields as typed in that locale; checking it gives the canonical answers again.
pub fn typed(form: &Form, canonical: &Answers, locale: Locale) -> Answers {
    let mut typed = Answers::default();
    for field in form.fields() {
        let values: Vec<String> =
            canonical.of(&field.key).iter().map(|value| typed_value(&field.kind, value, locale)).collect();
        if !values.is_empty() {
            typed.0.insert(field.key.as_str().to_owned(), values);
        }
    }
    typed
}

/// One canonical value as typed in that locale; what is not canonical stays as it is.
pub fn typed_value(kind: &FieldKind, value: &str, locale: Locale) -> String {
    let typed = match kind {
        FieldKind::Number { decimals, .. } => value.parse().ok().map(|units| decimal::typed(locale, units, *decimals)),
        FieldKind::Money { .. } => value.parse().ok().map(|minor| money::typed(locale, minor)),
        FieldKind::Date { .. } => value.parse().ok().map(|date| date::typed(locale, date)),
        FieldKind::Phone => Some(format::phone(value)),
        _ => None,
    };
    typed.unwrap_or_else(|| value.to_owned())
}

/// What somebody typed in one language, as they would have typed it in another; what cannot be read stays as it is.
pub fn retyped(form: &Form, raw: &Answers, from: &Context, to: Locale) -> Answers {
    let mut retyped = raw.clone();
    for field in form.fields() {
        if let Ok(values) = read(&field.kind, raw.of(&field.key), from)
            && !values.is_empty()
        {
            let values = values.iter().map(|value| typed_value(&field.kind, value, to)).collect();
            retyped.0.insert(field.key.as_str().to_owned(), values);
        }
    }
    retyped
}
