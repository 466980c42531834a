//! What a case itself knows of its answers, and the words that it is found by.

use crate::desk::book::Store;
use crate::store::cases::Known;
use crate::store::error::Result;
use crate::store::search::Words;
use crate::store::{Tx, messages, notes, rmas};
use domain::contact::Medium;
use domain::fold::fold;
use domain::form::schema::common;
use domain::form::{Answers, FieldKind, Form};
use domain::id::CaseId;

/// `answers` are canonical.
pub fn known(answers: &Answers, store: &Store) -> Known {
    Known {
        sold: answers.first(common::SOLD) != "no",
        title: title(answers),
        customer_name: answers.first(common::CUSTOMER_NAME).to_owned(),
        customer_email: answers.first(common::CUSTOMER_EMAIL).to_owned(),
        customer_phone: answers.first(common::CUSTOMER_PHONE).to_owned(),
        medium: Medium::from_key(answers.first(common::CUSTOMER_MEDIUM)),
        customer_locale: answers.first(common::CUSTOMER_LANGUAGE).parse().unwrap_or(store.locale),
        receipt_number: answers.first(common::RECEIPT_NUMBER).to_owned(),
    }
}

/// The article in one line: its brand where the name does not say it, or its number.
pub fn title(answers: &Answers) -> String {
    let name = answers.first(common::ARTICLE_NAME);
    let brand = answers.first(common::BRAND);
    if name.is_empty() {
        return [brand, answers.first(common::ARTICLE_NUMBER)].join(" ").trim().to_owned();
    }
    if fold(name).contains(&fold(brand)) { name.to_owned() } else { format!("{brand} {name}") }
}

/// Adds the words of what hangs on a case: its return, notes and comments, and what its customer wrote.
pub async fn with_attached(tx: &mut Tx, mut words: Words, case: CaseId) -> Result<Words> {
    if let Some(rma) = rmas::of_case(tx, case).await? {
        words.code(&rma.number.digits());
        words.code(&rma.waybill);
    }
    for body in notes::bodies(tx, case).await? {
        words.text(&body);
    }
    for body in messages::bodies(tx, case).await? {
        words.text(&body);
    }
    Ok(words)
}

/// What people search by comes first, should the rest be too long.
pub fn words(form: &Form, answers: &Answers) -> Words {
    let mut words = Words::default();
    words.code(answers.first(common::RECEIPT_NUMBER));
    for key in [common::CUSTOMER_NAME, common::CUSTOMER_EMAIL, common::BRAND, common::ARTICLE_NAME, common::SUPPLIER] {
        words.text(answers.first(key));
    }
    let mut long = Vec::new();
    for field in form.fields() {
        for answer in answers.of(&field.key) {
            match field.kind {
                FieldKind::Phone => words.phone(answer),
                FieldKind::Ean | FieldKind::Serial => words.code(answer),
                FieldKind::Text { .. } | FieldKind::Email => words.text(answer),
                FieldKind::LongText { .. } | FieldKind::Address => long.push(answer),
                FieldKind::Number { .. }
                | FieldKind::Money { .. }
                | FieldKind::Date { .. }
                | FieldKind::Choice { .. }
                | FieldKind::Choices { .. }
                | FieldKind::YesNo
                | FieldKind::Tick
                | FieldKind::Picture { .. } => {}
            }
        }
    }
    for answer in long {
        words.text(answer);
    }
    words
}
