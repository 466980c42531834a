//! A decision above the organisation's limit: what waits for a second person, and what that person can do.

use super::form::{CaseForm, Sending, TEXT_LIMIT};
use super::handle::{Fold, close};
use super::open::{use_open, use_viewer};
use crate::backend::ProposedView;
use crate::boot::use_locale;
use crate::ui::{Button, Icon, Look, TextAreaField, Time};
use domain::role::Right;
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Proposal() -> impl IntoView {
    let open = use_open();
    let proposed = open.part(|view| view.proposed.clone());
    view! {
        {move || proposed.get().map(|proposed| view! { <Waiting proposed/> }.into_any())}
    }
}

#[component]
fn Waiting(proposed: ProposedView) -> impl IntoView {
    let locale = use_locale();
    let ProposedView { decision, sent_back, may_confirm, letter, .. } = proposed;
    let decides = use_viewer().is_some_and(|viewer| viewer.may(Right::Decide));
    let title = match &sent_back {
        Some(back) => case::sent_back_title(locale, &back.by),
        None => case::proposed_title(locale).to_owned(),
    };
    let help = match (&sent_back, may_confirm) {
        (Some(_), _) => case::sent_back_help(locale),
        (None, true) => case::proposed_help(locale),
        (None, false) => case::proposed_own(locale),
    };
    let verdict = texts::verdict::by_key(locale, decision.verdict.key()).unwrap_or_default();
    view! {
        <section class="case-decision case-proposed" id="proposal" aria-labelledby="case-proposed">
            <Icon name="users"/>
            <div class="case-decision-body">
                <h2 id="case-proposed">{title}</h2>
                {sent_back.map(|back| view! { <p class="case-decision-text">{back.note}</p> })}
                <p class="case-decision-reason">{format!("{verdict}: {}", decision.reason)}</p>
                {(!decision.offer.is_empty()).then(|| view! { <p>{decision.offer.clone()}</p> })}
                <p class="case-by">{decision.by} " · " <Time at=decision.at/></p>
                {decides.then(|| view! { <p class="case-quiet">{help}</p> })}
                {letter
                    .map(|letter| {
                        view! {
                            <details class="case-more">
                                <summary>{case::proposed_letter(locale)}</summary>
                                <div class="case-letter case-paper">
                                    <p class="case-paper-subject">{letter.subject}</p>
                                    <p class="case-letter-sms">{letter.paper}</p>
                                </div>
                            </details>
                        }
                    })}
                {may_confirm.then(|| view! { <Answer/> }.into_any())}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Answer() -> impl IntoView {
    let locale = use_locale();
    let confirming = Sending::new("confirm_decision");
    let sending = Sending::new("send_back_decision");
    let fold = NodeRef::new();
    view! {
        <div class="case-proposed-answer">
            <CaseForm sending=confirming at="#proposal">
                <Button look=Look::Primary icon="check" label=case::confirm_decision(locale) busy=confirming.busy/>
            </CaseForm>
            <Fold node_ref=fold label=case::send_back(locale) icon="undo" unfolded=sending.came_back>
                <CaseForm sending at="#proposal" inputs=&["note"] on_done=Callback::new(move |()| close(fold))>
                    <TextAreaField
                        id="send-back-note"
                        name="note"
                        label=case::send_back_why(locale)
                        rows=3
                        required=true
                        value=sending.typed("note")
                        error=sending.fault("note")
                        maxlength=TEXT_LIMIT
                    />
                    <Button label=case::send_back(locale) busy=sending.busy/>
                </CaseForm>
            </Fold>
        </div>
    }
    .into_any()
}
