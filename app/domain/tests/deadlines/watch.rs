use super::*;
use domain::deadline::clocks::target;
use domain::deadline::facts::Reply;
use domain::deadline::regimes::{Consequence, Status};
use domain::deadline::watch::{Due, Plan, Step, Watched, due};
use domain::id::CaseId;
use proptest::prelude::*;
use std::collections::BTreeSet;

const CASE: CaseId = CaseId(uuid::Uuid::from_u128(7));

/// Received on Thursday 10 December 2026: day 14 is a day off, the safe end the day before, the end as moved the 28th.
fn polish() -> Facts {
    case(Country::Pl, "2026-01-05", "2026-12-10")
}

fn on(facts: &Facts, today: Date, done: &BTreeSet<String>) -> Vec<Due> {
    let watched = Watched::law(&clock(facts, ClockKind::Reply), today).expect("a duty with an end");
    due(CASE, &watched, &Plan::default(), today, done)
}

/// What is done on a day, noted as done.
fn run(facts: &Facts, today: &str, done: &mut BTreeSet<String>) -> Vec<Step> {
    let due = on(facts, ymd(today), done);
    for due in &due {
        assert!(done.insert(due.key.clone()), "done twice: {}", due.key);
    }
    due.into_iter().filter(|due| !due.superseded).map(|due| due.step).collect()
}

#[test]
fn a_polish_case_that_nobody_answers() {
    let facts = polish();
    let mut done = BTreeSet::new();
    for (today, steps) in [
        ("2026-12-10", vec![]),
        ("2026-12-16", vec![Step::Reminder(7)]),
        ("2026-12-17", vec![]),
        ("2026-12-20", vec![Step::Reminder(3)]),
        ("2026-12-22", vec![Step::Reminder(1), Step::Deputy]),
        ("2026-12-23", vec![Step::Admin]),
        ("2026-12-24", vec![]),
        ("2026-12-25", vec![Step::Fallback]),
        ("2026-12-28", vec![]),
        ("2026-12-29", vec![Step::Passed]),
        ("2026-12-30", vec![]),
    ] {
        assert_eq!(run(&facts, today, &mut done), steps, "{today}");
    }
    let reply = clock(&facts, ClockKind::Reply);
    let decides = |day: &str| reply.decides(ymd(day));
    assert!(!decides("2026-12-22") && decides("2026-12-23") && decides("2026-12-28") && !decides("2026-12-29"));
    let watched = Watched::law(&reply, ymd("2026-12-29")).expect("a duty");
    assert_eq!((watched.consequence, watched.status), (Consequence::DeemedAccepted, Some(Status::Confirmed)));
}

#[test]
fn a_server_that_was_down_does_each_once_and_sends_the_last_reminder_alone() {
    let facts = polish();
    let mut done = BTreeSet::new();
    let missed = on(&facts, ymd("2026-12-23"), &done);
    let superseded: Vec<(Step, bool)> = missed.iter().map(|due| (due.step, due.superseded)).collect();
    assert_eq!(
        superseded,
        [
            (Step::Reminder(7), true),
            (Step::Reminder(3), true),
            (Step::Reminder(1), false),
            (Step::Deputy, false),
            (Step::Admin, false)
        ]
    );
    assert_eq!(missed[0].on, ymd("2026-12-16"), "it says when it should have been");
    assert_eq!(run(&facts, "2026-12-23", &mut done), [Step::Reminder(1), Step::Deputy, Step::Admin]);
    assert_eq!(run(&facts, "2026-12-23", &mut done), []);
    // Down for a year: the law has decided, and nobody is reminded any more.
    assert_eq!(run(&facts, "2027-12-23", &mut BTreeSet::new()), [Step::Passed]);
}

#[test]
fn a_clock_that_jumps_back_finds_its_steps_done() {
    let facts = polish();
    let mut done = BTreeSet::new();
    run(&facts, "2026-12-23", &mut done);
    for today in ["2026-12-01", "2026-12-16", "2026-12-22", "2026-12-23"] {
        assert_eq!(run(&facts, today, &mut done), [], "{today}");
    }
}

#[test]
fn an_answer_in_time_ends_it_and_one_too_late_does_not_undo_the_law() {
    let mut facts = polish();
    let sent = noon(ymd("2026-12-18"));
    facts.replied = Some(Reply { sent, reached: Some(sent) });
    assert_eq!(run(&facts, "2026-12-22", &mut BTreeSet::new()), []);
    let sent = noon(ymd("2026-12-30"));
    facts.replied = Some(Reply { sent, reached: Some(sent) });
    let mut done = BTreeSet::new();
    assert_eq!(run(&facts, "2026-12-31", &mut done), [Step::Passed]);
    assert_eq!(run(&facts, "2027-01-31", &mut done), []);
}

#[test]
fn a_clock_that_moved_is_watched_anew() {
    let mut facts = polish();
    let mut done = BTreeSet::new();
    run(&facts, "2026-12-23", &mut done);
    facts.received = noon(ymd("2026-12-14"));
    // Day 14 is now Monday 28 December, a working day: the legal end as before, a later safe end, three days after the 25th.
    assert_eq!(run(&facts, "2026-12-25", &mut done), [Step::Reminder(3)]);
}

#[test]
fn the_law_decides_once_for_each_legal_end() {
    let mut facts = polish();
    let mut done = BTreeSet::new();
    assert_eq!(run(&facts, "2026-12-29", &mut done), [Step::Passed]);
    facts.received = noon(ymd("2026-12-14"));
    assert_eq!(run(&facts, "2026-12-30", &mut done), [], "counted anew, and the legal end is the same");
    facts.received = noon(ymd("2026-12-15"));
    assert_eq!(run(&facts, "2026-12-30", &mut done), [Step::Passed], "Tuesday 29 December is another end");
}

#[test]
fn the_organisation_chooses_its_days() {
    let watched = Watched::law(&clock(&polish(), ClockKind::Reply), ymd("2026-12-22")).expect("a duty");
    let plan = Plan { reminders: vec![2, 10, 2], deputy: 5, admin: 3 };
    let due = due(CASE, &watched, &plan, ymd("2026-12-22"), &BTreeSet::new());
    let steps: Vec<(Step, bool)> = due.iter().map(|due| (due.step, due.superseded)).collect();
    assert_eq!(
        steps,
        [(Step::Reminder(10), true), (Step::Deputy, false), (Step::Admin, false), (Step::Reminder(2), false)]
    );
    // A reminder that was added later and lies before one that was sent is noted, and not sent.
    let sent = [domain::deadline::watch::key(CASE, &watched, Step::Reminder(2))].into();
    let due = domain::deadline::watch::due(CASE, &watched, &plan, ymd("2026-12-22"), &sent);
    assert!(due.iter().all(|due| due.superseded == matches!(due.step, Step::Reminder(_))), "{due:?}");
}

#[test]
fn only_duties_with_an_end_are_watched() {
    let today = ymd("2026-12-22");
    for clock in all(&polish()) {
        let watched = Watched::law(&clock, today).is_some();
        assert_eq!(watched, clock.kind.is_duty() && clock.ends.is_some(), "{clock:?}");
    }
}

#[test]
fn the_organisations_target_is_watched_and_has_no_consequence_by_law() {
    let place = Some(polish().calendar());
    let own = target(place, ymd("2026-12-10"), 10, None).expect("in the calendar");
    let steps = |today: &str| -> Vec<Step> {
        let watched = Watched::target("decide", &own, ymd(today));
        assert_eq!((watched.status, watched.consequence), (None, Consequence::NoneFixed));
        due(CASE, &watched, &Plan::default(), ymd(today), &BTreeSet::new()).into_iter().map(|due| due.step).collect()
    };
    // The tenth day is a Sunday; Friday is safe.
    assert_eq!(own.safe_end, ymd("2026-12-18"));
    assert_eq!(steps("2026-12-11"), [Step::Reminder(7)]);
    assert_eq!(steps("2026-12-21"), [Step::Passed]);
}

proptest! {
    #[test]
    fn whatever_the_clock_does_each_step_is_done_once_and_none_is_lost(
        received in 0i64..3000,
        walk in proptest::collection::vec(-20i64..40, 1..40),
    ) {
        let facts = case(Country::Pl, "", &days(2024, 1, 1, received).to_string());
        let end = clock(&facts, ClockKind::Reply).ends.expect("an end").legal_end;
        let mut done = BTreeSet::new();
        let (mut today, mut latest, mut passed) = (received, received, 0);
        for step in walk {
            today += step;
            latest = latest.max(today);
            for due in on(&facts, days(2024, 1, 1, today), &done) {
                passed += i32::from(due.step == Step::Passed);
                prop_assert!(done.insert(due.key));
            }
        }
        prop_assert_eq!(passed, i32::from(days(2024, 1, 1, latest) > end));
    }
}
