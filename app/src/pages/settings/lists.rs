//! The organisation's own lists: statuses, reasons of decisions, outcomes, causes, supplier answers.

mod findings;

use super::api::{SaveOutcome, SaveOwnStatus, SaveReason};
use super::typed::Typed;
use super::{Actions, Editor, Entries, Line, Section, back_to_editor};
use crate::backend::{SettingsView, StatusView, Submission};
use crate::boot::use_locale;
use crate::ui::{SelectField, TextField, TickField};
use domain::decision::{Offered, Outcome, Reason};
use domain::phase::Phase;
use domain::{Locale, Localized};
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::settings as words;

#[component]
pub fn Lists(view: SettingsView, edit: String, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let (list, entry) = edit.split_once(':').unwrap_or_default();
    let of = |wanted: &str| if list == wanted { entry.to_owned() } else { String::new() };
    view! {
        <section class="stack" aria-labelledby="reasons">
            <div class="settings-head">
                <h2 id="reasons">{words::reasons(locale)}</h2>
                <p class="soft">{words::reasons_hint(locale)}</p>
            </div>
            {reasons(locale, view.reasons, of("reason"), failed.clone())}
        </section>
        <section class="stack" aria-labelledby="outcomes">
            <div class="settings-head">
                <h2 id="outcomes">{words::outcomes(locale)}</h2>
                <p class="soft">{words::outcomes_hint(locale)}</p>
            </div>
            {outcomes(locale, view.outcomes, of("outcome"), failed.clone())}
        </section>
        <section class="stack" aria-labelledby="causes">
            <div class="settings-head">
                <h2 id="causes">{words::causes(locale)}</h2>
                <p class="soft">{words::causes_hint(locale)}</p>
            </div>
            {findings::causes(locale, view.causes, &view.types, of("cause"), failed.clone())}
        </section>
        <section class="stack" aria-labelledby="supplier-answers">
            <div class="settings-head">
                <h2 id="supplier-answers">{words::supplier_answers(locale)}</h2>
                <p class="soft">{words::supplier_answers_hint(locale)}</p>
            </div>
            {findings::supplier_answers(locale, view.supplier_answers, of("supplier_answer"), failed.clone())}
        </section>
        <section class="stack" aria-labelledby="statuses">
            <div class="settings-head">
                <h2 id="statuses">{words::statuses(locale)}</h2>
                <p class="soft">{words::statuses_hint(locale)}</p>
            </div>
            {statuses(locale, view.statuses, of("status"), failed)}
        </section>
    }
    .into_any()
}

/// A name in each language; the reader's own comes first.
#[component]
pub fn Names<'a>(typed: &'a Typed, saved: Localized) -> impl IntoView + use<> {
    let locale = use_locale();
    let mut languages = Locale::ALL.to_vec();
    languages.sort_by_key(|language| *language != locale);
    let fields = languages
        .into_iter()
        .map(|language| {
            let tag = language.tag();
            let text = match language {
                Locale::En => &saved.en,
                Locale::Nb => &saved.nb,
                Locale::Pl => &saved.pl,
            };
            let input = format!("name_{tag}");
            // What is wrong with all of them stands beside the reader's own.
            let whole = if language == locale { typed.fault("name") } else { String::new() };
            let fault = if whole.is_empty() { typed.fault(&input) } else { whole };
            view! {
                <TextField
                    name=typed.name(&input)
                    id=format!("name-{tag}")
                    label=words::name_in(locale, language.name())
                    value=typed.text(&input, text.clone())
                    error=fault
                    maxlength=80
                />
            }
        })
        .collect_view();
    view! {
        <div class="settings-names">
            {fields}
            <p class="field-help">{words::names_help(locale)}</p>
        </div>
    }
    .into_any()
}

/// What the forms of all lists share.
#[component]
fn EntryForm<'a>(
    action: &'static str,
    typed: &'a Typed,
    title: String,
    name: Localized,
    active: bool,
    children: Children,
) -> impl IntoView + use<> {
    let (above, identity) = (typed.above(NAMES), typed.identity());
    let (names, active) = (view! { <Names typed saved=name/> }, view! { <Active typed saved=active/> });
    view! {
        <Editor title>
            <form method="post" action=back_to_editor(action) class="form">
                {above}
                {identity}
                {names}
                {children()}
                {active}
                <Actions section=Section::Lists/>
            </form>
        </Editor>
    }
    .into_any()
}

fn reasons(locale: Locale, reasons: Vec<Reason>, edit: String, failed: Option<Submission>) -> AnyView {
    let entries = Entries {
        section: Section::Lists,
        kind: "reason",
        edit,
        new: words::new_reason(locale),
        id: |reason: &Reason| reason.key.to_string(),
    };
    let line = |reason: &Reason, entry| {
        let side = if reason.against { words::reason_against(locale) } else { words::reason_for(locale) };
        let title = reason.name.get(locale).to_owned();
        view! {
            <Line section=Section::Lists entry title inactive=!reason.active>
                {side}
            </Line>
        }
        .into_any()
    };
    entries.show(reasons, line, |reason| view! { <ReasonForm reason failed=failed.clone()/> }.into_any())
}

#[component]
fn ReasonForm(#[prop(into)] reason: Option<Reason>, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let key = reason.as_ref().map(|reason| reason.key.to_string()).unwrap_or_default();
    let typed = Typed::of(failed.as_ref(), "save_reason", "reason", &key);
    let name = reason.as_ref().map(|reason| reason.name.clone()).unwrap_or_default();
    let title = if reason.is_some() { name.get(locale).to_owned() } else { words::new_reason(locale).to_owned() };
    let active = reason.as_ref().is_none_or(|reason| reason.active);
    let side = if reason.is_some_and(|reason| reason.against) { "against" } else { "for" };
    let side = view! {
        <SelectField
            name=typed.name("side")
            id="side"
            label=words::reason_side(locale)
            help=words::reason_side_help(locale)
            options=vec![
                ("for".to_owned(), words::reason_for(locale).to_owned()),
                ("against".to_owned(), words::reason_against(locale).to_owned()),
            ]
            value=typed.text("side", side)
        />
    }
    .into_any();
    view! {
        <EntryForm action=SaveReason::PATH typed=&typed title name active>
            {side}
        </EntryForm>
    }
    .into_any()
}

fn outcomes(locale: Locale, outcomes: Vec<Outcome>, edit: String, failed: Option<Submission>) -> AnyView {
    let entries = Entries {
        section: Section::Lists,
        kind: "outcome",
        edit,
        new: words::new_outcome(locale),
        id: |outcome: &Outcome| outcome.key.to_string(),
    };
    let line = |outcome: &Outcome, entry| {
        let after = offered(locale).into_iter().find(|(key, _)| *key == outcome.offered.key()).map(|(_, words)| words);
        let amount = outcome.has_amount.then(|| format!(" · {}", words::with_amount(locale)));
        let title = outcome.name.get(locale).to_owned();
        view! {
            <Line section=Section::Lists entry title inactive=!outcome.active>
                {after}
                {amount}
            </Line>
        }
        .into_any()
    };
    entries.show(outcomes, line, |outcome| view! { <OutcomeForm outcome failed=failed.clone()/> }.into_any())
}

/// When an outcome is offered, in words.
fn offered(locale: Locale) -> Vec<(String, String)> {
    Offered::ALL
        .map(|offered| {
            let words = match offered {
                Offered::AfterApproval => words::after_approval(locale),
                Offered::AfterRejection => words::after_rejection(locale),
                Offered::Always => words::after_either(locale),
            };
            (offered.key().to_owned(), words.to_owned())
        })
        .to_vec()
}

#[component]
fn OutcomeForm(#[prop(into)] outcome: Option<Outcome>, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let key = outcome.as_ref().map(|outcome| outcome.key.to_string()).unwrap_or_default();
    let typed = Typed::of(failed.as_ref(), "save_outcome", "outcome", &key);
    let name = outcome.as_ref().map(|outcome| outcome.name.clone()).unwrap_or_default();
    let title = if outcome.is_some() { name.get(locale).to_owned() } else { words::new_outcome(locale).to_owned() };
    let active = outcome.as_ref().is_none_or(|outcome| outcome.active);
    let after = outcome.as_ref().map_or(Offered::AfterApproval, |outcome| outcome.offered);
    let own = view! {
        <SelectField
            name=typed.name("after")
            id="after"
            label=words::offered(locale)
            options=offered(locale)
            value=typed.text("after", after.key())
        />
        <TickField
            name=typed.name("has_amount")
            id="has-amount"
            label=words::has_amount(locale)
            help=words::has_amount_help(locale)
            checked=typed.ticked("has_amount", outcome.is_some_and(|outcome| outcome.has_amount))
        />
    }
    .into_any();
    view! {
        <EntryForm action=SaveOutcome::PATH typed=&typed title name active>
            {own}
        </EntryForm>
    }
    .into_any()
}

fn statuses(locale: Locale, statuses: Vec<StatusView>, edit: String, failed: Option<Submission>) -> AnyView {
    let entries = Entries {
        section: Section::Lists,
        kind: "status",
        edit,
        new: words::new_status(locale),
        id: |status: &StatusView| status.id.to_string(),
    };
    let line = |status: &StatusView, entry| {
        let (title, phase) = (status.name.get(locale).to_owned(), phase_name(locale, status.phase));
        view! {
            <Line section=Section::Lists entry title inactive=!status.active>
                {phase}
            </Line>
        }
        .into_any()
    };
    entries.show(statuses, line, |status| view! { <StatusForm status failed=failed.clone()/> }.into_any())
}

fn phase_name(locale: Locale, phase: Phase) -> &'static str {
    texts::phase::by_key(locale, phase.key()).unwrap_or_default()
}

#[component]
fn StatusForm(#[prop(into)] status: Option<StatusView>, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let id = status.as_ref().map(|status| status.id.to_string()).unwrap_or_default();
    let typed = Typed::of(failed.as_ref(), "save_own_status", "status", &id);
    let name = status.as_ref().map(|status| status.name.clone()).unwrap_or_default();
    let title = if status.is_some() { name.get(locale).to_owned() } else { words::new_status(locale).to_owned() };
    let active = status.as_ref().is_none_or(|status| status.active);
    let phase = match status {
        // Cases stand in that phase with this status.
        Some(status) => view! {
            <p>{words::in_phase(locale, phase_name(locale, status.phase))}</p>
            <input type="hidden" name=typed.name("phase") value=status.phase.key()/>
        }
        .into_any(),
        None => {
            let phases = Phase::ALL.map(|phase| (phase.key().to_owned(), phase_name(locale, phase).to_owned()));
            view! {
                <SelectField
                    name=typed.name("phase")
                    id="phase"
                    label=words::phase(locale)
                    help=words::phase_help(locale)
                    options=phases.to_vec()
                    value=typed.text("phase", Phase::InReview.key())
                />
            }
            .into_any()
        }
    };
    view! {
        <EntryForm action=SaveOwnStatus::PATH typed=&typed title name active>
            {phase}
        </EntryForm>
    }
    .into_any()
}

#[component]
fn Active<'a>(typed: &'a Typed, saved: bool) -> impl IntoView + use<> {
    let locale = use_locale();
    view! {
        <TickField
            name=typed.name("active")
            id="active"
            label=words::entry_active(locale)
            help=words::entry_active_help(locale)
            checked=typed.ticked("active", saved)
        />
    }
    .into_any()
}

/// The inputs of [`Names`], which tell their own faults.
const NAMES: &[&str] = &["name", "name_en", "name_nb", "name_pl"];
