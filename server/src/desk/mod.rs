//! Use cases: load, let `domain` decide, save and enqueue in one transaction. Answers `app::backend`.

mod answers;
pub mod book;
mod bulk;
pub mod carriage;
pub mod cases;
mod collecting;
mod days;
mod deadlines;
pub mod documents;
pub mod export;
pub mod law;
pub mod passwords;
pub mod pictures;
mod registration;
mod reminders;
pub mod reports;
mod revise;
pub mod rmas;
pub mod seed;
pub mod sessions;
mod settings;
pub mod statistics;
mod status;
mod targets;
mod views;
mod waiting;

use crate::clock::{Clock, Random};
use crate::config::Config;
use crate::files::Files;
use crate::jobs::Bell;
use crate::live::Live;
use crate::store::{Db, StoreError};
use app::error::AppError;
use book::{Book, BookShelf};
use domain::id::CaseId;
use passwords::Passwords;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

/// Everything that a use case needs.
#[derive(Clone)]
pub struct Desk {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<Random>,
    pub live: Live,
    pub letters: Bell,
    /// Rung when a run over many cases is to go on.
    pub bulk: Bell,
    /// Rung when a carrier is to be asked something.
    pub carrier: Bell,
    /// For carriers and webhooks.
    pub http: carriers::Http,
    pub config: Arc<Config>,
    pub shelf: Arc<BookShelf>,
    pub files: Files,
    pub passwords: Arc<Passwords>,
    pub printer: documents::Printer,
    /// What statistics count.
    pub facts: statistics::FactShelf,
    /// Cases from before there were deadlines that cannot be read: logged once, and not tried again before the next start.
    pub set_aside: Arc<Mutex<HashSet<CaseId>>>,
}

impl Desk {
    /// The database must hold an organisation: see [`seed`].
    ///
    /// # Errors
    /// When the database's faults keep the book from being read.
    pub async fn open(db: Db, clock: Arc<dyn Clock>, random: Arc<Random>, config: Config) -> Result<Self, StoreError> {
        let shelf = Arc::new(BookShelf::open(&db, config.sends_sms()).await?);
        let live = Live::open(&db, &config.database_url, random.uuid());
        let files = Files::open(&config).map_err(StoreError::corrupt)?;
        let printer = documents::Printer::open(config.templates_dir.as_deref()).map_err(StoreError::corrupt)?;
        let http = carriers::Http::open(carriers::Limits::default()).map_err(StoreError::corrupt)?;
        Ok(Self {
            db,
            clock,
            random,
            letters: Bell::default(),
            bulk: Bell::default(),
            carrier: Bell::default(),
            http,
            live,
            config: Arc::new(config),
            shelf,
            files,
            passwords: Arc::default(),
            printer,
            facts: statistics::FactShelf::default(),
            set_aside: Arc::default(),
        })
    }

    /// The organisation's stores, staff, types and lists as they are now.
    pub fn book(&self) -> Arc<Book> {
        self.shelf.current()
    }

    /// What the reader is told of a fault: an answer as it is, anything else by an incident id with which the log has the rest.
    pub fn fail(&self, error: StoreError) -> AppError {
        match error {
            StoreError::Answer(answer) => answer,
            other => self.incident(&other),
        }
    }

    /// Logs a fault of ours and answers its incident id.
    pub fn incident(&self, error: &(dyn std::error::Error + 'static)) -> AppError {
        let incident = self.random.incident();
        tracing::error!(%incident, error, "a use case failed");
        AppError::Internal { incident }
    }
}
