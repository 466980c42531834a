//! What a carrier's own page gave to somebody who asked there: a waybill, a code, a label as a file.

use super::Done;
use super::receive::within;
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::desk::carriage::Carriage;
use crate::files::Received;
use crate::files::label::LabelFile;
use crate::store::errands::{ASKED, Errand, Wanted};
use crate::store::error::Result;
use crate::store::rmas::{self, Rma};
use app::backend::Viewer;
use app::error::AppError;
use domain::attachment::Refusal;
use domain::event::EventKind;
use domain::number::Number;
use domain::rma::{RmaState, limits};
use domain::role::Right;
use uuid::Uuid;

pub struct Given {
    pub waybill: String,
    pub code: String,
    /// In the object store, with its type.
    pub label: Option<(Uuid, String)>,
    /// The customer gets it by letter.
    pub tell: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ByHandError {
    /// Something is wrong with the file.
    #[error("refused: {0}")]
    Refused(Refusal),
    #[error(transparent)]
    Failed(#[from] AppError),
}

impl Desk {
    pub(super) async fn set_by_hand(&self, book: &Book, rma: Rma, given: Given) -> Result<Done> {
        if !rma.state.is_awaited() {
            return Err(AppError::Conflict.into());
        }
        let waybill = domain::rma::waybill(&within(&given.waybill, "waybill", limits::WAYBILL)?);
        let code = within(&given.code, "code", limits::WAYBILL)?;
        let tracking_url = self.tracking_url(&waybill).await?;
        let label = given.label.or(rma.label.clone());
        // What somebody has looked up at the carrier is known.
        let shipment = if rma.shipment == ASKED { String::new() } else { rma.shipment.clone() };
        let errand = self.after_by_hand(&rma);
        let rma = Rma { waybill: waybill.clone(), code, tracking_url, label, shipment, errand, ..rma };
        let letters = if given.tell {
            let cases = self.cases_of_rma(&rma).await?;
            self.parcel_letters(book, &rma, &cases)?
        } else {
            Vec::new()
        };
        let codes = Some(waybill.clone()).filter(|waybill| !waybill.is_empty()).into_iter().collect();
        Ok(Done { letters, codes, ..Done::of(rma, vec![EventKind::WaybillSet { waybill }]) })
    }

    /// The parcel need not be announced any more. Its courier is still to be ordered, and nothing else is done by it.
    fn after_by_hand(&self, rma: &Rma) -> Errand {
        let courier = rma.delivery.window.is_some() && !rma.has_courier() && rma.state != RmaState::OnItsWay;
        match rma.errand.wanted {
            None | Some(Wanted::Shipment | Wanted::Announce) if courier => self.errand(Wanted::PickUp),
            None | Some(Wanted::Shipment | Wanted::Announce) => Errand::default(),
            Some(Wanted::PickUp | Wanted::Track | Wanted::CancelPickUp | Wanted::Cancel) => rma.errand.clone(),
        }
    }

    /// Where that waybill is followed; empty if nobody knows.
    async fn tracking_url(&self, waybill: &str) -> Result<String> {
        if waybill.is_empty() {
            return Ok(String::new());
        }
        let carrier = carriers::open(&Carriage::load(&self.db).await?.settings(), &self.http);
        Ok(carrier.ok().and_then(|carrier| carrier.tracking_url(waybill)).unwrap_or_default())
    }

    /// Before a label is read: whether the reader may bring one.
    ///
    /// # Errors
    /// `NotFound` beyond the reader's reach; `Conflict` once the goods are here.
    pub async fn label_is_wanted(&self, who: &Viewer, number: Number) -> Result<(), AppError> {
        let rma = self.rma_by_number(who, number).await.map_err(|error| self.fail(error))?;
        if rma.state.is_awaited() { Ok(()) } else { Err(AppError::Conflict) }
    }

    async fn rma_by_number(&self, who: &Viewer, number: Number) -> Result<Rma> {
        let rma = rmas::by_number(&mut *self.db.read().await?, number).await?;
        let rma = rma.filter(|rma| who.reach.covers(rma.store)).ok_or(AppError::NotFound)?;
        if !who.may(Right::Serve) {
            return Err(AppError::Forbidden.into());
        }
        Ok(rma)
    }

    /// Notes what came by hand, with a label's file or without.
    pub async fn take_label(
        &self,
        who: &Viewer,
        number: Number,
        version: i64,
        given: Given,
        file: Option<Received>,
    ) -> Result<(), ByHandError> {
        let rma = self.rma_by_number(who, number).await.map_err(|error| self.fail(error))?;
        if rma.version != version || !rma.state.is_awaited() {
            return Err(AppError::Conflict.into());
        }
        let label = match file {
            Some(file) => Some(self.keep_label(file).await?),
            None => None,
        };
        let kept = label.as_ref().map(|(id, _)| *id);
        let before = rma.label.as_ref().map(|(id, _)| *id);
        let book = self.book();
        let written = async {
            let done = self.set_by_hand(&book, rma, Given { label, ..given }).await?;
            self.commit_rma(done, Some(who.id)).await
        };
        match written.await {
            Ok(()) => {
                if kept.is_some()
                    && let Some(before) = before
                {
                    self.drop_label(before).await;
                }
                Ok(())
            }
            Err(error) => {
                if let Some(kept) = kept {
                    self.drop_label(kept).await;
                }
                Err(self.fail(error).into())
            }
        }
    }

    async fn keep_label(&self, file: Received) -> Result<(Uuid, String), ByHandError> {
        let id = file.ticket.id.0;
        let label = self.files.label_of(&file).await.map_err(ByHandError::Refused)?;
        let LabelFile { bytes, content_type } = label;
        self.files.keep_label(id, bytes).await.map_err(|error| self.incident(&error))?;
        Ok((id, content_type.to_owned()))
    }

    pub(super) async fn drop_label(&self, id: Uuid) {
        if let Err(error) = self.files.remove_label(id).await {
            tracing::warn!(%error, "a label without a return could not be removed");
        }
    }
}
