//! How we reach a customer, for them to change.

use super::api::ChangeContact;
use super::failed::{Failed, FormLanguages};
use super::shell::CaseShell;
use crate::backend::{ContactField, StatusPage, Submission};
use crate::boot::use_locale;
use crate::guise::{GuiseInput, use_guise};
use crate::ui::field::StarLegend;
use crate::ui::{Button, CustomerFrame, Icon, Look, SelectField, TextAreaField, TextField};
use crate::urls;
use domain::form::schema::common;
use domain::rma::Route;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use server_fn::ServerFn;
use texts::status as words;

/// As a failed submission names it, and the form's id.
const FORM: &str = "change_contact";

/// `/status/{number}/contact`
#[component]
pub fn ContactPage() -> impl IntoView {
    let locale = use_locale();
    view! { <CaseShell title=words::contact_title(locale) show=|page, failed| view! { <Contact page failed/> }.into_any()/> }
}

#[component]
fn Contact(page: StatusPage, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let back = use_guise().put_on(&urls::status(page.number));
    if !page.may_change_contact {
        return view! { <Redirect path=back/> }.into_any();
    }
    let failed = Failed::of(FORM, failed.as_ref());
    let above = failed.above(&[]);
    let courier = page.rma.as_ref().is_some_and(|rma| rma.route == Route::PickUp && rma.state.is_awaited());
    let asks_address = page.contact.iter().any(|field| field.key.as_str() == common::CUSTOMER_ADDRESS);
    let fields = page.contact.into_iter().map(|field| input(field, &failed)).collect_view();
    let (look, number) = (page.look, page.number.to_string());
    let languages = view! { <FormLanguages form=FORM name=FORM/> }.into_any();
    view! {
        <CustomerFrame look languages>
            <Back href=back.clone()/>
            <div class="stack-small">
                <h1>{words::contact_title(locale)}</h1>
                <p class="status-intro">{words::contact_intro(locale)}</p>
            </div>
            <form id=FORM class="form card" method="post" action=ChangeContact::PATH novalidate>
                {above}
                <StarLegend/>
                <GuiseInput/>
                <input type="hidden" name="number" value=number/>
                {fields}
                {(courier && asks_address).then(|| view! { <p class="soft small">{words::contact_courier(locale)}</p> })}
                <div class="form-actions">
                    <Button label=texts::ui::save(locale) look=Look::Primary/>
                    <a class="button button-quiet" href=back rel="external">
                        {texts::ui::cancel(locale)}
                    </a>
                </div>
            </form>
        </CustomerFrame>
    }
    .into_any()
}

fn input(field: ContactField, failed: &Failed) -> AnyView {
    let ContactField { key, label, value, required, options } = field;
    let name = key.to_string();
    let (value, error) = (failed.value(&name, &value), failed.beside(&name));
    if !options.is_empty() {
        return view! { <SelectField name label options value error required/> }.into_any();
    }
    let (kind, autocomplete) = match name.as_str() {
        common::CUSTOMER_ADDRESS => {
            return view! { <TextAreaField name label value error required rows=3/> }.into_any();
        }
        common::CUSTOMER_EMAIL => ("email", "email"),
        common::CUSTOMER_PHONE => ("tel", "tel"),
        _ => ("text", "name"),
    };
    view! { <TextField name label kind value error required autocomplete/> }.into_any()
}

#[component]
pub(super) fn Back(href: String) -> impl IntoView {
    let locale = use_locale();
    view! {
        <a class="status-back" href=href rel="external">
            <Icon name="arrow_left"/>
            <span>{words::back(locale)}</span>
        </a>
    }
    .into_any()
}
