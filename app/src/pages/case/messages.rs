//! What the customer wrote on the status page.

use super::open::use_open;
use crate::boot::use_locale;
use crate::ui::{Icon, Time};
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Messages() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let messages = open.part(|view| view.messages.clone());
    view! {
        <section class="card case-messages" aria-labelledby="case-messages" id="messages" hidden=move || messages.with(Vec::is_empty)>
            <h2 id="case-messages">
                <Icon name="inbox"/>
                <span>{case::customer_messages(locale)}</span>
            </h2>
            <p class="case-who-sees">{case::customer_messages_help(locale)}</p>
            <ul class="case-note-list" role="list">
                <For each=move || messages.get() key=|message| message.id let:message>
                    <li class="case-note">
                        <p class="case-note-body">{message.body}</p>
                        <p class="case-by"><Time at=message.at/></p>
                    </li>
                </For>
            </ul>
        </section>
    }
    .into_any()
}
