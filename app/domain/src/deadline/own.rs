//! The organisation's own target, watched: its handler is told, in other words than of the law's days, and of nothing that
//! follows.

use super::watch::Plan;
use jiff::ToSpan;
use jiff::civil::Date;

/// What the handler is told of it, once each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnStep {
    /// It is about to pass.
    Near,
    Passed,
}

/// Civil days before the target on which its handler is told: the last of the plan's reminders. `None`: before, nobody is.
pub fn days_before(plan: &Plan) -> Option<u16> {
    plan.reminders.iter().min().copied()
}

/// What is to be told today of a target that nobody has met. Whoever looks late tells the last step alone.
pub fn step(due: Date, plan: &Plan, today: Date) -> Option<OwnStep> {
    if today > due {
        return Some(OwnStep::Passed);
    }
    let near = due.saturating_sub(i64::from(days_before(plan)?).days());
    (today >= near).then_some(OwnStep::Near)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_target_is_told_a_day_before_and_when_it_has_passed() {
        let due = date(2026, 11, 2);
        let on = |day| step(due, &Plan::default(), day);
        assert_eq!(on(date(2026, 10, 31)), None);
        assert_eq!((on(date(2026, 11, 1)), on(due)), (Some(OwnStep::Near), Some(OwnStep::Near)));
        assert_eq!((on(date(2026, 11, 3)), on(date(2027, 1, 1))), (Some(OwnStep::Passed), Some(OwnStep::Passed)));
        let none = Plan { reminders: Vec::new(), ..Plan::default() };
        assert_eq!((step(due, &none, due), step(due, &none, date(2026, 11, 3))), (None, Some(OwnStep::Passed)));
        assert!(OwnStep::Near < OwnStep::Passed);
    }
}
