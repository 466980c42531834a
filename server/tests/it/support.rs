//! A small chain on a fresh database, with a clock that stands and chance from a seed.

use app::backend::{Adr, Organisation, PublicForm, StaffView, StoreView, Viewer};
use domain::collecting::CollectPlan;
use domain::deadline::regimes::GoodsKind;
use domain::deadline::watch::Plan;
use domain::decision::{Offered, Outcome, Reason};
use domain::form::schema::{Choice, Required, common};
use domain::form::{Field, FieldKind, Form, Section};
use domain::handling::{AnswerChoice, Cause};
use domain::id::{Key, StaffId, StoreId};
use domain::role::Role;
use domain::{Locale, Localized};
use futures::FutureExt;
use server::clock::{ManualClock, Random};
use server::config::Config;
use server::desk::Desk;
use server::desk::book::ComplaintType;
use server::store::{Db, organisation};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Monday 19 October 2026, 10:00 in Oslo.
pub const START: &str = "2026-10-19T08:00:00Z";

/// Runs one test on SQLite and on PostgreSQL.
///
/// PostgreSQL's address stands in `TEST_DATABASE_URL`; without it that half fails, since no test is skipped silently.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: World) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;
            async fn test($world: World) $body

            #[tokio::test]
            async fn sqlite() {
                test(World::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                test(World::on_postgres().await).await;
            }
        }
    )+};
}

pub struct World {
    pub desk: Desk,
    pub clock: Arc<ManualClock>,
    pub oslo: StoreId,
    pub krakow: StoreId,
    /// Serves both stores; the default handler of Oslo.
    pub handler: Viewer,
    pub admin: Viewer,
    /// Works in Oslo, reads Norwegian.
    pub clerk: Viewer,
    /// Works in Kraków, reads Polish.
    pub other_clerk: Viewer,
    /// Data folder; goes with the world.
    pub folder: tempfile::TempDir,
}

/// Every letter that waits leaves now, by the job.
pub async fn deliver(world: &World) {
    deliver_by(world, &world.desk.config).await;
}

/// The same as another configuration has it.
pub async fn deliver_by(world: &World, config: &Config) {
    let courier = server::mail::smtp::Courier::new(config).expect("the configuration is good");
    let (_go, stop) = tokio::sync::watch::channel(false);
    server::jobs::letters::deliver_due(&world.desk, &courier, &stop).await.expect("the round ends well");
}

pub fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

impl World {
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}/redress.db?mode=rwc", folder.path().display());
        Self::on(url, folder).await
    }

    pub async fn on_postgres() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("TEST_DATABASE_URL")
            .expect("TEST_DATABASE_URL names a PostgreSQL server for the tests; `make test` starts one");
        let name = format!("redress_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        sqlx::any::install_default_drivers();
        let mut connection = <sqlx::AnyConnection as sqlx::Connection>::connect(&server)
            .await
            .expect("the test server's PostgreSQL answers");
        sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}")))
            .execute(&mut connection)
            .await
            .expect("may create databases");
        let (base, _) = server.rsplit_once('/').expect("a URL with a database name");
        Self::on(format!("{base}/{name}"), tempfile::tempdir().expect("a temporary folder")).await
    }

    async fn on(database_url: String, folder: tempfile::TempDir) -> Self {
        let db = Db::open(&database_url).await.expect("the database opens");
        let random = Arc::new(Random::seeded(1));
        let clock = Arc::new(ManualClock::at(START.parse().expect("a timestamp")));
        let (oslo, krakow) = (random.id(), random.id());
        let people: [StaffId; 4] = std::array::from_fn(|_| random.id());
        db.write(move |tx| fill(tx, oslo, krakow, people).boxed()).await.expect("the chain is written");
        let config = Config {
            listen: "127.0.0.1:0".parse().expect("an address"),
            public_url: "http://redress.test".to_owned(),
            data_dir: folder.path().to_owned(),
            database_url,
            mail_from: "redress@example.com".to_owned(),
            site_dir: folder.path().join("site"),
            ..Config::default()
        };
        let desk = Desk::open(db, clock.clone(), random.clone(), config).await.expect("the desk opens");
        let viewer = |id: StaffId| {
            let book = desk.book();
            let staff = &book.staff[&id];
            Viewer {
                session: random.id(),
                id,
                name: staff.name.clone(),
                role: staff.role,
                reach: staff.reach(),
                locale: staff.locale,
                store: staff.store.map(|id| book.stores[&id].to_ref()),
                tablet: None,
            }
        };
        let [admin, handler, clerk, other_clerk] = people.map(viewer);
        Self { desk, clock, oslo, krakow, handler, admin, clerk, other_clerk, folder }
    }
}

async fn fill(
    tx: &mut server::store::Tx,
    oslo: StoreId,
    krakow: StoreId,
    [admin, handler, clerk, other_clerk]: [StaffId; 4],
) -> server::store::error::Result<()> {
    organisation::save_organisation(
        tx,
        &Organisation {
            name: "Fjell & Sko".into(),
            currency: "NOK".into(),
            country: "NO".into(),
            time_zone: "Europe/Oslo".into(),
            locale: Locale::Nb,
            reply_to: String::new(),
            outcome_wanted: true,
            adr: Some(Adr { consents: false, body: "Sąd Polubowny".into(), address: "Kraków".into() }),
            plan: Plan::default(),
            second_above: None,
            collecting: CollectPlan::default(),
        },
    )
    .await?;
    for (id, code, name, locale, country, zone, handler) in [
        (oslo, "OSLO", "Oslo", Locale::Nb, "NO", "Europe/Oslo", Some(handler)),
        (krakow, "KRK", "Kraków", Locale::Pl, "PL", "Europe/Warsaw", None),
    ] {
        let store = StoreView {
            id,
            code: code.into(),
            name: name.into(),
            email: format!("{}@example.com", code.to_lowercase()),
            phone: String::new(),
            address: "Storgata 1".into(),
            locale,
            country: country.into(),
            time_zone: zone.into(),
            handler,
            land: None,
            active: true,
        };
        organisation::save_store(tx, &store).await?;
    }
    for (id, login, name, role, locale, stores) in [
        (admin, "ada", "Ada Admin", Role::Admin, Locale::En, vec![]),
        (handler, "hans", "Hans Handler", Role::Handler, Locale::Nb, vec![oslo, krakow]),
        (clerk, "kari", "Kari Kasse", Role::Clerk, Locale::Nb, vec![oslo]),
        (other_clerk, "kasia", "Kasia Kasa", Role::Clerk, Locale::Pl, vec![krakow]),
    ] {
        let staff = StaffView {
            id,
            login: login.into(),
            name: name.into(),
            email: format!("{login}@example.com"),
            role,
            locale,
            stores,
            has_password: false,
            has_pin: false,
            active: true,
            last_seen: None,
        };
        organisation::save_staff(tx, &staff, 0).await?;
    }
    for (position, name) in [(0, "shoes"), (1, "other")] {
        let kind = ComplaintType {
            key: key(name),
            name: Localized::new(name, name, name),
            icon: name.into(),
            handler: None,
            deputies: Vec::new(),
            target_days: 14,
            goods: GoodsKind::Ordinary,
            default_outcome: None,
            form_version: 1,
            position,
            active: true,
        };
        organisation::save_type(tx, &kind).await?;
        organisation::add_form(tx, &kind.key, &small_form()).await?;
    }
    let public = PublicForm { open: true, types: vec![key("shoes"), key("other")], ..PublicForm::default() };
    organisation::save_public_form(tx, &public).await?;
    for (name, against) in [("fault", false), ("wear", true)] {
        let reason = Reason { key: key(name), name: Localized::new(name, name, name), against, active: true };
        organisation::save_reason(tx, &reason).await?;
    }
    for (name, has_amount, offered) in [
        ("new_product", false, Offered::AfterApproval),
        ("refund", true, Offered::AfterApproval),
        ("collected", false, Offered::AfterRejection),
    ] {
        let name_in = Localized::new(name, name, name);
        let outcome = Outcome { key: key(name), name: name_in, has_amount, offered, active: true };
        organisation::save_outcome(tx, &outcome).await?;
    }
    for (name, types) in [("production", vec![]), ("size", vec![key("shoes")]), ("lot", vec![key("other")])] {
        let cause = Cause { key: key(name), name: Localized::new(name, name, name), types, active: true };
        organisation::save_cause(tx, &cause).await?;
    }
    for name in ["credit_note", "refusal"] {
        let answer = AnswerChoice { key: key(name), name: Localized::new(name, name, name), active: true };
        organisation::save_supplier_answer(tx, &answer).await?;
    }
    server::store::book::touch(tx).await
}

/// The fields that the case itself knows, and one of the type's own.
pub fn small_form() -> Form {
    let field = |name: &str, kind: FieldKind, required: Required| Field {
        key: key(name),
        label: Localized::new(name, name, name),
        help: Localized::default(),
        kind,
        required,
        shown_when: None,
        staff_only: name == common::SOLD || name == common::CUSTOMER_LANGUAGE,
    };
    let language = ["en", "nb", "pl"].map(|l| Choice { key: key(l), label: Localized::new(l, l, l) }).to_vec();
    let text = || FieldKind::Text { max: None };
    let fields = vec![
        field(common::SOLD, FieldKind::YesNo, Required::Always),
        field(common::ARTICLE_NAME, text(), Required::Always),
        field(common::ARTICLE_NUMBER, FieldKind::Ean, Required::No),
        field(common::SERIAL, FieldKind::Serial, Required::No),
        field("size", text(), Required::No),
        field(common::DESCRIPTION, FieldKind::LongText { max: None }, Required::Always),
        field(common::RECEIPT_NUMBER, text(), Required::No),
        field(common::PURCHASE_DATE, FieldKind::Date { earliest: None, latest: Some(0) }, Required::No),
        field(common::PRICE, FieldKind::Money { max_minor: None }, Required::No),
    ];
    let customer = vec![
        field(common::CUSTOMER_NAME, text(), Required::No),
        field(common::CUSTOMER_EMAIL, FieldKind::Email, Required::No),
        field(common::CUSTOMER_PHONE, FieldKind::Phone, Required::No),
        field(common::CUSTOMER_LANGUAGE, FieldKind::Choice { options: language }, Required::No),
    ];
    Form {
        version: 1,
        sections: vec![
            Section { key: key("all"), title: Localized::new("All", "Alt", "Wszystko"), fields },
            Section { key: key("customer"), title: Localized::new("Customer", "Kunde", "Klient"), fields: customer },
        ],
    }
}
