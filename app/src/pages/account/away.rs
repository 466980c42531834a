//! When somebody is away: what is entered, and a form for more. A plain post, on the account page and in the settings.

use super::{RemoveAbsence, SaveAbsence};
use crate::backend::{StaffRef, Submission};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::ui::error_view::{error_text, field_error};
use crate::ui::field::described_by;
use crate::ui::{Button, Field, Look, Notice, SelectField, StarLegend, Tone};
use domain::assignment::Absence;
use domain::format;
use domain::id::StaffId;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::people as words;

#[component]
pub fn Absences(
    staff: StaffId,
    absences: Vec<Absence>,
    substitutes: Vec<StaffRef>,
    /// Where the answer leads.
    back: String,
    failed: Option<Submission>,
) -> impl IntoView {
    let locale = use_locale();
    let failed = failed
        .filter(|failed| failed.form == "save_absence" && failed.value("save_absence", "staff") == staff.to_string());
    let typed = |input: &str| failed.as_ref().map(|failed| failed.value("save_absence", input)).unwrap_or_default();
    let error = failed.as_ref().map(|failed| failed.error.clone());
    let fault = |input: &str| field_error(locale, error.as_ref(), input);
    let above = error.as_ref().filter(|error| {
        !matches!(error, AppError::Invalid { field, .. } if ["from", "until", "substitute"].contains(&field.as_str()))
    });
    let above = above.map(|error| {
        let text = error_text(locale, error);
        view! {
            <Notice tone=Tone::Bad urgent=true>
                <p>{text}</p>
            </Notice>
        }
        .into_any()
    });
    let none = absences.is_empty();
    let lines = absences
        .into_iter()
        .map(|absence| {
            let (from, until) = (format::date(locale, absence.from), format::date(locale, absence.until));
            let substitute = absence.substitute.and_then(|id| substitutes.iter().find(|staff| staff.id == id));
            let said = match substitute {
                Some(substitute) => words::absence_with(locale, &from, &until, &substitute.name),
                None => words::absence_line(locale, &from, &until),
            };
            view! {
                <li>
                    <span>{said}</span>
                    <form method="post" action=RemoveAbsence::PATH>
                        <input type="hidden" name="absence" value=absence.id.to_string()/>
                        <input type="hidden" name="back" value=back.clone()/>
                        <Button label=words::remove_absence(locale) icon="trash" look=Look::Quiet/>
                    </form>
                </li>
            }
        })
        .collect_view();
    let options: Vec<(String, String)> =
        substitutes.iter().map(|staff| (staff.id.to_string(), staff.name.clone())).collect();
    let day = |name: &'static str, label: &'static str| {
        let (id, value, error) = (format!("absence-{name}"), typed(name), fault(name));
        view! { <Day id name label value error/> }.into_any()
    };
    let (substitute, substitute_fault) = (typed("substitute"), fault("substitute"));
    view! {
        <section class="card stack" id="absences" aria-labelledby="absences-title">
            <h2 id="absences-title">{words::absences(locale)}</h2>
            <p class="soft">{words::absences_help(locale)}</p>
            {if none {
                view! { <p>{words::no_absences(locale)}</p> }.into_any()
            } else {
                view! {
                    <ul class="absences" role="list">
                        {lines}
                    </ul>
                }
                    .into_any()
            }}
            <form method="post" action=format!("{}#absences", SaveAbsence::PATH) class="form">
                {above}
                <StarLegend/>
                <input type="hidden" name="staff" value=staff.to_string()/>
                <input type="hidden" name="back" value=back/>
                <div class="settings-grid">
                    {day("from", words::first_day(locale))} {day("until", words::last_day(locale))}
                    <SelectField
                        id="absence-substitute"
                        name="substitute"
                        label=words::substitute(locale)
                        help=words::substitute_help(locale)
                        options
                        value=substitute
                        empty=words::no_substitute(locale).to_owned()
                        error=substitute_fault
                    />
                </div>
                <div class="form-actions">
                    <Button label=words::add_absence(locale) icon="plus"/>
                </div>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn Day(id: String, name: &'static str, label: &'static str, value: String, error: String) -> impl IntoView {
    let invalid = (!error.is_empty()).then_some("true");
    view! {
        <Field id=id.clone() label required=true error>
            <input
                class="input"
                type="date"
                id=id.clone()
                name=name
                value=value
                required=true
                aria-describedby=described_by(&id)
                aria-invalid=invalid
            />
        </Field>
    }
    .into_any()
}
