//! The way through the form, with script one step at a time.
//!
//! Which step is seen is the address' hash and a rule of style (`style/pages/report.css`): the links between the steps work
//! before the client is there, and the browser's own Back goes through them. Here they are checked before they are left.

use crate::error::AppError;
use crate::form::{FormState, Keeper, focus_field};
use crate::guise::Guise;
use crate::urls;
use domain::Locale;
use domain::form::filing::Step;
use domain::form::{Form, Problem};
use gloo_timers::future::TimeoutFuture;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// Where an article's form leads.
#[derive(Clone, Debug)]
pub struct Way {
    pub token: String,
    pub guise: Guise,
    /// The report has articles that the server knows.
    pub begun: bool,
}

/// Copies share their state.
#[derive(Clone, Copy)]
pub struct Flow {
    pub keeper: Keeper,
    pub state: FormState,
    pub busy: RwSignal<bool>,
    way: StoredValue<Way>,
    /// The steps with the keys of their fields.
    steps: StoredValue<Vec<(Step, Vec<String>)>>,
    /// The field that is to have the focus as soon as its step is seen.
    aim: StoredValue<Option<String>>,
}

impl Flow {
    pub fn new(keeper: Keeper, way: Way) -> Self {
        let steps = keeper.state.with_page(|page| steps_of(&page.form));
        Self {
            keeper,
            state: keeper.state,
            busy: RwSignal::new(false),
            way: StoredValue::new(way),
            steps: StoredValue::new(steps),
            aim: StoredValue::new(None),
        }
    }

    pub fn steps(self) -> Vec<Step> {
        self.steps.with_value(|steps| steps.iter().map(|(step, _)| *step).collect())
    }

    /// Leads the focus to where the reader is, and to what is wrong at first.
    pub fn watch(self) {
        Effect::new(move || {
            let turned = window_event_listener(leptos::ev::hashchange, move |_| self.arrive());
            // Back from the review, out of the browser's memory.
            let shown = window_event_listener(leptos::ev::pageshow, move |_| self.busy.set(false));
            on_cleanup(move || {
                turned.remove();
                shown.remove();
            });
        });
        Effect::new(move || {
            if let Some(first) = self.state.problems.with_untracked(|problems| first_of(problems)) {
                self.show(&first);
            }
        });
    }

    fn arrive(self) {
        if let Some(field) = self.aim.get_value() {
            self.aim.set_value(None);
            return focus_field(&field);
        }
        let heading = self.here().and_then(|step| document().get_element_by_id(&heading_id(step)));
        if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
            // It has a tabindex.
            drop(heading.focus());
        }
    }

    /// The step that is seen.
    fn here(self) -> Option<Step> {
        let hash = window().location().hash().unwrap_or_default();
        let id = hash.trim_start_matches('#');
        self.steps.with_value(|steps| {
            let at = |(step, fields): &&(Step, Vec<String>)| {
                step.key() == id || fields.iter().any(|field| crate::form::input_id(field) == id)
            };
            steps.iter().find(at).or(steps.first()).map(|(step, _)| *step)
        })
    }

    fn of_field(self, key: &str) -> Option<Step> {
        self.steps.with_value(|steps| {
            let of = |(_, fields): &&(Step, Vec<String>)| fields.iter().any(|field| field == key);
            steps.iter().find(of).map(|(step, _)| *step)
        })
    }

    /// Leads to a field, wherever it stands.
    pub fn show(self, key: &str) {
        let step = self.of_field(key);
        if step == self.here() {
            let key = key.to_owned();
            request_animation_frame(move || focus_field(&key));
        } else if let Some(step) = step {
            self.aim.set_value(Some(key.to_owned()));
            go_to(step);
        }
    }

    /// On to the next step, unless something of this one is wrong.
    pub fn leave(self, event: &MouseEvent, step: Step, next: Step) {
        let of_step = |problem: &Problem| self.of_field(problem.field.as_str()) == Some(step);
        let wrong: Vec<Problem> = self.state.check().into_iter().filter(of_step).collect();
        let first = first_of(&wrong);
        self.state.problems.update(|told| {
            told.retain(|problem| !of_step(problem));
            told.extend(wrong);
        });
        if let Some(first) = first {
            event.prevent_default();
            request_animation_frame(move || focus_field(&first));
        } else if !self.keeper.known.get_untracked() {
            // It gets its own address before the first step leads away from it.
            event.prevent_default();
            spawn_local(async move {
                self.keeper.make_known().await;
                go_to(next);
            });
        }
    }

    /// To the look over it all.
    pub fn review(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.keeper.error.set(None);
        let problems = self.state.check();
        let first = first_of(&problems);
        self.state.problems.set(problems);
        if let Some(first) = first {
            return self.show(&first);
        }
        self.busy.set(true);
        spawn_local(async move {
            while self.keeper.is_sending() {
                TimeoutFuture::new(200).await;
            }
            let kept = self.keeper.settle().await;
            let page = |address: fn(&str) -> String| self.way.with_value(|way| way.guise.put_on(&address(&way.token)));
            match kept {
                Ok(()) => load(&page(urls::report_review)),
                Err(AppError::Expired) => load(&page(urls::report_sent)),
                Err(error) => {
                    self.keeper.error.set(Some(error));
                    self.busy.set(false);
                }
            }
        });
    }

    /// The same page in another language, with what was typed.
    pub fn speak(self, locale: Locale) {
        let Way { token, guise, begun } = self.way.get_value();
        let (case, type_key) = self.state.with_page(|page| (page.id, page.type_key.clone()));
        spawn_local(async move {
            let untouched = !self.keeper.known.get_untracked() && !self.state.dirty.get_untracked();
            let page = if untouched {
                urls::report_type(if begun { &token } else { urls::NEW_REPORT }, &type_key)
            } else {
                if let Err(error) = self.keeper.settle().await {
                    return self.keeper.error.set(Some(error));
                }
                urls::report_item(&token, case)
            };
            let hash = window().location().hash().unwrap_or_default();
            load(&(guise.speaking(locale).put_on(&page) + &hash));
        });
    }
}

/// The id of a step's heading; its key is that of the step itself.
pub fn heading_id(step: Step) -> String {
    format!("step-{}", step.key())
}

/// The steps that a form has, with the keys of their fields.
fn steps_of(form: &Form) -> Vec<(Step, Vec<String>)> {
    let mut steps: Vec<(Step, Vec<String>)> = Vec::new();
    for section in &form.sections {
        let step = Step::of_section(section.key.as_str());
        let keys = section.fields.iter().map(|field| field.key.as_str().to_owned());
        match steps.last_mut() {
            Some((last, fields)) if *last == step => fields.extend(keys),
            _ => steps.push((step, keys.collect())),
        }
    }
    steps
}

fn first_of(problems: &[Problem]) -> Option<String> {
    problems.first().map(|problem| problem.field.as_str().to_owned())
}

fn go_to(step: Step) {
    // Fails only where there is no page.
    drop(window().location().set_hash(step.key()));
}

fn load(address: &str) {
    drop(window().location().assign(address));
}
