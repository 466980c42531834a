//! Labels that carriers made: `labels/<id>` in the object store, beside the pictures and apart from them, since a label is
//! no attachment of a case.

use super::kind::{FileKind, HEAD};
use super::picture::Prepared;
use super::shelf::{Files, FilesError};
use super::spool::Received;
use domain::attachment::Refusal;
use object_store::path::Path as Key;
use object_store::{ObjectStoreExt, PutPayload};
use std::io::Read;
use uuid::Uuid;

/// Bytes of a label; a dozen pages of drawings have less.
pub const LABEL_BYTES: u64 = 5 * 1024 * 1024;

pub const LABEL_PDF: &str = "application/pdf";
pub const LABEL_JPEG: &str = "image/jpeg";
pub const LABEL_ZPL: &str = "text/plain; charset=utf-8";

/// A label that was checked.
pub struct LabelFile {
    pub bytes: Vec<u8>,
    /// One of the three above.
    pub content_type: &'static str,
}

fn key(id: Uuid) -> Key {
    Key::from_iter(["labels", id.to_string().as_str()])
}

/// Zebra's language: text that begins a label and ends one. White space and commands of the printer may stand before it.
fn is_zpl(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).ok().map(str::trim_start);
    text.is_some_and(|text| {
        text.starts_with(['^', '~']) && text.contains("^XA") && text.contains("^XZ") && !text.contains('\0')
    })
}

impl Files {
    /// A PDF as it is, a picture made anew, or ZPL.
    ///
    /// # Errors
    /// Why it is not taken, for the sender.
    pub async fn label_of(&self, received: &Received) -> Result<LabelFile, Refusal> {
        if received.bytes == 0 {
            return Err(Refusal::Empty);
        }
        if received.bytes > LABEL_BYTES {
            return Err(Refusal::TooLarge);
        }
        let ticket = &received.ticket;
        let read = || {
            let mut bytes = Vec::new();
            ticket.open()?.take(LABEL_BYTES).read_to_end(&mut bytes)?;
            std::io::Result::Ok(bytes)
        };
        let bytes = read().map_err(|_| Refusal::Damaged)?;
        if FileKind::of(&bytes[..bytes.len().min(HEAD)]).is_none() {
            return if is_zpl(&bytes) {
                Ok(LabelFile { bytes, content_type: LABEL_ZPL })
            } else {
                Err(Refusal::UnknownType)
            };
        }
        Ok(match self.prepare(received).await? {
            Prepared::Document => LabelFile { bytes, content_type: LABEL_PDF },
            Prepared::Picture { large, .. } => LabelFile { bytes: large, content_type: LABEL_JPEG },
        })
    }

    /// Kept for good when it returns.
    pub async fn keep_label(&self, id: Uuid, bytes: Vec<u8>) -> Result<(), FilesError> {
        self.store.put(&key(id), PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// `None` where there is none.
    pub async fn label(&self, id: Uuid) -> Result<Option<Vec<u8>>, FilesError> {
        self.whole(&key(id)).await
    }

    pub async fn remove_label(&self, id: Uuid) -> Result<(), FilesError> {
        match self.store.delete(&key(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_zpl;

    #[test]
    fn zpl_is_told_from_other_texts() {
        assert!(is_zpl(b"^XA^FO20,20^FDHi^FS^XZ") && is_zpl(b"\n~TA000\n^XA\n^XZ\n"));
        for other in [&b"<html>^XA^XZ"[..], b"^XA", b"^XZ", b"", b"^XA\0^XZ", b"^XA\xff^XZ"] {
            assert!(!is_zpl(other), "{other:?}");
        }
    }
}
