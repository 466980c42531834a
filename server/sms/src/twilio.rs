//! Twilio.
//!
//! `POST /2010-04-01/Accounts/{sid}/Messages.json` with the account's SID and token as Basic authentication, as
//! <https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource> has it. Regional hosts, such as
//! `https://api.dublin.ie1.twilio.com`, are named in the settings.
//!
//! Twilio advises against logic by its error codes, which change
//! (<https://www.twilio.com/en-us/changelog/updates-to-the-error-code-dictionary-to-clarify-number-validatio>), so the status
//! alone decides; code and words are shown.
//!
//! Not confirmed: that there is no key against doubles. None is documented, so that a message whose answer was lost may
//! arrive twice, as a letter may.

use crate::{FORM, Gateway, Message, form};
use carriers::Fault;
use carriers::fault::clean;
use carriers::http::Again;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::Deserialize;

pub const BASE: &str = "https://api.twilio.com";

/// What a sender begins with that is a messaging service's SID.
const SERVICE: &str = "MG";

/// What is read of an answer.
#[derive(Deserialize)]
struct Said {
    /// Of a message that was taken.
    sid: Option<String>,
    code: Option<i64>,
    message: Option<String>,
}

pub(crate) async fn send(gateway: &Gateway, message: Message<'_>) -> Result<(), Fault> {
    let settings = &gateway.settings;
    let sender = if settings.from.starts_with(SERVICE) { "MessagingServiceSid" } else { "From" };
    let body = form(&[("To", message.to), (sender, &settings.from), ("Body", message.text)]);
    let url = gateway.url(&["2010-04-01", "Accounts", &settings.user, "Messages.json"]);
    let request = gateway.http.client().post(url).basic_auth(&settings.user, Some(settings.token.expose()));
    let request = request.header(ACCEPT, "application/json").header(CONTENT_TYPE, FORM).body(body);
    let answer = gateway.http.ask(request, gateway.http.limits.json).await;
    let answer = answer.map_err(|mishap| mishap.fault(Again::Freely))?;
    let secrets = [&settings.token];
    let answer = answer.sorted(Again::Freely, &secrets)?;
    let said = answer.json::<Said>();
    if answer.status.is_success() {
        return match said {
            Ok(Said { sid: Some(_), .. }) => Ok(()),
            Ok(_) => Err(Fault::Unavailable { detail: answer.said(&secrets), after: None }),
            Err(mishap) => Err(mishap.fault(Again::Freely)),
        };
    }
    Err(Fault::refused(match said {
        Ok(Said { code: Some(code), message, .. }) => {
            clean(&format!("{code} {}", message.unwrap_or_default()), &secrets)
        }
        _ => answer.said(&secrets),
    }))
}
