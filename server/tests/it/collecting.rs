//! Goods that lie ready: reminded, called for the last time, not collected (E21).

use crate::decisions::organisation;
use crate::on_both_databases;
use crate::registration::{count, input, registered};
use crate::support::{World, deliver, key};
use app::backend::{CaseView, Cases, Deed, Organisation, Papers, Registration, Setting, Settings};
use app::error::AppError;
use domain::case::ArchiveReason;
use domain::collecting::CollectPlan;
use domain::decision::{Decision, Verdict};
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::CaseId;
use domain::letter::Template;
use domain::number::Number;
use domain::paper::Handover;
use domain::phase::{Action, Phase};
use futures::FutureExt;
use futures::future::join_all;
use jiff::civil::{Date, date};
use server::store::{cases, papers};

const DAY_MS: i64 = 24 * 3600 * 1000;

async fn act(world: &World, id: CaseId, deed: Deed) {
    world.clock.advance_ms(1000);
    world.desk.act(&world.handler, id, None, deed.clone()).await.unwrap_or_else(|error| panic!("{deed:?}: {error}"));
}

async fn view(world: &World, number: Number) -> CaseView {
    world.desk.case(&world.handler, number).await.expect("is there")
}

async fn ready(world: &World, id: CaseId) {
    act(world, id, Deed::Decide(Decision::new(Verdict::Approved, key("fault"), ""))).await;
    act(world, id, Deed::Move(Action::MakeReady)).await;
    deliver(world).await;
}

async fn days(world: &World, days: i64) {
    world.clock.advance_ms(days * DAY_MS);
    world.desk.remind_all().await.expect("looks");
}

async fn in_krakow(world: &World, pairs: &[(&str, &str)]) -> (CaseId, Number) {
    let input = input(world, world.krakow, pairs);
    let id = input.id;
    (id, world.desk.register(&world.other_clerk, input).await.expect("registers"))
}

fn called(view: &CaseView) -> Vec<Template> {
    let of_us = |template: &Template| matches!(template, Template::Collect | Template::LastCall);
    view.letters.iter().map(|letter| letter.template).filter(of_us).collect()
}

async fn remind_on(world: &World, number: Number) -> Option<Date> {
    let case = cases::by_number(&mut world.desk.db.read().await.expect("a connection"), number).await.expect("reads");
    case.expect("is there").remind_on
}

on_both_databases! {
    async fn three_reminders_and_then_not_collected(world: World) {
        let (id, number) = registered(&world, &[]).await;
        ready(&world, id).await;
        assert_eq!(remind_on(&world, number).await, Some(date(2026, 11, 2)));
        days(&world, 13).await;
        assert_eq!(called(&view(&world, number).await), []);
        days(&world, 1).await;
        assert_eq!(called(&view(&world, number).await), [Template::Collect]);
        world.desk.remind_all().await.expect("looks");
        assert_eq!(called(&view(&world, number).await).len(), 1, "once");
        deliver(&world).await;
        days(&world, 30).await;
        deliver(&world).await;
        days(&world, 30).await;
        let case = view(&world, number).await;
        assert_eq!(called(&case), [Template::Collect, Template::Collect, Template::LastCall]);
        assert_eq!(case.papers.iter().filter(|paper| paper.template == Template::LastCall && paper.letter.is_some()).count(), 1);
        deliver(&world).await;
        days(&world, 16).await;
        assert_eq!(view(&world, number).await.phase, Phase::Ready, "the last promised day is the customer's");
        days(&world, 1).await;
        let case = view(&world, number).await;
        assert_eq!((case.phase, case.archived), (Phase::NotCollected, Some(ArchiveReason::NotCollected)));
        let moved = EventKind::PhaseSet { from: Phase::Ready, to: Phase::NotCollected };
        let event = case.timeline.iter().find(|event| event.what == moved).expect("is told");
        assert_eq!(event.by, "", "nobody did it");
        assert!(case.timeline.iter().any(|event| event.what == EventKind::Archived { reason: "not_collected".into() }));
        assert_eq!(remind_on(&world, number).await, None);
    }

    async fn it_is_undone_and_nobody_is_reminded_at_once(world: World) {
        let (id, number) = registered(&world, &[]).await;
        ready(&world, id).await;
        for pause in [14, 30, 30, 17] {
            days(&world, pause).await;
            deliver(&world).await;
        }
        assert_eq!(view(&world, number).await.phase, Phase::NotCollected);
        act(&world, id, Deed::Move(Action::Unarchive)).await;
        act(&world, id, Deed::Move(Action::Unsettle)).await;
        let case = view(&world, number).await;
        assert_eq!((case.phase, case.archived, remind_on(&world, number).await), (Phase::Approved, None, None));
        days(&world, 100).await;
        assert_eq!(called(&view(&world, number).await).len(), 3, "it is not ready");
        act(&world, id, Deed::Move(Action::MakeReady)).await;
        deliver(&world).await;
        days(&world, 0).await;
        assert_eq!(called(&view(&world, number).await).len(), 3, "not at once");
        days(&world, 14).await;
        assert_eq!(called(&view(&world, number).await).len(), 4, "from the beginning");
    }

    async fn a_server_that_was_down_sends_one_and_counts_from_it(world: World) {
        let (id, number) = registered(&world, &[]).await;
        ready(&world, id).await;
        days(&world, 200).await;
        for _ in 0..3 {
            world.desk.remind_all().await.expect("looks");
        }
        assert_eq!(called(&view(&world, number).await), [Template::Collect]);
        deliver(&world).await;
        days(&world, 29).await;
        assert_eq!(called(&view(&world, number).await).len(), 1);
        days(&world, 1).await;
        assert_eq!(called(&view(&world, number).await).len(), 2);
    }

    async fn a_letter_that_has_not_left_is_waited_for(world: World) {
        let (id, number) = registered(&world, &[]).await;
        act(&world, id, Deed::Decide(Decision::new(Verdict::Approved, key("fault"), ""))).await;
        act(&world, id, Deed::Move(Action::MakeReady)).await;
        days(&world, 14).await;
        assert_eq!((called(&view(&world, number).await).len(), remind_on(&world, number).await), (0, Some(date(2026, 11, 3))));
        deliver(&world).await;
        days(&world, 1).await;
        assert_eq!(remind_on(&world, number).await, Some(date(2026, 11, 16)), "from the day it left");
        days(&world, 13).await;
        assert_eq!(called(&view(&world, number).await), [Template::Collect]);
    }

    async fn poland_is_called_in_writing_with_fourteen_days(world: World) {
        organisation(&world, |before| Organisation { collecting: CollectPlan { pauses: vec![7, 7, 7], last: 3 }, ..before }).await;
        let (id, number) = in_krakow(&world, &[(common::CUSTOMER_LANGUAGE, "pl")]).await;
        let (unreached, to_print) = in_krakow(&world, &[(common::CUSTOMER_EMAIL, "")]).await;
        ready(&world, id).await;
        ready(&world, unreached).await;
        for _ in 0..3 {
            days(&world, 7).await;
            deliver(&world).await;
        }
        let case = view(&world, number).await;
        assert_eq!(called(&case), [Template::Collect, Template::Collect, Template::LastCall]);
        let call = world.desk.letter(&world.handler, case.letters.last().expect("a letter").id).await.expect("is read");
        let text = call.text.replace('\n', " ");
        assert!(text.contains("w terminie 14 dni, to jest do 23 listopada 2026"), "{text}");
        for word in ["porzuc", "przepad", "abandon", "utyliz"] {
            assert!(!text.to_lowercase().contains(word), "{text}");
        }
        // Whoever has no address is called on paper.
        let printed = view(&world, to_print).await;
        assert_eq!(printed.papers.iter().map(|paper| (paper.template, paper.letter)).collect::<Vec<_>>(), [(Template::Approved, None), (Template::LastCall, None)]);
        assert!(printed.timeline.iter().any(|event| event.what == EventKind::ToPrint { template: Template::LastCall }));
        let paper = printed.papers[1].id;
        let text = papers::by_id(&mut world.desk.db.read().await.expect("a connection"), paper).await.expect("reads").expect("is there").0.body;
        assert!(text.contains("14 dni od dnia wręczenia lub nadania tego pisma") || text.contains("within 14 days of the day"), "{text}");
        days(&world, 14).await;
        assert_eq!((view(&world, number).await.phase, view(&world, to_print).await.phase), (Phase::Ready, Phase::Ready));
        days(&world, 1).await;
        assert_eq!((view(&world, number).await.phase, view(&world, to_print).await.phase), (Phase::NotCollected, Phase::Ready));
        // Whoever was written nothing was not called: the fourteen days begin when the letter leaves.
        days(&world, 40).await;
        assert_eq!(view(&world, to_print).await.phase, Phase::Ready);
        let today = view(&world, to_print).await.today;
        world.desk.hand_over(&world.handler, &[paper], Handover::Posted, today).await.expect("is posted");
        days(&world, 14).await;
        assert_eq!(view(&world, to_print).await.phase, Phase::Ready);
        days(&world, 1).await;
        assert_eq!(view(&world, to_print).await.phase, Phase::NotCollected);
    }

    async fn whoever_came_is_reminded_no_more(world: World) {
        for leave in [Deed::Settle { outcome: key("new_product"), amount: String::new() }, Deed::Decide(Decision::new(Verdict::Rejected, key("wear"), "Slitt")), Deed::Archive(ArchiveReason::Other)] {
            let (id, number) = registered(&world, &[]).await;
            ready(&world, id).await;
            act(&world, id, leave.clone()).await;
            assert_eq!(remind_on(&world, number).await, None, "{leave:?}");
        }
        days(&world, 60).await;
        assert_eq!(count(&world, "select count(*) from letters where template in ('collect', 'last_call')").await, 0);
    }

    async fn what_rested_ready_goes_on_after_a_whole_pause(world: World) {
        let (id, number) = registered(&world, &[]).await;
        ready(&world, id).await;
        act(&world, id, Deed::Archive(ArchiveReason::Other)).await;
        days(&world, 60).await;
        act(&world, id, Deed::Move(Action::Unarchive)).await;
        days(&world, 0).await;
        let case = view(&world, number).await;
        assert_eq!((case.phase, called(&case).len(), remind_on(&world, number).await), (Phase::Ready, 0, Some(date(2027, 1, 1))));
    }

    async fn what_lay_ready_before_there_were_reminders_begins_today(world: World) {
        let (id, number) = registered(&world, &[]).await;
        ready(&world, id).await;
        let earlier = world.desk.db.write(move |tx| {
            async move {
                sqlx::query("update cases set handling = '{}', remind_on = '2000-01-01' where phase = 'ready'").execute(tx).await?;
                Ok(())
            }
            .boxed()
        });
        earlier.await.expect("is written");
        days(&world, 5).await;
        assert_eq!((called(&view(&world, number).await).len(), remind_on(&world, number).await), (0, Some(date(2026, 11, 7))));
    }

    async fn several_servers_remind_once(world: World) {
        let mut cases = Vec::new();
        for _ in 0..6 {
            let (id, number) = registered(&world, &[]).await;
            ready(&world, id).await;
            cases.push(number);
        }
        world.clock.advance_ms(14 * DAY_MS);
        let servers = (0..4).map(|_| {
            let desk = world.desk.clone();
            tokio::spawn(async move { desk.remind_all().await })
        });
        for server in join_all(servers).await {
            server.expect("runs").expect("looks");
        }
        for number in cases {
            assert_eq!(called(&view(&world, number).await), [Template::Collect]);
        }
    }

    async fn the_plan_is_the_organisations_own_and_checked(world: World) {
        let before = world.desk.settings(&world.admin).await.expect("reads").organisation;
        for (pauses, last, field) in [(vec![], 5, "collect_pauses"), (vec![0], 5, "collect_pauses"), (vec![7, 400], 5, "collect_pauses"), (vec![7], 0, "collect_last")] {
            let wrong = Organisation { collecting: CollectPlan { pauses, last }, ..before.clone() };
            assert_eq!(world.desk.save_setting(&world.admin, Setting::Organisation(wrong)).await, Err(AppError::invalid(field, "out_of_range")));
        }
        organisation(&world, |before| Organisation { collecting: CollectPlan { pauses: vec![2], last: 1 }, ..before }).await;
        let (id, number) = registered(&world, &[]).await;
        ready(&world, id).await;
        days(&world, 2).await;
        assert_eq!(called(&view(&world, number).await), [Template::LastCall], "one pause: one call");
        deliver(&world).await;
        days(&world, 1).await;
        assert_eq!(view(&world, number).await.phase, Phase::Ready);
        days(&world, 1).await;
        assert_eq!(view(&world, number).await.phase, Phase::NotCollected);
    }
}
