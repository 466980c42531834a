//! Cases that have to do with one another, and two that are one.

use crate::browser::Browser;
use crate::lists::approved;
use crate::on_both_databases;
use crate::pictures::{fixture, take};
use crate::registration::input;
use crate::reports::{home, link, newest};
use crate::status::{EMAIL, PHOTO, find, letter_link, opened, page, secret, write};
use crate::support::World;
use app::backend::{CaseView, Cases, Deed, Pictures, Registration, Same, Status, Viewer};
use app::error::AppError;
use app::urls;
use domain::case::ArchiveReason;
use domain::customer::Task;
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::{CaseId, StoreId};
use domain::letter::Template;
use domain::number::Number;
use domain::phase::{Action, Phase};
use server::desk::pictures::{Sender, TakeError};

async fn begun(world: &World, store: StoreId, who: &Viewer, pairs: &[(&str, &str)]) -> (CaseId, Number) {
    let form = input(world, store, pairs);
    (form.id, world.desk.register(who, form).await.expect("registers"))
}

async fn view(world: &World, number: Number) -> CaseView {
    world.desk.case(&world.handler, number).await.expect("is there")
}

async fn similar(world: &World, who: &Viewer, case: CaseId) -> Vec<(CaseId, Vec<Same>)> {
    let found = world.desk.similar(who, case).await.expect("finds");
    found.into_iter().map(|similar| (similar.row.id, similar.same)).collect()
}

on_both_databases! {
    async fn what_has_something_in_common_is_found_the_strongest_first(world: World) {
        let mail = "Kari.Kunde@example.no";
        let (case, _) = begun(&world, world.oslo, &world.clerk, &[(common::CUSTOMER_EMAIL, mail), (common::RECEIPT_NUMBER, "A-4711/9")]).await;
        let (receipt, _) = begun(&world, world.oslo, &world.clerk, &[(common::CUSTOMER_EMAIL, ""), (common::CUSTOMER_PHONE, ""), (common::RECEIPT_NUMBER, "a4711 9")]).await;
        let (customer, _) = begun(&world, world.krakow, &world.other_clerk, &[(common::CUSTOMER_EMAIL, "kari.kunde@EXAMPLE.no"), (common::RECEIPT_NUMBER, "77777")]).await;
        // Another store's receipts have numbers of their own; "000" is none.
        let (elsewhere, _) = begun(&world, world.krakow, &world.other_clerk, &[(common::CUSTOMER_EMAIL, "annen@example.no"), (common::CUSTOMER_PHONE, "+47 900 00 111"), (common::RECEIPT_NUMBER, "A-4711/9")]).await;
        let (bare, _) = begun(&world, world.oslo, &world.clerk, &[(common::CUSTOMER_EMAIL, "b@example.no"), (common::CUSTOMER_PHONE, "+47 900 00 222"), (common::RECEIPT_NUMBER, "000")]).await;
        let found = similar(&world, &world.handler, case).await;
        let of = |id: CaseId| found.iter().find(|(found, _)| *found == id).map(|(_, same)| same.clone());
        assert_eq!(of(receipt), Some(vec![Same::Receipt]));
        assert_eq!(of(customer).map(|same| same[0]), Some(Same::Customer));
        assert_eq!(of(elsewhere), None);
        assert_eq!(of(bare), None);
        assert_eq!(of(case), None, "itself");
        assert!(found.iter().map(|(_, same)| same[0]).is_sorted());
        // A clerk of Oslo learns nothing of Kraków.
        assert!(similar(&world, &world.clerk, case).await.iter().all(|(id, _)| *id != customer));
        assert_eq!(world.desk.similar(&world.other_clerk, case).await.err(), Some(AppError::NotFound));
    }

    async fn a_duplicate_is_joined_and_nothing_is_lost(world: World) {
        let (kept, number) = begun(&world, world.oslo, &world.clerk, &[]).await;
        let (twin, twin_number) = begun(&world, world.oslo, &world.clerk, &[]).await;
        for note in [Deed::OwnNote("intern".into()), Deed::Comment("delt".into())] {
            world.desk.act(&world.handler, twin, None, note).await.expect("notes");
        }
        assert_eq!(world.desk.act(&world.clerk, twin, None, Deed::Join(number)).await, Err(AppError::Forbidden));
        for wrong in [twin_number, "26-999999-9".parse().unwrap_or(twin_number)] {
            let refused = world.desk.act(&world.handler, twin, None, Deed::Join(wrong)).await;
            assert!(matches!(refused, Err(AppError::Invalid { .. })), "{refused:?}");
        }
        let version = view(&world, twin_number).await.version;
        assert_eq!(world.desk.act(&world.handler, twin, Some(version - 1), Deed::Join(number)).await, Err(AppError::Conflict));
        world.desk.act(&world.handler, twin, Some(version), Deed::Join(number)).await.expect("joins");

        let whole = view(&world, number).await;
        assert_eq!(whole.joined, [twin_number]);
        assert_eq!((whole.own_notes.len(), whole.comments.len()), (1, 1));
        assert!(whole.timeline.iter().any(|event| event.what == EventKind::JoinedHere { number: twin_number }));
        let duplicate = view(&world, twin_number).await;
        assert_eq!((duplicate.archived, duplicate.joined_into, duplicate.phase), (Some(ArchiveReason::Duplicate), Some(number), Phase::New));
        assert!(duplicate.law.clocks.iter().all(|clock| clock.safe.is_none()) || duplicate.archived.is_some());

        // Neither is a duplicate joined further, nor anything into a duplicate.
        let (third, _) = begun(&world, world.oslo, &world.clerk, &[]).await;
        let into_twin = world.desk.act(&world.handler, third, None, Deed::Join(twin_number)).await;
        assert!(matches!(into_twin, Err(AppError::Invalid { .. })));
        assert_eq!(world.desk.act(&world.handler, twin, None, Deed::Join(number)).await, Err(AppError::Conflict));

        world.desk.act(&world.handler, twin, None, Deed::Move(Action::Unarchive)).await.expect("comes back");
        let (whole, back) = (view(&world, number).await, view(&world, twin_number).await);
        assert_eq!((whole.joined.len(), back.joined_into, back.archived), (0, None, None));
        assert!(whole.timeline.iter().any(|event| event.what == EventKind::Parted { number: twin_number }));
        assert_eq!((whole.comments.len(), back.comments.len()), (0, 1));
        let _ = kept;
    }

    async fn what_the_customer_sends_for_a_duplicate_reaches_the_case_that_is_kept(world: World) {
        let (kept, number) = begun(&world, world.oslo, &world.clerk, &[]).await;
        let (twin, twin_number) = begun(&world, world.oslo, &world.clerk, &[]).await;
        world.desk.act(&world.handler, kept, None, Deed::Ask { question: "Når?".into() }).await.expect("asks");
        world.clock.advance_ms(1000);
        world.desk.act(&world.handler, twin, None, Deed::Ask { question: "Har du kvittering?".into() }).await.expect("asks");
        let token = link(&newest(&world, Template::Question).await, "/u");
        world.desk.act(&world.handler, twin, None, Deed::Join(number)).await.expect("joins");
        let version = view(&world, number).await.version;

        // The status page of the one leads to the other, with the question that is still open.
        let access = opened(&world, twin_number).await;
        let shown = page(&world, &access, twin_number).await;
        assert_eq!((shown.joined_into, shown.task, shown.question.as_deref()), (Some((number, true)), Task::Answer, Some("Har du kvittering?")));
        assert!(shown.may_write && shown.may_add_pictures && !shown.may_withdraw && !shown.may_change_contact);
        assert_eq!(page(&world, &access, number).await.joined_into, None, "the same proof opens it");
        let mut browser = Browser::nobody(&world);
        browser.cookie = Some(format!("redress_customer={access}"));
        let html = browser.open(&urls::status(twin_number)).await.body;
        assert!(html.contains(&urls::status(number)) && html.contains(&number.to_string()), "{html}");

        // A picture by the link in the letter, and what is written.
        let open = world.desk.open_link(&token).await.expect("leads on");
        assert_eq!(world.desk.upload_page(&token).await.expect("is shown").question, "Har du kvittering?");
        let picture = take(&world, Sender::Link(&open), twin, PHOTO).await.expect("is taken");
        let whole = view(&world, number).await;
        assert_eq!(whole.pictures.iter().map(|picture| picture.id).collect::<Vec<_>>(), [picture.id]);
        assert_eq!((whole.phase, whole.news.is_some()), (Phase::InReview, true), "it waits no more, and its handler sees it");
        assert!(whole.version > version);
        let from = EventKind::CameByJoined { number: twin_number };
        let told = async || view(&world, number).await.timeline.iter().filter(|event| event.what == from).count();
        assert_eq!(told().await, 1);
        assert_eq!(page(&world, &access, twin_number).await.question, None, "it is answered");
        write(&world, &access, twin_number, "Den ligger ved.").await.expect("is written");
        let whole = view(&world, number).await;
        assert_eq!(whole.messages.iter().map(|message| message.body.as_str()).collect::<Vec<_>>(), ["Den ligger ved."]);

        // Nothing more is sent to what is closed.
        world.desk.act(&world.handler, kept, None, approved()).await.expect("decides");
        world.desk.act(&world.handler, kept, None, Deed::Settle { outcome: crate::support::key("new_product"), amount: String::new() }).await.expect("settles");
        let late = take(&world, Sender::Link(&open), twin, fixture!("orientation_3.jpg")).await;
        assert!(matches!(late, Err(TakeError::Failed(AppError::Expired))), "{late:?}");
        assert!(!page(&world, &access, twin_number).await.may_add_pictures);
    }

    async fn a_joined_number_opens_no_more_than_was_proved(world: World) {
        let (_, number) = begun(&world, world.oslo, &world.clerk, &[(common::CUSTOMER_EMAIL, "gunnar@example.no"), (common::CUSTOMER_PHONE, "+47 900 00 111")]).await;
        world.clock.advance_ms(1000);
        let (twin, twin_number) = begun(&world, world.oslo, &world.clerk, &[]).await;
        let letter = letter_link(&world).await;
        world.desk.act(&world.handler, twin, None, Deed::Join(number)).await.expect("joins");
        let by_link = secret(&world.desk.prove_status(home(), None, &letter, EMAIL).await.expect("is theirs"));
        for access in [opened(&world, twin_number).await, by_link] {
            assert_eq!(page(&world, &access, twin_number).await.joined_into, Some((number, false)));
            let other = world.desk.status(domain::Locale::En, Some(&access), number).await;
            assert_eq!(other.err(), Some(AppError::NotFound));
            // What they send is theirs, and on no page of the other's.
            write(&world, &access, twin_number, "Hei").await.expect("is written");
        }
        assert_eq!(view(&world, number).await.messages.len(), 2);
        let theirs = secret(&find(&world, &number.to_string(), "gunnar@example.no").await.expect("is theirs"));
        assert!(page(&world, &theirs, number).await.messages.iter().all(|message| message.template.is_some()));
        let stranger = find(&world, &twin_number.to_string(), "gunnar@example.no").await;
        assert!(stranger.is_err(), "nor the other way round");
    }

    async fn a_row_of_duplicates_ends_in_one_case(world: World) {
        let (first, first_number) = begun(&world, world.oslo, &world.clerk, &[]).await;
        let (second, second_number) = begun(&world, world.oslo, &world.clerk, &[]).await;
        let (_, kept) = begun(&world, world.oslo, &world.clerk, &[]).await;
        world.desk.act(&world.handler, first, None, Deed::Join(second_number)).await.expect("joins");
        world.desk.act(&world.handler, second, None, Deed::Join(kept)).await.expect("joins");
        assert_eq!(view(&world, kept).await.joined, [first_number, second_number]);
        assert_eq!(view(&world, first_number).await.joined_into, Some(kept));
        // A case that is done is no duplicate to be put away.
        let (done, _) = begun(&world, world.oslo, &world.clerk, &[]).await;
        world.desk.act(&world.handler, done, None, approved()).await.expect("decides");
        world.desk.act(&world.handler, done, None, Deed::Settle { outcome: crate::support::key("new_product"), amount: String::new() }).await.expect("settles");
        assert_eq!(world.desk.act(&world.handler, done, None, Deed::Join(kept)).await, Err(AppError::Conflict));
    }
}
