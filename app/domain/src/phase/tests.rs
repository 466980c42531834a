use super::*;

fn standing(phase: Phase, archived: bool) -> Standing {
    Standing { phase, archived, verdict: Some(Verdict::Approved) }
}

#[test]
fn what_comes_moves_only_what_waited_for_it() {
    let moved = |came: Came| Phase::ALL.into_iter().filter(|phase| phase.with(came) != *phase).collect::<Vec<_>>();
    assert_eq!(moved(Came::Goods), [Phase::WaitingGoods]);
    assert_eq!(moved(Came::Word), [Phase::WaitingSupplier]);
    assert_eq!(moved(Came::Finding), [Phase::WaitingRepair, Phase::WaitingExpert]);
    assert_eq!(moved(Came::Repair), [Phase::WaitingRepair]);
    let others = [Phase::WaitingGoods, Phase::WaitingSupplier, Phase::WaitingRepair, Phase::WaitingExpert];
    assert_eq!(moved(Came::Replacement), others, "whoever waits for the customer still does");
    for (phase, came) in Phase::ALL.into_iter().flat_map(|phase| Came::ALL.map(|came| (phase, came))) {
        assert!(phase.with(came) == phase || phase.with(came) == Phase::InReview);
    }
}

#[test]
fn a_clerk_takes_a_settlement_back_within_a_fortnight() {
    assert!(may_unsettle(Role::Clerk, 1000, 1000 + UNSETTLE_MS));
    assert!(!may_unsettle(Role::Clerk, 1000, 1001 + UNSETTLE_MS));
    assert!(may_unsettle(Role::Handler, 1000, 1001 + UNSETTLE_MS));
}

#[test]
fn answers_are_changed_until_the_decision_and_never_in_the_archive() {
    for phase in Phase::ALL {
        assert_eq!(may_edit(standing(phase, false), Role::Clerk), phase.is_open(), "{phase:?}");
        assert!(may_edit(standing(phase, false), Role::Handler));
        assert!(!may_edit(standing(phase, true), Role::Admin));
    }
}

#[test]
fn nothing_but_bringing_back_happens_in_the_archive() {
    for phase in Phase::ALL {
        for action in Action::ALL {
            let stepped = step(standing(phase, true), action, Role::Admin);
            assert_eq!(stepped.is_ok(), action == Action::Unarchive, "{phase:?} {action:?}");
        }
    }
}

#[test]
fn a_clerk_decides_nothing() {
    for phase in Phase::ALL {
        for action in Action::ALL {
            if let Ok(step) = step(standing(phase, false), action, Role::Clerk) {
                assert!(
                    !step.archived
                        && matches!(action, Action::MakeReady | Action::Settle | Action::Unsettle | Action::Withdraw)
                );
            }
        }
    }
}

#[test]
fn an_open_case_is_decided_made_ready_settled_and_taken_back() {
    let go = |from: Phase, action| step(standing(from, false), action, Role::Handler).map(|step| step.phase);
    assert_eq!(go(Phase::New, Action::Assign), Ok(Phase::New));
    assert_eq!(go(Phase::New, Action::Review), Ok(Phase::InReview));
    assert_eq!(go(Phase::New, Action::Ask), Ok(Phase::WaitingCustomer));
    assert_eq!(go(Phase::WaitingCustomer, Action::Decide(Verdict::Partly)), Ok(Phase::Partly));
    assert_eq!(go(Phase::Approved, Action::MakeReady), Ok(Phase::Ready));
    assert_eq!(go(Phase::Ready, Action::Settle), Ok(Phase::Settled));
    assert_eq!(go(Phase::Settled, Action::Unsettle), Ok(Phase::Approved));
    assert_eq!(go(Phase::Settled, Action::Decide(Verdict::Approved)), Err(StepError::OutOfOrder));
    assert_eq!(go(Phase::New, Action::Settle), Err(StepError::OutOfOrder));
}
