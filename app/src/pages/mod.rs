//! One folder a page: view, its server functions, its parts.

pub mod account;
pub mod case;
pub mod confirm;
pub mod list;
pub mod register;
pub mod report;
pub mod rma;
pub mod scan;
pub mod search;
#[cfg(feature = "ssr")]
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod status;
pub mod tablet;
pub mod upload;
pub mod welcome;

use crate::error::AppError;
use crate::ui::ErrorView;
use leptos::prelude::*;

/// In the client, in place of a page that only the server makes: the browser loads it.
#[cfg(not(feature = "ssr"))]
#[component]
pub fn Elsewhere() -> impl IntoView {
    // Fails only where there is no page to load.
    Effect::new(|| drop(window().location().reload()));
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
