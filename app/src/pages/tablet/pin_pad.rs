//! A password input for digits, and with script the keys to tap them.

use crate::boot::use_locale;
use crate::ui::Icon;
use leptos::html;
use leptos::prelude::*;
use texts::tablet as words;

const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

#[component]
pub fn PinPad(label: String) -> impl IntoView {
    let locale = use_locale();
    let input = NodeRef::<html::Input>::new();
    let add = move |digit: &'static str| {
        if let Some(input) = input.get_untracked() {
            let pin = input.value();
            if pin.len() < 8 {
                input.set_value(&format!("{pin}{digit}"));
            }
        }
    };
    let erase = move |_| {
        if let Some(input) = input.get_untracked() {
            let mut pin = input.value();
            pin.pop();
            input.set_value(&pin);
        }
    };
    let key = move |digit: &'static str| {
        view! {
            <button type="button" class="button pin-key only-js" on:click=move |_| add(digit)>
                {digit}
            </button>
        }
    };
    view! {
        <label class="visually-hidden" for="pin">
            {label}
        </label>
        <input
            node_ref=input
            class="input pin-input"
            id="pin"
            name="pin"
            type="password"
            inputmode="numeric"
            pattern="[0-9]*"
            minlength="4"
            maxlength="8"
            autocomplete="off"
            autofocus=true
            required=true
            placeholder=words::pin(locale)
        />
        <div class="pin-keys">
            {DIGITS.map(key).collect_view()}
            <button type="button" class="button pin-key only-js" title=words::erase(locale) on:click=erase>
                <Icon name="arrow_left" label=words::erase(locale)/>
            </button>
            {key("0")}
            <button type="submit" class="button button-primary pin-key">
                {words::go(locale)}
            </button>
        </div>
    }
    .into_any()
}
