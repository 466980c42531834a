//! Whom parcels go with. One row at most: an organisation that never chose has none and sends by hand.

use super::db::Tx;
use super::error::Result;
use sqlx::{AnyConnection, Row};

/// The driver's key and the JSON of its settings, which holds its secrets: it never leaves the server.
pub async fn read(connection: &mut AnyConnection) -> Result<Option<(String, String)>> {
    let row = sqlx::query("select kind, settings from carrier where id = 1").fetch_optional(connection).await?;
    row.map(|row| Ok((row.try_get("kind")?, row.try_get("settings")?))).transpose()
}

pub async fn save(tx: &mut Tx, kind: &str, settings: &str) -> Result<()> {
    sqlx::query(
        "insert into carrier (id, kind, settings) values (1, $1, $2) \
         on conflict (id) do update set kind = excluded.kind, settings = excluded.settings",
    )
    .bind(kind)
    .bind(settings)
    .execute(tx)
    .await?;
    Ok(())
}
