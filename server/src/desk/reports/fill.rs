//! Filling a report in: everything typed is kept, good or not.

use super::super::Desk;
use super::super::book::Book;
use super::super::cases::known::title;
use super::super::pictures::view;
use super::super::registration::within_limits;
use super::{delivery_offer, implied, offered, web_store};
use crate::clock::{HOUR_MS, token_hash};
use crate::files::shelf::Outgoing;
use crate::store::StoreError;
use crate::store::attachments::{self, Attachment};
use crate::store::error::Result;
use crate::store::reports::{self, Item, NewReport, Report};
use app::backend::{
    FormPage, Origin, PictureView, ReportInput, ReportItem, ReportPage, ReportStart, SetCookie, TypeCard,
};
use app::error::AppError;
use app::pages::report::COOKIE;
use app::urls::{self, Size};
use domain::form::filing::shared_answers;
use domain::form::{Answers, Form, check, filing_form, retyped};
use domain::id::{AttachmentId, CaseId, Key, ReportId};
use domain::report::limits;
use domain::{Locale, form::Context};
use futures::FutureExt;

/// A report that can still be filled in, opened by its secret.
#[derive(Clone, Debug)]
pub struct OpenReport {
    pub(super) row: Report,
    pub(super) items: Vec<Item>,
}

impl OpenReport {
    pub(in crate::desk) fn cases(&self) -> Vec<CaseId> {
        self.items.iter().map(|item| item.case).collect()
    }

    /// Whether its pictures can be those of that case.
    pub fn has(&self, case: CaseId) -> bool {
        self.items.iter().any(|item| item.case == case)
    }
}

impl Desk {
    pub(super) async fn start(&self, locale: Locale, remembered: Option<&str>) -> Result<ReportStart> {
        let book = self.book();
        let cards = book.public_form.types.iter().filter_map(|key| book.types.get(key)).filter(|kind| kind.active);
        let mut cards: Vec<_> = cards.collect();
        if !book.public_form.open || cards.is_empty() {
            return Err(AppError::NotFound.into());
        }
        cards.sort_by_key(|kind| kind.position);
        let unfinished = match remembered {
            Some(token) => reports::by_token(&mut *self.db.read().await?, &token_hash(token)).await?,
            None => None,
        };
        let unfinished = unfinished.filter(|report| report.sent.is_none()).and(remembered.map(str::to_owned));
        let card = |kind: &super::ComplaintType| TypeCard {
            key: kind.key.clone(),
            name: kind.name.get(locale).to_owned(),
            icon: kind.icon.clone(),
        };
        Ok(ReportStart { look: self.look(locale), types: cards.into_iter().map(card).collect(), unfinished })
    }

    /// Opens a report for filling in.
    ///
    /// # Errors
    /// `NotFound` for an unknown secret, `Expired` once it was sent.
    pub async fn open_report(&self, token: &str) -> Result<OpenReport> {
        let mut connection = self.db.read().await?;
        let row = reports::by_token(&mut connection, &token_hash(token)).await?.ok_or(AppError::NotFound)?;
        if row.sent.is_some() {
            return Err(AppError::Expired.into());
        }
        let items = reports::items(&mut connection, row.id).await?;
        Ok(OpenReport { row, items })
    }

    pub(super) fn empty_report(&self, locale: Locale, type_key: &Key) -> Result<ReportPage> {
        let book = self.book();
        let kind = offered(&book, type_key)?;
        let page = self.filing_page(&book, locale, &blank(self.random.id(), type_key, kind.form_version), true)?;
        Ok(ReportPage { look: self.look(locale), token: self.random.token(), page, items: Vec::new(), first: true })
    }

    pub(super) async fn begun_report(
        &self,
        locale: Locale,
        token: &str,
        case: Option<CaseId>,
        type_key: Option<&Key>,
    ) -> Result<ReportPage> {
        let book = self.book();
        let OpenReport { row, items } = self.open_report(token).await?;
        let (item, first) = match (type_key, case) {
            (Some(key), _) => {
                if items.len() >= limits::ITEMS {
                    return Err(AppError::Conflict.into());
                }
                (blank(self.random.id(), key, offered(&book, key)?.form_version), items.is_empty())
            }
            (None, Some(case)) => {
                let at = items.iter().position(|item| item.case == case).ok_or(AppError::NotFound)?;
                (items[at].clone(), at == 0)
            }
            (None, None) => (items.first().cloned().ok_or(AppError::NotFound)?, true),
        };
        let mut page = self.filing_page(&book, locale, &item, first)?;
        // What was typed before the language was switched reads in the new one.
        let typed_in = Context { locale: row.locale, ..page.context.clone() };
        page.answers = retyped(&page.form, &item.answers, &typed_in, locale);
        let mut connection = self.db.read().await?;
        let pictures = attachments::of_case(&mut connection, item.case).await?;
        page.context.pictures = super::super::pictures::counts(&pictures);
        page.pictures = pictures.iter().map(|picture| view(picture, &book, &book.zone())).collect();
        let items = self.report_items(&book, locale, &row, &items)?;
        Ok(ReportPage { look: self.look(locale), token: token.to_owned(), page, items, first })
    }

    /// The shared form's page, without pictures.
    fn filing_page(&self, book: &Book, locale: Locale, item: &Item, first: bool) -> Result<FormPage> {
        let store = web_store(book)?;
        let kind = offered(book, &item.type_key)?;
        Ok(FormPage {
            id: item.case,
            type_key: item.type_key.clone(),
            type_name: kind.name.get(locale).to_owned(),
            form: self.form_of(book, item, first)?,
            context: self.context_of(locale, store),
            answers: item.answers.clone(),
            pictures: Vec::new(),
            store: store.to_ref(),
            stores: Vec::new(),
            currency: book.organisation.currency.clone(),
            editing: None,
            hints: Vec::new(),
        })
    }

    pub(super) fn form_of(&self, book: &Book, item: &Item, first: bool) -> Result<Form> {
        let form = book.form(&item.type_key, item.form_version)?;
        Ok(filing_form(form, &implied(), first, &delivery_offer(book)))
    }

    pub(super) fn report_items(
        &self,
        book: &Book,
        locale: Locale,
        row: &Report,
        items: &[Item],
    ) -> Result<Vec<ReportItem>> {
        let context = self.context_of(row.locale, web_store(book)?);
        let card = |(at, item): (usize, &Item)| {
            let kind = book.types.get(&item.type_key);
            let form = self.form_of(book, item, at == 0)?;
            Ok(ReportItem {
                case: item.case,
                type_key: item.type_key.clone(),
                type_name: kind.map_or_else(|| item.type_key.to_string(), |kind| kind.name.get(locale).to_owned()),
                icon: kind.map_or_else(String::new, |kind| kind.icon.clone()),
                title: title(&item.answers),
                complete: check(&form, &item.answers, &context).is_ok(),
            })
        };
        items.iter().enumerate().map(card).collect()
    }

    /// Whether somebody may fill that report in, or begin it, as far as can be known before reading what they send.
    ///
    /// # Errors
    /// `NotFound` for what is no secret of ours, `Expired` once it was sent, `TooMany` beyond the limits on new ones.
    pub async fn may_fill(&self, from: Origin, token: &str) -> Result<(), AppError> {
        let allowed = async {
            if !is_secret(token) {
                return Err(AppError::NotFound.into());
            }
            let mut connection = self.db.read().await?;
            match reports::by_token(&mut connection, &token_hash(token)).await? {
                Some(report) if report.sent.is_some() => Err(AppError::Expired.into()),
                Some(_) => Ok(()),
                None => {
                    let since = self.clock.now_ms() - HOUR_MS;
                    let begun = reports::begun_from(&mut connection, &origin_key(from), since).await?;
                    let most = i64::from(self.config.reports_per_hour);
                    if begun < most { Ok(()) } else { Err(AppError::TooMany { seconds: 600 }.into()) }
                }
            }
        };
        allowed.await.map_err(|error: StoreError| self.fail(error))
    }

    pub(super) async fn keep_report(&self, from: Origin, locale: Locale, input: ReportInput) -> Result<()> {
        let book = self.book();
        within_limits(&input.answers)?;
        if !input.website.is_empty() {
            return Err(AppError::invalid("website", "robot").into());
        }
        if !is_secret(&input.token) {
            return Err(AppError::NotFound.into());
        }
        offered(&book, &input.type_key)?;
        book.forms.get(&(input.type_key.clone(), input.form_version)).ok_or(AppError::NotFound)?;
        let known = reports::by_token(&mut *self.db.read().await?, &token_hash(&input.token)).await?;
        let (begun, fresh): (Option<ReportId>, ReportId) = (known.map(|row| row.id), self.random.id());
        let item = Item {
            case: input.case,
            type_key: input.type_key,
            form_version: input.form_version,
            answers: input.answers,
            placed: None,
        };
        let (hash, origin, now) = (token_hash(&input.token), origin_key(from), self.clock.now_ms());
        let most = i64::from(self.config.reports_per_hour);
        let kept = self.db.write(move |tx| {
            async move {
                let id = match begun {
                    Some(id) => id,
                    None => {
                        if reports::begun_from(tx, &origin, now - HOUR_MS).await? >= most {
                            return Err(AppError::TooMany { seconds: 600 }.into());
                        }
                        let new = NewReport { id: fresh, token_hash: &hash, locale, origin: &origin, at_ms: now };
                        if !reports::insert(tx, new).await? {
                            // Another tab's save of this very moment.
                            reports::by_token(tx, &hash).await?.ok_or(AppError::Conflict)?.id
                        } else {
                            fresh
                        }
                    }
                };
                if reports::items(tx, id).await?.iter().filter(|other| other.case != item.case).count() >= limits::ITEMS
                {
                    return Err(AppError::invalid("", "too_many_items").into());
                }
                if reports::save_item(tx, id, &item, locale, now).await? {
                    return Ok(());
                }
                let sent = reports::by_token(tx, &hash).await?.is_some_and(|row| row.sent.is_some());
                Err(if sent { AppError::Expired } else { AppError::NotFound }.into())
            }
            .boxed()
        });
        kept.await
    }

    pub(super) async fn drop_item(&self, token: &str, case: CaseId) -> Result<()> {
        let report = self.open_report(token).await?;
        let (id, locale, now, desk, book) =
            (report.row.id, report.row.locale, self.clock.now_ms(), self.clone(), self.book());
        let gone = self.db.write(move |tx| {
            async move {
                if !reports::hold_unsent(tx, id, now).await? {
                    return Err(AppError::Expired.into());
                }
                let items = reports::items(tx, id).await?;
                // The first article's form holds what was asked once for all, and the last one stays.
                let [first, second, ..] = items.as_slice() else { return Err(AppError::Conflict.into()) };
                if first.case == case {
                    let form = desk.form_of(&book, first, true)?;
                    let mut heir = second.clone();
                    heir.answers.0.extend(shared_answers(&form, &first.answers).0);
                    reports::save_item(tx, id, &heir, locale, now).await?;
                }
                reports::drop_item(tx, id, case).await
            }
            .boxed()
        });
        let gone = gone.await?;
        self.remove_gone(&gone).await;
        Ok(())
    }

    pub(super) async fn drop_picture(&self, token: &str, picture: AttachmentId) -> Result<()> {
        let report = self.open_report(token).await?;
        let (id, case, now) = (report.row.id, self.own_report_picture(token, picture).await?.case, self.clock.now_ms());
        let gone = self.db.write(move |tx| {
            async move {
                if !reports::hold_unsent(tx, id, now).await? {
                    return Err(AppError::Expired.into());
                }
                attachments::delete(tx, picture, case).await
            }
            .boxed()
        });
        let gone = gone.await?;
        self.remove_gone(&gone).await;
        Ok(())
    }

    /// Throws away what somebody does not want to send after all: its words and its pictures.
    pub(super) async fn discard(&self, token: &str) -> Result<()> {
        let report = self.open_report(token).await?.row.id;
        let now = self.clock.now_ms();
        let gone = self.db.write(move |tx| reports::purge(tx, report, now + 1, now).boxed()).await?;
        self.remove_gone(&gone).await;
        Ok(())
    }

    async fn own_report_picture(&self, token: &str, picture: AttachmentId) -> Result<Attachment> {
        let report = self.open_report(token).await?;
        let attachment = attachments::get(&mut *self.db.read().await?, picture).await?;
        Ok(attachment.filter(|a| !a.removed && report.has(a.case)).ok_or(AppError::NotFound)?)
    }

    /// A file for the browser that fills the report in.
    pub async fn report_file(
        &self,
        token: &str,
        id: AttachmentId,
        size: Size,
    ) -> Result<(Attachment, Outgoing), AppError> {
        let attachment = self.own_report_picture(token, id).await.map_err(|error| self.fail(error))?;
        let file = self.outgoing(&attachment, size).await?;
        Ok((attachment, file))
    }

    pub(super) async fn pictures_of_item(&self, token: &str, case: CaseId) -> Result<Vec<PictureView>> {
        let report = self.open_report(token).await?;
        if !report.has(case) {
            return Err(AppError::NotFound.into());
        }
        let book = self.book();
        let pictures = attachments::of_case(&mut *self.db.read().await?, case).await?;
        Ok(pictures.iter().map(|picture| view(picture, &book, &book.zone())).collect())
    }

    /// The browser's half of the way back to a report: as long as an unsent one is kept, and for its pages alone.
    pub(super) fn remembering(&self, token: &str, framed: bool) -> SetCookie {
        let allowed = match (self.config.secure(), framed) {
            (true, true) => "SameSite=None; Secure; Partitioned",
            (true, false) => "SameSite=Lax; Secure",
            (false, _) => "SameSite=Lax",
        };
        let (seconds, path) = (limits::UNSENT_MS / 1000, urls::REPORT);
        SetCookie(format!("{COOKIE}={token}; Path={path}; Max-Age={seconds}; HttpOnly; {allowed}"))
    }
}

fn blank(case: CaseId, type_key: &Key, form_version: u32) -> Item {
    Item { case, type_key: type_key.clone(), form_version, answers: Answers::default(), placed: None }
}

/// Made by us, or at least as hard to guess: 32 hexadecimal digits.
fn is_secret(token: &str) -> bool {
    token.len() == 32 && token.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Addresses are not kept, only that two are the same.
pub(super) fn origin_key(from: Origin) -> String {
    token_hash(&format!("report {}", from.network()))
}
