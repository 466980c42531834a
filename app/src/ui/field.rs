//! Inputs with their label, star, help and error; the error stands beside its input and is read with it.

use super::icon::Icon;
use crate::boot::use_locale;
use leptos::prelude::*;

/// The value of `aria-describedby` for an input inside a [`Field`] of that id.
pub fn described_by(id: &str) -> String {
    format!("{id}-help {id}-error")
}

/// `aria-invalid` while the field has an error.
pub fn invalid(error: Signal<String>) -> impl Fn() -> Option<&'static str> + Copy + Send + 'static {
    move || error.with(|error| !error.is_empty()).then_some("true")
}

/// What surrounds an input: the input itself is the child, bears `id`, and says `aria-describedby=described_by(id)` and
/// `aria-invalid=invalid(error)`.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] required: Signal<bool>,
    #[prop(optional, into)] help: String,
    /// Empty: no error.
    #[prop(optional, into)]
    error: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class:field-bad=move || error.with(|error| !error.is_empty())>
            <label class="field-label" for=id.clone()>
                {label}
                <Star required/>
            </label>
            {children()}
            <Hints id help error/>
        </div>
    }
    .into_any()
}

/// Several inputs under one question: radio buttons, check boxes. Its `<fieldset>` bears `id`.
#[component]
pub fn FieldGroup(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] required: Signal<bool>,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] error: Signal<String>,
    children: Children,
) -> impl IntoView {
    let (group_id, hints) = (id.clone(), described_by(&id));
    view! {
        <fieldset
            id=group_id
            class="field"
            class:field-bad=move || error.with(|error| !error.is_empty())
            aria-describedby=hints
            tabindex="-1"
        >
            <legend class="field-label">{label} <Star required/></legend>
            {children()}
            <Hints id help error/>
        </fieldset>
    }
    .into_any()
}

/// The star of what must be filled in; the input says it to screen readers by `required` or `aria-required`.
#[component]
fn Star(required: Signal<bool>) -> impl IntoView {
    view! {
        <span class="star" aria-hidden="true" hidden=move || !required.get()>
            " *"
        </span>
    }
}

#[component]
fn Hints(id: String, help: String, error: Signal<String>) -> impl IntoView {
    view! {
        <p class="field-help" id=format!("{id}-help") hidden=help.is_empty()>
            {help.clone()}
        </p>
        <p class="field-error" id=format!("{id}-error")>
            <Icon name="warning"/>
            <span>{error}</span>
        </p>
    }
    .into_any()
}

/// One line of text, an e-mail address, a password …
#[component]
pub fn TextField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// Unique on the page; the name serves where it is.
    #[prop(optional, into)]
    id: String,
    #[prop(optional, into)] kind: Option<&'static str>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(optional, into)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] inputmode: Option<&'static str>,
    #[prop(optional)] minlength: Option<u32>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional, into)] list: Option<&'static str>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = if id.is_empty() { name.clone() } else { id };
    let literal = matches!(kind, Some("email" | "password")) || inputmode.is_some();
    view! {
        <Field id=id.clone() label required help error>
            <input
                class="input"
                id=id.clone()
                name=name
                type=kind.unwrap_or("text")
                value=value
                required=required
                autocomplete=autocomplete
                inputmode=inputmode
                minlength=minlength
                maxlength=maxlength
                list=list
                autofocus=autofocus
                autocapitalize=literal.then_some("none")
                aria-describedby=described_by(&id)
                aria-invalid=invalid(error)
                on:input:target=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event.target().value());
                    }
                }
            />
        </Field>
    }
    .into_any()
}

/// Several lines of text.
#[component]
pub fn TextAreaField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: String,
    #[prop(optional, into)] value: String,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = if id.is_empty() { name.clone() } else { id };
    view! {
        <Field id=id.clone() label required help error>
            <textarea
                class="input"
                id=id.clone()
                name=name
                rows=rows
                required=required
                maxlength=maxlength
                aria-describedby=described_by(&id)
                aria-invalid=invalid(error)
                on:input:target=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event.target().value());
                    }
                }
            >
                {textarea_text(value)}
            </textarea>
        </Field>
    }
    .into_any()
}

/// What stands in a `<textarea>`. The server's renderer writes its children as they are, yet a browser reads references to
/// characters there, and ends it at the first `</textarea>` that somebody has typed.
pub fn textarea_text(text: String) -> String {
    if cfg!(feature = "ssr") { text.replace('&', "&amp;").replace('<', "&lt;") } else { text }
}

/// One of a list of values and their words.
#[component]
pub fn SelectField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    /// The words of an empty first line; without them the list has none.
    #[prop(optional, into)]
    empty: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = if id.is_empty() { name.clone() } else { id };
    let lines = options
        .into_iter()
        .map(|(key, words)| {
            let chosen = key == value;
            view! {
                <option value=key selected=chosen>
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
                required=required
                aria-describedby=described_by(&id)
                aria-invalid=invalid(error)
                on:change:target=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event.target().value());
                    }
                }
            >
                {empty.map(|words| view! { <option value="">{words}</option> })}
                {lines}
            </select>
        </Field>
    }
    .into_any()
}

/// A single tick.
#[component]
pub fn TickField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: String,
    #[prop(default = "yes".to_owned(), into)] value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] error: Signal<String>,
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let id = if id.is_empty() { name.clone() } else { id };
    view! {
        <div class="field" class:field-bad=move || error.with(|error| !error.is_empty())>
            <label class="tick">
                <input
                    type="checkbox"
                    id=id.clone()
                    name=name
                    value=value
                    checked=checked
                    aria-describedby=described_by(&id)
                    aria-invalid=invalid(error)
                    on:change:target=move |event| {
                        if let Some(on_change) = on_change {
                            on_change.run(event.target().checked());
                        }
                    }
                />
                <span>{label}</span>
            </label>
            <Hints id help error/>
        </div>
    }
    .into_any()
}

/// The line that explains the star, once at the top of a form.
#[component]
pub fn StarLegend() -> impl IntoView {
    let locale = use_locale();
    view! {
        <p class="star-legend">
            <span class="star" aria-hidden="true">
                "* "
            </span>
            {texts::form::star(locale)}
        </p>
    }
}
