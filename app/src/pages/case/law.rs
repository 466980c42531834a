//! What the law looks at and the form does not ask: noted by hand, and the deadlines are worked out anew.

use super::form::{CaseForm, Sending};
use super::open::use_open;
use crate::boot::use_locale;
use crate::ui::{Button, SelectField, TextField, TickField};
use domain::date;
use domain::deadline::count::Period;
use domain::deadline::facts::Sale;
use domain::deadline::recorded::Noted;
use domain::deadline::regimes::CustomerKind;
use jiff::civil::Date;
use leptos::prelude::*;
use texts::deadline;

/// An input's name, its label, what is noted.
type Dated = (&'static str, &'static str, fn(&Noted) -> Option<Date>);

const INPUTS: &[&str] = &[
    "sale",
    "customer",
    "first_notice",
    "received",
    "sent",
    "reached",
    "goods_received",
    "repair_notice",
    "repaired",
    "handed_back",
    "replaced",
    "recourse_claimed",
    "answered",
    "stated",
    "best_before",
];

#[component]
pub fn NoteLaw() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let sending = Sending::new("note_law");
    let noted = open.part(|view| view.law.noted.clone());
    let asks = open.part(|view| view.law.asks);
    let dates: [Dated; 11] = [
        ("received", deadline::note_received(locale), |noted| noted.received),
        ("sent", deadline::note_sent(locale), |noted| noted.sent),
        ("first_notice", deadline::note_first_notice(locale), |noted| noted.first_notice),
        ("goods_received", deadline::note_goods_received(locale), |noted| noted.goods_received),
        ("answered", deadline::note_answered(locale), |noted| noted.answered),
        ("reached", deadline::note_reached(locale), |noted| noted.reached),
        ("repair_notice", deadline::note_repair_notice(locale), |noted| noted.repair_notice),
        ("repaired", deadline::note_repaired(locale), |noted| noted.repaired),
        ("handed_back", deadline::note_handed_back(locale), |noted| noted.handed_back),
        ("replaced", deadline::note_replaced(locale), |noted| noted.replaced),
        ("recourse_claimed", deadline::note_recourse(locale), |noted| noted.recourse_claimed),
    ];
    move || {
        let noted = noted.get()?;
        let asks = asks.get();
        let ticked = move |name: &'static str, kept: bool| {
            if sending.came_back { !sending.typed(name).is_empty() } else { kept }
        };
        let stated =
            noted.stated.as_ref().and_then(Period::as_months).map(|months| months.to_string()).unwrap_or_default();
        let best_before = noted.best_before.map(|day| date::typed(locale, day)).unwrap_or_default();
        let value = move |name: &'static str, kept: String| if sending.came_back { sending.typed(name) } else { kept };
        let sales =
            Sale::ALL.map(|sale| (sale.key().to_owned(), words(texts::sale::by_key(locale, sale.key())))).to_vec();
        let kinds = CustomerKind::ALL
            .map(|kind| (kind.key().to_owned(), words(texts::customer_kind::by_key(locale, kind.key()))))
            .to_vec();
        Some(
            view! {
                <details class="deadlines-rights deadlines-note" open=sending.came_back>
                    <summary>{deadline::note(locale)}</summary>
                    <p class="case-quiet">{deadline::note_help(locale)}</p>
                    <CaseForm sending at="#deadlines" inputs=INPUTS>
                        <SelectField
                            id="law-sale"
                            name="sale"
                            label=deadline::note_sale(locale)
                            options=sales
                            value=value("sale", noted.sale.map_or("", Sale::key).to_owned())
                            empty=deadline::note_as_usual(locale).to_owned()
                            error=sending.fault("sale")
                        />
                        <SelectField
                            id="law-customer"
                            name="customer"
                            label=deadline::note_customer(locale)
                            options=kinds
                            value=value("customer", noted.customer.map_or("", CustomerKind::key).to_owned())
                            empty=deadline::note_as_answered(locale).to_owned()
                            error=sending.fault("customer")
                        />
                        {dates
                            .into_iter()
                            .map(|(name, label, read)| {
                                let kept = read(&noted).map(|day| date::typed(locale, day)).unwrap_or_default();
                                view! {
                                    <TextField
                                        id=format!("law-{name}")
                                        name=name
                                        label=label
                                        value=value(name, kept)
                                        error=sending.fault(name)
                                    />
                                }
                            })
                            .collect_view()}
                        <TickField
                            id="law-substantial"
                            name="substantial"
                            label=deadline::note_substantial(locale)
                            checked=ticked("substantial", noted.substantial)
                        />
                        {asks
                            .stated
                            .then(|| {
                                view! {
                                    <TextField
                                        id="law-stated"
                                        name="stated"
                                        label=deadline::note_stated(locale)
                                        value=value("stated", stated)
                                        error=sending.fault("stated")
                                        inputmode="numeric"
                                    />
                                }
                            })}
                        {asks
                            .best_before
                            .then(|| {
                                view! {
                                    <TextField
                                        id="law-best_before"
                                        name="best_before"
                                        label=deadline::note_best_before(locale)
                                        value=value("best_before", best_before)
                                        error=sending.fault("best_before")
                                    />
                                }
                            })}
                        {asks
                            .uninformed
                            .then(|| {
                                view! {
                                    <TickField
                                        id="law-uninformed"
                                        name="uninformed"
                                        label=deadline::note_uninformed(locale)
                                        checked=ticked("uninformed", noted.uninformed)
                                    />
                                }
                            })}
                        {asks
                            .complex
                            .then(|| {
                                view! {
                                    <TickField
                                        id="law-complex"
                                        name="complex"
                                        label=deadline::note_complex(locale)
                                        checked=ticked("complex", noted.complex)
                                    />
                                }
                            })}
                        <Button icon="law" label=deadline::note_save(locale) busy=sending.busy/>
                    </CaseForm>
                </details>
            }
            .into_any(),
        )
    }
}

fn words(text: Option<&'static str>) -> String {
    text.unwrap_or_default().to_owned()
}
