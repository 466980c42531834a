//! The organisation's own targets: told to the handler, in their own words, once.

use crate::on_both_databases;
use crate::people::{away, handler};
use crate::registration::{count, registered};
use crate::support::World;
use app::backend::{Cases, Deed, TodayKind};
use domain::decision::{Decision, Verdict};
use domain::event::EventKind;
use domain::number::Number;
use domain::phase::Action;
use futures::future::join_all;
use jiff::civil::{Date, date};

const DAY_MS: i64 = 24 * 3600 * 1000;

async fn watch(world: &World) {
    world.desk.watch_targets().await.expect("watches");
}

/// Subjects of the letters about targets, with whom they go to, oldest first.
async fn letters(world: &World) -> Vec<(String, String)> {
    sqlx::query_as("select to_address, subject from letters where template = 'target' order by created_at, to_address")
        .fetch_all(&mut *world.desk.db.read().await.expect("a connection"))
        .await
        .expect("letters")
}

async fn told(world: &World, number: Number) -> Vec<EventKind> {
    let timeline = world.desk.case(&world.handler, number).await.expect("is there").timeline;
    let of_target = |what: &EventKind| matches!(what, EventKind::TargetNear { .. } | EventKind::TargetPassed { .. });
    timeline.into_iter().map(|event| event.what).filter(of_target).collect()
}

async fn due(world: &World, number: Number) -> Date {
    world.desk.case(&world.handler, number).await.expect("is there").due.expect("a target").date
}

on_both_databases! {
    async fn the_handler_is_told_once_before_and_once_after(world: World) {
        let (_, number) = registered(&world, &[]).await;
        let due = due(&world, number).await;
        let days = date(2026, 10, 19).until(due).expect("later").get_days();
        for day in 0..days + 5 {
            watch(&world).await;
            watch(&world).await;
            let expected = if day < days - 1 { 0 } else if day <= days { 1 } else { 2 };
            assert_eq!(letters(&world).await.len(), expected, "day {day} of {days}");
            world.clock.advance_ms(DAY_MS);
        }
        assert_eq!(told(&world, number).await, [EventKind::TargetNear { due }, EventKind::TargetPassed { due }]);
        let sent = letters(&world).await;
        assert!(sent.iter().all(|(to, subject)| to == "hans@example.com" && subject.contains("eget mål") && subject.contains(&number.to_string())), "{sent:?}");
        assert_eq!(count(&world, "select count(*) from letters where template = 'target' and body like '%lovfrist%'").await, 2, "it says that it is no law");
        assert_eq!(count(&world, "select count(*) from letters where template = 'target' and to_address like '%kunde%'").await, 0);
    }

    async fn of_several_servers_one_tells_and_one_that_was_down_tells_the_last_alone(world: World) {
        let mut numbers = Vec::new();
        for _ in 0..3 {
            numbers.push(registered(&world, &[]).await.1);
        }
        world.clock.advance_ms(90 * DAY_MS);
        let rounds = (0..6).map(|_| { let desk = world.desk.clone(); tokio::spawn(async move { desk.watch_targets().await }) });
        for round in join_all(rounds).await {
            round.expect("runs").expect("watches");
        }
        for number in numbers {
            let due = due(&world, number).await;
            assert_eq!(told(&world, number).await, [EventKind::TargetPassed { due }]);
        }
        assert_eq!(letters(&world).await.len(), 3);
        // A clock that jumps back tells nothing again.
        world.clock.advance_ms(-80 * DAY_MS);
        watch(&world).await;
        assert_eq!(letters(&world).await.len(), 3);
    }

    async fn nothing_is_told_of_what_is_answered_or_rests(world: World) {
        let (decided, _) = registered(&world, &[]).await;
        let (withdrawn, _) = registered(&world, &[]).await;
        let (_, kept) = registered(&world, &[]).await;
        let (twin, _) = registered(&world, &[]).await;
        let approve = Deed::Decide(Decision::new(Verdict::Approved, "fault".parse().expect("a key"), ""));
        world.desk.act(&world.handler, decided, None, approve).await.expect("decides");
        world.desk.act(&world.handler, withdrawn, None, Deed::Move(Action::Withdraw)).await.expect("is withdrawn");
        let older = world.desk.case(&world.handler, kept).await.expect("is there");
        world.desk.act(&world.handler, twin, None, Deed::Join(kept)).await.expect("joins");
        world.clock.advance_ms(90 * DAY_MS);
        watch(&world).await;
        assert_eq!(letters(&world).await.len(), 1, "of {} alone", older.number);
        assert_eq!(told(&world, kept).await.len(), 1);
    }

    async fn whoever_stands_in_is_told_and_sees_what_is_new_and_what_came(world: World) {
        let substitute = handler(&world, "sub", &[world.oslo]).await;
        let (id, number) = registered(&world, &[]).await;
        let sees = async |kind: TodayKind| {
            let page = world.desk.today(&substitute, false).await.expect("a page");
            let rows = page.sections.into_iter().filter(|section| section.kind == kind).flat_map(|section| section.rows);
            rows.map(|row| row.number).collect::<Vec<_>>()
        };
        assert_eq!(sees(TodayKind::New).await, []);
        away(&world, world.handler.id, (date(2026, 10, 20), date(2027, 2, 1)), Some(substitute.id)).await.expect("saved");
        world.clock.advance_ms(DAY_MS);
        assert_eq!(sees(TodayKind::New).await, [number], "a case of an absent colleague");
        let access = crate::status::opened(&world, number).await;
        crate::status::write(&world, &access, number, "Hei?").await.expect("is written");
        assert_eq!(sees(TodayKind::Answered).await, [number]);
        world.desk.act(&substitute, id, None, Deed::Move(Action::Review)).await.expect("takes it up");
        assert_eq!((sees(TodayKind::New).await, sees(TodayKind::Answered).await), (vec![], vec![]));
        world.clock.advance_ms(90 * DAY_MS);
        watch(&world).await;
        let to: Vec<_> = letters(&world).await.into_iter().map(|(to, _)| to).collect();
        assert_eq!(to, ["hans@example.com", "sub@example.com"]);
    }
}
