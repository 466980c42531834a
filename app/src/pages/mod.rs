//! One folder a page: view, its server functions, its parts.

pub mod account;
pub mod case;
pub mod list;
pub mod register;
pub mod search;
pub mod settings;
pub mod sign_in;
pub mod tablet;
pub mod upload;
pub mod welcome;

use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    view! { <main><h1>"404"</h1></main> }
}
