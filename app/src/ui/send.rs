//! Sends one file with progress, which the browser's `fetch` does not tell.

use crate::backend::PictureView;
use crate::error::AppError;
use domain::attachment::{AttachmentKind, Refusal};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{File, FormData, ProgressEvent, XmlHttpRequest};

/// Posts the file as `multipart/form-data` (`kind`, `taken` in milliseconds UTC, `file`). `progress` is told per cent,
/// `done` the pictures as they were taken. The browser keeps both alive as long as it sends; the request can be aborted.
///
/// # Errors
/// `Transport` where the browser refuses to begin.
pub fn send_file(
    url: &str,
    kind: AttachmentKind,
    file: &File,
    progress: impl Fn(u8) + 'static,
    done: impl FnOnce(Result<Vec<PictureView>, AppError>) + 'static,
) -> Result<XmlHttpRequest, AppError> {
    begin(url, kind, file, Box::new(progress), Box::new(done)).map_err(|_| AppError::Transport)
}

fn begin(
    url: &str,
    kind: AttachmentKind,
    file: &File,
    progress: Box<dyn Fn(u8)>,
    done: Box<dyn FnOnce(Result<Vec<PictureView>, AppError>)>,
) -> Result<XmlHttpRequest, wasm_bindgen::JsValue> {
    let form = FormData::new()?;
    form.append_with_str("kind", kind.key())?;
    form.append_with_str("taken", &format!("{:.0}", file.last_modified()))?;
    form.append_with_blob_and_filename("file", file, &file.name())?;

    let request = XmlHttpRequest::new()?;
    request.open("POST", url)?;
    request.set_request_header("accept", "application/json")?;
    let moved = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            progress(percent(event.loaded(), event.total()));
        }
    });
    request.upload()?.set_onprogress(Some(moved.as_ref().unchecked_ref()));
    let answered = request.clone();
    let ended = Closure::once_into_js(move || {
        // The progress has nothing more to tell.
        drop(moved);
        done(answer(&answered));
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    request.send_with_opt_form_data(Some(&form))?;
    Ok(request)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100 before")]
fn percent(loaded: f64, total: f64) -> u8 {
    (loaded / total * 100.0).clamp(0.0, 100.0) as u8
}

fn answer(request: &XmlHttpRequest) -> Result<Vec<PictureView>, AppError> {
    let status = request.status().unwrap_or_default();
    let text = request.response_text().ok().flatten().unwrap_or_default();
    if (200..300).contains(&status) {
        return serde_json::from_str(&text).map_err(|_| AppError::Transport);
    }
    Err(serde_json::from_str(&text).unwrap_or(if status == 413 {
        AppError::invalid("file", "too_large")
    } else {
        AppError::Transport
    }))
}

/// Why a file was not taken, in the reader's words.
pub fn refusal_text(locale: domain::Locale, error: &AppError) -> String {
    let refusal = match error {
        AppError::Invalid { key, .. } => Refusal::from_key(key),
        _ => None,
    };
    match refusal {
        Some(refusal) => texts::words::refusal(locale, refusal),
        None => super::error_view::error_text(locale, error),
    }
}

/// The files that were chosen in a file input, which is emptied so that the same ones can be chosen again.
pub fn take_files(input: &web_sys::HtmlInputElement) -> Vec<File> {
    let files = input.files();
    let chosen = files.iter().flat_map(|list| (0..list.length()).filter_map(|index| list.get(index))).collect();
    input.set_value("");
    chosen
}

/// What is being sent, or was refused.
#[derive(Clone, Copy)]
pub struct Sending {
    pub id: u32,
    pub kind: AttachmentKind,
    /// Local to the browser: made there alone, since the server moves pages between threads.
    pub file: StoredValue<File, LocalStorage>,
    pub percent: RwSignal<u8>,
    pub refused: RwSignal<Option<AppError>>,
}
