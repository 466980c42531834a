//! What came of pictures that were sent without script.

use crate::boot::use_locale;
use crate::ui::{Notice, Tone};
use domain::attachment::Refusal;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use texts::upload as words;

/// What came of pictures that were sent by a form without script: the address that the browser was sent back to says it.
#[component]
pub fn Came() -> impl IntoView {
    let locale = use_locale();
    let (sent, refused) = use_query_map().with_untracked(|query| (query.get("sent"), query.get("refused")));
    let Some(sent) = sent.and_then(|sent| sent.parse::<i64>().ok()) else { return ().into_any() };
    let refused = refused.and_then(|key| Refusal::from_key(&key));
    let nothing = sent == 0 && refused.is_none();
    view! {
        {(sent > 0)
            .then(|| {
                view! {
                    <Notice tone=Tone::Good>
                        <p>{words::received(locale, sent)}</p>
                    </Notice>
                }
            })}
        {nothing
            .then(|| {
                view! {
                    <Notice tone=Tone::Warn>
                        <p>{words::nothing_chosen(locale)}</p>
                    </Notice>
                }
            })}
        {refused
            .map(|refusal| {
                view! {
                    <Notice tone=Tone::Bad urgent=true>
                        <p>
                            <strong>{words::one_not_taken(locale)}</strong>
                            " "
                            {texts::words::refusal(locale, refusal)}
                        </p>
                    </Notice>
                }
            })}
    }
    .into_any()
}
