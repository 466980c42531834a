//! Taking a run back: each case that nobody has touched since becomes what it was. A letter that waits is taken back; one
//! that has gone out keeps its case as it is.

use super::work::Told;
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::desk::law;
use crate::store::bulk::{self, Item, Run};
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use crate::store::{Tx, events, letters};
use app::backend::{Deed, Viewer};
use domain::bulk::{Hindrance, ItemState, RunState};
use domain::case::ArchiveReason;
use domain::deadline::recorded::Recorded;
use domain::event::EventKind;
use domain::handling::Handling;
use domain::id::{Key, StaffId, StatusId};
use domain::phase::Phase;
use domain::role::Right;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a run may change of a case, as it was before.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Before {
    phase: Phase,
    status: Option<StatusId>,
    handler: Option<StaffId>,
    archived: Option<ArchiveReason>,
    due_on: Option<Date>,
    news_at: Option<i64>,
    handling: Handling,
    remind_on: Option<Date>,
    /// `None` for a case that had no deadlines yet.
    recorded: Option<Recorded>,
}

impl Before {
    pub fn of(case: &Case) -> Self {
        Self {
            phase: case.phase,
            status: case.status,
            handler: case.handler,
            archived: case.archived,
            due_on: case.due_on,
            news_at: case.news_at,
            handling: case.handling.clone(),
            remind_on: case.remind_on,
            recorded: (case.law.version > 0).then(|| case.law.recorded.clone()),
        }
    }

    /// The case with all of that as it was; the rest as it is.
    fn put_into(self, case: &Case) -> Case {
        let law =
            cases::Law { recorded: self.recorded.unwrap_or_else(|| case.law.recorded.clone()), ..case.law.clone() };
        Case {
            phase: self.phase,
            status: self.status,
            handler: self.handler,
            archived: self.archived,
            due_on: self.due_on,
            news_at: self.news_at,
            handling: self.handling,
            remind_on: self.remind_on,
            law,
            ..case.clone()
        }
    }
}

impl Desk {
    pub(super) async fn undo_some(
        &self,
        tx: &mut Tx,
        book: &Book,
        who: &Viewer,
        run: &mut Run,
        size: i64,
        told: &mut Told,
    ) -> Result<()> {
        let items = bulk::take(tx, run.id, ItemState::Done, size).await?;
        if items.is_empty() {
            run.state = RunState::Undone;
        }
        for mut item in items {
            let undone = self.undo_one(tx, book, who, run, &mut item, told).await?;
            item.hindrance = undone.err();
            item.state = if item.hindrance.is_some() { ItemState::Kept } else { ItemState::Undone };
            bulk::put(tx, run.id, &item).await?;
        }
        Ok(())
    }

    async fn undo_one(
        &self,
        tx: &mut Tx,
        book: &Book,
        who: &Viewer,
        run: &Run,
        item: &mut Item,
        told: &mut Told,
    ) -> Result<std::result::Result<(), Hindrance>> {
        let case = cases::by_id(tx, item.case).await?.filter(|case| who.reach.covers(case.store));
        let Some(now) = case else { return Ok(Err(Hindrance::OutOfReach)) };
        if !run.deed.as_ref().is_some_and(|deed| may(who, deed)) {
            return Ok(Err(Hindrance::Forbidden));
        }
        if now.version != item.version {
            return Ok(Err(Hindrance::Changed));
        }
        // Counting nothing holds the row until the commit: the letter goes only with the case as it was read.
        if !cases::hold_at(tx, item.case, item.version).await? {
            return Ok(Err(Hindrance::Changed));
        }
        if let Some(letter) = item.letter
            && !letters::cancel(tx, letter).await?
        {
            return Ok(Err(Hindrance::LetterSent));
        }
        let before: Before = serde_json::from_str(&item.before)?;
        let at_ms = self.clock.now_ms();
        let (was, moved) = law::back(book, &now, before.put_into(&now), at_ms)?;
        // The row is held: nobody has come in between since it was read.
        if !cases::save(tx, &was, at_ms).await? {
            return Ok(Err(Hindrance::Changed));
        }
        let cancelled = item.letter.map(|id| EventKind::LetterCancelled { id });
        for what in told_of(&now, &was).into_iter().chain(cancelled).chain(moved) {
            let event = events::NewEvent { id: self.random.id(), case: now.id, by: Some(who.id), at_ms, what: &what };
            events::insert(tx, &event).await?;
        }
        item.version += 1;
        told.cases.push((now.id, now.store, item.version));
        Ok(Ok(()))
    }
}

/// Whoever may no more do it may not take it back either.
fn may(who: &Viewer, deed: &Deed) -> bool {
    who.may(match deed {
        Deed::Archive(_) => Right::Archive,
        Deed::Move(domain::phase::Action::MakeReady) => Right::Serve,
        _ => Right::Handle,
    })
}

fn told_of(now: &Case, was: &Case) -> Vec<EventKind> {
    let mut events = Vec::new();
    match (now.archived, was.archived) {
        (Some(_), None) => events.push(EventKind::Unarchived),
        (None, Some(reason)) => events.push(EventKind::Archived { reason: reason.key().to_owned() }),
        _ => {}
    }
    if now.handler != was.handler {
        events.push(EventKind::assigned(was.handler));
    }
    if now.phase != was.phase {
        events.push(EventKind::PhaseSet { from: now.phase, to: was.phase });
    }
    if now.status != was.status {
        let status = was.status.and_then(|id| id.to_string().parse::<Key>().ok());
        events.push(EventKind::StatusSet { status });
    }
    events
}
