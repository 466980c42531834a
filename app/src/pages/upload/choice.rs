//! One choice of the phone's page: a kind of picture, from the camera or from the library.
//!
//! A plain form, complete without script: choose, then send. Once the client is in, choosing sends at once.

use super::queue::Queue;
use crate::boot::use_locale;
use crate::ui::Icon;
use crate::ui::send::take_files;
use crate::urls;
use domain::Locale;
use domain::attachment::AttachmentKind;
use leptos::html;
use leptos::prelude::*;
use texts::upload as words;

const fn hint(locale: Locale, kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::Receipt => words::hint_receipt(locale),
        AttachmentKind::Damage => words::hint_damage(locale),
        AttachmentKind::Item => words::hint_item(locale),
        AttachmentKind::Label => words::hint_label(locale),
        AttachmentKind::Document => words::hint_document(locale),
    }
}

#[component]
pub fn Choice(kind: AttachmentKind, #[prop(into)] token: String, queue: Queue, large: bool) -> impl IntoView {
    let locale = use_locale();
    let action = format!("{}?lang={locale}", urls::upload_files(&token));
    view! {
        <form class="choice" class:choice-large=large method="post" enctype="multipart/form-data" action=action>
            <input type="hidden" name="kind" value=kind.key()/>
            <div class="choice-head">
                <span class="choice-drawing">
                    <Icon name=kind.key()/>
                </span>
                <div>
                    <h2>{texts::words::kind(locale, kind)}</h2>
                    <p class="soft small">{hint(locale, kind)}</p>
                </div>
            </div>
            <div class="choice-picks">
                <Pick kind queue camera=true/>
                <Pick kind queue camera=false/>
            </div>
            <button type="submit" class="button button-primary choice-send" formnovalidate=true>
                <Icon name="upload"/>
                <span>{words::send(locale)}</span>
            </button>
        </form>
    }
}

#[component]
fn Pick(kind: AttachmentKind, queue: Queue, camera: bool) -> impl IntoView {
    let locale = use_locale();
    let input = NodeRef::<html::Input>::new();
    let send = move || {
        if let Some(input) = input.get_untracked() {
            let files = take_files(&input);
            if !files.is_empty() {
                queue.add(kind, files);
            }
        }
    };
    // What was chosen before the client came.
    Effect::new(move || {
        if input.get().is_some() {
            send();
        }
    });
    let (icon, label) = if camera { ("camera", words::take(locale)) } else { ("picture", words::choose(locale)) };
    let accept = if camera { "image/*" } else { "image/*,application/pdf" };
    view! {
        <label class="button pick" class:pick-camera=camera>
            <Icon name=icon/>
            <span class="pick-word">{label}</span>
            <span class="visually-hidden">{format!(": {}", texts::words::kind(locale, kind))}</span>
            <input
                node_ref=input
                class="pick-input"
                type="file"
                name="file"
                accept=accept
                capture=camera.then_some("environment")
                multiple=!camera
                required=true
                on:change=move |_| send()
            />
            <span class="pick-chosen">
                <Icon name="check" label=words::chosen(locale)/>
            </span>
        </label>
    }
}
