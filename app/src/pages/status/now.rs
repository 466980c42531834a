//! Where it is, what the customer is to do, and what happens then.

use super::api::ExtendReturn;
use super::messages::Write;
use super::parts::document_name;
use crate::backend::{DocumentKind, StatusPage, Submission};
use crate::boot::use_locale;
use crate::guise::{GuiseInput, use_guise};
use crate::ui::phase_badge::phase_tone;
use crate::ui::{Button, Icon, display};
use crate::urls;
use domain::Locale;
use domain::customer::Task;
use domain::number::Number;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::status as words;

#[component]
pub fn Now(page: StatusPage, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    if let Some((number, opens)) = page.joined_into {
        return view! { <Joined number opens page failed/> }.into_any();
    }
    let phase = page.phase;
    let headline = texts::status_phase::by_key(locale, phase.key()).unwrap_or_default();
    let next = texts::status_next::by_key(locale, phase.key()).unwrap_or_default();
    let own = page.status.clone();
    let answer_by = page.answer_by.map(|day| {
        let day = display::date(locale, day);
        if page.late { words::late(locale, &day) } else { words::answer_by(locale, &day) }
    });
    let closed = page.archived.then(|| words::archived(locale));
    let tone = phase_tone(phase);
    let still = page.task == Task::Nothing && phase.is_open();
    view! {
        <section class=format!("card status-now status-now-{tone}") aria-labelledby="now">
            <div class="status-where">
                <span class="status-drawing">
                    <Icon name=phase.key()/>
                </span>
                <div>
                    <h2 id="now">{headline}</h2>
                    {own.map(|own| view! { <p class="status-own">{own}</p> })}
                </div>
            </div>
            <Errand page failed/>
            <div class="stack-small">
                <p>{next}</p>
                {still.then(|| view! { <p>{words::nothing(locale)}</p> })}
                {answer_by.map(|text| view! { <p class="status-answer-by">{text}</p> })}
                {closed.map(|text| view! { <p>{text}</p> })}
            </div>
        </section>
    }
    .into_any()
}

/// We had the complaint twice: where it is handled, and what is left to do here.
#[component]
fn Joined(number: Number, opens: bool, page: StatusPage, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let shown = number.to_string();
    let href = opens.then(|| use_guise().put_on(&urls::status(number)));
    view! {
        <section class="card status-now" aria-labelledby="now">
            <div class="status-where">
                <span class="status-drawing">
                    <Icon name="link"/>
                </span>
                <div>
                    <h2 id="now">{words::joined_title(locale, &shown)}</h2>
                </div>
            </div>
            <Errand page failed/>
            <div class="stack-small">
                <p>{words::joined_text(locale)}</p>
                {href
                    .map(|href| {
                        view! {
                            <p>
                                <a class="button" href=href rel="external">
                                    {words::joined_open(locale, &shown)}
                                </a>
                            </p>
                        }
                    })}
            </div>
        </section>
    }
    .into_any()
}

/// What is the customer's to do, with what they need for it.
#[component]
fn Errand(page: StatusPage, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let until = page.rma.as_ref().map(|rma| display::date(locale, rma.valid_until)).unwrap_or_default();
    let number = page.number;
    let (title, text) = match page.task {
        Task::Nothing => return ().into_any(),
        Task::Answer => (words::task_answer(locale).to_owned(), String::new()),
        Task::Collect => (words::task_collect(locale, &page.store.name), String::new()),
        Task::Extend => (words::task_extend(locale).to_owned(), words::task_extend_text(locale, &until)),
        Task::Bring => (words::task_bring(locale).to_owned(), words::task_bring_text(locale, &until)),
        Task::Send => (words::task_send(locale).to_owned(), words::task_send_text(locale, &until)),
        Task::HandOver => (words::task_hand_over(locale).to_owned(), words::task_hand_over_text(locale).to_owned()),
    };
    let more = match page.task {
        Task::Answer => view! { <Answer page failed/> }.into_any(),
        Task::Extend => view! { <MoreTime number/> }.into_any(),
        Task::Send | Task::HandOver => view! { <Labels locale page/> }.into_any(),
        Task::Bring => page
            .rma
            .map(|rma| {
                view! {
                    <p class="status-large">{rma.number.to_string()}</p>
                    <p class="status-lines">{rma.destination}</p>
                }
            })
            .into_any(),
        Task::Collect => {
            let lines = [page.store.address, page.store.phone].join("\n");
            view! {
                <p class="status-large">{number.to_string()}</p>
                <p class="status-lines">{lines.trim().to_owned()}</p>
            }
            .into_any()
        }
        Task::Nothing => ().into_any(),
    };
    view! {
        <div class="status-task">
            <h3>{title}</h3>
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            {more}
        </div>
    }
    .into_any()
}

#[component]
fn Answer(page: StatusPage, failed: Option<Submission>) -> impl IntoView {
    let question = page.question.clone();
    view! {
        {question.map(|question| view! { <blockquote class="status-question">{question}</blockquote> })}
        <Write page failed/>
    }
    .into_any()
}

/// Also where there is little time left.
#[component]
pub fn MoreTime(number: domain::number::Number) -> impl IntoView {
    let locale = use_locale();
    view! {
        <form method="post" action=ExtendReturn::PATH>
            <GuiseInput/>
            <input type="hidden" name="number" value=number.to_string()/>
            <Button label=words::extend(locale) icon="clock"/>
        </form>
    }
    .into_any()
}

/// The parcel's papers, as buttons.
#[component]
fn Labels(locale: Locale, page: StatusPage) -> impl IntoView {
    let number = page.number;
    let papers = [DocumentKind::CarrierLabel, DocumentKind::Label, DocumentKind::PackingSlip];
    let links = page
        .documents
        .into_iter()
        .filter(|kind| papers.contains(kind))
        .map(|kind| {
            let address = urls::status_document(number, kind);
            let name = document_name(locale, kind);
            if kind.is_label() {
                // By POST: that a label was printed is noted.
                view! {
                    <form method="post" action=address>
                        <button class="button button-primary" type="submit">
                            <Icon name="print"/>
                            <span>{name}</span>
                        </button>
                    </form>
                }
                .into_any()
            } else {
                view! {
                    <a class="button" href=address rel="external">
                        <Icon name="print"/>
                        <span>{name}</span>
                    </a>
                }
                .into_any()
            }
        })
        .collect_view();
    view! { <div class="row">{links}</div> }.into_any()
}
