//! What the start page asks.

use crate::backend::Today;
use crate::error::AppError;
use crate::wire::Postcard;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "today", output = Postcard)]
pub async fn load_today(everybody: bool) -> Result<Today, AppError> {
    crate::backend::backend().today(&crate::backend::viewer()?, everybody).await
}
