//! The object store, a local folder or a bucket: `<id>/small.jpg`, `<id>/large.jpg`, `<id>/document.pdf`,
//! `<id>/logo.png`.

use super::bench::Bench;
use super::bucket;
use super::decode::Heavy;
use super::picture::{self, Prepared, prepare};
use super::spool::{Received, Spool};
use crate::config::Config;
use app::urls::Size;
use bytes::Bytes;
use domain::attachment::Refusal;
use domain::id::AttachmentId;
use futures::StreamExt;
use futures::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload};
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::io::AsyncReadExt;

#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("the folder of the files: {0}")]
    Folder(#[from] io::Error),
    #[error("the store of the files: {0}")]
    Store(#[from] object_store::Error),
    /// For whoever set it up; never with a key.
    #[error("{place}: {words}")]
    Unreachable { place: String, words: String },
}

/// A file on its way out.
pub struct Outgoing {
    pub bytes: u64,
    pub stream: BoxStream<'static, Result<Bytes, object_store::Error>>,
}

#[derive(Clone)]
pub struct Files {
    pub(super) store: Arc<dyn ObjectStore>,
    /// Which one it is, in words; `None` for the folder.
    bucket: Option<Arc<str>>,
    incoming: PathBuf,
    pub(super) bench: Bench,
    pub(super) heavy: Arc<Heavy>,
}

/// What is put into a bucket by a try, and taken away again.
const PROBE: &str = "check";

/// Longer documents go in pieces of this size; S3 takes none that is smaller but the last.
const PIECE: u64 = 5 * 1024 * 1024;

const NAMES: [&str; 4] = ["small.jpg", "large.jpg", "document.pdf", "logo.png"];

fn key(id: AttachmentId, name: &str) -> Key {
    Key::from_iter([id.to_string().as_str(), name])
}

impl Files {
    /// In the configured bucket, or under `<data_dir>/files`; in both cases what is being received lies in
    /// `<data_dir>/incoming`, which is this server's alone.
    ///
    /// # Errors
    /// When the folders cannot be made. Whether a bucket is there is another question: see [`Files::reach`].
    pub fn open(config: &Config) -> Result<Self, FilesError> {
        let incoming = config.data_dir.join("incoming");
        std::fs::create_dir_all(&incoming)?;
        let (store, bucket) = match &config.files_url {
            Some(url) => (bucket::open(config, url)?, Some(bucket::place(config, url).into())),
            None => {
                let folder = config.data_dir.join("files");
                std::fs::create_dir_all(&folder)?;
                // A picture that was answered for survives a power cut, as its row does.
                let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true).with_automatic_cleanup(true);
                (Arc::new(store) as Arc<dyn ObjectStore>, None)
            }
        };
        Ok(Self { store, bucket, incoming, bench: Bench::open()?, heavy: Arc::default() })
    }

    /// Puts, reads and removes something in the bucket, so that a wrong name or key is found before a customer's picture is
    /// there. The folder was tried when it was made.
    ///
    /// # Errors
    /// [`FilesError::Unreachable`], in words.
    pub async fn reach(&self) -> Result<(), FilesError> {
        let Some(place) = &self.bucket else { return Ok(()) };
        let probe = Key::from(PROBE);
        let tried = async {
            match self.store.list(None).next().await {
                // Some servers make a missing bucket when something is put, but none lists it. The right to list is not
                // needed for anything else, so its absence is no fault; a wrong key is found by what follows.
                Some(Err(
                    object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. },
                )) => {}
                Some(Err(error)) => return Err(error),
                Some(Ok(_)) | None => {}
            }
            self.store.put(&probe, PutPayload::from_static(b"redress")).await?;
            match self.store.get(&probe).await {
                // Another server that starts in this moment has taken it away.
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
            match self.store.delete(&probe).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(error),
            }
        };
        tried
            .await
            .map_err(|error| FilesError::Unreachable { place: place.to_string(), words: bucket::in_words(&error) })
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
        self.made_anew(received, prepare).await
    }

    /// A PNG of at most [`picture::LOGO`] pixels' length.
    ///
    /// # Errors
    /// Why it is not taken, for the sender.
    pub async fn prepare_logo(&self, received: &Received) -> Result<Vec<u8>, Refusal> {
        self.made_anew(received, picture::logo).await
    }

    async fn made_anew<T: Send + 'static>(
        &self,
        received: &Received,
        make: impl FnOnce(&File, &Heavy) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let file = received.ticket.open().map_err(|_| Refusal::Damaged)?;
        let heavy = self.heavy.clone();
        self.bench.run(move || make(&file, &heavy)).await.unwrap_or_else(|_| {
            tracing::warn!("a decoder panicked");
            Err(Refusal::Damaged)
        })
    }

    /// Kept for good when it returns. After an error some of it may be there: see [`Files::remove`].
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
                let key = key(id, NAMES[2]);
                if received.bytes <= PIECE {
                    self.store.put(&key, piece(&mut from).await?.into()).await?;
                    return Ok(());
                }
                let mut upload = self.store.put_multipart(&key).await?;
                if let Err(error) = in_pieces(&mut *upload, &mut from).await {
                    if let Err(left) = upload.abort().await {
                        tracing::warn!(error = %left, "pieces of a document may be left in the store");
                    }
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// Kept for good when it returns.
    pub async fn keep_logo(&self, id: AttachmentId, png: Vec<u8>) -> Result<(), FilesError> {
        self.store.put(&key(id, NAMES[3]), png.into()).await?;
        Ok(())
    }

    /// `None` where there is no such file.
    pub async fn read_logo(&self, id: AttachmentId) -> Result<Option<Outgoing>, FilesError> {
        self.outgoing(&key(id, NAMES[3])).await
    }

    /// Its whole bytes; `None` where there is no such file.
    pub async fn logo_bytes(&self, id: AttachmentId) -> Result<Option<Vec<u8>>, FilesError> {
        self.whole(&key(id, NAMES[3])).await
    }

    /// `None` where there is no such file.
    pub async fn read(&self, id: AttachmentId, size: Size, pdf: bool) -> Result<Option<Outgoing>, FilesError> {
        let name = match (pdf, size) {
            (true, Size::Large) => NAMES[2],
            (true, Size::Small) => return Ok(None),
            (false, Size::Large) => NAMES[1],
            (false, Size::Small) => NAMES[0],
        };
        self.outgoing(&key(id, name)).await
    }

    async fn outgoing(&self, key: &Key) -> Result<Option<Outgoing>, FilesError> {
        match self.store.get(key).await {
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

    /// Uploads that were cut off between their first byte and their row, and what was remembered; to be asked for at the
    /// start alone.
    pub async fn leftovers(&self) -> io::Result<Vec<AttachmentId>> {
        let mut ids = Vec::new();
        let mut folder = tokio::fs::read_dir(&self.incoming).await?;
        while let Some(entry) = folder.next_entry().await? {
            ids.extend(entry.file_name().to_str().and_then(|name| name.parse::<AttachmentId>().ok()));
        }
        Ok(ids)
    }

    /// Leaves files that could not be removed to the next start.
    pub async fn remember_leftover(&self, id: AttachmentId) -> io::Result<()> {
        tokio::fs::write(self.incoming.join(id.to_string()), b"").await
    }

    /// Ends the matter of a leftover.
    pub async fn forget_leftover(&self, id: AttachmentId) -> io::Result<()> {
        tokio::fs::remove_file(self.incoming.join(id.to_string())).await
    }

    /// A picture whole, for documents; `None` where there is no such file.
    pub async fn bytes(&self, id: AttachmentId, size: Size) -> Result<Option<Vec<u8>>, FilesError> {
        let name = if size == Size::Large { NAMES[1] } else { NAMES[0] };
        self.whole(&key(id, name)).await
    }

    pub(super) async fn whole(&self, key: &Key) -> Result<Option<Vec<u8>>, FilesError> {
        match self.store.get(key).await {
            Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// One after the other, so that an upload holds one in memory.
async fn in_pieces(upload: &mut dyn MultipartUpload, from: &mut tokio::fs::File) -> Result<(), FilesError> {
    loop {
        let bytes = piece(from).await?;
        if bytes.is_empty() {
            break;
        }
        upload.put_part(bytes.into()).await?;
    }
    upload.complete().await?;
    Ok(())
}

/// The next one; empty at the end.
async fn piece(from: &mut tokio::fs::File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(PIECE).read_to_end(&mut bytes).await?;
    Ok(bytes)
}
