//! The trade's words and rules. Pure: no async, no I/O, no clock and no randomness of its own.

pub mod attachment;
pub mod case;
pub mod decision;
pub mod event;
pub mod fold;
pub mod form;
pub mod id;
pub mod letter;
pub mod locale;
pub mod number;
pub mod phase;
pub mod role;

pub use locale::{Locale, Localized};
