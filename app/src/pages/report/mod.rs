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

use crate::error::AppError;
use crate::guise::use_guise;
use crate::ui::{ErrorView, Icon};
use crate::urls;
use leptos::prelude::*;
use texts::report as words;

/// In place of a report that is not there any more, or never was.
#[component]
pub fn Gone(error: AppError) -> impl IntoView {
    let locale = crate::boot::use_locale();
    let (title, text) = match error {
        AppError::NotFound => (words::unknown_title(locale), words::unknown_text(locale)),
        AppError::Expired => (words::expired_title(locale), words::expired_text(locale)),
        other => return view! { <ErrorView error=other/> }.into_any(),
    };
    set_status(&error);
    view! {
        <main class="customer-main customer-told">
            <Icon name="link"/>
            <h1>{title}</h1>
            <p>{text}</p>
            <a class="button" href=use_guise().put_on(urls::REPORT) rel="external">
                {words::begin_again(locale)}
            </a>
        </main>
    }
    .into_any()
}

/// The answer's HTTP status, where a page tells an error in its own words.
fn set_status(error: &AppError) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(error.status()))
    {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = error;
}
