//! Letters on paper: `papers/<id>.pdf` in the object store, beside the pictures and apart from them.

use super::shelf::{Files, FilesError};
use domain::id::PaperId;
use object_store::path::Path as Key;
use object_store::{ObjectStoreExt, PutPayload};

fn key(id: PaperId) -> Key {
    Key::from_iter(["papers".to_owned(), format!("{id}.pdf")])
}

impl Files {
    /// Kept for good when it returns.
    ///
    /// # Errors
    /// The object store's.
    pub async fn keep_paper(&self, id: PaperId, pdf: Vec<u8>) -> Result<(), FilesError> {
        self.store.put(&key(id), PutPayload::from(pdf)).await?;
        Ok(())
    }

    /// `None` where there is none.
    ///
    /// # Errors
    /// The object store's.
    pub async fn paper(&self, id: PaperId) -> Result<Option<Vec<u8>>, FilesError> {
        self.whole(&key(id)).await
    }
}
