//! Two cases that are one: the duplicate rests in the archive, and all that hangs on it is shown with the case that is kept.

use super::act::{at, stepped};
use crate::desk::{Desk, law};
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use crate::store::{Tx, events};
use app::backend::Viewer;
use app::error::AppError;
use domain::case::ArchiveReason;
use domain::event::EventKind;
use domain::id::{CaseId, EventId, StaffId};
use domain::number::Number;
use domain::phase::Action;
use futures::FutureExt;

impl Desk {
    /// # Errors
    /// `Invalid` for the number: no case within reach, the same one, itself a duplicate, done, or younger: the clock of the
    /// first complaint is the one that runs.
    pub(super) async fn join(&self, who: &Viewer, before: Case, version: Option<i64>, into: Number) -> Result<()> {
        let step = stepped(who, &before, Action::Join)?;
        let kept = cases::by_number(&mut *self.db.read().await?, into).await?;
        let kept = kept.filter(|kept| who.reach.covers(kept.store));
        let kept = kept.ok_or_else(|| AppError::invalid("number", "unknown_choice"))?;
        check(&before, &kept)?;
        if version.is_some_and(|version| version != before.version) {
            return Err(AppError::Conflict.into());
        }
        let (book, now, by) = (self.book(), self.clock.now_ms(), who.id);
        let news = before.news_at;
        let after = Case { archived: Some(ArchiveReason::Duplicate), news_at: None, ..at(before.clone(), step) };
        let (after, moved) = law::after(&book, &before, after, now)?;
        let (id, store, number, kept_id) = (before.id, before.store, before.number, kept.id);
        let told: Vec<_> = [
            (id, EventKind::Joined { into }),
            (id, EventKind::Archived { reason: ArchiveReason::Duplicate.key().to_owned() }),
            (kept_id, EventKind::JoinedHere { number }),
        ]
        .into_iter()
        .chain(moved.into_iter().map(|moved| (id, moved)))
        .map(|(case, what)| (case, self.random.id::<domain::id::EventId>(), what))
        .collect();
        let version = self
            .db
            .write(move |tx| {
                async move {
                    // Counting the change first holds the row: nobody puts it away meanwhile.
                    let version = cases::bump(tx, kept_id, now).await?;
                    let kept = cases::by_id(tx, kept_id).await?.ok_or(AppError::NotFound)?;
                    check(&after, &kept)?;
                    if !cases::save(tx, &after, now).await? {
                        return Err(AppError::Conflict.into());
                    }
                    cases::join(tx, id, kept_id).await?;
                    // What the customer sent to the one was meant for both.
                    if let Some(news) = news {
                        cases::set_news(tx, kept_id, news).await?;
                    }
                    for (case, event, what) in &told {
                        let event = events::NewEvent { id: *event, case: *case, by: Some(by), at_ms: now, what };
                        events::insert(tx, &event).await?;
                    }
                    Ok(version)
                }
                .boxed()
            })
            .await?;
        self.tell(id, store, before.version + 1);
        self.tell(kept_id, kept.store, version);
        Ok(())
    }
}

fn check(duplicate: &Case, kept: &Case) -> Result<()> {
    let goes_on = kept.archived.is_none() && !kept.phase.is_closed() && kept.joined_into.is_none();
    if kept.id == duplicate.id || !goes_on {
        return Err(AppError::invalid("number", "unknown_choice").into());
    }
    if kept.registered_at > duplicate.registered_at {
        return Err(AppError::invalid("number", "keep_older").into());
    }
    Ok(())
}

/// A duplicate comes back from the archive: it is a case of its own again.
pub(super) async fn part(
    tx: &mut Tx,
    duplicate: CaseId,
    number: Number,
    kept: CaseId,
    event: EventId,
    by: StaffId,
    now: i64,
) -> Result<()> {
    cases::part(tx, duplicate).await?;
    let what = EventKind::Parted { number };
    events::insert(tx, &events::NewEvent { id: event, case: kept, by: Some(by), at_ms: now, what: &what }).await?;
    cases::bump(tx, kept, now).await.map(drop)
}
