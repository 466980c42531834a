use leptos::prelude::*;

#[component]
pub fn SettingsPage() -> impl IntoView {
    view! { <main></main> }
}

#[component]
pub fn SettingsSection() -> impl IntoView {
    view! { <main></main> }
}
