//! Causes (R12) and supplier answers (E26).

use super::EntryForm;
use crate::backend::{Submission, TypeView};
use crate::boot::use_locale;
use crate::pages::settings::api::{SaveCause, SaveSupplierAnswer};
use crate::pages::settings::typed::Typed;
use crate::pages::settings::{Entries, Line, Section};
use crate::ui::FieldGroup;
use domain::Locale;
use domain::handling::{AnswerChoice, Cause};
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::settings as words;

pub fn causes(
    locale: Locale,
    causes: Vec<Cause>,
    types: &[TypeView],
    edit: String,
    failed: Option<Submission>,
) -> AnyView {
    let entries = Entries {
        section: Section::Lists,
        kind: "cause",
        edit,
        new: words::new_cause(locale),
        id: |cause: &Cause| cause.key.to_string(),
    };
    let names: Vec<(String, String)> =
        types.iter().map(|kind| (kind.key.to_string(), kind.name.get(locale).to_owned())).collect();
    let named = names.clone();
    let line = move |cause: &Cause, entry| {
        let of =
            |key: &domain::id::Key| named.iter().find(|(name, _)| name == key.as_str()).map(|(_, name)| name.clone());
        let kinds = cause.types.iter().filter_map(of).collect::<Vec<_>>().join(", ");
        let kinds = if kinds.is_empty() { words::cause_all_types(locale).to_owned() } else { kinds };
        let title = cause.name.get(locale).to_owned();
        view! {
            <Line section=Section::Lists entry title inactive=!cause.active>
                {kinds}
            </Line>
        }
        .into_any()
    };
    entries
        .show(causes, line, |cause| view! { <CauseForm cause types=names.clone() failed=failed.clone()/> }.into_any())
}

#[component]
fn CauseForm(
    #[prop(into)] cause: Option<Cause>,
    types: Vec<(String, String)>,
    failed: Option<Submission>,
) -> impl IntoView {
    let locale = use_locale();
    let key = cause.as_ref().map(|cause| cause.key.to_string()).unwrap_or_default();
    let typed = Typed::of(failed.as_ref(), "save_cause", "cause", &key);
    let name = cause.as_ref().map(|cause| cause.name.clone()).unwrap_or_default();
    let title = if cause.is_some() { name.get(locale).to_owned() } else { words::new_cause(locale).to_owned() };
    let active = cause.as_ref().is_none_or(|cause| cause.active);
    let saved = |kind: &str| cause.as_ref().is_some_and(|cause| cause.types.iter().any(|key| key.as_str() == kind));
    let ticks = types
        .into_iter()
        .map(|(kind, label)| {
            let checked = typed.chosen("types", &kind, saved(&kind));
            view! {
                <label class="tick">
                    <input type="checkbox" name=format!("{}[]", typed.name("types")) value=kind checked=checked/>
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    let own = view! {
        <FieldGroup
            id="cause-types"
            label=words::cause_types(locale)
            help=words::cause_types_help(locale)
            error=typed.fault("types")
        >
            <div class="settings-ticks">{ticks}</div>
        </FieldGroup>
    }
    .into_any();
    view! {
        <EntryForm action=SaveCause::PATH typed=&typed title name active>
            {own}
        </EntryForm>
    }
    .into_any()
}

pub fn supplier_answers(
    locale: Locale,
    answers: Vec<AnswerChoice>,
    edit: String,
    failed: Option<Submission>,
) -> AnyView {
    let entries = Entries {
        section: Section::Lists,
        kind: "supplier_answer",
        edit,
        new: words::new_supplier_answer(locale),
        id: |answer: &AnswerChoice| answer.key.to_string(),
    };
    let line = |answer: &AnswerChoice, entry| {
        let title = answer.name.get(locale).to_owned();
        view! {
            <Line section=Section::Lists entry title inactive=!answer.active>
                ""
            </Line>
        }
        .into_any()
    };
    entries.show(answers, line, |answer| view! { <AnswerForm answer failed=failed.clone()/> }.into_any())
}

#[component]
fn AnswerForm(#[prop(into)] answer: Option<AnswerChoice>, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let key = answer.as_ref().map(|answer| answer.key.to_string()).unwrap_or_default();
    let typed = Typed::of(failed.as_ref(), "save_supplier_answer", "answer", &key);
    let name = answer.as_ref().map(|answer| answer.name.clone()).unwrap_or_default();
    let new = words::new_supplier_answer(locale);
    let title = if answer.is_some() { name.get(locale).to_owned() } else { new.to_owned() };
    let active = answer.as_ref().is_none_or(|answer| answer.active);
    view! {
        <EntryForm action=SaveSupplierAnswer::PATH typed=&typed title name active>
                ""
        </EntryForm>
    }
    .into_any()
}
