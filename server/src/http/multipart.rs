//! A form with files, as a browser sends it without script: `multipart/form-data` with inputs, answers and pictures. It is
//! read to its end before anything of it is judged.

use super::upload::receive;
use crate::desk::Desk;
use crate::desk::pictures::{Sender, TakeError};
use crate::files::Received;
use app::error::AppError;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::response::{IntoResponse, Redirect, Response};
use domain::attachment::{AttachmentKind, Refusal};
use domain::form::Answers;
use domain::id::CaseId;
use std::collections::BTreeMap;

/// A name of an input.
const NAME: usize = 100;

/// How much one form may bring.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of all that is typed.
    pub typed: usize,
    pub inputs: usize,
    pub files: usize,
    /// Bytes of all files.
    pub bytes: u64,
}

/// What came: inputs by name, the answers, and files that wait on disk.
#[derive(Default)]
pub struct Filled {
    pub inputs: BTreeMap<String, String>,
    pub answers: Answers,
    files: Vec<(AttachmentKind, Received)>,
    refused: Option<Refusal>,
}

pub fn malformed() -> AppError {
    AppError::invalid("", "malformed")
}

impl Filled {
    /// # Errors
    /// `malformed` for what no form of ours sends, `too_long` for more typing than is let in.
    pub async fn read(desk: &Desk, mut form: Multipart, bounds: Bounds) -> Result<Self, AppError> {
        let cut_off = |_: MultipartError| malformed();
        let (mut filled, mut typed, mut inputs, mut drained, mut bytes) = (Self::default(), 0, 0, 0, 0);
        while let Some(mut field) = form.next_field().await.map_err(cut_off)? {
            inputs += 1;
            let name = field.name().unwrap_or_default().to_owned();
            if inputs > bounds.inputs || name.len() > NAME {
                return Err(malformed());
            }
            if let Some(kind) = name.strip_prefix("file.") {
                let kind = AttachmentKind::from_key(kind).ok_or_else(malformed)?;
                let nameless = field.file_name().is_none_or(str::is_empty);
                match receive(desk, &mut field, &mut drained).await? {
                    Ok(file) if nameless && file.bytes == 0 => {}
                    Ok(file) => filled.add(kind, file, &mut bytes, bounds),
                    Err(refusal) => filled.refuse(refusal),
                }
                continue;
            }
            let value = text(field, &mut typed, bounds.typed).await?;
            match name.strip_prefix("answers.") {
                Some(key) => filled.answers.0.entry(key.to_owned()).or_default().push(value),
                None => {
                    filled.inputs.insert(name, value);
                }
            }
        }
        Ok(filled)
    }

    fn add(&mut self, kind: AttachmentKind, file: Received, bytes: &mut u64, bounds: Bounds) {
        *bytes += file.bytes;
        if self.files.len() >= bounds.files {
            self.refuse(Refusal::TooMany);
        } else if *bytes > bounds.bytes {
            self.refuse(Refusal::TooLarge);
        } else {
            self.files.push((kind, file));
        }
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.refused.get_or_insert(refusal);
    }

    /// # Errors
    /// `malformed` where it is not there, or not what it should be.
    pub fn input<T: std::str::FromStr>(&self, name: &str) -> Result<T, AppError> {
        self.inputs.get(name).and_then(|value| value.parse().ok()).ok_or_else(malformed)
    }

    /// Which of the form's buttons was pressed.
    pub fn intent(&self) -> &str {
        self.inputs.get("intent").map_or("", String::as_str)
    }

    /// Puts the files where the sender's case or draft keeps them, and says why the first of those was not taken that were
    /// not. A bad one does not keep the others from it.
    ///
    /// # Errors
    /// What keeps the server from taking any.
    pub async fn take(self, desk: &Desk, sender: Sender<'_>, case: CaseId) -> Result<Option<Refusal>, AppError> {
        let mut refused = self.refused;
        for (kind, file) in self.files {
            match desk.take_file(sender, case, kind, file, None).await {
                Ok(_) => {}
                Err(TakeError::Refused(refusal)) => refused = refused.or(Some(refusal)),
                Err(TakeError::Failed(error)) => return Err(error),
            }
        }
        Ok(refused)
    }
}

async fn text(mut field: Field<'_>, typed: &mut usize, most: usize) -> Result<String, AppError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| malformed())? {
        *typed += chunk.len();
        if *typed > most {
            return Err(AppError::invalid("answers", "text_too_long"));
        }
        bytes.extend_from_slice(&chunk);
    }
    // Browsers end a line with two characters.
    String::from_utf8(bytes).map(|text| text.replace("\r\n", "\n")).map_err(|_| malformed())
}

/// On to a page, which tells of a file that was not taken.
pub fn on_to(address: &str, refused: Option<Refusal>) -> Response {
    let Some(refusal) = refused else { return Redirect::to(address).into_response() };
    let (address, hash) = address.find('#').map_or((address, ""), |at| address.split_at(at));
    let sign = if address.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{address}{sign}refused={}{hash}", refusal.key())).into_response()
}
