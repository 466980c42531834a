//! What carriers are asked: by hand and through the real drivers, which talk to servers that speak as the carriers' do.

use crate::bring_api::{self, BringApi};
use crate::fake::{Mood, Server};
use crate::on_both_databases;
use crate::registration::count;
use crate::reports::newest;
use crate::rmas::{COURIER, HOME, PARCEL, act, filed, letters_of, open_form, rma};
use crate::shipx::{ORGANISATION, ShipX, TOKEN};
use crate::support::World;
use app::backend::{CarrierKind, Cases, RmaDeed, Rmas, Status};
use app::error::AppError;
use axum::http::Method;
use carriers::settings::{BringSettings, InPostSettings, ManualSettings};
use carriers::webhook::WebhookSettings;
use carriers::{Limits, Secret};
use domain::event::EventKind;
use domain::id::CaseId;
use domain::letter::Template;
use domain::number::Number;
use domain::rma::{Condition, RmaAction, RmaState};
use futures::FutureExt;
use jiff::civil::date;
use serde_json::json;
use server::desk::Desk;
use server::desk::carriage::Carriage;
use server::jobs::carrier::{LEASE_MS, ask_due};
use server::store::carrier;
use server::store::errands::{self, Errand, Wanted};
use server::store::rmas as rows;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

pub const MINUTE_MS: i64 = 60_000;
pub const HOUR_MS: i64 = 60 * MINUTE_MS;

pub async fn set_up(world: &mut World, carriage: Carriage) {
    let limits = Limits { total: Duration::from_millis(700), ..Limits::default() };
    world.desk.http = carriers::Http::open(limits).expect("a client");
    let settings = serde_json::to_string(&carriage).expect("JSON");
    let saved =
        world.desk.db.write(move |tx| async move { carrier::save(tx, carriage.kind.key(), &settings).await }.boxed());
    saved.await.expect("is saved");
    // The store's address, as carriers want it.
    let moved = world.desk.db.write(|tx| {
        async move {
            sqlx::query("update stores set address = 'Storgata 1, 0155 Oslo', phone = '+4722334455'")
                .execute(&mut *tx)
                .await?;
            server::store::book::touch(tx).await
        }
        .boxed()
    });
    moved.await.expect("is written");
    world.desk.shelf.refresh(&world.desk.db).await.expect("is read");
}

pub async fn inpost(world: &mut World) -> (Arc<ShipX>, Server) {
    let api = Arc::new(ShipX::default());
    let server = Server::start(api.clone()).await;
    let inpost = InPostSettings {
        base_url: server.url.clone(),
        organisation: ORGANISATION.to_owned(),
        token: Secret::new(TOKEN),
        ..InPostSettings::default()
    };
    set_up(world, Carriage { kind: CarrierKind::InPost, inpost, ..Carriage::default() }).await;
    (api, server)
}

pub async fn round(desk: &Desk) {
    let (_go, stop) = watch::channel(false);
    ask_due(desk, &stop).await.expect("the round ends well");
}

pub async fn case_of(world: &World, number: Number) -> CaseId {
    world.desk.rma(&world.handler, number).await.expect("is there").cases[0].id
}

pub async fn row(world: &World, number: Number) -> rows::Rma {
    let mut connection = world.desk.db.read().await.expect("a connection");
    rows::by_number(&mut connection, number).await.expect("readable").expect("is there")
}

pub async fn errand(world: &World, number: Number) -> Errand {
    row(world, number).await.errand
}

/// Ola's browser, which has proved that the case is his.
pub async fn opened(world: &World, number: Number) -> String {
    let proved = world.desk.find_status(HOME, None, &number.to_string(), "ola@example.no").await.expect("it is his");
    let pair = proved.cookie.0.split(';').next().expect("a pair");
    pair.strip_prefix("redress_customer=").expect("the customer's").to_owned()
}

pub async fn bring(world: &mut World) -> (Arc<BringApi>, Server) {
    let api = Arc::new(BringApi::default());
    let server = Server::start(api.clone()).await;
    *api.labels.lock().expect("not poisoned") = format!("{}/labels/17.pdf", server.url);
    let bring = BringSettings {
        base_url: server.url.clone(),
        uid: bring_api::UID.to_owned(),
        key: Secret::new(bring_api::KEY),
        customer_number: bring_api::CUSTOMER.to_owned(),
        company: "Sko AS".to_owned(),
        client_url: "https://returns.sko.example".to_owned(),
        ..BringSettings::default()
    };
    set_up(world, Carriage { kind: CarrierKind::Bring, bring, ..Carriage::default() }).await;
    (api, server)
}

pub async fn with_webhook(world: &mut World) -> Server {
    let server = Server::start(Arc::new(ShipX::default())).await;
    let webhook =
        WebhookSettings { url: format!("{}/hook", server.url), secret: Secret::new("a secret of some length") };
    set_up(world, Carriage { webhook, ..Carriage::default() }).await;
    server
}

/// Event and delivery of each message that a webhook got.
pub fn told(server: &Server) -> Vec<(String, String)> {
    let of = |seen: &crate::fake::Seen, name: &str| seen.header(name).expect("a header").to_owned();
    server.seen().iter().map(|seen| (of(seen, "redress-event"), of(seen, "redress-delivery"))).collect()
}

pub const THE_22ND: RmaDeed = RmaDeed::OrderPickUp { date: date(2026, 10, 22), from: 8, to: 12 };
pub const THE_23RD: RmaDeed = RmaDeed::OrderPickUp { date: date(2026, 10, 23), from: 8, to: 12 };

pub fn receive() -> RmaDeed {
    RmaDeed::Receive { condition: Condition::AsDescribed, place: String::new(), note: String::new() }
}

pub fn typed(waybill: &str) -> RmaDeed {
    RmaDeed::SetWaybill { waybill: waybill.to_owned(), code: String::new(), tell: false }
}

pub async fn failures(world: &World, number: Number) -> Vec<String> {
    let view = world.desk.rma(&world.handler, number).await.expect("is there");
    let failed = view.history.into_iter().filter_map(|event| match event.what {
        EventKind::CarrierFailed { note } => Some(note),
        _ => None,
    });
    failed.collect()
}

on_both_databases! {
    async fn by_hand_the_customer_gets_the_label_and_the_carrier_a_letter(world: World) {
        let mut world = world;
        set_up(&mut world, Carriage::default()).await;
        open_form(&world).await;
        let parcel = filed(&world, PARCEL, &["Støvel", "Sandal"]).await;
        let courier = filed(&world, COURIER, &["Sko"]).await;
        round(&world.desk).await;
        let first = case_of(&world, parcel).await;
        assert_eq!(letters_of(&world, first, Template::Parcel).await, ["ola@example.no"], "one customer, one letter");
        let documents: String = sqlx::query_scalar("select documents from letters where template = 'parcel' and case_id = $1")
            .bind(first.to_string())
            .fetch_one(&mut *world.desk.db.read().await.expect("a connection"))
            .await
            .expect("the letter");
        assert_eq!(documents, "label packing-slip");
        assert_eq!((rma(&world, parcel).await.state, errand(&world, parcel).await), (RmaState::Issued, Errand::default()));
        let case = case_of(&world, courier).await;
        let ordered = rma(&world, courier).await;
        assert_eq!((ordered.state, ordered.fault.as_str()), (RmaState::PickUpOrdered, ""));
        assert_eq!(letters_of(&world, case, Template::Parcel).await, ["ola@example.no"]);
        assert_eq!(letters_of(&world, case, Template::PickUp).await, ["oslo@example.com"], "the store's, since the carrier has no address");
        round(&world.desk).await;
        assert_eq!(count(&world, "select count(*) from letters where template in ('parcel', 'pick_up')").await, 3, "nothing twice");
        act(&world, &world.handler, courier, RmaDeed::CancelPickUp).await.expect("is cancelled");
        round(&world.desk).await;
        let after = rma(&world, courier).await;
        assert_eq!((after.state, after.window.as_str()), (RmaState::LabelPrinted, ""));
        assert_eq!(letters_of(&world, case, Template::PickUpCancelled).await, ["oslo@example.com"]);
    }

    async fn a_webhook_is_told_and_tried_again(world: World) {
        let mut world = world;
        let api = Arc::new(ShipX::default());
        let server = Server::start(api).await;
        let webhook = WebhookSettings { url: format!("{}/hook", server.url), secret: Secret::new("a secret of some length") };
        let manual = ManualSettings { tracking_template: "https://track.example/{waybill}".to_owned() };
        set_up(&mut world, Carriage { manual, webhook, ..Carriage::default() }).await;
        open_form(&world).await;
        let number = filed(&world, COURIER, &["Sko"]).await;
        server.next(Method::POST, "/hook", Mood::Status(500, "no"));
        server.next(Method::POST, "/hook", Mood::Status(204, ""));
        round(&world.desk).await;
        assert_eq!(rma(&world, number).await.state, RmaState::PickUpOrdered, "the letter does not wait for the webhook");
        assert_eq!(failures(&world, number).await.len(), 1);
        world.clock.advance_ms(2 * MINUTE_MS);
        round(&world.desk).await;
        let seen = server.seen();
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].header("redress-delivery"), seen[1].header("redress-delivery"));
        assert_eq!(seen[1].json()["event"], json!("pickup_requested"));
        assert_eq!(seen[1].json()["pickup"]["date"], json!("2026-10-22"));
        let after = rma(&world, number).await;
        assert_eq!((after.fault.as_str(), after.asking), ("", false));
        act(&world, &world.clerk, number, RmaDeed::SetWaybill { waybill: "12 3".into(), code: String::new(), tell: false }).await.expect("is noted");
        assert_eq!(rma(&world, number).await.tracking_url, "https://track.example/123");
    }

    async fn inpost_confirms_labels_fetches_and_follows(world: World) {
        let mut world = world;
        let (api, server) = inpost(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, COURIER, &["Sko"]).await;
        let case = case_of(&world, number).await;
        round(&world.desk).await;
        assert_eq!(errand(&world, number).await.wanted, Some(Wanted::Shipment), "the offer is not bought yet");
        assert_eq!((failures(&world, number).await.len(), letters_of(&world, case, Template::Parcel).await.len()), (0, 0));
        api.confirm();
        world.clock.advance_ms(30_000);
        round(&world.desk).await;
        let confirmed = rma(&world, number).await;
        assert_eq!((confirmed.waybill.as_str(), confirmed.has_carrier_label, confirmed.carrier.as_str()), ("620999726071000000000011", true, "InPost"));
        assert!(confirmed.tracking_url.contains(&confirmed.waybill));
        assert_eq!(letters_of(&world, case, Template::Parcel).await.len(), 1);
        let found = world.desk.search(&world.clerk, &confirmed.waybill, 5).await.expect("searches");
        assert_eq!(found.rows.len(), 1, "its case is found by the waybill");
        assert_eq!((confirmed.state, server.count(Method::POST, "/dispatch_orders")), (RmaState::Issued, 0), "the courier comes on the next round: ordered on the day itself");
        world.clock.set("2026-10-22T04:00:00Z".parse().expect("a moment"));
        round(&world.desk).await;
        assert_eq!((rma(&world, number).await.state, server.count(Method::POST, "/dispatch_orders")), (RmaState::PickUpOrdered, 1));
        api.on_its_way("adopted_at_source_branch");
        world.clock.advance_ms(3 * HOUR_MS);
        round(&world.desk).await;
        assert_eq!(rma(&world, number).await.state, RmaState::OnItsWay);
        api.on_its_way("delivered");
        world.clock.advance_ms(3 * HOUR_MS);
        round(&world.desk).await;
        assert_eq!(errand(&world, number).await, Errand::default(), "the rest is the store's");
        assert_eq!((server.count(Method::POST, "/shipments"), letters_of(&world, case, Template::Parcel).await.len()), (1, 1));
    }

    async fn a_carrier_that_is_away_blocks_nothing_and_is_asked_again(world: World) {
        let mut world = world;
        let (api, server) = inpost(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Sko"]).await;
        for mood in [Mood::Status(503, "down"), Mood::Status(503, "down"), Mood::Hang, Mood::Garbage] {
            server.next(Method::GET, "/shipments", mood);
        }
        let mut pauses = Vec::new();
        for _ in 0..4 {
            round(&world.desk).await;
            let next = errand(&world, number).await.next_attempt_at.expect("is tried again");
            pauses.push(next - world.desk.clock.now_ms());
            let shown = rma(&world, number).await;
            assert!(!shown.fault.is_empty() && shown.retry.is_some() && shown.asking);
            world.clock.advance_ms(next - world.desk.clock.now_ms());
        }
        assert_eq!(pauses, [MINUTE_MS, 2 * MINUTE_MS, 4 * MINUTE_MS, 8 * MINUTE_MS]);
        assert_eq!(failures(&world, number).await.len(), 3, "the same twice is told once");
        assert_eq!(server.count(Method::POST, "/shipments"), 0);
        round(&world.desk).await;
        api.confirm();
        world.clock.advance_ms(30 * MINUTE_MS);
        round(&world.desk).await;
        let after = rma(&world, number).await;
        assert_eq!((after.fault.as_str(), after.has_carrier_label), ("", true));
    }

    async fn what_a_carrier_refuses_waits_for_a_person(world: World) {
        let mut world = world;
        let (api, server) = inpost(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Sko"]).await;
        server.next(Method::POST, "/shipments", Mood::Status(400, r#"{"status":400,"error":"validation_failed","message":"There are some validation errors.","details":{"sender":[{"address":[{"post_code":["invalid_format"]}]}]}}"#));
        round(&world.desk).await;
        let refused = rma(&world, number).await;
        assert!(refused.retry.is_none() && !refused.asking && refused.may_retry, "{refused:?}");
        world.clock.advance_ms(48 * HOUR_MS);
        round(&world.desk).await;
        assert_eq!(server.count(Method::POST, "/shipments"), 1, "nobody asks again by itself");
        act(&world, &world.handler, number, RmaDeed::Retry).await.expect("is asked again");
        round(&world.desk).await;
        api.confirm();
        world.clock.advance_ms(MINUTE_MS);
        round(&world.desk).await;
        assert!(rma(&world, number).await.has_carrier_label);
        // Or somebody does it by hand.
        let other = filed(&world, PARCEL, &["Sandal"]).await;
        server.next(Method::POST, "/shipments", Mood::Status(401, "{}"));
        round(&world.desk).await;
        assert!(errand(&world, other).await.fault.starts_with("unauthorised"));
        act(&world, &world.clerk, other, RmaDeed::SetWaybill { waybill: "99".into(), code: "4711".into(), tell: true }).await.expect("by hand");
        let done = rma(&world, other).await;
        assert_eq!((done.fault.as_str(), done.code.as_str(), done.asking), ("", "4711", false));
        assert_eq!(letters_of(&world, case_of(&world, other).await, Template::Parcel).await.len(), 1);
    }

    async fn a_crash_between_the_shipment_and_its_note_makes_no_second_one(world: World) {
        let mut world = world;
        let (api, server) = inpost(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Sko"]).await;
        // The shipment is made, and its answer never arrives.
        server.next(Method::POST, "/shipments", Mood::Lost);
        round(&world.desk).await;
        assert_eq!(api.shipments.lock().expect("not poisoned").len(), 1);
        api.confirm();
        world.clock.advance_ms(HOUR_MS);
        round(&world.desk).await;
        world.clock.advance_ms(MINUTE_MS);
        round(&world.desk).await;
        let shipments = api.shipments.lock().expect("not poisoned").len();
        assert_eq!((shipments, rma(&world, number).await.has_carrier_label), (1, true));
        assert_eq!(letters_of(&world, case_of(&world, number).await, Template::Parcel).await.len(), 1);
    }

    async fn a_server_that_dies_leaves_its_errand_to_the_next(world: World) {
        let mut world = world;
        set_up(&mut world, Carriage::default()).await;
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Sko"]).await;
        let (now, dialect) = (world.desk.clock.now_ms(), world.desk.db.dialect);
        let claimed = world.desk.db.write(move |tx| errands::claim(tx, dialect, now, now + LEASE_MS).boxed()).await.expect("claims");
        assert_eq!(claimed.map(|rma| rma.number), Some(number));
        round(&world.desk).await;
        assert_eq!(count(&world, "select count(*) from letters where template = 'parcel'").await, 0, "another server has it");
        world.clock.advance_ms(LEASE_MS);
        let (one, other) = (world.desk.clone(), world.desk.clone());
        tokio::join!(round(&one), round(&other));
        assert_eq!(count(&world, "select count(*) from letters where template = 'parcel'").await, 1);
    }

    async fn bring_is_never_asked_twice_for_what_may_have_happened(world: World) {
        let mut world = world;
        let (_, server) = bring(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Sko"]).await;
        server.next(Method::POST, "/booking/api/create", Mood::Lost);
        round(&world.desk).await;
        let unclear = rma(&world, number).await;
        assert!(unclear.retry.is_none() && errand(&world, number).await.fault.starts_with("unclear"), "{unclear:?}");
        world.clock.advance_ms(48 * HOUR_MS);
        round(&world.desk).await;
        assert_eq!(server.count(Method::POST, "/booking/api/create"), 1);
        assert_eq!(act(&world, &world.clerk, number, RmaDeed::Retry).await, Err(AppError::Forbidden), "who has not looked");
        act(&world, &world.handler, number, RmaDeed::Retry).await.expect("a handler has looked");
        round(&world.desk).await;
        world.clock.advance_ms(MINUTE_MS);
        round(&world.desk).await;
        let booked = rma(&world, number).await;
        assert!(booked.has_carrier_label && !booked.waybill.is_empty(), "{booked:?}");
        assert_eq!(server.count(Method::POST, "/booking/api/create"), 2);
    }

    async fn a_cancelled_return_is_taken_back_at_the_carrier(world: World) {
        let mut world = world;
        let (api, server) = inpost(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Sko"]).await;
        round(&world.desk).await;
        act(&world, &world.handler, number, RmaDeed::Cancel).await.expect("is cancelled");
        round(&world.desk).await;
        assert_eq!(api.shipments.lock().expect("not poisoned")[0]["status"], json!("canceled"));
        assert_eq!(server.seen().iter().filter(|seen| seen.method == Method::DELETE).count(), 1);
        let after = rma(&world, number).await;
        assert_eq!((after.state, errand(&world, number).await), (RmaState::Cancelled, Errand::default()));
        let history = world.desk.rma(&world.handler, number).await.expect("is there").history;
        assert!(history.iter().any(|event| matches!(event.what, EventKind::RmaSet { action: RmaAction::Cancel, .. })));
    }

    async fn an_address_that_no_carrier_can_read_is_told(world: World) {
        let mut world = world;
        let (_, server) = inpost(&mut world).await;
        open_form(&world).await;
        let blurred = world.desk.db.write(|tx| {
            async move {
                sqlx::query("update stores set address = 'Storgata 1'").execute(&mut *tx).await?;
                server::store::book::touch(tx).await
            }
            .boxed()
        });
        blurred.await.expect("is written");
        world.desk.shelf.refresh(&world.desk.db).await.expect("is read");
        let number = filed(&world, PARCEL, &["Sko"]).await;
        round(&world.desk).await;
        assert_eq!(errand(&world, number).await.fault, "no_address");
        assert!(server.seen().is_empty());
        assert_eq!(rma(&world, number).await.fault, "En adresse mangler");
    }

    async fn goods_that_come_while_their_label_is_made_take_it_back(world: World) {
        let mut world = world;
        let (api, server) = inpost(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Sko"]).await;
        server.next(Method::POST, "/shipments", Mood::Slow(Duration::from_millis(400)));
        let comes = async {
            tokio::time::sleep(Duration::from_millis(150)).await;
            act(&world, &world.clerk, number, receive()).await.expect("is received");
        };
        tokio::join!(round(&world.desk), comes);
        round(&world.desk).await;
        assert_eq!(api.shipments.lock().expect("not poisoned")[0]["status"], json!("canceled"));
        assert_eq!((rma(&world, number).await.state, errand(&world, number).await), (RmaState::Received, Errand::default()));
    }

    async fn asking_again_asks_nothing_twice(world: World) {
        let mut world = world;
        let (api, server) = bring(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Sko"]).await;
        server.next(Method::POST, "/booking/api/create", Mood::Status(500, "no"));
        round(&world.desk).await;
        act(&world, &world.handler, number, RmaDeed::Retry).await.expect("a handler has looked");
        server.next(Method::POST, "/booking/api/create", Mood::Slow(Duration::from_millis(400)));
        let again = async {
            tokio::time::sleep(Duration::from_millis(150)).await;
            assert_eq!(act(&world, &world.handler, number, RmaDeed::Retry).await, Err(AppError::invalid("", "being_asked")));
            round(&world.desk).await;
        };
        tokio::join!(round(&world.desk), again);
        assert_eq!((api.bookings.lock().expect("not poisoned").len(), server.count(Method::POST, "/booking/api/create")), (1, 2));
        assert!(rma(&world, number).await.has_carrier_label);
    }

    async fn a_lost_answer_is_waited_for_also_by_hand(world: World) {
        let mut world = world;
        let (api, server) = inpost(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Sko"]).await;
        server.next(Method::POST, "/shipments", Mood::Lost);
        round(&world.desk).await;
        let asked = server.count(Method::GET, "/shipments");
        act(&world, &world.handler, number, RmaDeed::Retry).await.expect("is noted");
        round(&world.desk).await;
        world.clock.advance_ms(MINUTE_MS);
        round(&world.desk).await;
        assert_eq!(server.count(Method::GET, "/shipments"), asked, "its list does not show it yet");
        world.clock.advance_ms(MINUTE_MS);
        round(&world.desk).await;
        assert_eq!(server.count(Method::GET, "/shipments"), asked + 1);
        assert_eq!(api.shipments.lock().expect("not poisoned").len(), 1);
    }

    async fn a_delay_is_told_and_followed(world: World) {
        let mut world = world;
        let (api, _server) = inpost(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Sko"]).await;
        round(&world.desk).await;
        api.confirm();
        world.clock.advance_ms(30_000);
        round(&world.desk).await;
        for status in ["delay_in_delivery", "avizo"] {
            api.on_its_way(status);
            world.clock.advance_ms(3 * HOUR_MS);
            round(&world.desk).await;
            let delayed = rma(&world, number).await;
            assert!(!delayed.fault.is_empty() && delayed.retry.is_some(), "{status}: {delayed:?}");
        }
        api.on_its_way("out_for_delivery");
        world.clock.advance_ms(3 * HOUR_MS);
        round(&world.desk).await;
        let after = rma(&world, number).await;
        assert_eq!((after.fault.as_str(), after.state), ("", RmaState::OnItsWay));
        api.on_its_way("delivered");
        world.clock.advance_ms(3 * HOUR_MS);
        round(&world.desk).await;
        assert_eq!(errand(&world, number).await, Errand::default());
    }

    async fn a_carriers_label_has_to_be_on_the_parcel(world: World) {
        let mut world = world;
        set_up(&mut world, Carriage::default()).await;
        open_form(&world).await;
        filed(&world, PARCEL, &["Sko"]).await;
        round(&world.desk).await;
        assert!(newest(&world, Template::Parcel).await.replace('\n', " ").contains("Skriv RMA-nummeret på pakken"));
        let _api = bring(&mut world).await;
        world.clock.advance_ms(MINUTE_MS);
        let number = filed(&world, PARCEL, &["Sandal"]).await;
        round(&world.desk).await;
        assert!(rma(&world, number).await.has_carrier_label);
        let letter = newest(&world, Template::Parcel).await.replace('\n', " ");
        assert!(letter.contains("Uten den tar ikke transportøren") && !letter.contains("Skriv RMA-nummeret"), "{letter}");
    }
}
