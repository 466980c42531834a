//! Who has a case open, and who is writing in it: as long as their line stands. Kept in memory alone; servers that share a
//! PostgreSQL tell each other, again and again, so that one that went away is forgotten.

use domain::id::{CaseId, StaffId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{broadcast, mpsc};
use uuid::Uuid;

/// How long somebody counts as writing after a key.
const WRITING: Duration = Duration::from_secs(8);
/// How often a server says again who sits with it.
const AGAIN: Duration = Duration::from_secs(20);
/// A seat of another server that nobody speaks of is empty.
const FORGOTTEN: Duration = Duration::from_secs(50);

/// One open page, or that it was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    pub seat: Uuid,
    pub case: CaseId,
    pub staff: StaffId,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Here,
    Writing,
    Gone,
}

struct Taken {
    staff: StaffId,
    writing_until: Option<Instant>,
    /// `None` for a seat of this server: its line says when it goes.
    heard: Option<Instant>,
}

/// Who sits where.
#[derive(Clone)]
pub struct Presence {
    cases: Arc<Mutex<HashMap<CaseId, HashMap<Uuid, Taken>>>>,
    changes: broadcast::Sender<CaseId>,
    outward: Option<mpsc::UnboundedSender<Seat>>,
}

impl Default for Presence {
    fn default() -> Self {
        Self { cases: Arc::default(), changes: broadcast::channel(256).0, outward: None }
    }
}

impl Presence {
    /// With a way to the other servers.
    pub fn spread(self, outward: mpsc::UnboundedSender<Seat>) -> Self {
        let presence = Self { outward: Some(outward), ..self };
        let again = presence.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(AGAIN).await;
                again.say_again();
            }
        });
        presence
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<CaseId, HashMap<Uuid, Taken>>> {
        // Nothing in here panics half-way.
        self.cases.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody has opened the case; they leave it when what is given goes.
    pub fn sit(&self, case: CaseId, staff: StaffId, seat: Uuid) -> Sitting {
        let seat = Seat { seat, case, staff, state: State::Here };
        self.note(seat, None);
        self.tell(seat);
        Sitting { presence: self.clone(), seat }
    }

    /// Somebody types in a case that they have open.
    pub fn write(&self, case: CaseId, staff: StaffId) {
        let seat = self.lock().get(&case).and_then(|seats| {
            seats.iter().find(|(_, taken)| taken.staff == staff && taken.heard.is_none()).map(|(seat, _)| *seat)
        });
        let Some(seat) = seat else { return };
        let seat = Seat { seat, case, staff, state: State::Writing };
        self.note(seat, None);
        self.tell(seat);
    }

    /// What another server says.
    pub fn hear(&self, seat: Seat) {
        self.note(seat, Some(Instant::now()));
    }

    /// Everybody else with that case open, each once, and whether they write.
    pub fn others(&self, case: CaseId, than: StaffId) -> Vec<(StaffId, bool)> {
        self.others_at(case, than, Instant::now())
    }

    fn others_at(&self, case: CaseId, than: StaffId, now: Instant) -> Vec<(StaffId, bool)> {
        let mut others: HashMap<StaffId, bool> = HashMap::new();
        if let Some(seats) = self.lock().get(&case) {
            for taken in seats.values().filter(|taken| taken.staff != than && taken.is_there(now)) {
                *others.entry(taken.staff).or_default() |= taken.writing_until.is_some_and(|until| until > now);
            }
        }
        let mut others: Vec<_> = others.into_iter().collect();
        others.sort_unstable();
        others
    }

    /// Cases whose people have changed.
    pub fn changes(&self) -> broadcast::Receiver<CaseId> {
        self.changes.subscribe()
    }

    fn note(&self, seat: Seat, heard: Option<Instant>) {
        let now = Instant::now();
        {
            let mut cases = self.lock();
            let seats = cases.entry(seat.case).or_default();
            match seat.state {
                State::Gone => drop(seats.remove(&seat.seat)),
                state => {
                    let writing_until = (state == State::Writing).then(|| now + WRITING);
                    let before = seats.get(&seat.seat).and_then(|taken| taken.writing_until);
                    let writing_until = writing_until.or(before);
                    seats.insert(seat.seat, Taken { staff: seat.staff, writing_until, heard });
                }
            }
            seats.retain(|_, taken| taken.is_there(now));
            if seats.is_empty() {
                cases.remove(&seat.case);
            }
        }
        // Nobody listening is no fault.
        let _ = self.changes.send(seat.case);
        if seat.state == State::Writing {
            let (changes, case) = (self.changes.clone(), seat.case);
            tokio::spawn(async move {
                tokio::time::sleep(WRITING).await;
                let _ = changes.send(case);
            });
        }
    }

    fn tell(&self, seat: Seat) {
        if let Some(outward) = &self.outward {
            let _ = outward.send(seat);
        }
    }

    fn say_again(&self) {
        let mut seats = Vec::new();
        for (case, taken) in self.lock().iter() {
            let ours = taken.iter().filter(|(_, taken)| taken.heard.is_none());
            seats.extend(ours.map(|(seat, taken)| Seat {
                seat: *seat,
                case: *case,
                staff: taken.staff,
                state: State::Here,
            }));
        }
        for seat in seats {
            self.tell(seat);
        }
    }
}

impl Taken {
    fn is_there(&self, now: Instant) -> bool {
        self.heard.is_none_or(|heard| now.duration_since(heard) < FORGOTTEN)
    }
}

/// Somebody sits there until it goes.
pub struct Sitting {
    presence: Presence,
    seat: Seat,
}

impl Drop for Sitting {
    fn drop(&mut self) {
        let gone = Seat { state: State::Gone, ..self.seat };
        self.presence.note(gone, None);
        self.presence.tell(gone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff(n: u128) -> StaffId {
        Uuid::from_u128(n).into()
    }

    #[tokio::test]
    async fn who_sits_and_writes_is_known_to_the_others_alone() {
        let presence = Presence::default();
        let case: CaseId = Uuid::from_u128(9).into();
        let mine = presence.sit(case, staff(1), Uuid::from_u128(11));
        let second_window = presence.sit(case, staff(1), Uuid::from_u128(12));
        let theirs = presence.sit(case, staff(2), Uuid::from_u128(13));
        assert_eq!(presence.others(case, staff(1)), [(staff(2), false)]);
        assert_eq!(presence.others(case, staff(2)), [(staff(1), false)], "two windows are one person");
        presence.write(case, staff(2));
        assert_eq!(presence.others(case, staff(1)), [(staff(2), true)]);
        // Whoever has not opened it cannot be writing in it.
        presence.write(case, staff(3));
        assert_eq!(presence.others(case, staff(1)).len(), 1);
        let later = Instant::now() + WRITING;
        assert_eq!(presence.others_at(case, staff(1), later), [(staff(2), false)]);
        drop(mine);
        assert_eq!(presence.others(case, staff(2)).len(), 1, "the other window is open still");
        drop(second_window);
        assert!(presence.others(case, staff(2)).is_empty());
        drop(theirs);
        assert!(presence.lock().is_empty(), "nothing is kept of what is over");
    }

    #[tokio::test]
    async fn a_server_that_is_gone_takes_its_people_along() {
        let presence = Presence::default();
        let case: CaseId = Uuid::from_u128(9).into();
        let seat = Seat { seat: Uuid::from_u128(1), case, staff: staff(2), state: State::Here };
        let before = Instant::now();
        presence.hear(seat);
        let heard = Instant::now();
        assert_eq!(presence.others_at(case, staff(1), before + FORGOTTEN - Duration::from_millis(1)).len(), 1);
        assert!(presence.others_at(case, staff(1), heard + FORGOTTEN).is_empty());
        presence.hear(Seat { state: State::Gone, ..seat });
        assert!(presence.lock().is_empty());
    }
}
