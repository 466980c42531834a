//! What customers see of their case without an account, and what they do there.

mod access;
mod act;
mod contact;
mod find;
mod page;
mod told;

pub(super) use access::is_customers;
pub(super) use act::taken_up;
pub(super) use page::{documents_of, outcome};

use super::Desk;
use app::backend::{Origin, Proved, PublicLook, SetCookie, Status, StatusContact, StatusLink, StatusPage};
use app::error::AppError;
use async_trait::async_trait;
use domain::Locale;
use domain::id::MessageId;
use domain::number::Number;

type Result<T> = app::error::Result<T>;

#[async_trait]
impl Status for Desk {
    async fn public_look(&self, locale: Locale) -> Result<PublicLook> {
        Ok(self.look(locale))
    }

    fn customer_cookie(&self) -> &'static str {
        self.customer_cookie_name()
    }

    async fn find_status(&self, from: Origin, access: Option<&str>, reference: &str, proof: &str) -> Result<Proved> {
        self.found_by_customer(from, access, reference, proof).await.map_err(|error| self.fail(error))
    }

    async fn resend_unconfirmed(&self, from: Origin, reference: &str, proof: &str) -> Result<()> {
        self.send_to_unconfirmed(from, reference, proof).await.map_err(|error| self.fail(error))
    }

    async fn status_link(&self, locale: Locale, token: &str, access: Option<&str>) -> Result<StatusLink> {
        self.page_of_status_link(locale, token, access).await.map_err(|error| self.fail(error))
    }

    async fn prove_status(&self, from: Origin, access: Option<&str>, token: &str, proof: &str) -> Result<Proved> {
        self.proved_by_link(from, access, token, proof).await.map_err(|error| self.fail(error))
    }

    async fn status(&self, locale: Locale, access: Option<&str>, number: Number) -> Result<StatusPage> {
        self.page_of_status(locale, access, number).await.map_err(|error| self.fail(error))
    }

    async fn write_message(&self, access: Option<&str>, number: Number, id: MessageId, body: &str) -> Result<()> {
        self.keep_message(access, number, id, body).await.map_err(|error| self.fail(error))
    }

    async fn change_contact(
        &self,
        locale: Locale,
        access: Option<&str>,
        number: Number,
        contact: StatusContact,
    ) -> Result<()> {
        self.keep_contact(locale, access, number, &contact).await.map_err(|error| self.fail(error))
    }

    async fn withdraw_case(&self, access: Option<&str>, number: Number) -> Result<()> {
        self.withdraw(access, number).await.map_err(|error| self.fail(error))
    }

    async fn extend_return(&self, access: Option<&str>, number: Number) -> Result<()> {
        self.give_more_time(access, number).await.map_err(|error| self.fail(error))
    }

    async fn status_upload(&self, access: Option<&str>, number: Number) -> Result<String> {
        self.customer_upload(access, number).await.map_err(|error| self.fail(error))
    }

    async fn leave_status(&self, access: Option<&str>) -> Result<SetCookie> {
        self.leave(access).await.map_err(|error| self.fail(error))
    }
}

/// Somebody of the staff may be at the case in the same moment: so often it is tried again from the start.
const TRIES: u32 = 3;

/// Whether that answer says so.
fn somebody_was_quicker<T>(result: &crate::store::error::Result<T>) -> bool {
    matches!(result, Err(crate::store::StoreError::Answer(AppError::Conflict)))
}
