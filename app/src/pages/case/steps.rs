//! The steps that are one click each: their names on the wire, and the look of their buttons.

use domain::Locale;
use domain::phase::{Action, Waiting};
use texts::case;

/// Every [`Action`] that `Deed::Move` takes.
const STEPS: [(&str, Action); 6] = [
    ("review", Action::Review),
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
        Action::MakeReady => "ready",
        Action::Withdraw => "withdrawn",
        Action::NotCollected => "not_collected",
        _ => "undo",
    }
}

pub fn label(locale: Locale, action: Action) -> &'static str {
    match action {
        Action::Review => case::step_review(locale),
        Action::MakeReady => case::step_ready(locale),
        Action::Withdraw => case::step_withdraw(locale),
        Action::NotCollected => case::step_not_collected(locale),
        Action::Unarchive => case::bring_back(locale),
        _ => case::undo(locale),
    }
}

/// The button that has the case wait for them.
pub const fn wait_label(locale: Locale, on: Waiting) -> &'static str {
    match on {
        Waiting::Customer => case::step_wait_customer(locale),
        Waiting::Goods => case::step_wait_goods(locale),
        Waiting::Supplier => case::step_wait_supplier(locale),
        Waiting::Repair => case::step_wait_repair(locale),
        Waiting::Expert => case::step_wait_expert(locale),
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
