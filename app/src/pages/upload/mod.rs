use leptos::prelude::*;

#[component]
pub fn UploadPage() -> impl IntoView {
    view! { <main></main> }
}
