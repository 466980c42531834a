//! Returns, for staff.

use super::Desk;
use app::backend::{RmaDeed, RmaList, RmaView, Rmas, Scanned, Viewer};
use app::error::{AppError, Result};
use async_trait::async_trait;
use domain::id::{CaseId, RmaId, StoreId};
use domain::number::Number;
use domain::rma::{Condition, RmaState, Route};

#[async_trait]
impl Rmas for Desk {
    async fn rma(&self, _: &Viewer, _: Number) -> Result<Option<RmaView>> {
        Err(AppError::NotFound)
    }

    async fn issue_rma(&self, _: &Viewer, _: CaseId, _: Route) -> Result<Number> {
        Err(AppError::NotFound)
    }

    async fn act_on_rma(&self, _: &Viewer, _: RmaId, _: i64, _: RmaDeed) -> Result<()> {
        Err(AppError::NotFound)
    }

    async fn scan(&self, _: &Viewer, _: &str) -> Result<Scanned> {
        Err(AppError::NotFound)
    }

    async fn match_parcel(&self, _: &Viewer, _: CaseId, _: Condition, _: String, _: String) -> Result<Number> {
        Err(AppError::NotFound)
    }

    async fn rmas(&self, _: &Viewer, _: Option<RmaState>, _: Option<StoreId>, _: Option<String>) -> Result<RmaList> {
        Err(AppError::NotFound)
    }
}
