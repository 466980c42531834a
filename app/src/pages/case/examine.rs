//! What whoever examined the goods found (R12): apart from the reason of the decision.

use super::day::DayField;
use super::form::{CaseForm, Sending, TEXT_LIMIT};
use super::handle::{Fold, close};
use super::open::{use_open, use_viewer};
use super::pictures::caption;
use crate::backend::ExaminedView;
use crate::boot::use_locale;
use crate::ui::{Button, FieldGroup, SelectField, TextAreaField, TextField, Time};
use crate::urls::{Size, file};
use domain::format;
use leptos::prelude::*;
use texts::case;

const INPUTS: &[&str] = &["cause", "finding", "examiner", "on", "pictures"];
/// As a form names each of several.
const PICTURES: &str = "pictures[]";

#[component]
pub fn Examination() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let found = open.part(|view| view.examined.clone());
    let may = open.ever(|view| view.may_examine);
    let hidden = open.part(|view| view.examined.is_none() && !view.may_examine);
    view! {
        <section class="card case-examination" id="examination" aria-labelledby="case-examination" hidden=move || hidden.get()>
            <h2 id="case-examination">{case::examination(locale)}</h2>
            <p class="case-quiet">{case::examination_help(locale)}</p>
            {move || found.get().map(|found| view! { <Found found/> }.into_any())}
            {move || may.get().then(|| view! { <Examine/> }.into_any())}
        </section>
    }
    .into_any()
}

#[component]
fn Found(found: ExaminedView) -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let ExaminedView { cause_name, finding, examiner, on, pictures, by, at, .. } = found;
    let shown = open.view.with_untracked(|view| view.pictures.clone());
    let shown = shown.into_iter().filter(|picture| pictures.contains(&picture.id) && !picture.pdf);
    view! {
        <div class="case-found">
            <p class="case-decision-reason">{cause_name}</p>
            {(!finding.is_empty()).then(|| view! { <p class="case-decision-text">{finding}</p> })}
            <p>{format!("{examiner} · {}", format::date(locale, on))}</p>
            <div class="case-found-pictures">
                {shown
                    .map(|picture| {
                        view! {
                            <img
                                src=file(picture.id, Size::Small)
                                alt=caption(locale, picture.kind, &picture.received)
                                loading="lazy"
                            />
                        }
                    })
                    .collect_view()}
            </div>
            <p class="case-by">{by} " · " <Time at/></p>
        </div>
    }
    .into_any()
}

#[component]
fn Examine() -> impl IntoView {
    let open = use_open();
    let sending = Sending::new("examine_case");
    let fold = NodeRef::new();
    let touched = RwSignal::new(sending.came_back);
    let now = open.part(|view| view.may_examine);
    let saved = open.untouched(|view| view.examined.clone(), touched);
    let done = Callback::new(move |()| {
        touched.set(false);
        close(fold);
    });
    view! {
        <div hidden=move || !now.get() on:input=move |_| touched.set(true)>
            {move || view! { <ExamineForm saved=saved.get() sending fold done/> }.into_any()}
        </div>
    }
    .into_any()
}

#[component]
fn ExamineForm(
    saved: Option<ExaminedView>,
    sending: Sending,
    fold: NodeRef<leptos::html::Details>,
    done: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let me = use_viewer().map(|viewer| viewer.name).unwrap_or_default();
    let (today, causes) = open.view.with_untracked(|view| {
        let causes: Vec<_> = view.causes.iter().map(|cause| (cause.key.clone(), cause.name.clone())).collect();
        (view.today, causes)
    });
    let label = if saved.is_some() { case::examine_change(locale) } else { case::examine(locale) };
    let ticked: Vec<String> = match &saved {
        _ if sending.came_back => sending.chosen(PICTURES),
        Some(saved) => saved.pictures.iter().map(ToString::to_string).collect(),
        None => Vec::new(),
    };
    let before = move |input: &str| match &saved {
        _ if sending.came_back => sending.typed(input),
        Some(saved) => match input {
            "cause" => saved.cause.to_string(),
            "finding" => saved.finding.clone(),
            "examiner" => saved.examiner.clone(),
            _ => saved.on.to_string(),
        },
        None if input == "on" => today.to_string(),
        None if input == "examiner" => me.clone(),
        None => String::new(),
    };
    let pictures = open.part(|view| view.pictures.clone());
    let none = move || pictures.with(Vec::is_empty);
    let on = sending.fault("on");
    let [cause, finding, examiner, day] = ["cause", "finding", "examiner", "on"].map(before);
    view! {
            <Fold node_ref=fold label icon="search" unfolded=sending.came_back>
                <CaseForm sending at="#examination" inputs=INPUTS on_done=done>
                    <SelectField
                        id="examine-cause"
                        name="cause"
                        label=case::cause(locale)
                        options=causes
                        value=cause
                        empty=texts::form::choose(locale).to_owned()
                        required=true
                        error=sending.fault("cause")
                    />
                    <TextAreaField
                        id="examine-finding"
                        name="finding"
                        label=case::finding(locale)
                        rows=3
                        value=finding
                        error=sending.fault("finding")
                        maxlength=TEXT_LIMIT
                    />
                    <div class="case-more-row">
                        <TextField
                            id="examine-examiner"
                            name="examiner"
                            label=case::examiner(locale)
                            help=case::examiner_help(locale)
                            value=examiner
                            error=sending.fault("examiner")
                            required=true
                            maxlength=200
                        />
                        <DayField
                            id="examine-on"
                            name="on"
                            label=case::on_day(locale)
                            value=day
                            error=on
                            required=true
                            max=today.to_string()
                        />
                    </div>
                    <div hidden=none>
                        <FieldGroup
                            id="examine-pictures"
                            label=case::finding_pictures(locale)
                            error=sending.fault("pictures")
                        >
                            <div class="case-tick-pictures">
                                <For each=move || pictures.get() key=|picture| picture.id let:picture>
                                    <label class="case-tick-picture">
                                        <input
                                            type="checkbox"
                                            name=PICTURES
                                            value=picture.id.to_string()
                                            checked=ticked.contains(&picture.id.to_string())
                                        />
                                        {if picture.pdf {
                                            view! { <span>"PDF"</span> }.into_any()
                                        } else {
                                            view! {
                                                <img
                                                    src=file(picture.id, Size::Small)
                                                    alt=caption(locale, picture.kind, &picture.received)
                                                    loading="lazy"
                                                />
                                            }
                                                .into_any()
                                        }}
                                    </label>
                                </For>
                            </div>
                        </FieldGroup>
                    </div>
                    <div class="form-actions">
                        <Button label=texts::ui::save(locale) busy=sending.busy/>
                    </div>
                </CaseForm>
            </Fold>
    }
    .into_any()
}
