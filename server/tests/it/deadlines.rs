//! What the law says of a case: reckoned with each change, watched day by day, told once.

use crate::on_both_databases;
use crate::registration::{answers, count, input};
use crate::reports;
use crate::support::{World, deliver, key, small_form};
use app::backend::{
    CaseView, Cases, ClockView, Deed, FormInput, LawCounts, ListKind, ListQuery, Registration, Reports, Setting,
    Settings, Sort, Viewer, Within,
};
use app::error::AppError;
use domain::Localized;
use domain::case::ArchiveReason;
use domain::deadline::clocks::State;
use domain::deadline::regimes::{ClockKind, Consequence};
use domain::deadline::watch::{Plan, Step};
use domain::decision::{Decision, Verdict};
use domain::event::EventKind;
use domain::form::schema::{Required, common};
use domain::form::{Field, FieldKind};
use domain::id::CaseId;
use domain::number::Number;
use domain::phase::Action;
use domain::role::Role;
use futures::FutureExt;
use futures::future::join_all;
use jiff::civil::date;

const DAY_MS: i64 = 24 * 3600 * 1000;

fn decide(verdict: Verdict, reason: &str) -> Deed {
    Deed::Decide(Decision::new(verdict, key(reason), "Fordi"))
}

async fn in_krakow(world: &World, pairs: &[(&str, &str)]) -> (CaseId, Number) {
    let input = input(world, world.krakow, pairs);
    let id = input.id;
    (id, world.desk.register(&world.other_clerk, input).await.expect("registers"))
}

async fn act(world: &World, id: CaseId, deed: Deed) -> Result<(), AppError> {
    world.desk.act(&world.handler, id, None, deed).await
}

async fn view(world: &World, who: &Viewer, number: Number) -> CaseView {
    world.desk.case(who, number).await.expect("is there")
}

async fn told(world: &World, number: Number) -> Vec<EventKind> {
    let timeline = view(world, &world.admin, number).await.timeline;
    let of_law = |what: &EventKind| {
        matches!(
            what,
            EventKind::DeadlineNear { .. } | EventKind::DeadlinePassed { .. } | EventKind::DeadlinesMoved { .. }
        )
    };
    timeline.into_iter().map(|event| event.what).filter(of_law).collect()
}

/// Reminders that wait, by whom they go to.
async fn reminded(world: &World, who: &str) -> i64 {
    let mut connection = world.desk.db.read().await.expect("a connection");
    sqlx::query_scalar("select count(*) from letters where template = 'deadline' and to_address = $1")
        .bind(who)
        .fetch_one(&mut *connection)
        .await
        .expect("counts")
}

async fn watch(world: &World) {
    world.desk.watch_deadlines().await.expect("watches");
}

fn near(step: Step) -> EventKind {
    EventKind::DeadlineNear { clock: ClockKind::Reply, step, safe_end: date(2026, 11, 2) }
}

fn accepted() -> EventKind {
    EventKind::DeadlinePassed {
        clock: ClockKind::Reply,
        legal_end: date(2026, 11, 2),
        consequence: Consequence::DeemedAccepted,
    }
}

/// Asks beside the small form for what the law wants to know.
async fn ask_for_the_law(world: &World) {
    let mut form = small_form();
    form.version = 2;
    let field = |name: &str, kind| Field {
        key: key(name),
        label: Localized::new(name, name, name),
        help: Localized::default(),
        kind,
        required: Required::No,
        shown_when: None,
        staff_only: false,
    };
    let past = || FieldKind::Date { earliest: None, latest: Some(0) };
    form.sections[0].fields.extend([
        field(common::DELIVERY_DATE, past()),
        field(common::DEFECT_DATE, past()),
        field(common::LEGAL_BASIS, FieldKind::Text { max: None }),
        field(common::DEMAND, FieldKind::Text { max: None }),
    ]);
    let kind = world.desk.book().types[&key("shoes")].clone();
    let write = world.desk.db.write(move |tx| {
        async move {
            server::store::organisation::add_form(tx, &kind.key, &form).await?;
            let kind = server::desk::book::ComplaintType { form_version: 2, ..kind };
            server::store::organisation::save_type(tx, &kind).await?;
            server::store::book::touch(tx).await
        }
        .boxed()
    });
    write.await.expect("saved");
    world.desk.shelf.refresh(&world.desk.db).await.expect("read anew");
}

async fn save(world: &World, setting: Setting) -> Result<(), AppError> {
    world.desk.save_setting(&world.admin, setting).await
}

async fn watch_on(world: &World, id: CaseId) -> String {
    let mut connection = world.desk.db.read().await.expect("a connection");
    let sql = "select watch_on from cases where id = $1";
    sqlx::query_scalar(sql).bind(id.to_string()).fetch_one(&mut *connection).await.expect("a day")
}

on_both_databases! {
    async fn a_polish_case_that_nobody_answers_is_accepted_on_the_fifteenth_day(world: World) {
        let (id, number) = in_krakow(&world, &[]).await;
        act(&world, id, Deed::Assign(Some(world.handler.id))).await.expect("assigned");
        let first = view(&world, &world.admin, number).await.law;
        assert_eq!((first.clocks[0].name.as_str(), first.clocks[0].state), ("Answer to the complaint", State::Running));
        let safe = first.clocks[0].safe.expect("a safe day");
        assert_eq!((safe.date, safe.days_left), (date(2026, 11, 2), 14));
        assert!(first.clocks[0].source.statute.contains("7a") && first.clocks[0].source.url.starts_with("https://"));
        for day in 0..20 {
            watch(&world).await;
            watch(&world).await;
            let expected: &[EventKind] = &[
                near(Step::Reminder(7)), near(Step::Reminder(3)), near(Step::Reminder(1)), near(Step::Deputy),
                near(Step::Admin), accepted(),
            ];
            let so_far = match day { 0..=6 => 0, 7..=10 => 1, 11..=12 => 2, 13 => 4, 14 => 5, _ => 6 };
            assert_eq!(told(&world, number).await, expected[..so_far], "day {day}");
            world.clock.advance_ms(DAY_MS);
        }
        // The handler three times and at the end; the admins, who stand in where the store has no deputy, too.
        assert_eq!((reminded(&world, "hans@example.com").await, reminded(&world, "ada@example.com").await), (4, 3));
        assert_eq!(count(&world, "select count(*) from letters where template not in ('deadline', 'received')").await, 0);
        let after = view(&world, &world.admin, number).await;
        assert_eq!(after.law.clocks.iter().find(|clock| clock.safe.is_some()).map(|clock| clock.state), Some(State::Passed));
        let passed = after.timeline.iter().find(|event| matches!(event.what, EventKind::DeadlinePassed { .. })).expect("told");
        assert!(passed.detail.contains("2 Nov 2026") && passed.detail.contains("accepted"), "{}", passed.detail);
        assert!(passed.by.is_empty());
    }

    async fn a_server_that_was_down_for_a_month_does_each_once(world: World) {
        let (_, number) = in_krakow(&world, &[]).await;
        let (_, second) = in_krakow(&world, &[]).await;
        world.clock.advance_ms(30 * DAY_MS);
        let rounds = (0..6).map(|_| { let desk = world.desk.clone(); tokio::spawn(async move { desk.watch_deadlines().await }) });
        for round in join_all(rounds).await {
            round.expect("runs").expect("watches");
        }
        assert_eq!((told(&world, number).await, told(&world, second).await), (vec![accepted()], vec![accepted()]));
        assert_eq!(count(&world, "select count(*) from letters where template = 'deadline'").await, 2, "one to the admin for each");
        assert_eq!(watch_on_of(&world, number).await, "9999-12-31");
    }

    async fn of_several_servers_one_reminds_and_of_several_reminders_the_last_counts(world: World) {
        let (_, number) = in_krakow(&world, &[]).await;
        world.clock.advance_ms(11 * DAY_MS);
        let rounds = (0..6).map(|_| { let desk = world.desk.clone(); tokio::spawn(async move { desk.watch_deadlines().await }) });
        for round in join_all(rounds).await {
            round.expect("runs").expect("watches");
        }
        assert_eq!(told(&world, number).await, [near(Step::Reminder(3))]);
        assert_eq!(reminded(&world, "ada@example.com").await, 1, "nobody has the case: the admins are told");
        assert_eq!(count(&world, "select count(*) from law_steps").await, 2);
    }

    async fn a_clock_that_jumps_back_repeats_nothing(world: World) {
        let (_, number) = in_krakow(&world, &[]).await;
        for days in [7, 8, -10, 4, 3, 3, -20, 40] {
            world.clock.advance_ms(days * DAY_MS);
            watch(&world).await;
        }
        let told = told(&world, number).await;
        assert_eq!(told.iter().filter(|what| **what == near(Step::Reminder(7))).count(), 1);
        assert_eq!(told.iter().filter(|what| **what == accepted()).count(), 1);
        assert_eq!(told.len(), 2, "{told:?}");
    }

    async fn an_answer_in_time_ends_the_watch(world: World) {
        let (id, number) = in_krakow(&world, &[]).await;
        world.clock.advance_ms(12 * DAY_MS);
        act(&world, id, decide(Verdict::Approved, "fault")).await.expect("decided");
        deliver(&world).await;
        assert_eq!(told(&world, number).await, [], "being answered moves no deadline");
        world.clock.advance_ms(5 * DAY_MS);
        watch(&world).await;
        assert_eq!(told(&world, number).await, []);
        let law = view(&world, &world.handler, number).await.law;
        assert!(law.clocks.iter().any(|clock| clock.state == State::Met), "{law:?}");
        let list = world.desk.list(&world.admin, &ListQuery { list: ListKind::Active, sort: Sort::Law, ..ListQuery::default() }).await.expect("a list");
        assert_eq!((list.rows.len(), list.law), (0, LawCounts::default()));
    }

    async fn a_late_answer_is_told_as_late(world: World) {
        let (id, number) = in_krakow(&world, &[]).await;
        world.clock.advance_ms(16 * DAY_MS);
        act(&world, id, decide(Verdict::Approved, "fault")).await.expect("decided");
        deliver(&world).await;
        watch(&world).await;
        assert_eq!(told(&world, number).await, [accepted()]);
    }

    async fn what_is_taken_back_and_taken_up_again_is_watched_again(world: World) {
        let (id, _) = in_krakow(&world, &[]).await;
        assert_eq!(watch_on(&world, id).await, "2026-10-26");
        act(&world, id, Deed::Move(Action::Withdraw)).await.expect("withdrawn");
        assert_eq!(watch_on(&world, id).await, "9999-12-31");
        act(&world, id, Deed::Move(Action::Review)).await.expect("taken up");
        assert_eq!(watch_on(&world, id).await, "2026-10-26");
        act(&world, id, decide(Verdict::Approved, "fault")).await.expect("decided");
        act(&world, id, Deed::Archive(ArchiveReason::Duplicate)).await.expect("archived");
        assert_eq!(watch_on(&world, id).await, "9999-12-31");
    }

    async fn a_corrected_date_moves_deadlines_in_words_and_nothing_else_does(world: World) {
        ask_for_the_law(&world).await;
        let edit = |id, pairs: &[(&str, &str)]| FormInput { id, type_key: key("shoes"), form_version: 2, store: world.krakow, answers: answers(pairs) };
        let first = edit(world.desk.random.id(), &[(common::PURCHASE_DATE, "17.10.2025")]);
        let id = first.id;
        let number = world.desk.register(&world.other_clerk, first).await.expect("registers");
        world.desk.edit(&world.other_clerk, edit(id, &[(common::PURCHASE_DATE, "17.10.2025"), ("size", "42")]), 1).await.expect("saved");
        assert_eq!(told(&world, number).await, [], "a size is no fact of the law");
        world.desk.edit(&world.other_clerk, edit(id, &[(common::PURCHASE_DATE, "17.10.2025"), (common::DELIVERY_DATE, "20.10.2025")]), 2).await.expect("saved");
        let events = told(&world, number).await;
        let [EventKind::DeadlinesMoved { moved }] = &events[..] else { panic!("{events:?}") };
        assert!(moved.facts.iter().any(|fact| fact.fact == "delivered" && fact.after.as_deref() == Some("2025-10-20")));
        let seen = view(&world, &world.admin, number).await;
        let event = seen.timeline.iter().find(|event| matches!(event.what, EventKind::DeadlinesMoved { .. })).expect("told");
        assert!(event.detail.contains("Liability for defects ends: 17 Oct 2027 → 20 Oct 2027"), "{}", event.detail);
        assert_eq!(event.by, "Kasia Kasa");
        let polish = view(&world, &world.other_clerk, number).await;
        assert!(polish.timeline.iter().any(|event| event.detail.contains("20.10.2027")));
    }

    async fn a_remedy_moves_what_follows_from_it(world: World) {
        ask_for_the_law(&world).await;
        let form = FormInput { form_version: 2, ..input(&world, world.krakow, &[(common::PURCHASE_DATE, "01.09.2026"), (common::DEMAND, "price_reduction")]) };
        let id = form.id;
        let number = world.desk.register(&world.other_clerk, form).await.expect("registers");
        world.clock.advance_ms(3 * DAY_MS);
        act(&world, id, decide(Verdict::Approved, "fault")).await.expect("decided");
        deliver(&world).await;
        let events = told(&world, number).await;
        let [EventKind::DeadlinesMoved { moved }] = &events[..] else { panic!("{events:?}") };
        assert_eq!(moved.clocks.iter().map(|change| change.kind).collect::<Vec<_>>(), [ClockKind::Refund]);
        let page = view(&world, &world.handler, number).await.law;
        let awaited = |clock: &&ClockView| clock.safe.is_some() && clock.source.unconfirmed.is_empty();
        let refund = page.clocks.iter().find(awaited).expect("a refund is due");
        assert_eq!(refund.legal_end, Some(date(2026, 11, 2)), "fourteen days from the statement");
        act(&world, id, Deed::Settle { outcome: key("new_product"), amount: String::new() }).await.expect("settled");
        let settled = view(&world, &world.handler, number).await.law;
        assert_eq!(settled.clocks.iter().find(awaited), None);
        act(&world, id, Deed::Move(Action::Unsettle)).await.expect("taken back");
        assert!(view(&world, &world.handler, number).await.law.clocks.iter().any(|clock| awaited(&clock)));
    }

    async fn cases_from_before_get_their_deadlines_without_a_word(world: World) {
        let (_, open) = in_krakow(&world, &[]).await;
        let (decided, _) = in_krakow(&world, &[]).await;
        act(&world, decided, decide(Verdict::Approved, "fault")).await.expect("decided");
        deliver(&world).await;
        let stored = || async {
            let mut connection = world.desk.db.read().await.expect("a connection");
            sqlx::query_as::<_, (i64, String, String, String, i64)>("select law_version, law_facts, law_on, watch_on, version from cases order by seq")
                .fetch_all(&mut *connection).await.expect("rows")
        };
        let before = stored().await;
        assert_eq!((before[0].2.as_str(), before[1].2.as_str()), ("2026-11-02", "9999-12-31"));
        world.desk.db.write(|tx| async move {
            sqlx::query("update cases set law_version = 0, law_facts = '{}', law_on = '9999-12-31', watch_on = '9999-12-31'").execute(&mut *tx).await?;
            Ok(())
        }.boxed()).await.expect("made old");
        assert_ne!(stored().await, before);
        watch(&world).await;
        watch(&world).await;
        assert_eq!(stored().await, before);
        assert_eq!(told(&world, open).await, []);
    }

    async fn what_passed_before_there_were_deadlines_is_noted_without_letters(world: World) {
        let (_, number) = in_krakow(&world, &[]).await;
        world.desk.db.write(|tx| async move {
            sqlx::query("update cases set law_version = 0, law_facts = '{}', law_on = '9999-12-31', watch_on = '9999-12-31'").execute(&mut *tx).await?;
            Ok(())
        }.boxed()).await.expect("made old");
        world.clock.advance_ms(60 * DAY_MS);
        watch(&world).await;
        watch(&world).await;
        assert_eq!(told(&world, number).await, [accepted()]);
        assert_eq!(count(&world, "select count(*) from letters where template = 'deadline'").await, 0);
    }

    async fn an_old_case_that_is_changed_before_the_job_came_is_frozen_first(world: World) {
        let (id, number) = in_krakow(&world, &[]).await;
        world.desk.db.write(|tx| async move {
            sqlx::query("update cases set law_version = 0, law_facts = '{}', law_on = '9999-12-31', watch_on = '9999-12-31'").execute(&mut *tx).await?;
            Ok(())
        }.boxed()).await.expect("made old");
        act(&world, id, Deed::Move(Action::Review)).await.expect("taken up");
        assert_eq!((watch_on(&world, id).await.as_str(), told(&world, number).await), ("2026-10-26", vec![]));
        assert_eq!(count(&world, "select count(*) from cases where law_version = 0").await, 0);
    }

    async fn a_report_from_home_counts_from_its_filing(world: World) {
        let mut store = world.desk.book().stores[&world.oslo].to_view();
        store.country = "PL".into();
        save(&world, Setting::Store(store)).await.expect("saved");
        let (_, number) = reports::filed(&world, &[]).await;
        let token = reports::link(&reports::newest(&world, domain::letter::Template::Confirm).await, "/confirm");
        world.clock.advance_ms(DAY_MS);
        world.desk.confirm_report(&token).await.expect("confirmed");
        let law = view(&world, &world.admin, number).await.law;
        let safe = law.clocks[0].safe.expect("an answer is due");
        assert_eq!((safe.date, safe.days_left), (date(2026, 11, 2), 13));
    }

    async fn a_norwegian_case_at_four_and_a_half_years_depends_on_the_goods(world: World) {
        let durable = |goods| {
            let kind = world.desk.book().types[&key("shoes")].clone();
            let desk = world.desk.clone();
            async move {
                desk.db.write(move |tx| async move {
                    server::store::organisation::save_type(tx, &server::desk::book::ComplaintType { goods, ..kind }).await?;
                    server::store::book::touch(tx).await
                }.boxed()).await.expect("saved");
                desk.shelf.refresh(&desk.db).await.expect("read anew");
            }
        };
        let bought = [(common::PURCHASE_DATE, "19.04.2022")];
        let (_, two) = crate::registration::registered(&world, &bought).await;
        durable(domain::deadline::regimes::GoodsKind::Durable).await;
        let (_, five) = crate::registration::registered(&world, &bought).await;
        let hints = |number| { let world = &world; async move {
            view(world, &world.admin, number).await.law.hints.into_iter().map(|hint| (hint.good, hint.text)).collect::<Vec<_>>()
        } };
        assert!(hints(five).await.contains(&(true, "Within the period of liability, until 19 Apr 2027.".to_owned())), "{:?}", hints(five).await);
        assert!(hints(two).await.contains(&(false, "The period of liability ended on 19 Apr 2024.".to_owned())), "frozen: {:?}", hints(two).await);
        assert!(hints(five).await.iter().any(|(_, text)| text.starts_with("Ask when the defect first showed")));
        assert!(hints(five).await.iter().any(|(_, text)| text.starts_with("The customer must prove")));
        watch(&world).await;
        assert_eq!(told(&world, five).await, [], "Norwegian law sets no day for an answer");
        // Half a year and a day later it is over.
        world.clock.advance_ms(183 * DAY_MS);
        let (_, late) = crate::registration::registered(&world, &bought).await;
        assert!(hints(late).await.contains(&(false, "The period of liability ended on 19 Apr 2027.".to_owned())), "{:?}", hints(late).await);
    }

    async fn the_form_says_at_once_whether_it_is_within_the_guarantee(world: World) {
        let hints = |pairs: &[(&str, &str)]| {
            let (desk, who, input) = (world.desk.clone(), world.clerk.clone(), input(&world, world.oslo, pairs));
            async move { desk.hints(&who, &input).await.expect("told").into_iter().map(|hint| (hint.good, hint.text)).collect::<Vec<_>>() }
        };
        assert_eq!(hints(&[]).await, [], "nothing is known yet");
        assert_eq!(hints(&[(common::PURCHASE_DATE, "32.13.2026")]).await, []);
        assert_eq!(hints(&[(common::PURCHASE_DATE, "19.04.2025"), (common::SOLD, "no")]).await, []);
        let told = hints(&[(common::PURCHASE_DATE, "19.04.2025"), (common::ARTICLE_NAME, ""), (common::CUSTOMER_EMAIL, "kari@")]).await;
        assert!(told.iter().any(|(good, text)| *good && text.contains("19.04.2027")), "{told:?}");
        assert!(hints(&[(common::PURCHASE_DATE, "19.04.2024")]).await.iter().all(|(good, _)| !good));
        // Without script it stands in the form that comes back.
        let draft = input(&world, world.oslo, &[(common::PURCHASE_DATE, "19.04.2025")]);
        world.desk.save_draft(&world.clerk, draft.clone()).await.expect("is kept");
        let page = world.desk.form_page(&world.clerk, &key("shoes"), Some(draft.id)).await.expect("a form");
        assert!(page.hints.iter().any(|hint| hint.good));
        let foreign = FormInput { store: world.krakow, ..draft };
        assert_eq!(world.desk.hints(&world.clerk, &foreign).await, Err(AppError::Forbidden));
    }

    async fn what_nobody_has_confirmed_is_marked_and_hidden_from_the_till(world: World) {
        let mut store = world.desk.book().stores[&world.krakow].to_view();
        store.country = "SE".into();
        save(&world, Setting::Store(store)).await.expect("saved");
        let (_, number) = in_krakow(&world, &[(common::PURCHASE_DATE, "17.10.2025")]).await;
        let unconfirmed = |view: CaseView| view.law.clocks.iter().filter(|clock| !clock.source.unconfirmed.is_empty()).count();
        let seen = unconfirmed(view(&world, &world.admin, number).await);
        assert_eq!((seen > 0, unconfirmed(view(&world, &world.handler, number).await)), (true, seen));
        assert_eq!(unconfirmed(view(&world, &world.other_clerk, number).await), 0);
        let hidden = view(&world, &world.other_clerk, number).await.law.hints;
        assert!(hidden.iter().all(|hint| hint.source.as_ref().is_none_or(|source| source.unconfirmed.is_empty())));
    }

    async fn a_rejection_in_poland_needs_the_statement(world: World) {
        let (id, _) = in_krakow(&world, &[]).await;
        let mut organisation = world.desk.book().organisation.clone();
        let said = organisation.adr.take();
        save(&world, Setting::Organisation(organisation.clone())).await.expect("saved");
        let refused = Err(AppError::invalid("verdict", "adr_missing"));
        assert_eq!(act(&world, id, decide(Verdict::Rejected, "wear")).await, refused);
        assert_eq!(world.desk.preview(&world.handler, id, &decide(Verdict::Rejected, "wear")).await.map(drop), refused);
        let (norwegian, _) = crate::registration::registered(&world, &[]).await;
        act(&world, norwegian, decide(Verdict::Rejected, "wear")).await.expect("Norwegian law asks for none");
        organisation.adr = Some(app::backend::Adr { body: "  ".into(), ..said.clone().expect("said") });
        assert_eq!(save(&world, Setting::Organisation(organisation.clone())).await, Err(AppError::invalid("adr_body", "missing")));
        organisation.adr = said;
        save(&world, Setting::Organisation(organisation)).await.expect("saved");
        let preview = world.desk.preview(&world.handler, id, &decide(Verdict::Rejected, "wear")).await.expect("a preview");
        assert!(preview.html.contains("odmawiamy udziału") && preview.html.contains("Sąd Polubowny"), "{}", preview.text);
        act(&world, id, decide(Verdict::Rejected, "wear")).await.expect("rejected");
        let preview = world.desk.preview(&world.handler, norwegian, &decide(Verdict::Rejected, "wear")).await.expect("a preview");
        assert!(!preview.text.contains("Polubowny"));
    }

    async fn lists_show_what_the_law_decides(world: World) {
        let (_, first) = in_krakow(&world, &[]).await;
        crate::registration::registered(&world, &[]).await;
        world.clock.advance_ms(5 * DAY_MS);
        let (_, second) = in_krakow(&world, &[]).await;
        world.clock.advance_ms(DAY_MS);
        let (_, third) = in_krakow(&world, &[]).await;
        let list = |who: &Viewer, law, sort| {
            let (desk, who) = (world.desk.clone(), who.clone());
            async move { desk.list(&who, &ListQuery { list: ListKind::Active, law, sort, ..ListQuery::default() }).await.expect("a list") }
        };
        let numbers = |page: &app::backend::ListPage| page.rows.iter().map(|row| row.number).collect::<Vec<_>>();
        let by_law = list(&world.handler, None, Sort::Law).await;
        assert_eq!(numbers(&by_law), [first, second, third]);
        assert_eq!(by_law.rows[0].law.map(|due| (due.date, due.days_left)), Some((date(2026, 11, 2), 8)));
        assert_eq!(by_law.law, LawCounts { today: 0, week: 0 });
        world.clock.advance_ms(2 * DAY_MS);
        let week = list(&world.handler, Some(Within::Week), Sort::Newest).await;
        assert_eq!((numbers(&week), week.law), (vec![first], LawCounts { today: 0, week: 1 }));
        world.clock.advance_ms(8 * DAY_MS);
        let today = list(&world.handler, Some(Within::Today), Sort::Law).await;
        assert_eq!(numbers(&today), [first]);
        assert_eq!(today.law, LawCounts { today: 1, week: 3 }, "overdue until somebody decides");
        let clerk = list(&world.clerk, Some(Within::Today), Sort::Law).await;
        assert_eq!((clerk.rows.len(), clerk.law), (0, LawCounts::default()), "another store's");
        let archive = world.desk.list(&world.admin, &ListQuery { list: ListKind::Archive, sort: Sort::Law, ..ListQuery::default() }).await.expect("a list");
        assert_eq!(archive.rows.len(), 0);
    }

    async fn pages_by_law_are_the_whole_list(world: World) {
        for _ in 0..55 {
            in_krakow(&world, &[(common::CUSTOMER_EMAIL, "")]).await;
        }
        let mut query = ListQuery { list: ListKind::Active, sort: Sort::Law, ..ListQuery::default() };
        let first = world.desk.list(&world.handler, &query).await.expect("a page");
        query.after = first.next.clone();
        let second = world.desk.list(&world.handler, &query).await.expect("a page");
        let mut all: Vec<Number> = first.rows.iter().chain(&second.rows).map(|row| row.number).collect();
        assert_eq!((all.len(), second.next), (55, None));
        all.dedup();
        assert_eq!(all.len(), 55);
    }

    async fn another_plan_is_followed_at_once(world: World) {
        let (id, number) = in_krakow(&world, &[]).await;
        let mut organisation = world.desk.book().organisation.clone();
        organisation.plan = Plan { reminders: vec![2, 10, 2], deputy: 1, admin: 0 };
        save(&world, Setting::Organisation(organisation.clone())).await.expect("saved");
        assert_eq!(world.desk.book().organisation.plan.reminders, [10, 2]);
        watch(&world).await;
        assert_eq!(watch_on(&world, id).await, "2026-10-23");
        world.clock.advance_ms(4 * DAY_MS);
        watch(&world).await;
        assert_eq!(told(&world, number).await, [near(Step::Reminder(10))]);
        organisation.plan = Plan { reminders: vec![61], ..organisation.plan };
        assert_eq!(save(&world, Setting::Organisation(organisation)).await, Err(AppError::invalid("reminders", "out_of_range")));
    }

    async fn the_deputy_stands_in_for_a_handler(world: World) {
        let mut store = world.desk.book().stores[&world.krakow].to_view();
        store.handler = Some(world.handler.id);
        save(&world, Setting::Store(store)).await.expect("saved");
        let (id, _) = in_krakow(&world, &[]).await;
        act(&world, id, Deed::Assign(Some(world.admin.id))).await.expect("the admin takes it");
        world.clock.advance_ms(13 * DAY_MS);
        watch(&world).await;
        assert_eq!(world.admin.role, Role::Admin);
        assert_eq!((reminded(&world, "ada@example.com").await, reminded(&world, "hans@example.com").await), (1, 1));
    }
}

async fn watch_on_of(world: &World, number: Number) -> String {
    watch_on(world, view(world, &world.admin, number).await.id).await
}
