//! Files that nothing points at any more.

use crate::desk::Desk;
use crate::files::FilesError;
use crate::store::{StoreError, attachments};
use domain::id::{AttachmentId, CaseId};
use futures::FutureExt;

const DAY: i64 = 24 * 60 * 60 * 1000;

#[derive(Debug, thiserror::Error)]
pub enum TidyError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Files(#[from] FilesError),
    #[error("the folder of incoming files: {0}")]
    Incoming(#[from] std::io::Error),
}

impl Desk {
    /// Ends what a crash cut off between a file and its row. To be called once, before the first request.
    pub async fn tidy_leftovers(&self) -> Result<usize, TidyError> {
        let leftovers = self.files.leftovers().await?;
        for id in &leftovers {
            let row = attachments::get(&mut *self.db.read().await?, *id).await?;
            if row.is_none() && self.book().public_form.logo != Some(*id) {
                self.files.remove(*id).await?;
            }
            self.files.forget_leftover(*id).await?;
        }
        Ok(leftovers.len())
    }

    /// Deletes pictures of 30 days that belong neither to a case nor to a draft. To be called daily.
    pub async fn tidy_strays(&self) -> Result<usize, TidyError> {
        let now = self.clock.now_ms();
        let strays = attachments::strays(&mut *self.db.read().await?, now - 90 * DAY, now - 30 * DAY).await?;
        let mut files = 0;
        for draft in strays {
            files += self.discard_pictures(draft).await?;
        }
        Ok(files)
    }

    /// The pictures and links of a draft that was thrown away; those of a case, or of a draft that is there, stay.
    pub async fn discard_pictures(&self, draft: CaseId) -> Result<usize, TidyError> {
        let gone = self.db.write(move |tx| attachments::delete_of_draft(tx, draft).boxed()).await?;
        self.remove_files(&gone).await?;
        Ok(gone.len())
    }

    /// The same for whoever cannot do anything about a failure.
    pub(in crate::desk) async fn remove_gone(&self, gone: &[AttachmentId]) {
        if let Err(error) = self.remove_files(gone).await {
            tracing::warn!(%error, "files without a row could not be removed");
        }
    }

    /// To be called after the commit that deleted their rows. What cannot be removed now is at the next start.
    async fn remove_files(&self, gone: &[AttachmentId]) -> Result<(), TidyError> {
        for (done, id) in gone.iter().enumerate() {
            if let Err(error) = self.files.remove(*id).await {
                for left in gone.iter().skip(done) {
                    self.files.remember_leftover(*left).await?;
                }
                return Err(error.into());
            }
        }
        Ok(())
    }
}
