//! Statistics: right numbers, each with exactly its cases, for those who may, as soon as something changes.

use crate::on_both_databases;
use crate::registration::{count, input};
use crate::support::{World, key, small_form};
use app::backend::{
    Cases, Deed, Figure, FormInput, ListKind, ListQuery, Registration, Sort, Statistics, StatisticsQuery,
    StatisticsView, Viewer,
};
use app::error::AppError;
use domain::Localized;
use domain::case::ArchiveReason;
use domain::decision::{Decision, Verdict};
use domain::form::schema::{Required, common};
use domain::form::{Field, FieldKind};
use domain::handling::{Examined, SupplierAnswer};
use domain::id::CaseId;
use domain::number::Number;
use domain::phase::{Action, Phase, Waiting};
use domain::role::Reach;
use domain::statistics::{Preset, Slice};
use futures::FutureExt;
use jiff::civil::date;
use server::clock::Clock;
use server::desk::Desk;
use server::store::{cases, organisation};
use std::collections::BTreeSet;

const DAY_MS: i64 = 24 * 3600 * 1000;

/// The small form asks for brand and supplier as well.
pub async fn ask_for_the_brand(world: &World) {
    let mut form = small_form();
    form.version = 2;
    for name in [common::BRAND, common::SUPPLIER] {
        form.sections[0].fields.push(Field {
            key: key(name),
            label: Localized::new(name, name, name),
            help: Localized::default(),
            kind: FieldKind::Text { max: None },
            required: Required::No,
            shown_when: None,
            staff_only: false,
        });
    }
    let book = world.desk.book();
    let kinds: Vec<_> = book.types.values().cloned().collect();
    let write = world.desk.db.write(move |tx| {
        async move {
            for mut kind in kinds {
                organisation::add_form(tx, &kind.key, &form).await?;
                kind.form_version = 2;
                organisation::save_type(tx, &kind).await?;
            }
            server::store::book::touch(tx).await
        }
        .boxed()
    });
    write.await.expect("the forms are written");
    world.desk.shelf.refresh(&world.desk.db).await.expect("the book is read");
}

pub async fn complaint(world: &World, krakow: bool, kind: &str, pairs: &[(&str, &str)]) -> (CaseId, Number) {
    let (store, who) = if krakow { (world.krakow, &world.other_clerk) } else { (world.oslo, &world.clerk) };
    let pairs = [&[(common::CUSTOMER_EMAIL, "")], pairs].concat();
    let form = FormInput { type_key: key(kind), form_version: 2, ..input(world, store, &pairs) };
    let id = form.id;
    (id, world.desk.register(who, form).await.expect("registers"))
}

async fn act(world: &World, id: CaseId, deed: Deed) {
    world.desk.act(&world.handler, id, None, deed).await.expect("done");
}

fn decide(verdict: Verdict) -> Deed {
    let reason = key(if verdict == Verdict::Rejected { "wear" } else { "fault" });
    Deed::Decide(Decision::new(verdict, reason, "Fordi"))
}

fn settle(outcome: &str, amount: &str) -> Deed {
    Deed::Settle { outcome: key(outcome), amount: amount.into() }
}

/// Somebody has examined the goods, and the supplier has credited them.
async fn examined(world: &World, id: CaseId, cause: &str, credit: Option<i64>) {
    let now = world.clock.now_ms();
    let (by, cause) = (world.handler.id, key(cause));
    let write = world.desk.db.write(move |tx| {
        async move {
            let mut case = cases::by_id(tx, id).await?.expect("is there");
            let on = date(2026, 1, 1);
            case.handling.examined = Some(Examined {
                cause,
                finding: String::new(),
                examiner: String::new(),
                on,
                pictures: Vec::new(),
                by,
                at: now,
            });
            let answer = |amount_minor| SupplierAnswer {
                answer: key("credit"),
                note: String::new(),
                amount_minor,
                on,
                by,
                at: now,
            };
            case.handling.supplier = credit.map(|credit| answer(Some(credit)));
            assert!(cases::save(tx, &case, now).await?, "nobody was quicker");
            Ok(())
        }
        .boxed()
    });
    write.await.expect("saved");
}

pub async fn view(world: &World, who: &Viewer, query: &StatisticsQuery) -> StatisticsView {
    world.desk.statistics(who, query).await.expect("statistics")
}

pub async fn now(world: &World) -> StatisticsView {
    view(world, &world.admin, &StatisticsQuery::default()).await
}

/// Every case behind a number, page after page.
async fn behind(world: &World, who: &Viewer, slice: &Slice, sort: Sort) -> Vec<Number> {
    let mut query = ListQuery { list: ListKind::All, slice: slice.clone(), sort, ..ListQuery::default() };
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

/// Half a year of a hundred complaints in both stores, each as far as the next ones have let it come.
pub async fn half_a_year(world: &World) {
    ask_for_the_brand(world).await;
    for n in 0..100_u32 {
        let brand = ["Fjellvik", "FJELLVIK", "Løpa", "Bamse", ""][n as usize % 5];
        let supplier = ["Nord AS", "Południe", ""][n as usize % 3];
        let article = format!("Sko {}", n % 7);
        let pairs = [
            (common::BRAND, brand),
            (common::SUPPLIER, supplier),
            (common::ARTICLE_NAME, article.as_str()),
            (common::ARTICLE_NUMBER, if n % 7 == 0 { "7020520001236" } else { "" }),
        ];
        let (id, _) = complaint(world, n % 3 == 0, if n % 4 == 0 { "other" } else { "shoes" }, &pairs).await;
        // Always about noon: the day is the same in every zone.
        world.clock.advance_ms(DAY_MS * i64::from(n % 2) + 60_000);
        match n % 8 {
            0 => {}
            1 => act(world, id, Deed::Wait { on: Waiting::Goods, whom: String::new(), email: String::new() }).await,
            2 => act(world, id, Deed::Move(Action::Withdraw)).await,
            3 => {
                act(world, id, decide(Verdict::Rejected)).await;
                act(world, id, settle("collected", "")).await;
            }
            4 => act(world, id, decide(Verdict::Partly)).await,
            rest => {
                if rest == 7 {
                    // Longer than the law and we allow.
                    world.clock.advance_ms(20 * DAY_MS);
                }
                examined(
                    world,
                    id,
                    if n % 2 == 0 { "production_fault" } else { "wear" },
                    (n % 5 == 0).then_some(5_000),
                )
                .await;
                act(world, id, decide(Verdict::Approved)).await;
                if rest == 6 {
                    // What is changed later was decided all the same.
                    world.clock.advance_ms(DAY_MS);
                    act(world, id, decide(Verdict::Rejected)).await;
                    act(world, id, decide(Verdict::Approved)).await;
                }
                act(world, id, settle("refund", "199,50")).await;
                act(world, id, Deed::Archive(ArchiveReason::Settled)).await;
            }
        }
    }
}

on_both_databases! {
    async fn each_number_is_that_of_the_cases_behind_it(world: World) {
        half_a_year(&world).await;
        let narrowed = StatisticsQuery {
            stores: vec![world.oslo],
            types: vec![key("shoes")],
            suppliers: vec!["nord as".into()],
            ..StatisticsQuery::default()
        };
        let free = StatisticsQuery { from: "2026-11-01".into(), until: "15.2.2027".into(), ..StatisticsQuery::default() };
        let mut tried = BTreeSet::new();
        let presets = [Preset::Last12Months, Preset::ThisMonth, Preset::LastMonth, Preset::ThisQuarter, Preset::ThisYear];
        let presets = presets.map(|preset| StatisticsQuery { preset, ..StatisticsQuery::default() });
        for query in presets.into_iter().chain([narrowed, free]) {
            let view = view(&world, &world.handler, &query).await;
            for Figure { n, slice } in view.figures() {
                // The same number stands in several places.
                if !tried.insert(serde_json::to_string(slice).expect("JSON")) {
                    continue;
                }
                let newest = behind(&world, &world.handler, slice, Sort::Newest).await;
                assert_eq!(newest.len(), *n as usize, "{slice:?}");
                assert_eq!(newest.iter().collect::<BTreeSet<_>>().len(), newest.len(), "each once");
                let mut oldest = behind(&world, &world.handler, slice, Sort::Oldest).await;
                oldest.reverse();
                assert_eq!(oldest, newest);
            }
        }
        assert!(tried.len() > 100, "{}", tried.len());
    }

    async fn the_numbers_are_those_of_the_rows(world: World) {
        half_a_year(&world).await;
        let view = now(&world).await;
        let sql = |sql: &'static str| count(&world, sql);
        assert_eq!(i64::from(view.registered.now.n), sql("select count(*) from cases").await);
        assert_eq!(i64::from(view.decided.now.n), sql("select count(*) from cases where verdict is not null").await);
        assert_eq!(i64::from(view.settled.now.n), sql("select count(*) from cases where phase = 'settled'").await);
        let open = "select count(*) from cases where phase in ('new', 'in_review', 'waiting_goods')";
        assert_eq!(i64::from(view.open.now.n), sql(open).await);
        assert_eq!(view.registered.before.n, 0);
        let verdicts: Vec<i64> = view.verdicts.iter().map(|pair| i64::from(pair.now.n)).collect();
        assert_eq!(verdicts[2], sql("select count(*) from cases where verdict = 'rejected'").await);
        let refund = view.outcomes.iter().find(|line| line.name == "refund").expect("refunds");
        assert_eq!((refund.cost[0], refund.credit[0]), (19_950 * i64::from(refund.cases.now.n), 5_000 * 8));
        let brands: Vec<(&str, u32)> = view.brands.iter().map(|line| (line.name.as_str(), line.cases.now.n)).collect();
        assert_eq!(brands, [("Fjellvik", 40), ("Løpa", 20), ("Bamse", 20)], "in whatever way it is spelt");
        let article = view.articles.iter().find(|line| line.detail == "7020520001236").expect("by its number");
        assert_eq!((article.name.as_str(), article.cases.now.n), ("Bamse Sko 0", 15));
        assert_eq!(view.causes.iter().map(|line| line.cases.now.n).sum::<u32>(), view.decided.now.n);
        assert_eq!(view.target.past.now.n, 12, "those that took three weeks");
        assert_eq!(view.law.past.now.n, 4, "those of them in Poland: Norway's law names no number of days");
        let polish = StatisticsQuery { stores: vec![world.krakow], ..StatisticsQuery::default() };
        let polish = world.desk.statistics(&world.admin, &polish).await.expect("statistics");
        assert!(polish.law.within.now.n > 0 && polish.law.past.now.n == 4);
    }

    async fn what_changes_is_counted_at_once_whoever_changes_it(world: World) {
        ask_for_the_brand(&world).await;
        let other = Desk::open(world.desk.db.clone(), world.clock.clone(), world.desk.random.clone(), (*world.desk.config).clone())
            .await
            .expect("another server");
        let everywhere = async || {
            let view = now(&world).await;
            assert_eq!(view, other.statistics(&world.admin, &StatisticsQuery::default()).await.expect("statistics"));
            view
        };
        assert_eq!(everywhere().await.registered.now.n, 0);
        let (id, number) = complaint(&world, false, "shoes", &[(common::BRAND, "Løpa")]).await;
        let seen = everywhere().await;
        assert_eq!((seen.registered.now.n, seen.open.now.n, seen.decided.now.n), (1, 1, 0));
        assert_eq!(seen.brands[0].name, "Løpa");

        let page = world.desk.edit_page(&world.clerk, number).await.expect("a page");
        let (_, version) = page.editing.expect("an edit");
        let mut answers = page.answers;
        answers.set(common::BRAND, "Bamse");
        let form = FormInput { id, form_version: 2, answers, ..input(&world, world.oslo, &[]) };
        world.desk.edit(&world.clerk, form, version).await.expect("edits");
        assert_eq!(everywhere().await.brands[0].name, "Bamse");

        // A clock that is put back hides nothing.
        world.clock.advance_ms(-3 * 3_600_000);
        act(&world, id, decide(Verdict::Approved)).await;
        let seen = everywhere().await;
        assert_eq!((seen.open.now.n, seen.decided.now.n, seen.settled.now.n), (0, 1, 0));
        world.clock.advance_ms(5 * DAY_MS);
        act(&world, id, settle("refund", "10")).await;
        assert_eq!(everywhere().await.outcomes[0].cost, [1_000, 0]);
        act(&world, id, Deed::Move(Action::Unsettle)).await;
        let seen = everywhere().await;
        assert_eq!((seen.settled.now.n, seen.outcomes.len()), (0, 0));

        // Neither archive nor phase takes a case out of what it was.
        act(&world, id, Deed::Archive(ArchiveReason::Other)).await;
        assert_eq!(everywhere().await.decided.now.n, 1);
        let (other_id, other) = complaint(&world, false, "shoes", &[]).await;
        act(&world, other_id, Deed::Move(Action::Withdraw)).await;
        assert_eq!(everywhere().await.open.now.n, 0);
        act(&world, other_id, Deed::Move(Action::Review)).await;
        assert_eq!(everywhere().await.open.now.n, 1);

        // A complaint that was taken in twice is one.
        let (duplicate, _) = complaint(&world, false, "shoes", &[]).await;
        assert_eq!(everywhere().await.registered.now.n, 3);
        act(&world, duplicate, Deed::Join(other)).await;
        let seen = everywhere().await;
        assert_eq!((seen.registered.now.n, seen.open.now.n), (2, 1));
        act(&world, duplicate, Deed::Move(Action::Unarchive)).await;
        assert_eq!(everywhere().await.registered.now.n, 3);
        act(&world, duplicate, Deed::Join(other)).await;

        let in_review = ListQuery { list: ListKind::All, phase: Some(Phase::InReview), ..ListQuery::default() };
        assert_eq!(world.desk.list(&world.admin, &in_review).await.expect("a page").rows.len(), 1);
    }

    async fn nobody_counts_other_stores(world: World) {
        half_a_year(&world).await;
        let of_oslo = Viewer { reach: Reach::Stores(vec![world.oslo]), ..world.handler.clone() };
        let all = now(&world).await;
        let theirs = view(&world, &of_oslo, &StatisticsQuery::default()).await;
        assert_eq!(i64::from(theirs.registered.now.n), count(&world, "select count(*) from cases join stores on stores.id = store_id where code = 'OSLO'").await);
        assert!(theirs.registered.now.n < all.registered.now.n);
        assert_eq!(theirs.choices.stores.iter().map(|store| store.id).collect::<Vec<_>>(), [world.oslo]);
        for Figure { slice, .. } in theirs.figures() {
            for number in behind(&world, &of_oslo, slice, Sort::Newest).await.into_iter().take(3) {
                assert_eq!(world.desk.case(&of_oslo, number).await.expect("theirs").store.id, world.oslo);
            }
        }
        // A number of everybody's leads nobody to a case that is not theirs.
        assert_eq!(behind(&world, &of_oslo, &all.registered.now.slice, Sort::Newest).await.len(), theirs.registered.now.n as usize);
        let krakow = StatisticsQuery { stores: vec![world.krakow], ..StatisticsQuery::default() };
        assert_eq!(world.desk.statistics(&of_oslo, &krakow).await.err(), Some(AppError::NotFound));
        let of_krakow = Slice { stores: vec![world.krakow], ..Slice::default() };
        assert!(behind(&world, &of_oslo, &of_krakow, Sort::Newest).await.is_empty());
        let nowhere = Viewer { reach: Reach::Stores(Vec::new()), ..world.handler.clone() };
        assert!(view(&world, &nowhere, &StatisticsQuery::default()).await.figures().iter().all(|figure| figure.n == 0));
        assert_eq!(world.desk.statistics(&world.clerk, &StatisticsQuery::default()).await.err(), Some(AppError::Forbidden));
    }

    async fn a_supplier_of_another_store_is_not_told(world: World) {
        ask_for_the_brand(&world).await;
        complaint(&world, false, "shoes", &[(common::SUPPLIER, "Nord AS")]).await;
        complaint(&world, true, "shoes", &[(common::SUPPLIER, "Południe")]).await;
        let of_oslo = Viewer { reach: Reach::Stores(vec![world.oslo]), ..world.handler.clone() };
        let asked = StatisticsQuery { suppliers: vec!["Południe".into()], ..StatisticsQuery::default() };
        assert_eq!(view(&world, &of_oslo, &asked).await.choices.suppliers, ["Nord AS"]);
        assert_eq!(now(&world).await.choices.suppliers, ["Nord AS", "Południe"]);
    }

    async fn one_goes_from_case_to_case_of_a_number(world: World) {
        half_a_year(&world).await;
        let slice = now(&world).await.decided.now.slice;
        for sort in [Sort::Newest, Sort::Oldest] {
            let query = ListQuery { list: ListKind::All, slice: slice.clone(), sort, ..ListQuery::default() };
            let rows = world.desk.list(&world.admin, &query).await.expect("a page").rows;
            for at in [0, 1, rows.len() - 1] {
                let beside = world.desk.neighbours(&world.admin, &query, &rows[at].place).await.expect("neighbours");
                assert_eq!(beside.before.map(|one| one.number), at.checked_sub(1).map(|at| rows[at].number));
                if let Some(next) = rows.get(at + 1) {
                    assert_eq!(beside.after.map(|one| one.number), Some(next.number));
                }
            }
        }
    }

    async fn earlier_cases_are_counted_as_those_that_are_written_now(world: World) {
        half_a_year(&world).await;
        let columns = "select seq, decided_at, settled_at, withdrawn_on, outcome, cause, cost_minor, credit_minor, brand, article, supplier, \
             target_on from cases order by seq";
        type Row = (i64, Option<i64>, Option<i64>, Option<String>, String, String, Option<i64>, Option<i64>, String, String, String, Option<String>);
        let read = async || -> Vec<Row> {
            sqlx::query_as(columns).fetch_all(&mut *world.desk.db.read().await.expect("a connection")).await.expect("rows")
        };
        let written = read().await;
        let migration = if world.desk.config.database_url.starts_with("sqlite") {
            include_str!("../../../migrations/sqlite/0015_statistics.sql")
        } else {
            include_str!("../../../migrations/postgres/0015_statistics.sql")
        };
        let begin = migration.find("update cases set").expect("the statement");
        let fill = &migration[begin..begin + migration[begin..].find(';').expect("its end")];
        let first = written.clone();
        let write = world.desk.db.write(move |tx| {
            async move {
                // Until 0019 the first decision's time stood among the law's facts.
                for (seq, decided_at, ..) in first {
                    let Some(at) = decided_at.and_then(|at| jiff::Timestamp::from_millisecond(at).ok()) else { continue };
                    let facts: String = sqlx::query_scalar("select law_facts from cases where seq = $1").bind(seq).fetch_one(&mut *tx).await?;
                    let mut facts: serde_json::Value = serde_json::from_str(&facts)?;
                    facts["replied"] = serde_json::json!({ "sent": at, "reached": null });
                    sqlx::query("update cases set law_facts = $2 where seq = $1").bind(seq).bind(facts.to_string()).execute(&mut *tx).await?;
                }
                let empty = "update cases set decided_at = null, settled_at = null, withdrawn_on = null, outcome = '', cause = '', \
                     cost_minor = null, credit_minor = null, brand = '', article = '', supplier = '', target_on = null";
                sqlx::query(empty).execute(&mut *tx).await?;
                sqlx::query(fill).execute(&mut *tx).await?;
                Ok(())
            }
            .boxed()
        });
        write.await.expect("written");
        let filled = read().await;
        assert_eq!(filled.len(), 100);
        for (one, other) in written.iter().zip(&filled) {
            assert_eq!(one, other);
        }
    }
}
