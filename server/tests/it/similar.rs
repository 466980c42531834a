//! Cases that have to do with one another, and two that are one.

use crate::lists::approved;
use crate::on_both_databases;
use crate::registration::input;
use crate::support::World;
use app::backend::{CaseView, Cases, Deed, Registration, Same, Viewer};
use app::error::AppError;
use domain::case::ArchiveReason;
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::{CaseId, StoreId};
use domain::number::Number;
use domain::phase::{Action, Phase};

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
