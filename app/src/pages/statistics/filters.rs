//! Which period, stores, types and suppliers: links for the periods that have names, and one plain form.

use super::query;
use crate::backend::{StatisticsQuery, StatisticsView};
use crate::boot::use_locale;
use crate::ui::{Icon, TextField};
use crate::urls;
use domain::Locale;
use domain::statistics::Preset;
use leptos::prelude::*;
use texts::statistics as words;

const fn preset_words(locale: Locale, preset: Preset) -> &'static str {
    match preset {
        Preset::ThisMonth => words::this_month(locale),
        Preset::LastMonth => words::last_month(locale),
        Preset::ThisQuarter => words::this_quarter(locale),
        Preset::ThisYear => words::this_year(locale),
        Preset::Last12Months => words::last_12_months(locale),
        Preset::Free => words::free(locale),
    }
}

fn fault(locale: Locale, key: &str) -> &'static str {
    match key {
        "before_from" => words::before_from(locale),
        "too_long" => words::too_long(locale),
        _ => words::not_a_date(locale),
    }
}

#[component]
pub fn Filters(query: StatisticsQuery, view: StatisticsView) -> impl IntoView {
    let locale = use_locale();
    let presets = Preset::ALL
        .into_iter()
        .filter(|preset| *preset != Preset::Free || view.preset == Preset::Free)
        .map(|preset| {
            let dates = |text: &String| if preset == Preset::Free { text.clone() } else { String::new() };
            let (from, until) = (dates(&query.from), dates(&query.until));
            let href = query::address(&StatisticsQuery { preset, from, until, ..query.clone() });
            view! {
                <a class="list-tab" href=href aria-current=(preset == view.preset).then_some("page")>
                    {preset_words(locale, preset)}
                </a>
            }
        })
        .collect_view();
    let error = |field: &str| match &view.wrong {
        Some((wrong, key)) if wrong == field => fault(locale, key).to_owned(),
        _ => String::new(),
    };
    // What was typed wrong stands there as it was.
    let value = |typed: &str, is: String| if view.wrong.is_some() { typed.to_owned() } else { is };
    let (from, until) =
        (value(&query.from, view.span.from.to_string()), value(&query.until, view.span.until.to_string()));
    let (from_error, until_error) = (error("from"), error("until"));
    // A browser's date field shows no text that is no date.
    let kind = |text: &str| if text.parse::<jiff::civil::Date>().is_ok() { "date" } else { "text" };
    let (from_kind, until_kind) = (kind(&from), kind(&until));
    let stores: Vec<Option3> = view
        .choices
        .stores
        .into_iter()
        .map(|store| (store.id.to_string(), store.name, query.stores.contains(&store.id)))
        .collect();
    let types: Vec<Option3> = view
        .choices
        .types
        .into_iter()
        .map(|kind| {
            let chosen = query.types.iter().any(|key| key.as_str() == kind.key);
            (kind.key, kind.name, chosen)
        })
        .collect();
    let suppliers: Vec<Option3> = view
        .choices
        .suppliers
        .into_iter()
        .map(|name| {
            let chosen = query.suppliers.iter().any(|one| domain::fold::fold(one) == domain::fold::fold(&name));
            (name.clone(), name, chosen)
        })
        .collect();
    let narrowed = !(query.stores.is_empty() && query.types.is_empty() && query.suppliers.is_empty());
    let all = query::address(&StatisticsQuery {
        stores: Vec::new(),
        types: Vec::new(),
        suppliers: Vec::new(),
        ..query.clone()
    });
    view! {
        <nav class="list-tabs no-print" aria-label=words::period(locale)>
            {presets}
        </nav>
        <form class="stats-filters no-print" method="get" action=urls::STATISTICS aria-label=words::period(locale)>
            <input type="hidden" name="period" value=query.preset.key()/>
            <TextField name="from" label=words::from(locale) kind=from_kind value=from error=from_error/>
            <TextField name="until" label=words::until(locale) kind=until_kind value=until error=until_error/>
            <Choices name="store" label=words::stores(locale) options=stores least=2/>
            <Choices name="type" label=words::types(locale) options=types least=1/>
            <Choices name="supplier" label=words::suppliers(locale) options=suppliers least=1/>
            <button class="button" type="submit">
                <Icon name="filter"/>
                <span>{words::show(locale)}</span>
            </button>
            {narrowed
                .then(|| {
                    view! {
                        <a class="button button-quiet" href=all>
                            <Icon name="cross"/>
                            <span>{words::all_again(locale)}</span>
                        </a>
                    }
                })}
        </form>
    }
    .into_any()
}

/// Value, words, chosen.
type Option3 = (String, String, bool);

/// Ticks that unfold; what is chosen is told while they are folded.
#[component]
fn Choices(name: &'static str, label: &'static str, options: Vec<Option3>, least: usize) -> impl IntoView {
    let locale = use_locale();
    if options.len() < least {
        return ().into_any();
    }
    let chosen: Vec<&str> = options.iter().filter(|(.., chosen)| *chosen).map(|(_, words, _)| words.as_str()).collect();
    let told = match chosen.as_slice() {
        [] => words::every(locale).to_owned(),
        [one] => (*one).to_owned(),
        several => words::chosen(locale, &several.len().to_string()),
    };
    let ticks = options
        .into_iter()
        .map(|(value, words, chosen)| {
            view! {
                <label class="stats-tick">
                    <input type="checkbox" name=name value=value checked=chosen/>
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="field stats-choice">
            <span class="field-label" aria-hidden="true">
                {label}
            </span>
            <details>
                <summary class="input">
                    <span class="visually-hidden">{label} ": "</span>
                    <span>{told}</span>
                </summary>
                <fieldset class="stats-ticks">
                    <legend class="visually-hidden">{label}</legend>
                    {ticks}
                </fieldset>
            </details>
        </div>
    }
    .into_any()
}
