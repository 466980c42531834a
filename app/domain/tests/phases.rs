//! The whole table of transitions: its laws, and `docs/phases.md`, which is written from it (`UPDATE=1`).

use domain::customer::{self, CustomerAction};
use domain::decision::Verdict;
use domain::letter::Template;
use domain::phase::{Action, Phase, Standing, Step, StepError, Waiting, step};
use domain::role::Role;
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
            let archives = matches!(action, Action::Archive | Action::NotCollected);
            assert_eq!(to.archived, archives, "{from:?} {action:?}");
        }
        assert!(!to.archived || !to.phase.is_open(), "an open case can't rest: {from:?} {action:?}");
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
    customers(&mut text);
    text
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
