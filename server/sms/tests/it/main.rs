//! The drivers against a local server that speaks as the gateways document it, and that can behave badly.

mod fake;
mod smsapi;
mod twilio;

use carriers::{Fault, Http, Limits, Secret};
use sms::{BadSettings, Gateway, Kind, Message, Settings};
use std::time::Duration;
use uuid::Uuid;

pub const TOKEN: &str = "t0ken-that-nobody-may-read";
pub const TEXT: &str = "Fjell & Sko: reklamasjonen 26-000042-1 er godkjent.\nLes mer: https://sko.example/s/0f?x=ł+1";

pub fn settings(kind: Kind, url: &str) -> Settings {
    let (user, from) = match kind {
        Kind::SmsApi => ("", "FjellSko"),
        Kind::Twilio => ("AC00000000000000000000000000000001", "+4759440000"),
    };
    Settings { kind, base_url: url.to_owned(), user: user.to_owned(), token: Secret::new(TOKEN), from: from.to_owned() }
}

/// Short enough to wait for, and long enough for a busy machine.
pub fn gateway(settings: Settings) -> Gateway {
    let limits = Limits { total: Duration::from_secs(1), ..Limits::default() };
    Gateway::open(settings, &Http::open(limits).expect("a client")).expect("right settings")
}

pub async fn send(gateway: &Gateway) -> Result<(), Fault> {
    gateway.send(Message { id: Uuid::from_u128(7), to: "+4791234567", text: TEXT }).await
}

/// The fault's key, once it is sure that it tells no secret.
pub async fn fault(gateway: &Gateway) -> &'static str {
    let fault = send(gateway).await.expect_err("a fault");
    for text in [format!("{fault:?}"), fault.to_string(), format!("{gateway:?}")] {
        assert!(!text.contains(TOKEN), "{text}");
    }
    fault.key()
}

#[tokio::test]
async fn keys_go_over_tls_alone() {
    let http = Http::open(Limits::default()).expect("a client");
    for kind in Kind::ALL {
        assert!(Gateway::open(settings(kind, ""), &http).is_ok(), "{kind:?} has a base of its own");
        for wrong in ["http://api.sms.example", "api.sms.example", "ftp://localhost"] {
            assert_eq!(Gateway::open(settings(kind, wrong), &http).err(), Some(BadSettings::Url), "{wrong}");
        }
        let token = Settings { token: Secret::new("a\nb"), ..settings(kind, "") };
        assert_eq!(Gateway::open(token, &http).err(), Some(BadSettings::Token));
    }
}

#[tokio::test]
async fn nobody_there_is_tried_again() {
    for kind in Kind::ALL {
        assert_eq!(fault(&gateway(settings(kind, "http://127.0.0.1:9"))).await, "unavailable");
    }
}
