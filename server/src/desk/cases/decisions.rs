//! Decisions: checked, looked at by a second person where the organisation wants it, sent, and kept on paper as they went out.

use super::act::{Done, stepped};
use super::letters::{Letter, case_facts, decision_facts, preview};
use crate::desk::Desk;
use crate::desk::book::{Book, Staff, Store};
use crate::desk::law;
use crate::mail::{Facts, OnPaper, compose, compose_paper, compose_sms, draft, further, paragraphs_of};
use crate::store::cases::{Case, Decided};
use crate::store::error::Result;
use crate::store::letters::shown;
use crate::store::papers::Paper;
use app::backend::{DecisionView, LetterPreview, NoteOfSecond, OwnLetter, ProposedView, Viewer};
use app::error::AppError;
use app::urls;
use domain::contact::{Medium, Recipient};
use domain::decision::{Confirmed, Decision, DecisionError, Outcome, OwnWords, Verdict, is_unconfirmed, needs_second};
use domain::event::EventKind;
use domain::handling::{Proposed, SentBack};
use domain::id::StaffId;
use domain::letter::Template;
use domain::phase::Action;
use domain::role::{Right, may};
use domain::{Locale, format, money};

/// Shown for a secret that is made when the letter is.
const SECRET: &str = "…";

impl Desk {
    /// It goes out, or waits for a second person.
    pub(super) fn decided(&self, book: &Book, who: &Viewer, case: Case, decision: Decision) -> Result<Done> {
        let decision = self.checked_decision(book, who, &case, decision)?;
        if needs_second(book.organisation.second_above, decision.value(case.highest_price())) {
            let what = EventKind::Proposed { verdict: decision.verdict, reason: decision.reason.clone() };
            let notices = self.notices(book, who, &case, confirmers(book, who, &case, self)?, "")?;
            let proposed = Proposed { decision, by: who.id, at: self.clock.now_ms(), sent_back: None };
            let mut case = case;
            case.handling.proposed = Some(proposed);
            return Ok(Done { notices, ..Done::of(case, vec![what]) });
        }
        self.goes_out(book, who, case, decision, None)
    }

    /// A second person lets it go out in the first one's words.
    pub(super) fn confirmed(&self, book: &Book, who: &Viewer, case: Case) -> Result<Done> {
        let proposed = waiting_for(who, &case)?;
        let decision = self.checked_decision(book, who, &case, proposed.decision)?;
        self.goes_out(book, who, case, decision, Some(proposed.by))
    }

    /// A second person wants it changed.
    pub(super) fn sent_back(&self, book: &Book, who: &Viewer, mut case: Case, note: String) -> Result<Done> {
        let proposed = waiting_for(who, &case)?;
        stepped(who, &case, Action::Decide(proposed.decision.verdict))?;
        let note = super::act::words_of(note, "note")?;
        let what = EventKind::SentBack { note: note.clone() };
        let notices = self.notices(book, who, &case, proposers(book, &case, proposed.by, self)?, &note)?;
        let sent_back = Some(SentBack { note, by: who.id, at: self.clock.now_ms() });
        case.handling.proposed = Some(Proposed { sent_back, ..proposed });
        Ok(Done { notices, ..Done::of(case, vec![what]) })
    }

    /// To our own people, about a decision above the limit: it waits for them, or it came back with a note.
    fn notices(&self, book: &Book, who: &Viewer, case: &Case, to: Vec<&Staff>, note: &str) -> Result<Vec<Letter>> {
        to.into_iter()
            .filter(|staff| !staff.email.is_empty())
            .map(|staff| {
                let facts = Facts {
                    whom: who.name.clone(),
                    explanation: note.to_owned(),
                    action_url: format!("{}{}", self.config.public_url, urls::case(case.number)),
                    customer_name: String::new(),
                    // An answer would go to the store.
                    store_email: String::new(),
                    ..case_facts(book, case)?
                };
                let to = Recipient { medium: Medium::Email, address: staff.email.clone() };
                self.letter(Template::Second, staff.locale, to, &facts)
            })
            .collect()
    }

    /// `of`: whose decision it is, where `who` is the second person.
    fn goes_out(&self, book: &Book, who: &Viewer, case: Case, decision: Decision, of: Option<StaffId>) -> Result<Done> {
        let stepped = stepped(who, &case, Action::Decide(decision.verdict))?;
        let template = stepped.letter.ok_or(AppError::NotFound)?;
        let facts = self.decision_facts(book, &case, &decision)?;
        let letter = self.compose(template, &case.known, &facts)?;
        let paper = self.paper_of(&case, template, &facts, letter.as_ref())?;
        let further = further(case.known.customer_locale, &facts)?;
        let mut events =
            vec![EventKind::Decided { verdict: decision.verdict, reason: decision.reason.clone(), proposed_by: of }];
        events.extend(letter.as_ref().map(Letter::event));
        if paper.letter.is_none() {
            events.push(EventKind::ToPrint { template });
        }
        let deemed = case.law.recorded.deemed.filter(|_| decision.overrules && decision.verdict != Verdict::Approved);
        events.extend(deemed.map(|deemed| EventKind::Overruled { deemed }));
        let (by, second) = of.map_or((who.id, None), |first| (first, Some(who.id)));
        let value_minor = decision.value(case.highest_price());
        let decided = Decided { decision, by, second, at: self.clock.now_ms(), further: Some(further), value_minor };
        let mut case = super::act::at(case, stepped);
        case.handling.proposed = None;
        if decided.decision.repair_told {
            let today = book.store(case.store)?.today(&*self.clock);
            case.law.recorded.noted.repair_notice.get_or_insert(today);
        }
        case.decision = Some(decided);
        Ok(Done { letter, paper: Some(paper), decides: true, ..Done::of(case, events) })
    }

    /// The letter as it stands on paper. What leads to the status page by a secret leads there without it.
    pub(in crate::desk) fn paper_of(
        &self,
        case: &Case,
        template: Template,
        facts: &Facts,
        letter: Option<&Letter>,
    ) -> Result<Paper> {
        let letter = letter.filter(|letter| letter.to.medium == Medium::Email);
        let locale = case.known.customer_locale;
        let OnPaper { subject, body } = self.on_paper(template, locale, facts, letter.is_some())?;
        Ok(Paper {
            id: self.random.id(),
            case: case.id,
            letter: letter.map(|letter| letter.id),
            template,
            locale,
            subject,
            body,
            created_at: self.clock.now_ms(),
        })
    }

    fn on_paper(&self, template: Template, locale: Locale, facts: &Facts, by_mail: bool) -> Result<OnPaper> {
        let status_url = format!("{}{}", self.config.public_url, urls::STATUS);
        // Nobody replies to a sheet of paper as to an e-mail.
        let store_email = if by_mail { facts.store_email.clone() } else { String::new() };
        compose_paper(template, locale, &Facts { status_url, store_email, ..facts.clone() })
    }

    /// What may be changed of it, and how it would stand on paper.
    fn own_letter(&self, template: Template, locale: Locale, facts: &Facts, by_mail: bool) -> Result<OwnLetter> {
        let OnPaper { subject, body } = match &facts.written {
            none if none.is_empty() => draft(template, locale, facts)?,
            written => OnPaper { subject: facts.written_subject.clone(), body: written.clone() },
        };
        Ok(OwnLetter { subject, body, paper: self.on_paper(template, locale, facts, by_mail)?.body })
    }

    /// Nobody replies to a sheet of paper, or to an SMS, as to an e-mail.
    fn decision_facts(&self, book: &Book, case: &Case, decision: &Decision) -> Result<Facts> {
        let facts = decision_facts(book, case, decision)?;
        let by_mail = self.recipient(&case.known).is_some_and(|to| to.medium == Medium::Email);
        let store_email = if by_mail { facts.store_email.clone() } else { String::new() };
        Ok(Facts { store_email, ..facts })
    }

    fn checked_decision(&self, book: &Book, who: &Viewer, case: &Case, decision: Decision) -> Result<Decision> {
        let stepped = stepped(who, case, Action::Decide(decision.verdict))?;
        let decision = tidied(decision);
        let today = book.store(case.store)?.today(&*self.clock);
        decision.check(&book.reasons, &book.outcomes, today).map_err(invalid)?;
        law::may_reject(book, case, &decision)?;
        let Some(own) = &decision.letter else { return Ok(decision) };
        let template = stepped.letter.ok_or(AppError::NotFound)?;
        let composed = Decision { letter: None, ..decision.clone() };
        let ours = draft(template, case.known.customer_locale, &self.decision_facts(book, case, &composed)?)?;
        // Whoever has changed nothing sends the letter as it was composed.
        Ok(if (&ours.subject, &ours.body) == (&own.subject, &own.body) { composed } else { decision })
    }

    pub(super) fn preview_of_decision(
        &self,
        book: &Book,
        who: &Viewer,
        case: &Case,
        decision: &Decision,
    ) -> Result<LetterPreview> {
        let decision = self.checked_decision(book, who, case, decision.clone())?;
        let stepped = stepped(who, case, Action::Decide(decision.verdict))?;
        let template = stepped.letter.ok_or(AppError::NotFound)?;
        let status_url = format!("{}{}", self.config.public_url, urls::status_link(SECRET));
        let facts = Facts { status_url, ..self.decision_facts(book, case, &decision)? };
        let to: Option<Recipient> = self.recipient(&case.known);
        let locale = case.known.customer_locale;
        let composed = match to.as_ref().map(|to| to.medium) {
            Some(Medium::Sms) => compose_sms(template, locale, &facts)?,
            Some(Medium::Email) | None => compose(template, locale, &facts)?,
        };
        let by_mail = to.as_ref().is_some_and(|to| to.medium == Medium::Email);
        let own = self.own_letter(template, locale, &facts, by_mail)?;
        let second = needs_second(book.organisation.second_above, decision.value(case.highest_price()));
        let preview = preview(to.as_ref().map_or_else(String::new, shown), locale, composed);
        let repair_untold = !decision.repair_told && law::repair_untold(book, case, &decision)?;
        Ok(LetterPreview { own: Some(own), second, repair_untold, ..preview })
    }

    pub(super) fn proposed_view(
        &self,
        book: &Book,
        store: &Store,
        who: &Viewer,
        case: &Case,
    ) -> Result<Option<ProposedView>> {
        let Some(proposed) = &case.handling.proposed else { return Ok(None) };
        let given = &proposed.decision;
        let may_confirm = waiting_for(who, case).is_ok() && stepped(who, case, Action::Decide(given.verdict)).is_ok();
        let letter = if may_confirm {
            let template = stepped(who, case, Action::Decide(given.verdict))?.letter.ok_or(AppError::NotFound)?;
            let by_mail = self.recipient(&case.known).is_some_and(|to| to.medium == Medium::Email);
            let facts = self.decision_facts(book, case, given)?;
            Some(self.own_letter(template, case.known.customer_locale, &facts, by_mail)?)
        } else {
            None
        };
        let decided = Decided {
            decision: given.clone(),
            by: proposed.by,
            second: None,
            at: proposed.at,
            further: None,
            value_minor: None,
        };
        Ok(Some(ProposedView {
            decision: decision_view(book, store, who.locale, &decided),
            given: given.clone(),
            amount: given.amount_minor.map_or_else(String::new, |minor| money::typed(who.locale, minor)),
            sent_back: proposed.sent_back.as_ref().map(|back| NoteOfSecond {
                note: back.note.clone(),
                by: book.staff_name(Some(back.by)),
                at: store.moment(back.at),
            }),
            may_confirm,
            letter,
        }))
    }
}

/// The decision that waits for somebody like the reader: who has the right, and whose it is not.
fn waiting_for(who: &Viewer, case: &Case) -> Result<Proposed> {
    if !who.may(Right::Decide) {
        return Err(AppError::Forbidden.into());
    }
    let proposed = case.handling.proposed.clone().filter(Proposed::waits).ok_or(AppError::Conflict)?;
    if proposed.by == who.id { Err(AppError::Forbidden.into()) } else { Ok(proposed) }
}

/// Who may confirm the reader's decision: whoever handles cases of the store and is there today.
fn confirmers<'a>(book: &'a Book, who: &Viewer, case: &Case, desk: &Desk) -> Result<Vec<&'a Staff>> {
    let presence = book.presence(book.store(case.store)?.today(&*desk.clock));
    let others = book.handlers_of(case.store).filter(|staff| staff.id != who.id && may(staff.role, Right::Decide));
    Ok(others.filter(|staff| presence.absence(staff.id).is_none()).collect())
}

/// Whose decision it is, and who stands in for them today.
fn proposers<'a>(book: &'a Book, case: &Case, by: StaffId, desk: &Desk) -> Result<Vec<&'a Staff>> {
    let today = book.store(case.store)?.today(&*desk.clock);
    let stands_in = book.away(by, case.store, today).and_then(|(_, stands_in)| stands_in);
    Ok(book.staff.get(&by).filter(|staff| staff.active).into_iter().chain(stands_in).collect())
}

/// What a customer is to go home with is what was decided, or below the organisation's limit.
///
/// # Errors
/// `Invalid` for the outcome.
pub(super) fn may_settle(book: &Book, case: &Case, outcome: &Outcome, amount_minor: Option<i64>) -> Result<()> {
    let confirmed = case.decision.as_ref().filter(|decided| decided.second.is_some()).map(|decided| Confirmed {
        decision: &decided.decision,
        value_minor: decided.value_minor.or_else(|| decided.decision.value(case.highest_price())),
    });
    let worth = outcome.worth(amount_minor, case.highest_price());
    if is_unconfirmed(book.organisation.second_above, confirmed, outcome, worth) {
        let field = if outcome.has_amount { "amount" } else { "outcome" };
        return Err(AppError::invalid(field, "not_confirmed").into());
    }
    Ok(())
}

fn tidied(decision: Decision) -> Decision {
    let letter = decision.letter.map(|own| OwnWords {
        subject: own.subject.split_whitespace().collect::<Vec<_>>().join(" "),
        body: paragraphs_of(&own.body),
    });
    Decision {
        explanation: decision.explanation.trim().to_owned(),
        evidence: decision.evidence.trim().to_owned(),
        next_step: decision.next_step.trim().to_owned(),
        letter,
        ..decision
    }
}

fn invalid(error: DecisionError) -> AppError {
    let (field, key) = match error {
        DecisionError::ExplanationMissing => ("explanation", "missing"),
        DecisionError::ExplanationTooLong => ("explanation", "text_too_long"),
        DecisionError::UnknownReason => ("reason", "unknown_choice"),
        DecisionError::EvidenceTooLong => ("evidence", "text_too_long"),
        DecisionError::UnknownOffer => ("offer", "unknown_choice"),
        DecisionError::NextStepTooLong => ("next_step", "text_too_long"),
        DecisionError::UntilPassed => ("until", "has_passed"),
        DecisionError::LetterEmpty => ("body", "missing"),
        DecisionError::LetterTooLong => ("body", "text_too_long"),
    };
    AppError::invalid(field, key)
}

/// The remedy offered, with what it is worth.
pub(in crate::desk) fn offer(book: &Book, locale: Locale, decision: &Decision) -> String {
    let name = decision.offer.as_ref().map(|key| book.outcome_name(key, locale));
    let amount = decision.amount_minor.map(|minor| format::money(locale, minor, &book.organisation.currency));
    name.into_iter().chain(amount).collect::<Vec<_>>().join(", ")
}

pub(super) fn decision_view(book: &Book, store: &Store, locale: Locale, decided: &Decided) -> DecisionView {
    let decision = &decided.decision;
    DecisionView {
        verdict: decision.verdict,
        reason: book.reason_name(&decision.reason, locale),
        explanation: decision.explanation.clone(),
        evidence: decision.evidence.clone(),
        offer: offer(book, locale, decision),
        next_step: decision.next_step.clone(),
        until: decision.until,
        by: book.staff_name(Some(decided.by)),
        second: book.staff_name(decided.second),
        at: store.moment(decided.at),
    }
}
