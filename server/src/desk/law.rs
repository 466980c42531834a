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
use domain::decision::Verdict;
use domain::event::EventKind;
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
    match facts_of(book, store, case) {
        Some(facts) => reckon(table(case), &facts, &store.zone, &book.organisation.plan, after),
        None => Reckoning::default(),
    }
}

fn kept(book: &Book, store: &Store, case: &Case) -> Law {
    let reckoned = reckoned(book, store, case, Date::MIN);
    // In the archive nothing is decided, and nobody is told any more.
    let open = |day: &Date| case.archived.is_none() && *day < Date::MAX;
    // What was to be kept is frozen with the answer.
    let reply_by = case.law.reply_by.filter(|_| case.law.recorded.replied.is_some()).or_else(|| reckoned.reply_by());
    Law { on: reckoned.on.filter(open), watch: reckoned.watch.filter(open), reply_by, ..case.law.clone() }
}

/// The law of a case that begins, or of one from before there were deadlines: frozen with today's table.
pub fn begun(book: &Book, case: &Case) -> Result<Law> {
    let store = book.store(case.store)?;
    let goods = book.types.get(&case.type_key).map_or(GoodsKind::Ordinary, |kind| kind.goods);
    let mut recorded = Recorded::begin(&store.country, store.land, goods);
    let decided = case.decision.as_ref().map(|decided| instant(decided.at));
    recorded.follow(case.phase, case.phase, decided, store.moment(case.registered_at).local.date());
    let law = Law { version: Table::current().version, recorded, on: None, watch: None, reply_by: None };
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
pub fn after(book: &Book, before: &Case, after: Case, now_ms: i64) -> Result<(Case, Option<EventKind>)> {
    let store = book.store(after.store)?;
    let frozen = Case { law: frozen(book, before)?, ..before.clone() };
    let law = if before.law.version == 0 { frozen.law.clone() } else { after.law.clone() };
    let mut after = Case { law, ..after };
    let decided = after.decision.as_ref().map(|decided| instant(decided.at));
    let today = store.moment(now_ms).local.date();
    after.law.recorded.follow(before.phase, after.phase, decided, today);
    Ok(settled(book, store, &frozen, after))
}

/// A case as it was before a change that is taken back, which left nothing for the law to record.
pub fn back(book: &Book, now: &Case, was: Case) -> Result<(Case, Option<EventKind>)> {
    Ok(settled(book, book.store(was.store)?, now, was))
}

/// With the dates that come of what is recorded, and what moved.
fn settled(book: &Book, store: &Store, before: &Case, after: Case) -> (Case, Option<EventKind>) {
    let law = kept(book, store, &after);
    let after = Case { law, ..after };
    let (was, is) = (facts_of(book, store, before), facts_of(book, store, &after));
    let moved = match (was, is) {
        (Some(was), Some(is)) => recompute((table(before), &was), (table(&after), &is), &store.zone).ok().flatten(),
        _ => None,
    };
    (after, moved.map(|moved| EventKind::DeadlinesMoved { moved }))
}

/// A rejection that the law wants something with cannot go out without.
///
/// # Errors
/// `Invalid` for the verdict.
pub fn may_reject(book: &Book, case: &Case, verdict: Verdict) -> Result<()> {
    let store = book.store(case.store)?;
    let case = &Case { law: frozen(book, case)?, ..case.clone() };
    let Some(facts) = facts_of(book, store, case).filter(|_| verdict == Verdict::Rejected) else { return Ok(()) };
    let missing = missing(table(case), &facts, Moment::WithRejection, &store.zone);
    if missing.iter().any(|duty| duty.blocks && duty.source.status == Status::Confirmed) {
        return Err(AppError::invalid("verdict", "adr_missing").into());
    }
    Ok(())
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
