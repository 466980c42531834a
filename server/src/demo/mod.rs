//! A believable chain to try Redress with: stores, staff of each role, and cases in all phases, in three languages.
//!
//! The cases are made by the same use cases as real ones, with the clock set to when each thing happened.

mod bulk;
mod content;
mod fill;
mod findings;
mod plan;

use crate::clock::ManualClock;
use crate::desk::Desk;
use crate::store::error::{Result, StoreError};
use crate::store::{book as rows, organisation};
use app::backend::{Adr, Organisation, StaffView, StoreView, Viewer};
use content::{STAFF, STORES};
use domain::Locale;
use domain::collecting::CollectPlan;
use domain::deadline::watch::Plan;
use domain::id::{StaffId, StoreId};
use domain::role::Role;
use futures::FutureExt;
use std::collections::BTreeMap;

/// Everybody's password in the demo chain; the command prints it.
pub const PASSWORD: &str = "redress-demo";
/// Everybody's PIN at a store's tablet.
pub const PIN: &str = "2468";

/// So many of the newest cases have a whole course of events, with pictures and letters.
const LIVED: u32 = 120;

/// What [`fill`] has made.
pub struct Chain {
    pub cases: u32,
    /// Login, name and role of everybody.
    pub people: Vec<(String, String, Role)>,
}

/// Fills an organisation that has no cases. `desk` runs on `clock`, which ends where it began: now.
///
/// # Errors
/// When there are cases already, since a demo must never mix with real ones.
pub async fn fill(desk: &Desk, clock: &ManualClock, cases: u32) -> Result<Chain> {
    let there: i64 = sqlx::query_scalar("select count(*) from (select 1 from cases limit 1) as one")
        .fetch_one(&mut *desk.db.read().await?)
        .await?;
    if there > 0 {
        return Err(StoreError::corrupt("this organisation has cases; the demo wants a fresh data folder"));
    }
    let stores: BTreeMap<&str, StoreId> = STORES.iter().map(|store| (store.code, desk.random.id())).collect();
    let people: Vec<StaffId> = STAFF.iter().map(|_| desk.random.id()).collect();
    let password = desk.passwords.hash(PASSWORD, &desk.random).await;
    let pin = desk.passwords.hash(PIN, &desk.random).await;
    let now = desk.clock.now_ms();
    desk.db
        .write({
            let (stores, people) = (stores.clone(), people.clone());
            move |tx| async move { write_chain(tx, &stores, &people, &password, &pin, now).await }.boxed()
        })
        .await?;
    desk.shelf.refresh(&desk.db).await?;
    // What a person looks at is lived through; the rest is there for its number.
    let lived = cases.min(LIVED);
    bulk::fill(desk, cases - lived, plan::DAYS).await?;
    plan::live_through(desk, clock, lived).await?;
    findings::note(desk).await?;
    let people = STAFF
        .iter()
        .map(|(login, name, role, ..)| {
            ((*login).to_owned(), (*name).to_owned(), Role::from_key(role).unwrap_or(Role::Clerk))
        })
        .collect();
    Ok(Chain { cases, people })
}

async fn write_chain(
    tx: &mut crate::store::Tx,
    stores: &BTreeMap<&str, StoreId>,
    people: &[StaffId],
    password: &str,
    pin: &str,
    now: i64,
) -> Result<()> {
    let organisation = Organisation {
        name: "Fjell & Sko".into(),
        currency: "NOK".into(),
        country: "NO".into(),
        time_zone: "Europe/Oslo".into(),
        locale: Locale::Nb,
        reply_to: String::new(),
        outcome_wanted: true,
        adr: Some(Adr {
            consents: false,
            body: "Stały Polubowny Sąd Konsumencki w Krakowie".into(),
            address: "ul. Ujastek 7, 31-752 Kraków".into(),
        }),
        plan: Plan::default(),
        second_above: None,
        collecting: CollectPlan::default(),
    };
    organisation::save_organisation(tx, &organisation).await?;
    // The store that a first start made gives way to the chain's.
    sqlx::query("update stores set active = 0").execute(&mut *tx).await?;
    for store in &STORES {
        let handler = if store.country == "PL" { people[2] } else { people[1] };
        let view = StoreView {
            id: stores[store.code],
            code: store.code.into(),
            name: store.name.into(),
            email: format!("{}@example.com", store.code.to_lowercase()),
            phone: store.phone.into(),
            address: store.address.into(),
            locale: store.locale,
            country: store.country.into(),
            time_zone: store.zone.into(),
            handler: Some(handler),
            land: None,
            active: true,
        };
        organisation::save_store(tx, &view).await?;
    }
    for (id, (login, name, role, locale, codes)) in people.iter().zip(&STAFF) {
        let view = StaffView {
            id: *id,
            login: (*login).into(),
            name: (*name).into(),
            email: format!("{login}@example.com"),
            role: Role::from_key(role).unwrap_or(Role::Clerk),
            locale: *locale,
            stores: codes.iter().map(|code| stores[code]).collect(),
            has_password: true,
            has_pin: true,
            active: true,
            last_seen: None,
        };
        organisation::save_staff(tx, &view, now).await?;
        organisation::set_password(tx, *id, password).await?;
        organisation::set_pin(tx, *id, pin).await?;
    }
    rows::touch(tx).await
}

/// Somebody of the staff, as if signed in.
fn viewer(desk: &Desk, id: StaffId) -> Result<Viewer> {
    let book = desk.book();
    let staff = book.staff.get(&id).ok_or_else(|| StoreError::corrupt("the demo's staff is missing"))?;
    let store = staff.store.and_then(|id| book.stores.get(&id)).map(crate::desk::book::Store::to_ref);
    Ok(Viewer {
        session: desk.random.id(),
        id,
        name: staff.name.clone(),
        role: staff.role,
        reach: staff.reach(),
        locale: staff.locale,
        store,
        tablet: None,
    })
}
