//! Whom parcels go with.

use crate::backend::{CarrierTried, CarrierView};
use crate::error::AppError;
use crate::wire::Postcard;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {
    crate::backend::{BringView, CarrierKind, Hidden, InPostView, backend, viewer},
    crate::pages::settings::Section,
};

#[server(prefix = "/api", endpoint = "carrier", output = Postcard)]
pub async fn carrier() -> Result<CarrierView, AppError> {
    backend().carrier(&viewer()?).await
}

/// Asks the carrier; nothing is changed by it.
#[server(prefix = "/api", endpoint = "try_carrier", output = Postcard)]
pub async fn try_carrier() -> Result<CarrierTried, AppError> {
    backend().try_carrier(&viewer()?).await
}

/// A secret that is typed takes the place of the one that is kept; `…_forget` is a tick.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CarrierForm {
    /// A key of [`crate::backend::CarrierKind`].
    pub kind: String,
    pub manual_tracking_template: String,
    #[serde(default)]
    pub inpost_test: String,
    pub inpost_organisation: String,
    pub inpost_token: String,
    #[serde(default)]
    pub inpost_token_forget: String,
    pub inpost_service: String,
    #[serde(default)]
    pub inpost_sending_method: String,
    pub inpost_target_point: String,
    pub inpost_dropoff_point: String,
    #[serde(default)]
    pub inpost_template: String,
    #[serde(default)]
    pub inpost_is_return: String,
    #[serde(default)]
    pub inpost_a6: String,
    pub inpost_tracking_template: String,
    #[serde(default)]
    pub bring_test: String,
    pub bring_uid: String,
    pub bring_secret: String,
    #[serde(default)]
    pub bring_secret_forget: String,
    pub bring_customer_number: String,
    pub bring_company: String,
    pub bring_service: String,
    pub bring_tracking_template: String,
    pub webhook_url: String,
    pub webhook_secret: String,
    #[serde(default)]
    pub webhook_secret_forget: String,
}

#[server(prefix = "/api", endpoint = "save_carrier")]
pub async fn save_carrier(carrier: CarrierForm) -> Result<(), AppError> {
    let form = carrier;
    let ticked = |tick: String| !tick.is_empty();
    let hidden = |typed: String, forget: String| Hidden { kept: forget.is_empty(), typed };
    let view = CarrierView {
        kind: CarrierKind::from_key(&form.kind).ok_or_else(|| AppError::invalid("kind", "unknown_choice"))?,
        tracking_template: form.manual_tracking_template,
        inpost: InPostView {
            test: ticked(form.inpost_test),
            organisation: form.inpost_organisation,
            token: hidden(form.inpost_token, form.inpost_token_forget),
            service: form.inpost_service,
            sending_method: form.inpost_sending_method,
            target_point: form.inpost_target_point,
            dropoff_point: form.inpost_dropoff_point,
            template: form.inpost_template,
            is_return: ticked(form.inpost_is_return),
            a6: ticked(form.inpost_a6),
            tracking_template: form.inpost_tracking_template,
        },
        bring: BringView {
            test: ticked(form.bring_test),
            uid: form.bring_uid,
            key: hidden(form.bring_secret, form.bring_secret_forget),
            customer_number: form.bring_customer_number,
            company: form.bring_company,
            service: form.bring_service,
            tracking_template: form.bring_tracking_template,
        },
        webhook_url: form.webhook_url,
        webhook_secret: hidden(form.webhook_secret, form.webhook_secret_forget),
    };
    backend().save_carrier(&viewer()?, view).await?;
    leptos_axum::redirect(&Section::Carrier.saved());
    Ok(())
}
