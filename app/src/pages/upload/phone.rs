//! "Add picture with phone": a QR code that renews itself, and the pictures as they arrive.

use super::api::{phone_link, phone_pictures};
use crate::backend::{PictureView, UploadLink};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::live::use_live;
use crate::ui::{Dialog, ErrorNotice, Icon};
use crate::urls::{self, Size};
use crate::wire::page_data;
use domain::id::{AttachmentId, CaseId};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_query_map};
use std::time::Duration;
use texts::upload as words;

/// A fresh code is asked for so many seconds before the old one ends.
const EARLY: i64 = 60;
/// After a failure, seconds until the next attempt.
const AGAIN: i64 = 5;

/// The button and its dialog. Without script it leads to `?phone=1` of the same page, which shows the code below the button.
#[component]
pub fn PhonePictures(
    case_id: CaseId,
    /// Called when pictures may have come.
    #[prop(optional, into)]
    on_arrival: Option<Callback<()>>,
) -> impl IntoView {
    let locale = use_locale();
    let open = RwSignal::new(false);
    let show = move |event: MouseEvent| {
        event.prevent_default();
        open.set(true);
    };
    view! {
        <div class="phone-pictures">
            <a class="button" href=with_phone() rel="external nofollow" on:click=show>
                <Icon name="qr"/>
                <span>{words::phone_button(locale)}</span>
            </a>
            <InPage case_id/>
            <Dialog title=words::phone_button(locale).to_owned() open wide=true>
                <Code case_id on_arrival done=move || open.set(false)/>
            </Dialog>
        </div>
    }
    .into_any()
}

/// This page's address, asking for the code in the page.
fn with_phone() -> String {
    let location = use_location();
    let query = location.search.get_untracked();
    let pairs = query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty() && *pair != "phone=1");
    let query: Vec<&str> = pairs.chain(["phone=1"]).collect();
    format!("{}?{}", location.pathname.get_untracked(), query.join("&"))
}

/// The code as the server renders it, for those without script.
#[component]
fn InPage(case_id: CaseId) -> impl IntoView {
    let locale = use_locale();
    let asked = use_query_map().with_untracked(|query| query.get("phone").is_some());
    if !asked {
        return ().into_any();
    }
    let link = page_data(|| (), move |()| phone_link(case_id));
    view! {
        <div class="phone-in-page no-js">
            <Suspense>
                {move || Suspend::new(async move {
                    match link.await {
                        Ok(link) => {
                            let minutes = words::phone_minutes(locale, i64::from(link.seconds_left / 60));
                            view! {
                                <Shown link/>
                                <p class="soft small">{minutes}</p>
                            }
                            .into_any()
                        }
                        Err(error) => view! { <ErrorNotice error/> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}

/// The drawing, and the address as text.
#[component]
fn Shown(link: UploadLink) -> impl IntoView {
    let locale = use_locale();
    let UploadLink { url, qr, .. } = link;
    let text = url.clone();
    let copied = RwSignal::new(false);
    // Browsers have a clipboard for pages over TLS alone.
    let can_copy = RwSignal::new(false);
    Effect::new(move |_| can_copy.set(window().is_secure_context()));
    let copy = {
        let url = url.clone();
        move |_| {
            let promise = window().navigator().clipboard().write_text(&url);
            spawn_local(async move {
                if wasm_bindgen_futures::JsFuture::from(promise).await.is_ok() {
                    copied.try_set(true);
                }
            });
        }
    };
    view! {
        <p>{words::phone_scan(locale)}</p>
        <div class="phone-code" role="img" aria-label=words::phone_code(locale) inner_html=qr></div>
        <p class="small soft">{words::phone_link(locale)}</p>
        <p class="phone-url">
            <a href=url rel="external noreferrer" target="_blank">
                {text}
            </a>
        </p>
        <button type="button" class="button button-quiet phone-copy" hidden=move || !can_copy.get() on:click=copy>
            <Icon name="copy"/>
            <span aria-live="polite">
                {move || if copied.get() { texts::ui::copied(locale) } else { texts::ui::copy(locale) }}
            </span>
        </button>
    }
}

/// What the dialog shows while it is open; it renews its code before the old one ends.
#[component]
fn Code(
    case_id: CaseId,
    on_arrival: Option<Callback<()>>,
    done: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let locale = use_locale();
    let link = RwSignal::new(None::<UploadLink>);
    let error = RwSignal::new(None::<AppError>);
    // Seconds until the next code.
    let left = RwSignal::new(0_i64);
    let renew = move || {
        left.set(AGAIN);
        spawn_local(async move {
            match phone_link(case_id).await {
                Ok(fresh) => {
                    left.try_set(i64::from(fresh.seconds_left) - EARLY);
                    error.try_set(None);
                    link.try_set(Some(fresh));
                }
                Err(failed) => {
                    error.try_set(Some(failed));
                }
            }
        });
    };
    let (arrived, fetch) = use_arrivals(case_id);
    Effect::new(move |_| {
        renew();
        // The browser slows timers of hidden pages down: the clock counts, not the ticks.
        let mut last = js_sys::Date::now();
        let tick = move |last: &mut f64| {
            let seconds = ((js_sys::Date::now() - *last) / 1000.0).floor();
            *last += seconds * 1000.0;
            let now = left.try_update(|left| {
                #[expect(clippy::cast_possible_truncation, reason = "whole seconds of an open dialog")]
                let passed = seconds as i64;
                *left -= passed;
                *left
            });
            if now.is_some_and(|left| left <= 0) {
                renew();
            }
        };
        let clock = std::cell::RefCell::new(move || tick(&mut last));
        let interval = set_interval_with_handle(move || (*clock.borrow_mut())(), Duration::from_millis(1000));
        on_cleanup(move || {
            if let Ok(interval) = interval {
                interval.clear();
            }
        });
    });
    let live = use_live(case_id);
    Effect::new(move |_| {
        live.track();
        fetch.run(());
        if let Some(on_arrival) = on_arrival {
            on_arrival.run(());
        }
    });
    let time = move || {
        let left = left.get().max(0);
        words::phone_renews(locale, &format!("{}:{:02}", left / 60, left % 60))
    };
    view! {
        <div class="phone-dialog">
            <div class="phone-side">
                {move || error.get().map(|error| view! { <ErrorNotice error/> })}
                {move || match link.get() {
                    Some(link) => view! { <Shown link/> }.into_any(),
                    None => view! { <div class="phone-code phone-code-empty"></div> }.into_any(),
                }}
                <p class="small soft phone-clock" role="timer">
                    <Icon name="clock"/>
                    <span>{time}</span>
                </p>
            </div>
            <div class="phone-arrivals">
                <p class="phone-count" role="status">
                    {move || match arrived.with(Vec::len) {
                        0 => words::phone_none(locale).to_owned(),
                        count => words::phone_came(locale, i64::try_from(count).unwrap_or(i64::MAX)),
                    }}
                </p>
                <ul role="list" tabindex="0" aria-label=words::phone_arrivals(locale)>
                    <For each=move || arrived.get() key=|picture| (picture.id, picture.kind) let:picture>
                        <Arrival picture/>
                    </For>
                </ul>
                <button type="button" class="button button-primary" on:click=move |_| done()>
                    {words::done(locale)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// The pictures that have come since the dialog was opened, the newest first, and what asks for them again.
fn use_arrivals(case_id: CaseId) -> (RwSignal<Vec<PictureView>>, Callback<()>) {
    let before = StoredValue::new(None::<Vec<AttachmentId>>);
    let arrived = RwSignal::new(Vec::new());
    let fetch = move |()| {
        spawn_local(async move {
            let Ok(all) = phone_pictures(case_id).await else { return };
            let known = before.try_update_value(|before| {
                before.get_or_insert_with(|| all.iter().map(|picture| picture.id).collect()).clone()
            });
            let Some(known) = known else { return };
            let mut fresh: Vec<PictureView> = all.into_iter().filter(|picture| !known.contains(&picture.id)).collect();
            fresh.sort_by_key(|picture| std::cmp::Reverse(picture.received.utc_ms));
            arrived.try_set(fresh);
        });
    };
    (arrived, Callback::new(fetch))
}

#[component]
fn Arrival(picture: PictureView) -> impl IntoView {
    let kind = texts::words::kind(use_locale(), picture.kind);
    view! {
        <li class="phone-arrival">
            {if picture.pdf {
                view! { <Icon name="document"/> }.into_any()
            } else {
                view! { <img src=urls::file(picture.id, Size::Small) alt="" width="96" height="96"/> }.into_any()
            }}
            <span class="small">{kind}</span>
        </li>
    }
}
