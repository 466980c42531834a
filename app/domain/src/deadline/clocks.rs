//! From a case's facts to its clocks.

use super::calendar::Calendar;
use super::count::{BeyondCalendar, Ends, RollRule, day, end};
use super::facts::Facts;
use super::regimes::{Amount, ClockKind, Consequence, DataClass, Rule, Start, Status, Table};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// What a clock asked for has been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    pub on: Date,
    /// When it reached the other side, where that is known and matters.
    pub reached: Option<Date>,
}

/// One deadline of one case. It holds no today: see [`Self::state`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The row's id in the case's version of the table; words, statute and link stand there.
    pub rule: String,
    pub kind: ClockKind,
    pub start: Start,
    /// The day of the event. `None`: it has not happened, or nobody knows when.
    pub started: Option<Date>,
    /// The event's day is not known; the contract's stands in for it.
    pub assumed: bool,
    /// `None` where the clock has not started, and where the law names no number.
    pub ends: Option<Ends>,
    /// Whether the law moves this end is disputed: the day as counted is the last that is certain.
    pub disputed: bool,
    pub stopped: Option<Stop>,
    pub consequence: Consequence,
    pub data: Option<DataClass>,
    pub status: Status,
}

/// Where a clock stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The event that starts it has not happened, or nobody knows when.
    NotApplicable,
    /// It runs, and the law names no end.
    Open,
    Running,
    /// Done in time.
    Met,
    /// Sent in time and arrived after it, or done after the day as counted where it is disputed that the end moves:
    /// perhaps too late (PL upk art. 7a).
    InDoubt,
    /// The end has passed, or what was to be done was done after it.
    Passed,
}

impl State {
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::Open => "open",
            Self::Running => "running",
            Self::Met => "met",
            Self::InDoubt => "in_doubt",
            Self::Passed => "passed",
        }
    }
}

impl ClockKind {
    /// Somebody in the organisation has to do something before it ends; the others tell how far a right or a duty reaches.
    pub const fn is_duty(self) -> bool {
        matches!(
            self,
            Self::Reply
                | Self::Remedy
                | Self::Refund
                | Self::GuarantorPerform
                | Self::AccessibilityReply
                | Self::AccessibilityFix
                | Self::Recourse
        )
    }

    /// The end of the seller's liability, in one of its parts.
    pub const fn is_guarantee(self) -> bool {
        matches!(self, Self::GuaranteeEnd | Self::LimitationFloor | Self::Extension | Self::ReplacementRestart)
    }

    /// What is worked out before it: the guarantee, its repair's year, its floors, and what is kept after it.
    const fn rank(self) -> u8 {
        match self {
            Self::Extension => 1,
            Self::LimitationFloor => 2,
            Self::Retention => 3,
            _ => 0,
        }
    }
}

impl Clock {
    /// `today` is the civil day at the store.
    pub fn state(&self, today: Date) -> State {
        match (self.ends, self.stopped) {
            (None, _) if self.started.is_none() => State::NotApplicable,
            (None, None) => State::Open,
            (None, Some(_)) => State::Met,
            (Some(ends), Some(stop)) if stop.reached.unwrap_or(stop.on) <= self.sure(ends) => State::Met,
            (Some(ends), Some(stop)) if stop.on <= ends.legal_end => State::InDoubt,
            (Some(_), Some(_)) => State::Passed,
            (Some(ends), None) if today > ends.legal_end => State::Passed,
            (Some(_), None) => State::Running,
        }
    }

    const fn sure(&self, ends: Ends) -> Date {
        if self.disputed { ends.counted } else { ends.legal_end }
    }

    /// The last day that nobody disputes.
    pub fn sure_end(&self) -> Option<Date> {
        self.ends.map(|ends| self.sure(ends))
    }

    /// The law decides it today: the last safe day has come, and nothing has been done.
    pub fn decides(&self, today: Date) -> bool {
        self.kind.is_duty()
            && self.state(today) == State::Running
            && self.ends.is_some_and(|ends| ends.safe_end <= today)
    }

    /// Somebody outside waits for it, and its row is confirmed: the lists and the reminders are about these. A claim of
    /// our own against the supplier stands on the case alone.
    pub fn is_awaited(&self) -> bool {
        self.kind.is_duty()
            && self.kind != ClockKind::Recourse
            && self.status == Status::Confirmed
            && self.ends.is_some()
    }

    /// Tells a case's clocks apart, whichever row they come from: `reply:received`.
    pub fn slot(&self) -> String {
        let data = self.data.map_or_else(String::new, |data| format!(":{}", data.key()));
        format!("{}:{}{data}", self.kind.key(), self.start.key())
    }
}

/// How long the seller answers for the goods, all extensions and floors counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guarantee {
    /// No row holds, or nobody knows when the goods were delivered.
    Unknown,
    /// As long as such goods are expected to last (FI).
    NoFixedEnd,
    Until(Date),
}

/// The last day of all parts of the guarantee among these clocks.
pub fn guarantee(clocks: &[Clock]) -> Guarantee {
    let parts = || clocks.iter().filter(|clock| clock.kind.is_guarantee());
    if parts().any(|clock| clock.kind == ClockKind::GuaranteeEnd && clock.started.is_some() && clock.ends.is_none()) {
        return Guarantee::NoFixedEnd;
    }
    let last = parts().filter_map(|clock| clock.ends).map(|ends| ends.legal_end).max();
    last.map_or(Guarantee::Unknown, Guarantee::Until)
}

/// The last day on which data of a class must still be there: its own retention, and the guarantee's end (facts, 3).
/// `None` while the case is open, or where no end is known: it is kept.
pub fn keep_until(clocks: &[Clock], class: DataClass) -> Option<Date> {
    let own = |clock: &&Clock| clock.kind == ClockKind::Retention && clock.data == Some(class);
    let own = clocks.iter().find(own)?.ends?.legal_end;
    match guarantee(clocks) {
        Guarantee::Until(last) => Some(own.max(last)),
        Guarantee::Unknown | Guarantee::NoFixedEnd => Some(own),
    }
}

/// Every clock of a case by the given version of the table, the guarantee before what builds on it.
///
/// # Errors
/// [`BeyondCalendar`] where a date lies at the end of time.
pub fn clocks(table: &Table, facts: &Facts, zone: &TimeZone) -> Result<Vec<Clock>, BeyondCalendar> {
    let mut rules: Vec<&Rule> = table.rules_for(facts, facts.received_on(zone)).collect();
    rules.sort_by_key(|rule| rule.clock.rank());
    let mut clocks = Vec::with_capacity(rules.len());
    for rule in rules {
        let clock = clock(rule, facts, zone, &clocks)?;
        clocks.push(clock);
    }
    Ok(clocks)
}

fn clock(rule: &Rule, facts: &Facts, zone: &TimeZone, before: &[Clock]) -> Result<Clock, BeyondCalendar> {
    let started = started(rule, facts, zone, before);
    let from = match (rule.start, guarantee(before)) {
        // The year of a repair is added to the guarantee.
        (Start::Repaired, Guarantee::Until(last)) => started.map(|_| last),
        _ => started,
    };
    let counted = |period| from.map(|from| end(from, period, rule.count, rule.roll, facts.calendar())).transpose();
    let ends = match &rule.amount {
        Amount::None => None,
        Amount::Fixed(period) => counted(period)?,
        Amount::Stated => facts.stated.as_ref().map(counted).transpose()?.flatten(),
        Amount::Until => from.map(|day| Ends { counted: day, legal_end: day, safe_end: day }),
    };
    let unstated = rule.amount == Amount::Stated && facts.stated.is_none();
    Ok(Clock {
        rule: rule.id.clone(),
        kind: rule.clock,
        start: rule.start,
        started: if unstated { None } else { started },
        assumed: rule.start == Start::Delivered && facts.delivered.is_none() && started.is_some(),
        ends,
        disputed: rule.roll == RollRule::Disputed,
        stopped: stopped(rule.clock, facts, zone),
        consequence: rule.consequence,
        data: rule.data,
        status: rule.source.status,
    })
}

fn started(rule: &Rule, facts: &Facts, zone: &TimeZone, before: &[Clock]) -> Option<Date> {
    let renewed = || facts.repairs.iter().filter(|repair| repair.substantial).map(|repair| repair.done);
    let handed_back = || facts.repairs.iter().filter_map(|repair| repair.handed_back);
    match rule.start {
        Start::Contract => facts.contract,
        Start::Delivered => facts.delivered.or(facts.contract),
        Start::BestBefore => facts.best_before,
        Start::Received => Some(facts.received_on(zone)),
        Start::Discovered if rule.clock == ClockKind::LimitationFloor => {
            facts.discovered.filter(|shown| within(*shown, before))
        }
        Start::Discovered => facts.discovered,
        Start::FirstNotice => facts.first_notice,
        Start::Accepted => facts.accepted,
        Start::GoodsReceived => facts.goods_received,
        Start::GoodsReturned => facts.goods_returned,
        Start::PriceCutClaimed => facts.price_cut_claimed,
        // A second repair adds nothing, nor does a favour after the guarantee.
        Start::Repaired => {
            let first = facts.repairs.iter().map(|repair| repair.done).min()?;
            within(first.min(facts.shown(zone)), before).then_some(first)
        }
        Start::HandedBack => {
            let last = handed_back().chain(facts.replaced).max();
            last.filter(|_| within(facts.shown(zone), before))
        }
        Start::Replaced => facts.replaced,
        Start::Renewed => renewed().chain(facts.replaced).max(),
        Start::Satisfied => facts.satisfied,
        Start::Settled => facts.settled,
        Start::GuaranteeOrSettled => match guarantee(before) {
            Guarantee::Until(last) => facts.settled.map(|settled| settled.max(last)),
            Guarantee::Unknown | Guarantee::NoFixedEnd => facts.settled,
        },
    }
}

/// The guarantee as far as it is known was still running that day.
fn within(day: Date, clocks: &[Clock]) -> bool {
    matches!(guarantee(clocks), Guarantee::Until(last) if day <= last)
}

fn stopped(kind: ClockKind, facts: &Facts, zone: &TimeZone) -> Option<Stop> {
    let on = |day: Option<Date>| day.map(|on| Stop { on, reached: None });
    let taken_back = || on(facts.taken_back);
    match kind {
        ClockKind::Reply | ClockKind::AccessibilityReply => facts
            .replied
            .map(|reply| Stop { on: day(reply.sent, zone), reached: reply.reached.map(|at| day(at, zone)) })
            .or_else(taken_back),
        ClockKind::Remedy | ClockKind::GuarantorPerform | ClockKind::AccessibilityFix => {
            on(facts.performed).or_else(taken_back)
        }
        ClockKind::Refund => on(facts.refunded).or_else(taken_back),
        ClockKind::NoticeMin | ClockKind::WithdrawalEnd => on(Some(facts.notice(zone))),
        ClockKind::Recourse => on(facts.recourse_claimed),
        ClockKind::GuaranteeEnd
        | ClockKind::PresumptionEnd
        | ClockKind::LimitationFloor
        | ClockKind::Extension
        | ClockKind::ReplacementRestart
        | ClockKind::SameDefect
        | ClockKind::RecourseFloor
        | ClockKind::Retention => None,
    }
}

/// The organisation's own target beside the law's: days from an event, never shown as law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The last day as promised.
    pub due: Date,
    /// The last working day up to it.
    pub safe_end: Date,
    pub met: Option<Date>,
}

impl Target {
    pub fn state(&self, today: Date) -> State {
        match self.met {
            Some(met) if met <= self.due => State::Met,
            Some(_) => State::Passed,
            None if today > self.due => State::Passed,
            None => State::Running,
        }
    }
}

/// Counts the organisation's own days as the law's are counted; they are not moved over days off.
/// Where the law of a place is unknown, weekends alone are off.
///
/// # Errors
/// [`BeyondCalendar`] where a date lies at the end of time.
pub fn target(place: Option<Calendar>, from: Date, days: u16, met: Option<Date>) -> Result<Target, BeyondCalendar> {
    let due = from.checked_add(i64::from(days).days()).map_err(|_| BeyondCalendar)?;
    let weekend = |day: &Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let weekday = || due.series((-1).days()).take_while(|day| *day >= from).find(|day| !weekend(day));
    let safe_end = place.map_or_else(weekday, |place| place.last_working(from, due));
    Ok(Target { due, safe_end: safe_end.unwrap_or(due), met })
}
