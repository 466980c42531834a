//! Tells every open screen that a case has changed.
//!
//! Within one server by a broadcast; between servers that share a PostgreSQL by its LISTEN and NOTIFY.

pub mod presence;

use crate::store::Db;
use crate::store::dialect::Dialect;
use crate::store::notify::{Channel, Heard, Notice, SeatNotice};
use domain::id::{CaseId, StoreId};
use presence::{Presence, Seat};
use std::time::Duration;
use tokio::sync::{broadcast, mpsc, watch};
use uuid::Uuid;

/// "Case X of store Y is now at version n": no content, so that whoever listens asks again, with their own rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Changed {
    pub case: CaseId,
    /// `None` for a draft, which has no store's screens yet.
    pub store: Option<StoreId>,
    pub version: i64,
}

#[derive(Clone)]
pub struct Live {
    sender: broadcast::Sender<Changed>,
    /// Counts the times that something of another server may have been missed.
    missed: watch::Sender<u64>,
    outward: Option<mpsc::UnboundedSender<Changed>>,
    pub presence: Presence,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(1024).0,
            missed: watch::Sender::new(0),
            outward: None,
            presence: Presence::default(),
        }
    }
}

/// The first and the longest pause before PostgreSQL is asked again.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

impl Live {
    /// On PostgreSQL it spreads to the other servers on that database, among which `us` is this one. Needs a running tokio.
    pub fn open(db: &Db, database_url: &str, us: Uuid) -> Self {
        let mut live = Self::default();
        if db.dialect == Dialect::Postgres {
            let (outward, queue) = mpsc::unbounded_channel();
            tokio::spawn(spread(db.clone(), us, queue));
            let (seats, taken) = mpsc::unbounded_channel();
            tokio::spawn(spread_seats(db.clone(), us, taken));
            live.presence = live.presence.spread(seats);
            tokio::spawn(live.clone().gather(database_url.to_owned(), us));
            live.outward = Some(outward);
        }
        live
    }

    /// To be called after the commit.
    pub fn tell(&self, changed: Changed) {
        // Nobody listening is no fault.
        let _ = self.sender.send(changed);
        if let Some(outward) = &self.outward {
            let _ = outward.send(changed);
        }
    }

    pub fn listen(&self) -> broadcast::Receiver<Changed> {
        self.sender.subscribe()
    }

    /// Changes whenever a screen should look again, whatever it shows.
    pub fn missed(&self) -> watch::Receiver<u64> {
        self.missed.subscribe()
    }

    /// What other servers tell, for as long as anybody holds a part of this one.
    async fn gather(self, database_url: String, us: Uuid) {
        let mut pause = PAUSES.0;
        loop {
            match Channel::open(&database_url).await {
                Ok(mut channel) => {
                    pause = PAUSES.0;
                    self.missed.send_modify(|count| *count += 1);
                    while let Some(heard) = channel.next().await {
                        match heard {
                            Heard::Changed(notice) if notice.from != us => drop(self.sender.send(notice.changed)),
                            Heard::Seat(notice) if notice.from != us => self.presence.hear(notice.seat),
                            Heard::Changed(_) | Heard::Seat(_) => {}
                        }
                    }
                    tracing::warn!("the connection for live events was lost");
                }
                Err(error) => tracing::warn!(%error, "no connection for live events"),
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(PAUSES.1);
        }
    }
}

async fn spread_seats(db: Db, us: Uuid, mut queue: mpsc::UnboundedReceiver<Seat>) {
    while let Some(seat) = queue.recv().await {
        // Who sits where is said again soon.
        if let Err(error) = Channel::notify_seat(&db, &SeatNotice { from: us, seat }).await {
            tracing::debug!(%error, "who has a case open did not reach the other servers");
        }
    }
}

async fn spread(db: Db, us: Uuid, mut queue: mpsc::UnboundedReceiver<Changed>) {
    while let Some(changed) = queue.recv().await {
        if let Err(error) = Channel::notify(&db, &Notice { from: us, changed }).await {
            tracing::warn!(%error, "a live event did not reach the other servers");
        }
    }
}
