//! A parcel is announced: the shipment, its label, and the letter that tells the customer how to send it.

use super::round::{Ask, Round, unclear};
use super::trouble::Trouble;
use crate::desk::rmas::Done;
use crate::files::label::{LABEL_PDF, LABEL_ZPL};
use crate::store::errands::{ASKED, Errand, Wanted};
use crate::store::rmas::Rma;
use carriers::webhook::Message;
use carriers::{LabelFormat, ShipmentRef, State};
use domain::event::EventKind;
use domain::rma::Route;

/// What a shipment's newest name makes of the return.
pub fn named(rma: Rma, ask: &Ask, at_carrier: &ShipmentRef) -> Result<Done, crate::store::StoreError> {
    let shipment = serde_json::to_string(at_carrier)?;
    let waybill = domain::rma::waybill(at_carrier.waybill.as_deref().unwrap_or_default());
    let carrier = ask.kind.key().to_owned();
    let rma = Rma { shipment, carrier, ..rma };
    if waybill.is_empty() || waybill == rma.waybill {
        return Ok(Done::of(rma, Vec::new()));
    }
    let tracking_url = ask.carrier.tracking_url(&waybill).unwrap_or_default();
    let events = vec![EventKind::WaybillSet { waybill: waybill.clone() }];
    let codes = vec![waybill.clone()];
    Ok(Done { codes, ..Done::of(Rma { waybill, tracking_url, ..rma }, events) })
}

impl Round {
    pub async fn ship(&mut self, ask: &Ask) -> Result<(), Trouble> {
        if self.rma.shipment.is_empty() {
            self.create(ask).await?;
        }
        if !ask.can.by_hand {
            self.confirmed(ask).await?;
            self.fetch_label(ask).await?;
        }
        self.write_to_customer(ask).await
    }

    async fn create(&mut self, ask: &Ask) -> Result<(), Trouble> {
        let papers = self.papers().await?;
        let order = if ask.can.by_hand { &papers.order } else { papers.complete()? };
        if !ask.can.finds {
            self.note(|rma| Ok(Done::of(Rma { shipment: ASKED.to_owned(), ..rma }, Vec::new()))).await?;
        }
        match ask.carrier.create(order).await {
            Ok(made) => {
                self.note(|rma| named(rma, ask, &made.at_carrier)).await?;
                stands(made.state, made.trouble)
            }
            Err(fault) => {
                // The carrier has said that it did not do it: nobody needs to look it up.
                if !ask.can.finds && !matches!(fault, carriers::Fault::Unclear { .. }) {
                    self.note(|rma| Ok(Done::of(Rma { shipment: String::new(), ..rma }, Vec::new()))).await?;
                }
                Err(fault.into())
            }
        }
    }

    /// Waits for the carrier's word, and for the waybill that comes with it.
    async fn confirmed(&mut self, ask: &Ask) -> Result<(), Trouble> {
        if self.rma.shipment == ASKED {
            return Err(unclear().into());
        }
        let at_carrier = self.shipment()?;
        if at_carrier.waybill.is_some() || !ask.can.track {
            return Ok(());
        }
        let tracking = ask.carrier.track(&at_carrier).await?;
        if tracking.at_carrier != at_carrier {
            self.note(|rma| named(rma, ask, &tracking.at_carrier)).await?;
        }
        stands(tracking.state, tracking.trouble)?;
        if tracking.at_carrier.waybill.is_none() {
            return Err(carriers::Fault::NotReady { detail: String::new() }.into());
        }
        Ok(())
    }

    async fn fetch_label(&mut self, ask: &Ask) -> Result<(), Trouble> {
        let format = match (ask.can.label_pdf, ask.can.label_zpl) {
            _ if self.rma.label.is_some() => return Ok(()),
            (true, _) => LabelFormat::Pdf,
            (false, true) => LabelFormat::Zpl,
            (false, false) => return Ok(()),
        };
        let label = ask.carrier.label(&self.shipment()?, format).await?;
        let content_type = match format {
            LabelFormat::Pdf => LABEL_PDF,
            LabelFormat::Zpl => LABEL_ZPL,
        };
        let id = self.desk.random.uuid();
        let kept = self.desk.files.keep_label(id, label.bytes).await;
        kept.map_err(|error| Trouble::Store(crate::store::StoreError::corrupt(error)))?;
        self.note(|rma| Ok(Done::of(Rma { label: Some((id, content_type.to_owned())), ..rma }, Vec::new()))).await
    }

    /// In one transaction with the end of the errand, so that there is one letter.
    async fn write_to_customer(&mut self, ask: &Ask) -> Result<(), Trouble> {
        let cases = self.cases().await?;
        let (desk, now) = (self.desk.clone(), self.desk.clock.now_ms());
        let book = desk.book();
        let next = match self.rma.route() {
            Route::PickUp => self.rma.errand.then(Wanted::PickUp, now),
            _ if ask.can.by_hand && ask.webhook.is_some() => self.rma.errand.then(Wanted::Announce, now),
            _ => self.followed(ask),
        };
        self.go_on(next, |rma| {
            let letters = desk.parcel_letters(&book, &rma, &cases)?;
            Ok(Done { letters, ..Done::of(rma, Vec::new()) })
        })
        .await
    }

    /// What is left once the parcel is announced and its courier ordered.
    pub fn followed(&self, ask: &Ask) -> Errand {
        let tracks = ask.can.track && !self.rma.shipment.is_empty() && self.rma.state.is_awaited();
        if tracks {
            self.rma.errand.then(Wanted::Track, self.desk.clock.now_ms() + super::track::EVERY_MS)
        } else {
            Errand::default()
        }
    }

    pub async fn announce(&mut self, ask: &Ask) -> Result<(), Trouble> {
        let papers = self.papers().await?;
        self.tell(ask, &Message::ShipmentRequested { order: &papers.order }).await?;
        let next = self.followed(ask);
        self.go_on(next, |rma| Ok(Done::of(rma, Vec::new()))).await
    }
}

/// What a carrier has taken on, whether it stands.
fn stands(state: State, trouble: Option<String>) -> Result<(), Trouble> {
    match (state, trouble) {
        (State::Cancelled, said) => Err(Trouble::Parcel(said.unwrap_or_default())),
        (State::Pending, Some(said)) | (State::Trouble, Some(said)) => Err(Trouble::Parcel(said)),
        (State::Pending, None) => Err(carriers::Fault::NotReady { detail: String::new() }.into()),
        _ => Ok(()),
    }
}
