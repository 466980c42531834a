//! Own notes and comments, clearly apart: the ones stay inside, the others may be shown.

use super::form::{CaseForm, Sending, TEXT_LIMIT};
use super::open::{use_open, use_viewer};
use crate::backend::NoteView;
use crate::boot::use_locale;
use crate::ui::{Button, Icon, TextAreaField, Time};
use domain::role::Right;
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Notes() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let comments = open.part(|view| view.comments.clone());
    let own = open.part(|view| view.own_notes.clone());
    let may_note = use_viewer().is_some_and(|viewer| viewer.may(Right::Handle));
    view! {
        <div class="case-notes">
            <section class="card" aria-labelledby="case-comments">
                <h2 id="case-comments">
                    <Icon name="comment"/>
                    <span>{case::comments(locale)}</span>
                </h2>
                <p class="case-who-sees">{case::comments_help(locale)}</p>
                <List notes=comments/>
                <div data-key="m">
                    <Add form="add_comment" label=case::comment_label(locale) button=case::comment_add(locale)/>
                </div>
            </section>
            <section class="card case-own" aria-labelledby="case-own-notes">
                <h2 id="case-own-notes">
                    <Icon name="lock"/>
                    <span>{case::own_notes(locale)}</span>
                </h2>
                <p class="case-who-sees">{case::own_notes_help(locale)}</p>
                <List notes=own/>
                {may_note
                    .then(|| {
                        view! {
                            <Add form="add_own_note" label=case::own_note_label(locale) button=case::own_note_add(locale)/>
                        }
                    })}
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn List(notes: Memo<Vec<NoteView>>) -> impl IntoView {
    view! {
        <ul class="case-note-list" role="list">
            <For each=move || notes.get() key=|note| note.id let:note>
                <li class="case-note">
                    <p class="case-note-body">{note.body}</p>
                    <p class="case-by">{note.by} " · " <Time at=note.at/></p>
                </li>
            </For>
        </ul>
    }
}

#[component]
fn Add(form: &'static str, label: &'static str, button: &'static str) -> impl IntoView {
    let sending = Sending::new(form);
    view! {
        <CaseForm sending inputs=&["body"]>
            <TextAreaField
                id=form
                name="body"
                label=label
                rows=2
                required=true
                value=sending.typed("body")
                error=sending.fault("body")
                maxlength=TEXT_LIMIT
            />
            <div class="form-actions">
                <Button label=button busy=sending.busy/>
            </div>
        </CaseForm>
    }
    .into_any()
}
