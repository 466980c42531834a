//! Changing a case's answers, also when two do it at once.

use super::known::{known, with_attached, words};
use crate::desk::Desk;
use crate::desk::law;
use crate::store::cases::{self, Case};
use crate::store::drafts::{self, Draft};
use crate::store::error::{Result, StoreError};
use crate::store::events;
use crate::store::parts;
use app::backend::{FormInput, FormPage, Viewer};
use app::error::AppError;
use domain::event::{Change, EventKind};
use domain::form::{Answers, Field, FieldKind, Form, check, typed};
use domain::number::Number;
use domain::phase::may_edit;
use domain::role::Right;
use futures::FutureExt;

/// A change's text as the values it stands for; only several choices have several.
pub(super) fn values(field: Option<&Field>, text: &str) -> Vec<String> {
    match field.map(|field| &field.kind) {
        _ if text.is_empty() => Vec::new(),
        Some(FieldKind::Choices { .. }) => text.split('\n').map(str::to_owned).collect(),
        _ => vec![text.to_owned()],
    }
}

/// What differs, field by field.
pub(in crate::desk) fn changes(form: &Form, before: &Answers, after: &Answers) -> Vec<Change> {
    let text = |answers: &Answers, field: &Field| answers.of(&field.key).join("\n");
    form.fields()
        .map(|field| Change { field: field.key.clone(), before: text(before, field), after: text(after, field) })
        .filter(|change| change.before != change.after)
        .collect()
}

/// What somebody typed over an older reading, put onto what the case says now: where they changed nothing, the change
/// of the others stands; where they did, what they typed.
fn merged(form: &Form, read: &Answers, now: &Answers, typed: &Answers) -> Answers {
    let filled = |answers: &Answers, key: &str| -> Vec<String> {
        answers.all(key).iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
    };
    let mut merged = typed.clone();
    for field in form.fields() {
        let key = field.key.as_str();
        if filled(typed, key) == filled(read, key) {
            match now.all(key) {
                [] => merged.0.remove(key),
                values => merged.0.insert(key.to_owned(), values.to_vec()),
            };
        }
    }
    merged
}

/// The answers before those changes, the newest of which comes first.
fn undone(form: &Form, now: &Answers, newest_first: &[Change]) -> Answers {
    let mut answers = now.clone();
    for change in newest_first {
        match values(form.field(change.field.as_str()), &change.before) {
            nothing if nothing.is_empty() => answers.0.remove(change.field.as_str()),
            values => answers.0.insert(change.field.as_str().to_owned(), values),
        };
    }
    answers
}

fn must_be_editable(who: &Viewer, case: &Case) -> Result<()> {
    if may_edit(super::view::standing(case), who.role) {
        return Ok(());
    }
    // A clerk after the decision lacks the right; in the archive it is the case that does not allow it.
    let forbidden = case.archived.is_none() && !who.may(Right::Handle);
    Err(if forbidden { AppError::Forbidden } else { AppError::Conflict }.into())
}

impl Desk {
    pub(in crate::desk) async fn edit_page_of(&self, who: &Viewer, number: Number) -> Result<FormPage> {
        let book = self.book();
        let mut connection = self.db.read().await?;
        let case = cases::by_number(&mut connection, number).await?;
        let case = case.filter(|case| who.reach.covers(case.store)).ok_or(AppError::NotFound)?;
        must_be_editable(who, &case)?;
        let form = book.form(&case.type_key, case.form_version)?;
        let store = book.store(case.store)?;
        let now = typed(form, &case.answers, who.locale);
        let answers = match drafts::get(&mut connection, case.id, who.id).await? {
            Some(Draft { editing: Some(version), answers, .. }) if version < case.version => {
                let since = events::edits_since(&mut connection, case.id, version).await?;
                let read = undone(form, &case.answers, &since);
                merged(form, &typed(form, &read, who.locale), &now, &answers)
            }
            Some(draft) => draft.answers,
            None => now,
        };
        let counts = drafts::picture_counts(&mut connection, case.id).await?;
        let parts = parts::of_case(&mut connection, case.id).await?;
        drop(connection);
        Ok(FormPage {
            id: case.id,
            type_key: case.type_key.clone(),
            type_name: book
                .types
                .get(&case.type_key)
                .map_or_else(|| case.type_key.to_string(), |kind| kind.name.get(who.locale).to_owned()),
            form: (**form).clone(),
            context: self.context(who, store, counts),
            answers,
            pictures: parts.attachments.iter().map(|row| super::view::picture(&book, store, row)).collect(),
            store: store.to_ref(),
            stores: vec![store.to_ref()],
            currency: book.organisation.currency.clone(),
            editing: Some((case.number, case.version)),
            hints: Vec::new(),
        })
    }

    pub(in crate::desk) async fn edit_case(&self, who: &Viewer, input: FormInput, version: i64) -> Result<()> {
        let book = self.book();
        let case = self.reachable(who, input.id).await?;
        must_be_editable(who, &case)?;
        let draft = Draft {
            id: case.id,
            staff: who.id,
            type_key: case.type_key.clone(),
            form_version: case.form_version,
            store: case.store,
            answers: input.answers,
            editing: Some(version),
            updated_at: self.clock.now_ms(),
        };
        crate::desk::registration::within_limits(&draft.answers)?;
        // A picture or a note that came meanwhile changes no answer: only another edit is in the way.
        let edited = case.version != version
            && !events::edits_since(&mut *self.db.read().await?, case.id, version).await?.is_empty();
        if edited || version > case.version || input.form_version != case.form_version {
            return self.keep_for_later(draft, AppError::Conflict).await;
        }
        let version = case.version;
        let form = book.form(&case.type_key, case.form_version)?;
        let store = book.store(case.store)?;
        let answers = match check(form, &draft.answers, &self.context(who, store, Vec::new())) {
            Ok(answers) => answers,
            Err(problems) => return self.keep_for_later(draft, AppError::Form { problems }).await,
        };
        let changes = changes(form, &case.answers, &answers);
        let (id, store_id) = (case.id, case.store);
        let mut edited = Case { known: known(&answers, store), answers, ..case.clone() };
        edited.handling.highest_minor = case.highest_price().filter(|was| Some(*was) > edited.price());
        let (case, moved) = law::after(&book, &case, edited, draft.updated_at)?;
        let moved: Vec<_> = moved.into_iter().map(|what| (self.random.id(), what)).collect();
        let words = words(form, &case.answers);
        let (now, by, event) = (draft.updated_at, who.id, self.random.id());
        let saved = self
            .db
            .write(move |tx| {
                async move {
                    if !changes.is_empty() {
                        let words = with_attached(tx, words, id).await?;
                        if !cases::save_answers(tx, &case, &words.stored(case.store, case.number), now).await? {
                            return Err(AppError::Conflict.into());
                        }
                        let what = EventKind::Edited { changes };
                        let event = events::NewEvent { id: event, case: id, by: Some(by), at_ms: now, what: &what };
                        events::insert_edit(tx, &event, version + 1).await?;
                        for (event, what) in moved {
                            let event = events::NewEvent { id: event, case: id, by: Some(by), at_ms: now, what: &what };
                            events::insert(tx, &event).await?;
                        }
                    }
                    drafts::discard(tx, id, by, now).await
                }
                .boxed()
            })
            .await;
        match saved {
            Ok(_) => {
                self.tell(id, store_id, version + 1);
                Ok(())
            }
            Err(StoreError::Answer(answer)) => self.keep_for_later(draft, answer).await,
            Err(fault) => Err(fault),
        }
    }

    /// What was typed is found again when the form is opened anew.
    async fn keep_for_later(&self, draft: Draft, answer: AppError) -> Result<()> {
        self.db.write(move |tx| async move { drafts::save(tx, &draft).await }.boxed()).await?;
        Err(answer.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Localized;
    use domain::form::Section;
    use domain::form::schema::Required;

    fn form() -> Form {
        let field = |key: &str, kind| Field {
            key: key.parse().expect("a key"),
            label: Localized::default(),
            help: Localized::default(),
            kind,
            required: Required::No,
            shown_when: None,
            staff_only: false,
        };
        let text = || FieldKind::Text { max: None };
        let several = FieldKind::Choices { options: Vec::new() };
        let fields = vec![field("a", text()), field("b", text()), field("c", text()), field("d", several)];
        let key = "all".parse().expect("a key");
        Form { version: 1, sections: vec![Section { key, title: Localized::default(), fields }] }
    }

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::default();
        for (key, value) in pairs {
            answers.0.insert((*key).to_owned(), value.split('\n').map(str::to_owned).collect());
        }
        answers
    }

    #[test]
    fn two_edits_of_different_fields_are_both_kept() {
        let read = answers(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let now = answers(&[("a", "theirs"), ("b", "2"), ("d", "x\ny")]);
        let mine = answers(&[("a", "1"), ("b", "mine"), ("c", " 3 "), ("d", "")]);
        assert_eq!(merged(&form(), &read, &now, &mine), answers(&[("a", "theirs"), ("b", "mine"), ("d", "x\ny")]));
        let same = answers(&[("a", "mine too")]);
        assert_eq!(merged(&form(), &read, &now, &same).first("a"), "mine too");
    }

    #[test]
    fn changes_are_undone_to_what_was_read() {
        let first = answers(&[("a", "1\n"), ("b", "2"), ("d", "x\ny")]);
        let first =
            Answers(first.0.into_iter().map(|(k, v)| (k, v.into_iter().filter(|v| !v.is_empty()).collect())).collect());
        let second = answers(&[("a", "1"), ("c", "3"), ("d", "x")]);
        let third = answers(&[("a", "9"), ("b", "8")]);
        let mut newest_first = changes(&form(), &second, &third);
        newest_first.extend(changes(&form(), &first, &second));
        assert_eq!(undone(&form(), &third, &newest_first), first);
        assert!(changes(&form(), &first, &first).is_empty());
    }
}
