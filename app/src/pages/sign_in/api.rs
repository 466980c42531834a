//! Signing in and out. Plain form posts: who reads has changed, so the whole page is loaded anew.

use crate::error::AppError;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "sign_in")]
pub async fn sign_in(login: String, password: String, next: String) -> Result<(), AppError> {
    use crate::pages::session;
    let cookie =
        crate::backend::backend().sign_in(session::origin()?, login.trim(), &password, &session::device()).await?;
    session::answer(&cookie);
    leptos_axum::redirect(super::safe_next(&next));
    Ok(())
}

#[server(prefix = "/api", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::pages::session;
    let cookie = crate::backend::backend().sign_out(&crate::backend::visitor()).await?;
    session::answer(&cookie);
    leptos_axum::redirect(crate::urls::SIGN_IN);
    Ok(())
}
