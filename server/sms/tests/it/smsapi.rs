//! SMSAPI.

use crate::fake::{Answer, Server};
use crate::{TEXT, TOKEN, fault, gateway, send, settings};
use sms::{Gateway, Kind, Settings};
use std::time::Duration;

const TAKEN: &str = include_str!("fixtures/smsapi.json");

fn to(server: &Server) -> Gateway {
    gateway(settings(Kind::SmsApi, &server.url))
}

fn error(code: i64) -> String {
    // In the words of the headers, as some services echo them.
    serde_json::json!({"error": code, "message": format!("no, Bearer {TOKEN}")}).to_string()
}

#[tokio::test]
async fn a_message_is_handed_over() {
    let server = Server::saying(200, TAKEN).await;
    send(&to(&server)).await.expect("is taken");
    let seen = server.seen();
    assert_eq!((seen.path.as_str(), seen.header("authorization")), ("/sms.do", format!("Bearer {TOKEN}").as_str()));
    for (name, value) in [
        ("to", "4791234567"),
        ("message", TEXT),
        ("from", "FjellSko"),
        ("format", "json"),
        ("encoding", "utf-8"),
        ("idx", "00000000000000000000000000000007"),
        ("check_idx", "1"),
    ] {
        assert_eq!(seen.field(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn the_account_chooses_a_sender_where_none_is_named() {
    let server = Server::saying(200, TAKEN).await;
    let nobody = Settings { from: String::new(), ..settings(Kind::SmsApi, &server.url) };
    send(&gateway(nobody)).await.expect("is taken");
    assert_eq!(server.seen().field("from"), None);
}

#[tokio::test]
async fn what_was_taken_before_is_taken() {
    // The answer to the try before was lost.
    for status in [200, 400] {
        send(&to(&Server::saying(status, &error(53)).await)).await.expect("is there already");
    }
}

#[tokio::test]
async fn every_error_says_whether_another_try_helps() {
    // With whatever status the gateway sends it.
    for status in [200, 400] {
        for (code, key) in [
            (13, "refused"),
            (14, "refused"),
            (12, "refused"),
            (101, "unauthorised"),
            (105, "unauthorised"),
            (103, "unavailable"),
            (201, "unavailable"),
            (203, "unavailable"),
        ] {
            let server = Server::saying(status, &error(code)).await;
            assert_eq!(fault(&to(&server)).await, key, "{code}");
        }
    }
    let beside_the_number = r#"{"count": 1, "list": [{"id": "", "number": "4712", "status": "FAILED", "error": 13}]}"#;
    assert_eq!(fault(&to(&Server::saying(200, beside_the_number).await)).await, "refused");
}

#[tokio::test]
async fn a_status_without_words_says_it_too() {
    for (status, key) in [(401, "unauthorised"), (429, "unavailable"), (500, "unavailable"), (503, "unavailable")] {
        let server = Server::saying(status, &format!("<html>{TOKEN}")).await;
        assert_eq!(fault(&to(&server)).await, key, "{status}");
    }
    assert_eq!(fault(&to(&Server::saying(404, "").await)).await, "refused");
    assert_eq!(fault(&to(&Server::start(Answer::Redirect).await)).await, "refused");
}

#[tokio::test]
async fn no_answer_and_no_sense_are_tried_again() {
    assert_eq!(fault(&to(&Server::start(Answer::Hang).await)).await, "unavailable");
    for garbage in ["", "<html>", "{}", r#"{"count": 0, "list": []}"#, "[1]"] {
        assert_eq!(fault(&to(&Server::saying(200, garbage).await)).await, "unavailable", "{garbage}");
    }
}

#[tokio::test]
async fn a_slow_gateway_is_waited_for() {
    let slow = Answer::Slow(Duration::from_millis(300), TAKEN.to_owned());
    send(&to(&Server::start(slow).await)).await.expect("is taken");
}
