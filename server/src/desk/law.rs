//! A case's deadlines: frozen when it begins, reckoned anew in the transaction of each change of a fact.

use super::book::{Book, Store};
use crate::store::cases::{Case, Law};
use crate::store::error::Result;
use app::backend::Adr;
use app::error::AppError;
use domain::contact::Medium;
use domain::deadline::facts::Facts;
use domain::deadline::recompute::recompute;
use domain::deadline::recorded::{Reckoning, Recorded, Told, facts, reckon};
use domain::deadline::regimes::{DutyKind, GoodsKind, Moment, Status, Table};
use domain::deadline::warnings::missing;
use domain::decision::{Decision, Verdict};
use domain::defaults::{Remedy, remedy};
use domain::event::EventKind;
use domain::paper::{self, Left};
use domain::phase::running;
use jiff::Timestamp;
use jiff::civil::Date;

fn instant(utc_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(utc_ms).unwrap_or_default()
}

/// The table that the case is frozen with; a version that this server does not know is newer than it.
pub fn table(case: &Case) -> &'static Table {
    Table::version(case.law.version).unwrap_or_else(Table::current)
}

/// What the law looks at in a case. `None`: no law is known for it.
pub fn facts_of(book: &Book, store: &Store, case: &Case) -> Option<Facts> {
    let told = Told {
        recorded: &case.law.recorded,
        answers: &case.answers,
        received: instant(case.registered_at),
        replied: case.law.replied_at.map(instant),
        verdict: case.decision.as_ref().map(|decided| (decided.decision.verdict, instant(decided.at))),
        settled: case.settlement.as_ref().map(|settled| (&settled.outcome, instant(settled.at))),
        fee_warned: !case.fee_warning.is_empty(),
        adr_stated: book.organisation.adr.is_some(),
        // An SMS is a link to what may change behind it; the others get a letter, or the decision on paper.
        durable_medium: case.known.medium != Some(Medium::Sms),
    };
    facts(&told, &store.zone)
}

/// The clocks of a case whose steps up to `after` are done or were never due.
pub fn reckoned(book: &Book, store: &Store, case: &Case, after: Date) -> Reckoning {
    facts_of(book, store, case).map_or_else(Reckoning::default, |facts| of_facts(book, store, case, &facts, after))
}

fn of_facts(book: &Book, store: &Store, case: &Case, facts: &Facts, after: Date) -> Reckoning {
    reckon(table(case), facts, &store.zone, &book.organisation.plan, after)
}

fn kept(book: &Book, store: &Store, case: &Case) -> Law {
    let facts = facts_of(book, store, case);
    let reckoned =
        facts.as_ref().map_or_else(Reckoning::default, |facts| of_facts(book, store, case, facts, Date::MIN));
    // In the archive nothing is decided, and nobody is told any more.
    let open = |day: &Date| running(case.phase, case.archived.is_some()).watch && *day < Date::MAX;
    // What was to be kept is frozen with the answer.
    let answered = facts.is_some_and(|facts| facts.replied.is_some());
    let reply_by = case.law.reply_by.filter(|_| answered).or_else(|| reckoned.reply_by());
    Law { on: reckoned.on.filter(open), watch: reckoned.watch.filter(open), reply_by, ..case.law.clone() }
}

/// The law of a case that begins, or of one from before there were deadlines: frozen with today's table.
pub fn begun(book: &Book, case: &Case) -> Result<Law> {
    let store = book.store(case.store)?;
    let goods = book.types.get(&case.type_key).map_or(GoodsKind::Ordinary, |kind| kind.goods);
    let mut recorded = Recorded::begin(&store.country, store.land, goods);
    recorded.follow(case.phase, case.phase, store.moment(case.registered_at).local.date());
    let law = Law { version: Table::current().version, recorded, on: None, watch: None, ..case.law.clone() };
    Ok(kept(book, store, &Case { law, ..case.clone() }))
}

/// As the row has it, or frozen now where it is from before there were deadlines.
pub fn frozen(book: &Book, case: &Case) -> Result<Law> {
    if case.law.version == 0 { begun(book, case) } else { Ok(case.law.clone()) }
}

/// What this release keeps of a case's clocks. Those that were told stay told.
///
/// # Errors
/// For a store that is gone.
pub fn revised(book: &Book, case: &Case) -> Result<Law> {
    if case.law.version == 0 {
        return Ok(case.law.clone());
    }
    let law = kept(book, book.store(case.store)?, case);
    // A day of telling that lies behind has been seen to.
    let watch = if law.on == case.law.on { case.law.watch } else { law.watch };
    Ok(Law { watch, ..law })
}

/// A changed case with its deadlines, and what is to be told of them: nothing where none moved.
pub fn after(book: &Book, before: &Case, after: Case, now_ms: i64) -> Result<(Case, Vec<EventKind>)> {
    let store = book.store(after.store)?;
    let frozen = Case { law: frozen(book, before)?, ..before.clone() };
    let law = if before.law.version == 0 { frozen.law.clone() } else { after.law.clone() };
    let mut after = Case { law, ..after };
    let today = store.moment(now_ms).local.date();
    after.law.recorded.follow(before.phase, after.phase, today);
    Ok(settled(book, store, &frozen, after, today))
}

/// A case as it was before a change that is taken back, which left nothing for the law to record.
pub fn back(book: &Book, now: &Case, was: Case, now_ms: i64) -> Result<(Case, Vec<EventKind>)> {
    let store = book.store(was.store)?;
    Ok(settled(book, store, now, was, store.moment(now_ms).local.date()))
}

/// With the dates that come of what is recorded, and what moved. What silence was taken to have accepted was not, where the
/// facts as they now stand say that it had not come to that.
fn settled(book: &Book, store: &Store, before: &Case, mut after: Case, today: Date) -> (Case, Vec<EventKind>) {
    let mut told = Vec::new();
    if let Some(on) = after.law.recorded.deemed {
        after.law.recorded.deemed = reckoned(book, store, &after, Date::MIN).deemed(today);
        if after.law.recorded.deemed.is_none() {
            told.push(EventKind::NotDeemed { on });
        }
    }
    let law = kept(book, store, &after);
    let after = Case { law, ..after };
    let (was, is) = (facts_of(book, store, before), facts_of(book, store, &after));
    let moved = match (was, is) {
        (Some(was), Some(is)) => recompute((table(before), &was), (table(&after), &is), &store.zone).ok().flatten(),
        _ => None,
    };
    told.extend(moved.map(|moved| EventKind::DeadlinesMoved { moved }));
    (after, told)
}

/// When the case's first answer left, of all by which one did.
pub fn answered(book: &Book, case: &Case, left: &[Left]) -> Result<Option<Timestamp>> {
    let store = book.store(case.store)?;
    let frozen = Case { law: frozen(book, case)?, ..case.clone() };
    let durable = facts_of(book, store, &frozen).is_some_and(|facts| {
        let mut duties = table(&frozen).duties_for(&facts, facts.received_on(&store.zone));
        duties.any(|duty| duty.duty == DutyKind::DurableMedium && duty.source.status == Status::Confirmed)
    });
    Ok(paper::answered(left, durable))
}

/// A rejection, whole or in part, that the law wants something with cannot go out without. One that comes after the law has
/// taken silence for acceptance needs somebody who knows that.
///
/// # Errors
/// `Invalid` for the verdict, or for what was not ticked.
pub fn may_reject(book: &Book, case: &Case, decision: &Decision) -> Result<()> {
    if decision.verdict == Verdict::Approved {
        return Ok(());
    }
    let store = book.store(case.store)?;
    let case = &Case { law: frozen(book, case)?, ..case.clone() };
    let Some(facts) = facts_of(book, store, case) else { return Ok(()) };
    let missing = missing(table(case), &facts, Moment::WithRejection, &store.zone);
    if missing.iter().any(|duty| duty.blocks && duty.source.status == Status::Confirmed) {
        return Err(AppError::invalid("verdict", "adr_missing").into());
    }
    if case.law.recorded.deemed.is_some() && !decision.overrules {
        return Err(AppError::invalid("overrules", "deemed_accepted").into());
    }
    Ok(())
}

/// Whether it offers a repair, before which the law (also where nobody has confirmed it) wants something told that was not.
pub fn repair_untold(book: &Book, case: &Case, decision: &Decision) -> Result<bool> {
    if decision.offer.as_ref().and_then(|offer| remedy(offer.as_str())) != Some(Remedy::Repair) {
        return Ok(false);
    }
    let store = book.store(case.store)?;
    let case = &Case { law: frozen(book, case)?, ..case.clone() };
    let Some(facts) = facts_of(book, store, case) else { return Ok(false) };
    Ok(!missing(table(case), &facts, Moment::BeforeRepair, &store.zone).is_empty())
}

/// Our statement on out-of-court dispute resolution, where the law of the case asks for one.
pub fn adr<'a>(book: &'a Book, case: &Case) -> Result<Option<&'a Adr>> {
    let store = book.store(case.store)?;
    let case = &Case { law: frozen(book, case)?, ..case.clone() };
    let Some(facts) = facts_of(book, store, case) else { return Ok(None) };
    let mut duties = table(case).duties_for(&facts, facts.received_on(&store.zone));
    // Nothing unconfirmed is shown to customers.
    let asked = duties.any(|duty| duty.duty == DutyKind::AdrStatement && duty.source.status == Status::Confirmed);
    Ok(book.organisation.adr.as_ref().filter(|_| asked))
}
