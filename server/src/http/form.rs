//! The case form without script. What was typed and photographed is kept before it is judged.

use super::failure::Failure;
use super::multipart::{Bounds, Filled, malformed, on_to};
use super::retry::encoded;
use crate::desk::Desk;
use crate::desk::pictures::Sender;
use app::backend::{FormInput, Registration, Visitor};
use app::error::AppError;
use app::urls;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Extension, Router};
use domain::attachment::limits;
use domain::id::Key;
use domain::number::Number;

/// More than any form of ours asks, and than a case may have.
const BOUNDS: Bounds = Bounds {
    typed: 256 * 1024,
    inputs: 1000,
    files: limits::PER_CASE as usize,
    bytes: limits::PER_CASE as u64 * limits::BYTES,
};

pub fn router() -> Router<Desk> {
    Router::new()
        .route("/new/{type}", post(create))
        .route("/cases/{number}/edit", post(edit))
        // Files are counted while they are read.
        .layer(DefaultBodyLimit::disable())
}

fn input(filled: &Filled, type_key: Key) -> Result<FormInput, AppError> {
    Ok(FormInput {
        id: filled.input("id")?,
        type_key,
        form_version: filled.input("form_version")?,
        store: filled.input("store")?,
        answers: filled.answers.clone(),
    })
}

async fn create(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(type_key): Path<String>,
    form: Multipart,
) -> Result<Response, Failure> {
    let page = format!("{}/{type_key}", urls::NEW_CASE);
    let Visitor::Staff(who) = visitor else { return Ok(sign_in_first(&page)) };
    let type_key: Key = type_key.parse().map_err(|_| AppError::NotFound)?;
    let filled = Filled::read(&desk, form, BOUNDS).await?;
    let input = input(&filled, type_key.clone())?;
    let intent = filled.intent().to_owned();
    let draft = urls::new_case(&type_key, Some(input.id));
    // The draft makes the place that the pictures go to.
    desk.save_draft(&who, input.clone()).await?;
    let refused = filled.take(&desk, Sender::Staff(&who), input.id).await?;
    let to = match intent.as_str() {
        "draft" => urls::NEW_CASE.to_owned(),
        "pictures" => draft,
        _ => match desk.register(&who, input).await {
            Ok(number) => urls::case(number),
            Err(AppError::Form { .. }) => format!("{draft}&check=1"),
            Err(error) => return Err(error.into()),
        },
    };
    Ok(on_to(&to, refused))
}

async fn edit(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    form: Multipart,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| AppError::NotFound)?;
    let page = urls::edit_case(number);
    let Visitor::Staff(who) = visitor else { return Ok(sign_in_first(&page)) };
    // Before anything is read: whether they may.
    let shown = desk.edit_page(&who, number).await?;
    let filled = Filled::read(&desk, form, BOUNDS).await?;
    let input = input(&filled, shown.type_key)?;
    let version: i64 = filled.input("version")?;
    if input.id != shown.id {
        return Err(malformed().into());
    }
    let refused = filled.take(&desk, Sender::Staff(&who), input.id).await?;
    let to = match desk.edit(&who, input, version).await {
        Ok(()) => urls::case(number),
        Err(AppError::Form { .. }) => format!("{page}?check=1"),
        // What was typed is kept, and comes back upon what the case says now.
        Err(AppError::Conflict) => format!("{page}?check=1&changed=1"),
        Err(error) => return Err(error.into()),
    };
    Ok(on_to(&to, refused))
}

fn sign_in_first(page: &str) -> Response {
    Redirect::to(&format!("{}?next={}", urls::SIGN_IN, encoded(page))).into_response()
}
