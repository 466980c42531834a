//! Bring, from the booking to the parcel's arrival.

use crate::bring_api::{BUSY, BringApi, CUSTOMER, KEY, NOT_FOUND, TRACKING, UID};
use crate::fake::{Mood, Server};
use crate::support::{http, key, norwegian, pickup, unavailable};
use axum::http::Method;
use carriers::settings::BringSettings;
use carriers::{Carrier, Fault, Field, LabelFormat, Part, Secret, Settings, ShipmentRef, State, open};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

fn entered(server: &Server) -> BringSettings {
    BringSettings {
        base_url: server.url.clone(),
        uid: UID.to_owned(),
        key: Secret::new(KEY),
        customer_number: CUSTOMER.to_owned(),
        company: "Sko AS".to_owned(),
        client_url: "https://returns.sko.example".to_owned(),
        ..BringSettings::default()
    }
}

fn carrier(settings: BringSettings) -> Arc<dyn Carrier> {
    open(&Settings::Bring(settings), &http()).expect("right settings")
}

async fn bring() -> (Arc<BringApi>, Server, Arc<dyn Carrier>) {
    let api = Arc::new(BringApi::default());
    let server = Server::start(api.clone()).await;
    *api.labels.lock().expect("not poisoned") = format!("{}/labels/17.pdf", server.url);
    *api.tracking.lock().expect("not poisoned") = TRACKING.to_owned();
    let carrier = carrier(entered(&server));
    (api, server, carrier)
}

#[tokio::test]
async fn books_and_has_waybill_and_label_at_once() {
    let (_, server, bring) = bring().await;
    let made = bring.create(&norwegian()).await.expect("booked");
    assert_eq!(made.state, State::Announced);
    assert_eq!(made.at_carrier.waybill.as_deref(), Some("70730000000000017"));
    let label = bring.label(&made.at_carrier, LabelFormat::Pdf).await.expect("a label");
    assert!(label.bytes.starts_with(b"%PDF-"));
    assert_eq!(key(bring.label(&made.at_carrier, LabelFormat::Zpl).await), "unsupported");
    for path in ["/labels/17.pdf", "/store/17.pdf"] {
        let asked = server.last(path);
        let keys = asked.headers.keys().filter(|name| name.as_str().starts_with("x-"));
        assert_eq!(keys.count(), 0, "no keys to {path}");
    }
    assert_eq!(server.last("/booking/api/create").header("x-bring-test-indicator"), Some("false"));
    assert_eq!(
        bring.tracking_url("70730000000000017").as_deref(),
        Some("https://tracking.bring.com/tracking/70730000000000017")
    );
}

#[tokio::test]
async fn sends_what_is_documented() {
    let (api, server, _) = bring().await;
    let bring = carrier(BringSettings { test: true, ..entered(&server) });
    let mut order = norwegian();
    order.parcels[0].content = "x".repeat(60);
    bring.create(&order).await.expect("booked");
    assert_eq!(server.last("/booking/api/create").header("x-bring-test-indicator"), Some("true"));
    let sent = api.bookings.lock().expect("not poisoned")[0].clone();
    let consignment = &sent["consignments"][0];
    assert_eq!(consignment["shippingDateTime"], json!("2026-11-24T09:00:00"));
    assert_eq!(consignment["product"], json!({"id": "9300", "customerNumber": CUSTOMER}));
    assert_eq!(consignment["correlationId"], json!(order.id.to_string()));
    assert_eq!(
        consignment["parties"]["sender"],
        json!({
            "name": "Anna Maria Nowak", "addressLine": "Bassengvegen 10", "postalCode": "0263", "city": "Oslo",
            "countryCode": "NO", "reference": order.number.to_string(),
            "contact": {"name": "Anna Maria Nowak", "email": "anna@example.com", "phoneNumber": "+4791234567"},
        })
    );
    assert_eq!(consignment["parties"]["recipient"]["name"], json!("Sko AS"));
    assert_eq!(
        consignment["packages"],
        json!([{
            "weightInKg": 1.25, "goodsDescription": "x".repeat(35), "correlationId": "1",
            "dimensions": {"lengthInCm": 33, "widthInCm": 22, "heightInCm": 13},
        }])
    );
}

#[tokio::test]
async fn orders_a_courier_for_a_day() {
    let (api, _, bring) = bring().await;
    let ordered = bring.pickup(&[], &pickup("NO")).await.expect("ordered");
    assert_eq!(ordered.id, "370730000000000191");
    assert_eq!(ordered.earliest.map(|at| at.as_millisecond()), Some(1_795_676_400_000));
    assert!(ordered.latest > ordered.earliest);
    bring.pickup(&[], &pickup("SE")).await.expect("ordered");
    let sent = api.pickups.lock().expect("not poisoned").clone();
    assert_eq!(sent[0]["pickupDate"], json!("2026-11-24"));
    assert_eq!(sent[0]["pickupDetails"], json!({"packages": {"count": 1, "weightInGrams": 1250}}));
    assert_eq!(sent[0]["pickupAddress"]["message"], json!("2026-11-24 09:00-12:00. Ring twice"));
    assert_eq!(sent[1]["pickupDetails"], json!({"packages": {"count": 1}, "weightInGrams": 1250}));

    let mut late = pickup("NO");
    late.date = jiff::civil::date(2025, 1, 1);
    assert!(matches!(bring.pickup(&[], &late).await, Err(Fault::Refused { field: Some(Field::PickupDate), .. })));
    let made = bring.create(&norwegian()).await.expect("booked").at_carrier;
    assert_eq!(key(bring.cancel(&made).await), "unsupported");
    assert_eq!(key(bring.cancel_pickup(&ordered).await), "unsupported");
}

#[tokio::test]
async fn tells_which_field_is_refused() {
    let (_, server, bring) = bring().await;
    let mut bad = norwegian();
    bad.sender.postcode = "026".to_owned();
    let fault = bring.create(&bad).await.expect_err("no postcode");
    let Fault::Refused { said, field } = &fault else { panic!("{fault:?}") };
    assert_eq!(*field, Some(Field::Sender(Part::Postcode)));
    assert_eq!(said, "BOOK_INPUT-057-SENDER See the code");
    let mut bad = norwegian();
    bad.receiver.company = Some(String::new());
    assert!(matches!(bring.create(&bad).await, Err(Fault::Refused { field: Some(Field::Receiver(Part::Name)), .. })));
    let mut bad = norwegian();
    bad.parcels[0].weight = 36_000;
    assert!(matches!(bring.create(&bad).await, Err(Fault::Refused { field: Some(Field::Parcels), .. })));
    let other = carrier(BringSettings { customer_number: "7".to_owned(), ..entered(&server) });
    assert!(matches!(other.create(&norwegian()).await, Err(Fault::Refused { field: Some(Field::Account), .. })));
    let other = carrier(BringSettings { service: "5800".to_owned(), ..entered(&server) });
    assert!(matches!(other.create(&norwegian()).await, Err(Fault::Refused { field: Some(Field::Service), .. })));

    for (answer, wanted) in [
        (r#"{"consignments":[{"errors":[{"code":"BOOK-AUTHORIZATION-001","messages":[]}]}]}"#, "unauthorised"),
        (r#"{"consignments":[{"errors":[{"code":"BOOK-INTERNAL-001","messages":[]}]}]}"#, "unclear"),
        (r#"{"consignments":[{"errors":[{"code":"BOOK-INTERNAL-002","messages":[]}]}]}"#, "unavailable"),
        (r#"{"errors":[{"code":"BOOK-INPUT-001","message":"Bad request"}]}"#, "refused"),
        (r#"{"consignments":[]}"#, "unclear"),
    ] {
        server.next(Method::POST, "/booking/api/create", Mood::Status(200, answer));
        assert_eq!(key(bring.create(&norwegian()).await), wanted, "{answer}");
    }
}

#[tokio::test]
async fn what_may_have_been_booked_is_not_booked_again_by_itself() {
    let (api, server, bring) = bring().await;
    for mood in [
        Mood::Lost,
        Mood::Half,
        Mood::Hang,
        Mood::Huge,
        Mood::Garbage,
        Mood::Status(500, ""),
        Mood::Status(502, ""),
        // A proxy says so of what went through as well.
        Mood::Status(503, ""),
        Mood::Status(408, ""),
        Mood::Busy(503, "3"),
    ] {
        server.next(Method::POST, "/booking/api/create", mood.clone());
        let fault = bring.create(&norwegian()).await.expect_err("a mishap");
        assert_eq!((fault.key(), fault.retry()), ("unclear", false), "{mood:?}");
        server.next(Method::POST, "/pickup/api/create", mood.clone());
        assert_eq!(key(bring.pickup(&[], &pickup("NO")).await), "unclear", "{mood:?}");
    }
    assert_eq!(api.bookings.lock().expect("not poisoned").len(), 1);
    // What never reached it, or was sent away at the door, may be tried again.
    for code in [425, 429] {
        server.next(Method::POST, "/booking/api/create", Mood::Busy(code, "3"));
        assert_eq!(unavailable(bring.create(&norwegian()).await), Some(Duration::from_secs(3)));
    }
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    let nobody = carrier(BringSettings { base_url: format!("http://{free}"), ..entered(&server) });
    assert_eq!(unavailable(nobody.create(&norwegian()).await), None);
}

#[tokio::test]
async fn a_label_comes_from_bring_alone() {
    let (_, server, bring) = bring().await;
    let made = bring.create(&norwegian()).await.expect("booked").at_carrier;
    let elsewhere = |url: &str| ShipmentRef { label_url: Some(url.to_owned()), ..made.clone() };
    for url in [
        "http://api.bring.com/labels/1.pdf",
        "https://bring.com.evil.example/1.pdf",
        "https://notbring.com/1.pdf",
        "http://127.0.0.1:1/1.pdf",
        "file:///etc/passwd",
        "nonsense",
    ] {
        assert_eq!(key(bring.label(&elsewhere(url), LabelFormat::Pdf).await), "refused", "{url}");
    }
    assert_eq!(key(bring.label(&ShipmentRef { label_url: None, ..made.clone() }, LabelFormat::Pdf).await), "refused");
    for to in ["http://169.254.169.254/latest", "ftp://x/", "/labels/17.pdf"] {
        for _ in 0..5 {
            server.next(Method::GET, "/labels/17.pdf", Mood::Redirect(to.to_owned()));
        }
        assert_eq!(key(bring.label(&made, LabelFormat::Pdf).await), "refused", "{to}");
    }
    assert!(server.count(Method::GET, "/labels/17.pdf") <= 6, "it does not go round for ever");
}

#[tokio::test]
async fn a_label_may_be_late_or_none() {
    let (_, server, bring) = bring().await;
    let made = bring.create(&norwegian()).await.expect("booked").at_carrier;
    for (mood, wanted) in [
        (Mood::Status(404, ""), "not_ready"),
        (Mood::Status(202, ""), "not_ready"),
        (Mood::Status(410, "gone"), "refused"),
        (Mood::Status(500, ""), "unavailable"),
        (Mood::Status(200, "<html>a page</html>"), "unavailable"),
        (Mood::Huge, "unavailable"),
        (Mood::Half, "unavailable"),
        (Mood::Hang, "unavailable"),
    ] {
        server.next(Method::GET, "/store/17.pdf", mood.clone());
        assert_eq!(key(bring.label(&made, LabelFormat::Pdf).await), wanted, "{mood:?}");
    }
}

#[tokio::test]
async fn follows_the_parcel_in_the_carriers_words() {
    let (api, server, bring) = bring().await;
    let made = bring.create(&norwegian()).await.expect("booked").at_carrier;
    let tracking = bring.track(&made).await.expect("followed");
    assert_eq!(server.last("/tracking.json").query("q"), Some("70730000000000017"));
    assert_eq!(tracking.state, State::OnTheWay, "a notice moves no parcel");
    assert_eq!(tracking.at_carrier, made);
    let told: Vec<_> =
        tracking.events.iter().map(|e| (e.code.as_str(), e.words.as_str(), e.place.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("NOTIFICATION_SENT", "Varsel er sendt.", None),
            ("IN_TRANSIT", "Pakken er levert inn på terminal.", Some("OSLO, Norge")),
        ]
    );

    // Two parcels: as far as the one behind, unless one is in trouble.
    let mut two: Value = serde_json::from_str(TRACKING).expect("JSON");
    let parcels = two["consignmentSet"][0]["packageSet"].as_array_mut().expect("a list");
    let mut second = parcels[0].clone();
    second["eventSet"][0]["status"] = json!("DELIVERED");
    parcels.push(second);
    *api.tracking.lock().expect("not poisoned") = two.to_string();
    assert_eq!(bring.track(&made).await.expect("followed").state, State::OnTheWay);
    two["consignmentSet"][0]["packageSet"][1]["eventSet"][0]["status"] = json!("DEVIATION");
    *api.tracking.lock().expect("not poisoned") = two.to_string();
    let tracking = bring.track(&made).await.expect("followed");
    assert_eq!((tracking.state, tracking.trouble.as_deref()), (State::Trouble, Some("Pakken er på vei.")));

    // One that goes back is no less trouble, though the other is less far.
    for (status, wanted) in [("RETURN", State::Returning), ("DELIVERED_SENDER", State::Returned)] {
        two["consignmentSet"][0]["packageSet"][1]["eventSet"][0]["status"] = json!(status);
        *api.tracking.lock().expect("not poisoned") = two.to_string();
        let tracking = bring.track(&made).await.expect("followed");
        assert_eq!((tracking.state, tracking.trouble.as_deref()), (wanted, Some("Pakken er på vei.")));
    }

    *api.tracking.lock().expect("not poisoned") = NOT_FOUND.to_owned();
    let tracking = bring.track(&made).await.expect("booked, and not seen yet");
    assert_eq!((tracking.state, tracking.events.len()), (State::Announced, 0));
    *api.tracking.lock().expect("not poisoned") = BUSY.to_owned();
    unavailable(bring.track(&made).await);
}

#[tokio::test]
async fn each_mishap_of_tracking_is_its_fault() {
    let (_, server, bring) = bring().await;
    let made = bring.create(&norwegian()).await.expect("booked").at_carrier;
    for (mood, wanted) in [
        (Mood::Status(401, "{}"), "unauthorised"),
        (Mood::Status(404, "{}"), "refused"),
        (Mood::Status(400, r#"{"consignmentSet":[{"error":{"code":400,"message":"Invalid query"}}]}"#), "refused"),
        (Mood::Status(500, "oops"), "unavailable"),
        (Mood::Busy(429, "soon"), "unavailable"),
        (Mood::Garbage, "unavailable"),
        (Mood::Half, "unavailable"),
        (Mood::Huge, "unavailable"),
        (Mood::Hang, "unavailable"),
    ] {
        server.next(Method::GET, "/tracking.json", mood.clone());
        assert_eq!(key(bring.track(&made).await), wanted, "{mood:?}");
    }
    let other = carrier(BringSettings { key: Secret::new("another"), ..entered(&server) });
    assert_eq!(key(other.create(&norwegian()).await), "unauthorised");
}

#[tokio::test]
async fn says_whose_account_it_is() {
    let (_, server, bring) = bring().await;
    assert_eq!(bring.account().await.as_deref(), Ok("Sko AS"));
    let short = carrier(BringSettings { customer_number: "10000000001".to_owned(), ..entered(&server) });
    assert_eq!(short.account().await.as_deref(), Ok("Sko AS"));
    assert!(server.seen().iter().all(|seen| seen.method == Method::GET), "nothing is booked");
    let stranger = carrier(BringSettings { key: Secret::new("another"), ..entered(&server) });
    assert_eq!(key(stranger.account().await), "unauthorised");
    // The end of another number is not that number.
    let other = carrier(BringSettings { customer_number: "0000001".to_owned(), ..entered(&server) });
    match other.account().await {
        Err(Fault::Refused { said, field: Some(Field::Account) }) => assert!(said.contains(CUSTOMER), "{said}"),
        told => panic!("{told:?}"),
    }
    server.next(Method::GET, "/customers", Mood::Garbage);
    assert_eq!(key(bring.account().await), "unavailable");
}
