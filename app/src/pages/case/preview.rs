//! A letter is seen before it is sent.

use super::form::Sending;
use crate::backend::LetterPreview;
use crate::boot::use_locale;
use crate::error::Result;
use crate::ui::{Notice, Tone};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use texts::case;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, SubmitEvent};

/// Stands in the way of a form's first submission and shows the letter; the second one sends it.
#[derive(Clone, Copy)]
pub struct Preview {
    pub letter: RwSignal<Option<LetterPreview>>,
    pub busy: RwSignal<bool>,
}

impl Preview {
    pub fn new() -> Self {
        Self::showing(None)
    }

    /// One that was asked for before the page was sent.
    pub fn showing(letter: Option<LetterPreview>) -> Self {
        Self { letter: RwSignal::new(letter), busy: RwSignal::new(false) }
    }

    /// For `on:submit:capture` around the form. `ask` gets what the form holds.
    pub fn intercept<F, Answer>(self, sending: Sending, event: &SubmitEvent, ask: F)
    where
        F: FnOnce(FormData) -> Answer,
        Answer: Future<Output = Result<LetterPreview>> + 'static,
    {
        if self.letter.with_untracked(Option::is_some) {
            return;
        }
        event.prevent_default();
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(data) = form.and_then(|form| FormData::new_with_form(&form).ok()) else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        sending.error.set(None);
        let answer = ask(data);
        spawn_local(async move {
            match answer.await {
                Ok(letter) => {
                    self.letter.try_set(Some(letter));
                }
                Err(error) => {
                    sending.error.try_set(Some(error));
                }
            }
            self.busy.try_set(false);
        });
    }

    /// What was shown no longer is what would be sent.
    pub fn forget(self) {
        if self.letter.with_untracked(Option::is_some) {
            self.letter.set(None);
        }
    }
}

pub fn text(data: &FormData, input: &str) -> String {
    data.get(input).as_string().unwrap_or_default()
}

/// Below the form's inputs: the letter, once it was asked for.
#[component]
pub fn PreviewBox(preview: Preview) -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="case-preview" aria-live="polite">
            {move || {
                preview
                    .letter
                    .get()
                    .map(|letter| {
                        view! {
                            <h3>{case::preview_title(locale)}</h3>
                            <Letter letter/>
                        }
                            .into_any()
                    })
            }}
        </div>
    }
}

/// A letter as its reader sees it, in a frame that can do nothing.
#[component]
pub fn Letter(letter: LetterPreview) -> impl IntoView {
    let locale = use_locale();
    let LetterPreview { to, language, subject, html, text, own, .. } = letter;
    // Whoever gets no e-mail has the whole letter on paper.
    let paper = own.filter(|_| to.is_empty() || html.is_empty());
    let paper = paper.map(|own| {
        view! {
            <p class="case-quiet">{case::on_paper(locale)}</p>
            <div class="case-letter case-paper">
                <p class="case-paper-subject">{own.subject}</p>
                <p class="case-letter-sms">{own.paper}</p>
            </div>
        }
        .into_any()
    });
    if to.is_empty() {
        let words = if paper.is_some() { case::no_letter_print(locale) } else { case::no_letter(locale) };
        return view! {
            <Notice tone=Tone::Warn>
                <p>{words}</p>
            </Notice>
            {paper}
        }
        .into_any();
    }
    view! {
        <div class="case-letter">
            <dl class="case-letter-head">
                <div>
                    <dt>{case::letter_to(locale)}</dt>
                    <dd>{to}{(!language.is_empty()).then(|| format!(" · {language}"))}</dd>
                </div>
                {(!subject.is_empty())
                    .then(|| {
                        view! {
                            <div>
                                <dt>{case::letter_subject(locale)}</dt>
                                <dd>{subject.clone()}</dd>
                            </div>
                        }
                    })}
            </dl>
            {if html.is_empty() {
                view! { <p class="case-letter-sms">{text}</p> }.into_any()
            } else {
                view! { <iframe class="case-letter-body" sandbox="" srcdoc=html title=subject></iframe> }.into_any()
            }}
        </div>
        {paper}
    }
    .into_any()
}
