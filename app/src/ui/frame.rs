//! The frame of every staff page: search, menu, the green button.
//!
//! It makes the page's `<main>`; a page below it starts with its `<h1>`.

use super::icon::Icon;
use super::keys::{self, Help, Keys};
use crate::backend::{Viewer, Visitor};
use crate::boot::{use_boot, use_locale};
use crate::live::Outdated;
use crate::pages::account::LanguageForm;
use crate::pages::list::home_list;
use crate::pages::list::query::list_key;
use crate::pages::search::SearchField;
use crate::pages::sign_in::SignOutForm;
use crate::pages::tablet::LockForm;
use crate::urls;
use domain::role::Right;
use leptos::prelude::*;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::use_location;
use texts::shell;
use wasm_bindgen::JsCast;

#[component]
pub fn StaffFrame() -> impl IntoView {
    match use_boot().visitor {
        Visitor::Staff(viewer) => view! { <Frame viewer/> }.into_any(),
        Visitor::Tablet(_) => view! { <Redirect path=urls::TABLET/> }.into_any(),
        Visitor::Nobody => view! { <Redirect path=crate::pages::sign_in::address(&here())/> }.into_any(),
    }
}

/// Path and query of this page.
fn here() -> String {
    let location = use_location();
    let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
    if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) }
}

#[component]
fn Frame(viewer: Viewer) -> impl IntoView {
    let locale = use_locale();
    let organisation = use_boot().organisation;
    let brand = organisation.clone();
    provide_context(Outdated(RwSignal::new(false)));
    let admin = viewer.may(Right::Administer);
    focus_after_navigation();
    Effect::new(super::scanner::listen);
    let help = Help(RwSignal::new(false));
    provide_context(help);
    Effect::new(move || keys::listen(help));
    let handles = viewer.may(Right::Handle);
    view! {
        <a class="skip" href="#content">
            {shell::skip(locale)}
        </a>
        <div class="frame">
            <header class="top">
                <a class="brand" href=urls::HOME aria-label=brand>
                    <img src="/icon.svg" alt="" width="32" height="32"/>
                    <span>{organisation}</span>
                </a>
                <div class="top-search">
                    <SearchField/>
                </div>
                <UserMenu viewer/>
                <a class="button button-primary create" href=urls::NEW_CASE data-key="n" aria-keyshortcuts="n">
                    <Icon name="plus"/>
                    <span>{shell::create_case(locale)}</span>
                </a>
            </header>
            <nav class="menu" aria-label=shell::menu(locale)>
                <ul role="list">
                    {handles.then(|| view! { <Entry href=urls::HOME icon="today" label=shell::today(locale) key="t"/> })}
                    <Entry href="/cases?list=new" icon="new" label=shell::new(locale)/>
                    {(!handles).then(|| view! { <Entry href="/cases?list=mine" icon="mine" label=shell::mine(locale)/> })}
                    <Entry
                        href="/cases?list=active"
                        icon="cases"
                        label=shell::active(locale)
                        short=shell::active_short(locale)
                        key="c"
                    />
                    <Entry href=urls::RMAS icon="returns" label=shell::returns(locale) short=shell::returns_short(locale)/>
                    <Entry href=urls::ARCHIVE icon="archive" label=shell::archive(locale)/>
                    {handles
                        .then(|| {
                            view! { <Entry
                                    href=urls::STATISTICS
                                    icon="statistics"
                                    label=shell::statistics(locale)
                                    short=shell::statistics_short(locale)
                                /> }
                        })}
                    {admin
                        .then(|| {
                            view! { <Entry
                                    href=urls::SETTINGS
                                    icon="settings"
                                    label=shell::settings(locale)
                                    short=shell::settings_short(locale)
                                /> }
                        })}
                </ul>
            </nav>
            <main id="content" class="content" tabindex="-1">
                <Outlet/>
            </main>
        </div>
        <Offline/>
        <Keys/>
        {super::scanner::script(&use_location().pathname.get_untracked())}
    }
    .into_any()
}

/// One line of the menu. The page that is shown, or one below it, is marked.
#[component]
fn Entry(
    href: &'static str,
    icon: &'static str,
    label: &'static str,
    /// For the bar of a phone, where the label is too long.
    #[prop(optional)]
    short: Option<&'static str>,
    #[prop(optional)] key: Option<&'static str>,
) -> impl IntoView {
    let location = use_location();
    let home = list_key(home_list());
    let clerk = matches!(use_boot().visitor, Visitor::Staff(viewer) if !viewer.may(Right::Handle));
    let current = move || {
        let path = location.pathname.get();
        let (target, list) = href.split_once("?list=").map_or((href, None), |(path, list)| (path, Some(list)));
        let here = match list {
            // One of the lists is the start page, too.
            Some(first) if path == urls::HOME => clerk && first == home,
            Some(wanted) => {
                path == target && location.query.with(|query| query.get("list").unwrap_or_default() == wanted)
            }
            None if target == urls::HOME => path == urls::HOME,
            None => path.strip_prefix(target).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        };
        here.then_some("page")
    };
    view! {
        <li>
            <a href=href rel=urls::rel(href) aria-current=current data-key=key aria-keyshortcuts=key class:menu-new=icon == "new">
                <Icon name=icon/>
                <span class:menu-long=short.is_some()>{label}</span>
                {short.map(|short| view! { <span class="menu-short">{short}</span> })}
            </a>
        </li>
    }
    .into_any()
}

/// Works without script: the browser's own disclosure with plain forms inside.
#[component]
fn UserMenu(viewer: Viewer) -> impl IntoView {
    let locale = use_locale();
    let place = viewer.store.as_ref().map(|store| store.name.clone());
    let role = texts::role::by_key(locale, viewer.role.key()).unwrap_or_default();
    let on_tablet = viewer.tablet.is_some();
    let help = expect_context::<Help>();
    let name = viewer.name.clone();
    view! {
        <details class="user">
            <summary class="button button-quiet" aria-label=shell::your_menu(locale, &viewer.name)>
                <span class="avatar" aria-hidden="true">
                    {initials(&viewer.name)}
                </span>
                <span class="user-name">{name.clone()}</span>
                <Icon name="chevron_down"/>
            </summary>
            <div class="user-panel">
                <p class="user-who">
                    <strong>{name}</strong>
                    <span class="soft small">{role} {place.map(|place| format!(" · {place}"))}</span>
                </p>
                <a class="button button-quiet" href=urls::ACCOUNT rel=urls::rel(urls::ACCOUNT)>
                    <Icon name="user"/>
                    <span>{shell::account(locale)}</span>
                </a>
                <button
                    type="button"
                    class="button button-quiet only-js"
                    on:click=move |_| {
                        close_menus();
                        help.0.set(true);
                    }
                >
                    <Icon name="keys"/>
                    <span>{texts::keys::title(locale)}</span>
                </button>
                <LanguageForm/>
                {if on_tablet { view! { <LockForm/> }.into_any() } else { view! { <SignOutForm/> }.into_any() }}
            </div>
        </details>
    }
    .into_any()
}

/// "KN" of "Kari Nordmann".
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// A new page starts at its top for those who don't see it change; whoever is typing keeps the focus.
fn focus_after_navigation() {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            let typing =
                document().active_element().is_some_and(|element| element.has_type::<web_sys::HtmlInputElement>());
            if let Some(main) = document().get_element_by_id("content").filter(|_| !typing)
                && let Ok(main) = main.dyn_into::<web_sys::HtmlElement>()
            {
                // Fails only for an element that can't take focus; this one has a tabindex.
                drop(main.focus());
            }
            close_menus();
        }
        now
    });
}

/// An open user menu does not outlive the page it was opened on.
fn close_menus() {
    if let Ok(Some(menu)) = document().query_selector("details.user[open]") {
        drop(menu.remove_attribute("open"));
    }
}

/// Says kindly that the network is away, until it is back, or that the server has been renewed.
#[component]
fn Offline() -> impl IntoView {
    let locale = use_locale();
    let outdated = use_context::<Outdated>();
    let offline = RwSignal::new(false);
    Effect::new(move || {
        offline.set(!window().navigator().on_line());
        let gone = window_event_listener(leptos::ev::offline, move |_| offline.set(true));
        let back = window_event_listener(leptos::ev::online, move |_| offline.set(false));
        on_cleanup(move || {
            gone.remove();
            back.remove();
        });
    });
    view! {
        <div class="offline" role="status" aria-live="polite">
            <Show when=move || offline.get()>
                <p>
                    <Icon name="offline"/>
                    <span>{shell::offline(locale)}</span>
                </p>
            </Show>
            <Show when=move || outdated.is_some_and(|Outdated(outdated)| outdated.get())>
                <p>
                    <Icon name="refresh"/>
                    <span>{shell::outdated(locale)}</span>
                    " "
                    <a href="" rel="external">
                        {shell::reload(locale)}
                    </a>
                </p>
            </Show>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_first_and_last_name() {
        assert_eq!(initials("Kari Nordmann"), "KN");
        assert_eq!(initials("łucja anna żak"), "ŁŻ");
        assert_eq!(initials("Ola"), "O");
        assert_eq!(initials(""), "");
    }
}
