//! PostgreSQL's LISTEN and NOTIFY, which SQLite has no need of: there is one server.

use super::Db;
use super::error::Result;
use crate::live::Changed;
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgListener;
use uuid::Uuid;

const NAME: &str = "redress_live";

/// What one server tells the others.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Notice {
    pub from: Uuid,
    pub changed: Changed,
}

pub struct Channel(PgListener);

impl Channel {
    pub async fn open(database_url: &str) -> Result<Self> {
        let mut listener = PgListener::connect(database_url).await?;
        listener.listen(NAME).await?;
        Ok(Self(listener))
    }

    /// `None` once the connection is lost. A notice that cannot be read is a newer server's and is passed over.
    pub async fn next(&mut self) -> Option<Notice> {
        loop {
            let notification = self.0.try_recv().await.ok().flatten()?;
            if let Ok(notice) = serde_json::from_str(notification.payload()) {
                return Some(notice);
            }
        }
    }

    pub async fn notify(db: &Db, notice: &Notice) -> Result<()> {
        sqlx::query("select pg_notify($1, $2)")
            .bind(NAME)
            .bind(serde_json::to_string(notice)?)
            .fetch_one(&mut *db.read().await?)
            .await?;
        Ok(())
    }
}
