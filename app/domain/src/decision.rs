//! What the organisation answers the customer.

use crate::{Localized, id::Key};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Approved,
    Partly,
    Rejected,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Approved, Self::Partly, Self::Rejected];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Partly => "partly",
            Self::Rejected => "rejected",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.key() == key)
    }
}

/// An entry of the organisation's list of reasons; `against` tells which verdicts offer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub key: Key,
    pub name: Localized,
    pub against: bool,
    pub active: bool,
}

/// After which decisions an outcome is offered at the till.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offered {
    /// Whole or in part.
    AfterApproval,
    AfterRejection,
    /// A gesture of goodwill, goods disposed of with consent, a customer who never came.
    Always,
}

impl Offered {
    pub const ALL: [Self; 3] = [Self::AfterApproval, Self::AfterRejection, Self::Always];

    pub const fn key(self) -> &'static str {
        match self {
            Self::AfterApproval => "approved",
            Self::AfterRejection => "rejected",
            Self::Always => "always",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|offered| offered.key() == key)
    }

    pub const fn after(self, verdict: Option<Verdict>) -> bool {
        match self {
            Self::AfterApproval => !matches!(verdict, Some(Verdict::Rejected)),
            Self::AfterRejection => matches!(verdict, Some(Verdict::Rejected)),
            Self::Always => true,
        }
    }
}

/// An entry of the organisation's list of what a customer goes home with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub key: Key,
    pub name: Localized,
    /// A refund, a credit note or a price reduction has an amount that must be given.
    pub has_amount: bool,
    pub offered: Offered,
    pub active: bool,
}

/// What a handler decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub verdict: Verdict,
    pub reason: Key,
    /// In the customer's language; may be empty except with a rejection.
    pub explanation: String,
}

/// Letters of an explanation or a note, at most.
pub const TEXT_LIMIT: usize = 10_000;

/// What is wrong with a decision, by its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    #[error("a rejection needs an explanation")]
    ExplanationMissing,
    #[error("the explanation is too long")]
    ExplanationTooLong,
    #[error("the reason is not one of the list for this verdict")]
    UnknownReason,
}

impl Decision {
    /// A rejection without its reason in words cannot be sent (facts, 4e).
    pub fn check(&self, reasons: &[Reason]) -> Result<(), DecisionError> {
        let against = self.verdict == Verdict::Rejected;
        let fits =
            |r: &&Reason| r.key == self.reason && r.active && (r.against == against || self.verdict == Verdict::Partly);
        if !reasons.iter().any(|r| fits(&r)) {
            return Err(DecisionError::UnknownReason);
        }
        if against && self.explanation.trim().is_empty() {
            return Err(DecisionError::ExplanationMissing);
        }
        if self.explanation.chars().count() > TEXT_LIMIT {
            return Err(DecisionError::ExplanationTooLong);
        }
        Ok(())
    }
}
