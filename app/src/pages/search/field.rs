//! The field at the top: as you type, by keyboard, by scanner. Without script it is a plain form.

use super::api::{FEW, search_cases};
use super::{asked, results, words};
use crate::backend::{CaseRow, Found};
use crate::boot::use_locale;
use crate::pages::list::rows::Marked;
use crate::ui::{Icon, PhaseBadge};
use crate::urls;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_navigate};
use texts::search;

const TYPING_PAUSE_MS: u32 = 120;
const POPUP: &str = "search-popup";

fn option_id(place: usize) -> String {
    format!("search-option-{place}")
}

#[component]
pub fn SearchField() -> impl IntoView {
    let locale = use_locale();
    let input = NodeRef::<html::Input>::new();
    let location = use_location();
    let first = location.search.with_untracked(|search| {
        if location.pathname.with_untracked(|path| path == urls::SEARCH) { asked(search) } else { String::new() }
    });
    let text = RwSignal::new(first.clone());
    let found = RwSignal::new(None::<(String, Found)>);
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    let turn = StoredValue::new(0_u32);
    let navigate = use_navigate();

    let close = move || {
        // What is still under way comes too late.
        turn.update_value(|turn| *turn += 1);
        open.set(false);
        active.set(None);
    };
    let ask = move |typed: String| {
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        if typed.trim().is_empty() {
            found.set(None);
            close();
            return;
        }
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(TYPING_PAUSE_MS).await;
            if turn.try_get_value() != Some(mine) {
                return;
            }
            let answer = search_cases(typed.clone(), FEW).await;
            if turn.try_get_value() != Some(mine) {
                return;
            }
            if let Ok(answer) = answer {
                active.set(None);
                found.set(Some((typed, answer)));
                open.set(true);
            }
        });
    };
    let go = StoredValue::new(move |address: String, clear: bool| {
        close();
        if clear {
            text.set(String::new());
        }
        if urls::rel(&address).is_some() {
            // Fails only where the browser allows no page to be left.
            drop(window().location().assign(&address));
        } else {
            navigate(&address, leptos_router::NavigateOptions::default());
        }
    });
    let open_case = Callback::new(move |number: domain::number::Number| {
        go.with_value(|go| go(urls::case(number), true));
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = text.get_untracked();
        if typed.trim().is_empty() {
            return;
        }
        let exact = found.with_untracked(|found| {
            found.as_ref().filter(|(asked, _)| *asked == typed).and_then(|(_, found)| found.exact)
        });
        match exact {
            Some(exact) => go.with_value(|go| go(super::address(exact), true)),
            // A scanner is faster than the answers: the page of results opens an exact number by itself.
            None => go.with_value(|go| go(results(&typed), false)),
        }
        // The next scan replaces what stands here.
        if let Some(input) = input.get_untracked() {
            input.select();
        }
    };
    let count = move || found.with_untracked(|found| found.as_ref().map_or(0, |(_, found)| found.rows.len()));
    let key = move |event: KeyboardEvent| {
        let rows = if open.get_untracked() { count() } else { 0 };
        match event.key().as_str() {
            "ArrowDown" if rows > 0 => active.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % rows))),
            "ArrowUp" if rows > 0 => active.update(|at| *at = Some(at.map_or(rows - 1, |at| (at + rows - 1) % rows))),
            "ArrowDown" if count() > 0 => open.set(true),
            "Escape" if open.get_untracked() => close(),
            "Enter" => {
                let row = active.get_untracked().and_then(|at| {
                    found.with_untracked(|found| {
                        found.as_ref().and_then(|(_, found)| found.rows.get(at).map(|r| r.number))
                    })
                });
                match row {
                    Some(number) if open.get_untracked() => open_case.run(number),
                    _ => return,
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let before = StoredValue::new(f64::NEG_INFINITY);
    let slash = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
        // A hand scanner types addresses; its slashes are not for us.
        let in_burst = event.time_stamp() - before.get_value() <= domain::scan::PAUSE;
        before.set_value(event.time_stamp());
        if event.key() == "/" && !with_others && !in_burst && !crate::ui::scanner::is_typing(&event) {
            event.prevent_default();
            if let Some(input) = input.get_untracked() {
                // It fails only for an input that has left the page.
                drop(input.focus());
                input.select();
            }
        }
    });
    on_cleanup(move || slash.remove());

    view! {
        <form class="search" role="search" method="get" action=urls::SEARCH on:submit=submit>
            <label class="visually-hidden" for="search-field">
                {search::label(locale)}
            </label>
            <Icon name="search"/>
            <input
                node_ref=input
                id="search-field"
                class="input search-input"
                type="search"
                name="q"
                value=first
                prop:value=move || text.get()
                placeholder=search::placeholder(locale)
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="search"
                role="combobox"
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-controls=POPUP
                aria-expanded=move || open.get().to_string()
                aria-activedescendant=move || active.get().map(option_id)
                aria-keyshortcuts="/"
                on:input:target=move |event| {
                    let typed = event.target().value();
                    text.set(typed.clone());
                    ask(typed);
                }
                on:keydown=key
                on:focus=move |_| {
                    if text.with_untracked(|text| found.with_untracked(|f| f.as_ref().is_some_and(|(t, _)| t == text))) {
                        open.set(true);
                    }
                }
                on:blur=move |_| close()
            />
            <kbd class="search-key only-js" aria-hidden="true">
                "/"
            </kbd>
            <div class="search-popup" hidden=move || !open.get()>
                <div id=POPUP role="listbox" aria-label=search::title(locale)>
                    {move || {
                        let found = found.get();
                        let (text, rows) = found.map(|(text, found)| (text, found.rows)).unwrap_or_default();
                        let words = words(&text);
                        rows.into_iter()
                            .enumerate()
                            .map(|(place, row)| {
                                view! { <Answer row place active words=words.clone() open_case/> }
                            })
                            .collect_view()
                            .into_any()
                    }}
                </div>
                <div role="status">
                    {move || {
                        found.with(|found| found.as_ref().map(|(text, found)| say(locale, text, found))).map(|line| {
                            view! { <p class="search-line">{line}</p> }
                        })
                    }}
                </div>
                {move || {
                    let more = found.with(|found| found.as_ref().filter(|(_, f)| f.more).map(|(text, _)| results(text)))?;
                    Some(
                        view! {
                            <a class="search-all" href=more on:mousedown=move |event| event.prevent_default()>
                                {search::all(locale)}
                            </a>
                        },
                    )
                }}
            </div>
        </form>
    }
    .into_any()
}

/// What stands below the rows: how many there are, or what is odd about the text.
fn say(locale: domain::Locale, text: &str, found: &Found) -> String {
    let count = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
    if let Some((number, _)) = &found.unconfirmed {
        texts::scan::unconfirmed(locale, &number.to_string())
    } else if found.wrong_check_digit {
        search::wrong_check_digit(locale).to_owned()
    } else if count == 0 {
        search::nothing(locale, text)
    } else if found.more {
        search::first_few(locale, count)
    } else {
        search::found(locale, count, text)
    }
}

#[component]
fn Answer(
    row: CaseRow,
    place: usize,
    active: RwSignal<Option<usize>>,
    words: Vec<String>,
    open_case: Callback<domain::number::Number>,
) -> impl IntoView {
    let CaseRow { number, icon, title, customer, phase, archived, .. } = row;
    let here = move || active.get() == Some(place);
    view! {
        <a
            id=option_id(place)
            class="search-option"
            class:search-option-active=here
            role="option"
            tabindex="-1"
            aria-selected=move || here().to_string()
            href=urls::case(number)
            on:mousedown=move |event| event.prevent_default()
            on:click=move |event| {
                if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                    event.prevent_default();
                    open_case.run(number);
                }
            }
        >
            <Icon name=icon/>
            <span class="search-option-text">
                <span class="search-option-first">
                    <strong>
                        <Marked text=number.to_string() words=words.clone()/>
                    </strong>
                    <span>
                        <Marked text=customer words=words.clone()/>
                    </span>
                </span>
                <span class="search-option-title">
                    <Marked text=title words/>
                </span>
            </span>
            <span class="search-option-status">
                <PhaseBadge phase nostrip:archived=archived/>
            </span>
        </a>
    }
    .into_any()
}
