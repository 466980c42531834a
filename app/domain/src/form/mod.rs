//! Versioned forms: what a complaint type asks, what was answered, and whether the answers do.

pub mod answer;
pub mod check;
pub mod schema;

pub use answer::Answers;
pub use check::{Problem, check};
pub use schema::{Field, FieldKind, Form, Section};
