//! Every documented status has its state; a state has its carriers' words.

use carriers::State::{self, *};

/// The names of `GET https://api-shipx-pl.easypack24.net/v1/statuses`, October 2026.
const SHIPX: [(State, &str); 8] = [
    (Pending, "created offers_prepared offer_selected"),
    (Announced, "confirmed"),
    (
        OnTheWay,
        "dispatched_by_sender dispatched_by_sender_to_pok collected_from_sender taken_by_courier taken_by_courier_from_pok \
         taken_by_courier_from_customer_service_point adopted_at_source_branch sent_from_source_branch \
         adopted_at_sorting_center sent_from_sorting_center adopted_at_target_branch readdressed redirect_to_box \
         canceled_redirect_to_box unstack_from_customer_service_point unstack_from_box_machine oversized",
    ),
    (OutForDelivery, "out_for_delivery out_for_delivery_to_address pickup_reminder_sent_address"),
    (
        AtPoint,
        "ready_to_pickup ready_to_pickup_from_pok ready_to_pickup_from_pok_registered ready_to_pickup_from_branch \
         pickup_reminder_sent stack_in_box_machine stack_in_customer_service_point \
         courier_avizo_in_customer_service_point",
    ),
    (
        Returning,
        "pickup_time_expired stack_parcel_pickup_time_expired stack_parcel_in_box_machine_pickup_time_expired \
         rejected_by_receiver",
    ),
    (Returned, "returned_to_sender return_pickup_confirmation_to_sender"),
    (
        Trouble,
        "avizo claimed missing delay_in_delivery undelivered undelivered_wrong_address undelivered_incomplete_address \
         undelivered_unknown_receiver undelivered_cod_cash_receiver undelivered_no_mailbox \
         undelivered_not_live_address undelivered_lack_of_access_letterbox",
    ),
];

#[test]
fn of_shipx() {
    let mut known = 0;
    for (state, names) in SHIPX {
        for name in names.split_whitespace() {
            assert_eq!(carriers::inpost::state(name), state, "{name}");
            known += 1;
        }
    }
    assert_eq!(carriers::inpost::state("delivered"), Delivered);
    assert_eq!(carriers::inpost::state("canceled"), Cancelled);
    assert_eq!(carriers::inpost::state("other"), Unknown);
    assert_eq!(known + 3, 53, "the list has 53");
    assert_eq!(carriers::inpost::state("DELIVERED"), Unknown, "ShipX writes them small");
    assert_eq!(carriers::inpost::state(""), Unknown);
}

/// <https://developer.bring.com/api/tracking/>, Events Description.
#[test]
fn of_bring() {
    for (name, state) in [
        ("ATTEMPTED_DELIVERY", OutForDelivery),
        ("CUSTOMS", OnTheWay),
        ("COLLECTED", OnTheWay),
        ("DELIVERED", Delivered),
        ("DELIVERED_SENDER", Returned),
        ("DELIVERY_CANCELLED", Unknown),
        ("DELIVERY_CHANGED", Unknown),
        ("DELIVERY_ORDERED", Unknown),
        ("DEVIATION", Trouble),
        ("HANDED_IN", OnTheWay),
        ("INTERNATIONAL", OnTheWay),
        ("IN_TRANSIT", OnTheWay),
        ("NOTIFICATION_SENT", Unknown),
        ("PRE_NOTIFIED", Announced),
        ("READY_FOR_PICKUP", AtPoint),
        ("RETURN", Returning),
        ("TRANSPORT_TO_RECIPIENT", OutForDelivery),
        ("TERMINAL", OnTheWay),
        ("UNKNOWN", Unknown),
        ("SOMETHING_NEW", Unknown),
    ] {
        assert_eq!(carriers::bring::state(name), state, "{name}");
    }
}
