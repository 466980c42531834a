//! Configuration: file and environment, every key with its default.

mod bucket;
mod keys;
mod lan;
mod read;

pub use bucket::BucketUrl;
pub use keys::{KEYS, Key};
pub use read::{Problem, load, print_defaults};

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// What an installation sets. [`KEYS`] describes each field.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// How browsers and phones reach us, without a slash at the end; links and QR codes begin with it.
    pub public_url: String,
    /// Where SQLite lies, what is being received, and the pictures, unless `files_url` names a bucket.
    pub data_dir: PathBuf,
    /// The bucket of the pictures; `None` keeps them in `data_dir`.
    pub files_url: Option<BucketUrl>,
    /// Where S3 is spoken, without a slash at the end; `None` is Amazon's own.
    pub s3_endpoint: Option<String>,
    pub s3_region: String,
    pub s3_access_key: Option<String>,
    pub s3_secret_key: Option<Secret>,
    /// `sqlite:…` or `postgres:…`.
    pub database_url: String,
    /// `smtp://`, `smtp+starttls://`, `smtps://` with credentials; `None` keeps letters in the local outbox.
    pub smtp_url: Option<String>,
    /// Credentials, where the URL has none.
    pub smtp_user: Option<String>,
    pub smtp_password: Option<Secret>,
    /// Certificates of authorities that the mail server's is accepted from, beside the system's: PEM.
    pub smtp_ca: Option<Vec<u8>>,
    /// The sender's address of letters.
    pub mail_from: String,
    /// Whose gateway takes SMS; `None` offers none to anybody.
    pub sms_gateway: Option<sms::Kind>,
    /// Where it is asked; empty for its own address.
    pub sms_url: String,
    /// Twilio's account SID.
    pub sms_user: String,
    pub sms_token: Option<Secret>,
    /// The sender's name or number.
    pub sms_from: String,
    /// The folder that tools/assets made; beside the executable by default.
    pub site_dir: PathBuf,
    /// The organisation's own templates of documents, by the names of ours.
    pub templates_dir: Option<PathBuf>,
    /// Filter of `tracing`: `info`, or `server=debug,sqlx=warn`.
    pub log: String,
    pub log_format: LogFormat,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Days without a request after which a session ends.
    pub session_days: u16,
    /// Reports that one address may begin in an hour.
    pub reports_per_hour: u32,
    /// Requests a second that somebody who has not signed in may make, by address; 0 is no limit.
    pub strangers_per_second: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// Never shown, not even by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Config {
    /// Cookies are for TLS alone where browsers reach us by it.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Whether customers can be reached by SMS.
    pub const fn sends_sms(&self) -> bool {
        self.sms_gateway.is_some()
    }

    /// The database's file, where it is one.
    pub fn database_file(&self) -> Option<PathBuf> {
        let path = self.database_url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        Some(PathBuf::from(path.split('?').next().unwrap_or(path).replace("%3F", "?").replace("%25", "%")))
    }
}

/// Every key's default, before what depends on another key is filled in.
impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([0, 0, 0, 0], 3000)),
            public_url: String::new(),
            data_dir: PathBuf::from("data"),
            files_url: None,
            s3_endpoint: None,
            s3_region: "us-east-1".to_owned(),
            s3_access_key: None,
            s3_secret_key: None,
            database_url: String::new(),
            smtp_url: None,
            smtp_user: None,
            smtp_password: None,
            smtp_ca: None,
            mail_from: "redress@localhost".to_owned(),
            sms_gateway: None,
            sms_url: String::new(),
            sms_user: String::new(),
            sms_token: None,
            sms_from: String::new(),
            site_dir: PathBuf::new(),
            templates_dir: None,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            trusted_proxies: Vec::new(),
            session_days: 30,
            reports_per_hour: 60,
            strangers_per_second: 20,
        }
    }
}
