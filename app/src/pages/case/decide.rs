//! The decision, previewed as the letter that the customer will get.

use super::api::preview_decision;
use super::form::{CaseForm, Sending, TEXT_LIMIT};
use super::open::use_open;
use super::preview::{Preview, PreviewBox, text};
use crate::backend::{CaseView, ReasonChoice};
use crate::boot::use_locale;
use crate::ui::field::{described_by, invalid};
use crate::ui::{Button, Field, FieldGroup, Icon, Look, TextAreaField};
use domain::decision::Verdict;
use domain::phase::Action;
use leptos::html;
use leptos::prelude::*;
use texts::case;

const INPUTS: &[&str] = &["verdict", "reason", "explanation"];

pub fn shows(view: &CaseView) -> bool {
    view.may.iter().any(|action| matches!(action, Action::Decide(_)))
}

#[component]
pub fn Decide() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let sending = Sending::new("decide_case");
    let preview = Preview::new();
    let touched = RwSignal::new(sending.came_back);
    let fold = NodeRef::<html::Details>::new();
    let may = open.part(shows);
    let undecided = open.part(|view| view.phase.is_open());
    let unfolded = undecided.get_untracked() || sending.came_back;
    let case = open.view.with_untracked(|view| view.id);

    let done = move |()| {
        preview.forget();
        touched.set(false);
        if let Some(fold) = fold.get_untracked() {
            drop(fold.remove_attribute("open"));
        }
    };
    let submit = move |event: web_sys::SubmitEvent| {
        preview.intercept(sending, &event, |data| {
            preview_decision(case, text(&data, "verdict"), text(&data, "reason"), text(&data, "explanation"))
        });
    };
    view! {
        <section class="card case-decide" id="decide" data-key="d" hidden=move || !may.get() && !touched.get()>
            <details node_ref=fold class="case-fold" open=unfolded>
                <summary>
                    <h2>
                        {move || if undecided.get() { case::decide(locale) } else { case::decide_again(locale) }}
                    </h2>
                    <Icon name="chevron_down"/>
                </summary>
                <div
                    on:submit:capture=submit
                    on:input=move |_| {
                        touched.set(true);
                        preview.forget();
                    }
                >
                    <CaseForm sending at="#decide" inputs=INPUTS on_done=Callback::new(done)>
                        <Inputs sending/>
                        <PreviewBox preview/>
                        <div class="form-actions">
                            <Button
                                look=Look::Primary
                                icon="decide"
                                busy=Signal::derive(move || preview.busy.get() || sending.busy.get())
                                label=Signal::derive(move || {
                                    let letter = preview.letter.with(Option::is_some);
                                    if letter { case::decide_send(locale) } else { case::decide_preview(locale) }.to_owned()
                                })
                            />
                        </div>
                    </CaseForm>
                </div>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn Inputs(sending: Sending) -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let before = sending.typed("verdict");
    // Empty until somebody picks one here: without script every reason stays within reach.
    let verdict = RwSignal::new("");
    let reason = NodeRef::<html::Select>::new();
    let typed = sending.typed("reason");
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
            let checked = before == choice.key();
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
        <TextAreaField
            id="decide-explanation"
            name="explanation"
            label=case::explanation(locale)
            help=case::explanation_help(locale)
            rows=5
            value=sending.typed("explanation")
            error=sending.fault("explanation")
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
