//! InPost, from the order to the parcel's arrival.

use crate::fake::{Mood, Server};
use crate::shipx::{ORGANISATION, ShipX, TOKEN};
use crate::support::{http, key, order, pickup, unavailable};
use axum::http::Method;
use carriers::settings::InPostSettings;
use carriers::{Carrier, Fault, Field, LabelFormat, Part, Pickups, Secret, Settings, State, open};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use uuid::Uuid;

fn entered(server: &Server) -> InPostSettings {
    InPostSettings {
        base_url: server.url.clone(),
        organisation: ORGANISATION.to_owned(),
        token: Secret::new(TOKEN),
        ..InPostSettings::default()
    }
}

fn carrier(settings: InPostSettings) -> Arc<dyn Carrier> {
    open(&Settings::InPost(settings), &http()).expect("right settings")
}

async fn shipx() -> (Arc<ShipX>, Server, Arc<dyn Carrier>) {
    let api = Arc::new(ShipX::default());
    let server = Server::start(api.clone()).await;
    let carrier = carrier(entered(&server));
    (api, server, carrier)
}

#[tokio::test]
async fn confirms_later_and_then_has_waybill_and_label() {
    let (api, server, inpost) = shipx().await;
    server.next(Method::POST, "/shipments", Mood::Slow(Duration::from_millis(200)));
    let made = inpost.create(&order()).await.expect("made");
    assert_eq!((made.state, made.at_carrier.waybill.as_deref()), (State::Pending, None));
    assert_eq!(key(inpost.label(&made.at_carrier, LabelFormat::Pdf).await), "not_ready");
    assert_eq!(inpost.track(&made.at_carrier).await.expect("followed").state, State::Pending);

    api.confirm();
    let tracking = inpost.track(&made.at_carrier).await.expect("followed");
    assert_eq!(tracking.state, State::Announced);
    assert_eq!(tracking.at_carrier.waybill.as_deref(), Some("620999726071000000000011"));
    assert!(tracking.events.is_empty());

    let label = inpost.label(&tracking.at_carrier, LabelFormat::Pdf).await.expect("a label");
    assert!(label.bytes.starts_with(b"%PDF-"));
    assert_eq!(label.content_type, "application/pdf");
    let label = inpost.label(&tracking.at_carrier, LabelFormat::Zpl).await.expect("a label");
    assert!(label.bytes.trim_ascii_start().starts_with(b"^XA"));

    let url = inpost.tracking_url("620999726071000000000011").expect("a link");
    assert_eq!(url, "https://inpost.pl/sledzenie-przesylek?number=620999726071000000000011");
    assert!(
        server.seen().iter().all(|seen| seen.header("user-agent").is_some_and(|agent| agent.starts_with("Redress/")))
    );
}

#[tokio::test]
async fn sends_what_is_documented() {
    let (_, server, inpost) = shipx().await;
    inpost.create(&order()).await.expect("made");
    let sent = server.last("/shipments").json();
    assert_eq!(sent["reference"], json!(order().number.to_string()));
    assert_eq!(sent["external_customer_id"], json!(order().id.to_string()));
    assert_eq!(sent["service"], json!("inpost_courier_standard"));
    assert_eq!(sent["custom_attributes"], json!({"sending_method": "dispatch_order"}));
    assert_eq!(
        sent["sender"],
        json!({
            "first_name": "Anna Maria", "last_name": "Nowak", "email": "anna@example.com", "phone": "501502503",
            "address": {
                "street": "ul. 3 Maja", "building_number": "12 m. 5",
                "city": "Warszawa", "post_code": "00-950", "country_code": "PL",
            },
        })
    );
    assert_eq!(sent["receiver"]["company_name"], json!("Sko AS"));
    assert_eq!(
        sent["parcels"],
        json!([{
            "id": "1",
            "dimensions": {"length": "330", "width": "215", "height": "121", "unit": "mm"},
            "weight": {"amount": "1.25", "unit": "kg"},
        }])
    );
    assert!(sent.get("is_return").is_none());
}

#[tokio::test]
async fn a_locker_takes_a_class_of_parcel() {
    let (_, server, _) = shipx().await;
    let inpost = carrier(InPostSettings {
        service: "inpost_locker_standard".to_owned(),
        sending_method: "parcel_locker".to_owned(),
        target_point: "KRA010".to_owned(),
        template: "medium".to_owned(),
        is_return: true,
        ..entered(&server)
    });
    inpost.create(&order()).await.expect("made");
    let sent = server.last("/shipments").json();
    assert_eq!(sent["parcels"], json!([{"id": "1", "template": "medium"}]));
    assert_eq!(sent["custom_attributes"], json!({"sending_method": "parcel_locker", "target_point": "KRA010"}));
    assert_eq!(sent["is_return"], json!(true));
    assert_eq!(inpost.capabilities().pickup, Pickups::None);
    assert_eq!(key(inpost.pickup(&[], &pickup("PL")).await), "unsupported");
}

#[tokio::test]
async fn a_second_try_finds_the_first() {
    let (api, server, inpost) = shipx().await;
    server.next(Method::POST, "/shipments", Mood::Lost);
    let pause = unavailable(inpost.create(&order()).await);
    assert_eq!(pause, Some(Duration::from_secs(120)), "until the list shows it");
    let other = carriers::Order { id: Uuid::from_u128(4), ..order() };
    server.next(Method::POST, "/shipments", Mood::Busy(503, "1"));
    assert_eq!(unavailable(inpost.create(&other).await), Some(Duration::from_secs(120)), "not before, either");
    let made = inpost.create(&order()).await.expect("found");
    assert_eq!(made.at_carrier.id, "10");
    assert_eq!(api.shipments.lock().expect("not poisoned").len(), 1);
    assert_eq!(server.count(Method::POST, "/shipments"), 2, "the lost one and the busy one");

    let other = carriers::Order { id: Uuid::from_u128(2), ..order() };
    assert_eq!(inpost.create(&other).await.expect("made").at_carrier.id, "11", "another order is another shipment");
    api.deaf.store(true, Ordering::Relaxed);
    let third = carriers::Order { id: Uuid::from_u128(3), ..order() };
    assert_eq!(inpost.create(&third).await.expect("made").at_carrier.id, "12", "nor is what a list gives unasked");
    assert_eq!(inpost.create(&order()).await.expect("found").at_carrier.id, "10");
    assert_eq!(api.shipments.lock().expect("not poisoned").len(), 3);
}

#[tokio::test]
async fn makes_nothing_while_it_cannot_look() {
    let (_, server, inpost) = shipx().await;
    server.next(Method::GET, "/shipments", Mood::Hang);
    unavailable(inpost.create(&order()).await);
    assert_eq!(server.count(Method::POST, "/shipments"), 0);
}

#[tokio::test]
async fn a_courier_comes_once() {
    let (api, server, inpost) = shipx().await;
    let made = inpost.create(&order()).await.expect("made").at_carrier;
    assert_eq!(key(inpost.pickup(std::slice::from_ref(&made), &pickup("PL")).await), "not_ready");
    api.confirm();
    server.next(Method::POST, "/dispatch_orders", Mood::Lost);
    unavailable(inpost.pickup(std::slice::from_ref(&made), &pickup("PL")).await);
    let ordered = inpost.pickup(std::slice::from_ref(&made), &pickup("PL")).await.expect("ordered");
    assert_eq!((ordered.id.as_str(), ordered.by_hand), ("500", false));
    assert_eq!(api.dispatch_orders.lock().expect("not poisoned").len(), 1);

    let sent = server.seen().into_iter().rfind(|seen| seen.method == Method::POST).expect("sent").json();
    assert_eq!(sent["shipments"], json!([10]));
    assert_eq!(sent["office_hours"], json!("09:00 - 12:00"));
    assert_eq!(sent["comment"], json!("2026-11-24 09:00-12:00. Ring twice"));
    assert_eq!(sent["address"]["building_number"], json!("12 m. 5"));

    inpost.cancel_pickup(&ordered).await.expect("sent away");
    inpost.cancel_pickup(&ordered).await.expect("nobody comes any more");
    assert!(api.dispatch_orders.lock().expect("not poisoned").is_empty());
    inpost.pickup(&[made], &pickup("PL")).await.expect("ordered anew");
}

#[tokio::test]
async fn cancels_what_is_not_paid() {
    let (api, _, inpost) = shipx().await;
    let made = inpost.create(&order()).await.expect("made").at_carrier;
    inpost.cancel(&made).await.expect("taken back");
    inpost.cancel(&made).await.expect("was taken back");
    assert_eq!(inpost.track(&made).await.expect("followed").state, State::Cancelled);
    assert_eq!(key(inpost.label(&made, LabelFormat::Pdf).await), "refused", "there will never be one");

    let again = inpost.create(&order()).await.expect("a new one").at_carrier;
    assert_ne!(again, made, "what was cancelled is not found again");
    api.confirm();
    let refused = inpost.cancel(&again).await.expect_err("paid");
    assert_eq!(refused.key(), "refused");
    assert!(refused.detail().contains("can not be taken on shipment with status (confirmed)"), "{refused}");
}

#[tokio::test]
async fn follows_the_parcel_in_the_carriers_words() {
    let (api, server, inpost) = shipx().await;
    let made = inpost.create(&order()).await.expect("made").at_carrier;
    api.confirm();
    api.on_its_way("adopted_at_sorting_center");
    for _ in 0..2 {
        let tracking = inpost.track(&made).await.expect("followed");
        assert_eq!(tracking.state, State::OnTheWay);
        let told: Vec<_> =
            tracking.events.iter().map(|e| (e.code.as_str(), e.words.as_str(), e.place.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("adopted_at_sorting_center", "Przyjęta w sortowni.", Some("Sortownia Kraków")),
                ("collected_from_sender", "collected from sender", Some("Warszawa")),
                ("confirmed", "Przygotowana przez Nadawcę.", None),
            ]
        );
        assert_eq!(tracking.events[0].at.to_string(), "2026-11-25T01:10:00Z");
    }
    assert_eq!(server.count(Method::GET, "/statuses"), 1, "the words are asked once");

    api.on_its_way("undelivered_wrong_address");
    let tracking = inpost.track(&made).await.expect("followed");
    assert_eq!(tracking.state, State::Trouble);
    assert_eq!(tracking.trouble.as_deref(), Some("undelivered_wrong_address"));
    api.on_its_way("something_new");
    assert_eq!(inpost.track(&made).await.expect("followed").state, State::Announced, "what the shipment says");
}

#[tokio::test]
async fn follows_without_the_dictionary_of_words() {
    let (api, server, inpost) = shipx().await;
    let made = inpost.create(&order()).await.expect("made").at_carrier;
    api.confirm();
    api.on_its_way("delivered");
    server.next(Method::GET, "/statuses", Mood::Status(500, ""));
    assert_eq!(inpost.track(&made).await.expect("followed").state, State::Delivered);
}

#[tokio::test]
async fn says_why_nothing_can_be_bought() {
    let (api, _, inpost) = shipx().await;
    let made = inpost.create(&order()).await.expect("made").at_carrier;
    api.set("offers", json!([{"id": 1, "status": "unavailable", "unavailability_reasons": [{"name": "no_carriers", "title": "Brak umowy"}]}]));
    let tracking = inpost.track(&made).await.expect("followed");
    assert_eq!((tracking.state, tracking.trouble.as_deref()), (State::Pending, Some("Brak umowy")));
}

#[tokio::test]
async fn tells_which_field_is_refused() {
    let (_, server, inpost) = shipx().await;
    let mut bad = order();
    bad.sender.street = "Rynek".to_owned();
    let fault = inpost.create(&bad).await.expect_err("no building");
    let Fault::Refused { said, field } = &fault else { panic!("{fault:?}") };
    assert_eq!(*field, Some(Field::Sender(Part::Street)));
    assert!(said.contains("sender.address.building_number: invalid"), "{said}");
    let mut bad = order();
    bad.receiver.email = None;
    assert!(matches!(inpost.create(&bad).await, Err(Fault::Refused { field: Some(Field::Receiver(Part::Email)), .. })));
    let mut bad = pickup("PL");
    bad.address.phone = None;
    let made = inpost.create(&order()).await.expect("made").at_carrier;
    assert!(matches!(
        inpost.pickup(&[made], &bad).await,
        Err(Fault::Refused { field: Some(Field::Pickup(Part::Phone)), .. })
    ));
    let point = r#"{"status":400,"error":"validation_failed","message":"m","details":{"custom_attributes":[{"target_point":["does_not_exist"]}]}}"#;
    server.next(Method::POST, "/shipments", Mood::Status(422, point));
    let other = carriers::Order { id: Uuid::from_u128(3), ..order() };
    assert!(matches!(inpost.create(&other).await, Err(Fault::Refused { field: Some(Field::Service), .. })));
}

#[tokio::test]
async fn each_mishap_is_its_fault() {
    let (api, server, inpost) = shipx().await;
    let made = inpost.create(&order()).await.expect("made").at_carrier;
    api.confirm();
    for (mood, wanted) in [
        (Mood::Status(401, "{}"), "unauthorised"),
        (Mood::Status(403, "{}"), "unauthorised"),
        (Mood::Status(404, r#"{"status":404,"error":"resource_not_found","message":"Resource not found"}"#), "refused"),
        (Mood::Status(422, "not JSON"), "refused"),
        (Mood::Status(500, "oops"), "unavailable"),
        (Mood::Status(502, "<html>"), "unavailable"),
        (Mood::Status(200, r#"{"status":404,"key":"resource_not_found","error":"Resource not found"}"#), "refused"),
        (Mood::Status(200, r#"{"status":500,"key":"internal","error":"x"}"#), "unavailable"),
        (Mood::Redirect("https://elsewhere.example/".to_owned()), "refused"),
        (Mood::Garbage, "unavailable"),
        (Mood::Half, "unavailable"),
        (Mood::Huge, "unavailable"),
        (Mood::Hang, "unavailable"),
        (Mood::Slow(Duration::from_secs(2)), "unavailable"),
    ] {
        server.next(Method::GET, "/shipments/10", mood.clone());
        assert_eq!(key(inpost.track(&made).await), wanted, "{mood:?}");
        server.next(Method::GET, "/label", mood.clone());
        assert_eq!(key(inpost.label(&made, LabelFormat::Pdf).await), wanted, "a label, {mood:?}");
    }
    server.next(Method::GET, "/shipments/10", Mood::Huge);
    let fault = inpost.track(&made).await.expect_err("too much");
    assert!(fault.detail().contains("larger than 1048576 bytes"), "{fault}");
    server.next(Method::GET, "/label", Mood::Huge);
    let fault = inpost.label(&made, LabelFormat::Pdf).await.expect_err("too much");
    assert!(fault.detail().contains("larger than 10485760 bytes"), "{fault}");
    for code in [429, 503] {
        server.next(Method::GET, "/shipments/10", Mood::Busy(code, "17"));
        assert_eq!(unavailable(inpost.track(&made).await), Some(Duration::from_secs(17)));
    }
    server.next(Method::GET, "/shipments/10", Mood::Busy(429, "99999999999"));
    assert_eq!(unavailable(inpost.track(&made).await), Some(Duration::from_secs(86_400)), "not for ever");
    assert_eq!(server.count(Method::GET, "elsewhere.example/"), 0);
}

#[tokio::test]
async fn a_fault_of_its_own_says_nothing_of_what_it_made() {
    let (_, server, inpost) = shipx().await;
    for mood in [
        Mood::Status(500, "oops"),
        Mood::Status(503, "down"),
        Mood::Status(200, r#"{"status":500,"key":"internal","error":"x"}"#),
    ] {
        server.next(Method::POST, "/shipments", mood.clone());
        assert_eq!(unavailable(inpost.create(&order()).await), Some(Duration::from_secs(120)), "{mood:?}");
    }
}

#[tokio::test]
async fn nobody_listens() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    let settings = InPostSettings {
        base_url: format!("http://{free}"),
        organisation: ORGANISATION.to_owned(),
        token: Secret::new(TOKEN),
        ..InPostSettings::default()
    };
    assert_eq!(unavailable(carrier(settings).create(&order()).await), None);
}

#[tokio::test]
async fn wrong_keys_stop_everything() {
    let (_, server, _) = shipx().await;
    let inpost = carrier(InPostSettings { token: Secret::new("another"), ..entered(&server) });
    let fault = inpost.create(&order()).await.expect_err("wrong keys");
    assert_eq!((fault.key(), fault.retry()), ("unauthorised", false));
    assert!(fault.detail().contains("Token is missing or invalid."), "{fault}");
}

#[tokio::test]
async fn another_drivers_shipment_is_refused_here() {
    let (_, server, inpost) = shipx().await;
    let foreign = carriers::ShipmentRef { id: "../organizations".to_owned(), waybill: None, label_url: None };
    assert_eq!(key(inpost.track(&foreign).await), "refused");
    assert_eq!(key(inpost.cancel(&foreign).await), "refused");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn says_whose_account_it_is() {
    let (_, server, inpost) = shipx().await;
    assert_eq!(inpost.account().await.as_deref(), Ok("Sko sp. z o.o."));
    assert!(server.seen().iter().all(|seen| seen.method == Method::GET), "nothing is made");
    let stranger = carrier(InPostSettings { token: Secret::new("another"), ..entered(&server) });
    assert_eq!(key(stranger.account().await), "unauthorised");
    let elsewhere = carrier(InPostSettings { organisation: "99".to_owned(), ..entered(&server) });
    assert_eq!(key(elsewhere.account().await), "refused");
    server.next(Method::GET, ORGANISATION, Mood::Hang);
    assert_eq!(key(inpost.account().await), "unavailable");
}
