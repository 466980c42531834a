//! Whom a case waits for: named, reminded once however many servers look, and forgotten when something comes.

use crate::on_both_databases;
use crate::people::{away, handler};
use crate::registration::{count, registered};
use crate::reports::{link, newest};
use crate::rmas::{PARCEL, act as act_rma, filed, open_form, receive};
use crate::status::{opened, write};
use crate::support::World;
use app::backend::{
    CaseView, Cases, Deed, Finding, Pictures, RmaDeed, Setting, Settings, SupplierWord, TodayKind, WaitingView,
};
use app::error::AppError;
use domain::deadline::recorded::Noted;
use domain::decision::{Decision, Verdict};
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::CaseId;
use domain::letter::Template;
use domain::number::Number;
use domain::phase::{Action, Phase, Waiting};
use domain::rma::Condition;
use domain::waiting::{Pause, Pauses};
use futures::future::join_all;
use jiff::civil::date;

const DAY_MS: i64 = 24 * 3600 * 1000;

fn supplier(email: &str) -> Deed {
    Deed::Wait { on: Waiting::Supplier, whom: " Nowak  Obuwie ".into(), email: email.into() }
}

async fn act(world: &World, id: CaseId, deed: Deed) -> Result<(), AppError> {
    world.desk.act(&world.handler, id, None, deed).await
}

async fn view(world: &World, number: Number) -> CaseView {
    world.desk.case(&world.handler, number).await.expect("is there")
}

async fn waits(world: &World, number: Number) -> WaitingView {
    view(world, number).await.waiting.expect("it waits")
}

async fn remind_on(world: &World, id: CaseId) -> String {
    sqlx::query_scalar("select remind_on from cases where id = $1")
        .bind(id.to_string())
        .fetch_one(&mut *world.desk.db.read().await.expect("a connection"))
        .await
        .expect("a day")
}

async fn remind(world: &World) {
    world.desk.remind_all().await.expect("reminds");
}

/// Addresses of the letters of that kind, oldest first.
async fn sent(world: &World, template: Template) -> Vec<String> {
    sqlx::query_scalar("select to_address from letters where template = $1 order by created_at, to_address")
        .bind(template.key())
        .fetch_all(&mut *world.desk.db.read().await.expect("a connection"))
        .await
        .expect("addresses")
}

async fn told(world: &World, number: Number) -> Vec<EventKind> {
    let timeline = view(world, number).await.timeline;
    let of_waiting = |what: &EventKind| {
        matches!(what, EventKind::WaitsFor { .. } | EventKind::Reminded { .. } | EventKind::Unanswered { .. })
    };
    timeline.into_iter().map(|event| event.what).filter(of_waiting).collect()
}

fn was_reminded(count: u8) -> EventKind {
    EventKind::Reminded { whom: "Nowak Obuwie".into(), count }
}

on_both_databases! {
    async fn a_supplier_is_reminded_and_then_the_handler_is_told(world: World) {
        let (id, number) = registered(&world, &[(common::SERIAL, "SN-4711")]).await;
        act(&world, id, supplier("Klaus@Nowak.example")).await.expect("waits");
        let first = waits(&world, number).await;
        assert_eq!((first.whom.as_str(), first.email.as_str(), first.since, first.days), ("Nowak Obuwie", "Klaus@nowak.example", date(2026, 10, 19), 0));
        assert_eq!((first.reminded, first.next, first.unreachable), (0, Some(date(2026, 10, 26)), false));
        for day in 0..40 {
            remind(&world).await;
            remind(&world).await;
            let letters = match day { 0..=6 => 0, 7..=13 => 1, 14..=20 => 2, _ => 3 };
            assert_eq!(sent(&world, Template::PartnerReminder).await.len(), letters, "day {day}");
            assert_eq!(sent(&world, Template::Unanswered).await.len(), usize::from(day >= 28), "day {day}");
            if day == 16 {
                let now = waits(&world, number).await;
                assert_eq!((now.days, now.reminded, now.next), (16, 2, Some(date(2026, 11, 9))));
            }
            world.clock.advance_ms(DAY_MS);
        }
        assert_eq!(sent(&world, Template::PartnerReminder).await[0], "Klaus@nowak.example");
        assert_eq!(sent(&world, Template::Unanswered).await, ["hans@example.com"]);
        let expected = [EventKind::WaitsFor { whom: "Nowak Obuwie".into() }, was_reminded(1), was_reminded(2), was_reminded(3), EventKind::Unanswered { whom: "Nowak Obuwie".into() }];
        assert_eq!(told(&world, number).await, expected);
        let letter = newest(&world, Template::PartnerReminder).await;
        assert!(letter.contains(&number.to_string()) && letter.contains("SN-4711") && letter.contains("Ecco Soft 7"), "{letter}");
        assert!(!letter.contains("Łuczak") && !letter.contains("Luczak") && !letter.contains("redress.test"), "{letter}");
        assert_eq!((view(&world, number).await.phase, remind_on(&world, id).await.as_str()), (Phase::WaitingSupplier, "9999-12-31"));
    }

    async fn of_several_servers_one_reminds_and_one_that_was_down_reminds_once(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let (_, other) = registered(&world, &[]).await;
        act(&world, id, supplier("nowak@example.com")).await.expect("waits");
        act(&world, view(&world, other).await.id, supplier("nowak@example.com")).await.expect("waits");
        world.clock.advance_ms(40 * DAY_MS);
        let rounds = (0..6).map(|_| { let desk = world.desk.clone(); tokio::spawn(async move { desk.remind_all().await }) });
        for round in join_all(rounds).await {
            round.expect("runs").expect("reminds");
        }
        assert_eq!(sent(&world, Template::PartnerReminder).await.len(), 2, "one for each case");
        let now = waits(&world, number).await;
        assert_eq!((now.reminded, now.next), (1, Some(date(2026, 12, 5))), "the next pause begins today");
    }

    async fn a_customer_is_reminded_with_a_fresh_link_and_the_answer_ends_it(world: World) {
        let (id, number) = registered(&world, &[]).await;
        act(&world, id, Deed::Ask { question: "Har du kvittering?".into() }).await.expect("asked");
        let asked = link(&newest(&world, Template::Question).await, "/u");
        assert_eq!(remind_on(&world, id).await, "2026-10-24");
        world.clock.advance_ms(5 * DAY_MS);
        remind(&world).await;
        let letter = newest(&world, Template::Reminder).await;
        assert!(letter.contains("> Har du kvittering?"), "{letter}");
        let fresh = link(&letter, "/u");
        assert_ne!(fresh, asked);
        assert_eq!(world.desk.upload_page(&fresh).await.expect("is open").question, "Har du kvittering?");
        let waiting = waits(&world, number).await;
        assert_eq!((waiting.on, waiting.whom.as_str(), waiting.reminded), (Waiting::Customer, "", 1));
        let access = opened(&world, number).await;
        write(&world, &access, number, "Her er den").await.expect("is written");
        let after = view(&world, number).await;
        assert_eq!((after.phase, after.waiting, after.news.is_some()), (Phase::InReview, None, true));
        assert_eq!(remind_on(&world, id).await, "9999-12-31");
        world.clock.advance_ms(30 * DAY_MS);
        remind(&world).await;
        assert_eq!(count(&world, "select count(*) from letters where template in ('reminder', 'unanswered')").await, 1);
    }

    async fn goods_that_come_end_the_waiting_and_tell_the_handler(world: World) {
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Turstøvel"]).await;
        let id = view(&world, number).await.id;
        act(&world, id, Deed::Wait { on: Waiting::Goods, whom: "nobody".into(), email: "x".into() }).await.expect("waits");
        assert_eq!(waits(&world, number).await.whom, "", "the case knows whose goods they are");
        world.clock.advance_ms(7 * DAY_MS);
        remind(&world).await;
        assert_eq!(sent(&world, Template::GoodsReminder).await, ["ola@example.no"]);
        act_rma(&world, &world.clerk, number, receive(Condition::AsDescribed)).await.expect("is received");
        let came = view(&world, number).await;
        assert_eq!((came.phase, came.waiting, came.news.is_some()), (Phase::InReview, None, true));
        assert_eq!(remind_on(&world, id).await, "9999-12-31");
        world.clock.advance_ms(1000);
        act_rma(&world, &world.handler, number, RmaDeed::UndoReceive).await.expect("is undone");
        let undone = view(&world, number).await;
        assert_eq!((undone.phase, undone.news), (Phase::WaitingGoods, None));
        let again = undone.waiting.expect("it waits again");
        assert_eq!((again.since, again.reminded, again.next), (date(2026, 10, 26), 0, Some(date(2026, 11, 2))));
    }

    async fn what_is_noted_by_hand_ends_the_waiting_for_it_and_tells_the_handler(world: World) {
        let other = handler(&world, "other", &[world.oslo]).await;
        let today = Some(date(2026, 10, 19));
        let found = || Deed::Examine(Finding {
            cause: "production".parse().expect("a key"),
            finding: "Limet slapp".into(),
            examiner: "Verksted Nord".into(),
            on: date(2026, 10, 19),
            pictures: Vec::new(),
        });
        let answer = || Deed::AnswerOfSupplier(SupplierWord {
            answer: "credit_note".parse().expect("a key"),
            note: String::new(),
            amount: String::new(),
            on: date(2026, 10, 19),
        });
        let noted = |noted: Noted| Deed::NoteLaw(noted);
        let (goods, repaired, replaced) = (
            || noted(Noted { goods_received: today, ..Noted::default() }),
            || noted(Noted { repaired: today, ..Noted::default() }),
            || noted(Noted { replaced: today, ..Noted::default() }),
        );
        for (on, deed, ends) in [
            (Waiting::Expert, found(), true),
            (Waiting::Repair, found(), true),
            (Waiting::Repair, repaired(), true),
            (Waiting::Repair, replaced(), true),
            (Waiting::Goods, goods(), true),
            (Waiting::Supplier, replaced(), true),
            (Waiting::Supplier, answer(), true),
            (Waiting::Supplier, found(), false),
            (Waiting::Goods, repaired(), false),
            (Waiting::Expert, answer(), false),
        ] {
            let (id, number) = registered(&world, &[]).await;
            act(&world, id, Deed::Wait { on, whom: "Verksted Nord".into(), email: "nord@example.no".into() }).await.expect("waits");
            world.clock.advance_ms(1000);
            world.desk.act(&other, id, None, deed).await.expect("is noted");
            let now = view(&world, number).await;
            let expected = if ends { Phase::InReview } else { Phase::waiting(on) };
            assert_eq!((now.phase, now.waiting.is_none(), now.news.is_some()), (expected, ends, ends), "{on:?}");
            let moved = EventKind::PhaseSet { from: Phase::waiting(on), to: Phase::InReview };
            assert_eq!(now.timeline.iter().any(|event| event.what == moved), ends);
            assert_eq!(remind_on(&world, id).await == "9999-12-31", ends);
        }
        // It stands on the start page of the case's handler, until they have seen it; one who noted it has.
        let answered = world.desk.today(&world.handler, false).await.expect("a page").sections.into_iter().find(|section| section.kind == TodayKind::Answered);
        assert_eq!(answered.expect("a section").rows.len(), 7);
        let (id, number) = registered(&world, &[]).await;
        act(&world, id, Deed::Wait { on: Waiting::Repair, whom: "Verksted Nord".into(), email: String::new() }).await.expect("waits");
        world.clock.advance_ms(1000);
        act(&world, id, repaired()).await.expect("is noted");
        assert_eq!((view(&world, number).await.phase, view(&world, number).await.news.is_none()), (Phase::InReview, true));
        // A clerk may examine, and what is said again ends nothing.
        act(&world, id, Deed::Wait { on: Waiting::Repair, whom: "Verksted Nord".into(), email: String::new() }).await.expect("waits");
        act(&world, id, repaired()).await.expect("nothing new");
        assert_eq!(view(&world, number).await.phase, Phase::WaitingRepair);
        world.desk.act(&world.clerk, id, None, found()).await.expect("is noted");
        assert_eq!((view(&world, number).await.phase, view(&world, number).await.news.is_some()), (Phase::InReview, true));
    }

    async fn whatever_leaves_the_phase_forgets_whom_it_waited_for(world: World) {
        let decision = Decision::new(Verdict::Approved, "fault".parse().expect("a key"), "");
        for leave in [Deed::Move(Action::Review), Deed::Move(Action::Withdraw), Deed::Decide(decision)] {
            let (id, number) = registered(&world, &[]).await;
            act(&world, id, supplier("nowak@example.com")).await.expect("waits");
            assert_eq!(remind_on(&world, id).await, "2026-10-26");
            act(&world, id, leave).await.expect("goes on");
            assert_eq!((view(&world, number).await.waiting, remind_on(&world, id).await.as_str()), (None, "9999-12-31"));
        }
        let (id, number) = registered(&world, &[]).await;
        act(&world, id, supplier("nowak@example.com")).await.expect("waits");
        let access = opened(&world, number).await;
        app::backend::Status::withdraw_case(&world.desk, Some(&access), number).await.expect("taken back");
        assert_eq!(remind_on(&world, id).await, "9999-12-31");
    }

    async fn without_an_address_the_handler_is_told_or_who_stands_in(world: World) {
        let substitute = handler(&world, "sub", &[world.oslo]).await;
        let (id, number) = registered(&world, &[]).await;
        act(&world, id, supplier("")).await.expect("waits");
        assert!(waits(&world, number).await.unreachable);
        away(&world, world.handler.id, (date(2026, 10, 20), date(2026, 11, 1)), Some(substitute.id)).await.expect("saved");
        world.clock.advance_ms(7 * DAY_MS);
        remind(&world).await;
        assert_eq!(sent(&world, Template::Unanswered).await, ["hans@example.com", "sub@example.com"]);
        assert_eq!(sent(&world, Template::PartnerReminder).await.len(), 0);
        let since = waits(&world, number).await.since;
        act(&world, id, supplier("nowak@example.com")).await.expect("an address");
        let now = waits(&world, number).await;
        assert_eq!((now.since, now.next), (since, Some(date(2026, 11, 2))), "waited for as long as before");
    }

    async fn the_organisation_says_how_often(world: World) {
        let pauses = Pauses { supplier: Pause { days: 2, most: 0 }, repair: Pause { days: 3, most: 1 }, ..Pauses::default() };
        let save = async |pauses| world.desk.save_setting(&world.admin, Setting::Pauses(pauses)).await;
        save(pauses).await.expect("saved");
        let (id, number) = registered(&world, &[]).await;
        act(&world, id, supplier("nowak@example.com")).await.expect("waits");
        assert_eq!((waits(&world, number).await.next, remind_on(&world, id).await.as_str()), (None, "9999-12-31"));
        let repair = Deed::Wait { on: Waiting::Repair, whom: "Skomaker Lie".into(), email: "lie@example.no".into() };
        act(&world, id, repair).await.expect("waits");
        assert_eq!(remind_on(&world, id).await, "2026-10-22");
        let none = Pauses { expert: Pause { days: 0, most: 1 }, ..pauses };
        assert_eq!(save(none).await, Err(AppError::invalid("expert", "out_of_range")));
        save(Pauses { repair: Pause { days: 3, most: 0 }, ..pauses }).await.expect("saved");
        world.clock.advance_ms(3 * DAY_MS);
        remind(&world).await;
        assert_eq!(count(&world, "select count(*) from letters where template = 'partner_reminder'").await, 0);
        assert_eq!(remind_on(&world, id).await, "9999-12-31");
    }

    async fn somebody_must_be_named(world: World) {
        let (id, _) = registered(&world, &[]).await;
        let wait = |whom: &str, email: &str| Deed::Wait { on: Waiting::Expert, whom: whom.into(), email: email.into() };
        assert_eq!(act(&world, id, wait("  ", "")).await, Err(AppError::invalid("whom", "missing")));
        assert_eq!(act(&world, id, wait(&"x".repeat(101), "")).await, Err(AppError::invalid("whom", "text_too_long")));
        assert_eq!(act(&world, id, wait("Ekspert", "not an address")).await, Err(AppError::invalid("email", "not_an_email")));
        assert_eq!(act(&world, id, Deed::Move(Action::Wait(Waiting::Goods))).await, Err(AppError::invalid("action", "unknown_choice")));
        assert_eq!(world.desk.act(&world.clerk, id, None, wait("Ekspert", "")).await, Err(AppError::Forbidden));
    }
}
