//! What the link in the letter opens: what will be confirmed, and the one button that does.

mod api;

pub use api::*;

use crate::backend;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::guise::{GuiseInput, use_guise};
use crate::pages::report::{Confirmed, Expired, Gone, Numbers, set_status, unknown_look};
use crate::retry::use_submission;
use crate::ui::error_view::ErrorNotice;
use crate::ui::{Button, CustomerFrame, Icon, Look};
use crate::urls;
use crate::wire::page_data;
use domain::contact::Medium;
use domain::report::Standing;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_params_map, use_query_map};
use server_fn::ServerFn;
use texts::report as words;

/// `/confirm/{token}?done=1`
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let submission = use_submission();
    let page = page_data(|| (), {
        let token = token.clone();
        move |()| read_confirmation(token.clone())
    });
    view! {
        <Meta name="robots" content="noindex"/>
        <Suspense>
            {move || {
                let token = token.clone();
                Suspend::new(async move {
                    let failed = submission.await.map(|failed| failed.error);
                    match page.await {
                        Ok(page) => view! { <Speaking page token failed/> }.into_any(),
                        Err(AppError::NotFound) => view! { <Unknown/> }.into_any(),
                        Err(error) => view! { <Gone error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

/// A link that is none: the number leads on, and to a new link.
#[component]
fn Unknown() -> impl IntoView {
    let locale = use_locale();
    let guise = use_guise();
    set_status(&AppError::NotFound);
    view! {
        <Title text=words::no_link_title(locale)/>
        <CustomerFrame look=unknown_look()>
            <div class="customer-told">
                <Icon name="link"/>
                <h1>{words::no_link_title(locale)}</h1>
                <p>{words::no_link_text(locale)}</p>
                <a class="button button-primary" href=guise.put_on(urls::STATUS) rel="external">
                    {words::follow(locale)}
                </a>
                <a class="button button-quiet" href=guise.put_on(urls::REPORT) rel="external">
                    {words::begin_again(locale)}
                </a>
            </div>
        </CustomerFrame>
    }
    .into_any()
}

/// In the language of the letter, unless the reader chose another.
#[component]
fn Speaking(page: backend::ConfirmPage, token: String, failed: Option<AppError>) -> impl IntoView {
    let guise = use_guise();
    if guise.locale.is_none() && page.locale != use_locale() {
        let query = use_query_map().with_untracked(|query| query.to_query_string());
        let path = guise.speaking(page.locale).put_on(&format!("{}{query}", urls::confirm(&token)));
        return view! { <Redirect path/> }.into_any();
    }
    view! { <Confirm page token failed/> }.into_any()
}

#[component]
fn Confirm(page: backend::ConfirmPage, token: String, failed: Option<AppError>) -> impl IntoView {
    let locale = use_locale();
    let done = use_query_map().with_untracked(|query| query.get("done").is_some());
    let backend::ConfirmPage { look, standing, number, cases, medium, .. } = page;
    let intro = match medium {
        Medium::Email => words::confirm_intro(locale),
        Medium::Sms => words::confirm_intro_sms(locale),
    };
    let body = match standing {
        Standing::Confirmed => view! { <Confirmed number cases medium before=!done/> }.into_any(),
        Standing::Unconfirmed => view! {
            <div class="customer-told">
                <span class="customer-drawing">
                    <Icon name="mail"/>
                </span>
                <h1>{words::confirm_title(locale)}</h1>
                <p class="report-intro">{intro}</p>
            </div>
            {failed.map(|error| view! { <ErrorNotice error/> })}
            <Numbers number cases/>
            <form class="confirm" method="post" action=ConfirmReport::PATH>
                <input type="hidden" name="token" value=token/>
                <GuiseInput/>
                <Button label=words::confirm(locale) icon="check" look=Look::Primary/>
                <p class="soft">{words::not_you(locale)}</p>
            </form>
        }
        .into_any(),
        Standing::Unsent | Standing::Expired => view! { <Expired/> }.into_any(),
    };
    view! {
        <Title text=words::confirm_title(locale)/>
        <CustomerFrame look>{body}</CustomerFrame>
    }
    .into_any()
}
