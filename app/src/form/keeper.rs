//! Keeps a form while it is filled in: after each pause, when the page is left, and before its first picture.

use super::place::Place;
use super::state::FormState;
use crate::error::AppError;
use crate::ui::send::Sending;
use gloo_timers::future::TimeoutFuture;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// A pause in typing after which the form is kept.
const PAUSE: Duration = Duration::from_millis(1200);

/// How far what was typed is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Untouched,
    Saving,
    Saved,
    Failed,
}

/// Keeps what a form holds in its [`Place`]; copies share their state.
#[derive(Clone, Copy)]
pub struct Keeper {
    pub state: FormState,
    pub error: RwSignal<Option<AppError>>,
    pub kept: RwSignal<Kept>,
    pub sending: RwSignal<Vec<Sending>>,
    /// The server knows the form: pictures can come.
    pub known: RwSignal<bool>,
    /// It has become what it was to become: nothing of it is a draft any more.
    done: StoredValue<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Keeper {
    /// `known`: the server has it already.
    pub fn new(state: FormState, known: bool) -> Self {
        Self {
            state,
            error: RwSignal::new(None),
            kept: RwSignal::new(Kept::Untouched),
            sending: RwSignal::new(Vec::new()),
            known: RwSignal::new(known),
            done: StoredValue::new(false),
            timer: StoredValue::new(None),
        }
    }

    /// Keeps it after each pause in typing, and when the page is left.
    pub fn keep_drafts(self) {
        Effect::new(move || {
            self.state.answers.track();
            self.state.store.track();
            if self.state.dirty.get_untracked() {
                self.later();
            }
        });
        Effect::new(move || {
            let left = window_event_listener(leptos::ev::pagehide, move |_| self.keep_at_once());
            on_cleanup(move || left.remove());
        });
        on_cleanup(move || {
            if cfg!(feature = "hydrate") {
                self.keep_at_once();
            }
        });
    }

    fn later(self) {
        if let Some(running) = self.timer.try_get_value().flatten() {
            running.clear();
        }
        let timer = set_timeout_with_handle(
            move || {
                // The page may have gone meanwhile, and has kept the form then.
                if self.timer.try_get_value().is_some() {
                    spawn_local(async move {
                        drop(self.keep().await);
                    });
                }
            },
            PAUSE,
        );
        self.timer.set_value(timer.ok());
    }

    /// Saves it unless the server has all of it.
    ///
    /// # Errors
    /// The server's, or `Transport`.
    pub async fn keep(self) -> Result<(), AppError> {
        if self.done.get_value() || (self.known.get_untracked() && !self.state.dirty.get_untracked()) {
            return Ok(());
        }
        if self.kept.get_untracked() == Kept::Saving {
            self.later();
            return Ok(());
        }
        self.kept.set(Kept::Saving);
        self.state.dirty.set(false);
        let place = self.state.place();
        let kept = place.keep(self.state.input()).await;
        if kept.is_ok() {
            self.kept.try_set(Kept::Saved);
            // No longer there: another page is open by now.
            if self.known.try_get_untracked() == Some(false) {
                self.known.set(true);
                show_in_address(&*place);
            }
        } else {
            self.kept.try_set(Kept::Failed);
            self.state.dirty.try_set(true);
        }
        kept
    }

    /// The page is being left: the browser carries the form to the server behind its back.
    fn keep_at_once(self) {
        if self.done.try_get_value() != Some(false) || self.state.dirty.try_get_untracked() != Some(true) {
            return;
        }
        let Some((path, json)) = self.state.place().farewell(self.state.input()) else { return };
        let parts = js_sys::Array::of1(&json.into());
        let options = web_sys::BlobPropertyBag::new();
        options.set_type("application/json");
        if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
            let taken = window().navigator().send_beacon_with_opt_blob(path, Some(&blob));
            self.state.dirty.set(!taken.unwrap_or(false));
        }
    }

    /// Keeps all of it, after what is under way.
    ///
    /// # Errors
    /// Those of [`Self::keep`].
    pub async fn settle(self) -> Result<(), AppError> {
        while self.kept.try_get_untracked() == Some(Kept::Saving) {
            TimeoutFuture::new(50).await;
        }
        self.keep().await
    }

    /// The server knows the form, so that pictures can be sent to it.
    pub async fn make_known(self) -> bool {
        if self.known.get_untracked() {
            return true;
        }
        if let Err(error) = self.settle().await {
            self.error.set(Some(error));
        }
        self.known.get_untracked()
    }

    /// Pictures are on their way.
    pub fn is_sending(self) -> bool {
        let under_way = |one: &Sending| one.refused.with_untracked(Option::is_none);
        self.sending.with_untracked(|all| all.iter().any(under_way))
    }

    /// Nothing of it is to be kept from now on.
    pub fn end(self) {
        self.done.set_value(true);
    }
}

/// A reload finds the form again.
fn show_in_address(place: &dyn Place) {
    let Ok(history) = window().history() else { return };
    let address = place.address() + &window().location().hash().unwrap_or_default();
    let state = history.state().unwrap_or_default();
    // A browser that forbids it only forgets the form's address; there are other ways to it.
    drop(history.replace_state_with_url(&state, "", Some(&address)));
}
