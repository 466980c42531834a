//! A customer's form without script, and its pictures. Whoever knows a report's secret may fill it in; whoever knows none
//! may begin one, as often as the limits let them.

use super::failure::Failure;
use super::multipart::{Bounds, Filled, on_to};
use super::{files, upload};
use crate::desk::Desk;
use crate::desk::pictures::Sender;
use app::backend::{Origin, ReportInput, Reports};
use app::error::AppError;
use app::guise::Guise;
use app::urls;
use axum::extract::{DefaultBodyLimit, Multipart, Path, RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use domain::Locale;
use domain::attachment::limits;
use domain::form::filing::Step;
use domain::id::CaseId;

/// What strangers may send at once: a long form, and the pictures of an article from a good camera.
const BOUNDS: Bounds =
    Bounds { typed: 64 * 1024, inputs: 300, files: domain::report::limits::FILES as usize, bytes: 6 * limits::BYTES };

pub fn router() -> Router<Desk> {
    Router::new()
        .route("/report/{token}", post(fill))
        .route("/report/{token}/files/{id}", post(send_pictures))
        .route("/report/{token}/files/{id}/{size}", get(picture))
        // Files are counted while they are read.
        .layer(DefaultBodyLimit::disable())
}

async fn fill(
    State(desk): State<Desk>,
    Extension(origin): Extension<Origin>,
    Extension(locale): Extension<Locale>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    form: Multipart,
) -> Result<Response, Failure> {
    let guise = Guise::of_query(&query.unwrap_or_default());
    // Before anything is read: whether there is a place for it.
    match desk.may_fill(origin, &token).await {
        Err(AppError::Expired) => return Ok(Redirect::to(&guise.put_on(&urls::report_sent(&token))).into_response()),
        other => other?,
    }
    let filled = Filled::read(&desk, form, BOUNDS).await?;
    let case: CaseId = filled.input("case")?;
    let input = ReportInput {
        token: token.clone(),
        case,
        type_key: filled.input("type")?,
        form_version: filled.input("form_version")?,
        answers: filled.answers.clone(),
        website: filled.inputs.get("website").cloned().unwrap_or_default(),
    };
    let intent = filled.intent().to_owned();
    // The report makes the place that the pictures go to.
    desk.save_report(origin, locale, input).await?;
    let report = desk.open_report(&token).await.map_err(|error| desk.fail(error))?;
    let refused = filled.take(&desk, Sender::Report(&report), case).await?;
    let item = urls::report_item(&token, case);
    let at_pictures = format!("{item}#{}", Step::Fault.key());
    let chosen = intent.strip_prefix("lang.").and_then(|language| language.parse().ok());
    let to = match chosen {
        Some(language) => guise.speaking(language).put_on(&item),
        None if intent == "pictures" || refused.is_some() => guise.put_on(&at_pictures),
        None => guise.put_on(&urls::report_review(&token)),
    };
    let mut response = on_to(&to, refused);
    let cookie = desk.remember_report(&token, guise.framed);
    if let Ok(cookie) = HeaderValue::try_from(cookie.0) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// A script sends the pictures of one article, each by itself.
async fn send_pictures(
    State(desk): State<Desk>,
    Path((token, case)): Path<(String, String)>,
    pictures: Multipart,
) -> Result<Response, Failure> {
    let case: CaseId = case.parse().map_err(|_| AppError::NotFound)?;
    // Before anything is read.
    let report = desk.open_report(&token).await.map_err(|error| desk.fail(error))?;
    if !report.has(case) {
        return Err(AppError::NotFound.into());
    }
    upload::in_json(upload::take_all(&desk, Sender::Report(&report), case, pictures).await?)
}

async fn picture(
    State(desk): State<Desk>,
    Path((token, picture, asked)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let (attachment, file) = desk.report_file(&token, files::id(&picture)?, files::size(&asked)?).await?;
    Ok(files::answer(&attachment, file))
}
