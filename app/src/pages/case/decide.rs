//! The decision, previewed as the letter that the customer will get, whose words can be changed.

use super::api::{DecisionForm, drafted_text, preview_decision};
use super::deadlines::BeforeRepair;
use super::form::{CaseForm, Sending, TEXT_LIMIT};
use super::open::use_open;
use super::preview::{Preview, PreviewBox, text};
use crate::backend::{CaseView, OwnLetter, ReasonChoice};
use crate::boot::use_locale;
use crate::retry::PREVIEW;
use crate::ui::field::{described_by, invalid};
use crate::ui::{
    Button, Field, FieldGroup, Icon, Look, Notice, SelectField, TextAreaField, TextField, TickField, Tone, display,
};
use domain::decision::{SUBJECT_LIMIT, Verdict};
use domain::phase::Action;
use leptos::html;
use leptos::prelude::*;
use texts::case;

const INPUTS: &[&str] = &[
    "verdict",
    "reason",
    "explanation",
    "evidence",
    "offer",
    "amount",
    "next_step",
    "until",
    "subject",
    "body",
    "overrules",
];
const SUBJECT: u32 = 200;
const _: () = assert!(SUBJECT as usize == SUBJECT_LIMIT);

pub fn shows(view: &CaseView) -> bool {
    view.may.iter().any(|action| matches!(action, Action::Decide(_)))
}

/// What an input holds at first: what was typed before the page came back, or what a second person has sent back.
fn before(sending: Sending) -> impl Fn(&str) -> String + Clone {
    let open = use_open();
    let given = open.view.with_untracked(|view| {
        let proposed = view.proposed.as_ref().filter(|proposed| proposed.sent_back.is_some())?;
        Some((proposed.given.clone(), proposed.amount.clone()))
    });
    move |input| match &given {
        Some((given, amount)) if !sending.came_back => match input {
            "verdict" => given.verdict.key().to_owned(),
            "reason" => given.reason.to_string(),
            "explanation" => given.explanation.clone(),
            "evidence" => given.evidence.clone(),
            "offer" => given.offer.as_ref().map(ToString::to_string).unwrap_or_default(),
            "amount" => amount.clone(),
            "next_step" => given.next_step.clone(),
            "until" => given.until.map(|until| until.to_string()).unwrap_or_default(),
            "subject" => given.letter.as_ref().map(|own| own.subject.clone()).unwrap_or_default(),
            "body" => given.letter.as_ref().map(|own| own.body.clone()).unwrap_or_default(),
            "overrules" if given.overrules => "yes".to_owned(),
            "repair_told" if given.repair_told => "yes".to_owned(),
            _ => String::new(),
        },
        _ => sending.typed(input),
    }
}

/// The words of the letter that the handler is given to change.
#[derive(Clone, Copy)]
struct Own {
    given: RwSignal<Option<OwnLetter>>,
    /// Somebody has changed them: they stay, whatever else changes.
    changed: RwSignal<bool>,
}

impl Own {
    fn begin(sending: Sending, preview: Preview, before: &impl Fn(&str) -> String) -> Self {
        let (subject, body) = (before("subject"), before("body"));
        let typed = (!body.is_empty()).then(|| OwnLetter { subject, body, paper: String::new() });
        let drafted = preview.letter.with_untracked(|letter| letter.as_ref().and_then(|letter| letter.own.clone()));
        let untouched = typed
            .as_ref()
            .is_none_or(|own| drafted_text(&own.subject, &own.body) == sending.typed("drafted").replace("\r\n", "\n"));
        let given = if untouched { drafted.or(typed) } else { typed };
        let own = Self { given: RwSignal::new(given), changed: RwSignal::new(!untouched) };
        Effect::new(move |_| {
            let letter = preview.letter.with(|letter| letter.as_ref().and_then(|letter| letter.own.clone()));
            if let Some(letter) = letter.filter(|_| !own.changed.get_untracked())
                && own.given.with_untracked(|given| given.as_ref() != Some(&letter))
            {
                own.given.set(Some(letter));
            }
        });
        own
    }

    fn drop_changes(self) {
        self.changed.set(false);
        self.given.set(None);
    }
}

#[component]
pub fn Decide() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let sending = Sending::new("decide_case");
    let preview = Preview::showing(open.drafted.get_value());
    let before = before(sending);
    let own = Own::begin(sending, preview, &before);
    let touched = RwSignal::new(sending.came_back);
    let fold = NodeRef::<html::Details>::new();
    let may = open.part(shows);
    let undecided = open.part(|view| view.phase.is_open());
    let unfolded = undecided.get_untracked() || sending.came_back;
    let case = open.view.with_untracked(|view| view.id);
    let shown = move || preview.letter.with(Option::is_some);
    let untold = move || preview.letter.with(|letter| letter.as_ref().is_some_and(|letter| letter.repair_untold));
    let second = move || preview.letter.with(|letter| letter.as_ref().is_some_and(|letter| letter.second));

    let done = move |()| {
        preview.forget();
        own.drop_changes();
        touched.set(false);
        if let Some(fold) = fold.get_untracked() {
            drop(fold.remove_attribute("open"));
        }
    };
    let submit = move |event: web_sys::SubmitEvent| {
        preview.intercept(sending, &event, |data| {
            let text = |input| text(&data, input);
            let form = DecisionForm {
                verdict: text("verdict"),
                reason: text("reason"),
                explanation: text("explanation"),
                evidence: text("evidence"),
                offer: text("offer"),
                amount: text("amount"),
                next_step: text("next_step"),
                until: text("until"),
                subject: text("subject"),
                body: text("body"),
                drafted: text("drafted"),
                overrules: text("overrules"),
                repair_told: text("repair_told"),
            };
            preview_decision(case, form)
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
                <div on:submit:capture=submit>
                    <CaseForm sending at="#decide" inputs=INPUTS on_done=Callback::new(done)>
                        <div
                            class="form"
                            on:input=move |_| {
                                touched.set(true);
                                preview.forget();
                                if !own.changed.get_untracked() {
                                    own.given.set(None);
                                }
                            }
                        >
                            <Deemed sending before=before.clone()/>
                            <Inputs sending before=before.clone()/>
                            <RepairTold before=before.clone()/>
                            <More sending before=before.clone()/>
                        </div>
                        <input
                            type="hidden"
                            name="step"
                            value=move || if shown() { "send" } else { PREVIEW }
                        />
                        <PreviewBox preview/>
                        <OwnWords sending own preview/>
                        {move || {
                            untold()
                                .then(|| {
                                    view! {
                                        <Notice tone=Tone::Warn>
                                            <p>{case::repair_untold(locale)}</p>
                                        </Notice>
                                    }
                                })
                        }}
                        {move || {
                            second()
                                .then(|| {
                                    view! {
                                        <Notice tone=Tone::Warn>
                                            <p>{case::needs_second(locale)}</p>
                                        </Notice>
                                    }
                                })
                        }}
                        <div class="form-actions">
                            <Button
                                look=Look::Primary
                                icon="decide"
                                busy=Signal::derive(move || preview.busy.get() || sending.busy.get())
                                label=Signal::derive(move || {
                                    match (shown(), second()) {
                                        (false, _) => case::decide_preview(locale),
                                        (true, false) => case::decide_send(locale),
                                        (true, true) => case::decide_propose(locale),
                                    }
                                        .to_owned()
                                })
                            />
                            // Without script what was typed since is looked at by it.
                            <button
                                class="button button-quiet"
                                name="again"
                                value="yes"
                                hidden=move || !shown()
                                on:click=move |_| preview.forget()
                            >
                                {case::own_again(locale)}
                            </button>
                        </div>
                    </CaseForm>
                </div>
            </details>
        </section>
    }
    .into_any()
}

/// Silence has accepted the complaint: whoever says no says so knowingly.
#[component]
fn Deemed<F>(sending: Sending, before: F) -> impl IntoView
where
    F: Fn(&str) -> String + Clone + Send + Sync + 'static,
{
    let locale = use_locale();
    let deemed = use_open().part(|view| view.law.deemed);
    move || {
        let on = deemed.get()?;
        let checked = !before("overrules").is_empty();
        Some(
            view! {
                <Notice tone=Tone::Bad>
                    <p>{texts::deadline::deemed(locale, &display::date(locale, on))} " " {case::overrules_warn(locale)}</p>
                </Notice>
                <TickField
                    id="decide-overrules"
                    name="overrules"
                    label=case::overrules(locale)
                    checked=checked
                    error=sending.fault("overrules")
                />
            }
            .into_any(),
        )
    }
}

/// What the law wants told before a repair, as far as nobody has noted that it was.
#[component]
fn RepairTold<F>(before: F) -> impl IntoView
where
    F: Fn(&str) -> String + Clone + Send + Sync + 'static,
{
    let locale = use_locale();
    let notice = use_open().part(|view| view.law.repair_notice.clone());
    move || {
        let hint = notice.get()?;
        let checked = !before("repair_told").is_empty();
        Some(
            view! {
                <BeforeRepair hint/>
                <TickField id="decide-repair-told" name="repair_told" label=case::repair_told(locale) checked=checked/>
            }
            .into_any(),
        )
    }
}

/// The words between the greeting and the law's blocks, to be changed once they were seen.
#[component]
fn OwnWords(sending: Sending, own: Own, preview: Preview) -> impl IntoView {
    let locale = use_locale();
    let drop_changes = Callback::new(move |_| {
        preview.forget();
        own.drop_changes();
    });
    move || {
        let OwnLetter { subject, body, .. } = own.given.get()?;
        // What somebody has changed is theirs, also after another look.
        let drafted =
            if own.changed.get_untracked() { sending.typed("drafted") } else { drafted_text(&subject, &body) };
        Some(
            view! {
                <div
                    class="form case-own-words"
                    on:input=move |_| {
                        own.changed.set(true);
                        preview.forget();
                    }
                >
                    <h3>{case::own_letter(locale)}</h3>
                    <p class="case-quiet">{case::own_letter_help(locale)}</p>
                    <input type="hidden" name="drafted" value=drafted/>
                    <TextField
                        id="decide-subject"
                        name="subject"
                        label=case::own_subject(locale)
                        value=subject
                        error=sending.fault("subject")
                        maxlength=SUBJECT
                    />
                    <TextAreaField
                        id="decide-body"
                        name="body"
                        label=case::own_body(locale)
                        rows=12
                        value=body
                        error=sending.fault("body")
                        maxlength=TEXT_LIMIT
                    />
                    <div class="only-js" hidden=move || !own.changed.get()>
                        <Button look=Look::Quiet icon="undo" label=case::own_drop(locale) on_press=drop_changes/>
                    </div>
                </div>
            }
            .into_any(),
        )
    }
}

/// What few decisions need.
#[component]
fn More<F>(sending: Sending, before: F) -> impl IntoView
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
                <TextAreaField
                    id="decide-evidence"
                    name="evidence"
                    label=case::evidence(locale)
                    help=case::evidence_help(locale)
                    rows=2
                    value=evidence
                    error=sending.fault("evidence")
                    maxlength=TEXT_LIMIT
                />
                <TextAreaField
                    id="decide-next-step"
                    name="next_step"
                    label=case::next_step(locale)
                    help=case::next_step_help(locale)
                    rows=2
                    value=next_step
                    error=sending.fault("next_step")
                    maxlength=TEXT_LIMIT
                />
                <Field id="decide-until" label=case::until(locale) error=until>
                    <input
                        class="input case-day"
                        id="decide-until"
                        name="until"
                        type="date"
                        min=today
                        value=last_day
                        aria-describedby=described_by("decide-until")
                        aria-invalid=invalid(until)
                    />
                </Field>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Inputs<F>(sending: Sending, before: F) -> impl IntoView
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
        <TextAreaField
            id="decide-explanation"
            name="explanation"
            label=case::explanation(locale)
            help=case::explanation_help(locale)
            rows=5
            value=explanation
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
