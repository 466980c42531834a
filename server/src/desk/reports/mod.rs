//! What customers file from home: filling in, sending, confirming. A report is no case before it is confirmed, so that no
//! list, search or count of staff can show it.

mod confirm;
mod fill;
mod review;
mod send;
mod tidy;

pub use fill::OpenReport;
pub(super) use send::{articles, standing_of};

use super::Desk;
use super::book::{Book, ComplaintType, Store};
use crate::store::error::Result;
use app::backend::{
    ConfirmPage, Origin, PictureView, PublicLook, ReportInput, ReportPage, ReportSent, ReportStart, Reports, Reviewed,
    SetCookie, Viewer,
};
use app::error::AppError;
use app::urls;
use async_trait::async_trait;
use domain::Locale;
use domain::form::schema::common;
use domain::form::{Answers, Context, DeliveryOffer};
use domain::id::{AttachmentId, CaseId, Key};
use domain::number::Number;
use domain::rma::Route;

#[async_trait]
impl Reports for Desk {
    async fn report_start(&self, locale: Locale, remembered: Option<&str>) -> Result<ReportStart, AppError> {
        self.start(locale, remembered).await.map_err(|error| self.fail(error))
    }

    async fn new_report(&self, locale: Locale, type_key: &Key) -> Result<ReportPage, AppError> {
        self.empty_report(locale, type_key).map_err(|error| self.fail(error))
    }

    async fn report_page(
        &self,
        locale: Locale,
        token: &str,
        case: Option<CaseId>,
        type_key: Option<&Key>,
    ) -> Result<ReportPage, AppError> {
        self.begun_report(locale, token, case, type_key).await.map_err(|error| self.fail(error))
    }

    async fn save_report(&self, from: Origin, locale: Locale, input: ReportInput) -> Result<(), AppError> {
        self.keep_report(from, locale, input).await.map_err(|error| self.fail(error))
    }

    fn remember_report(&self, token: &str, framed: bool) -> SetCookie {
        self.remembering(token, framed)
    }

    async fn report_pictures(&self, token: &str, case: CaseId) -> Result<Vec<PictureView>, AppError> {
        self.pictures_of_item(token, case).await.map_err(|error| self.fail(error))
    }

    async fn drop_report_item(&self, token: &str, case: CaseId) -> Result<(), AppError> {
        self.drop_item(token, case).await.map_err(|error| self.fail(error))
    }

    async fn discard_report(&self, token: &str) -> Result<(), AppError> {
        self.discard(token).await.map_err(|error| self.fail(error))
    }

    async fn drop_report_picture(&self, token: &str, picture: AttachmentId) -> Result<(), AppError> {
        self.drop_picture(token, picture).await.map_err(|error| self.fail(error))
    }

    async fn review_report(&self, locale: Locale, token: &str) -> Result<Reviewed, AppError> {
        self.reviewed(locale, token).await.map_err(|error| self.fail(error))
    }

    async fn send_report(&self, locale: Locale, token: &str) -> Result<Number, AppError> {
        self.file(locale, token).await.map_err(|error| self.fail(error))
    }

    async fn report_sent(&self, locale: Locale, token: &str) -> Result<ReportSent, AppError> {
        self.sent(locale, token).await.map_err(|error| self.fail(error))
    }

    async fn resend_confirmation(&self, token: &str, to: &str) -> Result<(), AppError> {
        self.send_link_anew(token, to).await.map_err(|error| self.fail(error))
    }

    async fn confirm_page(&self, token: &str) -> Result<ConfirmPage, AppError> {
        self.page_of_confirmation(token).await.map_err(|error| self.fail(error))
    }

    async fn confirm_report(&self, token: &str) -> Result<Number, AppError> {
        self.confirm_by_link(token).await.map_err(|error| self.fail(error))
    }

    async fn confirm_at_till(&self, who: &Viewer, number: Number) -> Result<Number, AppError> {
        self.confirm_by_staff(who, number).await.map_err(|error| self.fail(error))
    }
}

/// What every customer's form takes for granted: the article was sold to them.
fn implied() -> Answers {
    let mut answers = Answers::default();
    answers.set(common::SOLD, "yes");
    answers
}

impl Desk {
    /// How the organisation looks to strangers.
    pub(super) fn look(&self, locale: Locale) -> PublicLook {
        let book = self.book();
        let public = &book.public_form;
        PublicLook {
            organisation: book.organisation.name.clone(),
            accent: public.accent.clone(),
            logo: public.logo.map_or_else(String::new, |_| urls::LOGO.to_owned()),
            intro: public.intro.get(locale).to_owned(),
            privacy: public.privacy.get(locale).to_owned(),
            privacy_url: public.privacy_url.clone(),
        }
    }

    /// The check's surroundings for somebody at home.
    pub(super) fn context_of(&self, locale: Locale, store: &Store) -> Context {
        Context { locale, today: store.today(&*self.clock), country: store.country.clone(), pictures: Vec::new() }
    }
}

/// A type that customers can pick.
fn offered<'a>(book: &'a Book, key: &Key) -> Result<&'a ComplaintType> {
    let kind = book.types.get(key).filter(|kind| kind.active);
    Ok(kind.filter(|_| book.public_form.open && book.public_form.types.contains(key)).ok_or(AppError::NotFound)?)
}

/// Where parcels go and whose cases they are when the customer names no store.
pub fn web_store(book: &Book) -> Result<&Store> {
    let chosen = book.public_form.store.and_then(|id| book.stores.get(&id)).filter(|store| store.active);
    let first = || book.stores.values().filter(|store| store.active).min_by_key(|store| &store.code);
    Ok(chosen.or_else(first).ok_or(AppError::NotFound)?)
}

fn delivery_offer(book: &Book) -> DeliveryOffer {
    let mut stores: Vec<_> = book.stores.values().filter(|store| store.active).map(Store::to_ref).collect();
    stores.sort_by(|a, b| a.name.cmp(&b.name));
    let stores = stores.into_iter().map(|store| (store.id, store.name)).collect();
    let mut routes = book.public_form.routes.clone();
    routes.retain(|route| *route != Route::PickUp || book.couriers);
    DeliveryOffer { routes, stores }
}
