//! The press, warmed up when it is first needed: a shop that prints nothing pays nothing for it.

use documents::Press;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    #[error(transparent)]
    Document(#[from] documents::Error),
    #[error("the press broke down: {0}")]
    Broken(#[from] tokio::task::JoinError),
    #[error("the press is closed")]
    Closed(#[from] tokio::sync::AcquireError),
}

/// Prints off the async threads. One at a time on a small machine: pages and saves go on meanwhile.
#[derive(Clone)]
pub struct Printer {
    press: Arc<OnceLock<Press>>,
    places: Arc<Semaphore>,
}

impl Printer {
    /// `templates`: the folder of the organisation's own, by the names of ours.
    ///
    /// # Errors
    /// When one of them does not work. Without a folder there is nothing that could go wrong before the first print.
    pub fn open(templates: Option<&Path>) -> documents::Result<Self> {
        let press = OnceLock::new();
        if templates.is_some() {
            // The only handle so far, so that nobody else has set it.
            let _ = press.set(Press::new(templates)?);
        }
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { press: Arc::new(press), places: Arc::new(Semaphore::new((processors / 2).max(1))) })
    }

    /// # Errors
    /// The document's own.
    pub async fn print<T, F>(&self, work: F) -> Result<T, PrintError>
    where
        T: Send + 'static,
        F: FnOnce(&Press) -> documents::Result<T> + Send + 'static,
    {
        let place = self.places.clone().acquire_owned().await?;
        let press = self.press.clone();
        let printed = tokio::task::spawn_blocking(move || {
            let _place = place;
            let press = match press.get() {
                Some(press) => press,
                None => {
                    let new = Press::new(None)?;
                    press.get_or_init(|| new)
                }
            };
            work(press)
        });
        Ok(printed.await??)
    }
}
