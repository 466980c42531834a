//! What staff note for the law beside the form's answers: the deadlines follow, and say so.

use crate::on_both_databases;
use crate::registration::input;
use crate::support::World;
use app::backend::{CaseView, Cases, Deed, Registration};
use app::error::AppError;
use domain::deadline::recorded::Noted;
use domain::deadline::regimes::CustomerKind;
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::CaseId;
use domain::number::Number;
use jiff::ToSpan;
use jiff::civil::date;

async fn in_krakow(world: &World) -> (CaseId, Number) {
    let form = input(world, world.krakow, &[(common::PURCHASE_DATE, "2026-05-04")]);
    (form.id, world.desk.register(&world.other_clerk, form).await.expect("registers"))
}

async fn view(world: &World, number: Number) -> CaseView {
    world.desk.case(&world.handler, number).await.expect("is there")
}

fn moved(view: &CaseView) -> usize {
    view.timeline.iter().filter(|event| matches!(event.what, EventKind::DeadlinesMoved { .. })).count()
}

on_both_databases! {
    async fn a_fact_that_is_noted_moves_the_clocks_and_is_told(world: World) {
        let (case, number) = in_krakow(&world).await;
        let before = view(&world, number).await;
        assert!(before.law.clocks.iter().any(|clock| !clock.consequence.is_empty()), "silence accepts a consumer's complaint");
        assert_eq!(before.law.noted, Some(Noted::default()));

        let business = Noted { customer: Some(CustomerKind::Business), ..Noted::default() };
        world.desk.act(&world.handler, case, Some(before.version), Deed::NoteLaw(business.clone())).await.expect("notes");
        let after = view(&world, number).await;
        assert!(after.law.clocks.iter().all(|clock| clock.consequence.is_empty()), "nobody answers for a company by silence");
        assert_eq!((after.law.noted.as_ref(), moved(&after)), (Some(&business), 1));
        assert!(after.timeline.iter().any(|event| event.what == EventKind::LawNoted));

        // What changes no clock is noted all the same, without a word about clocks.
        let reached = Noted { repair_notice: Some(date(2026, 10, 18)), ..business };
        world.desk.act(&world.handler, case, None, Deed::NoteLaw(reached)).await.expect("notes");
        assert_eq!(moved(&view(&world, number).await), 1);
        world.desk.act(&world.handler, case, None, Deed::NoteLaw(Noted::default())).await.expect("takes back");
        let back = view(&world, number).await;
        assert_eq!((&back.law.clocks, moved(&back)), (&before.law.clocks, 2));
    }

    async fn only_days_that_have_come_by_those_who_handle(world: World) {
        let (case, number) = in_krakow(&world).await;
        let tomorrow = date(2026, 10, 19).checked_add(2.days()).expect("a day");
        let refused = async |noted: Noted| world.desk.act(&world.handler, case, None, Deed::NoteLaw(noted)).await;
        assert_eq!(refused(Noted { replaced: Some(tomorrow), ..Noted::default() }).await, Err(AppError::invalid("replaced", "in_future")));
        let handed_back = Noted { handed_back: Some(date(2026, 10, 1)), ..Noted::default() };
        assert_eq!(refused(handed_back).await, Err(AppError::invalid("repaired", "missing")));
        let version = view(&world, number).await.version;
        let stale = world.desk.act(&world.handler, case, Some(version - 1), Deed::NoteLaw(Noted::default())).await;
        assert_eq!(stale, Err(AppError::Conflict));
        let clerk = world.desk.act(&world.other_clerk, case, None, Deed::NoteLaw(Noted::default())).await;
        assert_eq!(clerk, Err(AppError::Forbidden));
        assert_eq!(world.desk.case(&world.other_clerk, number).await.expect("is there").law.noted, None);
    }
}

on_both_databases! {
    async fn another_table_or_calendar_moves_the_days_once_and_says_so(world: World) {
        let (case, number) = in_krakow(&world).await;
        world.desk.watch_deadlines().await.expect("the first round");
        let before = view(&world, number).await;
        // As an earlier release left it: other holidays, another day.
        world.desk.db.write(move |tx| futures::FutureExt::boxed(async move {
            sqlx::query("update cases set law_on = '2026-10-20' where id = $1").bind(case.to_string()).execute(&mut *tx).await?;
            sqlx::query("update organisation set law_stamp = 'earlier'").execute(tx).await?;
            Ok(())
        })).await.expect("writes");
        let revised = |view: &CaseView| {
            let of = |what: &EventKind| matches!(what, EventKind::DeadlinesRevised { before, after } if *before == Some(date(2026, 10, 20)) && *after > *before);
            view.timeline.iter().filter(|event| of(&event.what)).count()
        };
        futures::future::try_join(world.desk.watch_deadlines(), world.desk.watch_deadlines()).await.expect("two servers look");
        let after = view(&world, number).await;
        assert_eq!((revised(&after), after.law.clocks.clone()), (1, before.law.clocks));
        world.desk.watch_deadlines().await.expect("looks again");
        assert_eq!(view(&world, number).await.version, after.version, "a release does it once");
    }
}
