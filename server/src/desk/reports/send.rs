//! Looking a report over, and sending it: numbers, and the letter with the link that confirms it.

use super::super::Desk;
use super::super::book::{Book, Store};
use super::super::cases::known::title;
use super::super::cases::letters::Letter;
use super::super::pictures::view;
use super::fill::{OpenReport, origin_key};
use super::web_store;
use crate::clock::token_hash;
use crate::mail::Facts;
use crate::store::error::Result;
use crate::store::letters::About;
use crate::store::reports::{self, Item, Report, Sent};
use crate::store::{StoreError, attachments};
use app::backend::{Origin, ReportReview, ReportSent, ReviewItem, ReviewSection, Reviewed};
use app::error::AppError;
use app::urls;
use domain::form::filing::{Step, shared_answers, split_delivery};
use domain::form::schema::common;
use domain::form::{Answers, Form, check, shown};
use domain::id::CaseId;
use domain::letter::Template;
use domain::number::Number;
use domain::report::{self, limits, standing};
use domain::{Locale, format};
use futures::FutureExt;
use texts::words;

const HOUR_MS: i64 = 3600 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Reports that one e-mail address may send in a day.
const A_DAY: i64 = 10;

/// A whole report whose answers do.
struct Checked {
    /// With canonical answers; of the first with contact and delivery.
    items: Vec<(Item, Form)>,
}

impl Desk {
    /// The canonical answers of every article, or the first article that something is wrong with.
    fn check_all(&self, book: &Book, report: &OpenReport) -> Result<std::result::Result<Checked, CaseId>> {
        let context = self.context_of(report.row.locale, web_store(book)?);
        let mut items = Vec::new();
        for (at, item) in report.items.iter().enumerate() {
            let form = self.form_of(book, item, at == 0)?;
            match check(&form, &item.answers, &context) {
                Ok(answers) => items.push((Item { answers, ..item.clone() }, form)),
                Err(_) => return Ok(Err(item.case)),
            }
        }
        if items.is_empty() {
            return Err(AppError::NotFound.into());
        }
        Ok(Ok(Checked { items }))
    }

    pub(super) async fn reviewed(&self, locale: Locale, token: &str) -> Result<Reviewed> {
        let book = self.book();
        let report = self.open_report(token).await?;
        let checked = match self.check_all(&book, &report)? {
            Ok(checked) => checked,
            Err(case) => return Ok(Reviewed::Unready(case)),
        };
        let cards = self.report_items(&book, locale, &report.row, &report.items)?;
        let mut items = Vec::new();
        let mut shared = Vec::new();
        let mut connection = self.db.read().await?;
        for ((item, form), card) in checked.items.iter().zip(cards) {
            let (of_all, own): (Vec<_>, Vec<_>) =
                self.sections(&book, locale, form, &item.answers)?.into_iter().partition(|s| s.step.is_shared());
            shared.extend(of_all);
            let pictures = attachments::of_case(&mut connection, item.case).await?;
            let pictures = pictures.iter().map(|picture| view(picture, &book, &book.zone())).collect();
            items.push(ReviewItem { item: card, sections: own, pictures });
        }
        let may_add = items.len() < limits::ITEMS;
        Ok(Reviewed::Ready(ReportReview { look: self.look(locale), token: token.to_owned(), items, shared, may_add }))
    }

    fn sections(&self, book: &Book, locale: Locale, form: &Form, answers: &Answers) -> Result<Vec<ReviewSection>> {
        let context = self.context_of(locale, web_store(book)?);
        let asked = shown(form, answers, &context);
        let currency = &book.organisation.currency;
        let section = |section: &domain::form::Section| {
            let fields = section.fields.iter().filter(|field| asked.iter().any(|asked| asked.field.key == field.key));
            let line = |field: &domain::form::Field| {
                let value = words::answer(locale, field, answers.of(&field.key), currency);
                (!value.is_empty()).then(|| (field.label.get(locale).to_owned(), value))
            };
            ReviewSection {
                step: Step::of_section(section.key.as_str()),
                title: section.title.get(locale).to_owned(),
                answers: fields.filter_map(line).collect(),
            }
        };
        Ok(form.sections.iter().map(section).filter(|section| !section.answers.is_empty()).collect())
    }

    pub(super) async fn file(&self, from: Origin, locale: Locale, token: &str) -> Result<Number> {
        let book = self.book();
        let row =
            reports::by_token(&mut *self.db.read().await?, &token_hash(token)).await?.ok_or(AppError::NotFound)?;
        if let Some(sent) = &row.sent {
            return Ok(sent.number);
        }
        let now = self.clock.now_ms();
        if now - row.created_at < limits::FASTEST_MS {
            return Err(AppError::invalid("", "too_fast").into());
        }
        let report = self.open_report(token).await?;
        let Ok(Checked { items }) = self.check_all(&book, &report)? else {
            return Err(AppError::Conflict.into());
        };
        let (first, form) = items.first().ok_or(AppError::NotFound)?;
        let mut shared = shared_answers(form, &first.answers);
        let home = web_store(&book)?;
        let delivery = report::delivery(&split_delivery(&mut shared), &home.country);
        let store = delivery.as_ref().and_then(|d| d.store).and_then(|id| book.stores.get(&id)).unwrap_or(home);
        let place = delivery.as_ref().and_then(|delivery| delivery.from.as_ref());
        if let Some(place) = place.filter(|_| !shared.is_filled(common::CUSTOMER_ADDRESS)) {
            shared.set(common::CUSTOMER_ADDRESS, place.lines());
        }
        shared.set(common::SOLD, "yes");
        shared.set(common::CUSTOMER_LANGUAGE, locale.tag());
        let email = shared.first(common::CUSTOMER_EMAIL).to_owned();
        let items: Vec<Item> = items
            .iter()
            .map(|(item, _)| {
                let mut answers = item.answers.clone();
                split_delivery(&mut answers);
                answers.0.extend(shared.0.clone());
                Item { answers, ..item.clone() }
            })
            .collect();
        let sent = Sent {
            filed_at: now,
            store: store.id,
            // Its place in the series is known within the transaction.
            number: Number::new(0, 0).ok_or_else(|| StoreError::corrupt("no number"))?,
            email: email.clone(),
            delivery,
            expires_at: now + i64::from(book.public_form.confirm_hours) * HOUR_MS,
            letters: 1,
        };
        let number = self.number_and_send(from, &book, store, report.row.id, locale, sent, items).await;
        if let Err(StoreError::Answer(AppError::Conflict)) = &number {
            // A double click: the other one has sent it.
            let row = reports::by_token(&mut *self.db.read().await?, &token_hash(token)).await?;
            if let Some(sent) = row.and_then(|row| row.sent) {
                return Ok(sent.number);
            }
        }
        number
    }

    #[expect(clippy::too_many_arguments, reason = "what the transaction takes, each once")]
    async fn number_and_send(
        &self,
        from: Origin,
        book: &Book,
        store: &Store,
        report: domain::id::ReportId,
        locale: Locale,
        sent: Sent,
        mut items: Vec<Item>,
    ) -> Result<Number> {
        let (desk, store) = (self.clone(), store.clone());
        let facts = Facts { article: articles(&items), ..self.confirm_facts(book, &store, locale, sent.expires_at) };
        let (origin, dialect, now) = (origin_key(from), self.db.dialect, sent.filed_at);
        let year = store.today(&*self.clock).year();
        let most = i64::from(self.config.reports_per_hour);
        let written = self.db.write(move |tx| {
            async move {
                // What counts against the limit is another's address too: a stranger could fill somebody's letter box.
                if reports::sent_by(tx, &sent.email, now - DAY_MS).await? >= A_DAY
                    || reports::begun_from(tx, &origin, now - HOUR_MS).await? > most
                {
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
                let sent = Sent { number, ..sent };
                if !reports::send(tx, report, &sent).await? {
                    return Err(AppError::Conflict.into());
                }
                for item in &items {
                    reports::place_item(tx, item).await?;
                }
                let (letter, hash) = desk.link_letter(Template::Confirm, locale, &sent, &facts)?;
                reports::issue_link(tx, report, &hash).await?;
                letter.enqueue_about(tx, About::Report(report), now).await?;
                Ok(number)
            }
            .boxed()
        });
        let number = written.await?;
        self.letters.wake();
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

    /// A letter with a fresh link, and the link's hash. It does not name the customer: nobody has proved to be them.
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
        Ok((self.letter(template, locale, sent.email.clone(), &facts)?, token_hash(&token)))
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
            cases: numbered_titles(&self.book(), locale, &items),
            email: sent.email,
            hours_left: ((sent.expires_at - now) / HOUR_MS).max(0),
            letters_left: limits::LETTERS.saturating_sub(sent.letters),
        })
    }

    pub(super) async fn send_link_anew(&self, from: Origin, token: &str, email: &str) -> Result<()> {
        let email = domain::email::parse(email).ok_or_else(|| AppError::invalid("email", "not_an_email"))?;
        let (row, items) = {
            let mut connection = self.db.read().await?;
            let row = reports::by_token(&mut connection, &token_hash(token)).await?.ok_or(AppError::NotFound)?;
            let items = reports::items(&mut connection, row.id).await?;
            (row, items)
        };
        self.send_link_to(from, row, items, email).await
    }

    /// The letter with the link once more, for a report that nobody has confirmed. `email` is an address as it is kept.
    pub(in crate::desk) async fn send_link_to(
        &self,
        from: Origin,
        row: Report,
        items: Vec<Item>,
        email: String,
    ) -> Result<()> {
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
        let facts = Facts { article: articles(&items), ..facts };
        let changed = email != sent.email;
        let sent = Sent { email: email.clone(), ..sent };
        let (letter, hash) = self.link_letter(Template::Confirm, row.locale, &sent, &facts)?;
        let (report, origin) = (row.id, origin_key(from));
        let most = i64::from(self.config.reports_per_hour);
        let written = self.db.write(move |tx| {
            async move {
                let crowded = reports::begun_from(tx, &origin, now - HOUR_MS).await? > most
                    || (changed && reports::sent_by(tx, &email, now - DAY_MS).await? >= A_DAY);
                if crowded || !reports::readdress(tx, report, &email, limits::LETTERS).await? {
                    return Err(AppError::TooMany { seconds: 3600 }.into());
                }
                for mut item in items.into_iter().filter(|_| changed) {
                    item.answers.set(common::CUSTOMER_EMAIL, email.clone());
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

pub(in crate::desk) fn standing_of(row: &Report, now: i64) -> report::Standing {
    let sent = row.sent.as_ref();
    standing(sent.map(|sent| sent.filed_at), row.confirmed_at, sent.map_or(0, |sent| sent.expires_at), now)
}

/// The first article, as a letter names it, and whether there are more.
pub(in crate::desk) fn articles(items: &[Item]) -> String {
    let first = items.first().map_or_else(String::new, |item| title(&item.answers));
    match items.len() {
        0 | 1 => first,
        more => format!("{first} (+{})", more - 1),
    }
}

/// Of a report that was sent.
pub(super) fn numbered_titles(book: &Book, locale: Locale, items: &[Item]) -> Vec<(Number, String)> {
    let line = |item: &Item| {
        let (number, _) = item.placed?;
        let name = title(&item.answers);
        let kind = || book.types.get(&item.type_key).map_or_else(String::new, |kind| kind.name.get(locale).to_owned());
        Some((number, if name.is_empty() { kind() } else { name }))
    };
    items.iter().filter_map(line).collect()
}
