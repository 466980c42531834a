//! A change of a return: its row, an event on each of its cases and the letters, in one transaction.

use crate::desk::Desk;
use crate::desk::cases::letters::Letter;
use crate::desk::law;
use crate::desk::waiting;
use crate::store::cases::Case;
use crate::store::error::Result;
use crate::store::parts::EventRow;
use crate::store::rmas::{self, Rma};
use crate::store::{Tx, cases, events, reminders};
use app::error::AppError;
use domain::event::EventKind;
use domain::id::{CaseId, StaffId, StoreId};
use domain::phase::{Came, Phase};
use domain::waiting::Waited;
use futures::FutureExt;

/// A return as a deed leaves it, with what goes with it into the transaction.
pub(crate) struct Done {
    pub rma: Rma,
    /// On each of its cases.
    pub events: Vec<EventKind>,
    /// Its cases are found by these from now on.
    pub codes: Vec<String>,
    pub letters: Vec<(CaseId, Letter)>,
    /// Cases that waited for the goods go on.
    pub goods: bool,
    /// They wait again: the goods were taken in by mistake at that moment, milliseconds UTC.
    pub undone: Option<i64>,
}

impl Done {
    pub const fn of(rma: Rma, events: Vec<EventKind>) -> Self {
        Self { rma, events, codes: Vec::new(), letters: Vec::new(), goods: false, undone: None }
    }
}

/// A case that changed, to be told after the commit.
type Told = (CaseId, StoreId, i64);

/// Whether the goods took the case up at that moment, and nobody has moved it since.
fn went_on(timeline: &[EventRow], came: i64) -> bool {
    let moved = timeline.iter().rev().find_map(|event| match event.what {
        EventKind::PhaseSet { from, .. } => Some((event.at, from)),
        _ => None,
    });
    moved == Some((came, Phase::WaitingGoods))
}

impl Desk {
    /// # Errors
    /// `Conflict` when the return changed meanwhile.
    pub(crate) async fn commit_rma(&self, done: Done, by: Option<StaffId>) -> Result<()> {
        let desk = self.clone();
        let (asks, writes) = (done.rma.errand.next_attempt_at.is_some(), !done.letters.is_empty());
        let told = self.db.write(move |tx| {
            async move {
                if !rmas::save(tx, &done.rma).await? {
                    return Err(AppError::Conflict.into());
                }
                desk.note_on_cases(tx, &done, by).await
            }
            .boxed()
        });
        self.rma_committed(told.await?, asks, writes);
        Ok(())
    }

    /// A new return of that one case.
    ///
    /// # Errors
    /// `Conflict` when it has got one meanwhile.
    pub(super) async fn commit_new_rma(&self, done: Done, case: CaseId, by: StaffId) -> Result<()> {
        let desk = self.clone();
        let (asks, writes) = (done.rma.errand.next_attempt_at.is_some(), !done.letters.is_empty());
        let told = self.db.write(move |tx| {
            async move {
                // Holds the case's row: of two at once the second finds the first one's return.
                cases::bump(tx, case, done.rma.issued_at).await?;
                if rmas::of_case(tx, case).await?.is_some() {
                    return Err(AppError::Conflict.into());
                }
                rmas::insert(tx, &done.rma).await?;
                rmas::put_case(tx, case, done.rma.id).await?;
                // What an insert leaves out: that the goods are here already.
                if done.rma.received.is_some() && !rmas::save(tx, &done.rma).await? {
                    return Err(AppError::Conflict.into());
                }
                desk.note_on_cases(tx, &done, Some(by)).await
            }
            .boxed()
        });
        self.rma_committed(told.await?, asks, writes);
        Ok(())
    }

    pub(super) async fn note_on_cases(&self, tx: &mut Tx, done: &Done, by: Option<StaffId>) -> Result<Vec<Told>> {
        let now = self.clock.now_ms();
        let mut told = Vec::new();
        for case in rmas::cases(tx, done.rma.id).await? {
            let version = rmas::touch_case(tx, case.id, &done.codes, now).await?;
            let mut happened = done.events.clone();
            if done.goods
                && let Some(row) = cases::by_id(tx, case.id).await?
                && row.phase.with(Came::Goods) != row.phase
            {
                let (from, to) = (row.phase, row.phase.with(Came::Goods));
                // A duplicate rests: what came for it is news of the case that is handled.
                let moved = cases::set_phase(tx, case.id, row.phase, to).await?;
                cases::set_news(tx, case.id, now).await?;
                happened.extend(moved.then_some(EventKind::PhaseSet { from, to }));
            }
            if done.goods || done.undone.is_some() {
                happened.extend(self.goods_for_law(tx, case.id, done.goods.then_some(now)).await?);
            }
            if let Some(came) = done.undone
                && went_on(&events::of_case(tx, case.id).await?, came)
                && cases::set_phase(tx, case.id, Phase::InReview, Phase::WaitingGoods).await?
            {
                happened.push(EventKind::PhaseSet { from: Phase::InReview, to: Phase::WaitingGoods });
                self.wait_again(tx, case.id, came).await?;
            }
            happened.extend(done.letters.iter().filter(|(of, _)| *of == case.id).map(|(_, letter)| letter.event()));
            for what in &happened {
                let id = self.random.id();
                events::insert(tx, &events::NewEvent { id, case: case.id, by, at_ms: now, what }).await?;
            }
            told.push((case.id, case.store, version));
        }
        for (case, letter) in &done.letters {
            letter.enqueue(tx, *case, now).await?;
        }
        Ok(told)
    }

    /// The goods are waited for from today on. Counting the change is the caller's.
    async fn wait_again(&self, tx: &mut Tx, case: CaseId, came: i64) -> Result<()> {
        cases::forget_news(tx, case, came).await?;
        let Some(row) = cases::by_id(tx, case).await? else { return Ok(()) };
        let book = self.book();
        let today = book.store(row.store)?.today(&*self.clock);
        let row = waiting::of(row, Waited::begin(String::new(), String::new(), book.pauses.goods, today));
        reminders::save(tx, case, &row.handling, row.remind_on).await
    }

    /// The law counts some deadlines from the goods' coming. Counting the change is the caller's.
    async fn goods_for_law(&self, tx: &mut Tx, case: CaseId, came: Option<i64>) -> Result<Vec<EventKind>> {
        let Some(before) = cases::by_id(tx, case).await? else { return Ok(Vec::new()) };
        let book = self.book();
        let before = Case { law: law::frozen(&book, &before)?, ..before };
        let store = book.store(before.store)?;
        let mut after = before.clone();
        after.law.recorded.goods_received = came.map(|at| store.moment(at).local.date());
        let (after, moved) = law::after(&book, &before, after, self.clock.now_ms())?;
        cases::save_law(tx, &after).await?;
        Ok(moved)
    }

    pub(super) fn rma_committed(&self, told: Vec<Told>, asks: bool, writes: bool) {
        if writes {
            self.letters.wake();
        }
        if asks {
            self.carrier.wake();
        }
        for (case, store, version) in told {
            self.tell(case, store, version);
        }
    }
}
