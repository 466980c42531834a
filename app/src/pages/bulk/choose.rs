//! What is to be done, one form for each kind.

use super::api::{BulkArchive, BulkAssign, BulkLetter, BulkStatus, NO_STATUS};
use crate::backend::{BulkKind, BulkView, Deed, MOVES, Submission, Visitor};
use crate::boot::{use_boot, use_locale};
use crate::pages::case::steps;
use crate::ui::error_view::field_error;
use crate::ui::{Button, FieldGroup, Look, SelectField, TextAreaField, TextField};
use domain::case::ArchiveReason;
use domain::phase::{Action, Phase, Waiting};
use domain::role::Right;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::{bulk as words, waits};

const FORMS: [&str; 4] = ["bulk_assign", "bulk_status", "bulk_letter", "bulk_archive"];

/// Whether the form below says itself what was wrong.
pub fn tells(failed: &Submission) -> bool {
    let invalid = matches!(&failed.error, crate::error::AppError::Invalid { field, .. } if field != "deed");
    FORMS.contains(&failed.form.as_str()) && invalid
}

/// The letter as it was written.
pub fn letter_text(deed: Option<&Deed>) -> Option<AnyView> {
    let Some(Deed::Write { body, .. }) = deed else { return None };
    Some(view! { <blockquote class="bulk-letter">{body.clone()}</blockquote> }.into_any())
}

#[component]
pub fn Choose(run: BulkView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let id = run.id.to_string();
    let failed = failed.filter(tells);
    let fault = |input: &str| field_error(locale, failed.as_ref().map(|failed| &failed.error), input);
    let typed = |form: &str, input: &str, otherwise: String| match &failed {
        Some(failed) => failed.value(form, input),
        None => otherwise,
    };
    let (action, fields) = match run.kind {
        BulkKind::Assign => {
            let options = run.handlers.iter().map(|staff| (staff.id.to_string(), staff.name.clone())).collect();
            let before = match &run.deed {
                Some(Deed::Assign(Some(to))) => to.to_string(),
                _ => String::new(),
            };
            let fields = view! {
                <SelectField
                    name="handler"
                    label=words::handler(locale)
                    options
                    value=typed("bulk_assign", "handler", before)
                    empty=words::nobody(locale).to_owned()
                    error=fault("handler")
                />
            };
            (BulkAssign::PATH, fields.into_any())
        }
        BulkKind::Status => (BulkStatus::PATH, status(&run, failed.as_ref())),
        BulkKind::Letter => {
            let (subject, body) = match run.deed.clone() {
                Some(Deed::Write { subject, body }) => (subject, body),
                _ => Default::default(),
            };
            let fields = view! {
                <TextField
                    name="subject"
                    label=words::subject(locale)
                    value=typed("bulk_letter", "subject", subject)
                    required=true
                    maxlength=200
                    error=fault("subject")
                />
                <TextAreaField
                    name="body"
                    label=words::body(locale)
                    help=words::body_help(locale)
                    value=typed("bulk_letter", "body", body)
                    required=true
                    rows=8
                    maxlength=10_000
                    error=fault("body")
                />
            };
            (BulkLetter::PATH, fields.into_any())
        }
        BulkKind::Archive => {
            let before = match &run.deed {
                Some(Deed::Archive(reason)) => Some(*reason),
                _ => None,
            };
            let reasons = ArchiveReason::ALL
                .map(|reason| {
                    let name = texts::words::archive_reason(locale, reason);
                    view! {
                        <label class="pill">
                            <input
                                type="radio"
                                name="reason"
                                value=reason.key()
                                checked=Some(reason) == before
                                required=true
                            />
                            <span>{name}</span>
                        </label>
                    }
                })
                .collect_view();
            let fields = view! {
                <FieldGroup id="reason" label=words::reason(locale) error=fault("reason")>
                    <div class="pills pills-square">{reasons}</div>
                </FieldGroup>
            };
            (BulkArchive::PATH, fields.into_any())
        }
        // They are printed: nothing is to be settled.
        BulkKind::Labels => return ().into_any(),
    };
    view! {
        <form class="form bulk-choose" method="post" action=action>
            <input type="hidden" name="run" value=id/>
            {fields}
            <div class="form-actions">
                <Button label=words::look(locale) look=Look::Primary icon="arrow_right"/>
            </div>
        </form>
    }
    .into_any()
}

/// Phases and own statuses in one list, those alone that the reader's role may set.
fn status(run: &BulkView, failed: Option<&Submission>) -> AnyView {
    let locale = use_locale();
    let handles = matches!(use_boot().visitor, Visitor::Staff(viewer) if viewer.may(Right::Handle));
    let before = match &run.deed {
        Some(Deed::Move(action)) => steps::key(*action).to_owned(),
        Some(Deed::Wait { on, .. }) => Phase::waiting(*on).key().to_owned(),
        Some(Deed::SetStatus(Some(id))) => id.to_string(),
        Some(Deed::SetStatus(None)) => NO_STATUS.to_owned(),
        _ => String::new(),
    };
    let (whom, email) = match &run.deed {
        Some(Deed::Wait { whom, email, .. }) => (whom.clone(), email.clone()),
        _ => Default::default(),
    };
    let typed = |input: &str, before: String| failed.map_or(before, |failed| failed.value("bulk_status", input));
    let fault = |input: &str| field_error(locale, failed.map(|failed| &failed.error), input);
    let before = typed("step", before);
    let line = |key: String, name: String| {
        let chosen = key == before;
        view! {
            <option value=key selected=chosen>
                {name}
            </option>
        }
    };
    let moves = MOVES
        .into_iter()
        .filter(|action| handles || *action == Action::MakeReady)
        .map(|action| line(steps::key(action).to_owned(), steps::label(locale, action).to_owned()))
        .collect_view();
    let waits = |partners: bool| {
        let lines = Waiting::ALL.into_iter().filter(|on| handles && on.is_partner() == partners);
        lines
            .map(|on| line(Phase::waiting(on).key().to_owned(), steps::wait_label(locale, on).to_owned()))
            .collect_view()
    };
    let (inside, outside) = (waits(false), waits(true));
    let own = (handles && !run.statuses.is_empty()).then(|| {
        let statuses = run.statuses.iter().map(|status| line(status.key.clone(), status.name.clone())).collect_view();
        view! {
            <optgroup label=words::own_statuses(locale)>
                {statuses} {line(NO_STATUS.to_owned(), words::no_own_status(locale).to_owned())}
            </optgroup>
        }
    });
    // Where a browser knows no `:has`, they stand there always.
    let named = handles.then(|| {
        view! {
            <fieldset class="bulk-whom">
                <legend>{waits::other(locale)}</legend>
                <TextField
                    name="whom"
                    label=waits::name(locale)
                    help=waits::name_help(locale)
                    value=typed("whom", whom)
                    error=fault("whom")
                    maxlength=100
                    autocomplete="off"
                />
                <TextField
                    name="email"
                    kind="email"
                    label=waits::email(locale)
                    help=waits::email_help(locale)
                    value=typed("email", email)
                    error=fault("email")
                    autocomplete="off"
                />
            </fieldset>
        }
    });
    view! {
        <crate::ui::Field id="step" label=words::phase_or_status(locale) error=fault("step")>
            <select class="input" id="step" name="step" required aria-describedby=crate::ui::field::described_by("step")>
                <option value=""></option>
                <optgroup label=words::phases(locale)>
                    {moves} {inside}
                </optgroup>
                {handles
                    .then(|| {
                        view! {
                            <optgroup class="bulk-partners" label=waits::other(locale)>
                                {outside}
                            </optgroup>
                        }
                    })}
                {own}
            </select>
        </crate::ui::Field>
        {named}
    }
    .into_any()
}
