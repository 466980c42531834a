//! Taking a complaint back, asked once more before it is done.

use super::api::WithdrawCase;
use super::contact::Back;
use super::shell::CaseShell;
use crate::backend::{StatusPage, Submission};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::guise::{GuiseInput, use_guise};
use crate::ui::error_view::ErrorNotice;
use crate::ui::{Button, CustomerFrame, Look, Notice, Tone};
use crate::urls;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::status as words;

/// `/status/{number}/withdraw`
#[component]
pub fn WithdrawPage() -> impl IntoView {
    let locale = use_locale();
    view! { <CaseShell title=words::withdraw(locale) show=|page, failed| view! { <Withdraw page failed/> }.into_any()/> }
}

#[component]
fn Withdraw(page: StatusPage, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let back = use_guise().put_on(&urls::status(page.number));
    let StatusPage { look, number, title, may_withdraw, rma, .. } = page;
    let error = failed.and_then(|failed| failed.fault()).filter(|error| *error != AppError::Conflict);
    let goods = rma.is_some();
    view! {
        <CustomerFrame look>
            <Back href=back.clone()/>
            {error.map(|error| view! { <ErrorNotice error/> })}
            {if may_withdraw {
                view! {
                    <section class="card stack">
                        <h1>{words::withdraw_title(locale)}</h1>
                        <p>
                            <strong>{number.to_string()}</strong>
                            " · "
                            {title}
                        </p>
                        <p>{words::withdraw_text(locale)}</p>
                        {goods.then(|| view! { <p>{words::withdraw_goods(locale)}</p> })}
                        <form class="form-actions" method="post" action=WithdrawCase::PATH>
                            <GuiseInput/>
                            <input type="hidden" name="number" value=number.to_string()/>
                            <Button label=words::withdraw_yes(locale) look=Look::Danger/>
                            <a class="button" href=back rel="external">
                                {words::withdraw_no(locale)}
                            </a>
                        </form>
                    </section>
                }
                    .into_any()
            } else {
                view! {
                    <Notice tone=Tone::Info>
                        <p>{words::decided_meanwhile(locale)}</p>
                    </Notice>
                }
                    .into_any()
            }}
        </CustomerFrame>
    }
    .into_any()
}
