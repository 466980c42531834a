//! SMSAPI (Poland, Norway and others).
//!
//! `POST /sms.do` with a bearer token, as <https://www.smsapi.com/docs> and SMSAPI's own clients
//! (<https://github.com/smsapi/smsapi-javascript-client>) send it. Accounts of smsapi.pl are at `https://api.smsapi.pl`.
//!
//! `idx` is our id of the message, and `check_idx=1` has the gateway refuse one that it knows from the last 24 hours (error
//! 53): then a try whose answer was lost had succeeded.
//!
//! Not confirmed: the status of an answer with an error, so that the body is read first; how long an `idx` may be, so that
//! ours are 32 hexadecimal digits; whether an error may stand beside a single number in `list`, so that it is looked for there.

use crate::{FORM, Gateway, Message, form};
use carriers::Fault;
use carriers::fault::clean;
use carriers::http::{Again, Answer, sensitive};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use serde::Deserialize;

pub const BASE: &str = "https://api.smsapi.com";

/// "Not unique idx": taken before.
const KNOWN: i64 = 53;
/// Authorisation, user, address of ours, action not allowed.
const KEYS: [i64; 4] = [101, 102, 105, 110];
/// Too many messages to one number within a minute, no credit left, faults and overloads of theirs: it may go later.
const LATER: [i64; 7] = [52, 103, 200, 201, 202, 203, 999];

/// What is read of an answer. A message that was taken stands in `list`.
#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    list: Vec<Taken>,
    error: Option<i64>,
    #[serde(default)]
    message: Option<String>,
}

#[derive(Deserialize)]
struct Taken {
    error: Option<i64>,
}

pub(crate) async fn send(gateway: &Gateway, message: Message<'_>) -> Result<(), Fault> {
    let token = &gateway.settings.token;
    let bearer = sensitive(&format!("Bearer {}", token.expose()))
        .ok_or_else(|| Fault::Unauthorised { detail: "the token is none".to_owned() })?;
    let idx = message.id.simple().to_string();
    let body = form(&[
        ("to", message.to.trim_start_matches('+')),
        ("message", message.text),
        ("from", &gateway.settings.from),
        ("format", "json"),
        ("encoding", "utf-8"),
        ("idx", &idx),
        ("check_idx", "1"),
    ]);
    let request = gateway.http.client().post(gateway.url(&["sms.do"]));
    let request = request.header(AUTHORIZATION, bearer).header(ACCEPT, "application/json").header(CONTENT_TYPE, FORM);
    let answer = gateway.http.ask(request.body(body), gateway.http.limits.json).await;
    // Twice is as good as once, by `check_idx`.
    let answer = answer.map_err(|mishap| mishap.fault(Again::Freely))?;
    let said = answer.json::<Said>();
    if let Ok(said) = &said
        && let Some(code) = said.error.or_else(|| said.list.iter().find_map(|taken| taken.error))
    {
        return explained(code, said, &answer, gateway);
    }
    let answer = answer.success(Again::Freely, &[token])?;
    match said {
        Ok(said) if !said.list.is_empty() => Ok(()),
        Ok(_) => Err(Fault::Unavailable { detail: answer.said(&[token]), after: None }),
        Err(mishap) => Err(mishap.fault(Again::Freely)),
    }
}

fn explained(code: i64, said: &Said, answer: &Answer, gateway: &Gateway) -> Result<(), Fault> {
    let words = said.message.as_deref().filter(|_| said.error.is_some()).unwrap_or_default();
    let words = clean(&format!("{code} {words}"), &[&gateway.settings.token]);
    match code {
        KNOWN => Ok(()),
        code if KEYS.contains(&code) => Err(Fault::Unauthorised { detail: words }),
        code if LATER.contains(&code) || answer.status.is_server_error() || answer.status == 429 => {
            Err(Fault::Unavailable { detail: words, after: None })
        }
        _ => Err(Fault::refused(words)),
    }
}
