//! Filing from home. Nobody has signed in: a report is opened by its secret, which travels in the body, since addresses
//! reach logs.

use crate::backend::{PictureView, ReportInput, ReportPage, ReportSent, ReportStart, Reviewed};
use crate::error::AppError;
use crate::wire::Postcard;
use domain::Locale;
use domain::id::{AttachmentId, CaseId, Key};
use leptos::prelude::*;
use server_fn::codec::Json;

/// The cookie by which a browser finds the report again that it has begun.
pub const COOKIE: &str = "redress_report";

#[server(prefix = "/api", endpoint = "report_start", output = Postcard)]
pub async fn read_report_start() -> Result<ReportStart, AppError> {
    crate::backend::backend().report_start(context::locale(), context::remembered().as_deref()).await
}

/// With `token` [`crate::urls::NEW_REPORT`] an empty form with a fresh secret.
#[server(prefix = "/api", endpoint = "report_page", input = Json, output = Postcard)]
pub async fn read_report(token: String, item: Option<CaseId>, type_key: Option<Key>) -> Result<ReportPage, AppError> {
    let (backend, locale) = (crate::backend::backend(), context::locale());
    if token == crate::urls::NEW_REPORT {
        return backend.new_report(locale, &type_key.ok_or(AppError::NotFound)?).await;
    }
    backend.report_page(locale, &token, item, type_key.as_ref()).await
}

/// `framed`: within another site's page, where a cookie needs to be allowed.
#[server(prefix = "/api", endpoint = "save_report", input = Json)]
pub async fn save_report(input: ReportInput, locale: Locale, framed: bool) -> Result<(), AppError> {
    use crate::pages::session;
    let backend = crate::backend::backend();
    let cookie = backend.remember_report(&input.token, framed);
    backend.save_report(session::origin()?, locale, input).await?;
    session::answer(&cookie);
    Ok(())
}

/// The pictures of one article, for the open form.
#[server(prefix = "/api", endpoint = "report_pictures", input = Json, output = Postcard)]
pub async fn report_pictures(token: String, case: CaseId) -> Result<Vec<PictureView>, AppError> {
    crate::backend::backend().report_pictures(&token, case).await
}

#[server(prefix = "/api", endpoint = "remove_report_picture", input = Json, output = Postcard)]
pub async fn remove_report_picture(
    token: String,
    case: CaseId,
    picture: AttachmentId,
) -> Result<Vec<PictureView>, AppError> {
    let backend = crate::backend::backend();
    backend.drop_report_picture(&token, picture).await?;
    backend.report_pictures(&token, case).await
}

/// A plain form post on the review, as are those below.
#[server(prefix = "/api", endpoint = "drop_report_picture")]
pub async fn drop_report_picture(
    token: String,
    picture: AttachmentId,
    #[server(default)] guise: String,
) -> Result<(), AppError> {
    crate::backend::backend().drop_report_picture(&token, picture).await?;
    context::go_on(&guise, &crate::urls::report_review(&token));
    Ok(())
}

/// Somebody else may sit at this browser next.
#[server(prefix = "/api", endpoint = "discard_report")]
pub async fn discard_report(token: String, #[server(default)] guise: String) -> Result<(), AppError> {
    crate::backend::backend().discard_report(&token).await?;
    context::go_on(&guise, crate::urls::REPORT);
    Ok(())
}

#[server(prefix = "/api", endpoint = "drop_report_item")]
pub async fn drop_report_item(token: String, case: CaseId, #[server(default)] guise: String) -> Result<(), AppError> {
    crate::backend::backend().drop_report_item(&token, case).await?;
    context::go_on(&guise, &crate::urls::report_review(&token));
    Ok(())
}

#[server(prefix = "/api", endpoint = "review_report", input = Json, output = Postcard)]
pub async fn read_review(token: String) -> Result<Reviewed, AppError> {
    crate::backend::backend().review_report(context::locale(), &token).await
}

#[server(prefix = "/api", endpoint = "send_report")]
pub async fn send_report(token: String, #[server(default)] guise: String) -> Result<(), AppError> {
    crate::backend::backend().send_report(context::locale_of(&guise), &token).await?;
    context::go_on(&guise, &crate::urls::report_sent(&token));
    Ok(())
}

#[server(prefix = "/api", endpoint = "report_sent", input = Json, output = Postcard)]
pub async fn read_sent(token: String) -> Result<ReportSent, AppError> {
    crate::backend::backend().report_sent(context::locale(), &token).await
}

#[server(prefix = "/api", endpoint = "resend_confirmation")]
pub async fn resend_confirmation(token: String, to: String, #[server(default)] guise: String) -> Result<(), AppError> {
    crate::backend::backend().resend_confirmation(&token, to.trim()).await?;
    context::go_on(&guise, &format!("{}?again=1", crate::urls::report_sent(&token)));
    Ok(())
}

/// What the functions above need of their request.
#[cfg(feature = "ssr")]
pub(in crate::pages) mod context {
    use super::COOKIE;
    use crate::guise::Guise;
    use domain::Locale;
    use leptos::prelude::*;

    /// The page's language.
    pub fn locale() -> Locale {
        use_context::<Locale>().unwrap_or_default()
    }

    /// The language of the page that a form stood on.
    pub fn locale_of(guise: &str) -> Locale {
        Guise::of_query(guise).locale.unwrap_or_else(locale)
    }

    /// The secret of the report that this browser has begun.
    pub fn remembered() -> Option<String> {
        crate::pages::session::cookie(COOKIE)
    }

    /// To the page that follows a form.
    pub fn go_on(guise: &str, page: &str) {
        leptos_axum::redirect(&Guise::of_query(guise).put_on(page));
    }
}
