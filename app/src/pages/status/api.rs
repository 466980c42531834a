//! What customers ask and do without an account. Plain form posts; the case is opened by the secret in their cookie.

use crate::backend::{PublicLook, StatusLink, StatusPage};
use crate::error::AppError;
use crate::wire::Postcard;
use domain::id::MessageId;
use domain::number::Number;
use leptos::prelude::*;
use server_fn::codec::Json;

#[server(prefix = "/api", endpoint = "public_look", output = Postcard)]
pub async fn read_look() -> Result<PublicLook, AppError> {
    crate::backend::backend().public_look(on_server::locale()).await
}

#[server(prefix = "/api", endpoint = "status", output = Postcard)]
pub async fn read_status(number: String) -> Result<StatusPage, AppError> {
    let number = number.parse().map_err(|_| AppError::NotFound)?;
    crate::backend::backend().status(on_server::locale(), on_server::access().as_deref(), number).await
}

/// The token travels in the body: addresses reach logs.
#[server(prefix = "/api", endpoint = "status_link", input = Json, output = Postcard)]
pub async fn read_status_link(token: String) -> Result<StatusLink, AppError> {
    crate::backend::backend().status_link(on_server::locale(), &token, on_server::access().as_deref()).await
}

/// `kept`: what was typed on the case's page before it closed.
#[server(prefix = "/api", endpoint = "find_status")]
pub async fn find_status(
    #[server(default)] reference: String,
    #[server(default)] proof: String,
    #[server(default)] guise: String,
    #[server(default)] kept: String,
) -> Result<(), AppError> {
    let (backend, access) = (crate::backend::backend(), on_server::access());
    let from = crate::pages::session::origin()?;
    let proved = backend.find_status(from, access.as_deref(), &reference, &proof).await?;
    on_server::open(&guise, &proved, &kept);
    Ok(())
}

#[server(prefix = "/api", endpoint = "prove_status")]
pub async fn prove_status(
    token: String,
    #[server(default)] proof: String,
    #[server(default)] guise: String,
) -> Result<(), AppError> {
    let (backend, access) = (crate::backend::backend(), on_server::access());
    let from = crate::pages::session::origin()?;
    let proved = backend.prove_status(from, access.as_deref(), &token, &proof).await?;
    on_server::open(&guise, &proved, "");
    Ok(())
}

#[server(prefix = "/api", endpoint = "resend_unconfirmed")]
pub async fn resend_unconfirmed(
    #[server(default)] reference: String,
    #[server(default)] proof: String,
    #[server(default)] guise: String,
) -> Result<(), AppError> {
    let from = crate::pages::session::origin()?;
    crate::backend::backend().resend_unconfirmed(from, &reference, &proof).await?;
    on_server::go_on(&guise, &format!("{}?done=resent", crate::urls::STATUS));
    Ok(())
}

#[server(prefix = "/api", endpoint = "write_message")]
pub async fn write_message(
    number: Number,
    id: MessageId,
    #[server(default)] body: String,
    #[server(default)] guise: String,
) -> Result<(), AppError> {
    crate::backend::backend().write_message(on_server::access().as_deref(), number, id, &body).await?;
    on_server::done(&guise, number, "written");
    Ok(())
}

#[server(prefix = "/api", endpoint = "change_contact")]
pub async fn change_contact(
    number: Number,
    #[server(default)] customer_name: String,
    #[server(default)] customer_email: String,
    #[server(default)] customer_phone: String,
    #[server(default)] customer_address: String,
    #[server(default)] customer_medium: String,
    #[server(default)] guise: String,
) -> Result<(), AppError> {
    let contact = crate::backend::StatusContact {
        name: customer_name,
        email: customer_email,
        phone: customer_phone,
        address: customer_address,
        medium: customer_medium,
    };
    let locale = on_server::locale_of(&guise);
    crate::backend::backend().change_contact(locale, on_server::access().as_deref(), number, contact).await?;
    on_server::done(&guise, number, "contact");
    Ok(())
}

#[server(prefix = "/api", endpoint = "withdraw_case")]
pub async fn withdraw_case(number: Number, #[server(default)] guise: String) -> Result<(), AppError> {
    crate::backend::backend().withdraw_case(on_server::access().as_deref(), number).await?;
    on_server::done(&guise, number, "withdrawn");
    Ok(())
}

#[server(prefix = "/api", endpoint = "extend_return")]
pub async fn extend_return(number: Number, #[server(default)] guise: String) -> Result<(), AppError> {
    crate::backend::backend().extend_return(on_server::access().as_deref(), number).await?;
    on_server::done(&guise, number, "extended");
    Ok(())
}

/// To the phone's page, by a fresh link.
#[server(prefix = "/api", endpoint = "status_upload")]
pub async fn status_upload(number: Number, #[server(default)] guise: String) -> Result<(), AppError> {
    let page = crate::backend::backend().status_upload(on_server::access().as_deref(), number).await?;
    let locale = on_server::locale_of(&guise);
    leptos_axum::redirect(&format!("{page}?lang={locale}"));
    Ok(())
}

#[server(prefix = "/api", endpoint = "leave_status")]
pub async fn leave_status(#[server(default)] guise: String) -> Result<(), AppError> {
    let cookie = crate::backend::backend().leave_status(on_server::access().as_deref()).await?;
    crate::pages::session::answer(&cookie);
    on_server::go_on(&guise, &format!("{}?done=left", crate::urls::STATUS));
    Ok(())
}

#[cfg(feature = "ssr")]
mod on_server {
    pub use crate::pages::report::context::{go_on, locale, locale_of};

    use crate::backend::{Proved, backend};
    use crate::guise::Guise;
    use crate::pages::session;
    use crate::urls;
    use domain::number::Number;

    /// The secret of a customer who has proved something in this browser.
    pub fn access() -> Option<String> {
        session::cookie(backend().customer_cookie())
    }

    /// To the case that was proved, in the language that was chosen or in the customer's own.
    pub fn open(guise: &str, proved: &Proved, kept: &str) {
        session::answer(&proved.cookie);
        let guise = Guise::of_query(guise);
        let guise = Guise { framed: false, locale: guise.locale.or(Some(proved.locale)) };
        let mut page = urls::status(proved.number);
        // A key of ours is hexadecimal; anything else would be somebody's own query.
        if !kept.is_empty() && kept.bytes().all(|b| b.is_ascii_hexdigit()) {
            page = format!("{page}?retry={kept}");
        }
        leptos_axum::redirect(&guise.put_on(&page));
    }

    pub fn done(guise: &str, number: Number, what: &str) {
        go_on(guise, &format!("{}?done={what}", urls::status(number)));
    }
}
