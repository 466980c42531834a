//! A day that is asked for.

use crate::ui::Field;
use crate::ui::field::{described_by, invalid};
use leptos::prelude::*;

#[component]
pub fn DayField(
    /// The input's own; its name says what is noted.
    id: &'static str,
    name: &'static str,
    label: &'static str,
    value: String,
    error: Signal<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] min: Option<String>,
    #[prop(optional, into)] max: Option<String>,
) -> impl IntoView {
    view! {
        <Field id label required error>
            <input
                class="input case-day"
                id=id
                name=name
                type="date"
                required=required
                min=min
                max=max
                value=value
                aria-describedby=described_by(id)
                aria-invalid=invalid(error)
            />
        </Field>
    }
    .into_any()
}
