//! A one-time link: what it is for, and what was chosen.

use crate::backend::Invitation;
use crate::error::AppError;
use crate::wire::Postcard;
use domain::Locale;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "invitation", output = Postcard)]
pub async fn read_invitation(token: String) -> Result<Invitation, AppError> {
    crate::backend::backend().invitation(&token).await
}

#[server(prefix = "/api", endpoint = "accept_invitation")]
pub async fn accept_invitation(
    token: String,
    #[server(default)] organisation: String,
    #[server(default)] login: String,
    name: String,
    #[server(default)] email: String,
    password: String,
    locale: Locale,
) -> Result<(), AppError> {
    use crate::backend::Welcome;
    use crate::pages::session;
    let welcome = Welcome {
        token,
        organisation: organisation.trim().to_owned(),
        login: login.trim().to_owned(),
        name: name.trim().to_owned(),
        email: email.trim().to_owned(),
        password,
        locale,
    };
    let cookie = crate::backend::backend().accept_invitation(session::origin()?, welcome, &session::device()).await?;
    session::answer(&cookie);
    leptos_axum::redirect(crate::urls::HOME);
    Ok(())
}
