//! The outbox: every letter, how far it is, and what it says.

use super::api::{SendAgain, outbox, outbox_letter};
use crate::backend::{LetterPreview, OutboxLetter, OutboxPage, Submission};
use crate::boot::use_locale;
use crate::pages::case::preview::Letter;
use crate::ui::{Button, Empty, ErrorNotice, ErrorView, Icon, Notice, Pager, Time, Tone};
use crate::wire::{PageData, page_data};
use crate::{error::AppError, urls};
use domain::contact::Medium;
use domain::id::LetterId;
use domain::letter::LetterState;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use texts::settings as words;

type Reading = Option<(LetterId, Result<LetterPreview, AppError>)>;

#[component]
pub fn Outbox(failed: PageData<Option<Submission>>) -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let after = Memo::new(move |_| query.read().get("after"));
    let letter = Memo::new(move |_| query.read().get("letter").and_then(|id| id.parse::<LetterId>().ok()));
    let again = move || query.read().get("done").is_some_and(|done| done == "again");
    let page = page_data(move || after.get(), outbox);
    let reading = page_data(
        move || letter.get(),
        |letter| async move {
            match letter {
                Some(id) => Some((id, outbox_letter(id).await)),
                None => None,
            }
        },
    );
    view! {
        {move || {
            again()
                .then(|| {
                    view! {
                        <Notice tone=Tone::Good>
                            <p>{words::sent_again(locale)}</p>
                        </Notice>
                    }
                })
        }}
        <Suspense>
            {move || Suspend::new(async move {
                let error = failed.await.filter(|failed| failed.form == "send_again").map(|failed| failed.error);
                let reading = reading.await;
                let after = after.get_untracked();
                match page.await {
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                    Ok(page) => {
                        view! {
                            {error.map(|error| view! { <ErrorNotice error/> })}
                            <List page after reading/>
                        }
                            .into_any()
                    }
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// Reading a letter keeps the page of the list.
fn address(after: Option<&str>, letter: Option<LetterId>) -> String {
    let after = after.map(|after| format!("after={after}"));
    let anchor = if letter.is_some() { "#letter" } else { "" };
    let letter = letter.map(|id| format!("letter={id}"));
    let query = after.into_iter().chain(letter).collect::<Vec<_>>().join("&");
    if query.is_empty() { urls::OUTBOX.to_owned() } else { format!("{}?{query}{anchor}", urls::OUTBOX) }
}

#[component]
fn List(page: OutboxPage, after: Option<String>, reading: Reading) -> impl IntoView {
    let locale = use_locale();
    let OutboxPage { letters, next, local_only } = page;
    let empty = letters.is_empty();
    let open = reading.as_ref().map(|(id, _)| *id);
    let mut reading = reading.map(|(_, letter)| letter);
    let lines = letters
        .into_iter()
        .map(|line| {
            let here = open == Some(line.letter.id);
            let reading = if here { reading.take() } else { None };
            view! { <OutboxLine line after=after.clone() reading local_only/> }
        })
        .collect_view();
    // From a link to a letter that stands on another page of the list.
    let elsewhere = reading.map(|letter| view! { <section class="card" id="letter"><Read letter/></section> });
    let first = after.is_some().then(|| address(None, None));
    let next = next.map(|next| address(Some(&next), None));
    view! {
        {local_only
            .then(|| {
                view! {
                    <Notice tone=Tone::Info>
                        <p>
                            <strong>{words::local_only(locale)}</strong>
                        </p>
                        <p>{words::local_only_hint(locale)}</p>
                    </Notice>
                }
            })}
        {elsewhere}
        {if empty {
            view! { <Empty icon="mail" title=words::no_letters(locale) hint=words::no_letters_hint(locale)/> }.into_any()
        } else {
            view! {
                <ul class="settings-list" role="list">
                    {lines}
                </ul>
                <Pager first next/>
            }
                .into_any()
        }}
    }
    .into_any()
}

#[component]
fn OutboxLine(
    line: OutboxLetter,
    after: Option<String>,
    reading: Option<Result<LetterPreview, AppError>>,
    /// There is no mail server: e-mails are done when they are written down.
    local_only: bool,
) -> impl IntoView {
    let locale = use_locale();
    let OutboxLetter { letter, number, is_case, store } = line;
    let kept = local_only && letter.medium == Medium::Email && letter.state == LetterState::Sent;
    let (class, icon) = match letter.state {
        LetterState::Waiting => ("badge badge-wait", "clock"),
        LetterState::Sent if kept => ("badge", "inbox"),
        LetterState::Sent => ("badge badge-good", "check"),
        LetterState::Failed => ("badge badge-bad", "mail_failed"),
        LetterState::Cancelled => ("badge", "undo"),
    };
    let state = if kept {
        words::kept_here(locale)
    } else {
        texts::letter_state::by_key(locale, letter.state.key()).unwrap_or_default()
    };
    let template = texts::template::by_key(locale, letter.template.key()).unwrap_or_default();
    let medium = (letter.medium == Medium::Sms).then_some("SMS ");
    // An SMS is its text, which holds a secret as often as not.
    let title = match letter.medium {
        Medium::Email => letter.subject,
        Medium::Sms => words::sms_to(locale, template),
    };
    let open = reading.is_some();
    let href = address(after.as_deref(), (!open).then_some(letter.id));
    let (again, id) = (letter.state != LetterState::Waiting, letter.id);
    view! {
        <li class="settings-line settings-letter" id=open.then_some("letter")>
            <div class="settings-letter-head">
                <a class="settings-link" href=href aria-expanded=if open { "true" } else { "false" }>
                    <span class="settings-line-words">
                        <strong>{title}</strong>
                        <span class="soft small">
                            {template} " · " {medium} {letter.to} " · " {store.name} " · " <Time at=letter.sent.unwrap_or(letter.at)/>
                        </span>
                    </span>
                    <span class=class>
                        <Icon name=icon/>
                        {state}
                    </span>
                </a>
                {if is_case {
                    view! {
                        <a class="button button-quiet settings-case" href=urls::case(number)>
                            {number.to_string()}
                        </a>
                    }
                        .into_any()
                } else {
                    view! { <span class="settings-case soft">{number.to_string()}</span> }.into_any()
                }}
            </div>
            {(!letter.error.is_empty()).then(|| view! { <p class="settings-words-of-server">{letter.error}</p> })}
            {reading
                .map(|letter| {
                    view! {
                        <Read letter/>
                        {again
                            .then(|| {
                                view! {
                                    <form method="post" action=SendAgain::PATH class="form-actions">
                                        <input type="hidden" name="letter" value=id.to_string()/>
                                        <Button icon="refresh" label=words::send_again(locale)/>
                                    </form>
                                }
                            })}
                    }
                })}
        </li>
    }
    .into_any()
}

/// The letter as its reader sees it, and its plain text.
#[component]
fn Read(letter: Result<LetterPreview, AppError>) -> impl IntoView {
    let locale = use_locale();
    let letter = match letter {
        Ok(letter) => letter,
        Err(error) => return view! { <ErrorNotice error/> }.into_any(),
    };
    let text = letter.text.clone();
    let sms = letter.html.is_empty();
    view! {
        <div class="settings-reading">
            <Letter letter/>
            {(!sms)
                .then(|| {
                    view! {
                        <details>
                            <summary>{words::as_text(locale)}</summary>
                            <pre class="settings-text" tabindex="0">{text}</pre>
                        </details>
                    }
                })}
        </div>
    }
    .into_any()
}
