//! Signed messages, as their receiver sees them.

use crate::fake::{Api, Mood, Seen, Server};
use crate::support::{http, key, order, pickup, unavailable};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use carriers::webhook::{Message, Webhook, WebhookSettings};
use carriers::{Fault, Problem, Secret};
use jiff::Timestamp;
use ring::hmac;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

const SECRET: &str = "a secret of some length";

struct Receiver;

impl Api for Receiver {
    fn answer(&self, seen: &Seen) -> Response {
        if verified(seen) { StatusCode::NO_CONTENT.into_response() } else { StatusCode::BAD_REQUEST.into_response() }
    }
}

/// What the module's documentation tells a receiver to do.
fn verified(seen: &Seen) -> bool {
    let header = seen.header("redress-signature").expect("a signature");
    let (seconds, signature) = header.strip_prefix("t=").and_then(|rest| rest.split_once(",v1=")).expect("its shape");
    let bytes: Option<Vec<u8>> =
        (0..signature.len()).step_by(2).map(|at| u8::from_str_radix(signature.get(at..at + 2)?, 16).ok()).collect();
    let mut signed = format!("{seconds}.").into_bytes();
    signed.extend_from_slice(&seen.body);
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    hmac::verify(&key, &signed, &bytes.expect("hex")).is_ok()
}

fn open(url: &str, secret: &str) -> Result<Webhook, Vec<Problem>> {
    Webhook::open(&WebhookSettings { url: url.to_owned(), secret: Secret::new(secret) }, &http())
}

async fn send(hook: &Webhook) -> Result<(), Fault> {
    let now = Timestamp::from_second(1_795_000_000).expect("a time");
    hook.send(Uuid::from_u128(7), &Message::PickupRequested { order: &order(), pickup: &pickup("PL") }, now).await
}

#[tokio::test]
async fn arrives_signed() {
    let server = Server::start(Arc::new(Receiver)).await;
    let hook = open(&format!("{}/hook?shop=1", server.url), SECRET).expect("right settings");
    send(&hook).await.expect("taken");
    let seen = server.last("/hook");
    assert_eq!(seen.header("redress-event"), Some("pickup_requested"));
    assert_eq!(seen.header("redress-delivery"), Some("00000000-0000-0000-0000-000000000007"));
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert!(seen.header("redress-signature").is_some_and(|value| value.starts_with("t=1795000000,v1=")));
    let body = seen.json();
    assert_eq!(body["event"], json!("pickup_requested"));
    assert_eq!(body["order"]["number"], json!(order().number.to_string()));
    assert_eq!(body["order"]["sender"]["phone"], json!("+48501502503"));
    assert_eq!(body["pickup"]["date"], json!("2026-11-24"));
    assert_eq!(body["pickup"]["from"], json!("09:00:00"));

    let mut forged = seen.clone();
    forged.body = "{}".into();
    assert!(!verified(&forged), "another body");
    let other = open(&format!("{}/hook", server.url), "another secret of some length").expect("right settings");
    assert_eq!(key(send(&other).await), "refused", "another secret");
}

#[tokio::test]
async fn each_mishap_is_its_fault() {
    let server = Server::start(Arc::new(Receiver)).await;
    let hook = open(&format!("{}/hook", server.url), SECRET).expect("right settings");
    for (mood, wanted) in [
        (Mood::Status(400, "no"), "refused"),
        (Mood::Status(401, "no"), "unauthorised"),
        (Mood::Status(410, "gone"), "refused"),
        (Mood::Redirect(format!("{}/elsewhere", server.url)), "refused"),
        (Mood::Status(500, "what stands in an inner system"), "unavailable"),
        (Mood::Hang, "unavailable"),
    ] {
        server.next(Method::POST, "/hook", mood.clone());
        let fault = send(&hook).await.expect_err("a mishap");
        assert_eq!(fault.key(), wanted, "{mood:?}");
        assert!(!fault.detail().contains("inner system"), "what an address holds is not shown");
    }
    assert_eq!(server.count(Method::GET, "/elsewhere") + server.count(Method::POST, "/elsewhere"), 0);
    server.next(Method::POST, "/hook", Mood::Busy(429, "60"));
    assert_eq!(unavailable(send(&hook).await), Some(Duration::from_secs(60)));
    // It was taken; what else is said does not matter, nor how much.
    for mood in [Mood::Huge, Mood::Half, Mood::Garbage] {
        server.next(Method::POST, "/hook", mood);
        send(&hook).await.expect("taken");
    }
}

#[test]
fn takes_addresses_and_secrets_alone() {
    for (url, secret, wanted) in [
        ("", SECRET, vec![("url", "required")]),
        ("ftp://x.example", SECRET, vec![("url", "not_a_url")]),
        ("file:///etc/passwd", SECRET, vec![("url", "not_a_url")]),
        ("https://u:p@x.example", SECRET, vec![("url", "not_a_url")]),
        ("https://x.example", "short", vec![("secret", "too_short")]),
        ("", "", vec![("url", "required"), ("secret", "required")]),
    ] {
        let found = open(url, secret).expect_err("wrong settings");
        assert_eq!(found.iter().map(|p| (p.field, p.key)).collect::<Vec<_>>(), wanted, "{url} {secret}");
    }
    assert!(open("http://192.168.1.5:8080/hook", SECRET).is_ok(), "a system in the shop's own network");
}
