//! Where a scanned label leads: by hand scanner or fingers, by the tablet's camera, by a picture. A page that the server
//! alone makes; its one script (`frontend/public/scan.js`) is the camera.

mod api;

use crate::backend::Scanned;
use crate::boot::use_locale;
use crate::pages::search::{Unconfirmed, results};
use crate::ui::{Button, ErrorNotice, Field, Icon, LinkButton, Look, Notice, TextField, Tone};
use crate::urls;
use crate::wire::page_data;
use domain::number::{Number, NumberError};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;
use texts::scan;

#[component]
pub fn ScanPage() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let text = Memo::new(move |_| query.read().get("text").map(|text| text.trim().to_owned()).unwrap_or_default());
    let photo = Memo::new(move |_| query.read().get("photo").unwrap_or_default());
    let found = page_data(
        move || text.get(),
        |text| async move { if text.is_empty() { Ok(None) } else { api::scan_text(text).await.map(Some) } },
    );
    view! {
        <Title text=scan::title(locale)/>
        <div class="scan stack">
            <h1>{scan::title(locale)}</h1>
            <Suspense>
                {move || Suspend::new(async move {
                    let text = text.get_untracked();
                    match found.await {
                        Ok(found) => view! { <Answer text found/> }.into_any(),
                        Err(error) => view! { <ErrorNotice error/> }.into_any(),
                    }
                })}
            </Suspense>
            {move || photo_trouble(locale, &photo.get())}
            <form method="get" action=urls::SCAN class="card scan-form">
                <TextField
                    name="text"
                    id="scan-text"
                    label=scan::field(locale)
                    help=scan::help(locale)
                    autofocus=true
                    autocomplete="off"
                    maxlength=300
                />
                <Button look=Look::Primary icon="arrow_right" label=scan::open(locale)/>
            </form>
            <section class="card scan-camera" id="scan-camera" hidden=true data-page=urls::SCAN>
                <video class="scan-video" muted=true playsinline=true hidden=true></video>
                <p class="scan-aim" hidden=true role="status">{scan::aim(locale)}</p>
                <p class="scan-none" hidden=true role="alert">{scan::no_camera(locale)}</p>
                <button type="button" class="button scan-start">
                    <Icon name="camera"/>
                    <span>{scan::camera(locale)}</span>
                </button>
                <button type="button" class="button scan-stop" hidden=true>
                    <Icon name="cross"/>
                    <span>{scan::stop(locale)}</span>
                </button>
            </section>
            <form method="post" action=urls::SCAN_PHOTO enctype="multipart/form-data" class="card scan-form" id="scan-photo">
                <Field id="photo" label=scan::photo(locale) required=false help=scan::photo_help(locale) error="">
                    <input
                        class="input"
                        type="file"
                        id="photo"
                        name="photo"
                        accept="image/*"
                        capture="environment"
                        required=true
                    />
                </Field>
                <Button icon="scan" label=scan::read_photo(locale)/>
            </form>
        </div>
        <script type="module" src="/scan.js" nonce=use_nonce()></script>
    }
    .into_any()
}

/// Why a picture led nowhere: no code in it, or a file that is none.
fn photo_trouble(locale: domain::Locale, key: &str) -> Option<impl IntoView + use<>> {
    let text = match key {
        "" => return None,
        "no_code" => scan::no_code(locale).to_owned(),
        key => texts::words::refusal(locale, domain::attachment::Refusal::from_key(key)?),
    };
    Some(view! {
        <Notice tone=Tone::Warn urgent=true>
            <p>{text}</p>
        </Notice>
    })
}

#[component]
fn Answer(text: String, found: Option<Scanned>) -> impl IntoView {
    let locale = use_locale();
    match found {
        None => ().into_any(),
        Some(Scanned::Case(number)) => view! { <Redirect path=urls::case(number)/> }.into_any(),
        Some(Scanned::Parcel(number)) => view! { <Redirect path=urls::rma(number)/> }.into_any(),
        Some(Scanned::Unconfirmed { number, title }) => view! { <Unconfirmed number title/> }.into_any(),
        Some(Scanned::Several(cases)) => {
            let lines = cases
                .into_iter()
                .map(|(number, title)| {
                    view! {
                        <li>
                            <a class="button button-quiet scan-case" href=urls::case(number)>
                                <strong>{number.to_string()}</strong>
                                <span>{title}</span>
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section class="card">
                    <h2>{scan::several(locale, &text)}</h2>
                    <ul role="list">{lines}</ul>
                </section>
            }
            .into_any()
        }
        Some(Scanned::Nothing) => view! {
            <Notice tone=Tone::Warn>
                <p>
                    <strong>{scan::nothing(locale, &text)}</strong>
                </p>
                <p>
                    {if text.parse::<Number>() == Err(NumberError::CheckDigit) {
                        texts::search::wrong_check_digit(locale)
                    } else {
                        scan::nothing_hint(locale)
                    }}
                </p>
                <LinkButton href=results(&text) icon="search" label=scan::search(locale)/>
            </Notice>
        }
        .into_any(),
    }
}
