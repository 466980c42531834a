//! The pictures one at a time, as large as the screen and larger: wheel, two fingers, keys.

use super::pictures::caption;
use crate::backend::PictureView;
use crate::boot::use_locale;
use crate::ui::Icon;
use crate::urls::{Size, file};
use domain::id::AttachmentId;
use leptos::ev::{KeyboardEvent, PointerEvent, WheelEvent};
use leptos::html;
use leptos::prelude::*;
use texts::case;

const LARGEST: f64 = 8.0;

/// Where the picture is drawn: enlarged about the middle of the screen, then moved.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Zoom {
    scale: f64,
    x: f64,
    y: f64,
}

impl Zoom {
    const WHOLE: Self = Self { scale: 1.0, x: 0.0, y: 0.0 };

    /// By that factor, keeping what lies at (`at_x`, `at_y`) from the middle where it is.
    fn by(self, factor: f64, at_x: f64, at_y: f64) -> Self {
        let scale = (self.scale * factor).clamp(1.0, LARGEST);
        if scale <= 1.0 {
            return Self::WHOLE;
        }
        let ratio = scale / self.scale;
        Self { scale, x: at_x - (at_x - self.x) * ratio, y: at_y - (at_y - self.y) * ratio }
    }

    fn moved(self, x: f64, y: f64) -> Self {
        if self.scale <= 1.0 { self } else { Self { x: self.x + x, y: self.y + y, ..self } }
    }
}

/// A swipe of a whole picture turns the page.
const SWIPE: f64 = 60.0;

/// A finger or the mouse on the picture, and where it came down.
#[derive(Clone, Copy)]
struct Finger {
    id: i32,
    x: f64,
    y: f64,
    from: (f64, f64),
}

#[component]
pub fn Viewer(pictures: Memo<Vec<PictureView>>, shown: RwSignal<Option<AttachmentId>>) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (shown.get().is_some(), dialog.open()) {
            // It fails only for a dialog that has left the page.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let locale = use_locale();
    view! {
        <dialog
            node_ref=dialog
            class="case-viewer"
            aria-label=case::viewer(locale)
            on:close=move |_| shown.set(None)
        >
            <Show when=move || shown.get().is_some()>
                <Stage pictures shown/>
            </Show>
        </dialog>
    }
    .into_any()
}

#[component]
fn Stage(pictures: Memo<Vec<PictureView>>, shown: RwSignal<Option<AttachmentId>>) -> impl IntoView {
    let locale = use_locale();
    let zoom = RwSignal::new(Zoom::WHOLE);
    let fingers = StoredValue::new(Vec::<Finger>::new());
    let stage = NodeRef::<html::Div>::new();
    let images = Memo::new(move |_| pictures.get().into_iter().filter(|p| !p.pdf).collect::<Vec<_>>());
    let place = move || images.with(|all| all.iter().position(|p| Some(p.id) == shown.get()));
    let step = move |by: isize| {
        let next = place().and_then(|at| at.checked_add_signed(by));
        if let Some(id) = next.and_then(|at| images.with(|all| all.get(at).map(|p| p.id))) {
            zoom.set(Zoom::WHOLE);
            shown.set(Some(id));
        }
    };
    let enlarge = move |factor: f64| zoom.update(|zoom| *zoom = zoom.by(factor, 0.0, 0.0));
    let middle = move |x: i32, y: i32| {
        let (width, height) =
            stage.get_untracked().map_or((0, 0), |stage| (stage.client_width(), stage.client_height()));
        (f64::from(x) - f64::from(width) / 2.0, f64::from(y) - f64::from(height) / 2.0)
    };

    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowRight" => step(1),
            "ArrowLeft" => step(-1),
            "+" | "=" => enlarge(1.4),
            "-" => enlarge(1.0 / 1.4),
            "0" => zoom.set(Zoom::WHOLE),
            _ => return,
        }
        event.prevent_default();
    };
    let keys = window_event_listener(leptos::ev::keydown, key);
    on_cleanup(move || keys.remove());

    let wheel = move |event: WheelEvent| {
        event.prevent_default();
        let (x, y) = middle(event.client_x(), event.client_y());
        let factor = (-event.delta_y() / 400.0).clamp(-1.0, 1.0).exp();
        zoom.update(|zoom| *zoom = zoom.by(factor, x, y));
    };
    let down = move |event: PointerEvent| {
        if let Some(stage) = stage.get_untracked() {
            // It fails only for a pointer that is gone already.
            drop(stage.set_pointer_capture(event.pointer_id()));
        }
        let (x, y) = middle(event.client_x(), event.client_y());
        fingers.update_value(|all| all.push(Finger { id: event.pointer_id(), x, y, from: (x, y) }));
    };
    let drag = move |event: PointerEvent| {
        let (x, y) = middle(event.client_x(), event.client_y());
        let mut next = None;
        fingers.update_value(|all| {
            let others: Vec<Finger> = all.iter().filter(|f| f.id != event.pointer_id()).copied().collect();
            let Some(finger) = all.iter_mut().find(|f| f.id == event.pointer_id()) else { return };
            let old = std::mem::replace(finger, Finger { x, y, ..*finger });
            next = Some(match others.first() {
                None => zoom.get_untracked().moved(x - old.x, y - old.y),
                Some(other) => {
                    let before = (old.x - other.x).hypot(old.y - other.y).max(1.0);
                    let after = (x - other.x).hypot(y - other.y);
                    let (centre_x, centre_y) = (f64::midpoint(x, other.x), f64::midpoint(y, other.y));
                    zoom.get_untracked().moved((x - old.x) / 2.0, (y - old.y) / 2.0).by(
                        after / before,
                        centre_x,
                        centre_y,
                    )
                }
            });
        });
        if let Some(next) = next {
            zoom.set(next);
        }
    };
    let lift = move |event: PointerEvent| {
        let mut lifted = None;
        fingers.update_value(|all| {
            if let (1, Some(at)) = (all.len(), all.iter().position(|f| f.id == event.pointer_id())) {
                lifted = Some(all[at]);
            }
            all.retain(|f| f.id != event.pointer_id());
        });
        lifted
    };
    let up = move |event: PointerEvent| {
        let touch = event.pointer_type() == "touch";
        let Some(Finger { x, y, from, .. }) = lift(event) else { return };
        let (across, along) = (x - from.0, y - from.1);
        if touch && zoom.with_untracked(|zoom| zoom.scale <= 1.0) && across.abs() > SWIPE.max(along.abs()) {
            step(if across < 0.0 { 1 } else { -1 });
        }
    };
    let twice = move |event: leptos::ev::MouseEvent| {
        let (x, y) = middle(event.client_x(), event.client_y());
        zoom.update(|zoom| *zoom = if zoom.scale > 1.0 { Zoom::WHOLE } else { zoom.by(2.5, x, y) });
    };
    let transform = move || {
        let Zoom { scale, x, y } = zoom.get();
        format!("translate({x:.1}px, {y:.1}px) scale({scale:.3})")
    };
    view! {
        <div
            class="case-viewer-stage"
            class:case-viewer-near=move || zoom.with(|zoom| zoom.scale > 1.0)
            node_ref=stage
            on:wheel=wheel
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=up
            on:pointercancel=move |event| {
                lift(event);
            }
            on:dblclick=twice
        >
            {move || {
                let picture = images.with(|all| place().and_then(|at| all.get(at).cloned()))?;
                Some(view! {
                    <img
                        src=file(picture.id, Size::Large)
                        alt=caption(locale, picture.kind, &picture.received)
                        style:transform=transform
                        draggable="false"
                    />
                })
            }}
        </div>
        <p class="case-viewer-caption" aria-live="polite">
            {move || {
                images.with(|all| {
                    let at = place()?;
                    let picture = all.get(at)?;
                    let caption = caption(locale, picture.kind, &picture.received);
                    Some(format!("{} / {} · {caption}", at + 1, all.len()))
                })
            }}
        </p>
        <div class="case-viewer-tools">
            <Tool icon="zoom_out" label=case::zoom_out(locale) press=Callback::new(move |()| enlarge(1.0 / 1.4))/>
            <Tool icon="zoom_in" label=case::zoom_in(locale) press=Callback::new(move |()| enlarge(1.4))/>
            <Tool icon="cross" label=texts::ui::close(locale) press=Callback::new(move |()| shown.set(None))/>
        </div>
        <div class="case-viewer-back" hidden=move || place().is_none_or(|at| at == 0)>
            <Tool icon="chevron_left" label=case::picture_before(locale) press=Callback::new(move |()| step(-1))/>
        </div>
        <div
            class="case-viewer-next"
            hidden=move || place().is_none_or(|at| at + 1 >= images.with(Vec::len))
        >
            <Tool icon="chevron_right" label=case::picture_after(locale) press=Callback::new(move |()| step(1))/>
        </div>
    }
    .into_any()
}

#[component]
fn Tool(icon: &'static str, label: &'static str, press: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="case-viewer-tool" title=label on:click=move |_| press.run(())>
            <Icon name=icon/>
            <span class="visually-hidden">{label}</span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::Zoom;

    #[test]
    fn the_point_under_the_pointer_stays() {
        let start = Zoom { scale: 2.0, x: 30.0, y: -10.0 };
        let (x, y) = (120.0, 80.0);
        // The picture's own point below the pointer, before and after.
        let point = |zoom: Zoom| ((x - zoom.x) / zoom.scale, (y - zoom.y) / zoom.scale);
        let near = start.by(1.5, x, y);
        assert!((point(start).0 - point(near).0).abs() < 1e-9);
        assert!((point(start).1 - point(near).1).abs() < 1e-9);
    }

    #[test]
    fn never_smaller_than_the_screen_nor_larger_than_the_limit() {
        assert_eq!(Zoom { scale: 1.2, x: 50.0, y: 50.0 }.by(0.5, 0.0, 0.0), Zoom::WHOLE);
        assert!(Zoom::WHOLE.by(100.0, 0.0, 0.0).scale <= super::LARGEST);
        assert_eq!(Zoom::WHOLE.moved(10.0, 10.0), Zoom::WHOLE);
    }
}
