//! What is done to a case: the phase table decides, one transaction writes the case, its events and its letter.

use super::decisions::may_settle;
use super::findings::has_pictures;
use super::letters::{Letter, case_facts, preview_of};
use super::view::standing;
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::desk::law;
use crate::desk::rmas::Withdrawn;
use crate::mail::Facts;
use crate::store::cases::{self, Case, Settled};
use crate::store::error::Result;
use crate::store::notes::{self, NewNote};
use crate::store::papers::{self, Paper};
use crate::store::upload_links::{self, NewLink};
use crate::store::{StoreError, Tx, decisions, events};
use app::backend::{Deed, LetterPreview, Viewer};
use app::error::AppError;
use app::urls;
use domain::case::ArchiveReason;
use domain::decision::TEXT_LIMIT;
use domain::event::EventKind;
use domain::id::{CaseId, EventId, Key, StaffId, StatusId, UploadLinkId};
use domain::letter::Template;
use domain::money;
use domain::phase::{Action, Phase, Step, StepError, may_unsettle, running, step};
use domain::role::Right;
use futures::FutureExt;

/// A case as a deed leaves it, with what goes with it into the transaction.
pub(super) struct Done {
    pub case: Case,
    pub events: Vec<EventKind>,
    pub letter: Option<Letter>,
    /// The upload link of a question: its token's hash and the question.
    pub link: Option<(String, String)>,
    /// The letter as it stands on paper.
    pub paper: Option<Paper>,
    /// The case's decision is a new one.
    pub decides: bool,
    /// To our own people.
    pub notices: Vec<Letter>,
    /// Something came that the case's handler has not seen yet.
    pub news: bool,
}

impl Done {
    pub const fn of(case: Case, events: Vec<EventKind>) -> Self {
        Self { case, events, letter: None, link: None, paper: None, decides: false, notices: Vec::new(), news: false }
    }
}

/// A change that is decided and not written yet.
pub(in crate::desk) struct Change {
    pub after: Case,
    by: StaffId,
    /// Milliseconds UTC.
    at: i64,
    events: Vec<(EventId, EventKind)>,
    pub letter: Option<Letter>,
    /// Of a question: the link's id, its token's hash and the question.
    link: Option<(UploadLinkId, String, String)>,
    /// The case that it was joined into and leaves, and the event of that.
    parts: Option<(CaseId, EventId)>,
    paper: Option<Paper>,
    decides: bool,
    notices: Vec<Letter>,
}

impl Change {
    /// The case, its events, its link and its letter; `false`, and nothing written, where somebody was quicker.
    pub async fn write(&self, tx: &mut Tx) -> Result<bool> {
        let (case, at_ms) = (self.after.id, self.at);
        if !cases::save(tx, &self.after, at_ms).await? {
            return Ok(false);
        }
        for (id, what) in &self.events {
            let event = events::NewEvent { id: *id, case, by: Some(self.by), at_ms, what };
            events::insert(tx, &event).await?;
        }
        if let Some((kept, event)) = self.parts {
            super::join::part(tx, case, self.after.number, kept, event, self.by, at_ms).await?;
        }
        if let Some((id, token_hash, question)) = &self.link {
            let link = NewLink::in_letter(*id, token_hash.clone(), case, question, at_ms);
            upload_links::issue(tx, link).await?;
        }
        for letter in self.letter.iter().chain(&self.notices) {
            letter.enqueue(tx, case, at_ms).await?;
        }
        if let Some(paper) = &self.paper {
            papers::insert(tx, paper).await?;
        }
        if let Some(decided) = self.after.decision.as_ref().filter(|_| self.decides) {
            decisions::add(tx, case, decided, self.paper.as_ref().map(|paper| paper.id)).await?;
        }
        if let Some(found) = self.after.handling.examined.as_ref().filter(|found| found.at == at_ms) {
            has_pictures(tx, case, &found.pictures).await?;
        }
        Ok(true)
    }
}

impl Desk {
    pub(super) async fn carry_out(&self, who: &Viewer, case: CaseId, version: Option<i64>, deed: Deed) -> Result<()> {
        let before = self.reachable(who, case).await?;
        if !who.may(Right::Serve) {
            return Err(AppError::Forbidden.into());
        }
        let deed = match deed {
            Deed::OwnNote(body) => return self.note(who, &before, true, body).await,
            Deed::Comment(body) => return self.note(who, &before, false, body).await,
            Deed::Join(into) => return self.join(who, before, version, into).await,
            other => other,
        };
        let book = self.book();
        let store = before.store;
        // Whoever may not do it at all is told so first, and that somebody was quicker only then.
        let withdraws = matches!(deed, Deed::Move(Action::Withdraw));
        let change = self.decide_deed(&book, who, &before, deed);
        if !matches!(&change, Err(StoreError::Answer(AppError::Forbidden)))
            && version.is_some_and(|version| version != before.version)
        {
            return Err(AppError::Conflict.into());
        }
        let change = change?;
        let with_it = if withdraws { Some(self.withdrawn_return(&book, &change.after).await?) } else { None };
        let by = who.id;
        let wakes = change.letter.is_some() || !change.notices.is_empty() || with_it.is_some();
        let version = before.version + 1;
        let desk = self.clone();
        let told = self
            .db
            .write(move |tx| {
                async move {
                    if let Some(with_it) = &with_it {
                        with_it.hold(tx).await?;
                    }
                    if !change.write(tx).await? {
                        return Err(AppError::Conflict.into());
                    }
                    match &with_it {
                        Some(with_it) => desk.cancel_return(tx, with_it, Some(by)).await,
                        None => Ok(Vec::new()),
                    }
                }
                .boxed()
            })
            .await?;
        if wakes {
            self.letters.wake();
        }
        if !told.is_empty() {
            self.carrier.wake();
        }
        // The last one tells the version that the return has made of it.
        for (case, store, version) in [(case, store, version)].into_iter().chain(told) {
            self.tell(case, store, version);
        }
        Ok(())
    }

    /// What the deed makes of the case, with its deadlines; nothing is written yet.
    pub(in crate::desk) fn decide_deed(&self, book: &Book, who: &Viewer, before: &Case, deed: Deed) -> Result<Change> {
        let Done { case: after, events, letter, link, paper, decides, notices, news } =
            self.done(book, who, before.clone(), deed)?;
        // Whoever does something has seen what came.
        let after = Case { news_at: news.then(|| self.clock.now_ms()), ..after };
        let after = self.collecting_after(book, before, after, letter.as_ref().map(|letter| letter.id))?;
        let (after, moved) = law::after(book, before, after, self.clock.now_ms())?;
        let events = events.into_iter().chain(moved).map(|what| (self.random.id(), what)).collect();
        let link = link.map(|(token_hash, question)| (self.random.id(), token_hash, question));
        let parts = before.joined_into.filter(|_| after.archived.is_none()).map(|kept| (kept, self.random.id()));
        Ok(Change { after, by: who.id, at: self.clock.now_ms(), events, letter, link, parts, paper, decides, notices })
    }

    /// The return of a case that staff withdraw: the customer, who gets no letter of that, is told not to send the goods.
    async fn withdrawn_return(&self, book: &Book, case: &Case) -> Result<Withdrawn> {
        let with_it = self.return_of_withdrawn(case.id).await?;
        let letters = match with_it.rma() {
            Some(rma) => self.return_cancelled_letters(book, rma, &self.cases_of_rma(rma).await?)?,
            None => Vec::new(),
        };
        Ok(with_it.with_letters(letters))
    }

    async fn note(&self, who: &Viewer, case: &Case, own: bool, body: String) -> Result<()> {
        let body = words_of(body, "note")?;
        let (id, now, by, case_id) = (self.random.id(), self.clock.now_ms(), who.id, case.id);
        let event = self.random.id();
        let version = self
            .db
            .write(move |tx| {
                async move {
                    let note = NewNote { id, case: case_id, own, body: &body, by, at_ms: now };
                    let version = notes::insert(tx, note).await?;
                    let what = EventKind::Noted { own };
                    let event = events::NewEvent { id: event, case: case_id, by: Some(by), at_ms: now, what: &what };
                    events::insert(tx, &event).await?;
                    Ok(version)
                }
                .boxed()
            })
            .await?;
        self.tell(case.id, case.store, version);
        Ok(())
    }

    fn done(&self, book: &Book, who: &Viewer, case: Case, deed: Deed) -> Result<Done> {
        match deed {
            Deed::Assign(to) => self.assigned(book, who, case, to),
            Deed::Move(action) => self.moved(book, who, case, action),
            Deed::Wait { on, whom, email } => self.waits(book, who, case, on, &whom, &email),
            Deed::SetStatus(status) => with_status(book, who, case, status),
            Deed::Ask { question } => self.asked(book, who, case, question),
            Deed::Decide(decision) => self.decided(book, who, case, decision),
            Deed::Confirm => self.confirmed(book, who, case),
            Deed::SendBack(note) => self.sent_back(book, who, case, note),
            Deed::Examine(found) => self.examined(book, who, case, found),
            Deed::AnswerOfSupplier(word) => self.answered_by_supplier(book, who, case, word),
            Deed::Settle { outcome, amount } => self.settled(book, who, case, outcome, &amount),
            // One that was brought back rests again as it did.
            Deed::Archive(ArchiveReason::NotCollected) if case.phase.is_decided() => {
                self.moved(book, who, case, Action::NotCollected)
            }
            Deed::Archive(reason) => {
                let stepped = stepped(who, &case, Action::Archive)?;
                let case = Case { archived: Some(reason), ..at(case, stepped) };
                let events = vec![EventKind::Archived { reason: reason.key().to_owned() }];
                Ok(Done::of(case, events))
            }
            Deed::NoteLaw(noted) => self.noted_law(book, who, case, noted),
            Deed::Seen => Ok(Done::of(case, Vec::new())),
            Deed::Write { subject, body } => self.written(book, who, case, subject, body),
            // Written by note() and join().
            Deed::OwnNote(_) | Deed::Comment(_) | Deed::Join(_) => Err(AppError::Conflict.into()),
        }
    }

    fn assigned(&self, book: &Book, who: &Viewer, case: Case, to: Option<StaffId>) -> Result<Done> {
        let mut stepped = stepped(who, &case, Action::Assign)?;
        // Whoever takes a new case acts on it; one that is handed over is new until they do.
        if to == Some(who.id) && case.phase == Phase::New {
            stepped = self::stepped(who, &case, Action::Review)?;
        }
        if to.is_some_and(|to| !book.handlers_of(case.store).any(|staff| staff.id == to)) {
            return Err(AppError::invalid("handler", "unknown_choice").into());
        }
        let mut events = vec![EventKind::assigned(to)];
        if stepped.phase != case.phase {
            events.push(EventKind::PhaseSet { from: case.phase, to: stepped.phase });
        }
        let case = Case { handler: to, ..at(case, stepped) };
        Ok(Done::of(case, events))
    }

    fn moved(&self, book: &Book, who: &Viewer, case: Case, action: Action) -> Result<Done> {
        if matches!(
            action,
            Action::Assign
                | Action::Wait(_)
                | Action::Ask
                | Action::Decide(_)
                | Action::Settle
                | Action::Archive
                | Action::Join
        ) {
            return Err(AppError::invalid("action", "unknown_choice").into());
        }
        let stepped = stepped(who, &case, action)?;
        let letter = match stepped.letter {
            Some(template) => self.compose(template, &case.known, &case_facts(book, &case)?)?,
            None => None,
        };
        let from = case.phase;
        let mut case = at(case, stepped);
        let mut events = Vec::new();
        match action {
            Action::Unarchive => {
                case.archived = None;
                events.push(EventKind::Unarchived);
            }
            Action::Unsettle => {
                let settled = case.settlement.take();
                if settled.is_some_and(|settled| !may_unsettle(who.role, settled.at, self.clock.now_ms())) {
                    return Err(AppError::Forbidden.into());
                }
                events.push(EventKind::Unsettled);
            }
            _ => events.push(EventKind::PhaseSet { from, to: case.phase }),
        }
        if action == Action::NotCollected {
            let reason = ArchiveReason::NotCollected;
            case.archived = Some(reason);
            events.push(EventKind::Archived { reason: reason.key().to_owned() });
        }
        events.extend(letter.as_ref().map(Letter::event));
        Ok(Done { letter, ..Done::of(case, events) })
    }

    fn settled(&self, book: &Book, who: &Viewer, case: Case, key: Key, amount: &str) -> Result<Done> {
        let stepped = stepped(who, &case, Action::Settle)?;
        let verdict = standing(&case).verdict;
        let outcome = book
            .outcomes
            .iter()
            .find(|outcome| outcome.key == key && outcome.active && outcome.offered.after(verdict))
            .ok_or_else(|| AppError::invalid("outcome", "unknown_choice"))?;
        let amount_minor = match (outcome.has_amount, amount.trim()) {
            (false, _) => None,
            (true, "") => return Err(AppError::invalid("amount", "missing").into()),
            (true, amount) => {
                Some(money::parse(amount, who.locale).ok_or_else(|| AppError::invalid("amount", "not_money"))?)
            }
        };
        may_settle(book, &case, outcome, amount_minor)?;
        let events = vec![EventKind::Settled { outcome: key.clone(), amount_minor }];
        let settled = Settled { outcome: key, amount_minor, by: who.id, at: self.clock.now_ms() };
        Ok(Done::of(Case { settlement: Some(settled), ..at(case, stepped) }, events))
    }

    pub(super) async fn preview_deed(&self, who: &Viewer, case: CaseId, deed: &Deed) -> Result<LetterPreview> {
        let book = self.book();
        let case = self.reachable(who, case).await?;
        match deed {
            Deed::Decide(decision) => self.preview_of_decision(&book, who, &case, decision),
            Deed::Ask { question } => {
                stepped(who, &case, Action::Ask)?;
                // The link is made when the letter is; until then its address stands without the secret.
                let upload_url = format!("{}{}", self.config.public_url, urls::UPLOAD);
                let question = words_of(question.clone(), "question")?;
                let facts = Facts { question, upload_url, ..case_facts(&book, &case)? };
                preview_of(self.recipient(&case.known), &case, Template::Question, &facts)
            }
            _ => Err(AppError::NotFound.into()),
        }
    }
}

pub(super) fn stepped(who: &Viewer, case: &Case, action: Action) -> Result<Step> {
    step(standing(case), action, who.role).map_err(|error| {
        let answer = match error {
            StepError::Forbidden => AppError::Forbidden,
            StepError::OutOfOrder => AppError::Conflict,
        };
        answer.into()
    })
}

/// The case in its new phase: an own status lies inside a phase, and what is decided is due no more. Whom it waited for in
/// the one before is forgotten.
pub(super) fn at(case: Case, stepped: Step) -> Case {
    let status = case.status.filter(|_| stepped.phase == case.phase);
    let due_on = case.due_on.filter(|_| running(stepped.phase, false).target);
    let mut handling = case.handling;
    let remind_on = handling.at(case.phase, stepped.phase);
    Case { phase: stepped.phase, status, due_on, handling, remind_on, ..case }
}

fn with_status(book: &Book, who: &Viewer, case: Case, status: Option<StatusId>) -> Result<Done> {
    if !who.may(Right::Handle) {
        return Err(AppError::Forbidden.into());
    }
    if case.archived.is_some() {
        return Err(AppError::Conflict.into());
    }
    let fits = |id: StatusId| book.statuses.get(&id).is_some_and(|s| s.active && s.phase == case.phase);
    if status.is_some_and(|id| !fits(id)) {
        return Err(AppError::invalid("status", "unknown_choice").into());
    }
    let key = status.and_then(|id| id.to_string().parse::<Key>().ok());
    let events = vec![EventKind::StatusSet { status: key }];
    Ok(Done::of(Case { status, ..case }, events))
}

/// What somebody wrote, trimmed; neither nothing nor a book.
pub(in crate::desk) fn words_of(text: String, field: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::invalid(field, "missing").into());
    }
    if text.chars().count() > TEXT_LIMIT {
        return Err(AppError::invalid(field, "too_long").into());
    }
    Ok(text.to_owned())
}
