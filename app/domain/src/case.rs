//! Words about a case as a whole.

use serde::{Deserialize, Serialize};

/// How a case came to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Till,
    Web,
    Email,
    Phone,
}

impl Channel {
    pub const ALL: [Self; 4] = [Self::Till, Self::Web, Self::Email, Self::Phone];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Till => "till",
            Self::Web => "web",
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.key() == key)
    }
}

/// Why a case rests in the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveReason {
    Settled,
    /// "kunde har ikke hentet produkt" (E21).
    NotCollected,
    Withdrawn,
    Duplicate,
    Other,
}

impl ArchiveReason {
    pub const ALL: [Self; 5] = [Self::Settled, Self::NotCollected, Self::Withdrawn, Self::Duplicate, Self::Other];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::NotCollected => "not_collected",
            Self::Withdrawn => "withdrawn",
            Self::Duplicate => "duplicate",
            Self::Other => "other",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }
}
