//! Who else has this case open, and who is writing: so that two do not answer one customer.

use super::api::writing_case;
use super::open::use_open;
use crate::boot::use_locale;
use crate::live::use_present;
use crate::ui::Icon;
use domain::id::CaseId;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::case;

/// Shorter than somebody counts as writing after the last word of it.
const PAUSE_MS: u32 = 4_000;

#[component]
pub fn Others() -> impl IntoView {
    let locale = use_locale();
    let present = use_present();
    view! {
        <div class="case-present no-print" role="status">
            {move || {
                present
                    .get()
                    .into_iter()
                    .map(|other| {
                        let (icon, words) = if other.writing {
                            ("edit", case::is_writing(locale, &other.name))
                        } else {
                            ("eye", case::has_open(locale, &other.name))
                        };
                        view! {
                            <p class:case-writing=other.writing>
                                <Icon name=icon/>
                                <span>{words}</span>
                            </p>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
    .into_any()
}

/// Tells the others that something is being typed, now and then.
pub fn tell_writing() -> impl Fn(leptos::ev::Event) + Clone + 'static {
    let case: CaseId = use_open().view.with_untracked(|view| view.id);
    let told = StoredValue::new(false);
    move |_| {
        if told.get_value() {
            return;
        }
        told.set_value(true);
        spawn_local(async move {
            // Who cannot be told is told by the next word.
            let _ = writing_case(case).await;
            TimeoutFuture::new(PAUSE_MS).await;
            told.try_set_value(false);
        });
    }
}
