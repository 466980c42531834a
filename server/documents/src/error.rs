//! Why there is no document.

use std::io;
use std::path::PathBuf;

/// Every error says what to do about it; none holds a customer's words.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The organisation's folder of templates, or a file in it.
    #[error("cannot read {path}: {source}")]
    Unreadable { path: PathBuf, source: io::Error },
    /// A `.typ` file that would never be used: most likely a mistyped name.
    #[error("{path} is no template of ours; their names are {known}")]
    UnknownTemplate { path: PathBuf, known: String },
    /// A template that does not compile, or whose document would not be accessible. Line and column count from 1.
    #[error("{file}:{line}:{column}: {message}")]
    Template { file: String, line: usize, column: usize, message: String },
    /// The document as a whole does not come out; the template engine does not say where.
    #[error("{file}: {message}")]
    Document { file: String, message: String },
    /// Longer than the largest QR code.
    #[error("an address of {0} bytes does not fit in a QR code")]
    UrlTooLong(usize),
    #[error("{n} of {what}, at most {limit}")]
    TooMany { what: &'static str, n: usize, limit: usize },
    #[error("nothing to print")]
    Nothing,
    /// A rejection that does not say how to complain further.
    #[error("a rejection has to say how to complain further")]
    NoWayFurther,
    #[error("the logo is neither PNG, JPEG nor SVG, or it is damaged: {0}")]
    Logo(String),
}

pub type Result<T> = std::result::Result<T, Error>;
