//! What the search asks.

use crate::backend::Found;
use crate::error::AppError;
use crate::wire::Postcard;
use leptos::prelude::*;

/// Rows of the popup below the field.
pub const FEW: u32 = 8;
/// Rows of the page of results.
pub const MANY: u32 = 50;

#[server(prefix = "/api", endpoint = "search", output = Postcard)]
pub async fn search_cases(text: String, limit: u32) -> Result<Found, AppError> {
    crate::backend::backend().search(&crate::backend::viewer()?, &text, limit.min(MANY)).await
}
