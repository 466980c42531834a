//! What customers see of their case without an account.

use super::Desk;
use app::backend::{Origin, PublicLook, SetCookie, Status, StatusContact, StatusLink, StatusPage};
use app::error::{AppError, Result};
use async_trait::async_trait;
use domain::Locale;
use domain::number::Number;

#[async_trait]
impl Status for Desk {
    async fn public_look(&self, locale: Locale) -> Result<PublicLook> {
        Ok(self.look(locale))
    }

    async fn find_status(&self, _: Origin, _: &str, _: &str) -> Result<(SetCookie, Number)> {
        Err(AppError::NotFound)
    }

    async fn status_link(&self, _: &str, _: Option<&str>) -> Result<StatusLink> {
        Err(AppError::NotFound)
    }

    async fn prove_status(&self, _: Origin, _: &str, _: &str) -> Result<(SetCookie, Number)> {
        Err(AppError::NotFound)
    }

    async fn status(&self, _: Locale, _: Option<&str>, _: Number) -> Result<StatusPage> {
        Err(AppError::NotFound)
    }

    async fn write_message(&self, _: Option<&str>, _: Number, _: &str) -> Result<()> {
        Err(AppError::NotFound)
    }

    async fn change_contact(&self, _: Locale, _: Option<&str>, _: Number, _: StatusContact) -> Result<()> {
        Err(AppError::NotFound)
    }

    async fn withdraw_case(&self, _: Option<&str>, _: Number) -> Result<()> {
        Err(AppError::NotFound)
    }

    async fn status_upload(&self, _: Option<&str>, _: Number) -> Result<String> {
        Err(AppError::NotFound)
    }

    async fn leave_status(&self, _: Option<&str>) -> Result<SetCookie> {
        Err(AppError::NotFound)
    }
}
