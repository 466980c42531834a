//! Many cases at once, seen from further off: a reach that shrinks, lists longer than a page, whoever is waited for outside.

use crate::browser::Browser;
use crate::bulk::{cases, done, ids, look, planned, told, view, whole, work};
use crate::on_both_databases;
use crate::registration::{input, registered};
use crate::support::World;
use app::backend::{Bulk, BulkKind, Cases, Chosen, Deed, ListKind, ListQuery, Registration, Rmas, Viewer};
use app::error::AppError;
use domain::bulk::{ItemState, RunState};
use domain::event::EventKind;
use domain::form::schema::common;
use domain::number::Number;
use domain::phase::{Phase, Waiting};
use domain::rma::Route;
use domain::role::Reach;

on_both_databases! {
    async fn what_has_gone_out_of_reach_is_counted_and_not_named(world: World) {
        let near = registered(&world, &[]).await;
        let form = input(&world, world.krakow, &[(common::CUSTOMER_NAME, "Zofia Daleka")]);
        let far = form.id;
        let number = world.desk.register(&world.other_clerk, form).await.expect("registers");
        world.desk.issue_rma(&world.other_clerk, far, Route::Parcel).await.expect("a return");
        let all = || Chosen::Cases(vec![near.0, far]);
        let deed = Deed::Assign(Some(world.admin.id));
        let run = planned(&world, &world.handler, BulkKind::Assign, all(), deed).await;
        let labels = world.desk.begin_bulk(&world.handler, BulkKind::Labels, all()).await.expect("begins");
        assert!(view(&world, &world.handler, run).await.tallies[0].samples.iter().any(|(named, _)| *named == number));
        assert_eq!(view(&world, &world.handler, labels).await.labels, [number]);
        for (reach, named) in [(Reach::Stores(vec![world.oslo]), vec![near.1]), (Reach::Stores(vec![]), vec![])] {
            let now = Viewer { reach, ..world.handler.clone() };
            let seen = view(&world, &now, run).await;
            let samples: Vec<Number> = seen.tallies[0].samples.iter().map(|(number, _)| *number).collect();
            assert_eq!((seen.cases, samples), (2, named.clone()));
            let seen = view(&world, &now, labels).await;
            assert_eq!((seen.labels, seen.goods), (vec![], named));
        }
    }

    async fn a_run_over_the_statistics_list_needs_no_second_connection_while_it_writes(world: World) {
        let cases = cases(&world, 3).await;
        // Of the eight connections that a pool has, one is left.
        let mut held = Vec::new();
        for _ in 0..7 {
            held.push(world.desk.db.read().await.expect("a connection"));
        }
        let all = Chosen::Whole(Box::new(ListQuery { list: ListKind::All, ..ListQuery::default() }));
        let deed = Deed::Assign(Some(world.admin.id));
        let run = tokio::time::timeout(std::time::Duration::from_secs(10), planned(&world, &world.handler, BulkKind::Assign, all, deed));
        let run = run.await.expect("waits for nobody");
        assert_eq!(told(&view(&world, &world.handler, run).await), [(ItemState::Ready, None, 3)]);
        drop(held);
        assert_eq!(cases.len(), 3);
    }

    async fn a_list_longer_than_a_page_is_read_to_its_end_by_two_servers(world: World) {
        for _ in 0..620 {
            registered(&world, &[(common::CUSTOMER_EMAIL, "")]).await;
        }
        let run = world.desk.begin_bulk(&world.handler, BulkKind::Assign, whole()).await.expect("begins");
        world.desk.plan_bulk(&world.handler, run, Some(Deed::Assign(Some(world.admin.id)))).await.expect("is planned");
        assert_eq!(view(&world, &world.handler, run).await.state, RunState::Gathering);
        let again = world.desk.clone();
        tokio::join!(work(&world.desk), work(&again));
        work(&again).await;
        let planned = view(&world, &world.handler, run).await;
        assert_eq!((planned.state, told(&planned)), (RunState::Planned, vec![(ItemState::Ready, None, 620)]));
    }

    async fn a_list_of_a_store_that_went_out_of_reach_comes_to_its_end(world: World) {
        registered(&world, &[]).await;
        let list = ListQuery { list: ListKind::Active, store: Some(world.oslo), ..ListQuery::default() };
        let run = world.desk.begin_bulk(&world.handler, BulkKind::Assign, Chosen::Whole(Box::new(list))).await.expect("begins");
        let now = Viewer { reach: Reach::Stores(vec![world.krakow]), ..world.handler.clone() };
        world.desk.plan_bulk(&now, run, Some(Deed::Assign(None))).await.expect("is planned");
        let planned = view(&world, &world.handler, run).await;
        assert_eq!((planned.state, planned.cases), (RunState::Planned, 0));
    }

    async fn many_wait_for_the_same_workshop_and_it_is_named(world: World) {
        let cases = cases(&world, 2).await;
        let desk = &world.desk;
        let before = look(&world, cases[0].1).await;
        let wait = |whom: &str, email: &str| Deed::Wait { on: Waiting::Repair, whom: whom.into(), email: email.into() };
        let run = desk.begin_bulk(&world.handler, BulkKind::Status, ids(&cases)).await.expect("begins");
        for (whom, email, field, key) in [("  ", "", "whom", "missing"), ("Skomaker Lie", "lie@", "email", "not_an_email")] {
            let error = desk.plan_bulk(&world.handler, run, Some(wait(whom, email))).await;
            assert_eq!(error, Err(AppError::invalid(field, key)));
        }
        let run = done(&world, &world.handler, BulkKind::Status, ids(&cases), wait(" Skomaker  Lie ", "lie@example.no")).await;
        let after = view(&world, &world.handler, run).await;
        assert_eq!(told(&after), [(ItemState::Done, None, 2)]);
        assert!(after.deed_words.ends_with("(Skomaker Lie)"), "{}", after.deed_words);
        for (_, number) in &cases {
            let case = desk.case(&world.handler, *number).await.expect("is there");
            let waiting = case.waiting.expect("waits");
            assert_eq!((case.phase, waiting.whom.as_str(), waiting.email.as_str()), (Phase::WaitingRepair, "Skomaker Lie", "lie@example.no"));
            assert!(case.timeline.iter().any(|event| event.what == EventKind::WaitsFor { whom: "Skomaker Lie".into() }));
        }
        desk.undo_bulk(&world.handler, run).await.expect("goes back");
        work(desk).await;
        assert_eq!(look(&world, cases[0].1).await, before);
        for on in [Waiting::Supplier, Waiting::Expert] {
            let deed = Deed::Wait { on, whom: "Nowak Obuwie".into(), email: String::new() };
            let run = done(&world, &world.handler, BulkKind::Status, ids(&cases), deed).await;
            assert_eq!(told(&view(&world, &world.handler, run).await), [(ItemState::Done, None, 2)]);
            assert_eq!(desk.case(&world.handler, cases[0].1).await.expect("is there").phase, Phase::waiting(on));
        }
    }

    async fn the_form_of_many_asks_whom_they_wait_for(world: World) {
        let cases = cases(&world, 2).await;
        let mut browser = Browser::of(&world, &world.handler).await;
        browser.open("/cases?list=active").await;
        browser.submit("/api/begin_bulk", &format!("query=list%3Dactive&cases[]={}&kind=status", cases[0].0)).await;
        let page = browser.address.clone();
        let run = page.trim_start_matches("/bulk/").to_owned();
        assert!(browser.open(&page).await.body.contains("name=\"whom\""));
        browser.submit("/api/bulk_status", &format!("run={run}&step=waiting_supplier&whom=&email=x%40example.no")).await;
        let wrong = browser.open(&browser.address.clone()).await;
        assert!(wrong.body.contains("Må fylles ut") && wrong.body.contains("value=\"x@example.no\""), "nothing typed is lost");
        browser.open(&page).await;
        browser.submit("/api/bulk_status", &format!("run={run}&step=waiting_supplier&whom=Nowak+Obuwie&email=")).await;
        assert!(browser.open(&page).await.body.contains("Nowak Obuwie"));
        browser.submit("/api/bulk_status", &format!("run={run}&step=waiting_customer&whom=nobody&email=")).await;
        assert!(!browser.open(&page).await.body.contains("(nobody)"), "the customer is known");
    }
}
