//! Who gets cases, and how whoever is waited for is reminded.

use crate::error::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {
    super::on_server,
    crate::backend::{Setting, viewer},
    crate::pages::settings::Section,
    domain::assignment::Rule,
    domain::money,
    domain::phase::Waiting,
    domain::waiting::{Pause, Pauses},
    std::collections::BTreeMap,
};

#[cfg(not(feature = "ssr"))]
use std::collections::BTreeMap;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RuleForm {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub store: String,
    #[serde(default, rename = "type")]
    pub type_key: String,
    #[serde(default)]
    pub brand: String,
    /// As typed in the viewer's locale.
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub language: String,
    #[serde(default)]
    pub handlers: Vec<String>,
}

#[server(prefix = "/api", endpoint = "save_rule")]
pub async fn save_rule(rule: RuleForm) -> Result<(), AppError> {
    let locale = viewer()?.locale;
    let amount = |field: &str, text: &str| match text.trim() {
        "" => Ok(None),
        text => money::parse(text, locale).map(Some).ok_or_else(|| AppError::invalid(field, "not_money")),
    };
    let setting = Setting::Rule(Rule {
        id: on_server::id(&rule.id)?,
        store: on_server::optional("store", &rule.store)?,
        type_key: on_server::optional("type", &rule.type_key)?,
        brand: rule.brand,
        from_minor: amount("from", &rule.from)?,
        to_minor: amount("to", &rule.to)?,
        locale: on_server::optional("language", &rule.language)?,
        handlers: rule.handlers.iter().map(|id| on_server::read("handlers", id)).collect::<Result<_, _>>()?,
    });
    on_server::save(setting, Section::Rules).await
}

/// One place up or down.
#[server(prefix = "/api", endpoint = "move_rule")]
pub async fn move_rule(id: String, by: i64) -> Result<(), AppError> {
    on_server::save(Setting::MoveRule(on_server::read("", &id)?, by), Section::Rules).await
}

#[server(prefix = "/api", endpoint = "remove_rule")]
pub async fn remove_rule(id: String) -> Result<(), AppError> {
    on_server::save(Setting::RemoveRule(on_server::read("", &id)?), Section::Rules).await
}

/// By kind of waiting: `supplier_days` and `supplier_most`.
#[server(prefix = "/api", endpoint = "save_pauses")]
pub async fn save_pauses(pauses: BTreeMap<String, String>) -> Result<(), AppError> {
    let number = |on: Waiting, what: &str| {
        let field = format!("{}_{what}", on.key());
        let typed = pauses.get(&field).map_or("", |text| text.trim());
        typed.parse::<u8>().map_err(|_| AppError::invalid(&field, "not_a_whole_number"))
    };
    let mut read = Pauses::default();
    for on in Waiting::ALL {
        let pause = Pause { days: number(on, "days")?, most: number(on, "most")? };
        if !pause.is_sound() {
            let what = if (1..=Pause::MOST_DAYS).contains(&pause.days) { "most" } else { "days" };
            return Err(AppError::invalid(&format!("{}_{what}", on.key()), "out_of_range"));
        }
        *read.of_mut(on) = pause;
    }
    on_server::save(Setting::Pauses(read), Section::Organisation).await
}
