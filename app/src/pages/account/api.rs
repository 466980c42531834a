//! What somebody changes about themselves. Plain form posts.

use crate::backend::{Device, StoreRef};
use crate::error::AppError;
use crate::wire::Postcard;
use domain::Locale;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the page shows beside what every page knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    pub devices: Vec<Device>,
    pub stores: Vec<StoreRef>,
}

#[server(prefix = "/api", endpoint = "account", output = Postcard)]
pub async fn account() -> Result<AccountView, AppError> {
    let (backend, who) = (crate::backend::backend(), crate::backend::viewer()?);
    Ok(AccountView { devices: backend.devices(&who).await?, stores: backend.own_stores(&who).await? })
}

/// The language of the pages, from the menu: for staff on their account, for everybody else in a cookie.
#[server(prefix = "/api", endpoint = "set_language")]
pub async fn set_language(locale: Locale) -> Result<(), AppError> {
    use crate::backend::SetCookie;
    crate::pages::session::answer(&SetCookie(format!(
        "locale={locale}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"
    )));
    if let Ok(who) = crate::backend::viewer() {
        let store = who.store.as_ref().map(|store| store.id);
        crate::backend::backend().save_account(&who, &who.name, locale, store).await?;
    }
    Ok(())
}

/// An empty `store` is none.
#[server(prefix = "/api", endpoint = "save_account")]
pub async fn save_account(name: String, locale: Locale, #[server(default)] store: String) -> Result<(), AppError> {
    let store = match store.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| AppError::invalid("store", "unknown_choice"))?),
    };
    let name = name.trim();
    if name.is_empty() {
        return Err(AppError::invalid("name", "missing"));
    }
    crate::backend::backend().save_account(&crate::backend::viewer()?, name, locale, store).await?;
    leptos_axum::redirect("/account?done=account");
    Ok(())
}

#[server(prefix = "/api", endpoint = "change_password")]
pub async fn change_password(old: String, new: String) -> Result<(), AppError> {
    let cookie = crate::backend::backend().change_password(&crate::backend::viewer()?, &old, &new).await?;
    crate::pages::session::answer(&cookie);
    leptos_axum::redirect("/account?done=password");
    Ok(())
}

#[server(prefix = "/api", endpoint = "set_pin")]
pub async fn set_pin(password: String, pin: String) -> Result<(), AppError> {
    crate::backend::backend().set_pin(&crate::backend::viewer()?, &password, pin.trim()).await?;
    leptos_axum::redirect("/account?done=pin");
    Ok(())
}

#[server(prefix = "/api", endpoint = "sign_out_everywhere")]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    let cookie = crate::backend::backend().sign_out_everywhere(&crate::backend::viewer()?).await?;
    crate::pages::session::answer(&cookie);
    leptos_axum::redirect(crate::urls::SIGN_IN);
    Ok(())
}
