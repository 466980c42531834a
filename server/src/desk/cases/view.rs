//! A case as its page shows it.

use super::decisions::decision_view;
use super::rows::{away, due, is_nobodys, moment};
use super::{deadlines, findings};
use crate::desk::Desk;
use crate::desk::book::{Book, Store};
use crate::desk::rmas::may_issue;
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use crate::store::letters::shown as shown_address;
use crate::store::parts::{self, AttachmentRow, EventRow, LetterRow, MessageRow, NoteRow};
use crate::store::rmas;
use app::backend::{
    AnswerSection, AnswerView, CaseView, CustomerView, EventView, HandedView, LetterView, MessageView, Named, NoteView,
    OutcomeChoice, PaperView, PictureView, ReasonChoice, SettlementView, StaffRef, Viewer,
};
use app::error::AppError;
use domain::form::schema::common;
use domain::form::{Context, FieldKind, Form, shown};
use domain::id::Key;
use domain::number::Number;
use domain::phase::{Action, Standing, may_edit, may_unsettle, step};
use domain::role::Right;
use domain::{Locale, format};
use texts::words;

pub(in crate::desk) fn standing(case: &Case) -> Standing {
    Standing {
        phase: case.phase,
        archived: case.archived.is_some(),
        verdict: case.decision.as_ref().map(|decided| decided.decision.verdict),
    }
}

/// How a case's texts are put for one reader.
pub(super) struct Reader<'a> {
    pub book: &'a Book,
    pub store: &'a Store,
    pub form: &'a Form,
    pub locale: Locale,
}

impl Desk {
    pub(super) async fn view(&self, who: &Viewer, number: Number) -> Result<CaseView> {
        let book = self.book();
        let (case, parts, rma, joined, joined_into) = {
            let mut connection = self.db.read().await?;
            let case = cases::by_number(&mut connection, number).await?;
            let case = case.filter(|case| who.reach.covers(case.store)).ok_or(AppError::NotFound)?;
            let mut joined = cases::joined(&mut connection, case.id).await?;
            joined.retain(|(_, _, store)| who.reach.covers(*store));
            let joined_into = match case.joined_into {
                Some(kept) => cases::whereabouts(&mut connection, kept).await?.map(|(number, _)| number),
                None => None,
            };
            let mut parts = parts::of_case(&mut connection, case.id).await?;
            for (duplicate, ..) in &joined {
                parts.join(parts::of_case(&mut connection, *duplicate).await?);
            }
            let rma = match case.rma {
                Some(rma) => rmas::by_id(&mut connection, rma).await?,
                None => None,
            };
            let beside = match &rma {
                Some(rma) => rmas::cases(&mut connection, rma.id).await?,
                None => Vec::new(),
            };
            (case, parts, rma.map(|rma| (rma, beside)), joined, joined_into)
        };
        let store = book.store(case.store)?;
        let form = book.form(&case.type_key, case.form_version)?;
        let reader = Reader { book: &book, store, form, locale: who.locale };
        let today = store.today(&*self.clock);
        let kind = book.types.get(&case.type_key);
        let type_name = book.type_name(&case.type_key, who.locale);
        let standing = standing(&case);
        let mut handlers: Vec<StaffRef> = book.handlers_of(case.store).map(crate::desk::book::Staff::to_ref).collect();
        handlers.sort_by(|a, b| a.name.cmp(&b.name));
        let (own_notes, comments): (Vec<_>, Vec<_>) = parts.notes.iter().partition(|note| note.own);
        Ok(CaseView {
            id: case.id,
            number: case.number,
            version: case.version,
            type_key: case.type_key.clone(),
            title: if case.known.title.is_empty() { type_name.clone() } else { case.known.title.clone() },
            type_name,
            icon: kind.map_or_else(String::new, |kind| kind.icon.clone()),
            store: store.to_ref(),
            channel: case.channel,
            phase: case.phase,
            status: case.status.and_then(|id| book.statuses.get(&id)).map(|status| reader.status(status)),
            archived: case.archived,
            handler: case.handler.and_then(|id| book.staff.get(&id)).map(crate::desk::book::Staff::to_ref),
            nobody: is_nobodys(&book, case.handler, case.phase, case.archived.is_some()),
            away: away(&book, who, case.handler, case.store, today),
            waiting: self.waiting_view(&book, &case, today),
            supplier_name: case.answers.first(common::SUPPLIER).to_owned(),
            registered: moment(store, case.registered_at),
            registered_by: book.staff_name(case.registered_by),
            due: due(case.due_on, today),
            law: deadlines::view(&book, store, &case, who, today),
            joined: joined.into_iter().map(|(_, number, _)| number).collect(),
            joined_into,
            news: case.news_at.map(|at| moment(store, at)),
            sold: case.known.sold,
            customer: CustomerView {
                medium: self.recipient(&case.known).map(|to| to.medium),
                ..reader.customer(&case)
            },
            receipt_number: case.known.receipt_number.clone(),
            sections: reader.sections(&case, today),
            pictures: parts.attachments.iter().map(|row| picture(&book, store, row)).collect(),
            own_notes: own_notes.into_iter().map(|row| reader.note(row)).collect(),
            comments: comments.into_iter().map(|row| reader.note(row)).collect(),
            timeline: parts.events.iter().map(|row| reader.event(row)).collect(),
            letters: parts.letters.iter().map(|row| reader.letter(row)).collect(),
            may_issue_rma: rma.is_none() && may_issue(who, &case),
            rma: match rma {
                Some((rma, cases)) => Some(self.rma_view(&book, who, &rma, &cases)?),
                None => None,
            },
            messages: parts.messages.iter().map(|row| reader.message(row)).collect(),
            decision: case.decision.as_ref().map(|decided| decision_view(&book, store, who.locale, decided)),
            earlier: parts
                .decisions
                .iter()
                .rev()
                .skip(1)
                .rev()
                .map(|decided| decision_view(&book, store, who.locale, decided))
                .collect(),
            proposed: self.proposed_view(&book, store, who, &case)?,
            examined: findings::examined_view(&book, store, who.locale, &case),
            supplier: findings::supplier_view(&book, store, who.locale, &case),
            papers: parts
                .papers
                .iter()
                .map(|row| PaperView {
                    id: row.id,
                    letter: row.letter,
                    template: row.template,
                    subject: row.subject.clone(),
                    at: moment(store, row.at),
                    to_print: row.to_print,
                    handed: row.handed.map(|handed| HandedView {
                        how: handed.how,
                        on: store.moment(handed.at).local.date(),
                        by: book.staff_name(Some(handed.by)),
                    }),
                })
                .collect(),
            settlement: case.settlement.as_ref().map(|settled| SettlementView {
                outcome: reader.outcome(&settled.outcome),
                amount: reader.amount(settled.amount_minor),
                by: book.staff_name(Some(settled.by)),
                at: moment(store, settled.at),
            }),
            may: self.may(who, &case),
            may_edit: may_edit(standing, who.role),
            handlers,
            statuses: book
                .statuses
                .values()
                .filter(|status| status.active && status.phase == case.phase)
                .map(|status| reader.status(status))
                .collect(),
            reasons: book
                .reasons
                .iter()
                .filter(|reason| reason.active)
                .map(|reason| ReasonChoice {
                    key: reason.key.clone(),
                    name: reason.name.get(who.locale).to_owned(),
                    against: reason.against,
                })
                .collect(),
            outcomes: book
                .outcomes
                .iter()
                .filter(|outcome| outcome.active && outcome.offered.after(standing.verdict))
                .map(|outcome| OutcomeChoice {
                    key: outcome.key.clone(),
                    name: outcome.name.get(who.locale).to_owned(),
                    has_amount: outcome.has_amount,
                })
                .collect(),
            offers: book
                .outcomes
                .iter()
                .filter(|outcome| outcome.active)
                .map(|outcome| OutcomeChoice {
                    key: outcome.key.clone(),
                    name: outcome.name.get(who.locale).to_owned(),
                    has_amount: outcome.has_amount,
                })
                .collect(),
            causes: findings::causes(&book, who.locale, &case),
            supplier_answers: findings::supplier_answers(&book, who.locale, &case),
            may_examine: case.archived.is_none() && who.may(Right::Serve),
            may_answer_supplier: case.archived.is_none() && who.may(Right::Handle),
            today,
            currency: book.organisation.currency.clone(),
            outcome_wanted: book.organisation.outcome_wanted,
        })
    }

    /// Those events of a case, for its reader.
    pub(in crate::desk) fn event_views(&self, who: &Viewer, case: &Case, rows: &[EventRow]) -> Result<Vec<EventView>> {
        let book = self.book();
        let (store, form) = (book.store(case.store)?, book.form(&case.type_key, case.form_version)?);
        let reader = Reader { book: &book, store, form, locale: who.locale };
        Ok(rows.iter().map(|row| reader.event(row)).collect())
    }

    fn may(&self, who: &Viewer, case: &Case) -> Vec<Action> {
        let now = self.clock.now_ms();
        let in_time = |action: &Action| match (action, &case.settlement) {
            (Action::Unsettle, Some(settled)) => may_unsettle(who.role, settled.at, now),
            _ => true,
        };
        let follows = |action: &Action| step(standing(case), *action, who.role).is_ok();
        Action::ALL.into_iter().filter(follows).filter(in_time).collect()
    }
}

/// Every answer, section by section, put in that language.
pub(in crate::desk) fn sections(
    book: &Book,
    store: &Store,
    case: &Case,
    locale: Locale,
    today: jiff::civil::Date,
) -> Result<Vec<AnswerSection>> {
    let form = book.form(&case.type_key, case.form_version)?;
    Ok(Reader { book, store, form, locale }.sections(case, today))
}

pub(in crate::desk) fn picture(book: &Book, store: &Store, row: &AttachmentRow) -> PictureView {
    PictureView {
        id: row.id,
        kind: row.kind,
        pdf: row.pdf,
        width: u32::try_from(row.width).unwrap_or(0),
        height: u32::try_from(row.height).unwrap_or(0),
        bytes: u64::try_from(row.bytes).unwrap_or(0),
        received: moment(store, row.received_at),
        by: book.staff_name(row.by),
    }
}

impl Reader<'_> {
    fn customer(&self, case: &Case) -> CustomerView {
        let known = &case.known;
        let language = self.form.field(common::CUSTOMER_LANGUAGE).map_or_else(String::new, |field| {
            words::answer(self.locale, field, case.answers.of(&field.key), &self.book.organisation.currency)
        });
        CustomerView {
            name: known.customer_name.clone(),
            email: known.customer_email.clone(),
            phone: format::phone(&known.customer_phone),
            medium: None,
            address: case.answers.first(common::CUSTOMER_ADDRESS).to_owned(),
            language: if language.is_empty() { known.customer_locale.name().to_owned() } else { language },
        }
    }

    /// What was asked and answered; a question that the answers hid is not shown.
    fn sections(&self, case: &Case, today: jiff::civil::Date) -> Vec<AnswerSection> {
        let context = Context { locale: self.locale, today, country: self.store.country.clone(), pictures: Vec::new() };
        let asked: Vec<&Key> =
            shown(self.form, &case.answers, &context).into_iter().map(|asked| &asked.field.key).collect();
        let sections = self.form.sections.iter().map(|section| AnswerSection {
            key: section.key.to_string(),
            title: section.title.get(self.locale).to_owned(),
            answers: section
                .fields
                .iter()
                .filter(|field| asked.contains(&&field.key) && !matches!(field.kind, FieldKind::Picture { .. }))
                .map(|field| AnswerView {
                    key: field.key.to_string(),
                    label: field.label.get(self.locale).to_owned(),
                    value: self.answer(&field.key, case.answers.of(&field.key)),
                })
                .filter(|answer| !answer.value.is_empty())
                .collect(),
        });
        sections.filter(|section| !section.answers.is_empty()).collect()
    }

    pub(super) fn answer(&self, key: &Key, canonical: &[String]) -> String {
        match self.form.field(key.as_str()) {
            Some(field) => words::answer(self.locale, field, canonical, &self.book.organisation.currency),
            None => canonical.join(", "),
        }
    }

    fn note(&self, row: &NoteRow) -> NoteView {
        NoteView {
            id: row.id,
            by: self.book.staff_name(Some(row.by)),
            at: moment(self.store, row.at),
            body: row.body.clone(),
        }
    }

    fn message(&self, row: &MessageRow) -> MessageView {
        MessageView { id: row.id, at: moment(self.store, row.at), body: row.body.clone() }
    }

    fn letter(&self, row: &LetterRow) -> LetterView {
        LetterView {
            id: row.id,
            template: row.template,
            medium: row.to.medium,
            to: shown_address(&row.to),
            subject: row.subject.clone(),
            at: moment(self.store, row.at),
            sent: row.sent_at.map(|at| moment(self.store, at)),
            state: row.state,
            error: row.error.clone(),
        }
    }

    fn status(&self, status: &crate::desk::book::Status) -> Named {
        Named { key: status.id.to_string(), name: status.name.get(self.locale).to_owned() }
    }
}
