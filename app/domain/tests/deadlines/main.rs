//! The dated examples of the facts about the law, and the laws of the clocks. Test names cite the facts' section.

mod clocks;
mod keep;
mod properties;
mod recompute;
mod warnings;
mod watch;
mod words;

use domain::deadline::Country;
use domain::deadline::clocks::{Clock, clocks as reckon};
use domain::deadline::count::Ends;
use domain::deadline::facts::{Facts, Repair};
use domain::deadline::regimes::{ClockKind, Start, Table};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// Central Europe's zone.
fn zone() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a POSIX zone")
}

/// Noon at the store.
fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).to_zoned(zone()).expect("an instant").timestamp()
}

fn ymd(text: &str) -> Date {
    text.parse().expect(text)
}

/// A complaint that came on a day; bought and delivered on another, where it is known.
fn case(country: Country, bought: &str, received: &str) -> Facts {
    let bought = (!bought.is_empty()).then(|| ymd(bought));
    Facts { contract: bought, delivered: bought, ..Facts::new(country, noon(ymd(received))) }
}

fn repair(done: &str) -> Repair {
    Repair { done: ymd(done), handed_back: None, substantial: false }
}

fn all(facts: &Facts) -> Vec<Clock> {
    reckon(Table::current(), facts, &zone()).expect("in the calendar")
}

fn found(facts: &Facts, kind: ClockKind) -> Option<Clock> {
    all(facts).into_iter().find(|clock| clock.kind == kind)
}

fn clock(facts: &Facts, kind: ClockKind) -> Clock {
    found(facts, kind).unwrap_or_else(|| panic!("no {kind:?}"))
}

fn clock_from(facts: &Facts, kind: ClockKind, start: Start) -> Clock {
    let wanted = |clock: &Clock| (clock.kind, clock.start) == (kind, start);
    all(facts).into_iter().find(wanted).unwrap_or_else(|| panic!("no {kind:?} from {start:?}"))
}

/// The legal end of a clock; empty where it has none.
fn ends(facts: &Facts, kind: ClockKind) -> String {
    text(clock(facts, kind).ends)
}

fn text(ends: Option<Ends>) -> String {
    ends.map_or_else(String::new, |ends| ends.legal_end.to_string())
}

fn days(year: i16, month: i8, day: i8, more: i64) -> Date {
    date(year, month, day).checked_add(jiff::Span::new().days(more)).expect("in the calendar")
}
