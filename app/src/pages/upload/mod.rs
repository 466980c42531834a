use leptos::prelude::*;

#[component]
pub fn UploadPage() -> impl IntoView {
    view! { <main></main> }
}

#[component]
pub fn PhonePictures(case_id: domain::id::CaseId) -> impl IntoView {
    view! { <a class="button" href=crate::urls::case_files(case_id)>"📱"</a> }
}
