//! Keeping the draft, saving the case, and what stands in the way of it.

use super::api::{SaveDraft, edit_case, register_case, save_draft};
use super::conflict::Change;
use super::form::focus_field;
use super::state::FormState;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::ui::error_view::ErrorNotice;
use crate::ui::send::Sending;
use crate::ui::{Button, Look};
use crate::urls;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};
use server_fn::ServerFn;
use std::sync::Arc;
use std::time::Duration;
use texts::register as words;

/// A pause in typing after which the draft is kept.
const PAUSE: Duration = Duration::from_millis(1200);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Draft {
    Untouched,
    Saving,
    Saved,
    Failed,
}

/// Goes on to another page.
type Go = Arc<dyn Fn(&str) + Send + Sync>;

/// Saves what a form holds; copies share their state.
#[derive(Clone, Copy)]
pub struct Saver {
    pub(super) state: FormState,
    busy: RwSignal<bool>,
    pub(super) error: RwSignal<Option<AppError>>,
    draft: RwSignal<Draft>,
    pub(super) conflict: RwSignal<Option<Vec<Change>>>,
    pub sending: RwSignal<Vec<Sending>>,
    /// The server knows the draft, or the case that is edited: pictures can come.
    pub(super) known: RwSignal<bool>,
    /// The case is made; nothing of it is a draft any more.
    done: StoredValue<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
    go: StoredValue<Go>,
}

impl Saver {
    pub fn new(state: FormState) -> Self {
        let navigate = use_navigate();
        // A draft that has an address was kept before.
        let kept = use_query_map().with_untracked(|query| query.get("draft").is_some());
        let go: Go = Arc::new(move |path| navigate(path, leptos_router::NavigateOptions::default()));
        Self {
            state,
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            draft: RwSignal::new(Draft::Untouched),
            conflict: RwSignal::new(None),
            sending: RwSignal::new(Vec::new()),
            known: RwSignal::new(kept || state.with_page(|page| page.editing.is_some())),
            done: StoredValue::new(false),
            timer: StoredValue::new(None),
            go: StoredValue::new(go),
        }
    }

    fn editing(self) -> bool {
        self.state.with_page(|page| page.editing.is_some())
    }

    /// Keeps the draft after each pause in typing, and when the page is left.
    pub fn keep_drafts(self) {
        if self.editing() {
            return;
        }
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
                // The page may have gone meanwhile, and has kept the draft then.
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

    /// Saves the draft unless the server has all of it.
    async fn keep(self) -> Result<(), AppError> {
        if self.done.get_value() || self.editing() || (self.known.get_untracked() && !self.state.dirty.get_untracked())
        {
            return Ok(());
        }
        if self.draft.get_untracked() == Draft::Saving {
            self.later();
            return Ok(());
        }
        self.draft.set(Draft::Saving);
        self.state.dirty.set(false);
        let kept = save_draft(self.state.input()).await;
        if kept.is_ok() {
            self.draft.try_set(Draft::Saved);
            if self.known.try_get_untracked() == Some(false) {
                self.known.set(true);
            }
            self.show_draft_in_address();
        } else {
            self.draft.try_set(Draft::Failed);
            self.state.dirty.try_set(true);
        }
        kept
    }

    /// The page is being left: the browser carries the draft to the server behind its back.
    fn keep_at_once(self) {
        if self.done.try_get_value() != Some(false) || self.state.dirty.try_get_untracked() != Some(true) {
            return;
        }
        let Ok(json) = serde_json::to_string(&SaveDraft { input: self.state.input() }) else { return };
        let parts = js_sys::Array::of1(&json.into());
        let options = web_sys::BlobPropertyBag::new();
        options.set_type("application/json");
        if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
            let taken = window().navigator().send_beacon_with_opt_blob(SaveDraft::PATH, Some(&blob));
            self.state.dirty.set(!taken.unwrap_or(false));
        }
    }

    /// A reload finds the draft again.
    fn show_draft_in_address(self) {
        let address = self.state.with_page(|page| urls::new_case(&page.type_key, Some(page.id)));
        let here = window().location().pathname().unwrap_or_default();
        if address.starts_with(&here)
            && let Ok(history) = window().history()
        {
            let state = history.state().unwrap_or_default();
            // A browser that forbids it only forgets the draft's address; the list of drafts has it.
            drop(history.replace_state_with_url(&state, "", Some(&address)));
        }
    }

    /// The server knows the draft, so that pictures can be sent to it.
    pub async fn make_known(self) -> bool {
        if self.known.get_untracked() {
            return true;
        }
        let kept = self.keep().await;
        if let Err(error) = kept {
            self.error.set(Some(error));
        }
        self.known.get_untracked()
    }

    pub fn is_known(self) -> bool {
        self.known.get()
    }

    pub fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.error.set(None);
        let problems = self.state.check();
        if !problems.is_empty() {
            self.tell(problems);
            return;
        }
        self.state.problems.set(Vec::new());
        self.busy.set(true);
        spawn_local(async move {
            let input = self.state.input();
            let editing = self.state.with_page(|page| page.editing.map(|(number, _)| number));
            let saved = match (editing, self.state.version.get_untracked()) {
                (Some(number), Some(version)) => edit_case(input, version).await.map(|()| number),
                _ => register_case(input).await,
            };
            match saved {
                Ok(number) => {
                    self.done.set_value(true);
                    self.go.with_value(|go| go(&urls::case(number)));
                    return;
                }
                Err(AppError::Form { problems }) => self.tell(problems),
                Err(AppError::Conflict) if editing.is_some() => self.compare().await,
                Err(error) => self.error.set(Some(error)),
            }
            self.busy.set(false);
        });
    }

    fn tell(self, problems: Vec<domain::form::Problem>) {
        let first = problems.first().map(|problem| problem.field.as_str().to_owned());
        self.state.problems.set(problems);
        if let Some(first) = first {
            request_animation_frame(move || focus_field(&first));
        }
    }
}

/// Always in reach: the one main step, and how the draft stands.
#[component]
pub fn SaveBar(saver: Saver) -> impl IntoView {
    let locale = use_locale();
    let editing = saver.editing();
    let save = if editing { words::save_changes(locale) } else { words::save(locale) };
    let draft = move || match saver.draft.get() {
        Draft::Untouched => "",
        Draft::Saving => words::draft_saving(locale),
        Draft::Saved => words::draft_saved(locale),
        Draft::Failed => words::draft_failed(locale),
    };
    view! {
        <div class="save-bar">
            {move || saver.error.get().map(|error| view! { <ErrorNotice error/> })}
            <div class="save-bar-row">
                <Button label=save icon="check" look=Look::Primary name="intent" value="save" busy=saver.busy/>
                {(!editing)
                    .then(|| {
                        view! {
                            <button class="button no-js" type="submit" name="intent" value="pictures">
                                {words::add_pictures(locale)}
                            </button>
                            <button class="button no-js" type="submit" name="intent" value="draft">
                                {words::save_draft(locale)}
                            </button>
                        }
                    })}
                <p class="save-bar-draft soft small" role="status">
                    {draft}
                </p>
            </div>
        </div>
    }
    .into_any()
}
