//! What the lists ask.

use crate::backend::ListPage;
use crate::error::AppError;
use crate::wire::Postcard;
use leptos::prelude::*;

/// `query` is what [`super::query::write`] makes.
#[server(prefix = "/api", endpoint = "list_cases", output = Postcard)]
pub async fn list_cases(query: String) -> Result<ListPage, AppError> {
    let query = super::query::read(crate::backend::ListKind::default(), &query);
    crate::backend::backend().list(&crate::backend::viewer()?, &query).await
}
