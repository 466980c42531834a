//! The table of regimes: which law holds for which contract. Data in `regimes/<version>/<country>.toml`, one loader.
//!
//! A version that cases were frozen with is never edited: a change of the law, or of what we know of it, is a new one.

mod load;
mod words;

pub use load::{Fault, load};
pub use words::*;

use super::Country;
use super::count::{CountRule, Period, RollRule};
use super::facts::Facts;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// How long a clock runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Amount {
    /// The law names no number: "in reasonable time", "as long as such goods last" (FI).
    None,
    /// As the guarantor's document says.
    Stated,
    /// Ends on the day of its start.
    Until,
    Fixed(Period),
}

impl TryFrom<String> for Amount {
    type Error = super::count::BadPeriod;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "none" => Ok(Self::None),
            "stated" => Ok(Self::Stated),
            "until" => Ok(Self::Until),
            period => period.parse().map(Self::Fixed),
        }
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        match amount {
            Amount::None => "none".to_owned(),
            Amount::Stated => "stated".to_owned(),
            Amount::Until => "until".to_owned(),
            Amount::Fixed(period) => period.to_string(),
        }
    }
}

/// For which contracts a row holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    pub claims: Vec<ClaimKind>,
    pub customers: Vec<CustomerKind>,
    /// Not given: goods of every kind.
    #[serde(default = "every_kind")]
    pub goods: Vec<GoodsKind>,
    /// First and last day on which the contract was made.
    pub contract_from: Option<Date>,
    pub contract_to: Option<Date>,
    /// All of them.
    #[serde(default)]
    pub when: Vec<Condition>,
}

/// Where a row comes from. No row is loaded without.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The act and its paragraph, in the country's own words.
    pub statute: String,
    pub url: String,
    pub mark: Mark,
    pub status: Status,
    /// The day on which somebody looked.
    pub checked: Date,
    /// Who answers for an unconfirmed row.
    pub reviewer: Option<String>,
}

/// One clock of one regime.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Unique in its version and the same in all of them: `pl-reply`.
    pub id: String,
    pub country: Country,
    pub scope: Scope,
    pub clock: ClockKind,
    pub start: Start,
    pub amount: Amount,
    pub count: CountRule,
    pub roll: RollRule,
    pub consequence: Consequence,
    /// Retention alone has one.
    pub data: Option<DataClass>,
    pub source: Source,
    /// What a lawyer should know of it.
    pub note: Option<String>,
}

/// Something that must not be forgotten at a certain moment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    pub id: String,
    pub country: Country,
    pub scope: Scope,
    pub duty: DutyKind,
    pub at: Moment,
    /// What the moment brings cannot go out without it.
    pub blocks: bool,
    pub consequence: Consequence,
    pub source: Source,
    /// What a lawyer should know of it.
    pub note: Option<String>,
}

fn every_kind() -> Vec<GoodsKind> {
    GoodsKind::ALL.to_vec()
}

impl Scope {
    /// The contract of a case whose purchase date nobody knows counts as made when the complaint came: no clock is lost.
    fn holds(&self, facts: &Facts, received: Date) -> bool {
        let contract = facts.contract.or(facts.delivered).unwrap_or(received);
        self.claims.contains(&facts.claim)
            && self.customers.contains(&facts.customer)
            && self.goods.contains(&facts.goods)
            && self.contract_from.is_none_or(|from| from <= contract)
            && self.contract_to.is_none_or(|to| contract <= to)
            && self.when.iter().all(|condition| facts.holds(*condition))
    }
}

/// One version of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub version: u32,
    pub rules: Vec<Rule>,
    pub duties: Vec<Duty>,
}

impl Table {
    /// What new cases are frozen with.
    pub fn current() -> &'static Self {
        TABLES.last().expect("there is a first version")
    }

    /// The version that a case was frozen with.
    pub fn version(version: u32) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.version == version)
    }

    /// The rows that hold for a case; `received` is the day on which the complaint came.
    pub fn rules_for<'a>(&'a self, facts: &'a Facts, received: Date) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| rule.country == facts.country && rule.scope.holds(facts, received))
    }

    pub fn duties_for<'a>(&'a self, facts: &'a Facts, received: Date) -> impl Iterator<Item = &'a Duty> {
        self.duties.iter().filter(move |duty| duty.country == facts.country && duty.scope.holds(facts, received))
    }

    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Ids of the rows that hold back a release until somebody signs for them: unconfirmed, without a named reviewer.
    pub fn unreviewed(&self) -> impl Iterator<Item = &str> {
        let rules = self.rules.iter().map(|rule| (rule.id.as_str(), &rule.source));
        let duties = self.duties.iter().map(|duty| (duty.id.as_str(), &duty.source));
        rules
            .chain(duties)
            .filter(|(_, source)| source.status == Status::Unconfirmed && source.reviewer.is_none())
            .map(|(id, _)| id)
    }
}

macro_rules! version {
    ($version:literal, $($country:literal),+) => {
        ($version, &[$(($country, include_str!(concat!(stringify!($version), "/", $country, ".toml")))),+])
    };
}

/// File names and texts of each version, oldest first.
const SOURCES: [(u32, &[(&str, &str)]); 1] = [version!(1, "pl", "no", "se", "dk", "fi", "de")];

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let table = |(version, files): &(u32, &[(&str, &str)])| load(*version, files).expect("a test loads every version");
    SOURCES.iter().map(table).collect()
});

#[cfg(test)]
mod tests;
