//! What customers meet who file from home: the form's address, what it offers, how it looks, and how it gets into a page of
//! the shop's.

mod addresses;
mod look;

use super::Section;
use super::api::SaveCustomers;
use super::typed::Typed;
use crate::backend::{SettingsView, StoreView, Submission, TypeView};
use crate::boot::use_locale;
use crate::ui::{Button, FieldGroup, Icon, Look, Notice, SelectField, TextAreaField, TextField, TickField, Tone};
use addresses::{Addresses, Snippets};
use domain::rma::Route;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use look::{Appearance, Logo, Words};
use server_fn::ServerFn;
use texts::customers as words;

/// Copying and the picker of colours; the page is complete without.
const SCRIPT: &str = include_str!("customers.js");

/// Inputs that tell their own faults.
const INPUTS: &[&str] = &[
    "types",
    "routes",
    "store",
    "confirm_hours",
    "rma_days",
    "carrier_email",
    "accent",
    "intro_en",
    "intro_nb",
    "intro_pl",
    "privacy_en",
    "privacy_nb",
    "privacy_pl",
    "privacy_url",
    "fee_warning_en",
    "fee_warning_nb",
    "fee_warning_pl",
    "legal_name",
    "address",
    "sites",
];

#[component]
pub fn Customers(view: SettingsView, failed: Option<Submission>) -> impl IntoView {
    let typed = Typed::of(failed.as_ref(), "save_customers", "customers", "");
    let (types, url) = (offered(&view), view.public_url.clone());
    view! {
        <Addresses open=view.public_form.open types=types.clone() url=url.clone()/>
        <Logo logo=view.public_form.logo/>
        <PublicForm view=view.clone() typed/>
        <Snippets types url/>
        <script r#type="module" nonce=use_nonce()>
            {SCRIPT}
        </script>
    }
    .into_any()
}

/// What customers can pick at this moment.
fn offered(view: &SettingsView) -> Vec<TypeView> {
    let chosen = |kind: &&TypeView| kind.active && view.public_form.types.contains(&kind.key);
    view.types.iter().filter(chosen).cloned().collect()
}

#[component]
fn PublicForm(view: SettingsView, typed: Typed) -> impl IntoView {
    let locale = use_locale();
    let saved = view.public_form.clone();
    let sites = saved.sites.join("\n");
    view! {
        <form method="post" action=SaveCustomers::PATH class="card form">
            {typed.above(INPUTS)}
            <TickField
                name=typed.name("open")
                id="open"
                label=words::open(locale)
                help=words::open_help(locale)
                checked=typed.ticked("open", saved.open)
            />
            <Offer view=view.clone() typed=&typed/>
            <fieldset class="settings-part">
                <legend>{words::look_title(locale)}</legend>
                <Appearance typed=&typed saved=saved.accent.clone() organisation=view.organisation.name.clone() logo=saved.logo.is_some()/>
                <Words typed=&typed input="intro" label=words::intro(locale) help=words::intro_help(locale) saved=saved.intro.clone() rows=3 maxlength=1000/>
                <Words typed=&typed input="privacy" label=words::privacy(locale) help=words::privacy_help(locale) saved=saved.privacy.clone() rows=5 maxlength=4000/>
                <Words typed=&typed input="fee_warning" label=words::fee_warning(locale) help=words::fee_warning_help(locale) saved=saved.fee_warning.clone() rows=3 maxlength=1000/>
                <TextField
                    name=typed.name("privacy_url")
                    id="privacy-url"
                    kind="url"
                    label=words::privacy_url(locale)
                    help=words::privacy_url_help(locale)
                    value=typed.text("privacy_url", saved.privacy_url.clone())
                    error=typed.fault("privacy_url")
                    maxlength=500
                />
            </fieldset>
            <fieldset class="settings-part">
                <legend>{words::papers_title(locale)}</legend>
                <TextField
                    name=typed.name("legal_name")
                    id="legal-name"
                    label=words::legal_name(locale)
                    help=words::legal_name_help(locale)
                    value=typed.text("legal_name", saved.legal_name.clone())
                    error=typed.fault("legal_name")
                    maxlength=200
                    autocomplete="organization"
                />
                <TextAreaField
                    name=typed.name("address")
                    id="address"
                    label=words::address(locale)
                    help=words::address_help(locale)
                    value=typed.text("address", saved.address.clone())
                    error=typed.fault("address")
                    rows=3
                    maxlength=500
                />
            </fieldset>
            <fieldset class="settings-part">
                <legend>{words::embed_title(locale)}</legend>
                <TextAreaField
                    name=typed.name("sites")
                    id="sites"
                    label=words::sites(locale)
                    help=words::sites_help(locale)
                    value=typed.text("sites", sites)
                    error=typed.fault("sites")
                    rows=3
                />
            </fieldset>
            <div class="form-actions">
                <Button label=texts::ui::save(locale) look=Look::Primary/>
            </div>
        </form>
    }
    .into_any()
}

/// Types, ways of the goods, and what they need.
#[component]
fn Offer<'a>(view: SettingsView, typed: &'a Typed) -> impl IntoView + use<> {
    let locale = use_locale();
    let saved = view.public_form.clone();
    let types = view
        .types
        .iter()
        .map(|kind| (kind, saved.types.contains(&kind.key)))
        .filter(|(kind, chosen)| kind.active || *chosen)
        .map(|(kind, chosen)| tick(typed, "types", kind.key.to_string(), &kind.icon, kind.name.get(locale), chosen))
        .collect_view();
    let routes = Route::ALL
        .map(|route| {
            let name = texts::route::by_key(locale, route.key()).unwrap_or_default();
            let icon = match route {
                Route::Store => "store",
                Route::Parcel => "item",
                Route::PickUp => "truck",
            };
            tick(typed, "routes", route.key().to_owned(), icon, name, saved.routes.contains(&route))
        })
        .collect_view();
    let stores: Vec<StoreView> = view.stores.iter().filter(|store| store.active).cloned().collect();
    let first = stores.iter().min_by_key(|store| &store.code).map(|store| store.name.clone()).unwrap_or_default();
    let options: Vec<_> = stores.iter().map(|store| (store.id.to_string(), store.name.clone())).collect();
    let sent = saved.routes.iter().any(|route| route.is_sent());
    let lacking = receiving(&stores, &saved).filter(|store| sent && store.address.is_empty()).cloned();
    view! {
        <fieldset class="settings-part">
            <legend>{words::offer_title(locale)}</legend>
            <FieldGroup id="types" label=words::types(locale) help=words::types_help(locale) error=typed.fault("types")>
                <div class="pills pills-square">{types}</div>
            </FieldGroup>
            <FieldGroup id="routes" label=words::routes(locale) help=words::routes_help(locale) error=typed.fault("routes")>
                <div class="pills pills-square">{routes}</div>
            </FieldGroup>
            {lacking
                .map(|store| {
                    view! {
                        <Notice tone=Tone::Warn>
                            <p>
                                <a href=Section::Stores.edit(&store.id.to_string())>
                                    {words::no_address(locale, &store.name)}
                                </a>
                            </p>
                        </Notice>
                    }
                })}
            {(saved.routes.contains(&Route::PickUp) && !view.couriers)
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warn>
                            <p>
                                <a href=Section::Carrier.path()>{words::no_courier(locale)}</a>
                            </p>
                        </Notice>
                    }
                })}
            <div class="settings-grid">
                <SelectField
                    name=typed.name("store")
                    id="store"
                    label=words::store(locale)
                    help=words::store_help(locale)
                    options=options
                    value=typed.text("store", saved.store.map(|id| id.to_string()).unwrap_or_default())
                    empty=words::first_store(locale, &first)
                    error=typed.fault("store")
                />
                <TextField
                    name=typed.name("carrier_email")
                    id="carrier-email"
                    kind="email"
                    label=words::carrier_email(locale)
                    help=words::carrier_email_help(locale)
                    value=typed.text("carrier_email", saved.carrier_email.clone())
                    error=typed.fault("carrier_email")
                />
                <TextField
                    name=typed.name("confirm_hours")
                    id="confirm-hours"
                    label=words::confirm_hours(locale)
                    help=words::confirm_hours_help(locale)
                    value=typed.text("confirm_hours", saved.confirm_hours.to_string())
                    error=typed.fault("confirm_hours")
                    inputmode="numeric"
                    maxlength=3
                    required=true
                />
                <TextField
                    name=typed.name("rma_days")
                    id="rma-days"
                    label=words::rma_days(locale)
                    help=words::rma_days_help(locale)
                    value=typed.text("rma_days", saved.rma_days.to_string())
                    error=typed.fault("rma_days")
                    inputmode="numeric"
                    maxlength=3
                    required=true
                />
            </div>
        </fieldset>
    }
    .into_any()
}

/// Where parcels go.
fn receiving<'a>(stores: &'a [StoreView], form: &crate::backend::PublicForm) -> Option<&'a StoreView> {
    let chosen = stores.iter().find(|store| Some(store.id) == form.store);
    chosen.or_else(|| stores.iter().min_by_key(|store| &store.code))
}

/// One of several, with its picture.
fn tick(typed: &Typed, input: &str, value: String, icon: &str, name: &str, saved: bool) -> AnyView {
    let checked = typed.chosen(input, &value, saved);
    let (icon, name) = (icon.to_owned(), name.to_owned());
    view! {
        <label class="pill">
            <input type="checkbox" name=format!("{}[]", typed.name(input)) value=value checked=checked/>
            <Icon name=icon/>
            <span>{name}</span>
        </label>
    }
    .into_any()
}
