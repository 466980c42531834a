//! Who gets which cases: rules, tried from the top.

use super::api::{MoveRule, RemoveRule, SaveRule};
use super::organisation::languages;
use super::stores::handlers;
use super::typed::Typed;
use super::{Actions, Editor, Entries, Line, Section, back_to_editor};
use crate::backend::{SettingsView, Submission};
use crate::boot::use_locale;
use crate::ui::{Button, Empty, FieldGroup, Look, SelectField, StarLegend, TextField};
use domain::Locale;
use domain::assignment::Rule;
use domain::money;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::people as words;

#[component]
pub fn Rules(view: SettingsView, edit: String, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let entries = Entries {
        section: Section::Rules,
        kind: "",
        edit: edit.clone(),
        new: words::new_rule(locale),
        id: |rule: &Rule| rule.id.to_string(),
    };
    let rules = view.rules.clone();
    let none = rules.is_empty() && edit != "new";
    let count = rules.len();
    let places: Vec<_> = rules.iter().map(|rule| rule.id).collect();
    let line = |rule: &Rule, entry: String| {
        let place = places.iter().position(|id| *id == rule.id).unwrap_or_default();
        let title = format!("{}. {}", place + 1, conditions(locale, &view, rule));
        let handlers = who(locale, &view, rule);
        let extra = view! { <Extra rule=rule.clone() place last=place + 1 == count/> }.into_any();
        view! {
            <Line section=Section::Rules entry title extra>
                {handlers}
            </Line>
        }
        .into_any()
    };
    let form = |rule| view! { <RuleForm rule view=view.clone() failed=failed.clone()/> }.into_any();
    view! {
        <p class="soft">{words::rules_help(locale)}</p>
        {none.then(|| view! { <Empty icon="users" title=words::no_rules(locale) hint=words::rules_hint(locale)/> })}
        {entries.show(rules, line, form)}
    }
    .into_any()
}

/// What a rule asks for, in one line.
fn conditions(locale: Locale, view: &SettingsView, rule: &Rule) -> String {
    let currency = &view.organisation.currency;
    let amount = |minor: i64| domain::format::money(locale, minor, currency);
    let store = rule.store.and_then(|id| view.stores.iter().find(|store| store.id == id));
    let kind = rule.type_key.as_ref().and_then(|key| view.types.iter().find(|kind| kind.key == *key));
    let parts = [
        store.map(|store| store.name.clone()),
        kind.map(|kind| kind.name.get(locale).to_owned()),
        (!rule.brand.is_empty()).then(|| rule.brand.clone()),
        rule.from_minor.map(|minor| words::from(locale, &amount(minor))),
        rule.to_minor.map(|minor| words::up_to(locale, &amount(minor))),
        rule.locale.map(|language| language.name().to_owned()),
    ];
    let said = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if said.is_empty() { words::every_case(locale).to_owned() } else { said }
}

fn who(locale: Locale, view: &SettingsView, rule: &Rule) -> String {
    let there = view.staff.iter().filter(|staff| staff.active && rule.handlers.contains(&staff.id));
    let names = there.map(|staff| staff.name.as_str()).collect::<Vec<_>>().join(", ");
    if names.is_empty() { words::nobody_gone(locale).to_owned() } else { names }
}

/// Up, down and away, each a form of its own.
#[component]
fn Extra(rule: Rule, place: usize, last: bool) -> impl IntoView {
    let locale = use_locale();
    let name = words::rule(locale, &(place + 1).to_string());
    let arrow = |by: &'static str, icon: &'static str, label: String, disabled: bool| {
        view! {
            <form method="post" action=MoveRule::PATH>
                <input type="hidden" name="id" value=rule.id.to_string()/>
                <input type="hidden" name="by" value=by/>
                <Button label icon icon_only=true disabled/>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="settings-extra settings-arrows">
            {arrow("-1", "chevron_up", texts::settings::move_up(locale, &name), place == 0)}
            {arrow("1", "chevron_down", texts::settings::move_down(locale, &name), last)}
        </div>
    }
    .into_any()
}

#[component]
fn RuleForm(rule: Option<Rule>, view: SettingsView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let id = rule.as_ref().map(|rule| rule.id.to_string()).unwrap_or_default();
    let place = rule.as_ref().and_then(|rule| view.rules.iter().position(|known| known.id == rule.id));
    let title = match place {
        Some(place) => words::rule(locale, &(place + 1).to_string()),
        None => words::new_rule(locale).to_owned(),
    };
    let typed = Typed::of(failed.as_ref(), "save_rule", "rule", &id);
    let saved = |pick: fn(&Rule) -> Option<String>| rule.as_ref().and_then(pick).unwrap_or_default();
    let amount = |minor: Option<i64>| minor.map(|minor| money::typed(locale, minor)).unwrap_or_default();
    let (from, to) = rule.as_ref().map(|rule| (amount(rule.from_minor), amount(rule.to_minor))).unwrap_or_default();
    let stores: Vec<_> = view.stores.iter().map(|store| (store.id.to_string(), store.name.clone())).collect();
    let types: Vec<_> =
        view.types.iter().map(|kind| (kind.key.to_string(), kind.name.get(locale).to_owned())).collect();
    let currency = view.organisation.currency.clone();
    let boxes = handlers(&view.staff)
        .into_iter()
        .map(|(value, name)| {
            let at = rule.as_ref().is_some_and(|rule| rule.handlers.iter().any(|staff| staff.to_string() == value));
            let checked = typed.chosen("handlers", &value, at);
            view! {
                <label class="tick">
                    <input type="checkbox" name=format!("{}[]", typed.name("handlers")) value=value checked=checked/>
                    <span>{name}</span>
                </label>
            }
        })
        .collect_view();
    let remove = rule.as_ref().map(|rule| {
        view! {
            <form method="post" action=RemoveRule::PATH class="form-actions">
                <input type="hidden" name="id" value=rule.id.to_string()/>
                <Button label=words::remove_rule(locale) icon="trash" look=Look::Danger/>
            </form>
        }
        .into_any()
    });
    let form = view! {
        <form method="post" action=back_to_editor(SaveRule::PATH) class="form">
            {typed.above(&["store", "type", "brand", "from", "to", "language", "handlers"])}
            <StarLegend/>
            {typed.identity()}
            <div class="settings-grid">
                <SelectField
                    name=typed.name("store")
                    id="store"
                    label=texts::register::store(locale)
                    options=stores
                    value=typed.text("store", saved(|rule| rule.store.map(|id| id.to_string())))
                    empty=words::any_store(locale).to_owned()
                    error=typed.fault("store")
                />
                <SelectField
                    name=typed.name("type")
                    id="type"
                    label=texts::list::type_of_complaint(locale)
                    options=types
                    value=typed.text("type", saved(|rule| rule.type_key.as_ref().map(ToString::to_string)))
                    empty=words::any_type(locale).to_owned()
                    error=typed.fault("type")
                />
                <TextField
                    name=typed.name("brand")
                    id="brand"
                    label=words::brand(locale)
                    help=words::brand_help(locale)
                    value=typed.text("brand", saved(|rule| Some(rule.brand.clone())))
                    error=typed.fault("brand")
                    maxlength=100
                    autocomplete="off"
                />
                <SelectField
                    name=typed.name("language")
                    id="language"
                    label=words::customer_language(locale)
                    options=languages()
                    value=typed.text("language", saved(|rule| rule.locale.map(|l| l.tag().to_owned())))
                    empty=words::any_language(locale).to_owned()
                    error=typed.fault("language")
                />
                <TextField
                    name=typed.name("from")
                    id="from"
                    label=words::value_from(locale, &currency)
                    help=words::value_help(locale)
                    value=typed.text("from", from)
                    error=typed.fault("from")
                    inputmode="decimal"
                    autocomplete="off"
                />
                <TextField
                    name=typed.name("to")
                    id="to"
                    label=words::value_to(locale, &currency)
                    value=typed.text("to", to)
                    error=typed.fault("to")
                    inputmode="decimal"
                    autocomplete="off"
                />
            </div>
            <FieldGroup
                id="handlers"
                label=words::handlers(locale)
                required=true
                help=words::handlers_help(locale)
                error=typed.fault("handlers")
            >
                <div class="settings-boxes">{boxes}</div>
            </FieldGroup>
            <Actions section=Section::Rules/>
        </form>
        {remove}
    }
    .into_any();
    view! { <Editor title>{form}</Editor> }.into_any()
}
