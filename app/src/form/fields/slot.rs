//! A place for pictures of one kind.

use super::Ask;
use crate::boot::use_locale;
use crate::form::keeper::Keeper;
use crate::form::pictures::{Sending, Thumbnails};
use crate::ui::Icon;
use crate::ui::field::{FieldGroup, described_by};
use domain::attachment::AttachmentKind;
use leptos::html;
use leptos::prelude::*;
use texts::form as words;

/// What the file dialog offers; the server looks at the content.
const ACCEPT: &str = "image/*,.heic,.heif,application/pdf";

#[component]
pub fn SlotInput(ask: Ask, kind: AttachmentKind, keeper: Keeper) -> impl IntoView {
    let locale = use_locale();
    let Ask { id, label, help, required, error, state, .. } = ask;
    let hints = described_by(&id);
    let input = move |words: &'static str, icon: &'static str, camera: bool| {
        let file = NodeRef::<html::Input>::new();
        // What was chosen before the client came.
        Effect::new(move || {
            if let Some(file) = file.get().filter(|file| file.files().is_some_and(|chosen| chosen.length() > 0)) {
                keeper.send_files(kind, &file);
            }
        });
        view! {
            <label class="button slot-button" class:slot-camera=camera class:only-js=camera>
                <Icon name=icon/>
                <span>{words}</span>
                <input
                    node_ref=file
                    class="slot-file"
                    type="file"
                    name=format!("file.{}", kind.key())
                    accept=ACCEPT
                    capture=camera.then_some("environment")
                    multiple=!camera
                    aria-describedby=hints.clone()
                    on:change:target=move |event| keeper.send_files(kind, &event.target())
                />
            </label>
        }
    };
    let buttons = view! {
        {input(words::take_picture(locale), "camera", true)}
        {input(words::choose_file(locale), "picture", false)}
    };
    view! {
        <FieldGroup id label required help error>
            <Thumbnails state kinds=vec![kind]/>
            <Sending keeper kind/>
            <div class="slot-buttons">{buttons}</div>
        </FieldGroup>
    }
    .into_any()
}
