use leptos::prelude::*;

#[component]
pub fn AccountPage() -> impl IntoView {
    view! { <main></main> }
}
