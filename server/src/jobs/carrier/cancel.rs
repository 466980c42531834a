//! A courier is sent away, a shipment taken back.

use super::round::{Ask, Round, unclear};
use super::trouble::Trouble;
use crate::desk::rmas::Done;
use crate::store::errands::{ASKED, Errand};
use crate::store::rmas::Rma;
use carriers::PickupRef;
use carriers::webhook::Message;
use domain::letter::Template;
use domain::report::Delivery;
use domain::rma::Route;

impl Round {
    /// The return goes on without a courier. Once its goods are here, only the courier is left to be told.
    pub async fn cancel_pick_up(&mut self, ask: &Ask) -> Result<(), Trouble> {
        self.send_courier_away(ask).await?;
        self.withdraw(ask).await?;
        let next = self.followed(ask);
        self.go_on(next, |rma| {
            let route = if rma.state.is_awaited() { Route::Parcel } else { rma.route() };
            let delivery = Delivery { window: None, route, ..rma.delivery.clone() };
            Ok(Done::of(Rma { delivery, ..rma }, Vec::new()))
        })
        .await
    }

    pub async fn cancel(&mut self, ask: &Ask) -> Result<(), Trouble> {
        self.send_courier_away(ask).await?;
        match self.rma.shipment.as_str() {
            "" => {}
            ASKED => return Err(unclear().into()),
            _ if ask.can.by_hand => {}
            _ => ask.carrier.cancel(&self.shipment()?).await?,
        }
        self.withdraw(ask).await?;
        self.go_on(Errand::default(), |rma| {
            let delivery = Delivery { window: None, ..rma.delivery.clone() };
            Ok(Done::of(Rma { delivery, shipment: String::new(), ..rma }, Vec::new()))
        })
        .await
    }

    async fn send_courier_away(&mut self, ask: &Ask) -> Result<(), Trouble> {
        match self.rma.pick_up.as_str() {
            "" => return Ok(()),
            ASKED => return Err(unclear().into()),
            _ => {}
        }
        let made: PickupRef = serde_json::from_str(&self.rma.pick_up).map_err(crate::store::StoreError::from)?;
        if !made.by_hand {
            ask.carrier.cancel_pickup(&made).await?;
            return self.note(|rma| Ok(Done::of(Rma { pick_up: String::new(), ..rma }, Vec::new()))).await;
        }
        let cases = self.cases().await?;
        let (desk, book) = (self.desk.clone(), self.desk.book());
        self.note(|rma| {
            let letters = desk.pick_up_letter(Template::PickUpCancelled, &book, &rma, &cases)?.into_iter().collect();
            Ok(Done { letters, ..Done::of(Rma { pick_up: String::new(), ..rma }, Vec::new()) })
        })
        .await
    }

    /// After what is noted, as with an order: a system that is away holds up no letter.
    async fn withdraw(&self, ask: &Ask) -> Result<(), Trouble> {
        if !ask.can.by_hand {
            return Ok(());
        }
        let papers = self.papers().await?;
        self.tell(ask, &Message::Withdrawn { order: &papers.order }).await
    }
}
