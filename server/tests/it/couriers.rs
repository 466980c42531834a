//! Couriers: ordered, called off, ordered anew, and told of it.

use crate::errands::{
    HOUR_MS, THE_22ND, THE_23RD, bring, case_of, errand, inpost, opened, receive, round, row, set_up, told, typed,
    with_webhook,
};
use crate::fake::Mood;
use crate::on_both_databases;
use crate::reports::newest;
use crate::rmas::{COURIER, PARCEL, act, filed, letters_of, open_form, rma};
use crate::support::World;
use app::backend::{Cases, Deed, RmaDeed, Rmas, Status};
use app::error::AppError;
use axum::http::Method;
use domain::event::EventKind;
use domain::letter::Template;
use domain::phase::Action;
use domain::rma::{RmaAction, RmaState, Route};
use futures::FutureExt;
use jiff::civil::date;
use server::desk::carriage::Carriage;
use server::store::errands::{Errand, Wanted};
use server::store::letters;

on_both_databases! {
    async fn a_complaint_that_is_withdrawn_calls_its_courier_off(world: World) {
        let mut world = world;
        set_up(&mut world, Carriage::default()).await;
        open_form(&world).await;
        let number = filed(&world, COURIER, &["Støvel", "Sko"]).await;
        round(&world.desk).await;
        let cases = world.desk.rma(&world.handler, number).await.expect("is there").cases;
        let [first, second] = cases.as_slice() else { panic!("two cases") };
        world.desk.act(&world.clerk, first.id, None, Deed::Move(Action::Withdraw)).await.expect("is withdrawn");
        let still = rma(&world, number).await;
        assert_eq!((still.state, still.asking), (RmaState::PickUpOrdered, false), "the other shoe still comes");
        let access = opened(&world, second.number).await;
        let shown = |world: &World| {
            let (desk, access, number) = (world.desk.clone(), access.clone(), second.number);
            async move { desk.status(domain::Locale::Nb, Some(&access), number).await.expect("is open").rma.expect("a return").pick_up }
        };
        assert!(!shown(&world).await.is_empty());
        let mut changes = world.desk.live.listen();
        world.desk.withdraw_case(Some(&access), second.number).await.expect("is open");
        assert_eq!((rma(&world, number).await.state, errand(&world, number).await.wanted), (RmaState::Cancelled, Some(Wanted::Cancel)));
        assert!(newest(&world, Template::Withdrawn).await.replace('\n', " ").contains("Vi avbestiller budet"));
        assert_eq!(shown(&world).await, "", "nobody waits for a courier who is cancelled");
        let mut last = std::collections::BTreeMap::new();
        while let Ok(change) = changes.try_recv() {
            last.insert(change.case, change.version);
        }
        for case in [first, second] {
            let view = world.desk.case(&world.handler, case.number).await.expect("is there");
            assert_eq!(last.get(&case.id), Some(&view.version), "open pages see it");
            assert_eq!(view.timeline.iter().filter(|event| matches!(event.what, EventKind::RmaSet { action: RmaAction::Cancel, .. })).count(), 1);
        }
        round(&world.desk).await;
        assert_eq!(letters_of(&world, first.id, Template::PickUpCancelled).await, ["oslo@example.com"]);
        assert_eq!((errand(&world, number).await, row(&world, number).await.pick_up.as_str()), (Errand::default(), ""));
        assert_eq!(letters_of(&world, second.id, Template::ReturnCancelled).await.len(), 0, "one letter is enough");

        // Staff's word is no letter of its own; the return's end is one.
        let other = filed(&world, COURIER, &["Sandal"]).await;
        round(&world.desk).await;
        let case = case_of(&world, other).await;
        world.desk.act(&world.clerk, case, None, Deed::Move(Action::Withdraw)).await.expect("is withdrawn");
        assert_eq!((rma(&world, other).await.state, errand(&world, other).await.wanted), (RmaState::Cancelled, Some(Wanted::Cancel)));
        assert_eq!(letters_of(&world, case, Template::ReturnCancelled).await, ["ola@example.no"]);
        assert!(newest(&world, Template::ReturnCancelled).await.replace('\n', " ").contains("Vi avbestiller også budet 22. oktober 2026"));

        // Goods that are here stay here, and a letter that speaks of no courier where there was none.
        let here = filed(&world, PARCEL, &["Sko"]).await;
        act(&world, &world.clerk, here, receive()).await.expect("is received");
        let access = opened(&world, here).await;
        world.desk.withdraw_case(Some(&access), here).await.expect("is open");
        assert_eq!(rma(&world, here).await.state, RmaState::Received);
        let letter = newest(&world, Template::Withdrawn).await.replace('\n', " ");
        assert!(!letter.contains("bud") && !letter.contains("sende eller levere"), "{letter}");
    }

    async fn two_who_withdraw_at_once_leave_no_courier(world: World) {
        let mut world = world;
        set_up(&mut world, Carriage::default()).await;
        open_form(&world).await;
        for _ in 0..4 {
            let number = filed(&world, COURIER, &["Støvel", "Sko"]).await;
            let cases = world.desk.rma(&world.handler, number).await.expect("is there").cases;
            let access = opened(&world, cases[0].number).await;
            let customer = world.desk.withdraw_case(Some(&access), cases[0].number);
            let (one, other) = tokio::join!(customer, world.desk.act(&world.clerk, cases[1].id, None, Deed::Move(Action::Withdraw)));
            one.expect("tries again");
            if other.is_err() {
                world.desk.act(&world.clerk, cases[1].id, None, Deed::Move(Action::Withdraw)).await.expect("tries again");
            }
            assert_eq!(rma(&world, number).await.state, RmaState::Cancelled);
        }
    }

    async fn goods_that_are_here_send_the_courier_away(world: World) {
        let mut world = world;
        set_up(&mut world, Carriage::default()).await;
        open_form(&world).await;
        let number = filed(&world, COURIER, &["Sko"]).await;
        round(&world.desk).await;
        let case = case_of(&world, number).await;
        act(&world, &world.clerk, number, receive()).await.expect("the customer brought them");
        assert_eq!(errand(&world, number).await.wanted, Some(Wanted::CancelPickUp));
        round(&world.desk).await;
        assert_eq!(letters_of(&world, case, Template::PickUpCancelled).await, ["oslo@example.com"]);
        let after = row(&world, number).await;
        assert_eq!((after.state, after.route(), after.pick_up.as_str(), after.errand), (RmaState::Received, Route::PickUp, "", Errand::default()));
        // The courier has them already: nobody is sent away.
        let taken = filed(&world, COURIER, &["Sandal"]).await;
        round(&world.desk).await;
        act(&world, &world.clerk, taken, RmaDeed::Dispatch).await.expect("is collected");
        act(&world, &world.clerk, taken, receive()).await.expect("has come");
        assert_eq!(errand(&world, taken).await, Errand::default());
    }

    async fn what_is_typed_by_hand_leaves_the_courier_to_be_ordered(world: World) {
        let mut world = world;
        set_up(&mut world, Carriage::default()).await;
        open_form(&world).await;
        let number = filed(&world, COURIER, &["Sko"]).await;
        act(&world, &world.clerk, number, typed("99")).await.expect("is noted");
        assert_eq!(errand(&world, number).await.wanted, Some(Wanted::PickUp));
        round(&world.desk).await;
        assert_eq!(rma(&world, number).await.state, RmaState::PickUpOrdered);
        act(&world, &world.handler, number, RmaDeed::CancelPickUp).await.expect("is cancelled");
        act(&world, &world.clerk, number, typed("98")).await.expect("is noted");
        assert_eq!(errand(&world, number).await.wanted, Some(Wanted::CancelPickUp), "is still cancelled");
        round(&world.desk).await;
        assert_eq!(letters_of(&world, case_of(&world, number).await, Template::PickUpCancelled).await.len(), 1);
    }

    async fn a_courier_is_ordered_anew_once_the_one_before_is_gone(world: World) {
        let mut world = world;
        let (api, server) = bring(&mut world).await;
        open_form(&world).await;
        // Bring's server takes no days before these.
        world.clock.set("2026-11-24T08:00:00Z".parse().expect("a moment"));
        let route: Vec<_> = COURIER.iter().map(|(key, value)| if *value == "22.10.2026" { (*key, "26.11.2026") } else { (*key, *value) }).collect();
        let another = || RmaDeed::OrderPickUp { date: date(2026, 11, 27), from: 8, to: 12 };
        let number = filed(&world, &route, &["Sko"]).await;
        round(&world.desk).await;
        assert_eq!((rma(&world, number).await.state, api.pickups.lock().expect("not poisoned").len()), (RmaState::PickUpOrdered, 1));
        let case = case_of(&world, number).await;
        act(&world, &world.handler, number, RmaDeed::CancelPickUp).await.expect("is wanted");
        assert_eq!(letters_of(&world, case, Template::CourierCancelled).await, ["ola@example.no"]);
        let early = act(&world, &world.handler, number, another()).await;
        assert_eq!(early, Err(AppError::invalid("", "courier_ordered")));
        assert_eq!(act(&world, &world.handler, number, RmaDeed::SettleByHand).await, Err(AppError::Conflict), "the carrier may still do it");
        round(&world.desk).await;
        let stuck = rma(&world, number).await;
        assert!(errand(&world, number).await.fault.starts_with("unsupported") && stuck.retry.is_none(), "{stuck:?}");
        assert!(stuck.may.contains(&RmaAction::SettleByHand) && !stuck.may.contains(&RmaAction::OrderPickUp) && !stuck.may.contains(&RmaAction::CancelPickUp));
        assert_eq!(act(&world, &world.handler, number, another()).await, Err(AppError::invalid("", "courier_ordered")));
        assert_eq!(act(&world, &world.clerk, number, RmaDeed::SettleByHand).await, Err(AppError::Forbidden));
        act(&world, &world.handler, number, RmaDeed::SettleByHand).await.expect("was called");
        let after = row(&world, number).await;
        assert_eq!((after.pick_up.as_str(), after.delivery.window, after.errand.wanted), ("", None, Some(Wanted::Track)));
        assert!(!after.shipment.is_empty(), "the label is still good");
        act(&world, &world.handler, number, another()).await.expect("nobody comes any more");
        round(&world.desk).await;
        let pickups = api.pickups.lock().expect("not poisoned").clone();
        assert_eq!((rma(&world, number).await.state, pickups.len()), (RmaState::PickUpOrdered, 2));
        assert_eq!((pickups[1]["pickupDate"].as_str(), server.count(Method::POST, "/booking/api/create")), (Some("2026-11-27"), 1));
    }

    async fn a_courier_who_was_never_ordered_is_cancelled_at_once(world: World) {
        let mut world = world;
        let (api, server) = inpost(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, COURIER, &["Sko"]).await;
        round(&world.desk).await;
        api.confirm();
        world.clock.advance_ms(30_000);
        round(&world.desk).await;
        assert_eq!((rma(&world, number).await.state, errand(&world, number).await.wanted), (RmaState::Issued, Some(Wanted::PickUp)));
        assert!(newest(&world, Template::Parcel).await.replace('\n', " ").contains("Budet er planlagt 22. oktober 2026"), "nobody is ordered yet");
        act(&world, &world.handler, number, RmaDeed::CancelPickUp).await.expect("is cancelled");
        let after = row(&world, number).await;
        assert_eq!((after.delivery.window, after.route(), after.errand.wanted), (None, Route::Parcel, Some(Wanted::Track)));
        let case = case_of(&world, number).await;
        assert_eq!(letters_of(&world, case, Template::CourierCancelled).await, ["ola@example.no"]);
        assert_eq!(act(&world, &world.handler, number, RmaDeed::CancelPickUp).await, Err(AppError::Conflict));
        world.clock.set("2026-10-22T04:00:00Z".parse().expect("a moment"));
        round(&world.desk).await;
        assert_eq!(server.count(Method::POST, "/dispatch_orders"), 0);
    }

    async fn no_courier_is_ordered_for_a_day_that_has_passed(world: World) {
        let mut world = world;
        let (api, server) = inpost(&mut world).await;
        open_form(&world).await;
        let number = filed(&world, COURIER, &["Sko"]).await;
        round(&world.desk).await;
        // Confirmed after the last of the wished hours, in Oslo.
        api.confirm();
        world.clock.set("2026-10-22T10:00:00Z".parse().expect("a moment"));
        round(&world.desk).await;
        assert_eq!(errand(&world, number).await.fault, "window_passed");
        world.clock.advance_ms(HOUR_MS);
        round(&world.desk).await;
        assert_eq!((server.count(Method::POST, "/dispatch_orders"), rma(&world, number).await.asking), (0, false));
        act(&world, &world.handler, number, THE_23RD).await.expect("another day");
        world.clock.set("2026-10-23T04:00:00Z".parse().expect("a moment"));
        round(&world.desk).await;
        assert_eq!((rma(&world, number).await.state, server.count(Method::POST, "/dispatch_orders")), (RmaState::PickUpOrdered, 1));
    }

    async fn each_order_has_messages_of_its_own(world: World) {
        let mut world = world;
        let server = with_webhook(&mut world).await;
        for _ in 0..4 {
            server.next(Method::POST, "/hook", Mood::Status(204, ""));
        }
        open_form(&world).await;
        let number = filed(&world, COURIER, &["Sko"]).await;
        round(&world.desk).await;
        act(&world, &world.handler, number, RmaDeed::CancelPickUp).await.expect("is cancelled");
        round(&world.desk).await;
        act(&world, &world.handler, number, THE_22ND).await.expect("the same day again");
        round(&world.desk).await;
        act(&world, &world.handler, number, RmaDeed::Cancel).await.expect("is cancelled");
        round(&world.desk).await;
        let messages = told(&server);
        let events: Vec<_> = messages.iter().map(|(event, _)| event.as_str()).collect();
        assert_eq!(events, ["pickup_requested", "withdrawn", "pickup_requested", "withdrawn"]);
        let ids: std::collections::BTreeSet<_> = messages.iter().map(|(_, id)| id).collect();
        assert_eq!(ids.len(), 4, "who has had one takes the next: {messages:?}");
        assert_eq!(errand(&world, number).await, Errand::default());
    }

    async fn a_webhook_that_is_away_holds_up_no_letter(world: World) {
        let mut world = world;
        let server = with_webhook(&mut world).await;
        server.next(Method::POST, "/hook", Mood::Status(204, ""));
        open_form(&world).await;
        let number = filed(&world, COURIER, &["Sko"]).await;
        round(&world.desk).await;
        server.next(Method::POST, "/hook", Mood::Status(401, ""));
        server.next(Method::POST, "/hook", Mood::Status(204, ""));
        act(&world, &world.handler, number, RmaDeed::CancelPickUp).await.expect("is cancelled");
        round(&world.desk).await;
        let case = case_of(&world, number).await;
        assert_eq!(letters_of(&world, case, Template::PickUpCancelled).await.len(), 1);
        assert_eq!(rma(&world, number).await.fault, "Deres eget system godtar ikke signaturen på meldingen: HTTP 401");
        act(&world, &world.handler, number, RmaDeed::Retry).await.expect("is asked again");
        round(&world.desk).await;
        assert_eq!(letters_of(&world, case, Template::PickUpCancelled).await.len(), 1);
        let messages = told(&server);
        assert_eq!((messages.len(), &messages[1]), (3, &messages[2]), "the same at each try");
        assert_eq!(row(&world, number).await.delivery.window, None);
    }

    async fn a_carrier_is_not_called_by_the_customers_name(world: World) {
        let mut world = world;
        set_up(&mut world, Carriage::default()).await;
        open_form(&world).await;
        let number = filed(&world, COURIER, &["Sko"]).await;
        round(&world.desk).await;
        act(&world, &world.handler, number, RmaDeed::CancelPickUp).await.expect("is cancelled");
        round(&world.desk).await;
        let (now, dialect) = (world.desk.clock.now_ms(), world.desk.db.dialect);
        let mut names = std::collections::BTreeSet::new();
        while let Some(letter) = world.desk.db.write(move |tx| letters::claim(tx, dialect, now, now + 60_000).boxed()).await.expect("claims") {
            names.insert((letter.to.address, letter.customer_name));
        }
        let of = |to: &str| names.iter().filter(|(one, _)| one == to).map(|(_, name)| name.as_str()).collect::<Vec<_>>();
        assert_eq!(of("oslo@example.com"), [""]);
        assert!(of("ola@example.no").contains(&"Ola Nordmann"));
    }
}
