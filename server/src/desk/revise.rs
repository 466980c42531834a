//! A release may bring another table of deadlines or another calendar: what is kept of the clocks of all cases is worked out
//! anew, once, and each case whose day moved says so.

use super::{Desk, law};
use crate::store::cases::{self, Case};
use crate::store::days::Place;
use crate::store::error::Result;
use crate::store::{events, law as rows};
use domain::deadline::regimes::Table;
use domain::event::EventKind;
use domain::id::EventId;
use futures::FutureExt;

/// Cases that share a reading, and a commit where their days moved.
const PAGE: i64 = 500;

/// What the kept days hang on.
fn stamp() -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), Table::current().version)
}

impl Desk {
    /// Cheap where this release has done it already. One that is cut off begins again.
    pub(super) async fn revise_deadlines(&self) -> Result<()> {
        let stamp = stamp();
        if rows::stamp(&mut *self.db.read().await?).await? == stamp {
            return Ok(());
        }
        while self.revise_all().await? > 0 {}
        self.db.write(move |tx| async move { rows::set_stamp(tx, &stamp).await }.boxed()).await
    }

    /// One round over all cases; how many somebody changed meanwhile, perhaps without working their clocks out.
    async fn revise_all(&self) -> Result<usize> {
        let (mut place, mut missed) = (Place::default(), 0);
        loop {
            let page = cases::active(&mut *self.db.read().await?, &place, PAGE).await?;
            let Some((_, last, _)) = page.last() else { return Ok(missed) };
            place = last.clone();
            let book = self.book();
            let moved: Vec<_> = page
                .into_iter()
                .filter_map(|(id, _, case)| {
                    let revised = case.and_then(|case| Ok((law::revised(&book, &case)?, case)));
                    let (law, case) = match revised {
                        Ok((law, case)) => Some((law, case)).filter(|(law, case)| *law != case.law)?,
                        Err(error) => {
                            tracing::error!(case = %id, %error, "the deadlines of a case could not be worked out anew");
                            return None;
                        }
                    };
                    Some((case.law.on, Case { law, ..case }, self.random.id()))
                })
                .collect();
            missed += self.keep_revised(moved).await?;
        }
    }

    /// How many of them somebody has changed meanwhile.
    async fn keep_revised(&self, moved: Vec<(Option<jiff::civil::Date>, Case, EventId)>) -> Result<usize> {
        if moved.is_empty() {
            return Ok(0);
        }
        let (now, all) = (self.clock.now_ms(), moved.len());
        let told = self
            .db
            .write(move |tx| {
                async move {
                    let mut told = Vec::new();
                    for (before, case, event) in moved {
                        if !cases::revise_law(tx, &case, now).await? {
                            continue;
                        }
                        if before != case.law.on {
                            let what = EventKind::DeadlinesRevised { before, after: case.law.on };
                            let event =
                                events::NewEvent { id: event, case: case.id, by: None, at_ms: now, what: &what };
                            events::insert(tx, &event).await?;
                        }
                        told.push((case.id, case.store, case.version + 1));
                    }
                    Ok(told)
                }
                .boxed()
            })
            .await?;
        let missed = all - told.len();
        for (case, store, version) in told {
            self.live.tell(crate::live::Changed { case, store: Some(store), version });
        }
        Ok(missed)
    }
}
