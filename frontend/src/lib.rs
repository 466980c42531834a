//! The client: takes over the pages that the server has rendered.

/// Called once by the page's module script after the WebAssembly is compiled.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
