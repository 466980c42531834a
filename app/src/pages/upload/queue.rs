//! Files on their way from the phone: two at a time, tried again until they are through.

use crate::backend::PictureView;
use crate::error::AppError;
use crate::ui::send::send_file;
use crate::urls;
use domain::attachment::{AttachmentKind, Refusal, limits};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::time::Duration;
use web_sys::{File, Url, XmlHttpRequest};

const AT_ONCE: usize = 2;
/// A request that has not moved for so long is given up and begun anew, in milliseconds.
const STALLED: f64 = 45_000.0;
/// The longest pause between two attempts, in seconds.
const LONGEST: u64 = 30;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    /// Per cent; at 100 the server is at work.
    Sending(u8),
    /// No connection; tried again after a pause.
    Pausing,
    /// Not taken; trying again would not help, or only the sender knows whether.
    Refused(AppError),
}

#[derive(Clone)]
pub struct Item {
    pub id: u32,
    pub kind: AttachmentKind,
    pub name: String,
    /// An address of the file itself, to show it before it is sent.
    pub preview: String,
    pub state: RwSignal<State>,
    file: SendWrapper<File>,
    attempts: StoredValue<u32>,
    /// When it last moved, on the browser's clock.
    moved: StoredValue<f64>,
    request: StoredValue<Option<SendWrapper<XmlHttpRequest>>>,
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Copies share one queue.
#[derive(Clone, Copy)]
pub struct Queue {
    token: StoredValue<String>,
    pub items: RwSignal<Vec<Item>>,
    /// Those that are through, the earlier ones of this link among them.
    pub sent: RwSignal<Vec<PictureView>>,
    /// The link has ended meanwhile.
    pub expired: RwSignal<bool>,
    last: StoredValue<u32>,
}

impl Queue {
    pub fn new(token: String, sent: Vec<PictureView>) -> Self {
        Self {
            token: StoredValue::new(token),
            items: RwSignal::new(Vec::new()),
            sent: RwSignal::new(sent),
            expired: RwSignal::new(false),
            last: StoredValue::new(0),
        }
    }

    /// Still to be sent, those that were refused not among them.
    pub fn unfinished(self) -> usize {
        self.items.with(|items| items.iter().filter(|item| !matches!(item.state.get(), State::Refused(_))).count())
    }

    pub fn add(self, kind: AttachmentKind, files: Vec<File>) {
        for file in files {
            self.last.update_value(|last| *last += 1);
            let size = file.size();
            // Told at once, without sending it first.
            let refusal =
                if size == 0.0 { Some(Refusal::Empty) } else { (size > bytes_limit()).then_some(Refusal::TooLarge) };
            let state =
                refusal.map_or(State::Waiting, |refusal| State::Refused(AppError::invalid("file", refusal.key())));
            let item = Item {
                id: self.last.get_value(),
                kind,
                name: file.name(),
                preview: Url::create_object_url_with_blob(&file).unwrap_or_default(),
                state: RwSignal::new(state),
                file: SendWrapper::new(file),
                attempts: StoredValue::new(0),
                moved: StoredValue::new(0.0),
                request: StoredValue::new(None),
            };
            self.items.update(|items| items.push(item));
        }
        self.go_on();
    }

    pub fn dismiss(self, id: u32) {
        self.items.try_update(|items| {
            items.retain(|item| {
                if item.id == id && !item.preview.is_empty() {
                    // It fails only for an address that is none.
                    let _ = Url::revoke_object_url(&item.preview);
                }
                item.id != id
            });
        });
    }

    /// At once, whatever the pause.
    pub fn retry(self, item: &Item) {
        item.state.set(State::Waiting);
        self.go_on();
    }

    /// The connection may be back.
    pub fn retry_all(self) {
        for item in self.items.get_untracked() {
            if item.state.get_untracked() == State::Pausing {
                item.state.set(State::Waiting);
            }
        }
        self.go_on();
    }

    /// Gives up requests that have died without a word, as they do when a phone changes its network.
    pub fn abort_stalled(self) {
        let now = js_sys::Date::now();
        for item in self.items.get_untracked() {
            let sending = matches!(item.state.get_untracked(), State::Sending(_));
            if sending && now - item.moved.get_value() > STALLED {
                item.request.with_value(|request| {
                    if let Some(request) = request {
                        // Its end comes as any other failure does.
                        let _ = request.abort();
                    }
                });
            }
        }
    }

    fn go_on(self) {
        let Some(items) = self.items.try_get_untracked() else { return };
        let sending = items.iter().filter(|item| matches!(item.state.get_untracked(), State::Sending(_))).count();
        let waiting = items.iter().filter(|item| item.state.get_untracked() == State::Waiting);
        for item in waiting.take(AT_ONCE.saturating_sub(sending)) {
            self.send(item.clone());
        }
    }

    fn send(self, item: Item) {
        item.state.set(State::Sending(0));
        item.moved.set_value(js_sys::Date::now());
        let (state, moved) = (item.state, item.moved);
        let progress = move |percent| {
            moved.try_update_value(|moved| *moved = js_sys::Date::now());
            state.try_set(State::Sending(percent));
        };
        let done = {
            let item = item.clone();
            move |result| self.ended(&item, result)
        };
        let url = self.token.with_value(|token| urls::upload_files(token));
        match send_file(&url, item.kind, &item.file, progress, done) {
            Ok(request) => item.request.set_value(Some(SendWrapper::new(request))),
            Err(error) => self.ended(&item, Err(error)),
        }
    }

    fn ended(self, item: &Item, result: Result<Vec<PictureView>, AppError>) {
        match result {
            Ok(views) => {
                self.sent.try_update(|sent| {
                    for view in views {
                        if !sent.iter().any(|known| known.id == view.id) {
                            sent.push(view);
                        }
                    }
                });
                self.dismiss(item.id);
            }
            Err(AppError::Transport | AppError::Internal { .. } | AppError::TooMany { .. }) => {
                item.state.try_set(State::Pausing);
                self.retry_later(item.clone());
            }
            Err(error) => {
                if matches!(error, AppError::Expired | AppError::NotFound) {
                    self.expired.try_set(true);
                }
                item.state.try_set(State::Refused(error));
            }
        }
        self.go_on();
    }

    fn retry_later(self, item: Item) {
        let attempts = item.attempts.try_update_value(|attempts| {
            *attempts += 1;
            *attempts
        });
        let Some(attempts) = attempts else { return };
        let pause = Duration::from_secs((1 << attempts.min(5)).min(LONGEST));
        set_timeout(
            move || {
                if item.state.try_get_untracked() == Some(State::Pausing) {
                    self.retry(&item);
                }
            },
            pause,
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "25 MB are exact in any float")]
const fn bytes_limit() -> f64 {
    limits::BYTES as f64
}
