//! Dates that can hardly be. Life is odd, so they stop nobody who says why they are right.

use super::schema::{Required, common};
use super::{Context, Fault, Field, FieldKind, Form};
use crate::{Localized, date};
use jiff::civil::Date;

/// The dates that are looked at.
const DATES: [&str; 3] = [common::PURCHASE_DATE, common::DELIVERY_DATE, common::DEFECT_DATE];
/// Characters of the reason.
const REASON: u32 = 500;

/// The form with the question why odd dates are right, behind the last of its dates; it is asked where they are, and then
/// has to be answered. A form without such dates, or that has the question already, stays as it is.
pub fn asking_odd_dates(form: &Form) -> Form {
    let mut form = form.clone();
    if form.field(common::ODD_DATES).is_some() {
        return form;
    }
    let is_date = |field: &Field| DATES.contains(&field.key.as_str());
    let last = form.sections.iter_mut().rev().find(|section| section.fields.iter().any(is_date));
    if let Some(section) = last
        && let Some(at) = section.fields.iter().rposition(is_date)
    {
        let staff_only = section.fields[at].staff_only;
        section.fields.insert(at + 1, question(staff_only));
    }
    form
}

fn question(staff_only: bool) -> Field {
    Field {
        key: common::ODD_DATES.parse().expect("a key"),
        label: Localized::new(
            "Why are these dates right?",
            "Hvorfor er disse datoene riktige?",
            "Dlaczego te daty są prawidłowe?",
        ),
        help: Localized::new(
            "A date lies in the future, or something happened before the purchase. Correct the date, or say why it is so.",
            "En dato ligger i framtiden, eller noe skjedde før kjøpet. Rett datoen, eller skriv hvorfor det er slik.",
            "Data przypada w przyszłości albo coś zdarzyło się przed zakupem. Popraw datę lub napisz, dlaczego tak jest.",
        ),
        kind: FieldKind::Text { max: Some(REASON) },
        required: Required::Always,
        shown_when: None,
        staff_only,
    }
}

/// Whether a date lies in the future, the defect before purchase or delivery, or the delivery before the purchase. `first`
/// gives an answer as typed or canonical; what is no date is not looked at.
pub(super) fn are_odd<'a>(first: impl Fn(&str) -> &'a str, context: &Context) -> bool {
    let read = |key: &str| date::parse(first(key), context.today);
    let [bought, delivered, defect] = DATES.map(read);
    let before = |a: Option<Date>, b: Option<Date>| a.zip(b).is_some_and(|(a, b)| a < b);
    [bought, delivered, defect].into_iter().flatten().any(|date| date > context.today)
        || before(delivered, bought)
        || before(defect, bought)
        || before(defect, delivered)
}

/// The date itself, where nothing but the future speaks against it and the form asks why.
pub(super) fn overruled(
    form: &Form,
    field: &Field,
    raw: &[String],
    fault: &Fault,
    context: &Context,
) -> Option<Vec<String>> {
    let asks = DATES.contains(&field.key.as_str()) && form.field(common::ODD_DATES).is_some();
    let late = asks && matches!(fault, Fault::TooLate(_));
    let date = raw.first().filter(|_| late).and_then(|text| date::parse(text, context.today))?;
    Some(vec![date.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;
    use crate::form::{Answers, Problem, check, shown};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn context() -> Context {
        Context { locale: Locale::En, today: date(2026, 11, 22), country: "NO".to_owned(), pictures: Vec::new() }
    }

    fn shoes() -> Form {
        let kind = crate::defaults::types().into_iter().find(|kind| kind.key.as_str() == "shoes").expect("shoes");
        asking_odd_dates(&kind.form)
    }

    fn asks(answers: &[(&str, &str)]) -> bool {
        let mut given = Answers::default();
        given.set(common::SOLD, "yes");
        for (key, value) in answers {
            given.set(key, *value);
        }
        let form = shoes();
        shown(&form, &given, &context())
            .iter()
            .any(|asked| asked.field.key.as_str() == common::ODD_DATES && asked.required)
    }

    #[test]
    fn the_question_comes_with_dates_that_cannot_be_and_goes_with_them() {
        assert!(!asks(&[]));
        assert!(!asks(&[(common::PURCHASE_DATE, "20.11.2026"), (common::DEFECT_DATE, "22.11.2026")]));
        assert!(
            !asks(&[(common::PURCHASE_DATE, "22.11.2026"), (common::DEFECT_DATE, "22.11.2026")]),
            "on the same day"
        );
        assert!(asks(&[(common::PURCHASE_DATE, "23.11.2026")]));
        assert!(asks(&[(common::PURCHASE_DATE, "20.11.2026"), (common::DEFECT_DATE, "19.11.2026")]));
        assert!(
            !asks(&[(common::PURCHASE_DATE, "20.11.2026"), (common::ODD_DATES, "once odd")]),
            "shown, but not asked for"
        );
        assert!(!asks(&[(common::PURCHASE_DATE, "in autumn"), (common::DEFECT_DATE, "19.11.2026")]));
    }

    #[test]
    fn a_reason_overrules_and_nothing_else_does() {
        let form = shoes();
        let problems = |reason: &str| -> Vec<Problem> {
            let mut given = Answers::default();
            given.set(common::SOLD, "yes");
            given.set(common::PURCHASE_DATE, "23.11.2026");
            given.set(common::ODD_DATES, reason);
            let problems = check(&form, &given, &context()).expect_err("much is missing");
            problems
                .into_iter()
                .filter(|problem| [common::PURCHASE_DATE, common::ODD_DATES].contains(&problem.field.as_str()))
                .collect()
        };
        let missing = problems("  ");
        assert_eq!(missing.len(), 1);
        assert_eq!((missing[0].field.as_str(), &missing[0].fault), (common::ODD_DATES, &Fault::Missing));
        assert!(problems("Ordered ahead, billed on delivery").is_empty());
    }

    #[test]
    fn every_form_of_ours_asks_once() {
        for kind in crate::defaults::types() {
            let form = asking_odd_dates(&kind.form);
            assert_eq!(asking_odd_dates(&form), form);
            let dated = kind.form.fields().any(|field| DATES.contains(&field.key.as_str()));
            assert_eq!(form.field(common::ODD_DATES).is_some(), dated, "{}", kind.key);
        }
    }

    proptest! {
        #[test]
        fn typed_and_canonical_dates_are_odd_alike(bought in -40_i32..40, defect in -40_i32..40) {
            use jiff::ToSpan;
            let day = |days: i32| context().today.checked_add(i64::from(days).days()).expect("a day");
            let given = |text: fn(Date) -> String| {
                let mut given = Answers::default();
                given.set(common::PURCHASE_DATE, text(day(bought)));
                given.set(common::DEFECT_DATE, text(day(defect)));
                are_odd(|key| given.first(key), &context())
            };
            let odd = bought > 0 || defect > 0 || defect < bought;
            prop_assert_eq!(given(|date| date.to_string()), odd);
            prop_assert_eq!(given(|date| crate::date::typed(Locale::En, date)), odd);
        }
    }
}
