//! What the pages of runs ask and do: one function a form, its endpoint being the form's name.

use crate::backend::{BulkLine, BulkView};
use crate::error::AppError;
use crate::wire::Postcard;
use domain::id::{CaseId, RunId};
use leptos::prelude::*;

/// The choice that takes an own status away.
pub const NO_STATUS: &str = "none";

#[server(prefix = "/api", endpoint = "bulk", output = Postcard)]
pub async fn load_bulk(run: String) -> Result<BulkView, AppError> {
    let run = run.parse().map_err(|_| AppError::NotFound)?;
    backend().bulk(&viewer()?, run).await
}

#[server(prefix = "/api", endpoint = "bulks", output = Postcard)]
pub async fn list_bulks() -> Result<Vec<BulkLine>, AppError> {
    backend().bulks(&viewer()?).await
}

/// The form below a list: what is ticked, or with `whole` all that its `query` finds.
#[server(prefix = "/api", endpoint = "begin_bulk")]
pub async fn begin_bulk(
    #[server(default)] kind: String,
    #[server(default)] cases: Vec<CaseId>,
    #[server(default)] query: String,
    #[server(default)] whole: String,
) -> Result<(), AppError> {
    let kind = BulkKind::from_key(&kind).ok_or_else(|| AppError::invalid("kind", "unknown_choice"))?;
    let chosen = match whole.as_str() {
        "yes" => Chosen::Whole(Box::new(crate::pages::list::query::read(ListKind::default(), &query))),
        _ => Chosen::Cases(cases),
    };
    let run = backend().begin_bulk(&viewer()?, kind, chosen).await?;
    leptos_axum::redirect(&crate::urls::bulk(run));
    Ok(())
}

#[server(prefix = "/api", endpoint = "bulk_assign")]
pub async fn bulk_assign(run: RunId, #[server(default)] handler: String) -> Result<(), AppError> {
    let to = match handler.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| AppError::invalid("handler", "unknown_choice"))?),
    };
    on_server::plan(run, Deed::Assign(to)).await
}

/// `step` is a key of the case page's steps, a waiting phase, an own status, or [`NO_STATUS`]; `whom` and `email` say whom
/// outside a case waits for.
#[server(prefix = "/api", endpoint = "bulk_status")]
pub async fn bulk_status(
    run: RunId,
    #[server(default)] step: String,
    #[server(default)] whom: String,
    #[server(default)] email: String,
) -> Result<(), AppError> {
    let on = domain::phase::Phase::from_key(&step).and_then(domain::phase::Phase::waits_on);
    if let Some(on) = on {
        return on_server::plan(run, Deed::Wait { on, whom, email }).await;
    }
    let deed = match crate::pages::case::steps::from_key(&step) {
        Some(action) => Deed::Move(action),
        None if step == NO_STATUS => Deed::SetStatus(None),
        None => {
            let status = step.parse().map_err(|_| AppError::invalid("step", "missing"))?;
            Deed::SetStatus(Some(status))
        }
    };
    on_server::plan(run, deed).await
}

#[server(prefix = "/api", endpoint = "bulk_letter")]
pub async fn bulk_letter(
    run: RunId,
    #[server(default)] subject: String,
    #[server(default)] body: String,
) -> Result<(), AppError> {
    on_server::plan(run, Deed::Write { subject, body }).await
}

#[server(prefix = "/api", endpoint = "bulk_archive")]
pub async fn bulk_archive(run: RunId, #[server(default)] reason: String) -> Result<(), AppError> {
    let reason = ArchiveReason::from_key(&reason).ok_or_else(|| AppError::invalid("reason", "missing"))?;
    on_server::plan(run, Deed::Archive(reason)).await
}

#[server(prefix = "/api", endpoint = "start_bulk")]
pub async fn start_bulk(run: RunId) -> Result<(), AppError> {
    backend().start_bulk(&viewer()?, run).await
}

#[server(prefix = "/api", endpoint = "stop_bulk")]
pub async fn stop_bulk(run: RunId) -> Result<(), AppError> {
    backend().stop_bulk(&viewer()?, run).await
}

#[server(prefix = "/api", endpoint = "undo_bulk")]
pub async fn undo_bulk(run: RunId) -> Result<(), AppError> {
    backend().undo_bulk(&viewer()?, run).await
}

#[cfg(feature = "ssr")]
use {
    crate::backend::{BulkKind, Chosen, Deed, ListKind, backend, viewer},
    domain::case::ArchiveReason,
};

#[cfg(feature = "ssr")]
mod on_server {
    use crate::backend::{Deed, backend, viewer};
    use crate::error::Result;
    use domain::id::RunId;

    pub async fn plan(run: RunId, deed: Deed) -> Result<()> {
        backend().plan_bulk(&viewer()?, run, Some(deed)).await
    }
}
