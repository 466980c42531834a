//! What customers do with their own case, without an account, and what they are to do next.

use crate::fold::fold;
use crate::number::{Number, NumberError};
use crate::phase::{Phase, Standing, StepError};
use crate::rma::{RmaState, Route};
use serde::{Deserialize, Serialize};

/// What a customer does on the status page or by a link in a letter. Nobody of the staff is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CustomerAction {
    /// Words to the organisation; they answer the question, if there is one.
    Write,
    /// A picture, or a receipt that comes later (E12); it answers the question as well.
    AddPicture,
    /// How we reach them.
    ChangeContact,
    /// They take the complaint back.
    Withdraw,
}

impl CustomerAction {
    pub const ALL: [Self; 4] = [Self::Write, Self::AddPicture, Self::ChangeContact, Self::Withdraw];
}

/// The customers' half of the table of transitions: the phase that follows, or why not. Staff's is [`crate::phase::step`].
///
/// An answer takes a case that waits for it up again. Whoever has had a decision can still write and be written to; what is
/// withdrawn, after a decision, is a matter for the staff. In the archive nobody reads: nothing is sent there.
pub const fn step(from: Standing, action: CustomerAction) -> Result<Phase, StepError> {
    if from.archived {
        return Err(StepError::OutOfOrder);
    }
    let phase = from.phase;
    match action {
        CustomerAction::Write | CustomerAction::AddPicture if matches!(phase, Phase::WaitingCustomer) => {
            Ok(Phase::InReview)
        }
        CustomerAction::Write => Ok(phase),
        CustomerAction::AddPicture | CustomerAction::ChangeContact if !phase.is_closed() => Ok(phase),
        CustomerAction::Withdraw if phase.is_open() => Ok(Phase::Withdrawn),
        CustomerAction::AddPicture | CustomerAction::ChangeContact | CustomerAction::Withdraw => {
            Err(StepError::OutOfOrder)
        }
    }
}

/// The few steps that a customer sees; all ways of waiting are part of the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    Reported,
    InReview,
    Decided,
    /// Settled, withdrawn or not collected.
    Closed,
}

impl Stage {
    pub const ALL: [Self; 4] = [Self::Reported, Self::InReview, Self::Decided, Self::Closed];

    pub const fn of(phase: Phase) -> Self {
        match phase {
            Phase::New => Self::Reported,
            Phase::InReview
            | Phase::WaitingCustomer
            | Phase::WaitingGoods
            | Phase::WaitingSupplier
            | Phase::WaitingRepair
            | Phase::WaitingExpert => Self::InReview,
            Phase::Approved | Phase::Partly | Phase::Rejected | Phase::Ready => Self::Decided,
            Phase::Settled | Phase::Withdrawn | Phase::NotCollected => Self::Closed,
        }
    }
}

/// What the customer is to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// We asked something and wait for it.
    Answer,
    /// The goods lie ready.
    Collect,
    /// The number of the return is no longer good.
    Extend,
    /// Bring the goods to the store.
    Bring,
    /// Print the label and hand the parcel in.
    Send,
    /// Have the parcel packed when the courier comes.
    HandOver,
    Nothing,
}

impl Task {
    pub const ALL: [Self; 7] =
        [Self::Answer, Self::Collect, Self::Extend, Self::Bring, Self::Send, Self::HandOver, Self::Nothing];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Collect => "collect",
            Self::Extend => "extend",
            Self::Bring => "bring",
            Self::Send => "send",
            Self::HandOver => "hand_over",
            Self::Nothing => "nothing",
        }
    }
}

/// A return, as far as it is the customer's to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goods {
    pub route: Route,
    pub state: RmaState,
    pub expired: bool,
}

/// The first thing that is left to the customer. A question comes before the parcel: its answer may make that needless.
pub const fn task(from: Standing, goods: Option<Goods>) -> Task {
    if from.archived {
        return Task::Nothing;
    }
    match from.phase {
        Phase::WaitingCustomer => return Task::Answer,
        Phase::Ready => return Task::Collect,
        _ => {}
    }
    match goods {
        Some(Goods { route, state: RmaState::Issued | RmaState::LabelPrinted | RmaState::PickUpOrdered, expired })
            if !from.phase.is_closed() =>
        {
            match route {
                _ if expired => Task::Extend,
                Route::Store => Task::Bring,
                Route::Parcel => Task::Send,
                Route::PickUp => Task::HandOver,
            }
        }
        _ => Task::Nothing,
    }
}

/// What a customer names their case by: its number or that of its return, a waybill or a serial number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The same for every way of writing it: nobody may try one reference more often by writing it differently.
    pub key: String,
    pub number: Option<Number>,
    /// Written like a number of ours, with a wrong digit.
    pub typo: bool,
}

impl Reference {
    /// `None` where there is nothing to look for.
    pub fn read(text: &str) -> Option<Self> {
        let key = fold(text).replace(' ', "");
        if key.is_empty() || key.len() > 100 {
            return None;
        }
        let number = text.parse::<Number>();
        Some(Self { key, typo: number == Err(NumberError::CheckDigit), number: number.ok() })
    }

    /// Whether a waybill or a serial number is this one, however it was written.
    pub fn is(&self, code: &str) -> bool {
        fold(code).replace(' ', "") == self.key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(phase: Phase, archived: bool) -> Standing {
        Standing { phase, archived, verdict: None }
    }

    #[test]
    fn an_answer_takes_up_only_what_waits_for_it() {
        for phase in Phase::ALL {
            for action in [CustomerAction::Write, CustomerAction::AddPicture] {
                let Ok(after) = step(standing(phase, false), action) else { continue };
                let expected = if phase == Phase::WaitingCustomer { Phase::InReview } else { phase };
                assert_eq!(after, expected, "{phase:?} {action:?}");
            }
        }
    }

    #[test]
    fn what_is_decided_is_no_longer_the_customers_to_withdraw() {
        for phase in Phase::ALL {
            let after = step(standing(phase, false), CustomerAction::Withdraw);
            let expected = if phase.is_open() { Ok(Phase::Withdrawn) } else { Err(StepError::OutOfOrder) };
            assert_eq!(after, expected, "{phase:?}");
        }
    }

    #[test]
    fn nothing_is_sent_into_the_archive() {
        for phase in Phase::ALL {
            for action in CustomerAction::ALL {
                assert_eq!(step(standing(phase, true), action), Err(StepError::OutOfOrder), "{phase:?} {action:?}");
            }
            assert_eq!(task(standing(phase, true), None), Task::Nothing);
        }
    }

    #[test]
    fn a_reference_is_the_same_however_it_is_written() {
        let number = Number::new(2026, 4217).expect("in range");
        let read = |text: &str| Reference::read(text).expect("a reference");
        assert_eq!(read(&number.to_string()), read(&format!("  {} ", number.digits())));
        assert_eq!(read(&number.to_string()).number, Some(number));
        assert_eq!(read("sn 42-a/7").key, read("SN42A7").key);
        assert!(read("SN42A7").is("sn-42-A7") && !read("SN42A7").is("SN42A8"));
        assert!(read("26-004217-0").typo != (number.to_string() == "26-004217-0"));
        assert!(!read("SN42A7").typo);
        assert_eq!(Reference::read(" –\u{0} "), None);
        assert_eq!(Reference::read(&"x".repeat(101)), None);
    }

    #[test]
    fn the_stages_follow_the_phases() {
        for phase in Phase::ALL {
            let stage = Stage::of(phase);
            assert_eq!(stage >= Stage::Decided, !phase.is_open(), "{phase:?}");
            assert_eq!(stage == Stage::Closed, phase.is_closed(), "{phase:?}");
        }
    }

    #[test]
    fn goods_are_asked_for_until_they_are_on_their_way() {
        let goods = |route, state, expired| Some(Goods { route, state, expired });
        let of = |phase, goods| task(standing(phase, false), goods);
        let issued = RmaState::Issued;
        assert_eq!(of(Phase::New, goods(Route::Parcel, issued, false)), Task::Send);
        assert_eq!(of(Phase::WaitingGoods, goods(Route::PickUp, RmaState::PickUpOrdered, false)), Task::HandOver);
        assert_eq!(of(Phase::New, goods(Route::Store, issued, false)), Task::Bring);
        assert_eq!(of(Phase::New, goods(Route::Store, issued, true)), Task::Extend);
        for state in [RmaState::OnItsWay, RmaState::Received, RmaState::Inspected, RmaState::Cancelled] {
            assert_eq!(of(Phase::New, goods(Route::Parcel, state, true)), Task::Nothing, "{state:?}");
        }
        assert_eq!(of(Phase::Withdrawn, goods(Route::Parcel, issued, false)), Task::Nothing);
        assert_eq!(of(Phase::WaitingCustomer, goods(Route::Parcel, issued, false)), Task::Answer);
        assert_eq!(of(Phase::Ready, None), Task::Collect);
    }
}
