//! Asks carriers what returns want of them: at once when woken, else when it is due. What a carrier does not do is shown,
//! tried again or left to a person; no case waits for it.

mod cancel;
mod order;
mod pick_up;
mod round;
mod shipment;
mod track;
mod trouble;

use crate::desk::Desk;
use crate::store::{StoreError, errands};
use futures::FutureExt;
use round::Round;
use std::time::Duration;
use tokio::sync::watch;

/// How long one round may take: a few requests, each within the limits of the crate `carriers`.
const ROUND: Duration = Duration::from_secs(240);

/// How long one server owns an errand. Longer than a round, so that two never ask the same; no longer than needed, since an
/// errand whose server died in the middle waits for its end.
pub const LEASE_MS: i64 = ROUND.as_millis() as i64 + 60_000;

/// Errands at once: a slow carrier must not hold up all others.
const WORKERS: usize = 3;

/// Another server's errands, and those of one that died, are found at least so often.
const LOOK: Duration = Duration::from_secs(60);

/// Runs until `stop` turns true; the rounds that run then still end.
pub async fn run(desk: Desk, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let pause = match ask_due(&desk, &stop).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "errands to carriers could not be read or noted");
                LOOK
            }
        };
        tokio::select! {
            () = desk.carrier.woken() => {}
            () = tokio::time::sleep(pause) => {}
            changed = stop.changed() => {
                if changed.is_err() {
                    return;
                }
            }
        }
    }
}

/// Does every errand that is due, a few at a time, and answers how long to wait for the next.
///
/// # Errors
/// The database's.
pub async fn ask_due(desk: &Desk, stop: &watch::Receiver<bool>) -> Result<Duration, StoreError> {
    let worker = || async {
        while !*stop.borrow() {
            let Some(round) = claim(desk).await? else { break };
            go(round).await?;
        }
        Ok::<_, StoreError>(())
    };
    // All of them to their end: a fault of one must not cut off what another is asking.
    futures::future::join_all((0..WORKERS).map(|_| worker())).await.into_iter().collect::<Result<(), _>>()?;
    let due = errands::next_due(&mut *desk.db.read().await?).await?;
    let left = due.map_or(LOOK.as_millis(), |due| u128::from((due - desk.clock.now_ms()).max(0).unsigned_abs()));
    Ok(LOOK.min(Duration::from_millis(u64::try_from(left).unwrap_or(u64::MAX))))
}

/// # Errors
/// The database's.
async fn claim(desk: &Desk) -> Result<Option<Round>, StoreError> {
    let (now, dialect) = (desk.clock.now_ms(), desk.db.dialect);
    // Most looks find nothing, and a look must not cost a commit.
    let due = errands::next_due(&mut *desk.db.read().await?).await?;
    if due.is_none_or(|due| due > now) {
        return Ok(None);
    }
    let lease = now + LEASE_MS;
    let claimed = desk.db.write(move |tx| errands::claim(tx, dialect, now, lease).boxed()).await?;
    Ok(claimed.map(|rma| Round::new(desk, rma, lease)))
}

async fn go(mut round: Round) -> Result<(), StoreError> {
    let done = tokio::time::timeout(ROUND, round.run()).await;
    let trouble = match done {
        Ok(Ok(())) => return round.release(None).await,
        Ok(Err(trouble)) => trouble,
        // What has happened so far is noted; the rest is found or told apart by the next round.
        Err(_) => trouble::Trouble::slow(),
    };
    let not_before = trouble.pause_ends(round.desk.clock.now_ms());
    round.note_trouble(trouble).await?;
    round.release(not_before).await
}
