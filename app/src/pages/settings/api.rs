//! What the settings pages ask and save: one function a form.

mod carrier;
mod customers;
mod lists;
mod people;

pub use carrier::{SaveCarrier, carrier, try_carrier};
pub use customers::{RemoveLogo, SaveCustomers};
pub use lists::{SaveCause, SaveOutcome, SaveReason, SaveSupplierAnswer};
pub use people::{MoveRule, RemoveRule, SavePauses, SaveRule};

use crate::backend::{LawTable, LetterPreview, OutboxPage, SettingsView};
use crate::error::AppError;
use crate::wire::Postcard;
use domain::id::LetterId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {
    super::Section,
    crate::backend::{Adr, Organisation, Setting, StaffView, StatusView, StoreView, TypeView, backend, viewer},
    domain::Localized,
    domain::collecting::CollectPlan,
    domain::deadline::Land,
    domain::deadline::regimes::GoodsKind,
    domain::deadline::watch::Plan,
    domain::phase::Phase,
    domain::role::Role,
};

#[server(prefix = "/api", endpoint = "settings", output = Postcard)]
pub async fn settings() -> Result<SettingsView, AppError> {
    backend().settings(&viewer()?).await
}

/// The inputs of a form as the browser sends them: an empty `id` is a new entry's, a tick that is not there is `""`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrganisationForm {
    pub name: String,
    pub country: String,
    pub currency: String,
    pub time_zone: String,
    pub locale: String,
    pub reply_to: String,
    #[serde(default)]
    pub outcome_wanted: String,
    /// `consents`, `refuses`, or empty while nothing is said.
    #[serde(default)]
    pub adr: String,
    #[serde(default)]
    pub adr_body: String,
    #[serde(default)]
    pub adr_address: String,
    /// Days before the last safe day, with commas between.
    #[serde(default)]
    pub reminders: String,
    #[serde(default)]
    pub remind_deputy: String,
    #[serde(default)]
    pub remind_admin: String,
    /// An amount as the viewer types it; empty for never.
    #[serde(default)]
    pub second_above: String,
    /// Days, with commas between; empty for the shipped ones.
    #[serde(default)]
    pub collect_pauses: String,
    #[serde(default)]
    pub collect_last: String,
}

#[server(prefix = "/api", endpoint = "save_organisation")]
pub async fn save_organisation(organisation: OrganisationForm) -> Result<(), AppError> {
    let form = organisation;
    let setting = Setting::Organisation(Organisation {
        name: form.name,
        currency: form.currency,
        country: form.country,
        time_zone: form.time_zone,
        locale: on_server::read("locale", &form.locale)?,
        reply_to: form.reply_to,
        outcome_wanted: !form.outcome_wanted.is_empty(),
        adr: match form.adr.as_str() {
            "" => None,
            "consents" | "refuses" => {
                Some(Adr { consents: form.adr == "consents", body: form.adr_body, address: form.adr_address })
            }
            _ => return Err(AppError::invalid("adr", "unknown_choice")),
        },
        plan: Plan {
            reminders: on_server::several_days("reminders", &form.reminders)?,
            deputy: on_server::days("remind_deputy", &form.remind_deputy)?,
            admin: on_server::days("remind_admin", &form.remind_admin)?,
        },
        second_above: on_server::amount("second_above", &form.second_above)?,
        collecting: match form.collect_pauses.trim() {
            "" => CollectPlan::default(),
            pauses => CollectPlan {
                pauses: on_server::several_days("collect_pauses", pauses)?,
                last: on_server::days("collect_last", &form.collect_last)?,
            },
        },
    });
    on_server::save(setting, Section::Organisation).await
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoreForm {
    #[serde(default)]
    pub id: String,
    pub code: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    pub locale: String,
    pub country: String,
    pub time_zone: String,
    #[serde(default)]
    pub handler: String,
    /// The German state.
    #[serde(default)]
    pub land: String,
    #[serde(default)]
    pub active: String,
}

#[server(prefix = "/api", endpoint = "save_store")]
pub async fn save_store(store: StoreForm) -> Result<(), AppError> {
    let setting = Setting::Store(StoreView {
        id: on_server::id(&store.id)?,
        code: store.code,
        name: store.name,
        email: store.email,
        phone: store.phone,
        address: store.address,
        locale: on_server::read("locale", &store.locale)?,
        country: store.country,
        time_zone: store.time_zone,
        handler: on_server::optional("handler", &store.handler)?,
        land: match store.land.as_str() {
            "" => None,
            land => Some(Land::from_key(land).ok_or_else(|| AppError::invalid("land", "unknown_choice"))?),
        },
        active: !store.active.is_empty(),
    });
    on_server::save(setting, Section::Stores).await
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StaffForm {
    #[serde(default)]
    pub id: String,
    pub name: String,
    pub login: String,
    pub email: String,
    pub role: String,
    pub locale: String,
    #[serde(default)]
    pub stores: Vec<String>,
    #[serde(default)]
    pub active: String,
}

/// Somebody new gets their invitation at once.
#[server(prefix = "/api", endpoint = "save_staff")]
pub async fn save_staff(staff: StaffForm) -> Result<(), AppError> {
    let known = on_server::id(&staff.id)?;
    let login = staff.login.trim().to_lowercase();
    let setting = Setting::Staff(StaffView {
        id: known,
        login: staff.login,
        name: staff.name,
        email: staff.email,
        role: Role::from_key(&staff.role).ok_or_else(|| AppError::invalid("role", "unknown_choice"))?,
        locale: on_server::read("locale", &staff.locale)?,
        stores: staff.stores.iter().map(|id| on_server::read("stores", id)).collect::<Result<_, _>>()?,
        has_password: false,
        has_pin: false,
        active: !staff.active.is_empty(),
        last_seen: None,
    });
    on_server::save(setting, Section::Staff).await?;
    if known.0.is_nil() {
        let who = viewer()?;
        let made = backend().settings(&who).await?.staff.into_iter().find(|s| s.login == login && s.active);
        if let Some(made) = made {
            on_server::invite(&who, made.id).await?;
        }
    }
    Ok(())
}

#[server(prefix = "/api", endpoint = "invite_staff")]
pub async fn invite_staff(staff: String) -> Result<(), AppError> {
    on_server::invite(&viewer()?, on_server::read("", &staff)?).await
}

/// An invitation that was made just now: its link, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub name: String,
    pub link: String,
}

#[server(prefix = "/api", endpoint = "fresh_invitation", output = Postcard)]
pub async fn fresh_invitation() -> Result<Option<Invited>, AppError> {
    on_server::fresh_invitation(&viewer()?).await
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TypeForm {
    pub id: String,
    pub name_en: String,
    pub name_nb: String,
    pub name_pl: String,
    #[serde(default)]
    pub handler: String,
    /// In their order; empty ones count for nothing.
    #[serde(default)]
    pub deputies: Vec<String>,
    pub target_days: String,
    /// A key of [`GoodsKind`].
    pub goods: String,
    #[serde(default)]
    pub active: String,
}

#[server(prefix = "/api", endpoint = "save_type")]
pub async fn save_type(kind: TypeForm) -> Result<(), AppError> {
    let saved = on_server::known_type(&kind.id).await?;
    let setting = Setting::Type(TypeView {
        name: Localized { en: kind.name_en, nb: kind.name_nb, pl: kind.name_pl },
        handler: on_server::optional("handler", &kind.handler)?,
        deputies: kind
            .deputies
            .iter()
            .filter(|id| !id.is_empty())
            .map(|id| on_server::read("deputies", id))
            .collect::<Result<_, _>>()?,
        target_days: kind.target_days.trim().parse().map_err(|_| AppError::invalid("target_days", "not_days"))?,
        goods: GoodsKind::from_key(&kind.goods).ok_or_else(|| AppError::invalid("goods", "unknown_choice"))?,
        active: !kind.active.is_empty(),
        ..saved
    });
    on_server::save(setting, Section::Types).await
}

/// One place up or down.
#[server(prefix = "/api", endpoint = "move_type")]
pub async fn move_type(id: String, by: i64) -> Result<(), AppError> {
    let saved = on_server::known_type(&id).await?;
    let setting = Setting::Type(TypeView { position: saved.position.saturating_add(by), ..saved });
    on_server::save(setting, Section::Types).await
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StatusForm {
    #[serde(default)]
    pub id: String,
    pub phase: String,
    pub name_en: String,
    pub name_nb: String,
    pub name_pl: String,
    #[serde(default)]
    pub active: String,
}

#[server(prefix = "/api", endpoint = "save_own_status")]
pub async fn save_own_status(status: StatusForm) -> Result<(), AppError> {
    let setting = Setting::Status(StatusView {
        id: on_server::id(&status.id)?,
        phase: Phase::from_key(&status.phase).ok_or_else(|| AppError::invalid("phase", "unknown_choice"))?,
        name: Localized { en: status.name_en, nb: status.name_nb, pl: status.name_pl },
        active: !status.active.is_empty(),
    });
    on_server::save(setting, Section::Lists).await
}

#[server(prefix = "/api", endpoint = "law_table", output = Postcard)]
pub async fn load_law_table() -> Result<LawTable, AppError> {
    backend().law_table(&viewer()?).await
}

#[server(prefix = "/api", endpoint = "outbox", output = Postcard)]
pub async fn outbox(after: Option<String>) -> Result<OutboxPage, AppError> {
    backend().outbox(&viewer()?, after).await
}

#[server(prefix = "/api", endpoint = "outbox_letter", output = Postcard)]
pub async fn outbox_letter(letter: LetterId) -> Result<LetterPreview, AppError> {
    backend().letter(&viewer()?, letter).await
}

#[server(prefix = "/api", endpoint = "send_again")]
pub async fn send_again(letter: LetterId) -> Result<(), AppError> {
    backend().resend(&viewer()?, letter).await?;
    leptos_axum::redirect(&format!("{}?done=again", crate::urls::OUTBOX));
    Ok(())
}

#[cfg(feature = "ssr")]
mod on_server {
    use super::Invited;
    use crate::backend::{NEW_KEY, SetCookie, Setting, TypeView, Viewer, backend, viewer};
    use crate::error::AppError;
    use crate::pages::session::answer;
    use crate::pages::settings::Section;
    use domain::id::{Key, StaffId};
    use domain::money;
    use leptos::prelude::use_context;
    use std::str::FromStr;
    use uuid::Uuid;

    pub async fn save(setting: Setting, section: Section) -> Result<(), AppError> {
        backend().save_setting(&viewer()?, setting).await?;
        leptos_axum::redirect(&section.saved());
        Ok(())
    }

    pub fn read<T: FromStr>(field: &str, text: &str) -> Result<T, AppError> {
        text.parse().map_err(|_| AppError::invalid(field, "unknown_choice"))
    }

    pub fn optional<T: FromStr>(field: &str, text: &str) -> Result<Option<T>, AppError> {
        if text.is_empty() { Ok(None) } else { read(field, text).map(Some) }
    }

    pub fn days(field: &str, text: &str) -> Result<u16, AppError> {
        text.trim().parse().map_err(|_| AppError::invalid(field, "not_a_whole_number"))
    }

    /// With commas or spaces between.
    pub fn several_days(field: &str, text: &str) -> Result<Vec<u16>, AppError> {
        text.split([',', ' ', ';']).filter(|part| !part.is_empty()).map(|part| days(field, part)).collect()
    }

    /// Hundredths; nothing for nothing.
    pub fn amount(field: &str, text: &str) -> Result<Option<i64>, AppError> {
        let locale = viewer()?.locale;
        match text.trim() {
            "" => Ok(None),
            text => money::parse(text, locale).map(Some).ok_or_else(|| AppError::invalid(field, "not_money")),
        }
    }

    /// Nil for a new entry.
    pub fn id<T: FromStr + From<Uuid>>(text: &str) -> Result<T, AppError> {
        if text.is_empty() { Ok(T::from(Uuid::nil())) } else { read("", text) }
    }

    pub fn key(text: &str) -> Result<Key, AppError> {
        read("", if text.is_empty() { NEW_KEY } else { text })
    }

    pub async fn known_type(key: &str) -> Result<TypeView, AppError> {
        let settings = backend().settings(&viewer()?).await?;
        settings.types.into_iter().find(|kind| kind.key.as_str() == key).ok_or(AppError::NotFound)
    }

    /// The link crosses to the next page in a cookie of one minute, since an address would stay in the browser's history
    /// and in logs.
    const COOKIE: &str = "invitation";

    pub async fn invite(who: &Viewer, staff: StaffId) -> Result<(), AppError> {
        let link = backend().invite(who, staff).await?;
        cookie(&format!("{staff}.{link}"), 60);
        leptos_axum::redirect(&format!("{}?done=invited", Section::Staff.path()));
        Ok(())
    }

    fn cookie(value: &str, seconds: u32) {
        let path = Section::Staff.path();
        answer(&SetCookie(format!("{COOKIE}={value}; Path={path}; Max-Age={seconds}; SameSite=Lax; HttpOnly")));
    }

    pub async fn fresh_invitation(who: &Viewer) -> Result<Option<Invited>, AppError> {
        let Some(parts) = use_context::<http::request::Parts>() else { return Ok(None) };
        let cookies = parts.headers.get_all(http::header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut cookies = cookies.flat_map(|value| value.split("; ")).filter_map(|pair| pair.split_once('='));
        let Some((_, value)) = cookies.find(|(name, _)| *name == COOKIE) else { return Ok(None) };
        let Some((staff, link)) = value.split_once('.') else { return Ok(None) };
        cookie("", 0);
        let staff = backend().settings(who).await?.staff.into_iter().find(|known| known.id.to_string() == staff);
        // It comes from the browser: whatever is no link of that shape was not written by us.
        let token = link.rsplit('/').next().unwrap_or_default();
        let ours = link.ends_with(&crate::urls::welcome(token)) && token.bytes().all(|b| b.is_ascii_hexdigit());
        Ok(staff.filter(|_| ours).map(|staff| Invited { name: staff.name, link: link.to_owned() }))
    }
}
