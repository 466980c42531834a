//! Where a parcel is, now and then, until it is here.

use super::round::{Ask, Round};
use super::shipment::named;
use super::trouble::Trouble;
use crate::clock::HOUR_MS;
use crate::desk::rmas::Done;
use crate::store::errands::Errand;
use crate::store::rmas::Rma;
use carriers::{Fault, State};
use domain::event::EventKind;
use domain::rma::{RmaAction, RmaState, step};
use jiff::ToSpan;

/// Two hours: people look themselves where it matters to the minute.
pub const EVERY_MS: i64 = 2 * HOUR_MS;
/// Nobody waits for a parcel so long after its number has expired, in days.
const PATIENCE: i32 = 30;

impl Round {
    pub async fn track(&mut self, ask: &Ask) -> Result<(), Trouble> {
        let now = self.desk.clock.now_ms();
        let today = self.desk.book().store(self.rma.store)?.today(&*self.desk.clock);
        if !ask.can.track
            || !self.rma.state.is_awaited()
            || today > self.rma.valid_until.saturating_add(PATIENCE.days())
        {
            return self.go_on(Errand::default(), |rma| Ok(Done::of(rma, Vec::new()))).await;
        }
        let at_carrier = self.shipment()?;
        let tracking = match ask.carrier.track(&at_carrier).await {
            // Not to know for a while where a parcel is troubles nobody.
            Err(Fault::Unavailable { .. } | Fault::NotReady { .. }) => return Err(self.later(now + EVERY_MS)),
            other => other?,
        };
        if tracking.at_carrier != at_carrier {
            self.note(|rma| named(rma, ask, &tracking.at_carrier)).await?;
        }
        let moves =
            matches!(tracking.state, State::OnTheWay | State::OutForDelivery | State::AtPoint | State::Delivered);
        if moves && self.rma.state != RmaState::OnItsWay {
            self.note(|rma| {
                let state = step(rma.state, RmaAction::Dispatch).unwrap_or(rma.state);
                let happened = EventKind::RmaSet { action: RmaAction::Dispatch, note: String::new() };
                Ok(Done::of(Rma { state, ..rma }, vec![happened]))
            })
            .await?;
        }
        match tracking.state {
            // The rest of the way is the store's: it takes the parcel in.
            State::Delivered => self.go_on(Errand::default(), |rma| Ok(Done::of(rma, Vec::new()))).await,
            // A day's delay, a missed delivery: most go on by themselves.
            State::Trouble | State::Returning => {
                Err(Trouble::Delayed { said: tracking.trouble.unwrap_or_default(), again_at: now + EVERY_MS })
            }
            State::Returned | State::Cancelled => Err(Trouble::Parcel(tracking.trouble.unwrap_or_default())),
            _ => Err(Trouble::Later(now + EVERY_MS)),
        }
    }

    /// What was wrong stands until the carrier says that it is over.
    fn later(&self, again_at: i64) -> Trouble {
        match self.rma.errand.fault.strip_prefix("trouble") {
            Some(said) => Trouble::Delayed { said: said.trim_start().to_owned(), again_at },
            None => Trouble::Later(again_at),
        }
    }
}
