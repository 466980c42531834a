//! Files on their way in: on disk from the first byte, so that many at once need no memory.
//!
//! A spooled file carries the id that its attachment will have and stays until the attachment's row is committed. What is
//! found at the next start was cut off in between: [`super::Files::leftovers`].

use domain::attachment::{Refusal, limits};
use domain::id::AttachmentId;
use sha2::{Digest, Sha256};
use std::io;
use std::path::PathBuf;
use tokio::fs::File;
use tokio::io::{AsyncWriteExt, BufWriter};

/// Deletes the spooled file when it goes, unless it is left for the next start to judge.
#[derive(Debug)]
pub struct Ticket {
    pub id: AttachmentId,
    path: PathBuf,
    leave: bool,
}

impl Ticket {
    /// From now on there may be files in the store or a row; what is cut off before [`Ticket::settle`], the next start judges.
    pub fn leave(&mut self) {
        self.leave = true;
    }

    /// Files and row are both there, or neither is.
    pub fn settle(&mut self) {
        self.leave = false;
    }

    pub fn open(&self) -> io::Result<std::fs::File> {
        std::fs::File::open(&self.path)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if !self.leave
            && let Err(error) = std::fs::remove_file(&self.path)
        {
            tracing::warn!(%error, "a spooled file could not be removed");
        }
    }
}

/// A file that is being received.
pub struct Spool {
    ticket: Ticket,
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

/// A whole file.
#[derive(Debug)]
pub struct Received {
    pub ticket: Ticket,
    /// SHA-256 of what was sent, in hexadecimal.
    pub sha256: String,
    pub bytes: u64,
}

impl Spool {
    pub(super) async fn create(path: PathBuf, id: AttachmentId) -> io::Result<Self> {
        let file = File::options().write(true).create_new(true).open(&path).await?;
        let ticket = Ticket { id, path, leave: false };
        Ok(Self { ticket, file: BufWriter::with_capacity(64 * 1024, file), hash: Sha256::new(), bytes: 0 })
    }

    /// # Errors
    /// `Ok(Err(TooLarge))` as soon as it is; the rest need not be read.
    pub async fn push(&mut self, chunk: &[u8]) -> io::Result<Result<(), Refusal>> {
        self.bytes = self.bytes.saturating_add(chunk.len() as u64);
        if self.bytes > limits::BYTES {
            return Ok(Err(Refusal::TooLarge));
        }
        self.hash.update(chunk);
        self.file.write_all(chunk).await?;
        Ok(Ok(()))
    }

    pub async fn finish(mut self) -> io::Result<Received> {
        self.file.flush().await?;
        Ok(Received { ticket: self.ticket, sha256: crate::clock::hex(&self.hash.finalize()), bytes: self.bytes })
    }
}
