//! The database underneath: one text on both, commits that several writes share.

use crate::on_both_databases;
use crate::support::{self, World};
use app::error::AppError;
use futures::FutureExt;
use server::store::StoreError;

on_both_databases! {
    async fn a_failed_write_takes_nothing_else_with_it(world: World) {
        let db = &world.desk.db;
        let writes = (0..40_i64).map(|i| {
            db.write(move |tx| {
                async move {
                    sqlx::query("insert into attempts (subject, failures, last_at, blocked_until) values ($1, 1, 0, 0)")
                        .bind(format!("subject {i}"))
                        .execute(&mut *tx)
                        .await?;
                    if i % 4 == 0 { Err(StoreError::Answer(AppError::Conflict)) } else { Ok(i) }
                }
                .boxed()
            })
        });
        let answers = futures::future::join_all(writes).await;
        let failed = answers.iter().filter(|a| matches!(a, Err(StoreError::Answer(AppError::Conflict)))).count();
        assert_eq!(failed, 10);
        let kept: i64 = sqlx::query_scalar("select count(*) from attempts")
            .fetch_one(&mut *db.read().await.expect("a connection"))
            .await
            .expect("counts");
        assert_eq!(kept, 30);
    }

    async fn a_write_that_panics_leaves_the_writer_alive(world: World) {
        let db = world.desk.db.clone();
        let broken = tokio::spawn({
            let db = db.clone();
            async move { db.write::<(), _>(|_| async { panic!("on purpose") }.boxed()).await }
        });
        assert!(!matches!(broken.await, Ok(Ok(()))));
        db.write(|tx| async move { server::store::book::touch(tx).await }.boxed()).await.expect("the next write works");
    }

    async fn the_book_is_read_as_it_was_written(world: World) {
        let book = world.desk.book();
        assert_eq!(book.stores.len(), 2);
        assert_eq!(book.staff[&world.handler.id].stores.len(), 2);
        let pool = |store| {
            let facts = domain::assignment::Facts {
                store, type_key: support::key("shoes"), brand: String::new(), value_minor: None, locale: domain::Locale::Nb,
            };
            book.pool(&facts, jiff::civil::date(2026, 10, 19)).map(|pool| pool.pick(0).to)
        };
        assert_eq!((pool(world.oslo), pool(world.krakow)), (Some(world.handler.id), None));
        assert_eq!(*book.forms[&(support::key("shoes"), 1)], domain::form::asking_odd_dates(&support::small_form()));
    }
}
