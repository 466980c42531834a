//! Bring as it is documented: <https://developer.bring.com/api/booking/>, `/api/pickup/`, `/api/tracking/`. Bodies with
//! a field that no documentation has, or without one that is wanted, are refused with the listed error codes.

use crate::fake::{Api, Seen, misfits};
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::Mutex;

pub const UID: &str = "shop@example.com";
pub const KEY: &str = "br1ng-key-of-the-test";
pub const CUSTOMER: &str = "PARCELS_NORWAY-10000000001";

const BOOKING: &str = include_str!("../fixtures/bring/booking.json");
const PICKUP: &str = include_str!("../fixtures/bring/pickup.json");
pub const TRACKING: &str = include_str!("../fixtures/bring/tracking.json");
pub const NOT_FOUND: &str = include_str!("../fixtures/bring/tracking_not_found.json");
pub const BUSY: &str = include_str!("../fixtures/bring/tracking_busy.json");

#[derive(Default)]
pub struct BringApi {
    pub bookings: Mutex<Vec<Value>>,
    pub pickups: Mutex<Vec<Value>>,
    pub tracking: Mutex<String>,
    /// Where labels are said to be: this server.
    pub labels: Mutex<String>,
}

impl BringApi {
    fn book(&self, body: &Value) -> Response {
        if let Some(code) = booking_error(body) {
            return errors(code);
        }
        self.bookings.lock().expect("not poisoned").push(body.clone());
        let mut answer: Value = serde_json::from_str(BOOKING).expect("JSON");
        answer["consignments"][0]["confirmation"]["links"]["labels"] =
            json!(*self.labels.lock().expect("not poisoned"));
        Json(answer).into_response()
    }

    fn order(&self, body: &Value) -> Response {
        if let Some(code) = pickup_error(body) {
            let error = json!({"uniqueId": "u", "code": code, "messages": [{"lang": "en", "message": "See the code"}]});
            return (StatusCode::BAD_REQUEST, Json(json!({"pickupConfirmation": null, "errors": [error]})))
                .into_response();
        }
        self.pickups.lock().expect("not poisoned").push(body.clone());
        PICKUP.into_response()
    }
}

impl Api for BringApi {
    fn answer(&self, seen: &Seen) -> Response {
        match (seen.method.as_str(), seen.path.as_str()) {
            // The label's address redirects to a store, and neither is asked with keys.
            ("GET", "/labels/17.pdf") => {
                (StatusCode::FOUND, [(header::LOCATION, "/store/17.pdf?signed=1")]).into_response()
            }
            ("GET", "/store/17.pdf") => "%PDF-1.7 a label".into_response(),
            _ if !authenticated(seen) => (StatusCode::UNAUTHORIZED, "Authentication failed").into_response(),
            ("GET", "/booking/api/customers") => {
                Json(json!({"customers": [{"name": "Sko AS", "customerNumber": CUSTOMER, "products": []}]}))
                    .into_response()
            }
            ("POST", "/booking/api/create") if tested(seen) => self.book(&seen.json()),
            ("POST", "/pickup/api/create") if tested(seen) => self.order(&seen.json()),
            ("GET", "/tracking/api/v2/tracking.json") if seen.query("q").is_some() => {
                self.tracking.lock().expect("not poisoned").clone().into_response()
            }
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    }
}

/// <https://developer.bring.com/api/#authentication>
fn authenticated(seen: &Seen) -> bool {
    seen.header("x-mybring-api-uid") == Some(UID)
        && seen.header("x-mybring-api-key") == Some(KEY)
        && seen.header("x-bring-client-url").is_some()
}

fn tested(seen: &Seen) -> bool {
    matches!(seen.header("x-bring-test-indicator"), Some("true" | "false"))
}

fn booking_error(body: &Value) -> Option<&'static str> {
    let consignment = &body["consignments"][0];
    if body["schemaVersion"] != 1 {
        return Some("BOOK-INPUT-003");
    }
    let known =
        ["shippingDateTime", "product", "correlationId", "parties", "packages", "generateQrCodes", "purchaseOrder"];
    if !misfits(body, "", &["schemaVersion", "consignments"], &[]).is_empty()
        || !misfits(consignment, "", &known, &["product", "parties", "packages"]).is_empty()
    {
        return Some("BOOK_INPUT-059");
    }
    let shipping = consignment["shippingDateTime"].as_str().unwrap_or_default();
    if shipping.parse::<jiff::civil::DateTime>().is_err() {
        return Some("BOOK-INPUT-012");
    }
    match consignment["product"]["customerNumber"].as_str() {
        None | Some("") => return Some("BOOK-INPUT-019"),
        Some(CUSTOMER) => {}
        Some(_) => return Some("BOOK-INPUT-021"),
    }
    if !["9300", "9350", "9000"].iter().any(|known| consignment["product"]["id"] == *known) {
        return Some("BOOK-INPUT-020");
    }
    party_error(&consignment["parties"]).or_else(|| package_error(consignment["packages"].as_array()?))
}

fn party_error(parties: &Value) -> Option<&'static str> {
    let known = [
        "name",
        "addressLine",
        "addressLine2",
        "postalCode",
        "city",
        "countryCode",
        "reference",
        "contact",
        "additionalAddressInfo",
    ];
    let contact = ["name", "email", "phoneNumber"];
    for (side, name, postcode) in [
        ("sender", "BOOK-INPUT-014-SENDER", "BOOK_INPUT-057-SENDER"),
        ("recipient", "BOOK-INPUT-014-RECIPIENT", "BOOK_INPUT-057-RECIPIENT"),
    ] {
        let party = &parties[side];
        if !misfits(party, "", &known, &["addressLine", "city", "countryCode"]).is_empty()
            || !misfits(&party["contact"], "", &contact, &[]).is_empty()
        {
            return Some("BOOK_INPUT-059");
        }
        if party["name"].as_str().is_none_or(str::is_empty) {
            return Some(name);
        }
        if party["postalCode"].as_str().is_none_or(|code| code.len() != 4) {
            return Some(postcode);
        }
    }
    None
}

fn package_error(packages: &[Value]) -> Option<&'static str> {
    let known = [
        "weightInKg",
        "goodsDescription",
        "dimensions",
        "correlationId",
        "containerId",
        "packageType",
        "numberOfItems",
    ];
    let sides = ["lengthInCm", "widthInCm", "heightInCm"];
    for package in packages {
        if !misfits(package, "", &known, &[]).is_empty()
            || !misfits(&package["dimensions"], "", &sides, &sides).is_empty()
        {
            return Some("BOOK_INPUT-059");
        }
        if package["goodsDescription"].as_str().is_some_and(|text| text.chars().count() > 35) {
            return Some("BOOK-VALIDATION-001");
        }
        if package["weightInKg"].as_f64().is_none_or(|weight| weight <= 0.0) {
            return Some("BOOK-INPUT-002");
        }
        if package["weightInKg"].as_f64().is_some_and(|weight| weight > 35.0) {
            return Some("BOOK-INPUT-023");
        }
    }
    None
}

fn pickup_error(body: &Value) -> Option<&'static str> {
    let known = [
        "countryCode",
        "customerInformation",
        "pickupAddress",
        "pickupDate",
        "pickupIsReadyAtTime",
        "pickupTimeZone",
        "service",
        "pickupDetails",
    ];
    let address =
        ["street", "postalCode", "city", "contactName", "email", "phoneNumber", "message", "deliveryInstruction"];
    let wanted = ["street", "city", "email", "phoneNumber"];
    let bad = !misfits(body, "", &known, &["countryCode", "service"]).is_empty()
        || !misfits(
            &body["customerInformation"],
            "",
            &["customerNumber", "companyName"],
            &["customerNumber", "companyName"],
        )
        .is_empty()
        || !misfits(&body["pickupAddress"], "", &address, &wanted).is_empty()
        || !misfits(
            &body["pickupDetails"],
            "",
            &["packages", "pallets", "postContainers", "weightInGrams"],
            &["packages"],
        )
        .is_empty()
        || !misfits(&body["pickupDetails"]["packages"], "", &["count", "weightInGrams"], &["count"]).is_empty();
    if bad {
        return Some("PICKUP-INPUT-001");
    }
    let date = body["pickupDate"].as_str().unwrap_or_default();
    if date.parse::<jiff::civil::Date>().is_err() {
        return Some("PICKUP-INPUT-006");
    }
    if date < "2026-11-22" {
        return Some("PICKUP-INPUT-007");
    }
    let postcode = body["pickupAddress"]["postalCode"].as_str().unwrap_or_default();
    if !postcode.bytes().all(|b| b.is_ascii_digit()) || postcode.is_empty() { Some("PICKUP-INPUT-002") } else { None }
}

fn errors(code: &str) -> Response {
    let error = json!({"uniqueId": "u", "code": code, "messages": [{"lang": "en", "message": "See the code"}]});
    let consignment = json!({"confirmation": null, "errors": [error], "correlationId": null});
    (StatusCode::BAD_REQUEST, Json(json!({"consignments": [consignment]}))).into_response()
}
