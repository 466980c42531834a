//! What was found, and what the supplier answered: facts of their own, which never change the decision by themselves.

use super::act::{Done, at};
use crate::desk::Desk;
use crate::desk::book::{Book, Store};
use crate::store::cases::Case;
use crate::store::error::Result;
use crate::store::{StoreError, Tx, attachments};
use app::backend::{ExaminedView, Finding, Named, SupplierView, SupplierWord, Viewer};
use app::error::AppError;
use domain::deadline::recorded::Noted;
use domain::decision::TEXT_LIMIT;
use domain::event::{Change, EventKind};
use domain::handling::{Examined, SupplierAnswer};
use domain::id::{AttachmentId, CaseId};
use domain::phase::{Came, Step};
use domain::role::Right;
use domain::{Locale, format, money};
use jiff::civil::Date;

/// Letters of whoever examined it, at most.
const EXAMINER_LIMIT: usize = 200;

impl Desk {
    /// R12. `pictures` are those that the case has.
    pub(super) fn examined(&self, book: &Book, who: &Viewer, mut case: Case, found: Finding) -> Result<Done> {
        if case.archived.is_some() {
            return Err(AppError::Conflict.into());
        }
        let before = case.handling.examined.take();
        let kept = before.as_ref().is_some_and(|before| before.cause == found.cause);
        let offered = |cause: &&domain::handling::Cause| cause.key == found.cause;
        let cause = book.causes.iter().find(offered).filter(|cause| cause.active && cause.is_for(&case.type_key));
        if cause.is_none() && !kept {
            return Err(AppError::invalid("cause", "unknown_choice").into());
        }
        let examiner = bounded(&found.examiner, "examiner", EXAMINER_LIMIT)?;
        if examiner.is_empty() {
            return Err(AppError::invalid("examiner", "missing").into());
        }
        let mut pictures = found.pictures;
        pictures.sort_unstable();
        pictures.dedup();
        let after = Examined {
            cause: found.cause,
            finding: bounded(&found.finding, "finding", TEXT_LIMIT)?,
            examiner,
            on: not_to_come(book.store(case.store)?, self, found.on)?,
            pictures,
            by: who.id,
            at: self.clock.now_ms(),
        };
        let told = |e: &Examined| {
            let pictures = e.pictures.iter().map(AttachmentId::to_string).collect::<Vec<_>>().join(" ");
            let texts = [e.cause.to_string(), e.finding.clone(), e.examiner.clone(), e.on.to_string(), pictures];
            ["cause", "finding", "examiner", "on", "pictures"].into_iter().zip(texts).collect::<Vec<_>>()
        };
        let changes = changes(before.as_ref().map(told), told(&after));
        // Nothing new is nothing that happened; who looked last stays said.
        let examined = if changes.is_empty() { before } else { Some(after) };
        let events = if changes.is_empty() { Vec::new() } else { vec![EventKind::Examined { changes }] };
        case.handling.examined = examined;
        let news = !events.is_empty();
        let done = Done::of(case, events);
        Ok(if news { came(who, done, Came::Finding) } else { done })
    }

    /// E26.
    pub(super) fn answered_by_supplier(
        &self,
        book: &Book,
        who: &Viewer,
        mut case: Case,
        word: SupplierWord,
    ) -> Result<Done> {
        if !who.may(Right::Handle) {
            return Err(AppError::Forbidden.into());
        }
        if case.archived.is_some() {
            return Err(AppError::Conflict.into());
        }
        let before = case.handling.supplier.take();
        let kept = before.as_ref().is_some_and(|before| before.answer == word.answer);
        let listed = book.supplier_answers.iter().any(|answer| answer.key == word.answer && answer.active);
        if !listed && !kept {
            return Err(AppError::invalid("answer", "unknown_choice").into());
        }
        let after = SupplierAnswer {
            answer: word.answer,
            note: bounded(&word.note, "note", TEXT_LIMIT)?,
            amount_minor: match word.amount.trim() {
                "" => None,
                amount => {
                    let minor = money::parse(amount, who.locale);
                    Some(minor.ok_or_else(|| AppError::invalid("amount", "not_money"))?)
                }
            },
            on: not_to_come(book.store(case.store)?, self, word.on)?,
            by: who.id,
            at: self.clock.now_ms(),
        };
        let told = |a: &SupplierAnswer| {
            let amount = a.amount_minor.map_or_else(String::new, |minor| minor.to_string());
            let texts = [a.answer.to_string(), a.note.clone(), amount, a.on.to_string()];
            ["answer", "note", "amount", "on"].into_iter().zip(texts).collect::<Vec<_>>()
        };
        let changes = changes(before.as_ref().map(told), told(&after));
        let supplier = if changes.is_empty() { before } else { Some(after) };
        let events = if changes.is_empty() { Vec::new() } else { vec![EventKind::SupplierAnswered { changes }] };
        case.handling.supplier = supplier;
        let news = !events.is_empty();
        let done = Done::of(case, events);
        Ok(if news { came(who, done, Came::Word) } else { done })
    }
}

/// What came ends the waiting for it. A handler who did not note it is told.
pub(super) fn came(who: &Viewer, mut done: Done, came: Came) -> Done {
    let from = done.case.phase;
    let to = from.with(came);
    if to != from {
        done.events.push(EventKind::PhaseSet { from, to });
        done.news = done.case.handler != Some(who.id);
        done.case = at(done.case, Step { phase: to, archived: false, letter: None });
    }
    done
}

/// What is newly noted of the law's facts, and somebody may have waited for.
pub(super) fn newly_noted(before: &Noted, after: &Noted) -> impl Iterator<Item = Came> {
    let days = |noted: &Noted| [noted.goods_received, noted.repaired, noted.replaced];
    let came = [Came::Goods, Came::Repair, Came::Replacement];
    let both = days(before).into_iter().zip(days(after)).zip(came);
    both.filter_map(|((was, is), came)| (is.is_some() && is != was).then_some(came))
}

/// Whether the case has all these pictures.
pub(super) async fn has_pictures(tx: &mut Tx, case: CaseId, pictures: &[AttachmentId]) -> Result<(), StoreError> {
    if pictures.is_empty() {
        return Ok(());
    }
    let known = attachments::of_case(tx, case).await?;
    let unknown = pictures.iter().any(|id| !known.iter().any(|row| row.id == *id));
    if unknown { Err(AppError::invalid("pictures", "unknown_choice").into()) } else { Ok(()) }
}

fn bounded(text: &str, field: &str, most: usize) -> Result<String, AppError> {
    let text = text.trim();
    if text.chars().count() > most { Err(AppError::invalid(field, "text_too_long")) } else { Ok(text.to_owned()) }
}

/// Nothing was found or said on a day that is still to come.
fn not_to_come(store: &Store, desk: &Desk, on: Date) -> Result<Date, AppError> {
    if on > store.today(&*desk.clock) { Err(AppError::invalid("on", "in_future")) } else { Ok(on) }
}

/// What differs, field by field; before there was anything everything that says something does.
fn changes(before: Option<Vec<(&str, String)>>, after: Vec<(&str, String)>) -> Vec<Change> {
    let was = |field: &str| {
        let before = before.as_ref()?;
        before.iter().find(|(name, _)| *name == field).map(|(_, text)| text.clone())
    };
    let changed = after.into_iter().map(|(field, after)| (field, was(field).unwrap_or_default(), after));
    changed
        .filter(|(_, before, after)| before != after)
        .filter_map(|(field, before, after)| Some(Change { field: field.parse().ok()?, before, after }))
        .collect()
}

/// A line for each change, in the reader's language.
pub(super) fn told(book: &Book, locale: Locale, changes: &[Change]) -> String {
    changes.iter().map(|change| line(book, locale, change)).collect::<Vec<_>>().join("\n")
}

fn line(book: &Book, locale: Locale, change: &Change) -> String {
    use texts::case as words;
    let field = change.field.as_str();
    let label = match field {
        "cause" => words::cause(locale),
        "finding" => words::finding(locale),
        "examiner" => words::examiner(locale),
        "on" => words::on_day(locale),
        "pictures" => words::finding_pictures(locale),
        "answer" => words::supplier_answer(locale),
        "amount" => words::amount_plain(locale),
        _ => words::note(locale),
    };
    let value = |text: &str| match field {
        _ if text.is_empty() => String::new(),
        "cause" => text.parse().map_or_else(|_| text.to_owned(), |key| book.cause_name(&key, locale)),
        "answer" => text.parse().map_or_else(|_| text.to_owned(), |key| book.supplier_answer_name(&key, locale)),
        "on" => text.parse().map_or_else(|_| text.to_owned(), |day| format::date(locale, day)),
        "pictures" => text.split(' ').count().to_string(),
        "amount" => text
            .parse()
            .map_or_else(|_| text.to_owned(), |minor| format::money(locale, minor, &book.organisation.currency)),
        _ => text.to_owned(),
    };
    match (value(&change.before), value(&change.after)) {
        (before, after) if before.is_empty() => format!("{label}: {after}"),
        (before, after) => format!("{label}: {before} → {}", if after.is_empty() { "–" } else { &after }),
    }
}

pub(super) fn examined_view(book: &Book, store: &Store, locale: Locale, case: &Case) -> Option<ExaminedView> {
    let found = case.handling.examined.as_ref()?;
    Some(ExaminedView {
        cause: found.cause.clone(),
        cause_name: book.cause_name(&found.cause, locale),
        finding: found.finding.clone(),
        examiner: found.examiner.clone(),
        on: found.on,
        pictures: found.pictures.clone(),
        by: book.staff_name(Some(found.by)),
        at: store.moment(found.at),
    })
}

pub(super) fn supplier_view(book: &Book, store: &Store, locale: Locale, case: &Case) -> Option<SupplierView> {
    let said = case.handling.supplier.as_ref()?;
    let amount = |put: &dyn Fn(i64) -> String| said.amount_minor.map_or_else(String::new, put);
    Some(SupplierView {
        answer: said.answer.clone(),
        answer_name: book.supplier_answer_name(&said.answer, locale),
        note: said.note.clone(),
        amount: amount(&|minor| format::money(locale, minor, &book.organisation.currency)),
        amount_typed: amount(&|minor| money::typed(locale, minor)),
        on: said.on,
        by: book.staff_name(Some(said.by)),
        at: store.moment(said.at),
    })
}

/// What can be chosen now, and what was chosen when it could.
pub(super) fn causes(book: &Book, locale: Locale, case: &Case) -> Vec<Named> {
    let chosen = case.handling.examined.as_ref().map(|found| &found.cause);
    let offered =
        |cause: &&domain::handling::Cause| cause.active && cause.is_for(&case.type_key) || Some(&cause.key) == chosen;
    let named =
        |cause: &domain::handling::Cause| Named { key: cause.key.to_string(), name: cause.name.get(locale).to_owned() };
    book.causes.iter().filter(offered).map(named).collect()
}

pub(super) fn supplier_answers(book: &Book, locale: Locale, case: &Case) -> Vec<Named> {
    let chosen = case.handling.supplier.as_ref().map(|said| &said.answer);
    let offered = book.supplier_answers.iter().filter(|answer| answer.active || Some(&answer.key) == chosen);
    offered.map(|answer| Named { key: answer.key.to_string(), name: answer.name.get(locale).to_owned() }).collect()
}
