//! Taking goods in: in what state they are and where they lie.

use super::failed::Failed;
use crate::boot::use_locale;
use crate::ui::{Button, FieldGroup, Look, TextAreaField, TextField};
use domain::rma::{Condition, limits};
use leptos::prelude::*;
use texts::{rma, words};

const INPUTS: [&str; 3] = ["condition", "place", "note"];

/// `action` is the server function's address; `children` are the hidden inputs that it wants.
#[component]
pub fn ReceiveForm(action: &'static str, failed: Failed, children: Children) -> impl IntoView {
    let locale = use_locale();
    // Nothing is chosen, and nothing has the focus: a scanner's next Enter must not take in the parcel before.
    let chosen = failed.typed("condition", "");
    let pills = Condition::ALL
        .map(|condition| {
            let checked = condition.key() == chosen;
            view! {
                <label class="pill">
                    <input
                        type="radio"
                        name="condition"
                        value=condition.key()
                        checked=checked
                        required=true
                    />
                    <span>{words::condition(locale, condition)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <form method="post" action=action class="form rma-receive" novalidate>
            {failed.above(&INPUTS)}
            {children()}
            <FieldGroup id="condition" label=rma::condition(locale) required=true error=failed.beside("condition")>
                <div class="pills pills-square">{pills}</div>
            </FieldGroup>
            <TextField
                name="place"
                label=rma::place(locale)
                help=rma::place_help(locale)
                value=failed.typed("place", "")
                error=failed.beside("place")
                maxlength=PLACE
                autocomplete="off"
            />
            <TextAreaField
                name="note"
                id="receive-note"
                label=rma::note(locale)
                help=rma::note_help(locale)
                value=failed.typed("note", "")
                error=failed.beside("note")
                rows=3
                maxlength=NOTE
            />
            <div class="form-actions">
                <Button look=Look::Primary icon="inbox" label=rma::receive(locale)/>
            </div>
        </form>
    }
    .into_any()
}

const PLACE: u32 = limits::PLACE as u32;
pub const NOTE: u32 = limits::NOTE as u32;
