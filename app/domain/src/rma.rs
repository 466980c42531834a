//! The return parcel: how goods come to us, how far they are, and in what state they arrive.

use crate::role::{Right, Role, may};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How the goods get to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// The customer brings them to a store.
    Store,
    /// The customer hands a parcel in.
    Parcel,
    /// A courier collects the parcel at the customer's address (R11).
    PickUp,
}

impl Route {
    pub const ALL: [Self; 3] = [Self::Store, Self::Parcel, Self::PickUp];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Parcel => "parcel",
            Self::PickUp => "pick_up",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|route| route.key() == key)
    }

    /// The goods travel in a parcel that wants a label.
    pub const fn is_sent(self) -> bool {
        matches!(self, Self::Parcel | Self::PickUp)
    }
}

/// How far the goods are. Validity is no state: an expired RMA may still be received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RmaState {
    Issued,
    LabelPrinted,
    PickUpOrdered,
    OnItsWay,
    /// Scanned in at the store or the service.
    Received,
    Inspected,
    /// The goods stay with the customer.
    Cancelled,
}

impl RmaState {
    pub const ALL: [Self; 7] = [
        Self::Issued,
        Self::LabelPrinted,
        Self::PickUpOrdered,
        Self::OnItsWay,
        Self::Received,
        Self::Inspected,
        Self::Cancelled,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::LabelPrinted => "label_printed",
            Self::PickUpOrdered => "pick_up_ordered",
            Self::OnItsWay => "on_its_way",
            Self::Received => "received",
            Self::Inspected => "inspected",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// The goods have not come yet, and are still to come.
    pub const fn is_awaited(self) -> bool {
        matches!(self, Self::Issued | Self::LabelPrinted | Self::PickUpOrdered | Self::OnItsWay)
    }
}

/// What happens to a return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RmaAction {
    /// Somebody has the label on paper or on a screen.
    PrintLabel,
    OrderPickUp,
    /// The courier is not to come after all.
    CancelPickUp,
    /// The carrier has the parcel.
    Dispatch,
    Receive,
    Inspect,
    Cancel,
    /// It counts anew: more time to send the goods.
    Extend,
    /// It is good again after it was cancelled, as where a case is taken up again.
    Reissue,
    /// The goods were taken in by mistake: they are still to come.
    UndoReceive,
    /// Somebody has told the carrier what its system does not take: that nobody is to come, or that no parcel will.
    SettleByHand,
}

impl RmaAction {
    pub const ALL: [Self; 11] = [
        Self::PrintLabel,
        Self::OrderPickUp,
        Self::CancelPickUp,
        Self::Dispatch,
        Self::Receive,
        Self::Inspect,
        Self::Cancel,
        Self::Extend,
        Self::Reissue,
        Self::UndoReceive,
        Self::SettleByHand,
    ];
}

/// The one table of a return: the state that follows, or `None` where the action does not follow from the state.
///
/// What was reached is not undone by something earlier: a label printed once more while the parcel is on its way leaves it
/// there. Goods are received from every state but where they are already: a parcel comes when it comes. What a carrier was
/// asked, and so whether there is a courier to cancel, is not the table's to know.
pub const fn step(from: RmaState, action: RmaAction) -> Option<RmaState> {
    use RmaState as S;
    match action {
        RmaAction::PrintLabel => match from {
            S::Issued => Some(S::LabelPrinted),
            S::LabelPrinted | S::PickUpOrdered | S::OnItsWay => Some(from),
            _ => None,
        },
        RmaAction::OrderPickUp => match from {
            S::Issued | S::LabelPrinted => Some(S::PickUpOrdered),
            _ => None,
        },
        RmaAction::CancelPickUp => match from {
            S::PickUpOrdered => Some(S::LabelPrinted),
            // Wished for, and not ordered yet.
            S::Issued | S::LabelPrinted => Some(from),
            _ => None,
        },
        RmaAction::Dispatch if from.is_awaited() => Some(S::OnItsWay),
        RmaAction::Receive if from.is_awaited() || matches!(from, S::Cancelled) => Some(S::Received),
        RmaAction::Inspect => match from {
            S::Received => Some(S::Inspected),
            _ => None,
        },
        RmaAction::Cancel if from.is_awaited() => Some(S::Cancelled),
        RmaAction::Extend if from.is_awaited() => Some(from),
        RmaAction::Reissue if matches!(from, S::Cancelled) => Some(S::Issued),
        RmaAction::UndoReceive if matches!(from, S::Received) => Some(S::Issued),
        RmaAction::SettleByHand => Some(from),
        RmaAction::Dispatch
        | RmaAction::Receive
        | RmaAction::Cancel
        | RmaAction::Extend
        | RmaAction::Reissue
        | RmaAction::UndoReceive => None,
    }
}

/// A waybill as it is printed in the parcel's barcode: people write it in groups and in small letters.
pub fn waybill(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_uppercase()
}

/// Bounds on what staff write about a return.
pub mod limits {
    /// Letters of a place where goods lie.
    pub const PLACE: usize = 200;
    /// Letters of a note.
    pub const NOTE: usize = 2_000;
    /// Letters of a waybill or of a code that a carrier gives.
    pub const WAYBILL: usize = 60;
    /// Farthest day that a number is made good until, counted from today.
    pub const DAYS: i32 = 365;
}

/// Whose action it is: what happens at the counter is everybody's; what binds the carrier, judges the goods or ends the
/// return is a handler's.
pub const fn right(action: RmaAction) -> Right {
    match action {
        RmaAction::PrintLabel | RmaAction::Dispatch | RmaAction::Receive | RmaAction::Extend => Right::Serve,
        RmaAction::OrderPickUp
        | RmaAction::CancelPickUp
        | RmaAction::Inspect
        | RmaAction::Cancel
        | RmaAction::Reissue
        | RmaAction::UndoReceive
        | RmaAction::SettleByHand => Right::Handle,
    }
}

/// What that role may do with a return in that state.
pub fn allowed(from: RmaState, role: Role) -> Vec<RmaAction> {
    RmaAction::ALL.into_iter().filter(|action| may(role, right(*action)) && step(from, *action).is_some()).collect()
}

/// Whether a number may be made good until that day: any day from today to [`limits::DAYS`] ahead.
pub fn may_extend_to(until: Date, today: Date) -> bool {
    today <= until && until <= today.saturating_add(limits::DAYS.days())
}

/// Seconds until a carrier is asked again after so many attempts that failed: one minute, then doubling to six hours, for
/// as long as somebody waits for it.
pub fn retry_after(failed_attempts: u32) -> i64 {
    let minutes = 1_i64 << failed_attempts.saturating_sub(1).min(9);
    (minutes * 60).min(6 * 3600)
}

/// Seconds until a carrier that is still at it is asked again: ten, then doubling to half an hour.
pub fn poll_after(attempts: u32) -> i64 {
    (10_i64 << attempts.saturating_sub(1).min(8)).min(1800)
}

/// In what state the goods came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// As the customer described them.
    AsDescribed,
    /// The goods differ from the description.
    Different,
    /// The parcel or the goods were harmed on the way.
    TransportDamage,
    /// Something of what was announced is not in the parcel.
    Incomplete,
}

impl Condition {
    pub const ALL: [Self; 4] = [Self::AsDescribed, Self::Different, Self::TransportDamage, Self::Incomplete];

    pub const fn key(self) -> &'static str {
        match self {
            Self::AsDescribed => "as_described",
            Self::Different => "different",
            Self::TransportDamage => "transport_damage",
            Self::Incomplete => "incomplete",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.key() == key)
    }
}

/// The last day on which the number is good, counted from the day it was issued or extended (that day excluded).
pub fn valid_until(today: Date, days: u16) -> Date {
    today.saturating_add(i32::from(days).days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn keys_lead_back() {
        for route in Route::ALL {
            assert_eq!(Route::from_key(route.key()), Some(route));
        }
        for state in RmaState::ALL {
            assert_eq!(RmaState::from_key(state.key()), Some(state));
        }
        for condition in Condition::ALL {
            assert_eq!(Condition::from_key(condition.key()), Some(condition));
        }
    }

    #[test]
    fn only_a_mistake_leads_back_from_the_goods_being_here() {
        for state in [RmaState::Received, RmaState::Inspected] {
            for action in RmaAction::ALL {
                let expected = match (state, action) {
                    (RmaState::Received, RmaAction::Inspect) => Some(RmaState::Inspected),
                    (RmaState::Received, RmaAction::UndoReceive) => Some(RmaState::Issued),
                    (_, RmaAction::SettleByHand) => Some(state),
                    _ => None,
                };
                assert_eq!(step(state, action), expected, "{state:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_parcel_is_received_whenever_it_comes() {
        for state in RmaState::ALL {
            let here = matches!(state, RmaState::Received | RmaState::Inspected);
            assert_eq!(step(state, RmaAction::Receive).is_some(), !here, "{state:?}");
        }
    }

    #[test]
    fn no_state_is_without_a_way_out() {
        for state in RmaState::ALL.into_iter().filter(|state| *state != RmaState::Inspected) {
            let ways = allowed(state, Role::Handler).into_iter().filter_map(|action| step(state, action));
            assert!(ways.into_iter().any(|after| after != state), "{state:?}");
        }
        assert_eq!(step(RmaState::Cancelled, RmaAction::Reissue), Some(RmaState::Issued));
    }

    #[test]
    fn a_waybill_is_the_same_however_it_is_written() {
        for text in ["1Z999AA1", " 1z 999 aa1\t", "1Z\u{a0}999 AA1"] {
            assert_eq!(waybill(text), "1Z999AA1");
        }
        assert_eq!(waybill(" "), "");
    }

    #[test]
    fn a_label_printed_again_sets_nothing_back() {
        for state in RmaState::ALL {
            if let Some(after) = step(state, RmaAction::PrintLabel) {
                assert!(after >= state, "{state:?}");
            }
        }
    }

    #[test]
    fn a_clerk_takes_in_and_a_handler_judges() {
        let of = |role| allowed(RmaState::Received, role);
        assert_eq!(of(Role::Clerk), []);
        assert_eq!(of(Role::Handler), [RmaAction::Inspect, RmaAction::UndoReceive, RmaAction::SettleByHand]);
        let clerk = allowed(RmaState::Issued, Role::Clerk);
        assert_eq!(clerk, [RmaAction::PrintLabel, RmaAction::Dispatch, RmaAction::Receive, RmaAction::Extend]);
        for state in RmaState::ALL {
            let handler = allowed(state, Role::Handler);
            assert!(allowed(state, Role::Clerk).iter().all(|action| handler.contains(action)), "{state:?}");
            assert_eq!(handler, allowed(state, Role::Admin));
        }
    }

    #[test]
    fn pauses_grow_to_their_bound_and_never_end() {
        for (pause, first, last) in [(retry_after as fn(u32) -> i64, 60, 6 * 3600), (poll_after, 10, 1800)] {
            let pauses: Vec<i64> = (0..100).map(pause).collect();
            assert_eq!((pauses.first(), pauses.last()), (Some(&first), Some(&last)));
            assert!(pauses.is_sorted());
        }
        assert_eq!(retry_after(u32::MAX), 6 * 3600);
    }

    #[test]
    fn a_number_is_extended_from_today_to_a_year_ahead() {
        let today = date(2026, 11, 22);
        assert!(may_extend_to(today, today) && may_extend_to(date(2027, 11, 22), today));
        assert!(!may_extend_to(date(2026, 11, 21), today) && !may_extend_to(date(2027, 11, 23), today));
    }

    #[test]
    fn the_day_of_issue_does_not_count() {
        assert_eq!(valid_until(date(2026, 11, 22), 30), date(2026, 12, 22));
        assert_eq!(valid_until(date(2024, 2, 28), 1), date(2024, 2, 29));
    }
}
