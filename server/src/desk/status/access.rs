//! Who has proved that a case is theirs: one secret a browser, which opens every case that was proved in it.

use crate::clock::{HOUR_MS, token_hash};
use crate::desk::Desk;
use crate::files::shelf::Outgoing;
use crate::store::attachments::{self, Attachment};
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use crate::store::rmas;
use crate::store::status_links::{self, Grant};
use crate::store::upload_links;
use app::backend::{Proved, SetCookie};
use app::error::AppError;
use app::urls::Size;
use domain::id::{AttachmentId, CaseId};
use domain::number::Number;
use futures::FutureExt;

/// So long after a proof a case stays open.
const OPEN_MS: i64 = 4 * HOUR_MS;

impl Desk {
    /// The `__Host-` prefix binds the cookie to this very host, where TLS makes that possible.
    pub fn customer_cookie_name(&self) -> &'static str {
        if self.config.secure() { "__Host-redress_customer" } else { "redress_customer" }
    }

    fn customer_cookie(&self, value: &str, seconds: i64) -> SetCookie {
        let secure = if self.config.secure() { "; Secure" } else { "" };
        let name = self.customer_cookie_name();
        SetCookie(format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"))
    }

    /// The case of that number, or the first of a return of that number, for the customer who has proved that it is theirs.
    /// `access` is the secret in their cookie.
    ///
    /// # Errors
    /// `SignedOut` without a secret that opens anything, `NotFound` for what it does not open.
    pub async fn customer_case(&self, access: Option<&str>, number: Number) -> Result<Case> {
        let hash = token_hash(access.ok_or(AppError::SignedOut)?);
        let now = self.clock.now_ms();
        let mut connection = self.db.read().await?;
        let mut case = cases::by_number(&mut connection, number).await?;
        if case.is_none()
            && let Some(rma) = rmas::by_number(&mut connection, number).await?
            && let Some(first) = rmas::cases(&mut connection, rma.id).await?.first()
        {
            case = cases::by_id(&mut connection, first.id).await?;
        }
        if let Some(case) = case
            && status_links::opens(&mut connection, &hash, case.id, now).await?
        {
            return Ok(case);
        }
        let good = status_links::is_good(&mut connection, &hash, now).await?;
        Err(if good { AppError::NotFound } else { AppError::SignedOut }.into())
    }

    /// The secret is always a fresh one, so that nobody has planted it; what the one before opened stays open.
    /// The first of the cases is the one that is shown.
    pub(super) async fn open_to(&self, access: Option<&str>, proved: &[Case]) -> Result<Proved> {
        let shown = proved.first().ok_or(AppError::NotFound)?;
        let cases: Vec<CaseId> = proved.iter().map(|case| case.id).collect();
        let (token, now) = (self.random.token(), self.clock.now_ms());
        let (fresh, before) = (token_hash(&token), access.map(token_hash));
        let granted = self.db.write(move |tx| {
            async move {
                let expires_at = now + OPEN_MS;
                let grant = Grant { token_hash: &fresh, before: before.as_deref(), cases: &cases, expires_at };
                status_links::grant(tx, &grant, now).await
            }
            .boxed()
        });
        granted.await?;
        let cookie = self.customer_cookie(&token, OPEN_MS / 1000);
        Ok(Proved { cookie, number: shown.number, locale: shown.known.customer_locale })
    }

    /// Whether that secret opens anything now.
    ///
    /// # Errors
    /// The database's.
    pub async fn is_customer(&self, access: Option<&str>) -> app::error::Result<bool> {
        let Some(hash) = access.map(token_hash) else { return Ok(false) };
        let now = self.clock.now_ms();
        let good = async { status_links::is_good(&mut *self.db.read().await?, &hash, now).await };
        good.await.map_err(|error| self.fail(error))
    }

    pub(super) async fn leave(&self, access: Option<&str>) -> Result<SetCookie> {
        if let Some(hash) = access.map(token_hash) {
            let now = self.clock.now_ms();
            let left = self.db.write(move |tx| {
                async move {
                    // They lie in the browser's history, and ask for no second factor.
                    for case in status_links::opened(tx, &hash, now).await? {
                        upload_links::revoke_from_home(tx, case, now).await?;
                    }
                    status_links::leave(tx, &hash).await
                }
                .boxed()
            });
            left.await?;
        }
        Ok(self.customer_cookie("", 0))
    }

    /// A file that came from the customer's side, for the customer.
    ///
    /// # Errors
    /// Those of [`Desk::customer_case`].
    pub async fn customer_file(
        &self,
        access: Option<&str>,
        number: Number,
        id: AttachmentId,
        size: Size,
    ) -> app::error::Result<(Attachment, Outgoing)> {
        let attachment = self.customers_own(access, number, id).await.map_err(|error| self.fail(error))?;
        let file = self.outgoing(&attachment, size).await?;
        Ok((attachment, file))
    }

    async fn customers_own(&self, access: Option<&str>, number: Number, id: AttachmentId) -> Result<Attachment> {
        let case = self.customer_case(access, number).await?;
        let attachment = attachments::get(&mut *self.db.read().await?, id).await?;
        let own = attachment.filter(|found| found.case == case.id && !found.removed && is_customers(found, &case));
        Ok(own.ok_or(AppError::NotFound)?)
    }
}

/// It came from home, by a link, or with the registration. What staff add later may be meant for them alone.
pub fn is_customers(attachment: &Attachment, case: &Case) -> bool {
    attachment.staff.is_none() || attachment.received_at < case.registered_at
}
