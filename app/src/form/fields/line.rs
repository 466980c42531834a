//! One line, or several.

use super::Ask;
use crate::boot::use_locale;
use crate::ui::field::{Field, described_by, invalid, textarea_text};
use domain::form::FieldKind;
use leptos::prelude::*;

/// Text, number, amount, e-mail, phone, article or serial number. Always a text input: what people type stays as it is,
/// and the same check reads it here and on the server.
#[component]
pub fn LineInput(ask: Ask, kind: FieldKind) -> impl IntoView {
    let locale = use_locale();
    let Ask { key, id, name, label, help, required, error, autocomplete, state } = ask;
    let (inputmode, suffix) = match &kind {
        FieldKind::Number { decimals: 0, unit, .. } => (Some("numeric"), unit.get(locale).to_owned()),
        FieldKind::Number { unit, .. } => (Some("decimal"), unit.get(locale).to_owned()),
        FieldKind::Money { .. } => (Some("decimal"), state.with_page(|page| page.currency.clone())),
        FieldKind::Email => (Some("email"), String::new()),
        FieldKind::Phone => (Some("tel"), String::new()),
        _ => (None, String::new()),
    };
    let exact = matches!(kind, FieldKind::Email | FieldKind::Ean | FieldKind::Serial);
    let input = view! {
        <input
            class="input"
            id=id.clone()
            name=name
            type=if kind == FieldKind::Phone { "tel" } else { "text" }
            value=state.answers.with_untracked(|answers| answers.all(&key).first().cloned())
            inputmode=inputmode
            autocomplete=autocomplete
            autocapitalize=exact.then_some("none")
            spellcheck=exact.then_some("false")
            aria-required=move || required.get().then_some("true")
            aria-describedby=described_by(&id)
            aria-invalid=invalid(error)
            on:input:target=move |event| state.set(&key, vec![event.target().value()])
        />
    };
    view! {
        <Field id label required help error>
            {if suffix.is_empty() {
                input.into_any()
            } else {
                view! {
                    <div class="affix">
                        {input} <span class="affix-end">{suffix}</span>
                    </div>
                }
                .into_any()
            }}
        </Field>
    }
    .into_any()
}

/// A description, an address.
#[component]
pub fn LongInput(ask: Ask) -> impl IntoView {
    let Ask { key, id, name, label, help, required, error, autocomplete, state } = ask;
    let value = state.answers.with_untracked(|answers| answers.all(&key).first().cloned().unwrap_or_default());
    view! {
        <Field id=id.clone() label required help error>
            <textarea
                class="input"
                id=id.clone()
                name=name
                rows="3"
                autocomplete=autocomplete
                aria-required=move || required.get().then_some("true")
                aria-describedby=described_by(&id)
                aria-invalid=invalid(error)
                on:input:target=move |event| state.set(&key, vec![event.target().value()])
            >
                {textarea_text(value)}
            </textarea>
        </Field>
    }
    .into_any()
}
