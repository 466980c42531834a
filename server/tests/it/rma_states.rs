//! What a return can still become, and how it is found.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::registration::{count, registered};
use crate::reports::newest;
use crate::rmas::{DAY_MS, HOME, PARCEL, act, by_hand, filed, happened, letters_of, open_form, receive, rma};
use crate::support::World;
use app::backend::{Cases, Deed, RmaDeed, Rmas, Scanned, Status};
use app::error::AppError;
use domain::event::EventKind;
use domain::letter::Template;
use domain::phase::{Action, Phase, Waiting};
use domain::rma::{Condition, RmaAction, RmaState, Route};
use jiff::civil::date;

on_both_databases! {
    async fn an_expired_number_is_received_all_the_same(world: World) {
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Turstøvel"]).await;
        world.clock.advance_ms(200 * DAY_MS);
        assert!(rma(&world, number).await.expired);
        act(&world, &world.clerk, number, receive(Condition::AsDescribed)).await.expect("is received");
        let after = rma(&world, number).await;
        assert_eq!((after.state, after.expired), (RmaState::Received, false));
    }

    async fn the_customer_is_told_what_becomes_of_the_return(world: World) {
        open_form(&world).await;
        let (case, number) = registered(&world, &[]).await;
        world.desk.issue_rma(&world.clerk, case, Route::Store).await.expect("is issued");
        assert_eq!(letters_of(&world, case, Template::Bring).await.len(), 1);
        assert!(newest(&world, Template::Bring).await.replace('\n', " ").contains(&number.to_string()));
        act(&world, &world.clerk, number, RmaDeed::Extend(date(2026, 12, 24))).await.expect("is extended");
        assert_eq!(letters_of(&world, case, Template::ReturnExtended).await.len(), 1);
        let letter = newest(&world, Template::ReturnExtended).await.replace('\n', " ");
        assert!(letter.contains("24. desember 2026") && !letter.contains("feil"), "{letter}");
        act(&world, &world.handler, number, RmaDeed::Cancel).await.expect("is cancelled");
        assert_eq!(letters_of(&world, case, Template::ReturnCancelled).await.len(), 1);
        assert!(!newest(&world, Template::ReturnCancelled).await.replace('\n', " ").contains("budet"), "there was none");
    }

    async fn a_cancelled_number_is_issued_again(world: World) {
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Turstøvel"]).await;
        let case = world.desk.case(&world.clerk, number).await.expect("is there").id;
        act(&world, &world.clerk, number, by_hand("370000000000000001", false)).await.expect("is noted");
        world.desk.act(&world.clerk, case, None, Deed::Move(Action::Withdraw)).await.expect("is withdrawn");
        assert_eq!(rma(&world, number).await.state, RmaState::Cancelled);
        assert_eq!(act(&world, &world.clerk, number, RmaDeed::Reissue).await, Err(AppError::Forbidden));
        assert_eq!(act(&world, &world.handler, number, RmaDeed::Reissue).await, Err(AppError::invalid("", "cases_closed")));
        world.desk.act(&world.handler, case, None, Deed::Move(Action::Review)).await.expect("is taken up again");
        world.clock.advance_ms(60 * DAY_MS);
        act(&world, &world.handler, number, RmaDeed::Reissue).await.expect("is good again");
        let after = rma(&world, number).await;
        assert_eq!((after.state, after.valid_until, after.expired, after.waybill.as_str(), after.asking), (RmaState::Issued, date(2027, 1, 17), false, "", true));
        assert!(happened(&world, number).await.contains(&EventKind::RmaSet { action: RmaAction::Reissue, note: "2027-01-17".into() }));
        assert_eq!(act(&world, &world.handler, number, RmaDeed::Reissue).await, Err(AppError::Conflict));
        let (case, other) = registered(&world, &[]).await;
        world.desk.issue_rma(&world.clerk, case, Route::Store).await.expect("is issued");
        act(&world, &world.handler, other, RmaDeed::Cancel).await.expect("is cancelled");
        act(&world, &world.handler, other, RmaDeed::Reissue).await.expect("is good again");
        assert_eq!(letters_of(&world, case, Template::Bring).await.len(), 2);
    }

    async fn a_receipt_made_by_mistake_is_undone(world: World) {
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Støvel", "Sko"]).await;
        let page = world.desk.rma(&world.handler, number).await.expect("is there");
        let [first, second] = page.cases.as_slice() else { panic!("two cases") };
        for case in [first, second] {
            world.desk.act(&world.handler, case.id, None, Deed::Wait { on: Waiting::Goods, whom: String::new(), email: String::new() }).await.expect("waits");
        }
        let waiting = "select count(*) from cases where waits_since < '9999-12-31'";
        assert_eq!(count(&world, waiting).await, 2);
        act(&world, &world.clerk, number, receive(Condition::AsDescribed)).await.expect("is received");
        assert_eq!(count(&world, waiting).await, 0, "what came in ends the waiting in the lists, too");
        world.desk.act(&world.handler, second.id, None, Deed::Wait { on: Waiting::Supplier, whom: "Nowak Obuwie".into(), email: String::new() }).await.expect("goes on");
        assert_eq!(act(&world, &world.clerk, number, RmaDeed::UndoReceive).await, Err(AppError::Forbidden));
        world.clock.advance_ms(1000);
        act(&world, &world.handler, number, RmaDeed::UndoReceive).await.expect("is undone");
        let after = rma(&world, number).await;
        assert_eq!((after.state, after.received), (RmaState::Issued, None));
        let mut phases = Vec::new();
        for case in [first, second] {
            phases.push(world.desk.case(&world.clerk, case.number).await.expect("is there").phase);
        }
        assert_eq!(phases, [Phase::WaitingGoods, Phase::WaitingSupplier], "what somebody has moved since stays");
        assert!(newest(&world, Template::ReturnExtended).await.replace('\n', " ").contains("Det var en feil"));
        act(&world, &world.clerk, number, receive(Condition::AsDescribed)).await.expect("now they are here");
    }

    async fn a_waybill_is_found_however_it_was_typed(world: World) {
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Turstøvel"]).await;
        act(&world, &world.clerk, number, by_hand("1z 999 aa1", false)).await.expect("is noted");
        assert_eq!(rma(&world, number).await.waybill, "1Z999AA1");
        for text in ["1Z999AA1", "1Z 999 AA1", "1z999aa1"] {
            assert_eq!(world.desk.scan(&world.clerk, text).await, Ok(Scanned::Parcel(number)), "{text}");
        }
        world.desk.find_status(HOME, None, "1z 999 aa1", "ola@example.no").await.expect("it is his");
    }

    async fn no_label_is_read_once_the_goods_are_here(world: World) {
        open_form(&world).await;
        let number = filed(&world, PARCEL, &["Turstøvel"]).await;
        assert_eq!(world.desk.label_is_wanted(&world.clerk, number).await, Ok(()));
        act(&world, &world.clerk, number, receive(Condition::AsDescribed)).await.expect("is received");
        assert_eq!(world.desk.label_is_wanted(&world.clerk, number).await, Err(AppError::Conflict));
    }

    async fn a_parcel_for_a_closed_case_is_taken_in_on_its_page(world: World) {
        let (case, number) = registered(&world, &[]).await;
        world.desk.act(&world.clerk, case, None, Deed::Move(Action::Withdraw)).await.expect("is withdrawn");
        let mut browser = Browser::of(&world, &world.clerk).await;
        let page = browser.open(&format!("/rma/new?case={number}")).await;
        assert!(page.body.contains("/api/match_parcel") && !page.body.contains("/api/issue_rma"));
        assert!(browser.open(&format!("/cases/{number}")).await.body.contains("#came"));
        // What the browser does not stop is told beside the input; nothing is chosen before.
        assert!(!page.body.contains("checked") && !page.body.contains("autofocus"));
        browser.open(&format!("/rma/new?case={number}")).await;
        browser.submit("/api/match_parcel", &format!("case={case}&place=Hylle+3")).await;
        let again = browser.address.clone();
        assert!(again.contains("retry="), "{again}");
        assert!(browser.open(&again).await.body.contains("Hylle 3"));
        browser.submit("/api/match_parcel", &format!("case={case}&condition=incomplete")).await;
        assert_eq!(rma(&world, number).await.state, RmaState::Received);
    }
}
