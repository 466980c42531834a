//! Keys are in no text that anybody reads.

use crate::fake::{Api, Seen, Server};
use crate::support::{http, order};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use carriers::settings::{BringSettings, InPostSettings};
use carriers::webhook::WebhookSettings;
use carriers::{Secret, Settings, ShipmentRef, open};
use std::sync::Arc;

const KEY: &str = "k3y-that-nobody-may-read";

/// Complains in the words of the headers it got, as proxies do.
struct Echo(u16);

impl Api for Echo {
    fn answer(&self, seen: &Seen) -> Response {
        let status = StatusCode::from_u16(self.0).expect("a status");
        let words = format!("{:?}", seen.headers.iter().map(|(_, value)| value.to_str()).collect::<Vec<_>>());
        let json = serde_json::json!({"status": self.0, "error": "x", "message": words, "errors": [{"code": words}]});
        (status, json.to_string()).into_response()
    }
}

#[tokio::test]
async fn of_carriers_that_echo_them() {
    for status in [200, 400, 401, 404, 422, 429, 500] {
        let server = Server::start(Arc::new(Echo(status))).await;
        let inpost = InPostSettings {
            base_url: server.url.clone(),
            organisation: "1".to_owned(),
            token: Secret::new(KEY),
            ..InPostSettings::default()
        };
        let bring = BringSettings {
            base_url: server.url.clone(),
            uid: "shop@example.com".to_owned(),
            key: Secret::new(KEY),
            customer_number: "5".to_owned(),
            company: "Sko AS".to_owned(),
            client_url: "https://sko.example".to_owned(),
            ..BringSettings::default()
        };
        for settings in [Settings::InPost(inpost), Settings::Bring(bring)] {
            let carrier = open(&settings, &http()).expect("right settings");
            let fault = carrier.create(&order()).await.expect_err("an echo is no shipment");
            let sent = |seen: &Seen| seen.headers.values().any(|value| value.to_str().is_ok_and(|v| v.contains(KEY)));
            assert!(server.seen().iter().any(sent), "the key went out");
            for text in [format!("{fault:?}"), fault.to_string(), fault.detail().to_owned(), format!("{settings:?}")] {
                assert!(!text.contains(KEY), "{status}: {text}");
            }
        }
    }
}

#[test]
fn of_settings_and_references() {
    let hook = WebhookSettings { url: "https://x.example".to_owned(), secret: Secret::new(KEY) };
    assert!(!format!("{hook:?}").contains(KEY));
    let shipment = ShipmentRef {
        id: "1".to_owned(),
        waybill: None,
        label_url: Some(format!("https://api.bring.com/labels/{KEY}.pdf")),
    };
    assert!(!format!("{shipment:?}").contains(KEY));
    let stored = serde_json::to_string(&shipment).expect("JSON");
    assert_eq!(serde_json::from_str::<ShipmentRef>(&stored).expect("a reference"), shipment);
}
