//! Sending a report: numbers, and the letter with the link that confirms it.

use super::super::Desk;
use super::super::book::{Book, Store};
use super::super::cases::known::title;
use super::super::cases::letters::Letter;
use super::fill::OpenReport;
use super::review::Checked;
use super::web_store;
use crate::clock::{DAY_MS, HOUR_MS, token_hash};
use crate::mail::Facts;
use crate::store::cases;
use crate::store::error::Result;
use crate::store::letters::{About, shown};
use crate::store::reports::{self, Item, Report, Sent};
use crate::store::{StoreError, Tx};
use app::backend::ReportSent;
use app::error::AppError;
use app::urls;
use domain::contact::{Medium, Recipient, recipient};
use domain::form::Answers;
use domain::form::filing::{shared_answers, split_delivery};
use domain::form::schema::common;
use domain::id::{ReportId, StoreId};
use domain::letter::Template;
use domain::number::Number;
use domain::report::{self, Delivery, limits, standing};
use domain::{Locale, format};
use futures::FutureExt;
use sqlx::AnyConnection;

/// Letters with links that one address is sent in a day: the address may be a stranger's.
const A_DAY: i64 = 10;

/// A report on its way: what the transaction takes.
struct Sending {
    report: ReportId,
    locale: Locale,
    /// The articles as they were typed when they were checked, and as they are kept.
    typed: Vec<Item>,
    items: Vec<Item>,
    store: StoreId,
    to: Recipient,
    delivery: Option<Delivery>,
    filed_at: i64,
    expires_at: i64,
    /// Of the number.
    year: i16,
    facts: Facts,
}

impl Desk {
    /// The same again, also at the same moment, answers the same number.
    pub(super) async fn file(&self, locale: Locale, token: &str) -> Result<Number> {
        if let Some(number) = self.number_of_sent(token).await? {
            return Ok(number);
        }
        match self.try_to_file(locale, token).await {
            // Another click has sent it. Or somebody types on in another window.
            Err(StoreError::Answer(error @ (AppError::Conflict | AppError::Expired))) => {
                Ok(self.number_of_sent(token).await?.ok_or(error)?)
            }
            filed => filed,
        }
    }

    async fn number_of_sent(&self, token: &str) -> Result<Option<Number>> {
        let row =
            reports::by_token(&mut *self.db.read().await?, &token_hash(token)).await?.ok_or(AppError::NotFound)?;
        Ok(row.sent.map(|sent| sent.number))
    }

    async fn try_to_file(&self, locale: Locale, token: &str) -> Result<Number> {
        let report = self.open_report(token).await?;
        if self.clock.now_ms() - report.row.created_at < limits::FASTEST_MS {
            return Err(AppError::invalid("", "too_fast").into());
        }
        let sending = self.sending(&self.book(), &report, locale)?;
        let (desk, dialect) = (self.clone(), self.db.dialect);
        let written = self.db.write(move |tx| async move { desk.number_and_send(tx, dialect, sending).await }.boxed());
        let number = written.await?;
        self.letters.wake();
        Ok(number)
    }

    /// # Errors
    /// `Conflict` where something is wrong with an article: its form tells.
    fn sending(&self, book: &Book, report: &OpenReport, locale: Locale) -> Result<Sending> {
        let Ok(Checked { items }) = self.check_all(book, report)? else {
            return Err(AppError::Conflict.into());
        };
        let (first, form) = items.first().ok_or(AppError::NotFound)?;
        let mut shared = shared_answers(form, &first.answers);
        let home = web_store(book)?;
        let delivery = report::delivery(&split_delivery(&mut shared), &home.country);
        let store = delivery.as_ref().and_then(|d| d.store).and_then(|id| book.stores.get(&id)).unwrap_or(home);
        let place = delivery.as_ref().and_then(|delivery| delivery.from.as_ref());
        if let Some(place) = place.filter(|_| !shared.is_filled(common::CUSTOMER_ADDRESS)) {
            shared.set(common::CUSTOMER_ADDRESS, place.lines());
        }
        shared.set(common::SOLD, "yes");
        shared.set(common::CUSTOMER_LANGUAGE, locale.tag());
        let kept = |(item, _): &(Item, _)| {
            let mut answers = item.answers.clone();
            split_delivery(&mut answers);
            answers.0.extend(shared.0.clone());
            Item { answers, ..item.clone() }
        };
        // The form has asked for what was chosen.
        let to = self.recipient_of(&shared).ok_or(AppError::Conflict)?;
        let now = self.clock.now_ms();
        let expires_at = now + i64::from(book.public_form.confirm_hours) * HOUR_MS;
        let items: Vec<Item> = items.iter().map(kept).collect();
        let facts = self.confirm_facts(book, store, locale, expires_at);
        Ok(Sending {
            report: report.row.id,
            locale,
            typed: report.items.clone(),
            store: store.id,
            to,
            delivery,
            filed_at: now,
            expires_at,
            year: store.today(&*self.clock).year(),
            facts: Facts { article: kinds(book, locale, &items), ..facts },
            items,
        })
    }

    /// Where the link goes, by checked answers.
    pub(super) fn recipient_of(&self, answers: &Answers) -> Option<Recipient> {
        let chosen = Medium::from_key(answers.first(common::CUSTOMER_MEDIUM));
        let (email, phone) = (answers.first(common::CUSTOMER_EMAIL), answers.first(common::CUSTOMER_PHONE));
        recipient(chosen, email, phone, self.config.sends_sms())
    }

    async fn number_and_send(
        &self,
        tx: &mut Tx,
        dialect: crate::store::dialect::Dialect,
        sending: Sending,
    ) -> Result<Number> {
        let Sending { report, locale, typed, mut items, year, facts, filed_at, .. } = sending;
        // Holds the report: what was checked is what is there until the commit, or it is not sent.
        if !reports::hold_unsent(tx, report, filed_at).await? || reports::items(tx, report).await? != typed {
            return Err(AppError::Conflict.into());
        }
        if reports::letters_to(tx, &sending.to, filed_at - DAY_MS).await? >= A_DAY {
            return Err(AppError::TooMany { seconds: 3600 }.into());
        }
        let numbered = |seq: i64| {
            let number = u32::try_from(seq).ok().and_then(|series| Number::new(year, series));
            number.ok_or_else(|| StoreError::corrupt("the series of numbers has ended"))
        };
        for item in &mut items {
            let seq = dialect.next_number(tx).await?;
            item.placed = Some((numbered(seq)?, seq));
        }
        let number = match items.as_slice() {
            [Item { placed: Some((number, _)), .. }] => *number,
            _ => numbered(dialect.next_number(tx).await?)?,
        };
        let sent = Sent {
            filed_at,
            store: sending.store,
            number,
            to: sending.to,
            delivery: sending.delivery,
            expires_at: sending.expires_at,
            letters: 1,
        };
        if !reports::send(tx, report, &sent, locale).await? {
            return Err(AppError::Conflict.into());
        }
        for item in &items {
            reports::place_item(tx, item).await?;
        }
        let (letter, hash) = self.link_letter(Template::Confirm, locale, &sent, &facts)?;
        reports::issue_link(tx, report, &hash).await?;
        letter.enqueue_about(tx, About::Report(report), filed_at).await?;
        Ok(number)
    }

    /// What a letter with the link says, but for number and link.
    pub(super) fn confirm_facts(&self, book: &Book, store: &Store, locale: Locale, expires_at: i64) -> Facts {
        let end = store.moment(expires_at).local;
        Facts {
            organisation: book.organisation.name.clone(),
            country: store.country.clone(),
            store_name: store.name.clone(),
            store_address: store.address.clone(),
            store_email: store.email.clone(),
            store_phone: store.phone.clone(),
            deadline: format!("{}, {:02}:{:02}", format::date_long(locale, end.date()), end.hour(), end.minute()),
            ..Facts::default()
        }
    }

    /// A letter with a fresh link, and the link's hash. It repeats nothing that was typed: nobody has proved to be the
    /// customer, and a stranger's words are not for us to send.
    pub(super) fn link_letter(
        &self,
        template: Template,
        locale: Locale,
        sent: &Sent,
        facts: &Facts,
    ) -> Result<(Letter, String)> {
        let token = self.random.token();
        let action_url = format!("{}{}", self.config.public_url, urls::confirm(&token));
        let facts = Facts { number: sent.number.to_string(), action_url, ..facts.clone() };
        Ok((self.letter(template, locale, sent.to.clone(), &facts)?, token_hash(&token)))
    }

    pub(super) async fn sent(&self, locale: Locale, token: &str) -> Result<ReportSent> {
        let mut connection = self.db.read().await?;
        let row = reports::by_token(&mut connection, &token_hash(token)).await?.ok_or(AppError::NotFound)?;
        let sent = row.sent.clone().ok_or(AppError::NotFound)?;
        let items = reports::items(&mut connection, row.id).await?;
        let now = self.clock.now_ms();
        Ok(ReportSent {
            look: self.look(locale),
            standing: standing_of(&row, now),
            number: sent.number,
            cases: self.articles_of(&mut connection, locale, &items).await?,
            medium: sent.to.medium,
            to: shown(&sent.to),
            hours_left: ((sent.expires_at - now + HOUR_MS - 1) / HOUR_MS).max(0),
            letters_left: limits::LETTERS.saturating_sub(sent.letters),
            undelivered: reports::is_undelivered(&mut connection, row.id).await?,
        })
    }

    /// The articles of a report that was sent. Those of a confirmed one are its cases': it has none of its own any more.
    pub(super) async fn articles_of(
        &self,
        connection: &mut AnyConnection,
        locale: Locale,
        items: &[Item],
    ) -> Result<Vec<(Number, String)>> {
        let book = self.book();
        let mut numbered = Vec::new();
        for item in items {
            let Some((number, _)) = item.placed else { continue };
            let mut name = title(&item.answers);
            if name.is_empty() {
                name = cases::by_id(connection, item.case).await?.map_or(name, |case| case.known.title);
            }
            numbered.push((number, if name.is_empty() { book.type_name(&item.type_key, locale) } else { name }));
        }
        Ok(numbered)
    }

    /// `to` is another address or number than before, or the same, as somebody typed it.
    pub(super) async fn send_link_anew(&self, token: &str, to: &str) -> Result<()> {
        let (row, items) = {
            let mut connection = self.db.read().await?;
            let row = reports::by_token(&mut connection, &token_hash(token)).await?.ok_or(AppError::NotFound)?;
            let items = reports::items(&mut connection, row.id).await?;
            (row, items)
        };
        let medium = row.sent.as_ref().map_or(Medium::Email, |sent| sent.to.medium);
        let fault = match medium {
            Medium::Email => "not_an_email",
            Medium::Sms => "not_a_phone",
        };
        let country = &web_store(&self.book())?.country.clone();
        let to = Recipient::read(medium, to, country).ok_or_else(|| AppError::invalid("to", fault))?;
        self.send_link_to(row, items, to).await
    }

    /// The letter with the link once more, for a report that nobody has confirmed.
    pub(in crate::desk) async fn send_link_to(&self, row: Report, items: Vec<Item>, to: Recipient) -> Result<()> {
        let book = self.book();
        let now = self.clock.now_ms();
        let sent = row.sent.clone().ok_or(AppError::NotFound)?;
        match standing_of(&row, now) {
            report::Standing::Unconfirmed => {}
            report::Standing::Confirmed => return Err(AppError::Conflict.into()),
            _ => return Err(AppError::Expired.into()),
        }
        let store = book.store(sent.store)?;
        let facts = self.confirm_facts(&book, store, row.locale, sent.expires_at);
        let facts = Facts { article: kinds(&book, row.locale, &items), ..facts };
        let sent = Sent { to: to.clone(), ..sent };
        let (letter, hash) = self.link_letter(Template::Confirm, row.locale, &sent, &facts)?;
        let report = row.id;
        let written = self.db.write(move |tx| {
            async move {
                let crowded = reports::letters_to(tx, &to, now - DAY_MS).await? >= A_DAY;
                if crowded || !reports::readdress(tx, report, &to, limits::LETTERS).await? {
                    return Err(AppError::TooMany { seconds: 3600 }.into());
                }
                for mut item in items {
                    item.answers.set(answer_of(to.medium), to.address.clone());
                    reports::place_item(tx, &item).await?;
                }
                reports::issue_link(tx, report, &hash).await?;
                letter.enqueue_about(tx, About::Report(report), now).await
            }
            .boxed()
        });
        written.await?;
        self.letters.wake();
        Ok(())
    }
}

/// The answer that holds the address of that medium.
const fn answer_of(medium: Medium) -> &'static str {
    match medium {
        Medium::Email => common::CUSTOMER_EMAIL,
        Medium::Sms => common::CUSTOMER_PHONE,
    }
}

pub(in crate::desk) fn standing_of(row: &Report, now: i64) -> report::Standing {
    let sent = row.sent.as_ref();
    standing(sent.map(|sent| sent.filed_at), row.confirmed_at, sent.map_or(0, |sent| sent.expires_at), now)
}

/// The first article, and whether there are more.
pub(in crate::desk) fn articles(items: &[Item]) -> String {
    with_more(items.first().map_or_else(String::new, |item| title(&item.answers)), items.len())
}

/// The first article's type, and whether there are more: what a letter says before anybody has confirmed it.
pub(super) fn kinds(book: &Book, locale: Locale, items: &[Item]) -> String {
    let kind = items.first().and_then(|item| book.types.get(&item.type_key));
    with_more(kind.map_or_else(String::new, |kind| kind.name.get(locale).to_owned()), items.len())
}

fn with_more(first: String, all: usize) -> String {
    match all {
        0 | 1 => first,
        more => format!("{first} (+{})", more - 1),
    }
}
