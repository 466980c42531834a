//! What is taken back: a courier, a return, a receipt; and a return that is issued anew.

use super::Done;
use super::act::{changed, stepped};
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::desk::cases::letters::Letter;
use crate::store::Tx;
use crate::store::cases::Case;
use crate::store::errands::{ASKED, Errand, Wanted};
use crate::store::error::Result;
use crate::store::rmas::{self, Rma};
use app::error::AppError;
use domain::id::{CaseId, RmaId, StaffId, StoreId};
use domain::report::Delivery;
use domain::rma::{RmaAction, RmaState, Route, step, valid_until};

/// The return of a case that is withdrawn.
pub(in crate::desk) struct Withdrawn {
    rma: Option<RmaId>,
    /// It is cancelled with the case: no other case needs it.
    cancelled: Option<Done>,
    but: CaseId,
    /// A courier was to come.
    pub courier: bool,
}

impl Withdrawn {
    pub const fn cancels_return(&self) -> bool {
        self.cancelled.is_some()
    }

    /// With who is told of it in a letter of its own.
    pub fn with_letters(mut self, letters: Vec<(CaseId, Letter)>) -> Self {
        if let Some(done) = &mut self.cancelled {
            done.letters = letters;
        }
        self
    }

    pub fn rma(&self) -> Option<&Rma> {
        self.cancelled.as_ref().map(|done| &done.rma)
    }

    /// First in the transaction: returns are held before cases, here as elsewhere.
    ///
    /// # Errors
    /// `Conflict` when the return or another of its cases changed meanwhile.
    pub async fn hold(&self, tx: &mut Tx) -> Result<()> {
        let Some(rma) = self.rma else { return Ok(()) };
        rmas::hold(tx, rma).await?;
        let now = rmas::by_id(tx, rma).await?;
        let cancels = now.is_some_and(|rma| step(rma.state, RmaAction::Cancel).is_some())
            && !rmas::needed_by_others(tx, rma, Some(self.but)).await?;
        if cancels == self.cancelled.is_some() { Ok(()) } else { Err(AppError::Conflict.into()) }
    }
}

impl Desk {
    /// What becomes of the return when that case is withdrawn.
    pub(in crate::desk) async fn return_of_withdrawn(&self, case: CaseId) -> Result<Withdrawn> {
        let mut connection = self.db.read().await?;
        let rma = rmas::of_case(&mut connection, case).await?;
        let nothing = |rma| Withdrawn { rma, cancelled: None, but: case, courier: false };
        let Some(rma) = rma else { return Ok(nothing(None)) };
        let needed = rmas::needed_by_others(&mut connection, rma.id, Some(case)).await?;
        drop(connection);
        if needed || step(rma.state, RmaAction::Cancel).is_none() {
            return Ok(nothing(Some(rma.id)));
        }
        let (courier, id) = (rma.awaits_courier(), rma.id);
        Ok(Withdrawn { courier, cancelled: Some(self.cancelled(rma)?), ..nothing(Some(id)) })
    }

    /// After the case itself, in its transaction. Answers every case of the return with its new version.
    pub(in crate::desk) async fn cancel_return(
        &self,
        tx: &mut Tx,
        withdrawn: &Withdrawn,
        by: Option<StaffId>,
    ) -> Result<Vec<(CaseId, StoreId, i64)>> {
        let Some(done) = &withdrawn.cancelled else { return Ok(Vec::new()) };
        if !rmas::save(tx, &done.rma).await? {
            return Err(AppError::Conflict.into());
        }
        self.note_on_cases(tx, done, by).await
    }

    /// Whoever was asked for a parcel or a courier is told that nothing comes of it.
    pub(super) fn cancelled(&self, rma: Rma) -> Result<Done> {
        let state = stepped(&rma, RmaAction::Cancel)?;
        let asked = !rma.shipment.is_empty() || rma.has_courier();
        let errand = if asked { self.errand(Wanted::Cancel) } else { Errand::default() };
        Ok(changed(Rma { state, errand, ..rma }, RmaAction::Cancel, String::new()))
    }

    /// The day goes when the carrier has been told; one that it was never asked for goes at once.
    pub(super) fn pick_up_cancelled(&self, book: &Book, rma: Rma, cases: &[Case]) -> Result<Done> {
        let state = stepped(&rma, RmaAction::CancelPickUp)?;
        if !rma.awaits_courier() {
            return Err(AppError::Conflict.into());
        }
        let letters = self.courier_cancelled_letters(book, &rma, cases)?;
        let rma = if rma.has_courier() {
            Rma { state, errand: self.errand(Wanted::CancelPickUp), ..rma }
        } else {
            let errand = match rma.errand.wanted {
                Some(Wanted::PickUp) => self.followed(&rma),
                _ => rma.errand.clone(),
            };
            Rma { state, errand, delivery: without_courier(&rma), ..rma }
        };
        Ok(Done { letters, ..changed(rma, RmaAction::CancelPickUp, String::new()) })
    }

    /// The carrier's system does not take it back, or nobody knows what became of it: a person has told the carrier.
    pub(super) fn settled_by_hand(&self, rma: Rma) -> Result<Done> {
        let state = stepped(&rma, RmaAction::SettleByHand)?;
        let stuck = !rma.errand.fault.is_empty();
        let shipment = match rma.errand.wanted {
            Some(Wanted::CancelPickUp) if stuck => rma.shipment.clone(),
            Some(Wanted::Cancel) if stuck => String::new(),
            _ => return Err(AppError::Conflict.into()),
        };
        let rma = Rma { state, shipment, pick_up: String::new(), delivery: without_courier(&rma), ..rma };
        let errand = self.followed(&rma);
        Ok(changed(Rma { errand, ..rma }, RmaAction::SettleByHand, String::new()))
    }

    /// Good again, with nothing of what a carrier gave for the first time.
    pub(super) async fn reissued(&self, book: &Book, rma: Rma) -> Result<Done> {
        let state = stepped(&rma, RmaAction::Reissue)?;
        if rma.has_courier() || rma.is_being_cancelled() {
            return Err(AppError::invalid("", "courier_ordered").into());
        }
        if !rmas::needed_by_others(&mut *self.db.read().await?, rma.id, None).await? {
            return Err(AppError::invalid("", "cases_closed").into());
        }
        let cases = self.cases_of_rma(&rma).await?;
        let until = valid_until(book.store(rma.store)?.today(&*self.clock), book.public_form.rma_days);
        let rma = Rma {
            state,
            valid_until: until,
            delivery: without_courier(&rma),
            waybill: String::new(),
            tracking_url: String::new(),
            label: None,
            code: String::new(),
            shipment: String::new(),
            ..rma
        };
        let (errand, letters) = self.first_errand(book, &rma, &cases)?;
        Ok(Done { letters, ..changed(Rma { errand, ..rma }, RmaAction::Reissue, until.to_string()) })
    }

    /// The goods are still to come, and the cases that they took up wait for them again.
    pub(super) fn receipt_undone(&self, book: &Book, rma: Rma, cases: &[Case]) -> Result<Done> {
        let state = stepped(&rma, RmaAction::UndoReceive)?;
        let came = rma.received.as_ref().map(|received| received.at);
        let rma = Rma { state, received: None, ..rma };
        let errand = if rma.is_being_cancelled() { rma.errand.clone() } else { self.followed(&rma) };
        let rma = Rma { errand, ..rma };
        let letters = self.return_extended_letters(book, &rma, cases, true)?;
        Ok(Done { letters, undone: came, ..changed(rma, RmaAction::UndoReceive, String::new()) })
    }

    /// What a new return wants first. Whoever sends a parcel is written to with its label; to whoever brings the goods there
    /// is nothing to wait for.
    pub(super) fn first_errand(
        &self,
        book: &Book,
        rma: &Rma,
        cases: &[Case],
    ) -> Result<(Errand, Vec<(CaseId, Letter)>)> {
        if rma.route().is_sent() {
            return Ok((self.errand(Wanted::Shipment), Vec::new()));
        }
        Ok((Errand::default(), self.bring_letters(book, rma, cases)?))
    }

    /// Something new, as of now.
    pub(super) fn errand(&self, wanted: Wanted) -> Errand {
        Errand::at(wanted, self.random.uuid(), self.clock.now_ms())
    }

    /// What is left to ask once nobody has to come: where the parcel is, which the job ends where its carrier does not tell.
    fn followed(&self, rma: &Rma) -> Errand {
        let known = !rma.shipment.is_empty() && rma.shipment != ASKED;
        if known && rma.state.is_awaited() { self.errand(Wanted::Track) } else { Errand::default() }
    }
}

fn without_courier(rma: &Rma) -> Delivery {
    let sent = matches!(rma.state, RmaState::Received | RmaState::Inspected);
    let route = if rma.route() == Route::PickUp && !sent { Route::Parcel } else { rma.route() };
    Delivery { window: None, route, ..rma.delivery.clone() }
}
