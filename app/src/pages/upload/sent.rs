//! What is on its way and what has arrived.

use super::api::SetOwnKind;
use super::queue::{Item, Queue, State};
use crate::backend::PictureView;
use crate::boot::use_locale;
use crate::ui::send::refusal_text;
use crate::ui::{Icon, display};
use crate::urls::{self, Size};
use domain::attachment::AttachmentKind;
use leptos::prelude::*;
use texts::upload as words;

#[component]
pub fn SentList(#[prop(into)] token: String, queue: Queue) -> impl IntoView {
    let locale = use_locale();
    let set_kind = ServerAction::<SetOwnKind>::new();
    let token = StoredValue::new(token);
    let any = move || queue.items.with(|items| !items.is_empty()) || queue.sent.with(|sent| !sent.is_empty());
    view! {
        <section class="sent" hidden=move || !any() aria-labelledby="sent-title">
            <h2 id="sent-title">{words::sent_title(locale)}</h2>
            <ul role="list" aria-live="polite" aria-relevant="additions">
                <For each=move || queue.items.get() key=|item| item.id let:item>
                    <OnItsWay item queue/>
                </For>
                <For each=move || queue.sent.get() key=|picture| picture.id let:picture>
                    <Arrived picture token=token.get_value() set_kind/>
                </For>
            </ul>
        </section>
    }
}

#[component]
fn OnItsWay(item: Item, queue: Queue) -> impl IntoView {
    let locale = use_locale();
    let state = item.state;
    let percent = move || match state.get() {
        State::Sending(percent) => Some(percent),
        _ => None,
    };
    let told = move || match state.get() {
        State::Waiting => words::waiting(locale).to_owned(),
        State::Sending(100) => words::working(locale).to_owned(),
        State::Sending(percent) => words::sending(locale, &percent.to_string()),
        State::Pausing => words::pausing(locale).to_owned(),
        State::Refused(error) => refusal_text(locale, &error),
    };
    let stopped = move || matches!(state.get(), State::Pausing | State::Refused(_));
    let refused = move || matches!(state.get(), State::Refused(_));
    let id = item.id;
    let preview = item.preview.clone();
    let name = item.name.clone();
    let kind = item.kind;
    let shows = RwSignal::new(false);
    view! {
        <li class="sent-item" class:sent-refused=refused>
            <span class="sent-thumbnail">
                <Icon name=kind.key()/>
                // Not every file that may be sent can be shown here: a PDF, an iPhone's HEIC.
                <img src=preview alt="" hidden=move || !shows.get() on:load=move |_| shows.set(true)/>
            </span>
            <div class="sent-text">
                <strong>{texts::words::kind(locale, kind)}</strong>
                <span class="small soft sent-name">{name.clone()}</span>
                <span class="small sent-told" role="status">{told}</span>
                <progress
                    max="100"
                    aria-label=name
                    value=move || percent().unwrap_or_default().to_string()
                    hidden=move || percent().is_none()
                ></progress>
            </div>
            <div class="sent-actions" hidden=move || !stopped()>
                <button
                    type="button"
                    class="button button-quiet button-icon"
                    title=words::try_now(locale)
                    on:click={
                        let item = item.clone();
                        move |_| queue.retry(&item)
                    }
                >
                    <Icon name="refresh" label=words::try_now(locale)/>
                </button>
                <button
                    type="button"
                    class="button button-quiet button-icon"
                    hidden=move || !refused()
                    title=words::dismiss(locale)
                    on:click=move |_| queue.dismiss(id)
                >
                    <Icon name="cross" label=words::dismiss(locale)/>
                </button>
            </div>
        </li>
    }
}

#[component]
fn Arrived(picture: PictureView, token: String, set_kind: ServerAction<SetOwnKind>) -> impl IntoView {
    let locale = use_locale();
    let PictureView { id, kind, pdf, received, .. } = picture;
    let told = words::picture(locale, texts::words::kind(locale, kind), &display::clock(received.local));
    let thumbnail = if pdf {
        view! { <Icon name="document" label=told/> }.into_any()
    } else {
        view! { <img src=urls::upload_file(&token, id, Size::Small) alt=told width="72" height="72"/> }.into_any()
    };
    let choose = {
        let token = token.clone();
        move |event| {
            set_kind.dispatch(SetOwnKind { token: token.clone(), picture: id, kind: event_target_value(&event) });
        }
    };
    view! {
        <li class="sent-item">
            <a class="sent-thumbnail" href=urls::upload_file(&token, id, Size::Large) rel="external" target="_blank">
                {thumbnail}
            </a>
            <div class="sent-text">
                <span class="sent-arrived">
                    <Icon name="check"/>
                    {if pdf { "PDF".to_owned() } else { display::clock(received.local) }}
                </span>
                <ActionForm action=set_kind attr:class="sent-kind">
                    <input type="hidden" name="token" value=token/>
                    <input type="hidden" name="picture" value=id.to_string()/>
                    <label>
                        <span class="visually-hidden">{words::kind(locale)}</span>
                        <select class="input" name="kind" on:change=choose>
                            {AttachmentKind::ALL
                                .map(|other| {
                                    view! {
                                        <option value=other.key() selected=other == kind>
                                            {texts::words::kind(locale, other)}
                                        </option>
                                    }
                                })
                                .collect_view()}
                        </select>
                    </label>
                    <button type="submit" class="button no-js">
                        {words::change(locale)}
                    </button>
                </ActionForm>
            </div>
        </li>
    }
}
