//! Lists: the right rows, in order, page by page, however they change meanwhile.

use crate::on_both_databases;
use crate::registration::{input, registered};
use crate::support::{World, key};
use app::backend::{Cases, Counts, Deed, FormInput, ListKind, ListQuery, Registration, Sort, Viewer};
use app::error::AppError;
use domain::case::ArchiveReason;
use domain::decision::{Decision, Verdict};
use domain::form::schema::common;
use domain::number::Number;
use domain::phase::{Action, Phase, Waiting};
use domain::role::Reach;
use futures::FutureExt;
use std::collections::BTreeSet;

/// A case as the lists see it, in the order of the statement below.
type Stored = (String, String, String, i64, String, Option<String>, i64, String, i64);

const DAY_MS: i64 = 24 * 3600 * 1000;

/// Every row of the list, page after page.
pub async fn all(world: &World, who: &Viewer, query: ListQuery) -> Vec<Number> {
    let mut query = query;
    let mut numbers = Vec::new();
    loop {
        let page = world.desk.list(who, &query).await.expect("a page");
        assert!(page.rows.len() <= 50);
        numbers.extend(page.rows.into_iter().map(|row| row.number));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return numbers,
        }
    }
}

pub fn query(list: ListKind, sort: Sort) -> ListQuery {
    ListQuery { list, sort, ..ListQuery::default() }
}

pub fn approved() -> Deed {
    Deed::Decide(Decision::new(Verdict::Approved, key("fault"), ""))
}

/// Some hundred cases of both stores and types in several phases, several of them in the same millisecond.
pub async fn many(world: &World) {
    for n in 0..130_i64 {
        let (store, who) = if n % 3 == 0 { (world.krakow, &world.other_clerk) } else { (world.oslo, &world.clerk) };
        let kind = if n % 5 == 0 { "other" } else { "shoes" };
        let word = if n % 4 == 0 { "glidelås" } else { "såle" };
        let form = FormInput {
            type_key: key(kind),
            ..input(world, store, &[(common::DESCRIPTION, word), (common::CUSTOMER_EMAIL, "")])
        };
        let id = form.id;
        world.desk.register(who, form).await.expect("registers");
        if n % 4 == 3 {
            world.clock.advance_ms(DAY_MS / 3);
        }
        match n % 7 {
            1 => {
                world
                    .desk
                    .act(
                        &world.handler,
                        id,
                        None,
                        Deed::Wait { on: Waiting::Goods, whom: String::new(), email: String::new() },
                    )
                    .await
            }
            2 => world.desk.act(&world.handler, id, None, Deed::Assign(Some(world.handler.id))).await,
            3 => world.desk.act(&world.handler, id, None, approved()).await,
            4 => {
                world.desk.act(&world.handler, id, None, approved()).await.expect("decided");
                world.desk.act(&world.handler, id, None, Deed::Archive(ArchiveReason::Other)).await
            }
            _ => Ok(()),
        }
        .expect("done");
    }
}

fn open(list: ListKind) -> bool {
    !matches!(list, ListKind::Archive | ListKind::All)
}

/// What the list should hold, said in the plainest way.
async fn expected(world: &World, who: &Viewer, query: &ListQuery) -> Vec<Number> {
    let mut connection = world.desk.db.read().await.expect("a connection");
    let day = match query.sort {
        Sort::Next => "case when law_on < due_on then law_on else due_on end",
        Sort::Waiting => "waits_since",
        _ => "due_on",
    };
    let rows: Vec<Stored> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select number, store_id, phase, archived, type_key, handler_id, registered_at, {day}, seq from cases"
    )))
    .fetch_all(&mut *connection)
    .await
    .expect("rows");
    let words: Vec<(String, String)> =
        sqlx::query_as("select number, words from cases").fetch_all(&mut *connection).await.expect("rows");
    let now = server::clock::Clock::now_ms(&*world.clock);
    let mut rows: Vec<_> = rows
        .into_iter()
        .filter(|(number, store, phase, archived, kind, handler, at, _, _)| {
            who.reach.covers(store.parse().expect("an id"))
                && match query.list {
                    ListKind::New => *archived == 0 && phase == "new",
                    ListKind::Mine => *archived == 0 && *handler == Some(who.id.to_string()),
                    ListKind::Active => *archived == 0,
                    ListKind::Archive => *archived == 1,
                    ListKind::All => true,
                }
                && query.store.is_none_or(|wanted| wanted.to_string() == *store)
                && query.type_key.as_ref().is_none_or(|wanted| wanted.as_str() == kind)
                && query.phase.is_none_or(|wanted| wanted.key() == phase)
                && query.handler.is_none_or(|wanted| Some(wanted.to_string()) == *handler)
                && query.older_than.is_none_or(|days| *at <= now - i64::from(days) * DAY_MS)
                && (query.sort != Sort::Waiting || !open(query.list) || phase.starts_with("waiting"))
                && (query.words.is_empty()
                    || words.iter().any(|(n, w)| n == number && w.contains(&format!(" {}", query.words))))
        })
        .collect();
    match (query.sort, query.list) {
        (Sort::Oldest, _) => rows.sort_by_key(|row| (row.6, row.8)),
        (Sort::Due | Sort::Next | Sort::Waiting, list) if open(list) => {
            rows.sort_by_key(|row| (row.7.clone(), row.8));
        }
        (Sort::Law, _) => unreachable!("deadlines.rs asks for these"),
        (Sort::Newest | Sort::Due | Sort::Next | Sort::Waiting, _) => {
            rows.sort_by_key(|row| std::cmp::Reverse((row.6, row.8)))
        }
    }
    rows.into_iter().map(|row| row.0.parse().expect("a number")).collect()
}

on_both_databases! {
    async fn pages_together_are_the_whole_list(world: World) {
        many(&world).await;
        let nobody = Viewer { reach: Reach::Stores(vec![]), ..world.clerk.clone() };
        let mut lists = 0;
        for who in [&world.clerk, &world.other_clerk, &world.handler, &world.admin, &nobody] {
            for list in [ListKind::New, ListKind::Mine, ListKind::Active, ListKind::Archive] {
                for sort in [Sort::Newest, Sort::Oldest, Sort::Due, Sort::Next, Sort::Waiting] {
                    let plain = query(list, sort);
                    let mut queries = vec![
                        plain.clone(),
                        ListQuery { type_key: Some(key("other")), ..plain.clone() },
                        ListQuery { phase: Some(Phase::WaitingGoods), ..plain.clone() },
                        ListQuery { phase: Some(Phase::New), older_than: Some(3), ..plain.clone() },
                        ListQuery { handler: Some(world.handler.id), ..plain.clone() },
                        ListQuery { words: "glidel".into(), ..plain.clone() },
                        ListQuery { words: "sal".into(), type_key: Some(key("shoes")), older_than: Some(5), ..plain.clone() },
                    ];
                    if who.reach.covers(world.oslo) {
                        queries.push(ListQuery { store: Some(world.oslo), ..plain.clone() });
                        queries.push(ListQuery { store: Some(world.oslo), phase: Some(Phase::New), words: "sal".into(), ..plain });
                    }
                    for query in queries {
                        let rows = all(&world, who, query.clone()).await;
                        assert_eq!(rows, expected(&world, who, &query).await, "{} {query:?}", who.name);
                        lists += usize::from(rows.len() > 50);
                    }
                }
            }
        }
        assert!(lists > 20, "only {lists} lists had more than a page");
    }

    async fn nothing_is_skipped_or_shown_twice_while_cases_come(world: World) {
        for _ in 0..120 {
            registered(&world, &[(common::CUSTOMER_EMAIL, "")]).await;
        }
        let before: BTreeSet<Number> = all(&world, &world.clerk, query(ListKind::New, Sort::Newest)).await.into_iter().collect();
        for sort in [Sort::Newest, Sort::Oldest, Sort::Due] {
            let mut seen = Vec::new();
            let mut next = query(ListKind::New, sort);
            loop {
                let page = world.desk.list(&world.clerk, &next).await.expect("a page");
                seen.extend(page.rows.iter().map(|row| row.number));
                world.clock.advance_ms(1000);
                registered(&world, &[(common::CUSTOMER_EMAIL, "")]).await;
                match page.next {
                    Some(after) => next.after = Some(after),
                    None => break,
                }
            }
            let unique: BTreeSet<Number> = seen.iter().copied().collect();
            assert_eq!(unique.len(), seen.len(), "{sort:?}");
            assert!(before.is_subset(&unique), "{sort:?}");
        }
    }

    async fn counts_are_of_the_reach(world: World) {
        many(&world).await;
        for who in [&world.clerk, &world.other_clerk, &world.handler, &world.admin] {
            let mut counts = [0; 4];
            for (at, list) in [ListKind::New, ListKind::Mine, ListKind::Active, ListKind::Archive].into_iter().enumerate() {
                counts[at] = u32::try_from(expected(&world, who, &query(list, Sort::Newest)).await.len()).expect("few");
            }
            let page = world.desk.list(who, &ListQuery { words: "sal".into(), ..ListQuery::default() }).await.expect("a page");
            let [new, mine, active, archive] = counts;
            assert_eq!(page.counts, Counts { new, mine, active, archive }, "{}", who.name);
        }
    }

    async fn a_list_fills_its_filters_from_the_reach(world: World) {
        let page = world.desk.list(&world.clerk, &ListQuery::default()).await.expect("a page");
        assert_eq!(page.stores.iter().map(|s| s.id).collect::<Vec<_>>(), [world.oslo]);
        assert_eq!(page.types.iter().map(|t| t.key.as_str()).collect::<Vec<_>>(), ["shoes", "other"]);
        assert_eq!(page.handlers.iter().map(|h| h.name.as_str()).collect::<Vec<_>>(), ["Ada Admin", "Hans Handler"]);
        let elsewhere = ListQuery { store: Some(world.krakow), ..ListQuery::default() };
        assert_eq!(world.desk.list(&world.clerk, &elsewhere).await.err(), Some(AppError::NotFound));
        for after in ["", "x", "n1", "n1.x.1", "d1.1", "n1.1' or 1=1"] {
            let broken = ListQuery { after: Some(after.into()), ..ListQuery::default() };
            assert!(matches!(world.desk.list(&world.clerk, &broken).await, Err(AppError::Invalid { .. })), "{after:?}");
        }
    }

    async fn words_that_many_cases_hold_are_found_as_well(world: World) {
        // More than the lists look up first: SQLite then walks the list itself.
        world.desk.db.write(|tx| futures::FutureExt::boxed(async move {
            let (kind, store): (String, String) = sqlx::query_as("select type_key, (select min(id) from stores) from forms limit 1").fetch_one(&mut *tx).await?;
            for n in 1..=2_600_i64 {
                sqlx::query(
                    "insert into cases (seq, id, number, version, type_key, form_version, store_id, channel, phase, archived, \
                     registered_at, updated_at, due_on, letter_failed, title, customer_name, sold, customer_email, customer_phone, \
                     customer_locale, receipt_number, answers, words) values ($1, $2, $3, 1, $4, 1, $5, 'till', 'new', 0, $6, $6, \
                     '2026-11-02', 0, 'Sko', '', 1, '', '', 'nb', '', '{}', $7)",
                )
                .bind(n)
                .bind(uuid::Uuid::from_u128(u128::try_from(n).expect("positive")).to_string())
                .bind(Number::new(2026, u32::try_from(n).expect("small")).expect("in range").to_string())
                .bind(&kind)
                .bind(&store)
                .bind(n / 3)
                .bind(format!("{} sko nr{n} {}", server::store::search::store_token(store.parse()?), if n % 100 == 0 { "hundre" } else { "annet" }))
                .execute(&mut *tx)
                .await?;
            }
            Ok(())
        })).await.expect("written");
        for sort in [Sort::Newest, Sort::Oldest, Sort::Due] {
            for (words, many) in [("sk", 2600), ("hundr", 26), ("nr77", 11)] {
                let rows = all(&world, &world.handler, ListQuery { words: words.into(), ..query(ListKind::New, sort) }).await;
                assert_eq!(rows.len(), many, "{words}");
                assert_eq!(rows, expected(&world, &world.handler, &ListQuery { words: words.into(), ..query(ListKind::New, sort) }).await);
            }
        }
        let counts = world.desk.list(&world.admin, &ListQuery::default()).await.expect("a page").counts;
        assert_eq!((counts.new, counts.active), (Counts::CAP, Counts::CAP));
    }

    async fn cases_that_wait_already_are_found_by_their_day(world: World) {
        many(&world).await;
        let by_wait = query(ListKind::Active, Sort::Waiting);
        let before = all(&world, &world.handler, by_wait.clone()).await;
        assert!(before.len() > 10);
        let migration = if world.desk.config.database_url.starts_with("sqlite") {
            include_str!("../../../migrations/sqlite/0021_waits.sql")
        } else {
            include_str!("../../../migrations/postgres/0021_waits.sql")
        };
        let begin = migration.find("update cases set").expect("the statement");
        let fill = &migration[begin..begin + migration[begin..].find(';').expect("its end")];
        let written = world.desk.db.write(move |tx| {
            async move {
                sqlx::query("update cases set waits_since = '9999-12-31'").execute(&mut *tx).await?;
                sqlx::query(fill).execute(&mut *tx).await?;
                Ok(())
            }
            .boxed()
        });
        written.await.expect("written");
        assert_eq!(all(&world, &world.handler, by_wait.clone()).await, before);
        let first = world.desk.list(&world.handler, &by_wait).await.expect("a page").rows;
        world.desk.act(&world.handler, first[0].id, None, Deed::Move(Action::Review)).await.expect("taken up");
        let rest = all(&world, &world.handler, by_wait).await;
        assert_eq!(rest, before[1..], "who waits no longer is gone");
    }
}
