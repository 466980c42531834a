//! Why a carrier did not do it, and so what to do next.

use crate::Secret;
use std::time::Duration;

/// Longest text of a carrier that is passed on, in characters.
const WORDS: usize = 500;

/// Never holds a key, a token, an address of a label or anything else that opens something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The carrier has read it and said no. Asking the same again gets the same answer: a person changes something.
    #[error("refused: {said}")]
    Refused {
        /// In the carrier's words, for staff.
        said: String,
        /// What of ours it was about, where the carrier tells.
        field: Option<Field>,
    },
    /// No connection, no answer in time, too many requests, or a fault of the carrier's own. Nothing has happened, or
    /// asking again finds what has.
    #[error("unavailable: {detail}")]
    Unavailable {
        detail: String,
        /// Not before this has passed, where the carrier says so or where what has happened shows only then.
        after: Option<Duration>,
    },
    /// The keys are wrong or lack a right. Every other request would fail too: stop, and tell the admin.
    #[error("the carrier does not accept the keys: {detail}")]
    Unauthorised { detail: String },
    /// The carrier is still at it. Ask again soon.
    #[error("not ready: {detail}")]
    NotReady { detail: String },
    /// It was sent and no answer came, and the carrier cannot be asked whether it happened. A person looks it up at the
    /// carrier before anybody tries again, since a second courier or a second parcel may be the result.
    #[error("unclear: {detail}")]
    Unclear { detail: String },
    /// The carrier does not do this.
    #[error("the carrier does not do this")]
    Unsupported,
}

/// What of an order or a pick-up was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Sender(Part),
    Receiver(Part),
    Pickup(Part),
    PickupDate,
    /// Weight, size or number of the parcels.
    Parcels,
    /// The service, or how the parcel is handed in: the carrier's settings.
    Service,
    /// The customer number or the organisation: the carrier's settings.
    Account,
}

/// A part of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Name,
    Street,
    Postcode,
    City,
    Country,
    Phone,
    Email,
}

impl Fault {
    /// For translated texts; never changes.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Refused { .. } => "refused",
            Self::Unavailable { .. } => "unavailable",
            Self::Unauthorised { .. } => "unauthorised",
            Self::NotReady { .. } => "not_ready",
            Self::Unclear { .. } => "unclear",
            Self::Unsupported => "unsupported",
        }
    }

    /// What the carrier or the network said, for staff and the log; empty where there is nothing to say.
    pub fn detail(&self) -> &str {
        match self {
            Self::Refused { said, .. } => said,
            Self::Unavailable { detail, .. }
            | Self::Unauthorised { detail }
            | Self::NotReady { detail }
            | Self::Unclear { detail } => detail,
            Self::Unsupported => "",
        }
    }

    /// Whether the job asks again by itself.
    pub const fn retry(&self) -> bool {
        matches!(self, Self::Unavailable { .. } | Self::NotReady { .. })
    }

    /// About nothing in particular of ours.
    pub fn refused(said: impl Into<String>) -> Self {
        Self::Refused { said: said.into(), field: None }
    }
}

impl Field {
    /// For translated texts; never changes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sender(part) => part.of(&SENDER),
            Self::Receiver(part) => part.of(&RECEIVER),
            Self::Pickup(part) => part.of(&PICKUP),
            Self::PickupDate => "pickup_date",
            Self::Parcels => "parcels",
            Self::Service => "service",
            Self::Account => "account",
        }
    }
}

type Names = [&'static str; 8];

const SENDER: Names = [
    "sender",
    "sender_name",
    "sender_street",
    "sender_postcode",
    "sender_city",
    "sender_country",
    "sender_phone",
    "sender_email",
];
const RECEIVER: Names = [
    "receiver",
    "receiver_name",
    "receiver_street",
    "receiver_postcode",
    "receiver_city",
    "receiver_country",
    "receiver_phone",
    "receiver_email",
];
const PICKUP: Names = [
    "pickup",
    "pickup_name",
    "pickup_street",
    "pickup_postcode",
    "pickup_city",
    "pickup_country",
    "pickup_phone",
    "pickup_email",
];

impl Part {
    const fn of(self, names: &Names) -> &'static str {
        names[self as usize]
    }
}

/// A carrier's text as it may be shown and logged: one line, bounded, without controls, and without our own secrets,
/// which some services echo in what they complain about.
pub fn clean(text: &str, secrets: &[&Secret]) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        if !secret.expose().is_empty() {
            text = text.replace(secret.expose(), "…");
        }
    }
    let shown = |c: &char| {
        !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(shown).collect())
        .filter(|w: &String| !w.is_empty())
        .collect();
    words.join(" ").chars().take(WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_safe_to_show() {
        let key = Secret::new("s3cret-key");
        let said = clean("bad key s3cret-key:\r\n\u{202e}<b>no\u{7}</b>  at   all", &[&key]);
        assert_eq!(said, "bad key …: <b>no</b> at all");
        assert_eq!(clean(&"ż".repeat(2000), &[]).chars().count(), WORDS);
        assert_eq!(clean("as it is", &[&Secret::new("")]), "as it is");
    }

    #[test]
    fn keys_name_their_part() {
        assert_eq!(Field::Sender(Part::Whole).key(), "sender");
        assert_eq!(Field::Sender(Part::Phone).key(), "sender_phone");
        assert_eq!(Field::Receiver(Part::Postcode).key(), "receiver_postcode");
        assert_eq!(Field::Pickup(Part::Email).key(), "pickup_email");
    }
}
