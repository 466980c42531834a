//! The form of the customer's side.

#[cfg(feature = "ssr")]
use super::on_server;
use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {
    crate::backend::{PublicForm, Setting, backend, viewer},
    crate::pages::settings::Section,
    domain::Localized,
    domain::rma::Route,
};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CustomersForm {
    #[serde(default)]
    pub open: String,
    #[serde(default)]
    pub types: Vec<String>,
    /// Keys of [`domain::rma::Route`].
    #[serde(default)]
    pub routes: Vec<String>,
    #[serde(default)]
    pub store: String,
    pub confirm_hours: String,
    pub rma_days: String,
    pub carrier_email: String,
    pub accent: String,
    pub intro_en: String,
    pub intro_nb: String,
    pub intro_pl: String,
    pub privacy_en: String,
    pub privacy_nb: String,
    pub privacy_pl: String,
    pub privacy_url: String,
    #[serde(default)]
    pub fee_warning_en: String,
    #[serde(default)]
    pub fee_warning_nb: String,
    #[serde(default)]
    pub fee_warning_pl: String,
    pub legal_name: String,
    pub address: String,
    /// One a line.
    pub sites: String,
}

#[server(prefix = "/api", endpoint = "save_customers")]
pub async fn save_customers(customers: CustomersForm) -> Result<(), AppError> {
    let form = customers;
    let unknown = |field: &str| AppError::invalid(field, "unknown_choice");
    let types = form.types.iter().map(|key| key.parse().map_err(|_| unknown("types"))).collect::<Result<_, _>>()?;
    let routes = form.routes.iter().map(|key| Route::from_key(key).ok_or_else(|| unknown("routes")));
    let number = |field: &'static str, text: &str, key| text.trim().parse().map_err(|_| AppError::invalid(field, key));
    let setting = Setting::PublicForm(Box::new(PublicForm {
        open: !form.open.is_empty(),
        legal_name: form.legal_name,
        address: form.address,
        accent: form.accent,
        // It has a form of its own, and stays.
        logo: None,
        intro: Localized { en: form.intro_en, nb: form.intro_nb, pl: form.intro_pl },
        privacy: Localized { en: form.privacy_en, nb: form.privacy_nb, pl: form.privacy_pl },
        privacy_url: form.privacy_url,
        types,
        routes: routes.collect::<Result<_, _>>()?,
        store: on_server::optional("store", &form.store)?,
        sites: form.sites.lines().map(str::to_owned).collect(),
        confirm_hours: number("confirm_hours", &form.confirm_hours, "not_hours")?,
        rma_days: number("rma_days", &form.rma_days, "not_days")?,
        fee_warning: Localized { en: form.fee_warning_en, nb: form.fee_warning_nb, pl: form.fee_warning_pl },
        carrier_email: form.carrier_email,
    }));
    on_server::save(setting, Section::Customers).await
}

#[server(prefix = "/api", endpoint = "remove_logo")]
pub async fn remove_logo() -> Result<(), AppError> {
    backend().remove_logo(&viewer()?).await?;
    leptos_axum::redirect(&Section::Customers.saved());
    Ok(())
}
