//! The frame of every staff page: search, menu, the green button.

use leptos::prelude::*;
use leptos_router::components::Outlet;

#[component]
pub fn StaffFrame() -> impl IntoView {
    view! { <Outlet/> }
}
