//! PostgreSQL's LISTEN and NOTIFY, which SQLite has no need of: there is one server.

use super::Db;
use super::error::Result;
use crate::live::Changed;
use crate::live::presence::Seat;
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgListener;
use uuid::Uuid;

const NAME: &str = "redress_live";
const SEATS: &str = "redress_seats";

/// What one server tells the others.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Notice {
    pub from: Uuid,
    pub changed: Changed,
}

/// Who sits at a case, told by the server that they sit with.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SeatNotice {
    pub from: Uuid,
    pub seat: Seat,
}

/// What another server tells.
#[derive(Clone, Copy, Debug)]
pub enum Heard {
    Changed(Notice),
    Seat(SeatNotice),
}

pub struct Channel(PgListener);

impl Channel {
    pub async fn open(database_url: &str) -> Result<Self> {
        let mut listener = PgListener::connect(database_url).await?;
        listener.listen_all([NAME, SEATS]).await?;
        Ok(Self(listener))
    }

    /// `None` once the connection is lost. A notice that cannot be read is a newer server's and is passed over.
    pub async fn next(&mut self) -> Option<Heard> {
        loop {
            let notification = self.0.try_recv().await.ok().flatten()?;
            let text = notification.payload();
            let heard = match notification.channel() {
                SEATS => serde_json::from_str(text).map(Heard::Seat),
                _ => serde_json::from_str(text).map(Heard::Changed),
            };
            if let Ok(heard) = heard {
                return Some(heard);
            }
        }
    }

    pub async fn notify(db: &Db, notice: &Notice) -> Result<()> {
        Self::say(db, NAME, serde_json::to_string(notice)?).await
    }

    pub async fn notify_seat(db: &Db, notice: &SeatNotice) -> Result<()> {
        Self::say(db, SEATS, serde_json::to_string(notice)?).await
    }

    async fn say(db: &Db, name: &str, text: String) -> Result<()> {
        sqlx::query("select pg_notify($1, $2)").bind(name).bind(text).fetch_one(&mut *db.read().await?).await?;
        Ok(())
    }
}
