use leptos::prelude::*;

#[component]
pub fn SearchPage() -> impl IntoView {
    view! { <main></main> }
}

#[component]
pub fn SearchField() -> impl IntoView {
    view! { <form action="/search" role="search"><input class="input" type="search" name="q" aria-label="?"/></form> }
}
