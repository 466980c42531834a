//! Live events on an open page: something has changed, ask again.

use crate::backend::Present;
use crate::urls;
use domain::id::CaseId;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource};

/// The pauses before a line that the server has closed is opened again, in seconds.
const PAUSES: (u32, u32) = (1, 30);

/// One line serves a page and what stands in it.
#[derive(Clone, Copy)]
struct Known {
    case: CaseId,
    tick: RwSignal<u64>,
    present: RwSignal<Vec<Present>>,
}

/// The server is of another build than this page: see [`Outdated`].
#[derive(Clone, Copy)]
pub struct Outdated(pub RwSignal<bool>);

/// Changes whenever that case, or the viewer's own draft, may have changed; also when the line opens, the first time and
/// after it was lost: something may have happened since the page was made, or meanwhile. On the server it stands still.
pub fn use_live(case: CaseId) -> Signal<u64> {
    if let Some(known) = use_context::<Known>().filter(|known| known.case == case) {
        return known.tick.into();
    }
    let (tick, present) = (RwSignal::new(0), RwSignal::new(Vec::new()));
    provide_context(Known { case, tick, present });
    let outdated = use_context::<Outdated>();
    Effect::new(move |_| {
        let line = Rc::new(Line {
            url: format!("{}?case={case}", urls::LIVE),
            tick,
            present,
            outdated,
            source: RefCell::default(),
            retry: Cell::default(),
            pause: Cell::new(PAUSES.0),
        });
        line.open();
        let line = SendWrapper::new(line);
        on_cleanup(move || line.take().close());
    });
    tick.into()
}

/// Who else has the case open that the page listens to: see [`use_live`].
pub fn use_present() -> Signal<Vec<Present>> {
    use_context::<Known>().map_or_else(|| Signal::stored(Vec::new()), |known| known.present.into())
}

type Listener = Closure<dyn Fn(Event)>;

/// The browser mends a broken connection by itself; one that was answered with an error is opened anew here.
struct Line {
    url: String,
    tick: RwSignal<u64>,
    present: RwSignal<Vec<Present>>,
    outdated: Option<Outdated>,
    source: RefCell<Option<(EventSource, [Listener; 4])>>,
    retry: Cell<Option<TimeoutHandle>>,
    pause: Cell<u32>,
}

impl Line {
    fn open(self: &Rc<Self>) {
        let Ok(source) = EventSource::new(&self.url) else { return };
        let line = Rc::downgrade(self);
        let listen = |name: &str, heard: fn(&Rc<Self>, &Event)| {
            let line = line.clone();
            let listener = Listener::new(move |event| {
                if let Some(line) = line.upgrade() {
                    heard(&line, &event);
                }
            });
            // Listening to an event of one's own cannot fail.
            let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            listener
        };
        let listeners = [
            listen("hello", |line, event| {
                line.pause.set(PAUSES.0);
                line.greeted(event);
            }),
            listen("changed", |line, _| line.changed()),
            listen("present", |line, event| line.seen(event)),
            listen("error", |line, _| line.failed()),
        ];
        *self.source.borrow_mut() = Some((source, listeners));
    }

    /// What the server tells first is its build. One that this page does not have would answer in words that it cannot
    /// read: nothing is asked any more until somebody loads the page anew.
    fn greeted(&self, event: &Event) {
        let theirs = event.dyn_ref::<web_sys::MessageEvent>().and_then(|event| event.data().as_string());
        let ours = document().document_element().and_then(|root| root.get_attribute("data-build"));
        if theirs == ours {
            self.changed();
        } else if let Some(Outdated(outdated)) = self.outdated {
            outdated.try_set(true);
            self.close();
        }
    }

    fn seen(&self, event: &Event) {
        let told = event.dyn_ref::<web_sys::MessageEvent>().and_then(|event| event.data().as_string());
        if let Some(present) = told.and_then(|told| serde_json::from_str(&told).ok()) {
            self.present.try_set(present);
        }
    }

    fn changed(&self) {
        self.tick.try_update(|tick| *tick += 1);
    }

    fn failed(self: &Rc<Self>) {
        // Without a line nobody knows who is there.
        self.present.try_set(Vec::new());
        let closed = self.source.borrow().as_ref().is_some_and(|(s, _)| s.ready_state() == EventSource::CLOSED);
        if !closed {
            return;
        }
        let pause = self.pause.get();
        self.pause.set((pause * 2).min(PAUSES.1));
        let line = Rc::downgrade(self);
        let again = move || {
            if let Some(line) = line.upgrade() {
                line.open();
            }
        };
        self.retry.set(set_timeout_with_handle(again, Duration::from_secs(pause.into())).ok());
    }

    fn close(&self) {
        if let Some(retry) = self.retry.take() {
            retry.clear();
        }
        if let Some((source, _)) = self.source.borrow_mut().take() {
            source.close();
        }
    }
}
