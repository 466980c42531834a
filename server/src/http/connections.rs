//! Connections: how many there are at once, and how long one may take to say what it wants.
//!
//! HTTP/1.1 alone: a proxy in front speaks whatever browsers like, and with one version there is no moment before a limit
//! holds. What a request does once its head is here is bounded elsewhere: a stalled body by the router, a use case by
//! itself; live events may last.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// From a connection's beginning, or its last answer's end, to the end of the next request's head.
const HEAD: Duration = Duration::from_secs(30);
/// More would help no shop and cost memory.
const MOST: usize = 8192;
/// Files that database, uploads and letters open beside the connections.
const FILES: usize = 256;
/// When the system has no socket to give, asking at once again would only burn.
const BREATH: Duration = Duration::from_secs(1);

/// What clients are held to.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long a request's head may take; an idle connection is closed after it as well.
    pub head: Duration,
    /// How many connections are open at most; further ones wait to be accepted.
    pub connections: usize,
}

impl Default for Limits {
    /// As many connections as the process may open files for, less those that it needs itself.
    fn default() -> Self {
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
        Self { head: HEAD, connections: open_files(&limits).map_or(MOST, room) }
    }
}

/// The soft limit on open files, as Linux tells it; `None` for none.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn room(files: usize) -> usize {
    files.saturating_sub(FILES).clamp(64, MOST)
}

/// Serves until `stop` turns true; then accepts no more, and returns when the last connection has had its answer.
pub async fn serve(listener: TcpListener, app: Router, limits: Limits, mut stop: watch::Receiver<bool>) {
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.head);
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut open = JoinSet::new();
    loop {
        let (stream, peer, place) = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            // A sender that has gone stops it as well.
            _ = stop.wait_for(|stop| *stop) => break,
        };
        // Those that have ended need no remembering.
        while open.try_join_next().is_some() {}
        let (builder, app, stop) = (builder.clone(), app.clone(), stop.clone());
        open.spawn(async move {
            converse(&builder, app, stream, peer, stop).await;
            drop(place);
        });
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

/// The next connection, once there is a place for it.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            // Nobody closes it.
            std::future::pending::<()>().await;
            continue;
        };
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, place),
            Err(error) if gone(&error) => {}
            Err(error) => {
                tracing::error!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

/// The other side went before it was accepted.
fn gone(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn converse(
    builder: &Builder,
    app: Router,
    stream: TcpStream,
    peer: SocketAddr,
    mut stop: watch::Receiver<bool>,
) {
    let app = app.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.map(Body::new)
    });
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(app)));
    tokio::select! {
        // How it ended is the other side's matter: it hung up, or was too slow.
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_room_for_files() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
                      Max processes             63473                63473                processes\n\
                      Max open files            1024                 524288               files\n";
        assert_eq!(open_files(limits), Some(1024));
        assert_eq!(open_files("Max open files            unlimited            unlimited            files\n"), None);
        assert_eq!((room(1024), room(100), room(1 << 20)), (768, 64, MOST));
        assert!(Limits::default().connections >= 64);
    }
}
