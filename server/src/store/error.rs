//! A database's fault, and how it becomes an answer.

use app::error::AppError;

/// Carries either an answer that the use case gave inside its transaction, or the database's own words, which go to the
/// log alone.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The use case's own answer; the transaction is rolled back.
    #[error(transparent)]
    Answer(#[from] AppError),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
    /// A document was not made.
    #[error("document: {0}")]
    Document(String),
    /// The writer has gone, or a transaction panicked.
    #[error("the write was not carried out: {0}")]
    Writer(&'static str),
}

impl StoreError {
    pub fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Corrupt(what.to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::corrupt(error)
    }
}

impl From<domain::id::BadId> for StoreError {
    fn from(error: domain::id::BadId) -> Self {
        Self::corrupt(error)
    }
}

pub type Result<T, E = StoreError> = std::result::Result<T, E>;
