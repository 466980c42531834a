//! What there is to print for a return.

use crate::backend::{DocumentKind, RmaView};
use crate::boot::use_locale;
use crate::ui::Icon;
use crate::urls;
use domain::Locale;
use leptos::prelude::*;
use texts::rma;

fn kinds(rma: &RmaView) -> Vec<DocumentKind> {
    let mut kinds = Vec::new();
    if rma.has_carrier_label {
        kinds.push(DocumentKind::CarrierLabel);
    }
    kinds.extend([DocumentKind::Label, DocumentKind::Label62, DocumentKind::LabelZpl, DocumentKind::PackingSlip]);
    kinds
}

const fn name(locale: Locale, kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Label => rma::label(locale),
        DocumentKind::Label62 => rma::label_62(locale),
        DocumentKind::LabelZpl => rma::label_zpl(locale),
        DocumentKind::PackingSlip => rma::packing_slip(locale),
        DocumentKind::CarrierLabel => rma::carrier_label(locale),
        DocumentKind::Protocol | DocumentKind::Decision => rma::protocol(locale),
    }
}

/// Of one of its cases, since a document says what it is about.
#[component]
pub fn Papers(rma: RmaView) -> impl IntoView {
    let locale = use_locale();
    let number = rma.cases.first().map_or(rma.number, |(number, _)| *number);
    kinds(&rma)
        .into_iter()
        .map(|kind| {
            let address = urls::case_document(number, kind);
            if kind.is_label() {
                // By POST: that a label was printed is noted.
                view! {
                    <form method="post" action=address>
                        <button class="button button-quiet rma-paper" type="submit">
                            <Icon name="print"/>
                            <span>{name(locale, kind)}</span>
                        </button>
                    </form>
                }
                .into_any()
            } else {
                view! {
                    <a class="button button-quiet rma-paper" href=address rel="external">
                        <Icon name="print"/>
                        <span>{name(locale, kind)}</span>
                    </a>
                }
                .into_any()
            }
        })
        .collect_view()
}
