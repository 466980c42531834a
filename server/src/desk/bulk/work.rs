//! A portion of a run: looked at, or changed. Each case is decided by what decides a single change, by its version and by
//! the rights that whoever began the run has now.

use super::undo::Before;
use super::{to_do, viewer};
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::desk::cases::act::Change;
use crate::desk::cases::rows::write_cursor;
use crate::store::bulk::{self, Item, Run};
use crate::store::cases::{self, Case};
use crate::store::error::{Result, StoreError};
use crate::store::lists;
use crate::store::{Tx, letters};
use app::backend::{BulkKind, Deed, ListKind, Viewer};
use app::error::AppError;
use app::pages::list::query;
use domain::bulk::{Hindrance, ItemState, LETTERS_WAIT_MS, RunState};
use domain::id::{CaseId, RunId, StaffId, StoreId};
use domain::phase::Phase;
use futures::FutureExt;

/// Cases of one transaction: few enough that nobody else's write waits long for it.
const PORTION: i64 = 50;
/// Cases that are read from a list at once.
const PAGE: i64 = 500;

/// What is to be told after the commit.
#[derive(Default)]
pub(super) struct Told {
    pub cases: Vec<(CaseId, StoreId, i64)>,
    pub letters: bool,
}

/// What a run's list holds behind the place to which it has been read.
pub(super) struct Ahead {
    run: RunId,
    from: String,
    cases: Vec<CaseId>,
    until: String,
    /// The list has no more.
    ends: bool,
}

impl Desk {
    /// Works one portion of the run whose turn it is; `false` where none waits.
    ///
    /// # Errors
    /// The database's.
    pub async fn work_bulk(&self) -> Result<bool> {
        // Most looks find nothing, and a look must not cost a commit.
        if bulk::peek(&mut *self.db.read().await?).await?.is_none() {
            return Ok(false);
        }
        match self.portion(PORTION).await {
            Ok(worked) => Ok(worked),
            // One case's fault keeps the others from nothing.
            Err(error) => {
                tracing::warn!(%error, "a portion of a run failed; its cases are taken one by one");
                match self.portion(1).await {
                    Ok(worked) => Ok(worked),
                    Err(error) => {
                        tracing::error!(%error, "a case of a run failed");
                        self.give_up_one().await
                    }
                }
            }
        }
    }

    async fn portion(&self, size: i64) -> Result<bool> {
        let (desk, dialect, now) = (self.clone(), self.db.dialect, self.clock.now_ms());
        let ahead = self.ahead_of_next().await?;
        let worked = self.db.write(move |tx| {
            async move {
                let Some(mut run) = bulk::next(tx, dialect).await? else { return Ok(None) };
                let book = desk.book();
                let mut told = Told::default();
                // Without a person there are no rights.
                match (run.state, viewer(&book, run.staff)) {
                    (state, None) => desk.refuse_all(tx, &mut run, state, size).await?,
                    (RunState::Running, Some(who)) => desk.run_some(tx, &book, &who, &mut run, size, &mut told).await?,
                    (RunState::Undoing, Some(who)) => {
                        desk.undo_some(tx, &book, &who, &mut run, size, &mut told).await?
                    }
                    (_, Some(who)) => desk.gather(tx, &book, &who, &mut run, size, ahead.as_ref()).await?,
                }
                bulk::save(tx, &run, now).await?;
                Ok(Some(told))
            }
            .boxed()
        });
        let Some(told) = worked.await? else { return Ok(false) };
        if told.letters {
            self.letters.wake();
        }
        for (case, store, version) in told.cases {
            self.tell(case, store, version);
        }
        Ok(true)
    }

    /// Looks at what nobody has looked at yet; then takes what was read of the list; then all is known.
    pub(super) async fn gather(
        &self,
        tx: &mut Tx,
        book: &Book,
        who: &Viewer,
        run: &mut Run,
        size: i64,
        ahead: Option<&Ahead>,
    ) -> Result<()> {
        let items = bulk::take(tx, run.id, ItemState::New, size).await?;
        if items.is_empty() && !run.gathered {
            // Somebody else may have come that far: then it is read anew, at this run's next turn.
            if let Some(ahead) = ahead.filter(|ahead| ahead.run == run.id && ahead.from == run.cursor) {
                bulk::add(tx, run.id, &ahead.cases).await?;
                run.gathered = ahead.ends;
                run.cursor.clone_from(&ahead.until);
            }
            return Ok(());
        }
        if items.is_empty() {
            run.state = RunState::Planned;
        }
        for mut item in items {
            let case = cases::by_id(tx, item.case).await?;
            item.version = case.as_ref().map_or(0, |case| case.version);
            item.hindrance = self.tried(book, who, run, case).err();
            item.state = if item.hindrance.is_some() { ItemState::Refused } else { ItemState::Ready };
            bulk::put(tx, run.id, &item).await?;
        }
        Ok(())
    }

    /// What the run whose turn it is will ask of its list, if it is that far.
    async fn ahead_of_next(&self) -> Result<Option<Ahead>> {
        let mut connection = self.db.read().await?;
        let Some(run) = bulk::peek(&mut connection).await? else { return Ok(None) };
        if run.state != RunState::Gathering || run.gathered || bulk::has_new(&mut connection, run.id).await? {
            return Ok(None);
        }
        drop(connection);
        match viewer(&self.book(), run.staff) {
            Some(who) => self.read_ahead(&who, &run).await.map(Some),
            None => Ok(None),
        }
    }

    /// Reads on in a run's list, before the transaction that takes it: that one holds the only connection it needs.
    pub(super) async fn read_ahead(&self, who: &Viewer, run: &Run) -> Result<Ahead> {
        let mut list = query::read(ListKind::default(), &run.query);
        list.after = (!run.cursor.is_empty()).then(|| run.cursor.clone());
        let nothing =
            Ahead { run: run.id, from: run.cursor.clone(), cases: Vec::new(), until: run.cursor.clone(), ends: true };
        let wanted = match self.wanted(&self.book(), who, &list, PAGE) {
            Ok(wanted) => self.among(who, &list, wanted).await?,
            // A store that has gone out of reach has no cases, and keeps no run from its end.
            Err(StoreError::Answer(AppError::NotFound)) => return Ok(nothing),
            Err(error) => return Err(error),
        };
        if wanted.stores.as_ref().is_some_and(Vec::is_empty) {
            return Ok(nothing);
        }
        let rows = lists::page(&mut *self.db.read().await?, self.db.dialect, &wanted).await?;
        let until = rows.last().map(|row| write_cursor(list.sort, wanted.place_of(row)));
        Ok(Ahead {
            cases: rows.iter().map(|row| row.id).collect(),
            until: until.unwrap_or_else(|| nothing.until.clone()),
            ends: i64::try_from(rows.len()).is_ok_and(|rows| rows < PAGE),
            ..nothing
        })
    }

    async fn run_some(
        &self,
        tx: &mut Tx,
        book: &Book,
        who: &Viewer,
        run: &mut Run,
        size: i64,
        told: &mut Told,
    ) -> Result<()> {
        let items = bulk::take(tx, run.id, ItemState::Ready, size).await?;
        if items.is_empty() {
            (run.state, run.ended_at) = (RunState::Done, Some(self.clock.now_ms()));
        }
        for mut item in items {
            let case = cases::by_id(tx, item.case).await?;
            let done = match &case {
                Some(case) if case.version != item.version => Err(Hindrance::Changed),
                _ => self.run_one(tx, book, who, run, case, &mut item, told).await?,
            };
            item.hindrance = done.err();
            item.state = if item.hindrance.is_some() { ItemState::Refused } else { ItemState::Done };
            bulk::put(tx, run.id, &item).await?;
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "one case of a portion needs all that the portion has")]
    async fn run_one(
        &self,
        tx: &mut Tx,
        book: &Book,
        who: &Viewer,
        run: &Run,
        case: Option<Case>,
        item: &mut Item,
        told: &mut Told,
    ) -> Result<std::result::Result<(), Hindrance>> {
        let (before, store) = match &case {
            Some(case) => (Before::of(case), case.store),
            None => return Ok(Err(Hindrance::OutOfReach)),
        };
        let change = match self.tried(book, who, run, case) {
            Ok(Some(change)) => change,
            Ok(None) => return Ok(Ok(())),
            Err(hindrance) => return Ok(Err(hindrance)),
        };
        if !change.write(tx).await? {
            return Ok(Err(Hindrance::Changed));
        }
        item.version += 1;
        item.before = serde_json::to_string(&before)?;
        if let Some(letter) = &change.letter {
            letters::hold(tx, letter.id, self.clock.now_ms() + LETTERS_WAIT_MS).await?;
            item.letter = Some(letter.id);
            told.letters = true;
        }
        told.cases.push((item.case, store, item.version));
        Ok(Ok(()))
    }

    /// What would become of that case; `None` for labels, which change nothing here.
    fn tried(
        &self,
        book: &Book,
        who: &Viewer,
        run: &Run,
        case: Option<Case>,
    ) -> std::result::Result<Option<Change>, Hindrance> {
        let case = case.filter(|case| who.reach.covers(case.store)).ok_or(Hindrance::OutOfReach)?;
        let Some(deed) = run.deed.clone() else {
            let printable = run.kind == BulkKind::Labels && case.rma.is_some();
            return if printable { Ok(None) } else { Err(Hindrance::NoLabel) };
        };
        if case.joined_into.is_some() && case.archived.is_some() {
            return Err(Hindrance::Joined);
        }
        let same = already(&case, &deed, who.id);
        let change = self.decide_deed(book, who, &case, deed).map_err(|error| hindrance(&case, &error))?;
        let after = &change.after;
        let moves = after.phase != case.phase || after.archived != case.archived;
        if same && !moves { Err(Hindrance::Same) } else { Ok(Some(change)) }
    }

    /// The person who began it has gone.
    async fn refuse_all(&self, tx: &mut Tx, run: &mut Run, state: RunState, size: i64) -> Result<()> {
        let items = match to_do(state) {
            Some(state) => bulk::take(tx, run.id, state, size).await?,
            None => Vec::new(),
        };
        if items.is_empty() {
            (run.state, run.ended_at) = (RunState::Done, Some(self.clock.now_ms()));
        }
        let state = if state == RunState::Undoing { ItemState::Kept } else { ItemState::Refused };
        for item in items {
            bulk::put(tx, run.id, &Item { state, hindrance: Some(Hindrance::Forbidden), ..item }).await?;
        }
        Ok(())
    }

    /// The case at which the run stands is left as it is.
    async fn give_up_one(&self) -> Result<bool> {
        let (dialect, now) = (self.db.dialect, self.clock.now_ms());
        let given_up = self.db.write(move |tx| {
            async move {
                let Some(run) = bulk::next(tx, dialect).await? else { return Ok(false) };
                let items = match to_do(run.state) {
                    Some(state) => bulk::take(tx, run.id, state, 1).await?,
                    None => Vec::new(),
                };
                let state = if run.state == RunState::Undoing { ItemState::Kept } else { ItemState::Refused };
                let given_up = !items.is_empty();
                for item in items {
                    bulk::put(tx, run.id, &Item { state, hindrance: Some(Hindrance::Fault), ..item }).await?;
                }
                bulk::save(tx, &run, now).await?;
                Ok(given_up)
            }
            .boxed()
        });
        given_up.await
    }
}

/// The deed would change nothing but the version.
fn already(case: &Case, deed: &Deed, who: StaffId) -> bool {
    match deed {
        // Whoever takes a case over oneself takes it up.
        Deed::Assign(to) => case.handler == *to && (*to != Some(who) || case.phase != Phase::New),
        Deed::SetStatus(status) => case.status == *status,
        Deed::Move(_) | Deed::Wait { .. } => true,
        _ => false,
    }
}

/// Why a single change would have been refused.
fn hindrance(case: &Case, error: &StoreError) -> Hindrance {
    match error {
        StoreError::Answer(AppError::Forbidden) => Hindrance::Forbidden,
        StoreError::Answer(AppError::NotFound) => Hindrance::OutOfReach,
        StoreError::Answer(AppError::Conflict) if case.archived.is_some() => Hindrance::Archived,
        StoreError::Answer(AppError::Conflict) => Hindrance::WrongPhase,
        StoreError::Answer(AppError::Invalid { field, key }) => match (field.as_str(), key.as_str()) {
            ("handler", _) => Hindrance::OtherStore,
            ("status", _) => Hindrance::WrongPhase,
            ("case", "no_address") => Hindrance::NoAddress,
            _ => Hindrance::Incomplete,
        },
        StoreError::Answer(_) => Hindrance::Incomplete,
        fault => {
            tracing::error!(case = %case.id, error = %fault, "a case of a run could not be decided");
            Hindrance::Fault
        }
    }
}
