//! Links that a phone sends pictures through: 128 random bits behind a QR code or in a letter.

use super::{qr, view};
use crate::clock::token_hash;
use crate::desk::Desk;
use crate::files::shelf::Outgoing;
use crate::store::StoreError;
use crate::store::attachments::{self, Attachment};
use crate::store::upload_links::{self, Link, NewLink};
use app::backend::{UploadLink, UploadPage, Viewer};
use app::error::{AppError, Result};
use app::urls::{self, Size};
use domain::attachment::limits;
use domain::id::{AttachmentId, CaseId, StaffId, UploadLinkId};
use futures::FutureExt;

const MINUTE: i64 = 60 * 1000;
/// How long a QR code is good for.
const QR_LIFE: i64 = 15 * MINUTE;
/// A phone that sent something so recently is in the middle of it.
const BUSY: i64 = 10 * MINUTE;
/// A code that was shown so recently may just have been scanned.
const FRESH: i64 = 2 * MINUTE;
/// However busy, a QR code's link ends.
const QR_END: i64 = 2 * 60 * MINUTE;

/// A link that is good now.
#[derive(Clone, Debug)]
pub struct OpenLink(Link);

impl OpenLink {
    pub const fn id(&self) -> UploadLinkId {
        self.0.id
    }

    pub const fn case(&self) -> CaseId {
        self.0.case
    }

    pub fn in_letter(&self) -> bool {
        self.0.in_letter()
    }

    /// Whose doing it is: that of whoever showed the QR code; a customer's own answer is nobody's of the staff.
    pub fn by(&self) -> Option<StaffId> {
        self.0.staff.filter(|_| !self.in_letter())
    }

    /// Until when a use at that moment keeps it open.
    pub fn open_until(&self, now_ms: i64) -> i64 {
        if self.in_letter() { self.0.expires_at } else { (now_ms + BUSY).min(self.0.created_at + QR_END) }
    }

    fn seconds_left(&self, now_ms: i64) -> u32 {
        seconds(self.0.expires_at - now_ms)
    }
}

fn seconds(ms: i64) -> u32 {
    u32::try_from(ms / 1000).unwrap_or_default()
}

impl Desk {
    /// # Errors
    /// `Expired` for a link that was good once, `NotFound` for any other.
    pub async fn open_link(&self, token: &str) -> Result<OpenLink> {
        let mut connection = self.db.read().await.map_err(|e| self.fail(e))?;
        let link = upload_links::find(&mut connection, &token_hash(token)).await.map_err(|e| self.fail(e))?;
        match link {
            None => Err(AppError::NotFound),
            Some(link) if link.is_open(self.clock.now_ms()) => Ok(OpenLink(link)),
            Some(_) => Err(AppError::Expired),
        }
    }

    pub(super) async fn fresh_link(&self, who: &Viewer, case: CaseId) -> Result<UploadLink> {
        let (token, id, now) = (self.random.token(), self.random.id(), self.clock.now_ms());
        let (hash, staff) = (token_hash(&token), who.id);
        let written = self.db.write(move |tx| {
            async move {
                upload_links::revoke_older(tx, case, staff, now, now - BUSY, now - FRESH).await?;
                let link = NewLink {
                    id,
                    token_hash: hash,
                    case,
                    staff: Some(staff),
                    question: "",
                    created_at: now,
                    expires_at: now + QR_LIFE,
                };
                upload_links::issue(tx, link).await
            }
            .boxed()
        });
        written.await.map_err(|e| self.fail(e))?;
        let url = format!("{}{}", self.config.public_url, urls::upload(&token));
        let qr =
            qr::svg(&url).ok_or_else(|| self.fail(StoreError::corrupt("the public URL is too long for a QR code")))?;
        Ok(UploadLink { url, qr, seconds_left: seconds(QR_LIFE) })
    }

    /// A picture that came through this link.
    pub(super) async fn own_picture(&self, link: &OpenLink, picture: AttachmentId) -> Result<Attachment> {
        let mut connection = self.db.read().await.map_err(|e| self.fail(e))?;
        let attachment = attachments::get(&mut connection, picture).await.map_err(|e| self.fail(e))?;
        attachment.filter(|a| !a.removed && a.link == Some(link.id())).ok_or(AppError::NotFound)
    }

    /// A file for the holder of the link that it came through.
    pub async fn own_file(&self, token: &str, id: AttachmentId, size: Size) -> Result<(Attachment, Outgoing)> {
        let link = self.open_link(token).await?;
        let attachment = self.own_picture(&link, id).await?;
        let file = self.outgoing(&attachment, size).await?;
        Ok((attachment, file))
    }

    pub(super) async fn page_of_link(&self, link: &OpenLink) -> Result<UploadPage> {
        let book = self.book();
        let failed = |e: StoreError| self.fail(e);
        let mut connection = self.db.read().await.map_err(failed)?;
        let case = upload_links::case_of(&mut connection, link.case()).await.map_err(failed)?;
        let all = attachments::of_case(&mut connection, link.case()).await.map_err(failed)?;
        let zone = self.zone_of(case.as_ref().map(|case| case.store));
        let store_locale = case.as_ref().and_then(|case| book.stores.get(&case.store)).map(|store| store.locale);
        let locale = match &case {
            Some(case) if link.in_letter() => case.customer_locale,
            _ => store_locale.unwrap_or(book.organisation.locale),
        };
        let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
        Ok(UploadPage {
            organisation: book.organisation.name.clone(),
            number: case.map(|case| case.number),
            locale,
            from_home: link.in_letter(),
            question: link.0.question.clone(),
            pictures: all.iter().filter(|a| a.link == Some(link.id())).map(|a| view(a, &book, &zone)).collect(),
            remaining: limits::PER_CASE.saturating_sub(count),
            seconds_left: link.seconds_left(self.clock.now_ms()),
        })
    }
}
