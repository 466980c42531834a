//! What every page knows before it asks anything: who reads, in which language.

use crate::backend::Visitor;
use domain::Locale;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Provided by the server's request handler, carried to the client in the page.
/// A change of it (signing in, another language) is always a full page load.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    pub visitor: Visitor,
    pub locale: Locale,
    pub organisation: String,
    /// Of Redress, for the foot of the settings.
    pub version: String,
}

/// On the server, what the request handler provided; the client never calls it, since the value comes with the page.
pub fn read() -> Boot {
    use_context::<Boot>().unwrap_or_else(|| Boot {
        visitor: Visitor::Nobody,
        locale: Locale::En,
        organisation: "Redress".to_owned(),
        version: String::new(),
    })
}

pub fn use_boot() -> Boot {
    expect_context::<Boot>()
}

/// The reader's language.
pub fn use_locale() -> Locale {
    expect_context::<Boot>().locale
}
