//! Whom parcels go with, as an admin has set it up: what the table `carrier` holds.

use crate::store::error::Result;
use crate::store::{Db, StoreError, Tx, carrier as rows};
use app::backend::CarrierKind;
use carriers::settings::{BringSettings, InPostSettings, ManualSettings};
use carriers::webhook::WebhookSettings;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;

/// Every carrier's settings, secrets among them, so that trying another one costs nobody what was entered before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Carriage {
    /// The one that parcels go with; a column of its own.
    #[serde(skip)]
    pub kind: CarrierKind,
    pub manual: ManualSettings,
    pub inpost: InPostSettings,
    pub bring: BringSettings,
    /// Without an address nobody is told.
    pub webhook: WebhookSettings,
}

impl Carriage {
    /// By hand, where nobody has chosen yet.
    pub async fn read(connection: &mut AnyConnection) -> Result<Self> {
        let Some((kind, settings)) = rows::read(connection).await? else { return Ok(Self::default()) };
        let kind =
            CarrierKind::from_key(&kind).ok_or_else(|| StoreError::corrupt(format_args!("unknown carrier {kind}")))?;
        Ok(Self { kind, ..serde_json::from_str(&settings)? })
    }

    /// The same for who has no connection yet.
    pub async fn load(db: &Db) -> Result<Self> {
        Self::read(&mut *db.read().await?).await
    }

    pub async fn save(&self, tx: &mut Tx) -> Result<()> {
        rows::save(tx, self.kind.key(), &serde_json::to_string(self)?).await
    }

    /// The chosen carrier's, for [`carriers::open`].
    pub fn settings(&self) -> carriers::Settings {
        match self.kind {
            CarrierKind::Manual => carriers::Settings::Manual(self.manual.clone()),
            CarrierKind::InPost => carriers::Settings::InPost(self.inpost.clone()),
            CarrierKind::Bring => carriers::Settings::Bring(self.bring.clone()),
        }
    }

    /// Where messages go, if anywhere, for [`carriers::webhook::Webhook::open`].
    pub fn webhook(&self) -> Option<&WebhookSettings> {
        (!self.webhook.url.is_empty()).then_some(&self.webhook)
    }
}
