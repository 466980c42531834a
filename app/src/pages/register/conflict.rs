//! Two who edit one case: the second sees what the first has changed, and loses nothing.

use super::api::read_edit_form;
use super::save::Saver;
use crate::boot::use_locale;
use crate::form::{input_id, put_in};
use crate::ui::{Notice, Tone};
use domain::form::{Field, FieldKind};
use leptos::prelude::*;
use texts::register as words;

/// An answer that somebody else has changed meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    key: String,
    label: String,
    now: String,
}

impl Saver {
    /// Somebody else was faster. The server has put what was typed upon what the case says now: what is different from
    /// this screen is theirs, is taken in, and told.
    pub(super) async fn compare(self) {
        let Some(number) = self.state.with_page(|page| page.editing.map(|(number, _)| number)) else { return };
        let now = match read_edit_form(number).await {
            Ok(now) => now,
            Err(error) => return self.keeper.error.set(Some(error)),
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
