use leptos::prelude::*;

#[component]
pub fn WelcomePage() -> impl IntoView {
    view! { <main></main> }
}
