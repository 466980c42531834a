//! Whom a case waits for: who is named, what reminds them, and what tells the handler that nothing came.

use super::Desk;
use super::book::Book;
use super::cases::letters::{Letter, case_facts};
use super::deadlines::handling;
use super::reminders::Reminded;
use crate::mail::Facts;
use crate::store::cases::Case;
use crate::store::error::Result;
use crate::store::{Tx, rmas, upload_links};
use app::backend::WaitingView;
use app::error::AppError;
use app::urls;
use domain::contact::{Medium, Recipient};
use domain::event::EventKind;
use domain::form::schema::common;
use domain::letter::Template;
use domain::phase::Waiting;
use domain::waiting::{Turn, Waited};
use domain::{email, format};
use jiff::civil::Date;
use texts::words;

/// Letters of a name at most.
const NAME_LIMIT: usize = 100;

/// The case in a phase that waits for them.
pub(super) fn of(case: Case, waited: Waited) -> Case {
    let mut case = Case { remind_on: waited.next, ..case };
    case.handling.waiting = Some(waited);
    case
}

/// Name and address of whom a case waits for; nothing for the customer, whom it knows.
///
/// # Errors
/// `Invalid` for `whom` or `email`.
pub(super) fn named(on: Waiting, whom: &str, email: &str) -> Result<(String, String)> {
    if !on.is_partner() {
        return Ok((String::new(), String::new()));
    }
    let whom = whom.split_whitespace().collect::<Vec<_>>().join(" ");
    let fault = |field, key| Err(AppError::invalid(field, key).into());
    if whom.is_empty() {
        return fault("whom", "missing");
    }
    if whom.chars().count() > NAME_LIMIT || whom.chars().any(char::is_control) {
        return fault("whom", "text_too_long");
    }
    match email.trim() {
        "" => Ok((whom, String::new())),
        typed => match email::parse(typed) {
            Some(email) => Ok((whom, email)),
            None => fault("email", "not_an_email"),
        },
    }
}

impl Desk {
    /// Somebody who is waited for has had their time.
    pub(super) async fn remind_waited(&self, tx: &mut Tx, book: &Book, case: Case, today: Date) -> Result<Reminded> {
        let (Some(on), Some(waited)) = (case.phase.waits_on(), case.handling.waiting.clone()) else {
            return Ok(Reminded::of(Case { remind_on: None, ..case }));
        };
        let reachable = self.may_be_reminded(on, &waited, &case);
        let Some((turn, after)) = waited.turn(book.pauses.of(on), reachable, today) else {
            return Ok(Reminded::of(Case { remind_on: waited.next, ..case }));
        };
        let mut reminded = Reminded::of(of(case.clone(), after.clone()));
        match turn {
            Some(Turn::Remind) => {
                let whom = after.whom.clone();
                reminded.events.push(EventKind::Reminded { whom, count: after.reminded });
                let letter = match on {
                    Waiting::Customer => {
                        let question = upload_links::open_question(tx, case.id).await?.unwrap_or_default();
                        let token = self.random.token();
                        let letter = self.customer_reminder(book, &case, &question, &token)?;
                        reminded.link = Some((token, question));
                        letter
                    }
                    Waiting::Goods => {
                        let rma = rmas::of_case(tx, case.id).await?;
                        let rma_number = rma.map(|rma| rma.number.to_string()).unwrap_or_default();
                        let facts = Facts { rma_number, ..case_facts(book, &case)? };
                        self.compose(Template::GoodsReminder, &case.known, &facts)?
                    }
                    Waiting::Supplier | Waiting::Repair | Waiting::Expert => {
                        Some(self.partner_reminder(book, &case, on, &after)?)
                    }
                };
                reminded.events.extend(letter.as_ref().map(Letter::event));
                reminded.letters.extend(letter);
            }
            Some(Turn::Tell) => {
                reminded.events.push(EventKind::Unanswered { whom: after.whom.clone() });
                reminded.letters = self.nothing_came(book, &case, on, &after, today)?;
            }
            None => {}
        }
        Ok(reminded)
    }

    /// As the case page shows it.
    pub(in crate::desk) fn waiting_view(&self, book: &Book, case: &Case, today: Date) -> Option<WaitingView> {
        let (on, waited) = (case.phase.waits_on()?, case.handling.waiting.as_ref()?);
        let reachable = self.may_be_reminded(on, waited, case);
        Some(WaitingView {
            on,
            whom: waited.whom.clone(),
            email: waited.email.clone(),
            since: waited.since,
            days: waited.since.until(today).map_or(0, |span| i64::from(span.get_days())),
            reminded: waited.reminded,
            next: waited.next_reminder(book.pauses.of(on), reachable),
            unreachable: !reachable,
        })
    }

    /// There is somewhere to write to.
    pub(in crate::desk) fn may_be_reminded(&self, on: Waiting, waited: &Waited, case: &Case) -> bool {
        if on.is_partner() { !waited.email.is_empty() } else { self.recipient(&case.known).is_some() }
    }

    fn customer_reminder(&self, book: &Book, case: &Case, question: &str, token: &str) -> Result<Option<Letter>> {
        let upload_url = format!("{}{}", self.config.public_url, urls::upload(token));
        let facts = Facts { question: question.to_owned(), upload_url, ..case_facts(book, case)? };
        self.compose(Template::Reminder, &case.known, &facts)
    }

    /// Says of the customer nothing: who it is about the store alone knows.
    fn partner_reminder(&self, book: &Book, case: &Case, on: Waiting, waited: &Waited) -> Result<Letter> {
        let locale = book.store(case.store)?.locale;
        let facts = Facts {
            customer_name: String::new(),
            whom: waited.whom.clone(),
            serial: case.answers.first(common::SERIAL).to_owned(),
            reason: words::awaited(locale, on).to_owned(),
            deadline: format::date_long(locale, waited.since),
            ..case_facts(book, case)?
        };
        let to = Recipient { medium: Medium::Email, address: waited.email.clone() };
        self.letter(Template::PartnerReminder, locale, to, &facts)
    }

    fn nothing_came(&self, book: &Book, case: &Case, on: Waiting, waited: &Waited, today: Date) -> Result<Vec<Letter>> {
        let told = handling(book, case, today).into_iter().filter(|staff| !staff.email.is_empty());
        told.map(|staff| {
            let l = staff.locale;
            let whom = if on.is_partner() { waited.whom.clone() } else { words::waiting(l, on).to_owned() };
            let facts = Facts {
                whom,
                deadline: format::date_long(l, waited.since),
                reminders: if waited.reminded == 0 { String::new() } else { waited.reminded.to_string() },
                action_url: format!("{}{}", self.config.public_url, urls::case(case.number)),
                customer_name: String::new(),
                // An answer would go to the store.
                store_email: String::new(),
                ..case_facts(book, case)?
            };
            let to = Recipient { medium: Medium::Email, address: staff.email.clone() };
            self.letter(Template::Unanswered, l, to, &facts)
        })
        .collect()
    }
}
