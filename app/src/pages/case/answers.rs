//! The customer, and what was answered.

use super::open::use_open;
use crate::backend::{AnswerSection, CaseView, CustomerView};
use crate::boot::use_locale;
use crate::ui::Icon;
use domain::contact::Medium;
use leptos::prelude::*;
use texts::case;

#[component]
pub fn Customer() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let customer = open.part(|v| (v.customer.clone(), v.sold));
    view! {
        <section class="card case-customer" aria-labelledby="case-customer">
            <h2 id="case-customer">{case::customer(locale)}</h2>
            {move || {
                let (customer, sold) = customer.get();
                view! { <CustomerBody customer sold/> }.into_any()
            }}
        </section>
    }
}

#[component]
fn CustomerBody(customer: CustomerView, sold: bool) -> impl IntoView {
    let locale = use_locale();
    let CustomerView { name, email, phone, address, language, medium } = customer;
    if !sold {
        return view! { <p class="case-quiet">{case::not_sold(locale)}</p> }.into_any();
    }
    let call: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let no_email = email.is_empty();
    view! {
        <p class="case-customer-name">{name}</p>
        <ul class="case-contact">
            {(!phone.is_empty())
                .then(|| {
                    view! {
                        <li>
                            <a href=format!("tel:{call}") rel="external">
                                <Icon name="call"/>
                                <span>{phone}</span>
                            </a>
                        </li>
                    }
                })}
            {(!no_email)
                .then(|| {
                    view! {
                        <li>
                            <a href=format!("mailto:{email}") rel="external">
                                <Icon name="mail"/>
                                <span>{email.clone()}</span>
                            </a>
                        </li>
                    }
                })}
            {(!address.is_empty())
                .then(|| {
                    view! {
                        <li class="case-contact-plain">
                            <Icon name="store"/>
                            <span>{address}</span>
                        </li>
                    }
                })}
            {(!language.is_empty())
                .then(|| {
                    view! {
                        <li class="case-contact-plain">
                            <Icon name="language"/>
                            <span>{language}</span>
                        </li>
                    }
                })}
        </ul>
        {match medium {
            Some(Medium::Email) => None,
            Some(Medium::Sms) => Some(case::by_sms(locale)),
            None => Some(case::no_email(locale)),
        }
            .map(|words| view! { <p class="case-quiet">{words}</p> })}
    }
    .into_any()
}

/// Every answer but those that the customer's own block shows already.
fn others(view: &CaseView) -> Vec<AnswerSection> {
    let CustomerView { name, email, phone, address, language, .. } = &view.customer;
    let shown = |value: &String| !value.is_empty() && [name, email, phone, address, language].contains(&value);
    let mut sections = view.sections.clone();
    for section in sections.iter_mut().filter(|section| section.key == "customer") {
        section.answers.retain(|answer| !shown(&answer.value));
    }
    sections
}

#[component]
pub fn Answers() -> impl IntoView {
    let locale = use_locale();
    let open = use_open();
    let sections = open.part(others);
    view! {
        <section class="card case-answers" aria-labelledby="case-answers">
            <h2 id="case-answers">{case::answers(locale)}</h2>
            {move || sections.get().into_iter().map(|section| view! { <Section section/> }).collect_view().into_any()}
        </section>
    }
}

#[component]
fn Section(section: AnswerSection) -> impl IntoView {
    if section.answers.is_empty() {
        return ().into_any();
    }
    view! {
        <h3>{section.title}</h3>
        <dl class="case-list">
            {section
                .answers
                .into_iter()
                .map(|answer| {
                    view! {
                        <div>
                            <dt>{answer.label}</dt>
                            <dd>{answer.value}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
    .into_any()
}
