//! The choice between e-mail and SMS, in forms of installations that have an SMS gateway.

use super::schema::{Choice, Condition, Required, Test, common};
use super::{Field, FieldKind, Form};
use crate::Localized;
use crate::contact::Medium;
use crate::id::Key;

/// The form with the choice of a medium before the first of the fields for phone and e-mail address. Nobody need answer it:
/// see [`crate::contact::recipient`]. Whoever chooses SMS gives a phone number. A form that does not ask for a phone, or that
/// has the field already, stays as it is.
pub fn asking_medium(form: &Form) -> Form {
    let mut form = form.clone();
    if form.field(common::CUSTOMER_MEDIUM).is_some() {
        return form;
    }
    let Some(phone) = form.field(common::CUSTOMER_PHONE).cloned() else { return form };
    let mut asked = false;
    for section in &mut form.sections {
        let is_address = |field: &Field| matches!(field.key.as_str(), common::CUSTOMER_PHONE | common::CUSTOMER_EMAIL);
        if let Some(at) = section.fields.iter().position(is_address).filter(|_| !asked) {
            section.fields.insert(at, medium(phone.shown_when.clone()));
            asked = true;
        }
        for field in &mut section.fields {
            if field.key.as_str() == common::CUSTOMER_PHONE && field.required == Required::No {
                field.required = Required::When(chosen(Medium::Sms));
            }
        }
    }
    form
}

fn medium(shown_when: Option<Condition>) -> Field {
    Field {
        key: key(common::CUSTOMER_MEDIUM),
        label: Localized::new("The letters come by", "Meldingene sendes som", "Wiadomości wysyłamy przez"),
        help: Localized::new(
            "Without a choice they go to the e-mail address, or by SMS if there is none.",
            "Uten valg går de til e-postadressen, eller som SMS hvis den mangler.",
            "Bez wyboru trafiają na adres e-mail, a jeśli go brak, przychodzą SMS-em.",
        ),
        kind: FieldKind::Choice { options: media() },
        required: Required::No,
        shown_when,
        staff_only: false,
    }
}

/// E-mail and SMS, to choose from.
pub fn media() -> Vec<Choice> {
    let label = |medium| match medium {
        Medium::Email => Localized::new("E-mail", "E-post", "E-mail"),
        Medium::Sms => Localized::new("SMS", "SMS", "SMS"),
    };
    Medium::ALL.map(|medium| Choice { key: key(medium.key()), label: label(medium) }).to_vec()
}

/// Holds where that medium was chosen.
pub(super) fn chosen(medium: Medium) -> Condition {
    Condition { field: key(common::CUSTOMER_MEDIUM), is: Test::OneOf(vec![medium.key().to_owned()]) }
}

/// Holds where it was not, nor any other.
pub(super) fn not_chosen(medium: Medium) -> Condition {
    Condition { field: key(common::CUSTOMER_MEDIUM), is: Test::NoneOf(vec![medium.key().to_owned()]) }
}

fn key(text: &str) -> Key {
    text.parse().expect("a key of ours; the tests build them all")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Answers, Context, Fault, check};
    use crate::{Locale, defaults};
    use jiff::civil::date;

    fn problems(form: &Form, pairs: &[(&str, &str)]) -> Vec<(String, Fault)> {
        let context =
            Context { locale: Locale::Nb, today: date(2026, 11, 22), country: "NO".to_owned(), pictures: Vec::new() };
        let mut answers = Answers::default();
        answers.set(common::SOLD, "yes");
        for (key, value) in pairs {
            answers.set(key, *value);
        }
        let ours = [common::CUSTOMER_MEDIUM, common::CUSTOMER_PHONE, common::CUSTOMER_EMAIL];
        let found = check(form, &answers, &context).err().unwrap_or_default().into_iter();
        found.map(|p| (p.field.to_string(), p.fault)).filter(|(key, _)| ours.contains(&key.as_str())).collect()
    }

    #[test]
    fn staff_choose_if_they_like() {
        for kind in defaults::types() {
            let form = asking_medium(&kind.form);
            assert_eq!(asking_medium(&form), form, "once");
            let missing = |key: &str| vec![(key.to_owned(), Fault::Missing)];
            assert_eq!(problems(&form, &[(common::CUSTOMER_PHONE, "912 34 567")]), []);
            assert_eq!(problems(&form, &[(common::CUSTOMER_EMAIL, "kari@example.no")]), []);
            assert_eq!(
                problems(&form, &[(common::CUSTOMER_MEDIUM, "sms"), (common::CUSTOMER_EMAIL, "kari@example.no")]),
                missing(common::CUSTOMER_PHONE),
                "{}",
                kind.key
            );
            assert_eq!(problems(&form, &[]), missing(common::CUSTOMER_EMAIL));
        }
    }

    #[test]
    fn a_form_without_a_phone_asks_nothing_more() {
        let mut form = defaults::types()[0].form.clone();
        for section in &mut form.sections {
            section.fields.retain(|field| field.key.as_str() != common::CUSTOMER_PHONE);
        }
        assert_eq!(asking_medium(&form), form);
    }
}
