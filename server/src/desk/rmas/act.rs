//! What staff do to a return: the table in `domain` decides, [`super::commit`] writes.

use super::Done;
use super::receive::within;
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::store::cases::Case;
use crate::store::errands::{self, ASKED, Errand, Wanted};
use crate::store::error::{Result, StoreError};
use crate::store::rmas::{Inspection, Rma};
use app::backend::{RmaDeed, Viewer};
use app::error::AppError;
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::{CaseId, RmaId, StaffId};
use domain::number::Number;
use domain::report::{Address, Delivery, Window};
use domain::rma::{RmaAction, RmaState, Route, limits, may_extend_to, right, step};
use domain::role::Right;
use jiff::civil::Date;

/// Whether the reader may issue a number for a case that has none.
pub fn may_issue(who: &Viewer, case: &Case) -> bool {
    who.may(Right::Serve) && case.archived.is_none() && !case.phase.is_closed()
}

const fn right_to(deed: &RmaDeed) -> Right {
    match deed {
        RmaDeed::Extend(_) => right(RmaAction::Extend),
        RmaDeed::OrderPickUp { .. } => right(RmaAction::OrderPickUp),
        RmaDeed::CancelPickUp => right(RmaAction::CancelPickUp),
        RmaDeed::Dispatch => right(RmaAction::Dispatch),
        RmaDeed::Receive { .. } => right(RmaAction::Receive),
        RmaDeed::Inspect { .. } => right(RmaAction::Inspect),
        RmaDeed::Cancel => right(RmaAction::Cancel),
        RmaDeed::Reissue => right(RmaAction::Reissue),
        RmaDeed::UndoReceive => right(RmaAction::UndoReceive),
        RmaDeed::SettleByHand => right(RmaAction::SettleByHand),
        RmaDeed::SetWaybill { .. } => Right::Serve,
        // A carrier that did not tell what it did may be asked for a second courier by it.
        RmaDeed::Retry => Right::Handle,
    }
}

pub(super) fn stepped(rma: &Rma, action: RmaAction) -> Result<RmaState, AppError> {
    step(rma.state, action).ok_or(AppError::Conflict)
}

impl Desk {
    pub(super) async fn carry_out_on_rma(&self, who: &Viewer, rma: RmaId, version: i64, deed: RmaDeed) -> Result<()> {
        let rma = self.reachable_rma(who, rma).await?;
        if !who.may(right_to(&deed)) {
            return Err(AppError::Forbidden.into());
        }
        if rma.version != version {
            return Err(AppError::Conflict.into());
        }
        let book = self.book();
        let now = self.clock.now_ms();
        let label = rma.label.as_ref().map(|(id, _)| *id);
        let done = match deed {
            RmaDeed::Extend(until) => {
                let cases = self.cases_of_rma(&rma).await?;
                self.extended(&book, rma, &cases, until)?
            }
            RmaDeed::OrderPickUp { date, from, to } => {
                let cases = self.cases_of_rma(&rma).await?;
                self.pick_up_ordered(&book, rma, &cases, Window { date, from, to })?
            }
            RmaDeed::CancelPickUp => {
                let cases = self.cases_of_rma(&rma).await?;
                self.pick_up_cancelled(&book, rma, &cases)?
            }
            RmaDeed::SettleByHand => self.settled_by_hand(rma)?,
            RmaDeed::Reissue => self.reissued(&book, rma).await?,
            RmaDeed::UndoReceive => {
                let cases = self.cases_of_rma(&rma).await?;
                self.receipt_undone(&book, rma, &cases)?
            }
            RmaDeed::SetWaybill { waybill, code, tell } => {
                self.set_by_hand(&book, rma, super::by_hand::Given { waybill, code, label: None, tell }).await?
            }
            RmaDeed::Dispatch => {
                let state = stepped(&rma, RmaAction::Dispatch)?;
                changed(Rma { state, ..rma }, RmaAction::Dispatch, String::new())
            }
            RmaDeed::Receive { condition, place, note } => {
                let cases = self.cases_of_rma(&rma).await?;
                self.received(&book, who, rma, &cases, (condition, &place, &note))?
            }
            RmaDeed::Inspect { note } => {
                let state = stepped(&rma, RmaAction::Inspect)?;
                let note = within(&note, "note", limits::NOTE)?;
                let inspected = Some(Inspection { at: now, by: who.id, note: note.clone() });
                changed(Rma { state, inspected, ..rma }, RmaAction::Inspect, note)
            }
            RmaDeed::Cancel => {
                let cases = self.cases_of_rma(&rma).await?;
                let letters = self.return_cancelled_letters(&book, &rma, &cases)?;
                Done { letters, ..self.cancelled(rma)? }
            }
            RmaDeed::Retry => {
                rma.errand.wanted.ok_or(AppError::Conflict)?;
                // Else what is being asked at this moment would be asked a second time.
                let under_way = errands::is_under_way(&mut *self.db.read().await?, rma.id, now).await?;
                if under_way && [&rma.shipment, &rma.pick_up].into_iter().any(|made| made == ASKED) {
                    return Err(AppError::invalid("", "being_asked").into());
                }
                let errand = Errand { attempts: 0, next_attempt_at: Some(now), fault: String::new(), ..rma.errand };
                // Whoever asks again has looked whether the first time came to anything.
                let known = |text: String| if text == ASKED { String::new() } else { text };
                let (shipment, pick_up) = (known(rma.shipment), known(rma.pick_up));
                Done::of(Rma { errand, shipment, pick_up, ..rma }, Vec::new())
            }
        };
        let gone = label.filter(|_| done.rma.label.is_none());
        self.commit_rma(done, Some(who.id)).await?;
        if let Some(gone) = gone {
            self.drop_label(gone).await;
        }
        Ok(())
    }

    fn extended(&self, book: &Book, rma: Rma, cases: &[Case], until: Date) -> Result<Done> {
        let state = stepped(&rma, RmaAction::Extend)?;
        if !may_extend_to(until, book.store(rma.store)?.today(&*self.clock)) {
            return Err(AppError::invalid("valid_until", "out_of_range").into());
        }
        let rma = Rma { state, valid_until: until, ..rma };
        let letters = self.return_extended_letters(book, &rma, cases, false)?;
        Ok(Done { letters, ..changed(rma, RmaAction::Extend, until.to_string()) })
    }

    /// The state follows once the carrier was asked, and the customer is told of the day with the label.
    fn pick_up_ordered(&self, book: &Book, rma: Rma, cases: &[Case], window: Window) -> Result<Done> {
        stepped(&rma, RmaAction::OrderPickUp)?;
        if rma.has_courier() || rma.is_being_cancelled() {
            return Err(AppError::invalid("", "courier_ordered").into());
        }
        let store = book.store(rma.store)?;
        let today = store.today(&*self.clock);
        if window.date < today {
            return Err(AppError::invalid("date", "out_of_range").into());
        }
        if !window.is_good(today) {
            return Err(AppError::invalid("window", "out_of_range").into());
        }
        let told = || Address::read(cases.first()?.answers.first(common::CUSTOMER_ADDRESS), &store.country);
        let from = rma.delivery.from.clone().or_else(told).ok_or_else(|| AppError::invalid("", "no_address"))?;
        let delivery = Delivery { route: Route::PickUp, from: Some(from), window: Some(window), ..rma.delivery };
        let errand = Errand::at(Wanted::Shipment, self.random.uuid(), self.clock.now_ms());
        Ok(Done::of(Rma { delivery, errand, ..rma }, Vec::new()))
    }

    pub(super) async fn issue(&self, who: &Viewer, case: CaseId, route: Route) -> Result<Number> {
        let case = self.reachable(who, case).await?;
        if !may_issue(who, &case) {
            return Err(AppError::Conflict.into());
        }
        if route == Route::PickUp {
            return Err(AppError::invalid("route", "unknown_choice").into());
        }
        let book = self.book();
        let country = &book.store(case.store)?.country;
        let delivery = Delivery {
            route,
            store: (route == Route::Store).then_some(case.store),
            from: Address::read(case.answers.first(common::CUSTOMER_ADDRESS), country).filter(|_| route.is_sent()),
            parcels: 1,
            window: None,
        };
        let rma = self.new_rma(&book, &case, delivery)?;
        let (errand, letters) = self.first_errand(&book, &rma, std::slice::from_ref(&case))?;
        let (rma, number) = (Rma { errand, ..rma }, rma.number);
        let done = Done { letters, ..Done::of(rma, vec![EventKind::RmaIssued { number }]) };
        self.commit_new_rma(done, case.id, who.id).await?;
        Ok(number)
    }
}

impl Desk {
    /// Somebody has the label on paper: what stands at "issued" goes on, anything else stays where it is.
    pub(in crate::desk) async fn note_label_printed(&self, rma: Rma, by: Option<StaffId>) -> Result<()> {
        match step(rma.state, RmaAction::PrintLabel) {
            Some(state) if state != rma.state => {
                let done = changed(Rma { state, ..rma }, RmaAction::PrintLabel, String::new());
                match self.commit_rma(done, by).await {
                    // It changed at this very moment, and what it is now counts.
                    Err(StoreError::Answer(AppError::Conflict)) => Ok(()),
                    done => done,
                }
            }
            _ => Ok(()),
        }
    }
}

pub(super) fn changed(rma: Rma, action: RmaAction, note: String) -> Done {
    Done::of(rma, vec![EventKind::RmaSet { action, note }])
}
