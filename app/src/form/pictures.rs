//! The pictures of the open form: those that have come, and those on their way.

use super::keeper::Keeper;
use super::state::FormState;
use crate::backend::PictureView;
use crate::boot::use_locale;
use crate::ui::send::{Sending as One, refusal_text};
use crate::ui::{Icon, Notice, Tone, display};
use crate::urls::Size;
use domain::attachment::{AttachmentKind, Refusal};
use domain::form::FieldKind;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use texts::form as words;

/// The pictures of those kinds, in the order taken.
#[component]
pub fn Thumbnails(state: FormState, kinds: Vec<AttachmentKind>) -> impl IntoView {
    let kinds = StoredValue::new(kinds);
    let pictures = move || {
        let of_kind = |picture: &PictureView| kinds.with_value(|kinds| kinds.contains(&picture.kind));
        state.pictures.with(|all| all.iter().filter(|picture| of_kind(picture)).cloned().collect::<Vec<_>>())
    };
    view! {
        <Show when=move || !pictures().is_empty()>
            <ul class="thumbnails" role="list">
                <For
                    each=pictures
                    key=|picture| (picture.id, picture.kind)
                    children=move |picture| view! { <Thumbnail picture state/> }
                />
            </ul>
        </Show>
    }
    .into_any()
}

#[component]
fn Thumbnail(picture: PictureView, state: FormState) -> impl IntoView {
    let locale = use_locale();
    let place = state.place();
    let (small, large) = (place.file(picture.id, Size::Small), place.file(picture.id, Size::Large));
    let kind = texts::words::kind(locale, picture.kind);
    let told = words::picture_alt(locale, kind, &display::moment(locale, &picture.received));
    let id = picture.id;
    let remove = move |_| {
        let place = place.clone();
        spawn_local(async move {
            if let Ok(left) = place.remove(id).await {
                state.pictures.try_set(left);
            }
        });
    };
    view! {
        <li class="thumbnail">
            <a href=large target="_blank" rel="external">
                {if picture.pdf {
                    view! {
                        <span class="thumbnail-pdf">
                            <Icon name="document" label=told/>
                            {words::pdf(locale)}
                        </span>
                    }
                    .into_any()
                } else {
                    view! { <img src=small alt=told loading="lazy" width="112" height="112"/> }
                        .into_any()
                }}
            </a>
            <button
                type="button"
                class="thumbnail-remove only-js"
                title=words::remove_picture(locale)
                on:click=remove
            >
                <Icon name="cross" label=words::remove_picture(locale)/>
            </button>
        </li>
    }
    .into_any()
}

/// Pictures that have no place of their own in this form.
#[component]
pub fn OtherPictures(state: FormState) -> impl IntoView {
    let placed: Vec<AttachmentKind> = state.with_page(|page| {
        page.form
            .fields()
            .filter_map(|field| match field.kind {
                FieldKind::Picture { kind } => Some(kind),
                _ => None,
            })
            .collect()
    });
    let others = AttachmentKind::ALL.into_iter().filter(|kind| !placed.contains(kind)).collect::<Vec<_>>();
    view! { <Thumbnails state kinds=others/> }
}

/// What a post without script has to say of a file that was not taken.
#[component]
pub fn RefusedNotice() -> impl IntoView {
    let locale = use_locale();
    let refused = use_query_map().with_untracked(|query| query.get("refused"));
    refused.and_then(|key| Refusal::from_key(&key)).map(|refusal| {
        view! {
            <Notice tone=Tone::Bad>
                <p>{texts::words::refusal(locale, refusal)}</p>
            </Notice>
        }
    })
}

/// What is on its way, or was refused.
#[component]
pub fn Sending(keeper: Keeper, kind: AttachmentKind) -> impl IntoView {
    let of_kind =
        move || keeper.sending.with(|all| all.iter().filter(|one| one.kind == kind).copied().collect::<Vec<_>>());
    view! {
        <ul class="sending" role="list">
            <For each=of_kind key=|one| one.id children=move |one| view! { <SendingLine one keeper/> }/>
        </ul>
    }
    .into_any()
}

#[component]
fn SendingLine(one: One, keeper: Keeper) -> impl IntoView {
    let locale = use_locale();
    let name = one.file.with_value(web_sys::File::name);
    let (percent, refused, id) = (one.percent, one.refused, one.id);
    let failed = {
        let name = name.clone();
        move || {
            refused
                .get()
                .map(|error| format!("{} {}", words::upload_failed(locale, &name), refusal_text(locale, &error)))
        }
    };
    view! {
        <li>
            <Show
                when=move || refused.with(Option::is_some)
                fallback=move || {
                    view! {
                        <span class="small">{words::uploading(locale, &name)}</span>
                        <progress max="100" aria-label=name.clone() value=move || percent.get().to_string()></progress>
                    }
                }
            >
                <span class="small sending-failed" role="alert">
                    <Icon name="warning"/>
                    {failed.clone()}
                </span>
                <button type="button" class="button" on:click=move |_| keeper.send(one)>
                    {words::upload_again(locale)}
                </button>
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| keeper.sending.update(|all| all.retain(|other| other.id != id))
                >
                    {texts::ui::remove(locale)}
                </button>
            </Show>
        </li>
    }
    .into_any()
}
