//! Returns beyond their pages: the address that a label's code holds, and a carrier's label as a file.

use super::failure::Failure;
use super::retry::{Form, most_bytes};
use super::upload::receive;
use crate::desk::Desk;
use crate::desk::rmas::by_hand::{ByHandError, Given};
use app::backend::{Viewer, Visitor};
use app::error::AppError;
use app::urls;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use domain::number::Number;
use std::collections::BTreeMap;

/// Bytes of one typed input.
const TYPED: usize = 1024;

pub fn router() -> Router<Desk> {
    Router::new()
        // The file is counted while it is read.
        .route("/rma/{number}/label", post(label).layer(DefaultBodyLimit::disable()))
        .route("/r/{number}", get(code))
}

/// Whoever holds the parcel scans its label: staff come to the return, customers to where they find their case.
async fn code(Extension(visitor): Extension<Visitor>, Path(number): Path<String>) -> Result<Response, Failure> {
    let to = match (number.parse::<Number>(), visitor) {
        (Ok(number), Visitor::Staff(_)) => urls::scan(&number.to_string()),
        (Ok(number), Visitor::Nobody | Visitor::Tablet(_)) => format!("{}?number={number}", urls::STATUS),
        (Err(_), Visitor::Staff(_)) => urls::SCAN.to_owned(),
        (Err(_), Visitor::Nobody | Visitor::Tablet(_)) => urls::STATUS.to_owned(),
    };
    Ok(Redirect::to(&to).into_response())
}

async fn label(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    headers: HeaderMap,
    fields: Multipart,
) -> Result<Response, Failure> {
    let Visitor::Staff(who) = &visitor else { return Err(AppError::SignedOut.into()) };
    let number: Number = number.parse().map_err(|_| AppError::NotFound)?;
    // Before anything is read.
    desk.label_is_wanted(who, number).await?;
    let mut typed = BTreeMap::new();
    let error = match take(&desk, who, number, fields, &mut typed).await {
        Ok(()) => return Ok(Redirect::to(&urls::rma(number)).into_response()),
        Err(ByHandError::Refused(refusal)) => AppError::invalid("file", refusal.key()),
        Err(ByHandError::Failed(error @ (AppError::Invalid { .. } | AppError::Conflict))) => error,
        Err(ByHandError::Failed(error)) => return Err(error.into()),
    };
    let most = most_bytes(&desk, &visitor, &headers).await?;
    Ok(Form::typed("rma_label", &headers, typed).failed(&desk, error, most).await)
}

async fn take(
    desk: &Desk,
    who: &Viewer,
    number: Number,
    mut fields: Multipart,
    typed: &mut BTreeMap<String, String>,
) -> Result<(), ByHandError> {
    let malformed = || AppError::invalid("", "malformed");
    let (mut file, mut refused, mut drained) = (None, None, 0);
    while let Some(mut field) = fields.next_field().await.map_err(|_| malformed())? {
        match field.name().unwrap_or_default() {
            "file" => {
                let nameless = field.file_name().is_none_or(str::is_empty);
                match receive(desk, &mut field, &mut drained).await? {
                    Ok(received) if nameless && received.bytes == 0 => {}
                    Ok(received) => file = Some(received),
                    Err(refusal) => refused = Some(refusal),
                }
            }
            name @ ("rma" | "version" | "waybill" | "code" | "tell") => {
                let name = name.to_owned();
                typed.insert(name, text(field).await?);
            }
            _ => return Err(malformed().into()),
        }
    }
    if let Some(refusal) = refused {
        return Err(ByHandError::Refused(refusal));
    }
    let of = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let version = of("version").parse().map_err(|_| malformed())?;
    let tell = of("tell") == "yes";
    let given = Given { waybill: of("waybill"), code: of("code"), label: None, tell };
    desk.take_label(who, number, version, given, file).await
}

async fn text(mut field: Field<'_>) -> Result<String, AppError> {
    let malformed = || AppError::invalid("", "malformed");
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| malformed())? {
        if bytes.len() + chunk.len() > TYPED {
            return Err(malformed());
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| malformed())
}
