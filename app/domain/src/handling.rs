//! What is kept of how a case is handled, beside its phase: whom it waits for, what was found, what the supplier said, what
//! waits for a second person, and the customer who is to come.

use crate::decision::Decision;
use crate::id::{AttachmentId, Key, StaffId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Kept with the case as one JSON text; what is not there was never noted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Handling {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Waited>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub examined: Option<Examined>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<SupplierAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Proposed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collecting: Option<Collecting>,
}

/// Whom a waiting phase waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Waited {
    /// The supplier, the workshop, the expert; empty for the customer, whom the case names.
    pub whom: String,
    /// Where reminders go; empty: nobody is written to, the handler is told.
    pub email: String,
    /// Civil day in the store's zone.
    pub since: Date,
    /// Reminders sent so far.
    pub reminded: u8,
    /// The day of the next one; `None`: no more.
    pub next: Option<Date>,
}

/// What whoever examined the goods found (R12): apart from the reason of the decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examined {
    /// Of the organisation's list of causes.
    pub cause: Key,
    pub finding: String,
    /// Who examined: staff, a workshop, an expert.
    pub examiner: String,
    pub on: Date,
    #[serde(default)]
    pub pictures: Vec<AttachmentId>,
    pub by: StaffId,
    /// Milliseconds UTC.
    pub at: i64,
}

/// What the supplier answered (E26): apart from our decision and from the customer's outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierAnswer {
    /// Of the organisation's list of supplier answers.
    pub answer: Key,
    pub note: String,
    /// A credit in the smallest unit of the organisation's currency.
    pub amount_minor: Option<i64>,
    pub on: Date,
    pub by: StaffId,
    pub at: i64,
}

/// A decision above the organisation's limit, until a second person has looked at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    #[serde(flatten)]
    pub decision: Decision,
    pub by: StaffId,
    pub at: i64,
}

/// The goods lie ready, and the customer has been asked to come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Collecting {
    pub since: Date,
    pub reminded: u8,
    pub next: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_noted_is_the_empty_object_of_earlier_cases() {
        assert_eq!(serde_json::to_string(&Handling::default()).unwrap(), "{}");
        assert_eq!(serde_json::from_str::<Handling>("{}").unwrap(), Handling::default());
    }
}
