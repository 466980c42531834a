//! The case form without script: one `multipart/form-data` with answers and pictures. What was typed and photographed is
//! kept before it is judged.

use super::failure::Failure;
use super::retry::encoded;
use super::upload::receive;
use crate::desk::Desk;
use crate::desk::pictures::{Sender, TakeError};
use crate::files::Received;
use app::backend::{FormInput, Registration, Viewer, Visitor};
use app::error::AppError;
use app::urls;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Extension, Router};
use domain::attachment::{AttachmentKind, Refusal, limits};
use domain::form::Answers;
use domain::id::{CaseId, Key};
use domain::number::Number;
use std::collections::BTreeMap;

/// What is typed into one form weighs less.
const TYPED: usize = 256 * 1024;
const INPUTS: usize = 1000;

pub fn router() -> Router<Desk> {
    Router::new()
        .route("/new/{type}", post(create))
        .route("/cases/{number}/edit", post(edit))
        // Files are counted while they are read.
        .layer(DefaultBodyLimit::disable())
}

/// What came: inputs by name, the answers, and files that wait on disk.
#[derive(Default)]
struct Filled {
    inputs: BTreeMap<String, String>,
    answers: Answers,
    files: Vec<(AttachmentKind, Received)>,
    refused: Option<Refusal>,
}

fn malformed() -> AppError {
    AppError::invalid("", "malformed")
}

impl Filled {
    async fn read(desk: &Desk, mut form: Multipart) -> Result<Self, AppError> {
        let cut_off = |_: MultipartError| malformed();
        let (mut filled, mut typed, mut inputs, mut drained) = (Self::default(), 0, 0, 0);
        while let Some(mut field) = form.next_field().await.map_err(cut_off)? {
            inputs += 1;
            let name = field.name().unwrap_or_default().to_owned();
            if inputs > INPUTS || name.len() > 100 {
                return Err(malformed());
            }
            if let Some(kind) = name.strip_prefix("file.") {
                let kind = AttachmentKind::from_key(kind).ok_or_else(malformed)?;
                let nameless = field.file_name().is_none_or(str::is_empty);
                match receive(desk, &mut field, &mut drained).await? {
                    Ok(file) if nameless && file.bytes == 0 => {}
                    Ok(_) if filled.files.len() >= limits::PER_CASE as usize => {
                        filled.refused = filled.refused.or(Some(Refusal::TooMany));
                    }
                    Ok(file) => filled.files.push((kind, file)),
                    Err(refusal) => filled.refused = filled.refused.or(Some(refusal)),
                }
                continue;
            }
            let value = text(field, &mut typed).await?;
            match name.strip_prefix("answers.") {
                Some(key) => filled.answers.0.entry(key.to_owned()).or_default().push(value),
                None => {
                    filled.inputs.insert(name, value);
                }
            }
        }
        Ok(filled)
    }

    fn input<T: std::str::FromStr>(&self, name: &str) -> Result<T, AppError> {
        self.inputs.get(name).and_then(|value| value.parse().ok()).ok_or_else(malformed)
    }

    fn form(&self, type_key: Key) -> Result<FormInput, AppError> {
        Ok(FormInput {
            id: self.input("id")?,
            type_key,
            form_version: self.input("form_version")?,
            store: self.input("store")?,
            answers: self.answers.clone(),
        })
    }

    /// Puts the files where the form's case or draft keeps them. A bad one does not keep the others from it.
    async fn take(self, desk: &Desk, who: &Viewer, case: CaseId) -> Result<Option<Refusal>, AppError> {
        let mut refused = self.refused;
        for (kind, file) in self.files {
            match desk.take_file(Sender::Staff(who), case, kind, file, None).await {
                Ok(_) => {}
                Err(TakeError::Refused(refusal)) => refused = refused.or(Some(refusal)),
                Err(TakeError::Failed(error)) => return Err(error),
            }
        }
        Ok(refused)
    }
}

async fn text(mut field: Field<'_>, typed: &mut usize) -> Result<String, AppError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| malformed())? {
        *typed += chunk.len();
        if *typed > TYPED {
            return Err(AppError::invalid("answers", "too_long"));
        }
        bytes.extend_from_slice(&chunk);
    }
    // Browsers end a line with two characters.
    String::from_utf8(bytes).map(|text| text.replace("\r\n", "\n")).map_err(|_| malformed())
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
    let filled = Filled::read(&desk, form).await?;
    let input = filled.form(type_key.clone())?;
    let intent = filled.inputs.get("intent").cloned().unwrap_or_default();
    let draft = urls::new_case(&type_key, Some(input.id));
    // The draft makes the place that the pictures go to.
    desk.save_draft(&who, input.clone()).await?;
    let refused = filled.take(&desk, &who, input.id).await?;
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
    let filled = Filled::read(&desk, form).await?;
    let input = filled.form(shown.type_key)?;
    let version: i64 = filled.input("version")?;
    if input.id != shown.id {
        return Err(malformed().into());
    }
    let refused = filled.take(&desk, &who, input.id).await?;
    let to = match desk.edit(&who, input, version).await {
        Ok(()) => urls::case(number),
        Err(AppError::Form { .. }) => format!("{page}?check=1"),
        // What was typed is kept, and comes back upon what the case says now.
        Err(AppError::Conflict) => format!("{page}?check=1&changed=1"),
        Err(error) => return Err(error.into()),
    };
    Ok(on_to(&to, refused))
}

fn on_to(address: &str, refused: Option<Refusal>) -> Response {
    let address = match refused {
        None => address.to_owned(),
        Some(refusal) => {
            let sign = if address.contains('?') { '&' } else { '?' };
            format!("{address}{sign}refused={}", refusal.key())
        }
    };
    Redirect::to(&address).into_response()
}

fn sign_in_first(page: &str) -> Response {
    Redirect::to(&format!("{}?next={}", urls::SIGN_IN, encoded(page))).into_response()
}
