//! Statistics of a period: numbers, each with the cases that it counts.

use super::{Named, StoreRef, Viewer};
use crate::error::Result;
use async_trait::async_trait;
use domain::id::{Key, StoreId};
use domain::statistics::{Grain, Preset, Slice, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which statistics, as their address says it. Empty lists ask for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsQuery {
    pub preset: Preset,
    /// As typed, ISO 8601 from a date field or as people write it; both empty: the preset's. Others than the preset's make it
    /// [`Preset::Free`].
    pub from: String,
    pub until: String,
    pub stores: Vec<StoreId>,
    pub types: Vec<Key>,
    pub suppliers: Vec<String>,
}

/// A number and the cases that it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    pub n: u32,
    pub slice: Slice,
}

/// A number of the period beside the one of the period before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    pub now: Figure,
    pub before: Figure,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Empty: none is noted.
    pub name: String,
    /// What stands beside the name, such as an article's number.
    pub detail: String,
    pub cases: Pair,
}

/// An outcome with what it cost, in the smallest unit of the organisation's currency: now and before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostLine {
    pub name: String,
    pub cases: Pair,
    pub cost: [i64; 2],
    pub credit: [i64; 2],
}

/// One point of the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub span: Span,
    pub registered: Figure,
    pub decided: Figure,
    pub settled: Figure,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeLine {
    /// Days, both counted; `None`: no end.
    pub from: u16,
    pub until: Option<u16>,
    pub cases: Figure,
}

/// Decisions in time and past it, with the share in thousandths: now and before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InTime {
    pub within: Pair,
    pub past: Pair,
    pub share: [Option<u32>; 2],
}

/// What statistics are narrowed by, as far as the viewer reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsChoices {
    pub stores: Vec<StoreRef>,
    pub types: Vec<Named>,
    /// Those with the most cases.
    pub suppliers: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsView {
    /// As asked; [`Preset::Free`] where other dates were typed.
    pub preset: Preset,
    pub span: Span,
    pub before: Span,
    pub grain: Grain,
    pub today: Date,
    /// What is wrong with the dates that were typed: the field, `from` or `until`, and a key of the texts. The period is
    /// then that of the preset.
    pub wrong: Option<(String, String)>,
    pub choices: StatisticsChoices,
    /// ISO 4217.
    pub currency: String,
    pub course: Vec<Point>,
    pub registered: Pair,
    pub decided: Pair,
    pub settled: Pair,
    pub open: Pair,
    pub ages: Vec<AgeLine>,
    /// Days from registering to the first decision: now and before.
    pub median: [Option<u16>; 2],
    pub ninetieth: [Option<u16>; 2],
    pub law: InTime,
    pub target: InTime,
    /// In the order of `domain::decision::Verdict::ALL`.
    pub verdicts: Vec<Pair>,
    pub causes: Vec<Line>,
    pub outcomes: Vec<CostLine>,
    pub articles: Vec<Line>,
    pub brands: Vec<Line>,
}

impl StatisticsView {
    /// Every number with its cases.
    pub fn figures(&self) -> Vec<&Figure> {
        let mut figures: Vec<&Figure> =
            self.course.iter().flat_map(|point| [&point.registered, &point.decided, &point.settled]).collect();
        figures.extend(self.ages.iter().map(|age| &age.cases));
        let named = self.causes.iter().chain(&self.articles).chain(&self.brands).map(|line| &line.cases);
        let in_time = [&self.law, &self.target].into_iter().flat_map(|kept| [&kept.within, &kept.past]);
        let pairs = [&self.registered, &self.decided, &self.settled, &self.open]
            .into_iter()
            .chain(in_time)
            .chain(&self.verdicts)
            .chain(named)
            .chain(self.outcomes.iter().map(|line| &line.cases));
        figures.extend(pairs.flat_map(|pair| [&pair.now, &pair.before]));
        figures
    }
}

#[async_trait]
pub trait Statistics {
    /// Of the stores that the viewer serves.
    ///
    /// # Errors
    /// `Forbidden` for those who do not handle cases; `NotFound` for a store that is not theirs.
    async fn statistics(&self, who: &Viewer, query: &StatisticsQuery) -> Result<StatisticsView>;
}
