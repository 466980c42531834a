//! What was answered is on disk, also when the process is killed in the next moment.

use crate::registration::{answers, input};
use crate::support::{World, key};
use app::backend::{Cases, Exact, FormInput, Registration, Viewer};
use domain::id::StoreId;
use domain::number::Number;
use server::clock::{Random, SystemClock};
use server::config::Config;
use server::desk::Desk;
use server::store::Db;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Set for the process that is going to be killed: database, data folder, viewer, store.
const VICTIM: &str = "REDRESS_TEST_VICTIM";

/// Does nothing unless it is the process that is going to be killed: registers cases without end, several at once, and
/// prints each number when it has been answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn victim() {
    let Ok(orders) = std::env::var(VICTIM) else { return };
    let (url, folder, clerk, store): (String, String, Viewer, StoreId) =
        serde_json::from_str(&orders).expect("orders that the parent wrote");
    let db = Db::open(&url).await.expect("the database opens");
    let config = Config { data_dir: folder.into(), database_url: url, ..Config::default() };
    let desk = Desk::open(db, Arc::new(SystemClock), Arc::new(Random::from_system()), config).await.expect("opens");
    let writers = (0..16).map(|_| {
        let (desk, clerk) = (desk.clone(), clerk.clone());
        tokio::spawn(async move {
            loop {
                let id = desk.random.id();
                let answers = answers(&[("size", "42")]);
                let input = FormInput { id, type_key: key("shoes"), form_version: 1, store, answers };
                let number = desk.register(&clerk, input).await.expect("registers");
                let mut out = std::io::stdout().lock();
                out.write_all(format!("\nanswered {number}\n").as_bytes()).and_then(|()| out.flush()).expect("is read");
            }
        })
    });
    futures::future::join_all(writers).await;
}

#[tokio::test]
async fn no_answered_case_is_lost_by_a_kill() {
    for answered_before in [40, 150] {
        let world = World::on_sqlite().await;
        let url = world.desk.config.database_url.clone();
        let orders = serde_json::to_string(&(&url, world.folder.path(), &world.clerk, world.oslo)).expect("orders");
        let mut victim = Command::new(std::env::current_exe().expect("this test"))
            .args(["crash::victim", "--exact", "--nocapture"])
            .env(VICTIM, orders)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut answered = BTreeSet::new();
        let lines = BufReader::new(victim.stdout.take().expect("a pipe")).lines();
        for line in lines.map_while(Result::ok) {
            // A line that the kill has cut short is no number, or one with a wrong check digit.
            if let Some(number) = line.strip_prefix("answered ").and_then(|text| text.parse::<Number>().ok()) {
                answered.insert(number);
            }
            if answered.len() == answered_before {
                victim.kill().expect("SIGKILL");
            }
        }
        victim.wait().expect("ends");
        assert!(answered.len() >= answered_before, "{} were answered", answered.len());
        world.desk.db.close().await;

        let db = Db::open(&url).await.expect("the database opens again");
        let desk = Desk { db, ..world.desk.clone() };
        for number in &answered {
            let view = desk.case(&world.clerk, *number).await.expect("what was answered is there");
            assert_eq!((view.timeline.len(), view.letters.len()), (3, 1), "{number} is whole");
            let found = desk.search(&world.clerk, &number.digits(), 2).await.expect("searches");
            assert_eq!(found.exact, Some(Exact::Case(*number)));
        }
        let mut connection = desk.db.read().await.expect("a connection");
        let health: String =
            sqlx::query_scalar("pragma integrity_check").fetch_one(&mut *connection).await.expect("checks");
        assert_eq!(health, "ok");
        let unindexed =
            "select count(*) from cases where seq not in (select rowid from case_words where case_words match 'ecco')";
        let unindexed: i64 = sqlx::query_scalar(unindexed).fetch_one(&mut *connection).await.expect("counts");
        assert_eq!(unindexed, 0, "the search index has them all");
        drop(connection);
        // And the series goes on behind them.
        let next = desk.register(&world.clerk, input(&world, world.oslo, &[])).await.expect("registers");
        assert!(!answered.contains(&next));
    }
}
