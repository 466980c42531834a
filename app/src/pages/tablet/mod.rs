//! Who stands at the store's tablet.

mod api;
mod pin_pad;

pub use api::{LeaveTablet, MakeTablet, PickClerk, TabletStaff, leave_tablet, make_tablet, pick_clerk, tablet_staff};

use crate::backend::{StaffRef, Submission, Visitor};
use crate::boot::{use_boot, use_locale};
use crate::error::AppError;
use crate::retry::use_submission;
use crate::ui::error_view::{error_text, wait_text};
use crate::ui::frame::initials;
use crate::ui::{Empty, ErrorView, Icon, Notice, Tone};
use crate::urls;
use crate::wire::page_data;
use domain::id::StaffId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;
use pin_pad::PinPad;
use server_fn::ServerFn;
use texts::tablet as words;

/// As a failed submission names it.
const FORM: &str = "pick_clerk";

#[component]
pub fn TabletPage() -> impl IntoView {
    match use_boot().visitor {
        Visitor::Tablet(tablet) => view! { <WhoAreYou store=tablet.store.name/> }.into_any(),
        Visitor::Staff(_) => view! { <Redirect path=urls::HOME/> }.into_any(),
        Visitor::Nobody => view! { <Redirect path=urls::SIGN_IN/> }.into_any(),
    }
}

#[component]
fn WhoAreYou(store: String) -> impl IntoView {
    let locale = use_locale();
    let staff = page_data(|| (), |()| tablet_staff());
    let submission = use_submission();
    let query = use_query_map();
    let picked = Memo::new(move |_| query.read().get("clerk").and_then(|id| id.parse::<StaffId>().ok()));
    view! {
        <Title text=words::title(locale)/>
        <main class="tablet">
            <p class="tablet-store">
                <Icon name="store"/>
                <span>{words::store(locale, &store)}</span>
            </p>
            <Suspense>
                {move || Suspend::new(async move {
                    let failed = submission.await;
                    match staff.await {
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                        Ok(staff) => {
                            let tried = failed.as_ref().and_then(|f| f.value(FORM, "clerk").parse::<StaffId>().ok());
                            let one = picked.get().or(tried);
                            match staff.iter().find(|clerk| Some(clerk.id) == one) {
                                Some(clerk) => view! { <Pin clerk=clerk.clone() failed/> }.into_any(),
                                None => view! { <Cards staff/> }.into_any(),
                            }
                        }
                    }
                })}
            </Suspense>
        </main>
    }
    .into_any()
}

#[component]
fn Cards(staff: Vec<StaffRef>) -> impl IntoView {
    let locale = use_locale();
    if staff.is_empty() {
        return view! {
            <h1 class="visually-hidden">{words::title(locale)}</h1>
            <Empty icon="users" title=words::nobody(locale) hint=words::nobody_hint(locale)/>
        }
        .into_any();
    }
    let cards = staff
        .into_iter()
        .map(|clerk| {
            view! {
                <li>
                    <a class="clerk" href=format!("{}?clerk={}", urls::TABLET, clerk.id)>
                        <span class="avatar avatar-large" aria-hidden="true">
                            {initials(&clerk.name)}
                        </span>
                        <span>{clerk.name}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <h1>{words::title(locale)}</h1>
        <p class="soft">{words::hint(locale)}</p>
        <ul class="clerks" role="list">
            {cards}
        </ul>
    }
    .into_any()
}

#[component]
fn Pin(clerk: StaffRef, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let error = failed.map(|failed| match failed.error {
        AppError::TooMany { seconds } => wait_text(locale, seconds),
        AppError::Invalid { .. } | AppError::NotFound | AppError::Forbidden => words::wrong(locale).to_owned(),
        other => error_text(locale, &other),
    });
    view! {
        <h1>{clerk.name.clone()}</h1>
        <form class="pin" method="post" action=PickClerk::PATH>
            {error
                .map(|error| {
                    view! {
                        <Notice tone=Tone::Bad urgent=true>
                            <p>{error}</p>
                        </Notice>
                    }
                })}
            <input type="hidden" name="clerk" value=clerk.id.to_string()/>
            <PinPad label=words::pin_of(locale, &clerk.name)/>
        </form>
        <a class="button button-quiet" href=urls::TABLET>
            <Icon name="arrow_left"/>
            <span>{words::another(locale)}</span>
        </a>
    }
    .into_any()
}

/// Gives the tablet back to the store.
#[component]
pub fn LockForm() -> impl IntoView {
    let locale = use_locale();
    view! {
        <form method="post" action=LeaveTablet::PATH>
            <button class="button button-quiet" type="submit">
                <Icon name="lock"/>
                <span>{words::lock(locale)}</span>
            </button>
        </form>
    }
}
