//! What a list shows of a case, chosen by each person.

use serde::{Deserialize, Serialize};

/// The order is that of the lists and of what is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    Number,
    Article,
    Type,
    Channel,
    Customer,
    Phase,
    /// Our own target.
    Due,
    /// The last safe day of what the law decides next.
    Law,
    Store,
    Handler,
    Registered,
    Updated,
    Receipt,
    Brand,
    Supplier,
    Price,
    /// Our decision.
    Decision,
    /// What whoever examined the goods found.
    Cause,
    /// What the customer went home with.
    Outcome,
    /// Whom it waits for.
    Waiting,
    /// The day since which it waits.
    Since,
}

impl Column {
    pub const ALL: [Self; 21] = [
        Self::Number,
        Self::Article,
        Self::Type,
        Self::Channel,
        Self::Customer,
        Self::Phase,
        Self::Due,
        Self::Law,
        Self::Store,
        Self::Handler,
        Self::Registered,
        Self::Updated,
        Self::Receipt,
        Self::Brand,
        Self::Supplier,
        Self::Price,
        Self::Decision,
        Self::Cause,
        Self::Outcome,
        Self::Waiting,
        Self::Since,
    ];

    /// Unless somebody chooses others.
    pub const USUAL: [Self; 11] = [
        Self::Number,
        Self::Article,
        Self::Type,
        Self::Channel,
        Self::Customer,
        Self::Phase,
        Self::Due,
        Self::Law,
        Self::Store,
        Self::Handler,
        Self::Registered,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Article => "article",
            Self::Type => "kind",
            Self::Channel => "channel",
            Self::Customer => "customer",
            Self::Phase => "phase",
            Self::Due => "due",
            Self::Law => "law",
            Self::Store => "store",
            Self::Handler => "handler",
            Self::Registered => "registered",
            Self::Updated => "updated",
            Self::Receipt => "receipt",
            Self::Brand => "brand",
            Self::Supplier => "supplier",
            Self::Price => "price",
            Self::Decision => "decision",
            Self::Cause => "cause",
            Self::Outcome => "outcome",
            Self::Waiting => "waiting",
            Self::Since => "since",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// It stands in no list's own row, but further down in the case.
    pub const fn is_detail(self) -> bool {
        self as u8 >= Self::Updated as u8
    }
}

/// Reads keys between spaces or dots. What is unknown is left out, each is there once, in the lists' order, and the number
/// always is, since it leads to the case. Nothing known means the usual ones.
pub fn read(keys: &str) -> Vec<Column> {
    let mut columns: Vec<Column> = keys.split([' ', '.']).filter_map(Column::from_key).collect();
    if columns.is_empty() {
        return Column::USUAL.to_vec();
    }
    columns.push(Column::Number);
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// As [`read`] takes them.
pub fn write(columns: &[Column]) -> String {
    columns.iter().map(|column| column.key()).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_as_written_in_order_and_once() {
        assert_eq!(read(&write(&Column::ALL)), Column::ALL);
        assert_eq!(read("price brand gone price"), [Column::Number, Column::Brand, Column::Price]);
        assert_eq!(read(""), Column::USUAL);
        assert_eq!(read("no such thing"), Column::USUAL);
    }

    #[test]
    fn the_order_of_all_is_the_order_of_the_type() {
        assert!(Column::ALL.is_sorted());
        assert!(Column::USUAL.is_sorted());
    }
}
