//! The case as its customer sees it: what is to be done first and large, then everything else.

use super::api::LeaveStatus;
use super::failed::FormLanguages;
use super::messages::{Messages, WRITE};
use super::now::Now;
use super::parts::{Contact, Decision, Documents, Pictures, Siblings, Store};
use super::rma::Return;
use super::shell::CaseShell;
use super::steps::Steps;
use crate::backend::{StatusPage, Submission};
use crate::boot::use_locale;
use crate::guise::{GuiseInput, use_guise};
use crate::ui::{Button, CustomerFrame, Look, Notice, Tone, display};
use crate::urls;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use texts::status as words;

/// `/status/{number}?done=written`
#[component]
pub fn CasePage() -> impl IntoView {
    let locale = use_locale();
    view! { <CaseShell title=words::title(locale) show=|page, failed| view! { <Case page failed/> }.into_any()/> }
}

#[component]
fn Case(page: StatusPage, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let look = page.look.clone();
    let filed = words::filed(locale, &display::date(locale, page.filed.local.date()));
    let (title, kind, number) = (page.title.clone(), page.type_name.clone(), page.number.to_string());
    let kind = (kind != title).then_some(kind);
    let done = use_query_map().with_untracked(|query| query.get("done")).unwrap_or_default();
    let done = match done.as_str() {
        _ if failed.is_some() => None,
        "written" => Some(words::written(locale)),
        "contact" => Some(words::contact_saved(locale)),
        "withdrawn" => Some(words::withdrawn(locale)),
        "extended" => Some(words::extended(locale)),
        _ => None,
    };
    let general = failed.as_ref().filter(|failed| failed.form != WRITE).and_then(Submission::fault);
    let page = StoredValue::new(page);
    let part = move || page.get_value();
    let frame = move |children: AnyView| {
        if part().may_write {
            let languages = view! { <FormLanguages form=WRITE name=WRITE/> }.into_any();
            view! { <CustomerFrame look languages>{children}</CustomerFrame> }.into_any()
        } else {
            view! { <CustomerFrame look>{children}</CustomerFrame> }.into_any()
        }
    };
    let body = view! {
        <header class="status-head">
            <p class="soft">
                {words::number(locale)} " " <strong class="status-number">{number}</strong>
            </p>
            <h1>{title}</h1>
            <p class="soft">{kind.map(|kind| format!("{kind} · "))} {filed}</p>
        </header>
        {done
            .map(|text| {
                view! {
                    <Notice tone=Tone::Good>
                        <p>{text}</p>
                    </Notice>
                }
            })}
        {general.map(|error| view! { <crate::ui::error_view::ErrorNotice error/> })}
        <Now page=part() failed=failed.clone()/>
        {part().joined_into.is_none().then(|| view! { <Steps phase=part().phase/> })}
        <Decision decision=part().decision outcome=part().outcome/>
        <Return number=part().number rma=part().rma phase=part().phase task=part().task/>
        <Messages page=part() failed/>
        <Pictures page=part()/>
        <Documents number=part().number kinds=part().documents/>
        <Contact page=part()/>
        <Store store=part().store/>
        <Siblings siblings=part().siblings/>
        <Ends page=part()/>
    }
    .into_any();
    frame(body)
}

/// What takes something away, at the end.
#[component]
fn Ends(page: StatusPage) -> impl IntoView {
    let locale = use_locale();
    let guise = use_guise();
    let withdraw = page.may_withdraw.then(|| guise.put_on(&urls::status_withdraw(page.number)));
    view! {
        <div class="status-ends">
            {withdraw
                .map(|href| {
                    view! {
                        <a class="button button-danger" href=href rel="external">
                            {words::withdraw(locale)}
                        </a>
                    }
                })}
            <form class="status-leave" method="post" action=LeaveStatus::PATH>
                <GuiseInput/>
                <Button label=words::leave(locale) icon="logout" look=Look::Quiet/>
                <span class="soft small">{words::leave_hint(locale)}</span>
            </form>
        </div>
    }
    .into_any()
}
