//! Works off runs over many cases, portion by portion: at once when woken, else those of a server that died.

use crate::desk::Desk;
use std::time::Duration;
use tokio::sync::watch;

/// Runs that another server left are found at least so often.
const LOOK: Duration = Duration::from_secs(5);

/// Runs until `stop` turns true; a portion is never cut.
pub async fn run(desk: Desk, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match desk.work_bulk().await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "a run over many cases could not go on"),
        }
        tokio::select! {
            () = desk.bulk.woken() => {}
            () = tokio::time::sleep(LOOK) => {}
            changed = stop.changed() => {
                if changed.is_err() {
                    return;
                }
            }
        }
    }
}
