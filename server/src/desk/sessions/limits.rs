//! Growing waits for whoever guesses.

use super::super::Desk;
use crate::clock::token_hash;
use crate::store::attempts::{self, Subject};
use app::backend::{Origin, Tablet};
use app::error::{AppError, Result};
use domain::id::StaffId;
use futures::FutureExt;

/// The account's own count, and one that it shares with whoever else tries from the same place.
#[derive(Clone)]
pub(in crate::desk) struct Limit {
    account: String,
    place: String,
    free: (i64, i64),
}

const FIRST_WAIT_MS: i64 = 15_000;

/// By account 5 attempts are free, by address 30, since a whole shop may share one.
pub(super) fn sign_in(login: &str, from: Origin) -> Limit {
    Limit {
        account: token_hash(&format!("login {login}")),
        place: token_hash(&format!("address {}", from.network())),
        free: (5, 30),
    }
}

/// By member of the staff 5 attempts are free wherever they are made, by tablet 15.
pub(super) fn pin(staff: StaffId, tablet: &Tablet) -> Limit {
    Limit {
        account: token_hash(&format!("pin {staff}")),
        place: token_hash(&format!("tablet {}", tablet.session)),
        free: (5, 15),
    }
}

/// Somebody who is signed in proves it again.
pub(super) fn own_password(staff: StaffId) -> Limit {
    let account = token_hash(&format!("own {staff}"));
    Limit { place: account.clone(), account, free: (5, 5) }
}

/// Tokens need no limit to be safe; this keeps a guesser from making work.
pub(super) fn invitation(from: Origin) -> Limit {
    let account = token_hash(&format!("welcome {}", from.network()));
    Limit { place: account.clone(), account, free: (30, 30) }
}

/// By what a customer names their case by 5 attempts are free wherever they are made, by address 30: a proof has four digits.
/// `key` is the same for every way of writing it.
pub(in crate::desk) fn status(key: &str, from: Origin) -> Limit {
    Limit {
        account: token_hash(&format!("status {key}")),
        place: token_hash(&format!("status address {}", from.network())),
        free: (5, 30),
    }
}

/// Whoever has the link is not held up by those who guess at its number.
pub(in crate::desk) fn status_link(token_hash_of_link: &str, from: Origin) -> Limit {
    status(&format!("link {token_hash_of_link}"), from)
}

impl Desk {
    /// Counts an attempt before it is made.
    ///
    /// # Errors
    /// `TooMany` while account or place must wait.
    pub(in crate::desk) async fn take_attempt(&self, limit: &Limit) -> Result<()> {
        let now = self.clock.now_ms();
        let Limit { account, place, free } = limit.clone();
        let wait = self.db.write(move |tx| {
            async move {
                let subject = |key, free| Subject { key, free, first_wait_ms: FIRST_WAIT_MS };
                let mut subjects = vec![subject(account.clone(), free.0)];
                if place != account {
                    subjects.push(subject(place, free.1));
                }
                attempts::take(tx, &subjects, now).await
            }
            .boxed()
        });
        match wait.await.map_err(|e| self.fail(e))? {
            None => Ok(()),
            Some(ms) => Err(AppError::TooMany { seconds: u32::try_from((ms + 999) / 1000).unwrap_or(u32::MAX) }),
        }
    }

    /// A success that says nothing of the attempts before it.
    pub(in crate::desk) async fn give_attempt_back(&self, limit: Limit) -> Result<()> {
        let given = self.db.write(move |tx| {
            async move {
                attempts::give_back(tx, &limit.account).await?;
                attempts::give_back(tx, &limit.place).await
            }
            .boxed()
        });
        given.await.map_err(|e| self.fail(e))
    }

    /// A success forgets the account's failures, and takes its own attempt from the place's count.
    pub(in crate::desk) async fn forgive_attempt(&self, limit: Limit) -> Result<()> {
        let forgiven = self.db.write(move |tx| {
            async move {
                attempts::forgive(tx, &limit.account).await?;
                attempts::give_back(tx, &limit.place).await
            }
            .boxed()
        });
        forgiven.await.map_err(|e| self.fail(e))
    }
}
