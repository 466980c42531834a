//! The letters of the case and how far they are (E28).

use super::api::read_letter;
use super::form::{CaseForm, Sending};
use super::open::use_open;
use super::preview::Letter;
use crate::backend::{LetterPreview, LetterView, PaperView};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::pages::papers::ways;
use crate::ui::field::{described_by, invalid};
use crate::ui::{Button, Dialog, ErrorNotice, Field, Icon, Look, SelectField, Time, display};
use crate::urls::{PAPERS, case_paper};
use domain::contact::Medium;
use domain::id::PaperId;
use domain::letter::LetterState;
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::{case, papers};

#[component]
pub fn Letters() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let letters = open.part(|view| view.letters.clone());
    let papers = open.part(|view| view.papers.clone());
    let number = open.view.with_untracked(|view| view.number);
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
        <section class="card" id="letters" aria-labelledby="case-letters" hidden=move || letters.with(Vec::is_empty) && papers.with(Vec::is_empty)>
            <h2 id="case-letters">{case::letters(locale)}</h2>
            <ul class="case-letters" role="list">
                {move || {
                    letters
                        .get()
                        .into_iter()
                        .map(|letter| {
                            let paper = papers.with(|papers| papers.iter().find(|p| p.letter == Some(letter.id)).map(|p| p.id));
                            view! { <Line letter sending show paper=paper.map(|paper| case_paper(number, paper))/> }
                        })
                        .collect_view()
                        .into_any()
                }}
                {move || {
                    papers
                        .get()
                        .into_iter()
                        .filter(|paper| paper.letter.is_none() || paper.to_print || paper.handed.is_some())
                        .map(|paper| view! { <OnPaper url=case_paper(number, paper.id) paper/> })
                        .collect_view()
                        .into_any()
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

/// One that goes to nobody by itself.
#[component]
fn OnPaper(paper: PaperView, url: String) -> impl IntoView {
    let locale = use_locale();
    let id = paper.id.to_string();
    let its_own = id.clone();
    let back = Sending::of("take_paper_back", move |failed| failed.value("take_paper_back", "paper") == its_own);
    let template = texts::template::by_key(locale, paper.template.key());
    let (to_print, handed) = (paper.to_print, paper.handed.is_some());
    view! {
        <li class="case-letter-line">
            <p class="case-letter-subject">
                <Icon name="print"/>
                <span>{paper.subject}</span>
            </p>
            <p class="case-by">{template} " · " <Time at=paper.at/></p>
            {to_print.then(|| view! { <p class="case-letter-state">{case::to_print(locale)}</p> })}
            {paper
                .handed
                .map(|handed| {
                    let how = texts::handover::by_key(locale, handed.how.key()).unwrap_or_default();
                    let words = papers::handed(locale, how, &display::date(locale, handed.on));
                    view! {
                        <p class="case-letter-state case-letter-sent">
                            <Icon name="check"/>
                            <span>{words} " · " {handed.by}</span>
                        </p>
                    }
                })}
            <div class="case-letter-actions">
                <PaperLink url/>
                {handed
                    .then(|| {
                        view! {
                            <CaseForm sending=back>
                                <input type="hidden" name="paper" value=id.clone()/>
                                <Button look=Look::Quiet icon="undo" label=papers::take_back(locale) busy=back.busy/>
                            </CaseForm>
                        }
                    })}
            </div>
            {to_print.then(|| view! { <HandOver id=paper.id/> })}
        </li>
    }
    .into_any()
}

/// It has left: when, and how.
#[component]
fn HandOver(id: PaperId) -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let today = open.view.with_untracked(|view| view.today.to_string());
    let its_own = id.to_string();
    let sending = Sending::of("hand_over", move |failed| failed.value("hand_over", "paper") == its_own);
    let on = sending.fault("on");
    let (how, day) =
        if sending.came_back { (sending.typed("how"), sending.typed("on")) } else { (String::new(), today.clone()) };
    let input = format!("hand-over-{id}");
    view! {
        <CaseForm sending class="case-hand-over" at="#letters" inputs=&["how", "on"]>
            <input type="hidden" name="paper" value=id.to_string()/>
            <div class="case-more-row">
                <SelectField
                    id=format!("{input}-how")
                    name="how"
                    label=papers::how(locale)
                    options=ways(locale)
                    value=how
                    error=sending.fault("how")
                />
                <Field id=input.clone() label=papers::on(locale) required=true error=on>
                    <input
                        class="input case-day"
                        id=input.clone()
                        name="on"
                        type="date"
                        required=true
                        max=today
                        value=day
                        aria-describedby=described_by(&input)
                        aria-invalid=invalid(on)
                    />
                </Field>
            </div>
            <div class="form-actions">
                <Button icon="check" label=papers::mark(locale) busy=sending.busy/>
                <a class="button button-quiet" href=PAPERS rel="external">
                    {papers::all(locale)}
                </a>
            </div>
        </CaseForm>
    }
    .into_any()
}

/// The letter word for word as it went out, or as it is to be printed.
#[component]
fn PaperLink(url: String) -> impl IntoView {
    let locale = use_locale();
    view! {
        <a class="button button-quiet" href=url target="_blank" rel="external">
            <Icon name="print"/>
            <span>{case::paper_read(locale)}</span>
        </a>
    }
}

#[component]
fn Line(
    letter: LetterView,
    sending: Sending,
    show: Callback<domain::id::LetterId>,
    #[prop(optional_no_strip)] paper: Option<String>,
) -> impl IntoView {
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
                {paper.map(|url| view! { <PaperLink url/> })}
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
