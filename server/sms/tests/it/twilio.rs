//! Twilio.

use crate::fake::{Answer, Server};
use crate::{TEXT, TOKEN, fault, gateway, send, settings};
use sms::{Gateway, Kind, Settings};
use std::time::Duration;

const TAKEN: &str = include_str!("fixtures/twilio.json");
const INVALID: &str = include_str!("fixtures/twilio_invalid.json");

fn to(server: &Server) -> Gateway {
    gateway(settings(Kind::Twilio, &server.url))
}

#[tokio::test]
async fn a_message_is_handed_over() {
    let server = Server::saying(201, TAKEN).await;
    send(&to(&server)).await.expect("is taken");
    let seen = server.seen();
    assert_eq!(seen.path, "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json");
    // printf 'AC00000000000000000000000000000001:t0ken-that-nobody-may-read' | base64
    let basic = "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0MGtlbi10aGF0LW5vYm9keS1tYXktcmVhZA==";
    assert_eq!(seen.header("authorization"), basic);
    assert_eq!(seen.field("To"), Some("+4791234567"));
    assert_eq!(seen.field("From"), Some("+4759440000"));
    assert_eq!(seen.field("Body"), Some(TEXT));
}

#[tokio::test]
async fn a_messaging_service_is_named_as_one() {
    let server = Server::saying(201, TAKEN).await;
    let service = Settings { from: "MG01".to_owned(), ..settings(Kind::Twilio, &server.url) };
    send(&gateway(service)).await.expect("is taken");
    assert_eq!((server.seen().field("MessagingServiceSid"), server.seen().field("From")), (Some("MG01"), None));
}

#[tokio::test]
async fn a_wrong_number_is_refused_in_its_words() {
    let refused = send(&to(&Server::saying(400, INVALID).await)).await.expect_err("is refused");
    assert_eq!(refused.key(), "refused");
    assert_eq!(refused.detail(), "21211 The 'To' number +4712345678 is not a valid phone number.");
}

#[tokio::test]
async fn every_status_says_whether_another_try_helps() {
    for (status, key) in [
        (401, "unauthorised"),
        (403, "unauthorised"),
        (404, "refused"),
        (429, "unavailable"),
        (500, "unavailable"),
        (503, "unavailable"),
    ] {
        let words = serde_json::json!({"code": 20000, "message": format!("no, {TOKEN}"), "status": status});
        let server = Server::saying(status, &words.to_string()).await;
        assert_eq!(fault(&to(&server)).await, key, "{status}");
    }
    assert_eq!(fault(&to(&Server::start(Answer::Redirect).await)).await, "refused");
}

#[tokio::test]
async fn no_answer_and_no_sense_are_tried_again() {
    assert_eq!(fault(&to(&Server::start(Answer::Hang).await)).await, "unavailable");
    for garbage in ["", "<html>", "{}"] {
        assert_eq!(fault(&to(&Server::saying(201, garbage).await)).await, "unavailable", "{garbage}");
    }
}

#[tokio::test]
async fn a_slow_gateway_is_waited_for() {
    let slow = Answer::Slow(Duration::from_millis(300), TAKEN.to_owned());
    send(&to(&Server::start(slow).await)).await.expect("is taken");
}
