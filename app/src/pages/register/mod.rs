use leptos::prelude::*;

#[component]
pub fn TypesPage() -> impl IntoView {
    view! { <main></main> }
}

#[component]
pub fn FormPage() -> impl IntoView {
    view! { <main></main> }
}

#[component]
pub fn EditPage() -> impl IntoView {
    view! { <main></main> }
}
