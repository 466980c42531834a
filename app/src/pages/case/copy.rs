//! A button that copies a text: a number into the till's own system.

use crate::boot::use_locale;
use crate::ui::Icon;
use leptos::prelude::*;
use texts::ui;

#[component]
pub fn Copy(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let locale = use_locale();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let promise = window().navigator().clipboard().write_text(&text.get_untracked());
        leptos::task::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(promise).await.is_ok() {
                copied.try_set(true);
                gloo_timers::future::TimeoutFuture::new(2000).await;
                copied.try_set(false);
            }
        });
    };
    view! {
        <button
            type="button"
            class="button button-quiet case-copy only-js"
            on:click=copy
        >
            <Icon name="copy"/>
            <span aria-live="polite">
                {move || if copied.get() { ui::copied(locale) } else { ui::copy(locale) }}
            </span>
        </button>
    }
}
