//! What surrounds every page of customers: the organisation's name and colour, the languages, the way to their case.
//!
//! It makes the page's `<main>`. Within another site's page that site's own header is enough.

use super::accent::accent_style;
use crate::backend::PublicLook;
use crate::boot::use_locale;
use crate::guise::{Guise, use_guise};
use crate::urls;
use domain::Locale;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use texts::report as words;
use wasm_bindgen::JsCast;

#[component]
pub fn CustomerFrame(
    look: PublicLook,
    /// In the place of links: where another language must not lose what was typed.
    #[prop(optional)]
    languages: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    let guise = use_guise();
    let PublicLook { organisation, accent, logo, privacy_url, .. } = look;
    let languages = languages.unwrap_or_else(|| view! { <LanguageLinks/> }.into_any());
    let (header, in_foot) = if guise.framed { (None, Some(languages)) } else { (Some(languages), None) };
    // The form's steps are the address' hash; skipping the header must not turn it back to the first.
    let skip = |event: leptos::ev::MouseEvent| {
        let main = document().get_element_by_id("content");
        if let Some(main) = main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok()) {
            event.prevent_default();
            // It has a tabindex.
            drop(main.focus());
        }
    };
    let at_start = use_location().pathname.with_untracked(|path| path == urls::REPORT);
    // Pages that no frame may show open beside the shop's own.
    let target = guise.framed.then_some("_blank");
    view! {
        <div class="customer" class:customer-framed=guise.framed style=accent_style(&accent)>
            <a class="skip" href="#content" rel="external" on:click=skip>
                {texts::shell::skip(locale)}
            </a>
            {header
                .map(|languages| {
                    view! {
                        <header class="customer-head">
                            <a class="customer-brand" href=guise.put_on(urls::REPORT) rel="external">
                                <Brand organisation logo/>
                            </a>
                            {languages}
                        </header>
                    }
                })}
            <main id="content" class="customer-main" tabindex="-1">
                {children()}
            </main>
            <footer class="customer-foot">
                {in_foot}
                <span>
                    {at_start.then(|| format!("{} ", words::follow_hint(locale)))}
                    <a href=Guise { framed: false, ..guise }.put_on(urls::STATUS) target=target rel="external">
                        {words::follow(locale)}
                    </a>
                </span>
                {(!privacy_url.is_empty())
                    .then(|| {
                        view! {
                            <a href=privacy_url target="_blank" rel="external noopener">
                                {words::privacy(locale)}
                            </a>
                        }
                    })}
            </footer>
        </div>
    }
    .into_any()
}

#[component]
fn Brand(organisation: String, logo: String) -> impl IntoView {
    if logo.is_empty() {
        return view! {
            <img src="/icon.svg" alt="" width="32" height="32"/>
            <span>{organisation}</span>
        }
        .into_any();
    }
    view! { <img class="customer-logo" src=logo alt=organisation height="40"/> }.into_any()
}

/// Each language by its own name; plain links, since another language is another page.
#[component]
fn LanguageLinks() -> impl IntoView {
    let current = use_locale();
    let guise = use_guise();
    let location = use_location();
    let path = location.pathname.get_untracked();
    let query = location.search.with_untracked(|query| rest_of(query));
    let links = Locale::ALL
        .map(|locale| {
            let page = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
            view! {
                <a
                    class="language"
                    href=guise.speaking(locale).put_on(&page)
                    rel="external"
                    lang=locale.tag()
                    hreflang=locale.tag()
                    aria-current=(locale == current).then_some("true")
                >
                    {locale.name()}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="languages" aria-label=texts::shell::language(current)>
            {links}
        </nav>
    }
    .into_any()
}

/// A query without what the guise says.
fn rest_of(query: &str) -> String {
    let parts = query.trim_start_matches('?').split('&').filter(|part| {
        let name = part.split('=').next().unwrap_or_default();
        !part.is_empty() && !matches!(name, "embed" | "lang")
    });
    parts.collect::<Vec<_>>().join("&")
}
