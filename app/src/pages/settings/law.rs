//! The table of deadlines: what each rule says, where it stands, and how well it is known.

use super::api::load_law_table;
use crate::backend::{LawRow, LawTable};
use crate::boot::use_locale;
use crate::ui::{ErrorView, Icon, Notice, Tone, display};
use crate::wire::page_data;
use leptos::prelude::*;
use texts::settings as words;

#[component]
pub fn Law() -> impl IntoView {
    let table = page_data(|| (), |()| load_law_table());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match table.await {
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                    Ok(table) => view! { <Shown table/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Shown(table: LawTable) -> impl IntoView {
    let locale = use_locale();
    let LawTable { version, unreviewed, countries } = table;
    view! {
        <p class="soft">{words::law_version(locale, &version.to_string())}</p>
        {if unreviewed == 0 {
            view! {
                <Notice tone=Tone::Good>
                    <p>{words::law_all_reviewed(locale)}</p>
                </Notice>
            }
                .into_any()
        } else {
            view! {
                <Notice tone=Tone::Warn>
                    <p>{words::law_unreviewed(locale, &unreviewed.to_string())}</p>
                </Notice>
            }
                .into_any()
        }}
        {countries
            .into_iter()
            .map(|(country, rows)| {
                let open = rows.iter().any(|row| !row.confirmed);
                let unconfirmed = rows.iter().filter(|row| !row.confirmed).count();
                view! {
                    <details class="settings-law">
                        <summary>
                            <h2>{country}</h2>
                            {open
                                .then(|| {
                                    view! {
                                        <span class="badge badge-wait">
                                            <Icon name="warning"/>
                                            {format!("{unconfirmed} / {}", rows.len())}
                                        </span>
                                    }
                                })}
                        </summary>
                        <ul class="settings-list" role="list">
                            {rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}
                        </ul>
                    </details>
                }
            })
            .collect_view()}
    }
    .into_any()
}

#[component]
fn Row(row: LawRow) -> impl IntoView {
    let locale = use_locale();
    let LawRow { id, name, period, holds_for, confirmed, mark, source, reviewer, note } = row;
    let (class, icon, status) = if confirmed {
        ("badge badge-good", "check", texts::rule_mark::confirmed(locale))
    } else {
        ("badge badge-wait", "warning", texts::rule_mark::unconfirmed(locale))
    };
    view! {
        <li class="settings-line settings-law-rule" id=id>
            <p class="settings-law-name">
                <strong>{name}</strong>
                <span class=class>
                    <Icon name=icon/>
                    {status}
                </span>
            </p>
            {(!period.is_empty()).then(|| view! { <p>{period}</p> })}
            <p class="soft small">{holds_for}</p>
            <p class="small">
                <a href=source.url rel="noreferrer" target="_blank">
                    {source.statute}
                </a>
                {format!(" · {mark} · {}", texts::deadline::checked(locale, &display::date(locale, source.checked)))}
            </p>
            {(!reviewer.is_empty()).then(|| view! { <p class="small">{words::law_reviewer(locale, &reviewer)}</p> })}
            {(!note.is_empty()).then(|| view! { <p class="soft small" lang="en">{note}</p> })}
        </li>
    }
    .into_any()
}
