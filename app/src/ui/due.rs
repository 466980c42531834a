//! Days left, as people say them: "3 days left, Fri 30 Oct".

use super::display;
use super::icon::Icon;
use crate::backend::Due;
use crate::boot::use_locale;
use domain::Locale;
use leptos::prelude::*;

/// The words without the date.
pub fn days_left(locale: Locale, days: i64) -> String {
    match days {
        0 => texts::date::last_day(locale).to_owned(),
        1.. => texts::date::days_left(locale, days),
        _ => texts::date::days_over(locale, days.saturating_neg()),
    }
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
                {days_left(locale, due.days_left)} ", "
                <time datetime=due.date.to_string()>{display::day(locale, due.date)}</time>
            </span>
        </span>
    }
}
