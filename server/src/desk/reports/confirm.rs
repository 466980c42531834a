//! The link in the letter: what it shows, and what its button does. The clocks start when the form was sent, since the
//! law counts from the receipt of the statement; when it was confirmed is kept beside it.

use super::super::Desk;
use super::super::book::Book;
use super::super::cases::known::{known, words};
use super::super::cases::letters::{Letter, facts};
use super::super::law;
use super::send::standing_of;
use crate::clock::token_hash;
use crate::store::cases::{self, Case, Law, NewCase};
use crate::store::errands::{Errand, Wanted};
use crate::store::error::Result;
use crate::store::reports::{self, Item, Report, Sent};
use crate::store::rmas::{self, Rma};
use crate::store::{StoreError, events, people};
use app::backend::{ConfirmPage, DocumentKind, Viewer};
use app::error::AppError;
use domain::assignment::{self, Pool};
use domain::case::Channel;
use domain::event::EventKind;
use domain::handling::Handling;
use domain::id::{CaseId, EventId, StaffId, StoreId};
use domain::letter::Template;
use domain::number::Number;
use domain::phase::Phase;
use domain::report::{Delivery, Standing};
use domain::rma::{RmaState, Route, valid_until};
use domain::role::Right;
use futures::FutureExt;
use jiff::{Timestamp, ToSpan};

/// What shows that a person wrote the report.
enum Proof {
    /// The hash of the link in the letter.
    Link(String),
    /// The customer stands in front of somebody.
    Staff(StaffId),
}

/// A case to be made of an article.
struct Becoming {
    case: Case,
    seq: i64,
    words: String,
    /// Who may get it.
    pool: Option<Pool>,
    at_filing: Vec<(EventId, EventKind)>,
    at_confirming: Vec<(EventId, EventKind)>,
    letter: Option<Letter>,
}

impl Desk {
    async fn report_of_link(&self, token: &str) -> Result<(Report, Vec<Item>)> {
        let mut connection = self.db.read().await?;
        let row = reports::by_link(&mut connection, &token_hash(token)).await?.ok_or(AppError::NotFound)?;
        let items = reports::items(&mut connection, row.id).await?;
        Ok((row, items))
    }

    pub(super) async fn page_of_confirmation(&self, token: &str) -> Result<ConfirmPage> {
        let (row, items) = self.report_of_link(token).await?;
        let sent = row.sent.as_ref().ok_or(AppError::NotFound)?;
        let cases = self.articles_of(&mut *self.db.read().await?, row.locale, &items).await?;
        Ok(ConfirmPage {
            look: self.look(row.locale),
            locale: row.locale,
            standing: standing_of(&row, self.clock.now_ms()),
            number: sent.number,
            cases,
            medium: sent.to.medium,
        })
    }

    pub(super) async fn confirm_by_link(&self, token: &str) -> Result<Number> {
        let (row, items) = self.report_of_link(token).await?;
        self.confirm(row, items, Proof::Link(token_hash(token))).await
    }

    pub(super) async fn confirm_by_staff(&self, who: &Viewer, number: Number) -> Result<Number> {
        if !who.may(Right::Serve) {
            return Err(AppError::Forbidden.into());
        }
        let (row, items) = {
            let mut connection = self.db.read().await?;
            let row = reports::by_number(&mut connection, number).await?.ok_or(AppError::NotFound)?;
            let items = reports::items(&mut connection, row.id).await?;
            (row, items)
        };
        if !row.sent.as_ref().is_some_and(|sent| who.reach.covers(sent.store)) {
            return Err(AppError::NotFound.into());
        }
        self.confirm(row, items, Proof::Staff(who.id)).await
    }

    /// # Errors
    /// `Conflict` where the report changed at this very moment: the same again succeeds.
    async fn confirm(&self, row: Report, items: Vec<Item>, proof: Proof) -> Result<Number> {
        let sent = row.sent.clone().ok_or(AppError::NotFound)?;
        let now = self.clock.now_ms();
        match standing_of(&row, now) {
            Standing::Confirmed => return Ok(sent.number),
            Standing::Unconfirmed => {}
            Standing::Unsent | Standing::Expired => return Err(AppError::Expired.into()),
        }
        let book = self.book();
        let rma = self.rma_of(&book, &sent, now);
        let mut becoming: Vec<Becoming> =
            items.iter().map(|item| self.becoming(&book, &sent, item, rma.as_ref())).collect::<Result<_>>()?;
        let told: Vec<(CaseId, StoreId)> = becoming.iter().map(|one| (one.case.id, one.case.store)).collect();
        let (dialect, report, carried, desk) = (self.db.dialect, row.id, rma.clone(), self.clone());
        let written = self.db.write(move |tx| {
            async move {
                // Holds the report. What was read before it must still be so: an address may have been corrected meanwhile.
                if !reports::confirm(tx, report, now).await? {
                    return Ok(false);
                }
                let by = match &proof {
                    Proof::Staff(staff) => Some(*staff),
                    Proof::Link(hash) if reports::has_link(tx, report, hash).await? => None,
                    Proof::Link(_) => return Err(AppError::NotFound.into()),
                };
                if items.is_empty() || reports::items(tx, report).await? != items {
                    return Err(AppError::Conflict.into());
                }
                if let Some(rma) = &carried {
                    rmas::insert(tx, rma).await?;
                }
                // Turns are taken in one order, so that two reports never wait for each other.
                becoming.sort_by_key(|one| one.pool.as_ref().and_then(Pool::turns));
                for one in becoming {
                    let Becoming { mut case, seq, words, pool, at_filing, mut at_confirming, letter } = one;
                    if let Some(pool) = &pool {
                        let chosen = people::chosen(tx, pool).await?;
                        case.handler = Some(chosen.to);
                        at_confirming.insert(1, (desk.random.id(), EventKind::assigned_by_rule(&chosen)));
                    }
                    cases::insert(tx, dialect, NewCase { seq, case: &case, words, events: &at_filing }).await?;
                    cases::set_confirmed(tx, case.id, now).await?;
                    for (id, what) in &at_confirming {
                        let event = events::NewEvent { id: *id, case: case.id, by, at_ms: now, what };
                        events::insert(tx, &event).await?;
                    }
                    if let Some(letter) = letter {
                        letter.enqueue(tx, case.id, now).await?;
                    }
                }
                reports::empty_items(tx, report).await?;
                Ok(true)
            }
            .boxed()
        });
        if !written.await? {
            // Confirmed by another click, or ended a moment ago.
            let row = reports::by_number(&mut *self.db.read().await?, sent.number).await?;
            let confirmed = row.is_some_and(|row| row.confirmed_at.is_some());
            return if confirmed { Ok(sent.number) } else { Err(AppError::Expired.into()) };
        }
        self.letters.wake();
        self.carrier.wake();
        for (case, store) in told {
            self.tell(case, store, 1);
        }
        Ok(sent.number)
    }

    /// `None` where the organisation offers no way: nothing is sent.
    fn rma_of(&self, book: &Book, sent: &Sent, now: i64) -> Option<Rma> {
        let store = book.stores.get(&sent.store)?;
        let today = store.today(&*self.clock);
        let mut delivery = sent.delivery.clone()?;
        // The day that the courier was asked for has passed before the report was confirmed: the customer picks another.
        if delivery.window.is_some_and(|window| window.date <= today) {
            delivery = Delivery { route: Route::Parcel, window: None, ..delivery };
        }
        let errand = if delivery.route.is_sent() {
            Errand::at(Wanted::Shipment, self.random.uuid(), now)
        } else {
            Errand::default()
        };
        Some(Rma {
            id: self.random.id(),
            number: sent.number,
            version: 1,
            store: sent.store,
            state: RmaState::Issued,
            issued_at: now,
            valid_until: valid_until(today, book.public_form.rma_days),
            delivery,
            carrier: String::new(),
            shipment: String::new(),
            pick_up: String::new(),
            waybill: String::new(),
            tracking_url: String::new(),
            label: None,
            code: String::new(),
            errand,
            received: None,
            inspected: None,
        })
    }

    fn becoming(&self, book: &Book, sent: &Sent, item: &Item, rma: Option<&Rma>) -> Result<Becoming> {
        let (number, seq) =
            item.placed.ok_or_else(|| StoreError::corrupt("an article that was sent without a number"))?;
        let store = book.store(sent.store)?;
        let form = book.form(&item.type_key, item.form_version)?;
        let known = known(&item.answers, store);
        let mut letter = self.compose(Template::Received, &known, &facts(book, store, &known, number.to_string()))?;
        if let Some(letter) = &mut letter {
            letter.documents = vec![DocumentKind::Protocol];
        }
        let asked = assignment::Facts::read(store.id, &item.type_key, known.customer_locale, &item.answers);
        let pool = book.pool(&asked, store.today(&*self.clock));
        let event = |what| (self.random.id(), what);
        let mut at_confirming = vec![event(EventKind::Confirmed)];
        at_confirming.extend(rma.map(|rma| event(EventKind::RmaIssued { number: rma.number })));
        at_confirming.extend(letter.as_ref().map(|letter| event(letter.event())));
        let mut found_by = words(form, &item.answers);
        found_by.code(&sent.number.digits());
        let filed = Timestamp::from_millisecond(sent.filed_at).map_err(StoreError::corrupt)?;
        let filed_on = filed.to_zoned(store.zone.clone()).date();
        let target = book.types.get(&item.type_key).map_or(14, |kind| i32::from(kind.target_days));
        let case = Case {
            id: item.case,
            number,
            version: 1,
            type_key: item.type_key.clone(),
            form_version: item.form_version,
            store: store.id,
            channel: Channel::Web,
            phase: Phase::New,
            status: None,
            handler: None,
            archived: None,
            registered_at: sent.filed_at,
            registered_by: None,
            due_on: filed_on.checked_add(target.days()).ok(),
            rma: rma.map(|rma| rma.id),
            fee_warning: book.public_form.fee_warning.get(known.customer_locale).to_owned(),
            known,
            decision: None,
            settlement: None,
            answers: item.answers.clone(),
            news_at: None,
            law: Law::default(),
            handling: Handling::default(),
            remind_on: None,
            joined_into: None,
        };
        let case = Case { law: law::begun(book, &case)?, ..case };
        let words = found_by.stored(store.id, number);
        Ok(Becoming { case, seq, words, pool, at_filing: vec![event(EventKind::Filed)], at_confirming, letter })
    }
}
