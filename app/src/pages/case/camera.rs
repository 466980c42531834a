//! Pictures from this device: a plain form, sent file by file with progress where there is script.

use super::open::use_open;
use crate::backend::PictureView;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::ui::send::{refusal_text, send_file, take_files};
use crate::ui::{Button, Icon, SelectField};
use crate::urls;
use domain::attachment::AttachmentKind;
use leptos::html;
use leptos::prelude::*;
use texts::case;
use web_sys::File;

/// What the file dialog offers; the server looks at the content.
const ACCEPT: &str = "image/*,.heic,.heif,application/pdf";

/// A file on its way, or one that did not get there.
#[derive(Clone, Copy)]
struct Upload {
    id: u32,
    kind: AttachmentKind,
    file: StoredValue<File, LocalStorage>,
    percent: RwSignal<u8>,
    failed: RwSignal<Option<AppError>>,
}

#[component]
pub fn OwnCamera() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let id = open.view.with_untracked(|view| view.id);
    let uploads = RwSignal::new(Vec::<Upload>::new());
    let counter = StoredValue::new(0_u32);
    // What a case most often still lacks.
    let receipt = open.view.with_untracked(|view| view.pictures.iter().any(|p| p.kind == AttachmentKind::Receipt));
    let first = if receipt { AttachmentKind::Damage } else { AttachmentKind::Receipt };
    let kind = RwSignal::new(first);
    let input = NodeRef::<html::Input>::new();

    let send = Callback::new(move |upload: Upload| {
        upload.failed.set(None);
        upload.percent.set(0);
        let done = move |answer: Result<Vec<PictureView>, AppError>| match answer {
            Ok(_) => {
                uploads.try_update(|all| all.retain(|other| other.id != upload.id));
                open.refetch();
            }
            Err(error) => {
                upload.failed.try_set(Some(error));
            }
        };
        let progress = move |percent| {
            upload.percent.try_set(percent);
        };
        let begun = upload.file.with_value(|file| send_file(&urls::case_files(id), upload.kind, file, progress, done));
        if let Err(error) = begun {
            upload.failed.set(Some(error));
        }
    });
    let start = move || {
        let Some(input) = input.get_untracked() else { return };
        for file in take_files(&input) {
            counter.update_value(|counter| *counter += 1);
            let upload = Upload {
                id: counter.get_value(),
                kind: kind.get_untracked(),
                file: StoredValue::new_local(file),
                percent: RwSignal::new(0),
                failed: RwSignal::new(None),
            };
            uploads.update(|all| all.push(upload));
            send.run(upload);
        }
    };
    let kinds = AttachmentKind::ALL
        .map(|kind| (kind.key().to_owned(), texts::kind::by_key(locale, kind.key()).unwrap_or_default().to_owned()));
    view! {
        <details class="case-own-camera">
            <summary>
                <Icon name="camera"/>
                <span>{case::add_pictures(locale)}</span>
            </summary>
            <form
                method="post"
                enctype="multipart/form-data"
                action=urls::case_files(id)
                on:submit=move |event| {
                    event.prevent_default();
                    start();
                }
            >
                <SelectField
                    id="camera-kind"
                    name="kind"
                    label=case::picture_kind(locale)
                    options=kinds.into()
                    value=first.key()
                    on_change=Callback::new(move |key: String| {
                        kind.set(AttachmentKind::from_key(&key).unwrap_or(AttachmentKind::Item));
                    })
                />
                <input
                    class="input"
                    node_ref=input
                    type="file"
                    name="file"
                    accept=ACCEPT
                    multiple=true
                    aria-label=case::add_pictures(locale)
                    on:change=move |_| start()
                />
                <span class="no-js">
                    <Button icon="upload" label=case::add_pictures_send(locale)/>
                </span>
            </form>
            <ul class="case-uploads" role="list" aria-live="polite">
                <For each=move || uploads.get() key=|upload| upload.id let:upload>
                    <Line upload send/>
                </For>
            </ul>
        </details>
    }
    .into_any()
}

#[component]
fn Line(upload: Upload, send: Callback<Upload>) -> impl IntoView {
    let locale = use_locale();
    let name = upload.file.with_value(File::name);
    view! {
        <li class="case-upload">
            <span class="case-upload-name">{name}</span>
            {move || match upload.failed.get() {
                None => {
                    view! {
                        <progress max="100" value=move || upload.percent.get().to_string() aria-label=case::uploading(locale)>
                        </progress>
                    }
                        .into_any()
                }
                Some(error) => {
                    view! {
                        <span class="case-upload-failed">{refusal_text(locale, &error)}</span>
                        <Button
                            icon="refresh"
                            label=texts::ui::try_again(locale)
                            on_press=Callback::new(move |_| send.run(upload))
                        />
                    }
                        .into_any()
                }
            }}
        </li>
    }
}
