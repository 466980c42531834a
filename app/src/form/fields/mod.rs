//! One question of a form, by its kind.

mod choice;
mod date;
mod line;
mod slot;

use super::keeper::Keeper;
use super::state::{FormState, input_id, input_name};
use crate::boot::use_locale;
use choice::{ChoiceInput, ChoicesInput, TickInput, YesNoInput};
use date::DateInput;
use domain::form::filing::delivery;
use domain::form::schema::common;
use domain::form::{Field, FieldKind};
use leptos::prelude::*;
use line::{LineInput, LongInput};
use slot::SlotInput;

/// Customers' data has no place in the memory of a browser that a whole shop uses.
const OFF: &str = "off";

/// What every kind of input is given.
#[derive(Clone)]
struct Ask {
    key: String,
    id: String,
    name: String,
    label: String,
    help: String,
    required: Signal<bool>,
    error: Signal<String>,
    /// What a browser may fill in by itself.
    autocomplete: &'static str,
    state: FormState,
}

/// `hint` says without script when the question does not concern everybody.
#[component]
pub fn FieldView(field: Field, hint: Option<String>, state: FormState, keeper: Keeper) -> impl IntoView {
    let locale = use_locale();
    let key = field.key.as_str().to_owned();
    let ask = Ask {
        id: input_id(&key),
        name: input_name(&key),
        label: field.label.get(locale).to_owned(),
        help: field.help.get(locale).to_owned(),
        required: Signal::derive({
            let key = key.clone();
            move || state.requires(&key)
        }),
        error: Signal::derive({
            let key = key.clone();
            move || state.fault(&key).map(|fault| texts::words::fault(locale, &fault)).unwrap_or_default()
        }),
        autocomplete: if state.place().is_own_device() { known_as(&key) } else { OFF },
        key: key.clone(),
        state,
    };
    let conditional = field.shown_when.is_some();
    let off = move || conditional && !state.shows(&key);
    let wide = is_wide(&field.kind);
    let input = match field.kind.clone() {
        FieldKind::LongText { .. } | FieldKind::Address => view! { <LongInput ask/> }.into_any(),
        FieldKind::Date { earliest, latest } => view! { <DateInput ask earliest latest/> }.into_any(),
        FieldKind::Choice { options } => view! { <ChoiceInput ask options/> }.into_any(),
        FieldKind::Choices { options } => view! { <ChoicesInput ask options/> }.into_any(),
        FieldKind::YesNo => view! { <YesNoInput ask/> }.into_any(),
        FieldKind::Tick => view! { <TickInput ask/> }.into_any(),
        FieldKind::Picture { kind } => view! { <SlotInput ask kind keeper/> }.into_any(),
        kind => view! { <LineInput ask kind/> }.into_any(),
    };
    view! {
        <div class="question" class:question-wide=wide class:when-off=off on:focusout=move |_| state.leave(&field)>
            {hint.map(|hint| view! { <p class="no-js soft small only-if">{hint}</p> })}
            {input}
        </div>
    }
    .into_any()
}

/// The browser's word for what a field asks of the person who types.
fn known_as(key: &str) -> &'static str {
    match key {
        common::CUSTOMER_NAME => "name",
        common::CUSTOMER_EMAIL => "email",
        common::CUSTOMER_PHONE => "tel",
        common::CUSTOMER_ADDRESS => "street-address",
        delivery::STREET => "address-line1",
        delivery::POSTCODE => "postal-code",
        delivery::CITY => "address-level2",
        _ => OFF,
    }
}

/// Takes the whole line on a wide screen.
fn is_wide(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::LongText { .. } | FieldKind::Choices { .. } => true,
        FieldKind::Choice { options } => options.len() > 2 && options.len() <= choice::PILLS,
        _ => false,
    }
}
