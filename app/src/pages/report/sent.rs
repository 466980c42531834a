//! What is left to do after a report was sent: to open the link in the letter.

use super::Gone;
use super::api::{ResendConfirmation, read_sent};
use crate::backend::{ReportSent, Submission};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::guise::{Guise, GuiseInput, use_guise};
use crate::retry::use_submission;
use crate::ui::error_view::{ErrorNotice, field_error};
use crate::ui::{Button, CustomerFrame, Icon, Notice, TextField, Tone};
use crate::urls;
use crate::wire::page_data;
use domain::contact::Medium;
use domain::number::Number;
use domain::report::Standing;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_params_map, use_query_map};
use server_fn::ServerFn;
use texts::report as words;

/// As a failed submission names it.
const FORM: &str = "resend_confirmation";

/// `/report/{token}/sent?again=1`
#[component]
pub fn SentPage() -> impl IntoView {
    let locale = use_locale();
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let submission = use_submission();
    let page = page_data(|| (), {
        let token = token.clone();
        move |()| read_sent(token.clone())
    });
    view! {
        <Title text=words::title(locale)/>
        <Meta name="robots" content="noindex"/>
        <Suspense>
            {move || {
                let token = token.clone();
                Suspend::new(async move {
                    let failed = submission.await;
                    match page.await {
                        Ok(sent) => view! { <Sent sent token failed/> }.into_any(),
                        Err(error) => view! { <Gone error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Sent(sent: ReportSent, token: String, failed: Option<Submission>) -> impl IntoView {
    let guise = use_guise();
    let look = sent.look.clone();
    let body = match sent.standing {
        Standing::Unsent => {
            let path = guise.put_on(&urls::report_review(&token));
            return view! { <Redirect path/> }.into_any();
        }
        Standing::Unconfirmed => view! { <Waiting sent token failed/> }.into_any(),
        Standing::Confirmed => {
            view! { <Confirmed number=sent.number cases=sent.cases medium=sent.medium before=true/> }.into_any()
        }
        Standing::Expired => view! { <Expired/> }.into_any(),
    };
    view! { <CustomerFrame look>{body}</CustomerFrame> }.into_any()
}

#[component]
fn Waiting(sent: ReportSent, token: String, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let again = use_query_map().with_untracked(|query| query.get("again").is_some()) && failed.is_none();
    let ReportSent { number, cases, medium, to, hours_left, letters_left, undelivered, .. } = sent;
    let (title, wrong, again_title) = match medium {
        Medium::Email => (words::sent_title(locale), words::undelivered(locale, &to), words::sent_again_title(locale)),
        Medium::Sms => {
            (words::sent_title_sms(locale), words::undelivered_sms(locale, &to), words::sent_again_title_sms(locale))
        }
    };
    let wrong = undelivered.then_some(wrong);
    let told = again.then(|| words::sent_again(locale, &to));
    view! {
        <div class="customer-told">
            <span class="customer-drawing">
                <Icon name="mail"/>
            </span>
            <h1>{title}</h1>
            <p class="report-intro">{words::sent_to(locale, &to)}</p>
            <p>{words::sent_hours(locale, hours_left.max(1))}</p>
        </div>
        {wrong
            .map(|wrong| {
                view! {
                    <Notice tone=Tone::Warn>
                        <p>{wrong}</p>
                    </Notice>
                }
            })}
        {told
            .map(|told| {
                view! {
                    <Notice tone=Tone::Good>
                        <p>{told}</p>
                    </Notice>
                }
            })}
        <Numbers number cases/>
        <section class="card stack" aria-labelledby="again">
            <h2 id="again">{again_title}</h2>
            {if letters_left == 0 {
                view! { <p>{words::none_left(locale)}</p> }.into_any()
            } else {
                view! { <Again token medium to failed/> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// The letter once more, perhaps to another address or number.
#[component]
fn Again(token: String, medium: Medium, to: String, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let failed = failed.filter(|failed| failed.form == FORM);
    let error = failed.as_ref().map(|failed| failed.error.clone());
    let beside = field_error(locale, error.as_ref(), "to");
    let value = failed.map_or(to, |failed| failed.value(FORM, "to"));
    let (kind, label, autocomplete, text) = match medium {
        Medium::Email => ("email", words::email(locale), "email", words::sent_again_text(locale)),
        Medium::Sms => ("tel", words::phone(locale), "tel", words::sent_again_text_sms(locale)),
    };
    view! {
        <form class="stack" method="post" action=ResendConfirmation::PATH novalidate>
            <p class="soft">{text}</p>
            {error
                .filter(|error| !matches!(error, AppError::Invalid { .. }))
                .map(|error| view! { <ErrorNotice error/> })}
            <input type="hidden" name="token" value=token/>
            <GuiseInput/>
            <TextField
                name="to"
                kind
                label
                value
                error=beside
                required=true
                autocomplete
                maxlength=254
            />
            <div>
                <Button label=words::send_again(locale) icon="mail"/>
            </div>
        </form>
    }
    .into_any()
}

/// The number large; of several articles the one they share, and each with its own.
#[component]
pub fn Numbers(number: Number, cases: Vec<(Number, String)>) -> impl IntoView {
    let locale = use_locale();
    let several = cases.len() > 1;
    let label = if several { words::number_of_all(locale) } else { words::number(locale) };
    let lines = cases
        .into_iter()
        .map(|(own, title)| {
            view! {
                <li>
                    {several.then(|| view! { <strong class="numbers-own">{own.to_string()}</strong> })}
                    <span>{title}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card numbers" aria-label=label>
            <p class="soft">{label}</p>
            <p class="numbers-large">{number.to_string()}</p>
            <ul role="list">{lines}</ul>
        </section>
    }
    .into_any()
}

/// It has reached us: what happens now. `before`: that was so already.
#[component]
pub fn Confirmed(number: Number, cases: Vec<(Number, String)>, medium: Medium, before: bool) -> impl IntoView {
    let locale = use_locale();
    let guise = use_guise();
    let title = if before { words::confirmed(locale) } else { words::thanks(locale) };
    let (letter, goods) = match medium {
        Medium::Email => (words::now_letter(locale), words::now_goods(locale)),
        Medium::Sms => (words::now_letter_sms(locale), words::now_goods_sms(locale)),
    };
    let steps = [letter, goods, words::now_answer(locale)];
    let steps = steps.map(|step| view! { <li>{step}</li> }).collect_view();
    view! {
        <div class="customer-told">
            <span class="customer-drawing customer-drawing-good">
                <Icon name="approved"/>
            </span>
            <h1>{title}</h1>
        </div>
        <Numbers number cases/>
        <section class="card stack" aria-labelledby="now">
            <h2 id="now">{words::now_title(locale)}</h2>
            <ol class="now">{steps}</ol>
            <div>
                <a
                    class="button button-primary"
                    href=Guise { framed: false, ..guise }.put_on(urls::STATUS)
                    target=guise.framed.then_some("_blank")
                    rel="external"
                >
                    {words::follow(locale)}
                </a>
            </div>
        </section>
    }
    .into_any()
}

/// Nobody confirmed it in time.
#[component]
pub fn Expired() -> impl IntoView {
    let locale = use_locale();
    let guise = use_guise();
    view! {
        <div class="customer-told">
            <span class="customer-drawing">
                <Icon name="clock"/>
            </span>
            <h1>{words::expired_title(locale)}</h1>
            <p>{words::expired_text(locale)}</p>
            <a class="button button-primary" href=guise.put_on(urls::REPORT) rel="external">
                {words::begin_again(locale)}
            </a>
        </div>
    }
    .into_any()
}
