//! The organisation's lists: reasons, outcomes, causes, what suppliers answer.

use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {
    super::on_server,
    crate::backend::Setting,
    crate::pages::settings::Section,
    domain::Localized,
    domain::decision::{Offered, Outcome, Reason},
    domain::handling::{AnswerChoice, Cause},
};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReasonForm {
    #[serde(default)]
    pub id: String,
    pub name_en: String,
    pub name_nb: String,
    pub name_pl: String,
    /// `for` or `against`.
    pub side: String,
    #[serde(default)]
    pub active: String,
}

#[server(prefix = "/api", endpoint = "save_reason")]
pub async fn save_reason(reason: ReasonForm) -> Result<(), AppError> {
    let setting = Setting::Reason(Reason {
        key: on_server::key(&reason.id)?,
        name: Localized { en: reason.name_en, nb: reason.name_nb, pl: reason.name_pl },
        against: reason.side == "against",
        active: !reason.active.is_empty(),
    });
    on_server::save(setting, Section::Lists).await
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OutcomeForm {
    #[serde(default)]
    pub id: String,
    pub name_en: String,
    pub name_nb: String,
    pub name_pl: String,
    #[serde(default)]
    pub has_amount: String,
    /// A key of [`Offered`].
    pub after: String,
    #[serde(default)]
    pub active: String,
}

#[server(prefix = "/api", endpoint = "save_outcome")]
pub async fn save_outcome(outcome: OutcomeForm) -> Result<(), AppError> {
    let setting = Setting::Outcome(Outcome {
        key: on_server::key(&outcome.id)?,
        name: Localized { en: outcome.name_en, nb: outcome.name_nb, pl: outcome.name_pl },
        has_amount: !outcome.has_amount.is_empty(),
        offered: Offered::from_key(&outcome.after).ok_or_else(|| AppError::invalid("after", "unknown_choice"))?,
        active: !outcome.active.is_empty(),
    });
    on_server::save(setting, Section::Lists).await
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CauseForm {
    #[serde(default)]
    pub id: String,
    pub name_en: String,
    pub name_nb: String,
    pub name_pl: String,
    /// None: for all.
    #[serde(default)]
    pub types: Vec<String>,
    #[serde(default)]
    pub active: String,
}

#[server(prefix = "/api", endpoint = "save_cause")]
pub async fn save_cause(cause: CauseForm) -> Result<(), AppError> {
    let setting = Setting::Cause(Cause {
        key: on_server::key(&cause.id)?,
        name: Localized { en: cause.name_en, nb: cause.name_nb, pl: cause.name_pl },
        types: cause.types.iter().map(|key| on_server::read("types", key)).collect::<Result<_, _>>()?,
        active: !cause.active.is_empty(),
    });
    on_server::save(setting, Section::Lists).await
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SupplierAnswerForm {
    #[serde(default)]
    pub id: String,
    pub name_en: String,
    pub name_nb: String,
    pub name_pl: String,
    #[serde(default)]
    pub active: String,
}

#[server(prefix = "/api", endpoint = "save_supplier_answer")]
pub async fn save_supplier_answer(answer: SupplierAnswerForm) -> Result<(), AppError> {
    let setting = Setting::SupplierAnswer(AnswerChoice {
        key: on_server::key(&answer.id)?,
        name: Localized { en: answer.name_en, nb: answer.name_nb, pl: answer.name_pl },
        active: !answer.active.is_empty(),
    });
    on_server::save(setting, Section::Lists).await
}
