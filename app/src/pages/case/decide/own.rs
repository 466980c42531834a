//! The words of the letter that the handler is given to change.

use crate::backend::OwnLetter;
use crate::boot::use_locale;
use crate::pages::case::api::drafted_text;
use crate::pages::case::form::{Sending, TEXT_LIMIT};
use crate::pages::case::preview::Preview;
use crate::ui::{Button, Look, TextAreaField, TextField};
use domain::decision::SUBJECT_LIMIT;
use leptos::prelude::*;
use texts::case;

const SUBJECT: u32 = 200;
const _: () = assert!(SUBJECT as usize == SUBJECT_LIMIT);

#[derive(Clone, Copy)]
pub struct Own {
    pub given: RwSignal<Option<OwnLetter>>,
    /// Somebody has changed them: they stay, whatever else changes.
    pub changed: RwSignal<bool>,
}

impl Own {
    pub fn begin(sending: Sending, preview: Preview, before: &impl Fn(&str) -> String) -> Self {
        let (subject, body) = (before("subject"), before("body"));
        let typed = (!body.is_empty()).then(|| OwnLetter { subject, body, paper: String::new() });
        let drafted = preview.letter.with_untracked(|letter| letter.as_ref().and_then(|letter| letter.own.clone()));
        let untouched = typed
            .as_ref()
            .is_none_or(|own| drafted_text(&own.subject, &own.body) == sending.typed("drafted").replace("\r\n", "\n"));
        let given = if untouched { drafted.or(typed) } else { typed };
        let own = Self { given: RwSignal::new(given), changed: RwSignal::new(!untouched) };
        Effect::new(move |_| {
            let letter = preview.letter.with(|letter| letter.as_ref().and_then(|letter| letter.own.clone()));
            if let Some(letter) = letter.filter(|_| !own.changed.get_untracked())
                && own.given.with_untracked(|given| given.as_ref() != Some(&letter))
            {
                own.given.set(Some(letter));
            }
        });
        own
    }

    pub fn drop_changes(self) {
        self.changed.set(false);
        self.given.set(None);
    }
}

/// The words between the greeting and the law's blocks, to be changed once they were seen.
#[component]
pub fn OwnWords(sending: Sending, own: Own, preview: Preview) -> impl IntoView {
    let locale = use_locale();
    let drop_changes = Callback::new(move |_| {
        preview.forget();
        own.drop_changes();
    });
    move || {
        let OwnLetter { subject, body, .. } = own.given.get()?;
        // What somebody has changed is theirs, also after another look.
        let drafted =
            if own.changed.get_untracked() { sending.typed("drafted") } else { drafted_text(&subject, &body) };
        Some(
            view! {
                <div
                    class="form case-own-words"
                    on:input=move |_| {
                        own.changed.set(true);
                        preview.forget();
                    }
                >
                    <h3>{case::own_letter(locale)}</h3>
                    <p class="case-quiet">{case::own_letter_help(locale)}</p>
                    <input type="hidden" name="drafted" value=drafted/>
                    <TextField
                        id="decide-subject"
                        name="subject"
                        label=case::own_subject(locale)
                        value=subject
                        error=sending.fault("subject")
                        maxlength=SUBJECT
                    />
                    <TextAreaField
                        id="decide-body"
                        name="body"
                        label=case::own_body(locale)
                        rows=12
                        value=body
                        error=sending.fault("body")
                        maxlength=TEXT_LIMIT
                    />
                    <div class="only-js" hidden=move || !own.changed.get()>
                        <Button look=Look::Quiet icon="undo" label=case::own_drop(locale) on_press=drop_changes/>
                    </div>
                </div>
            }
            .into_any(),
        )
    }
}
