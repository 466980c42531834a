use leptos::prelude::*;

#[component]
pub fn TabletPage() -> impl IntoView {
    view! { <main></main> }
}
