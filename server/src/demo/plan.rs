//! When what happens: each case's course is drawn, and all steps are then lived through in the order of time.

mod home;

use super::content::{
    APPROVAL, COMMENT, OWN_NOTE, QUESTION, RECEIPTS_NB, RECEIPTS_PL, REJECTION, STORIES, Story, WAITS_FOR,
};
use super::fill::{Person, answers};
use crate::clock::ManualClock;
use crate::desk::Desk;
use crate::desk::book::Store;
use crate::desk::pictures::Sender;
use crate::desk::reports::web_store;
use crate::jobs::{carrier, letters};
use crate::mail::smtp::Courier;
use crate::store::error::{Result, StoreError};
use app::backend::{Cases, Deed, FormInput, Registration, Rmas, Viewer};
use domain::attachment::AttachmentKind;
use domain::case::ArchiveReason;
use domain::decision::{Decision, Verdict};
use domain::form::check;
use domain::id::{CaseId, Key, StaffId};
use domain::phase::{Action, Waiting};
use domain::rma::{Condition, Route};
use domain::role::Role;
use jiff::{Timestamp, ToSpan};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

/// How far back the first case lies.
pub(super) const DAYS: i64 = 70;

/// Where goods lie that came by parcel: short in every language.
const PLACE: &str = "B 4";

enum Step {
    Register,
    /// The customer does it at home.
    Home(Home),
    Picture(AttachmentKind, &'static [u8]),
    Do(Deed),
    /// A number for the parcel by which the goods come.
    Issue,
    /// The parcel is here.
    Receive,
}

/// Filing from home, step by step.
#[derive(Clone, Copy)]
enum Home {
    Begin,
    Send,
    Confirm,
    /// The parcel is here, by its own number.
    Arrive,
}

struct Moment {
    at: Timestamp,
    case: usize,
    by: StaffId,
    step: Step,
}

struct Course {
    id: CaseId,
    story: &'static Story,
    person: Person,
    store: Store,
    /// Filed from home, and by which way its goods come.
    home: Option<Route>,
    /// The browser's secret.
    token: String,
}

/// Draws `cases` courses, oldest first, and lives through them.
pub(super) async fn live_through(desk: &Desk, clock: &ManualClock, cases: u32) -> Result<()> {
    let now = desk.clock.now();
    let mut rng = StdRng::seed_from_u64(20_261_122);
    let mut courses = Vec::new();
    let mut moments = Vec::new();
    let stores: Vec<Store> = desk.book().stores.values().filter(|store| store.active).cloned().collect();
    for index in 0..cases as usize {
        // Most are of the last weeks, so that something of each phase is there.
        let (of, left) = (i64::from(cases.max(1)), i64::from(cases) - index as i64);
        let age_hours = (DAYS * 24) * left * left / (of * of);
        let store = stores.choose(&mut rng).cloned().ok_or_else(|| StoreError::corrupt("a chain without stores"))?;
        let story = STORIES.choose(&mut rng).ok_or_else(|| StoreError::corrupt("no stories"))?;
        let person = Person::new(&mut rng, &store.country);
        // Late enough today for its pictures to have come.
        let latest = now.saturating_sub(rng.random_range(20..240).minutes()).unwrap_or(now);
        let begun = opening_hour(&mut rng, now.saturating_sub(age_hours.hours()).unwrap_or(now), &store).min(latest);
        let home = at_home(desk, &mut rng, story)?;
        // Whoever does not name a store has the one that takes parcels.
        let store = match home {
            Some(Route::Parcel | Route::PickUp) => web_store(&desk.book())?.clone(),
            Some(Route::Store) | None => store,
        };
        let drawn = Drawing { case: index, store: &store, story, home, begun, now };
        draw(desk, &mut rng, &mut moments, drawn)?;
        courses.push(Course { id: desk.random.id(), story, person, store, home, token: desk.random.token() });
    }
    moments.retain(|moment| moment.at <= now);
    moments.sort_by_key(|moment| moment.at);
    let courier = Courier::new(&desk.config).map_err(StoreError::corrupt)?;
    let (_running, stop) = tokio::sync::watch::channel(false);
    for moment in moments {
        clock.set(moment.at);
        let course = &courses[moment.case];
        live(desk, &mut rng, course, &moment).await?;
        carrier::ask_due(desk, &stop).await?;
        letters::deliver_due(desk, &courier, &stop).await?;
    }
    clock.set(now);
    Ok(())
}

/// The same day between ten and eighteen on the store's clock.
fn opening_hour(rng: &mut impl Rng, around: Timestamp, store: &Store) -> Timestamp {
    let day = around.to_zoned(store.zone.clone()).date();
    let time = day.at(rng.random_range(10..18), rng.random_range(0..60), rng.random_range(0..60), 0);
    time.to_zoned(store.zone.clone()).map_or(around, |zoned| zoned.timestamp())
}

/// One in four comes from home, where that is offered.
fn at_home(desk: &Desk, rng: &mut StdRng, story: &Story) -> Result<Option<Route>> {
    let (book, offered) = (desk.book(), key(story.type_key)?);
    let form = &book.public_form;
    if !rng.random_ratio(1, 4) || !form.open || !form.types.contains(&offered) {
        return Ok(None);
    }
    Ok(form.routes.choose(rng).copied())
}

/// What a course is drawn from.
struct Drawing<'a> {
    case: usize,
    store: &'a Store,
    story: &'static Story,
    home: Option<Route>,
    begun: Timestamp,
    now: Timestamp,
}

fn draw(desk: &Desk, rng: &mut StdRng, moments: &mut Vec<Moment>, drawing: Drawing<'_>) -> Result<()> {
    let Drawing { case, store, story, home: filed, begun, now } = drawing;
    let book = desk.book();
    let missing = || StoreError::corrupt("the demo's store has no staff");
    let clerks: Vec<StaffId> =
        book.staff.values().filter(|s| s.role == Role::Clerk && s.stores.contains(&store.id)).map(|s| s.id).collect();
    let clerk = *clerks.choose(rng).ok_or_else(missing)?;
    let handler = store.handler.ok_or_else(missing)?;
    let mut at = begun;
    let mut then = |at: Timestamp, by, step| moments.push(Moment { at, case, by, step });
    then(at, clerk, if filed.is_some() { Step::Home(Home::Begin) } else { Step::Register });
    let receipts = if store.country == "PL" { &RECEIPTS_PL } else { &RECEIPTS_NB };
    let mut shot = at;
    for (kind, bytes) in receipts.choose(rng).into_iter().chain(story.pictures) {
        shot = later(shot, 40);
        then(shot, clerk, Step::Picture(*kind, bytes));
    }
    // The newest of them nobody has confirmed yet.
    if filed.is_some() {
        shot = later(shot, 120);
        then(shot, clerk, Step::Home(Home::Send));
        if now.duration_since(begun).as_hours() < 12 {
            return Ok(());
        }
        at = later(shot, 900);
        then(at, clerk, Step::Home(Home::Confirm));
    }
    let home = usize::from(if store.country == "PL" { 2_u8 } else { 1 });
    if rng.random_ratio(1, 5) {
        then(later(at, 200), clerk, Step::Do(Deed::Comment(COMMENT[home].to_owned())));
    }
    // The newest wait untouched in the list of new cases; the longer ago, the further a case has come.
    let age_days = now.duration_since(begun).as_secs() / 86_400;
    if age_days < 2 && rng.random_ratio(4, 5) {
        return Ok(());
    }
    at = later(at, rng.random_range(3_600..40_000));
    then(at, handler, Step::Do(Deed::Assign(Some(handler))));
    if rng.random_ratio(1, 4) {
        then(later(at, 300), handler, Step::Do(Deed::OwnNote(OWN_NOTE[home].to_owned())));
    }
    let mut sent = false;
    match rng.random_range(0..10) {
        0..=2 => {
            at = later(at, 600);
            then(at, handler, Step::Do(Deed::Ask { question: QUESTION[home].to_owned() }));
        }
        3 => {
            at = later(at, 600);
            let waits = [Waiting::Supplier, Waiting::Repair, Waiting::Expert, Waiting::Goods];
            // What is filed from home has its number already.
            let waits = if filed.is_some() { &waits[..1] } else { &waits[..] };
            let on = *waits.choose(rng).unwrap_or(&Waiting::Supplier);
            let whom = WAITS_FOR[home][on as usize].to_owned();
            then(at, handler, Step::Do(Deed::Wait { on, whom, email: String::new() }));
            sent = matches!(on, Waiting::Goods | Waiting::Repair);
            if sent {
                then(later(at, 60), handler, Step::Issue);
            }
        }
        _ => {}
    }
    if age_days < 8 && rng.random_ratio(1, 2) {
        return Ok(());
    }
    at = later(at, rng.random_range(40_000..500_000));
    if filed.is_some() {
        then(at, clerk, Step::Home(Home::Arrive));
        at = later(at, 900);
    }
    if sent {
        then(at, clerk, Step::Receive);
        at = later(at, 900);
    }
    let verdict = *[Verdict::Approved, Verdict::Approved, Verdict::Approved, Verdict::Partly, Verdict::Rejected]
        .choose(rng)
        .unwrap_or(&Verdict::Approved);
    let (reason, explanation) = match verdict {
        Verdict::Rejected => (["wear", "misuse", "no_fault_found"].choose(rng), REJECTION),
        Verdict::Approved | Verdict::Partly => (["manufacturing_fault", "material_fault"].choose(rng), APPROVAL),
    };
    let reason = key(reason.copied().unwrap_or("wear"))?;
    let decision = Decision::new(verdict, reason, explanation[home]);
    then(at, handler, Step::Do(Deed::Decide(decision)));
    if rng.random_ratio(1, 3) {
        at = later(at, rng.random_range(3_000..90_000));
        then(at, clerk, Step::Do(Deed::Move(Action::MakeReady)));
    }
    if rng.random_ratio(1, 12) {
        at = later(at, 30 * 86_400);
        then(at, handler, Step::Do(Deed::Move(Action::NotCollected)));
        return Ok(());
    }
    at = later(at, rng.random_range(20_000..700_000));
    let (outcome, amount) = match verdict {
        Verdict::Rejected => ("collected_old", None),
        Verdict::Partly => ("price_reduction", Some(story.price / 3)),
        Verdict::Approved if rng.random_ratio(1, 3) => ("refund", Some(story.price)),
        Verdict::Approved => ("new_product", None),
    };
    // Typed in the clerk's own way of writing amounts.
    let locale = book.staff.get(&clerk).map_or(domain::Locale::En, |s| s.locale);
    let amount = amount.map(|minor| domain::money::typed(locale, minor)).unwrap_or_default();
    then(at, clerk, Step::Do(Deed::Settle { outcome: key(outcome)?, amount }));
    at = later(at, rng.random_range(300_000..1_800_000));
    then(at, handler, Step::Do(Deed::Archive(ArchiveReason::Settled)));
    Ok(())
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_add(seconds.seconds()).unwrap_or(at)
}

fn key(text: &str) -> Result<Key> {
    Ok(text.parse()?)
}

async fn live(desk: &Desk, rng: &mut StdRng, course: &Course, moment: &Moment) -> Result<()> {
    let who = super::viewer(desk, moment.by)?;
    match &moment.step {
        Step::Register => register(desk, rng, course, &who).await,
        Step::Home(step) => home::live(desk, rng, course, &who, *step).await,
        Step::Picture(kind, bytes) => picture(desk, course, &who, *kind, bytes).await,
        Step::Do(deed) => Ok(desk.act(&who, course.id, None, deed.clone()).await?),
        Step::Issue => Ok(desk.issue_rma(&who, course.id, Route::Parcel).await.map(drop)?),
        Step::Receive => {
            let condition = Condition::AsDescribed;
            Ok(desk.match_parcel(&who, course.id, condition, PLACE.to_owned(), String::new()).await.map(drop)?)
        }
    }
}

async fn register(desk: &Desk, rng: &mut StdRng, course: &Course, who: &Viewer) -> Result<()> {
    let type_key = key(course.story.type_key)?;
    let book = desk.book();
    let kind = book.types.get(&type_key).ok_or_else(|| StoreError::corrupt("the demo's type is missing"))?;
    let form = book.form(&type_key, kind.form_version)?;
    let context = check::Context {
        locale: who.locale,
        today: course.store.today(&*desk.clock),
        country: course.store.country.clone(),
        pictures: Vec::new(),
    };
    let input = FormInput {
        id: course.id,
        form_version: kind.form_version,
        type_key: type_key.clone(),
        store: course.store.id,
        answers: answers(rng, form, course.story, &course.person, &context),
    };
    desk.register(who, input).await?;
    Ok(())
}

async fn picture(desk: &Desk, course: &Course, who: &Viewer, kind: AttachmentKind, bytes: &'static [u8]) -> Result<()> {
    let mut spool = desk.receive().await?;
    let fits = spool.push(bytes).await.map_err(StoreError::corrupt)?;
    fits.map_err(StoreError::corrupt)?;
    let received = spool.finish().await.map_err(StoreError::corrupt)?;
    let report = match course.home {
        Some(_) => Some(desk.open_report(&course.token).await?),
        None => None,
    };
    let sender = report.as_ref().map_or(Sender::Staff(who), Sender::Report);
    desk.take_file(sender, course.id, kind, received, None).await.map_err(StoreError::corrupt)?;
    Ok(())
}
