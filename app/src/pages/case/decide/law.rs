//! What the law has to say to a decision before it is made.

use crate::boot::use_locale;
use crate::pages::case::deadlines::BeforeRepair;
use crate::pages::case::form::Sending;
use crate::pages::case::open::use_open;
use crate::ui::{Notice, TickField, Tone, display};
use leptos::prelude::*;
use texts::case;

/// Silence has accepted the complaint: whoever says no says so knowingly.
#[component]
pub fn Deemed<F>(sending: Sending, before: F) -> impl IntoView
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
pub fn RepairTold<F>(before: F) -> impl IntoView
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
