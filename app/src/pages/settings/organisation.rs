//! The organisation itself.

use super::api::SaveOrganisation;
use super::choices::{countries, currencies, zones};
use super::typed::Typed;
use crate::backend::{SettingsView, Submission};
use crate::boot::use_locale;
use crate::ui::{Button, Look, SelectField, StarLegend, TextField, TickField};
use domain::Locale;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::settings as words;

pub fn languages() -> Vec<(String, String)> {
    Locale::ALL.map(|l| (l.tag().to_owned(), l.name().to_owned())).to_vec()
}

#[component]
pub fn Form(view: SettingsView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let saved = view.organisation;
    let typed = Typed::of(failed.as_ref(), "save_organisation", "organisation", "");
    let (country, currency) = (typed.text("country", saved.country), typed.text("currency", saved.currency));
    let zone = typed.text("time_zone", saved.time_zone);
    view! {
        <form method="post" action=SaveOrganisation::PATH class="card form">
            {typed.above(&["name", "country", "currency", "time_zone", "reply_to"])}
            <StarLegend/>
            <div class="settings-grid">
                <TextField
                    name=typed.name("name")
                    id="name"
                    label=words::name(locale)
                    help=words::organisation_name_help(locale)
                    value=typed.text("name", saved.name)
                    error=typed.fault("name")
                    required=true
                    maxlength=100
                    autocomplete="organization"
                />
                <SelectField
                    name=typed.name("locale")
                    id="locale"
                    label=words::language(locale)
                    help=words::organisation_language_help(locale)
                    options=languages()
                    value=typed.text("locale", saved.locale.tag())
                />
                <SelectField
                    name=typed.name("country")
                    id="country"
                    label=words::country(locale)
                    help=words::country_help(locale)
                    options=countries(&country)
                    value=country
                    error=typed.fault("country")
                    required=true
                />
                <SelectField
                    name=typed.name("currency")
                    id="currency"
                    label=words::currency(locale)
                    options=currencies(&currency)
                    value=currency
                    error=typed.fault("currency")
                    required=true
                />
                <SelectField
                    name=typed.name("time_zone")
                    id="time-zone"
                    label=words::time_zone(locale)
                    options=zones(&zone)
                    value=zone
                    error=typed.fault("time_zone")
                    required=true
                />
                <TextField
                    name=typed.name("reply_to")
                    id="reply-to"
                    kind="email"
                    label=words::reply_to(locale)
                    help=words::reply_to_help(locale)
                    value=typed.text("reply_to", saved.reply_to)
                    error=typed.fault("reply_to")
                />
            </div>
            <TickField
                name=typed.name("outcome_wanted")
                id="outcome-wanted"
                label=words::outcome_wanted(locale)
                help=words::outcome_wanted_help(locale)
                checked=typed.ticked("outcome_wanted", saved.outcome_wanted)
            />
            <div class="form-actions">
                <Button label=texts::ui::save(locale) look=Look::Primary/>
            </div>
        </form>
    }
    .into_any()
}
