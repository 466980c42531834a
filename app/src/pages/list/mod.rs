use leptos::prelude::*;

#[component]
pub fn HomePage() -> impl IntoView {
    view! { <main></main> }
}

#[component]
pub fn CasesPage() -> impl IntoView {
    view! { <main></main> }
}

#[component]
pub fn ArchivePage() -> impl IntoView {
    view! { <main></main> }
}
