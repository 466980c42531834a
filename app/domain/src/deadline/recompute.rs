//! What becomes of a case's clocks when a fact, or the table, changes. Never silently: the outcome is an event.

use super::clocks::{Clock, clocks};
use super::count::{BeyondCalendar, Ends};
use super::facts::Facts;
use super::regimes::{ClockKind, Status, Table};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A fact before and after, as stored: dates as ISO 8601, words by their keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactChange {
    /// The field of [`Facts`].
    pub fact: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// When a clock runs, and by which row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoned {
    pub rule: String,
    pub status: Status,
    pub started: Option<Date>,
    pub ends: Option<Ends>,
}

/// A clock before and after. `None`: no row held for the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockChange {
    pub slot: String,
    pub kind: ClockKind,
    pub before: Option<Reckoned>,
    pub after: Option<Reckoned>,
}

/// Why and how a case's clocks moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recomputed {
    pub version_before: u32,
    pub version_after: u32,
    pub facts: Vec<FactChange>,
    pub clocks: Vec<ClockChange>,
}

/// Compares the clocks of a case before and after; `None` where none moved. Being stopped is no move: that is an event of
/// its own.
///
/// # Errors
/// [`BeyondCalendar`] where a date lies at the end of time.
pub fn recompute(
    before: (&Table, &Facts),
    after: (&Table, &Facts),
    zone: &TimeZone,
) -> Result<Option<Recomputed>, BeyondCalendar> {
    let mut old = by_slot(clocks(before.0, before.1, zone)?);
    let mut changes = Vec::new();
    for clock in clocks(after.0, after.1, zone)? {
        let (slot, kind) = (clock.slot(), clock.kind);
        let was = old.remove(&slot).map(reckoned);
        let is = Some(reckoned(clock));
        if was != is {
            changes.push(ClockChange { slot, kind, before: was, after: is });
        }
    }
    let gone = |(slot, clock): (String, Clock)| ClockChange {
        slot,
        kind: clock.kind,
        before: Some(reckoned(clock)),
        after: None,
    };
    changes.extend(old.into_iter().map(gone));
    // A clock that came or went without ever running is nothing to tell of.
    let ran = |side: &Option<Reckoned>| side.as_ref().is_some_and(|clock| clock.started.is_some());
    changes.retain(|change| ran(&change.before) || ran(&change.after));
    Ok((!changes.is_empty()).then(|| Recomputed {
        version_before: before.0.version,
        version_after: after.0.version,
        facts: fact_changes(before.1, after.1),
        clocks: changes,
    }))
}

fn by_slot(clocks: Vec<Clock>) -> BTreeMap<String, Clock> {
    clocks.into_iter().map(|clock| (clock.slot(), clock)).collect()
}

fn reckoned(clock: Clock) -> Reckoned {
    Reckoned { rule: clock.rule, status: clock.status, started: clock.started, ends: clock.ends }
}

fn fact_changes(before: &Facts, after: &Facts) -> Vec<FactChange> {
    use serde_json::Value;
    let fields = |facts| match serde_json::to_value(facts) {
        Ok(Value::Object(fields)) => fields,
        _ => unreachable!("facts are a struct of plain values"),
    };
    let text = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let after = fields(after);
    let change = |(fact, was): (String, Value)| {
        let is = after.get(&fact).unwrap_or(&Value::Null);
        (was != *is).then(|| FactChange { before: text(&was), after: text(is), fact })
    };
    fields(before).into_iter().filter_map(change).collect()
}
