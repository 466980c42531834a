//! Listens, until it is told to end.

use super::connections::{self, Limits};
use super::{Site, router};
use crate::desk::Desk;
use crate::jobs::Jobs;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// What a request may still take once the server is to end.
const PATIENCE: Duration = Duration::from_secs(20);
/// For answers that are on their way. Live events would never end by themselves.
const LAST_BYTES: Duration = Duration::from_millis(300);

/// Serves until SIGTERM or SIGINT; then finishes what is running, ends the jobs and closes the database.
pub async fn serve(desk: Desk, site: Site, listener: TcpListener) -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (stop, stopped) = watch::channel(false);
    let running = Arc::new(AtomicUsize::new(0));
    if let Err(error) = desk.tidy_leftovers().await {
        tracing::error!(%error, "what a crash left behind could not be tidied");
    }
    let jobs = Jobs::start(&desk);

    let count = running.clone();
    let app = router(desk.clone(), Arc::new(site)).layer(from_fn(move |request: Request, next: Next| {
        let running = Running::one_more(count.clone());
        async move {
            let response: Response = next.run(request).await;
            drop(running);
            response
        }
    }));
    let server = tokio::spawn(connections::serve(listener, app, Limits::default(), stopped));

    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("ending: finishing what is running");
    stop.send_replace(true);
    let finished = async {
        while running.load(Ordering::Acquire) > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    if tokio::time::timeout(PATIENCE, finished).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
    let _ = tokio::time::timeout(LAST_BYTES, server).await;
    jobs.stop().await;
    desk.db.close().await;
    Ok(())
}

struct Running(Arc<AtomicUsize>);

impl Running {
    fn one_more(count: Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}
