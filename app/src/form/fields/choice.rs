//! One of a list, several of it, yes or no, a tick.

use super::Ask;
use crate::boot::use_locale;
use crate::ui::field::{FieldGroup, described_by, invalid};
use crate::ui::{Field, TickField};
use domain::form::schema::Choice;
use leptos::html;
use leptos::prelude::*;
use texts::form as words;

/// Up to so many choices are shown at once.
pub const PILLS: usize = 5;

#[component]
pub fn ChoiceInput(ask: Ask, options: Vec<Choice>) -> impl IntoView {
    let locale = use_locale();
    let options: Vec<(String, String)> =
        options.into_iter().map(|option| (option.key.into(), option.label.get(locale).to_owned())).collect();
    if options.len() <= PILLS {
        view! { <Pills ask options/> }.into_any()
    } else {
        view! { <List ask options/> }.into_any()
    }
}

#[component]
pub fn YesNoInput(ask: Ask) -> impl IntoView {
    let locale = use_locale();
    let options = ["yes", "no"].map(|key| (key.to_owned(), texts::words::yes_no(locale, key == "yes").to_owned()));
    view! { <Pills ask options=options.to_vec()/> }
}

/// Radio buttons as large pills. An answer that need not be given can be taken back.
#[component]
fn Pills(ask: Ask, options: Vec<(String, String)>) -> impl IntoView {
    let locale = use_locale();
    let Ask { key, id, name, label, help, required, error, state, .. } = ask;
    let pills = options
        .into_iter()
        .map(|(value, words)| {
            let chosen = {
                let (key, value) = (key.clone(), value.clone());
                move || state.first(&key) == value
            };
            let (field, choice) = (key.clone(), value.clone());
            let checked = untrack(&chosen);
            let pill = NodeRef::<html::Input>::new();
            // From the first change on: what was chosen before the client came is not to be undone by its coming.
            Effect::new(move |before: Option<bool>| {
                let now = chosen();
                if before.is_some_and(|before| before != now)
                    && let Some(pill) = pill.get_untracked()
                {
                    pill.set_checked(now);
                }
                now
            });
            view! {
                <label class="pill">
                    <input
                        node_ref=pill
                        type="radio"
                        name=name.clone()
                        value=value
                        checked=checked
                        on:change=move |_| state.set(&field, vec![choice.clone()])
                    />
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    let clearable = {
        let key = key.clone();
        move || !required.get() && !state.first(&key).is_empty()
    };
    let clear = Callback::new(move |()| state.set(&key, Vec::new()));
    view! {
        <FieldGroup id label required help error>
            <div class="pills">
                {pills}
                <Show when=clearable>
                    <button
                        type="button"
                        class="button button-quiet button-icon only-js"
                        title=words::clear(locale)
                        on:click=move |_| clear.run(())
                    >
                        <crate::ui::Icon name="cross" label=words::clear(locale)/>
                    </button>
                </Show>
            </div>
        </FieldGroup>
    }
    .into_any()
}

/// A long list.
#[component]
fn List(ask: Ask, options: Vec<(String, String)>) -> impl IntoView {
    let locale = use_locale();
    let Ask { key, id, name, label, help, required, error, state, .. } = ask;
    let value = state.answers.with_untracked(|answers| answers.first(&key).to_owned());
    let lines = options
        .into_iter()
        .map(|(option, words)| {
            let chosen = option == value;
            view! {
                <option value=option selected=chosen>
                    {words}
                </option>
            }
        })
        .collect_view();
    view! {
        <Field id=id.clone() label required help error>
            <select
                class="input"
                id=id.clone()
                name=name
                autocomplete="off"
                aria-required=move || required.get().then_some("true")
                aria-describedby=described_by(&id)
                aria-invalid=invalid(error)
                on:change:target=move |event| state.set(&key, vec![event.target().value()])
            >
                <option value="">{texts::form::choose(locale)}</option>
                {lines}
            </select>
        </Field>
    }
    .into_any()
}

/// Check boxes.
#[component]
pub fn ChoicesInput(ask: Ask, options: Vec<Choice>) -> impl IntoView {
    let locale = use_locale();
    let Ask { key, id, name, label, help, required, error, state, .. } = ask;
    let boxes = options
        .into_iter()
        .map(|option| {
            let value = String::from(option.key);
            let chosen = state.answers.with_untracked(|answers| answers.all(&key).contains(&value));
            let (field, choice) = (key.clone(), value.clone());
            let turn = move |on: bool| {
                let mut values = state.answers.with_untracked(|answers| answers.all(&field).to_vec());
                values.retain(|value| *value != choice && !value.is_empty());
                if on {
                    values.push(choice.clone());
                }
                state.set(&field, values);
            };
            view! {
                <label class="pill">
                    <input
                        type="checkbox"
                        name=name.clone()
                        value=value
                        checked=chosen
                        on:change:target=move |event| turn(event.target().checked())
                    />
                    <span>{option.label.get(locale).to_owned()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <FieldGroup id label required help error>
            <div class="pills pills-square">{boxes}</div>
        </FieldGroup>
    }
    .into_any()
}

#[component]
pub fn TickInput(ask: Ask) -> impl IntoView {
    let Ask { key, id, name, label, help, error, state, .. } = ask;
    let checked = state.answers.with_untracked(|answers| answers.first(&key) == "yes");
    let turn = Callback::new(move |on: bool| {
        state.set(&key, if on { vec!["yes".to_owned()] } else { Vec::new() });
    });
    view! { <TickField id name label checked help error on_change=turn/> }
}
