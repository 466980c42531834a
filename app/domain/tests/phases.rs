//! The whole table of transitions: its laws, and `docs/phases.md`, which is written from it (`UPDATE=1`).

use domain::customer::{self, CustomerAction};
use domain::deadline::clocks::{Clock, clocks};
use domain::deadline::recorded::{Recorded, Told, facts};
use domain::deadline::regimes::{GoodsKind, Table};
use domain::decision::Verdict;
use domain::form::Answers;
use domain::form::schema::common;
use domain::id::Key;
use domain::letter::Template;
use domain::phase::{Action, Came, Phase, Standing, Step, StepError, Waiting, running, step};
use domain::role::Role;
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

const WAITINGS: [Waiting; 5] = [Waiting::Customer, Waiting::Goods, Waiting::Supplier, Waiting::Repair, Waiting::Expert];

/// Each action by the name of its column; those of one column differ in what they name.
fn columns() -> Vec<(&'static str, Vec<Action>)> {
    vec![
        ("assign", vec![Action::Assign]),
        ("review", vec![Action::Review]),
        ("wait", WAITINGS.map(Action::Wait).to_vec()),
        ("ask", vec![Action::Ask]),
        ("decide", Verdict::ALL.map(Action::Decide).to_vec()),
        ("make ready", vec![Action::MakeReady]),
        ("settle", vec![Action::Settle]),
        ("undo settle", vec![Action::Unsettle]),
        ("withdraw", vec![Action::Withdraw]),
        ("not collected", vec![Action::NotCollected]),
        ("archive", vec![Action::Archive]),
        ("join", vec![Action::Join]),
        ("unarchive", vec![Action::Unarchive]),
    ]
}

fn actions() -> Vec<Action> {
    columns().into_iter().flat_map(|(_, actions)| actions).collect()
}

fn standings() -> Vec<Standing> {
    let verdicts = [None, Some(Verdict::Approved), Some(Verdict::Partly), Some(Verdict::Rejected)];
    let with = |phase, archived| verdicts.map(|verdict| Standing { phase, archived, verdict });
    Phase::ALL.into_iter().flat_map(|phase| [with(phase, false), with(phase, true)].concat()).collect()
}

fn every() -> impl Iterator<Item = (Standing, Action, Role)> {
    standings()
        .into_iter()
        .flat_map(|from| actions().into_iter().flat_map(move |action| Role::ALL.map(move |role| (from, action, role))))
}

fn allowed() -> Vec<(Standing, Action, Role, Step)> {
    every().filter_map(|(from, action, role)| Some((from, action, role, step(from, action, role).ok()?))).collect()
}

#[test]
fn a_clerk_registers_and_settles_but_never_decides_or_archives() {
    for (from, action, role) in every().filter(|(_, _, role)| *role == Role::Clerk) {
        let serves = matches!(action, Action::MakeReady | Action::Settle | Action::Unsettle | Action::Withdraw);
        if !serves {
            assert_eq!(step(from, action, role), Err(StepError::Forbidden), "{from:?} {action:?}");
        }
    }
}

#[test]
fn a_handler_may_what_an_admin_may_with_a_case() {
    for (from, action, _) in every() {
        assert_eq!(step(from, action, Role::Handler), step(from, action, Role::Admin), "{from:?} {action:?}");
    }
}

#[test]
fn the_archive_only_gives_back() {
    for (from, action, _, to) in allowed() {
        if from.archived {
            assert_eq!(action, Action::Unarchive);
            assert_eq!(to, Step { phase: from.phase, archived: false, letter: None });
        } else {
            assert_ne!(action, Action::Unarchive);
            let archives = matches!(action, Action::Archive | Action::NotCollected | Action::Join);
            assert_eq!(to.archived, archives, "{from:?} {action:?}");
        }
        assert!(
            !to.archived || !to.phase.is_open() || action == Action::Join,
            "an open case can't rest: {from:?} {action:?}"
        );
    }
}

#[test]
fn letters_go_out_exactly_where_stated() {
    for (from, action, _, to) in allowed() {
        let expected = match action {
            Action::Ask => Some(Template::Question),
            Action::Decide(Verdict::Approved) => Some(Template::Approved),
            Action::Decide(Verdict::Partly) => Some(Template::Partly),
            Action::Decide(Verdict::Rejected) => Some(Template::Rejected),
            Action::MakeReady => Some(Template::Ready),
            _ => None,
        };
        assert_eq!(to.letter, expected, "{from:?} {action:?}");
    }
}

#[test]
fn settling_and_taking_it_back_gives_the_decision_again() {
    let decided =
        [(Verdict::Approved, Phase::Approved), (Verdict::Partly, Phase::Partly), (Verdict::Rejected, Phase::Rejected)];
    for (verdict, phase) in decided {
        for from in [phase, Phase::Ready] {
            let standing = |phase| Standing { phase, archived: false, verdict: Some(verdict) };
            let settled = step(standing(from), Action::Settle, Role::Clerk).expect("decided");
            assert_eq!(settled, Step { phase: Phase::Settled, archived: false, letter: None });
            let back = step(standing(settled.phase), Action::Unsettle, Role::Clerk).expect("settled");
            assert_eq!(back, Step { phase, archived: false, letter: None });
        }
    }
}

#[test]
fn nothing_is_settled_before_it_is_decided() {
    for (from, action, _, to) in allowed() {
        if to.phase == Phase::Settled && from.phase != Phase::Settled {
            assert!(action == Action::Settle && from.phase.is_decided(), "{from:?} {action:?}");
        }
        assert!(to.phase != Phase::New || from.phase == Phase::New, "nothing becomes new again: {from:?} {action:?}");
    }
}

#[test]
fn every_phase_is_one_of_open_decided_closed() {
    for phase in Phase::ALL {
        let sides = [phase.is_open(), phase.is_decided(), phase.is_closed()];
        assert_eq!(sides.into_iter().filter(|is| *is).count(), 1, "{phase:?}");
        assert_eq!(Phase::from_key(phase.key()), Some(phase));
    }
}

#[test]
fn the_document_tells_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/phases.md");
    let written = document();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &written).expect("the folder of the documents is there");
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        stored, written,
        "docs/phases.md is not what the table says: UPDATE=1 cargo test -p domain --test phases"
    );
}

fn document() -> String {
    let columns = columns();
    let mut text = String::from(
        "# Phases\n\nWritten by `app/domain/tests/phases.rs` from the one table in `app/domain/src/phase.rs`; \
         `UPDATE=1 cargo test -p domain --test phases` writes it anew.\n\n\
         ## Who may\n\n| action | clerk | handler | admin |\n|---|---|---|---|\n",
    );
    for (name, actions) in &columns {
        let may = Role::ALL.map(|role| {
            let forbidden = |from| step(from, actions[0], role) == Err(StepError::Forbidden);
            if standings().into_iter().all(forbidden) { "" } else { "yes" }
        });
        line(&mut text, name, &may);
    }
    text.push_str(
        "\n## What follows\n\nBy where the case stands and what is done. ✉ sends the customer a letter, ▣ puts the case into \
         the archive, · is not allowed. In the archive nothing but *unarchive* is, and it changes no phase.\n\n",
    );
    let shown: Vec<&(&str, Vec<Action>)> = columns.iter().filter(|(name, _)| *name != "unarchive").collect();
    line(&mut text, "phase", &shown.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    line(&mut text, "---", &vec!["---"; shown.len()]);
    for phase in Phase::ALL {
        let cells: Vec<String> = shown.iter().map(|(_, actions)| cell(phase, actions)).collect();
        line(&mut text, &format!("**{}**", phase.key()), &cells);
    }
    let steps = |role: Role| allowed().into_iter().filter(|(_, _, by, _)| *by == role).count();
    let [clerk, handler, admin] = Role::ALL.map(steps);
    let of = standings().len() * actions().len();
    let _ = writeln!(
        text,
        "\nOf {of} combinations of phase, archive, last decision and action, a clerk may {clerk}, a handler {handler}, an \
         admin {admin}."
    );
    effects(&mut text);
    comes(&mut text);
    customers(&mut text);
    text
}

/// Each step with what it sends and what it makes run, stop or hold: the letters from the table, the own clocks from
/// [`running`], the law's by reckoning sample cases of every country before and after it.
fn effects(text: &mut String) {
    text.push_str(
        "\n## What each step sends, starts, stops and holds\n\n*Own target*, *reminders* to whom the case waits for, \
         *collecting* (goods that lie ready) and *watch* (somebody is told of the law's days) are the organisation's. The \
         law's clocks by their keys in the table of deadlines, over all its countries: which of them a case has depends on \
         where and when the goods were bought.\n\n",
    );
    line(text, "step", &["from", "to", "letter", "own clocks", "the law's clocks"]);
    line(text, "---", &["---"; 5]);
    // Those that do the same stand in one row.
    let mut rows: Vec<(&str, Vec<String>, [String; 4])> = Vec::new();
    for (name, actions) in columns() {
        for action in actions {
            for from in standings() {
                let Ok(to) = step(from, action, Role::Admin) else { continue };
                if !stands(from) {
                    continue;
                }
                let target = if to.phase == from.phase { "stays" } else { to.phase.key() };
                let letter = to.letter.map_or("", Template::key);
                let did = [target.to_owned(), letter.to_owned(), own(from, action, to), law(from, action, to)];
                match rows.iter_mut().find(|(step, _, does)| *step == name && *does == did) {
                    Some((_, phases, _)) if phases.contains(&label(from)) => {}
                    Some((_, phases, _)) => phases.push(label(from)),
                    None => rows.push((name, vec![label(from)], did)),
                }
            }
        }
    }
    for (name, phases, [target, letter, own, law]) in rows {
        line(text, name, &[phases.join(", "), target, letter, own, law]);
    }
}

/// Whether a case can stand so: its last decision fits its phase.
fn stands(from: Standing) -> bool {
    match from.phase {
        Phase::Approved => from.verdict == Some(Verdict::Approved),
        Phase::Partly => from.verdict == Some(Verdict::Partly),
        Phase::Rejected => from.verdict == Some(Verdict::Rejected),
        Phase::Ready | Phase::Settled | Phase::NotCollected => from.verdict.is_some(),
        _ => from.verdict.is_none(),
    }
}

/// What is ready has been decided one way or the other, which its law depends on.
fn label(from: Standing) -> String {
    match from.verdict.filter(|_| from.phase == Phase::Ready) {
        Some(verdict) => format!("{} ({})", from.phase.key(), verdict.key()),
        None => from.phase.key().to_owned(),
    }
}

fn own(from: Standing, action: Action, to: Step) -> String {
    let (was, is) = (running(from.phase, from.archived), running(to.phase, to.archived));
    let changed = |name: &str, was: bool, is: bool, again: bool| match (was, is) {
        (false, true) if from.archived => format!("runs again: {name}"),
        (false, true) => format!("starts {name}"),
        (true, false) if to.archived && (to.phase == from.phase || name == "watch") => format!("holds {name}"),
        (true, false) => format!("stops {name}"),
        (true, true) if again => format!("starts {name} anew"),
        _ => String::new(),
    };
    // Another one is waited for, or the same one once more.
    let again = matches!(action, Action::Wait(_) | Action::Ask);
    let all = [
        // What was stopped by an answer or by the customer does not come back.
        changed("own target", was.target, is.target && (was.target || from.archived), false),
        changed("reminders", was.waiting, is.waiting, again),
        changed("collecting", was.collecting, is.collecting, false),
        changed("watch", was.watch, is.watch, false),
    ];
    all.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Which of the law's clocks the step starts, stops or lets run again, in any country, for any claim and outcome.
fn law(from: Standing, action: Action, to: Step) -> String {
    let mut said = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
    let zone = TimeZone::UTC;
    let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
    let (received, decided, now) = (at("2026-10-19T08:00:00Z"), at("2026-10-20T08:00:00Z"), at("2026-10-21T08:00:00Z"));
    let today = date(2026, 10, 21);
    for country in ["PL", "NO", "SE", "DK", "FI", "DE"] {
        for (basis, demand) in
            [("nonconformity", "refund"), ("guarantee", "repair"), ("nonconformity", "price_reduction")]
        {
            for outcome in ["refund", "repaired", "new_product"] {
                let mut answers = Answers::default();
                answers.set(common::PURCHASE_DATE, "2026-09-01");
                answers.set(common::DELIVERY_DATE, "2026-09-03");
                answers.set(common::DEFECT_DATE, "2026-10-01");
                answers.set(common::LEGAL_BASIS, basis);
                answers.set(common::DEMAND, demand);
                answers.set("handed_in", "item");
                let outcome: Key = outcome.parse().expect("a key");
                let verdict = from.verdict.map(|verdict| (verdict, decided));
                let mut before = Recorded::begin(country, None, GoodsKind::Ordinary);
                before.follow(Phase::New, from.phase, date(2026, 10, 20));
                let settled = (from.phase == Phase::Settled).then_some((&outcome, decided));
                let after_verdict = match action {
                    Action::Decide(verdict) => Some((verdict, now)),
                    _ => verdict,
                };
                let after_settled = match action {
                    Action::Settle => Some((&outcome, now)),
                    Action::Unsettle => None,
                    _ => settled,
                };
                let mut after = before.clone();
                after.follow(from.phase, to.phase, today);
                let of = |recorded: &Recorded, verdict: Option<(Verdict, Timestamp)>, settled| {
                    let told = Told {
                        recorded,
                        answers: &answers,
                        received,
                        // The first decision's letter leaves at once.
                        replied: verdict.map(|(_, at)| at),
                        verdict,
                        settled,
                        fee_warned: false,
                        adr_stated: true,
                        durable_medium: true,
                    };
                    clocks(Table::current(), &facts(&told, &zone)?, &zone).ok()
                };
                let (Some(was), Some(is)) = (of(&before, verdict, settled), of(&after, after_verdict, after_settled))
                else {
                    continue;
                };
                for clock in &is {
                    let was = was.iter().find(|before| before.slot() == clock.slot());
                    let (ran, runs) = (was.is_some_and(runs), runs(clock));
                    let stopped = was.is_some_and(|was| was.stopped.is_some());
                    match (ran, runs) {
                        (false, true) if stopped => said[2].insert(clock.kind.key()),
                        (false, true) => said[0].insert(clock.kind.key()),
                        (true, false) => said[1].insert(clock.kind.key()),
                        _ => false,
                    };
                }
                for clock in was.iter().filter(|clock| runs(clock)) {
                    if is.iter().all(|after| after.slot() != clock.slot()) {
                        said[1].insert(clock.kind.key());
                    }
                }
            }
        }
    }
    let words = ["starts", "stops", "runs again:"].into_iter().zip(said).filter(|(_, kinds)| !kinds.is_empty());
    words
        .map(|(word, kinds)| format!("{word} {}", kinds.into_iter().collect::<Vec<_>>().join(", ")))
        .collect::<Vec<_>>()
        .join("; ")
}

/// It has begun, and nobody has done what it asks for.
fn runs(clock: &Clock) -> bool {
    clock.started.is_some() && clock.stopped.is_none()
}

/// What ends a waiting by itself.
fn comes(text: &mut String) {
    text.push_str(
        "\n## What comes and ends a waiting\n\nWhoever notes it; a handler who did not is told. Other phases stay.\n\n",
    );
    line(text, "phase", &["goods", "supplier's answer", "finding", "repair", "replacement"]);
    line(text, "---", &["---"; Came::ALL.len()]);
    for phase in WAITINGS.map(Phase::waiting) {
        let cells = Came::ALL.map(|came| if phase.with(came) == phase { "stays" } else { phase.with(came).key() });
        line(text, &format!("**{}**", phase.key()), &cells);
    }
}

#[test]
fn an_answer_stops_the_laws_reply_and_the_own_target() {
    let standing = |phase, verdict| Standing { phase, archived: false, verdict };
    let effect = |from: Standing, action| {
        let to = step(from, action, Role::Admin).expect("is allowed");
        (own(from, action, to), law(from, action, to))
    };
    let (own_ones, laws) = effect(standing(Phase::New, None), Action::Decide(Verdict::Approved));
    assert_eq!(own_ones, "stops own target");
    assert!(laws.contains("stops reply") || laws.contains(", reply"), "{laws}");
    assert!(laws.starts_with("starts ") && laws.contains("re"), "an approval is to be carried out: {laws}");
    let (_, withdrawn) = effect(standing(Phase::New, None), Action::Withdraw);
    assert!(withdrawn.contains("reply"), "{withdrawn}");
    let (_, again) = effect(standing(Phase::Withdrawn, None), Action::Review);
    assert!(again.contains("runs again:") && again.contains("reply"), "{again}");
    let (held, nothing) = effect(standing(Phase::New, None), Action::Join);
    assert_eq!((held.as_str(), nothing.as_str()), ("holds own target; holds watch", ""));
}

/// What a customer may do alone, on the status page and by the links in letters.
fn customers(text: &mut String) {
    text.push_str(
        "\n## What customers do\n\nOn the status page and by the links in letters. In the archive nothing.\n\n",
    );
    line(text, "phase", &["write", "add a picture", "change contact details", "withdraw"]);
    line(text, "---", &["---"; CustomerAction::ALL.len()]);
    for phase in Phase::ALL {
        let cells = CustomerAction::ALL.map(|action| {
            match customer::step(Standing { phase, archived: false, verdict: None }, action) {
                Ok(to) if to == phase => "stays",
                Ok(to) => to.key(),
                Err(_) => "·",
            }
        });
        line(text, &format!("**{}**", phase.key()), &cells);
    }
}

fn line(text: &mut String, first: &str, cells: &[impl AsRef<str>]) {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    let _ = writeln!(text, "| {first} | {} |", cells.join(" | "));
}

/// What the actions of one column make of that phase, over all last decisions.
fn cell(phase: Phase, actions: &[Action]) -> String {
    let mut results = Vec::new();
    for from in standings().into_iter().filter(|from| from.phase == phase && !from.archived) {
        for action in actions {
            let Ok(to) = step(from, *action, Role::Admin) else { continue };
            let letter = if to.letter.is_some() { " ✉" } else { "" };
            let archive = if to.archived { " ▣" } else { "" };
            let target = if to.phase == phase { "stays" } else { to.phase.key() };
            let result = format!("{target}{letter}{archive}");
            if !results.contains(&result) {
                results.push(result);
            }
        }
    }
    if results.is_empty() { "·".to_owned() } else { results.join("<br>") }
}
