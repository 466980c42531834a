//! Returns, for staff: what becomes of a parcel, taking it in, and what its carrier is asked.

mod act;
pub mod by_hand;
mod commit;
mod letters;
mod receive;
mod scan;
mod undo;
mod view;

pub use act::may_issue;
pub(crate) use commit::Done;
pub(super) use undo::Withdrawn;

use super::Desk;
use crate::store::error::Result;
use crate::store::rmas::{self, Rma};
use app::backend::{RmaDeed, RmaList, RmaPage, RmaQuery, Rmas, Scanned, Viewer};
use app::error::AppError;
use async_trait::async_trait;
use domain::id::{CaseId, RmaId};
use domain::number::Number;
use domain::rma::{Condition, Route};

#[async_trait]
impl Rmas for Desk {
    async fn rma(&self, who: &Viewer, number: Number) -> Result<RmaPage, AppError> {
        self.rma_page(who, number).await.map_err(|error| self.fail(error))
    }

    async fn issue_rma(&self, who: &Viewer, case: CaseId, route: Route) -> Result<Number, AppError> {
        self.issue(who, case, route).await.map_err(|error| self.fail(error))
    }

    async fn act_on_rma(&self, who: &Viewer, rma: RmaId, version: i64, deed: RmaDeed) -> Result<(), AppError> {
        self.carry_out_on_rma(who, rma, version, deed).await.map_err(|error| self.fail(error))
    }

    async fn scan(&self, who: &Viewer, text: &str) -> Result<Scanned, AppError> {
        self.scanned(who, text).await.map_err(|error| self.fail(error))
    }

    async fn match_parcel(
        &self,
        who: &Viewer,
        case: CaseId,
        condition: Condition,
        place: String,
        note: String,
    ) -> Result<Number, AppError> {
        self.matched(who, case, condition, place, note).await.map_err(|error| self.fail(error))
    }

    async fn rmas(&self, who: &Viewer, query: &RmaQuery) -> Result<RmaList, AppError> {
        self.rma_list(who, query).await.map_err(|error| self.fail(error))
    }
}

impl Desk {
    /// The return as it is now. One of another store is told as none, so that nobody learns that it exists.
    pub(in crate::desk) async fn reachable_rma(&self, who: &Viewer, rma: RmaId) -> Result<Rma> {
        let rma = rmas::by_id(&mut *self.db.read().await?, rma).await?;
        Ok(rma.filter(|rma| who.reach.covers(rma.store)).ok_or(AppError::NotFound)?)
    }
}
