//! Letters: their words, and their way out.

mod compose;
pub mod phone;
pub mod smtp;

pub use compose::{Composed, Facts, OnPaper, compose, compose_paper, compose_sms, draft, further, paragraphs_of};

use domain::id::LetterId;

/// A letter's Message-ID (RFC 5322, 3.6.4), the same at every attempt: `<letter@host of public_url>`.
pub fn message_id(public_url: &str, letter: LetterId) -> String {
    let host = public_url.parse::<http::Uri>().ok().and_then(|url| url.host().map(str::to_owned));
    // A domain literal as RFC 5321 has it cannot be told from an address with a port by every reader.
    let host = host.filter(|host| !host.starts_with('[')).unwrap_or_else(|| "redress.invalid".to_owned());
    format!("<{letter}@{host}>")
}
