//! The stores.

use super::api::SaveStore;
use super::choices::{countries, zones};
use super::organisation::languages;
use super::typed::Typed;
use super::{Actions, Editor, Entries, Line, Section, back_to_editor};
use crate::backend::{SettingsView, StaffView, StoreView, Submission};
use crate::boot::use_locale;
use crate::ui::{SelectField, StarLegend, TextField, TickField};
use domain::deadline::Land;
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::settings as words;

/// An address of several lines, as one.
fn one_line(address: &str) -> String {
    address.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Who may be a default handler.
pub fn handlers(staff: &[StaffView]) -> Vec<(String, String)> {
    staff
        .iter()
        .filter(|staff| staff.active && staff.role >= Role::Handler)
        .map(|staff| (staff.id.to_string(), staff.name.clone()))
        .collect()
}

#[component]
pub fn Stores(view: SettingsView, edit: String, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let entries = Entries {
        section: Section::Stores,
        kind: "",
        edit,
        new: words::new_store(locale),
        id: |store: &StoreView| store.id.to_string(),
    };
    let line = |store: &StoreView, entry| {
        let address = one_line(&store.address);
        let place = [store.code.as_str(), address.as_str(), store.email.as_str()];
        let place = place.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        view! {
            <Line section=Section::Stores entry title=store.name.clone() inactive=!store.active>
                {place}
            </Line>
        }
        .into_any()
    };
    let form = |store| view! { <StoreForm store view=view.clone() failed=failed.clone()/> }.into_any();
    entries.show(view.stores.clone(), line, form)
}

#[component]
fn StoreForm(store: Option<StoreView>, view: SettingsView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let id = store.as_ref().map(|store| store.id.to_string()).unwrap_or_default();
    let title = store.as_ref().map_or_else(|| words::new_store(locale).to_owned(), |store| store.name.clone());
    let typed = Typed::of(failed.as_ref(), "save_store", "store", &id);
    let organisation = &view.organisation;
    let saved = |pick: fn(&StoreView) -> String| store.as_ref().map(pick).unwrap_or_default();
    let or = |pick: fn(&StoreView) -> String, else_: String| store.as_ref().map_or(else_, pick);
    let country = typed.text("country", or(|s| s.country.clone(), organisation.country.clone()));
    let zone = typed.text("time_zone", or(|s| s.time_zone.clone(), organisation.time_zone.clone()));
    let handler = typed.text("handler", saved(|s| s.handler.map(|id| id.to_string()).unwrap_or_default()));
    let active = typed.ticked("active", store.as_ref().is_none_or(|store| store.active));
    let form = view! {
        <form method="post" action=back_to_editor(SaveStore::PATH) class="form">
            {typed.above(&["code", "name", "email", "phone", "address", "country", "time_zone", "handler"])}
            <StarLegend/>
            {typed.identity()}
            <div class="settings-grid">
                <TextField
                    name=typed.name("name")
                    id="name"
                    label=words::name(locale)
                    help=words::store_name_help(locale)
                    value=typed.text("name", saved(|s| s.name.clone()))
                    error=typed.fault("name")
                    required=true
                    maxlength=100
                />
                <TextField
                    name=typed.name("code")
                    id="code"
                    label=words::code(locale)
                    help=words::code_help(locale)
                    value=typed.text("code", saved(|s| s.code.clone()))
                    error=typed.fault("code")
                    required=true
                    maxlength=12
                />
                <TextField
                    name=typed.name("address")
                    id="address"
                    label=words::address(locale)
                    value=typed.text("address", saved(|s| one_line(&s.address)))
                    error=typed.fault("address")
                    maxlength=200
                />
                <TextField
                    name=typed.name("email")
                    id="email"
                    kind="email"
                    label=words::email(locale)
                    help=words::store_email_help(locale)
                    value=typed.text("email", saved(|s| s.email.clone()))
                    error=typed.fault("email")
                />
                <TextField
                    name=typed.name("phone")
                    id="phone"
                    kind="tel"
                    label=words::phone(locale)
                    value=typed.text("phone", saved(|s| s.phone.clone()))
                    error=typed.fault("phone")
                    maxlength=40
                />
                <SelectField
                    name=typed.name("locale")
                    id="locale"
                    label=words::language(locale)
                    help=words::store_language_help(locale)
                    options=languages()
                    value=typed.text("locale", or(|s| s.locale.tag().to_owned(), organisation.locale.tag().to_owned()))
                />
                <SelectField
                    name=typed.name("country")
                    id="country"
                    label=words::country(locale)
                    options=countries(&country)
                    value=country
                    error=typed.fault("country")
                    required=true
                />
                <SelectField
                    name=typed.name("land")
                    id="land"
                    label=words::land(locale)
                    help=words::land_help(locale)
                    options=Land::ALL.map(|land| (land.key().to_owned(), land.name().to_owned())).to_vec()
                    value=typed.text("land", saved(|s| s.land.map_or("", Land::key).to_owned()))
                    empty=words::land_unknown(locale).to_owned()
                    error=typed.fault("land")
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
                <SelectField
                    name=typed.name("handler")
                    id="handler"
                    label=words::default_handler(locale)
                    help=words::store_handler_help(locale)
                    options=handlers(&view.staff)
                    value=handler
                    empty=words::nobody(locale).to_owned()
                    error=typed.fault("handler")
                />
            </div>
            <TickField
                name=typed.name("active")
                id="active"
                label=words::store_active(locale)
                help=words::store_active_help(locale)
                checked=active
            />
            <Actions section=Section::Stores/>
        </form>
    }
    .into_any();
    view! { <Editor title>{form}</Editor> }.into_any()
}
