//! SMS gateways: one small interface, [`Gateway`], and its drivers.
//!
//! Nothing is kept here. The server's letters job sends a message, keeps it until a gateway has taken it, and decides by the
//! [`Fault`] whether to try again: [`Fault::Refused`] is for good, everything else is not.
//!
//! | driver | speaks | documentation |
//! |---|---|---|
//! | [`smsapi`] | SMSAPI's `sms.do`, a form in, JSON out | <https://www.smsapi.com/docs>, <https://www.smsapi.pl/docs> |
//! | [`twilio`] | Twilio's Messages resource, a form in, JSON out | <https://www.twilio.com/docs/messaging/api/message-resource> |
//!
//! Where a detail of a gateway is in no documentation that we could read, the driver says "not confirmed" beside it.

pub mod smsapi;
pub mod twilio;

use carriers::http::{is_private, join};
use carriers::{Fault, Http, Secret};
use reqwest::Url;
use uuid::Uuid;

/// Whose gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    SmsApi,
    Twilio,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::SmsApi, Self::Twilio];

    pub const fn key(self) -> &'static str {
        match self {
            Self::SmsApi => "smsapi",
            Self::Twilio => "twilio",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Where it is asked unless somebody says otherwise.
    pub const fn base(self) -> &'static str {
        match self {
            Self::SmsApi => smsapi::BASE,
            Self::Twilio => twilio::BASE,
        }
    }
}

/// What an installation sets.
#[derive(Clone, Debug)]
pub struct Settings {
    pub kind: Kind,
    /// Empty takes [`Kind::base`].
    pub base_url: String,
    /// Twilio's account SID; others have none.
    pub user: String,
    pub token: Secret,
    /// What stands as the sender on the phone: a name that the gateway knows, or a number. Empty where it may choose.
    pub from: String,
}

/// A setting that no message can be sent with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSettings {
    #[error("expected https:// and a host, perhaps a port and a path")]
    Url,
    #[error("a token with characters that no header takes")]
    Token,
}

/// One message.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The same at each try; another for what is to be sent once more on purpose.
    pub id: Uuid,
    /// E.164.
    pub to: &'a str,
    pub text: &'a str,
}

/// Takes messages to phones.
#[derive(Clone, Debug)]
pub struct Gateway {
    settings: Settings,
    base: Url,
    http: Http,
}

impl Gateway {
    /// Nothing is asked of anybody yet.
    ///
    /// # Errors
    /// What is wrong with an address or a token.
    pub fn open(settings: Settings, http: &Http) -> Result<Self, BadSettings> {
        let base = if settings.base_url.is_empty() { settings.kind.base() } else { &settings.base_url };
        let base = Url::parse(base).ok().filter(is_private).ok_or(BadSettings::Url)?;
        if !settings.token.expose().bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BadSettings::Token);
        }
        Ok(Self { settings, base, http: http.clone() })
    }

    /// Hands a message over; the gateway has taken it once this succeeds. Whether it reaches the phone is not asked.
    ///
    /// # Errors
    /// [`Fault::Refused`] where another try cannot help, [`Fault::Unauthorised`] where the keys are wrong, and
    /// [`Fault::Unavailable`] otherwise.
    pub async fn send(&self, message: Message<'_>) -> Result<(), Fault> {
        match self.settings.kind {
            Kind::SmsApi => smsapi::send(self, message).await,
            Kind::Twilio => twilio::send(self, message).await,
        }
    }

    fn url(&self, path: &[&str]) -> Url {
        join(&self.base, path)
    }
}

/// As HTML forms are sent.
const FORM: &str = "application/x-www-form-urlencoded";

fn form(fields: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        form.append_pair(name, value);
    }
    form.finish()
}
