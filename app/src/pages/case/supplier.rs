//! What the supplier answered, recorded by a handler (E26).

use super::day::DayField;
use super::form::{CaseForm, Sending, TEXT_LIMIT};
use super::handle::{Fold, close};
use super::open::use_open;
use crate::backend::SupplierView;
use crate::boot::use_locale;
use crate::ui::{Button, SelectField, TextAreaField, TextField};
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Supplier() -> impl IntoView {
    let open = use_open();
    let sending = Sending::new("answer_of_supplier");
    let fold = NodeRef::new();
    let touched = RwSignal::new(sending.came_back);
    let may = open.ever(|view| view.may_answer_supplier);
    let now = open.part(|view| view.may_answer_supplier);
    let saved = open.untouched(|view| view.supplier.clone(), touched);
    let done = Callback::new(move |()| {
        touched.set(false);
        close(fold);
    });
    view! {
        <div hidden=move || !now.get() on:input=move |_| touched.set(true)>
            {move || may.get().then(|| view! { <Form saved=saved.get() sending fold done/> }.into_any())}
        </div>
    }
    .into_any()
}

#[component]
fn Form(
    saved: Option<SupplierView>,
    sending: Sending,
    fold: NodeRef<leptos::html::Details>,
    done: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let (today, currency, answers) = open.view.with_untracked(|view| {
        let answers: Vec<_> = view.supplier_answers.iter().map(|a| (a.key.clone(), a.name.clone())).collect();
        (view.today, view.currency.clone(), answers)
    });
    let label = if saved.is_some() { case::supplier_change(locale) } else { case::supplier_record(locale) };
    let before = move |input: &str| match &saved {
        _ if sending.came_back => sending.typed(input),
        Some(saved) => match input {
            "answer" => saved.answer.to_string(),
            "note" => saved.note.clone(),
            "amount" => saved.amount_typed.clone(),
            _ => saved.on.to_string(),
        },
        None if input == "on" => today.to_string(),
        None => String::new(),
    };
    let on = sending.fault("on");
    let [answer, note, amount, day] = ["answer", "note", "amount", "on"].map(before);
    view! {
                    <Fold node_ref=fold label icon="edit" unfolded=sending.came_back>
                        <p class="case-quiet">{case::supplier_help(locale)}</p>
                        <CaseForm
                            sending
                            at="#supplier-answer"
                            inputs=&["answer", "note", "amount", "on"]
                            on_done=done
                        >
                            <SelectField
                                id="supplier-word"
                                name="answer"
                                label=case::supplier_answer(locale)
                                options=answers
                                value=answer
                                empty=texts::form::choose(locale).to_owned()
                                required=true
                                error=sending.fault("answer")
                            />
                            <div class="case-more-row">
                                <TextField
                                    id="supplier-amount"
                                    name="amount"
                                    label=case::amount(locale, &currency)
                                    value=amount
                                    error=sending.fault("amount")
                                    inputmode="decimal"
                                    autocomplete="off"
                                />
                                <DayField
                                    id="supplier-on"
                                    name="on"
                                    label=case::on_day(locale)
                                    value=day
                                    error=on
                                    required=true
                                    max=today.to_string()
                                />
                            </div>
                            <TextAreaField
                                id="supplier-note"
                                name="note"
                                label=case::note(locale)
                                rows=2
                                value=note
                                error=sending.fault("note")
                                maxlength=TEXT_LIMIT
                            />
                            <div class="form-actions">
                                <Button label=texts::ui::save(locale) busy=sending.busy/>
                            </div>
                        </CaseForm>
                    </Fold>
    }
    .into_any()
}
