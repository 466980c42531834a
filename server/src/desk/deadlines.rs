//! Watches the deadlines: who is told when, and what follows by law where nobody has done anything. Each step is done once,
//! whatever the clock does and however many servers look.

use super::Desk;
use super::book::{Book, Staff};
use super::cases::letters::{Letter, case_facts};
use super::law;
use crate::mail::Facts;
use crate::store::cases::{self, Case};
use crate::store::days::{self, Day};
use crate::store::error::Result;
use crate::store::law as rows;
use crate::store::{Tx, events};
use app::urls;
use domain::contact::{Medium, Recipient};
use domain::deadline::clocks::{Clock, State};
use domain::deadline::regimes::Consequence;
use domain::deadline::watch::{Due, Step, Watched, due};
use domain::event::EventKind;
use domain::format;
use domain::id::{CaseId, StaffId};
use domain::letter::Template;
use domain::role::Role;
use futures::FutureExt;
use jiff::civil::Date;
use std::sync::PoisonError;
use texts::words;

const PAGE: i64 = 200;

/// A case that changed, to be told after the commit, and whether letters wait.
struct Tended {
    case: Case,
    version: i64,
    letters: bool,
}

impl Desk {
    /// For a job, every minute or so.
    ///
    /// # Errors
    /// Those of the database. A case that cannot be tended is logged, and in nobody's way.
    pub async fn watch_deadlines(&self) -> Result<()> {
        // What one bad row stops is in nobody's way either: those whose day has come are told.
        if let Err(error) = self.revise_deadlines().await {
            tracing::error!(%error, "the deadlines could not all be worked out anew");
        }
        if let Err(error) = self.reckon_earlier().await {
            tracing::error!(%error, "earlier cases could not all be given their deadlines");
        }
        self.each_on(Day::Watch, |case| self.tend_case(case).boxed()).await
    }

    /// Cases from before there were deadlines get theirs, without a word: nothing of them has changed. What has passed long
    /// ago is noted, but nobody gets a letter for each. A case that cannot be read is logged once, and in nobody's way.
    async fn reckon_earlier(&self) -> Result<()> {
        let mut place = 0;
        loop {
            let page = rows::unreckoned(&mut *self.db.read().await?, place, PAGE).await?;
            let Some((_, last)) = page.last() else { return Ok(()) };
            place = *last;
            let ids: Vec<CaseId> = page.into_iter().map(|(id, _)| id).filter(|id| !self.is_set_aside(*id)).collect();
            match self.reckon(ids.clone()).await {
                Ok(()) => continue,
                Err(error) => tracing::warn!(%error, "earlier cases are given their deadlines one by one"),
            }
            for id in ids {
                if let Err(error) = self.reckon(vec![id]).await {
                    tracing::error!(case = %id, %error, "an earlier case could not be given its deadlines");
                    self.set_aside(id);
                }
            }
        }
    }

    /// All of them in one transaction.
    async fn reckon(&self, ids: Vec<CaseId>) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let (desk, book) = (self.clone(), self.book());
        let write = self.db.write(move |tx| {
            async move {
                let mut tended = Vec::new();
                for id in ids {
                    let Some(case) = cases::by_id(tx, id).await? else { continue };
                    let law = law::frozen(&book, &case)?;
                    if cases::begin_law(tx, &Case { law, ..case }).await? {
                        tended.extend(desk.tended(tx, id, true).await?);
                    }
                }
                Ok(tended)
            }
            .boxed()
        });
        for one in write.await? {
            self.tell_tended(&one);
        }
        Ok(())
    }

    fn is_set_aside(&self, case: CaseId) -> bool {
        self.set_aside.lock().unwrap_or_else(PoisonError::into_inner).contains(&case)
    }

    fn set_aside(&self, case: CaseId) {
        self.set_aside.lock().unwrap_or_else(PoisonError::into_inner).insert(case);
    }

    async fn tend_case(&self, case: CaseId) -> Result<()> {
        let desk = self.clone();
        let tended = self.db.write(move |tx| async move { desk.tended(tx, case, false).await }.boxed()).await?;
        if let Some(tended) = tended {
            self.tell_tended(&tended);
        }
        Ok(())
    }

    fn tell_tended(&self, tended: &Tended) {
        if tended.letters {
            self.letters.wake();
        }
        self.tell(tended.case.id, tended.case.store, tended.version);
    }

    /// `None` where nothing was to be done today, or another server was quicker. `earlier`: a case from before.
    async fn tended(&self, tx: &mut Tx, id: CaseId, earlier: bool) -> Result<Option<Tended>> {
        let (book, now) = (self.book(), self.clock.now_ms());
        if !days::hold(tx, Day::Watch, id, self.latest()).await? {
            return Ok(None);
        }
        let Some(before) = cases::by_id(tx, id).await? else { return Ok(None) };
        let store = book.store(before.store)?;
        let today = store.today(&*self.clock);
        let done = rows::done(tx, id).await?;
        let (mut happened, mut letters, mut after) = (Vec::new(), Vec::new(), before.clone());
        let reckoned = law::reckoned(&book, store, &before, today);
        // A fact that was corrected, and corrected back, brings back what had happened.
        let again = reckoned.deemed(today).filter(|_| before.law.recorded.deemed.is_none());
        after.law.recorded.deemed = before.law.recorded.deemed.or(again);
        for clock in reckoned.clocks.iter().filter(|clock| clock.is_awaited()) {
            let Some(watched) = Watched::law(clock, today) else { continue };
            for step in due(id, &watched, &book.organisation.plan, today, &done) {
                if !rows::take(tx, &step.key, id, now).await? || step.superseded {
                    continue;
                }
                happened.push(event(clock, &watched, &step));
                if earlier && step.step == Step::Passed {
                    continue;
                }
                for staff in told(&book, &before, step.step, today) {
                    letters.extend(self.reminder(&book, &before, staff, clock, &watched, &step)?);
                }
            }
        }
        let passed = |what: &EventKind| matches!(what, EventKind::DeadlinePassed { .. });
        if again.is_some() && !happened.iter().any(passed) {
            happened.extend(reckoned.clocks.iter().find_map(|clock| accepted(clock, today)));
        }
        let (mut after, moved) = law::after(&book, &before, after, now)?;
        after.law.watch = law::reckoned(&book, store, &after, today).watch.filter(|_| after.archived.is_none());
        cases::save_law(tx, &after).await?;
        happened.extend(moved);
        if happened.is_empty() {
            return Ok(None);
        }
        let version = cases::bump(tx, id, now).await?;
        for what in &happened {
            let event = events::NewEvent { id: self.random.id(), case: id, by: None, at_ms: now, what };
            events::insert(tx, &event).await?;
        }
        for letter in &letters {
            letter.enqueue(tx, id, now).await?;
        }
        Ok(Some(Tended { case: after, version, letters: !letters.is_empty() }))
    }

    fn reminder(
        &self,
        book: &Book,
        case: &Case,
        staff: &Staff,
        clock: &Clock,
        watched: &Watched,
        due: &Due,
    ) -> Result<Option<Letter>> {
        if staff.email.is_empty() {
            return Ok(None);
        }
        let l = staff.locale;
        let follows = |consequence: Consequence| texts::consequence::by_key(l, consequence.key()).unwrap_or_default();
        let passed = matches!(due.step, Step::Passed | Step::Fallback);
        let facts = Facts {
            reason: words::clock(l, clock.kind).to_owned(),
            question: words::step(l, due.step).to_owned(),
            deadline: if passed { String::new() } else { format::date_long(l, watched.safe_end) },
            window: format::date_long(l, watched.legal_end),
            outcome_hint: match watched.consequence {
                Consequence::NoneFixed => String::new(),
                other => follows(other).to_owned(),
            },
            action_url: format!("{}{}", self.config.public_url, urls::case(case.number)),
            // An answer would go to the store.
            store_email: String::new(),
            ..case_facts(book, case)?
        };
        let to = Recipient { medium: Medium::Email, address: staff.email.clone() };
        self.letter(Template::Deadline, l, to, &facts).map(Some)
    }
}

fn event(clock: &Clock, watched: &Watched, due: &Due) -> EventKind {
    match due.step {
        Step::Passed => EventKind::DeadlinePassed {
            clock: clock.kind,
            legal_end: watched.legal_end,
            consequence: watched.consequence,
        },
        step => EventKind::DeadlineNear { clock: clock.kind, step, safe_end: watched.safe_end },
    }
}

/// What silence has accepted by today.
fn accepted(clock: &Clock, today: Date) -> Option<EventKind> {
    let deemed = clock.consequence == Consequence::DeemedAccepted && clock.is_awaited();
    let legal_end = clock.ends.filter(|_| deemed && clock.state(today) == State::Passed)?.legal_end;
    Some(EventKind::DeadlinePassed { clock: clock.kind, legal_end, consequence: clock.consequence })
}

/// Whom a step is told: the handler, the deputies, the admins. Where there is none the next of them; never the customer.
fn told<'a>(book: &'a Book, case: &Case, step: Step, today: Date) -> Vec<&'a Staff> {
    let admins = || book.staff.values().filter(|staff| staff.active && staff.role == Role::Admin).collect::<Vec<_>>();
    match step {
        Step::Reminder(_) => handling(book, case, today),
        Step::Deputy => some_or(deputies(book, case, today), admins),
        Step::Admin | Step::Fallback => admins(),
        Step::Passed => {
            let mut all = admins();
            for staff in handlers(book, case, today) {
                if all.iter().all(|known| known.id != staff.id) {
                    all.push(staff);
                }
            }
            all
        }
    }
}

/// Whom the case concerns today: its handler and who stands in; where there is nobody the deputies, else the admins.
pub(super) fn handling<'a>(book: &'a Book, case: &Case, today: Date) -> Vec<&'a Staff> {
    let admins = || book.staff.values().filter(|staff| staff.active && staff.role == Role::Admin).collect();
    some_or(handlers(book, case, today), || some_or(deputies(book, case, today), admins))
}

fn some_or<'a>(staff: Vec<&'a Staff>, others: impl FnOnce() -> Vec<&'a Staff>) -> Vec<&'a Staff> {
    if staff.is_empty() { others() } else { staff }
}

/// The handler, and who stands in for them today.
fn handlers<'a>(book: &'a Book, case: &Case, today: Date) -> Vec<&'a Staff> {
    let Some(handler) = case.handler.filter(|handler| book.handles(*handler)) else { return Vec::new() };
    let stands_in = book.away(handler, case.store, today).and_then(|(_, stands_in)| stands_in);
    book.staff.get(&handler).into_iter().chain(stands_in).collect()
}

/// Who takes over where the handler does not act: the type's deputies, each by who stands in today; where the type names
/// none, its handler or the store's. Whoever has the case already is none of them.
fn deputies<'a>(book: &'a Book, case: &Case, today: Date) -> Vec<&'a Staff> {
    let kind = book.types.get(&case.type_key);
    let mut named = kind.map(|kind| kind.deputies.clone()).unwrap_or_default();
    let present = |id: StaffId| {
        let id = if book.presence(today).absence(id).is_some() {
            book.away(id, case.store, today).and_then(|(_, stands_in)| stands_in)?.id
        } else {
            id
        };
        book.handlers_of(case.store).find(|staff| staff.id == id && Some(id) != case.handler)
    };
    if named.is_empty() {
        let of_store = book.stores.get(&case.store).and_then(|store| store.handler);
        named.extend(
            [of_store, kind.and_then(|kind| kind.handler)].into_iter().flatten().find(|id| present(*id).is_some()),
        );
    }
    let mut deputies: Vec<&Staff> = Vec::new();
    for staff in named.into_iter().filter_map(present) {
        if deputies.iter().all(|known| known.id != staff.id) {
            deputies.push(staff);
        }
    }
    deputies
}
