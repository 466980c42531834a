//! The letters of the case and how far they are (E28).

use super::api::read_letter;
use super::form::{CaseForm, Sending};
use super::open::use_open;
use super::preview::Letter;
use crate::backend::{LetterPreview, LetterView};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::ui::{Button, Dialog, ErrorNotice, Icon, Look, Time};
use domain::contact::Medium;
use domain::letter::LetterState;
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::case;

#[component]
pub fn Letters() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let letters = open.part(|view| view.letters.clone());
    let sending = Sending::new("resend_letter");
    let shown = RwSignal::new(false);
    let read = RwSignal::new(None::<Result<LetterPreview, AppError>>);
    let show = Callback::new(move |id| {
        read.set(None);
        shown.set(true);
        spawn_local(async move {
            let letter = read_letter(id).await;
            read.try_set(Some(letter));
        });
    });
    view! {
        <section class="card" aria-labelledby="case-letters" hidden=move || letters.with(Vec::is_empty)>
            <h2 id="case-letters">{case::letters(locale)}</h2>
            <ul class="case-letters" role="list">
                {move || {
                    letters.get().into_iter().map(|letter| view! { <Line letter sending show/> }).collect_view().into_any()
                }}
            </ul>
            <Dialog title=case::letter(locale) open=shown wide=true>
                {move || match read.get() {
                    None => view! { <p role="status">{texts::ui::loading(locale)}</p> }.into_any(),
                    Some(Ok(letter)) => view! { <Letter letter/> }.into_any(),
                    Some(Err(error)) => view! { <ErrorNotice error/> }.into_any(),
                }}
            </Dialog>
        </section>
    }
    .into_any()
}

#[component]
fn Line(letter: LetterView, sending: Sending, show: Callback<domain::id::LetterId>) -> impl IntoView {
    let locale = use_locale();
    let LetterView { id, template, medium, to, subject, at, sent, state, error } = letter;
    let (class, icon) = match state {
        LetterState::Waiting => ("case-letter-state", "clock"),
        LetterState::Sent => ("case-letter-state case-letter-sent", "check"),
        LetterState::Failed => ("case-letter-state case-letter-failed", "warning"),
        LetterState::Cancelled => ("case-letter-state", "undo"),
    };
    let failed = state == LetterState::Failed;
    let mark = match medium {
        _ if failed => "mail_failed",
        Medium::Email => "mail",
        Medium::Sms => "phone",
    };
    view! {
        <li class="case-letter-line">
            <p class="case-letter-subject">
                <Icon name=mark/>
                <span>{subject}</span>
            </p>
            <p class="case-by">{texts::template::by_key(locale, template.key())} " · " {to}</p>
            <p class=class>
                <Icon name=icon/>
                <span>
                    {texts::letter_state::by_key(locale, state.key())} " · " <Time at=sent.unwrap_or(at)/>
                </span>
            </p>
            {(!error.is_empty()).then(|| view! { <p class="case-letter-error">{error}</p> })}
            <div class="case-letter-actions">
                <span class="only-js">
                    <Button
                        look=Look::Quiet
                        icon="open"
                        label=case::letter_read(locale)
                        on_press=Callback::new(move |_| show.run(id))
                    />
                </span>
                {failed
                    .then(|| {
                        view! {
                            <CaseForm sending>
                                <input type="hidden" name="letter" value=id.to_string()/>
                                <Button icon="refresh" label=case::letter_again(locale) busy=sending.busy/>
                            </CaseForm>
                        }
                    })}
            </div>
        </li>
    }
    .into_any()
}
