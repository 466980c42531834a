//! Creating and editing cases.

use crate::on_both_databases;
use crate::pictures::{fixture, take};
use crate::support::{World, key};
use app::backend::{Cases, FormInput, Registration, Viewer};
use app::error::AppError;
use domain::event::EventKind;
use domain::form::schema::common;
use domain::form::{Answers, Fault};
use domain::id::{CaseId, StoreId};
use domain::letter::{LetterState, Template};
use domain::number::Number;
use domain::phase::Phase;
use futures::future::join_all;
use jiff::civil::date;
use server::desk::pictures::Sender;

pub fn answers(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (key, value) in [
        (common::SOLD, "yes"),
        (common::ARTICLE_NAME, "Ecco Soft 7"),
        (common::DESCRIPTION, "Sålen løsner på høyre sko"),
        (common::CUSTOMER_NAME, "Østein Łuczak"),
        (common::CUSTOMER_EMAIL, "Oystein.Luczak@example.no"),
    ]
    .iter()
    .chain(pairs)
    {
        answers.set(key, *value);
    }
    answers
}

pub fn input(world: &World, store: StoreId, pairs: &[(&str, &str)]) -> FormInput {
    FormInput { id: world.desk.random.id(), type_key: key("shoes"), form_version: 1, store, answers: answers(pairs) }
}

/// Registers a case in Oslo with those answers.
pub async fn registered(world: &World, pairs: &[(&str, &str)]) -> (CaseId, Number) {
    let input = input(world, world.oslo, pairs);
    let id = input.id;
    (id, world.desk.register(&world.clerk, input).await.expect("registers"))
}

pub async fn count(world: &World, sql: &'static str) -> i64 {
    let mut connection = world.desk.db.read().await.expect("a connection");
    sqlx::query_scalar(sql).fetch_one(&mut *connection).await.expect("counts")
}

on_both_databases! {
    async fn a_case_is_registered_with_its_events_and_its_letter(world: World) {
        let mut changes = world.desk.live.listen();
        let (id, number) = registered(&world, &[(common::PRICE, "1 299,50"), (common::CUSTOMER_PHONE, "912 34 567")]).await;
        assert_eq!(number, Number::new(2026, 1).expect("in range"));
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!((view.id, view.version, view.phase, view.sold), (id, 1, Phase::New, true));
        assert_eq!(view.handler.as_ref().map(|h| h.id), Some(world.handler.id));
        assert_eq!(view.registered_by, "Kari Kasse");
        assert_eq!(view.registered.local, date(2026, 10, 19).at(10, 0, 0, 0));
        let due = view.due.expect("a target");
        assert_eq!((due.date, due.days_left), (date(2026, 11, 2), 14));
        assert_eq!(view.title, "Ecco Soft 7");
        assert_eq!(view.customer.phone, "+47 912 34 567");
        let price = view.sections.iter().flat_map(|s| &s.answers).find(|a| a.key == common::PRICE).expect("a price");
        assert_eq!(price.value, "1\u{a0}299,50\u{a0}kr");
        let events: Vec<_> = view.timeline.iter().map(|e| e.what.clone()).collect();
        assert!(matches!(&events[..], [EventKind::Registered, EventKind::Assigned { to: Some(_), .. }, EventKind::LetterQueued { template: Template::Received, .. }]));
        let [letter] = &view.letters[..] else { panic!("one letter") };
        assert_eq!((letter.to.as_str(), letter.state), ("Oystein.Luczak@example.no", LetterState::Waiting));
        let sent = world.desk.letter(&world.clerk, letter.id).await.expect("readable");
        assert!(sent.subject.contains(&number.to_string()), "{}", sent.subject);
        assert!(sent.html.contains(&number.to_string()) && sent.text.contains(&number.to_string()));
        assert!(!format!("{sent:?}").contains('\u{e000}'));
        assert_eq!(changes.try_recv().map(|c| (c.case, c.version)), Ok((id, 1)));
    }

    async fn unsold_stock_and_a_customer_without_address_get_no_letter(world: World) {
        registered(&world, &[(common::SOLD, "no")]).await;
        registered(&world, &[(common::CUSTOMER_EMAIL, "")]).await;
        assert_eq!(count(&world, "select count(*) from letters").await, 0);
        assert_eq!(count(&world, "select count(*) from cases where sold = 0").await, 1);
    }

    async fn the_same_id_again_makes_no_second_case(world: World) {
        let input = input(&world, world.oslo, &[]);
        let first = world.desk.register(&world.clerk, input.clone()).await.expect("registers");
        assert_eq!(world.desk.register(&world.clerk, input.clone()).await, Ok(first));
        assert_eq!(world.desk.register(&world.handler, input.clone()).await, Ok(first));
        // Somebody who may not see it does not learn of it either.
        let elsewhere = FormInput { store: world.krakow, ..input };
        assert_eq!(world.desk.register(&world.other_clerk, elsewhere).await, Err(AppError::NotFound));
        assert_eq!(count(&world, "select count(*) from cases").await, 1);
        assert_eq!(count(&world, "select count(*) from letters").await, 1);
        assert_eq!(count(&world, "select count(*) from events").await, 3);
    }

    async fn what_was_mended_after_a_lost_answer_is_kept(world: World) {
        let first = input(&world, world.oslo, &[(common::CUSTOMER_PHONE, "912 34 567")]);
        let number = world.desk.register(&world.clerk, first.clone()).await.expect("registers");
        let mended = FormInput { answers: answers(&[(common::CUSTOMER_PHONE, "912 34 568")]), ..first.clone() };
        assert_eq!(world.desk.register(&world.clerk, mended.clone()).await, Ok(number));
        assert_eq!(world.desk.register(&world.clerk, mended).await, Ok(number));
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!(view.customer.phone, "+47 912 34 568");
        let edits = view.timeline.iter().filter(|event| matches!(event.what, EventKind::Edited { .. })).count();
        assert_eq!((edits, view.letters.len()), (1, 1));
        // Not by somebody who may not see it.
        assert!(world.desk.register(&world.other_clerk, FormInput { store: world.krakow, ..first }).await.is_err());
    }

    async fn a_picture_that_comes_meanwhile_is_in_no_edits_way(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let page = world.desk.edit_page(&world.clerk, number).await.expect("a page");
        let (_, version) = page.editing.expect("an edit");
        take(&world, Sender::Staff(&world.clerk), id, fixture!("orientation_1.jpg")).await.expect("taken");
        let mended = FormInput { id, answers: answers(&[(common::ARTICLE_NAME, "Ecco Soft 8")]), ..input(&world, world.oslo, &[]) };
        world.desk.edit(&world.clerk, mended.clone(), version).await.expect("saves");
        assert_eq!(world.desk.case(&world.clerk, number).await.expect("is there").title, "Ecco Soft 8");
        // Another edit is.
        let late = FormInput { answers: answers(&[(common::ARTICLE_NAME, "Ecco Soft 9")]), ..mended };
        assert_eq!(world.desk.edit(&world.clerk, late, version).await, Err(AppError::Conflict));
    }

    async fn a_race_of_the_same_id_makes_one_case(world: World) {
        for _ in 0..10 {
            let input = input(&world, world.oslo, &[]);
            let numbers = join_all((0..6).map(|_| {
                let (desk, clerk, input) = (world.desk.clone(), world.clerk.clone(), input.clone());
                tokio::spawn(async move { desk.register(&clerk, input).await })
            }))
            .await;
            let numbers: Vec<_> = numbers.into_iter().map(|n| n.expect("runs").expect("a number")).collect();
            assert!(numbers.iter().all(|n| *n == numbers[0]), "{numbers:?}");
        }
        assert_eq!(count(&world, "select count(*) from cases").await, 10);
        assert_eq!(count(&world, "select count(*) from letters").await, 10);
    }

    async fn many_at_once_get_different_numbers(world: World) {
        let numbers = join_all((0..64).map(|_| {
            let (desk, clerk, input) = (world.desk.clone(), world.clerk.clone(), input(&world, world.oslo, &[]));
            tokio::spawn(async move { desk.register(&clerk, input).await })
        }))
        .await;
        let numbers: std::collections::BTreeSet<_> = numbers.into_iter().map(|n| n.expect("runs").expect("a number")).collect();
        assert_eq!(numbers.len(), 64);
    }

    async fn a_form_with_problems_is_kept_as_a_draft(world: World) {
        let input = input(&world, world.oslo, &[(common::ARTICLE_NAME, " "), (common::PURCHASE_DATE, "31.02.2026"), ("size", "42")]);
        let Err(AppError::Form { problems }) = world.desk.register(&world.clerk, input.clone()).await else { panic!("problems") };
        let problems: Vec<_> = problems.into_iter().map(|p| (p.field.to_string(), p.fault)).collect();
        assert_eq!(problems, [(common::ARTICLE_NAME.to_owned(), Fault::Missing), (common::PURCHASE_DATE.to_owned(), Fault::NotADate)]);
        assert_eq!(count(&world, "select count(*) from cases").await, 0);
        let page = world.desk.form_page(&world.clerk, &key("shoes"), Some(input.id)).await.expect("the draft");
        assert_eq!(page.answers, input.answers);
        assert_eq!(page.id, input.id);
        let drafts = world.desk.drafts(&world.clerk).await.expect("drafts");
        assert_eq!(drafts.len(), 1);
        assert_eq!(drafts[0].summary, "Østein Łuczak");
        // Corrected, it becomes the case and is no draft any more.
        let good = FormInput { answers: answers(&[]), ..input.clone() };
        world.desk.register(&world.clerk, good).await.expect("registers");
        assert_eq!(world.desk.drafts(&world.clerk).await, Ok(vec![]));
        // A late autosave brings no ghost back.
        assert_eq!(world.desk.save_draft(&world.clerk, input.clone()).await, Ok(()));
        assert_eq!(world.desk.drafts(&world.clerk).await, Ok(vec![]));
        assert_eq!(world.desk.form_page(&world.clerk, &key("shoes"), Some(input.id)).await.err(), Some(AppError::NotFound));
    }

    async fn a_draft_is_its_writers_own(world: World) {
        let input = input(&world, world.oslo, &[]);
        world.desk.save_draft(&world.clerk, input.clone()).await.expect("kept");
        world.desk.save_draft(&world.clerk, FormInput { answers: answers(&[("size", "43")]), ..input.clone() }).await.expect("kept again");
        assert_eq!(world.desk.drafts(&world.handler).await, Ok(vec![]));
        assert_eq!(world.desk.form_page(&world.handler, &key("shoes"), Some(input.id)).await.err(), Some(AppError::NotFound));
        let elsewhere = FormInput { store: world.krakow, ..input.clone() };
        assert_eq!(world.desk.save_draft(&world.other_clerk, elsewhere).await, Err(AppError::NotFound));
        world.desk.discard_draft(&world.other_clerk, input.id).await.expect("nothing of theirs");
        assert_eq!(world.desk.drafts(&world.clerk).await.map(|d| d.len()), Ok(1));
        world.desk.discard_draft(&world.clerk, input.id).await.expect("gone");
        assert_eq!(world.desk.drafts(&world.clerk).await, Ok(vec![]));
    }

    async fn pictures_of_a_draft_stay_with_its_case_and_go_with_a_discarded_draft(world: World) {
        let kept = input(&world, world.oslo, &[]);
        let thrown = input(&world, world.oslo, &[]);
        for input in [&kept, &thrown] {
            world.desk.save_draft(&world.clerk, input.clone()).await.expect("kept");
            let (picture, case) = (world.desk.random.uuid().to_string(), input.id.to_string());
            let mut connection = world.desk.db.read().await.expect("a connection");
            sqlx::query(
                "insert into attachments (id, case_id, kind, content_type, sha256, width, height, bytes, taken_at, received_at) \
                 values ($1, $2, 'damage', 'image/jpeg', $1, 10, 10, 10, 1, 1)",
            )
            .bind(picture)
            .bind(case)
            .execute(&mut *connection)
            .await
            .expect("inserts");
        }
        let page = world.desk.form_page(&world.clerk, &key("shoes"), Some(kept.id)).await.expect("the draft");
        assert_eq!(page.pictures.len(), 1);
        assert_eq!(page.context.pictures.len(), 1);
        let number = world.desk.register(&world.clerk, kept).await.expect("registers");
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!(view.pictures.len(), 1);
        let found = world.desk.search(&world.clerk, &number.to_string(), 5).await.expect("found");
        assert_eq!(found.rows[0].thumbnail, Some(view.pictures[0].id));
        world.desk.discard_draft(&world.clerk, thrown.id).await.expect("gone");
        assert_eq!(count(&world, "select count(*) from attachments where removed_at is not null").await, 1);
    }

    async fn old_drafts_are_forgotten(world: World) {
        world.desk.save_draft(&world.clerk, input(&world, world.oslo, &[])).await.expect("kept");
        world.clock.advance_ms(20 * 24 * 3600 * 1000);
        world.desk.save_draft(&world.clerk, input(&world, world.oslo, &[])).await.expect("kept");
        world.clock.advance_ms(11 * 24 * 3600 * 1000);
        world.desk.forget_old_drafts().await.expect("forgets");
        assert_eq!(count(&world, "select count(*) from drafts").await, 1);
    }

    async fn nobody_registers_where_they_do_not_serve(world: World) {
        let elsewhere = input(&world, world.krakow, &[]);
        assert_eq!(world.desk.register(&world.clerk, elsewhere.clone()).await, Err(AppError::Forbidden));
        assert_eq!(world.desk.save_draft(&world.clerk, elsewhere.clone()).await, Err(AppError::Forbidden));
        assert!(world.desk.register(&world.admin, elsewhere).await.is_ok());
        let huge = input(&world, world.oslo, &[("size", &"x".repeat(300_000))]);
        assert!(matches!(world.desk.save_draft(&world.clerk, huge).await, Err(AppError::Invalid { .. })));
        let unknown = FormInput { form_version: 9, ..input(&world, world.oslo, &[]) };
        assert_eq!(world.desk.register(&world.clerk, unknown).await, Err(AppError::NotFound));
        let page = world.desk.form_page(&world.handler, &key("shoes"), None).await.expect("a form");
        assert_eq!(page.stores.len(), 2);
        assert_eq!(world.desk.form_page(&world.clerk, &key("no_such"), None).await.err(), Some(AppError::NotFound));
    }

    async fn an_edit_is_told_and_found(world: World) {
        let (id, number) = registered(&world, &[(common::PRICE, "100")]).await;
        world.desk.act(&world.clerk, id, None, app::backend::Deed::Comment("Kunden ringte om gummistrikk".into())).await.expect("noted");
        let page = world.desk.edit_page(&world.clerk, number).await.expect("a form");
        assert_eq!(page.editing, Some((number, 2)));
        assert_eq!(page.answers.first(common::PRICE), "100");
        let mut changed = page.answers.clone();
        changed.set(common::PRICE, "250,50");
        changed.set(common::ARTICLE_NAME, "Timberland");
        let input = FormInput { id, type_key: key("shoes"), form_version: 1, store: world.oslo, answers: changed };
        world.desk.edit(&world.clerk, input, 2).await.expect("saved");
        let view = world.desk.case(&world.handler, number).await.expect("is there");
        assert_eq!((view.version, view.title.as_str()), (3, "Timberland"));
        let edited = view.timeline.iter().find(|e| matches!(e.what, EventKind::Edited { .. })).expect("told");
        assert_eq!(edited.detail, "article_name: Ecco Soft 7 → Timberland\nprice: 100,00\u{a0}kr → 250,50\u{a0}kr");
        for (text, hits) in [("timberland", 1), ("ecco", 0), ("gummistrikk", 1), (&number.to_string(), 1)] {
            assert_eq!(world.desk.search(&world.clerk, text, 5).await.expect("searches").rows.len(), hits, "{text}");
        }
    }

    async fn two_edits_at_once_lose_nothing(world: World) {
        let (id, number) = registered(&world, &[("size", "42")]).await;
        let page = world.desk.edit_page(&world.clerk, number).await.expect("a form");
        let edit = |answers: Answers| FormInput { id, type_key: key("shoes"), form_version: 1, store: world.oslo, answers };
        let mut theirs = page.answers.clone();
        theirs.set("size", "43");
        theirs.set(common::RECEIPT_NUMBER, "000");
        world.desk.edit(&world.handler, edit(theirs), 1).await.expect("saved");
        let mut mine = page.answers;
        mine.set(common::DESCRIPTION, "Sålen er borte");
        assert_eq!(world.desk.edit(&world.clerk, edit(mine.clone()), 1).await, Err(AppError::Conflict));
        let again = world.desk.edit_page(&world.clerk, number).await.expect("a form");
        assert_eq!(again.editing, Some((number, 2)));
        assert_eq!(again.answers.first("size"), "43");
        assert_eq!(again.answers.first(common::RECEIPT_NUMBER), "000");
        assert_eq!(again.answers.first(common::DESCRIPTION), "Sålen er borte");
        assert_eq!(world.desk.drafts(&world.clerk).await, Ok(vec![]), "an edit is no begun case");
        world.desk.edit(&world.clerk, edit(again.answers), 2).await.expect("saved");
        assert_eq!(count(&world, "select count(*) from drafts").await, 0);
        let after = world.desk.edit_page(&world.handler, number).await.expect("a form");
        assert_eq!((after.answers.first("size"), after.answers.first(common::DESCRIPTION)), ("43", "Sålen er borte"));
    }

    async fn a_faulty_edit_is_kept(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let input = FormInput { id, type_key: key("shoes"), form_version: 1, store: world.oslo, answers: answers(&[(common::DESCRIPTION, ""), ("size", "44")]) };
        assert!(matches!(world.desk.edit(&world.clerk, input, 1).await, Err(AppError::Form { .. })));
        let page = world.desk.edit_page(&world.clerk, number).await.expect("a form");
        assert_eq!((page.answers.first("size"), page.answers.first(common::DESCRIPTION)), ("44", ""));
        assert_eq!(world.desk.edit_page(&world.handler, number).await.expect("a form").answers.first("size"), "");
    }

    async fn editing_needs_reach(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let stranger: &Viewer = &world.other_clerk;
        assert_eq!(world.desk.edit_page(stranger, number).await.err(), Some(AppError::NotFound));
        let input = FormInput { id, type_key: key("shoes"), form_version: 1, store: world.oslo, answers: answers(&[]) };
        assert_eq!(world.desk.edit(stranger, input, 1).await, Err(AppError::NotFound));
    }
}
