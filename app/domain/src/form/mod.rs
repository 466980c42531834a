//! Versioned forms: what a complaint type asks, what was answered, and whether the answers do.

pub mod answer;
pub mod check;
mod clean;
pub mod filing;
mod odd;
mod reached;
mod read;
pub mod schema;
mod typed;

pub use answer::Answers;
pub use check::{Asked, Context, Fault, Problem, check, missing_pictures, shown, so_far};
pub use clean::lines as clean_lines;
pub use filing::{DeliveryOffer, Step, filing_form};
pub use odd::asking_odd_dates;
pub use reached::{asking_medium, media};
pub use schema::{Field, FieldKind, Form, Section};
pub use typed::{retyped, typed, typed_value};

#[cfg(test)]
mod tests;
