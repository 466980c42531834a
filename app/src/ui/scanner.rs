//! A hand scanner acts as a keyboard: a burst of characters, faster than fingers, ended by Enter. Scanned anywhere on a
//! staff page while nobody types, it leads to what was scanned.

use crate::urls;
use domain::scan::Burst;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Listens as long as the frame stands.
pub fn listen() {
    let burst = StoredValue::new(Burst::default());
    let listener = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
            burst.update_value(|burst| *burst = Burst::default());
            return;
        }
        let (key, at) = (event.key(), event.time_stamp());
        let scanned = burst.try_update_value(|burst| burst.key(&key, at)).flatten();
        if let Some(text) = scanned {
            // Else it would press whatever button has the focus.
            event.prevent_default();
            // Fails only where the browser allows no page to be left.
            drop(window().location().assign(&urls::scan(&text)));
        }
    });
    on_cleanup(move || listener.remove());
}

/// Inputs that take no text: a scan that begins at one of them is no typing.
const UNTYPED: [&str; 9] = ["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"];

/// The key goes into a text.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| match element.dyn_ref::<web_sys::HtmlInputElement>() {
        Some(input) => !UNTYPED.contains(&input.type_().as_str()),
        None => element.tag_name() == "TEXTAREA",
    })
}

/// The same for a page that the server alone makes; nothing where the client listens.
#[cfg(feature = "ssr")]
pub fn script(path: &str) -> AnyView {
    const SCRIPT: &str = include_str!("scanner.js");
    if !urls::is_plain(path) {
        return ().into_any();
    }
    let script = SCRIPT
        .replace("PAUSE", &domain::scan::PAUSE.to_string())
        .replace("LEAST", &domain::scan::LEAST.to_string())
        .replace("PAGE", urls::SCAN);
    view! {
        <script r#type="module" nonce=leptos::nonce::use_nonce()>
            {script}
        </script>
    }
    .into_any()
}

#[cfg(not(feature = "ssr"))]
pub fn script(_: &str) -> AnyView {
    ().into_any()
}
