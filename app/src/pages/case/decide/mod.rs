//! The decision, previewed as the letter that the customer will get, whose words can be changed.

use crate::backend::CaseView;
use crate::boot::use_locale;
use crate::pages::case::api::{DecisionForm, preview_decision};
use crate::pages::case::form::{CaseForm, Sending};
use crate::pages::case::open::use_open;
use crate::pages::case::preview::{Preview, PreviewBox, text};
use crate::retry::PREVIEW;
use crate::ui::{Button, Icon, Look, Notice, Tone};
use domain::phase::Action;
use inputs::{Inputs, More};
use law::{Deemed, RepairTold};
use leptos::html;
use leptos::prelude::*;
use own::{Own, OwnWords};
use texts::case;

mod inputs;
mod law;
mod own;

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
