//! Keeping the draft, saving the case, and what stands in the way of it.

use super::api::{SaveDraft, edit_case, form_pictures, read_edit_form, register_case, save_draft};
use super::form::{focus_field, put_in};
use super::state::{FormState, input_id};
use crate::backend::PictureView;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::live::use_live;
use crate::ui::error_view::ErrorNotice;
use crate::ui::send::{Sending, send_file, take_files};
use crate::ui::{Button, Look, Notice, Tone};
use crate::urls;
use domain::attachment::AttachmentKind;
use domain::form::{Field, FieldKind};
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

/// An answer that somebody else has changed meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    key: String,
    label: String,
    now: String,
}

/// Goes on to another page.
type Go = Arc<dyn Fn(&str) + Send + Sync>;

/// Saves what a form holds; copies share their state.
#[derive(Clone, Copy)]
pub struct Saver {
    state: FormState,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    draft: RwSignal<Draft>,
    conflict: RwSignal<Option<Vec<Change>>>,
    pub sending: RwSignal<Vec<Sending>>,
    /// The server knows the draft, or the case that is edited: pictures can come.
    known: RwSignal<bool>,
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
            self.known.try_set(true);
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

    /// Somebody else was faster. The server has put what was typed upon what the case says now: what is different from
    /// this screen is theirs, is taken in, and told.
    async fn compare(self) {
        let Some(number) = self.state.with_page(|page| page.editing.map(|(number, _)| number)) else { return };
        let now = match read_edit_form(number).await {
            Ok(now) => now,
            Err(error) => return self.error.set(Some(error)),
        };
        let locale = self.state.with_page(|page| page.context.locale);
        let typed = self.state.answers.get_untracked();
        let changes = now
            .form
            .fields()
            .filter(|field| now.answers.of(&field.key) != typed.of(&field.key))
            .map(|field| {
                let values = now.answers.of(&field.key);
                put_in(field.key.as_str(), values);
                Change {
                    key: field.key.as_str().to_owned(),
                    label: field.label.get(locale).to_owned(),
                    now: shown(locale, field, values),
                }
            })
            .collect();
        self.state.version.set(now.editing.map(|(_, version)| version));
        self.state.answers.set(now.answers);
        self.conflict.set(Some(changes));
        request_animation_frame(|| {
            if let Some(notice) = document().query_selector("#conflict > *").ok().flatten() {
                notice.scroll_into_view();
            }
        });
    }

    /// Sends the chosen files to the draft, each by itself.
    pub fn send_files(self, kind: AttachmentKind, input: &web_sys::HtmlInputElement) {
        for file in take_files(input) {
            let id = self.sending.with_untracked(|all| all.iter().map(|one| one.id).max().unwrap_or_default() + 1);
            let one = Sending {
                id,
                kind,
                file: StoredValue::new_local(file),
                percent: RwSignal::new(0),
                refused: RwSignal::new(None),
            };
            self.sending.update(|all| all.push(one));
            self.send(one);
        }
    }

    pub fn send(self, one: Sending) {
        one.refused.set(None);
        spawn_local(async move {
            if !self.make_known().await {
                return one.refused.set(Some(AppError::Transport));
            }
            let url = urls::case_files(self.state.with_page(|page| page.id));
            let (percent, refused, id) = (one.percent, one.refused, one.id);
            let done = move |result: Result<Vec<PictureView>, AppError>| match result {
                Ok(_) => {
                    self.sending.try_update(|all| all.retain(|other| other.id != id));
                    self.refresh_pictures();
                }
                Err(error) => {
                    refused.try_set(Some(error));
                }
            };
            let progress = move |now| {
                percent.try_set(now);
            };
            if let Err(error) = one.file.with_value(|file| send_file(&url, one.kind, file, progress, done)) {
                refused.set(Some(error));
            }
        });
    }

    /// Pictures that a phone sends show up as they come.
    pub fn watch_pictures(self) {
        let case = self.state.with_page(|page| page.id);
        Effect::new(move || {
            if self.known.get() {
                let tick = use_live(case);
                Effect::new(move |before: Option<u64>| {
                    let now = tick.get();
                    if before.is_some() {
                        self.refresh_pictures();
                    }
                    now
                });
            }
        });
    }

    /// Shows the pictures that have come meanwhile.
    pub fn refresh_pictures(self) {
        let id = self.state.with_page(|page| page.id);
        spawn_local(async move {
            if let Ok(pictures) = form_pictures(id).await {
                self.state.pictures.try_set(pictures);
            }
        });
    }
}

/// An answer of an edit page in words; it comes as typed, but choices come by their keys.
fn shown(locale: domain::Locale, field: &Field, values: &[String]) -> String {
    let by_key =
        matches!(field.kind, FieldKind::Choice { .. } | FieldKind::Choices { .. } | FieldKind::YesNo | FieldKind::Tick);
    match values {
        [] => words::conflict_empty(locale).to_owned(),
        values if by_key => texts::words::answer(locale, field, values, ""),
        values => values.join(", "),
    }
}

/// What somebody else has changed meanwhile.
#[component]
pub fn ConflictNotice(saver: Saver) -> impl IntoView {
    let locale = use_locale();
    let list = move || {
        saver.conflict.get().map(|changes| {
            if changes.is_empty() {
                return view! { <p>{words::changed(locale)}</p> }.into_any();
            }
            let lines = changes
                .into_iter()
                .map(|change| {
                    view! {
                        <li>
                            <a href=format!("#{}", input_id(&change.key)) rel="external">
                                {change.label}
                            </a>
                            " – "
                            {words::conflict_now(locale, &change.now)}
                        </li>
                    }
                })
                .collect_view();
            view! {
                <p>{words::conflict(locale)}</p>
                <ul class="problems">{lines}</ul>
            }
            .into_any()
        })
    };
    view! {
        <div id="conflict">
            <Show when=move || saver.conflict.with(Option::is_some)>
                <Notice tone=Tone::Warn urgent=true>{list}</Notice>
            </Show>
        </div>
    }
    .into_any()
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
