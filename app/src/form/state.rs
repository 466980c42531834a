//! What an open form knows: the answers as typed, which fields they show, and what is wrong with them.

use super::place::Place;
use crate::backend::{FormInput, FormPage, PictureView};
use domain::attachment::AttachmentKind;
use domain::form::check::{Context, missing_pictures, shown};
use domain::form::{Answers, Fault, Field, FieldKind, Problem, check};
use domain::id::StoreId;
use leptos::prelude::*;
use std::sync::Arc;

/// A handle to the form's state; copies share it.
#[derive(Clone, Copy)]
pub struct FormState {
    page: StoredValue<FormPage>,
    place: StoredValue<Arc<dyn Place>>,
    pub answers: RwSignal<Answers>,
    pub pictures: RwSignal<Vec<PictureView>>,
    pub store: RwSignal<StoreId>,
    pub problems: RwSignal<Vec<Problem>>,
    /// The version of the edited case that was last seen.
    pub version: RwSignal<Option<i64>>,
    /// Something was typed that no draft holds yet.
    pub dirty: RwSignal<bool>,
    /// The fields that the answers show, and whether each must be filled in.
    asked: Memo<Vec<(String, bool)>>,
}

impl FormState {
    /// With `checked`, what is wrong stands beside the fields from the start: the answers were refused without script.
    pub fn new(page: FormPage, place: Arc<dyn Place>, checked: bool) -> Self {
        let answers = RwSignal::new(page.answers.clone());
        let pictures = RwSignal::new(page.pictures.clone());
        let store = RwSignal::new(page.store.id);
        let version = RwSignal::new(page.editing.map(|(_, version)| version));
        let page = StoredValue::new(page);
        let asked = Memo::new(move |_| {
            page.with_value(|page| {
                answers.with(|answers| {
                    let asked = shown(&page.form, answers, &page.context);
                    asked.iter().map(|asked| (asked.field.key.as_str().to_owned(), asked.required)).collect()
                })
            })
        });
        let state = Self {
            page,
            place: StoredValue::new(place),
            answers,
            pictures,
            store,
            problems: RwSignal::new(Vec::new()),
            version,
            dirty: RwSignal::new(false),
            asked,
        };
        if checked {
            state.problems.set(state.check());
        }
        state
    }

    pub fn with_page<T>(self, read: impl FnOnce(&FormPage) -> T) -> T {
        self.page.with_value(read)
    }

    pub fn place(self) -> Arc<dyn Place> {
        self.place.get_value()
    }

    fn context(self) -> Context {
        let mut context = self.with_page(|page| page.context.clone());
        context.pictures = self.pictures.with_untracked(|pictures| counted(pictures));
        context
    }

    /// Every problem of the answers as they stand.
    pub fn check(self) -> Vec<Problem> {
        let context = self.context();
        self.with_page(|page| {
            self.answers.with_untracked(|answers| check(&page.form, answers, &context).err().unwrap_or_default())
        })
    }

    /// The required pictures that are not there yet. They stop nothing.
    pub fn lacks_pictures(self) -> bool {
        let mut context = self.context();
        context.pictures = self.pictures.with(|pictures| counted(pictures));
        self.with_page(|page| self.answers.with(|answers| !missing_pictures(&page.form, answers, &context).is_empty()))
    }

    /// Takes in what was typed before the client was there.
    pub fn take_typed(self, form: &web_sys::HtmlFormElement) {
        let Ok(typed) = web_sys::FormData::new_with_form(form) else { return };
        let keys: Vec<String> = self.with_page(|page| {
            let asked = page.form.fields().filter(|field| !matches!(field.kind, FieldKind::Picture { .. }));
            asked.map(|field| field.key.as_str().to_owned()).collect()
        });
        for key in keys {
            let typed = typed.get_all(&input_name(&key));
            // A browser ends a line with two characters in what it sends.
            let lines = typed.iter().filter_map(|value| Some(value.as_string()?.replace("\r\n", "\n")));
            let values: Vec<String> = lines.filter(|value| !value.is_empty()).collect();
            if self.answers.with_untracked(|answers| answers.all(&key) != values.as_slice()) {
                self.set(&key, values);
            }
        }
    }

    /// Whether the answers show that field.
    pub fn shows(self, key: &str) -> bool {
        self.asked.with(|asked| asked.iter().any(|(shown, _)| shown == key))
    }

    /// Whether that field bears a star now.
    pub fn requires(self, key: &str) -> bool {
        self.asked.with(|asked| asked.iter().any(|(shown, required)| *required && shown == key))
    }

    pub fn fault(self, key: &str) -> Option<Fault> {
        self.problems.with(|problems| {
            problems.iter().find(|problem| problem.field.as_str() == key).map(|problem| problem.fault.clone())
        })
    }

    pub fn first(self, key: &str) -> String {
        self.answers.with(|answers| answers.all(key).first().cloned().unwrap_or_default())
    }

    pub fn set(self, key: &str, values: Vec<String>) {
        self.answers.update(|answers| {
            if values.iter().all(String::is_empty) {
                answers.0.remove(key);
            } else {
                answers.0.insert(key.to_owned(), values);
            }
        });
        self.dirty.set(true);
        // What was told as wrong goes as soon as it is right; a new complaint waits until the field is left.
        if !self.problems.with_untracked(Vec::is_empty) {
            let left = self.check();
            self.problems.update(|problems| {
                problems.retain(|told| left.iter().any(|problem| problem.field == told.field));
                for told in problems.iter_mut() {
                    if let Some(now) = left.iter().find(|problem| problem.field == told.field) {
                        told.fault = now.fault.clone();
                    }
                }
            });
        }
    }

    /// The field is left: what was typed into it is checked. An empty field is no fault before the form is saved.
    pub fn leave(self, field: &Field) {
        let key = &field.key;
        if !self.answers.with_untracked(|answers| answers.is_filled(key.as_str())) {
            return;
        }
        let found = self.check().into_iter().find(|problem| problem.field == *key);
        let told = self.problems.with_untracked(|problems| problems.iter().any(|problem| problem.field == *key));
        if let Some(found) = found.filter(|_| !told) {
            self.problems.update(|problems| problems.push(found));
        }
    }

    pub fn input(self) -> FormInput {
        self.with_page(|page| FormInput {
            id: page.id,
            type_key: page.type_key.clone(),
            form_version: page.form.version,
            store: self.store.get_untracked(),
            answers: self.answers.get_untracked(),
        })
    }
}

fn counted(pictures: &[PictureView]) -> Vec<(AttachmentKind, u32)> {
    let count = |kind| pictures.iter().filter(|picture| picture.kind == kind).count();
    AttachmentKind::ALL.map(|kind| (kind, u32::try_from(count(kind)).unwrap_or(u32::MAX))).to_vec()
}

/// The id of a field's input, or of the group of its inputs.
pub fn input_id(key: &str) -> String {
    format!("f-{key}")
}

/// The name of a field's inputs in a plain form post.
pub fn input_name(key: &str) -> String {
    format!("answers.{key}")
}
