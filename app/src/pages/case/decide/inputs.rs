//! What a handler gives of a decision.

use crate::backend::ReasonChoice;
use crate::boot::use_locale;
use crate::pages::case::day::DayField;
use crate::pages::case::form::{Sending, TEXT_LIMIT};
use crate::pages::case::open::use_open;
use crate::ui::field::{described_by, invalid};
use crate::ui::{Field, FieldGroup, Icon, SelectField, TextAreaField, TextField};
use domain::decision::Verdict;
use leptos::html;
use leptos::prelude::*;
use texts::case;

/// What few decisions need.
#[component]
pub fn More<F>(sending: Sending, before: F) -> impl IntoView
where
    F: Fn(&str) -> String,
{
    let locale = use_locale();
    let open = use_open();
    let (offers, currency, today) = open.view.with_untracked(|view| {
        let offers: Vec<_> = view.offers.iter().map(|o| (o.key.to_string(), o.name.clone())).collect();
        (offers, view.currency.clone(), view.today.to_string())
    });
    const MORE: [&str; 5] = ["evidence", "offer", "amount", "next_step", "until"];
    let faulty = sending.error.with_untracked(
        |error| matches!(error, Some(crate::error::AppError::Invalid { field, .. }) if MORE.contains(&field.as_str())),
    );
    let unfolded = faulty || MORE.iter().any(|input| !before(input).is_empty());
    let until = sending.fault("until");
    let [evidence, offer, amount, next_step, last_day] = MORE.map(&before);
    view! {
        <details class="case-more" open=unfolded>
            <summary>{case::decide_more(locale)}</summary>
            <div class="form">
                <div class="case-more-row">
                    <SelectField
                        id="decide-offer"
                        name="offer"
                        label=case::offer(locale)
                        options=offers
                        value=offer
                        empty=case::no_offer(locale).to_owned()
                        error=sending.fault("offer")
                    />
                    <TextField
                        id="decide-amount"
                        name="amount"
                        label=case::amount(locale, &currency)
                        value=amount
                        error=sending.fault("amount")
                        inputmode="decimal"
                        autocomplete="off"
                    />
                </div>
                {area(sending, "evidence", case::evidence(locale), case::evidence_help(locale), 2, evidence)}
                {area(sending, "next_step", case::next_step(locale), case::next_step_help(locale), 2, next_step)}
                <DayField
                    id="decide-until"
                    name="until"
                    label=case::until(locale)
                    value=last_day
                    error=until
                    min=today
                />
            </div>
        </details>
    }
    .into_any()
}

#[component]
pub fn Inputs<F>(sending: Sending, before: F) -> impl IntoView
where
    F: Fn(&str) -> String,
{
    let locale = use_locale();
    let open = use_open();
    let chosen = before("verdict");
    // Empty until somebody picks one here: without script every reason stays within reach.
    let verdict = RwSignal::new("");
    let reason = NodeRef::<html::Select>::new();
    let (typed, explanation) = (before("reason"), before("explanation"));
    let reasons = open.view.with_untracked(|view| view.reasons.clone());
    let fault = sending.fault("reason");
    let pick = move |chosen: &'static str| {
        verdict.set(chosen);
        // A reason that does not fit the new verdict would be sent by nobody's wish.
        if let Some(reason) = reason.get_untracked() {
            reason.set_value("");
        }
    };
    let pills = Verdict::ALL
        .into_iter()
        .map(|choice| {
            let checked = chosen == choice.key();
            view! {
                <label class=format!("pill case-verdict case-verdict-{}", choice.key())>
                    <input
                        type="radio"
                        name="verdict"
                        value=choice.key()
                        checked=checked
                        required=true
                        on:change=move |_| pick(choice.key())
                    />
                    <Icon name=choice.key()/>
                    <span>{texts::verdict::by_key(locale, choice.key())}</span>
                </label>
            }
        })
        .collect_view();
    let rejected = move || verdict.get() == Verdict::Rejected.key();
    let approved = move || verdict.get() == Verdict::Approved.key();
    let (against, in_favour): (Vec<_>, Vec<_>) = reasons.into_iter().partition(|reason| reason.against);
    view! {
        <FieldGroup id="verdict" label=case::verdict(locale) required=true error=sending.fault("verdict")>
            <div class="pills">{pills}</div>
        </FieldGroup>
        <Field id="decide-reason" label=case::reason(locale) required=true error=fault>
            <select
                class="input"
                id="decide-reason"
                name="reason"
                required=true
                node_ref=reason
                aria-describedby=described_by("decide-reason")
                aria-invalid=invalid(fault)
            >
                <option value="">{texts::form::choose(locale)}</option>
                <optgroup label=case::reasons_for(locale) disabled=rejected hidden=rejected>
                    {options(in_favour, &typed)}
                </optgroup>
                <optgroup label=case::reasons_against(locale) disabled=approved hidden=approved>
                    {options(against, &typed)}
                </optgroup>
            </select>
        </Field>
        {area(sending, "explanation", case::explanation(locale), case::explanation_help(locale), 5, explanation)}
    }
    .into_any()
}

fn area(
    sending: Sending,
    name: &'static str,
    label: &'static str,
    help: &'static str,
    rows: u32,
    value: String,
) -> impl IntoView {
    view! {
        <TextAreaField
            id=format!("decide-{name}")
            name
            label
            help
            rows
            value
            error=sending.fault(name)
            maxlength=TEXT_LIMIT
        />
    }
    .into_any()
}

fn options(reasons: Vec<ReasonChoice>, typed: &str) -> impl IntoView + use<> {
    reasons
        .into_iter()
        .map(|reason| {
            let selected = reason.key.as_str() == typed;
            view! {
                <option value=reason.key.to_string() selected=selected>
                    {reason.name}
                </option>
            }
        })
        .collect_view()
}
