//! The open case hears of its changes: server-sent events, which the browser connects anew by itself.

use crate::urls;
use domain::id::CaseId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource};

/// What the server sends: `server/src/http/live.rs`.
const CHANGED: &str = "changed";

/// Ticks when that case has changed, and after a lost connection, when it may have. On the server it never ticks.
pub fn use_live(case: CaseId) -> Signal<u64> {
    let ticks = RwSignal::new(0_u64);
    let source = StoredValue::new_local(None::<EventSource>);
    Effect::new(move || {
        let Ok(events) = EventSource::new(&format!("{}?case={case}", urls::LIVE)) else { return };
        let mut opened = false;
        let again = Closure::<dyn FnMut(Event)>::new(move |_| {
            if std::mem::replace(&mut opened, true) {
                ticks.try_update(|ticks| *ticks += 1);
            }
        });
        let changed = Closure::<dyn FnMut(Event)>::new(move |_| {
            ticks.try_update(|ticks| *ticks += 1);
        });
        events.set_onopen(Some(again.as_ref().unchecked_ref()));
        // It fails only for a name that is no string.
        drop(events.add_event_listener_with_callback(CHANGED, changed.as_ref().unchecked_ref()));
        // The browser keeps both as long as the source is open.
        again.forget();
        changed.forget();
        source.set_value(Some(events));
    });
    on_cleanup(move || {
        if let Some(events) = source.try_get_value().flatten() {
            events.close();
        }
    });
    ticks.into()
}
