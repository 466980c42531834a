//! A form of the case page. Without script the browser posts it and the page comes back; with script it is sent from
//! the page, which stays as it is.

use super::open::{Open, use_open};
use crate::backend::Submission;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::ui::error_view::{error_text, field_error};
use crate::ui::{Notice, Tone};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Form;
use leptos_router::hooks::use_navigate;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Letters of a note, a question or an explanation, at most.
pub const TEXT_LIMIT: u32 = 10_000;
const _: () = assert!(TEXT_LIMIT as usize == domain::decision::TEXT_LIMIT);

/// How far the sending of one form is.
#[derive(Clone, Copy)]
pub struct Sending {
    pub form: &'static str,
    pub busy: RwSignal<bool>,
    pub error: RwSignal<Option<AppError>>,
    /// This page came back because this form failed.
    pub came_back: bool,
    open: Open,
}

impl Sending {
    /// `form` is the endpoint of its server function.
    pub fn new(form: &'static str) -> Self {
        Self::of(form, |_| true)
    }

    /// One of several forms with the same function: `its_own` tells which failure is this one's.
    pub fn of(form: &'static str, its_own: impl Fn(&Submission) -> bool) -> Self {
        let open = use_open();
        let (came_back, error) = open.failed.with_value(|failed| {
            let failed = failed.as_ref().filter(|failed| failed.form == form && its_own(failed));
            (failed.is_some(), failed.and_then(Submission::fault))
        });
        Self { form, busy: RwSignal::new(false), came_back, error: RwSignal::new(error), open }
    }

    /// What was typed into that input before the page came back.
    pub fn typed(self, input: &str) -> String {
        self.open
            .failed
            .with_value(|failed| failed.as_ref().map(|failed| failed.value(self.form, input)).unwrap_or_default())
    }

    /// All that was chosen under that name before the page came back.
    pub fn chosen(self, input: &str) -> Vec<String> {
        self.open.failed.with_value(|failed| {
            let failed = failed.as_ref().filter(|failed| failed.form == self.form);
            failed.and_then(|failed| failed.values.get(input).cloned()).unwrap_or_default()
        })
    }

    /// What is wrong with that input; empty while nothing is.
    pub fn fault(self, input: &'static str) -> Signal<String> {
        let locale = use_locale();
        Signal::derive(move || self.error.with(|error| field_error(locale, error.as_ref(), input)))
    }
}

/// `inputs` are those that show their own errors; any other error stands above the form.
#[component]
pub fn CaseForm(
    sending: Sending,
    #[prop(optional)] class: &'static str,
    /// Where on the page a browser without script comes back to: `#outcome`. A redirect without a fragment inherits the request's.
    #[prop(optional)]
    at: &'static str,
    #[prop(default = &[])] inputs: &'static [&'static str],
    #[prop(optional, into)] on_done: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let open = use_open();
    let Sending { form, busy, error, .. } = sending;
    let (case, number) = open.view.with_untracked(|view| (view.id.to_string(), view.number.to_string()));
    let page = open.view.with_untracked(|view| crate::urls::case(view.number));
    let version = open.part(|view| view.version);
    let around = NodeRef::<html::Div>::new();
    let navigate = use_navigate();
    let came_back = sending.came_back;

    let done = Callback::new(move |()| {
        open.refetch();
        if came_back {
            // The address still names the failed form; a fresh page of this case does not.
            navigate(&page, leptos_router::NavigateOptions { replace: true, scroll: false, ..Default::default() });
        } else if let Some(form) =
            around.get_untracked().and_then(|around| around.query_selector("form").ok().flatten())
            && let Some(form) = form.dyn_ref::<web_sys::HtmlFormElement>()
        {
            form.reset();
        }
        if let Some(on_done) = on_done {
            on_done.run(());
        }
    });
    let on_response = move |response: &web_sys::Response| {
        let response: web_sys::Response = Clone::clone(response);
        spawn_local(async move {
            let outcome = read(response).await;
            busy.try_set(false);
            match outcome {
                None => {
                    error.try_set(None);
                    done.run(());
                }
                Some(fault) => {
                    if fault == AppError::Conflict {
                        open.refetch();
                    }
                    error.try_set(Some(fault));
                }
            }
        });
    };
    view! {
        <div class=format!("case-form {class}") node_ref=around>
            <FormError error inputs/>
            <Form
                method="post"
                action=format!("/api/{form}{at}")
                noscroll=true
                on_form_data=Arc::new(move |_| busy.set(true))
                on_response=Arc::new(on_response)
                on_error=Arc::new(move |_| {
                    busy.set(false);
                    error.set(Some(AppError::Transport));
                })
            >
                <input type="hidden" name="case" value=case/>
                <input type="hidden" name="number" value=number/>
                <input type="hidden" name="version" value=move || version.get()/>
                {children()}
            </Form>
        </div>
    }
    .into_any()
}

/// The error of a form that no input of it shows.
#[component]
pub fn FormError(
    error: RwSignal<Option<AppError>>,
    #[prop(default = &[])] inputs: &'static [&'static str],
) -> impl IntoView {
    let locale = use_locale();
    move || {
        let error = error
            .get()
            .filter(|error| !matches!(error, AppError::Invalid { field, .. } if inputs.contains(&field.as_str())))?;
        let (tone, text) = match &error {
            AppError::Conflict => (Tone::Warn, texts::case::conflict(locale).to_owned()),
            _ => (Tone::Bad, error_text(locale, &error)),
        };
        Some(view! {
            <Notice tone urgent=true>
                <p>{text}</p>
            </Notice>
        })
    }
}

/// The error that an answer brings, if it is none of success.
async fn read(response: web_sys::Response) -> Option<AppError> {
    if response.ok() {
        return None;
    }
    let Ok(text) = response.text() else { return Some(AppError::Transport) };
    let text = JsFuture::from(text).await.ok().and_then(|text| text.as_string()).unwrap_or_default();
    Some(serde_json::from_str(&text).unwrap_or(AppError::Transport))
}
