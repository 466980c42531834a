//! Signed messages to a system of the organisation's own: "a pick-up is wanted".
//!
//! `POST` of a JSON object, with
//!
//! | header | holds |
//! |---|---|
//! | `Redress-Event` | what happened: `pickup_requested` |
//! | `Redress-Delivery` | a UUID, the same at each try: who has it already answers 2xx and does nothing |
//! | `Redress-Signature` | `t=<seconds since 1970 UTC>,v1=<hex of HMAC-SHA256>` |
//!
//! The signature is over the seconds as they stand in the header, a dot, and the body's bytes, with the secret's text as
//! the key; the shape is Stripe's (<https://docs.stripe.com/webhooks#verify-manually>). Who receives it computes the same,
//! compares in constant time, and refuses seconds that are more than a few minutes off, so that nobody replays it.
//!
//! The address is an admin's, so one within the organisation's own network is allowed. To keep it from being turned
//! elsewhere, and from showing what it finds there, redirects are not followed, and of the answer the status alone is read.

use crate::http::{Again, Http};
use crate::settings::{Form, Problem};
use crate::{Fault, Order, Pickup, Secret};
use jiff::Timestamp;
use reqwest::Url;
use reqwest::header::CONTENT_TYPE;
use ring::hmac;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Fewest characters of a secret: what is shorter can be guessed.
const SECRET: usize = 16;

/// What an admin enters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WebhookSettings {
    pub url: String,
    pub secret: Secret,
}

/// Where messages go.
#[derive(Clone, Debug)]
pub struct Webhook {
    url: Url,
    secret: Secret,
    http: Http,
}

/// One message. Its JSON has `event` and the event's own fields beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Message<'a> {
    /// Somebody has to fetch these parcels: what the manual driver cannot ask of a carrier itself.
    PickupRequested { order: &'a Order, pickup: &'a Pickup },
    /// Parcels will be sent, and the customer hands them in.
    ShipmentRequested { order: &'a Order },
    /// They need not be fetched or sent any more.
    Withdrawn { order: &'a Order },
}

impl Message<'_> {
    pub const fn event(&self) -> &'static str {
        match self {
            Self::PickupRequested { .. } => "pickup_requested",
            Self::ShipmentRequested { .. } => "shipment_requested",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

impl Webhook {
    /// # Errors
    /// Each field that is wrong: beside the keys of [`Problem`], `too_short` for the secret.
    pub fn open(settings: &WebhookSettings, http: &Http) -> Result<Self, Vec<Problem>> {
        let mut form = Form::default();
        let url = form.url("url", &settings.url);
        form.header("secret", settings.secret.expose());
        if form.problems.iter().all(|p| p.field != "secret") && settings.secret.expose().chars().count() < SECRET {
            form.problems.push(Problem { field: "secret", key: "too_short" });
        }
        match url {
            Some(url) if form.problems.is_empty() => {
                Ok(Self { url, secret: settings.secret.clone(), http: http.clone() })
            }
            _ => Err(form.problems),
        }
    }

    /// Sends one message; `id` is the same at each try of it, `now` is when this try is signed.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when it was not taken and another try may help; [`Fault::Unauthorised`] and
    /// [`Fault::Refused`] when the receiver says that none will.
    pub async fn send(&self, id: Uuid, message: &Message<'_>, now: Timestamp) -> Result<(), Fault> {
        let body = serde_json::to_vec(message).map_err(|error| Fault::refused(error.to_string()))?;
        let request = self
            .http
            .client()
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("Redress-Event", message.event())
            .header("Redress-Delivery", id.to_string())
            .header("Redress-Signature", sign(&self.secret, now, &body))
            .body(body);
        let answer = self.http.tell(request).await.map_err(|mishap| mishap.fault(Again::Freely))?;
        answer.success(Again::Freely, &[]).map(drop)
    }
}

/// The value of `Redress-Signature`.
pub fn sign(secret: &Secret, now: Timestamp, body: &[u8]) -> String {
    let seconds = now.as_second();
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes()));
    context.update(format!("{seconds}.").as_bytes());
    context.update(body);
    let hex: String = context.sign().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={seconds},v1={hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf '1700000000.{"event":"x"}' | openssl dgst -sha256 -hmac 'a secret of some length'`
    #[test]
    fn the_signature_is_what_others_compute() {
        let now = Timestamp::from_second(1_700_000_000).expect("a time");
        assert_eq!(
            sign(&Secret::new("a secret of some length"), now, br#"{"event":"x"}"#),
            "t=1700000000,v1=7e88004e5e25ab86ca6f8f4a12ff2ec0fd1a2fde160e429ab94d4c21645fe3c0"
        );
    }
}
