//! The cases behind a number, in words that an address can hold.

use super::period::Span;
use crate::decision::Verdict;
use crate::id::{Key, StoreId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whether a decision came in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// By the law's last safe day, where the law names one.
    InLaw,
    PastLaw,
    /// By the organisation's own target.
    InTarget,
    PastTarget,
}

impl Answered {
    pub const ALL: [Self; 4] = [Self::InLaw, Self::PastLaw, Self::InTarget, Self::PastTarget];

    pub const fn key(self) -> &'static str {
        match self {
            Self::InLaw => "in_law",
            Self::PastLaw => "past_law",
            Self::InTarget => "in_target",
            Self::PastTarget => "past_target",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answered| answered.key() == key)
    }
}

/// All that is asked of a case at once. The empty one asks nothing, and every case is of it. An empty text asks for cases
/// of which nothing is noted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slice {
    /// One of them; empty: any.
    pub stores: Vec<StoreId>,
    pub types: Vec<Key>,
    pub suppliers: Vec<String>,
    pub registered: Option<Span>,
    /// When it was first decided.
    pub decided: Option<Span>,
    pub settled: Option<Span>,
    /// Open at the end of that day.
    pub open_on: Option<Date>,
    /// Days since it was registered, at the end of [`Self::open_on`]: from, and up to if there is an end.
    pub age: Option<(u16, Option<u16>)>,
    pub verdict: Option<Verdict>,
    pub answered: Option<Answered>,
    pub outcome: Option<String>,
    pub cause: Option<String>,
    pub brand: Option<String>,
    /// Its number, else its name.
    pub article: Option<String>,
}

impl Slice {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
