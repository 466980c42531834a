//! The one table of keys: for reading, for `redress check --print-defaults` and for the documentation.

use super::{Config, LogFormat, Secret, bucket};
use crate::store::dialect::Dialect;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::path::{Path, PathBuf};

/// One key of the file; in the environment it is `REDRESS_` and the name in capitals.
pub struct Key {
    pub name: &'static str,
    /// As it stands in a file; in brackets what is worked out.
    pub default: &'static str,
    pub help: &'static str,
    /// Takes a value over. The second argument is the folder that relative paths begin at.
    pub(super) set: fn(&mut Config, &str, &Path) -> Result<(), String>,
}

impl Key {
    pub fn variable(&self) -> String {
        format!("REDRESS_{}", self.name.to_uppercase())
    }
}

pub const KEYS: &[Key] = &[
    Key {
        name: "listen",
        default: "\"0.0.0.0:3000\"",
        help: "Address and port to listen on. The default lets phones in the same network in; behind a proxy take 127.0.0.1:3000.",
        set: |config, value, _| {
            config.listen = value.parse().map_err(|_| expected("an address and a port, such as 0.0.0.0:3000"))?;
            Ok(())
        },
    },
    Key {
        name: "public_url",
        default: "[http://<this machine's address>:<port>]",
        help: "How browsers and phones reach Redress; links in letters and QR codes begin with it. With https:// cookies are sent over TLS alone.",
        set: |config, value, _| {
            let url = value.trim_end_matches('/');
            let uri: http::Uri = url.parse().map_err(|_| expected("an address such as https://redress.example.com"))?;
            match (uri.scheme_str(), uri.host(), uri.path()) {
                (Some("http" | "https"), Some(_), "/" | "") => {}
                _ => return Err(expected("http:// or https://, a host, perhaps a port, and no path")),
            }
            config.public_url = url.to_owned();
            Ok(())
        },
    },
    Key {
        name: "data_dir",
        default: "\"data\"",
        help: "The folder of the SQLite database and the pictures, each server's own. Made if it is not there.",
        set: |config, value, base| {
            config.data_dir = path(value, base)?;
            Ok(())
        },
    },
    Key {
        name: "files_url",
        default: "\"\"",
        help: "s3://bucket or s3://bucket/prefix keeps the pictures in a bucket, as several servers need it. Empty keeps them in data_dir.",
        set: |config, value, _| {
            config.files_url = some(value).map(|url| url.parse().map_err(expected)).transpose()?;
            Ok(())
        },
    },
    Key {
        name: "s3_endpoint",
        default: "\"\"",
        help: "Where the bucket is, such as https://s3.example.com; http:// only in a network of your own. Empty is Amazon's in s3_region.",
        set: |config, value, _| {
            let wanted = || expected("http:// or https:// and a host, perhaps a port and a path, and no credentials");
            config.s3_endpoint = some(value).map(|url| bucket::endpoint(&url).ok_or_else(wanted)).transpose()?;
            Ok(())
        },
    },
    Key {
        name: "s3_region",
        default: "\"us-east-1\"",
        help: "The bucket's region. Most servers other than Amazon's take any.",
        set: |config, value, _| {
            if value.is_empty() || !value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
                return Err(expected("a region such as eu-north-1"));
            }
            config.s3_region = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "s3_access_key",
        default: "\"\"",
        help: "The access key's id at the bucket; files_url needs it.",
        set: |config, value, _| {
            config.s3_access_key = some(value);
            Ok(())
        },
    },
    Key {
        name: "s3_secret_key",
        default: "\"\"",
        help: "The access key's secret. Better in the environment or in s3_secret_key_file.",
        set: |config, value, _| {
            config.s3_secret_key = some(value).map(Secret);
            Ok(())
        },
    },
    Key {
        name: "s3_secret_key_file",
        default: "\"\"",
        help: "A file whose first line is the access key's secret.",
        set: |config, value, base| {
            if !value.is_empty() {
                config.s3_secret_key = first_line(value, base)?;
            }
            Ok(())
        },
    },
    Key {
        name: "database_url",
        default: "[sqlite:// and redress.db in data_dir]",
        help: "sqlite:///path/to/file.db?mode=rwc or postgres://user:password@host/database.",
        set: |config, value, _| {
            Dialect::of_url(value).ok_or_else(|| expected("sqlite:… or postgres:…"))?;
            config.database_url = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "smtp_url",
        default: "\"\"",
        help: "smtp://host:25, smtp+starttls://host:587 or smtps://host:465, perhaps with user:password@. Empty keeps letters in the local outbox.",
        set: |config, value, _| {
            if value.is_empty() {
                config.smtp_url = None;
                return Ok(());
            }
            let known = ["smtp://", "smtp+starttls://", "smtps://"];
            if !known.iter().any(|scheme| value.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty())) {
                return Err(expected("smtp://, smtp+starttls:// or smtps:// and a host"));
            }
            config.smtp_url = Some(value.to_owned());
            Ok(())
        },
    },
    Key {
        name: "smtp_user",
        default: "\"\"",
        help: "User of the mail server, unless smtp_url has one.",
        set: |config, value, _| {
            config.smtp_user = some(value);
            Ok(())
        },
    },
    Key {
        name: "smtp_password",
        default: "\"\"",
        help: "Password at the mail server, unless smtp_url has one. Better in the environment or in smtp_password_file.",
        set: |config, value, _| {
            config.smtp_password = some(value).map(Secret);
            Ok(())
        },
    },
    Key {
        name: "smtp_password_file",
        default: "\"\"",
        help: "A file whose first line is the password at the mail server.",
        set: |config, value, base| {
            if !value.is_empty() {
                config.smtp_password = first_line(value, base)?;
            }
            Ok(())
        },
    },
    Key {
        name: "smtp_ca_file",
        default: "\"\"",
        help: "A PEM file with the certificate of your own authority, if the mail server's certificate is by one. The system's are trusted as well.",
        set: |config, value, base| {
            if value.is_empty() {
                return Ok(());
            }
            let pem = read(value, base)?.into_bytes();
            let good =
                CertificateDer::pem_slice_iter(&pem).collect::<Result<Vec<_>, _>>().is_ok_and(|all| !all.is_empty());
            if !good {
                return Err(expected("a file with a certificate: -----BEGIN CERTIFICATE-----"));
            }
            config.smtp_ca = Some(pem);
            Ok(())
        },
    },
    Key {
        name: "mail_from",
        default: "\"redress@localhost\"",
        help: "The sender's address of letters, unless the organisation's settings name another.",
        set: |config, value, _| {
            value.parse::<lettre::Address>().map_err(|_| expected("an e-mail address"))?;
            config.mail_from = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "sms_gateway",
        default: "\"\"",
        help: "smsapi or twilio lets customers choose SMS instead of e-mail. Empty offers no SMS.",
        set: |config, value, _| {
            let known = || expected("smsapi or twilio");
            config.sms_gateway = some(value).map(|key| sms::Kind::from_key(&key).ok_or_else(known)).transpose()?;
            Ok(())
        },
    },
    Key {
        name: "sms_url",
        default: "\"\"",
        help: "Where the gateway is, such as https://api.smsapi.pl or https://api.dublin.ie1.twilio.com. Empty is https://api.smsapi.com or https://api.twilio.com.",
        set: |config, value, _| {
            let private = |url: &String| url.parse().is_ok_and(|url| carriers::http::is_private(&url));
            let url = if value.is_empty() { Some(String::new()) } else { bucket::endpoint(value).filter(private) };
            config.sms_url = url.ok_or_else(|| expected("https:// and a host, and no credentials"))?;
            Ok(())
        },
    },
    Key {
        name: "sms_user",
        default: "\"\"",
        help: "The account's SID at Twilio.",
        set: |config, value, _| {
            config.sms_user = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "sms_token",
        default: "\"\"",
        help: "The gateway's token. Better in the environment or in sms_token_file.",
        set: |config, value, _| {
            config.sms_token = some(value).map(Secret);
            Ok(())
        },
    },
    Key {
        name: "sms_token_file",
        default: "\"\"",
        help: "A file whose first line is the gateway's token.",
        set: |config, value, base| {
            if !value.is_empty() {
                config.sms_token = first_line(value, base)?;
            }
            Ok(())
        },
    },
    Key {
        name: "sms_from",
        default: "\"\"",
        help: "What stands as the sender of an SMS: a name or number that the gateway knows as yours, or a messaging service at Twilio. SMSAPI takes the account's own when it is empty.",
        set: |config, value, _| {
            config.sms_from = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "site_dir",
        default: "[site beside the executable]",
        help: "The folder of scripts, styles and icons that the build made.",
        set: |config, value, base| {
            config.site_dir = path(value, base)?;
            Ok(())
        },
    },
    Key {
        name: "templates_dir",
        default: "\"\"",
        help: "A folder with templates of your own for protocol, label, packing slip or decision (.typ, named like ours in server/documents/templates). Empty takes ours.",
        set: |config, value, base| {
            config.templates_dir = if value.is_empty() { None } else { Some(path(value, base)?) };
            Ok(())
        },
    },
    Key {
        name: "log",
        default: "\"info\"",
        help: "error, warn, info, debug or trace; by part of the program: info,sqlx=debug.",
        set: |config, value, _| {
            value.parse::<tracing_subscriber::EnvFilter>().map_err(|e| e.to_string())?;
            config.log = value.to_owned();
            Ok(())
        },
    },
    Key {
        name: "log_format",
        default: "\"text\"",
        help: "text or json.",
        set: |config, value, _| {
            config.log_format = match value {
                "text" => LogFormat::Text,
                "json" => LogFormat::Json,
                _ => return Err(expected("text or json")),
            };
            Ok(())
        },
    },
    Key {
        name: "trusted_proxies",
        default: "[]",
        help: "Addresses of the proxies in front, whose X-Forwarded-For is believed: [\"127.0.0.1\"]. In the environment separated by commas.",
        set: |config, value, _| {
            let addresses = value.split(',').map(str::trim).filter(|text| !text.is_empty());
            config.trusted_proxies = addresses
                .map(|text| text.parse().map_err(|_| format!("{text} is not an IP address")))
                .collect::<Result<_, _>>()?;
            Ok(())
        },
    },
    Key {
        name: "session_days",
        default: "30",
        help: "Days without a request after which somebody must sign in again: 1 to 365.",
        set: |config, value, _| {
            let days = value.parse().ok().filter(|days| (1..=365).contains(days));
            config.session_days = days.ok_or_else(|| expected("a whole number from 1 to 365"))?;
            Ok(())
        },
    },
    Key {
        name: "reports_per_hour",
        default: "60",
        help: "Reports that one address may begin on the public form in an hour. More where many customers share an address, such as a kiosk's.",
        set: |config, value, _| {
            let most = value.parse().ok().filter(|most| *most > 0);
            config.reports_per_hour = most.ok_or_else(|| expected("a whole number above 0"))?;
            Ok(())
        },
    },
    Key {
        name: "strangers_per_second",
        default: "20",
        help: "Requests a second that one address may make in the long run without having signed in; ten times as many at once. 0 is no limit.",
        set: |config, value, _| {
            config.strangers_per_second = value.parse().map_err(|_| expected("a whole number"))?;
            Ok(())
        },
    },
];

fn expected(what: &str) -> String {
    format!("expected {what}")
}

fn some(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn read(value: &str, base: &Path) -> Result<String, String> {
    let file = path(value, base)?;
    std::fs::read_to_string(&file).map_err(|e| format!("cannot read {}: {e}", file.display()))
}

fn first_line(value: &str, base: &Path) -> Result<Option<Secret>, String> {
    Ok(read(value, base)?.lines().next().and_then(some).map(Secret))
}

fn path(value: &str, base: &Path) -> Result<PathBuf, String> {
    if value.is_empty() { Err(expected("a path")) } else { Ok(base.join(value)) }
}
