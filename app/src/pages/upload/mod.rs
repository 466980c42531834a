//! The phone's page behind a QR code or a letter's link, and the dialog that shows the code.
//!
//! The page needs no sign-in, works without script and shows nothing about a person.

mod api;
mod came;
mod choice;
mod phone;
mod queue;
mod sent;

pub use came::Came;
pub use phone::PhonePictures;

use crate::backend;
use crate::boot::{Boot, use_boot, use_locale};
use crate::error::AppError;
use crate::ui::{ErrorView, Icon, Notice, Tone};
use crate::urls;
use crate::wire::page_data;
use choice::Choice;
use domain::Locale;
use domain::attachment::AttachmentKind;
use leptos::ev::BeforeUnloadEvent;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};
use queue::Queue;
use sent::SentList;
use std::time::Duration;
use texts::upload as words;

#[component]
pub fn UploadPage() -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("lang"));
    let boot = use_boot();
    let locale = asked.and_then(|lang| lang.parse().ok()).unwrap_or(boot.locale);
    // Everything below speaks the page's language.
    provide_context(Boot { locale, ..boot });
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let asked = token.clone();
    let page = page_data(|| (), move |()| api::read_upload(asked.clone()));
    view! {
        <Title text=words::title(locale)/>
        <Meta name="robots" content="noindex"/>
        <div class="upload" lang=locale.tag()>
            <Suspense>
                {move || {
                    let token = token.clone();
                    Suspend::new(async move {
                        match page.await {
                            Ok(page) => view! { <Open page token/> }.into_any(),
                            Err(error) => view! { <Ended error/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
            <Languages current=locale/>
        </div>
    }
    .into_any()
}

#[component]
fn Brand(organisation: String, #[prop(optional_no_strip)] number: Option<String>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <header class="upload-head">
            <img src="/icon.svg" alt="" width="32" height="32"/>
            <strong>{organisation}</strong>
            {number.map(|number| view! { <span class="upload-number">{words::case_number(locale, &number)}</span> })}
        </header>
    }
}

#[component]
fn Open(page: backend::UploadPage, token: String) -> impl IntoView {
    let locale = use_locale();
    let backend::UploadPage { organisation, number, from_home, question, pictures, remaining, .. } = page;
    let queue = Queue::new(token.clone(), pictures);
    keep_going(queue);
    let query = use_query_map();
    let done = move || query.with(|query| query.get("done").is_some());
    let privacy = words::privacy(locale, &organisation);
    let full = remaining == 0;
    let choice = {
        let token = token.clone();
        move |kind, large| view! { <Choice kind token=token.clone() queue large/> }
    };
    let small = [AttachmentKind::Item, AttachmentKind::Label, AttachmentKind::Document];
    view! {
        <Brand organisation number=number.map(|number| number.to_string())/>
        <main class="upload-main">
            <div class="stack" hidden=done>
                <h1>{words::title(locale)}</h1>
                {if question.is_empty() {
                    view! { <p class="soft">{words::intro(locale)}</p> }.into_any()
                } else {
                    view! { <blockquote class="upload-question">{question}</blockquote> }.into_any()
                }}
                <Came/>
                {move || queue.expired.get().then(|| view! { <ExpiredNotice/> })}
                {if full {
                    view! {
                        <Notice tone=Tone::Warn>
                            <p>{words::full(locale)}</p>
                        </Notice>
                    }
                    .into_any()
                } else {
                    view! {
                        <div class="choices-large">
                            {choice(AttachmentKind::Receipt, true)} {choice(AttachmentKind::Damage, true)}
                        </div>
                    }
                    .into_any()
                }}
            </div>
            <Thanks queue done=Signal::derive(done) status=number.filter(|_| from_home).map(urls::status)/>
            <SentList token=token.clone() queue/>
            <div class="stack" hidden=done>
                {(!full)
                    .then(|| {
                        view! {
                            <section class="choices-small" aria-labelledby="more-title">
                                <h2 id="more-title">{words::more(locale)}</h2>
                                {small.map(|kind| choice(kind, false)).collect_view()}
                            </section>
                        }
                    })}
                <p class="soft small">{privacy}</p>
            </div>
            <Finish queue done=Signal::derive(done)/>
        </main>
    }
    .into_any()
}

/// While something is on its way: warns of leaving, and goes on as soon as the connection is back.
fn keep_going(queue: Queue) {
    Effect::new(move |_| {
        let online = window_event_listener(leptos::ev::online, move |_| queue.retry_all());
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event: BeforeUnloadEvent| {
            if untrack(move || queue.unfinished()) > 0 {
                event.prevent_default();
                // Older browsers ask only for this.
                event.set_return_value("1");
            }
        });
        let watch = set_interval_with_handle(move || queue.abort_stalled(), Duration::from_secs(5));
        on_cleanup(move || {
            online.remove();
            leaving.remove();
            if let Ok(watch) = watch {
                watch.clear();
            }
        });
    });
}

#[component]
fn Finish(queue: Queue, done: Signal<bool>) -> impl IntoView {
    let locale = use_locale();
    let none = Memo::new(move |_| queue.sent.with(Vec::is_empty) && queue.items.with(Vec::is_empty));
    let left = Memo::new(move |_| queue.unfinished());
    view! {
        <div class="upload-finish" hidden=move || done.get() || none.get()>
            <p class="small" role="status" hidden=move || left.get() == 0>
                {move || words::still_sending(locale, i64::try_from(left.get()).unwrap_or(i64::MAX))}
            </p>
            <a class="button button-primary" href=format!("?done=1&lang={locale}")>
                <Icon name="check"/>
                <span>{words::done(locale)}</span>
            </a>
        </div>
    }
}

#[component]
fn Thanks(queue: Queue, done: Signal<bool>, #[prop(optional_no_strip)] status: Option<String>) -> impl IntoView {
    let locale = use_locale();
    let left = Memo::new(move |_| queue.unfinished());
    let count = move || i64::try_from(queue.sent.with(Vec::len)).unwrap_or(i64::MAX);
    let title = move || if count() > 0 { words::thanks(locale) } else { words::title(locale) };
    let told = move || match count() {
        0 => words::thanks_none(locale).to_owned(),
        count => words::thanks_count(locale, count),
    };
    view! {
        <section class="upload-thanks" hidden=move || !done.get()>
            <span class="upload-thanks-drawing" hidden=move || count() == 0>
                <Icon name="approved"/>
            </span>
            <h1>{title}</h1>
            <p>{told}</p>
            <p hidden=move || left.get() != 0>{words::can_close(locale)}</p>
            <div hidden=move || left.get() == 0>
                <Notice tone=Tone::Warn>
                    <p>
                        {move || words::still_sending(locale, i64::try_from(left.get()).unwrap_or(i64::MAX))} " "
                        {words::stay(locale)}
                    </p>
                </Notice>
            </div>
            <a class="button" href=format!("?lang={locale}")>
                <Icon name="plus"/>
                <span>{words::add_more(locale)}</span>
            </a>
            {status
                .map(|page| {
                    view! {
                        <a class="button button-quiet" href=format!("{page}?lang={locale}") rel="external">
                            <Icon name="arrow_left"/>
                            <span>{words::to_status(locale)}</span>
                        </a>
                    }
                })}
        </section>
    }
}

#[component]
fn ExpiredNotice() -> impl IntoView {
    let locale = use_locale();
    view! {
        <Notice tone=Tone::Warn urgent=true>
            <p>
                <strong>{words::expired_title(locale)}</strong>
            </p>
            <p>{words::expired_text(locale)} " " {words::expired_safe(locale)}</p>
        </Notice>
    }
}

/// A link that does not work any more, or never did.
#[component]
fn Ended(error: AppError) -> impl IntoView {
    let locale = use_locale();
    let (icon, title, text, safe) = match error {
        AppError::Expired => {
            ("clock", words::expired_title(locale), words::expired_text(locale), words::expired_safe(locale))
        }
        AppError::NotFound => ("link", words::unknown_title(locale), words::unknown_text(locale), ""),
        other => return view! { <ErrorView error=other/> }.into_any(),
    };
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(error.status()))
    {
        response.set_status(status);
    }
    let organisation = use_boot().organisation;
    view! {
        <Brand organisation/>
        <main class="upload-main upload-ended">
            <Icon name=icon/>
            <h1>{title}</h1>
            <p>{text}</p>
            {(!safe.is_empty()).then(|| view! { <p>{safe}</p> })}
        </main>
    }
    .into_any()
}

/// Each language by its own name; plain links, since another language is another page.
#[component]
fn Languages(current: Locale) -> impl IntoView {
    view! {
        <footer class="upload-languages">
            <nav aria-label=words::language(current)>
                {Locale::ALL
                    .map(|locale| {
                        view! {
                            <a
                                href=format!("?lang={locale}")
                                rel="external"
                                lang=locale.tag()
                                hreflang=locale.tag()
                                aria-current=(locale == current).then_some("true")
                            >
                                {locale.name()}
                            </a>
                        }
                    })
                    .collect_view()}
            </nav>
        </footer>
    }
}
