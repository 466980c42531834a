//! The object store: a local folder, `<id>/small.jpg`, `<id>/large.jpg`, `<id>/document.pdf`.

use super::bench::Bench;
use super::decode::Heavy;
use super::picture::{Prepared, prepare};
use super::spool::{Received, Spool};
use app::urls::Size;
use bytes::Bytes;
use domain::attachment::Refusal;
use domain::id::AttachmentId;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::AsyncWriteExt;

#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("the folder of the files: {0}")]
    Folder(#[from] io::Error),
    #[error("the store of the files: {0}")]
    Store(#[from] object_store::Error),
}

/// A file on its way out.
pub struct Outgoing {
    pub bytes: u64,
    pub stream: BoxStream<'static, Result<Bytes, object_store::Error>>,
}

#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    incoming: PathBuf,
    bench: Bench,
    heavy: Arc<Heavy>,
}

const NAMES: [&str; 3] = ["small.jpg", "large.jpg", "document.pdf"];

fn key(id: AttachmentId, name: &str) -> Key {
    Key::from_iter([id.to_string().as_str(), name])
}

impl Files {
    /// Under `<data_dir>/files` and `<data_dir>/incoming`.
    pub fn open(data_dir: &Path) -> Result<Self, FilesError> {
        let (folder, incoming) = (data_dir.join("files"), data_dir.join("incoming"));
        std::fs::create_dir_all(&folder)?;
        std::fs::create_dir_all(&incoming)?;
        // A picture that was answered for survives a power cut, as its row does.
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Self { store: Arc::new(store), incoming, bench: Bench::open()?, heavy: Arc::default() })
    }

    /// Begins to receive the file of a future attachment.
    pub async fn receive(&self, id: AttachmentId) -> io::Result<Spool> {
        Spool::create(self.incoming.join(id.to_string()), id).await
    }

    /// Checks it and makes it anew.
    ///
    /// # Errors
    /// Why it is not taken, for the sender.
    pub async fn prepare(&self, received: &Received) -> Result<Prepared, Refusal> {
        let file = received.ticket.open().map_err(|_| Refusal::Damaged)?;
        let heavy = self.heavy.clone();
        self.bench.run(move || prepare(&file, &heavy)).await.unwrap_or_else(|_| {
            tracing::warn!("a decoder panicked");
            Err(Refusal::Damaged)
        })
    }

    /// On disk when it returns.
    pub async fn keep(&self, received: &Received, prepared: &mut Prepared) -> Result<(), FilesError> {
        let id = received.ticket.id;
        match prepared {
            Prepared::Picture { large, small, .. } => {
                let put = |name, bytes: &mut Vec<u8>| {
                    let payload = PutPayload::from(std::mem::take(bytes));
                    async move { self.store.put(&key(id, name), payload).await }
                };
                futures::try_join!(put(NAMES[1], large), put(NAMES[0], small))?;
            }
            Prepared::Document => {
                let mut from = tokio::fs::File::from_std(received.ticket.open()?);
                let mut to = BufWriter::with_capacity(self.store.clone(), key(id, NAMES[2]), 1024 * 1024);
                tokio::io::copy(&mut from, &mut to).await?;
                to.shutdown().await?;
            }
        }
        Ok(())
    }

    /// `None` where there is no such file.
    pub async fn read(&self, id: AttachmentId, size: Size, pdf: bool) -> Result<Option<Outgoing>, FilesError> {
        let name = match (pdf, size) {
            (true, Size::Large) => NAMES[2],
            (true, Size::Small) => return Ok(None),
            (false, Size::Large) => NAMES[1],
            (false, Size::Small) => NAMES[0],
        };
        match self.store.get(&key(id, name)).await {
            Ok(found) => Ok(Some(Outgoing { bytes: found.meta.size, stream: found.into_stream().boxed() })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Those that are there.
    pub async fn remove(&self, id: AttachmentId) -> Result<(), FilesError> {
        for name in NAMES {
            match self.store.delete(&key(id, name)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Uploads that a crash cut off between their first byte and their row; to be asked for at the start alone.
    pub async fn leftovers(&self) -> io::Result<Vec<AttachmentId>> {
        let mut ids = Vec::new();
        let mut folder = tokio::fs::read_dir(&self.incoming).await?;
        while let Some(entry) = folder.next_entry().await? {
            ids.extend(entry.file_name().to_str().and_then(|name| name.parse::<AttachmentId>().ok()));
        }
        Ok(ids)
    }

    /// Ends the matter of a leftover.
    pub async fn forget_leftover(&self, id: AttachmentId) -> io::Result<()> {
        tokio::fs::remove_file(self.incoming.join(id.to_string())).await
    }

    /// Reads a small file whole, for tests and for letters.
    pub async fn bytes(&self, id: AttachmentId, size: Size) -> Result<Option<Vec<u8>>, FilesError> {
        match self.read(id, size, false).await? {
            None => Ok(None),
            Some(file) => Ok(Some(
                file.stream
                    .try_fold(Vec::new(), |mut all, chunk| async move {
                        all.extend_from_slice(&chunk);
                        Ok(all)
                    })
                    .await?,
            )),
        }
    }
}
