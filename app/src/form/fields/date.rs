//! A date typed as people of the locale type it, with the browser's calendar as a help.

use super::Ask;
use crate::boot::use_locale;
use crate::ui::Icon;
use crate::ui::field::{Field, described_by, invalid};
use domain::date;
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::html;
use leptos::prelude::*;
use texts::form as words;

#[component]
pub fn DateInput(ask: Ask, earliest: Option<i32>, latest: Option<i32>) -> impl IntoView {
    let locale = use_locale();
    let Ask { key, id, name, label, help, required, error, state, .. } = ask;
    let today = state.with_page(|page| page.context.today);
    let bound = move |days: Option<i32>| {
        days.and_then(|days| today.checked_add(i64::from(days).days()).ok()).map(|date| date.to_string())
    };
    let help = if help.is_empty() { words::date_example(locale, &date::typed(locale, today)) } else { help };
    let text = NodeRef::<html::Input>::new();
    let picker = NodeRef::<html::Input>::new();
    let value = state.answers.with_untracked(|answers| answers.all(&key).first().cloned());
    let set = {
        let key = key.clone();
        move |value: String| state.set(&key, vec![value])
    };
    let open = move |_| {
        if let Some(picker) = picker.get_untracked() {
            let typed = state.answers.with_untracked(|answers| date::parse(answers.first(&key), today));
            picker.set_value(&typed.unwrap_or(today).to_string());
            // A browser without a calendar leaves the typing to people.
            drop(picker.show_picker());
        }
    };
    let picked = {
        let set = set.clone();
        move |value: String| {
            if let (Ok(date), Some(text)) = (value.parse::<Date>(), text.get_untracked()) {
                let typed = date::typed(locale, date);
                text.set_value(&typed);
                set(typed);
            }
        }
    };
    view! {
        <Field id=id.clone() label required help error>
            <div class="affix">
                <input
                    node_ref=text
                    class="input"
                    id=id.clone()
                    name=name
                    type="text"
                    value=value
                    inputmode="text"
                    autocomplete="off"
                    aria-required=move || required.get().then_some("true")
                    aria-describedby=described_by(&id)
                    aria-invalid=invalid(error)
                    on:input:target=move |event| set(event.target().value())
                />
                <button type="button" class="affix-end affix-button only-js" title=words::pick_date(locale) on:click=open>
                    <Icon name="calendar" label=words::pick_date(locale)/>
                </button>
                <input
                    node_ref=picker
                    class="date-picker"
                    type="date"
                    tabindex="-1"
                    aria-hidden="true"
                    min=bound(earliest)
                    max=bound(latest)
                    on:change:target=move |event| picked(event.target().value())
                />
            </div>
        </Field>
    }
    .into_any()
}
