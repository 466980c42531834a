//! Is it within the guarantee? In words, as soon as the dates are there; help, never a lock.

use super::api::form_hints;
use crate::form::FormState;
use crate::pages::case::hint_line;
use domain::form::schema::common;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The answers that it depends on.
const KEYS: [&str; 5] =
    [common::SOLD, common::PURCHASE_DATE, common::DELIVERY_DATE, common::DEFECT_DATE, common::LEGAL_BASIS];
const TYPING_PAUSE_MS: u32 = 400;

#[component]
pub fn Hints(state: FormState) -> impl IntoView {
    let hints = RwSignal::new(state.with_page(|page| page.hints.clone()));
    let given = Memo::new(move |_| {
        (state.store.get(), state.answers.with(|answers| KEYS.map(|key| answers.first(key).to_owned())))
    });
    let asked = StoredValue::new(0_u32);
    Effect::watch(
        move || given.get(),
        move |_, _, _| {
            asked.update_value(|asked| *asked += 1);
            let mine = asked.get_value();
            spawn_local(async move {
                TimeoutFuture::new(TYPING_PAUSE_MS).await;
                if asked.try_get_value() != Some(mine) {
                    return;
                }
                // Without a connection what was said stays.
                let Ok(told) = form_hints(state.input()).await else { return };
                if asked.try_get_value() == Some(mine) {
                    hints.set(told);
                }
            });
        },
        false,
    );
    view! {
        <div class="register-hints" role="status">
            <ul class="deadlines-hints" role="list">
                {move || hints.get().into_iter().map(hint_line).collect_view()}
            </ul>
        </div>
    }
    .into_any()
}
