//! Pictures and documents on their way in: `multipart/form-data`, read as it comes, several files at once.
//!
//! Fields: `kind` and `taken` (milliseconds UTC) say something of the files after them; `file` is one of them. A script is
//! answered in JSON; a form without script comes back to its page, which says what came of it.

use super::failure::Failure;
use crate::desk::Desk;
use crate::desk::pictures::{Sender, TakeError};
use crate::files::Received;
use app::backend::{PictureView, Visitor};
use app::error::AppError;
use app::urls;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::http::header::{ACCEPT, REFERER};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use domain::Locale;
use domain::attachment::{AttachmentKind, Refusal, limits};
use domain::id::CaseId;
use serde::Deserialize;

/// A word, a number.
const FIELD: usize = 64;
/// How much of refused files is read to its end, so that the sender gets an answer instead of a cut connection.
const DRAIN: u64 = 8 * limits::BYTES;

pub fn router() -> Router<Desk> {
    Router::new()
        .route("/files/case/{case}", post(by_staff))
        .route("/u/{token}/files", post(by_link))
        // Each file is counted while it is read.
        .layer(DefaultBodyLimit::disable())
}

/// A language chosen on the phone's page.
#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

/// What came of a request: files taken, and the first that was not.
#[derive(Default)]
pub(super) struct Outcome {
    taken: Vec<PictureView>,
    refused: Option<Refusal>,
}

async fn by_staff(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(case): Path<String>,
    headers: HeaderMap,
    files: Multipart,
) -> Result<Response, Failure> {
    let Visitor::Staff(viewer) = visitor else { return Err(AppError::SignedOut.into()) };
    let case: CaseId = case.parse().map_err(|_| AppError::NotFound)?;
    // Before anything is read.
    desk.place_of(&viewer, case).await?;
    let outcome = take_all(&desk, Sender::Staff(&viewer), case, files).await?;
    if wants_json(&headers) {
        return in_json(outcome);
    }
    Ok(back_to(&outcome, &came_from(&headers).unwrap_or_else(|| urls::HOME.to_owned())))
}

async fn by_link(
    State(desk): State<Desk>,
    Path(token): Path<String>,
    Query(Asked { lang }): Query<Asked>,
    headers: HeaderMap,
    files: Multipart,
) -> Result<Response, Failure> {
    let script = wants_json(&headers);
    let chosen = lang.and_then(|lang| lang.parse::<Locale>().ok());
    let page = urls::upload(&token) + &chosen.map_or_else(String::new, |locale| format!("?lang={locale}"));
    let link = match desk.open_link(&token).await {
        Ok(link) => link,
        Err(error) if script => return Err(error.into()),
        // The page itself says what to do.
        Err(_) => return Ok(Redirect::to(&page).into_response()),
    };
    let outcome = take_all(&desk, Sender::Link(&link), link.case(), files).await?;
    if script { in_json(outcome) } else { Ok(back_to(&outcome, &page)) }
}

/// A bad file does not keep the others from being taken.
pub(super) async fn take_all(
    desk: &Desk,
    sender: Sender<'_>,
    case: CaseId,
    mut files: Multipart,
) -> Result<Outcome, AppError> {
    let cut_off = |_: MultipartError| AppError::invalid("file", "malformed");
    let mut outcome = Outcome::default();
    let (mut kind, mut taken, mut drained) = (AttachmentKind::Item, None, 0);
    while let Some(mut field) = files.next_field().await.map_err(cut_off)? {
        match field.name() {
            Some("kind") => {
                let key = word(field).await?;
                kind = AttachmentKind::from_key(&key).ok_or_else(|| AppError::invalid("kind", "unknown_choice"))?;
            }
            Some("taken") => taken = word(field).await?.parse().ok(),
            Some("file") => {
                // An input that nothing was chosen for.
                let nameless = field.file_name().is_none_or(str::is_empty);
                let received = receive(desk, &mut field, &mut drained).await?;
                let done = match received {
                    Ok(received) if nameless && received.bytes == 0 => continue,
                    Ok(received) => desk.take_file(sender, case, kind, received, taken).await,
                    Err(refusal) => Err(refusal.into()),
                };
                match done {
                    Ok(view) => outcome.taken.push(view),
                    Err(TakeError::Refused(refusal)) => outcome.refused = outcome.refused.or(Some(refusal)),
                    Err(TakeError::Failed(error)) => return Err(error),
                }
            }
            _ => return Err(AppError::invalid("", "malformed")),
        }
    }
    Ok(outcome)
}

async fn word(mut field: Field<'_>) -> Result<String, AppError> {
    let malformed = || AppError::invalid("", "malformed");
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| malformed())? {
        if bytes.len() + chunk.len() > FIELD {
            return Err(malformed());
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| malformed())
}

/// One file, to disk. The outer error ends the request, the inner one is about the file alone.
pub(super) async fn receive(
    desk: &Desk,
    field: &mut Field<'_>,
    drained: &mut u64,
) -> Result<Result<Received, Refusal>, AppError> {
    let mut spool = desk.receive().await?;
    while let Some(chunk) = field.chunk().await.map_err(|_| AppError::invalid("file", "malformed"))? {
        if let Err(refusal) = spool.push(&chunk).await.map_err(|e| desk.incident(&e))? {
            drop(spool);
            while let Some(chunk) = field.chunk().await.map_err(|_| AppError::invalid("file", "malformed"))? {
                *drained += chunk.len() as u64;
                if *drained > DRAIN {
                    return Err(AppError::invalid("file", "too_large"));
                }
            }
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(spool.finish().await.map_err(|e| desk.incident(&e))?))
}

fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("application/json"))
}

/// `Invalid { field: "file", key: … }` says by its key why the first of the refused files was not taken.
pub(super) fn in_json(outcome: Outcome) -> Result<Response, Failure> {
    match outcome.refused {
        None => Ok(Json(outcome.taken).into_response()),
        Some(refusal) => Err(AppError::invalid("file", refusal.key()).into()),
    }
}

/// The page that the form stood on, with what came of it in its query.
fn back_to(outcome: &Outcome, page: &str) -> Response {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let old =
        query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("sent=") && !pair.starts_with("refused="));
    let mut query: Vec<String> = old.map(str::to_owned).collect();
    query.push(format!("sent={}", outcome.taken.len()));
    query.extend(outcome.refused.map(|refusal| format!("refused={}", refusal.key())));
    Redirect::to(&format!("{path}?{}", query.join("&"))).into_response()
}

/// Path and query of the page that a form was sent from. The guard has let in nobody but our own pages.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let uri: Uri = headers.get(REFERER)?.to_str().ok()?.parse().ok()?;
    let page = uri.path_and_query()?.as_str();
    // Two slashes would begin another host's address.
    (page.starts_with('/') && !page.starts_with("//")).then(|| page.to_owned())
}
