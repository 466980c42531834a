//! A run as its page shows it.

use crate::desk::Desk;
use crate::desk::book::Book;
use crate::desk::cases::rows::{handlers_in_reach, stores_of};
use crate::store::bulk::{self, Run};
use crate::store::cases;
use crate::store::error::Result;
use app::backend::{BulkKind, BulkLine, BulkView, Deed, Named, Tally, Viewer};
use domain::Locale;
use domain::bulk::{ItemState, RunState, UNDO_MS, may_undo};
use domain::id::{CaseId, RunId};
use domain::phase::Action;
use texts::{bulk as words, words as by_key};

/// Cases that are named of each line.
const SAMPLES: i64 = 5;
/// Runs in somebody's list.
const LINES: i64 = 30;
/// Labels that a run prints.
const LABELS: i64 = 2_000;

impl Desk {
    pub(super) async fn bulk_view(&self, who: &Viewer, run: RunId) -> Result<BulkView> {
        let run = self.own_run(who, run).await?;
        let book = self.book();
        let mut connection = self.db.read().await?;
        let reach = stores_of(&who.reach);
        let mut tallies = Vec::new();
        for (state, hindrance, cases) in bulk::tally(&mut connection, run.id).await? {
            let named = state != ItemState::New && !run.state.works();
            let samples = match named {
                // What has gone out of reach since is counted, and not named.
                true => bulk::samples(&mut connection, run.id, (state, hindrance), reach, SAMPLES).await?,
                false => Vec::new(),
            };
            let samples = samples.into_iter().map(|(number, title, customer)| {
                let parts = [title, customer];
                (number, parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · "))
            });
            let cases = u32::try_from(cases).unwrap_or(u32::MAX);
            tallies.push(Tally { state, hindrance, cases, samples: samples.collect() });
        }
        tallies.sort_by_key(|tally| (tally.state, tally.hindrance));
        let (labels, goods) = match (run.kind, run.state) {
            (BulkKind::Labels, RunState::Planned) => (
                bulk::returns(&mut connection, run.id, reach, LABELS).await?,
                bulk::goods(&mut connection, run.id, reach, LABELS).await?,
            ),
            _ => (Vec::new(), Vec::new()),
        };
        drop(connection);
        let zone = book.zone();
        let moment = |at| crate::desk::book::moment(at, &zone);
        let ended = run.ended_at.unwrap_or_default();
        let undoable = may_undo(run.state, ended, self.clock.now_ms())
            && tallies.iter().any(|tally| tally.state == ItemState::Done);
        let mut statuses: Vec<_> = book.statuses.values().filter(|status| status.active).collect();
        statuses.sort_by_key(|status| (status.phase, status.name.get(who.locale)));
        Ok(BulkView {
            id: run.id,
            state: run.state,
            kind: run.kind,
            deed_words: deed_words(&book, who.locale, &run),
            cases: tallies.iter().map(|tally| tally.cases).sum(),
            began: moment(run.created_at),
            ended: run.ended_at.map(moment),
            undo_until: undoable.then(|| moment(ended + UNDO_MS)),
            handlers: handlers_in_reach(&book, who),
            statuses: statuses
                .into_iter()
                .map(|status| {
                    let phase = by_key::phase(who.locale, status.phase);
                    Named { key: status.id.to_string(), name: format!("{} ({phase})", status.name.get(who.locale)) }
                })
                .collect(),
            deed: run.deed,
            query: run.query,
            tallies,
            labels,
            goods,
        })
    }

    pub(super) async fn bulk_lines(&self, who: &Viewer) -> Result<Vec<BulkLine>> {
        let (book, zone) = (self.book(), self.book().zone());
        let mut connection = self.db.read().await?;
        let mut lines = Vec::new();
        for run in bulk::of_staff(&mut connection, who.id, LINES).await? {
            let tally = bulk::tally(&mut connection, run.id).await?;
            let count = |wanted: &dyn Fn(ItemState) -> bool| {
                let cases: i64 = tally.iter().filter(|(state, ..)| wanted(*state)).map(|(.., cases)| cases).sum();
                u32::try_from(cases).unwrap_or(u32::MAX)
            };
            lines.push(BulkLine {
                id: run.id,
                state: run.state,
                kind: run.kind,
                deed_words: deed_words(&book, who.locale, &run),
                began: crate::desk::book::moment(run.created_at, &zone),
                done: count(&|state| matches!(state, ItemState::Done | ItemState::Kept)),
                cases: count(&|_| true),
            });
        }
        Ok(lines)
    }

    /// Those of them that are there, and within reach.
    pub(super) async fn cases_in_reach(&self, who: &Viewer, chosen: Vec<CaseId>) -> Result<Vec<CaseId>> {
        let mut connection = self.db.read().await?;
        let mut found = Vec::new();
        for case in chosen {
            let whereabouts = cases::whereabouts(&mut connection, case).await?;
            if whereabouts.is_some_and(|(_, store)| who.reach.covers(store)) {
                found.push(case);
            }
        }
        Ok(found)
    }
}

/// "Hand to Kari Nordmann", "Put into the archive: Settled".
fn deed_words(book: &Book, locale: Locale, run: &Run) -> String {
    match &run.deed {
        None if run.kind == BulkKind::Labels => words::do_labels(locale).to_owned(),
        None => String::new(),
        Some(Deed::Assign(None)) => words::do_unassign(locale).to_owned(),
        Some(Deed::Assign(to)) => words::do_assign(locale, &book.staff_name(*to)),
        Some(Deed::SetStatus(None)) => words::do_clear_status(locale).to_owned(),
        Some(Deed::SetStatus(Some(id))) => {
            let name = book.statuses.get(id).map(|status| status.name.get(locale)).unwrap_or_default();
            words::do_status(locale, name)
        }
        Some(Deed::Move(Action::Unarchive)) => words::do_unarchive(locale).to_owned(),
        Some(Deed::Wait { on, whom, .. }) => {
            let phase = by_key::phase(locale, domain::phase::Phase::waiting(*on));
            let named = if whom.is_empty() { phase.to_owned() } else { format!("{phase} ({whom})") };
            words::do_status(locale, &named)
        }
        Some(Deed::Move(action)) => words::do_status(locale, move_words(locale, *action)),
        Some(Deed::Write { subject, .. }) => words::do_letter(locale, subject),
        Some(Deed::Archive(reason)) => words::do_archive(locale, by_key::archive_reason(locale, *reason)),
        Some(_) => String::new(),
    }
}

/// The phase that a move leads to.
fn move_words(locale: Locale, action: Action) -> &'static str {
    let phase = match action {
        Action::MakeReady => domain::phase::Phase::Ready,
        _ => domain::phase::Phase::InReview,
    };
    by_key::phase(locale, phase)
}
