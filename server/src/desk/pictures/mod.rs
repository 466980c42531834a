//! Pictures of cases and drafts: taking, showing, sorting, removing, and the links that phones send them through.

mod link;
mod qr;
mod take;
mod tidy;

pub use link::OpenLink;
pub use take::{Sender, TakeError};

use super::Desk;
use super::book::Book;
use crate::files::FilesError;
use crate::files::shelf::Outgoing;
use crate::live::Changed;
use crate::store::attachments::{self, Attachment, Place};
use crate::store::events::{self, NewEvent};
use crate::store::{StoreError, Tx};
use app::backend::{Moment, PictureView, Pictures, UploadLink, UploadPage, Viewer};
use app::error::{AppError, Result};
use app::urls::Size;
use async_trait::async_trait;
use domain::attachment::AttachmentKind;
use domain::event::EventKind;
use domain::id::{AttachmentId, CaseId, StaffId, StoreId};
use domain::role::Right;
use futures::FutureExt;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

impl Desk {
    /// That the viewer may see and add pictures of this case: a case within reach, or a draft of their own.
    ///
    /// # Errors
    /// `NotFound` for any other, so that nobody learns which ids exist.
    pub async fn place_of(&self, who: &Viewer, case: CaseId) -> Result<Place> {
        if !who.may(Right::Serve) {
            return Err(AppError::Forbidden);
        }
        let mut connection = self.db.read().await.map_err(|e| self.fail(e))?;
        let place = attachments::place(&mut connection, case, Some(who.id)).await.map_err(|e| self.fail(e))?;
        if within(who, place) { Ok(place) } else { Err(AppError::NotFound) }
    }

    /// The pictures of a case in the order taken, as its pages show them. `zone` is that of the case's store.
    pub async fn picture_views(
        &self,
        tx: &mut Tx,
        case: CaseId,
        zone: &TimeZone,
    ) -> Result<Vec<PictureView>, StoreError> {
        let book = self.book();
        Ok(attachments::of_case(tx, case).await?.iter().map(|a| view(a, &book, zone)).collect())
    }

    /// A file for somebody of the staff.
    pub async fn picture_file(&self, who: &Viewer, id: AttachmentId, size: Size) -> Result<(Attachment, Outgoing)> {
        let attachment = self.seen(who, id).await?;
        let file = self.outgoing(&attachment, size).await?;
        Ok((attachment, file))
    }

    pub(crate) async fn outgoing(&self, attachment: &Attachment, size: Size) -> Result<Outgoing> {
        let file = self.files.read(attachment.id, size, attachment.pdf).await;
        file.map_err(|e| self.files_failed(&e))?.ok_or(AppError::NotFound)
    }

    pub(crate) fn files_failed(&self, error: &FilesError) -> AppError {
        self.incident(error)
    }

    /// One that is there and that the viewer may see.
    async fn seen(&self, who: &Viewer, id: AttachmentId) -> Result<Attachment> {
        let mut connection = self.db.read().await.map_err(|e| self.fail(e))?;
        let attachment = attachments::get(&mut connection, id).await.map_err(|e| self.fail(e))?;
        drop(connection);
        let attachment = attachment.filter(|a| !a.removed).ok_or(AppError::NotFound)?;
        self.place_of(who, attachment.case).await?;
        Ok(attachment)
    }

    /// The clock of the case's store, or of the organisation while there is no case.
    pub(crate) fn zone_of(&self, store: Option<StoreId>) -> TimeZone {
        let book = self.book();
        match store.and_then(|id| book.stores.get(&id)) {
            Some(store) => store.zone.clone(),
            None => TimeZone::get(&book.organisation.time_zone).unwrap_or(TimeZone::UTC),
        }
    }

    /// To every screen that shows the case; a draft has no store and no versions.
    pub(crate) fn tell_changed(&self, case: CaseId, changed: Option<(StoreId, i64)>) {
        let (store, version) = changed.map_or((None, 0), |(store, version)| (Some(store), version));
        self.live.tell(Changed { case, store, version });
    }

    async fn change_kind(&self, by: Option<StaffId>, id: AttachmentId, kind: AttachmentKind) -> Result<()> {
        let (now, event) = (self.clock.now_ms(), self.random.id());
        let changed = self.db.write(move |tx| {
            async move {
                let attachment = attachments::get(tx, id).await?.filter(|a| !a.removed).ok_or(AppError::NotFound)?;
                if attachment.kind == kind {
                    return Ok(None);
                }
                attachments::set_kind(tx, id, kind).await?;
                let changed = attachments::touch_case(tx, attachment.case, now).await?;
                if changed.is_some() {
                    let what = EventKind::AttachmentKindSet { id, from: attachment.kind, to: kind };
                    let event = NewEvent { id: event, case: attachment.case, by, at_ms: now, what: &what };
                    events::insert(tx, &event).await?;
                }
                Ok(Some((attachment.case, changed)))
            }
            .boxed()
        });
        if let Some((case, changed)) = changed.await.map_err(|e| self.fail(e))? {
            self.tell_changed(case, changed);
        }
        Ok(())
    }
}

fn within(who: &Viewer, place: Place) -> bool {
    match place {
        Place::Case { store, .. } => who.reach.covers(store),
        Place::Draft { foreign } => !foreign,
    }
}

/// As the clock in that zone shows it.
pub(crate) fn moment(utc_ms: i64, zone: &TimeZone) -> Moment {
    let local = Timestamp::from_millisecond(utc_ms).map_or(DateTime::ZERO, |t| zone.to_datetime(t));
    Moment { utc_ms, local }
}

/// How many there are of each kind.
pub(crate) fn counts(pictures: &[Attachment]) -> Vec<(AttachmentKind, u32)> {
    let of = |kind| pictures.iter().filter(|picture| picture.kind == kind).count();
    AttachmentKind::ALL.map(|kind| (kind, u32::try_from(of(kind)).unwrap_or(u32::MAX))).to_vec()
}

pub(crate) fn view(attachment: &Attachment, book: &Book, zone: &TimeZone) -> PictureView {
    PictureView {
        id: attachment.id,
        kind: attachment.kind,
        pdf: attachment.pdf,
        width: attachment.width,
        height: attachment.height,
        bytes: attachment.bytes,
        received: moment(attachment.received_at, zone),
        by: book.staff_name(attachment.staff),
    }
}

#[async_trait]
impl Pictures for Desk {
    async fn upload_link(&self, who: &Viewer, case: CaseId) -> Result<UploadLink> {
        self.place_of(who, case).await?;
        self.fresh_link(who, case).await
    }

    async fn upload_page(&self, token: &str) -> Result<UploadPage> {
        self.page_of_link(&self.open_link(token).await?).await
    }

    async fn set_kind(&self, who: &Viewer, picture: AttachmentId, kind: AttachmentKind) -> Result<()> {
        self.seen(who, picture).await?;
        self.change_kind(Some(who.id), picture, kind).await
    }

    async fn set_own_kind(&self, token: &str, picture: AttachmentId, kind: AttachmentKind) -> Result<()> {
        let link = self.open_link(token).await?;
        self.own_picture(&link, picture).await?;
        self.change_kind(link.by(), picture, kind).await
    }

    async fn remove_picture(&self, who: &Viewer, picture: AttachmentId) -> Result<()> {
        let case = self.seen(who, picture).await?.case;
        let (now, event, by) = (self.clock.now_ms(), self.random.id(), Some(who.id));
        let changed = self.db.write(move |tx| {
            async move {
                attachments::set_removed(tx, picture, Some(now)).await?;
                let changed = attachments::touch_case(tx, case, now).await?;
                if changed.is_some() {
                    let what = EventKind::AttachmentRemoved { id: picture };
                    events::insert(tx, &NewEvent { id: event, case, by, at_ms: now, what: &what }).await?;
                }
                Ok(changed)
            }
            .boxed()
        });
        let changed = changed.await.map_err(|e| self.fail(e))?;
        self.tell_changed(case, changed);
        Ok(())
    }

    async fn pictures(&self, who: &Viewer, case: CaseId) -> Result<Vec<PictureView>> {
        let zone = match self.place_of(who, case).await? {
            Place::Case { store, .. } => self.zone_of(Some(store)),
            Place::Draft { .. } => self.zone_of(None),
        };
        let mut connection = self.db.read().await.map_err(|e| self.fail(e))?;
        self.picture_views(&mut connection, case, &zone).await.map_err(|e| self.fail(e))
    }
}
