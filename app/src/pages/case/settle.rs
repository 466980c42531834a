//! What is done at the till, and what the customer went home with (E17 to E19).

use super::copy::Copy;
use super::form::{CaseForm, Sending};
use super::handle::moving;
use super::open::use_open;
use super::steps;
use crate::backend::{CaseView, OutcomeChoice, SettlementView};
use crate::boot::use_locale;
use crate::ui::{Button, FieldGroup, Icon, Look, TextField, Time};
use domain::decision::Verdict;
use domain::phase::Action;
use leptos::prelude::*;
use texts::case;

/// From a decision on, if the organisation wants the outcome or there is something to do at the till.
pub fn shows(view: &CaseView) -> bool {
    view.settlement.is_some() || view.may.contains(&Action::Settle) || view.may.contains(&Action::Unsettle)
}

#[component]
pub fn Settle() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let shown = open.part(shows);
    let may = open.ever(|view| view.may.contains(&Action::Settle));
    let settled = open.part(|view| view.settlement.clone());
    let unsettled = move || settled.with(Option::is_none);
    let wanted = open.part(|view| view.outcome_wanted);
    view! {
        <section class="card case-settle" id="outcome" data-key="s" hidden=move || !shown.get()>
            <h2>
                {move || if wanted.get() { case::outcome(locale) } else { case::at_the_till(locale) }}
            </h2>
            {move || settled.get().map(|settlement| view! { <Settled settlement/> }.into_any())}
            {move || {
                may.get()
                    .then(|| {
                        view! {
                            <div hidden=move || !unsettled()>
                                <TillSteps/>
                                {move || wanted.get().then(|| view! { <Outcomes/> }.into_any())}
                            </div>
                        }
                            .into_any()
                    })
            }}
            <Undo/>
        </section>
    }
    .into_any()
}

#[component]
fn Settled(settlement: SettlementView) -> impl IntoView {
    let SettlementView { outcome, amount, by, at } = settlement;
    view! {
        <div class="case-settled">
            <Icon name="settled"/>
            <div>
                <p class="case-settled-what">
                    {outcome} {(!amount.is_empty()).then(|| view! { <strong>" · " {amount}</strong> })}
                </p>
                <p class="case-by">{by} " · " <Time at/></p>
            </div>
        </div>
    }
}

#[component]
fn Undo() -> impl IntoView {
    let locale = use_locale();
    let may = use_open().may(Action::Unsettle);
    let sending = moving(&[Action::Unsettle]);
    move || {
        may.get().then(|| {
            view! {
                <CaseForm sending>
                    <input type="hidden" name="step" value=steps::key(Action::Unsettle)/>
                    <Button look=Look::Quiet icon="undo" label=case::undo(locale) busy=sending.busy/>
                </CaseForm>
            }
            .into_any()
        })
    }
}

/// After an approval the till's own steps; after a rejection what to say and give back.
#[component]
fn TillSteps() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let rejected = open.part(is_rejected);
    let receipt = open.part(|view| view.receipt_number.clone());
    move || {
        if rejected.get() {
            return view! {
                <ol class="case-steps">
                    <li>{case::rejected_1(locale)}</li>
                    <li>{case::rejected_2(locale)}</li>
                    <li>{case::rejected_3(locale)}</li>
                </ol>
            }
            .into_any();
        }
        let number = receipt.get();
        let key_in = if number.is_empty() {
            view! { <span>{case::till_no_receipt(locale)}</span> }.into_any()
        } else {
            view! {
                <span>{case::till_1(locale)}</span>
                <span class="case-receipt">
                    <strong>{number.clone()}</strong>
                    <Copy text=number/>
                </span>
            }
            .into_any()
        };
        view! {
            <ol class="case-steps">
                <li>{key_in}</li>
                <li>{case::till_2(locale)}</li>
                <li>{case::till_3(locale)}</li>
                <li>{case::till_4(locale)}</li>
                <li>{case::till_5(locale)}</li>
            </ol>
        }
        .into_any()
    }
}

fn is_rejected(view: &CaseView) -> bool {
    view.decision.as_ref().is_some_and(|decision| decision.verdict == Verdict::Rejected)
}

#[component]
fn Outcomes() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let sending = Sending::new("settle_case");
    let typed = sending.typed("outcome");
    let choices = open.part(|view| view.outcomes.clone());
    let amounts = move || choices.with(|choices| choices.iter().any(|choice| choice.has_amount));
    let currency = open.view.with_untracked(|view| view.currency.clone());
    view! {
        <CaseForm sending at="#outcome" class="case-outcomes" inputs=&["outcome", "amount"]>
            <FieldGroup id="settle-outcome" label=case::outcome_question(locale) error=sending.fault("outcome")>
                <div class="pills pills-square case-outcome-pills">
                    {move || {
                        choices.get().into_iter().map(|choice| view! { <Pill choice typed=typed.clone()/> }).collect_view()
                    }}
                </div>
            </FieldGroup>
            <div class="case-amount" hidden=move || !amounts()>
                <TextField
                    id="settle-amount"
                    name="amount"
                    label=case::amount(locale, &currency)
                    value=sending.typed("amount")
                    error=sending.fault("amount")
                    inputmode="decimal"
                    autocomplete="off"
                />
            </div>
            <div class="form-actions">
                <Button look=Look::Primary icon="settled" label=case::settle(locale) busy=sending.busy/>
            </div>
        </CaseForm>
    }
    .into_any()
}

#[component]
fn Pill(choice: OutcomeChoice, typed: String) -> impl IntoView {
    let class = if choice.has_amount { "pill case-has-amount" } else { "pill" };
    let checked = choice.key.as_str() == typed;
    view! {
        <label class=class>
            <input type="radio" name="outcome" value=choice.key.to_string() checked=checked required=true/>
            <span>{choice.name}</span>
        </label>
    }
}
