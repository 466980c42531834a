//! An empty screen that says what to do.

use super::icon::Icon;
use leptos::oco::Oco;
use leptos::prelude::*;

#[component]
pub fn Empty(
    #[prop(into)] icon: Oco<'static, str>,
    #[prop(into)] title: String,
    #[prop(optional, into)] hint: String,
    /// Buttons or links to the next step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon/>
            <h2>{title}</h2>
            {(!hint.is_empty()).then(|| view! { <p>{hint}</p> })}
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </div>
    }
    .into_any()
}
