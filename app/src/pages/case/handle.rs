//! What can be done with the case now, as the phase table allows it.

use super::archive::{Archive, BringBack};
use super::ask::Ask;
use super::form::{CaseForm, Sending};
use super::open::{Open, use_open, use_viewer};
use super::steps;
use super::wait::Wait;
use crate::backend::CaseView;
use crate::boot::use_locale;
use crate::ui::{Button, Icon, Look, SelectField};
use domain::phase::Action;
use leptos::html;
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Handle() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    // Taking a settlement back stands beside the settlement.
    let any = open.part(|view| view.may.iter().any(|action| *action != Action::Unsettle));
    let decides = open.part(|view| super::decide::shows(view) && view.phase.is_open());
    let settles = open.may(Action::Settle);
    view! {
        <section class="card case-handle no-print" aria-labelledby="case-handle">
            <h2 id="case-handle">{case::what_next(locale)}</h2>
            {move || (!any.get()).then(|| view! { <p class="case-quiet">{case::nothing_to_do(locale)}</p> })}
            <div class="case-actions">
                {move || {
                    decides.get().then(|| view! { <Jump href="#decide" icon="decide" label=case::decide(locale)/> })
                }}
                {move || {
                    settles.get().then(|| view! { <Jump href="#outcome" icon="settled" label=case::to_settle(locale)/> })
                }}
                <TakeOver/>
                <Steps/>
                <Ask/>
                <Wait/>
                <HandTo/>
                <OwnStatus/>
                <Withdraw/>
                <Archive/>
                <BringBack/>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Jump(href: &'static str, icon: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <a class="button button-primary case-action" href=href>
            <Icon name=icon/>
            <span>{label}</span>
        </a>
    }
}

/// A step that needs more than a click: its form unfolds in place, with script or without.
#[component]
pub fn Fold(
    node_ref: NodeRef<html::Details>,
    /// What an address and a key lead to.
    #[prop(optional)]
    id: Option<&'static str>,
    #[prop(optional)] key: Option<&'static str>,
    label: &'static str,
    icon: &'static str,
    /// The page came back because the form inside failed.
    unfolded: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="case-step" id=id data-key=key node_ref=node_ref open=unfolded>
            <summary class="button case-action">
                <Icon name=icon/>
                <span>{label}</span>
                <Icon name="chevron_down"/>
            </summary>
            <div class="case-step-body">{children()}</div>
        </details>
    }
}

pub fn close(fold: NodeRef<html::Details>) {
    if let Some(fold) = fold.get_untracked() {
        drop(fold.remove_attribute("open"));
    }
}

#[component]
fn TakeOver() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let me = use_viewer().map(|viewer| viewer.id.to_string()).unwrap_or_default();
    let sending = Sending::of("assign_case", |failed| failed.value("assign_case", "handler") == me);
    let mine = me.clone();
    let shown = Memo::new(move |_| {
        open.view.with(|view| {
            let handles = view.handlers.iter().any(|handler| handler.id.to_string() == mine);
            let has = view.handler.as_ref().is_some_and(|handler| handler.id.to_string() == mine);
            view.may.contains(&Action::Assign) && handles && !has
        })
    });
    move || {
        let me = me.clone();
        shown.get().then(move || {
            view! {
                <CaseForm sending>
                    <input type="hidden" name="handler" value=me/>
                    <div data-key="o" data-press="">
                        <Button icon="mine" label=case::take_over(locale) busy=sending.busy/>
                    </div>
                </CaseForm>
            }
            .into_any()
        })
    }
}

#[component]
fn HandTo() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let me = use_viewer().map(|viewer| viewer.id.to_string()).unwrap_or_default();
    let sending = Sending::of("assign_case", |failed| failed.value("assign_case", "handler") != me);
    let fold = NodeRef::new();
    let may = open.ever(|view| view.may.contains(&Action::Assign));
    let now = open.may(Action::Assign);
    let handlers = open.part(|view| {
        let names: Vec<_> = view.handlers.iter().map(|h| (h.id.to_string(), h.name.clone())).collect();
        (names, view.handler.as_ref().map(|h| h.id.to_string()).unwrap_or_default())
    });
    move || {
        may.get().then(|| {
            view! {
                <div hidden=move || !now.get()>
                    <Fold node_ref=fold id="assign" key="a" label=case::hand_to(locale) icon="users" unfolded=sending.came_back>
                        <CaseForm sending inputs=&["handler"] on_done=Callback::new(move |()| close(fold))>
                            {move || {
                                let (options, value) = handlers.get();
                                view! {
                                    <SelectField
                                        id="hand-to"
                                        name="handler"
                                        label=case::handler(locale)
                                        options
                                        value
                                        empty=case::nobody(locale).to_owned()
                                        error=sending.fault("handler")
                                    />
                                }
                            }}
                            <Button label=case::hand_over(locale) busy=sending.busy/>
                        </CaseForm>
                    </Fold>
                </div>
            }
            .into_any()
        })
    }
}

/// The steps that are one plain click.
#[component]
fn Steps() -> impl IntoView {
    let open = use_open();
    let steps = open.part(|view| one_click(view, &[Action::Review, Action::MakeReady]));
    let sending = moving(&[Action::Review, Action::MakeReady]);
    view! { <StepButtons steps sending/> }
}

/// The sending of the form that has these steps.
pub fn moving(of: &[Action]) -> Sending {
    Sending::of("move_case", |failed| {
        let step = failed.value("move_case", "step");
        of.iter().any(|action| steps::key(*action) == step)
    })
}

fn one_click(view: &CaseView, of: &[Action]) -> Vec<Action> {
    of.iter().copied().filter(|action| view.may.contains(action)).collect()
}

#[component]
fn StepButtons(
    steps: Memo<Vec<Action>>,
    sending: Sending,
    #[prop(optional, into)] on_done: Option<Callback<()>>,
) -> impl IntoView {
    let locale = use_locale();
    let done = Callback::new(move |()| {
        if let Some(on_done) = on_done {
            on_done.run(());
        }
    });
    let shown = move || !steps.with(Vec::is_empty);
    view! {
        <div hidden=move || !shown()>
            <CaseForm sending class="case-step-buttons" on_done=done>
                {move || {
                    steps
                        .get()
                        .into_iter()
                        .map(|action| {
                            view! {
                                <Button
                                    name="step"
                                    value=steps::key(action).to_owned()
                                    icon=steps::icon(action)
                                    look=if action == Action::Withdraw { Look::Danger } else { Look::Plain }
                                    label=steps::label(locale, action)
                                    disabled=sending.busy
                                />
                            }
                        })
                        .collect_view()
                }}
            </CaseForm>
        </div>
    }
    .into_any()
}

#[component]
fn Withdraw() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let fold = NodeRef::new();
    let steps = open.part(|view| one_click(view, &[Action::Withdraw]));
    let shown = Memo::new(move |_| !steps.with(Vec::is_empty));
    let sending = moving(&[Action::Withdraw]);
    move || {
        shown.get().then(|| {
            view! {
                <Fold node_ref=fold label=case::withdraw_title(locale) icon="withdrawn" unfolded=sending.came_back>
                    <p class="case-quiet">{case::withdraw_help(locale)}</p>
                    <StepButtons steps sending on_done=Callback::new(move |()| close(fold))/>
                </Fold>
            }
            .into_any()
        })
    }
}

/// Words of the organisation's own within the phase.
#[component]
fn OwnStatus() -> impl IntoView {
    let locale = use_locale();
    let open: Open = use_open();
    let sending = Sending::new("set_status");
    let fold = NodeRef::new();
    let handles = use_viewer().is_some_and(|viewer| viewer.may(domain::role::Right::Handle));
    let statuses = open.part(|view| {
        let choices: Vec<_> = view.statuses.iter().map(|s| (s.key.clone(), s.name.clone())).collect();
        (choices, view.status.as_ref().map(|s| s.key.clone()).unwrap_or_default())
    });
    let shown = Memo::new(move |_| {
        let archived = open.view.with(|view| view.archived.is_some());
        handles && !archived && statuses.with(|(choices, _)| !choices.is_empty())
    });
    move || {
        shown.get().then(|| {
            view! {
                <Fold node_ref=fold label=case::own_status(locale) icon="tag" unfolded=sending.came_back>
                    <CaseForm sending inputs=&["status"] on_done=Callback::new(move |()| close(fold))>
                        {move || {
                            let (options, value) = statuses.get();
                            view! {
                                <SelectField
                                    id="own-status"
                                    name="status"
                                    label=case::own_status(locale)
                                    options
                                    value
                                    empty=case::no_status(locale).to_owned()
                                    error=sending.fault("status")
                                />
                            }
                        }}
                        <Button label=texts::ui::save(locale) busy=sending.busy/>
                    </CaseForm>
                </Fold>
            }
            .into_any()
        })
    }
}
