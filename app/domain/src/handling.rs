//! What is kept of how a case is handled, beside its phase: whom it waits for, what was found, what the supplier said, what
//! waits for a second person, and the customer who is to come.

use crate::Localized;
use crate::collecting::Collecting;
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
    /// The highest price that the case has ever said, in hundredths, where that is more than it says now: whoever takes a
    /// price away gets no farther without a second person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest_minor: Option<i64>,
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
    /// The second person's word, where it came back: it waits for the first again.
    #[serde(default)]
    pub sent_back: Option<SentBack>,
}

impl Proposed {
    /// It waits for a second person.
    pub const fn waits(&self) -> bool {
        self.sent_back.is_none()
    }
}

/// Why a second person has not confirmed a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBack {
    pub note: String,
    pub by: StaffId,
    pub at: i64,
}

/// An entry of the organisation's list of causes (R12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    pub key: Key,
    pub name: Localized,
    /// The complaint types that it is offered for; none: for all.
    pub types: Vec<Key>,
    pub active: bool,
}

impl Cause {
    pub fn is_for(&self, type_key: &Key) -> bool {
        self.types.is_empty() || self.types.contains(type_key)
    }
}

/// An entry of the organisation's list of what suppliers answer (E26; facts, 4d).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerChoice {
    pub key: Key,
    pub name: Localized,
    pub active: bool,
}

impl Handling {
    /// What is left of it in that phase: nobody is reminded of what rests in the archive, and no decision waits on a case
    /// that is closed.
    pub fn rest(&mut self, phase: Phase, archived: bool) {
        if archived && let Some(collecting) = &mut self.collecting {
            collecting.next = None;
        }
        if archived || phase.is_closed() {
            self.proposed = None;
        }
    }
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
        assert_eq!(serde_json::to_string(&Handling::default()).expect("JSON"), "{}");
        assert_eq!(serde_json::from_str::<Handling>("{}").expect("JSON"), Handling::default());
    }

    #[test]
    fn nothing_waits_on_a_case_that_is_closed_or_rests() {
        let collecting = Collecting { next: Some(jiff::civil::date(2026, 11, 10)), ..Collecting::default() };
        let decision = Decision::new(crate::decision::Verdict::Approved, "fault".parse().expect("JSON"), "");
        let by = StaffId(uuid::Uuid::nil());
        let proposed = Proposed { decision, by, at: 0, sent_back: None };
        for phase in Phase::ALL {
            for archived in [false, true] {
                let mut handling = Handling {
                    collecting: Some(collecting.clone()),
                    proposed: Some(proposed.clone()),
                    ..Handling::default()
                };
                handling.rest(phase, archived);
                assert_eq!(handling.proposed.is_some(), !archived && !phase.is_closed(), "{phase:?}");
                assert_eq!(handling.collecting.expect("JSON").next.is_some(), !archived);
            }
        }
    }
}
