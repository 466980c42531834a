//! What runs beside the requests: started with the server, ended before it.

mod bulk;
pub mod carrier;
mod housekeeping;
pub mod letters;

use crate::desk::Desk;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

const REPORTS: Duration = Duration::from_secs(600);
/// Days are what is counted; a server that comes up late does at once what it missed.
const DEADLINES: Duration = Duration::from_secs(60);
/// Whoever wants to read one earlier makes it.
const PAPERS: Duration = Duration::from_secs(30);
/// What has changed since is read before each answer; this keeps it little.
const STATISTICS: Duration = Duration::from_secs(600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Rung after the commit of something that a job waits for, so that it looks at once.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn wake(&self) {
        self.0.notify_one();
    }

    pub async fn woken(&self) {
        self.0.notified().await;
    }
}

/// Jobs that run. Each ends between two rounds, so that none is cut within one.
pub struct Jobs {
    stop: watch::Sender<bool>,
    running: JoinSet<()>,
}

impl Jobs {
    /// Starts every job of the server.
    pub fn start(desk: &Desk) -> Self {
        let mut jobs = Self { stop: watch::Sender::new(false), running: JoinSet::new() };
        jobs.every(desk, "book", Duration::from_secs(2), async |desk| desk.shelf.refresh(&desk.db).await);
        jobs.every(desk, "housekeeping", Duration::from_secs(3600), housekeeping::sweep);
        jobs.every(desk, "drafts", DAY, async |desk| desk.forget_old_drafts().await);
        jobs.every(desk, "reports", REPORTS, async |desk| desk.tend_reports().await);
        jobs.every(desk, "deadlines", DEADLINES, async |desk| desk.watch_deadlines().await);
        jobs.every(desk, "targets", DEADLINES, async |desk| desk.watch_targets().await);
        jobs.every(desk, "reminders", DEADLINES, async |desk| desk.remind_all().await);
        jobs.every(desk, "papers", PAPERS, async |desk| desk.make_papers().await);
        jobs.every(desk, "statistics", STATISTICS, async |desk| desk.fresh_facts().await.map(drop));
        jobs.every(desk, "stray files", DAY, async |desk| desk.tidy_strays().await.map(|_| ()));
        jobs.running.spawn(bulk::run(desk.clone(), jobs.stop.subscribe()));
        jobs.running.spawn(carrier::run(desk.clone(), jobs.stop.subscribe()));
        jobs.running.spawn(letters::run(desk.clone(), jobs.stop.subscribe()));
        jobs
    }

    /// Runs `round` now and then, `pause` after the last one has ended.
    fn every<F, R, E>(&mut self, desk: &Desk, name: &'static str, pause: Duration, round: F)
    where
        F: Fn(Desk) -> R + Send + 'static,
        R: Future<Output = Result<(), E>> + Send,
        E: std::fmt::Display,
    {
        let desk = desk.clone();
        let mut stopped = self.stop.subscribe();
        self.running.spawn(async move {
            loop {
                if let Err(error) = round(desk.clone()).await {
                    tracing::error!(job = name, %error, "a job failed");
                }
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    _ = stopped.wait_for(|stop| *stop) => return,
                }
            }
        });
    }

    /// Ends them all; waits for the rounds that run.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        while self.running.join_next().await.is_some() {}
    }
}
