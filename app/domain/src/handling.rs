//! What is kept of how a case is handled, beside its phase: whom it waits for, what was found, what the supplier said, what
//! waits for a second person, and the customer who is to come.

use crate::decision::Decision;
use crate::id::{AttachmentId, Key, StaffId};
use crate::phase::Phase;
use crate::waiting::Waited;
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

impl Handling {
    /// A case that goes from one phase to another no longer waits for whom it waited for, nor for its customer to come.
    /// Gives the next day on which somebody is to be reminded, where it stays.
    pub fn at(&mut self, from: Phase, to: Phase) -> Option<Date> {
        if from != to {
            self.waiting = None;
            self.collecting = None;
        }
        let waiting = self.waiting.as_ref().and_then(|waiting| waiting.next);
        waiting.or_else(|| self.collecting.as_ref().and_then(|collecting| collecting.next))
    }
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
    fn whoever_leaves_a_phase_waits_no_more() {
        let day = jiff::civil::date(2026, 11, 10);
        let waiting = Waited { next: Some(day), ..Waited::default() };
        for to in Phase::ALL {
            let mut handling = Handling { waiting: Some(waiting.clone()), ..Handling::default() };
            let stays = to == Phase::WaitingSupplier;
            assert_eq!(handling.at(Phase::WaitingSupplier, to), stays.then_some(day));
            assert_eq!(handling.waiting.is_some(), stays);
        }
    }

    #[test]
    fn nothing_noted_is_the_empty_object_of_earlier_cases() {
        assert_eq!(serde_json::to_string(&Handling::default()).unwrap(), "{}");
        assert_eq!(serde_json::from_str::<Handling>("{}").unwrap(), Handling::default());
    }
}
