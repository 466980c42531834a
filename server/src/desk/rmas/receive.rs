//! Goods that come: with their number, with an expired one, with another's or with none.

use super::Done;
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::store::StoreError;
use crate::store::cases::Case;
use crate::store::errands::{Errand, Wanted};
use crate::store::error::Result;
use crate::store::rmas::{self, Receipt, Rma};
use app::backend::Viewer;
use app::error::AppError;
use domain::event::EventKind;
use domain::form::clean_lines;
use domain::id::CaseId;
use domain::number::Number;
use domain::report::Delivery;
use domain::rma::{Condition, RmaAction, RmaState, Route, limits, step, valid_until};
use domain::role::Right;

/// What somebody wrote, without what nobody types on purpose.
///
/// # Errors
/// `Invalid` with the input's name when it is longer than `most` letters.
pub(super) fn within(text: &str, field: &str, most: usize) -> Result<String, AppError> {
    let text = clean_lines(text);
    if text.chars().count() > most { Err(AppError::invalid(field, "text_too_long")) } else { Ok(text) }
}

impl Desk {
    /// Validity is not asked: who sent the goods late has sent them all the same.
    pub(super) fn received(
        &self,
        book: &Book,
        who: &Viewer,
        rma: Rma,
        cases: &[Case],
        (condition, place, note): (Condition, &str, &str),
    ) -> Result<Done> {
        let state = step(rma.state, RmaAction::Receive).ok_or(AppError::Conflict)?;
        let place = within(place, "place", limits::PLACE)?;
        let note = within(note, "note", limits::NOTE)?;
        let written =
            [place.as_str(), &note].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        let received = Some(Receipt { at: self.clock.now_ms(), by: who.id, condition, place, note });
        let letters = self.goods_received_letters(book, cases)?;
        // Of a carrier nothing is wanted for goods that are here, but that nobody comes for them in vain.
        let in_vain = rma.has_courier() && rma.state != RmaState::OnItsWay;
        let errand = if in_vain { self.errand(Wanted::CancelPickUp) } else { Errand::default() };
        let rma = Rma { state, received, errand, ..rma };
        let events = vec![EventKind::RmaSet { action: RmaAction::Receive, note: written }];
        Ok(Done { letters, goods: true, ..Done::of(rma, events) })
    }

    pub(super) async fn matched(
        &self,
        who: &Viewer,
        case: CaseId,
        condition: Condition,
        place: String,
        note: String,
    ) -> Result<Number> {
        let case = self.reachable(who, case).await?;
        if !who.may(Right::Serve) {
            return Err(AppError::Forbidden.into());
        }
        let book = self.book();
        let rma = rmas::of_case(&mut *self.db.read().await?, case.id).await?;
        let written = (condition, place.as_str(), note.as_str());
        if let Some(rma) = rma {
            if !who.reach.covers(rma.store) {
                return Err(AppError::NotFound.into());
            }
            let number = rma.number;
            let cases = self.cases_of_rma(&rma).await?;
            self.commit_rma(self.received(&book, who, rma, &cases, written)?, Some(who.id)).await?;
            return Ok(number);
        }
        let delivery = Delivery { route: Route::Parcel, store: None, from: None, parcels: 1, window: None };
        let rma = self.new_rma(&book, &case, delivery)?;
        let (id, number) = (case.id, rma.number);
        let mut done = self.received(&book, who, rma, &[case], written)?;
        done.events.insert(0, EventKind::RmaIssued { number });
        self.commit_new_rma(done, id, who.id).await?;
        Ok(number)
    }

    /// It bears the case's number; nothing is asked of a carrier yet.
    pub(super) fn new_rma(&self, book: &Book, case: &Case, delivery: Delivery) -> Result<Rma, StoreError> {
        let store = book.store(case.store)?;
        Ok(Rma {
            id: self.random.id(),
            number: case.number,
            version: 1,
            store: case.store,
            state: RmaState::Issued,
            issued_at: self.clock.now_ms(),
            valid_until: valid_until(store.today(&*self.clock), book.public_form.rma_days),
            delivery,
            carrier: String::new(),
            shipment: String::new(),
            pick_up: String::new(),
            waybill: String::new(),
            tracking_url: String::new(),
            label: None,
            code: String::new(),
            errand: Errand::default(),
            received: None,
            inspected: None,
        })
    }
}
