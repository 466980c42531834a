//! Days left, as people say them: "3 days left, Fri 30 Oct".

use super::display;
use super::icon::Icon;
use crate::backend::Due;
use crate::boot::use_locale;
use leptos::prelude::*;

/// The same for what the law decides, which stands beside our own target in other words and another colour.
#[component]
pub fn LawDueView(due: Due) -> impl IntoView {
    let locale = use_locale();
    let class = match due.days_left {
        ..=0 => "due due-law due-over",
        1..=3 => "due due-law due-soon",
        _ => "due due-law",
    };
    view! {
        <span class=class>
            <Icon name="law" label=texts::list::law(locale)/>
            <span>
                {texts::list::by_law(locale, &texts::words::days_left(locale, due.days_left))} ", "
                <time datetime=due.date.to_string()>{display::day(locale, due.date)}</time>
            </span>
        </span>
    }
    .into_any()
}

#[component]
pub fn DueView(due: Due) -> impl IntoView {
    let locale = use_locale();
    let (class, icon) = match due.days_left {
        ..0 => ("due due-over", "warning"),
        0..=2 => ("due due-soon", "clock"),
        _ => ("due", "clock"),
    };
    view! {
        <span class=class>
            <Icon name=icon/>
            <span>
                {texts::words::days_left(locale, due.days_left)} ", "
                <time datetime=due.date.to_string()>{display::day(locale, due.date)}</time>
            </span>
        </span>
    }
    .into_any()
}
