//! Many cases changed in one go: what is to be done, what will happen, how far it is, what happened, and the way back.
//! Pages that the server alone makes; a run is a row, so that one may leave and come back.

mod api;
mod choose;
mod tallies;

pub use api::BeginBulk;

use crate::backend::{BulkKind, BulkLine, BulkView};
use crate::boot::use_locale;
use crate::retry::use_submission;
use crate::ui::error_view::error_text;
use crate::ui::{Button, Empty, ErrorView, Icon, LinkButton, Look, Notice, Time, Tone, display};
use crate::urls;
use crate::wire::page_data;
use api::{StartBulk, StopBulk, UndoBulk, list_bulks, load_bulk};
use choose::Choose;
use domain::Locale;
use domain::bulk::{ItemState, RunState};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use tallies::{Labels, Outcome, Preview};
use texts::bulk as words;

const SCRIPT: &str = include_str!("progress.js");

pub const fn kind_words(locale: Locale, kind: BulkKind) -> &'static str {
    match kind {
        BulkKind::Assign => words::assign(locale),
        BulkKind::Status => words::status(locale),
        BulkKind::Letter => words::letter(locale),
        BulkKind::Labels => words::labels(locale),
        BulkKind::Archive => words::archive(locale),
    }
}

pub const fn kind_icon(kind: BulkKind) -> &'static str {
    match kind {
        BulkKind::Assign => "user",
        BulkKind::Status => "in_review",
        BulkKind::Letter => "mail",
        BulkKind::Labels => "print",
        BulkKind::Archive => "archive",
    }
}

#[component]
pub fn RunPage() -> impl IntoView {
    let params = use_params_map();
    let run = page_data(move || params.read().get("run").unwrap_or_default(), load_bulk);
    let failed = use_submission();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let failed = failed.await;
                match run.await {
                    Ok(run) => {
                        let locale = use_locale();
                        let title = kind_words(locale, run.kind);
                        let wrong = failed.as_ref().filter(|failed| !choose::tells(failed));
                        let wrong = wrong.and_then(|failed| failed.fault()).map(|error| error_text(locale, &error));
                        view! {
                            <Title text=title/>
                            <div class="bulk stack">
                                <div class="page-head">
                                    <h1>{title}</h1>
                                    <LinkButton href=urls::BULK icon="history" label=words::runs(locale) look=Look::Quiet/>
                                </div>
                                {wrong
                                    .map(|text| {
                                        view! {
                                            <Notice tone=Tone::Warn urgent=true>
                                                <p>{text}</p>
                                            </Notice>
                                        }
                                    })}
                                {match run.state {
                                    RunState::Chosen => view! { <Which run=run.clone()/> <Choose run failed/> }.into_any(),
                                    RunState::Gathering | RunState::Running | RunState::Undoing => {
                                        view! { <Progress run/> }.into_any()
                                    }
                                    RunState::Planned if run.kind == BulkKind::Labels => {
                                        view! { <Which run=run.clone()/> <Labels run/> }.into_any()
                                    }
                                    RunState::Planned => {
                                        view! { <Which run=run.clone()/> <Planned run failed/> }.into_any()
                                    }
                                    RunState::Done | RunState::Undone => view! { <Ended run/> }.into_any(),
                                }}
                            </div>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// A button of a run that is a form of its own.
fn press(action: &'static str, run: &BulkView, label: String, icon: &'static str, look: Look) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="run" value=run.id.to_string()/>
            <Button label icon look/>
        </form>
    }
}

/// The list that is meant, or how many were ticked.
#[component]
fn Which(run: BulkView) -> impl IntoView {
    let locale = use_locale();
    if run.query.is_empty() {
        return view! { <p class="soft">{words::chosen(locale, i64::from(run.cases))}</p> }.into_any();
    }
    view! {
        <p class="soft">
            {words::whole(locale)} " " <a href=back(&run)>{words::see_list(locale)}</a>
        </p>
    }
    .into_any()
}

/// The list that it began at.
fn back(run: &BulkView) -> String {
    use crate::pages::list::query;
    query::address(&query::read(crate::backend::ListKind::Active, &run.query))
}

#[component]
fn Planned(run: BulkView, failed: Option<crate::backend::Submission>) -> impl IntoView {
    let locale = use_locale();
    let ready = run.count(ItemState::Ready);
    let writes = run.kind == BulkKind::Letter;
    let label = if writes { words::send(locale, i64::from(ready)) } else { words::start(locale, i64::from(ready)) };
    let open = failed.as_ref().is_some_and(choose::tells);
    view! {
        <section class="card bulk-plan" aria-labelledby="bulk-preview">
            <h2 id="bulk-preview">{words::preview(locale)}</h2>
            <p class="bulk-deed">
                <Icon name=kind_icon(run.kind)/>
                <strong>{run.deed_words.clone()}</strong>
            </p>
            {choose::letter_text(run.deed.as_ref())}
            <Preview tallies=run.tallies.clone()/>
            {(ready > 0)
                .then(|| {
                    view! {
                        <p class="soft">
                            {if writes { words::letters_wait(locale) } else { words::can_undo(locale) }}
                        </p>
                        {press(StartBulk::PATH, &run, label, "check", Look::Primary)}
                    }
                })}
        </section>
        <details class="card bulk-again" open=open>
            <summary class="button">
                <Icon name="edit"/>
                <span>{words::change(locale)}</span>
            </summary>
            <Choose run failed/>
        </details>
    }
    .into_any()
}

#[component]
fn Progress(run: BulkView) -> impl IntoView {
    let locale = use_locale();
    let (title, left) = match run.state {
        RunState::Running => (words::running(locale), ItemState::Ready),
        RunState::Undoing => (words::undoing(locale), ItemState::Done),
        _ => (words::looking(locale), ItemState::New),
    };
    // What was refused beforehand is no part of the work.
    let refused_before = if run.state == RunState::Undoing { run.count(ItemState::Refused) } else { 0 };
    let all = run.cases - refused_before;
    let done = all - run.count(left).min(all);
    let said = words::progress(locale, &all.to_string(), &done.to_string());
    let stops = run.state != RunState::Undoing;
    view! {
        <section class="card bulk-progress" aria-labelledby="bulk-title">
            <h2 id="bulk-title">{title}</h2>
            {(!run.deed_words.is_empty()).then(|| view! { <p>{run.deed_words.clone()}</p> })}
            <progress
                id="bulk-progress"
                data-state=run.state.key()
                max=all.max(1).to_string()
                value=done.to_string()
                aria-labelledby="bulk-title"
            ></progress>
            <p id="bulk-words" role="status">
                {said}
            </p>
            <p class="soft">{words::goes_on(locale)}</p>
            <div class="row">
                <span class="no-js">
                    <LinkButton href=urls::bulk(run.id) icon="refresh" label=words::reload(locale)/>
                </span>
                {stops.then(|| press(StopBulk::PATH, &run, words::stop(locale).to_owned(), "cross", Look::Plain))}
            </div>
            <script r#type="module" nonce=use_nonce()>
                {SCRIPT}
            </script>
        </section>
    }
    .into_any()
}

#[component]
fn Ended(run: BulkView) -> impl IntoView {
    let locale = use_locale();
    let undo = run.undo_until.map(|until| {
        let time = display::moment(locale, &until);
        view! {
            <div class="bulk-undo">
                {press(UndoBulk::PATH, &run, words::undo(locale).to_owned(), "undo", Look::Plain)}
                <span class="soft small">{words::undo_until(locale, &time)}</span>
            </div>
        }
    });
    view! {
        <section class="card" aria-labelledby="bulk-result">
            <h2 id="bulk-result">{words::result(locale)}</h2>
            <p class="bulk-deed">
                <Icon name=kind_icon(run.kind)/>
                <strong>{run.deed_words.clone()}</strong>
            </p>
            <Outcome tallies=run.tallies.clone()/>
            {undo}
        </section>
        <p>
            <LinkButton href=back(&run) icon="cases" label=words::to_list(locale)/>
        </p>
    }
    .into_any()
}

/// Somebody's own runs: the way back to one that they left.
#[component]
pub fn RunsPage() -> impl IntoView {
    let locale = use_locale();
    let runs = page_data(|| (), |()| list_bulks());
    view! {
        <Title text=words::runs(locale)/>
        <div class="bulk stack">
            <div class="page-head">
                <h1>{words::runs(locale)}</h1>
            </div>
            <Suspense>
                {move || Suspend::new(async move {
                    match runs.await {
                        Ok(runs) if runs.is_empty() => {
                            view! { <Empty icon="history" title=words::no_runs(locale) hint=words::no_runs_hint(locale)/> }
                                .into_any()
                        }
                        Ok(runs) => {
                            view! {
                                <ul class="bulk-runs" role="list">
                                    {runs.into_iter().map(|run| view! { <Line run/> }).collect_view()}
                                </ul>
                            }
                                .into_any()
                        }
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}

#[component]
fn Line(run: BulkLine) -> impl IntoView {
    let locale = use_locale();
    let title = if run.deed_words.is_empty() { kind_words(locale, run.kind).to_owned() } else { run.deed_words };
    let state = texts::run_state::by_key(locale, run.state.key()).unwrap_or_default();
    let counted = matches!(run.state, RunState::Running | RunState::Done | RunState::Undoing);
    let count = counted.then(|| words::progress(locale, &run.cases.to_string(), &run.done.to_string()));
    view! {
        <li>
            <a class="bulk-run" href=urls::bulk(run.id)>
                <Icon name=kind_icon(run.kind)/>
                <span class="bulk-run-words">
                    <strong>{title}</strong>
                    <span class="soft small">
                        <Time at=run.began/>
                        {count.map(|count| format!(" · {count}"))}
                    </span>
                </span>
                {(run.kind != BulkKind::Labels).then(|| view! { <span class="badge">{state}</span> })}
            </a>
        </li>
    }
    .into_any()
}
