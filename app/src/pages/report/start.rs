//! What is it about? The types as pictured cards: for a new report, and for another article of one.

use super::Gone;
use super::api::{DiscardReport, read_report_start, read_review};
use crate::backend::{ReportStart, Reviewed, TypeCard};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::guise::{GuiseInput, use_guise};
use crate::ui::{CustomerFrame, Icon, TypeCards};
use crate::urls;
use crate::wire::page_data;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use texts::report as words;

/// `/report`
#[component]
pub fn StartPage() -> impl IntoView {
    let locale = use_locale();
    let page = page_data(|| (), |()| read_report_start());
    view! {
        <Title text=words::title(locale)/>
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(start) => view! { <Start start/> }.into_any(),
                    Err(AppError::NotFound) => view! { <Closed/> }.into_any(),
                    Err(error) => view! { <Gone error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Start(start: ReportStart) -> impl IntoView {
    let locale = use_locale();
    let guise = use_guise();
    let ReportStart { look, types, unfinished } = start;
    let title = words::title(locale);
    let intro = if look.intro.is_empty() { words::intro(locale).to_owned() } else { look.intro.clone() };
    view! {
        <CustomerFrame look>
            <div class="stack-small">
                <h1>{title}</h1>
                <p class="report-intro">{intro}</p>
            </div>
            {unfinished
                .map(|token| {
                    view! {
                        <section class="report-unfinished card" aria-labelledby="unfinished">
                            <Icon name="edit"/>
                            <div class="grow">
                                <h2 id="unfinished">{words::unfinished(locale)}</h2>
                                <p class="soft">{words::unfinished_text(locale)}</p>
                            </div>
                            <div class="row">
                                <a class="button button-primary" href=guise.put_on(&urls::report(&token)) rel="external">
                                    {words::unfinished_go(locale)}
                                </a>
                                <form method="post" action=DiscardReport::PATH>
                                    <input type="hidden" name="token" value=token/>
                                    <GuiseInput/>
                                    <button class="button" type="submit">
                                        {words::unfinished_discard(locale)}
                                    </button>
                                </form>
                            </div>
                        </section>
                    }
                })}
            <section class="stack" aria-labelledby="which">
                <h2 id="which">{words::which(locale)}</h2>
                <Types types token=urls::NEW_REPORT.to_owned()/>
            </section>
        </CustomerFrame>
    }
    .into_any()
}

/// Each leads to its form, in that report.
#[component]
fn Types(types: Vec<TypeCard>, token: String) -> impl IntoView {
    let guise = use_guise();
    let href = move |card: &TypeCard| guise.put_on(&urls::report_type(&token, &card.key));
    view! { <TypeCards types href external=true/> }
}

/// The organisation takes no complaints from home.
#[component]
fn Closed() -> impl IntoView {
    let locale = use_locale();
    super::set_status(&AppError::NotFound);
    view! {
        <CustomerFrame look=super::unknown_look()>
            <div class="customer-told">
                <Icon name="store"/>
                <h1>{words::closed_title(locale)}</h1>
                <p>{words::closed_text(locale)}</p>
            </div>
        </CustomerFrame>
    }
    .into_any()
}

/// `/report/{token}/add`
#[component]
pub fn AddPage() -> impl IntoView {
    let locale = use_locale();
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let begun = page_data(|| (), {
        let token = token.clone();
        move |()| read_review(token.clone())
    });
    let page = page_data(|| (), |()| read_report_start());
    let sent = use_guise().put_on(&urls::report_sent(&token));
    view! {
        <Title text=words::add_title(locale)/>
        <Meta name="robots" content="noindex"/>
        <Suspense>
            {move || {
                let (token, sent) = (token.clone(), sent.clone());
                Suspend::new(async move {
                    match (begun.await, page.await) {
                        (Ok(begun), Ok(start)) => {
                            let full = matches!(begun, Reviewed::Ready(review) if !review.may_add);
                            view! { <Add start token full/> }.into_any()
                        }
                        (Err(AppError::Expired), _) => view! { <Redirect path=sent/> }.into_any(),
                        (Err(error), _) | (_, Err(error)) => view! { <Gone error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Add(start: ReportStart, token: String, full: bool) -> impl IntoView {
    let locale = use_locale();
    let back = use_guise().put_on(&urls::report_review(&token));
    let (title, intro) = if full {
        (words::full_title(locale), None)
    } else {
        (words::add_title(locale), Some(words::add_intro(locale)))
    };
    view! {
        <CustomerFrame look=start.look>
            <div class="stack-small">
                <a class="report-back" href=back rel="external">
                    <Icon name="arrow_left"/>
                    <span>{words::to_review(locale)}</span>
                </a>
                <h1>{title}</h1>
                {intro.map(|intro| view! { <p class="report-intro">{intro}</p> })}
            </div>
            {(!full).then(|| view! { <Types types=start.types token/> })}
        </CustomerFrame>
    }
    .into_any()
}
