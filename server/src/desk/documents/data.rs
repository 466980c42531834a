//! What a case says on paper.

use super::super::status::outcome;
use super::Papers;
use crate::desk::Desk;
use crate::desk::book::{Book, Store};
use crate::desk::cases::{offer, sections};
use crate::mail::further;
use crate::store::cases::Case;
use crate::store::error::Result;
use app::urls;
use documents::{Address, Article, Decision, GoodsLabel, Group, Label, Look, PackingSlip, Photo, Protocol, Row};
use domain::contact::on_a_shelf;
use domain::form::schema::common;
use domain::{Locale, format};
use texts::words;

/// Pictures of a protocol: more would make the letter that bears it too heavy for many mail boxes.
pub const PHOTOS: usize = 12;
/// The house's own green, where the organisation has chosen no colour.
const ACCENT: [u8; 3] = [0x15, 0x80, 0x3d];

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// `#rrggbb`.
fn colour(text: &str) -> Option<[u8; 3]> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

pub(super) fn store_address(store: &Store) -> Address {
    let reach = [&store.phone, &store.email].into_iter().filter(|text| !text.is_empty()).cloned();
    Address { name: store.name.clone(), lines: lines(&store.address).into_iter().chain(reach).collect() }
}

/// Where parcels go: the store under the organisation's name.
fn service_address(book: &Book, store: &Store) -> Address {
    let organisation = &book.organisation.name;
    let own = (store.name != *organisation).then(|| store.name.clone());
    Address { name: organisation.clone(), lines: own.into_iter().chain(lines(&store.address)).collect() }
}

pub(super) fn customer_address(case: &Case) -> Address {
    let known = &case.known;
    let reach = [format::phone(&known.customer_phone), known.customer_email.clone()];
    let reach = reach.into_iter().filter(|text| !text.is_empty());
    Address {
        name: known.customer_name.clone(),
        lines: lines(case.answers.first(common::CUSTOMER_ADDRESS)).into_iter().chain(reach).collect(),
    }
}

/// What the customer is asked to do, and until when.
fn next_step(locale: Locale, decision: &domain::decision::Decision) -> String {
    let until = decision.until.map(|until| texts::documents::until(locale, &format::date_long(locale, until)));
    let parts = [Some(decision.next_step.clone()).filter(|text| !text.is_empty()), until];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Date and time, as the store's clock shows them.
fn moment(store: &Store, locale: Locale, utc_ms: i64) -> String {
    let at = store.moment(utc_ms).local;
    format!("{}, {:02}:{:02}", format::date_long(locale, at.date()), at.hour(), at.minute())
}

impl Desk {
    pub(super) async fn document_look(&self, book: &Book, locale: Locale) -> Result<Look> {
        let public = &book.public_form;
        let logo = match public.logo {
            // Documents do with the organisation's name where the logo cannot be had.
            Some(id) => self.files.logo_bytes(id).await.unwrap_or_else(|error| {
                tracing::error!(%error, "the logo could not be read for a document");
                None
            }),
            None => None,
        };
        let name = &book.organisation.name;
        Ok(Look {
            organisation: name.clone(),
            legal_name: if public.legal_name.is_empty() { name.clone() } else { public.legal_name.clone() },
            address: lines(&public.address),
            locale,
            accent: colour(&public.accent).unwrap_or(ACCENT),
            logo,
        })
    }

    pub(super) fn protocol(&self, book: &Book, papers: &Papers, photos: Vec<Photo>) -> Result<Protocol> {
        let case = &papers.case;
        let store = book.store(case.store)?;
        let locale = case.known.customer_locale;
        let kind = book.types.get(&case.type_key);
        let today = store.today(&*self.clock);
        let groups = sections(book, store, case, locale, today)?
            .into_iter()
            .filter(|section| section.key != "customer")
            .map(|section| Group {
                heading: section.title,
                rows: section.answers.into_iter().map(|a| Row { label: a.label, value: a.value }).collect(),
            })
            .collect();
        let privacy = match book.public_form.privacy.get(locale) {
            "" => texts::report::privacy_text(locale, &book.organisation.name),
            own => own.to_owned(),
        };
        let received = papers.rma.as_ref().and_then(|rma| rma.received.as_ref());
        Ok(Protocol {
            number: case.number,
            kind: kind.map_or_else(|| case.type_key.to_string(), |kind| kind.name.get(locale).to_owned()),
            store: store_address(store),
            customer: case.known.sold.then(|| customer_address(case)),
            filed: moment(store, locale, case.registered_at),
            received: received.map(|receipt| moment(store, locale, receipt.at)),
            reply_by: case.due_on.map(|due| format::date_long(locale, due)),
            url: self.label_url(case.number),
            groups,
            photos,
            fee_warning: non_empty(&case.fee_warning),
            privacy_notice: non_empty(&[privacy.as_str(), &book.public_form.privacy_url].join("\n")),
        })
    }

    /// `None` while there is no decision.
    pub(super) fn decision(&self, book: &Book, case: &Case) -> Result<Option<Decision>> {
        let Some(decided) = &case.decision else { return Ok(None) };
        let store = book.store(case.store)?;
        let locale = case.known.customer_locale;
        let reason = book.reasons.iter().find(|reason| reason.key == decided.decision.reason);
        Ok(Some(Decision {
            number: case.number,
            url: self.label_url(case.number),
            store: store_address(store),
            customer: customer_address(case),
            article: case.known.title.clone(),
            filed: moment(store, locale, case.registered_at),
            date: format::date_long(locale, store.moment(decided.at).local.date()),
            verdict: decided.decision.verdict,
            reason: reason.map_or_else(String::new, |reason| reason.name.get(locale).to_owned()),
            explanation: decided.decision.explanation.clone(),
            evidence: non_empty(&decided.decision.evidence),
            // What the customer went home with, once they have.
            you_get: outcome(book, locale, case).or_else(|| non_empty(&offer(book, locale, &decided.decision))),
            next_step: non_empty(&next_step(locale, &decided.decision)),
            // As it was sent: what we say of it today is another thing.
            further: match &decided.further {
                Some(further) => further.clone(),
                None => further(locale, &crate::desk::cases::letters::with_adr(book, case)?)?,
            },
            decided_by: book.staff_name(Some(decided.by)),
        }))
    }

    pub(super) fn packing_slip(&self, book: &Book, papers: &Papers) -> Result<PackingSlip> {
        let store = book.store(papers.rma.as_ref().map_or(papers.case.store, |rma| rma.store))?;
        let locale = papers.case.known.customer_locale;
        let article = |case: &Case| -> Result<Article> {
            let form = book.form(&case.type_key, case.form_version)?;
            let detail = |key: &str| {
                let field = form.field(key)?;
                let value = words::answer(locale, field, case.answers.of(&field.key), &book.organisation.currency);
                (!value.is_empty()).then(|| Row { label: field.label.get(locale).to_owned(), value })
            };
            let details = [common::ARTICLE_NUMBER, common::SERIAL, common::DESCRIPTION].map(detail);
            Ok(Article {
                number: case.number,
                name: case.known.title.clone(),
                details: details.into_iter().flatten().collect(),
            })
        };
        Ok(PackingSlip {
            number: papers.rma.as_ref().map_or(papers.case.number, |rma| rma.number),
            url: self.label_url(papers.rma.as_ref().map_or(papers.case.number, |rma| rma.number)),
            from: self.sender(papers),
            to: service_address(book, store),
            valid_until: papers.rma.as_ref().map(|rma| format::date_long(locale, rma.valid_until)),
            articles: papers.together.iter().map(article).collect::<Result<_>>()?,
            packing: Vec::new(),
        })
    }

    /// One for each parcel.
    pub(super) fn labels(&self, book: &Book, papers: &Papers) -> Result<Vec<Label>> {
        let store = book.store(papers.rma.as_ref().map_or(papers.case.store, |rma| rma.store))?;
        let locale = papers.case.known.customer_locale;
        let number = papers.rma.as_ref().map_or(papers.case.number, |rma| rma.number);
        let parts = papers.rma.as_ref().map_or(1, |rma| u16::from(rma.delivery.parcels.max(1)));
        let label = |part| Label {
            number,
            url: self.label_url(number),
            from: self.sender(papers),
            to: service_address(book, store),
            valid_until: papers.rma.as_ref().map(|rma| format::date(locale, rma.valid_until)),
            part,
            parts,
        };
        Ok((1..=parts).map(label).collect())
    }

    /// For staff, and so in their language.
    pub(super) fn goods_label(&self, book: &Book, case: &Case, locale: Locale) -> Result<GoodsLabel> {
        let store = book.store(case.store)?;
        Ok(GoodsLabel {
            number: case.number,
            url: self.label_url(case.number),
            kind: book.type_name(&case.type_key, locale),
            article: case.known.title.clone(),
            customer: on_a_shelf(&case.known.customer_name),
            date: format::date(locale, store.moment(case.registered_at).local.date()),
            store: store.name.clone(),
        })
    }

    /// The customer at the address that the parcel comes from.
    fn sender(&self, papers: &Papers) -> Address {
        let from = papers.rma.as_ref().and_then(|rma| rma.delivery.from.as_ref());
        let known = &papers.case.known;
        match from {
            Some(from) => Address { name: known.customer_name.clone(), lines: lines(&from.lines()) },
            None => customer_address(&papers.case),
        }
    }

    /// Staff come to the return by it, customers to the status page; it holds nothing that the print beside it does not say.
    pub(super) fn label_url(&self, number: domain::number::Number) -> String {
        format!("{}{}", self.config.public_url, urls::label_code(number))
    }
}
