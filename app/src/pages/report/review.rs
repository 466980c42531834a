//! Everything once more before it is sent (WCAG 3.3.4).

use super::api::{DropReportItem, DropReportPicture, SendReport, read_review};
use super::{Gone, step_title};
use crate::backend::{PictureView, PublicLook, ReportReview, ReviewItem, ReviewSection, Reviewed, Submission};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::guise::{GuiseInput, use_guise};
use crate::retry::use_submission;
use crate::ui::error_view::ErrorNotice;
use crate::ui::{Button, CustomerFrame, Icon, Look, display};
use crate::urls::{self, Size};
use crate::wire::page_data;
use domain::contact::Medium;
use domain::form::filing::Step;
use domain::id::CaseId;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use texts::report as words;

/// `/report/{token}/review`
#[component]
pub fn ReviewPage() -> impl IntoView {
    let locale = use_locale();
    let guise = use_guise();
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let submission = use_submission();
    let page = page_data(|| (), {
        let token = token.clone();
        move |()| read_review(token.clone())
    });
    view! {
        <Title text=words::review_title(locale)/>
        <Meta name="robots" content="noindex"/>
        <Suspense>
            {move || {
                let token = token.clone();
                Suspend::new(async move {
                    let failed = submission.await;
                    let to = |page: &str| {
                        let path = guise.put_on(page);
                        view! { <Redirect path/> }.into_any()
                    };
                    match page.await {
                        Ok(Reviewed::Ready(review)) => view! { <Review review=*review failed/> }.into_any(),
                        Ok(Reviewed::Unready(case)) => to(&format!("{}&check=1", urls::report_item(&token, case))),
                        Err(AppError::Expired) => to(&urls::report_sent(&token)),
                        Err(error) => view! { <Gone error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Review(review: ReportReview, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let ReportReview { look, token, items, shared, may_add, medium } = review;
    let hint = match medium {
        Medium::Email => words::send_hint(locale),
        Medium::Sms => words::send_hint_sms(locale),
    };
    let several = items.len() > 1;
    let first = items.first().map(|item| item.item.case);
    let privacy = look.clone();
    let add = use_guise().put_on(&urls::report_add(&token));
    let articles = items
        .into_iter()
        .enumerate()
        .map(|(at, item)| view! { <Article item token=token.clone() n=several.then_some(at + 1)/> })
        .collect_view();
    let shared = first.map(|case| {
        shared
            .into_iter()
            .map(|section| {
                view! {
                    <section class="card review-card">
                        <Answers section token=token.clone() case level=2/>
                    </section>
                }
            })
            .collect_view()
    });
    view! {
        <CustomerFrame look>
            <div class="stack-small">
                <h1>{words::review_title(locale)}</h1>
                <p class="report-intro">{words::review_intro(locale)}</p>
            </div>
            {failed.map(|failed| view! { <ErrorNotice error=failed.error/> })}
            {articles}
            {may_add
                .then(|| {
                    view! {
                        <a class="button review-add" href=add rel="external">
                            <Icon name="plus"/>
                            <span>{words::add(locale)}</span>
                        </a>
                    }
                })}
            {shared}
            <Privacy look=privacy/>
            <form class="review-send" method="post" action=SendReport::PATH>
                <input type="hidden" name="token" value=token/>
                <GuiseInput/>
                <p>{hint}</p>
                <Button label=words::send(locale) icon="check" look=Look::Primary/>
            </form>
        </CustomerFrame>
    }
    .into_any()
}

/// `n` where there are several.
#[component]
fn Article(item: ReviewItem, token: String, #[prop(optional_no_strip)] n: Option<usize>) -> impl IntoView {
    let locale = use_locale();
    let ReviewItem { item, sections, pictures } = item;
    let case = item.case;
    let title = if item.title.is_empty() { item.type_name.clone() } else { item.title.clone() };
    let kind = match n {
        Some(n) => format!("{} · {}", words::article(locale, &n.to_string()), item.type_name),
        None => item.type_name,
    };
    let answers = sections
        .into_iter()
        .map(|section| view! { <Answers section token=token.clone() case level=3/> })
        .collect_view();
    let heading = format!("article-{case}");
    let labelled = heading.clone();
    view! {
        <section class="card review-card" aria-labelledby=labelled>
            <div class="review-article">
                <Icon name=item.icon/>
                <div class="grow">
                    <h2 id=heading>{title}</h2>
                    <p class="soft small">{kind}</p>
                </div>
                {n.is_some()
                    .then(|| {
                        view! {
                            <form method="post" action=DropReportItem::PATH>
                                <input type="hidden" name="token" value=token.clone()/>
                                <input type="hidden" name="case" value=case.to_string()/>
                                <GuiseInput/>
                                <Button label=words::remove_article(locale) icon="trash" look=Look::Quiet/>
                            </form>
                        }
                    })}
            </div>
            {answers}
            <Pictures pictures token=token.clone() case/>
        </section>
    }
    .into_any()
}

/// `level`: of the heading.
#[component]
fn Answers(section: ReviewSection, token: String, case: CaseId, level: u8) -> impl IntoView {
    let ReviewSection { step, title, answers } = section;
    // A section's own title speaks of the customer to staff.
    let title =
        if matches!(step, Step::Item | Step::Fault) { title } else { step_title(use_locale(), step).to_owned() };
    let nothing = answers.is_empty().then(|| view! { <p class="soft">{words::not_chosen(use_locale())}</p> });
    let facts = answers
        .into_iter()
        .map(|(label, answer)| {
            view! {
                <dt>{label}</dt>
                <dd>{answer}</dd>
            }
        })
        .collect_view();
    view! {
        <div class="review-section">
            <Head title step token case level/>
            {nothing}
            <dl class="facts">{facts}</dl>
        </div>
    }
    .into_any()
}

/// What it is, and the way to change it.
#[component]
fn Head(title: String, step: Step, token: String, case: CaseId, level: u8) -> impl IntoView {
    let locale = use_locale();
    let change = use_guise().put_on(&format!("{}#{}", urls::report_item(&token, case), step.key()));
    let heading = match level {
        2 => view! { <h2>{title.clone()}</h2> }.into_any(),
        _ => view! { <h3>{title.clone()}</h3> }.into_any(),
    };
    view! {
        <div class="review-head">
            {heading}
            <a class="button button-quiet" href=change rel="external">
                <Icon name="edit"/>
                <span>{words::change(locale)} <span class="visually-hidden">{format!(": {title}")}</span></span>
            </a>
        </div>
    }
    .into_any()
}

#[component]
fn Pictures(pictures: Vec<PictureView>, token: String, case: CaseId) -> impl IntoView {
    let locale = use_locale();
    let none = pictures.is_empty();
    let lines = pictures.into_iter().map(|picture| view! { <Picture picture token=token.clone()/> }).collect_view();
    view! {
        <div class="review-section">
            <Head title=words::pictures(locale).to_owned() step=Step::Fault token case level=3/>
            {if none {
                view! {
                    <p class="soft">{words::no_pictures(locale)} ". " {words::pictures_lack(locale)}</p>
                }
                .into_any()
            } else {
                view! {
                    <ul class="thumbnails" role="list">
                        {lines}
                    </ul>
                }
                .into_any()
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Picture(picture: PictureView, token: String) -> impl IntoView {
    let locale = use_locale();
    let kind = texts::words::kind(locale, picture.kind);
    let told = texts::form::picture_alt(locale, kind, &display::moment(locale, &picture.received));
    let remove = texts::form::remove_picture(locale);
    let (small, large) =
        (urls::report_file(&token, picture.id, Size::Small), urls::report_file(&token, picture.id, Size::Large));
    let shown = if picture.pdf {
        view! {
            <span class="thumbnail-pdf">
                <Icon name="document" label=told/>
                {texts::form::pdf(locale)}
            </span>
        }
        .into_any()
    } else {
        view! { <img src=small alt=told loading="lazy" width="112" height="112"/> }.into_any()
    };
    view! {
        <li class="thumbnail">
            <a href=large target="_blank" rel="external">
                {shown}
            </a>
            <form method="post" action=DropReportPicture::PATH>
                <input type="hidden" name="token" value=token/>
                <input type="hidden" name="picture" value=picture.id.to_string()/>
                <GuiseInput/>
                <button type="submit" class="thumbnail-remove" title=remove>
                    <Icon name="cross" label=remove/>
                </button>
            </form>
        </li>
    }
    .into_any()
}

#[component]
fn Privacy(look: PublicLook) -> impl IntoView {
    let locale = use_locale();
    let PublicLook { organisation, privacy, privacy_url, .. } = look;
    let text = if privacy.is_empty() { words::privacy_text(locale, &organisation) } else { privacy };
    view! {
        <section class="review-privacy" aria-labelledby="privacy">
            <h2 id="privacy">{words::privacy_title(locale)}</h2>
            <p class="report-words">{text}</p>
            {(!privacy_url.is_empty())
                .then(|| {
                    view! {
                        <p>
                            <a href=privacy_url target="_blank" rel="external noopener">
                                {words::privacy_more(locale)}
                            </a>
                        </p>
                    }
                })}
        </section>
    }
    .into_any()
}
