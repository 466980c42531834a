//! Many cases changed in one go: how a run goes on, and why one case of it stays as it is.

use serde::{Deserialize, Serialize};

/// So long a run can be undone by whoever began it.
pub const UNDO_MS: i64 = 24 * 3600 * 1000;
/// So long the letters of a run wait: within it undoing takes them back.
pub const LETTERS_WAIT_MS: i64 = 2 * 60 * 1000;

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// The cases are chosen; what is to be done is not settled yet.
    Chosen,
    /// Each case is looked at, to say beforehand what will happen.
    Gathering,
    /// It is known what will happen; somebody has to say yes.
    Planned,
    Running,
    Done,
    Undoing,
    Undone,
}

impl RunState {
    pub const ALL: [Self; 7] =
        [Self::Chosen, Self::Gathering, Self::Planned, Self::Running, Self::Done, Self::Undoing, Self::Undone];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Gathering => "gathering",
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// A job is at it.
    pub const fn works(self) -> bool {
        matches!(self, Self::Gathering | Self::Running | Self::Undoing)
    }
}

/// How far a run is with one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Nobody has looked at it yet.
    New,
    /// It will be changed.
    Ready,
    /// It stays as it is: see its [`Hindrance`].
    Refused,
    Done,
    Undone,
    /// It was changed, and could not be changed back: see its [`Hindrance`].
    Kept,
}

impl ItemState {
    pub const ALL: [Self; 6] = [Self::New, Self::Ready, Self::Refused, Self::Done, Self::Undone, Self::Kept];

    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Ready => "ready",
            Self::Refused => "refused",
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Kept => "kept",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// Why a case stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// The role may not do that.
    Forbidden,
    /// The case is gone, or of a store out of reach.
    OutOfReach,
    Archived,
    /// It does not follow from where the case stands.
    WrongPhase,
    /// The handler does not serve the case's store.
    OtherStore,
    /// It is so already.
    Same,
    /// There is nobody to write to.
    NoAddress,
    /// It has no return, or none that still awaits its goods: there is no label.
    NoLabel,
    /// It was joined into another case, from whose page it comes back.
    Joined,
    /// Somebody has changed it meanwhile.
    Changed,
    /// The letter has gone out.
    LetterSent,
    /// Something of the case is missing that the step needs.
    Incomplete,
    /// A fault of ours; the log says which.
    Fault,
}

impl Hindrance {
    pub const ALL: [Self; 13] = [
        Self::Forbidden,
        Self::OutOfReach,
        Self::Archived,
        Self::WrongPhase,
        Self::OtherStore,
        Self::Same,
        Self::NoAddress,
        Self::NoLabel,
        Self::Joined,
        Self::Changed,
        Self::LetterSent,
        Self::Incomplete,
        Self::Fault,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::OutOfReach => "out_of_reach",
            Self::Archived => "archived",
            Self::WrongPhase => "wrong_phase",
            Self::OtherStore => "other_store",
            Self::Same => "same",
            Self::NoAddress => "no_address",
            Self::NoLabel => "no_label",
            Self::Joined => "joined",
            Self::Changed => "changed",
            Self::LetterSent => "letter_sent",
            Self::Incomplete => "incomplete",
            Self::Fault => "fault",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hindrance| hindrance.key() == key)
    }
}

/// Whether a run that ended then may still be undone now.
pub const fn may_undo(state: RunState, ended_ms: i64, now_ms: i64) -> bool {
    matches!(state, RunState::Done) && now_ms - ended_ms <= UNDO_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read_back() {
        for state in RunState::ALL {
            assert_eq!(RunState::from_key(state.key()), Some(state));
        }
        for state in ItemState::ALL {
            assert_eq!(ItemState::from_key(state.key()), Some(state));
        }
        for hindrance in Hindrance::ALL {
            assert_eq!(Hindrance::from_key(hindrance.key()), Some(hindrance));
        }
    }

    #[test]
    fn a_run_is_undone_within_a_day_of_its_end_and_once() {
        assert!(may_undo(RunState::Done, 5, 5 + UNDO_MS));
        assert!(!may_undo(RunState::Done, 5, 6 + UNDO_MS));
        for state in RunState::ALL {
            assert_eq!(may_undo(state, 0, 0), state == RunState::Done);
        }
    }
}
