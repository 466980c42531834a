//! From a number, or a letter's link, and a second factor to a case. The answer to a wrong pair never tells which half was
//! wrong, neither by its words nor by the time that it takes.

use crate::clock::token_hash;
use crate::desk::Desk;
use crate::desk::reports::standing_of;
use crate::desk::sessions::limits;
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use crate::store::reports::{self, Item, Report};
use crate::store::{rmas, search, status_links};
use app::backend::{Origin, Proved, StatusLink};
use app::error::AppError;
use domain::Locale;
use domain::customer::Reference;
use domain::form::schema::common;
use domain::id::CaseId;
use domain::report::{Standing, proves};
use sqlx::AnyConnection;
use std::time::Duration;

/// No wrong pair is answered earlier: what there is takes a little longer to look at than what there is not.
const ANSWER_AFTER: Duration = Duration::from_millis(250);
/// Characters of an e-mail address, and more than any phone has.
const PROOF: usize = 254;
/// Cases that one serial number may have: a thing that fails again and again.
const SAME_SERIAL: i64 = 50;

/// What a pair was right for.
#[expect(clippy::large_enum_variant, reason = "one is made for each customer who asks")]
enum Theirs {
    /// Every case that it was right for, the newest first: one serial number may have been complained of twice.
    Cases(Vec<Case>),
    /// Sent, and not confirmed yet.
    Report(Report, Vec<Item>),
}

fn checked(proof: &str) -> Result<&str> {
    match proof.trim() {
        "" => Err(AppError::invalid("proof", "missing").into()),
        long if long.chars().count() > PROOF => Err(AppError::invalid("proof", "no_match").into()),
        proof => Ok(proof),
    }
}

/// Unsold stock is nobody's.
fn owns(case: &Case, proof: &str) -> bool {
    case.known.sold && proves(proof, &case.known.customer_email, &case.known.customer_phone)
}

impl Desk {
    pub(super) async fn found_by_customer(
        &self,
        from: Origin,
        access: Option<&str>,
        reference: &str,
        proof: &str,
    ) -> Result<Proved> {
        match self.theirs(from, reference, proof).await? {
            Theirs::Cases(cases) => self.open_to(access, &cases).await,
            Theirs::Report(..) => Err(AppError::invalid("reference", "unconfirmed").into()),
        }
    }

    pub(super) async fn send_to_unconfirmed(&self, from: Origin, reference: &str, proof: &str) -> Result<()> {
        match self.theirs(from, reference, proof).await? {
            Theirs::Report(row, items) => {
                let to = row.sent.as_ref().map(|sent| sent.to.clone()).ok_or(AppError::NotFound)?;
                self.send_link_to(row, items, to).await
            }
            // Confirmed meanwhile: there is nothing left to send.
            Theirs::Cases(_) => Ok(()),
        }
    }

    async fn theirs(&self, from: Origin, reference: &str, proof: &str) -> Result<Theirs> {
        let floor = tokio::time::sleep(ANSWER_AFTER);
        let read = Reference::read(reference).ok_or_else(|| AppError::invalid("reference", "missing"))?;
        let proof = checked(proof)?;
        let limit = limits::status(&read.key, from);
        self.take_attempt(&limit).await?;
        if let Some(theirs) = self.look_for(&read, reference, proof).await? {
            // Not forgiven: somebody whose own case bears the reference that they guess at would begin anew each time.
            self.give_attempt_back(limit).await?;
            return Ok(theirs);
        }
        floor.await;
        let typo = || AppError::invalid("reference", "check_digit");
        Err(if read.typo { typo() } else { AppError::invalid("proof", "no_match") }.into())
    }

    /// Every place where the reference may stand is looked at, whether or not one before it held it.
    async fn look_for(&self, read: &Reference, typed: &str, proof: &str) -> Result<Option<Theirs>> {
        let mut connection = self.db.read().await?;
        let mut found: Vec<Case> = Vec::new();
        let mut report = None;
        if let Some(number) = read.number {
            found.extend(cases::by_number(&mut connection, number).await?);
            if let Some(rma) = rmas::by_number(&mut connection, number).await? {
                found.extend(self.cases_of(&mut connection, rma.id).await?);
            }
            report = reports::by_number(&mut connection, number).await?;
        }
        for waybill in ways_of(typed) {
            if let Some(rma) = rmas::by_waybill(&mut connection, &waybill).await? {
                found.extend(self.cases_of(&mut connection, rma.id).await?);
            }
        }
        for id in search::holding(&mut connection, self.db.dialect, &read.key, SAME_SERIAL).await? {
            let case = cases::by_id(&mut connection, id).await?;
            found.extend(case.filter(|case| read.is(case.answers.first(common::SERIAL))));
        }
        found.retain(|case| owns(case, proof));
        self.with_kept(&mut connection, &mut found, proof).await?;
        if !found.is_empty() {
            found.sort_by_key(|case| std::cmp::Reverse(case.number));
            found.dedup_by_key(|case| case.id);
            return Ok(Some(Theirs::Cases(found)));
        }
        let Some(row) = report else { return Ok(None) };
        let items = reports::items(&mut connection, row.id).await?;
        let answer = |key| items.first().map_or("", |item| item.answers.first(key));
        let (email, phone) = (answer(common::CUSTOMER_EMAIL), answer(common::CUSTOMER_PHONE));
        let waits = standing_of(&row, self.clock.now_ms()) == Standing::Unconfirmed;
        Ok((waits && proves(proof, email, phone)).then_some(Theirs::Report(row, items)))
    }

    async fn cases_of(&self, connection: &mut AnyConnection, rma: domain::id::RmaId) -> Result<Vec<Case>> {
        let mut found = Vec::new();
        for one in rmas::cases(connection, rma).await? {
            found.extend(cases::by_id(connection, one.id).await?);
        }
        Ok(found)
    }

    /// With the cases that these were joined into, as far as the same proof opens them too.
    async fn with_kept(&self, connection: &mut AnyConnection, found: &mut Vec<Case>, proof: &str) -> Result<()> {
        for kept in found.iter().filter_map(|case| case.joined_into).collect::<Vec<_>>() {
            found.extend(cases::by_id(connection, kept).await?.filter(|case| owns(case, proof)));
        }
        Ok(())
    }

    async fn case_of_link(&self, token: &str) -> Result<CaseId> {
        let now = self.clock.now_ms();
        let case = status_links::case_of(&mut *self.db.read().await?, &token_hash(token), now).await?;
        Ok(case.ok_or(AppError::NotFound)?)
    }

    pub(super) async fn page_of_status_link(
        &self,
        locale: Locale,
        token: &str,
        access: Option<&str>,
    ) -> Result<StatusLink> {
        let id = self.case_of_link(token).await?;
        let mut connection = self.db.read().await?;
        let (number, _) = cases::whereabouts(&mut connection, id).await?.ok_or(AppError::NotFound)?;
        let proved = match access {
            Some(access) => status_links::opens(&mut connection, &token_hash(access), id, self.clock.now_ms()).await?,
            None => false,
        };
        Ok(StatusLink { look: self.look(locale), number, proved })
    }

    pub(super) async fn proved_by_link(
        &self,
        from: Origin,
        access: Option<&str>,
        token: &str,
        proof: &str,
    ) -> Result<Proved> {
        let floor = tokio::time::sleep(ANSWER_AFTER);
        let id = self.case_of_link(token).await?;
        let proof = checked(proof)?;
        let limit = limits::status_link(&token_hash(token), from);
        self.take_attempt(&limit).await?;
        let case = cases::by_id(&mut *self.db.read().await?, id).await?.ok_or(AppError::NotFound)?;
        if owns(&case, proof) {
            self.forgive_attempt(limit).await?;
            let mut theirs = vec![case];
            self.with_kept(&mut *self.db.read().await?, &mut theirs, proof).await?;
            return self.open_to(access, &theirs).await;
        }
        floor.await;
        Err(AppError::invalid("proof", "no_match").into())
    }
}

/// A waybill as it may be kept, of what was typed: carriers print it in groups, and its letters large.
fn ways_of(typed: &str) -> Vec<String> {
    let trimmed: String = typed.trim().chars().filter(|c| !c.is_control()).collect();
    let joined: String = trimmed.chars().filter(|c| !c.is_whitespace()).collect();
    let mut ways = vec![joined.to_uppercase(), joined, trimmed];
    ways.dedup();
    ways
}
