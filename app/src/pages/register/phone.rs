//! Pictures that a phone sends to the open form.

use crate::form::Keeper;
use crate::live::use_live;
use crate::pages::upload::PhonePictures;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// They show up as they come.
pub fn watch_pictures(keeper: Keeper) {
    let case = keeper.state.with_page(|page| page.id);
    // Once: each draft that is kept says "known" again, and what an earlier run began would be gone under the line.
    let known = Memo::new(move |_| keeper.known.get());
    Effect::new(move || {
        if known.get() {
            let tick = use_live(case);
            Effect::new(move |before: Option<u64>| {
                let now = tick.get();
                if before.is_some() {
                    keeper.refresh_pictures();
                }
                now
            });
        }
    });
}

/// "Add picture with phone". The link behind its code needs a draft that the server knows, so the first press keeps it.
#[component]
pub fn PhoneButton(keeper: Keeper) -> impl IntoView {
    let case_id = keeper.state.with_page(|page| page.id);
    let first = move |event: leptos::ev::MouseEvent| {
        if keeper.known.get() {
            return;
        }
        event.stop_propagation();
        event.prevent_default();
        let target = event.target();
        spawn_local(async move {
            if keeper.make_known().await
                && let Some(button) = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok())
                && let Ok(Some(button)) = button.closest("button, a")
                && let Ok(button) = button.dyn_into::<web_sys::HtmlElement>()
            {
                button.click();
            }
        });
    };
    view! {
        <div class="phone-pictures" class:only-js=move || !keeper.known.get() on:click:capture=first>
            <PhonePictures case_id on_arrival=Callback::new(move |()| keeper.refresh_pictures())/>
        </div>
    }
    .into_any()
}
