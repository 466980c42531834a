//! Letters that no e-mail brings: printed here, and noted once they have left.

pub mod api;

use crate::backend::{PapersPage, Submission, ToPrint};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::retry::use_submission;
use crate::ui::error_view::field_error;
use crate::ui::field::{described_by, invalid};
use crate::ui::{Empty, ErrorNotice, ErrorView, Field, Icon, Notice, Pager, SelectField, Time, Tone, display};
use crate::urls;
use crate::wire::page_data;
use domain::Locale;
use domain::paper::Handover;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use texts::papers;

const FORM: &str = "hand_over_papers";

/// To choose how a letter left.
pub fn ways(locale: Locale) -> Vec<(String, String)> {
    Handover::ALL
        .map(|how| (how.key().to_owned(), texts::handover::by_key(locale, how.key()).unwrap_or_default().to_owned()))
        .to_vec()
}

#[component]
pub fn PapersPrintPage() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let after = Memo::new(move |_| query.read().get("after"));
    let marked = move || query.read().get("done").is_some_and(|done| done == "marked");
    let failed = use_submission();
    let page = page_data(move || after.get(), api::papers_to_print);
    view! {
        <Title text=papers::title(locale)/>
        <div class="page-head">
            <h1>{papers::title(locale)}</h1>
        </div>
        <p class="soft papers-hint">{papers::hint(locale)}</p>
        {move || {
            marked()
                .then(|| {
                    view! {
                        <Notice tone=Tone::Good>
                            <p>{papers::marked(locale)}</p>
                        </Notice>
                    }
                })
        }}
        <Suspense>
            {move || Suspend::new(async move {
                let failed = failed.await.filter(|failed| failed.form == FORM);
                let on_later_page = after.get_untracked().is_some();
                match page.await {
                    Ok(page) => view! { <List page failed on_later_page/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn List(page: PapersPage, failed: Option<Submission>, on_later_page: bool) -> impl IntoView {
    let locale = use_locale();
    let PapersPage { papers, next, today } = page;
    if papers.is_empty() {
        return view! { <Empty icon="print" title=papers::none(locale) hint=papers::none_hint(locale)/> }.into_any();
    }
    let stores: std::collections::BTreeSet<_> = papers.iter().map(|paper| paper.store.clone()).collect();
    let many = stores.len() > 1;
    let ticked = failed.as_ref().and_then(|failed| failed.values.get("papers").cloned()).unwrap_or_default();
    let typed = |input: &str, kept: String| failed.as_ref().map_or(kept, |failed| failed.value(FORM, input));
    let (how, on) = (typed("how", Handover::Given.key().to_owned()), typed("on", today.to_string()));
    let error = failed.as_ref().map(|failed| failed.error.clone());
    let wrong = |input: &str| Signal::stored(field_error(locale, error.as_ref(), input));
    let (wrong_how, wrong_on) = (wrong("how"), wrong("on"));
    let other =
        error.filter(|error| !matches!(error, AppError::Invalid { field, .. } if field == "how" || field == "on"));
    let lines = papers
        .into_iter()
        .map(|paper| {
            let ticked = ticked.contains(&paper.id.to_string());
            view! { <Line paper many ticked/> }
        })
        .collect_view();
    let first = on_later_page.then(|| urls::PAPERS.to_owned());
    let next = next.map(|after| format!("{}?after={after}", urls::PAPERS));
    view! {
        {other.map(|error| view! { <ErrorNotice error/> })}
        <form method="post" action=api::HandOverPapers::PATH class="rma-print">
            <ul class="rma-list" role="list">
                {lines}
            </ul>
            <div class="rma-print-bar papers-bar">
                <p class="soft small">{papers::mark_help(locale)}</p>
                <SelectField
                    id="papers-how"
                    name="how"
                    label=papers::how(locale)
                    options=ways(locale)
                    value=how
                    error=wrong_how
                />
                <Field id="papers-on" label=papers::on(locale) required=true error=wrong_on>
                    <input
                        class="input case-day"
                        id="papers-on"
                        name="on"
                        type="date"
                        required=true
                        max=today.to_string()
                        value=on
                        aria-describedby=described_by("papers-on")
                        aria-invalid=invalid(wrong_on)
                    />
                </Field>
                <button class="button button-primary" type="submit">
                    <Icon name="check"/>
                    <span>{papers::mark(locale)}</span>
                </button>
            </div>
        </form>
        <Pager first next/>
    }
    .into_any()
}

#[component]
fn Line(paper: ToPrint, many: bool, ticked: bool) -> impl IntoView {
    let locale = use_locale();
    let ToPrint { id, number, template, subject, customer, store, at, failed, law } = paper;
    let shown = number.to_string();
    let template = texts::template::by_key(locale, template.key()).unwrap_or_default();
    let about = [Some(template.to_owned()), Some(customer), many.then_some(store)];
    let about = about.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let pressing = law.map(|due| if due.days_left <= 3 { "badge badge-bad" } else { "badge badge-wait" });
    view! {
        <li class="rma-line">
            <label class="rma-tick">
                <input type="checkbox" name="papers[]" value=id.to_string() checked=ticked/>
                <span class="visually-hidden">{papers::pick(locale, &shown)}</span>
            </label>
            <a class="rma-link" href=urls::case(number)>
                <span class="rma-words">
                    <strong class="rma-number">{shown}</strong>
                    <span>{subject}</span>
                    <span class="soft small">{about} " · " <Time at/></span>
                </span>
                <span class="rma-state">
                    {failed
                        .then(|| {
                            view! {
                                <span class="badge badge-bad">
                                    <Icon name="mail_failed"/>
                                    <span>{papers::failed(locale)}</span>
                                </span>
                            }
                        })}
                    {law
                        .map(|due| {
                            view! {
                                <span class=pressing>
                                    <Icon name="law"/>
                                    <span>{papers::law(locale, &display::day(locale, due.date))}</span>
                                </span>
                            }
                        })}
                </span>
            </a>
            <a class="button button-quiet papers-pdf" href=urls::case_paper(number, id) target="_blank" rel="external">
                <Icon name="print"/>
                <span>{texts::case::paper_read(locale)}</span>
            </a>
        </li>
    }
    .into_any()
}
