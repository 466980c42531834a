//! A question to the customer: a letter with an upload link, previewed before it goes.

use super::api::preview_question;
use super::form::{CaseForm, Sending, TEXT_LIMIT};
use super::handle::{Fold, close};
use super::open::use_open;
use super::preview::{Preview, PreviewBox, text};
use crate::boot::use_locale;
use crate::ui::{Button, Look, TextAreaField};
use domain::phase::Action;
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Ask() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let sending = Sending::new("ask_customer");
    let preview = Preview::new();
    let touched = RwSignal::new(sending.came_back);
    let fold = NodeRef::new();
    let ever = open.ever(|view| view.may.contains(&Action::Ask));
    let now = open.may(Action::Ask);
    let case = open.view.with_untracked(|view| view.id);
    let done = move |()| {
        preview.forget();
        touched.set(false);
        close(fold);
    };
    let submit = move |event: web_sys::SubmitEvent| {
        preview.intercept(sending, &event, |data| preview_question(case, text(&data, "question")));
    };
    move || {
        ever.get().then(|| {
            view! {
                <div hidden=move || !now.get() && !touched.get()>
                    <Fold node_ref=fold id="ask" key="q" label=case::ask(locale) icon="mail" unfolded=sending.came_back>
                        <div
                            on:submit:capture=submit
                            on:input=move |_| {
                                touched.set(true);
                                preview.forget();
                            }
                        >
                            <CaseForm sending inputs=&["question"] on_done=Callback::new(done)>
                                <TextAreaField
                                    id="ask-question"
                                    name="question"
                                    label=case::question(locale)
                                    help=case::question_help(locale)
                                    rows=4
                                    required=true
                                    value=sending.typed("question")
                                    error=sending.fault("question")
                                    maxlength=TEXT_LIMIT
                                />
                                <PreviewBox preview/>
                                <Button
                                    look=Look::Primary
                                    icon="mail"
                                    busy=Signal::derive(move || preview.busy.get() || sending.busy.get())
                                    label=Signal::derive(move || {
                                        let letter = preview.letter.with(Option::is_some);
                                        if letter { case::ask_send(locale) } else { case::ask_preview(locale) }.to_owned()
                                    })
                                />
                            </CaseForm>
                        </div>
                    </Fold>
                </div>
            }
            .into_any()
        })
    }
}
