//! How canonical values are shown to people. Spaces inside a number or an amount don't break (U+00A0).

pub use crate::date::{
    show as date, show_day as day, show_long as date_long, show_month as month, show_short as short_day,
};
pub use crate::money::show as money;

use crate::phone::Phone;
use crate::{Locale, decimal};

/// A whole number, grouped.
pub fn count(locale: Locale, n: i64) -> String {
    decimal::show(locale, n, 0, false)
}

/// A number in units of its last of `decimals` places, with its unit if it has one.
pub fn number(locale: Locale, units: i64, decimals: u8, unit: &str) -> String {
    let number = decimal::show(locale, units, decimals, false);
    if unit.is_empty() { number } else { format!("{number}\u{a0}{unit}") }
}

/// A stored phone in its country's groups; a text that is none as it is.
pub fn phone(e164: &str) -> String {
    Phone::parse(e164, "").map_or_else(|| e164.to_owned(), |phone| phone.show())
}
