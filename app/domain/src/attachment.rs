//! Pictures and documents of a case.

use serde::{Deserialize, Serialize};

/// What a picture shows. The phone's page offers the first two large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    Receipt,
    Damage,
    Item,
    Label,
    Document,
}

impl AttachmentKind {
    pub const ALL: [Self; 5] = [Self::Receipt, Self::Damage, Self::Item, Self::Label, Self::Document];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Damage => "damage",
            Self::Item => "item",
            Self::Label => "label",
            Self::Document => "document",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Limits told to the sender in words.
pub mod limits {
    /// Bytes of one file.
    pub const BYTES: u64 = 25 * 1024 * 1024;
    /// Pixels of one picture: the largest phone sensors give 50 megapixels, some 108.
    pub const PIXELS: u64 = 110_000_000;
    /// Pixels of a picture that can only be decoded whole: WebP, GIF, HEIC, progressive JPEG, interlaced PNG.
    pub const PIXELS_WHOLE: u64 = 50_000_000;
    /// Pixels along one side.
    pub const SIDE: u32 = 30_000;
    /// Files of one case.
    pub const PER_CASE: u32 = 60;
}

/// Why a file is not taken. Each has its words in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    #[error("empty file")]
    Empty,
    #[error("more bytes than the limit")]
    TooLarge,
    #[error("more pixels than the limit")]
    TooManyPixels,
    /// A picture of this type; as a JPEG it might do.
    #[error("more pixels than the limit of its type")]
    TooManyPixelsForType,
    #[error("the case has as many files as it may")]
    TooMany,
    /// By content, not by name: JPEG, PNG, WebP, GIF, HEIC and PDF are taken.
    #[error("neither a picture nor a PDF")]
    UnknownType,
    #[error("the file is damaged")]
    Damaged,
}

impl Refusal {
    pub const ALL: [Self; 7] = [
        Self::Empty,
        Self::TooLarge,
        Self::TooManyPixels,
        Self::TooManyPixelsForType,
        Self::TooMany,
        Self::UnknownType,
        Self::Damaged,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::TooManyPixels => "too_many_pixels",
            Self::TooManyPixelsForType => "too_many_pixels_for_type",
            Self::TooMany => "too_many",
            Self::UnknownType => "unknown_type",
            Self::Damaged => "damaged",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.key() == key)
    }
}
