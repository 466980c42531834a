//! Asking the customer, writing to them, and waiting for somebody.

use super::act::{Done, at, stepped, words_of};
use super::letters::{Letter, case_facts};
use crate::clock::token_hash;
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::desk::waiting;
use crate::mail::Facts;
use crate::store::cases::Case;
use crate::store::error::Result;
use app::backend::Viewer;
use app::error::AppError;
use app::urls;
use domain::contact::{Medium, Recipient};
use domain::event::EventKind;
use domain::letter::Template;
use domain::phase::{Action, Waiting};
use domain::role::Right;
use domain::waiting::Waited;

impl Desk {
    pub(super) fn asked(&self, book: &Book, who: &Viewer, case: Case, question: String) -> Result<Done> {
        let stepped = stepped(who, &case, Action::Ask)?;
        let question = words_of(question, "question")?;
        let token = self.random.token();
        let upload_url = format!("{}{}", self.config.public_url, urls::upload(&token));
        let facts = Facts { question: question.clone(), upload_url, ..case_facts(book, &case)? };
        let letter = self.compose(Template::Question, &case.known, &facts)?;
        let mut events = vec![EventKind::Asked];
        events.extend(letter.as_ref().map(Letter::event));
        // Without a letter nobody holds the link; the question stands on the status page all the same.
        let link = case.known.sold.then(|| (token_hash(&token), question));
        let today = book.store(case.store)?.today(&*self.clock);
        let case =
            waiting::of(at(case, stepped), Waited::begin(String::new(), String::new(), book.pauses.customer, today));
        Ok(Done { letter, link, ..Done::of(case, events) })
    }

    pub(super) fn waits(
        &self,
        book: &Book,
        who: &Viewer,
        case: Case,
        on: Waiting,
        whom: &str,
        email: &str,
    ) -> Result<Done> {
        let stepped = stepped(who, &case, Action::Wait(on))?;
        let today = book.store(case.store)?.today(&*self.clock);
        let (whom, email) = waiting::named(on, whom, email)?;
        let mut events = Vec::new();
        if stepped.phase != case.phase {
            events.push(EventKind::PhaseSet { from: case.phase, to: stepped.phase });
        }
        if on.is_partner() {
            events.push(EventKind::WaitsFor { whom: whom.clone() });
        }
        let begun = Waited::begin(whom, email, book.pauses.of(on), today);
        let before =
            case.handling.waiting.clone().filter(|before| stepped.phase == case.phase && before.whom == begun.whom);
        // Another address for the same one: they have been waited for as long as before.
        let since = before.map_or(begun.since, |before| before.since);
        let case = waiting::of(at(case, stepped), Waited { since, ..begun });
        Ok(Done::of(case, events))
    }

    /// By e-mail alone: an SMS says nobody's words but ours.
    pub(super) fn written(&self, book: &Book, who: &Viewer, case: Case, subject: String, body: String) -> Result<Done> {
        if !who.may(Right::Handle) {
            return Err(AppError::Forbidden.into());
        }
        if case.archived.is_some() {
            return Err(AppError::Conflict.into());
        }
        let (title, message) = (words_of(subject, "subject")?, words_of(body, "body")?);
        let address = case.known.customer_email.clone();
        if !case.known.sold || address.is_empty() {
            return Err(AppError::invalid("case", "no_address").into());
        }
        let facts = Facts { title, message, ..case_facts(book, &case)? };
        let to = Recipient { medium: Medium::Email, address };
        let letter = self.letter(Template::Message, case.known.customer_locale, to, &facts)?;
        let events = vec![letter.event()];
        Ok(Done { letter: Some(letter), ..Done::of(case, events) })
    }
}
