//! Saving the case, and what stands in the way of it.

use super::api::{edit_case, register_case};
use super::conflict::Change;
use super::phone::watch_pictures;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::form::{FormState, Keeper, Kept, focus_field};
use crate::ui::error_view::ErrorNotice;
use crate::ui::{Button, Look};
use crate::urls;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};
use std::sync::Arc;
use texts::register as words;

/// Goes on to another page.
type Go = Arc<dyn Fn(&str) + Send + Sync>;

/// Saves what a form holds; copies share their state.
#[derive(Clone, Copy)]
pub struct Saver {
    pub keeper: Keeper,
    pub(super) state: FormState,
    busy: RwSignal<bool>,
    pub(super) conflict: RwSignal<Option<Vec<Change>>>,
    go: StoredValue<Go>,
}

impl Saver {
    pub fn new(state: FormState) -> Self {
        let navigate = use_navigate();
        let editing = state.with_page(|page| page.editing.is_some());
        // A draft that has an address was kept before.
        let known = use_query_map().with_untracked(|query| query.get("draft").is_some());
        let go: Go = Arc::new(move |path| navigate(path, leptos_router::NavigateOptions::default()));
        let keeper = Keeper::new(state, known || editing);
        // A case that is edited has no draft before its changes are refused.
        if !editing {
            keeper.keep_drafts();
        }
        watch_pictures(keeper);
        Self { keeper, state, busy: RwSignal::new(false), conflict: RwSignal::new(None), go: StoredValue::new(go) }
    }

    fn editing(self) -> bool {
        self.state.with_page(|page| page.editing.is_some())
    }

    pub fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.keeper.error.set(None);
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
                    self.keeper.end();
                    self.go.with_value(|go| go(&urls::case(number)));
                    return;
                }
                Err(AppError::Form { problems }) => self.tell(problems),
                Err(AppError::Conflict) if editing.is_some() => self.compare().await,
                Err(error) => self.keeper.error.set(Some(error)),
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
    let draft = move || match saver.keeper.kept.get() {
        Kept::Untouched => "",
        Kept::Saving => words::draft_saving(locale),
        Kept::Saved => words::draft_saved(locale),
        Kept::Failed => words::draft_failed(locale),
    };
    view! {
        <div class="save-bar">
            {move || saver.keeper.error.get().map(|error| view! { <ErrorNotice error/> })}
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
