//! The database: many readers, and writes that share a commit where the engine has one writer.

use super::dialect::Dialect;
use super::error::{Result, StoreError};
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::any::AnyPoolOptions;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Connection, Executor};
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot};

/// A connection within a transaction.
pub type Tx = AnyConnection;

/// Told once its transaction is on disk, or why it is not.
type Answer = Box<dyn FnOnce(Result<()>) + Send>;
/// Runs within its savepoint and says whether it may be committed.
type Write = Box<dyn for<'c> FnOnce(&'c mut Tx) -> BoxFuture<'c, (bool, Answer)> + Send>;

/// How many waiting writes share one commit at most.
const BATCH: usize = 128;
const READERS: u32 = 8;

#[derive(Clone)]
pub struct Db {
    readers: AnyPool,
    writer: Option<mpsc::Sender<Write>>,
    pub dialect: Dialect,
}

impl Db {
    /// Opens the database, creates it if it is SQLite and absent, and brings it to the newest migration.
    ///
    /// # Errors
    /// When it cannot be reached, or holds what a newer Redress wrote.
    pub async fn open(url: &str) -> Result<Self> {
        let db = Self::connect(url).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// Opens it as it is.
    pub async fn connect(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let dialect = Dialect::of_url(url)
            .ok_or_else(|| StoreError::corrupt("the database URL is neither sqlite: nor postgres:"))?;
        let options = AnyPoolOptions::new().max_connections(READERS).test_before_acquire(dialect == Dialect::Postgres);
        let readers = options
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    match dialect {
                        Dialect::Sqlite => connection.execute(SQLITE_SETUP).await?,
                        Dialect::Postgres => connection.execute("set plan_cache_mode = force_custom_plan").await?,
                    };
                    Ok(())
                })
            })
            .connect(url)
            .await?;
        let writer = match dialect {
            Dialect::Postgres => None,
            Dialect::Sqlite => {
                let mut connection = AnyConnection::connect(url).await?;
                connection.execute(SQLITE_SETUP).await?;
                let (sender, receiver) = mpsc::channel(4 * BATCH);
                tokio::spawn(write_in_batches(connection, receiver));
                Some(sender)
            }
        };
        Ok(Self { readers, writer, dialect })
    }

    pub async fn migrate(&self) -> Result<()> {
        let migrator = match self.dialect {
            Dialect::Sqlite => sqlx::migrate!("../migrations/sqlite"),
            Dialect::Postgres => sqlx::migrate!("../migrations/postgres"),
        };
        migrator.run(&self.readers).await.map_err(|e| StoreError::Database(e.into()))
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<PoolConnection<Any>> {
        Ok(self.readers.acquire().await?)
    }

    /// Runs `work` in one transaction and answers after its commit. An error rolls back its own work alone.
    ///
    /// On SQLite the writes that wait for the one writer share its next commit, each within a savepoint, so that one
    /// sync of the disk serves them all.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Tx) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        let Some(writer) = &self.writer else {
            let mut tx = self.readers.begin().await?;
            return match work(&mut tx).await {
                Ok(value) => tx.commit().await.map(|()| value).map_err(Into::into),
                // At once: dropped, it would hold its rows until the connection is next seen to.
                Err(error) => {
                    tx.rollback().await?;
                    Err(error)
                }
            };
        };
        let (sender, receiver) = oneshot::channel();
        let write: Write = Box::new(move |tx| {
            Box::pin(async move {
                let outcome = AssertUnwindSafe(work(tx)).catch_unwind().await;
                let outcome = outcome.unwrap_or(Err(StoreError::Writer("it panicked")));
                let keep = outcome.is_ok();
                let answer: Answer = Box::new(move |committed| {
                    // A caller that has gone needs no answer.
                    let _ = sender.send(committed.and(outcome));
                });
                (keep, answer)
            })
        });
        writer.send(write).await.map_err(|_| StoreError::Writer("the writer has stopped"))?;
        receiver.await.map_err(|_| StoreError::Writer("the writer has stopped"))?
    }

    /// Writes a consistent copy of an SQLite database to a file that does not exist yet, beside whoever reads and writes.
    pub async fn copy_into(&self, file: &std::path::Path) -> Result<()> {
        sqlx::query("vacuum into $1").bind(file.display().to_string()).execute(&mut *self.read().await?).await?;
        Ok(())
    }

    /// Folds SQLite's write-ahead log into the one file, where nobody else uses it, and closes all readers.
    pub async fn close(&self) {
        if self.writer.is_some()
            && let Ok(mut connection) = self.read().await
            && let Err(error) = sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut *connection).await
        {
            tracing::debug!(%error, "the write-ahead log stays");
        }
        self.readers.close().await;
    }
}

const SQLITE_SETUP: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 10000; \
     pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -4000;";

async fn write_in_batches(mut connection: AnyConnection, mut queue: mpsc::Receiver<Write>) {
    while let Some(first) = queue.recv().await {
        let mut answers = Vec::new();
        let committed = batch(&mut connection, first, &mut queue, &mut answers).await;
        if let Err(error) = &committed {
            tracing::error!(%error, writes = answers.len(), "a commit failed");
            // Whatever state the failed batch left: a fresh transaction must be able to begin.
            let _ = connection.execute("rollback").await;
        }
        for answer in answers {
            answer(match &committed {
                Ok(()) => Ok(()),
                Err(_) => Err(StoreError::Writer("the commit failed")),
            });
        }
    }
}

async fn batch(
    connection: &mut AnyConnection,
    first: Write,
    queue: &mut mpsc::Receiver<Write>,
    answers: &mut Vec<Answer>,
) -> Result<()> {
    connection.execute("begin immediate").await?;
    let mut next = Some(first);
    while let Some(write) = next {
        connection.execute("savepoint one").await?;
        let (keep, answer) = write(connection).await;
        answers.push(answer);
        connection.execute(if keep { "release one" } else { "rollback to one; release one" }).await?;
        next = if answers.len() < BATCH { queue.try_recv().ok() } else { None };
    }
    connection.execute(INDEX_PENDING).await?;
    connection.execute("commit").await?;
    Ok(())
}

/// New cases enter the search index with the commit that saves them: see the migration of `words_pending`.
const INDEX_PENDING: &str = "insert into case_words (rowid, words) \
     select cases.seq, cases.words from words_pending join cases on cases.seq = words_pending.seq; \
     delete from words_pending";
