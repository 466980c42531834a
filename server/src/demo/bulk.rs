//! Many cases at once, for measuring: the same rows and words as the use cases make, written in large transactions.

use super::content::{APPROVAL, REJECTION, STORIES};
use super::fill::{Person, answers};
use crate::desk::Desk;
use crate::desk::book::{Book, Store};
use crate::desk::cases::known::{known, words};
use crate::desk::law;
use crate::store::cases::{Case, Decided, Law, NewCase, Settled, insert, save};
use crate::store::dialect::Dialect;
use crate::store::error::{Result, StoreError};
use domain::case::{ArchiveReason, Channel};
use domain::decision::{Decision, Verdict};
use domain::event::EventKind;
use domain::form::check;
use domain::handling::{Examined, Handling};
use domain::id::{EventId, Key, StaffId};
use domain::number::Number;
use domain::phase::Phase;
use domain::role::Role;
use futures::FutureExt;
use jiff::{Timestamp, ToSpan};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

/// How far back the first of many cases lies; few of them lie nearer, so that each month has some.
const DAYS: i64 = 3 * 365;
const DAYS_OF_FEW: i64 = 14 * 30;
const FEW: u32 = 5_000;
/// Cases of one transaction.
const BATCH: u32 = 2_000;
/// One case in so many is still open, as in a chain that decides within weeks.
const OPEN_ONE_IN: u32 = 20;

/// A case as it is first written, and as it stands today.
struct Drawn {
    case: Case,
    words: crate::store::search::Words,
    events: Vec<(EventId, EventKind)>,
    today: Option<Case>,
}

/// Writes `cases` cases, oldest first, that end `before_days` days ago.
pub(super) async fn fill(desk: &Desk, cases: u32, before_days: i64) -> Result<()> {
    let now = desk.clock.now();
    let days = if cases < FEW { DAYS_OF_FEW } else { DAYS };
    let mut rng = StdRng::seed_from_u64(1_000_000);
    let book = desk.book();
    let stores: Vec<&Store> = book.stores.values().filter(|store| store.active).collect();
    let mut done = 0;
    while done < cases {
        let size = BATCH.min(cases - done);
        let mut batch = Vec::with_capacity(size as usize);
        for place in done..done + size {
            let seconds =
                (days - before_days) * 86_400 * i64::from(cases - place) / i64::from(cases) + before_days * 86_400;
            let at = now.saturating_sub(seconds.seconds()).unwrap_or(now);
            let store = stores.choose(&mut rng).ok_or_else(|| StoreError::corrupt("a chain without stores"))?;
            batch.push(draw(desk, &mut rng, &book, store, at)?);
        }
        let dialect = desk.db.dialect;
        desk.db.write(move |tx| async move { write(tx, dialect, batch).await }.boxed()).await?;
        done += size;
        tracing::info!(done, of = cases, "demo cases");
    }
    Ok(())
}

fn draw(desk: &Desk, rng: &mut StdRng, book: &Book, store: &Store, at: Timestamp) -> Result<Drawn> {
    let nobody = || StoreError::corrupt("the demo's store has no staff");
    let story = STORIES.choose(rng).ok_or_else(|| StoreError::corrupt("no stories"))?;
    let type_key: Key = story.type_key.parse()?;
    let kind = book.types.get(&type_key).ok_or_else(|| StoreError::corrupt("the demo's type is missing"))?;
    let form = book.form(&type_key, kind.form_version)?;
    let handler = store.handler.ok_or_else(nobody)?;
    let clerks: Vec<_> =
        book.staff.values().filter(|s| s.role == Role::Clerk && s.stores.contains(&store.id)).collect();
    let clerk = clerks.choose(rng).ok_or_else(nobody)?.id;
    let context = check::Context {
        locale: store.locale,
        today: at.to_zoned(store.zone.clone()).date(),
        country: store.country.clone(),
        pictures: Vec::new(),
    };
    let person = Person::new(rng, &store.country);
    let typed = answers(rng, form, story, &person, &context);
    let answers = check::check(form, &typed, &context)
        .map_err(|problems| StoreError::corrupt(format_args!("the demo's answers: {problems:?}")))?;
    let year = context.today.year();
    let case = Case {
        id: desk.random.id(),
        // The place in the series is given when the case is written.
        number: Number::new(year, 0).ok_or_else(|| StoreError::corrupt("the year"))?,
        version: 1,
        form_version: kind.form_version,
        store: store.id,
        channel: Channel::Till,
        phase: Phase::New,
        status: None,
        handler: Some(handler),
        archived: None,
        registered_at: at.as_millisecond(),
        registered_by: Some(clerk),
        due_on: context.today.checked_add(i64::from(kind.target_days).days()).ok(),
        rma: None,
        known: known(&answers, store),
        decision: None,
        settlement: None,
        type_key,
        answers,
        news_at: None,
        fee_warning: String::new(),
        law: Law::default(),
        handling: Handling::default(),
        remind_on: None,
        joined_into: None,
    };
    let case = Case { law: law::begun(book, &case)?, ..case };
    let words = words(form, &case.answers);
    let events =
        vec![(desk.random.id(), EventKind::Registered), (desk.random.id(), EventKind::assigned(Some(handler)))];
    let today = match rng.random_range(0..OPEN_ONE_IN * 4) {
        0..=1 => None,
        2..=3 => Some(Case { phase: Phase::InReview, ..case.clone() }),
        _ => Some(settled(rng, book, &case, story.price, handler, clerk)?),
    };
    Ok(Drawn { case, words, events, today })
}

/// How often, verdict, reason, cause, outcome, and which part of the price it costs.
type Ending = (u32, Verdict, &'static str, &'static str, &'static str, Option<i64>);

/// How things end.
const ENDINGS: [Ending; 8] = [
    (38, Verdict::Approved, "manufacturing_fault", "production_fault", "new_product", None),
    (20, Verdict::Approved, "manufacturing_fault", "material_fault", "refund", Some(1)),
    (10, Verdict::Approved, "material_fault", "material_fault", "repaired", None),
    (6, Verdict::Approved, "material_fault", "design_fault", "credit_note", Some(1)),
    (10, Verdict::Partly, "material_fault", "wear", "price_reduction", Some(3)),
    (9, Verdict::Rejected, "wear", "wear", "collected_old", None),
    (5, Verdict::Rejected, "misuse", "misuse", "collected_old", None),
    (2, Verdict::Rejected, "no_fault_found", "no_fault_found", "goodwill", None),
];

fn settled(rng: &mut StdRng, book: &Book, case: &Case, price: i64, handler: StaffId, clerk: StaffId) -> Result<Case> {
    let drawn = ENDINGS.choose_weighted(rng, |ending| ending.0).map_err(StoreError::corrupt)?;
    let (_, verdict, reason, cause, outcome, part) = *drawn;
    let explanation = if verdict == Verdict::Rejected { REJECTION } else { APPROVAL };
    let decision = Decision::new(verdict, reason.parse()?, explanation[1]);
    // Most within a fortnight, few after it.
    let days = if rng.random_ratio(1, 12) { rng.random_range(14..40) } else { rng.random_range(1..14) };
    let decided_at = case.registered_at + days * 86_400_000;
    let examined = Examined {
        cause: cause.parse()?,
        finding: String::new(),
        examiner: book.staff_name(Some(handler)),
        on: book.store(case.store)?.moment(decided_at).local.date(),
        pictures: Vec::new(),
        by: handler,
        at: decided_at,
    };
    let amount_minor = part.map(|part| price / part);
    let settled = Case {
        phase: Phase::Settled,
        archived: Some(ArchiveReason::Settled),
        due_on: None,
        decision: Some(Decided {
            decision,
            by: handler,
            second: None,
            at: decided_at,
            further: None,
            value_minor: None,
        }),
        settlement: Some(Settled {
            outcome: outcome.parse()?,
            amount_minor,
            by: clerk,
            at: decided_at + 2 * 86_400_000,
        }),
        handling: Handling { examined: Some(examined), ..case.handling.clone() },
        ..case.clone()
    };
    Ok(law::after(book, case, settled, decided_at)?.0)
}

async fn write(tx: &mut crate::store::Tx, dialect: Dialect, batch: Vec<Drawn>) -> Result<()> {
    for Drawn { mut case, words, events, today } in batch {
        let seq = dialect.next_in_series(tx, case.id).await?.ok_or_else(|| StoreError::corrupt("the id is taken"))?;
        let year = Timestamp::from_millisecond(case.registered_at).map_err(StoreError::corrupt)?;
        let year = year.to_zoned(jiff::tz::TimeZone::UTC).year();
        let series = u32::try_from(seq).map_err(StoreError::corrupt)?;
        case.number = Number::new(year, series).ok_or_else(|| StoreError::corrupt("the series is full"))?;
        let words = words.stored(case.store, case.number);
        insert(tx, dialect, NewCase { seq, case: &case, words, events: &events }).await?;
        if let Some(today) = today {
            save(tx, &today, case.registered_at).await?;
        }
    }
    Ok(())
}
