//! The browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back.

use super::icon::Icon;
use crate::boot::use_locale;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Opens and closes with `open`. Its content exists only while it is open, so that it starts afresh.
/// What it offers must be reachable without script as well: by a link to a page, or by `<details>`.
#[component]
pub fn Dialog(
    #[prop(into)] title: Signal<String>,
    open: RwSignal<bool>,
    /// For pictures and QR codes.
    #[prop(optional)]
    wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let locale = use_locale();
    let dialog = NodeRef::<html::Dialog>::new();
    let heading = format!("dialog-{}", slug(&title.get_untracked()));
    let heading_id = heading.clone();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // It fails only for a dialog that has left the page, where nothing is to be shown.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let backdrop = move |event: MouseEvent| {
        let on_dialog = event.target().is_some_and(|target| target.has_type::<web_sys::HtmlDialogElement>());
        if on_dialog {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            class:dialog-wide=wide
            aria-labelledby=heading
            on:close=move |_| open.set(false)
            on:click=backdrop
        >
            <div class="dialog-body">
                <header class="dialog-head">
                    <h2 id=heading_id>{title}</h2>
                    <button
                        type="button"
                        class="button button-quiet button-icon"
                        title=texts::ui::close(locale)
                        on:click=move |_| open.set(false)
                    >
                        <Icon name="cross"/>
                        <span class="visually-hidden">{texts::ui::close(locale)}</span>
                    </button>
                </header>
                <Show when=move || open.get()>{children()}</Show>
            </div>
        </dialog>
    }
    .into_any()
}

/// An id from a title: two dialogs of one page have different titles.
fn slug(title: &str) -> String {
    title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}
