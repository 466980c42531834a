//! ShipX as it is documented: <https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/622754/API+ShipX> and
//! <https://github.com/michalbiarda/shipx-php-sdk>. Bodies with a field that no documentation has, or without one that
//! is wanted, are refused.

use crate::fake::{Api, Seen, misfits};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

pub const TOKEN: &str = "shipx-t0ken-of-the-test";
pub const ORGANISATION: &str = "1234";

const SHIPMENT: &str = include_str!("../fixtures/inpost/shipment.json");
const DISPATCH_ORDER: &str = include_str!("../fixtures/inpost/dispatch_order.json");
const TRACKING: &str = include_str!("../fixtures/inpost/tracking.json");
const STATUSES: &str = include_str!("../fixtures/inpost/statuses.json");

#[derive(Default)]
pub struct ShipX {
    pub shipments: Mutex<Vec<Value>>,
    pub dispatch_orders: Mutex<Vec<Value>>,
    /// What `GET /v1/tracking/:number` says; none is not found.
    pub journey: Mutex<Option<Value>>,
    /// Lists everything, whatever it is asked for.
    pub deaf: AtomicBool,
}

impl ShipX {
    /// ShipX prepares and buys the offer: now it has.
    pub fn confirm(&self) {
        for shipment in self.shipments.lock().expect("not poisoned").iter_mut() {
            shipment["status"] = json!("confirmed");
            shipment["tracking_number"] = json!("620999726071000000000011");
        }
    }

    pub fn set(&self, field: &str, value: Value) {
        self.shipments.lock().expect("not poisoned")[0][field] = value;
    }

    pub fn on_its_way(&self, status: &str) {
        let mut journey: Value = serde_json::from_str(TRACKING).expect("JSON");
        journey["status"] = json!(status);
        journey["tracking_details"][0]["status"] = json!(status);
        *self.journey.lock().expect("not poisoned") = Some(journey);
    }

    fn create(&self, body: &Value) -> Response {
        let wrong = check(body);
        if !wrong.is_empty() {
            return invalid(&wrong);
        }
        let mut all = self.shipments.lock().expect("not poisoned");
        let mut made: Value = serde_json::from_str(SHIPMENT).expect("JSON");
        made["id"] = json!(10 + all.len());
        made["external_customer_id"] = body["external_customer_id"].clone();
        made["reference"] = body["reference"].clone();
        all.push(made.clone());
        (StatusCode::CREATED, Json(made)).into_response()
    }

    fn dispatch(&self, body: &Value) -> Response {
        let known = ["shipments", "comment", "address", "office_hours", "name", "phone", "email", "dispatch_point_id"];
        let mut wrong = misfits(body, "", &known, &["shipments", "address", "phone", "name"]);
        wrong.extend(misfits(
            &body["address"],
            "address",
            &ADDRESS,
            &["street", "building_number", "city", "post_code"],
        ));
        if !wrong.is_empty() {
            return invalid(&wrong);
        }
        for id in body["shipments"].as_array().expect("a list") {
            match self.find(id).map(|shipment| shipment["status"].clone()) {
                Some(status) if status == "confirmed" => {}
                Some(status) => return invalid_action("create_dispatch_order", &status),
                None => return not_found(),
            }
        }
        let mut all = self.dispatch_orders.lock().expect("not poisoned");
        let mut made: Value = serde_json::from_str(DISPATCH_ORDER).expect("JSON");
        made["id"] = json!(500 + all.len());
        made["shipments"] =
            body["shipments"].as_array().expect("a list").iter().map(|id| json!({ "href": "", "id": id })).collect();
        all.push(made.clone());
        (StatusCode::CREATED, Json(made)).into_response()
    }

    fn find(&self, id: &Value) -> Option<Value> {
        self.shipments.lock().expect("not poisoned").iter().find(|shipment| &shipment["id"] == id).cloned()
    }

    fn label(&self, id: &str, seen: &Seen) -> Response {
        let Some(shipment) = self.find(&number(id)) else { return not_found() };
        if shipment["status"] != "confirmed" {
            return invalid_action("get_label", &shipment["status"]);
        }
        match (seen.query("format"), seen.query("type")) {
            (Some("Pdf"), Some("normal" | "A6")) => "%PDF-1.4 a label".into_response(),
            (Some("Zpl"), Some("A6")) => "\n^XA^FO50,50^FDlabel^FS^XZ".into_response(),
            _ => invalid(&["format".to_owned()]),
        }
    }

    fn delete(&self, id: &str) -> Response {
        let Some(shipment) = self.find(&number(id)) else { return not_found() };
        match shipment["status"].as_str() {
            Some("created" | "offers_prepared" | "offer_selected") => {
                self.set("status", json!("canceled"));
                StatusCode::NO_CONTENT.into_response()
            }
            _ => invalid_action("cancel", &shipment["status"]),
        }
    }
}

impl Api for ShipX {
    fn answer(&self, seen: &Seen) -> Response {
        if seen.header("authorization") != Some(&format!("Bearer {TOKEN}")) {
            let body = json!({"status": 401, "error": "token_invalid", "message": "Token is missing or invalid.", "details": {}});
            return (StatusCode::UNAUTHORIZED, Json(body)).into_response();
        }
        let path: Vec<&str> = seen.path.trim_start_matches('/').split('/').collect();
        match (seen.method.as_str(), path.as_slice()) {
            ("GET", ["v1", "organizations", ORGANISATION]) => {
                Json(json!({"id": 1, "name": "Sko sp. z o.o."})).into_response()
            }
            ("POST", ["v1", "organizations", ORGANISATION, "shipments"]) => self.create(&seen.json()),
            ("GET", ["v1", "organizations", ORGANISATION, "shipments"]) => list(&self.shipments, |item| {
                self.deaf.load(Ordering::Relaxed)
                    || item["external_customer_id"].as_str() == seen.query("external_customer_id")
            }),
            ("GET", ["v1", "shipments", id]) => match self.find(&number(id)) {
                Some(shipment) => Json(shipment).into_response(),
                None => not_found(),
            },
            ("GET", ["v1", "shipments", id, "label"]) => self.label(id, seen),
            ("DELETE", ["v1", "shipments", id]) => self.delete(id),
            ("POST", ["v1", "organizations", ORGANISATION, "dispatch_orders"]) => self.dispatch(&seen.json()),
            ("GET", ["v1", "organizations", ORGANISATION, "dispatch_orders"]) => {
                let id = number(seen.query("shipment_id").unwrap_or_default());
                list(&self.dispatch_orders, |item| {
                    item["shipments"].as_array().is_some_and(|all| all.iter().any(|shipment| shipment["id"] == id))
                })
            }
            ("DELETE", ["v1", "dispatch_orders", id]) => {
                let mut all = self.dispatch_orders.lock().expect("not poisoned");
                let before = all.len();
                all.retain(|order| order["id"] != number(id));
                if all.len() < before { StatusCode::NO_CONTENT.into_response() } else { not_found() }
            }
            ("GET", ["v1", "tracking", _]) => match &*self.journey.lock().expect("not poisoned") {
                Some(journey) => Json(journey.clone()).into_response(),
                // As the SDK has found it: a complaint with a status of success.
                None => Json(json!({"status": 404, "key": "resource_not_found", "error": "Resource not found"}))
                    .into_response(),
            },
            ("GET", ["v1", "statuses"]) => STATUSES.into_response(),
            _ => not_found(),
        }
    }
}

const ADDRESS: [&str; 7] = ["line1", "line2", "street", "building_number", "post_code", "city", "country_code"];

/// The rules of the simplified mode (<https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/18153501>).
fn check(body: &Value) -> Vec<String> {
    let known = [
        "receiver",
        "sender",
        "parcels",
        "custom_attributes",
        "cod",
        "insurance",
        "reference",
        "is_return",
        "additional_services",
        "external_customer_id",
        "only_choice_of_offer",
        "mpk",
        "comments",
        "service",
    ];
    let mut wrong = misfits(body, "", &known, &["receiver", "parcels", "service"]);
    for side in ["sender", "receiver"] {
        let person = ["company_name", "email", "phone", "address", "first_name", "last_name"];
        wrong.extend(misfits(&body[side], side, &person, &["first_name", "last_name", "phone", "email"]));
        wrong.extend(misfits(
            &body[side]["address"],
            &format!("{side}.address"),
            &ADDRESS,
            &["street", "building_number", "city", "post_code", "country_code"],
        ));
    }
    for parcel in body["parcels"].as_array().into_iter().flatten() {
        let parts = ["id", "dimensions", "template", "weight", "is_non_standard", "tracking_number"];
        wrong.extend(misfits(parcel, "parcels", &parts, &["id"]));
        if parcel.get("template").is_none() {
            wrong.extend(misfits(
                &parcel["dimensions"],
                "parcels.dimensions",
                &["length", "width", "height", "unit"],
                &["length", "width", "height", "unit"],
            ));
            wrong.extend(misfits(&parcel["weight"], "parcels.weight", &["amount", "unit"], &["amount", "unit"]));
        }
    }
    let attributes = ["target_point", "dropoff_point", "sending_method", "open_code"];
    wrong.extend(misfits(&body["custom_attributes"], "custom_attributes", &attributes, &[]));
    let reference = body["reference"].as_str().unwrap_or_default().chars().count();
    if !(3..=100).contains(&reference) {
        wrong.push(".reference".to_owned());
    }
    wrong
}

/// `{"receiver": [{"address": [{"street": ["invalid"]}]}]}` of `receiver.address.street`.
fn invalid(paths: &[String]) -> Response {
    let mut details = json!({});
    for path in paths {
        let mut nested = json!(["invalid"]);
        let names: Vec<&str> = path.split('.').filter(|name| !name.is_empty()).collect();
        for name in names.iter().skip(1).rev() {
            nested = json!([{ *name: nested }]);
        }
        details[names[0]] = nested;
    }
    let message = "There are some validation errors. Check details object for more info.";
    let body = json!({"status": 400, "error": "validation_failed", "message": message, "details": details});
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

fn invalid_action(action: &str, status: &Value) -> Response {
    let message =
        format!("Action ({action}) can not be taken on shipment with status ({}).", status.as_str().unwrap_or("?"));
    let body = json!({
        "status": 400, "error": "invalid_action", "message": message,
        "details": {"action": action, "shipment_status": status},
    });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

fn not_found() -> Response {
    let body = json!({"status": 404, "error": "resource_not_found", "message": "Resource not found", "details": {}});
    (StatusCode::NOT_FOUND, Json(body)).into_response()
}

fn list(all: &Mutex<Vec<Value>>, fits: impl Fn(&Value) -> bool) -> Response {
    let items: Vec<Value> = all.lock().expect("not poisoned").iter().filter(|item| fits(item)).cloned().collect();
    Json(json!({"href": "", "count": items.len(), "page": 1, "per_page": 30, "items": items})).into_response()
}

fn number(text: &str) -> Value {
    text.parse::<u64>().map_or(Value::Null, |number| json!(number))
}
