//! Pictures on their way to the open form.

use super::keeper::Keeper;
use crate::backend::PictureView;
use crate::error::AppError;
use crate::ui::send::{Sending, send_file, take_files};
use domain::attachment::AttachmentKind;
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Keeper {
    /// Sends the chosen files to where the form is kept, each by itself.
    pub fn send_files(self, kind: AttachmentKind, input: &web_sys::HtmlInputElement) {
        for file in take_files(input) {
            let id = self.sending.with_untracked(|all| all.iter().map(|one| one.id).max().unwrap_or_default() + 1);
            let one = Sending {
                id,
                kind,
                file: StoredValue::new_local(file),
                percent: RwSignal::new(0),
                refused: RwSignal::new(None),
            };
            self.sending.update(|all| all.push(one));
            self.send(one);
        }
    }

    pub fn send(self, one: Sending) {
        one.refused.set(None);
        spawn_local(async move {
            if !self.make_known().await {
                return one.refused.set(Some(AppError::Transport));
            }
            let url = self.state.place().files();
            let (percent, refused, id) = (one.percent, one.refused, one.id);
            let done = move |result: Result<Vec<PictureView>, AppError>| match result {
                Ok(_) => {
                    self.sending.try_update(|all| all.retain(|other| other.id != id));
                    self.refresh_pictures();
                }
                Err(error) => {
                    refused.try_set(Some(error));
                }
            };
            let progress = move |now| {
                percent.try_set(now);
            };
            if let Err(error) = one.file.with_value(|file| send_file(&url, one.kind, file, progress, done)) {
                refused.set(Some(error));
            }
        });
    }

    /// Shows the pictures that have come meanwhile.
    pub fn refresh_pictures(self) {
        let place = self.state.place();
        spawn_local(async move {
            if let Ok(pictures) = place.pictures().await {
                self.state.pictures.try_set(pictures);
            }
        });
    }
}
