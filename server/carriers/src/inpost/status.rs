//! What ShipX's statuses mean.

use crate::State;

/// The state that a status of a shipment or of its tracking stands for; [`State::Unknown`] for one that is new to us.
///
/// The names are those of `GET https://api-shipx-pl.easypack24.net/v1/statuses` as it was in October 2026, and the two
/// `permanently_…` that clients have met besides.
pub fn state(status: &str) -> State {
    match status {
        "created" | "offers_prepared" | "offer_selected" => State::Pending,
        "confirmed" => State::Announced,
        "dispatched_by_sender"
        | "dispatched_by_sender_to_pok"
        | "collected_from_sender"
        | "taken_by_courier"
        | "taken_by_courier_from_pok"
        | "taken_by_courier_from_customer_service_point"
        | "adopted_at_source_branch"
        | "sent_from_source_branch"
        | "adopted_at_sorting_center"
        | "sent_from_sorting_center"
        | "adopted_at_target_branch"
        | "readdressed"
        | "redirect_to_box"
        | "canceled_redirect_to_box"
        | "unstack_from_customer_service_point"
        | "unstack_from_box_machine"
        | "permanently_redirected_to_box_machine"
        | "permanently_redirected_to_customer_service_point"
        | "oversized" => State::OnTheWay,
        "out_for_delivery" | "out_for_delivery_to_address" | "pickup_reminder_sent_address" => State::OutForDelivery,
        "ready_to_pickup"
        | "ready_to_pickup_from_pok"
        | "ready_to_pickup_from_pok_registered"
        | "ready_to_pickup_from_branch"
        | "pickup_reminder_sent"
        | "stack_in_box_machine"
        | "stack_in_customer_service_point"
        | "courier_avizo_in_customer_service_point" => State::AtPoint,
        "delivered" => State::Delivered,
        "pickup_time_expired"
        | "stack_parcel_pickup_time_expired"
        | "stack_parcel_in_box_machine_pickup_time_expired"
        | "rejected_by_receiver" => State::Returning,
        "returned_to_sender" | "return_pickup_confirmation_to_sender" => State::Returned,
        "avizo"
        | "claimed"
        | "missing"
        | "delay_in_delivery"
        | "undelivered"
        | "undelivered_wrong_address"
        | "undelivered_incomplete_address"
        | "undelivered_unknown_receiver"
        | "undelivered_cod_cash_receiver"
        | "undelivered_no_mailbox"
        | "undelivered_not_live_address"
        | "undelivered_lack_of_access_letterbox" => State::Trouble,
        "canceled" => State::Cancelled,
        _ => State::Unknown,
    }
}
