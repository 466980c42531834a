//! Use cases whose engineers are still at work on their own branches. Must not reach main.

use super::Desk;
use app::backend::*;
use app::error::{AppError, Result};
use async_trait::async_trait;
use domain::id::*;
use domain::number::Number;

#[async_trait]
impl Settings for Desk {
    async fn settings(&self, _: &Viewer) -> Result<SettingsView> {
        Err(AppError::NotFound)
    }
    async fn save_setting(&self, _: &Viewer, _: Setting) -> Result<()> {
        Err(AppError::NotFound)
    }
    async fn invite(&self, _: &Viewer, _: StaffId) -> Result<String> {
        Err(AppError::NotFound)
    }
    async fn outbox(&self, _: &Viewer, _: Option<String>) -> Result<OutboxPage> {
        Err(AppError::NotFound)
    }
    async fn organisation_name(&self) -> Result<String> {
        Ok(self.book().organisation.name.clone())
    }
}
