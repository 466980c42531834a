//! Returns: every deed by everybody, taking goods in however they come, and what a scan leads to.

use crate::on_both_databases;
use crate::registration::{count, registered};
use crate::support::{World, key};
use app::backend::{
    Cases, Deed, Exact, Origin, PublicForm, ReportInput, Reports, RmaDeed, RmaFilter, RmaQuery, RmaView, Rmas, Scanned,
    Viewer,
};
use app::error::AppError;
use domain::Locale;
use domain::event::EventKind;
use domain::form::Answers;
use domain::form::filing::delivery;
use domain::form::schema::common;
use domain::id::CaseId;
use domain::letter::Template;
use domain::number::Number;
use domain::phase::{Action, Phase, Waiting};
use domain::rma::{Condition, RmaAction, RmaState, Route};
use futures::FutureExt;
use jiff::civil::date;
use server::store::{book, letters, organisation};
use std::net::Ipv4Addr;

pub const DAY_MS: i64 = 24 * 3600 * 1000;
pub const HOME: Origin = Origin { address: std::net::IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)) };

pub const PARCEL: &[(&str, &str)] = &[
    (delivery::ROUTE, "parcel"),
    (delivery::STREET, "Fjellveien 8"),
    (delivery::POSTCODE, "5003"),
    (delivery::CITY, "Bergen"),
];
pub const COURIER: &[(&str, &str)] = &[
    (delivery::ROUTE, "pick_up"),
    (delivery::STREET, "Fjellveien 8"),
    (delivery::POSTCODE, "5003"),
    (delivery::CITY, "Bergen"),
    (delivery::DATE, "22.10.2026"),
    (delivery::WINDOW, "08-12"),
];

/// Opens the public form with every route.
pub async fn open_form(world: &World) {
    let public = PublicForm {
        open: true,
        types: vec![key("shoes")],
        routes: Route::ALL.to_vec(),
        store: Some(world.oslo),
        ..PublicForm::default()
    };
    let saved = world.desk.db.write(move |tx| {
        async move {
            organisation::save_public_form(tx, &public).await?;
            book::touch(tx).await
        }
        .boxed()
    });
    saved.await.expect("is saved");
    world.desk.shelf.refresh(&world.desk.db).await.expect("is read");
}

/// Files those articles from home and sends the report; answers its number.
pub async fn sent(world: &World, route: &[(&str, &str)], articles: &[&str]) -> Number {
    let desk = &world.desk;
    let token = desk.new_report(Locale::Nb, &key("shoes")).await.expect("a form").token;
    for (at, article) in articles.iter().enumerate() {
        let mut answers = Answers::default();
        let contact = [
            (common::CUSTOMER_NAME, "Ola Nordmann"),
            (common::CUSTOMER_EMAIL, "ola@example.no"),
            (common::CUSTOMER_PHONE, "912 34 567"),
        ];
        let shared = contact.iter().chain(route).filter(|_| at == 0);
        for (key, value) in
            [(common::ARTICLE_NAME, *article), (common::DESCRIPTION, "Sålen løsner")].iter().chain(shared)
        {
            answers.set(key, *value);
        }
        let input = ReportInput {
            token: token.clone(),
            case: desk.random.id(),
            type_key: key("shoes"),
            form_version: 1,
            answers,
            website: String::new(),
        };
        desk.save_report(HOME, Locale::Nb, input).await.expect("is kept");
    }
    world.clock.advance_ms(60_000);
    desk.send_report(Locale::Nb, &token).await.expect("is sent")
}

/// The same, confirmed.
pub async fn filed(world: &World, route: &[(&str, &str)], articles: &[&str]) -> Number {
    let number = sent(world, route, articles).await;
    world.desk.confirm_at_till(&world.clerk, number).await.expect("is confirmed")
}

pub async fn rma(world: &World, number: Number) -> RmaView {
    world.desk.rma(&world.handler, number).await.expect("is there").rma
}

pub async fn act(world: &World, who: &Viewer, number: Number, deed: RmaDeed) -> Result<(), AppError> {
    let rma = rma(world, number).await;
    world.desk.act_on_rma(who, rma.id, rma.version, deed).await
}

pub fn receive(condition: Condition) -> RmaDeed {
    RmaDeed::Receive { condition, place: "Hylle 4".to_owned(), note: "Esken var våt".to_owned() }
}

pub fn by_hand(waybill: &str, tell: bool) -> RmaDeed {
    RmaDeed::SetWaybill { waybill: waybill.to_owned(), code: String::new(), tell }
}

/// Recipient and documents of each letter of that template.
pub async fn letters_of(world: &World, case: CaseId, template: Template) -> Vec<String> {
    let mut connection = world.desk.db.read().await.expect("a connection");
    let rows = letters::of_case(&mut connection, case).await.expect("readable");
    rows.into_iter().filter(|row| row.template == template).map(|row| row.to.address).collect()
}

pub async fn happened(world: &World, number: Number) -> Vec<EventKind> {
    let view = world.desk.case(&world.handler, number).await.expect("is there");
    view.timeline.into_iter().map(|event| event.what).collect()
}

on_both_databases! {
    async fn a_parcel_is_received_and_its_case_goes_on(world: World) {
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Turstøvel"]).await;
        let case = world.desk.case(&world.clerk, number).await.expect("is there");
        let card = case.rma.expect("its return");
        assert_eq!((card.number, card.state, card.route, card.from.as_str()), (number, RmaState::Issued, Route::Parcel, "Fjellveien 8\n5003 Bergen"));
        assert!(!case.may_issue_rma);
        world.desk.act(&world.handler, case.id, None, Deed::Wait { on: Waiting::Goods, whom: String::new(), email: String::new() }).await.expect("waits");
        let mut changes = world.desk.live.listen();
        act(&world, &world.clerk, number, receive(Condition::TransportDamage)).await.expect("is received");
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!(view.phase, Phase::InReview);
        assert_eq!(changes.try_recv().map(|c| (c.case, c.version)), Ok((view.id, view.version)));
        let received = view.rma.as_ref().and_then(|rma| rma.received.clone()).expect("noted");
        assert_eq!(
            (received.by.as_str(), received.condition, received.place.as_str(), received.note.as_str()),
            ("Kari Kasse", Condition::TransportDamage, "Hylle 4", "Esken var våt")
        );
        let events = happened(&world, number).await;
        assert!(events.contains(&EventKind::RmaSet { action: RmaAction::Receive, note: "Hylle 4 · Esken var våt".into() }));
        assert!(events.contains(&EventKind::PhaseSet { from: Phase::WaitingGoods, to: Phase::InReview }));
        assert_eq!(letters_of(&world, case.id, Template::GoodsReceived).await, ["ola@example.no"]);
        assert_eq!(act(&world, &world.clerk, number, receive(Condition::Different)).await, Err(AppError::Conflict));
        let page = world.desk.rma(&world.clerk, number).await.expect("is there");
        assert_eq!(page.cases.iter().map(|row| row.number).collect::<Vec<_>>(), [number]);
        assert!(matches!(page.history.first().map(|event| &event.what), Some(EventKind::RmaIssued { .. })));
    }

    async fn one_parcel_of_three_cases_changes_them_all(world: World) {
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Støvel", "Sandal", "Sko"]).await;
        let page = world.desk.rma(&world.handler, number).await.expect("is there");
        assert_eq!(page.cases.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Støvel", "Sandal", "Sko"]);
        assert!(page.cases.iter().all(|row| row.number != number), "a collective return has a number of its own");
        let second = page.cases[1].clone();
        world.desk.act(&world.handler, second.id, None, Deed::Wait { on: Waiting::Goods, whom: String::new(), email: String::new() }).await.expect("waits");
        act(&world, &world.clerk, number, receive(Condition::AsDescribed)).await.expect("is received");
        let mut phases = Vec::new();
        for row in &page.cases {
            let events = happened(&world, row.number).await;
            assert_eq!(events.iter().filter(|what| matches!(what, EventKind::RmaSet { action: RmaAction::Receive, .. })).count(), 1);
            phases.push(world.desk.case(&world.clerk, row.number).await.expect("is there").phase);
        }
        assert_eq!(phases, [Phase::New, Phase::InReview, Phase::New], "only what waited for the goods goes on");
        assert_eq!(count(&world, "select count(*) from letters where template = 'goods_received'").await, 1, "one customer, one letter");
        assert_eq!(world.desk.rma(&world.clerk, second.number).await.expect("by its case").rma.number, number);
        assert_eq!(world.desk.scan(&world.clerk, &number.to_string()).await, Ok(Scanned::Parcel(number)));
    }

    async fn every_deed_is_for_those_who_may(world: World) {
        open_form(&world).await;
        let deeds = [
            (RmaDeed::Extend(date(2026, 12, 24)), true),
            (RmaDeed::OrderPickUp { date: date(2026, 11, 2), from: 8, to: 12 }, false),
            (by_hand("370000000000000001", false), true),
            (RmaDeed::Dispatch, true),
            (receive(Condition::AsDescribed), true),
            (RmaDeed::Cancel, false),
        ];
        for (deed, clerk) in deeds {
            let number = filed(&world, PARCEL, &["Turstøvel"]).await;
            assert_eq!(act(&world, &world.other_clerk, number, deed.clone()).await, Err(AppError::NotFound), "{deed:?}");
            let tried = act(&world, &world.clerk, number, deed.clone()).await;
            assert_eq!(tried, if clerk { Ok(()) } else { Err(AppError::Forbidden) }, "{deed:?}");
            if !clerk {
                act(&world, &world.handler, number, deed).await.expect("a handler may");
            }
        }
        let number = filed(&world, PARCEL, &["Turstøvel"]).await;
        assert_eq!(act(&world, &world.handler, number, RmaDeed::Retry).await, Ok(()), "its shipment is still wanted");
        assert_eq!(act(&world, &world.clerk, number, RmaDeed::Retry).await, Err(AppError::Forbidden));
        act(&world, &world.clerk, number, receive(Condition::Incomplete)).await.expect("is received");
        let inspect = || RmaDeed::Inspect { note: "Sålen er limt før".to_owned() };
        assert_eq!(act(&world, &world.clerk, number, inspect()).await, Err(AppError::Forbidden));
        act(&world, &world.handler, number, inspect()).await.expect("is inspected");
        let after = rma(&world, number).await;
        assert_eq!(after.inspected.map(|inspected| (inspected.by, inspected.note)), Some(("Hans Handler".into(), "Sålen er limt før".into())));
        for deed in [RmaDeed::Cancel, RmaDeed::Dispatch, RmaDeed::Retry, RmaDeed::CancelPickUp, by_hand("1", true), inspect()] {
            assert_eq!(act(&world, &world.admin, number, deed.clone()).await, Err(AppError::Conflict), "{deed:?}");
        }
        let stale = rma(&world, number).await;
        assert_eq!(world.desk.act_on_rma(&world.admin, stale.id, stale.version - 1, RmaDeed::Retry).await, Err(AppError::Conflict));
    }

    async fn what_is_typed_wrong_is_told_by_its_input(world: World) {
        open_form(&world).await;
        let number = filed(&world, &[(delivery::ROUTE, "store"), (delivery::STORE, &world.oslo.to_string())], &["Turstøvel"]).await;
        assert_eq!(rma(&world, number).await.route, Route::Store);
        for (deed, field, key) in [
            (RmaDeed::Extend(date(2026, 10, 18)), "valid_until", "out_of_range"),
            (RmaDeed::Extend(date(2027, 10, 21)), "valid_until", "out_of_range"),
            (RmaDeed::OrderPickUp { date: date(2026, 10, 18), from: 8, to: 12 }, "date", "out_of_range"),
            (RmaDeed::OrderPickUp { date: date(2026, 11, 2), from: 12, to: 8 }, "window", "out_of_range"),
            (RmaDeed::OrderPickUp { date: date(2026, 11, 2), from: 8, to: 12 }, "", "no_address"),
            (by_hand(&"x".repeat(61), true), "waybill", "text_too_long"),
            (RmaDeed::Receive { condition: Condition::Different, place: "x".repeat(201), note: String::new() }, "place", "text_too_long"),
            (RmaDeed::Receive { condition: Condition::Different, place: String::new(), note: "x".repeat(2001) }, "note", "text_too_long"),
        ] {
            assert_eq!(act(&world, &world.handler, number, deed.clone()).await, Err(AppError::invalid(field, key)), "{deed:?}");
        }
        act(&world, &world.clerk, number, RmaDeed::Extend(date(2026, 12, 24))).await.expect("is extended");
        let after = rma(&world, number).await;
        assert_eq!((after.valid_until, after.state), (date(2026, 12, 24), RmaState::Issued));
        let history = world.desk.rma(&world.clerk, number).await.expect("is there").history;
        assert_eq!(history.last().map(|event| event.detail.as_str()), Some("24.12.2026"));
    }

    async fn staff_issue_a_number_once(world: World) {
        let (case, number) = registered(&world, &[]).await;
        assert!(world.desk.case(&world.clerk, number).await.expect("is there").may_issue_rma);
        assert_eq!(world.desk.rma(&world.clerk, number).await, Err(AppError::NotFound));
        assert_eq!(world.desk.issue_rma(&world.other_clerk, case, Route::Store).await, Err(AppError::NotFound));
        assert_eq!(world.desk.issue_rma(&world.clerk, case, Route::PickUp).await, Err(AppError::invalid("route", "unknown_choice")));
        let tries = (0..4).map(|_| {
            let (desk, who) = (world.desk.clone(), world.clerk.clone());
            tokio::spawn(async move { desk.issue_rma(&who, case, Route::Store).await })
        });
        let answers: Vec<_> = futures::future::join_all(tries).await.into_iter().map(|answer| answer.expect("runs")).collect();
        assert_eq!(answers.iter().filter(|answer| **answer == Ok(number)).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|answer| matches!(answer, Ok(_) | Err(AppError::Conflict))), "{answers:?}");
        assert_eq!(count(&world, "select count(*) from rmas").await, 1);
        assert_eq!(happened(&world, number).await.iter().filter(|what| matches!(what, EventKind::RmaIssued { .. })).count(), 1);
        let (closed, _) = registered(&world, &[]).await;
        world.desk.act(&world.clerk, closed, None, Deed::Move(Action::Withdraw)).await.expect("is withdrawn");
        assert_eq!(world.desk.issue_rma(&world.clerk, closed, Route::Store).await, Err(AppError::Conflict));
    }

    async fn a_parcel_without_a_number_finds_its_case(world: World) {
        let (case, number) = registered(&world, &[]).await;
        let taken = |who: &Viewer| {
            let (desk, who) = (world.desk.clone(), who.clone());
            async move { desk.match_parcel(&who, case, Condition::Different, "Hylle 2".into(), "Uten nummer".into()).await }
        };
        assert_eq!(taken(&world.other_clerk).await, Err(AppError::NotFound));
        assert_eq!(taken(&world.clerk).await, Ok(number));
        let after = rma(&world, number).await;
        assert_eq!((after.state, after.received.map(|received| received.condition)), (RmaState::Received, Some(Condition::Different)));
        assert_eq!(taken(&world.clerk).await, Err(AppError::Conflict), "the goods are here already");
        let events = happened(&world, number).await;
        assert!(events.contains(&EventKind::RmaIssued { number }));
        assert_eq!(letters_of(&world, case, Template::GoodsReceived).await.len(), 1);
        // With a number that its parcel did not bear.
        open_form(&world).await;
        let other = filed(&world, PARCEL, &["Sandal"]).await;
        let id = world.desk.case(&world.clerk, other).await.expect("is there").id;
        let matched = world.desk.match_parcel(&world.clerk, id, Condition::AsDescribed, String::new(), String::new()).await;
        assert_eq!(matched, Ok(other));
        assert_eq!(rma(&world, other).await.state, RmaState::Received);
    }

    async fn what_came_by_hand_is_found_and_told(world: World) {
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Turstøvel"]).await;
        let id = world.desk.case(&world.clerk, number).await.expect("is there").id;
        act(&world, &world.clerk, number, by_hand(" 370000000000000001 ", true)).await.expect("is noted");
        let after = rma(&world, number).await;
        assert_eq!((after.waybill.as_str(), after.asking), ("370000000000000001", false), "nothing is asked of anybody any more");
        assert_eq!(letters_of(&world, id, Template::Parcel).await, ["ola@example.no"]);
        for text in ["370000000000000001", "]C1370000000000000001"] {
            assert_eq!(world.desk.scan(&world.clerk, text).await, Ok(Scanned::Parcel(number)), "{text}");
        }
        let found = world.desk.search(&world.clerk, "37000000000000", 5).await.expect("searches");
        assert_eq!(found.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [number], "its case's words hold the waybill");
        let found = world.desk.search(&world.clerk, "370000000000000001", 5).await.expect("searches");
        assert_eq!(found.exact, Some(Exact::Rma(number)));
        assert_eq!(world.desk.scan(&world.other_clerk, "370000000000000001").await, Ok(Scanned::Nothing));
    }

    async fn every_notation_leads_to_its_page(world: World) {
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Turstøvel"]).await;
        let notations = [
            number.to_string(),
            number.digits(),
            number.to_string().replace('-', "+"),
            format!("http://redress.test/r/{number}"),
            format!("https://elsewhere.example/r/{}", number.digits()),
            format!("httpØ--redress.test-r-{}", number.to_string().replace('-', "+")),
        ];
        for text in &notations {
            assert_eq!(world.desk.scan(&world.clerk, text).await, Ok(Scanned::Parcel(number)), "{text}");
            assert_eq!(world.desk.scan(&world.other_clerk, text).await, Ok(Scanned::Nothing), "{text}");
        }
        let search = |text: String| {
            let (desk, who) = (world.desk.clone(), world.clerk.clone());
            async move { desk.search(&who, &text, 5).await.expect("searches").exact }
        };
        assert_eq!(search(number.to_string()).await, Some(Exact::Case(number)), "a typed number opens the case");
        assert_eq!(search(notations[3].clone()).await, Some(Exact::Rma(number)), "a scanned label the return");
        act(&world, &world.clerk, number, receive(Condition::AsDescribed)).await.expect("is received");
        for text in &notations {
            assert_eq!(world.desk.scan(&world.clerk, text).await, Ok(Scanned::Case(number)), "{text}");
        }
        assert_eq!(search(notations[3].clone()).await, Some(Exact::Case(number)));
        let (_, till) = registered(&world, &[(common::SERIAL, "SN-00042/7")]).await;
        assert_eq!(world.desk.scan(&world.clerk, &till.to_string()).await, Ok(Scanned::Case(till)));
        for text in ["SN-00042/7", "sn000427"] {
            assert_eq!(world.desk.scan(&world.clerk, text).await, Ok(Scanned::Case(till)), "{text}");
        }
        let (_, twin) = registered(&world, &[(common::SERIAL, "SN-00042/7")]).await;
        let Ok(Scanned::Several(both)) = world.desk.scan(&world.clerk, "SN-00042/7").await else { panic!("two bear it") };
        assert_eq!(both.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [twin, till]);
        for text in ["SN-00042", "Turstøvel", "26-000099-9", "", "ø", "%", "\u{0}"] {
            assert_eq!(world.desk.scan(&world.clerk, text).await, Ok(Scanned::Nothing), "{text:?}");
        }
    }

    async fn an_unconfirmed_report_is_told_by_its_exact_number_alone(world: World) {
        open_form(&world).await;
        let number = sent(&world, PARCEL, &["Turstøvel"]).await;
        let title = "Turstøvel".to_owned();
        assert_eq!(world.desk.scan(&world.clerk, &number.digits()).await, Ok(Scanned::Unconfirmed { number, title: title.clone() }));
        assert_eq!(world.desk.scan(&world.other_clerk, &number.digits()).await, Ok(Scanned::Nothing), "another store's");
        let found = world.desk.search(&world.clerk, &number.to_string(), 5).await.expect("searches");
        assert_eq!((found.unconfirmed, found.exact, found.rows.len()), (Some((number, title)), None, 0));
        let found = world.desk.search(&world.clerk, "Turstøvel", 5).await.expect("searches");
        assert_eq!((found.unconfirmed, found.rows.len()), (None, 0));
        world.desk.confirm_at_till(&world.clerk, number).await.expect("is confirmed");
        assert_eq!(world.desk.scan(&world.clerk, &number.digits()).await, Ok(Scanned::Parcel(number)));
        let found = world.desk.search(&world.clerk, &number.to_string(), 5).await.expect("searches");
        assert_eq!((found.unconfirmed, found.exact), (None, Some(Exact::Case(number))));
        assert!(found.rows.iter().all(|row| row.channel == domain::case::Channel::Web));
    }

    async fn lists_hold_what_their_reader_serves_a_page_at_a_time(world: World) {
        open_form(&world).await;
        let mut numbers = Vec::new();
        for _ in 0..31 {
            let (case, _) = registered(&world, &[]).await;
            world.clock.advance_ms(1000);
            numbers.push(world.desk.issue_rma(&world.clerk, case, Route::Store).await.expect("is issued"));
        }
        numbers.reverse();
        let list = |who: &Viewer, query: RmaQuery| {
            let (desk, who) = (world.desk.clone(), who.clone());
            async move { desk.rmas(&who, &query).await }
        };
        let first = list(&world.clerk, RmaQuery::default()).await.expect("a list");
        let rest = list(&world.clerk, RmaQuery { after: first.next.clone(), ..RmaQuery::default() }).await.expect("a list");
        let shown: Vec<_> = first.rows.iter().chain(&rest.rows).map(|row| row.number).collect();
        assert_eq!((shown, first.rows.len(), rest.next), (numbers.clone(), 30, None));
        assert_eq!(first.rows[0].cases.len(), 1);
        assert!(list(&world.other_clerk, RmaQuery::default()).await.expect("a list").rows.is_empty());
        let elsewhere = RmaQuery { store: Some(world.oslo), ..RmaQuery::default() };
        assert_eq!(list(&world.other_clerk, elsewhere.clone()).await, Err(AppError::NotFound));
        assert_eq!(list(&world.handler, elsewhere).await.expect("a list").rows.len(), 30);
        for after in ["x", "1", "1.x", ".", "9999999999999999999.x"] {
            let query = RmaQuery { after: Some(after.to_owned()), ..RmaQuery::default() };
            assert_eq!(list(&world.clerk, query).await, Err(AppError::invalid("after", "malformed")), "{after}");
        }
        act(&world, &world.clerk, numbers[0], receive(Condition::AsDescribed)).await.expect("is received");
        act(&world, &world.handler, numbers[1], RmaDeed::Cancel).await.expect("is cancelled");
        for (filter, expected) in [(RmaFilter::Received, numbers[0]), (RmaFilter::Cancelled, numbers[1])] {
            let rows = list(&world.clerk, RmaQuery { filter, ..RmaQuery::default() }).await.expect("a list").rows;
            assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [expected]);
        }
        act(&world, &world.clerk, numbers[1], receive(Condition::AsDescribed)).await.expect("what was called off came after all");
    }
}
