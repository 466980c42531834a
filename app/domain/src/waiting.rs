//! Waiting for somebody: when they are reminded, and when the handler is told that nothing came.

use crate::phase::Waiting;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How whoever is waited for is reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Civil days from the beginning to the first reminder and from each to the next: at least 1.
    pub days: u8,
    /// Reminders at most; 0: nobody is reminded, and nobody told.
    pub most: u8,
}

impl Pause {
    pub const MOST_DAYS: u8 = 90;
    pub const MOST_REMINDERS: u8 = 9;

    /// Whether an organisation may have it so.
    pub const fn is_sound(self) -> bool {
        self.days >= 1 && self.days <= Self::MOST_DAYS && self.most <= Self::MOST_REMINDERS
    }

    fn after(self, today: Date) -> Option<Date> {
        today.checked_add(i32::from(self.days.max(1)).days()).ok()
    }
}

/// The organisation's, for each kind of waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pauses {
    pub customer: Pause,
    pub goods: Pause,
    pub supplier: Pause,
    pub repair: Pause,
    pub expert: Pause,
}

impl Default for Pauses {
    /// Within the fourteen days of a Polish answer a customer can be reminded once and still be heard.
    fn default() -> Self {
        let pause = |days, most| Pause { days, most };
        Self {
            customer: pause(5, 2),
            goods: pause(7, 2),
            supplier: pause(7, 3),
            repair: pause(14, 2),
            expert: pause(14, 2),
        }
    }
}

impl Pauses {
    pub const fn of(&self, on: Waiting) -> Pause {
        match on {
            Waiting::Customer => self.customer,
            Waiting::Goods => self.goods,
            Waiting::Supplier => self.supplier,
            Waiting::Repair => self.repair,
            Waiting::Expert => self.expert,
        }
    }

    pub const fn of_mut(&mut self, on: Waiting) -> &mut Pause {
        match on {
            Waiting::Customer => &mut self.customer,
            Waiting::Goods => &mut self.goods,
            Waiting::Supplier => &mut self.supplier,
            Waiting::Repair => &mut self.repair,
            Waiting::Expert => &mut self.expert,
        }
    }
}

/// Whom a waiting phase waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Waited {
    /// The supplier, the workshop, the expert; empty for the customer, whom the case names.
    pub whom: String,
    /// Where reminders go; empty: nobody is written to, the handler is told.
    pub email: String,
    /// Civil day in the store's zone.
    pub since: Date,
    /// Reminders sent so far.
    pub reminded: u8,
    /// The day on which the next one goes out, or the handler is told; `None`: nothing more is done.
    pub next: Option<Date>,
}

/// What is to be done about somebody who lets us wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// They get a reminder.
    Remind,
    /// The handler is told that nothing came.
    Tell,
}

impl Waited {
    /// A waiting that begins today.
    #[must_use]
    pub fn begin(whom: String, email: String, pause: Pause, today: Date) -> Self {
        let next = if pause.most == 0 { None } else { pause.after(today) };
        Self { whom, email, since: today, reminded: 0, next }
    }

    /// What is to be done today, and how it stands after; `None`: nothing yet. Whoever looks late does it once, and the next
    /// pause begins then. `reachable`: there is somewhere to write to.
    #[must_use]
    pub fn turn(&self, pause: Pause, reachable: bool, today: Date) -> Option<(Option<Turn>, Self)> {
        if self.next? > today {
            return None;
        }
        let done = Self { next: None, ..self.clone() };
        Some(match (pause.most, reachable) {
            (0, _) => (None, done),
            (most, true) if self.reminded < most => {
                let reminded = self.reminded.saturating_add(1);
                (Some(Turn::Remind), Self { reminded, next: pause.after(today), ..done })
            }
            _ => (Some(Turn::Tell), done),
        })
    }

    /// The day of the next reminder, where the next step is one.
    #[must_use]
    pub fn next_reminder(&self, pause: Pause, reachable: bool) -> Option<Date> {
        self.next.filter(|_| reachable && self.reminded < pause.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const SUPPLIER: Pause = Pause { days: 7, most: 2 };

    fn begun() -> Waited {
        Waited::begin("Nowak Obuwie".into(), "nowak@example.com".into(), SUPPLIER, date(2026, 11, 3))
    }

    #[test]
    fn two_reminders_and_then_the_handler_is_told() {
        let waited = begun();
        assert_eq!((waited.since, waited.next), (date(2026, 11, 3), Some(date(2026, 11, 10))));
        assert_eq!(waited.turn(SUPPLIER, true, date(2026, 11, 9)), None);
        let (turn, once) = waited.turn(SUPPLIER, true, date(2026, 11, 10)).expect("there");
        assert_eq!((turn, once.reminded, once.next), (Some(Turn::Remind), 1, Some(date(2026, 11, 17))));
        assert_eq!(once.turn(SUPPLIER, true, date(2026, 11, 10)), None, "once a day");
        let (turn, twice) = once.turn(SUPPLIER, true, date(2026, 11, 17)).expect("there");
        assert_eq!((turn, twice.reminded, twice.next), (Some(Turn::Remind), 2, Some(date(2026, 11, 24))));
        assert_eq!(twice.next_reminder(SUPPLIER, true), None);
        let (turn, told) = twice.turn(SUPPLIER, true, date(2026, 11, 24)).expect("there");
        assert_eq!((turn, told.reminded, told.next), (Some(Turn::Tell), 2, None));
        assert_eq!(told.turn(SUPPLIER, true, date(2027, 1, 1)), None);
    }

    #[test]
    fn whoever_cannot_be_written_to_is_the_handlers_to_call() {
        let (turn, told) = begun().turn(SUPPLIER, false, date(2026, 11, 10)).expect("there");
        assert_eq!((turn, told.reminded, told.next), (Some(Turn::Tell), 0, None));
        assert_eq!(begun().next_reminder(SUPPLIER, false), None);
    }

    #[test]
    fn no_reminders_are_none_at_all() {
        let none = Pause { days: 7, most: 0 };
        assert_eq!(Waited::begin(String::new(), String::new(), none, date(2026, 11, 3)).next, None);
        let (turn, done) = begun().turn(none, true, date(2026, 11, 10)).expect("there");
        assert_eq!((turn, done.next), (None, None), "switched off meanwhile");
    }

    #[test]
    fn the_shipped_pauses_are_sound() {
        let mut pauses = Pauses::default();
        for on in Waiting::ALL {
            assert!(pauses.of(on).is_sound());
            *pauses.of_mut(on) = Pause { days: 1, most: 0 };
            assert_eq!(pauses.of(on), Pause { days: 1, most: 0 });
        }
        assert!(!Pause { days: 0, most: 1 }.is_sound() && !Pause { days: 91, most: 1 }.is_sound());
        assert!(!Pause { days: 1, most: 10 }.is_sound());
    }

    proptest! {
        #[test]
        fn looked_at_on_whatever_days_it_is_never_more_than_agreed(
            days in 1_u8..=90, most in 0_u8..=9, reachable: bool, looks in prop::collection::vec(0_i32..400, 0..60),
        ) {
            let pause = Pause { days, most };
            let start = date(2026, 1, 1);
            let mut waited = Waited::begin(String::new(), String::new(), pause, start);
            let mut turns: Vec<(Turn, Date)> = Vec::new();
            for look in looks {
                let today = start.checked_add(look.days()).expect("there");
                if let Some((turn, after)) = waited.turn(pause, reachable, today) {
                    turns.extend(turn.map(|turn| (turn, today)));
                    waited = after;
                }
            }
            let reminders = turns.iter().filter(|(turn, _)| *turn == Turn::Remind).count();
            prop_assert!(reminders <= usize::from(most) && (reachable || reminders == 0));
            prop_assert_eq!(usize::from(waited.reminded), reminders);
            prop_assert!(turns.iter().filter(|(turn, _)| *turn == Turn::Tell).count() <= 1);
            for pair in turns.windows(2) {
                prop_assert!(pair[0].1.checked_add(i32::from(days).days()).expect("there") <= pair[1].1);
            }
        }
    }
}
