//! What a fresh installation starts with.

use super::book::ComplaintType;
use crate::clock::Random;
use crate::store::error::Result;
use crate::store::{Db, book, organisation};
use app::backend::{Organisation, PublicForm, StoreView};
use domain::collecting::CollectPlan;
use domain::deadline::watch::Plan;
use domain::id::StoreId;
use domain::{Locale, defaults};
use futures::FutureExt;
use jiff::tz::TimeZone;

/// Writes the organisation with the shipped types and lists and one store, unless there is one already.
pub async fn seed(db: &Db, random: &Random) -> Result<()> {
    let store: StoreId = random.id();
    db.write(move |tx| {
        async move {
            if book::is_there(tx).await? {
                return later_lists(tx).await;
            }
            let organisation = first_organisation(TimeZone::system().iana_name());
            organisation::save_organisation(tx, &organisation).await?;
            let shop = StoreView {
                id: store,
                code: "1".to_owned(),
                name: match organisation.locale {
                    Locale::Nb => "Butikken",
                    Locale::Pl => "Sklep",
                    Locale::En => "The store",
                }
                .to_owned(),
                email: String::new(),
                phone: String::new(),
                address: String::new(),
                locale: organisation.locale,
                country: organisation.country,
                time_zone: organisation.time_zone,
                handler: None,
                land: None,
                active: true,
            };
            organisation::save_store(tx, &shop).await?;
            organisation::save_public_form(tx, &first_public_form()).await?;
            lists(tx).await
        }
        .boxed()
    })
    .await
}

/// The shipped types, reasons and outcomes.
pub async fn lists(tx: &mut crate::store::Tx) -> Result<()> {
    for (position, kind) in (0..).zip(defaults::types()) {
        let row = ComplaintType {
            key: kind.key,
            name: kind.name,
            icon: kind.icon,
            handler: None,
            deputies: Vec::new(),
            target_days: kind.target_days,
            goods: kind.goods,
            default_outcome: kind.default_outcome,
            form_version: kind.form.version,
            position,
            active: true,
        };
        organisation::save_type(tx, &row).await?;
        organisation::add_form(tx, &row.key, &kind.form).await?;
    }
    for reason in defaults::reasons() {
        organisation::save_reason(tx, &reason).await?;
    }
    for outcome in defaults::outcomes() {
        organisation::save_outcome(tx, &outcome).await?;
    }
    examination_lists(tx).await
}

/// An organisation from before there were these lists gets them once: their entries are never deleted.
async fn later_lists(tx: &mut crate::store::Tx) -> Result<()> {
    if book::has_causes(tx).await? {
        return Ok(());
    }
    examination_lists(tx).await?;
    book::touch(tx).await
}

async fn examination_lists(tx: &mut crate::store::Tx) -> Result<()> {
    for cause in defaults::causes() {
        organisation::save_cause(tx, &cause).await?;
    }
    for answer in defaults::supplier_answers() {
        organisation::save_supplier_answer(tx, &answer).await?;
    }
    Ok(())
}

/// Customers can complain about everything but what a carrier broke on the way to the store.
pub fn first_public_form() -> PublicForm {
    let types = defaults::types().into_iter().map(|kind| kind.key).filter(|key| key.as_str() != "transport");
    PublicForm { open: true, types: types.collect(), ..PublicForm::default() }
}

/// Guessed from the machine's zone; the first admin's language and the settings correct it.
fn first_organisation(zone: Option<&str>) -> Organisation {
    let (country, currency, locale) = match zone {
        Some("Europe/Oslo") => ("NO", "NOK", Locale::Nb),
        Some("Europe/Warsaw") => ("PL", "PLN", Locale::Pl),
        _ => ("NO", "NOK", Locale::En),
    };
    let zone = zone.filter(|zone| zone.contains('/') && TimeZone::get(zone).is_ok() && *zone != "Etc/UTC");
    Organisation {
        name: "Redress".to_owned(),
        currency: currency.to_owned(),
        country: country.to_owned(),
        time_zone: zone.unwrap_or("Europe/Oslo").to_owned(),
        locale,
        reply_to: String::new(),
        outcome_wanted: true,
        adr: None,
        plan: Plan::default(),
        second_above: None,
        collecting: CollectPlan::default(),
    }
}
