//! Throws away what has ended.

use crate::clock::DAY_MS;
use crate::desk::Desk;
use crate::store::error::Result;
use crate::store::{attempts, bulk, sessions, status_links, submissions};
use futures::FutureExt;

/// What was done stands in the cases' timelines as well.
const KEPT_RUNS_MS: i64 = 90 * DAY_MS;

pub async fn sweep(desk: Desk) -> Result<()> {
    let now = desk.clock.now_ms();
    desk.db
        .write(move |tx| {
            async move {
                sessions::sweep(tx, now).await?;
                attempts::sweep(tx, now).await?;
                submissions::sweep(tx, now).await?;
                bulk::sweep(tx, now - DAY_MS, now - KEPT_RUNS_MS).await?;
                status_links::sweep(tx, now).await
            }
            .boxed()
        })
        .await
}
