//! The pictures of the case, large, in the order taken; each opens in the viewer.

use super::api::REMOVE;
use super::camera::OwnCamera;
use super::form::{CaseForm, Sending};
use super::open::use_open;
use super::viewer::Viewer;
use crate::backend::{Moment, PictureView};
use crate::boot::use_locale;
use crate::pages::upload::{Came, PhonePictures};
use crate::ui::{Button, Icon, Look, Time, display};
use crate::urls::{Size, file};
use domain::Locale;
use domain::attachment::AttachmentKind;
use domain::id::AttachmentId;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Pictures() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let pictures = open.part(|view| view.pictures.clone());
    let none = Memo::new(move |_| pictures.with(Vec::is_empty));
    let sending = Sending::new("change_picture");
    let shown = RwSignal::new(None::<AttachmentId>);
    let id = open.view.with_untracked(|view| view.id);
    view! {
        <section class="card case-pictures" aria-labelledby="case-pictures">
            <div class="case-section-head">
                <h2 id="case-pictures">{case::pictures(locale)}</h2>
                <PhonePictures case_id=id/>
            </div>
            <p class="case-quiet" hidden=move || !none.get()>
                {case::no_pictures(locale)}
            </p>
            <ul class="case-picture-list" role="list" aria-live="polite" aria-relevant="additions">
                <For each=move || pictures.get() key=|picture| (picture.id, picture.kind) let:picture>
                    <Picture picture sending shown/>
                </For>
            </ul>
            <Came/>
            <OwnCamera/>
            <Viewer pictures shown/>
        </section>
    }
    .into_any()
}

/// What a picture is called to those who do not see it, and in the viewer.
pub fn caption(locale: Locale, kind: AttachmentKind, at: &Moment) -> String {
    format!("{}, {}", texts::kind::by_key(locale, kind.key()).unwrap_or_default(), display::moment(locale, at))
}

#[component]
fn Picture(picture: PictureView, sending: Sending, shown: RwSignal<Option<AttachmentId>>) -> impl IntoView {
    let locale = use_locale();
    let PictureView { id, kind, pdf, width, height, bytes, received, by } = picture;
    let caption = caption(locale, kind, &received);
    let view_it = move |event: MouseEvent| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0);
        if plain && !pdf {
            event.prevent_default();
            shown.set(Some(id));
        }
    };
    let inside = if pdf {
        view! {
            <span class="case-pdf">
                <Icon name="document"/>
                <span>{format!("PDF, {}", display::bytes(locale, bytes))}</span>
                <span class="visually-hidden">{caption}</span>
            </span>
        }
        .into_any()
    } else {
        view! {
            <img
                src=file(id, Size::Small)
                alt=caption
                width=width.to_string()
                height=height.to_string()
                loading="lazy"
                decoding="async"
            />
        }
        .into_any()
    };
    view! {
        <li class="case-picture">
            <a
                class="case-picture-open"
                href=file(id, Size::Large)
                rel="external"
                target=pdf.then_some("_blank")
                on:click=view_it
            >
                {inside}
            </a>
            <div class="case-picture-foot">
                <details class="case-picture-menu">
                    <summary title=case::change_kind(locale)>
                        <Icon name=kind.key()/>
                        <span>{texts::kind::by_key(locale, kind.key())}</span>
                        <Icon name="chevron_down"/>
                    </summary>
                    <Menu id kind sending/>
                </details>
                <p class="case-by"><Time at=received/> {(!by.is_empty()).then(|| format!(" · {by}"))}</p>
            </div>
        </li>
    }
    .into_any()
}

/// Another kind, or away with it after a second look.
#[component]
fn Menu(id: AttachmentId, kind: AttachmentKind, sending: Sending) -> impl IntoView {
    let locale = use_locale();
    let others = AttachmentKind::ALL.into_iter().filter(move |other| *other != kind);
    view! {
        <CaseForm sending class="case-picture-choices">
            <input type="hidden" name="picture" value=id.to_string()/>
            {others
                .map(|other| {
                    view! {
                        <Button
                            look=Look::Quiet
                            name="change"
                            value=other.key().to_owned()
                            icon=other.key()
                            label=texts::kind::by_key(locale, other.key()).unwrap_or_default()
                            disabled=sending.busy
                        />
                    }
                })
                .collect_view()}
            <details class="case-picture-remove">
                <summary class="button button-quiet">
                    <Icon name="trash"/>
                    <span>{case::picture_remove(locale)}</span>
                </summary>
                <Button
                    look=Look::Danger
                    name="change"
                    value=REMOVE.to_owned()
                    label=case::picture_remove_sure(locale)
                    disabled=sending.busy
                />
            </details>
        </CaseForm>
    }
    .into_any()
}
