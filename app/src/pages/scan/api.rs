//! What a scan asks.

use crate::backend::Scanned;
use crate::error::AppError;
use crate::wire::Postcard;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "scan", output = Postcard)]
pub async fn scan_text(text: String) -> Result<Scanned, AppError> {
    crate::backend::backend().scan(&crate::backend::viewer()?, &text).await
}
