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
    let (how, on) = handover(&how, &on)?;
    crate::backend::backend().hand_over(&crate::backend::viewer()?, &papers, how, on).await?;
    leptos_axum::redirect(&format!("{}?done=marked", crate::urls::PAPERS));
    Ok(())
}

/// As the two inputs of a form say how a letter left, and when.
///
/// # Errors
/// `Invalid` for `how` or `on`.
#[cfg(feature = "ssr")]
pub fn handover(how: &str, on: &str) -> Result<(domain::paper::Handover, jiff::civil::Date), AppError> {
    let how = domain::paper::Handover::from_key(how).ok_or_else(|| AppError::invalid("how", "unknown_choice"))?;
    Ok((how, crate::pages::case::given_day(on, "on")?))
}
