//! The trade's words and rules. Pure: no async, no I/O, no clock and no randomness of its own.

pub mod assignment;
pub mod attachment;
pub mod bulk;
pub mod case;
pub mod collecting;
pub mod column;
pub mod contact;
pub mod customer;
pub mod date;
pub mod deadline;
pub mod decimal;
pub mod decision;
pub mod defaults;
pub mod ean;
pub mod email;
pub mod event;
pub mod export;
pub mod fold;
pub mod form;
pub mod format;
pub mod handling;
pub mod id;
pub mod letter;
pub mod locale;
pub mod money;
pub mod number;
pub mod phase;
pub mod phone;
pub mod report;
pub mod rma;
pub mod role;
pub mod scan;
pub mod sms;
pub mod statistics;
pub mod waiting;

pub use locale::{Locale, Localized};
