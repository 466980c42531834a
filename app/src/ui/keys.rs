//! One letter each for what is done most, so that a list is cleared without a mouse. An element says which key is its own
//! with `data-key`; what is not on the page has no key there.

use super::{Dialog, TickField};
use crate::boot::use_locale;
use domain::scan::PAUSE;
use leptos::ev::KeyboardEvent;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;
use texts::keys;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Where a browser keeps that somebody wants none of it: speech input types letters, too (WCAG 2.1.4).
const KEPT: &str = "redress-keys";
const OFF: &str = "off";

/// Whether the page of keys is open.
#[derive(Clone, Copy)]
pub struct Help(pub RwSignal<bool>);

/// Listens as long as the frame stands.
pub fn listen(Help(help): Help) {
    let last = StoredValue::new(f64::NEG_INFINITY);
    let pending = StoredValue::new_local(None::<TimeoutHandle>);
    let listener = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let (key, at) = (event.key(), event.time_stamp());
        let in_burst = at - last.get_value() <= PAUSE;
        last.set_value(at);
        // A hand scanner types letters, too: a key counts when no other follows at its heels.
        if let Some(pending) = pending.try_update_value(Option::take).flatten() {
            pending.clear();
        }
        let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat());
        if !plain || in_burst || key.chars().count() != 1 || takes_letters(&event) || in_dialog() || !on() {
            return;
        }
        let press = move || {
            if key == "?" { help.set(true) } else { press(&key) }
        };
        pending.set_value(set_timeout_with_handle(press, Duration::from_millis(PAUSE as u64)).ok());
    });
    on_cleanup(move || listener.remove());
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn on() -> bool {
    storage().and_then(|kept| kept.get_item(KEPT).ok().flatten()).as_deref() != Some(OFF)
}

/// Where letters are typed, or choose in a list.
fn takes_letters(event: &KeyboardEvent) -> bool {
    let chooses = event.target().is_some_and(|target| target.has_type::<web_sys::HtmlSelectElement>());
    chooses || super::scanner::is_typing(event)
}

fn in_dialog() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|found| found.is_some())
}

fn all(selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok());
    elements.filter(is_shown).collect()
}

fn is_shown(element: &HtmlElement) -> bool {
    element.offset_width() > 0 || element.offset_height() > 0
}

fn press(key: &str) {
    if !key.chars().all(char::is_alphanumeric) {
        return;
    }
    if let Some(element) = all(&format!("[data-key='{key}']")).into_iter().next() {
        return go(&element);
    }
    let rows = all("tr[data-case] a.list-number");
    let here = document().active_element();
    let at = here.as_ref().and_then(|here| here.closest("tr[data-case]").ok().flatten());
    let at = at.and_then(|row| rows.iter().position(|link| row.contains(Some(link))));
    match (key, at) {
        ("j", None) => focus(rows.first()),
        ("j", Some(at)) => focus(rows.get(at + 1)),
        ("k", Some(at)) => focus(at.checked_sub(1).and_then(|at| rows.get(at))),
        ("x", Some(at)) => {
            let row = rows[at].closest("tr").ok().flatten();
            let mark = row.and_then(|row| row.query_selector("input[type=checkbox]").ok().flatten());
            if let Some(mark) = mark.and_then(|mark| mark.dyn_into::<HtmlElement>().ok()) {
                mark.click();
            }
        }
        // What is done to a case is done on its page, where one sees it.
        ("d" | "q" | "a", Some(at)) => {
            let Some(link) = rows[at].get_attribute("href") else { return };
            let part = match key {
                "d" => "decide",
                "q" => "ask",
                _ => "assign",
            };
            let target = rows[at].clone();
            // The link itself goes there, so that the page stays where a client can.
            drop(target.set_attribute("href", &format!("{link}#{part}")));
            target.click();
            drop(target.set_attribute("href", &link));
        }
        _ => {}
    }
}

fn focus(element: Option<&HtmlElement>) {
    if let Some(element) = element {
        // It fails only for an element that has left the page.
        drop(element.focus());
        element.scroll_into_view();
    }
}

/// Unfolds what is folded, and goes to its first input; a link or a button is pressed.
fn go(element: &HtmlElement) {
    if matches!(element.tag_name().as_str(), "A" | "BUTTON") {
        return element.click();
    }
    let inputs = ":is(input:not([type=hidden]), select, textarea, button, a[href]):not(:disabled)";
    let first = || {
        let found = element.query_selector_all(inputs).ok()?;
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok()).find(is_shown)
    };
    if element.has_attribute("data-press") {
        if let Some(button) = first() {
            button.click();
        }
        return;
    }
    let fold = if element.tag_name() == "DETAILS" { Some(element.clone().into()) } else { folded_in(element) };
    if let Some(fold) = fold {
        drop(fold.set_attribute("open", ""));
    }
    focus(Some(first().as_ref().unwrap_or(element)));
}

fn folded_in(element: &HtmlElement) -> Option<Element> {
    element.query_selector("details").ok().flatten()
}

/// Goes to the part of the page that the address names, once it stands.
pub fn go_to_part() {
    let part = window().location().hash().unwrap_or_default();
    let part = part.trim_start_matches('#');
    if !part.is_empty()
        && let Some(element) = document().get_element_by_id(part).and_then(|element| element.dyn_into().ok())
    {
        go(&element);
    }
}

/// Which keys there are, and the switch.
#[component]
pub fn Keys() -> impl IntoView {
    let locale = use_locale();
    let Help(open) = expect_context::<Help>();
    let groups = move || {
        [
            (
                keys::everywhere(locale),
                vec![
                    ("?", keys::this(locale)),
                    ("/", keys::search(locale)),
                    ("n", keys::create(locale)),
                    ("t", keys::today(locale)),
                    ("c", keys::cases(locale)),
                ],
            ),
            (
                keys::in_lists(locale),
                vec![
                    ("j", keys::row_after(locale)),
                    ("k", keys::row_before(locale)),
                    ("Enter", keys::open(locale)),
                    ("x", keys::mark(locale)),
                    ("d", keys::decide(locale)),
                    ("q", keys::ask(locale)),
                    ("a", keys::assign(locale)),
                ],
            ),
            (
                keys::in_case(locale),
                vec![
                    ("j", keys::case_after(locale)),
                    ("k", keys::case_before(locale)),
                    ("u", keys::to_list(locale)),
                    ("d", keys::decide(locale)),
                    ("q", keys::ask(locale)),
                    ("a", keys::assign(locale)),
                    ("o", keys::own(locale)),
                    ("w", keys::wait(locale)),
                    ("s", keys::settle(locale)),
                    ("m", keys::comment(locale)),
                    ("e", keys::edit(locale)),
                ],
            ),
        ]
    };
    view! {
        <Dialog title=keys::title(locale) open>
            <div class="keys">
                {groups()
                    .into_iter()
                    .map(|(title, keys)| {
                        view! {
                            <section>
                                <h3>{title}</h3>
                                <dl>
                                    {keys
                                        .into_iter()
                                        .map(|(key, words)| {
                                            view! {
                                                <div>
                                                    <dt>
                                                        <kbd>{key}</kbd>
                                                    </dt>
                                                    <dd>{words}</dd>
                                                </div>
                                            }
                                        })
                                        .collect_view()}
                                </dl>
                            </section>
                        }
                    })
                    .collect_view()}
                <TickField
                    name="keys-on"
                    label=keys::on(locale)
                    checked=on()
                    on_change=Callback::new(|wanted: bool| {
                        if let Some(kept) = storage() {
                            // It fails only where the browser keeps nothing.
                            drop(if wanted { kept.remove_item(KEPT) } else { kept.set_item(KEPT, OFF) });
                        }
                    })
                />
            </div>
        </Dialog>
    }
    .into_any()
}
