//! What the pages of returns ask and do: one function a form, its endpoint being the form's name.

use crate::backend::{RmaList, RmaPage, RmaQuery};
use crate::error::AppError;
use crate::wire::Postcard;
use domain::id::{CaseId, RmaId};
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "rma", output = Postcard)]
pub async fn load_rma(number: String) -> Result<RmaPage, AppError> {
    let number = number.parse().map_err(|_| AppError::NotFound)?;
    backend().rma(&viewer()?, number).await
}

#[server(prefix = "/api", endpoint = "rmas", input = server_fn::codec::Json, output = Postcard)]
pub async fn list_rmas(query: RmaQuery) -> Result<RmaList, AppError> {
    backend().rmas(&viewer()?, &query).await
}

#[server(prefix = "/api", endpoint = "issue_rma")]
pub async fn issue_rma(case: CaseId, #[server(default)] route: String) -> Result<(), AppError> {
    let route = Route::from_key(&route).ok_or_else(|| AppError::invalid("route", "missing"))?;
    let number = backend().issue_rma(&viewer()?, case, route).await?;
    leptos_axum::redirect(&crate::urls::rma(number));
    Ok(())
}

#[server(prefix = "/api", endpoint = "match_parcel")]
pub async fn match_parcel(
    case: CaseId,
    #[server(default)] condition: String,
    #[server(default)] place: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let condition = on_server::condition(&condition)?;
    let number = backend().match_parcel(&viewer()?, case, condition, place, note).await?;
    leptos_axum::redirect(&crate::urls::rma(number));
    Ok(())
}

#[server(prefix = "/api", endpoint = "receive_rma")]
pub async fn receive_rma(
    rma: RmaId,
    version: i64,
    #[server(default)] condition: String,
    #[server(default)] place: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let condition = on_server::condition(&condition)?;
    on_server::act(rma, version, RmaDeed::Receive { condition, place, note }).await
}

#[server(prefix = "/api", endpoint = "inspect_rma")]
pub async fn inspect_rma(rma: RmaId, version: i64, #[server(default)] note: String) -> Result<(), AppError> {
    on_server::act(rma, version, RmaDeed::Inspect { note }).await
}

/// `valid_until` is ISO 8601, as a date input gives it.
#[server(prefix = "/api", endpoint = "extend_rma")]
pub async fn extend_rma(rma: RmaId, version: i64, #[server(default)] valid_until: String) -> Result<(), AppError> {
    let until = valid_until.trim().parse().map_err(|_| AppError::invalid("valid_until", "not_a_date"))?;
    on_server::act(rma, version, RmaDeed::Extend(until)).await
}

/// `window` is a key of [`domain::form::filing::delivery::WINDOWS`].
#[server(prefix = "/api", endpoint = "order_pick_up")]
pub async fn order_pick_up(
    rma: RmaId,
    version: i64,
    #[server(default)] date: String,
    #[server(default)] window: String,
) -> Result<(), AppError> {
    let date = date.trim().parse().map_err(|_| AppError::invalid("date", "not_a_date"))?;
    let hours = window.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    let (from, to) = hours.ok_or_else(|| AppError::invalid("window", "missing"))?;
    on_server::act(rma, version, RmaDeed::OrderPickUp { date, from, to }).await
}

/// A step that needs no more than a click: a key of [`super::steps`].
#[server(prefix = "/api", endpoint = "move_rma")]
pub async fn move_rma(rma: RmaId, version: i64, #[server(default)] step: String) -> Result<(), AppError> {
    let deed = match step.as_str() {
        super::steps::DISPATCH => RmaDeed::Dispatch,
        super::steps::CANCEL_PICK_UP => RmaDeed::CancelPickUp,
        super::steps::CANCEL => RmaDeed::Cancel,
        super::steps::RETRY => RmaDeed::Retry,
        super::steps::SETTLE_BY_HAND => RmaDeed::SettleByHand,
        super::steps::REISSUE => RmaDeed::Reissue,
        super::steps::UNDO_RECEIVE => RmaDeed::UndoReceive,
        _ => return Err(AppError::invalid("step", "unknown_choice")),
    };
    on_server::act(rma, version, deed).await
}

#[cfg(feature = "ssr")]
use {
    crate::backend::{RmaDeed, backend, viewer},
    domain::rma::Route,
};

#[cfg(feature = "ssr")]
mod on_server {
    use crate::backend::{RmaDeed, backend, viewer};
    use crate::error::{AppError, Result};
    use domain::id::RmaId;
    use domain::rma::Condition;

    /// The form's own page is the answer, with what has changed.
    pub async fn act(rma: RmaId, version: i64, deed: RmaDeed) -> Result<()> {
        backend().act_on_rma(&viewer()?, rma, version, deed).await
    }

    pub fn condition(key: &str) -> Result<Condition> {
        Condition::from_key(key).ok_or_else(|| AppError::invalid("condition", "missing"))
    }
}
