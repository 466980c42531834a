//! Who gets a case: rules, turns, substitutes, deputies; and what is loud where nobody does.

use crate::on_both_databases;
use crate::registration::{count, input, registered};
use crate::reports;
use crate::support::{World, key};
use app::backend::{
    AbsencesView, Cases, Deed, ListKind, ListPage, ListQuery, People, Registration, Setting, Settings, StaffView,
    Viewer,
};
use app::error::AppError;
use domain::Locale;
use domain::assignment::{Absence, Basis, Rule};
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::{AbsenceId, CaseId, RuleId, StaffId, StoreId};
use domain::number::Number;
use domain::phase::{Action, Phase};
use domain::role::Role;
use futures::future::join_all;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use uuid::Uuid;

const DAY_MS: i64 = 24 * 3600 * 1000;
const TODAY: Date = date(2026, 10, 19);

async fn save(world: &World, setting: Setting) -> Result<(), AppError> {
    world.desk.save_setting(&world.admin, setting).await
}

/// A new handler of those stores.
pub async fn handler(world: &World, login: &str, stores: &[StoreId]) -> Viewer {
    let staff = StaffView {
        id: StaffId(Uuid::nil()),
        login: login.into(),
        name: login.into(),
        email: format!("{login}@example.com"),
        role: Role::Handler,
        locale: Locale::En,
        stores: stores.to_vec(),
        has_password: false,
        has_pin: false,
        active: true,
        last_seen: None,
    };
    save(world, Setting::Staff(staff)).await.expect("saved");
    let book = world.desk.book();
    let staff = book.staff.values().find(|staff| staff.login == login).expect("is there");
    Viewer {
        session: world.desk.random.id(),
        id: staff.id,
        name: staff.name.clone(),
        role: staff.role,
        reach: staff.reach(),
        locale: staff.locale,
        store: None,
        tablet: None,
    }
}

fn any(handlers: &[StaffId]) -> Rule {
    Rule {
        id: RuleId(Uuid::nil()),
        store: None,
        type_key: None,
        brand: String::new(),
        from_minor: None,
        to_minor: None,
        locale: None,
        handlers: handlers.to_vec(),
    }
}

pub async fn away(
    world: &World,
    staff: StaffId,
    days: (Date, Date),
    substitute: Option<StaffId>,
) -> Result<(), AppError> {
    let absence = Absence { id: AbsenceId(Uuid::nil()), staff, from: days.0, until: days.1, substitute };
    world.desk.save_absence(&world.admin, absence).await
}

async fn has(world: &World, number: Number) -> Option<StaffId> {
    world.desk.case(&world.admin, number).await.expect("is there").handler.map(|staff| staff.id)
}

async fn in_krakow(world: &World, pairs: &[(&str, &str)]) -> (CaseId, Number) {
    let input = input(world, world.krakow, pairs);
    (input.id, world.desk.register(&world.other_clerk, input).await.expect("registers"))
}

async fn list(world: &World, who: &Viewer, query: ListQuery) -> ListPage {
    world.desk.list(who, &query).await.expect("a list")
}

fn nobodys() -> ListQuery {
    ListQuery { list: ListKind::Active, nobody: true, ..ListQuery::default() }
}

fn numbers(page: &ListPage) -> Vec<Number> {
    page.rows.iter().map(|row| row.number).collect()
}

async fn reminded(world: &World, who: &str) -> i64 {
    sqlx::query_scalar("select count(*) from letters where template = 'deadline' and to_address = $1")
        .bind(who)
        .fetch_one(&mut *world.desk.db.read().await.expect("a connection"))
        .await
        .expect("counts")
}

on_both_databases! {
    async fn the_first_rule_that_fits_names_the_handler_and_the_timeline_says_which(world: World) {
        let (dear, polish) = (handler(&world, "dear", &[world.oslo]).await, handler(&world, "polish", &[world.oslo]).await);
        save(&world, Setting::Rule(Rule { locale: Some(Locale::Pl), ..any(&[polish.id]) })).await.expect("saved");
        save(&world, Setting::Rule(Rule { from_minor: Some(100_000), store: Some(world.oslo), ..any(&[dear.id]) })).await.expect("saved");
        let (_, cheap) = registered(&world, &[(common::PRICE, "999,99")]).await;
        let (_, expensive) = registered(&world, &[(common::PRICE, "1 000,00")]).await;
        let (_, spoken) = registered(&world, &[(common::PRICE, "2 000,00"), (common::CUSTOMER_LANGUAGE, "pl")]).await;
        let (_, unpriced) = registered(&world, &[]).await;
        assert_eq!(has(&world, cheap).await, Some(world.handler.id), "no rule: the store's handler");
        assert_eq!(has(&world, expensive).await, Some(dear.id));
        assert_eq!(has(&world, spoken).await, Some(polish.id), "the first one counts");
        assert_eq!(has(&world, unpriced).await, Some(world.handler.id));
        let view = world.desk.case(&world.admin, expensive).await.expect("is there");
        let told = view.timeline.iter().find(|event| matches!(event.what, EventKind::Assigned { .. })).expect("told");
        let rule = world.desk.book().rules[1].id;
        assert_eq!(told.what, EventKind::Assigned { to: Some(dear.id), by: Some(Basis::Rule { id: rule, place: 2 }), instead_of: None });
        assert_eq!((told.detail.as_str(), view.phase), ("dear (rule 2)", Phase::New));
        save(&world, Setting::MoveRule(rule, -1)).await.expect("moved");
        let (_, again) = registered(&world, &[(common::PRICE, "2 000,00"), (common::CUSTOMER_LANGUAGE, "pl")]).await;
        assert_eq!(has(&world, again).await, Some(dear.id));
        save(&world, Setting::RemoveRule(rule)).await.expect("removed");
        let (_, gone) = registered(&world, &[(common::PRICE, "2 000,00")]).await;
        assert_eq!(has(&world, gone).await, Some(world.handler.id));
    }

    async fn turns_are_fair_however_many_register_at_once(world: World) {
        let mut team = Vec::new();
        for login in ["one", "two", "three"] {
            team.push(handler(&world, login, &[world.oslo]).await.id);
        }
        let elsewhere = handler(&world, "four", &[world.krakow]).await;
        let all: Vec<StaffId> = team.iter().copied().chain([elsewhere.id]).collect();
        save(&world, Setting::Rule(any(&all))).await.expect("saved");
        let cases = (0..12).map(|_| {
            let (desk, clerk, input) = (world.desk.clone(), world.clerk.clone(), input(&world, world.oslo, &[]));
            tokio::spawn(async move { (desk.register(&clerk, input.clone()).await, desk.register(&clerk, input).await) })
        });
        let mut shares: BTreeMap<StaffId, u32> = BTreeMap::new();
        for registered in join_all(cases).await {
            let (first, again) = registered.expect("runs");
            let number = first.expect("registers");
            assert_eq!(again, Ok(number), "the same save once more takes no turn");
            *shares.entry(has(&world, number).await.expect("somebody")).or_default() += 1;
        }
        assert_eq!(shares, team.iter().map(|staff| (*staff, 4)).collect());
        assert_eq!(count(&world, "select count(*) from assignment_turns").await, 1);
    }

    async fn whoever_is_absent_gets_nothing(world: World) {
        let (substitute, deputy) = (handler(&world, "sub", &[world.oslo]).await, handler(&world, "deputy", &[world.oslo]).await);
        let shoes = world.desk.settings(&world.admin).await.expect("settings").types.into_iter().find(|kind| kind.key == key("shoes"));
        save(&world, Setting::Type(app::backend::TypeView { deputies: vec![deputy.id, deputy.id], ..shoes.expect("is there") })).await.expect("saved");
        assert_eq!(world.desk.book().types[&key("shoes")].deputies, [deputy.id]);
        let (_, first) = registered(&world, &[]).await;
        assert_eq!(has(&world, first).await, Some(deputy.id), "before the store's handler");
        away(&world, deputy.id, (TODAY, date(2026, 10, 21)), None).await.expect("saved");
        away(&world, world.handler.id, (TODAY, date(2026, 10, 21)), Some(substitute.id)).await.expect("saved");
        let (_, second) = registered(&world, &[]).await;
        let view = world.desk.case(&world.admin, second).await.expect("is there");
        assert_eq!(view.handler.map(|staff| staff.id), Some(substitute.id));
        let told = view.timeline.iter().find(|event| matches!(event.what, EventKind::Assigned { .. })).expect("told");
        assert_eq!(told.detail, "sub (the store’s handler, stands in for Hans Handler)");
        let (_, elsewhere) = in_krakow(&world, &[]).await;
        assert_eq!(has(&world, elsewhere).await, None, "nobody is there in that store");
        world.clock.advance_ms(3 * DAY_MS);
        let (_, third) = registered(&world, &[]).await;
        assert_eq!(has(&world, third).await, Some(deputy.id), "back on the day after the last");
    }

    async fn a_report_from_home_follows_the_rules_when_it_is_confirmed(world: World) {
        let (one, two) = (handler(&world, "one", &[world.oslo, world.krakow]).await, handler(&world, "two", &[world.oslo, world.krakow]).await);
        save(&world, Setting::Rule(any(&[one.id, two.id]))).await.expect("saved");
        let mut got = Vec::new();
        for _ in 0..2 {
            got.push(has(&world, reports::confirmed(&world, &[]).await).await);
            world.clock.advance_ms(60_000);
        }
        assert_eq!(got, [Some(one.id), Some(two.id)]);
    }

    async fn a_case_that_nobody_has_is_loud(world: World) {
        let (id, number) = in_krakow(&world, &[]).await;
        registered(&world, &[]).await;
        let view = world.desk.case(&world.handler, number).await.expect("is there");
        assert!(view.nobody && view.handler.is_none());
        let page = list(&world, &world.handler, nobodys()).await;
        assert_eq!((numbers(&page), page.nobody), (vec![number], 1));
        assert!(page.rows[0].nobody);
        let all = list(&world, &world.handler, ListQuery { list: ListKind::Active, ..ListQuery::default() }).await;
        assert_eq!((all.rows.len(), all.nobody, all.rows.iter().filter(|row| row.nobody).count()), (2, 1, 1));
        assert_eq!(list(&world, &world.other_clerk, ListQuery::default()).await.nobody, 0, "clerks have nothing to do with it");
        world.desk.act(&world.handler, id, None, Deed::Assign(Some(world.handler.id))).await.expect("taken");
        let page = list(&world, &world.handler, nobodys()).await;
        assert_eq!((page.rows.len(), page.nobody), (0, 0));
    }

    async fn whoever_leaves_leaves_loud_cases_behind(world: World) {
        let (_, number) = registered(&world, &[]).await;
        let mut staff = world.desk.settings(&world.admin).await.expect("settings").staff;
        let hans = staff.iter_mut().find(|staff| staff.id == world.handler.id).expect("is there");
        hans.active = false;
        save(&world, Setting::Staff(hans.clone())).await.expect("saved");
        let page = list(&world, &world.admin, nobodys()).await;
        assert_eq!((numbers(&page), page.nobody), (vec![number], 1));
        assert_eq!(page.rows[0].handler, "Hans Handler", "and whose it was");
        assert!(world.desk.case(&world.admin, number).await.expect("is there").nobody);
        let (_, fresh) = registered(&world, &[]).await;
        assert_eq!(has(&world, fresh).await, None);
        let id = world.desk.case(&world.admin, number).await.expect("is there").id;
        world.desk.act(&world.admin, id, None, Deed::Move(Action::Withdraw)).await.expect("closed");
        assert_eq!(list(&world, &world.admin, nobodys()).await.nobody, 1, "what is closed needs nobody");
    }

    async fn the_substitute_sees_the_cases_among_their_own(world: World) {
        let substitute = handler(&world, "sub", &[world.oslo]).await;
        let (_, number) = registered(&world, &[]).await;
        let mine = || ListQuery { list: ListKind::Mine, ..ListQuery::default() };
        assert_eq!(list(&world, &substitute, mine()).await.rows.len(), 0);
        away(&world, world.handler.id, (TODAY, date(2026, 10, 23)), Some(substitute.id)).await.expect("saved");
        let page = list(&world, &substitute, mine()).await;
        assert_eq!((numbers(&page), page.counts.mine), (vec![number], 1));
        let marked = page.rows[0].away.clone().expect("marked");
        assert_eq!((marked.until, marked.stands_in.as_str(), marked.me), (date(2026, 10, 23), "sub", true));
        assert_eq!(page.rows[0].handler, "Hans Handler", "nothing was moved");
        let own = list(&world, &world.handler, mine()).await;
        assert_eq!((numbers(&own), own.rows[0].away.as_ref().map(|away| away.me)), (vec![number], Some(false)));
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!(view.away.map(|away| (away.stands_in, away.me)), Some(("sub".into(), false)));
        world.clock.advance_ms(5 * DAY_MS);
        assert_eq!(list(&world, &substitute, mine()).await.rows.len(), 0, "back again");
    }

    async fn reminders_go_to_the_substitute_and_the_types_deputies(world: World) {
        let substitute = handler(&world, "sub", &[world.krakow]).await;
        let deputies = [handler(&world, "dep1", &[world.krakow]).await, handler(&world, "dep2", &[world.krakow]).await];
        let shoes = world.desk.settings(&world.admin).await.expect("settings").types.into_iter().find(|kind| kind.key == key("shoes"));
        let shoes = app::backend::TypeView { deputies: deputies.iter().map(|staff| staff.id).collect(), handler: Some(world.handler.id), ..shoes.expect("is there") };
        save(&world, Setting::Type(shoes)).await.expect("saved");
        let (_, number) = in_krakow(&world, &[]).await;
        assert_eq!(has(&world, number).await, Some(world.handler.id));
        away(&world, world.handler.id, (date(2026, 10, 25), date(2026, 11, 10)), Some(substitute.id)).await.expect("saved");
        for _ in 0..14 {
            world.desk.watch_deadlines().await.expect("watches");
            world.clock.advance_ms(DAY_MS);
        }
        // Seven, three and one day before; the deputies on the last but one.
        assert_eq!((reminded(&world, "hans@example.com").await, reminded(&world, "sub@example.com").await), (3, 3));
        assert_eq!((reminded(&world, "dep1@example.com").await, reminded(&world, "dep2@example.com").await), (1, 1));
    }

    async fn handing_on_is_no_review_and_taking_over_is(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let other = handler(&world, "other", &[world.oslo]).await;
        let blue = async || numbers(&list(&world, &world.handler, ListQuery::default()).await);
        assert_eq!(blue().await, [number], "new, though it has a handler");
        world.desk.act(&world.handler, id, None, Deed::Assign(Some(other.id))).await.expect("handed on");
        assert_eq!(blue().await, [number]);
        world.desk.act(&other, id, None, Deed::Assign(Some(other.id))).await.expect("taken over");
        assert_eq!(blue().await, []);
        assert_eq!(world.desk.case(&world.handler, number).await.expect("is there").phase, Phase::InReview);
    }

    async fn what_cannot_be_is_told_beside_its_field(world: World) {
        let invalid = |field: &str, key: &str| Err(AppError::invalid(field, key));
        let hans = world.handler.id;
        assert_eq!(save(&world, Setting::Rule(any(&[]))).await, invalid("handlers", "missing"));
        assert_eq!(save(&world, Setting::Rule(any(&[world.clerk.id]))).await, invalid("handlers", "unknown_choice"));
        let rule = Rule { from_minor: Some(200), to_minor: Some(100), ..any(&[hans]) };
        assert_eq!(save(&world, Setting::Rule(rule)).await, invalid("to", "out_of_range"));
        let rule = Rule { type_key: Some(key("toys")), ..any(&[hans]) };
        assert_eq!(save(&world, Setting::Rule(rule)).await, invalid("type", "unknown_choice"));
        assert_eq!(save(&world, Setting::MoveRule(RuleId(Uuid::nil()), 1)).await, Err(AppError::NotFound));
        let days = (TODAY, date(2026, 10, 23));
        assert_eq!(away(&world, hans, (TODAY, date(2026, 10, 18)), None).await, invalid("until", "ends_before"));
        assert_eq!(away(&world, hans, (date(2026, 10, 1), date(2026, 10, 18)), None).await, invalid("until", "is_over"));
        assert_eq!(away(&world, hans, days, Some(hans)).await, invalid("substitute", "unknown_choice"));
        assert_eq!(away(&world, world.clerk.id, days, None).await, invalid("staff", "unknown_choice"));
        away(&world, hans, days, Some(world.admin.id)).await.expect("saved");
        assert_eq!(away(&world, hans, (date(2026, 10, 23), date(2026, 10, 24)), None).await, invalid("from", "overlaps"));
    }

    async fn each_keeps_their_own_absences_and_the_admin_everybodys(world: World) {
        let other = handler(&world, "other", &[world.oslo]).await;
        let absence = |staff| Absence { id: AbsenceId(Uuid::nil()), staff, from: TODAY, until: TODAY, substitute: None };
        assert_eq!(world.desk.save_absence(&world.handler, absence(other.id)).await, Err(AppError::Forbidden));
        assert_eq!(world.desk.save_absence(&world.clerk, absence(world.clerk.id)).await, Err(AppError::Forbidden));
        world.desk.save_absence(&world.handler, absence(world.handler.id)).await.expect("their own");
        let AbsencesView { absences, substitutes } = world.desk.own_absences(&world.handler).await.expect("theirs");
        assert_eq!(substitutes.iter().map(|staff| staff.name.as_str()).collect::<Vec<_>>(), ["Ada Admin", "other"]);
        let [own] = &absences[..] else { panic!("one") };
        assert_eq!(world.desk.remove_absence(&other, own.id).await, Err(AppError::Forbidden));
        let theirs = Absence { id: own.id, ..absence(other.id) };
        assert_eq!(world.desk.save_absence(&other, theirs).await, Err(AppError::Forbidden), "nobody takes another's over");
        world.desk.remove_absence(&world.handler, own.id).await.expect("gone");
        world.desk.remove_absence(&world.handler, own.id).await.expect("gone already");
        assert_eq!(world.desk.book().absences, []);
        assert_eq!(world.desk.own_absences(&world.clerk).await, Err(AppError::Forbidden));
    }
}
