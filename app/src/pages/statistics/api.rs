//! What the statistics ask.

use crate::backend::StatisticsView;
use crate::error::AppError;
use crate::wire::Postcard;
use leptos::prelude::*;

/// `query` is what [`super::query::write`] makes.
#[server(prefix = "/api", endpoint = "statistics", output = Postcard)]
pub async fn load_statistics(query: String) -> Result<StatisticsView, AppError> {
    let query = super::query::read(&query);
    crate::backend::backend().statistics(&crate::backend::viewer()?, &query).await
}
