//! One round of one errand: what has been done is noted step by step, so that a round that is cut off goes on where it was.

use super::order::Papers;
use super::trouble::{Trouble, Verdict};
use crate::desk::Desk;
use crate::desk::carriage::Carriage;
use crate::desk::rmas::Done;
use crate::store::errands::{self, ASKED, Errand, Wanted};
use crate::store::rmas::{self, Rma};
use crate::store::{StoreError, cases::Case};
use app::backend::CarrierKind;
use app::error::AppError;
use carriers::webhook::{Message, Webhook};
use carriers::{Capabilities, Carrier, Fault, ShipmentRef};
use domain::event::EventKind;
use domain::rma::RmaState;
use futures::FutureExt;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// Two changes of one return in one moment are rare, and a third is none.
const TRIES: usize = 5;

pub struct Round {
    pub desk: Desk,
    /// As it was last read or written.
    pub rma: Rma,
    /// Until then the errand is this server's, milliseconds UTC.
    lease: i64,
}

/// Whom the errand goes to.
pub struct Ask {
    pub kind: CarrierKind,
    pub carrier: Arc<dyn Carrier>,
    pub can: Capabilities,
    pub webhook: Option<Webhook>,
}

impl Round {
    pub fn new(desk: &Desk, rma: Rma, lease: i64) -> Self {
        Self { desk: desk.clone(), rma, lease }
    }

    /// Another round may follow, though not before that moment.
    pub async fn release(&self, not_before: Option<i64>) -> Result<(), StoreError> {
        let (rma, lease) = (self.rma.id, self.lease);
        self.desk.db.write(move |tx| async move { errands::release(tx, rma, lease, not_before).await }.boxed()).await
    }

    pub async fn run(&mut self) -> Result<(), Trouble> {
        let Some(wanted) = self.rma.errand.wanted else { return self.end().await };
        let ask = self.ask().await?;
        match wanted {
            Wanted::Shipment => self.ship(&ask).await,
            Wanted::PickUp => self.order_pick_up(&ask).await,
            Wanted::Announce => self.announce(&ask).await,
            Wanted::Track => self.track(&ask).await,
            Wanted::CancelPickUp => self.cancel_pick_up(&ask).await,
            Wanted::Cancel => self.cancel(&ask).await,
        }
    }

    /// The carrier that has the shipment already; else the one that is set up now.
    async fn ask(&self) -> Result<Ask, Trouble> {
        let carriage = Carriage::load(&self.desk.db).await?;
        let kind = CarrierKind::from_key(&self.rma.carrier).unwrap_or(carriage.kind);
        let carriage = Carriage { kind, ..carriage };
        let http = &self.desk.http;
        let carrier = carriers::open(&carriage.settings(), http).map_err(|_| Trouble::Ours("settings"))?;
        let webhook = carriage.webhook().map(|settings| Webhook::open(settings, http)).transpose();
        let webhook = webhook.map_err(|_| Trouble::Ours("settings"))?;
        Ok(Ask { kind, can: carrier.capabilities(), carrier, webhook })
    }

    pub async fn cases(&self) -> Result<Vec<Case>, Trouble> {
        Ok(self.desk.cases_of_rma(&self.rma).await?)
    }

    pub async fn papers(&self) -> Result<Papers, Trouble> {
        let book = self.desk.book();
        let cases = self.cases().await?;
        Ok(Papers::new(&book, &self.rma, &cases, self.desk.clock.now())?)
    }

    pub fn shipment(&self) -> Result<ShipmentRef, Trouble> {
        serde_json::from_str(&self.rma.shipment).map_err(|_| Trouble::Fault(unclear()))
    }

    /// Notes something. `change` is put to the return as it is now: somebody may have been there meanwhile, and what a
    /// carrier has done is noted all the same.
    ///
    /// # Errors
    /// [`Trouble::Overtaken`] when it is noted and the errand is another by now.
    pub async fn note(&mut self, change: impl Fn(Rma) -> Result<Done, StoreError>) -> Result<(), Trouble> {
        let before = (self.rma.errand.wanted, self.rma.errand.id);
        for _ in 0..TRIES {
            let read = self.rma.clone();
            let overtaken = (read.errand.wanted, read.errand.id) != before;
            let mut done = change(read.clone())?;
            if overtaken {
                self.yield_to(&read, &mut done);
            }
            let after = Rma { version: read.version + 1, ..done.rma.clone() };
            match self.desk.commit_rma(done, None).await {
                Ok(()) if overtaken => return Err(Trouble::Overtaken),
                Ok(()) => {
                    self.rma = after;
                    return Ok(());
                }
                Err(StoreError::Answer(AppError::Conflict)) => self.read_anew().await?,
                Err(error) => return Err(error.into()),
            }
        }
        Err(Trouble::Store(StoreError::corrupt("a return that never stands still")))
    }

    /// What the return wants now is what somebody has said since. What was made for nobody is taken back.
    fn yield_to(&self, read: &Rma, done: &mut Done) {
        let rma = &mut done.rma;
        (rma.state, rma.errand) = (read.state, read.errand.clone());
        // Nothing was asked yet, and nothing will be.
        for (made, before) in [(&mut rma.shipment, &read.shipment), (&mut rma.pick_up, &read.pick_up)] {
            if made == ASKED {
                made.clone_from(before);
            }
        }
        let made = |now: &str, before: &str| now != before && !now.is_empty();
        let courier = made(&rma.pick_up, &read.pick_up);
        let wanted = match read.state {
            RmaState::Cancelled | RmaState::Received | RmaState::Inspected
                if courier || made(&rma.shipment, &read.shipment) =>
            {
                Some(Wanted::Cancel)
            }
            _ if courier && read.delivery.window.is_none() => Some(Wanted::CancelPickUp),
            _ => None,
        };
        if let Some(wanted) = wanted {
            rma.errand = Errand::at(wanted, self.desk.random.uuid(), self.desk.clock.now_ms());
        }
        done.letters.clear();
    }

    async fn read_anew(&mut self) -> Result<(), Trouble> {
        let now = rmas::by_id(&mut *self.desk.db.read().await?, self.rma.id).await?;
        self.rma = now.ok_or_else(|| StoreError::corrupt("a return that has gone"))?;
        Ok(())
    }

    /// The errand is done; `next` follows it.
    pub async fn go_on(
        &mut self,
        next: Errand,
        change: impl Fn(Rma) -> Result<Done, StoreError>,
    ) -> Result<(), Trouble> {
        self.note(move |rma| {
            let mut done = change(rma)?;
            done.rma.errand = next.clone();
            Ok(done)
        })
        .await
    }

    async fn end(&mut self) -> Result<(), Trouble> {
        self.go_on(Errand::default(), |rma| Ok(Done::of(rma, Vec::new()))).await
    }

    /// Tells the organisation's own system, if it has one. A message is the same at each try.
    pub async fn tell(&self, ask: &Ask, message: &Message<'_>) -> Result<(), Trouble> {
        let Some(webhook) = &ask.webhook else { return Ok(()) };
        let id = delivery_id(&self.rma, message.event());
        webhook.send(id, message, self.desk.clock.now()).await.map_err(Trouble::Webhook)
    }

    /// A fault that is new stands on the cases; one that is known already just puts the errand off.
    pub async fn note_trouble(&mut self, trouble: Trouble) -> Result<(), StoreError> {
        match trouble {
            Trouble::Overtaken => return Ok(()),
            Trouble::Store(error) => return Err(error),
            _ => {}
        }
        let now = self.desk.clock.now_ms();
        let follows = matches!(trouble, Trouble::Later(_) | Trouble::Delayed { .. });
        let attempts = if follows { 0 } else { self.rma.errand.attempts };
        let Verdict { fault, next_attempt_at } = trouble.verdict(attempts, now);
        if trouble.is_expected() {
            tracing::debug!(rma = %self.rma.number, attempt = attempts, fault, "a carrier is asked again");
        } else {
            tracing::warn!(rma = %self.rma.number, attempt = attempts, fault, "a carrier did not do it");
        }
        let told = !fault.is_empty() && fault != self.rma.errand.fault;
        if told {
            let errand = Errand { fault: fault.clone(), next_attempt_at, ..self.rma.errand.clone() };
            let happened = EventKind::CarrierFailed { note: fault };
            let noted = self.note(|rma| {
                let errand = Errand { attempts, ..errand.clone() };
                Ok(Done::of(Rma { errand, ..rma }, vec![happened.clone()]))
            });
            return match noted.await {
                Ok(()) | Err(Trouble::Overtaken) => Ok(()),
                Err(Trouble::Store(error)) => Err(error),
                Err(other) => Err(StoreError::corrupt(format_args!("{other:?}"))),
            };
        }
        let errand = Errand { attempts, fault, next_attempt_at, ..self.rma.errand.clone() };
        let rma = Rma { errand, ..self.rma.clone() };
        self.desk.db.write(move |tx| async move { errands::put_off(tx, &rma).await }.boxed()).await
    }
}

/// Nobody knows whether the carrier did what it was asked.
pub fn unclear() -> Fault {
    Fault::Unclear { detail: String::new() }
}

/// The same for the same message of the same errand; another once something is asked anew.
fn delivery_id(rma: &Rma, event: &str) -> Uuid {
    let asked = if rma.errand.id.is_nil() { rma.id.0 } else { rma.errand.id };
    let digest = Sha256::digest(format!("{asked} {event}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
