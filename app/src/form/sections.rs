//! The parts that any form is made of: its sections, what is wrong with it, and the way through it by keyboard.

use super::fields::FieldView;
use super::keeper::Keeper;
use super::pictures::OtherPictures;
use super::state::{FormState, input_id};
use crate::boot::use_locale;
use crate::ui::{Notice, Tone};
use domain::form::schema::{Condition, Test};
use domain::form::{FieldKind, Section};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use texts::form as words;
use wasm_bindgen::JsCast;

/// Whether it has places for pictures.
pub fn has_pictures(section: &Section) -> bool {
    section.fields.iter().any(|field| matches!(field.kind, FieldKind::Picture { .. }))
}

/// All that is wrong, on top, each leading to its field; `show` leads there where it may be out of sight.
#[component]
pub fn Summary(state: FormState, #[prop(optional)] show: Option<Callback<String>>) -> impl IntoView {
    let locale = use_locale();
    let line = move |key: String| {
        let label = state.with_page(|page| {
            page.form.field(&key).map(|field| field.label.get(locale).to_owned()).unwrap_or_default()
        });
        let fault = {
            let key = key.clone();
            move || state.fault(&key).map(|fault| texts::words::fault(locale, &fault)).unwrap_or_default()
        };
        let href = format!("#{}", input_id(&key));
        view! {
            <li>
                <a
                    href=href
                    rel="external"
                    on:click=move |event| {
                        event.prevent_default();
                        match show {
                            Some(show) => show.run(key.clone()),
                            None => focus_field(&key),
                        }
                    }
                >
                    {label}
                </a>
                ": "
                {fault}
            </li>
        }
    };
    // The form tells them in its own order, whichever was found first.
    let keys = Memo::new(move |_| {
        let faulty = state.problems.get();
        state.with_page(|page| {
            let told = page.form.fields().filter(|field| faulty.iter().any(|problem| problem.field == field.key));
            told.map(|field| field.key.as_str().to_owned()).collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || keys.with(|keys| !keys.is_empty())>
            <Notice tone=Tone::Bad>
                <p>
                    <strong>
                        {move || {
                            let count = keys.with(Vec::len);
                            words::problems(locale, i64::try_from(count).unwrap_or(i64::MAX))
                        }}
                    </strong>
                </p>
                <ul class="problems">
                    <For each=move || keys.get() key=Clone::clone children=line/>
                </ul>
            </Notice>
        </Show>
    }
    .into_any()
}

/// A section's questions; where it has places for pictures, with what has none of its own.
#[component]
pub fn Fields(section: Section, state: FormState, keeper: Keeper) -> impl IntoView {
    let pictures = has_pictures(&section);
    let shared = shared_condition(&section);
    // Said once where it holds for the whole section.
    let hint = shared.as_ref().map(|condition| condition_words(state, condition));
    let fields = section
        .fields
        .into_iter()
        .map(|field| {
            let own = field.shown_when.as_ref().filter(|_| shared.is_none());
            let hint = own.map(|condition| condition_words(state, condition));
            view! { <FieldView field hint state keeper/> }
        })
        .collect_view();
    view! {
        {hint.map(|hint| view! { <p class="no-js soft small only-if">{hint}</p> })}
        <div class="fields" class:slots=pictures>
            {fields}
        </div>
        {pictures.then(|| view! { <OtherPictures state/> })}
    }
    .into_any()
}

/// What all questions of a section depend on.
fn shared_condition(section: &Section) -> Option<Condition> {
    let first = section.fields.first().and_then(|field| field.shown_when.clone());
    first.filter(|first| section.fields.iter().all(|field| field.shown_when.as_ref() == Some(first)))
}

/// "Only for: Is it a sold item? Yes", for those without script, who see every field.
fn condition_words(state: FormState, condition: &Condition) -> String {
    let locale = use_locale();
    let field = state.with_page(|page| page.form.field(condition.field.as_str()).cloned());
    let (Some(field), Test::OneOf(values)) = (field, &condition.is) else {
        return words::only_if_it_concerns(locale).to_owned();
    };
    let labels: Vec<String> =
        values.iter().map(|value| texts::words::answer(locale, &field, std::slice::from_ref(value), "")).collect();
    words::only_if(locale, field.label.get(locale), &labels.join(", "))
}

/// For a form's element: what was typed before the client came is taken in.
pub fn form_ref(state: FormState) -> NodeRef<html::Form> {
    let form = NodeRef::<html::Form>::new();
    Effect::new(move || {
        if let Some(form) = form.get() {
            state.take_typed(&form);
        }
    });
    form
}

/// Focus goes to the field's first input.
pub fn focus_field(key: &str) {
    let id = input_id(key);
    let Some(element) = document().get_element_by_id(&id) else { return };
    let inner = element.query_selector("input, select, textarea").ok().flatten();
    if let Ok(target) = inner.unwrap_or(element).dyn_into::<web_sys::HtmlElement>() {
        // An element that can't take focus is left alone.
        drop(target.focus());
    }
}

/// Writes an answer into its inputs, which otherwise belong to whoever types.
pub fn put_in(key: &str, values: &[String]) {
    let Some(element) = document().get_element_by_id(&input_id(key)) else { return };
    let first = values.first().map_or("", String::as_str);
    if let Some(select) = element.dyn_ref::<web_sys::HtmlSelectElement>() {
        return select.set_value(first);
    }
    if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        return area.set_value(first);
    }
    let put = |input: &web_sys::HtmlInputElement| match input.type_().as_str() {
        "checkbox" | "radio" => input.set_checked(values.contains(&input.value())),
        _ => input.set_value(first),
    };
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        return put(input);
    }
    let Ok(inputs) = element.query_selector_all("input") else { return };
    for index in 0..inputs.length() {
        if let Some(input) = inputs.get(index).and_then(|node| node.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            put(&input);
        }
    }
}

/// What the keyboard reaches: the calendar behind a date is none of it.
const REACHED: &str = "input:not([type=hidden], [tabindex='-1']), select, textarea";

/// A scanner ends each code with Enter: it goes on to the next input instead of saving half a form.
pub fn next_on_enter(event: KeyboardEvent) {
    if event.key() != "Enter" || event.is_composing() {
        return;
    }
    let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) else {
        return;
    };
    if matches!(input.type_().as_str(), "file" | "submit" | "button") {
        return;
    }
    event.prevent_default();
    let Some(inputs) = input.form().and_then(|form| form.query_selector_all(REACHED).ok()) else {
        return;
    };
    let mut found = false;
    for index in 0..inputs.length() {
        let Some(other) = inputs.get(index).and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) else {
            continue;
        };
        // A hidden element has no offset parent.
        if found && other.offset_parent().is_some() {
            drop(other.focus());
            return;
        }
        found |= other.is_same_node(Some(&input));
    }
}
