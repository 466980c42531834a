//! Many cases changed in one go: what is said beforehand, what happens, what comes in between, and the way back.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::registration::{count, input, registered};
use crate::support::{World, key};
use app::backend::{Bulk, BulkKind, BulkView, Cases, Chosen, Deed, ListKind, ListQuery, Registration, Rmas, Viewer};
use app::error::AppError;
use domain::Localized;
use domain::bulk::{Hindrance, ItemState, LETTERS_WAIT_MS, RunState, UNDO_MS};
use domain::case::ArchiveReason;
use domain::decision::{Decision, Verdict};
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::{CaseId, RunId, StatusId};
use domain::letter::{LetterState, Template};
use domain::number::Number;
use domain::phase::{Action, Phase, Waiting};
use domain::rma::Route;
use futures::FutureExt;
use server::desk::Desk;

/// So many cases of Oslo.
pub async fn cases(world: &World, many: usize) -> Vec<(CaseId, Number)> {
    let mut cases = Vec::new();
    for _ in 0..many {
        cases.push(registered(world, &[]).await);
    }
    cases
}

pub fn ids(cases: &[(CaseId, Number)]) -> Chosen {
    Chosen::Cases(cases.iter().map(|(id, _)| *id).collect())
}

pub fn whole() -> Chosen {
    Chosen::Whole(Box::new(ListQuery { list: ListKind::Active, ..ListQuery::default() }))
}

/// Works until nothing waits.
pub async fn work(desk: &Desk) {
    while desk.work_bulk().await.expect("a portion") {}
}

pub async fn planned(world: &World, who: &Viewer, kind: BulkKind, chosen: Chosen, deed: Deed) -> RunId {
    let run = world.desk.begin_bulk(who, kind, chosen).await.expect("begins");
    world.desk.plan_bulk(who, run, Some(deed)).await.expect("is planned");
    work(&world.desk).await;
    run
}

pub async fn done(world: &World, who: &Viewer, kind: BulkKind, chosen: Chosen, deed: Deed) -> RunId {
    let run = planned(world, who, kind, chosen, deed).await;
    world.desk.start_bulk(who, run).await.expect("starts");
    work(&world.desk).await;
    run
}

pub async fn view(world: &World, who: &Viewer, run: RunId) -> BulkView {
    world.desk.bulk(who, run).await.expect("is there")
}

/// What became of the cases: state, why, how many.
pub fn told(view: &BulkView) -> Vec<(ItemState, Option<Hindrance>, u32)> {
    view.tallies.iter().map(|tally| (tally.state, tally.hindrance, tally.cases)).collect()
}

fn approved() -> Deed {
    Deed::Decide(Decision::new(Verdict::Approved, key("fault"), ""))
}

fn letter() -> Deed {
    Deed::Write { subject: "Closed on Friday".into(), body: "Dear customer,\n\nwe are closed on Friday.".into() }
}

/// What a case is to those who look at it, beside its version and its timeline.
pub async fn look(world: &World, number: Number) -> String {
    let view = world.desk.case(&world.handler, number).await.expect("is there");
    format!("{:?}", (view.phase, view.handler, view.status, view.archived, view.due, view.law, view.may))
}

async fn status(world: &World, phase: Phase) -> StatusId {
    let id: StatusId = world.desk.random.id();
    let name = Localized::new("Ordered", "Bestilt", "Zamówione");
    world
        .desk
        .db
        .write(move |tx| {
            async move {
                let view = app::backend::StatusView { id, phase, name, active: true };
                server::store::organisation::save_status(tx, &view).await?;
                server::store::book::touch(tx).await
            }
            .boxed()
        })
        .await
        .expect("a status");
    world.desk.shelf.refresh(&world.desk.db).await.expect("reads");
    id
}

on_both_databases! {
    async fn many_are_assigned_and_it_is_said_beforehand_who_is_not(world: World) {
        let cases = cases(&world, 6).await;
        let desk = &world.desk;
        // One is theirs already, one is archived, one of another store.
        desk.act(&world.handler, cases[0].0, None, Deed::Assign(Some(world.admin.id))).await.expect("assigned");
        desk.act(&world.handler, cases[1].0, None, approved()).await.expect("decided");
        desk.act(&world.handler, cases[1].0, None, Deed::Archive(ArchiveReason::Other)).await.expect("archived");
        let deed = Deed::Assign(Some(world.admin.id));
        let run = planned(&world, &world.handler, BulkKind::Assign, ids(&cases), deed).await;
        let before = view(&world, &world.handler, run).await;
        assert_eq!(before.state, RunState::Planned);
        assert_eq!(before.deed_words, "Tildel Ada Admin");
        assert_eq!(told(&before), [
            (ItemState::Ready, None, 4),
            (ItemState::Refused, Some(Hindrance::Archived), 1),
            (ItemState::Refused, Some(Hindrance::Same), 1),
        ]);
        assert_eq!(before.tallies[1].samples[0].0, cases[1].1);
        assert_eq!(desk.case(&world.handler, cases[2].1).await.expect("is there").version, 1, "nothing has happened yet");
        let mut changes = desk.live.listen();
        desk.start_bulk(&world.handler, run).await.expect("starts");
        assert_eq!(desk.start_bulk(&world.handler, run).await, Err(AppError::Conflict), "a second click");
        work(desk).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!((after.state, after.count(ItemState::Done)), (RunState::Done, 4));
        for (id, number) in &cases[2..] {
            let case = desk.case(&world.handler, *number).await.expect("is there");
            assert_eq!((case.handler.map(|h| h.id), case.phase, case.version), (Some(world.admin.id), Phase::New, 2));
            let last = case.timeline.last().map(|e| (e.what.clone(), e.by.clone()));
            assert_eq!(last, Some((EventKind::assigned(Some(world.admin.id)), "Hans Handler".to_owned())));
            assert_eq!(changes.try_recv().map(|c| (c.case, c.version)), Ok((*id, 2)));
        }
        assert_eq!(desk.bulks(&world.handler).await.expect("lines").len(), 1);
        assert_eq!(desk.bulk(&world.admin, run).await.err(), Some(AppError::NotFound), "nobody else's");
        for denied in [desk.undo_bulk(&world.admin, run).await, desk.stop_bulk(&world.clerk, run).await] {
            assert_eq!(denied, Err(AppError::NotFound));
        }
    }

    async fn a_run_is_undone_but_where_somebody_was_at_work(world: World) {
        let cases = cases(&world, 3).await;
        let desk = &world.desk;
        let before = look(&world, cases[0].1).await;
        let deed = Deed::Wait { on: Waiting::Goods, whom: String::new(), email: String::new() };
        let run = done(&world, &world.handler, BulkKind::Status, ids(&cases), deed).await;
        assert_ne!(look(&world, cases[0].1).await, before);
        desk.act(&world.handler, cases[2].0, None, Deed::Comment("Ringte".into())).await.expect("noted");
        desk.undo_bulk(&world.handler, run).await.expect("goes back");
        work(desk).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!(after.state, RunState::Undone);
        assert_eq!(told(&after), [(ItemState::Undone, None, 2), (ItemState::Kept, Some(Hindrance::Changed), 1)]);
        assert_eq!(look(&world, cases[0].1).await, before);
        assert_eq!(desk.case(&world.handler, cases[2].1).await.expect("is there").phase, Phase::WaitingGoods);
        assert_eq!(desk.undo_bulk(&world.handler, run).await, Err(AppError::Conflict), "once");
        let run = done(&world, &world.handler, BulkKind::Status, ids(&cases[..1]), Deed::Move(Action::Review)).await;
        world.clock.advance_ms(UNDO_MS + 1);
        assert_eq!(view(&world, &world.handler, run).await.undo_until, None);
        assert_eq!(desk.undo_bulk(&world.handler, run).await, Err(AppError::Expired));
    }

    async fn the_archive_takes_what_may_rest_and_gives_it_back(world: World) {
        let cases = cases(&world, 3).await;
        let desk = &world.desk;
        for (id, _) in &cases[..2] {
            desk.act(&world.handler, *id, None, approved()).await.expect("decided");
        }
        let before = look(&world, cases[0].1).await;
        let deed = Deed::Archive(ArchiveReason::NotCollected);
        let run = done(&world, &world.handler, BulkKind::Archive, ids(&cases), deed).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!(told(&after), [(ItemState::Refused, Some(Hindrance::WrongPhase), 1), (ItemState::Done, None, 2)]);
        let case = desk.case(&world.handler, cases[0].1).await.expect("is there");
        assert_eq!((case.phase, case.archived), (Phase::NotCollected, Some(ArchiveReason::NotCollected)));
        desk.undo_bulk(&world.handler, run).await.expect("goes back");
        work(desk).await;
        assert_eq!(look(&world, cases[0].1).await, before);
        let case = desk.case(&world.handler, cases[0].1).await.expect("is there");
        assert!(case.timeline.iter().any(|event| event.what == EventKind::Unarchived));
    }

    async fn an_own_status_is_set_within_its_phase_alone(world: World) {
        let cases = cases(&world, 2).await;
        let status = status(&world, Phase::InReview).await;
        world.desk.act(&world.handler, cases[0].0, None, Deed::Move(Action::Review)).await.expect("taken up");
        let run = done(&world, &world.handler, BulkKind::Status, ids(&cases), Deed::SetStatus(Some(status))).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!(after.deed_words, "Sett status: Bestilt");
        assert_eq!(told(&after), [(ItemState::Refused, Some(Hindrance::WrongPhase), 1), (ItemState::Done, None, 1)]);
        assert_eq!(after.statuses[0].name, "Bestilt (Under behandling)");
    }

    async fn letters_wait_and_can_be_taken_back_until_they_go(world: World) {
        let cases = cases(&world, 2).await;
        let (silent, _) = registered(&world, &[(common::CUSTOMER_EMAIL, "")]).await;
        let desk = &world.desk;
        let mut all: Vec<CaseId> = cases.iter().map(|(id, _)| *id).collect();
        all.push(silent);
        let run = done(&world, &world.handler, BulkKind::Letter, Chosen::Cases(all), letter()).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!(told(&after), [(ItemState::Refused, Some(Hindrance::NoAddress), 1), (ItemState::Done, None, 2)]);
        let case = desk.case(&world.handler, cases[0].1).await.expect("is there");
        let sent = case.letters.iter().find(|letter| letter.template == Template::Message).expect("a letter");
        assert_eq!((sent.state, sent.to.as_str()), (LetterState::Waiting, "Oystein.Luczak@example.no"));
        let read = desk.letter(&world.handler, sent.id).await.expect("readable");
        assert!(read.subject.starts_with("Closed on Friday (") && read.text.contains("we are closed on Friday."), "{read:?}");
        assert!(read.text.contains("Hei") && read.html.contains("Dear customer,<br>"), "{}", read.html);
        // One goes out, the other is taken back.
        assert!(server::jobs::letters::claim(desk).await.expect("looks").is_some_and(|claimed| claimed.composed.subject.contains("registrert")), "the registration's is first");
        let first = sent.id;
        desk.db.write(move |tx| server::store::letters::mark_sent(tx, first, 1).boxed()).await.expect("sent");
        desk.undo_bulk(&world.handler, run).await.expect("goes back");
        work(desk).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!(told(&after), [
            (ItemState::Refused, Some(Hindrance::NoAddress), 1),
            (ItemState::Undone, None, 1),
            (ItemState::Kept, Some(Hindrance::LetterSent), 1),
        ]);
        let case = desk.case(&world.handler, cases[1].1).await.expect("is there");
        let back = case.letters.iter().find(|letter| letter.template == Template::Message).expect("a letter");
        assert_eq!(back.state, LetterState::Cancelled);
        assert!(case.timeline.iter().any(|event| event.what == EventKind::LetterCancelled { id: back.id }));
        world.clock.advance_ms(2 * LETTERS_WAIT_MS);
        while let Some(claimed) = server::jobs::letters::claim(desk).await.expect("looks") {
            assert_ne!(claimed.id, back.id, "what was taken back stays");
        }
    }

    async fn nothing_is_written_to_nobody(world: World) {
        let cases = cases(&world, 1).await;
        let run = world.desk.begin_bulk(&world.handler, BulkKind::Letter, ids(&cases)).await.expect("begins");
        for (subject, body, field) in [(" ", "x", "subject"), ("x", " ", "body")] {
            let deed = Deed::Write { subject: subject.into(), body: body.into() };
            assert_eq!(world.desk.plan_bulk(&world.handler, run, Some(deed)).await, Err(AppError::invalid(field, "missing")));
        }
        for deed in [Some(approved()), Some(Deed::Assign(None)), Some(Deed::Move(Action::Withdraw)), None] {
            assert_eq!(world.desk.plan_bulk(&world.handler, run, deed).await, Err(AppError::invalid("deed", "unknown_choice")));
        }
        assert_eq!(world.desk.start_bulk(&world.handler, run).await, Err(AppError::Conflict), "nobody has said what");
        assert_eq!(world.desk.begin_bulk(&world.handler, BulkKind::Assign, Chosen::Cases(vec![])).await, Err(AppError::invalid("cases", "nothing_chosen")));
    }

    async fn somebody_is_quicker_between_the_preview_and_the_run(world: World) {
        let cases = cases(&world, 3).await;
        let deed = Deed::Assign(Some(world.admin.id));
        let run = planned(&world, &world.handler, BulkKind::Assign, ids(&cases), deed).await;
        world.desk.act(&world.handler, cases[1].0, None, Deed::Wait { on: Waiting::Goods, whom: String::new(), email: String::new() }).await.expect("waits");
        world.desk.start_bulk(&world.handler, run).await.expect("starts");
        work(&world.desk).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!(told(&after), [(ItemState::Refused, Some(Hindrance::Changed), 1), (ItemState::Done, None, 2)]);
        assert_eq!(world.desk.case(&world.handler, cases[1].1).await.expect("is there").phase, Phase::WaitingGoods);
    }

    async fn a_whole_list_goes_on_after_a_restart_and_does_nothing_twice(world: World) {
        let cases = cases(&world, 130).await;
        let deed = Deed::Wait { on: Waiting::Goods, whom: String::new(), email: String::new() };
        let run = planned(&world, &world.handler, BulkKind::Status, whole(), deed).await;
        assert_eq!(view(&world, &world.handler, run).await.count(ItemState::Ready), 130);
        world.desk.start_bulk(&world.handler, run).await.expect("starts");
        assert!(world.desk.work_bulk().await.expect("a portion"));
        let halfway = view(&world, &world.handler, run).await;
        assert_eq!((halfway.state, halfway.count(ItemState::Done)), (RunState::Running, 50));
        // Two servers that come up at once, with what the database holds.
        let again = || async {
            let config = (*world.desk.config).clone();
            Desk::open(world.desk.db.clone(), world.clock.clone(), world.desk.random.clone(), config).await.expect("opens")
        };
        let (one, two) = (again().await, again().await);
        tokio::join!(work(&one), work(&two));
        work(&one).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!((after.state, told(&after)), (RunState::Done, vec![(ItemState::Done, None, 130)]));
        assert_eq!(count(&world, "select count(*) from cases where phase = 'waiting_goods' and version = 2").await, 130);
        assert_eq!(count(&world, "select count(*) from events where body like '%phase_set%'").await, 130);
        one.undo_bulk(&world.handler, run).await.expect("goes back");
        tokio::join!(work(&one), work(&two));
        work(&two).await;
        assert_eq!(count(&world, "select count(*) from cases where phase = 'new' and version = 3").await, 130);
        assert_eq!(cases.len(), 130);
    }

    async fn a_run_is_stopped_and_what_was_done_goes_back(world: World) {
        let cases = cases(&world, 60).await;
        let run = planned(&world, &world.handler, BulkKind::Assign, ids(&cases), Deed::Assign(None)).await;
        world.desk.start_bulk(&world.handler, run).await.expect("starts");
        world.desk.work_bulk().await.expect("a portion");
        world.desk.stop_bulk(&world.handler, run).await.expect("stops");
        work(&world.desk).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!(told(&after), [(ItemState::Ready, None, 10), (ItemState::Done, None, 50)]);
        world.desk.undo_bulk(&world.handler, run).await.expect("goes back");
        work(&world.desk).await;
        assert_eq!(count(&world, "select count(*) from cases where handler_id is null").await, 0);
    }

    async fn a_clerk_does_to_many_no_more_than_to_one(world: World) {
        let cases = cases(&world, 2).await;
        let form = input(&world, world.krakow, &[]);
        let far = form.id;
        world.desk.register(&world.other_clerk, form).await.expect("registers");
        world.desk.act(&world.handler, cases[0].0, None, approved()).await.expect("decided");
        let far_only = world.desk.begin_bulk(&world.clerk, BulkKind::Status, Chosen::Cases(vec![far])).await;
        assert_eq!(far_only, Err(AppError::NotFound));
        let chosen = || Chosen::Cases(vec![cases[0].0, cases[1].0, far]);
        let run = planned(&world, &world.clerk, BulkKind::Assign, chosen(), Deed::Assign(None)).await;
        assert_eq!(told(&view(&world, &world.clerk, run).await), [(ItemState::Refused, Some(Hindrance::Forbidden), 2)]);
        let run = done(&world, &world.clerk, BulkKind::Status, whole(), Deed::Move(Action::MakeReady)).await;
        let after = view(&world, &world.clerk, run).await;
        assert_eq!(told(&after), [(ItemState::Refused, Some(Hindrance::WrongPhase), 1), (ItemState::Done, None, 1)], "their own store's alone");
        assert_eq!(world.desk.case(&world.clerk, cases[0].1).await.expect("is there").phase, Phase::Ready);
    }

    async fn whoever_has_lost_the_right_meanwhile_changes_nothing(world: World) {
        let cases = cases(&world, 2).await;
        let run = planned(&world, &world.handler, BulkKind::Assign, ids(&cases), Deed::Assign(None)).await;
        world.desk.start_bulk(&world.handler, run).await.expect("starts");
        let me = world.handler.id.to_string();
        world.desk.db.write(move |tx| async move {
            sqlx::query("update staff set role = 'clerk' where id = $1").bind(me).execute(&mut *tx).await?;
            server::store::book::touch(tx).await
        }.boxed()).await.expect("written");
        world.desk.shelf.refresh(&world.desk.db).await.expect("reads");
        work(&world.desk).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!(told(&after), [(ItemState::Refused, Some(Hindrance::Forbidden), 2)]);
    }

    async fn labels_are_those_of_returns(world: World) {
        let cases = cases(&world, 2).await;
        world.desk.issue_rma(&world.clerk, cases[0].0, Route::Parcel).await.expect("a return");
        let run = world.desk.begin_bulk(&world.clerk, BulkKind::Labels, ids(&cases)).await.expect("begins");
        let found = view(&world, &world.clerk, run).await;
        assert_eq!((found.state, found.labels.as_slice()), (RunState::Planned, &[cases[0].1][..]));
        assert_eq!(found.goods, [cases[0].1, cases[1].1], "the goods of each case can have one");
        assert_eq!(told(&found), [(ItemState::Ready, None, 1), (ItemState::Refused, Some(Hindrance::NoLabel), 1)]);
        assert_eq!(world.desk.start_bulk(&world.clerk, run).await, Err(AppError::Conflict));
    }

    async fn a_run_goes_from_the_list_to_its_end_without_script(world: World) {
        let cases = cases(&world, 3).await;
        let mut browser = Browser::of(&world, &world.handler).await;
        let list = browser.open("/cases?list=active").await;
        assert!(list.body.contains("name=\"cases[]\"") && list.body.contains("Merk alle"), "boxes");
        let form = format!("query=list%3Dactive&cases[]={}&cases[]={}&kind=archive", cases[0].0, cases[1].0);
        browser.submit("/api/begin_bulk", "query=list%3Dactive&kind=archive").await;
        assert!(browser.address.starts_with("/cases?list=active&retry="), "{}", browser.address);
        let again = browser.open(&browser.address.clone()).await;
        assert!(again.body.contains("Merk minst én sak"));
        browser.submit("/api/begin_bulk", &form).await;
        let page = browser.address.clone();
        assert!(page.starts_with("/bulk/"), "{page}");
        let run = page.trim_start_matches("/bulk/").to_owned();
        let choose = browser.open(&page).await;
        assert!(choose.body.contains("2 saker er valgt"));
        browser.submit("/api/bulk_archive", &format!("run={run}")).await;
        let wrong = browser.open(&browser.address.clone()).await;
        assert!(wrong.body.contains("Må fylles ut"), "the fault stands beside the field");
        browser.open(&page).await;
        browser.submit("/api/bulk_archive", &format!("run={run}&reason=other")).await;
        let preview = browser.open(&page).await;
        assert!(preview.body.contains("2 saker forblir som de er") && !preview.body.contains("/api/start_bulk"), "new ones do not rest");
        for (id, _) in &cases[..2] {
            world.desk.act(&world.handler, *id, None, approved()).await.expect("decided");
        }
        browser.submit("/api/bulk_archive", &format!("run={run}&reason=other")).await;
        assert!(browser.open(&page).await.body.contains("/api/start_bulk"));
        browser.submit("/api/start_bulk", &format!("run={run}")).await;
        assert!(browser.open(&page).await.body.contains("<progress"));
        work(&world.desk).await;
        let result = browser.open(&page).await;
        assert!(result.body.contains("2 saker ble endret") && result.body.contains("/api/undo_bulk"));
        browser.submit("/api/undo_bulk", &format!("run={run}")).await;
        work(&world.desk).await;
        assert!(browser.open(&page).await.body.contains("2 saker er igjen som de var"));
        assert!(browser.open("/bulk").await.body.contains("Tatt tilbake"));
    }
}
