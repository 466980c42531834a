//! The one error that crosses the wire.

use domain::form::Problem;
use domain::id::IncidentId;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What a use case may answer instead of a result. A database's words, a path or a token never stand in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// It does not exist, or the reader may not know that it does.
    #[error("not found")]
    NotFound,
    /// Signed in, but without the right.
    #[error("forbidden")]
    Forbidden,
    /// Nobody is signed in, or the session has ended.
    #[error("signed out")]
    SignedOut,
    /// Answers of a case form that do not do.
    #[error("the form has problems")]
    Form { problems: Vec<Problem> },
    /// One input of another form; `key` names the words in the texts' namespace `fault`.
    #[error("invalid {field}: {key}")]
    Invalid { field: String, key: String },
    /// Somebody else changed it meanwhile, or it does not follow from where the case stands now.
    #[error("conflict")]
    Conflict,
    /// A link or a session that was good once.
    #[error("expired")]
    Expired,
    /// Too many attempts; again after so many seconds.
    #[error("too many attempts, wait {seconds} s")]
    TooMany { seconds: u32 },
    /// A fault of ours. The log has the rest under this id.
    #[error("internal error {incident}")]
    Internal { incident: IncidentId },
    /// The server could not be reached, or its answer not be read.
    #[error("no connection")]
    Transport,
}

impl AppError {
    pub fn invalid(field: &str, key: &str) -> Self {
        Self::Invalid { field: field.to_owned(), key: key.to_owned() }
    }

    /// The HTTP status of an answer that is this error.
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Forbidden => 403,
            Self::SignedOut => 401,
            Self::Form { .. } | Self::Invalid { .. } => 422,
            Self::Conflict => 409,
            Self::Expired => 410,
            Self::TooMany { .. } => 429,
            Self::Internal { .. } => 500,
            Self::Transport => 502,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::invalid("", "malformed")
            }
            _ => Self::Transport,
        }
    }
}

pub type Result<T, E = AppError> = std::result::Result<T, E>;
