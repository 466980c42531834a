//! Letters on paper: what is to be printed, and when it left.

use super::{Due, Moment};
use crate::error::Result;
use async_trait::async_trait;
use domain::id::PaperId;
use domain::letter::Template;
use domain::number::Number;
use domain::paper::Handover;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A letter that no e-mail brought, and that nobody has handed over or posted yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToPrint {
    pub id: PaperId,
    pub number: Number,
    pub template: Template,
    pub subject: String,
    pub customer: String,
    pub store: String,
    /// When it was written.
    pub at: Moment,
    /// Its e-mail was given up.
    pub failed: bool,
    /// What the law still decides in its case: the last safe day.
    pub law: Option<Due>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PapersPage {
    /// Oldest first.
    pub papers: Vec<ToPrint>,
    /// The cursor of the next page.
    pub next: Option<String>,
    pub today: Date,
}

#[async_trait]
pub trait Papers {
    async fn papers_to_print(&self, who: &super::Viewer, after: Option<&str>) -> Result<PapersPage>;
    /// All of them or, where one is out of reach or the day cannot be, none.
    ///
    /// # Errors
    /// `Invalid` for a day before the letter was written or after today in its store.
    async fn hand_over(&self, who: &super::Viewer, papers: &[PaperId], how: Handover, on: Date) -> Result<()>;
    /// It was not handed over after all.
    async fn take_paper_back(&self, who: &super::Viewer, paper: PaperId) -> Result<()>;
}
