//! What was answered.

use crate::id::Key;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Raw answers by field, as typed; several for several choices. Checked answers hold canonical texts: dates `2026-10-17`,
/// money and numbers in their smallest unit, phones in E.164, e-mail trimmed, choices by key, yes/no as `yes` and `no`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Vec<String>>);

impl Answers {
    /// The first answer of that field, trimmed; empty if there is none.
    pub fn first(&self, key: &str) -> &str {
        self.0.get(key).and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    pub fn all(&self, key: &str) -> &[String] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        self.0.insert(key.to_owned(), vec![value.into()]);
    }

    pub fn of(&self, key: &Key) -> &[String] {
        self.all(key.as_str())
    }

    pub fn is_filled(&self, key: &str) -> bool {
        self.all(key).iter().any(|value| !value.trim().is_empty())
    }
}
