//! Reminds whoever is waited for, by `cases.remind_on`. What is due is done once, however many servers look; one that was
//! down does it once as well.

use super::Desk;
use super::cases::letters::Letter;
use super::law;
use crate::clock::token_hash;
use crate::store::cases::{self, Case};
use crate::store::days::{self, Day};
use crate::store::error::Result;
use crate::store::papers::{self, Paper};
use crate::store::upload_links::{self, NewLink};
use crate::store::{StoreError, Tx, events};
use domain::event::EventKind;
use domain::id::CaseId;
use domain::phase::Phase;
use futures::FutureExt;

/// A case as a reminder leaves it, with what goes with it into the transaction.
pub(super) struct Reminded {
    /// With its next day in `remind_on`.
    pub case: Case,
    /// None: nothing has happened that anybody has to know.
    pub events: Vec<EventKind>,
    pub letters: Vec<Letter>,
    pub papers: Vec<Paper>,
    /// The token of an upload link that a letter bears, and the question that it asks.
    pub link: Option<(String, String)>,
}

impl Reminded {
    pub const fn of(case: Case) -> Self {
        Self { case, events: Vec::new(), letters: Vec::new(), papers: Vec::new(), link: None }
    }
}

impl Desk {
    /// For a job, every minute or so.
    ///
    /// # Errors
    /// Those of the database. A case that cannot be tended is logged, and in nobody's way.
    pub async fn remind_all(&self) -> Result<()> {
        self.each_on(Day::Remind, |case| self.remind_of(case).boxed()).await
    }

    async fn remind_of(&self, case: CaseId) -> Result<()> {
        let desk = self.clone();
        let reminded = self.db.write(move |tx| async move { desk.reminded(tx, case).await }.boxed()).await?;
        if let Some((case, letters)) = reminded {
            if letters {
                self.letters.wake();
            }
            self.tell(case.id, case.store, case.version + 1);
        }
        Ok(())
    }

    /// The changed case as it was read, and whether letters wait. `None` where nothing was to be done, or another server was
    /// quicker.
    async fn reminded(&self, tx: &mut Tx, id: CaseId) -> Result<Option<(Case, bool)>> {
        let (book, now) = (self.book(), self.clock.now_ms());
        if !days::hold(tx, Day::Remind, id, self.latest()).await? {
            return Ok(None);
        }
        let Some(before) = cases::by_id(tx, id).await? else { return Ok(None) };
        let today = book.store(before.store)?.today(&*self.clock);
        if before.remind_on.is_some_and(|day| day > today) {
            return Ok(None);
        }
        let Reminded { case, events, letters, papers, link } = match before.phase {
            // A duplicate rests: whoever is waited for is reminded of the case that is handled.
            _ if before.archived.is_some() => Reminded::of(Case { remind_on: None, ..before.clone() }),
            Phase::WaitingCustomer
            | Phase::WaitingGoods
            | Phase::WaitingSupplier
            | Phase::WaitingRepair
            | Phase::WaitingExpert => self.remind_waited(tx, &book, before.clone(), today).await?,
            Phase::Ready => self.remind_collecting(tx, &book, before.clone(), today).await?,
            Phase::New
            | Phase::InReview
            | Phase::Approved
            | Phase::Partly
            | Phase::Rejected
            | Phase::Settled
            | Phase::Withdrawn
            | Phase::NotCollected => Reminded::of(Case { remind_on: None, ..before.clone() }),
        };
        let (case, moved) = law::after(&book, &before, case, now)?;
        if !cases::save(tx, &case, now).await? {
            return Err(StoreError::corrupt(format_args!("case {id} changed while it was held")));
        }
        for what in events.iter().chain(&moved) {
            events::insert(tx, &events::NewEvent { id: self.random.id(), case: id, by: None, at_ms: now, what })
                .await?;
        }
        if let Some((token, question)) = link {
            let link = NewLink::in_letter(self.random.id(), token_hash(&token), id, &question, now);
            upload_links::issue(tx, link).await?;
        }
        for letter in &letters {
            letter.enqueue(tx, id, now).await?;
        }
        for paper in &papers {
            papers::insert(tx, paper).await?;
        }
        Ok(Some((before, !letters.is_empty())))
    }
}
