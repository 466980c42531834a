//! Statistics: numbers over one narrow fact per case, and which cases each number counts.
//!
//! A number is never told alone: a [`Slice`] names the cases behind it, and [`summarise`] counts nothing that a slice could
//! not list.

mod fact;
mod filter;
mod period;
mod slice;
mod summary;
#[cfg(test)]
mod tests;

pub use fact::{Code, Day, Fact};
pub use filter::{Codes, Filter};
pub use period::{Grain, Preset, Span};
pub use slice::{Answered, Slice};
pub use summary::{AGES, Counted, Flow, Kept, Summary, TOP, Tallied, Top, Totals, summarise};
