//! Finding, reading and handling cases.

pub(super) mod act;
mod asking;
mod deadlines;
mod decisions;
pub(super) mod edit;
mod findings;
mod join;
pub(crate) mod known;
pub(super) mod letters;
mod noted;
pub(super) mod rows;
mod similar;
mod today;
mod told;
mod view;

pub(super) use deadlines::{at_registration as hints_at_registration, source as source_view};
pub(super) use decisions::offer;
pub(super) use view::{picture, sections, standing};

use super::Desk;
use crate::live::Changed;
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use app::backend::{
    CaseView, Cases, Deed, Found, LetterPreview, ListPage, ListQuery, Neighbours, SimilarCase, Today, Viewer,
};
use app::error::AppError;
use async_trait::async_trait;
use domain::id::{CaseId, LetterId, StoreId};
use domain::number::Number;

#[async_trait]
impl Cases for Desk {
    async fn case(&self, who: &Viewer, number: Number) -> Result<CaseView, AppError> {
        self.view(who, number).await.map_err(|error| self.fail(error))
    }

    async fn act(&self, who: &Viewer, case: CaseId, version: Option<i64>, deed: Deed) -> Result<(), AppError> {
        self.carry_out(who, case, version, deed).await.map_err(|error| self.fail(error))
    }

    async fn similar(&self, who: &Viewer, case: CaseId) -> Result<Vec<SimilarCase>, AppError> {
        self.similar_to(who, case).await.map_err(|error| self.fail(error))
    }

    async fn writing(&self, who: &Viewer, case: CaseId) -> Result<(), AppError> {
        // Whoever has it open has been let in, and nobody else counts.
        self.live.presence.write(case, who.id);
        Ok(())
    }

    async fn preview(&self, who: &Viewer, case: CaseId, deed: &Deed) -> Result<LetterPreview, AppError> {
        self.preview_deed(who, case, deed).await.map_err(|error| self.fail(error))
    }

    async fn letter(&self, who: &Viewer, letter: LetterId) -> Result<LetterPreview, AppError> {
        self.letter_of(who, letter).await.map_err(|error| self.fail(error))
    }

    async fn resend(&self, who: &Viewer, letter: LetterId) -> Result<(), AppError> {
        self.resend_letter(who, letter).await.map_err(|error| self.fail(error))
    }

    async fn list(&self, who: &Viewer, query: &ListQuery) -> Result<ListPage, AppError> {
        self.page_of(who, query).await.map_err(|error| self.fail(error))
    }

    async fn neighbours(&self, who: &Viewer, query: &ListQuery, place: &str) -> Result<Neighbours, AppError> {
        self.beside(who, query, place).await.map_err(|error| self.fail(error))
    }

    async fn today(&self, who: &Viewer, everybody: bool) -> Result<Today, AppError> {
        self.for_today(who, everybody).await.map_err(|error| self.fail(error))
    }

    async fn search(&self, who: &Viewer, text: &str, limit: u32) -> Result<Found, AppError> {
        self.found(who, text, limit).await.map_err(|error| self.fail(error))
    }
}

impl Desk {
    /// The case as it is now. One of another store is told as none, so that nobody learns that it exists.
    pub(super) async fn reachable(&self, who: &Viewer, case: CaseId) -> Result<Case> {
        let case = cases::by_id(&mut *self.db.read().await?, case).await?;
        Ok(case.filter(|case| who.reach.covers(case.store)).ok_or(AppError::NotFound)?)
    }

    /// To be called after the commit.
    pub(super) fn tell(&self, case: CaseId, store: StoreId, version: i64) {
        self.live.tell(Changed { case, store: Some(store), version });
    }
}
