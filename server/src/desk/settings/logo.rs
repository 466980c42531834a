//! The organisation's logo: one picture for pages and documents, made anew like every other.

use super::{Change, administer};
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::desk::pictures::TakeError;
use crate::files::Received;
use crate::files::shelf::Outgoing;
use app::backend::{PublicForm, Viewer};
use app::error::Result;
use domain::attachment::Refusal;
use domain::id::AttachmentId;

impl Desk {
    /// Before anything is read of a file: whether it will be taken.
    pub fn may_change_settings(&self, who: &Viewer) -> Result<()> {
        administer(who)
    }

    /// Puts a picture in the place of the logo.
    pub async fn take_logo(&self, who: &Viewer, mut received: Received) -> Result<(), TakeError> {
        administer(who)?;
        if received.bytes == 0 {
            return Err(Refusal::Empty.into());
        }
        let picture = self.files.prepare_logo(&received).await?;
        // Whoever hangs up from here on ends this in the middle.
        received.ticket.leave();
        if let Err(error) = self.files.keep_logo(received.ticket.id, picture).await {
            return Err(self.incident(&error).into());
        }
        self.set_logo(Some(received.ticket.id)).await?;
        received.ticket.settle();
        Ok(())
    }

    pub(super) async fn set_logo(&self, logo: Option<AttachmentId>) -> Result<()> {
        let with = |book: &Book| Ok(Change::PublicForm(PublicForm { logo, ..book.public_form.clone() }));
        let before = self.change(with).await?.public_form.logo;
        if let Some(before) = before.filter(|before| Some(*before) != logo) {
            self.remove_gone(&[before]).await;
        }
        Ok(())
    }

    /// For everybody; `None` once another has taken its place.
    pub async fn logo(&self, id: AttachmentId) -> Result<Option<Outgoing>> {
        self.files.read_logo(id).await.map_err(|error| self.incident(&error))
    }
}
