//! Believable answers to any form: what the story says, and something fitting for whatever else is starred.

use super::content::{FIRST_NB, FIRST_PL, LAST_NB, LAST_PL, Story};
use domain::form::schema::common;
use domain::form::{Answers, FieldKind, Form, check};
use domain::{Locale, fold};
use jiff::ToSpan;
use jiff::civil::Date;
use rand::Rng;
use rand::seq::IndexedRandom;

/// Who complains.
pub(super) struct Person {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub locale: Locale,
}

impl Person {
    /// `example.com` never receives mail (RFC 2606).
    pub fn new(rng: &mut impl Rng, country: &str) -> Self {
        let polish = country == "PL";
        let (first, last) = if polish { (&FIRST_PL, &LAST_PL) } else { (&FIRST_NB, &LAST_NB) };
        let first = first.choose(rng).copied().unwrap_or_default();
        let last = last.choose(rng).copied().unwrap_or_default();
        let local = fold::words(&format!("{first} {last}")).join(".");
        let phone = if polish {
            format!("+48{}", rng.random_range(500_000_000..=799_999_999))
        } else {
            format!("+47{}", rng.random_range(40_000_000..=49_999_999))
        };
        let home = if polish { Locale::Pl } else { Locale::Nb };
        let locale = if rng.random_ratio(1, 10) { Locale::En } else { home };
        Self { name: format!("{first} {last}"), email: format!("{local}@example.com"), phone, locale }
    }
}

/// Who delivers that brand.
fn supplier(brand: &str) -> &'static str {
    match brand {
        "Fjellvik" | "Løpa" | "Norrvind" => "Nordsport Agentur AS",
        "Stjerne" | "Kjøk" => "Elektro Import AS",
        "Bamse" | "Tre & Tind" => "Dom i Dziecko Sp. z o.o.",
        _ => "Grossistsentralen AS",
    }
}

/// Typed answers, in `context`'s locale, that the form's check takes.
pub(super) fn answers(
    rng: &mut impl Rng,
    form: &Form,
    story: &Story,
    person: &Person,
    context: &check::Context,
) -> Answers {
    let locale = context.locale;
    let mut answers = Answers::default();
    let purchased = context.today.saturating_sub(rng.random_range(10..400).days());
    let noticed = later(rng, purchased, context.today);
    let receipt = format!("{:06}", rng.random_range(100..999_999));
    for (key, value) in [
        (common::SOLD, "yes".to_owned()),
        (common::ARTICLE_NAME, Story::text(&story.article, locale).to_owned()),
        (common::ARTICLE_NUMBER, story.ean.to_owned()),
        (common::BRAND, story.brand.to_owned()),
        (common::SUPPLIER, supplier(story.brand).to_owned()),
        (common::DESCRIPTION, Story::text(&story.description, locale).to_owned()),
        (common::RECEIPT_NUMBER, receipt),
        (common::PURCHASE_DATE, purchased.to_string()),
        (common::PRICE, domain::money::typed(locale, story.price)),
        (common::DEFECT_DATE, noticed.to_string()),
        (common::CUSTOMER_NAME, person.name.clone()),
        (common::CUSTOMER_EMAIL, person.email.clone()),
        (common::CUSTOMER_PHONE, person.phone.clone()),
        (common::CUSTOMER_LANGUAGE, person.locale.tag().to_owned()),
    ] {
        answers.set(key, value);
    }
    // A choice may make further fields appear, so that one pass is not always enough.
    for _ in 0..3 {
        let missing: Vec<_> = check::shown(form, &answers, context)
            .into_iter()
            .filter(|asked| !answers.is_filled(asked.field.key.as_str()))
            .filter(|asked| asked.required || matches!(asked.field.kind, FieldKind::Choice { .. }))
            .map(|asked| (asked.field.key.clone(), asked.field.kind.clone()))
            .collect();
        for (key, kind) in missing {
            if let Some(value) = plausible(rng, key.as_str(), &kind, noticed) {
                answers.set(key.as_str(), value);
            }
        }
    }
    answers
}

fn later(rng: &mut impl Rng, from: Date, to: Date) -> Date {
    let days = from.until(to).map_or(0, |span| span.get_days());
    from.saturating_add(rng.random_range(0..=days.max(0)).days())
}

fn plausible(rng: &mut impl Rng, key: &str, kind: &FieldKind, date: Date) -> Option<String> {
    let text = match kind {
        FieldKind::Choice { options } | FieldKind::Choices { options } => {
            options.choose(rng).map(|option| option.key.to_string())?
        }
        FieldKind::YesNo => if rng.random_bool(0.7) { "yes" } else { "no" }.to_owned(),
        FieldKind::Tick => "yes".to_owned(),
        FieldKind::Number { min, .. } => rng.random_range(1..=9).max(min.unwrap_or(1)).to_string(),
        FieldKind::Money { .. } => "100".to_owned(),
        FieldKind::Date { .. } => date.to_string(),
        FieldKind::Serial => format!("SN{:08}", rng.random_range(0..100_000_000)),
        FieldKind::Ean => "70205200".to_owned(),
        FieldKind::Email => "somebody@example.com".to_owned(),
        FieldKind::Phone => "+4740000000".to_owned(),
        FieldKind::Address => "Parkveien 3\n0350 Oslo".to_owned(),
        FieldKind::Text { .. } if key == "size" => rng.random_range(36..=46).to_string(),
        FieldKind::Text { .. } | FieldKind::LongText { .. } => format!("{:04}-{}", rng.random_range(0..10_000), "A"),
        FieldKind::Picture { .. } => return None,
    };
    Some(text)
}
