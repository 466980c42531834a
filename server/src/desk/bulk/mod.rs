//! Many cases changed in one go. A run is a row; a job works it off in portions (`work`), each in one transaction.

mod undo;
mod view;
mod work;

use super::Desk;
use super::book::Book;
use super::cases::act::words_of;
use super::waiting;
use crate::store::bulk::{self, Run};
use crate::store::error::Result;
use app::backend::{Bulk, BulkKind, BulkLine, BulkView, Chosen, Deed, Viewer};
use app::error::AppError;
use app::pages::list::query;
use async_trait::async_trait;
use domain::bulk::{ItemState, RunState, may_undo};
use domain::id::{RunId, SessionId, StaffId};
use futures::FutureExt;
use uuid::Uuid;

/// Ticked by hand: a few pages of a list at most.
const MOST_CHOSEN: usize = 1000;
/// Cases that are looked at while the person waits; more are the job's.
const AT_ONCE: i64 = 200;
/// Letters of a subject.
const SUBJECT: usize = 200;

#[async_trait]
impl Bulk for Desk {
    async fn begin_bulk(&self, who: &Viewer, kind: BulkKind, chosen: Chosen) -> Result<RunId, AppError> {
        self.begun_bulk(who, kind, chosen).await.map_err(|error| self.fail(error))
    }

    async fn plan_bulk(&self, who: &Viewer, run: RunId, deed: Option<Deed>) -> Result<(), AppError> {
        self.planned_bulk(who, run, deed).await.map_err(|error| self.fail(error))
    }

    async fn start_bulk(&self, who: &Viewer, run: RunId) -> Result<(), AppError> {
        self.turned(who, run, |run, now| {
            if run.state != RunState::Planned || run.kind == BulkKind::Labels {
                return Err(AppError::Conflict);
            }
            (run.state, run.started_at) = (RunState::Running, Some(now));
            Ok(())
        })
        .await
    }

    async fn stop_bulk(&self, who: &Viewer, run: RunId) -> Result<(), AppError> {
        self.turned(who, run, |run, now| {
            (run.state, run.ended_at) = match run.state {
                RunState::Gathering => (RunState::Chosen, None),
                RunState::Running => (RunState::Done, Some(now)),
                _ => return Err(AppError::Conflict),
            };
            Ok(())
        })
        .await
    }

    async fn undo_bulk(&self, who: &Viewer, run: RunId) -> Result<(), AppError> {
        self.turned(who, run, |run, now| {
            if run.state != RunState::Done {
                return Err(AppError::Conflict);
            }
            if !may_undo(run.state, run.ended_at.unwrap_or_default(), now) {
                return Err(AppError::Expired);
            }
            run.state = RunState::Undoing;
            Ok(())
        })
        .await
    }

    async fn bulk(&self, who: &Viewer, run: RunId) -> Result<BulkView, AppError> {
        self.bulk_view(who, run).await.map_err(|error| self.fail(error))
    }

    async fn bulks(&self, who: &Viewer) -> Result<Vec<BulkLine>, AppError> {
        self.bulk_lines(who).await.map_err(|error| self.fail(error))
    }
}

impl Desk {
    async fn begun_bulk(&self, who: &Viewer, kind: BulkKind, chosen: Chosen) -> Result<RunId> {
        let (query, cases) = match chosen {
            Chosen::Cases(cases) if cases.is_empty() => return Err(AppError::invalid("cases", "nothing_chosen").into()),
            Chosen::Cases(cases) if cases.len() > MOST_CHOSEN => {
                return Err(AppError::invalid("cases", "too_many_chosen").into());
            }
            Chosen::Cases(cases) => (String::new(), cases),
            Chosen::Whole(mut whole) => {
                whole.after = None;
                (query::write(&whole), Vec::new())
            }
        };
        let run = Run {
            id: self.random.id(),
            staff: who.id,
            state: RunState::Chosen,
            kind,
            deed: None,
            gathered: query.is_empty(),
            query,
            cursor: String::new(),
            created_at: self.clock.now_ms(),
            started_at: None,
            ended_at: None,
        };
        let id = run.id;
        // What is out of reach, or no case at all, is none of theirs to choose.
        let cases = self.cases_in_reach(who, cases).await?;
        if run.query.is_empty() && cases.is_empty() {
            return Err(AppError::NotFound.into());
        }
        self.db
            .write(move |tx| {
                async move {
                    bulk::insert(tx, &run).await?;
                    bulk::add(tx, run.id, &cases).await
                }
                .boxed()
            })
            .await?;
        if kind == BulkKind::Labels {
            self.planned_bulk(who, id, None).await?;
        }
        Ok(id)
    }

    async fn planned_bulk(&self, who: &Viewer, run: RunId, deed: Option<Deed>) -> Result<()> {
        let mut found = self.own_run(who, run).await?;
        let deed = deed.map(checked).transpose()?;
        let fits = match (&deed, found.kind) {
            (Some(deed), kind) => kind.takes(deed),
            (None, kind) => kind == BulkKind::Labels,
        };
        if !fits {
            return Err(AppError::invalid("deed", "unknown_choice").into());
        }
        if !matches!(found.state, RunState::Chosen | RunState::Planned) {
            return Err(AppError::Conflict.into());
        }
        let was = found.state;
        (found.state, found.deed, found.cursor) = (RunState::Gathering, deed, String::new());
        found.gathered = found.query.is_empty();
        let ahead = if found.gathered { None } else { Some(self.read_ahead(who, &found).await?) };
        let now = self.clock.now_ms();
        let (desk, who) = (self.clone(), who.clone());
        self.db
            .write(move |tx| {
                async move {
                    if bulk::hold(tx, run).await?.is_none_or(|now| now.state != was) {
                        return Err(AppError::Conflict.into());
                    }
                    bulk::begin_anew(tx, &found).await?;
                    // The usual few are known when the page comes: what was read is taken, looked at, and known.
                    let book = desk.book();
                    for _ in 0..3 {
                        if found.state == RunState::Gathering && bulk::seen(tx, run).await? < AT_ONCE {
                            desk.gather(tx, &book, &who, &mut found, AT_ONCE, ahead.as_ref()).await?;
                        }
                    }
                    bulk::save(tx, &found, now).await
                }
                .boxed()
            })
            .await?;
        self.bulk.wake();
        Ok(())
    }

    /// Changes a run's state, and wakes the job.
    async fn turned(
        &self,
        who: &Viewer,
        run: RunId,
        turn: impl FnOnce(&mut Run, i64) -> Result<(), AppError> + Send + 'static,
    ) -> Result<(), AppError> {
        let (me, now) = (who.id, self.clock.now_ms());
        let turned = self.db.write(move |tx| {
            async move {
                let run = bulk::hold(tx, run).await?.filter(|run| run.staff == me);
                let mut run = run.ok_or(AppError::NotFound)?;
                turn(&mut run, now)?;
                bulk::save(tx, &run, now).await
            }
            .boxed()
        });
        turned.await.map_err(|error| self.fail(error))?;
        self.bulk.wake();
        Ok(())
    }

    async fn own_run(&self, who: &Viewer, run: RunId) -> Result<Run> {
        let run = bulk::find(&mut *self.db.read().await?, run).await?;
        Ok(run.filter(|run| run.staff == who.id).ok_or(AppError::NotFound)?)
    }
}

/// Somebody as they are now: who began a run may have got or lost rights since.
fn viewer(book: &Book, staff: StaffId) -> Option<Viewer> {
    let staff = book.staff.get(&staff).filter(|staff| staff.active)?;
    Some(Viewer {
        session: SessionId(Uuid::nil()),
        id: staff.id,
        name: staff.name.clone(),
        role: staff.role,
        reach: staff.reach(),
        locale: staff.locale,
        store: None,
        tablet: None,
    })
}

/// What was written, trimmed.
fn checked(deed: Deed) -> Result<Deed> {
    Ok(match deed {
        Deed::Write { subject, body } => {
            let subject = words_of(subject, "subject")?.split_whitespace().collect::<Vec<_>>().join(" ");
            if subject.chars().count() > SUBJECT {
                return Err(AppError::invalid("subject", "text_too_long").into());
            }
            Deed::Write { subject, body: words_of(body, "body")? }
        }
        // Said here, beside its field, and not of each case.
        Deed::Wait { on, whom, email } => {
            let (whom, email) = waiting::named(on, &whom, &email)?;
            Deed::Wait { on, whom, email }
        }
        other => other,
    })
}

/// The items that a state of a run has still to do.
const fn to_do(state: RunState) -> Option<ItemState> {
    match state {
        RunState::Gathering => Some(ItemState::New),
        RunState::Running => Some(ItemState::Ready),
        RunState::Undoing => Some(ItemState::Done),
        RunState::Chosen | RunState::Planned | RunState::Done | RunState::Undone => None,
    }
}
