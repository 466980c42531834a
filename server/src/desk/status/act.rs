//! What customers send to their case: words, pictures, that they take it back, that they need more time.

use super::{TRIES, somebody_was_quicker};
use crate::clock::{DAY_MS, token_hash};
use crate::desk::Desk;
use crate::desk::cases::letters::{Letter, case_facts};
use crate::desk::cases::standing;
use crate::desk::law;
use crate::mail::Facts;
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use crate::store::events::{self, NewEvent};
use crate::store::messages::{self, NewMessage};
use crate::store::rmas::{self, Rma};
use crate::store::upload_links::{self, NewLink};
use crate::store::{StoreError, Tx};
use app::error::AppError;
use app::urls;
use domain::customer::{CustomerAction, step};
use domain::decision::TEXT_LIMIT;
use domain::event::EventKind;
use domain::form::clean_lines;
use domain::id::{CaseId, EventId, MessageId};
use domain::letter::Template;
use domain::number::Number;
use domain::phase::{Phase, StepError};
use domain::rma::{self, RmaAction, RmaState};
use futures::FutureExt;
use jiff::civil::Date;

/// Messages that a case takes in a day, and links for pictures that it gives.
const A_DAY: i64 = 20;
/// How long the link opens the phone's page that the status page leads to.
const UPLOAD_MS: i64 = DAY_MS;

pub(super) fn allowed(case: &Case, action: CustomerAction) -> Result<Phase> {
    step(standing(case), action).map_err(|_: StepError| AppError::Conflict.into())
}

/// What a customer has sent takes up a case that waits for it, and answers what was asked. To be called in the transaction
/// that takes it in; counting the change is the caller's. What is sent for a duplicate is its own, and takes up the case that
/// is handled; `joined` and `moved` are the events of that.
pub async fn taken_up(
    tx: &mut Tx,
    case: CaseId,
    action: CustomerAction,
    [joined, moved]: [EventId; 2],
    now_ms: i64,
) -> Result<()> {
    upload_links::answer_all(tx, case, now_ms).await?;
    cases::set_news(tx, case, now_ms).await?;
    let Some(handled) = cases::handled(tx, case).await? else { return Ok(()) };
    let (case, from) = (handled.case, handled.standing);
    if let Some(number) = handled.duplicate {
        let what = EventKind::CameByJoined { number };
        events::insert_once(tx, &NewEvent { id: joined, case, by: None, at_ms: now_ms, what: &what }).await?;
    }
    let Ok(to) = step(from, action) else { return Ok(()) };
    if to != from.phase && cases::set_phase(tx, case, from.phase, to).await? {
        let what = EventKind::PhaseSet { from: from.phase, to };
        events::insert(tx, &NewEvent { id: moved, case, by: None, at_ms: now_ms, what: &what }).await?;
    }
    Ok(())
}

/// Whether more time may be asked for: the goods are still to come, and there is a week left or less.
pub(super) fn may_extend(case: &Case, rma: &Rma, today: Date) -> bool {
    let near = today.until(rma.valid_until).is_ok_and(|left| left.get_days() <= 7);
    let sendable = matches!(rma.state, RmaState::Issued | RmaState::LabelPrinted | RmaState::PickUpOrdered);
    case.archived.is_none() && !case.phase.is_closed() && sendable && near
}

impl Desk {
    /// What the customers' table looks at: of a duplicate the case that is handled.
    pub(super) async fn may_send(&self, case: &Case, action: CustomerAction) -> Result<()> {
        let handled = cases::handled(&mut *self.db.read().await?, case.id).await?.ok_or(AppError::NotFound)?;
        step(handled.standing, action).map(drop).map_err(|_: StepError| AppError::Conflict.into())
    }

    /// Something came for a duplicate: the screens that show the case that is handled are told as well.
    pub(in crate::desk) async fn tell_handled(&self, case: CaseId) -> Result<()> {
        let handled = cases::handled(&mut *self.db.read().await?, case).await?;
        if let Some(kept) = handled.filter(|handled| handled.duplicate.is_some()) {
            self.tell(kept.case, kept.store, kept.version);
        }
        Ok(())
    }

    pub(super) async fn keep_message(
        &self,
        access: Option<&str>,
        number: Number,
        id: MessageId,
        body: &str,
    ) -> Result<()> {
        let case = self.customer_case(access, number).await?;
        self.may_send(&case, CustomerAction::Write).await?;
        let body = clean_lines(body);
        if body.is_empty() {
            return Err(AppError::invalid("body", "missing").into());
        }
        if body.chars().count() > TEXT_LIMIT {
            return Err(AppError::invalid("body", "text_too_long").into());
        }
        let (case_id, now) = (case.id, self.clock.now_ms());
        let (wrote, taken) = (self.random.id(), [self.random.id(), self.random.id()]);
        let written = self.db.write(move |tx| {
            async move {
                if messages::count_since(tx, case_id, now - DAY_MS).await? >= A_DAY {
                    return Err(AppError::TooMany { seconds: 3600 }.into());
                }
                let message = NewMessage { id, case: case_id, body: &body, at_ms: now };
                let Some(version) = messages::insert(tx, message).await? else { return Ok(None) };
                let what = EventKind::CustomerWrote;
                events::insert(tx, &NewEvent { id: wrote, case: case_id, by: None, at_ms: now, what: &what }).await?;
                taken_up(tx, case_id, CustomerAction::Write, taken, now).await?;
                Ok(Some(version))
            }
            .boxed()
        });
        if let Some(version) = written.await? {
            self.tell(case.id, case.store, version);
            self.tell_handled(case.id).await?;
        }
        Ok(())
    }

    pub(super) async fn customer_upload(&self, access: Option<&str>, number: Number) -> Result<String> {
        let case = self.customer_case(access, number).await?;
        self.may_send(&case, CustomerAction::AddPicture).await?;
        let (token, id, now) = (self.random.token(), self.random.id(), self.clock.now_ms());
        let (hash, case) = (token_hash(&token), case.id);
        let issued = self.db.write(move |tx| {
            async move {
                if upload_links::count_from_home(tx, case, now - DAY_MS).await? >= A_DAY {
                    return Err(AppError::TooMany { seconds: 3600 }.into());
                }
                let link = NewLink {
                    id,
                    token_hash: hash,
                    case,
                    staff: None,
                    question: "",
                    created_at: now,
                    expires_at: now + UPLOAD_MS,
                };
                upload_links::issue(tx, link).await
            }
            .boxed()
        });
        issued.await?;
        Ok(urls::upload(&token))
    }

    pub(super) async fn withdraw(&self, access: Option<&str>, number: Number) -> Result<()> {
        let mut tries = 1;
        loop {
            let case = self.customer_case(access, number).await?;
            let phase = allowed(&case, CustomerAction::Withdraw)?;
            let done = self.write_withdrawal(case, phase).await;
            if tries == TRIES || !somebody_was_quicker(&done) {
                return done;
            }
            tries += 1;
        }
    }

    async fn write_withdrawal(&self, case: Case, phase: Phase) -> Result<()> {
        let with_it = self.return_of_withdrawn(case.id).await?;
        let facts = Facts {
            courier_cancelled: with_it.courier,
            return_cancelled: with_it.cancels_return(),
            ..case_facts(&self.book(), &case)?
        };
        let letter = self.compose(Template::Withdrawn, &case.known, &facts)?;
        let (id, store, version, now) = (case.id, case.store, case.version + 1, self.clock.now_ms());
        let mut handling = case.handling.clone();
        let remind_on = handling.at(case.phase, phase);
        let after = Case { phase, status: None, due_on: None, news_at: Some(now), handling, remind_on, ..case.clone() };
        let (case, moved) = law::after(&self.book(), &case, after, now)?;
        let what = [EventKind::CustomerWithdrew].into_iter().chain(letter.as_ref().map(Letter::event)).chain(moved);
        let what: Vec<(EventId, EventKind)> = what.map(|what| (self.random.id(), what)).collect();
        let wakes = letter.is_some();
        let desk = self.clone();
        let written = self.db.write(move |tx| {
            async move {
                with_it.hold(tx).await?;
                if !cases::save(tx, &case, now).await? {
                    return Err(AppError::Conflict.into());
                }
                for (event, what) in &what {
                    events::insert(tx, &NewEvent { id: *event, case: id, by: None, at_ms: now, what }).await?;
                }
                if let Some(letter) = letter {
                    letter.enqueue(tx, id, now).await?;
                }
                desk.cancel_return(tx, &with_it, None).await
            }
            .boxed()
        });
        // The last one tells the version that the return has made of it.
        let told = written.await?;
        if wakes {
            self.letters.wake();
        }
        if !told.is_empty() {
            self.carrier.wake();
        }
        for (case, store, version) in [(id, store, version)].into_iter().chain(told) {
            self.tell(case, store, version);
        }
        Ok(())
    }

    pub(super) async fn give_more_time(&self, access: Option<&str>, number: Number) -> Result<()> {
        let case = self.customer_case(access, number).await?;
        let rma = rmas::of_case(&mut *self.db.read().await?, case.id).await?.ok_or(AppError::Conflict)?;
        let book = self.book();
        let today = book.store(rma.store)?.today(&*self.clock);
        if !may_extend(&case, &rma, today) || rma::step(rma.state, RmaAction::Extend).is_none() {
            return Err(AppError::Conflict.into());
        }
        let until = rma::valid_until(today, book.public_form.rma_days).max(rma.valid_until);
        if until == rma.valid_until {
            // Asked for twice on one day: it has been given.
            return Ok(());
        }
        let rma = Rma { valid_until: until, ..rma };
        let ids: Vec<EventId> =
            std::iter::repeat_with(|| self.random.id()).take(domain::report::limits::ITEMS).collect();
        let now = self.clock.now_ms();
        let written = self.db.write(move |tx| {
            async move {
                if !rmas::save(tx, &rma).await? {
                    return Err(StoreError::from(AppError::Conflict));
                }
                let what = EventKind::RmaSet { action: RmaAction::Extend, note: until.to_string() };
                let mut told = Vec::new();
                for (one, id) in rmas::cases(tx, rma.id).await?.into_iter().zip(ids) {
                    events::insert(tx, &NewEvent { id, case: one.id, by: None, at_ms: now, what: &what }).await?;
                    told.push((one.id, one.store, cases::bump(tx, one.id, now).await?));
                }
                Ok(told)
            }
            .boxed()
        });
        for (case, store, version) in written.await? {
            self.tell(case, store, version);
        }
        Ok(())
    }
}
