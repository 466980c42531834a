//! Goods that lie ready: when their customer is reminded, and when they count as not collected (E21; facts, 4f).

use crate::id::{LetterId, PaperId};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// When a customer whose goods lie ready is reminded, in days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectPlan {
    /// From the letter before to each reminder; the last of them is the last call.
    pub pauses: Vec<u16>,
    /// From the last call until the case counts as not collected.
    pub last: u16,
}

impl Default for CollectPlan {
    /// 90 days and three reminders (facts, 4f).
    fn default() -> Self {
        Self { pauses: vec![14, 30, 30], last: 16 }
    }
}

/// A written call of so many days is what Poland wants before goods are put aside (facts, 4f).
pub const WRITTEN_CALL_DAYS: u16 = 14;

impl CollectPlan {
    /// Days that the last call gives, in a store of that country (ISO 3166-1 alpha-2).
    pub fn last_days(&self, country: &str) -> u16 {
        if country == "PL" { self.last.max(WRITTEN_CALL_DAYS) } else { self.last }
    }
}

/// The goods lie ready, and the customer has been asked to come. Days are civil ones in the store's zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Collecting {
    pub since: Date,
    /// Reminders so far.
    pub reminded: u8,
    /// The day of the letter before, from which the pause counts.
    pub last: Date,
    /// That letter, where there was somebody to write to.
    pub letter: Option<LetterId>,
    /// The last call as it stands on paper.
    pub paper: Option<PaperId>,
    /// The last day that the last call promised.
    pub until: Option<Date>,
    pub next: Option<Date>,
}

/// What is due for goods that lie ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CollectStep {
    /// Nothing before that day.
    Wait(Date),
    Remind,
    /// The last call, which gives so many days.
    LastCall(u16),
    /// The last call's days are over.
    NotCollected,
}

impl Collecting {
    /// The goods have been made ready, and the customer told, today.
    pub fn begin(today: Date, letter: Option<LetterId>, plan: &CollectPlan, country: &str) -> Self {
        Self { since: today, last: today, letter, ..Self::default() }.planned(today, plan, country)
    }

    /// Goes on where it stood, with a whole pause before it, as after a rest in the archive.
    #[must_use]
    pub fn resumed(self, today: Date, plan: &CollectPlan, country: &str) -> Self {
        Self { last: today, ..self }.planned(today, plan, country)
    }

    /// A reminder has gone out today.
    #[must_use]
    pub fn reminded(self, today: Date, letter: Option<LetterId>, plan: &CollectPlan, country: &str) -> Self {
        Self { reminded: self.reminded.saturating_add(1), last: today, letter, ..self }.planned(today, plan, country)
    }

    /// The last call has been written today. It promises that day, whatever becomes of the plan; on paper it counts from
    /// when it leaves.
    #[must_use]
    pub fn called(self, paper: PaperId, until: Date) -> Self {
        let next = self.next.map(|next| next.max(day_after(until)));
        Self { paper: Some(paper), until: Some(until), next, ..self }
    }

    /// Whether the letter before must have left before anything counts from it. Poland wants the last call in writing; nobody
    /// else waits for what goes to nobody.
    pub fn is_waited_for(&self, country: &str) -> bool {
        self.letter.is_some() || self.paper.is_some() && country == "PL"
    }

    fn planned(self, today: Date, plan: &CollectPlan, country: &str) -> Self {
        let next = match plan.pauses.get(usize::from(self.reminded)) {
            Some(pause) => today.saturating_add(i64::from(*pause).days()),
            // The last promised day is the customer's.
            None => day_after(today.saturating_add(i64::from(plan.last_days(country)).days())),
        };
        Self { next: Some(next), ..self }
    }

    /// What is due today. `left` is the day on which the letter before really left, if it has: the pause counts from it.
    /// One that has not left is waited for.
    pub fn due(&self, today: Date, left: Option<Date>, plan: &CollectPlan, country: &str) -> CollectStep {
        let from = match left {
            None if self.is_waited_for(country) => return CollectStep::Wait(day_after(today)),
            None => self.last,
            Some(left) => left.max(self.last),
        };
        let next = Self { last: from, ..self.clone() }.planned(from, plan, country).next.unwrap_or(today);
        let next = self.until.map_or(next, |until| next.max(day_after(until)));
        if today < next {
            return CollectStep::Wait(next);
        }
        match plan.pauses.len().checked_sub(usize::from(self.reminded)) {
            None | Some(0) => CollectStep::NotCollected,
            Some(1) => CollectStep::LastCall(plan.last_days(country)),
            Some(_) => CollectStep::Remind,
        }
    }
}

fn day_after(day: Date) -> Date {
    day.saturating_add(1.days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 10, 19);

    fn plan() -> CollectPlan {
        CollectPlan { pauses: vec![14, 30, 30], last: 10 }
    }

    #[test]
    fn three_reminders_then_not_collected() {
        let mut collecting = Collecting::begin(TODAY, None, &plan(), "NO");
        let mut days = Vec::new();
        for expected in [CollectStep::Remind, CollectStep::Remind, CollectStep::LastCall(10), CollectStep::NotCollected]
        {
            let next = collecting.next.expect("there is a next");
            let before = next.saturating_sub(1.days());
            assert_eq!(collecting.due(before, None, &plan(), "NO"), CollectStep::Wait(next));
            assert_eq!(collecting.due(next, None, &plan(), "NO"), expected);
            days.push((next - TODAY).get_days());
            collecting = collecting.reminded(next, None, &plan(), "NO");
        }
        assert_eq!(days, [14, 44, 74, 85], "the tenth day after the last call is still the customer's");
    }

    #[test]
    fn a_polish_store_gives_fourteen_days_at_least() {
        let last = Collecting { reminded: 2, last: TODAY, ..Collecting::default() };
        let due = date(2026, 11, 18);
        assert_eq!(last.due(due, None, &plan(), "PL"), CollectStep::LastCall(14));
        let called = last.reminded(due, None, &plan(), "PL");
        assert_eq!(called.next, Some(date(2026, 12, 3)));
        assert_eq!(CollectPlan { last: 30, ..plan() }.last_days("PL"), 30);
    }

    #[test]
    fn poland_counts_from_the_day_a_call_on_paper_leaves() {
        let last = Collecting { reminded: 2, last: TODAY, ..Collecting::default() };
        let (due, until) = (date(2026, 11, 18), date(2026, 12, 2));
        let called = last.reminded(due, None, &plan(), "PL").called(PaperId(uuid::Uuid::from_u128(2)), until);
        let late = date(2027, 2, 1);
        assert_eq!(called.due(late, None, &plan(), "PL"), CollectStep::Wait(date(2027, 2, 2)), "it lies in a drawer");
        assert_eq!(called.due(late, None, &plan(), "NO"), CollectStep::NotCollected);
        let left = Some(date(2027, 1, 30));
        assert_eq!(called.due(late, left, &plan(), "PL"), CollectStep::Wait(date(2027, 2, 14)));
        assert_eq!(called.due(date(2027, 2, 14), left, &plan(), "PL"), CollectStep::NotCollected);
    }

    #[test]
    fn another_plan_takes_nothing_back_that_was_promised() {
        let last = Collecting { reminded: 2, last: TODAY, ..Collecting::default() };
        let (due, until) = (date(2026, 11, 18), date(2026, 12, 18));
        let longer = CollectPlan { last: 30, ..plan() };
        let called = last.reminded(due, None, &longer, "NO").called(PaperId(uuid::Uuid::from_u128(2)), until);
        assert_eq!(called.next, Some(date(2026, 12, 19)));
        assert_eq!(called.due(date(2026, 12, 18), None, &plan(), "NO"), CollectStep::Wait(date(2026, 12, 19)));
        assert_eq!(called.due(date(2026, 12, 19), None, &plan(), "NO"), CollectStep::NotCollected);
    }

    #[test]
    fn a_server_that_was_down_sends_one_and_counts_from_it() {
        let collecting = Collecting::begin(TODAY, None, &plan(), "NO");
        let late = date(2027, 3, 1);
        assert_eq!(collecting.due(late, None, &plan(), "NO"), CollectStep::Remind);
        let once = collecting.reminded(late, None, &plan(), "NO");
        assert_eq!(once.due(late, None, &plan(), "NO"), CollectStep::Wait(date(2027, 3, 31)));
    }

    #[test]
    fn a_pause_counts_from_the_day_the_letter_left() {
        let letter = Some(LetterId(uuid::Uuid::from_u128(1)));
        let collecting = Collecting::begin(TODAY, letter, &plan(), "NO");
        let due = date(2026, 11, 2);
        assert_eq!(collecting.due(due, None, &plan(), "NO"), CollectStep::Wait(date(2026, 11, 3)), "it has not left");
        assert_eq!(collecting.due(due, Some(TODAY), &plan(), "NO"), CollectStep::Remind);
        assert_eq!(collecting.due(due, Some(date(2026, 10, 25)), &plan(), "NO"), CollectStep::Wait(date(2026, 11, 8)));
    }

    #[test]
    fn what_comes_back_from_a_rest_has_a_whole_pause_before_it() {
        let resting = Collecting { reminded: 1, next: None, ..Collecting::begin(TODAY, None, &plan(), "NO") };
        let back = resting.resumed(date(2027, 1, 1), &plan(), "NO");
        assert_eq!((back.reminded, back.next), (1, Some(date(2027, 1, 31))));
    }
}
