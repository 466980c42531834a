//! Whom parcels go with: what an admin enters, checked by the carriers themselves, and tried.

use crate::desk::Desk;
use crate::desk::carriage::Carriage;
use crate::store::Tx;
use crate::store::error::Result as Stored;
use app::backend::{BringView, CarrierKind, CarrierTried, CarrierView, Hidden, InPostView};
use app::error::{AppError, Result};
use carriers::settings::{BringSettings, InPostSettings, ManualSettings};
use carriers::webhook::{Webhook, WebhookSettings};
use carriers::{Http, Limits, Problem, Secret, TrackingTemplate};
use std::time::Duration;

/// Of any input, in bytes: what carriers take, and a little more.
const LENGTH: usize = 1000;

/// An admin waits for the answer.
const PATIENCE: Limits =
    Limits { connect: Duration::from_secs(4), total: Duration::from_secs(9), json: 1024 * 1024, file: 0 };

impl Desk {
    pub(super) fn asker(&self) -> Result<Http> {
        Http::open(PATIENCE).map_err(|error| self.incident(&error))
    }
}

/// As the settings show it: without a secret.
pub fn view(carriage: &Carriage) -> CarrierView {
    let hidden = |secret: &Secret| Hidden { kept: !secret.is_empty(), typed: String::new() };
    let Carriage { kind, manual, inpost, bring, webhook } = carriage.clone();
    CarrierView {
        kind,
        tracking_template: manual.tracking_template,
        inpost: InPostView {
            test: inpost.test,
            organisation: inpost.organisation,
            token: hidden(&inpost.token),
            service: inpost.service,
            sending_method: inpost.sending_method,
            target_point: inpost.target_point,
            dropoff_point: inpost.dropoff_point,
            template: inpost.template,
            is_return: inpost.is_return,
            a6: inpost.a6,
            tracking_template: inpost.tracking_template,
        },
        bring: BringView {
            test: bring.test,
            uid: bring.uid,
            key: hidden(&bring.key),
            customer_number: bring.customer_number,
            company: bring.company,
            service: bring.service,
            tracking_template: bring.tracking_template,
        },
        webhook_url: webhook.url,
        webhook_secret: hidden(&webhook.secret),
    }
}

/// What was entered, on its way to what is kept.
#[derive(Clone)]
pub struct Entered {
    view: CarrierView,
    /// Bring wants to know where we are.
    public_url: String,
    http: Http,
}

impl Entered {
    /// # Errors
    /// `Invalid` for what is too long to be anything.
    pub fn read(view: CarrierView, public_url: &str, http: Http) -> Result<Self> {
        let CarrierView { inpost, bring, .. } = &view;
        for (field, text) in [
            ("manual_tracking_template", &view.tracking_template),
            ("inpost_organisation", &inpost.organisation),
            ("inpost_token", &inpost.token.typed),
            ("inpost_service", &inpost.service),
            ("inpost_sending_method", &inpost.sending_method),
            ("inpost_target_point", &inpost.target_point),
            ("inpost_dropoff_point", &inpost.dropoff_point),
            ("inpost_template", &inpost.template),
            ("inpost_tracking_template", &inpost.tracking_template),
            ("bring_uid", &bring.uid),
            ("bring_secret", &bring.key.typed),
            ("bring_customer_number", &bring.customer_number),
            ("bring_company", &bring.company),
            ("bring_service", &bring.service),
            ("bring_tracking_template", &bring.tracking_template),
            ("webhook_url", &view.webhook_url),
            ("webhook_secret", &view.webhook_secret.typed),
        ] {
            if text.len() > LENGTH {
                return Err(AppError::invalid(field, "text_too_long"));
            }
        }
        Ok(Self { view, public_url: public_url.to_owned(), http })
    }

    /// Joins it with the secrets that are kept, checks and writes it.
    pub async fn save(self, tx: &mut Tx) -> Stored<()> {
        let (http, carriage) = (self.http.clone(), self.over(Carriage::read(tx).await?));
        check(&carriage, &http)?;
        carriage.save(tx).await
    }

    fn over(self, kept: Carriage) -> Carriage {
        let CarrierView { kind, tracking_template, inpost, bring, webhook_url, webhook_secret } = self.view;
        let text = |typed: String| typed.trim().to_owned();
        let secret = |typed: Hidden, kept: Secret| match typed.typed.trim() {
            "" if typed.kept => kept,
            typed => Secret::new(typed),
        };
        Carriage {
            kind,
            manual: ManualSettings { tracking_template: text(tracking_template) },
            inpost: InPostSettings {
                test: inpost.test,
                organisation: text(inpost.organisation),
                token: secret(inpost.token, kept.inpost.token),
                service: text(inpost.service),
                sending_method: text(inpost.sending_method),
                target_point: text(inpost.target_point),
                dropoff_point: text(inpost.dropoff_point),
                template: text(inpost.template),
                is_return: inpost.is_return,
                a6: inpost.a6,
                tracking_template: text(inpost.tracking_template),
                base_url: kept.inpost.base_url,
            },
            bring: BringSettings {
                test: bring.test,
                uid: text(bring.uid),
                key: secret(bring.key, kept.bring.key),
                customer_number: text(bring.customer_number),
                company: text(bring.company),
                client_url: self.public_url,
                service: text(bring.service),
                tracking_template: text(bring.tracking_template),
                base_url: kept.bring.base_url,
            },
            webhook: WebhookSettings { secret: secret(webhook_secret, kept.webhook.secret), url: text(webhook_url) },
        }
    }
}

/// # Errors
/// `Invalid` with the first input that is wrong.
fn check(carriage: &Carriage, http: &Http) -> Result<()> {
    // Whichever is chosen, all of them are kept, and parcels of the one before are still followed.
    for (whose, template) in [
        (CarrierKind::Manual, &carriage.manual.tracking_template),
        (CarrierKind::InPost, &carriage.inpost.tracking_template),
        (CarrierKind::Bring, &carriage.bring.tracking_template),
    ] {
        if !template.is_empty() {
            let problem = |key| invalid(whose.key(), Problem { field: "tracking_template", key });
            TrackingTemplate::parse(template).map_err(problem)?;
        }
    }
    let carrier = carriers::open(&carriage.settings(), http).err().map(|found| (carriage.kind.key(), found));
    let webhook = carriage.webhook().and_then(|hook| Webhook::open(hook, http).err()).map(|found| ("webhook", found));
    match carrier.or(webhook) {
        Some((whose, problems)) => Err(problems.first().map_or(AppError::Conflict, |problem| invalid(whose, *problem))),
        None => Ok(()),
    }
}

/// A carrier's words for what is wrong, in ours.
fn invalid(whose: &str, Problem { field, key }: Problem) -> AppError {
    // A name that a browser's submission is not kept with: see `http::retry`.
    let field = if field == "key" { "secret" } else { field };
    let key = match (whose, key) {
        (_, "required") => "missing",
        (_, "too_long") => "text_too_long",
        (_, "unknown") => "unknown_choice",
        (_, "not_a_url") => "not_an_address",
        (_, "not_a_number") => "not_digits",
        ("webhook", "too_short") => "secret_too_short",
        (_, key) => key,
    };
    AppError::invalid(&format!("{whose}_{field}"), key)
}

/// Asks the chosen carrier whose account it is.
pub async fn tried(carriage: &Carriage, http: &Http) -> CarrierTried {
    let kind = carriage.kind;
    let told =
        |fault: Option<&str>, said: &str| CarrierTried { kind, fault: fault.map(str::to_owned), said: said.to_owned() };
    if kind == CarrierKind::Manual {
        return told(Some("unsupported"), "");
    }
    match carriers::open(&carriage.settings(), http) {
        // Saved while something of it was not asked for yet.
        Err(_) => told(Some("settings"), ""),
        Ok(carrier) => match carrier.account().await {
            Ok(name) => told(None, &name),
            Err(fault) => told(Some(fault.key()), fault.detail()),
        },
    }
}
