//! What we wrote to the customer and what they wrote to us, newest first, and the place to write.

use super::api::WriteMessage;
use super::failed::Failed;
use crate::backend::{StatusMessage, StatusPage, Submission};
use crate::boot::{use_boot, use_locale};
use crate::guise::GuiseInput;
use crate::ui::{Button, Icon, Look, TextAreaField, Time};
use domain::customer::Task;
use domain::decision::TEXT_LIMIT;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::status as words;

/// As a failed submission names it, and the form's id: there is one on the page.
pub const WRITE: &str = "write_message";

#[component]
pub fn Messages(page: StatusPage, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    // Where an answer is asked for it is written at the top.
    let writes = page.may_write && page.task != Task::Answer;
    if page.messages.is_empty() && !writes {
        return ().into_any();
    }
    let lines = page.messages.clone().into_iter().map(|message| view! { <Message message/> }).collect_view();
    view! {
        <section class="card stack" aria-labelledby="messages">
            <h2 id="messages">{words::messages(locale)}</h2>
            {writes.then(|| view! { <Write page failed/> })}
            <ul class="status-messages" role="list">
                {lines}
            </ul>
        </section>
    }
    .into_any()
}

#[component]
pub fn Write(page: StatusPage, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let answer = page.task == Task::Answer;
    let failed = Failed::of(WRITE, failed.as_ref());
    let id = failed.value("id", &page.next_message.to_string());
    let (label, send) = if answer {
        (words::answer_label(locale), words::answer_send(locale))
    } else {
        (words::write_label(locale), words::write_send(locale))
    };
    let look = if answer { Look::Primary } else { Look::Plain };
    view! {
        <form id=WRITE class="stack" method="post" action=WriteMessage::PATH novalidate>
            {failed.above(&["body"])}
            <GuiseInput/>
            <input type="hidden" name="number" value=page.number.to_string()/>
            <input type="hidden" name="id" value=id/>
            <TextAreaField
                name="body"
                label=label
                rows=if answer { 4 } else { 2 }
                value=failed.value("body", "")
                error=failed.beside("body")
                required=true
                maxlength=u32::try_from(TEXT_LIMIT).unwrap_or(u32::MAX)
            />
            <div>
                <Button label=send icon="comment" look/>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Message(message: StatusMessage) -> impl IntoView {
    let locale = use_locale();
    let StatusMessage { at, template, subject, body } = message;
    let own = template.is_none();
    let paragraphs = body
        .split("\n\n")
        .map(|text| {
            let text = text.to_owned();
            // A link of a letter stands alone.
            let link = !own && text.starts_with("http") && !text.contains(char::is_whitespace);
            if link {
                let href = text.clone();
                view! { <p><a href=href rel="external noreferrer">{text}</a></p> }.into_any()
            } else {
                view! { <p>{text}</p> }.into_any()
            }
        })
        .collect_view();
    if own {
        return view! {
            <li class="status-message status-message-own">
                <p class="status-by">
                    {words::from_you(locale)} " · " <Time at/>
                </p>
                <div class="status-words">{paragraphs}</div>
            </li>
        }
        .into_any();
    }
    let from = words::from_us(locale, &use_boot().organisation);
    view! {
        <li class="status-message">
            <details>
                <summary>
                    <span class="status-subject">
                        <Icon name="mail"/>
                        <span>{subject}</span>
                    </span>
                    <span class="status-by">
                        {from} " · " <Time at/>
                    </span>
                </summary>
                <div class="status-words">{paragraphs}</div>
            </details>
        </li>
    }
    .into_any()
}
