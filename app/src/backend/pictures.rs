//! Pictures: the link behind the QR code, the phone's page, and what staff do with a picture.

use super::{Moment, Viewer};
use crate::error::Result;
use async_trait::async_trait;
use domain::Locale;
use domain::attachment::AttachmentKind;
use domain::id::{AttachmentId, CaseId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureView {
    pub id: AttachmentId,
    pub kind: AttachmentKind,
    pub pdf: bool,
    /// Pixels of the large size; 0 for a PDF.
    pub width: u32,
    pub height: u32,
    pub bytes: u64,
    pub received: Moment,
    /// Who sent it: a member of the staff, or empty for the phone's page.
    pub by: String,
}

/// What the dialog "Add picture with phone" shows. The secret is only ever in this answer and in the QR code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadLink {
    pub url: String,
    /// An SVG drawing.
    pub qr: String,
    pub seconds_left: u32,
}

/// What the phone's page shows: nothing about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadPage {
    pub organisation: String,
    pub number: Option<domain::number::Number>,
    pub locale: Locale,
    /// The customer came by a letter or from the status page, not by a QR code in the store.
    pub from_home: bool,
    /// What was asked, when the link came in a letter.
    pub question: String,
    /// Those sent through this link.
    pub pictures: Vec<PictureView>,
    /// How many more may come.
    pub remaining: u32,
    pub seconds_left: u32,
}

#[async_trait]
pub trait Pictures {
    /// A fresh link for a case or the viewer's own draft; it lives 15 minutes and the dialog renews it.
    async fn upload_link(&self, who: &Viewer, case: CaseId) -> Result<UploadLink>;
    /// # Errors
    /// `Expired` for a link that was good once, `NotFound` for any other.
    async fn upload_page(&self, token: &str) -> Result<UploadPage>;
    async fn set_kind(&self, who: &Viewer, picture: AttachmentId, kind: AttachmentKind) -> Result<()>;
    /// The holder of an upload link corrects the kind of their own picture.
    async fn set_own_kind(&self, token: &str, picture: AttachmentId, kind: AttachmentKind) -> Result<()>;
    async fn remove_picture(&self, who: &Viewer, picture: AttachmentId) -> Result<()>;
    /// The pictures of a case or of the viewer's draft, in the order taken.
    async fn pictures(&self, who: &Viewer, case: CaseId) -> Result<Vec<PictureView>>;
}
