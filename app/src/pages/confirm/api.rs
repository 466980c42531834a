//! The link in the letter. Reading it changes nothing: machines that look through letters follow links.

use crate::backend::ConfirmPage;
use crate::error::AppError;
use crate::wire::Postcard;
use leptos::prelude::*;
use server_fn::codec::Json;

#[server(prefix = "/api", endpoint = "confirm_page", input = Json, output = Postcard)]
pub async fn read_confirmation(token: String) -> Result<ConfirmPage, AppError> {
    crate::backend::backend().confirm_page(&token).await
}

/// A plain form post.
#[server(prefix = "/api", endpoint = "confirm_report")]
pub async fn confirm_report(token: String, #[server(default)] guise: String) -> Result<(), AppError> {
    use crate::pages::report::context;
    crate::backend::backend().confirm_report(&token).await?;
    context::go_on(&guise, &format!("{}?done=1", crate::urls::confirm(&token)));
    Ok(())
}
