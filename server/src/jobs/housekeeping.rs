//! Throws away what has ended.

use crate::desk::Desk;
use crate::store::error::Result;
use crate::store::{attempts, sessions, status_links, submissions};
use futures::FutureExt;

pub async fn sweep(desk: Desk) -> Result<()> {
    let now = desk.clock.now_ms();
    desk.db
        .write(move |tx| {
            async move {
                sessions::sweep(tx, now).await?;
                attempts::sweep(tx, now).await?;
                submissions::sweep(tx, now).await?;
                status_links::sweep(tx, now).await
            }
            .boxed()
        })
        .await
}
