//! The organisation itself.

use super::api::SaveOrganisation;
use super::choices::{countries, currencies, zones};
use super::typed::Typed;
use crate::backend::{Adr, SettingsView, Submission};
use crate::boot::use_locale;
use crate::ui::{Button, Look, SelectField, StarLegend, TextField, TickField};
use domain::Locale;
use domain::collecting::CollectPlan;
use domain::deadline::watch::Plan;
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
    let pauses = view.pauses;
    let of_pauses = failed.clone();
    let typed = Typed::of(failed.as_ref(), "save_organisation", "organisation", "");
    let (country, currency) = (typed.text("country", saved.country), typed.text("currency", saved.currency));
    let zone = typed.text("time_zone", saved.time_zone);
    view! {
        <form method="post" action=SaveOrganisation::PATH class="card form">
            {typed.above(&[
                "name",
                "country",
                "currency",
                "time_zone",
                "reply_to",
                "adr",
                "adr_body",
                "adr_address",
                "reminders",
                "remind_deputy",
                "remind_admin",
                "second_above",
                "collect_pauses",
                "collect_last",
            ])}
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
            <Law typed=&typed adr=saved.adr plan=saved.plan/>
            <Deciding typed=&typed second_above=saved.second_above plan=saved.collecting/>
            <div class="form-actions">
                <Button label=texts::ui::save(locale) look=Look::Primary/>
            </div>
        </form>
        <super::pauses::Form pauses failed=of_pauses/>
    }
    .into_any()
}

/// Which decisions a second person looks at, and when customers are reminded of what lies ready.
#[component]
fn Deciding<'a>(typed: &'a Typed, second_above: Option<i64>, plan: CollectPlan) -> impl IntoView + use<> {
    let locale = use_locale();
    let second = second_above.map_or_else(String::new, |minor| domain::money::typed(locale, minor));
    view! {
        <h2>{words::second(locale)}</h2>
        <div class="settings-grid">
            <TextField
                name=typed.name("second_above")
                id="second-above"
                label=words::second_above(locale)
                help=words::second_above_help(locale)
                value=typed.text("second_above", second)
                error=typed.fault("second_above")
                inputmode="decimal"
                maxlength=20
            />
        </div>
        <h2>{words::collecting(locale)}</h2>
        <div class="settings-grid">
            {several_days(typed, "collect_pauses", words::collect_pauses(locale), words::collect_pauses_help(locale), &plan.pauses)}
            {days(typed, "collect_last", words::collect_last(locale), words::collect_last_help(locale), plan.last, false)}
        </div>
    }
    .into_any()
}

/// What our rejections must say, and when whom is reminded of a deadline.
#[component]
fn Law<'a>(typed: &'a Typed, adr: Option<Adr>, plan: Plan) -> impl IntoView + use<> {
    let locale = use_locale();
    let said = match &adr {
        None => "",
        Some(Adr { consents: true, .. }) => "consents",
        Some(Adr { consents: false, .. }) => "refuses",
    };
    let (body, address) = adr.as_ref().map(|adr| (adr.body.clone(), adr.address.clone())).unwrap_or_default();
    let choices = [("consents", words::adr_consents(locale)), ("refuses", words::adr_refuses(locale))];
    view! {
        <h2>{words::adr(locale)}</h2>
        <p>{words::adr_about(locale)}</p>
        <div class="settings-grid">
            <SelectField
                name=typed.name("adr")
                id="adr"
                label=words::adr_statement(locale)
                help=words::adr_help(locale)
                options=choices.map(|(key, label)| (key.to_owned(), label.to_owned())).to_vec()
                value=typed.text("adr", said)
                empty=words::adr_unsaid(locale).to_owned()
                error=typed.fault("adr")
            />
            <TextField
                name=typed.name("adr_body")
                id="adr-body"
                label=words::adr_body(locale)
                value=typed.text("adr_body", body)
                error=typed.fault("adr_body")
                maxlength=200
            />
            <TextField
                name=typed.name("adr_address")
                id="adr-address"
                label=words::adr_address(locale)
                value=typed.text("adr_address", address)
                error=typed.fault("adr_address")
                maxlength=300
            />
        </div>
        <h2>{words::reminders(locale)}</h2>
        <div class="settings-grid">
            {several_days(typed, "reminders", words::reminders_handler(locale), words::reminders_handler_help(locale), &plan.reminders)}
            {days(typed, "remind_deputy", words::remind_deputy(locale), words::remind_deputy_help(locale), plan.deputy, true)}
            {days(typed, "remind_admin", words::remind_admin(locale), words::remind_admin_help(locale), plan.admin, true)}
        </div>
    }
    .into_any()
}

/// So many days, asked for in a field that is called like what it sets.
fn days(typed: &Typed, name: &str, label: &str, help: &str, value: u16, required: bool) -> impl IntoView + use<> {
    view! {
        <TextField
            name=typed.name(name)
            id=name.replace('_', "-")
            label
            help
            value=typed.text(name, value.to_string())
            error=typed.fault(name)
            inputmode="numeric"
            maxlength=3
            required
        />
    }
    .into_any()
}

/// Several numbers of days, with commas between them.
fn several_days(typed: &Typed, name: &str, label: &str, help: &str, values: &[u16]) -> impl IntoView + use<> {
    let value = values.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    view! {
        <TextField
            name=typed.name(name)
            id=name.replace('_', "-")
            label
            help
            value=typed.text(name, value)
            error=typed.fault(name)
            maxlength=60
        />
    }
    .into_any()
}
