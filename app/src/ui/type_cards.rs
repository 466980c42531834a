//! The complaint types to pick from, as pictured cards.

use super::Icon;
use crate::backend::TypeCard;
use leptos::prelude::*;

/// `href` is the form of a type. `external`: one that a whole new page answers.
#[component]
pub fn TypeCards(
    types: Vec<TypeCard>,
    href: impl Fn(&TypeCard) -> String,
    #[prop(optional)] external: bool,
) -> impl IntoView {
    let cards = types
        .into_iter()
        .map(|card| {
            let href = href(&card);
            view! {
                <li>
                    <a class="type-card" href=href rel=external.then_some("external")>
                        <Icon name=card.icon/>
                        <span>{card.name}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="type-cards" role="list">
            {cards}
        </ul>
    }
    .into_any()
}
