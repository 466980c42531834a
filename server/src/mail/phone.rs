//! The way out by SMS: through the gateway that is configured.

use super::smtp::{BadConfig, Refusal};
use crate::config::{Config, Secret};
use crate::store::letters::Claimed;
use carriers::{Fault, Http, Limits};
use sms::{Gateway, Message, Settings};

/// `None` where none is configured.
///
/// # Errors
/// What no message can be sent with.
pub fn gateway(config: &Config) -> Result<Option<Gateway>, BadConfig> {
    let Some(kind) = config.sms_gateway else { return Ok(None) };
    let Secret(token) = config.sms_token.clone().unwrap_or_else(|| Secret(String::new()));
    let settings = Settings {
        kind,
        base_url: config.sms_url.clone(),
        user: config.sms_user.clone(),
        token: carriers::Secret::new(token),
        from: config.sms_from.clone(),
    };
    let http = Http::open(Limits::default()).map_err(BadConfig::Http)?;
    Gateway::open(settings, &http).map(Some).map_err(BadConfig::Gateway)
}

/// A gateway that is configured no more keeps its messages until it is back, or they are given up.
pub async fn send(gateway: Option<&Gateway>, letter: &Claimed) -> Result<(), Refusal> {
    let later = |words: &str| Refusal { words: words.to_owned(), for_good: false };
    let gateway = gateway.ok_or_else(|| later("no SMS gateway is configured"))?;
    // The letter's own id, or a fresh one since it was sent once more.
    let id = letter.message_id.parse().map_err(|_| later("not an id of a message"))?;
    let message = Message { id, to: &letter.to.address, text: &letter.composed.text };
    gateway.send(message).await.map_err(|fault| Refusal {
        words: match &fault {
            Fault::Unauthorised { detail } => format!("the gateway does not accept the token: {detail}"),
            fault => fault.detail().to_owned(),
        },
        // An admin can mend the token while messages wait.
        for_good: matches!(fault, Fault::Refused { .. }),
    })
}
