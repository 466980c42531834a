//! Taking a file: check, make anew, keep, then the row, so that a row never lacks its file.

use super::{OpenLink, view, within};
use crate::desk::Desk;
use crate::desk::reports::OpenReport;
use crate::desk::status::taken_up;
use crate::files::exif::Taken;
use crate::files::{Prepared, Received, Spool};
use crate::store::attachments::{self, Attachment, NewAttachment, Place};
use crate::store::error::Result as StoreResult;
use crate::store::events::{self, NewEvent};
use crate::store::{StoreError, Tx, cases, upload_links};
use app::backend::{PictureView, Viewer};
use app::error::AppError;
use domain::attachment::{AttachmentKind, Refusal, limits};
use domain::customer::{CustomerAction, step};
use domain::event::EventKind;
use domain::id::{CaseId, EventId, StaffId, StoreId, UploadLinkId};
use domain::role::Right;
use futures::FutureExt;
use jiff::tz::TimeZone;

/// Cameras lost in time are not believed: 1 January 2000.
const EARLIEST: i64 = 946_684_800_000;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Who sends a file.
#[derive(Clone, Copy, Debug)]
pub enum Sender<'a> {
    Staff(&'a Viewer),
    Link(&'a OpenLink),
    /// The browser that fills a report in.
    Report(&'a OpenReport),
}

impl Sender<'_> {
    const fn viewer(&self) -> Option<StaffId> {
        match self {
            Self::Staff(viewer) => Some(viewer.id),
            Self::Link(_) | Self::Report(_) => None,
        }
    }

    /// How many files this sender may bring a case to have.
    const fn most(&self) -> u32 {
        match self {
            Self::Staff(_) | Self::Link(_) => limits::PER_CASE,
            Self::Report(_) => domain::report::limits::FILES,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TakeError {
    /// Something is wrong with the file; told to the sender in words.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Failed(#[from] AppError),
}

/// What came of the row.
enum Outcome {
    Added(Attachment, Option<(StoreId, i64)>),
    /// The same bytes were there already; perhaps just brought back.
    Known(Attachment, Option<(StoreId, i64)>),
    Full,
}

/// What the transaction needs of the sender.
struct Traces {
    link: Option<UploadLinkId>,
    /// Until when a link stays open that was just used.
    open_until: i64,
    in_letter: bool,
    /// How many files the case may have by it.
    most: u32,
    by: Option<StaffId>,
    added: EventId,
    answered: EventId,
    joined: EventId,
    moved: EventId,
}

impl Desk {
    /// Begins to receive a file.
    pub async fn receive(&self) -> Result<Spool, AppError> {
        self.files.receive(self.random.id()).await.map_err(|e| self.incident(&e))
    }

    /// Takes a received file into a case or a draft; the same bytes again answer the first one's view.
    ///
    /// `taken` is the sender's word for when it was taken, in milliseconds UTC; the camera's own comes first.
    pub async fn take_file(
        &self,
        sender: Sender<'_>,
        case: CaseId,
        kind: AttachmentKind,
        mut received: Received,
        taken: Option<i64>,
    ) -> Result<PictureView, TakeError> {
        let (store, known) = self.before_taking(sender, case, &received).await?;
        let zone = self.zone_of(store);
        let known_view = |attachment: &Attachment| view(attachment, &self.book(), &zone);
        if let Some(known) = known.filter(|known| !known.removed) {
            let known = match sender {
                Sender::Link(_) => self.sent_again(sender, known).await?,
                Sender::Staff(_) | Sender::Report(_) => known,
            };
            return Ok(known_view(&known));
        }
        let mut prepared = self.files.prepare(&received).await?;
        let new = self.new_row(sender, case, kind, &received, &prepared, taken, &zone);
        // A sender who hangs up from here on ends this in the middle.
        received.ticket.leave();
        if let Err(error) = self.files.keep(&received, &mut prepared).await {
            self.drop_files(&mut received).await;
            return Err(self.files_failed(&error).into());
        }
        let (traces, now) = (self.traces(sender), self.clock.now_ms());
        let outcome = self.db.write(move |tx| write(tx, new, traces, now).boxed()).await;
        let (attachment, changed) = match outcome {
            Ok(Outcome::Added(attachment, changed)) => {
                received.ticket.settle();
                (attachment, Some(changed))
            }
            Ok(Outcome::Known(attachment, changed)) => {
                self.drop_files(&mut received).await;
                (attachment, changed.map(Some))
            }
            Ok(Outcome::Full) => {
                self.drop_files(&mut received).await;
                return Err(Refusal::TooMany.into());
            }
            // The commit may have come through although its answer did not.
            Err(error) => return Err(self.fail(error).into()),
        };
        if let Some(changed) = changed {
            self.tell_changed(case, changed);
            self.told_by(sender, case).await?;
        }
        Ok(known_view(&attachment))
    }

    /// A picture that is there already answers a question all the same.
    async fn sent_again(&self, sender: Sender<'_>, known: Attachment) -> Result<Attachment, AppError> {
        let (traces, now, case) = (self.traces(sender), self.clock.now_ms(), known.case);
        let written = self.db.write(move |tx| async move { again(tx, known, &traces, now).await }.boxed()).await;
        let (known, changed) = written.map_err(|error| self.fail(error))?;
        if changed.is_some() {
            self.tell_changed(case, changed);
            self.told_by(sender, case).await?;
        }
        Ok(known)
    }

    /// What a customer sends for a duplicate concerns the case that is handled.
    async fn told_by(&self, sender: Sender<'_>, case: CaseId) -> Result<(), AppError> {
        match sender {
            Sender::Link(link) if link.in_letter() => self.tell_handled(case).await.map_err(|error| self.fail(error)),
            Sender::Staff(_) | Sender::Link(_) | Sender::Report(_) => Ok(()),
        }
    }

    /// Everything that can be known before the work begins.
    async fn before_taking(
        &self,
        sender: Sender<'_>,
        case: CaseId,
        received: &Received,
    ) -> Result<(Option<StoreId>, Option<Attachment>), TakeError> {
        if received.bytes == 0 {
            return Err(Refusal::Empty.into());
        }
        let failed = |e: StoreError| self.fail(e);
        let mut connection = self.db.read().await.map_err(failed)?;
        let place = attachments::place(&mut connection, case, sender.viewer()).await.map_err(failed)?;
        let allowed = match sender {
            Sender::Staff(viewer) => viewer.may(Right::Serve) && within(viewer, place),
            Sender::Link(link) => link.case() == case,
            Sender::Report(report) => report.has(case) && matches!(place, Place::Draft { .. }),
        };
        if !allowed {
            return Err(AppError::NotFound.into());
        }
        let known = attachments::same(&mut connection, case, &received.sha256).await.map_err(failed)?;
        let full = attachments::count(&mut connection, case).await.map_err(failed)? >= sender.most();
        if full && known.as_ref().is_none_or(|known| known.removed) {
            return Err(Refusal::TooMany.into());
        }
        if let Sender::Report(report) = sender {
            let before = attachments::bytes_of(&mut connection, &report.cases()).await.map_err(failed)?;
            if before + received.bytes > domain::report::limits::BYTES {
                return Err(Refusal::TooMany.into());
            }
        }
        let store = match place {
            Place::Case { store, .. } => Some(store),
            Place::Draft { .. } => None,
        };
        Ok((store, known))
    }

    #[expect(clippy::too_many_arguments, reason = "each is one column of the row")]
    fn new_row(
        &self,
        sender: Sender<'_>,
        case: CaseId,
        kind: AttachmentKind,
        received: &Received,
        prepared: &Prepared,
        told: Option<i64>,
        zone: &TimeZone,
    ) -> NewAttachment {
        let now = self.clock.now_ms();
        let (pdf, width, height, taken) = match prepared {
            Prepared::Picture { width, height, taken, .. } => (false, *width, *height, *taken),
            Prepared::Document => (true, 0, 0, None),
        };
        let attachment = Attachment {
            id: received.ticket.id,
            case,
            kind,
            pdf,
            width,
            height,
            bytes: received.bytes,
            taken_at: taken_at(now, taken, told, zone),
            received_at: now,
            staff: sender.viewer(),
            link: match sender {
                Sender::Staff(_) | Sender::Report(_) => None,
                Sender::Link(link) => Some(link.id()),
            },
            removed: false,
        };
        NewAttachment { attachment, sha256: received.sha256.clone() }
    }

    fn traces(&self, sender: Sender<'_>) -> Traces {
        let plain = Traces {
            link: None,
            open_until: 0,
            in_letter: false,
            most: sender.most(),
            by: sender.viewer(),
            added: self.random.id(),
            answered: self.random.id(),
            joined: self.random.id(),
            moved: self.random.id(),
        };
        match sender {
            Sender::Staff(_) | Sender::Report(_) => plain,
            Sender::Link(link) => Traces {
                link: Some(link.id()),
                open_until: link.open_until(self.clock.now_ms()),
                in_letter: link.in_letter(),
                by: link.by(),
                ..plain
            },
        }
    }

    /// What cannot be removed now is at the next start.
    async fn drop_files(&self, received: &mut Received) {
        match self.files.remove(received.ticket.id).await {
            Ok(()) => received.ticket.settle(),
            Err(error) => tracing::warn!(%error, "files without a row could not be removed"),
        }
    }
}

/// The camera's word, else the sender's, else the arrival.
fn taken_at(now: i64, camera: Option<Taken>, told: Option<i64>, zone: &TimeZone) -> i64 {
    let believable = |ms: &i64| (EARLIEST..now + DAY).contains(ms);
    let camera = camera.and_then(|taken| taken.utc_ms(zone)).filter(believable);
    camera.or(told.filter(believable)).unwrap_or(now)
}

async fn write(tx: &mut Tx, new: NewAttachment, traces: Traces, now: i64) -> StoreResult<Outcome> {
    let mut attachment = new.attachment.clone();
    let case = attachment.case;
    let known = attachments::same(tx, case, &new.sha256).await?;
    let here = known.as_ref().is_some_and(|known| !known.removed);
    if !here && attachments::count(tx, case).await? >= traces.most {
        return Ok(Outcome::Full);
    }
    use_link(tx, case, &traces, now).await?;
    let mut added = false;
    match known {
        Some(known) if here => {
            let (known, changed) = again(tx, known, &traces, now).await?;
            return Ok(Outcome::Known(known, changed));
        }
        Some(known) => {
            attachments::set_removed(tx, known.id, None).await?;
            attachment = Attachment { removed: false, ..known };
        }
        None => {
            added = attachments::insert(tx, &new).await?;
            if !added {
                // Another server's transaction was first.
                let first = attachments::same(tx, case, &new.sha256).await?;
                return Ok(Outcome::Known(first.ok_or(AppError::Conflict)?, None));
            }
        }
    }
    let changed = attachments::touch_case(tx, case, now).await?;
    if changed.is_some() {
        let what = EventKind::AttachmentAdded { id: attachment.id, kind: attachment.kind };
        let event = NewEvent { id: traces.added, case, by: traces.by, at_ms: now, what: &what };
        events::insert(tx, &event).await?;
        answer(tx, case, &traces, now).await?;
    }
    Ok(if added { Outcome::Added(attachment, changed) } else { Outcome::Known(attachment, changed) })
}

/// A picture that the case has already: the link's page shows it from now on, and what was asked is answered.
async fn again(
    tx: &mut Tx,
    known: Attachment,
    traces: &Traces,
    now: i64,
) -> StoreResult<(Attachment, Option<(StoreId, i64)>)> {
    use_link(tx, known.case, traces, now).await?;
    let newer = traces.link.filter(|link| known.link != Some(*link));
    if let Some(link) = newer {
        attachments::set_link(tx, known.id, link).await?;
    }
    let answered = answer(tx, known.case, traces, now).await?;
    let changed = if answered { attachments::touch_case(tx, known.case, now).await? } else { None };
    Ok((Attachment { link: newer.or(known.link), ..known }, changed))
}

/// A link in a letter outlives its case: nothing more is sent to what is closed. That of a duplicate leads on to the case
/// that is handled.
async fn use_link(tx: &mut Tx, case: CaseId, traces: &Traces, now: i64) -> StoreResult<()> {
    let Some(link) = traces.link else { return Ok(()) };
    if traces.in_letter
        && let Some(handled) = cases::handled(tx, case).await?
        && step(handled.standing, CustomerAction::AddPicture).is_err()
    {
        return Err(AppError::Expired.into());
    }
    upload_links::used(tx, link, now, traces.open_until).await
}

/// What the customer was asked is answered; whether there was anything to answer.
async fn answer(tx: &mut Tx, case: CaseId, traces: &Traces, now: i64) -> StoreResult<bool> {
    let Some(link) = traces.link.filter(|_| traces.in_letter) else { return Ok(false) };
    let answered = upload_links::answered(tx, link, now).await?;
    if answered {
        let what = EventKind::CustomerAnswered;
        let event = NewEvent { id: traces.answered, case, by: traces.by, at_ms: now, what: &what };
        events::insert(tx, &event).await?;
    }
    taken_up(tx, case, CustomerAction::AddPicture, [traces.joined, traces.moved], now).await?;
    Ok(answered)
}
