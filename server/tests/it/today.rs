//! The start page, and the way from one case of a list to the next.

use crate::lists::{all, approved, many, query};
use crate::on_both_databases;
use crate::registration::input;
use crate::support::World;
use app::backend::{Cases, ListKind, ListQuery, Registration, Sort, TodayKind, Viewer, Within};
use app::error::AppError;
use domain::form::schema::common;
use domain::number::Number;
use domain::role::Reach;

const DAY_MS: i64 = 24 * 3600 * 1000;

/// From the list's first case to its last, and back.
async fn walked(world: &World, who: &Viewer, query: &ListQuery) -> [Vec<Number>; 2] {
    let first = world.desk.list(who, query).await.expect("a page").rows.into_iter().next().expect("a case");
    let (mut there, mut place) = (vec![first.number], first.place);
    while let Some(next) = world.desk.neighbours(who, query, &place).await.expect("neighbours").after {
        there.push(next.number);
        place = next.place;
    }
    let mut back = vec![*there.last().expect("one")];
    while let Some(before) = world.desk.neighbours(who, query, &place).await.expect("neighbours").before {
        back.push(before.number);
        place = before.place;
    }
    [there, back]
}

on_both_databases! {
    async fn from_case_to_case_is_the_list_itself(world: World) {
        many(&world).await;
        for who in [&world.clerk, &world.handler] {
            for sort in [Sort::Newest, Sort::Oldest, Sort::Due, Sort::Next] {
                for query in [query(ListKind::Active, sort), ListQuery { words: "glidel".into(), ..query(ListKind::New, sort) }] {
                    let whole = all(&world, who, query.clone()).await;
                    let [there, mut back] = walked(&world, who, &query).await;
                    back.reverse();
                    assert_eq!(there, whole, "{} {query:?}", who.name);
                    assert_eq!(back, whole, "{} {query:?}", who.name);
                }
            }
        }
    }

    async fn a_case_that_has_left_the_list_still_leads_on(world: World) {
        many(&world).await;
        let soon = ListQuery { sort: Sort::Next, list: ListKind::Active, due: Some(Within::Week), ..ListQuery::default() };
        world.clock.advance_ms(5 * DAY_MS);
        let rows = world.desk.list(&world.handler, &soon).await.expect("a page").rows;
        let [before, case, after] = [&rows[3], &rows[4], &rows[5]];
        world.desk.act(&world.handler, case.id, None, approved()).await.expect("decides");
        let left = world.desk.list(&world.handler, &soon).await.expect("a page").rows;
        assert!(left.iter().all(|row| row.id != case.id), "what is decided is asked for no more");
        let beside = world.desk.neighbours(&world.handler, &soon, &case.place).await.expect("neighbours");
        assert_eq!(beside.before.map(|to| to.number), Some(before.number));
        assert_eq!(beside.after.map(|to| to.number), Some(after.number));
        let broken = world.desk.neighbours(&world.handler, &soon, "x1' or 1=1").await;
        assert!(matches!(broken, Err(AppError::Invalid { .. })));
        let nobody = Viewer { reach: Reach::Stores(vec![]), ..world.clerk.clone() };
        let beside = world.desk.neighbours(&nobody, &soon, &case.place).await.expect("neighbours");
        assert!(beside.before.is_none() && beside.after.is_none());
    }

    async fn the_start_page_has_what_is_asked_for_in_order(world: World) {
        let mut cases = Vec::new();
        // Kraków's law asks for an answer in fourteen days, Oslo's target in its own.
        for (store, who) in [(world.oslo, &world.clerk), (world.krakow, &world.other_clerk)] {
            let form = input(&world, store, &[(common::CUSTOMER_EMAIL, "")]);
            cases.push(form.id);
            world.desk.register(who, form).await.expect("registers");
        }
        let today = world.desk.today(&world.handler, true).await.expect("a page");
        assert_eq!(today.sections.iter().map(|section| section.kind).collect::<Vec<_>>(), [TodayKind::Due, TodayKind::New, TodayKind::Answered]);
        let due = world.desk.list(&world.handler, &today.sections[0].query).await.expect("a page");
        assert_eq!(due.rows, today.sections[0].rows, "a section is the beginning of its list");
        assert_eq!(today.sections[1].rows.len(), 2);
        assert!(today.sections[2].rows.is_empty());

        world.clock.advance_ms(12 * DAY_MS);
        let today = world.desk.today(&world.handler, true).await.expect("a page");
        let asked: Vec<_> = today.sections[0].rows.iter().map(|row| row.law.or(row.due).expect("a day").days_left).collect();
        assert_eq!(today.sections[0].rows.len(), 2);
        assert!(asked.is_sorted(), "{asked:?}");
        assert_eq!(today.law.week, 1, "the Polish one");

        // Of one's own: what one has.
        let mine = world.desk.today(&world.admin, false).await.expect("a page");
        assert!(mine.sections.iter().all(|section| section.rows.is_empty()));
        world.desk.act(&world.handler, cases[1], None, app::backend::Deed::Assign(Some(world.admin.id))).await.expect("assigns");
        let mine = world.desk.today(&world.admin, false).await.expect("a page");
        assert_eq!(mine.sections[0].rows.iter().map(|row| row.id).collect::<Vec<_>>(), [cases[1]]);
        assert_eq!(world.desk.today(&world.clerk, true).await.err(), Some(AppError::Forbidden));
    }
}
