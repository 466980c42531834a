//! The way from one case of a list to the next, without going back.

use crate::backend::{Neighbour, Neighbours};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::pages::list::query;
use crate::ui::Icon;
use crate::urls;
use crate::wire::{Postcard, page_data};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use texts::case;

/// `within` is what [`query::write`] makes, `at` a place in that list.
#[server(prefix = "/api", endpoint = "neighbours", output = Postcard)]
pub async fn load_neighbours(within: String, at: String) -> Result<Neighbours, AppError> {
    let query = query::read(crate::backend::ListKind::default(), &within);
    crate::backend::backend().neighbours(&crate::backend::viewer()?, &query, &at).await
}

/// Nothing where the case was not come to from a list.
#[component]
pub fn Beside() -> impl IntoView {
    let asked = use_query_map();
    let place = Memo::new(move |_| asked.with(|asked| asked.get("in").zip(asked.get("at"))));
    let found = page_data(
        move || place.get(),
        async |place| match place {
            // A list that cannot be read any more leads nowhere; the case is there all the same.
            Some((within, at)) => load_neighbours(within, at).await.ok(),
            None => None,
        },
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let found = found.await;
                let within = place.get_untracked().map(|(within, _)| within);
                found.zip(within).map(|(found, within)| view! { <Way found within/> })
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Way(found: Neighbours, within: String) -> impl IntoView {
    let locale = use_locale();
    let back = query::address(&query::read(crate::backend::ListKind::default(), &within));
    let way = move |to: Option<Neighbour>, key: &'static str, words: &'static str, icon: &'static str| {
        let href = to.map(|to| urls::case_within(to.number, &within, &to.place));
        let after = key == "j";
        let inside = view! {
            {(!after).then(|| view! { <Icon name=icon/> })}
            <span>{words}</span>
            {after.then(|| view! { <Icon name=icon/> })}
        };
        match href {
            Some(href) => view! {
                <a class="button button-quiet" href=href data-key=key aria-keyshortcuts=key>
                    {inside}
                </a>
            }
            .into_any(),
            None => view! {
                <span class="button button-quiet case-way-end" aria-disabled="true">
                    {inside}
                </span>
            }
            .into_any(),
        }
    };
    view! {
        <nav class="case-way no-print" aria-label=case::way(locale)>
            <a class="button button-quiet" href=back data-key="u" aria-keyshortcuts="u">
                <Icon name="cases"/>
                <span>{case::to_list(locale)}</span>
            </a>
            {way(found.before, "k", case::before(locale), "chevron_left")}
            {way(found.after, "j", case::after(locale), "chevron_right")}
        </nav>
    }
    .into_any()
}
