//! A courier is ordered: of the carrier's system, or of people by letter.

use super::order::{early_on, shown};
use super::round::{Ask, Round, unclear};
use super::trouble::Trouble;
use crate::desk::rmas::Done;
use crate::store::errands::ASKED;
use crate::store::rmas::Rma;
use carriers::webhook::Message;
use carriers::{PickupRef, Pickups};
use domain::event::EventKind;
use domain::letter::Template;
use domain::report::Window;
use domain::rma::{RmaAction, step};

impl Round {
    pub async fn order_pick_up(&mut self, ask: &Ask) -> Result<(), Trouble> {
        let Some(window) = self.rma.delivery.window else {
            // Called off in the meantime.
            let next = self.followed(ask);
            return self.go_on(next, |rma| Ok(Done::of(rma, Vec::new()))).await;
        };
        if self.rma.pick_up.is_empty() {
            let zone = self.desk.book().store(self.rma.store)?.zone.clone();
            if window.has_passed(self.desk.clock.now().to_zoned(zone).datetime()) {
                return Err(Trouble::Ours("window_passed"));
            }
            if ask.can.by_hand { self.ask_people(ask, window).await? } else { self.ask_system(ask, window).await? }
        }
        if self.rma.pick_up == ASKED {
            return Err(unclear().into());
        }
        if ask.can.by_hand {
            let papers = self.papers().await?;
            let pickup = papers.pickup(window);
            let message = Message::PickupRequested { order: &papers.order, pickup: &pickup };
            self.tell(ask, &message).await?;
        }
        let next = self.followed(ask);
        self.go_on(next, |rma| Ok(Done::of(rma, Vec::new()))).await
    }

    /// The letter is queued with the state that it brings; the webhook follows.
    async fn ask_people(&mut self, ask: &Ask, window: Window) -> Result<(), Trouble> {
        let cases = self.cases().await?;
        let book = self.desk.book();
        let desk = self.desk.clone();
        if desk.pick_up_letter(Template::PickUp, &book, &self.rma, &cases)?.is_none() && ask.webhook.is_none() {
            return Err(Trouble::Ours("nobody"));
        }
        let made = PickupRef { id: String::new(), by_hand: true, earliest: None, latest: None };
        let told = shown(window, book.organisation.locale);
        self.note(|rma| {
            let letters = desk.pick_up_letter(Template::PickUp, &book, &rma, &cases)?.into_iter().collect();
            Ok(Done { letters, ..ordered(rma, &made, &told)? })
        })
        .await
    }

    async fn ask_system(&mut self, ask: &Ask, window: Window) -> Result<(), Trouble> {
        let book = self.desk.book();
        let store = book.store(self.rma.store)?;
        match ask.can.pickup {
            Pickups::None => return Err(carriers::Fault::Unsupported.into()),
            Pickups::NextRound => {
                let earliest = early_on(window, store);
                if self.desk.clock.now_ms() < earliest {
                    return Err(Trouble::Later(earliest));
                }
            }
            Pickups::Day | Pickups::Window => {}
        }
        let papers = self.papers().await?;
        papers.complete()?;
        let shipments = match self.rma.shipment.as_str() {
            // Its label came by hand, and the carrier's system fetches only what it knows.
            "" if ask.can.pickup == Pickups::NextRound => return Err(carriers::Fault::Unsupported.into()),
            "" => Vec::new(),
            _ => vec![self.shipment()?],
        };
        if !ask.can.finds {
            self.note(|rma| Ok(Done::of(Rma { pick_up: ASKED.to_owned(), ..rma }, Vec::new()))).await?;
        }
        match ask.carrier.pickup(&shipments, &papers.pickup(window)).await {
            Ok(made) => {
                let told = shown(window, book.organisation.locale);
                self.note(|rma| ordered(rma, &made, &told)).await
            }
            Err(fault) => {
                if !ask.can.finds && !matches!(fault, carriers::Fault::Unclear { .. }) {
                    self.note(|rma| Ok(Done::of(Rma { pick_up: String::new(), ..rma }, Vec::new()))).await?;
                }
                Err(fault.into())
            }
        }
    }
}

fn ordered(rma: Rma, made: &PickupRef, told: &str) -> Result<Done, crate::store::StoreError> {
    let pick_up = serde_json::to_string(made)?;
    let state = step(rma.state, RmaAction::OrderPickUp).unwrap_or(rma.state);
    let happened = EventKind::RmaSet { action: RmaAction::OrderPickUp, note: told.to_owned() };
    Ok(Done::of(Rma { pick_up, state, ..rma }, vec![happened]))
}
