//! What the page of letters to print asks and does.

use crate::backend::PapersPage;
use crate::error::AppError;
use crate::wire::Postcard;
use domain::id::PaperId;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "papers_to_print", output = Postcard)]
pub async fn papers_to_print(after: Option<String>) -> Result<PapersPage, AppError> {
    crate::backend::backend().papers_to_print(&crate::backend::viewer()?, after.as_deref()).await
}

/// `how` is a key of [`domain::paper::Handover`], `on` a day as a browser sends it.
#[server(prefix = "/api", endpoint = "hand_over_papers")]
pub async fn hand_over_papers(
    #[server(default)] papers: Vec<PaperId>,
    #[server(default)] how: String,
    #[server(default)] on: String,
) -> Result<(), AppError> {
    let (how, on) = super::handover(&how, &on)?;
    crate::backend::backend().hand_over(&crate::backend::viewer()?, &papers, how, on).await?;
    leptos_axum::redirect(&format!("{}?done=marked", crate::urls::PAPERS));
    Ok(())
}
