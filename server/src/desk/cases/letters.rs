//! Letters to a case's customer: who gets one, and what it says.

use super::decisions::offer;
use crate::clock::{DAY_MS, token_hash};
use crate::desk::Desk;
use crate::desk::book::{Book, Store};
use crate::desk::law;
use crate::mail::{Composed, Facts, compose, compose_sms, message_id};
use crate::store::cases::{Case, Known};
use crate::store::error::Result;
use crate::store::letters::{self, About, NewLetter};
use crate::store::{StoreError, Tx, cases, events, status_links};
use app::backend::{Adr, DocumentKind, LetterPreview, Viewer};
use app::error::AppError;
use app::urls;
use domain::contact::{Medium, Recipient, recipient};
use domain::decision::Decision;
use domain::event::EventKind;
use domain::id::{CaseId, LetterId, StoreId};
use domain::letter::{LetterState, Template};
use domain::role::Right;
use domain::{Locale, format};
use futures::FutureExt;

/// A letter to be enqueued with the change that causes it.
pub struct Letter {
    pub id: LetterId,
    pub template: Template,
    pub locale: Locale,
    pub to: Recipient,
    pub composed: Composed,
    /// Attached when it is sent.
    pub documents: Vec<DocumentKind>,
    message_id: String,
    /// Of the link to the status page that it bears.
    status_link: Option<String>,
}

/// So long a letter's link leads to the status page.
const STATUS_LINK_MS: i64 = 365 * DAY_MS;

impl Letter {
    pub fn event(&self) -> EventKind {
        EventKind::LetterQueued { id: self.id, template: self.template }
    }

    pub async fn enqueue(&self, tx: &mut Tx, case: CaseId, at_ms: i64) -> Result<()> {
        if let Some(hash) = &self.status_link {
            status_links::issue(tx, hash, case, at_ms + STATUS_LINK_MS).await?;
        }
        self.enqueue_about(tx, About::Case(case), at_ms).await
    }

    pub async fn enqueue_about(&self, tx: &mut Tx, about: About, at_ms: i64) -> Result<()> {
        let letter = NewLetter {
            id: self.id,
            about,
            documents: &self.documents,
            template: self.template,
            locale: self.locale,
            to: &self.to,
            composed: &self.composed,
            message_id: self.message_id.clone(),
            at_ms,
        };
        letters::enqueue(tx, letter).await
    }
}

/// What every letter of a case says.
pub fn facts(book: &Book, store: &Store, known: &Known, number: String) -> Facts {
    Facts {
        organisation: book.organisation.name.clone(),
        country: store.country.clone(),
        store_name: store.name.clone(),
        store_address: store.address.clone(),
        store_email: store.email.clone(),
        store_phone: store.phone.clone(),
        number,
        customer_name: known.customer_name.clone(),
        article: known.title.clone(),
        ..Facts::default()
    }
}

/// The facts of a decision, its reason in the customer's language.
pub fn decision_facts(book: &Book, case: &Case, decision: &Decision) -> Result<Facts> {
    let reason = book.reasons.iter().find(|reason| reason.key == decision.reason);
    Ok(Facts {
        reason: reason.map_or_else(String::new, |r| r.name.get(case.known.customer_locale).to_owned()),
        explanation: decision.explanation.trim().to_owned(),
        evidence: decision.evidence.trim().to_owned(),
        next_step: decision.next_step.trim().to_owned(),
        outcome_hint: offer(book, case.known.customer_locale, decision),
        deadline: decision.until.map_or_else(String::new, |until| format::date_long(case.known.customer_locale, until)),
        written: decision.letter.as_ref().map_or_else(String::new, |own| own.body.clone()),
        written_subject: decision.letter.as_ref().map_or_else(String::new, |own| own.subject.clone()),
        ..with_adr(book, case)?
    })
}

/// With our statement on out-of-court dispute resolution, where the law of the case wants one.
pub fn with_adr(book: &Book, case: &Case) -> Result<Facts> {
    let facts = case_facts(book, case)?;
    Ok(match law::adr(book, case)? {
        Some(Adr { consents, body, address }) => {
            let adr = if *consents { "consents" } else { "refuses" }.to_owned();
            Facts { adr, adr_body: body.clone(), adr_address: address.clone(), ..facts }
        }
        None => facts,
    })
}

pub fn case_facts(book: &Book, case: &Case) -> Result<Facts> {
    Ok(facts(book, book.store(case.store)?, &case.known, case.number.to_string()))
}

impl Desk {
    /// `None` where there is nobody to write to: unsold stock, or a customer who cannot be reached.
    pub(in crate::desk) fn recipient(&self, known: &Known) -> Option<Recipient> {
        let to = recipient(known.medium, &known.customer_email, &known.customer_phone, self.config.sends_sms());
        to.filter(|_| known.sold)
    }

    /// `None` where there is nobody to write to.
    pub(in crate::desk) fn compose(&self, template: Template, known: &Known, facts: &Facts) -> Result<Option<Letter>> {
        let to = self.recipient(known);
        to.map(|to| self.letter(template, known.customer_locale, to, facts)).transpose()
    }

    /// To that address, whosever it is. A customer's letter about a case bears a link to its status page.
    pub(in crate::desk) fn letter(
        &self,
        template: Template,
        locale: Locale,
        to: Recipient,
        facts: &Facts,
    ) -> Result<Letter> {
        let id = self.random.id();
        let token = template.is_about_case().then(|| self.random.token());
        // Each letter of an SMS counts; whoever has proved to be the customer reads their own language.
        let language = if to.medium == Medium::Sms { String::new() } else { format!("?lang={locale}") };
        let url = |token: &String| format!("{}{}{language}", self.config.public_url, urls::status_link(token));
        let facts = &Facts { status_url: token.as_ref().map_or_else(String::new, url), ..facts.clone() };
        let (composed, message_id) = match to.medium {
            Medium::Email => (compose(template, locale, facts)?, message_id(&self.config.public_url, id)),
            Medium::Sms => (compose_sms(template, locale, facts)?, id.to_string()),
        };
        Ok(Letter {
            id,
            template,
            locale,
            to,
            composed,
            documents: Vec::new(),
            message_id,
            status_link: token.as_deref().map(token_hash),
        })
    }

    /// A letter that somebody may read, with its case. Nobody handles a report before it is confirmed: in the outbox an admin
    /// reads what went out, and sends it again.
    async fn letter_within(
        &self,
        who: &Viewer,
        letter: LetterId,
    ) -> Result<(letters::LetterRow, Composed, Option<(CaseId, StoreId)>)> {
        let mut connection = self.db.read().await?;
        let (row, composed) = letters::find(&mut connection, letter).await?.ok_or(AppError::NotFound)?;
        let Some(case) = row.about.case() else {
            return if who.may(Right::Administer) { Ok((row, composed, None)) } else { Err(AppError::NotFound.into()) };
        };
        let (_, store) = cases::whereabouts(&mut connection, case).await?.ok_or(AppError::NotFound)?;
        if !who.reach.covers(store) {
            return Err(AppError::NotFound.into());
        }
        Ok((row, composed, Some((case, store))))
    }

    pub(super) async fn letter_of(&self, who: &Viewer, letter: LetterId) -> Result<LetterPreview> {
        let (row, composed, _) = self.letter_within(who, letter).await?;
        Ok(preview(letters::shown(&row.to), row.locale, composed))
    }

    pub(super) async fn resend_letter(&self, who: &Viewer, letter: LetterId) -> Result<()> {
        let (row, _, of_case) = self.letter_within(who, letter).await?;
        if row.state == LetterState::Waiting {
            return Ok(());
        }
        let (now, fresh) = (self.clock.now_ms(), self.random.uuid());
        let Some((case, store)) = of_case else {
            self.db.write(move |tx| letters::resend(tx, letter, fresh, now).boxed()).await?;
            self.letters.wake();
            return Ok(());
        };
        let (by, event) = (who.id, self.random.id());
        let version = self
            .db
            .write(move |tx| {
                async move {
                    letters::resend(tx, letter, fresh, now).await?;
                    let what = EventKind::LetterResent { id: letter };
                    let event = events::NewEvent { id: event, case, by: Some(by), at_ms: now, what: &what };
                    events::insert(tx, &event).await?;
                    letters::mark_case(tx, case).await
                }
                .boxed()
            })
            .await?;
        self.letters.wake();
        self.tell(case, store, version);
        Ok(())
    }
}

pub(super) fn preview(to: String, locale: Locale, composed: Composed) -> LetterPreview {
    LetterPreview {
        to,
        language: locale.name().to_owned(),
        subject: composed.subject,
        html: composed.html,
        text: composed.text,
        own: None,
        second: false,
        repair_untold: false,
    }
}

/// What the customer would get, whether they can be reached or not. The link of an SMS is still to be made.
pub(super) fn preview_of(
    to: Option<Recipient>,
    case: &Case,
    template: Template,
    facts: &Facts,
) -> Result<LetterPreview, StoreError> {
    let locale = case.known.customer_locale;
    let composed = match to.as_ref().map(|to| to.medium) {
        Some(Medium::Sms) => compose_sms(template, locale, &Facts { status_url: "…".to_owned(), ..facts.clone() })?,
        Some(Medium::Email) | None => compose(template, locale, facts)?,
    };
    Ok(preview(to.as_ref().map_or_else(String::new, letters::shown), locale, composed))
}
