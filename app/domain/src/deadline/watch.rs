//! Who is told of a clock, and when; what happens when it has run out.

use super::clocks::{Clock, State, Target};
use super::regimes::{Consequence, Status};
use crate::id::CaseId;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The organisation's own choice of days before the safe end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The handler is reminded, in any order.
    pub reminders: Vec<u16>,
    /// A deputy is told.
    pub deputy: u16,
    /// The admins are told.
    pub admin: u16,
}

impl Default for Plan {
    fn default() -> Self {
        Self { reminders: vec![7, 3, 1], deputy: 1, admin: 0 }
    }
}

/// What is to be done about a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// To the handler, so many days before the safe end.
    Reminder(u16),
    Deputy,
    Admin,
    /// The last day that nobody disputes has passed, and only the end as moved is left: to the admins.
    Fallback,
    /// The legal end has passed: the consequence is an event of the case. Never a letter to the customer.
    Passed,
}

/// A clock or a target, as far as it is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Apart from the case's other clocks.
    pub slot: String,
    /// The last day that nobody disputes.
    pub sure_end: Date,
    pub legal_end: Date,
    pub safe_end: Date,
    pub consequence: Consequence,
    /// `None`: it is no law, but the organisation's own target.
    pub status: Option<Status>,
    stopped: bool,
    passed: bool,
}

impl Watched {
    /// `None` for a clock that asks nothing of the organisation, or has no end.
    pub fn law(clock: &Clock, today: Date) -> Option<Self> {
        let ends = clock.ends.filter(|_| clock.kind.is_duty())?;
        Some(Self {
            slot: clock.slot(),
            sure_end: clock.sure_end()?,
            legal_end: ends.legal_end,
            safe_end: ends.safe_end,
            consequence: clock.consequence,
            status: Some(clock.status),
            stopped: clock.stopped.is_some(),
            passed: clock.state(today) == State::Passed,
        })
    }

    /// `name` tells the case's targets apart.
    pub fn target(name: &str, target: &Target, today: Date) -> Self {
        Self {
            slot: format!("target:{name}"),
            sure_end: target.due,
            legal_end: target.due,
            safe_end: target.safe_end,
            consequence: Consequence::NoneFixed,
            status: None,
            stopped: target.met.is_some(),
            passed: target.state(today) == State::Passed,
        }
    }
}

/// Something that is due and was not done yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Unique for case, clock and step: whoever takes it first does it, and nobody again.
    pub key: String,
    pub step: Step,
    /// The day on which it should have been done.
    pub on: Date,
    /// A later reminder is due as well: note this one as done, and send that.
    pub superseded: bool,
}

/// The steps of one clock that are due today and not among `done`, in their order.
///
/// A server that was down gets all it missed, once; of several reminders only the last is worth sending. A clock that
/// jumps back finds its steps done. Nothing is reminded of once it has been done or has passed.
pub fn due(case: CaseId, watched: &Watched, plan: &Plan, today: Date, done: &BTreeSet<String>) -> Vec<Due> {
    let steps = || steps(watched, plan).into_iter().filter(|(_, on)| *on <= today);
    let last = steps().map(|(step, _)| step).rfind(|step| matches!(step, Step::Reminder(_)));
    let due = |(step, on)| Due {
        key: key(case, watched, step),
        step,
        on,
        superseded: matches!(step, Step::Reminder(_)) && Some(step) != last,
    };
    steps().map(due).filter(|due| !done.contains(&due.key)).collect()
}

/// The first day after `after` on which a step falls due, if nothing changes until then.
pub fn next(watched: &Watched, plan: &Plan, after: Date) -> Option<Date> {
    let passes = (!watched.passed && !watched.stopped).then(|| watched.legal_end.tomorrow().unwrap_or(Date::MAX));
    let days = steps(watched, plan).into_iter().map(|(_, on)| on).chain(passes);
    days.filter(|on| *on > after).min()
}

/// The name under which a step is noted as done: `<case>/reply:received/2026-12-23/reminder-7`. The date is the end that
/// the step is about, so that a clock that moved is watched anew, and the law decides once for each legal end.
pub fn key(case: CaseId, watched: &Watched, step: Step) -> String {
    let (end, step) = match step {
        Step::Reminder(days) => (watched.safe_end, format!("reminder-{days}")),
        Step::Deputy => (watched.safe_end, "deputy".to_owned()),
        Step::Admin => (watched.safe_end, "admin".to_owned()),
        Step::Fallback => (watched.sure_end, "fallback".to_owned()),
        Step::Passed => (watched.legal_end, "passed".to_owned()),
    };
    format!("{case}/{}/{end}/{step}", watched.slot)
}

/// All steps of a clock with their days, the earliest first; those alone that make sense where it stands.
fn steps(watched: &Watched, plan: &Plan) -> Vec<(Step, Date)> {
    let after = |day: Date| day.tomorrow().unwrap_or(Date::MAX);
    if watched.passed {
        return vec![(Step::Passed, after(watched.legal_end))];
    }
    if watched.stopped {
        return Vec::new();
    }
    let before = |days: u16| watched.safe_end.saturating_sub(i64::from(days).days());
    let mut steps: Vec<(Step, Date)> =
        plan.reminders.iter().map(|days| (Step::Reminder(*days), before(*days))).collect();
    steps.push((Step::Deputy, before(plan.deputy)));
    steps.push((Step::Admin, before(plan.admin)));
    if watched.sure_end < watched.legal_end {
        steps.push((Step::Fallback, after(watched.sure_end)));
    }
    steps.sort_by_key(|(step, on)| (*on, *step));
    steps.dedup();
    steps
}
