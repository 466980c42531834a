use leptos::prelude::*;

#[component]
pub fn SignInPage() -> impl IntoView {
    view! { <main></main> }
}
