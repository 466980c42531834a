//! To the next page, and back to the first.

use super::icon::Icon;
use crate::boot::use_locale;
use leptos::prelude::*;
use texts::ui;

/// `first` where this is not the first page, `next` where there is another: whole addresses.
#[component]
pub fn Pager(#[prop(into)] first: Option<String>, #[prop(into)] next: Option<String>) -> impl IntoView {
    let locale = use_locale();
    if first.is_none() && next.is_none() {
        return ().into_any();
    }
    view! {
        <nav class="pager" aria-label=ui::pages(locale)>
            {first
                .map(|href| {
                    view! {
                        <a class="button" href=href>
                            <Icon name="chevron_left"/>
                            <span>{ui::first_page(locale)}</span>
                        </a>
                    }
                })}
            <span class="grow"></span>
            {next
                .map(|href| {
                    view! {
                        <a class="button" href=href rel="next">
                            <span>{ui::next_page(locale)}</span>
                            <Icon name="chevron_right"/>
                        </a>
                    }
                })}
        </nav>
    }
    .into_any()
}
