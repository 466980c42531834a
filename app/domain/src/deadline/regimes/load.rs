//! Reads a version of the table and refuses what is not whole.

use super::*;
use std::collections::BTreeSet;
use std::fmt;

/// What is wrong with a table, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// File, and the row where there is one.
    pub at: String,
    pub fault: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.fault)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "rule")]
    rules: Vec<Rule>,
    #[serde(default, rename = "duty")]
    duties: Vec<Duty>,
}

/// Reads the files of one version, each by its name and text.
///
/// # Errors
/// Every fault of every file: what is no TOML or has unknown words, a row without its source, a row that claims to be
/// confirmed and was not read, two rows that would both answer for one clock of one contract.
pub fn load(version: u32, files: &[(&str, &str)]) -> Result<Table, Vec<Fault>> {
    let mut table = Table { version, rules: Vec::new(), duties: Vec::new() };
    let mut faults = Vec::new();
    for (name, text) in files {
        match toml::from_str::<File>(text) {
            Ok(file) => {
                table.rules.extend(file.rules);
                table.duties.extend(file.duties);
            }
            Err(error) => faults.push(Fault { at: (*name).to_owned(), fault: error.to_string() }),
        }
    }
    faults.extend(faults_of(&table));
    if faults.is_empty() { Ok(table) } else { Err(faults) }
}

fn faults_of(table: &Table) -> Vec<Fault> {
    let rows = || {
        let rules = table.rules.iter().map(|rule| (&rule.id, rule.country, &rule.scope, &rule.source));
        rules.chain(table.duties.iter().map(|duty| (&duty.id, duty.country, &duty.scope, &duty.source)))
    };
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    let mut wrong = |id: &str, fault: &str| faults.push(Fault { at: id.to_owned(), fault: fault.to_owned() });
    for (id, country, scope, source) in rows() {
        let country = country.key().to_lowercase();
        if !ids.insert(id) {
            wrong(id, "another row has this id");
        }
        if !id.strip_prefix(&country).is_some_and(|rest| rest.starts_with('-')) {
            wrong(id, "an id begins with its country");
        }
        if source.statute.trim().is_empty() {
            wrong(id, "no statute");
        }
        if !source.url.starts_with("https://") || source.url.len() < 12 {
            wrong(id, "no link to the source");
        }
        if source.status == Status::Confirmed && !matches!(source.mark, Mark::Statute | Mark::Authority) {
            wrong(id, "confirmed, but neither the statute nor an authority's page was read");
        }
        if scope.claims.is_empty() || scope.customers.is_empty() || scope.goods.is_empty() {
            wrong(id, "holds for nobody");
        }
        if scope.contract_from.zip(scope.contract_to).is_some_and(|(from, to)| to < from) {
            wrong(id, "its last contract comes before its first");
        }
    }
    for (at, rule) in table.rules.iter().enumerate() {
        if (rule.clock == ClockKind::Retention) != rule.data.is_some() {
            wrong(&rule.id, "retention, and nothing else, names the data");
        }
        let twin = |other: &&Rule| other.slot() == rule.slot() && other.scope.meets(&rule.scope);
        for twin in table.rules[at + 1..].iter().filter(|other| other.country == rule.country).filter(twin) {
            wrong(&rule.id, &format!("holds for a contract for which {} holds as well", twin.id));
        }
    }
    faults
}

impl Rule {
    /// At most one row of a regime has it.
    fn slot(&self) -> (ClockKind, Start, Option<DataClass>) {
        (self.clock, self.start, self.data)
    }
}

impl Scope {
    /// Whether a contract can lie in both.
    fn meets(&self, other: &Self) -> bool {
        self.claims.iter().any(|claim| other.claims.contains(claim))
            && self.customers.iter().any(|customer| other.customers.contains(customer))
            && self.goods.iter().any(|goods| other.goods.contains(goods))
            && self.contract_from.is_none_or(|from| other.contract_to.is_none_or(|to| from <= to))
            && other.contract_from.is_none_or(|from| self.contract_to.is_none_or(|to| from <= to))
            && !self.when.iter().any(|condition| other.when.iter().any(|other| condition.excludes(*other)))
    }
}

impl Condition {
    const fn excludes(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Distance, Self::HomeVisit)
                | (Self::HomeVisit, Self::Distance)
                | (Self::Informed, Self::Uninformed)
                | (Self::Uninformed, Self::Informed)
                | (Self::Simple, Self::Complex)
                | (Self::Complex, Self::Simple)
        )
    }
}
