//! The smaller parts of the page.

use super::api::StatusUpload;
use crate::backend::{DocumentKind, PictureView, StatusDecision, StatusPage, StatusStore};
use crate::boot::use_locale;
use crate::guise::{GuiseInput, use_guise};
use crate::ui::phase_badge::phase_tone;
use crate::ui::{Button, Icon, Time, display};
use crate::urls::{self, Size};
use domain::Locale;
use domain::decision::Verdict;
use domain::number::Number;
use domain::phase::Phase;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::status as words;

#[component]
pub fn Decision(decision: Option<StatusDecision>, outcome: Option<String>) -> impl IntoView {
    let locale = use_locale();
    let Some(StatusDecision { verdict, reason, explanation, at }) = decision else { return ().into_any() };
    let phase = match verdict {
        Verdict::Approved => Phase::Approved,
        Verdict::Partly => Phase::Partly,
        Verdict::Rejected => Phase::Rejected,
    };
    view! {
        <section class="card stack" aria-labelledby="decision">
            <h2 id="decision">{words::decision(locale)}</h2>
            <div class="row">
                <span class=format!("badge badge-{}", phase_tone(phase))>
                    <Icon name=phase.key()/>
                    <span>{texts::words::verdict(locale, verdict)}</span>
                </span>
                <span class="soft small">
                    <Time at/>
                </span>
            </div>
            <dl class="facts">
                <dt>{words::reason(locale)}</dt>
                <dd>{reason}</dd>
                {outcome
                    .map(|outcome| {
                        view! {
                            <dt>{words::outcome(locale)}</dt>
                            <dd>{outcome}</dd>
                        }
                    })}
            </dl>
            {(!explanation.is_empty()).then(|| view! { <p class="status-lines">{explanation}</p> })}
        </section>
    }
    .into_any()
}

#[component]
pub fn Pictures(page: StatusPage) -> impl IntoView {
    let locale = use_locale();
    let number = page.number;
    let none = page.pictures.is_empty();
    if none && !page.may_add_pictures {
        return ().into_any();
    }
    let thumbnails = page.pictures.into_iter().map(|picture| view! { <Picture number picture/> }).collect_view();
    let full = page.remaining_pictures == 0;
    view! {
        <section class="card stack" aria-labelledby="pictures">
            <h2 id="pictures">{words::pictures(locale)}</h2>
            {none.then(|| view! { <p class="soft">{words::pictures_none(locale)}</p> })}
            <ul class="status-pictures" role="list">
                {thumbnails}
            </ul>
            {full.then(|| view! { <p class="soft">{words::pictures_full(locale)}</p> })}
            {page
                .may_add_pictures
                .then(|| {
                    view! {
                        <form method="post" action=StatusUpload::PATH>
                            <GuiseInput/>
                            <input type="hidden" name="number" value=number.to_string()/>
                            <Button label=words::add_pictures(locale) icon="camera"/>
                        </form>
                    }
                })}
        </section>
    }
    .into_any()
}

#[component]
fn Picture(number: Number, picture: PictureView) -> impl IntoView {
    let locale = use_locale();
    let kind = texts::words::kind(locale, picture.kind);
    let told = words::picture(locale, kind, &display::date(locale, picture.received.local.date()));
    let large = urls::status_file(number, picture.id, Size::Large);
    let drawing = if picture.pdf {
        view! { <Icon name="document"/> }.into_any()
    } else {
        view! { <img src=urls::status_file(number, picture.id, Size::Small) alt="" loading="lazy"/> }.into_any()
    };
    view! {
        <li>
            <a href=large rel="external" target="_blank">
                <span class="status-picture">{drawing}</span>
                <span class="small">{told}</span>
            </a>
        </li>
    }
    .into_any()
}

pub fn document_name(locale: Locale, kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Protocol => words::document_protocol(locale),
        DocumentKind::Label | DocumentKind::Label62 | DocumentKind::LabelZpl => words::document_label(locale),
        DocumentKind::PackingSlip => words::document_packing_slip(locale),
        DocumentKind::Decision => words::document_decision(locale),
        DocumentKind::CarrierLabel => words::document_carrier_label(locale),
    }
}

#[component]
pub fn Documents(number: Number, kinds: Vec<DocumentKind>) -> impl IntoView {
    let locale = use_locale();
    if kinds.is_empty() {
        return ().into_any();
    }
    let lines = kinds
        .into_iter()
        .map(|kind| {
            view! {
                <li>
                    <a class="status-document" href=urls::status_document(number, kind) rel="external">
                        <Icon name="download"/>
                        <span>{document_name(locale, kind)}</span>
                        // A carrier's label comes as the carrier makes it.
                        {(kind != DocumentKind::CarrierLabel).then(|| view! { <span class="soft small">"PDF"</span> })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="documents">
            <h2 id="documents">{words::documents(locale)}</h2>
            <ul class="status-documents" role="list">
                {lines}
            </ul>
        </section>
    }
    .into_any()
}

#[component]
pub fn Contact(page: StatusPage) -> impl IntoView {
    let locale = use_locale();
    let change = page.may_change_contact.then(|| use_guise().put_on(&urls::status_contact(page.number)));
    let facts = page
        .contact
        .into_iter()
        .filter(|field| !field.value.is_empty())
        .map(|field| {
            view! {
                <dt>{field.label}</dt>
                <dd>{field.value}</dd>
            }
        })
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="contact">
            <div class="status-card-head">
                <h2 id="contact">{words::contact(locale)}</h2>
                {change
                    .map(|href| {
                        view! {
                            <a class="button button-quiet" href=href rel="external">
                                <Icon name="edit"/>
                                <span>{words::contact_change(locale)}</span>
                            </a>
                        }
                    })}
            </div>
            <dl class="facts">{facts}</dl>
        </section>
    }
    .into_any()
}

#[component]
pub fn Store(store: StatusStore) -> impl IntoView {
    let locale = use_locale();
    let StatusStore { name, address, email, phone } = store;
    let dialled: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    view! {
        <section class="card stack" aria-labelledby="store">
            <h2 id="store">{words::store(locale)}</h2>
            <div class="status-store">
                <p class="status-lines">
                    <strong>{name}</strong>
                    {(!address.is_empty()).then(|| format!("\n{address}"))}
                </p>
                {(!phone.is_empty())
                    .then(|| {
                        view! {
                            <a href=format!("tel:{dialled}") rel="external">
                                <Icon name="phone"/>
                                <span>{phone}</span>
                            </a>
                        }
                    })}
                {(!email.is_empty())
                    .then(|| {
                        view! {
                            <a href=format!("mailto:{email}") rel="external">
                                <Icon name="mail"/>
                                <span>{email.clone()}</span>
                            </a>
                        }
                    })}
            </div>
        </section>
    }
    .into_any()
}

#[component]
pub fn Siblings(siblings: Vec<(Number, String)>) -> impl IntoView {
    let locale = use_locale();
    if siblings.is_empty() {
        return ().into_any();
    }
    let guise = use_guise();
    let lines = siblings
        .into_iter()
        .map(|(number, title)| {
            view! {
                <li>
                    <a class="status-document" href=guise.put_on(&urls::status(number)) rel="external">
                        <span class="status-number">{number.to_string()}</span>
                        <span>{title}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="siblings">
            <h2 id="siblings">{words::siblings(locale)}</h2>
            <ul class="status-documents" role="list">
                {lines}
            </ul>
        </section>
    }
    .into_any()
}
