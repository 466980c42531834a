//! Configuration: file and environment, every key with its default.

use std::path::PathBuf;

/// What an installation sets.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: std::net::SocketAddr,
    /// How browsers and phones reach us, without a slash at the end; links and QR codes begin with it.
    pub public_url: String,
    /// Where SQLite, pictures and secrets lie.
    pub data_dir: PathBuf,
    /// `sqlite:…` or `postgres:…`.
    pub database_url: String,
    /// `smtp://`, `smtp+starttls://`, `smtps://` with credentials; `None` keeps letters in the local outbox.
    pub smtp_url: Option<String>,
    /// The sender's address of letters.
    pub mail_from: String,
    /// The folder that tools/assets made; beside the executable by default.
    pub site_dir: PathBuf,
}
