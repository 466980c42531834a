//! Goods that lie ready: the customer is reminded, called for the last time, and then they count as not collected (E21).

use super::Desk;
use super::book::Book;
use super::cases::letters::{Letter, case_facts};
use super::cases::standing;
use super::reminders::Reminded;
use crate::mail::Facts;
use crate::store::cases::Case;
use crate::store::error::{Result, StoreError};
use crate::store::{Tx, papers};
use domain::case::ArchiveReason;
use domain::collecting::{CollectStep, Collecting};
use domain::contact::Medium;
use domain::event::EventKind;
use domain::format;
use domain::id::LetterId;
use domain::letter::Template;
use domain::phase::{Action, running, step};
use domain::role::Role;
use jiff::ToSpan;
use jiff::civil::Date;

impl Desk {
    /// A case whose goods have just been made ready begins to wait for its customer; one that comes back from a rest goes on
    /// after a whole pause.
    pub(super) fn collecting_after(
        &self,
        book: &Book,
        before: &Case,
        mut case: Case,
        told: Option<LetterId>,
    ) -> Result<Case> {
        let store = book.store(case.store)?;
        let (plan, today) = (&book.organisation.collecting, store.today(&*self.clock));
        case.handling.rest(case.phase, case.archived.is_some());
        if running(case.phase, case.archived.is_some()).collecting {
            let rested = before.archived.is_some();
            let begun = || Collecting::begin(today, told, plan, &store.country);
            let collecting = match case.handling.collecting.take() {
                Some(collecting) if rested => collecting.resumed(today, plan, &store.country),
                Some(collecting) => collecting,
                None => begun(),
            };
            case.remind_on = collecting.next;
            case.handling.collecting = Some(collecting);
        } else if case.archived.is_some() {
            case.remind_on = None;
        }
        Ok(case)
    }

    /// What is due today for goods that lie ready.
    pub(super) async fn remind_collecting(
        &self,
        tx: &mut Tx,
        book: &Book,
        case: Case,
        today: Date,
    ) -> Result<Reminded> {
        let store = book.store(case.store)?;
        let (plan, country) = (&book.organisation.collecting, store.country.as_str());
        if case.archived.is_some() {
            return Ok(Reminded::of(Case { remind_on: None, ..case }));
        }
        let Some(collecting) = case.handling.collecting.clone() else {
            // From before anybody was reminded: it begins today.
            return Ok(Reminded::of(waits(case, Collecting::begin(today, None, plan, country))));
        };
        let sent = match collecting.letter {
            Some(letter) => papers::sent_at(tx, letter).await?,
            None => None,
        };
        let handed = match collecting.paper {
            Some(paper) => papers::handed_at(tx, paper).await?,
            None => None,
        };
        let left = sent.into_iter().chain(handed).min().map(|at| store.moment(at).local.date());
        let (template, days) = match collecting.due(today, left, plan, country) {
            CollectStep::Wait(day) => return Ok(Reminded::of(Case { remind_on: Some(day), ..case })),
            CollectStep::NotCollected => return not_collected(case),
            CollectStep::Remind => (Template::Collect, None),
            CollectStep::LastCall(days) => (Template::LastCall, Some(days)),
        };
        let locale = case.known.customer_locale;
        let until = days.map(|days| today.saturating_add(i64::from(days).days()));
        let facts = Facts {
            deadline: until.map_or_else(String::new, |until| format::date_long(locale, until)),
            days: days.map_or_else(String::new, |days| days.to_string()),
            ..case_facts(book, &case)?
        };
        let letter = self.compose(template, &case.known, &facts)?;
        let told = letter.as_ref().map(|letter| letter.id);
        let mut collecting = collecting.reminded(today, told, plan, country);
        let (mut events, mut papers): (Vec<_>, Vec<_>) =
            (letter.as_ref().map(Letter::event).into_iter().collect(), vec![]);
        // The last call is kept on paper: for whoever has no address it is to be printed.
        if let Some(until) = until {
            let by_mail = letter.as_ref().is_some_and(|letter| letter.to.medium == Medium::Email);
            // Nobody knows when it will be printed: in Poland its days count from when it leaves.
            let deadline = if by_mail || country != "PL" { facts.deadline.clone() } else { String::new() };
            let paper = self.paper_of(&case, template, &Facts { deadline, ..facts }, letter.as_ref())?;
            if paper.letter.is_none() {
                events.push(EventKind::ToPrint { template });
            }
            collecting = collecting.called(paper.id, until);
            papers.push(paper);
        }
        let mut reminded = Reminded { events, papers, ..Reminded::of(waits(case, collecting)) };
        reminded.letters.extend(letter);
        Ok(reminded)
    }
}

fn waits(mut case: Case, collecting: Collecting) -> Case {
    case.remind_on = collecting.next;
    case.handling.collecting = Some(collecting);
    case
}

fn not_collected(case: Case) -> Result<Reminded> {
    let stepped = step(standing(&case), Action::NotCollected, Role::Admin).map_err(StoreError::corrupt)?;
    let reason = ArchiveReason::NotCollected;
    let from = case.phase;
    let mut case =
        Case { phase: stepped.phase, status: None, archived: Some(reason), remind_on: None, due_on: None, ..case };
    case.handling.collecting = None;
    case.handling.rest(case.phase, true);
    let events =
        vec![EventKind::PhaseSet { from, to: case.phase }, EventKind::Archived { reason: reason.key().to_owned() }];
    Ok(Reminded { events, ..Reminded::of(case) })
}
