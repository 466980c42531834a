//! How whoever is waited for is reminded.

use super::api::SavePauses;
use super::typed::Typed;
use crate::backend::Submission;
use crate::boot::use_locale;
use crate::ui::{Button, Look, StarLegend, TextField};
use domain::Locale;
use domain::phase::Waiting;
use domain::waiting::Pauses;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::people as words;

const fn whom(locale: Locale, on: Waiting) -> &'static str {
    match on {
        Waiting::Customer => words::whom_customer(locale),
        Waiting::Goods => words::whom_goods(locale),
        Waiting::Supplier => words::whom_supplier(locale),
        Waiting::Repair => words::whom_repair(locale),
        Waiting::Expert => words::whom_expert(locale),
    }
}

#[component]
pub fn Form(pauses: Pauses, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let typed = Typed::of(failed.as_ref(), "save_pauses", "pauses", "");
    let inputs: Vec<String> =
        Waiting::ALL.iter().flat_map(|on| [format!("{}_days", on.key()), format!("{}_most", on.key())]).collect();
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    let fields = Waiting::ALL
        .map(|on| {
            let pause = pauses.of(on);
            let number = |what: &str, label: String, saved: u8| {
                let input = format!("{}_{what}", on.key());
                view! {
                    <TextField
                        name=typed.name(&input)
                        id=input.clone()
                        label
                        value=typed.text(&input, saved.to_string())
                        error=typed.fault(&input)
                        inputmode="numeric"
                        maxlength=2
                        required=true
                    />
                }
            };
            let name = whom(locale, on);
            view! {
                {number("days", words::pause_days(locale, name), pause.days)}
                {number("most", words::pause_most(locale, name), pause.most)}
            }
        })
        .collect_view();
    view! {
        <form method="post" action=format!("{}#pauses", SavePauses::PATH) class="card form" id="pauses">
            <h2>{words::pauses(locale)}</h2>
            <p>{words::pauses_help(locale)}</p>
            {typed.above(&inputs)}
            <StarLegend/>
            <div class="settings-grid">{fields}</div>
            <div class="form-actions">
                <Button label=texts::ui::save(locale) look=Look::Primary/>
            </div>
        </form>
    }
    .into_any()
}
