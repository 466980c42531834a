//! How far a return is: drawing, word and colour.

use crate::boot::use_locale;
use crate::ui::Icon;
use domain::rma::RmaState;
use leptos::prelude::*;
use texts::{rma, words};

const fn look(state: RmaState) -> (&'static str, &'static str) {
    match state {
        RmaState::Issued => ("new", "tag"),
        RmaState::LabelPrinted => ("new", "print"),
        RmaState::PickUpOrdered => ("wait", "clock"),
        RmaState::OnItsWay => ("wait", "truck"),
        RmaState::Received => ("good", "inbox"),
        RmaState::Inspected => ("good", "check"),
        RmaState::Cancelled => ("rest", "cross"),
    }
}

#[component]
pub fn RmaBadge(state: RmaState, expired: bool) -> impl IntoView {
    let locale = use_locale();
    let (tone, icon) = look(state);
    view! {
        <span class=format!("badge badge-{tone}")>
            <Icon name=icon/>
            <span>{words::rma_state(locale, state)}</span>
        </span>
        {expired
            .then(|| {
                view! {
                    <span class="badge badge-bad">
                        <Icon name="clock"/>
                        <span>{rma::expired(locale)}</span>
                    </span>
                }
            })}
    }
    .into_any()
}
