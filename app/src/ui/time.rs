//! A moment on the clock of the case's store.

use super::display;
use crate::backend::Moment;
use crate::boot::use_locale;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// "30 Oct 2026, 14:05"
    #[default]
    Whole,
    /// "30 Oct 2026"
    Date,
}

#[component]
pub fn Time(at: Moment, #[prop(optional)] shown: Shown) -> impl IntoView {
    let locale = use_locale();
    let whole = display::moment(locale, &at);
    let text = match shown {
        Shown::Whole => whole.clone(),
        Shown::Date => display::date(locale, at.local.date()),
    };
    view! { <time datetime=at.local.to_string() title=whole>{text}</time> }.into_any()
}
