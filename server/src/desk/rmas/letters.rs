//! Letters about a return: to its customer, and to whoever collects the parcel.

use crate::desk::Desk;
use crate::desk::book::{Book, Store};
use crate::desk::cases::letters::{Letter, case_facts};
use crate::mail::Facts;
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use crate::store::rmas::{self, Rma};
use app::backend::DocumentKind;
use domain::Locale;
use domain::contact::Recipient;
use domain::format;
use domain::id::CaseId;
use domain::letter::Template;
use domain::report::Address;
use domain::rma::Route;

/// A letter to each customer whose goods are in it, about the first of their cases.
struct Reader<'a> {
    case: &'a Case,
    /// The first article, and how many more.
    article: String,
}

/// One a customer: several cases of one report are one letter. `to` says where a case's letters go.
fn readers<'a>(cases: &'a [Case], to: impl Fn(&Case) -> Option<Recipient>) -> Vec<Reader<'a>> {
    let mut readers: Vec<(Recipient, &Case, usize)> = Vec::new();
    for (to, case) in cases.iter().filter_map(|case| Some((to(case)?, case))) {
        match readers.iter_mut().find(|(first, ..)| *first == to) {
            Some((.., count)) => *count += 1,
            None => readers.push((to, case, 1)),
        }
    }
    let article = |case: &Case, count: usize| match count {
        1 => case.known.title.clone(),
        more => format!("{} (+{})", case.known.title, more - 1),
    };
    readers.into_iter().map(|(_, case, count)| Reader { case, article: article(case, count) }).collect()
}

/// The store's as an envelope has it.
pub(crate) fn destination(book: &Book, store: &Store) -> String {
    let address = store.address.split(['\n', ',']).map(str::trim).filter(|line| !line.is_empty());
    let name = std::iter::once(book.organisation.name.as_str())
        .chain((store.name != book.organisation.name).then_some(store.name.as_str()));
    name.chain(address).collect::<Vec<_>>().join("\n")
}

/// What there is to print for it: the carrier's own label, where it gave one.
pub(crate) fn papers(rma: &Rma) -> Vec<DocumentKind> {
    let label = if rma.label.is_some() { DocumentKind::CarrierLabel } else { DocumentKind::Label };
    vec![label, DocumentKind::PackingSlip]
}

impl Desk {
    pub(crate) async fn cases_of_rma(&self, rma: &Rma) -> Result<Vec<Case>> {
        let mut connection = self.db.read().await?;
        let mut found = Vec::new();
        for case in rmas::cases(&mut connection, rma.id).await? {
            found.extend(cases::by_id(&mut connection, case.id).await?);
        }
        Ok(found)
    }

    /// How to send the goods.
    pub(crate) fn parcel_letters(&self, book: &Book, rma: &Rma, cases: &[Case]) -> Result<Vec<(CaseId, Letter)>> {
        let store = book.store(rma.store)?;
        self.letters_to_readers(book, Template::Parcel, cases, &papers(rma), |locale| Facts {
            rma_number: rma.number.to_string(),
            deadline: format::date_long(locale, rma.valid_until),
            address: destination(book, store),
            window: rma.delivery.window.map(|window| window.show(locale)).unwrap_or_default(),
            planned: !rma.has_courier(),
            carrier_label: rma.label.is_some(),
            code: rma.code.clone(),
            waybill: rma.waybill.clone(),
            tracking_url: rma.tracking_url.clone(),
            ..Facts::default()
        })
    }

    /// Where to bring the goods.
    pub(super) fn bring_letters(&self, book: &Book, rma: &Rma, cases: &[Case]) -> Result<Vec<(CaseId, Letter)>> {
        let store = book.store(rma.delivery.store.unwrap_or(rma.store))?;
        self.letters_to_readers(book, Template::Bring, cases, &[], |locale| Facts {
            rma_number: rma.number.to_string(),
            deadline: format::date_long(locale, rma.valid_until),
            address: destination(book, store),
            ..Facts::default()
        })
    }

    /// How long the number is good by now. `mistaken` takes back that the goods have come.
    pub(super) fn return_extended_letters(
        &self,
        book: &Book,
        rma: &Rma,
        cases: &[Case],
        mistaken: bool,
    ) -> Result<Vec<(CaseId, Letter)>> {
        self.letters_to_readers(book, Template::ReturnExtended, cases, &[], |locale| Facts {
            rma_number: rma.number.to_string(),
            deadline: format::date_long(locale, rma.valid_until),
            mistaken,
            ..Facts::default()
        })
    }

    /// `rma` as it was, or as it is by now: that nothing is to be sent, and that nobody comes.
    pub(in crate::desk) fn return_cancelled_letters(
        &self,
        book: &Book,
        rma: &Rma,
        cases: &[Case],
    ) -> Result<Vec<(CaseId, Letter)>> {
        let courier = rma.delivery.window.filter(|_| rma.route() == Route::PickUp);
        self.letters_to_readers(book, Template::ReturnCancelled, cases, &[], |locale| Facts {
            rma_number: rma.number.to_string(),
            window: courier.map(|window| window.show(locale)).unwrap_or_default(),
            ..Facts::default()
        })
    }

    /// `rma` with the day that is off.
    pub(super) fn courier_cancelled_letters(
        &self,
        book: &Book,
        rma: &Rma,
        cases: &[Case],
    ) -> Result<Vec<(CaseId, Letter)>> {
        self.letters_to_readers(book, Template::CourierCancelled, cases, &[], |locale| Facts {
            rma_number: rma.number.to_string(),
            window: rma.delivery.window.map(|window| window.show(locale)).unwrap_or_default(),
            deadline: format::date_long(locale, rma.valid_until),
            ..Facts::default()
        })
    }

    pub(super) fn goods_received_letters(&self, book: &Book, cases: &[Case]) -> Result<Vec<(CaseId, Letter)>> {
        self.letters_to_readers(book, Template::GoodsReceived, cases, &[], |_| Facts::default())
    }

    /// `facts` are those of the return, in that language.
    fn letters_to_readers(
        &self,
        book: &Book,
        template: Template,
        cases: &[Case],
        documents: &[DocumentKind],
        facts: impl Fn(Locale) -> Facts,
    ) -> Result<Vec<(CaseId, Letter)>> {
        let mut letters = Vec::new();
        for Reader { case, article } in readers(cases, |case| self.recipient(&case.known)) {
            let of_case = case_facts(book, case)?;
            let facts = Facts {
                organisation: of_case.organisation,
                country: of_case.country,
                store_name: of_case.store_name,
                store_address: of_case.store_address,
                store_email: of_case.store_email,
                store_phone: of_case.store_phone,
                number: of_case.number,
                customer_name: of_case.customer_name,
                article,
                ..facts(case.known.customer_locale)
            };
            if let Some(mut letter) = self.compose(template, &case.known, &facts)? {
                letter.documents = documents.to_vec();
                letters.push((case.id, letter));
            }
        }
        Ok(letters)
    }

    /// To the carrier's address, or the store's: [`Template::PickUp`] or [`Template::PickUpCancelled`]. `None` where neither
    /// has one. It stands on the first case.
    pub(crate) fn pick_up_letter(
        &self,
        template: Template,
        book: &Book,
        rma: &Rma,
        cases: &[Case],
    ) -> Result<Option<(CaseId, Letter)>> {
        let (Some(first), store) = (cases.first(), book.store(rma.store)?) else { return Ok(None) };
        let to = [&book.public_form.carrier_email, &store.email].into_iter().find(|address| !address.is_empty());
        let Some(to) = to else { return Ok(None) };
        let locale = book.organisation.locale;
        let known = &first.known;
        let from = rma.delivery.from.as_ref().map(Address::lines).unwrap_or_default();
        let phone = format::phone(&known.customer_phone);
        let place = [known.customer_name.as_str(), &from, &phone];
        let facts = Facts {
            rma_number: rma.number.to_string(),
            window: rma.delivery.window.map(|window| window.show(locale)).unwrap_or_default(),
            pick_up_address: place.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
            parcels: rma.delivery.parcels.to_string(),
            address: destination(book, store),
            ..case_facts(book, first)?
        };
        let mut letter = self.letter(template, locale, Recipient::email(to), &facts)?;
        if template == Template::PickUp {
            letter.documents = vec![DocumentKind::Label];
        }
        Ok(Some((first.id, letter)))
    }
}
