//! Somebody's absences: their own, or as an admin anybody's.

use crate::backend::AbsencesView;
use crate::error::AppError;
use crate::wire::Postcard;
use leptos::prelude::*;

#[server(prefix = "/api", endpoint = "own_absences", output = Postcard)]
pub async fn own_absences() -> Result<AbsencesView, AppError> {
    crate::backend::backend().own_absences(&crate::backend::viewer()?).await
}

/// `from` and `until` as `2026-11-03`; `back` is where the form stood.
#[server(prefix = "/api", endpoint = "save_absence")]
pub async fn save_absence(
    staff: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
    #[server(default)] substitute: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    use domain::assignment::Absence;
    use domain::id::AbsenceId;
    let who = crate::backend::viewer()?;
    let day = |field: &str, text: &str| match text.trim() {
        "" => Err(AppError::invalid(field, "missing")),
        text => text.parse().map_err(|_| AppError::invalid(field, "not_a_date")),
    };
    let absence = Absence {
        id: AbsenceId(uuid::Uuid::nil()),
        staff: staff.parse().map_err(|_| AppError::invalid("staff", "unknown_choice"))?,
        from: day("from", &from)?,
        until: day("until", &until)?,
        substitute: match substitute.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| AppError::invalid("substitute", "unknown_choice"))?),
        },
    };
    crate::backend::backend().save_absence(&who, absence).await?;
    leptos_axum::redirect(&on_server::back(&back));
    Ok(())
}

#[server(prefix = "/api", endpoint = "remove_absence")]
pub async fn remove_absence(absence: String, #[server(default)] back: String) -> Result<(), AppError> {
    let absence = absence.parse().map_err(|_| AppError::NotFound)?;
    crate::backend::backend().remove_absence(&crate::backend::viewer()?, absence).await?;
    leptos_axum::redirect(&on_server::back(&back));
    Ok(())
}

#[cfg(feature = "ssr")]
mod on_server {
    use crate::urls;
    use domain::id::StaffId;

    /// The page of the settings for that member of the staff, or the account page: nowhere else, whatever the form says.
    pub fn back(to: &str) -> String {
        match to.parse::<StaffId>() {
            Ok(staff) => format!("{}/staff?edit={staff}&done=saved#absences", urls::SETTINGS),
            Err(_) => format!("{}?done=account#absences", urls::ACCOUNT),
        }
    }
}
