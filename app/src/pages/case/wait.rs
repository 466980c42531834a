//! The case waits: one click for the customer and the goods, a name for everybody else.

use super::form::{CaseForm, Sending};
use super::handle::{Fold, close};
use super::open::use_open;
use super::steps;
use crate::boot::use_locale;
use crate::ui::{Button, SelectField, TextField};
use domain::phase::{Action, Phase, Waiting};
use leptos::prelude::*;
use texts::{case, waits};

const PARTNERS: [Waiting; 3] = [Waiting::Supplier, Waiting::Repair, Waiting::Expert];

fn is_partner(key: &str) -> bool {
    PARTNERS.into_iter().any(|on| on.key() == key)
}

#[component]
pub fn Wait() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let fold = NodeRef::new();
    let may = open.ever(|view| view.may.iter().any(|action| matches!(action, Action::Wait(_))));
    let now = open.part(|view| view.may.iter().any(|action| matches!(action, Action::Wait(_))));
    let plain = Sending::of("wait_case", |failed| !is_partner(&failed.value("wait_case", "on")));
    let named = Sending::of("wait_case", |failed| is_partner(&failed.value("wait_case", "on")));
    let came_back = plain.came_back || named.came_back;
    let phase = open.part(|view| view.phase);
    let done = Callback::new(move |()| close(fold));
    move || {
        may.get().then(|| {
            view! {
                <div hidden=move || !now.get()>
                    <Fold node_ref=fold key="w" label=case::set_waiting(locale) icon="clock" unfolded=came_back>
                        <CaseForm sending=plain class="case-step-buttons" on_done=done>
                            {move || {
                                let here = phase.get();
                                [Waiting::Customer, Waiting::Goods]
                                    .into_iter()
                                    .filter(|on| Phase::waiting(*on) != here)
                                    .map(|on| {
                                        view! {
                                            <Button
                                                name="on"
                                                value=on.key().to_owned()
                                                icon=Phase::waiting(on).key()
                                                label=steps::wait_label(locale, on)
                                                disabled=plain.busy
                                            />
                                        }
                                    })
                                    .collect_view()
                            }}
                        </CaseForm>
                        <p class="case-quiet">{waits::customer_help(locale)}</p>
                        <Named sending=named done/>
                    </Fold>
                </div>
            }
            .into_any()
        })
    }
}

/// A supplier, a workshop or an expert: who, and where they are reminded.
#[component]
fn Named(sending: Sending, done: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let known = open.part(|view| {
        let waiting = view.waiting.as_ref().filter(|waiting| !waiting.whom.is_empty());
        match waiting {
            Some(waiting) => (waiting.on.key(), waiting.whom.clone(), waiting.email.clone()),
            None => (Waiting::Supplier.key(), view.supplier_name.clone(), String::new()),
        }
    });
    let options: Vec<(String, String)> =
        PARTNERS.iter().map(|on| (on.key().to_owned(), steps::wait_label(locale, *on).to_owned())).collect();
    let typed = move |input: &str, saved: String| if sending.came_back { sending.typed(input) } else { saved };
    view! {
        <CaseForm sending inputs=&["on", "whom", "email"] on_done=done>
            {move || {
                let (on, whom, email) = known.get();
                view! {
                    <SelectField
                        id="wait-on"
                        name="on"
                        label=waits::whom(locale)
                        options=options.clone()
                        value=typed("on", on.to_owned())
                        error=sending.fault("on")
                    />
                    <TextField
                        id="wait-whom"
                        name="whom"
                        label=waits::name(locale)
                        help=waits::name_help(locale)
                        value=typed("whom", whom)
                        error=sending.fault("whom")
                        required=true
                        maxlength=100
                        autocomplete="off"
                    />
                    <TextField
                        id="wait-email"
                        name="email"
                        kind="email"
                        label=waits::email(locale)
                        help=waits::email_help(locale)
                        value=typed("email", email)
                        error=sending.fault("email")
                        autocomplete="off"
                    />
                }
            }}
            <Button icon="clock" label=waits::set(locale) busy=sending.busy/>
        </CaseForm>
    }
    .into_any()
}
