//! Whom a case waits for: what reminds them, and what tells the handler that nothing came.

use super::Desk;
use super::book::Book;
use super::reminders::Reminded;
use crate::store::Tx;
use crate::store::cases::Case;
use crate::store::error::Result;
use domain::event::EventKind;
use domain::phase::Waiting;
use domain::waiting::{Turn, Waited};
use jiff::civil::Date;

/// Who that is, as the timeline names them; empty for the customer.
fn name(waited: &Waited) -> String {
    waited.whom.clone()
}

impl Desk {
    /// Somebody who is waited for has had their time.
    pub(super) async fn remind_waited(&self, _tx: &mut Tx, book: &Book, case: Case, today: Date) -> Result<Reminded> {
        let (Some(on), Some(waited)) = (case.phase.waits_on(), case.handling.waiting.clone()) else {
            return Ok(Reminded::of(Case { remind_on: None, ..case }));
        };
        let reachable = self.may_be_reminded(on, &waited, &case);
        let Some((turn, after)) = waited.turn(book.pauses.of(on), reachable, today) else {
            return Ok(Reminded::of(Case { remind_on: waited.next, ..case }));
        };
        let mut reminded = Reminded::of(Case { remind_on: after.next, ..case });
        match turn {
            Some(Turn::Remind) => {
                reminded.events.push(EventKind::Reminded { whom: name(&after), count: after.reminded });
            }
            Some(Turn::Tell) => reminded.events.push(EventKind::Unanswered { whom: name(&after) }),
            None => {}
        }
        reminded.case.handling.waiting = Some(after);
        Ok(reminded)
    }

    /// There is somewhere to write to.
    fn may_be_reminded(&self, on: Waiting, waited: &Waited, case: &Case) -> bool {
        if on.is_partner() { !waited.email.is_empty() } else { self.recipient(&case.known).is_some() }
    }
}
