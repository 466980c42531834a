//! Identifiers. The client makes a case's id before it saves, so that a retry is recognised.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// An identifier that is not one: neither a UUID nor, for keys, a short word of `a-z 0-9 _ -`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct BadId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Uuid::try_parse(text).map(Self).map_err(|_| BadId)
            }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// One complaint about one article; also the id of the draft that it grows from.
    CaseId,
    /// A store of the chain.
    StoreId,
    /// A member of the staff.
    StaffId,
    /// A picture or a document.
    AttachmentId,
    /// A message of ours, from its first writing to its delivery.
    LetterId,
    /// A letter as it stands on paper: its text and its PDF.
    PaperId,
    /// One entry of a case's timeline.
    EventId,
    /// An own note or a comment.
    NoteId,
    /// What an organisation calls a step within a phase.
    StatusId,
    /// One sign-in on one device.
    SessionId,
    /// What a QR code or a letter gives access to, without its secret.
    UploadLinkId,
    /// What a customer files from home, before and after it is sent.
    ReportId,
    /// A return parcel.
    RmaId,
    /// Words of a customer's that came to a case.
    MessageId,
    /// One line of who gets which cases.
    RuleId,
    /// Some days on which somebody is away.
    AbsenceId,
    /// A list that somebody keeps by a name.
    ViewId,
    /// Many cases changed in one go.
    RunId,
    /// Names a fault of ours to the reader, and in the log.
    IncidentId,
}

/// The short word that names a complaint type, an outcome or a reason: `a-z`, `0-9`, `_`, `-`; 1 to 40 of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(String);

impl Key {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Key {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let fits = (1..=40).contains(&text.len())
            && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
        if fits { Ok(Self(text.to_owned())) } else { Err(BadId) }
    }
}

impl TryFrom<String> for Key {
    type Error = BadId;
    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
