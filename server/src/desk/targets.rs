//! Watches the organisation's own targets: the handler is told once that one comes near and once that it has passed, however
//! many servers look; one that was down tells the last of both. It is no law: nothing follows, and nobody else is told.

use super::Desk;
use super::book::{Book, Staff};
use super::cases::letters::{Letter, case_facts};
use super::deadlines::handling;
use crate::mail::Facts;
use crate::store::cases::{self, Case};
use crate::store::days::Place;
use crate::store::error::Result;
use crate::store::{Tx, events, targets};
use app::urls;
use domain::contact::{Medium, Recipient};
use domain::deadline::own::{self, OwnStep};
use domain::event::EventKind;
use domain::format;
use domain::id::CaseId;
use domain::letter::Template;
use futures::FutureExt;
use jiff::ToSpan;
use jiff::civil::Date;

const PAGE: i64 = 200;

impl Desk {
    /// For a job, every minute or so.
    ///
    /// # Errors
    /// Those of the database. A case that cannot be told of is logged, and in nobody's way.
    pub async fn watch_targets(&self) -> Result<()> {
        let latest = self.latest();
        let before = own::days_before(&self.book().organisation.plan).unwrap_or_default();
        let near = latest.saturating_add(i64::from(before).days());
        let mut after = Place::default();
        loop {
            let page = targets::untold(&mut *self.db.read().await?, near, latest, &after, PAGE).await?;
            let Some((_, last)) = page.last() else { return Ok(()) };
            after = last.clone();
            for (case, _) in page {
                if let Err(error) = self.tell_target(case).await {
                    tracing::error!(%case, %error, "nobody could be told of a case's target");
                }
            }
        }
    }

    async fn tell_target(&self, case: CaseId) -> Result<()> {
        let desk = self.clone();
        let told = self.db.write(move |tx| async move { desk.told_target(tx, case).await }.boxed()).await?;
        if let Some((case, version, letters)) = told {
            if letters {
                self.letters.wake();
            }
            self.tell(case.id, case.store, version);
        }
        Ok(())
    }

    /// The case, its new version, and whether letters wait. `None` where nothing is to be told today, or was told.
    async fn told_target(&self, tx: &mut Tx, id: CaseId) -> Result<Option<(Case, i64, bool)>> {
        let (book, now) = (self.book(), self.clock.now_ms());
        let Some(case) = cases::by_id(tx, id).await? else { return Ok(None) };
        let today = book.store(case.store)?.today(&*self.clock);
        let Some(due) = case.due_on else { return Ok(None) };
        let Some(step) = own::step(due, &book.organisation.plan, today) else { return Ok(None) };
        if !targets::take(tx, id, due, step).await? {
            return Ok(None);
        }
        let what = match step {
            OwnStep::Near => EventKind::TargetNear { due },
            OwnStep::Passed => EventKind::TargetPassed { due },
        };
        let version = cases::bump(tx, id, now).await?;
        events::insert(tx, &events::NewEvent { id: self.random.id(), case: id, by: None, at_ms: now, what: &what })
            .await?;
        let mut letters = false;
        for staff in handling(&book, &case, today).into_iter().filter(|staff| !staff.email.is_empty()) {
            self.target_letter(&book, &case, staff, due, step)?.enqueue(tx, id, now).await?;
            letters = true;
        }
        Ok(Some((case, version, letters)))
    }

    fn target_letter(&self, book: &Book, case: &Case, staff: &Staff, due: Date, step: OwnStep) -> Result<Letter> {
        let day = format::date_long(staff.locale, due);
        let facts = Facts {
            deadline: if step == OwnStep::Near { day.clone() } else { String::new() },
            window: day,
            action_url: format!("{}{}", self.config.public_url, urls::case(case.number)),
            customer_name: String::new(),
            // An answer would go to the store.
            store_email: String::new(),
            ..case_facts(book, case)?
        };
        let to = Recipient { medium: Medium::Email, address: staff.email.clone() };
        self.letter(Template::Target, staff.locale, to, &facts)
    }
}
