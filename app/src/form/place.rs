//! Where a form is kept, and where its pictures go.

use crate::backend::{FormInput, PictureView};
use crate::error::Result;
use crate::urls::Size;
use async_trait::async_trait;
use domain::id::AttachmentId;

/// A draft or a case of the staff's, or a report of a customer's.
#[async_trait]
pub trait Place: Send + Sync {
    /// Keeps what was typed, good or not.
    async fn keep(&self, input: FormInput) -> Result<()>;
    /// The same as a post that outlives the page: its address and its JSON.
    fn farewell(&self, input: FormInput) -> Option<(&'static str, String)>;
    /// The page that shows it again once it was kept.
    fn address(&self) -> String;
    /// Where pictures are posted.
    fn files(&self) -> String;
    fn file(&self, picture: AttachmentId, size: Size) -> String;
    async fn pictures(&self) -> Result<Vec<PictureView>>;
    /// Answers those that are left.
    async fn remove(&self, picture: AttachmentId) -> Result<Vec<PictureView>>;
    /// People write about themselves, on a device of their own: their browser may help with what it knows of them.
    fn is_own_device(&self) -> bool;
}
