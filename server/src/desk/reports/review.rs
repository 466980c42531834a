//! Looking a report over before it is sent.

use super::super::Desk;
use super::super::book::Book;
use super::super::pictures::view;
use super::fill::OpenReport;
use super::web_store;
use crate::store::attachments;
use crate::store::error::Result;
use crate::store::reports::Item;
use app::backend::{ReportReview, ReviewItem, ReviewSection, Reviewed};
use app::error::AppError;
use domain::Locale;
use domain::contact::Medium;
use domain::form::filing::Step;
use domain::form::{Answers, Form, check, shown};
use domain::id::CaseId;
use domain::report::limits;
use texts::words;

/// A whole report whose answers do.
pub(super) struct Checked {
    /// With canonical answers; of the first with contact and delivery.
    pub items: Vec<(Item, Form)>,
}

impl Desk {
    /// The canonical answers of every article, or the first article that something is wrong with.
    pub(super) fn check_all(&self, book: &Book, report: &OpenReport) -> Result<std::result::Result<Checked, CaseId>> {
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
        let look = self.look(locale);
        let medium = checked.items.first().and_then(|(first, _)| self.recipient_of(&first.answers));
        let medium = medium.map_or(Medium::Email, |to| to.medium);
        let token = token.to_owned();
        Ok(Reviewed::Ready(Box::new(ReportReview { look, token, items, shared, may_add, medium })))
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
        // What a customer asks for is shown as not chosen, so that nobody sends a complaint without knowing.
        let says = |section: &ReviewSection| !section.answers.is_empty() || section.step == Step::Wish;
        Ok(form.sections.iter().map(section).filter(says).collect())
    }
}
