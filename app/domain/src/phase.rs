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

impl Waiting {
    pub const ALL: [Self; 5] = [Self::Customer, Self::Goods, Self::Supplier, Self::Repair, Self::Expert];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Goods => "goods",
            Self::Supplier => "supplier",
            Self::Repair => "repair",
            Self::Expert => "expert",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|on| on.key() == key)
    }

    /// Somebody outside, whom the case does not name by itself.
    pub const fn is_partner(self) -> bool {
        matches!(self, Self::Supplier | Self::Repair | Self::Expert)
    }
}

/// What ends a waiting when it comes, whoever notes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Goods,
    /// The supplier's answer.
    Word,
    /// What an examination found.
    Finding,
    /// The goods were repaired.
    Repair,
    /// The customer got other goods for those complained of.
    Replacement,
}

impl Came {
    pub const ALL: [Self; 5] = [Self::Goods, Self::Word, Self::Finding, Self::Repair, Self::Replacement];
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

    /// Whom or what a waiting phase waits for.
    pub const fn waits_on(self) -> Option<Waiting> {
        match self {
            Self::WaitingCustomer => Some(Waiting::Customer),
            Self::WaitingGoods => Some(Waiting::Goods),
            Self::WaitingSupplier => Some(Waiting::Supplier),
            Self::WaitingRepair => Some(Waiting::Repair),
            Self::WaitingExpert => Some(Waiting::Expert),
            _ => None,
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

    /// Where a case stands once that has come: what waited for it goes on; everything else stays where it is. A workshop
    /// that says what it found has been heard, as an expert has; whoever got other goods lets nobody wait for the old ones.
    #[must_use]
    pub const fn with(self, came: Came) -> Self {
        match (self, came) {
            (Self::WaitingGoods, Came::Goods | Came::Replacement)
            | (Self::WaitingSupplier, Came::Word | Came::Replacement)
            | (Self::WaitingRepair, Came::Finding | Came::Repair | Came::Replacement)
            | (Self::WaitingExpert, Came::Finding | Came::Replacement) => Self::InReview,
            (stays, _) => stays,
        }
    }

    /// Nothing more is to be done.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Settled | Self::Withdrawn | Self::NotCollected)
    }
}

/// What of the organisation's own runs while a case stands so. What the law counts follows from what has happened, see
/// [`crate::deadline::recorded`]; it is watched or rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    /// The own target for an answer.
    pub target: bool,
    /// Reminders to whom it waits for.
    pub waiting: bool,
    /// Reminders of goods that lie ready.
    pub collecting: bool,
    /// Somebody is told of the law's days.
    pub watch: bool,
}

/// Nothing runs in the archive.
pub const fn running(phase: Phase, archived: bool) -> Running {
    Running {
        target: phase.is_open() && !archived,
        waiting: phase.waits_on().is_some() && !archived,
        collecting: matches!(phase, Phase::Ready) && !archived,
        watch: !archived,
    }
}

/// What somebody wants to do to a case, as far as its phase is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    /// Hand to a handler, or to nobody.
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
    /// It is another case told twice, and rests in the archive.
    Join,
}

impl Action {
    pub const ALL: [Self; 19] = [
        Self::Assign,
        Self::Review,
        Self::Wait(Waiting::Customer),
        Self::Wait(Waiting::Goods),
        Self::Wait(Waiting::Supplier),
        Self::Wait(Waiting::Repair),
        Self::Wait(Waiting::Expert),
        Self::Ask,
        Self::Decide(Verdict::Approved),
        Self::Decide(Verdict::Partly),
        Self::Decide(Verdict::Rejected),
        Self::MakeReady,
        Self::Settle,
        Self::Unsettle,
        Self::Withdraw,
        Self::NotCollected,
        Self::Archive,
        Self::Unarchive,
        Self::Join,
    ];
}

/// How long a clerk may take back a settlement; a handler may at any time while the case is not archived.
pub const UNSETTLE_MS: i64 = 14 * 24 * 3600 * 1000;

/// Whether that is still "undo", beside what [`step`] says.
pub const fn may_unsettle(role: Role, settled_at_ms: i64, now_ms: i64) -> bool {
    may(role, Right::Handle) || now_ms - settled_at_ms <= UNSETTLE_MS
}

/// Whether the answers may be changed: a handler always, a clerk until there is a decision; nobody in the archive.
pub const fn may_edit(from: Standing, role: Role) -> bool {
    !from.archived && may(role, Right::Serve) && (from.phase.is_open() || may(role, Right::Handle))
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
        Action::Assign | Action::Review | Action::Wait(_) | Action::Ask | Action::Join => Right::Handle,
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
        // What is new is so until whoever has it acts.
        Action::Assign if !phase.is_closed() => Ok(Step { phase, archived: false, letter: None }),
        // A customer who has thought again is taken up where the case was.
        Action::Review if matches!(phase, Phase::Withdrawn) || phase.is_open() && !matches!(phase, Phase::InReview) => {
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
        // Whatever stands where it stood: brought back, it goes on from there.
        Action::Join if !phase.is_closed() => Ok(Step { phase, archived: true, letter: None }),
        Action::Unarchive if from.archived => Ok(Step { phase, archived: false, letter: None }),
        _ => Err(StepError::OutOfOrder),
    }
}

#[cfg(test)]
mod tests;
