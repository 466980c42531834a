//! The life of a case: phases, and the one table of what may follow what.

use crate::decision::Verdict;
use crate::letter::Template;
use crate::role::{Right, Role, may};
use serde::{Deserialize, Serialize};

/// Whom or what a case waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    Customer,
    Goods,
    Supplier,
    Repair,
    Expert,
}

/// Where a case stands. Fixed, since law and reports hang on it; an organisation's own statuses lie inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    New,
    InReview,
    WaitingCustomer,
    WaitingGoods,
    WaitingSupplier,
    WaitingRepair,
    WaitingExpert,
    Approved,
    Partly,
    Rejected,
    /// The goods lie ready for the customer.
    Ready,
    Settled,
    Withdrawn,
    NotCollected,
}

impl Phase {
    pub const ALL: [Self; 14] = [
        Self::New,
        Self::InReview,
        Self::WaitingCustomer,
        Self::WaitingGoods,
        Self::WaitingSupplier,
        Self::WaitingRepair,
        Self::WaitingExpert,
        Self::Approved,
        Self::Partly,
        Self::Rejected,
        Self::Ready,
        Self::Settled,
        Self::Withdrawn,
        Self::NotCollected,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InReview => "in_review",
            Self::WaitingCustomer => "waiting_customer",
            Self::WaitingGoods => "waiting_goods",
            Self::WaitingSupplier => "waiting_supplier",
            Self::WaitingRepair => "waiting_repair",
            Self::WaitingExpert => "waiting_expert",
            Self::Approved => "approved",
            Self::Partly => "partly",
            Self::Rejected => "rejected",
            Self::Ready => "ready",
            Self::Settled => "settled",
            Self::Withdrawn => "withdrawn",
            Self::NotCollected => "not_collected",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.key() == key)
    }

    pub const fn waiting(on: Waiting) -> Self {
        match on {
            Waiting::Customer => Self::WaitingCustomer,
            Waiting::Goods => Self::WaitingGoods,
            Waiting::Supplier => Self::WaitingSupplier,
            Waiting::Repair => Self::WaitingRepair,
            Waiting::Expert => Self::WaitingExpert,
        }
    }

    /// No decision has been made yet: the reply clock runs.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::New
                | Self::InReview
                | Self::WaitingCustomer
                | Self::WaitingGoods
                | Self::WaitingSupplier
                | Self::WaitingRepair
                | Self::WaitingExpert
        )
    }

    /// Decided, and the customer still has something to collect or be given.
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Approved | Self::Partly | Self::Rejected | Self::Ready)
    }

    /// Nothing more is to be done.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Settled | Self::Withdrawn | Self::NotCollected)
    }
}

/// What somebody wants to do to a case, as far as its phase is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    /// Take over or hand to a handler.
    Assign,
    /// Go on, from waiting or from new.
    Review,
    Wait(Waiting),
    /// Send the customer a question; the case waits for the answer.
    Ask,
    Decide(Verdict),
    /// The goods lie ready to be collected.
    MakeReady,
    /// Record what the customer went home with.
    Settle,
    /// Take back what was recorded: the case is decided again.
    Unsettle,
    /// The customer no longer wants it.
    Withdraw,
    /// The customer never came.
    NotCollected,
    Archive,
    Unarchive,
}

/// What the table looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub phase: Phase,
    pub archived: bool,
    /// The last decision, if there was one.
    pub verdict: Option<Verdict>,
}

/// What an action makes of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub phase: Phase,
    pub archived: bool,
    /// The letter that the customer gets by it.
    pub letter: Option<Template>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    #[error("this role may not do that")]
    Forbidden,
    #[error("that does not follow from where the case stands")]
    OutOfOrder,
}

const fn right(action: Action) -> Right {
    match action {
        Action::Assign | Action::Review | Action::Wait(_) | Action::Ask => Right::Handle,
        Action::Decide(_) => Right::Decide,
        Action::MakeReady | Action::Settle | Action::Unsettle | Action::Withdraw => Right::Serve,
        Action::NotCollected | Action::Archive | Action::Unarchive => Right::Archive,
    }
}

/// The one table of transitions: what follows, and which letter goes out; or why not.
pub const fn step(from: Standing, action: Action, role: Role) -> Result<Step, StepError> {
    if !may(role, right(action)) {
        return Err(StepError::Forbidden);
    }
    if from.archived && !matches!(action, Action::Unarchive) {
        return Err(StepError::OutOfOrder);
    }
    let phase = from.phase;
    match action {
        Action::Assign if matches!(phase, Phase::New) => {
            Ok(Step { phase: Phase::InReview, archived: false, letter: None })
        }
        Action::Assign if !phase.is_closed() => Ok(Step { phase, archived: false, letter: None }),
        Action::Review if phase.is_open() && !matches!(phase, Phase::InReview) => {
            Ok(Step { phase: Phase::InReview, archived: false, letter: None })
        }
        Action::Wait(on) if phase.is_open() => Ok(Step { phase: Phase::waiting(on), archived: false, letter: None }),
        Action::Ask if phase.is_open() => {
            Ok(Step { phase: Phase::WaitingCustomer, archived: false, letter: Some(Template::Question) })
        }
        Action::Decide(verdict) if phase.is_open() || phase.is_decided() => {
            let (phase, letter) = match verdict {
                Verdict::Approved => (Phase::Approved, Template::Approved),
                Verdict::Partly => (Phase::Partly, Template::Partly),
                Verdict::Rejected => (Phase::Rejected, Template::Rejected),
            };
            Ok(Step { phase, archived: false, letter: Some(letter) })
        }
        Action::MakeReady if matches!(phase, Phase::Approved | Phase::Partly | Phase::Rejected) => {
            Ok(Step { phase: Phase::Ready, archived: false, letter: Some(Template::Ready) })
        }
        Action::Settle if phase.is_decided() => Ok(Step { phase: Phase::Settled, archived: false, letter: None }),
        Action::Unsettle if matches!(phase, Phase::Settled | Phase::NotCollected) => match from.verdict {
            Some(Verdict::Approved) => Ok(Step { phase: Phase::Approved, archived: false, letter: None }),
            Some(Verdict::Partly) => Ok(Step { phase: Phase::Partly, archived: false, letter: None }),
            Some(Verdict::Rejected) => Ok(Step { phase: Phase::Rejected, archived: false, letter: None }),
            None => Err(StepError::OutOfOrder),
        },
        Action::Withdraw if phase.is_open() => Ok(Step { phase: Phase::Withdrawn, archived: false, letter: None }),
        Action::NotCollected if phase.is_decided() => {
            Ok(Step { phase: Phase::NotCollected, archived: true, letter: None })
        }
        Action::Archive if phase.is_closed() || phase.is_decided() => Ok(Step { phase, archived: true, letter: None }),
        Action::Unarchive if from.archived => Ok(Step { phase, archived: false, letter: None }),
        _ => Err(StepError::OutOfOrder),
    }
}
