//! What people see, once for server and browser.

// Types of views nest as deep as the elements do.
#![recursion_limit = "512"]

pub mod backend;
pub mod boot;
pub mod error;
pub mod form;
pub mod guise;
pub mod live;
pub mod pages;
pub mod retry;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod ui;
pub mod urls;
pub mod wire;

use boot::Boot;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{ParamSegment, StaticSegment, path};

/// A page of forms alone, which the server renders and no client takes over: see [`urls::is_plain`]. In the client it is
/// the way there, so that nothing of the page has to be in it.
#[cfg(feature = "ssr")]
macro_rules! plain {
    ($page:path) => {
        $page
    };
}
#[cfg(not(feature = "ssr"))]
macro_rules! plain {
    ($page:path) => {
        pages::Elsewhere
    };
}

/// The whole application below `<body>`.
///
/// Every route renders whole on the server (`SsrMode::Async`), so that each page works before, and without, the client.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let boot = SharedValue::<_, wire::Wire>::new_with_encoding(boot::read).into_inner();
    let organisation = boot.organisation.clone();
    provide_context::<Boot>(boot);
    view! {
        <Title formatter=move |page: String| if page.is_empty() { organisation.clone() } else { format!("{page} · {organisation}") }/>
        <Router>
            <Routes fallback=pages::NotFound>
                <Route path=path!("/sign-in") view=plain!(pages::sign_in::SignInPage) ssr=SsrMode::Async/>
                <Route path=path!("/welcome/:token") view=plain!(pages::welcome::WelcomePage) ssr=SsrMode::Async/>
                <Route path=path!("/tablet") view=pages::tablet::TabletPage ssr=SsrMode::Async/>
                <Route path=path!("/u/:token") view=pages::upload::UploadPage ssr=SsrMode::Async/>
                <Route path=path!("/report") view=plain!(pages::report::StartPage) ssr=SsrMode::Async/>
                <Route path=path!("/report/:token/add") view=plain!(pages::report::AddPage) ssr=SsrMode::Async/>
                <Route path=path!("/report/:token/review") view=plain!(pages::report::ReviewPage) ssr=SsrMode::Async/>
                <Route path=path!("/report/:token/sent") view=plain!(pages::report::SentPage) ssr=SsrMode::Async/>
                <Route path=path!("/report/:token") view=pages::report::ReportPage ssr=SsrMode::Async/>
                <Route path=path!("/confirm/:token") view=plain!(pages::confirm::ConfirmPage) ssr=SsrMode::Async/>
                <Route path=path!("/status") view=plain!(pages::status::FindPage) ssr=SsrMode::Async/>
                <Route path=path!("/status/:number") view=plain!(pages::status::CasePage) ssr=SsrMode::Async/>
                <Route path=path!("/status/:number/contact") view=plain!(pages::status::ContactPage) ssr=SsrMode::Async/>
                <Route path=path!("/status/:number/withdraw") view=plain!(pages::status::WithdrawPage) ssr=SsrMode::Async/>
                <Route path=path!("/s/:token") view=plain!(pages::status::LinkPage) ssr=SsrMode::Async/>
                <ParentRoute path=StaticSegment("") view=ui::frame::StaffFrame ssr=SsrMode::Async>
                    <Route path=path!("/") view=pages::today::HomePage ssr=SsrMode::Async/>
                    <Route path=path!("/cases") view=pages::list::CasesPage ssr=SsrMode::Async/>
                    <Route path=path!("/archive") view=pages::list::ArchivePage ssr=SsrMode::Async/>
                    <Route path=path!("/search") view=pages::search::SearchPage ssr=SsrMode::Async/>
                    <Route path=(StaticSegment("cases"), ParamSegment("number")) view=pages::case::CasePage ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:number/edit") view=pages::register::EditPage ssr=SsrMode::Async/>
                    <Route path=path!("/bulk") view=plain!(pages::bulk::RunsPage) ssr=SsrMode::Async/>
                    <Route path=path!("/bulk/:run") view=plain!(pages::bulk::RunPage) ssr=SsrMode::Async/>
                    <Route path=path!("/new") view=pages::register::TypesPage ssr=SsrMode::Async/>
                    <Route path=path!("/new/:type") view=pages::register::FormPage ssr=SsrMode::Async/>
                    <Route path=path!("/rma") view=plain!(pages::rma::RmasPage) ssr=SsrMode::Async/>
                    <Route path=path!("/rma/new") view=plain!(pages::rma::NewRmaPage) ssr=SsrMode::Async/>
                    <Route path=path!("/rma/:number") view=plain!(pages::rma::RmaPage) ssr=SsrMode::Async/>
                    <Route path=path!("/papers") view=plain!(pages::papers::PapersPrintPage) ssr=SsrMode::Async/>
                    <Route path=path!("/statistics") view=plain!(pages::statistics::StatisticsPage) ssr=SsrMode::Async/>
                    <Route path=path!("/scan") view=plain!(pages::scan::ScanPage) ssr=SsrMode::Async/>
                    <Route path=path!("/account") view=plain!(pages::account::AccountPage) ssr=SsrMode::Async/>
                    <Route path=path!("/settings") view=plain!(pages::settings::SettingsPage) ssr=SsrMode::Async/>
                    <Route path=path!("/settings/:section") view=plain!(pages::settings::SettingsSection) ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
