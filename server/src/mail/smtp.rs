//! The way out: SMTP (RFC 5321) through lettre, or nowhere, when none is configured; for an SMS [`super::phone`].

use super::phone;
use crate::config::{Config, Secret};
use crate::desk::documents::Made;
use crate::store::letters::Claimed;
use domain::contact::Medium;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{Error as SmtpError, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::time::{Duration, SystemTime};

/// How many connections are open to the mail server at most, and so how many letters are on their way.
pub const CONNECTIONS: u32 = 4;

/// An attempt that lasts longer counts as failed. A mail server may take its time over a message that it has in full
/// (RFC 5321, 4.5.3.2.6, speaks of ten minutes), and to leave too early is what makes a letter arrive twice.
pub const ATTEMPT: Duration = Duration::from_secs(10 * 60);

/// Why a letter did not go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// In the mail server's words where it spoke.
    pub words: String,
    /// Another attempt cannot help.
    pub for_good: bool,
}

/// Who writes.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    /// The organisation's name.
    pub name: String,
    /// Where answers go; none go anywhere but to the sender's address when it is empty.
    pub reply_to: String,
}

/// A configuration that no letter can be sent with.
#[derive(Debug, thiserror::Error)]
pub enum BadConfig {
    #[error("smtp_url: {0}")]
    Url(#[source] SmtpError),
    #[error("smtp_ca_file: {0}")]
    Authority(#[source] SmtpError),
    #[error("mail_from: not an e-mail address")]
    From,
    #[error("sms_gateway: {0}")]
    Gateway(#[source] sms::BadSettings),
    #[error("sms_gateway: {0}")]
    Http(#[source] carriers::NoClient),
}

/// Carries letters out.
pub struct Courier {
    /// `None` keeps them in the local outbox, where an admin reads them.
    transport: Option<AsyncSmtpTransport<Tokio1Executor>>,
    from: Address,
    gateway: Option<sms::Gateway>,
}

impl Courier {
    /// # Errors
    /// When URL or sender's address are none.
    pub fn new(config: &Config) -> Result<Self, BadConfig> {
        // `redress@localhost`, the default, is no address that a customer could have.
        let from = address(&config.mail_from).or_else(|| config.mail_from.parse().ok()).ok_or(BadConfig::From)?;
        let transport = config.smtp_url.as_deref().map(|url| transport(url, config)).transpose()?;
        Ok(Self { transport, from, gateway: phone::gateway(config)? })
    }

    /// Greets the mail server, over TLS and with the password where they are configured, and takes leave.
    ///
    /// # Errors
    /// Why no letter could be sent, in the server's words where it spoke.
    pub async fn greet(&self) -> Result<(), String> {
        let Some(transport) = &self.transport else { return Ok(()) };
        match transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("the mail server hung up".to_owned()),
            Err(error) => Err(refusal(&error).words),
        }
    }

    /// Whether letters by that medium have room for documents, and go anywhere at all.
    pub fn encloses(&self, medium: Medium) -> bool {
        medium == Medium::Email && self.transport.is_some()
    }

    pub async fn send(&self, letter: &Claimed, sender: &Sender, enclosed: Vec<Made>) -> Result<(), Refusal> {
        if letter.to.medium == Medium::Sms {
            return phone::send(self.gateway.as_ref(), letter).await;
        }
        let Some(transport) = &self.transport else { return Ok(()) };
        let message = self.message(letter, sender, enclosed)?;
        match tokio::time::timeout(ATTEMPT, transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(refusal(&error)),
            Err(_) => Err(Refusal { words: "the mail server did not answer in time".to_owned(), for_good: false }),
        }
    }

    fn message(&self, letter: &Claimed, sender: &Sender, enclosed: Vec<Made>) -> Result<Message, Refusal> {
        let hopeless = |words: &str| Refusal { words: words.to_owned(), for_good: true };
        let to = address(&letter.to.address).ok_or_else(|| hopeless("not an e-mail address"))?;
        let created = SystemTime::UNIX_EPOCH + Duration::from_millis(letter.created_at.unsigned_abs());
        let mut message = Message::builder()
            .message_id(Some(letter.message_id.clone()))
            .date(created)
            .from(Mailbox::new(name(&sender.name), self.from.clone()))
            .to(Mailbox::new(name(&letter.customer_name), to))
            .subject(letter.composed.subject.clone());
        if let Some(reply_to) = address(&sender.reply_to) {
            message = message.reply_to(Mailbox::new(name(&sender.name), reply_to));
        }
        // RFC 3834: so that no answering machine answers.
        let auto = HeaderName::new_from_ascii_str("Auto-Submitted");
        message = message.raw_header(HeaderValue::new(auto, "auto-generated".to_owned()));
        let words = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, &letter.composed.text))
            .singlepart(part(ContentType::TEXT_HTML, &letter.composed.html));
        let body = if enclosed.is_empty() {
            words
        } else {
            let mut body = MultiPart::mixed().multipart(words);
            for made in enclosed {
                let kind = ContentType::parse(made.content_type).map_err(|error| hopeless(&error.to_string()))?;
                body = body.singlepart(Attachment::new(made.name).body(made.bytes, kind));
            }
            body
        };
        message.multipart(body).map_err(|error| hopeless(&error.to_string()))
    }
}

fn part(kind: ContentType, body: &str) -> SinglePart {
    SinglePart::builder().header(kind).body(body.to_owned())
}

/// `smtp://` speaks plainly, `smtp+starttls://` insists on STARTTLS (RFC 3207), `smtps://` on TLS from the first byte
/// (RFC 8314). With TLS the server's certificate must be one for the URL's host, by an authority that the system trusts or
/// that `smtp_ca_file` names.
fn transport(url: &str, config: &Config) -> Result<AsyncSmtpTransport<Tokio1Executor>, BadConfig> {
    let whole = url;
    let url = match url.strip_prefix("smtp+starttls://") {
        Some(rest) => format!("smtp://{rest}{}tls=required", if rest.contains('?') { '&' } else { '?' }),
        None => url.to_owned(),
    };
    let pool = PoolConfig::new().max_size(CONNECTIONS).idle_timeout(Duration::from_secs(30));
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).map_err(BadConfig::Url)?.pool_config(pool);
    if let Some(authorities) = &config.smtp_ca {
        let trusting = || {
            let parameters = TlsParameters::builder(host(whole).to_owned());
            parameters.add_root_certificate(Certificate::from_pem(authorities)?).build()
        };
        builder = match whole.split_once("://") {
            Some(("smtps", _)) => builder.tls(Tls::Wrapper(trusting().map_err(BadConfig::Authority)?)),
            Some(("smtp+starttls", _)) => builder.tls(Tls::Required(trusting().map_err(BadConfig::Authority)?)),
            _ => builder,
        };
    }
    if let (Some(user), Some(Secret(password))) = (&config.smtp_user, &config.smtp_password) {
        builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
    }
    Ok(builder.build())
}

/// The URL's host, by which the certificate is checked.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = rest.split(['/', '?']).next().unwrap_or_default();
    let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
    // An IPv6 address stands in brackets.
    match place.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    }
}

/// The domain in its ASCII form (IDNA), which every mail server takes; a local part beyond ASCII needs SMTPUTF8 (RFC 6531).
fn address(text: &str) -> Option<Address> {
    let text = domain::email::parse(text)?;
    let (local, domain) = text.rsplit_once('@')?;
    Address::new(local, idna::domain_to_ascii(domain).ok()?).ok()
}

/// A display name on one line; lettre quotes and encodes it.
fn name(text: &str) -> Option<String> {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

fn refusal(error: &SmtpError) -> Refusal {
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let words = match error.status() {
        Some(code) => format!("{code} {said}"),
        None if said.is_empty() => error.to_string(),
        None => said.clone(),
    };
    // The server refuses us, not the letter: it wants other credentials, which an admin can set while letters wait.
    let ours = error.status().is_some_and(|code| matches!(code.to_string().as_str(), "530" | "534" | "535" | "538"));
    // lettre's own finding about a server that cannot take such an address.
    let beyond_server = error.is_client() && said.contains("SMTPUTF8");
    let for_good = (error.is_permanent() && !ours) || beyond_server;
    let words: String = name(&words).unwrap_or_default().chars().take(500).collect();
    Refusal { words, for_good }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The pool of connections needs a runtime to clean up in.
    #[tokio::test]
    async fn the_defaults_and_every_kind_of_url_make_a_courier() {
        let of = |url: Option<&str>| Courier::new(&Config { smtp_url: url.map(str::to_owned), ..Config::default() });
        assert!(of(None).expect("the defaults do").transport.is_none());
        for url in [
            "smtp://localhost",
            "smtp://[::1]:2525",
            "smtp+starttls://user:pass%40word@mail.example.com:587",
            "smtps://mail.example.com",
        ] {
            assert!(of(Some(url)).is_ok_and(|courier| courier.transport.is_some()), "{url}");
        }
        assert_eq!(host("smtps://user:pass%40word@mail.example.com:465/?x=1"), "mail.example.com");
        assert_eq!(host("smtp+starttls://[::1]:587"), "::1");
        assert_eq!(host("smtp://localhost"), "localhost");
        assert!(matches!(of(Some("http://mail.example.com")), Err(BadConfig::Url(_))));
        let nobody = Config { mail_from: "Redress\r\n".to_owned(), ..Config::default() };
        assert!(matches!(Courier::new(&nobody), Err(BadConfig::From)));
    }
}
