//! One error: what was being done, and what went wrong with it.

use std::fmt;

/// A sentence for the person at the terminal.
#[derive(Debug)]
pub struct Fail(String);

impl Fail {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says what was being done when an error came up.
pub trait Context<T> {
    fn context(self, doing: impl fmt::Display) -> Result<T, Fail>;
}

impl<T, E: fmt::Display> Context<T> for Result<T, E> {
    fn context(self, doing: impl fmt::Display) -> Result<T, Fail> {
        // `{:#}` gives the whole chain of an anyhow error.
        self.map_err(|error| Fail(format!("{doing}: {error:#}")))
    }
}
