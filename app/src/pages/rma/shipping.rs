//! How the goods get to us: validity, the courier, and what a carrier's own page gave.

use super::api::{ExtendRma, MoveRma, OrderPickUp};
use super::failed::Failed;
use super::steps;
use crate::backend::{RmaView, Submission};
use crate::boot::use_locale;
use crate::ui::send::refusal_text;
use crate::ui::{Button, Field, Icon, Look, SelectField, TextField, TickField};
use crate::urls;
use domain::form::filing::delivery::WINDOWS;
use domain::rma::{RmaAction, limits};
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::rma as words;

const WAYBILL: u32 = limits::WAYBILL as u32;

/// The inputs by which every deed names the return that was read.
#[component]
pub fn Named(rma: RmaView) -> impl IntoView {
    view! {
        <input type="hidden" name="rma" value=rma.id.to_string()/>
        <input type="hidden" name="version" value=rma.version.to_string()/>
    }
}

/// A step that is one click.
#[component]
pub fn Step(
    rma: RmaView,
    step: &'static str,
    icon: &'static str,
    label: &'static str,
    #[prop(optional)] look: Look,
    failed: Option<Submission>,
) -> impl IntoView {
    let failed = Failed::of_one("move_rma", failed.as_ref(), "step", step);
    view! {
        <form method="post" action=MoveRma::PATH>
            {failed.above(&[])}
            <Named rma/>
            <input type="hidden" name="step" value=step/>
            <Button icon look label/>
        </form>
    }
    .into_any()
}

/// What a form needs room for unfolds in place.
#[component]
fn Fold(id: &'static str, icon: &'static str, label: &'static str, open: bool, children: Children) -> impl IntoView {
    view! {
        <details class="rma-fold" id=id open=open>
            <summary class="button">
                <Icon name=icon/>
                <span>{label}</span>
                <Icon name="chevron_down"/>
            </summary>
            <div class="rma-fold-body">{children()}</div>
        </details>
    }
    .into_any()
}

#[component]
fn DateField(name: &'static str, label: &'static str, value: String, error: String) -> impl IntoView {
    view! {
        <Field id=name label required=true help="" error>
            <input class="input" type="date" id=name name=name value=value required=true/>
        </Field>
    }
}

#[component]
pub fn Extend(rma: RmaView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let failed = Failed::of("extend_rma", failed.as_ref());
    let until = failed.typed("valid_until", rma.valid_until.to_string());
    view! {
        <Fold id="extend" icon="calendar" label=words::extend(locale) open=failed.came_back()>
            <form method="post" action=ExtendRma::PATH class="form">
                {failed.above(&["valid_until"])}
                <Named rma/>
                <DateField
                    name="valid_until"
                    label=words::extend_to(locale)
                    value=until
                    error=failed.beside("valid_until")
                />
                <Button label=words::extend_save(locale)/>
            </form>
        </Fold>
    }
    .into_any()
}

#[component]
pub fn PickUp(rma: RmaView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let failed = Failed::of("order_pick_up", failed.as_ref());
    let windows = WINDOWS
        .map(|window| {
            let hours = window.replace('-', ":00–");
            (window.to_owned(), format!("{hours}:00"))
        })
        .to_vec();
    view! {
        <Fold id="pick-up" icon="truck" label=words::pick_up(locale) open=failed.came_back()>
            <form method="post" action=OrderPickUp::PATH class="form">
                {failed.above(&["date", "window"])}
                <Named rma/>
                <DateField
                    name="date"
                    label=words::pick_up_date(locale)
                    value=failed.typed("date", "")
                    error=failed.beside("date")
                />
                <SelectField
                    name="window"
                    label=words::pick_up_window(locale)
                    options=windows
                    value=failed.typed("window", "")
                    error=failed.beside("window")
                    help=words::pick_up_help(locale)
                />
                <Button label=words::pick_up_save(locale)/>
            </form>
        </Fold>
    }
    .into_any()
}

#[component]
pub fn ByHand(rma: RmaView, failed: Option<Submission>, open: bool) -> impl IntoView {
    let locale = use_locale();
    let refused = failed.as_ref().filter(|failed| failed.form == "rma_label").map(|failed| failed.error.clone());
    let failed = Failed::of("rma_label", failed.as_ref());
    let refused = match refused {
        Some(error @ crate::error::AppError::Invalid { .. }) if !failed.beside("file").is_empty() => {
            refusal_text(locale, &error)
        }
        _ => String::new(),
    };
    let tell = !failed.came_back() || failed.typed("tell", "") == "yes";
    let action = urls::rma_label(rma.number);
    let (waybill, code) = (failed.typed("waybill", rma.waybill.clone()), failed.typed("code", rma.code.clone()));
    view! {
        <Fold id="by-hand" icon="edit" label=words::by_hand(locale) open=open || failed.came_back()>
            <form method="post" action=action enctype="multipart/form-data" class="form">
                <p class="soft">{words::by_hand_help(locale)}</p>
                {failed.above(&["waybill", "code", "file"])}
                <Named rma/>
                <TextField
                    name="waybill"
                    label=words::waybill(locale)
                    value=waybill
                    error=failed.beside("waybill")
                    maxlength=WAYBILL
                    autocomplete="off"
                />
                <TextField
                    name="code"
                    label=words::code(locale)
                    help=words::code_help(locale)
                    value=code
                    error=failed.beside("code")
                    maxlength=WAYBILL
                    autocomplete="off"
                />
                <Field
                    id="file"
                    label=words::label_file(locale)
                    required=false
                    help=words::label_file_help(locale)
                    error=refused
                >
                    <input class="input" type="file" id="file" name="file" accept=".pdf,.zpl,image/*"/>
                </Field>
                <TickField name="tell" label=words::tell(locale) checked=tell/>
                <Button label=words::by_hand_save(locale)/>
            </form>
        </Fold>
    }
    .into_any()
}

/// All of them, as far as the reader may.
#[component]
pub fn Shipping(rma: RmaView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let may = |action: RmaAction| rma.may.contains(&action);
    let given = |rma: &RmaView| (rma.clone(), failed.clone());
    let step = |step, icon, label, look| {
        let (rma, failed) = given(&rma);
        view! { <Step rma step icon label look failed/> }.into_any()
    };
    let failed_of = |step| Failed::of_one("move_rma", failed.as_ref(), "step", step).came_back();
    let stuck = !rma.fault.is_empty() && rma.retry.is_none();
    view! {
        <div class="rma-deeds">
            {may(RmaAction::Dispatch)
                .then(|| step(steps::DISPATCH, "truck", words::dispatch(locale), Look::Plain))}
            {may(RmaAction::CancelPickUp)
                .then(|| step(steps::CANCEL_PICK_UP, "cross", words::cancel_pick_up(locale), Look::Plain))}
            {may(RmaAction::OrderPickUp)
                .then(|| {
                    let (rma, failed) = given(&rma);
                    view! { <PickUp rma failed/> }
                })}
            {rma
                .is_awaited()
                .then(|| {
                    let (rma, failed) = given(&rma);
                    view! { <ByHand rma failed open=stuck/> }
                })}
            {may(RmaAction::Extend)
                .then(|| {
                    let (rma, failed) = given(&rma);
                    view! { <Extend rma failed/> }
                })}
            {may(RmaAction::Reissue)
                .then(|| {
                    let reissue = step(steps::REISSUE, "tag", words::reissue(locale), Look::Plain);
                    view! {
                        <Fold id="reissue" icon="tag" label=words::reissue(locale) open=failed_of(steps::REISSUE)>
                            <p class="soft">{words::reissue_help(locale)}</p>
                            {reissue}
                        </Fold>
                    }
                })}
            {may(RmaAction::UndoReceive)
                .then(|| {
                    let undo = step(steps::UNDO_RECEIVE, "undo", words::undo_receive(locale), Look::Danger);
                    view! {
                        <Fold id="undo-receive" icon="undo" label=words::undo_receive(locale) open=failed_of(steps::UNDO_RECEIVE)>
                            <p class="soft">{words::undo_receive_help(locale)}</p>
                            {undo}
                        </Fold>
                    }
                })}
            {may(RmaAction::Cancel)
                .then(|| {
                    let cancel = step(steps::CANCEL, "cross", words::cancel(locale), Look::Danger);
                    view! {
                        <Fold id="cancel" icon="cross" label=words::cancel(locale) open=false>
                            <p class="soft">{words::cancel_help(locale)}</p>
                            {cancel}
                        </Fold>
                    }
                })}
        </div>
    }
    .into_any()
}
