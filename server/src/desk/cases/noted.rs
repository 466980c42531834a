//! What the law looks at and the form does not ask, as staff note it.

use super::act::Done;
use super::findings::{came, newly_noted};
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::store::cases::Case;
use crate::store::error::Result;
use app::backend::Viewer;
use app::error::AppError;
use domain::deadline::recorded::Noted;
use domain::event::EventKind;
use domain::role::Right;

impl Desk {
    /// A day that is noted has come, and nobody answers what has not.
    pub(super) fn noted_law(&self, book: &Book, who: &Viewer, mut case: Case, noted: Noted) -> Result<Done> {
        if !who.may(Right::Handle) {
            return Err(AppError::Forbidden.into());
        }
        if case.archived.is_some() {
            return Err(AppError::Conflict.into());
        }
        let latest = self.latest();
        for (field, day) in [
            ("first_notice", noted.first_notice),
            ("received", noted.received),
            ("sent", noted.sent),
            ("answered", noted.answered),
            ("reached", noted.reached),
            ("goods_received", noted.goods_received),
            ("repair_notice", noted.repair_notice),
            ("repaired", noted.repaired),
            ("handed_back", noted.handed_back),
            ("replaced", noted.replaced),
            ("recourse_claimed", noted.recourse_claimed),
        ] {
            if day.is_some_and(|day| day > latest) {
                return Err(AppError::invalid(field, "in_future").into());
            }
        }
        if noted.handed_back.is_some() && noted.repaired.is_none() {
            return Err(AppError::invalid("repaired", "missing").into());
        }
        let filed = book.store(case.store)?.moment(case.registered_at).local.date();
        let received = noted.received.map_or(filed, |noted| noted.min(filed));
        if noted.answered.is_some_and(|answered| answered < received) {
            return Err(AppError::invalid("answered", "before_complaint").into());
        }
        let arrived: Vec<_> = newly_noted(&case.law.recorded.noted, &noted).collect();
        case.law.recorded.noted = noted;
        let done = Done::of(case, vec![EventKind::LawNoted]);
        Ok(arrived.into_iter().fold(done, |done, what| came(who, done, what)))
    }
}
