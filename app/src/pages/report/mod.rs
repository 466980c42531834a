//! A customer files a complaint from home: what it is about, the form, a look over it all, and what comes after.
//!
//! The form alone has a client; every page works without. What is shown within another site's page: [`embed`].

mod api;
pub mod embed;
mod explain;
mod flow;
mod form;
mod page;
mod place;
mod review;
mod sent;
mod start;

pub use api::*;
pub use page::ReportPage;
pub use review::ReviewPage;
pub use sent::{Confirmed, Expired, Numbers, SentPage};
pub use start::{AddPage, StartPage};

use crate::backend::PublicLook;
use crate::boot::{use_boot, use_locale};
use crate::error::AppError;
use crate::guise::use_guise;
use crate::ui::error_view::error_text;
use crate::ui::{CustomerFrame, Icon};
use crate::urls;
use domain::Locale;
use domain::form::filing::Step;
use leptos::prelude::*;
use leptos_meta::Title;
use texts::report as words;

/// In place of a report that is not there any more, or never was; and of any other error.
#[component]
pub fn Gone(error: AppError) -> impl IntoView {
    let locale = use_locale();
    let (title, text) = match &error {
        AppError::NotFound => (words::unknown_title(locale), words::unknown_text(locale).to_owned()),
        other => (texts::ui::error_title(locale), error_text(locale, other)),
    };
    set_status(&error);
    view! {
        <Title text=title/>
        <CustomerFrame look=unknown_look()>
            <div class="customer-told">
                <Icon name="link"/>
                <h1>{title}</h1>
                <p>{text}</p>
                <a class="button" href=use_guise().put_on(urls::REPORT) rel="external">
                    {words::begin_again(locale)}
                </a>
            </div>
        </CustomerFrame>
    }
    .into_any()
}

/// What a step is called to customers.
const fn step_title(locale: Locale, step: Step) -> &'static str {
    match step {
        Step::Item => words::step_item(locale),
        Step::Fault => words::step_fault(locale),
        Step::Wish => words::step_wish(locale),
        Step::Contact => words::step_contact(locale),
        Step::Delivery => words::step_delivery(locale),
    }
}

/// Where there is nothing to read it from.
pub fn unknown_look() -> PublicLook {
    PublicLook { organisation: use_boot().organisation, ..PublicLook::default() }
}

/// The answer's HTTP status, where a page tells an error in its own words.
pub fn set_status(error: &AppError) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(error.status()))
    {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = error;
}
