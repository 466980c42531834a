//! One folder a page: view, its server functions, its parts.

pub mod account;
pub mod bulk;
pub mod case;
pub mod confirm;
pub mod list;
pub mod papers;
pub mod register;
pub mod report;
pub mod rma;
pub mod scan;
pub mod search;
#[cfg(feature = "ssr")]
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod statistics;
pub mod status;
pub mod tablet;
pub mod today;
pub mod upload;
pub mod welcome;

use crate::error::AppError;
use crate::ui::ErrorView;
use leptos::prelude::*;

/// In the client, in place of a page that only the server makes: the browser loads it.
#[cfg(not(feature = "ssr"))]
#[component]
pub fn Elsewhere() -> impl IntoView {
    let wanted = leptos_router::hooks::use_location();
    Effect::new(move || {
        let (path, search) = (wanted.pathname.get_untracked(), wanted.search.get_untracked());
        leptos::task::spawn_local(async move {
            let shown = || {
                let here = window().location();
                here.pathname().is_ok_and(|now| now == path)
                    && here.search().is_ok_and(|now| now.trim_start_matches('?') == search.trim_start_matches('?'))
            };
            // The router writes the address after it has made the page: until then it is the old one that would be loaded.
            for _ in 0..100 {
                if shown() {
                    break;
                }
                gloo_timers::future::TimeoutFuture::new(10).await;
            }
            // Fails only where there is no page to load.
            drop(window().location().reload());
        });
    });
}

#[component]
pub fn NotFound() -> impl IntoView {
    let title = texts::shell::not_found(crate::boot::use_locale());
    view! {
        <leptos_meta::Title text=title/>
        <main>
            <ErrorView error=AppError::NotFound title/>
        </main>
    }
}
