//! The steps that are one click each: their names on the wire, and the look of their buttons.

use domain::Locale;
use domain::phase::{Action, Waiting};
use texts::case;

/// Every [`Action`] that `Deed::Move` takes.
const STEPS: [(&str, Action); 11] = [
    ("review", Action::Review),
    ("wait_customer", Action::Wait(Waiting::Customer)),
    ("wait_goods", Action::Wait(Waiting::Goods)),
    ("wait_supplier", Action::Wait(Waiting::Supplier)),
    ("wait_repair", Action::Wait(Waiting::Repair)),
    ("wait_expert", Action::Wait(Waiting::Expert)),
    ("ready", Action::MakeReady),
    ("withdraw", Action::Withdraw),
    ("undo", Action::Unsettle),
    ("not_collected", Action::NotCollected),
    ("bring_back", Action::Unarchive),
];

#[cfg(any(test, feature = "ssr"))]
pub fn from_key(key: &str) -> Option<Action> {
    STEPS.iter().find(|(name, _)| *name == key).map(|(_, action)| *action)
}

pub fn key(action: Action) -> &'static str {
    STEPS.iter().find(|(_, step)| *step == action).map_or("", |(name, _)| name)
}

pub fn icon(action: Action) -> &'static str {
    match action {
        Action::Review => "in_review",
        Action::Wait(on) => domain::phase::Phase::waiting(on).key(),
        Action::MakeReady => "ready",
        Action::Withdraw => "withdrawn",
        Action::NotCollected => "not_collected",
        _ => "undo",
    }
}

pub fn label(locale: Locale, action: Action) -> &'static str {
    match action {
        Action::Review => case::step_review(locale),
        Action::Wait(Waiting::Customer) => case::step_wait_customer(locale),
        Action::Wait(Waiting::Goods) => case::step_wait_goods(locale),
        Action::Wait(Waiting::Supplier) => case::step_wait_supplier(locale),
        Action::Wait(Waiting::Repair) => case::step_wait_repair(locale),
        Action::Wait(Waiting::Expert) => case::step_wait_expert(locale),
        Action::MakeReady => case::step_ready(locale),
        Action::Withdraw => case::step_withdraw(locale),
        Action::NotCollected => case::step_not_collected(locale),
        Action::Unarchive => case::bring_back(locale),
        _ => case::undo(locale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_found_by_its_own_key() {
        for (name, action) in STEPS {
            assert_eq!(from_key(key(action)), Some(action), "{name}");
        }
        assert_eq!(from_key("settle"), None);
    }
}
