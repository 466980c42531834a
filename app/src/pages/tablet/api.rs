//! The store's tablet: who may stand at it, who does, and nobody again.

use crate::backend::StaffRef;
use crate::error::AppError;
use crate::wire::Postcard;
use domain::id::{StaffId, StoreId};
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "tablet_staff", output = Postcard)]
pub async fn tablet_staff() -> Result<Vec<StaffRef>, AppError> {
    match crate::backend::visitor() {
        crate::backend::Visitor::Tablet(tablet) => crate::backend::backend().tablet_staff(&tablet).await,
        _ => Err(AppError::SignedOut),
    }
}

#[server(prefix = "/api", endpoint = "pick_clerk")]
pub async fn pick_clerk(clerk: StaffId, pin: String) -> Result<(), AppError> {
    let crate::backend::Visitor::Tablet(tablet) = crate::backend::visitor() else { return Err(AppError::SignedOut) };
    crate::backend::backend().pick_clerk(&tablet, clerk, pin.trim()).await?;
    leptos_axum::redirect(crate::urls::HOME);
    Ok(())
}

#[server(prefix = "/api", endpoint = "leave_tablet")]
pub async fn leave_tablet() -> Result<(), AppError> {
    crate::backend::backend().leave_tablet(&crate::backend::viewer()?).await?;
    leptos_axum::redirect(crate::urls::TABLET);
    Ok(())
}

#[server(prefix = "/api", endpoint = "make_tablet")]
pub async fn make_tablet(store: StoreId) -> Result<(), AppError> {
    let cookie = crate::backend::backend().make_tablet(&crate::backend::viewer()?, store).await?;
    crate::pages::session::answer(&cookie);
    leptos_axum::redirect(crate::urls::TABLET);
    Ok(())
}
