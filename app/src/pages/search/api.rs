//! What the search asks.

use crate::backend::Found;
use crate::error::AppError;
use crate::wire::Postcard;
use leptos::prelude::*;

/// Rows of the popup below the field.
pub const FEW: u32 = 8;
/// Rows of the page of results.
pub const MANY: u32 = 50;

/// A customer who stands at the till has proved to be a person.
#[server(prefix = "/api", endpoint = "confirm_at_till")]
pub async fn confirm_at_till(number: String) -> Result<(), AppError> {
    let viewer = crate::backend::viewer()?;
    let number = number.parse().map_err(|_| AppError::NotFound)?;
    let number = crate::backend::backend().confirm_at_till(&viewer, number).await?;
    // Leads on to the case, or to the return of several.
    leptos_axum::redirect(&super::results(&number.to_string()));
    Ok(())
}

#[server(prefix = "/api", endpoint = "search", output = Postcard)]
pub async fn search_cases(text: String, limit: u32) -> Result<Found, AppError> {
    crate::backend::backend().search(&crate::backend::viewer()?, &text, limit.min(MANY)).await
}
