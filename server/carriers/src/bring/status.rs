//! What Bring's event statuses mean.

use crate::State;

/// The state that an event of <https://developer.bring.com/api/tracking/> (Events Description) stands for.
/// [`State::Unknown`] tells nothing about where the parcel is, and leaves the word to the event before.
pub fn state(status: &str) -> State {
    match status {
        "PRE_NOTIFIED" => State::Announced,
        "COLLECTED" | "HANDED_IN" | "IN_TRANSIT" | "INTERNATIONAL" | "TERMINAL" | "CUSTOMS" => State::OnTheWay,
        "TRANSPORT_TO_RECIPIENT" | "ATTEMPTED_DELIVERY" => State::OutForDelivery,
        "READY_FOR_PICKUP" => State::AtPoint,
        "DELIVERED" => State::Delivered,
        "RETURN" => State::Returning,
        "DELIVERED_SENDER" => State::Returned,
        "DEVIATION" => State::Trouble,
        // NOTIFICATION_SENT, DELIVERY_ORDERED, DELIVERY_CHANGED, DELIVERY_CANCELLED and UNKNOWN move no parcel.
        _ => State::Unknown,
    }
}
