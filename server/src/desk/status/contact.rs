//! How we reach a customer, changed by themselves: for the case, and for the others of the same return.
//!
//! Whoever has got hold of the second factor shall not turn the letters away unnoticed: the address before is told.

use super::act::allowed;
use super::{TRIES, somebody_was_quicker};
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::desk::cases::edit::changes;
use crate::desk::cases::known::{known, with_attached, words};
use crate::desk::cases::letters::{Letter, case_facts};
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use crate::store::events::{self, NewEvent};
use crate::store::rmas;
use crate::store::search::Words;
use app::backend::{ContactField, StatusContact};
use app::error::AppError;
use domain::Locale;
use domain::contact::Medium;
use domain::customer::CustomerAction;
use domain::event::{Change, EventKind};
use domain::form::schema::{Required, common};
use domain::form::{Answers, Asked, Context, Fault, Field, FieldKind, Form, Problem, Section, check, shown, typed};
use domain::id::{CaseId, EventId, StoreId};
use domain::letter::Template;
use domain::number::Number;
use futures::FutureExt;

const FIELDS: [&str; 5] = [
    common::CUSTOMER_NAME,
    common::CUSTOMER_MEDIUM,
    common::CUSTOMER_EMAIL,
    common::CUSTOMER_PHONE,
    common::CUSTOMER_ADDRESS,
];

/// A case with its new answers, to be written.
struct Changed {
    case: Case,
    words: Words,
    changes: Vec<Change>,
    event: EventId,
}

/// What the case's form asks of the customer, in its order.
fn asked<'a>(form: &'a Form, answers: &Answers, context: &Context) -> Vec<Asked<'a>> {
    let ours = |asked: &Asked| FIELDS.contains(&asked.field.key.as_str());
    shown(form, answers, context).into_iter().filter(ours).collect()
}

/// `now` is what the letters go by, however that came about.
pub(super) fn contact_fields(form: &Form, answers: &Answers, now: Medium, context: &Context) -> Vec<ContactField> {
    let answers = &choosing(form, answers, now);
    let values = typed(form, answers, context.locale);
    let options = |kind: &FieldKind| match kind {
        FieldKind::Choice { options } => {
            options.iter().map(|one| (one.key.to_string(), one.label.get(context.locale).to_owned())).collect()
        }
        _ => Vec::new(),
    };
    let field = |asked: Asked| ContactField {
        key: asked.field.key.clone(),
        label: asked.field.label.get(context.locale).to_owned(),
        value: values.first(asked.field.key.as_str()).to_owned(),
        required: is_needed(&asked, answers),
        options: options(&asked.field.kind),
    };
    asked(form, answers, context).into_iter().map(field).collect()
}

/// The answers with that choice, in a form that offers one.
fn choosing(form: &Form, answers: &Answers, medium: Medium) -> Answers {
    let mut answers = answers.clone();
    if form.field(common::CUSTOMER_MEDIUM).is_some() {
        answers.set(common::CUSTOMER_MEDIUM, medium.key());
    }
    answers
}

/// An address that letters go to is changed, never taken away. `answers` hold the choice of a medium.
fn is_needed(asked: &Asked, answers: &Answers) -> bool {
    let chosen = Medium::from_key(answers.first(common::CUSTOMER_MEDIUM));
    match (asked.field.key.as_str(), chosen) {
        (common::CUSTOMER_EMAIL, Some(Medium::Sms)) => asked.field.required == Required::Always,
        (common::CUSTOMER_EMAIL, _) => asked.required || answers.is_filled(common::CUSTOMER_EMAIL),
        (common::CUSTOMER_MEDIUM, _) => true,
        _ => asked.required,
    }
}

/// The case's answers with the new contact in them; the rest of the form is as it was and not judged again.
fn put(form: &Form, before: &Answers, contact: &StatusContact, context: &Context) -> Result<Answers, Vec<Problem>> {
    let mut raw = Answers::default();
    let StatusContact { name, email, phone, address, medium } = contact;
    for (key, value) in FIELDS.into_iter().zip([name, medium, email, phone, address]) {
        raw.set(key, value.as_str());
    }
    let chosen = Medium::from_key(medium.trim());
    let judged = chosen.map_or_else(|| before.clone(), |medium| choosing(form, before, medium));
    let asked = asked(form, &judged, context);
    let own = |asked: &Asked| Field {
        required: if is_needed(asked, &judged) { Required::Always } else { Required::No },
        shown_when: None,
        ..asked.field.clone()
    };
    let sections =
        form.sections.first().map(|section| Section { fields: asked.iter().map(own).collect(), ..section.clone() });
    let part = Form { version: form.version, sections: sections.into_iter().collect() };
    let canonical = check(&part, &raw, context)?;
    let mut after = before.clone();
    for field in part.fields() {
        match canonical.of(&field.key) {
            [] => after.0.remove(field.key.as_str()),
            values => after.0.insert(field.key.as_str().to_owned(), values.to_vec()),
        };
    }
    let reachable = [common::CUSTOMER_EMAIL, common::CUSTOMER_PHONE].iter().any(|key| after.is_filled(key));
    match asked.iter().find(|asked| asked.field.key.as_str() == common::CUSTOMER_PHONE) {
        // Nobody could prove to be the customer any more.
        Some(phone) if !reachable => Err(vec![Problem { field: phone.field.key.clone(), fault: Fault::Missing }]),
        // Who chooses e-mail has one.
        Some(_) if chosen == Some(Medium::Email) && !after.is_filled(common::CUSTOMER_EMAIL) => {
            let email = part.field(common::CUSTOMER_EMAIL).map(|field| field.key.clone());
            email.map_or(Ok(after), |field| Err(vec![Problem { field, fault: Fault::Missing }]))
        }
        _ => Ok(after),
    }
}

impl Desk {
    pub(super) async fn keep_contact(
        &self,
        locale: Locale,
        access: Option<&str>,
        number: Number,
        contact: &StatusContact,
    ) -> Result<()> {
        let mut tries = 1;
        loop {
            let done = self.write_contact(locale, access, number, contact).await;
            if tries == TRIES || !somebody_was_quicker(&done) {
                return done;
            }
            tries += 1;
        }
    }

    fn changed(&self, book: &Book, locale: Locale, case: Case, contact: &StatusContact) -> Result<Changed> {
        allowed(&case, CustomerAction::ChangeContact)?;
        let form = book.form(&case.type_key, case.form_version)?;
        let store = book.store(case.store)?;
        let context = self.context_of(locale, store);
        let answers = put(form, &case.answers, contact, &context).map_err(|problems| AppError::Form { problems })?;
        let changes = changes(form, &case.answers, &answers);
        let words = words(form, &answers);
        let case = Case { known: known(&answers, store), answers, ..case };
        Ok(Changed { case, words, changes, event: self.random.id() })
    }

    async fn write_contact(
        &self,
        locale: Locale,
        access: Option<&str>,
        number: Number,
        contact: &StatusContact,
    ) -> Result<()> {
        let book = self.book();
        let before = self.customer_case(access, number).await?;
        let first = self.changed(&book, locale, before.clone(), contact)?;
        let letters = self.letters_about(&book, &before, &first)?;
        let mut all = vec![first];
        for sibling in self.siblings_of(&before).await? {
            // One that rests, or whose form asks otherwise, stays as it is.
            all.extend(self.changed(&book, locale, sibling, contact).ok());
        }
        all.retain(|one| !one.changes.is_empty());
        let told: Vec<(CaseId, StoreId, i64)> =
            all.iter().map(|one| (one.case.id, one.case.store, one.case.version + 1)).collect();
        let (now, id, wakes) = (self.clock.now_ms(), before.id, !letters.is_empty());
        let letters: Vec<(EventId, Letter)> = letters.into_iter().map(|one| (self.random.id(), one)).collect();
        let written = self.db.write(move |tx| {
            async move {
                for Changed { case, words, changes, event } in all {
                    let words = with_attached(tx, words, case.id).await?.stored(case.store, case.number);
                    if !cases::save_answers(tx, &case, &words, now).await? {
                        return Err(AppError::Conflict.into());
                    }
                    let what = EventKind::ContactChanged { changes };
                    let event = NewEvent { id: event, case: case.id, by: None, at_ms: now, what: &what };
                    events::insert_edit(tx, &event, case.version + 1).await?;
                }
                for (event, letter) in &letters {
                    letter.enqueue(tx, id, now).await?;
                    let what = letter.event();
                    events::insert(tx, &NewEvent { id: *event, case: id, by: None, at_ms: now, what: &what }).await?;
                }
                Ok(())
            }
            .boxed()
        });
        written.await?;
        if wakes {
            self.letters.wake();
        }
        for (case, store, version) in told {
            self.tell(case, store, version);
        }
        Ok(())
    }

    /// To where letters go after the change, and to where they went before if that is another.
    fn letters_about(&self, book: &Book, before: &Case, after: &Changed) -> Result<Vec<Letter>> {
        if after.changes.is_empty() || !before.known.sold {
            return Ok(Vec::new());
        }
        let facts = case_facts(book, before)?;
        let (old, new) = (self.recipient(&before.known), self.recipient(&after.case.known));
        let locale = before.known.customer_locale;
        let letter = |to| self.letter(Template::ContactChanged, locale, to, &facts);
        new.clone().into_iter().chain(old.filter(|old| Some(old) != new.as_ref())).map(letter).collect()
    }

    async fn siblings_of(&self, case: &Case) -> Result<Vec<Case>> {
        let mut connection = self.db.read().await?;
        let Some(rma) = rmas::of_case(&mut connection, case.id).await? else { return Ok(Vec::new()) };
        let mut siblings = Vec::new();
        for one in rmas::cases(&mut connection, rma.id).await?.into_iter().filter(|one| one.id != case.id) {
            siblings.extend(cases::by_id(&mut connection, one.id).await?);
        }
        Ok(siblings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::defaults;
    use jiff::civil::date;

    fn context() -> Context {
        Context { locale: Locale::Nb, today: date(2026, 11, 22), country: "NO".to_owned(), pictures: Vec::new() }
    }

    fn before() -> Answers {
        let mut answers = Answers::default();
        for (key, value) in [
            (common::SOLD, "yes"),
            (common::ARTICLE_NAME, "Ecco Soft 7"),
            (common::CUSTOMER_NAME, "Kari"),
            (common::CUSTOMER_EMAIL, "kari@example.no"),
            (common::CUSTOMER_PHONE, "+4791234567"),
        ] {
            answers.set(key, value);
        }
        answers
    }

    #[test]
    fn only_the_contact_changes_whatever_else_the_form_asks() {
        for kind in defaults::types() {
            let contact = StatusContact {
                name: "Kari Nordmann".to_owned(),
                email: "kari@Example.org".to_owned(),
                phone: "912 34 568".to_owned(),
                ..StatusContact::default()
            };
            let after = put(&kind.form, &before(), &contact, &context()).expect("it does");
            assert_eq!(after.first(common::CUSTOMER_EMAIL), "kari@example.org");
            assert_eq!(after.first(common::CUSTOMER_PHONE), "+4791234568");
            assert_eq!(after.first(common::ARTICLE_NAME), "Ecco Soft 7");
            assert_eq!(after.first(common::SOLD), "yes");
        }
    }

    #[test]
    fn whoever_chooses_a_medium_gives_its_address() {
        for kind in defaults::types() {
            let form = domain::form::asking_medium(&kind.form);
            let contact = |medium: Medium, email: &str, phone: &str| StatusContact {
                name: "Kari".to_owned(),
                email: email.to_owned(),
                phone: phone.to_owned(),
                medium: medium.key().to_owned(),
                ..StatusContact::default()
            };
            let put = |answers: &Answers, contact: &StatusContact| put(&form, answers, contact, &context());
            let missing = |answers: &Answers, contact: &StatusContact| {
                let problems = put(answers, contact).expect_err("something is missing");
                problems.into_iter().map(|problem| problem.field.to_string()).collect::<Vec<_>>()
            };
            let after = put(&before(), &contact(Medium::Sms, "", "912 34 568")).expect("by SMS alone");
            assert_eq!(after.first(common::CUSTOMER_MEDIUM), "sms");
            assert_eq!((after.first(common::CUSTOMER_EMAIL), after.first(common::CUSTOMER_PHONE)), ("", "+4791234568"));
            assert_eq!(missing(&before(), &contact(Medium::Sms, "kari@example.no", "")), [common::CUSTOMER_PHONE]);
            assert_eq!(missing(&after, &contact(Medium::Email, "", "912 34 568")), [common::CUSTOMER_EMAIL]);
            let back = put(&after, &contact(Medium::Email, "kari@example.no", "")).expect("by e-mail alone");
            assert_eq!((back.first(common::CUSTOMER_MEDIUM), back.first(common::CUSTOMER_PHONE)), ("email", ""));
            let needed = |answers: &Answers, now| {
                let fields = contact_fields(&form, answers, now, &context()).into_iter();
                fields.filter(|field| field.required).map(|field| field.key.to_string()).collect::<Vec<_>>()
            };
            let (name, medium) = (common::CUSTOMER_NAME, common::CUSTOMER_MEDIUM);
            assert_eq!(needed(&after, Medium::Sms), [name, medium, common::CUSTOMER_PHONE]);
            assert_eq!(needed(&back, Medium::Email), [name, medium, common::CUSTOMER_EMAIL]);
        }
    }

    #[test]
    fn an_address_is_not_taken_away_and_somebody_stays_reachable() {
        let form = &defaults::types()[0].form;
        let missing = |answers: &Answers, contact: &StatusContact| {
            let problems = put(form, answers, contact, &context()).expect_err("something is missing");
            problems.into_iter().map(|problem| problem.field.to_string()).collect::<Vec<_>>()
        };
        let contact = StatusContact { name: "Kari".to_owned(), ..StatusContact::default() };
        assert!(missing(&before(), &contact).contains(&common::CUSTOMER_EMAIL.to_owned()));
        let mut by_phone = before();
        by_phone.0.remove(common::CUSTOMER_EMAIL);
        assert_eq!(missing(&by_phone, &contact), [common::CUSTOMER_PHONE]);
        let hostile = StatusContact {
            email: "a@b".to_owned(),
            phone: "<script>".to_owned(),
            name: "Kari\u{202e}\u{0}".to_owned(),
            ..StatusContact::default()
        };
        assert_eq!(missing(&before(), &hostile).len(), 2);
    }
}
