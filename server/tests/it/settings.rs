//! The settings: who may change them, and what is refused.

use crate::on_both_databases;
use crate::support::{World, key};
use app::backend::{NEW_KEY, Setting, Settings, SettingsView, StaffView, StatusView, StoreView, TypeView};
use app::error::AppError;
use domain::decision::{Offered, Outcome, Reason};
use domain::id::{StaffId, StatusId, StoreId};
use domain::phase::Phase;
use domain::role::Role;
use domain::{Locale, Localized};
use uuid::Uuid;

async fn view(world: &World) -> SettingsView {
    world.desk.settings(&world.admin).await.expect("an admin reads them")
}

async fn save(world: &World, setting: Setting) -> Result<(), AppError> {
    world.desk.save_setting(&world.admin, setting).await
}

async fn one_staff(world: &World, id: StaffId) -> StaffView {
    view(world).await.staff.into_iter().find(|staff| staff.id == id).expect("is among them")
}

fn new_staff(world: &World, login: &str) -> StaffView {
    StaffView {
        id: StaffId(Uuid::nil()),
        login: login.into(),
        name: "Nina Ny".into(),
        email: format!("{login}@example.com"),
        role: Role::Handler,
        locale: Locale::Nb,
        stores: vec![world.oslo],
        has_password: false,
        has_pin: false,
        active: true,
        last_seen: None,
    }
}

fn new_store(code: &str) -> StoreView {
    StoreView {
        id: StoreId(Uuid::nil()),
        code: code.into(),
        name: "Bergen".into(),
        email: "bergen@example.com".into(),
        phone: String::new(),
        address: "Bryggen 1".into(),
        locale: Locale::Nb,
        country: "no".into(),
        time_zone: "europe/oslo".into(),
        handler: None,
        land: None,
        active: true,
    }
}

on_both_databases! {
    async fn only_an_admin_sees_or_changes_them(world: World) {
        let organisation = view(&world).await.organisation;
        for who in [&world.handler, &world.clerk] {
            let desk = &world.desk;
            assert_eq!(desk.settings(who).await.err(), Some(AppError::Forbidden));
            assert_eq!(desk.outbox(who, None).await.err(), Some(AppError::Forbidden));
            assert_eq!(desk.invite(who, world.clerk.id).await.err(), Some(AppError::Forbidden));
            let change = Setting::Organisation(organisation.clone());
            assert_eq!(desk.save_setting(who, change).await.err(), Some(AppError::Forbidden));
        }
    }

    async fn the_organisation_is_checked_and_shown_at_once(world: World) {
        let before = view(&world).await.organisation;
        let good = app::backend::Organisation { name: "  Fjell\r\n& Sko AS ".into(), currency: "eur".into(), ..before.clone() };
        save(&world, Setting::Organisation(good)).await.expect("is good");
        let after = view(&world).await.organisation;
        assert_eq!((after.name.as_str(), after.currency.as_str()), ("Fjell & Sko AS", "EUR"));
        assert_eq!(world.desk.organisation_name().await.expect("has one"), "Fjell & Sko AS");
        for (field, key, bad) in [
            ("name", "missing", app::backend::Organisation { name: " ".into(), ..before.clone() }),
            ("currency", "unknown_choice", app::backend::Organisation { currency: "KRO".into(), ..before.clone() }),
            ("country", "unknown_choice", app::backend::Organisation { country: "XX".into(), ..before.clone() }),
            ("time_zone", "unknown_choice", app::backend::Organisation { time_zone: "Europe/Olso".into(), ..before.clone() }),
            ("reply_to", "not_an_email", app::backend::Organisation { reply_to: "me".into(), ..before.clone() }),
        ] {
            assert_eq!(save(&world, Setting::Organisation(bad)).await, Err(AppError::invalid(field, key)));
        }
    }

    async fn a_store_has_a_code_of_its_own(world: World) {
        save(&world, Setting::Store(new_store("brg"))).await.expect("is good");
        let store = view(&world).await.stores.into_iter().find(|store| store.code == "BRG").expect("is there");
        assert_eq!((store.country.as_str(), store.time_zone.as_str()), ("NO", "Europe/Oslo"));
        assert_eq!(save(&world, Setting::Store(new_store("oslo"))).await, Err(AppError::invalid("code", "taken")));
        assert_eq!(save(&world, Setting::Store(new_store("a b"))).await, Err(AppError::invalid("code", "not_a_code")));
        let clerk = StoreView { handler: Some(world.clerk.id), ..store.clone() };
        assert_eq!(save(&world, Setting::Store(clerk)).await, Err(AppError::invalid("handler", "unknown_choice")));
        let handled = StoreView { handler: Some(world.handler.id), name: "Bergen sentrum".into(), ..store };
        save(&world, Setting::Store(handled.clone())).await.expect("is good");
        assert!(view(&world).await.stores.contains(&handled));
    }

    async fn nobody_shares_a_name_to_sign_in_by(world: World) {
        save(&world, Setting::Staff(new_staff(&world, "Nina"))).await.expect("is good");
        assert!(view(&world).await.staff.iter().any(|staff| staff.login == "nina" && !staff.has_password));
        let taken = |field| Err(AppError::invalid(field, "taken"));
        assert_eq!(save(&world, Setting::Staff(new_staff(&world, "NINA"))).await, taken("login"));
        let same_mail = StaffView { email: "Kari@Example.com".into(), ..new_staff(&world, "nils") };
        assert_eq!(save(&world, Setting::Staff(same_mail)).await, taken("email"));
        let spaced = new_staff(&world, "ni na");
        assert_eq!(save(&world, Setting::Staff(spaced)).await, Err(AppError::invalid("login", "not_a_login")));
        let nowhere = StaffView { stores: vec![], ..new_staff(&world, "nils") };
        assert_eq!(save(&world, Setting::Staff(nowhere)).await, Err(AppError::invalid("stores", "missing")));
        let unknown = StaffView { stores: vec![world.desk.random.id()], ..new_staff(&world, "nils") };
        assert_eq!(save(&world, Setting::Staff(unknown)).await, Err(AppError::invalid("stores", "unknown_choice")));
    }

    async fn the_last_admin_stays_one(world: World) {
        let admin = one_staff(&world, world.admin.id).await;
        let demoted = StaffView { role: Role::Handler, stores: vec![world.oslo], ..admin.clone() };
        let disabled = StaffView { active: false, ..admin.clone() };
        let refused = save(&world, Setting::Staff(demoted.clone())).await;
        assert_eq!(refused, Err(AppError::invalid("role", "last_admin")));
        assert_eq!(save(&world, Setting::Staff(disabled)).await, Err(AppError::invalid("active", "last_admin")));
        let handler = one_staff(&world, world.handler.id).await;
        save(&world, Setting::Staff(StaffView { role: Role::Admin, ..handler })).await.expect("two admins");
        save(&world, Setting::Staff(demoted)).await.expect("one is left");
        assert_eq!(one_staff(&world, world.admin.id).await.role, Role::Handler);
    }

    async fn two_admins_who_demote_each_other_leave_one(world: World) {
        let handler = one_staff(&world, world.handler.id).await;
        save(&world, Setting::Staff(StaffView { role: Role::Admin, ..handler.clone() })).await.expect("two admins");
        let admin = one_staff(&world, world.admin.id).await;
        let clerk = |staff: StaffView| Setting::Staff(StaffView { role: Role::Clerk, stores: vec![world.oslo], ..staff });
        let (one, two) = tokio::join!(save(&world, clerk(admin)), save(&world, clerk(handler)));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    }

    async fn who_is_shut_out_is_signed_out(world: World) {
        let clerk = one_staff(&world, world.clerk.id).await;
        let id = world.clerk.id;
        let link = world.desk.invite(&world.admin, id).await.expect("an active one");
        let token = link.strip_prefix("http://redress.test/welcome/").expect("a link of ours");
        assert_eq!(token.len(), 32);
        let hash = server::clock::token_hash(token);
        let count = async || {
            let sql = "select count(*) from invitations where token_hash = $1 and staff_id = $2 and used_at is null";
            let mut connection = world.desk.db.read().await.expect("a connection");
            let found: i64 = sqlx::query_scalar(sql)
                .bind(&hash)
                .bind(id.to_string())
                .fetch_one(&mut *connection)
                .await
                .expect("counts");
            found
        };
        assert_eq!(count().await, 1);
        save(&world, Setting::Staff(StaffView { active: false, ..clerk })).await.expect("a clerk may go");
        assert_eq!(count().await, 0);
        assert_eq!(world.desk.invite(&world.admin, id).await, Err(AppError::NotFound));
    }

    async fn types_keep_their_form_and_take_their_place(world: World) {
        let types = view(&world).await.types;
        let order = |types: &[TypeView]| types.iter().map(|t| t.key.to_string()).collect::<Vec<_>>();
        assert_eq!(order(&types), ["shoes", "other"]);
        let last = TypeView {
            position: 1,
            target_days: 7,
            handler: Some(world.handler.id),
            name: Localized::new("Footwear", "Fottøy", "Obuwie"),
            form_version: 99,
            icon: "food".into(),
            ..types[0].clone()
        };
        save(&world, Setting::Type(last)).await.expect("is good");
        let after = view(&world).await.types;
        assert_eq!(order(&after), ["other", "shoes"]);
        let shoes = &after[1];
        assert_eq!((shoes.target_days, shoes.form_version, shoes.icon.as_str()), (7, 1, "shoes"));
        assert_eq!(shoes.handler, Some(world.handler.id));
        let endless = TypeView { target_days: 0, ..shoes.clone() };
        assert_eq!(save(&world, Setting::Type(endless)).await, Err(AppError::invalid("target_days", "not_days")));
        let unknown = TypeView { key: key("toys"), ..shoes.clone() };
        assert_eq!(save(&world, Setting::Type(unknown)).await, Err(AppError::NotFound));
    }

    async fn lists_grow_by_names(world: World) {
        let reason = |key_text: &str, en: &str| {
            Setting::Reason(Reason { key: key(key_text), name: Localized::new(en, "", ""), against: true, active: true })
        };
        save(&world, reason(NEW_KEY, "Zwykłe zużycie")).await.expect("is good");
        let reasons = view(&world).await.reasons;
        assert_eq!(reasons.last().map(|reason| reason.key.to_string()).as_deref(), Some("zwykle_zuzycie"));
        assert_eq!(save(&world, reason(NEW_KEY, "ZWYKLE zużycie")).await, Err(AppError::invalid("name", "taken")));
        assert_eq!(save(&world, reason(NEW_KEY, " ")).await, Err(AppError::invalid("name", "missing")));
        assert_eq!(save(&world, reason("unknown", "Whatever")).await, Err(AppError::NotFound));
        save(&world, reason("zwykle_zuzycie", "Wear and tear")).await.expect("is renamed");
        let renamed = view(&world).await.reasons;
        assert_eq!(renamed.len(), reasons.len());

        let name = Localized::new("Voucher", "Gavekort", "Bon");
        let outcome = Outcome { key: key(NEW_KEY), name, has_amount: true, offered: Offered::AfterApproval, active: true };
        save(&world, Setting::Outcome(outcome)).await.expect("is good");
        assert!(view(&world).await.outcomes.iter().any(|o| o.key == key("voucher") && o.has_amount));
    }

    async fn a_status_stays_in_its_phase(world: World) {
        let status = |id: Uuid, phase, en: &str| {
            Setting::Status(StatusView { id: StatusId(id), phase, name: Localized::new(en, "", ""), active: true })
        };
        save(&world, status(Uuid::nil(), Phase::InReview, "With Anna")).await.expect("is good");
        let made = view(&world).await.statuses;
        let [with_anna] = &made[..] else { panic!("one status: {made:?}") };
        let again = save(&world, status(Uuid::nil(), Phase::InReview, "with anna")).await;
        assert_eq!(again, Err(AppError::invalid("name", "taken")));
        save(&world, status(with_anna.id.0, Phase::Settled, "With Per")).await.expect("is renamed");
        let after = view(&world).await.statuses;
        assert_eq!((after[0].phase, after[0].name.en.as_str()), (Phase::InReview, "With Per"));
    }
}
