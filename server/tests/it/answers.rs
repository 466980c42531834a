//! When an answer left: what is on paper waits until somebody hands it over, and the law waits with it.

use crate::on_both_databases;
use crate::registration::{count, input, registered};
use crate::smtp::{Answer, MailServer};
use crate::support::{World, deliver, deliver_by, key};
use app::backend::{
    CaseView, Cases, Deed, ListKind, ListQuery, Organisation, Papers, Registration, Settings, Sort, Viewer,
};
use app::error::AppError;
use domain::Localized;
use domain::deadline::clocks::State;
use domain::decision::{Decision, Offered, Outcome, Verdict};
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::{CaseId, PaperId};
use domain::letter::{LetterState, Template};
use domain::number::Number;
use domain::paper::Handover;
use domain::phase::Action;
use futures::FutureExt;
use jiff::civil::{Date, date};
use server::config::Config;
use server::store::{cases, papers};

const DAY_MS: i64 = 24 * 3600 * 1000;
/// Registered on 19 October 2026: an answer is due until 2 November.
const SAFE: Date = date(2026, 11, 2);

async fn in_krakow(world: &World, pairs: &[(&str, &str)]) -> (CaseId, Number) {
    let input = input(world, world.krakow, pairs);
    let id = input.id;
    (id, world.desk.register(&world.other_clerk, input).await.expect("registers"))
}

async fn unreachable(world: &World) -> (CaseId, Number) {
    in_krakow(world, &[(common::CUSTOMER_EMAIL, "")]).await
}

fn rejected() -> Decision {
    Decision::new(Verdict::Rejected, key("wear"), "Zwykłe zużycie.")
}

async fn act(world: &World, id: CaseId, deed: Deed) -> Result<(), AppError> {
    world.clock.advance_ms(1000);
    world.desk.act(&world.handler, id, None, deed).await
}

async fn decide(world: &World, id: CaseId, decision: Decision) {
    act(world, id, Deed::Decide(decision)).await.expect("decided");
}

async fn view(world: &World, number: Number) -> CaseView {
    world.desk.case(&world.admin, number).await.expect("is there")
}

async fn days(world: &World, days: i64) {
    world.clock.advance_ms(days * DAY_MS);
    world.desk.watch_deadlines().await.expect("watches");
}

async fn by_law(world: &World) -> Vec<(Number, bool)> {
    let query = ListQuery { list: ListKind::Active, sort: Sort::Law, ..ListQuery::default() };
    let rows = world.desk.list(&world.handler, &query).await.expect("lists").rows;
    rows.into_iter().map(|row| (row.number, row.unsent)).collect()
}

async fn to_print(world: &World, who: &Viewer) -> Vec<PaperId> {
    let page = world.desk.papers_to_print(who, None).await.expect("lists");
    page.papers.into_iter().map(|paper| paper.id).collect()
}

async fn hand_over(world: &World, who: &Viewer, paper: PaperId, on: Date) -> Result<(), AppError> {
    world.desk.hand_over(who, &[paper], Handover::Posted, on).await
}

fn has(view: &CaseView, what: &EventKind) -> bool {
    view.timeline.iter().any(|event| event.what == *what)
}

fn reply(view: &CaseView) -> State {
    view.law.clocks.iter().find(|clock| clock.name == "Answer to the complaint").expect("an answer").state
}

on_both_databases! {
    async fn a_decision_answers_once_its_letter_has_left(world: World) {
        let (id, number) = in_krakow(&world, &[]).await;
        decide(&world, id, rejected()).await;
        let waits = view(&world, number).await;
        assert!(waits.law.unsent && reply(&waits) == State::Running);
        assert_eq!(by_law(&world).await, [(number, true)]);
        deliver(&world).await;
        let sent = view(&world, number).await;
        assert_eq!((sent.law.unsent, reply(&sent), sent.version), (false, State::Met, waits.version), "nobody's edit is in its way");
        assert!(has(&sent, &EventKind::AnswerSent { on: date(2026, 10, 19) }));
        assert_eq!(by_law(&world).await, []);
        // Another decision, which leaves later, was answered before.
        days(&world, 20).await;
        decide(&world, id, Decision::new(Verdict::Approved, key("fault"), "")).await;
        deliver(&world).await;
        assert_eq!(reply(&view(&world, number).await), State::Met);
        assert_eq!(count(&world, "select count(*) from events where body like '%answer_sent%'").await, 1);
    }

    async fn what_leaves_while_somebody_edits_is_not_overwritten(world: World) {
        let (id, number) = in_krakow(&world, &[]).await;
        decide(&world, id, rejected()).await;
        let stale = cases::by_number(&mut world.desk.db.read().await.expect("a connection"), number).await.expect("reads").expect("is there");
        deliver(&world).await;
        let saved = world.desk.db.write(move |tx| async move { cases::save(tx, &stale, 1).await }.boxed());
        assert!(!saved.await.expect("runs"));
        assert_eq!(reply(&view(&world, number).await), State::Met);
        act(&world, id, Deed::Move(Action::MakeReady)).await.expect("the next one is read anew");
    }

    async fn a_letter_that_nobody_takes_is_answered_on_paper(world: World) {
        let server = MailServer::start().await;
        let config = Config { smtp_url: Some(server.url.clone()), ..(*world.desk.config).clone() };
        let (id, number) = in_krakow(&world, &[]).await;
        deliver_by(&world, &config).await;
        decide(&world, id, rejected()).await;
        assert_eq!(to_print(&world, &world.handler).await, []);
        server.will([Answer::RefuseAddress("550 5.1.1 no such user here")]);
        deliver_by(&world, &config).await;
        let failed = view(&world, number).await;
        assert_eq!(failed.letters.last().map(|letter| letter.state), Some(LetterState::Failed));
        assert!(failed.law.unsent && failed.papers[0].to_print);
        let page = world.desk.papers_to_print(&world.handler, None).await.expect("lists");
        assert_eq!(page.papers.iter().map(|paper| (paper.number, paper.failed, paper.law.map(|due| due.date))).collect::<Vec<_>>(), [(number, true, Some(SAFE))]);
        // Sent again it needs no paper any more.
        let letter = failed.letters.last().expect("a letter").id;
        world.desk.resend(&world.handler, letter).await.expect("again");
        deliver_by(&world, &config).await;
        let sent = view(&world, number).await;
        assert_eq!((sent.law.unsent, sent.papers[0].to_print, reply(&sent)), (false, false, State::Met));
        assert_eq!(to_print(&world, &world.handler).await, []);
    }

    async fn a_letter_in_a_drawer_answers_nobody(world: World) {
        let (id, number) = unreachable(&world).await;
        decide(&world, id, rejected()).await;
        assert_eq!(world.desk.today(&world.handler, true).await.expect("is told").to_print, 1);
        days(&world, 15).await;
        let late = view(&world, number).await;
        assert_eq!((reply(&late), late.law.deemed, late.law.unsent), (State::Passed, Some(date(2026, 11, 3)), true));
        let [paper] = to_print(&world, &world.handler).await[..] else { panic!("one paper") };
        // It had left in time, and nobody had noted it.
        hand_over(&world, &world.other_clerk, paper, date(2026, 10, 30)).await.expect("the till notes it");
        let met = view(&world, number).await;
        assert_eq!((reply(&met), met.law.deemed, met.law.unsent), (State::Met, None, false));
        assert!(has(&met, &EventKind::HandedOver { template: Template::Rejected, how: Handover::Posted, on: date(2026, 10, 30) }));
        assert!(has(&met, &EventKind::NotDeemed { on: date(2026, 11, 3) }));
        let handed = met.papers[0].handed.clone().expect("is told");
        assert_eq!((handed.on, handed.by.as_str(), met.papers[0].to_print), (date(2026, 10, 30), "Kasia Kasa", false));
        assert_eq!(world.desk.today(&world.handler, true).await.expect("is told").to_print, 0);
        // A slip of the hand: it has not left, and the law has not forgotten.
        world.desk.take_paper_back(&world.handler, paper).await.expect("is taken back");
        world.desk.watch_deadlines().await.expect("watches");
        let back = view(&world, number).await;
        assert_eq!((reply(&back), back.law.deemed, back.papers[0].to_print), (State::Passed, Some(date(2026, 11, 3)), true));
        assert!(has(&back, &EventKind::NotHandedOver { template: Template::Rejected }));
        hand_over(&world, &world.handler, paper, date(2026, 11, 3)).await.expect("a day late");
        let late = view(&world, number).await;
        assert_eq!((reply(&late), late.law.deemed), (State::Passed, Some(date(2026, 11, 3))));
        assert_eq!(by_law(&world).await, []);
    }

    async fn a_letter_leaves_between_its_writing_and_today(world: World) {
        let (id, number) = unreachable(&world).await;
        days(&world, 3).await;
        decide(&world, id, rejected()).await;
        let [paper] = to_print(&world, &world.handler).await[..] else { panic!("one paper") };
        for (on, fault) in [(date(2026, 10, 21), "before_letter"), (date(2026, 10, 23), "in_future")] {
            assert_eq!(hand_over(&world, &world.handler, paper, on).await, Err(AppError::invalid("on", fault)));
        }
        assert_eq!(hand_over(&world, &world.clerk, paper, date(2026, 10, 22)).await, Err(AppError::NotFound), "another store's");
        assert_eq!(to_print(&world, &world.clerk).await, []);
        assert_eq!(world.desk.hand_over(&world.handler, &[], Handover::Given, date(2026, 10, 22)).await, Err(AppError::invalid("papers", "missing")));
        let nothing: PaperId = world.desk.random.id();
        let both = world.desk.hand_over(&world.handler, &[paper, nothing], Handover::Given, date(2026, 10, 22)).await;
        assert_eq!((both, view(&world, number).await.law.unsent), (Err(AppError::NotFound), true), "all or none");
        let version = view(&world, number).await.version;
        hand_over(&world, &world.handler, paper, date(2026, 10, 22)).await.expect("today");
        assert_eq!(view(&world, number).await.version, version + 1);
    }

    async fn a_later_decision_takes_the_place_of_a_paper_that_lies(world: World) {
        let (id, _) = unreachable(&world).await;
        decide(&world, id, rejected()).await;
        let first = to_print(&world, &world.handler).await;
        decide(&world, id, Decision::new(Verdict::Approved, key("fault"), "")).await;
        let second = to_print(&world, &world.handler).await;
        assert_eq!((first.len(), second.len()), (1, 1));
        assert_ne!(first, second);
    }

    async fn whoever_was_there_has_the_answer(world: World) {
        let (id, number) = unreachable(&world).await;
        decide(&world, id, Decision::new(Verdict::Approved, key("fault"), "")).await;
        act(&world, id, Deed::Settle { outcome: key("new_product"), amount: String::new() }).await.expect("settled");
        let there = view(&world, number).await;
        assert_eq!((reply(&there), to_print(&world, &world.handler).await.len()), (State::Met, 0));
        act(&world, id, Deed::Move(Action::Unsettle)).await.expect("taken back");
        let back = view(&world, number).await;
        assert_eq!((reply(&back), back.law.unsent, to_print(&world, &world.handler).await.len()), (State::Running, true, 1));
    }

    async fn an_answer_outside_of_redress_is_dated_by_hand(world: World) {
        let (id, number) = unreachable(&world).await;
        days(&world, 16).await;
        assert_eq!(view(&world, number).await.law.deemed, Some(date(2026, 11, 3)));
        let noted = |on| Deed::NoteLaw(domain::deadline::recorded::Noted { answered: Some(on), ..Default::default() });
        assert_eq!(act(&world, id, noted(date(2026, 10, 18))).await, Err(AppError::invalid("answered", "before_complaint")));
        assert_eq!(act(&world, id, noted(date(2026, 11, 6))).await, Err(AppError::invalid("answered", "in_future")));
        act(&world, id, noted(date(2026, 10, 28))).await.expect("noted");
        let met = view(&world, number).await;
        assert_eq!((reply(&met), met.law.deemed), (State::Met, None));
        assert_eq!(by_law(&world).await, []);
    }

    async fn pages_of_papers_are_the_whole_list(world: World) {
        for _ in 0..103 {
            let (id, _) = unreachable(&world).await;
            decide(&world, id, rejected()).await;
        }
        let first = world.desk.papers_to_print(&world.handler, None).await.expect("a page");
        let second = world.desk.papers_to_print(&world.handler, first.next.as_deref()).await.expect("a page");
        let mut all: Vec<_> = first.papers.iter().chain(&second.papers).map(|paper| paper.id).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!((first.papers.len(), all.len(), second.next), (100, 103, None));
        assert_eq!(world.desk.papers_to_print(&world.handler, Some("x")).await, Err(AppError::invalid("after", "unknown_choice")));
    }

    async fn a_paper_that_cannot_be_read_is_in_nobodys_way(world: World) {
        for _ in 0..2 {
            let (id, _) = unreachable(&world).await;
            decide(&world, id, rejected()).await;
        }
        world.desk.db.write(|tx| async move {
            sqlx::query("update papers set template = 'nonsense' where id = (select min(id) from papers)").execute(tx).await?;
            Ok(())
        }.boxed()).await.expect("is spoilt");
        world.desk.make_papers().await.expect("goes on");
        assert_eq!(count(&world, "select count(*) from papers where made_at is not null").await, 1);
        assert_eq!(count(&world, "select attempts from papers where made_at is null").await, 1, "put off");
        assert!(papers::unmade(&mut world.desk.db.read().await.expect("a connection"), 0, 10).await.expect("reads").is_empty());
    }

    async fn a_rejection_after_silence_wants_to_be_known(world: World) {
        let (id, number) = in_krakow(&world, &[]).await;
        days(&world, 15).await;
        for verdict in [Verdict::Rejected, Verdict::Partly] {
            let no = Decision { verdict, ..rejected() };
            let refused = Err(AppError::invalid("overrules", "deemed_accepted"));
            assert_eq!(act(&world, id, Deed::Decide(no.clone())).await, refused);
            assert_eq!(world.desk.preview(&world.handler, id, &Deed::Decide(no)).await.map(drop), refused);
        }
        decide(&world, id, Decision { overrules: true, ..rejected() }).await;
        assert!(has(&view(&world, number).await, &EventKind::Overruled { deemed: date(2026, 11, 3) }));
        let (accepted, number) = in_krakow(&world, &[]).await;
        days(&world, 15).await;
        decide(&world, accepted, Decision::new(Verdict::Approved, key("fault"), "")).await;
        assert!(!view(&world, number).await.timeline.iter().any(|event| matches!(event.what, EventKind::Overruled { .. })));
    }

    async fn an_acceptance_in_part_needs_the_statement_as_well(world: World) {
        let (id, _) = in_krakow(&world, &[]).await;
        crate::decisions::organisation(&world, |before| Organisation { adr: None, ..before }).await;
        let partly = Decision { verdict: Verdict::Partly, ..rejected() };
        assert_eq!(act(&world, id, Deed::Decide(partly)).await, Err(AppError::invalid("verdict", "adr_missing")));
        decide(&world, id, Decision::new(Verdict::Approved, key("fault"), "")).await;
    }

    async fn before_a_repair_the_customer_is_told(world: World) {
        let (id, number) = in_krakow(&world, &[(common::PURCHASE_DATE, "01.09.2026")]).await;
        let name = Localized::new("Repaired", "Reparert", "Naprawa");
        let repaired = Outcome { key: key("repaired"), name, has_amount: false, offered: Offered::AfterApproval, active: true };
        world.desk.db.write(move |tx| async move {
            server::store::organisation::save_outcome(tx, &repaired).await?;
            server::store::book::touch(tx).await
        }.boxed()).await.expect("saved");
        world.desk.shelf.refresh(&world.desk.db).await.expect("read anew");
        let seen = world.desk.case(&world.handler, number).await.expect("is there");
        let notice = seen.law.repair_notice.expect("is shown to the handler");
        assert!(!notice.source.expect("has a source").unconfirmed.is_empty());
        assert_eq!(world.desk.case(&world.other_clerk, number).await.expect("is there").law.repair_notice, None);
        let repair = Decision { offer: Some(key("repaired")), ..Decision::new(Verdict::Approved, key("fault"), "") };
        let untold = |decision: &Decision| {
            let (desk, who, deed) = (world.desk.clone(), world.handler.clone(), Deed::Decide(decision.clone()));
            async move { desk.preview(&who, id, &deed).await.expect("a preview").repair_untold }
        };
        assert!(untold(&repair).await);
        assert!(!untold(&Decision { offer: Some(key("new_product")), ..repair.clone() }).await);
        let told = Decision { repair_told: true, ..repair.clone() };
        assert!(!untold(&told).await);
        decide(&world, id, told).await;
        let noted = view(&world, number).await.law;
        assert_eq!((noted.noted.and_then(|noted| noted.repair_notice), noted.repair_notice), (Some(date(2026, 10, 19)), None));
        assert!(!untold(&repair).await, "once");
        // It is help and no lock.
        let (other, _) = in_krakow(&world, &[(common::PURCHASE_DATE, "01.09.2026")]).await;
        decide(&world, other, repair).await;
    }

    async fn the_table_is_an_admins_to_read(world: World) {
        let table = world.desk.law_table(&world.admin).await.expect("an admin reads it");
        assert_eq!(table.countries.len(), 6);
        let (_, poland) = &table.countries[0];
        let reply = poland.iter().find(|row| row.id == "pl-reply").expect("is there");
        assert!(reply.confirmed && reply.source.url.starts_with("https://") && reply.period.contains("14 days"), "{reply:?}");
        let unconfirmed: usize = table.countries.iter().map(|(_, rows)| rows.iter().filter(|row| !row.confirmed && row.reviewer.is_empty()).count()).sum();
        assert_eq!(u32::try_from(unconfirmed), Ok(table.unreviewed));
        assert_eq!(world.desk.law_table(&world.handler).await, Err(AppError::Forbidden));
    }

    async fn a_case_that_cannot_be_read_stops_no_other(world: World) {
        let (bad, _) = registered(&world, &[]).await;
        let (_, number) = in_krakow(&world, &[]).await;
        world.desk.db.write(move |tx| async move {
            sqlx::query("update cases set law_version = 0, law_facts = '{}', law_on = '9999-12-31', watch_on = '9999-12-31'").execute(&mut *tx).await?;
            sqlx::query("update cases set answers = '{' where id = $1").bind(bad.to_string()).execute(&mut *tx).await?;
            sqlx::query("update organisation set law_stamp = 'earlier'").execute(tx).await?;
            Ok(())
        }.boxed()).await.expect("is spoilt");
        world.desk.watch_deadlines().await.expect("goes on");
        world.desk.watch_deadlines().await.expect("goes on");
        assert_eq!(count(&world, "select count(*) from cases where law_version = 0").await, 1);
        assert_eq!(count(&world, "select count(*) from organisation where law_stamp = 'earlier'").await, 0);
        assert_eq!(by_law(&world).await, [(number, false)]);
    }

    async fn to_whom_nothing_is_owed_nothing_is_late(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let open = |view: CaseView| view.law.clocks.into_iter().filter(|clock| clock.state == State::Open).count();
        assert!(open(view(&world, number).await) > 0, "Norwegian law names no end of a repair");
        decide(&world, id, rejected()).await;
        assert_eq!(open(view(&world, number).await), 0);
        decide(&world, id, Decision::new(Verdict::Approved, key("fault"), "")).await;
        assert!(open(view(&world, number).await) > 0);
    }
}
