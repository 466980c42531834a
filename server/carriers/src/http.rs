//! Requests with bounds: in time, in bytes, and to whom they go. Whatever else asks services of others by HTTP uses it too.

use crate::{Fault, Secret, fault};
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Client, RequestBuilder, StatusCode, Url, redirect};
use serde::de::DeserializeOwned;
use std::error::Error;
use std::time::Duration;

/// Longest pause that a carrier's `Retry-After` is believed.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// What one request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until a connection stands.
    pub connect: Duration,
    /// From the request's beginning to the answer's last byte.
    pub total: Duration,
    /// Bytes of an answer that is read as JSON or text.
    pub json: usize,
    /// Bytes of a label.
    pub file: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(20),
            json: 1024 * 1024,
            file: 10 * 1024 * 1024,
        }
    }
}

/// The connections of all carriers and webhooks; cloned freely.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    pub limits: Limits,
}

/// No client can be made, as without any trusted certificates on the machine.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no HTTP client: {0}")]
pub struct NoClient(String);

/// What came back, whatever its status.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Why there is no whole answer.
#[derive(Debug)]
pub enum Mishap {
    /// No connection: nothing reached anybody.
    NotSent(String),
    /// The request was on its way; what it asked for may have happened.
    Lost(String),
}

/// What a request that may have happened means for the next try.
#[derive(Clone, Copy)]
pub enum Again {
    /// It asks or takes away: twice is as good as once.
    Freely,
    /// The next try finds what this one made, once the carrier shows it.
    After(Duration),
    /// It makes something, and nobody can be asked whether it did.
    Never,
}

impl Http {
    /// Nothing is asked of anybody yet.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn open(limits: Limits) -> Result<Self, NoClient> {
        // The process's choice of cryptography, which the client's TLS asks for. A second time it stands already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("Redress/", env!("CARGO_PKG_VERSION")))
            // A redirect would take keys to another host; the one that is documented is followed by hand.
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(limits.connect)
            .timeout(limits.total)
            .build()
            .map_err(|error| NoClient(innermost(&error)))?;
        Ok(Self { client, limits })
    }

    /// To make requests with, for [`Self::ask`].
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// Sends and reads at most `cap` bytes.
    ///
    /// # Errors
    /// When there is no whole answer.
    pub async fn ask(&self, request: RequestBuilder, cap: usize) -> Result<Answer, Mishap> {
        let mut response = request.send().await.map_err(mishap)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(mishap)? {
            if body.len() + chunk.len() > cap {
                return Err(Mishap::Lost(format!("the answer ({status}) is larger than {cap} bytes")));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, headers, body })
    }

    /// Sends, and reads the status alone.
    pub(crate) async fn tell(&self, request: RequestBuilder) -> Result<Answer, Mishap> {
        let response = request.send().await.map_err(mishap)?;
        Ok(Answer { status: response.status(), headers: response.headers().clone(), body: Vec::new() })
    }
}

impl Answer {
    /// What every HTTP API says by a status alone; the rest is left to the driver, which knows what the body explains.
    ///
    /// RFC 9110, 15: 401 and 403 are about the keys, 408, 425, 429 and 503 ask for another try, 5xx is a fault of theirs. A
    /// proxy says 408 and 503 of what went through as well.
    ///
    /// # Errors
    /// What such a status means. Anything else is the caller's to judge.
    pub fn sorted(self, again: Again, secrets: &[&Secret]) -> Result<Self, Fault> {
        match self.status.as_u16() {
            401 | 403 => Err(Fault::Unauthorised { detail: self.said(secrets) }),
            408 | 503 if matches!(again, Again::Never) => Err(Fault::Unclear { detail: self.said(secrets) }),
            408 | 425 | 429 | 503 => {
                let lag = if let Again::After(pause) = again { Some(pause) } else { None };
                Err(Fault::Unavailable { detail: self.said(secrets), after: retry_after(&self.headers).max(lag) })
            }
            500..=599 => Err(Mishap::Lost(self.said(secrets)).fault(again)),
            300..=399 => {
                Err(Fault::refused(format!("HTTP {}: a redirect, which is not followed", self.status.as_u16())))
            }
            _ => Ok(self),
        }
    }

    /// As [`Self::sorted`], for who has nothing more to explain: what is no success is refused.
    pub fn success(self, again: Again, secrets: &[&Secret]) -> Result<Self, Fault> {
        let answer = self.sorted(again, secrets)?;
        if answer.status.is_success() { Ok(answer) } else { Err(Fault::refused(answer.said(secrets))) }
    }

    /// The body, read.
    ///
    /// # Errors
    /// The mishap of an answer that says it succeeded and is garbled.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Mishap> {
        // The parser's own words may quote what it read.
        serde_json::from_slice(&self.body).map_err(|error| {
            let (code, line, column) = (self.status.as_u16(), error.line(), error.column());
            Mishap::Lost(format!("HTTP {code}, and from line {line}, column {column} on not the answer expected"))
        })
    }

    /// Status and words, as staff may read them.
    pub fn said(&self, secrets: &[&Secret]) -> String {
        let words = fault::clean(&String::from_utf8_lossy(&self.body), secrets);
        format!("HTTP {} {words}", self.status.as_u16()).trim_end().to_owned()
    }
}

impl Mishap {
    /// What it means for whoever asked.
    pub fn fault(self, again: Again) -> Fault {
        match (self, again) {
            (Self::NotSent(detail), _) | (Self::Lost(detail), Again::Freely) => {
                Fault::Unavailable { detail, after: None }
            }
            (Self::Lost(detail), Again::After(pause)) => Fault::Unavailable { detail, after: Some(pause) },
            (Self::Lost(detail), Again::Never) => Fault::Unclear { detail },
        }
    }
}

/// Addresses are left out of every text: a label's opens the label.
fn mishap(error: reqwest::Error) -> Mishap {
    let error = error.without_url();
    let reason = match innermost(&error) {
        _ if error.is_timeout() => "no answer in time".to_owned(),
        reason => reason,
    };
    if error.is_connect() || error.is_builder() { Mishap::NotSent(reason) } else { Mishap::Lost(reason) }
}

/// The reason under all the layers: "Connection refused", "invalid peer certificate".
fn innermost(error: &dyn Error) -> String {
    let mut reason = error;
    while let Some(deeper) = reason.source() {
        reason = deeper;
    }
    reason.to_string()
}

/// Seconds alone: a date would need a clock, and a day's error of one would be believed.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_PAUSE))
}

/// A header's value that no log of the client shows; `None` if it has characters that no header takes.
pub fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// `base` with `segments` behind it, each encoded.
pub fn join(base: &Url, segments: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

/// Where keys may be sent: TLS, or this very machine.
pub fn is_private(url: &Url) -> bool {
    url.scheme() == "https" || url.scheme() == "http" && is_loopback(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            host.trim_matches(['[', ']']).parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_over_tls_or_stay_here() {
        for (url, private) in [
            ("https://api.bring.com", true),
            ("http://api.bring.com", false),
            ("http://127.0.0.1:8080/x", true),
            ("http://[::1]:8080", true),
            ("http://localhost:1", true),
            ("http://localhost.example", false),
            ("http://10.0.0.5", false),
            ("ftp://localhost", false),
        ] {
            assert_eq!(is_private(&Url::parse(url).expect("an address")), private, "{url}");
        }
    }

    #[test]
    fn segments_are_encoded() {
        let base = Url::parse("https://api.example/shipx/").expect("an address");
        assert_eq!(
            join(&base, &["v1", "tracking", "a/b?c"]).as_str(),
            "https://api.example/shipx/v1/tracking/a%2Fb%3Fc"
        );
    }
}
