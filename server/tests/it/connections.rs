//! Connections as slow as they like, within limits.

use crate::browser::session;
use crate::pictures::{fixture, take};
use crate::registration::registered;
use crate::support::World;
use app::backend::Pictures;
use app::urls;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::get;
use server::desk::pictures::Sender;
use server::http::connections::{Limits, serve};
use server::http::{Site, router};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

const HEAD: Duration = Duration::from_millis(600);
/// A test machine may be busy.
const LATEST: Duration = Duration::from_secs(15);

struct Running {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Running {
    async fn of(app: Router, connections: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = watch::channel(false);
        let server = tokio::spawn(serve(listener, app, Limits { head: HEAD, connections }, stopped));
        Self { address, stop, server }
    }

    async fn small(connections: usize) -> Self {
        let slow = async || {
            tokio::time::sleep(Duration::from_secs(1)).await;
            "done"
        };
        let peer = async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string();
        Self::of(Router::new().route("/peer", get(peer)).route("/slow", get(slow)), connections).await
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("connects")
    }
}

/// What comes until the text that is waited for, or until the other side closes.
async fn hear(stream: &mut TcpStream, wanted: &str) -> String {
    let mut heard = Vec::new();
    let listening = async {
        let mut bytes = [0; 4096];
        while let Ok(n @ 1..) = stream.read(&mut bytes).await {
            heard.extend_from_slice(&bytes[..n]);
            if !wanted.is_empty() && String::from_utf8_lossy(&heard).contains(wanted) {
                return;
            }
        }
    };
    tokio::time::timeout(LATEST, listening).await.expect("in time");
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn whoever_dribbles_a_head_is_cut_off() {
    let server = Running::small(100).await;
    let mut stream = server.connect().await;
    let begun = Instant::now();
    let mut sent = 0;
    let head = b"GET /peer HTTP/1.1\r\nhost: redress.test\r\nx-slow: ".iter().chain(std::iter::repeat(&b'x'));
    for byte in head {
        if stream.write_all(&[*byte]).await.is_err() {
            break;
        }
        sent += 1;
        let mut answer = [0; 256];
        match tokio::time::timeout(Duration::from_millis(40), stream.read(&mut answer)).await {
            Err(_) => assert!(begun.elapsed() < LATEST, "still open after {sent} bytes"),
            Ok(Ok(0) | Err(_)) => break,
            Ok(Ok(_)) => {}
        }
    }
    assert!(begun.elapsed() >= HEAD, "cut off after {:?}", begun.elapsed());

    // One that says nothing at all, and one that has had its answer and waits.
    let mut silent = server.connect().await;
    let begun = Instant::now();
    assert_eq!(hear(&mut silent, "").await, "");
    assert!(begun.elapsed() >= HEAD);
    let mut idle = server.connect().await;
    idle.write_all(b"GET /peer HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("sent");
    let own = idle.local_addr().expect("an address").to_string();
    let answer = hear(&mut idle, "").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(&own), "the peer's address: {answer}");
}

#[tokio::test]
async fn further_connections_wait_for_a_place() {
    let server = Running::small(2).await;
    let begun = Instant::now();
    let _two = [server.connect().await, server.connect().await];
    let mut third = server.connect().await;
    third.write_all(b"GET /peer HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.expect("sent");
    assert!(hear(&mut third, "").await.starts_with("HTTP/1.1 200"));
    assert!(begun.elapsed() >= HEAD, "those that say nothing give their places back");
}

#[tokio::test]
async fn at_the_end_what_runs_is_finished_and_nothing_begins() {
    let server = Running::small(100).await;
    let mut running = server.connect().await;
    running.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("sent");
    let mut idle = server.connect().await;
    idle.write_all(b"GET /peer HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("sent");
    hear(&mut idle, "127.0.0.1").await;
    server.stop.send_replace(true);
    assert_eq!(hear(&mut idle, "").await, "", "is closed");
    assert!(hear(&mut running, "").await.ends_with("done"));
    tokio::time::timeout(LATEST, server.server).await.expect("in time").expect("ends well");
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn a_slow_upload_that_goes_on_is_taken() {
    let world = World::on_sqlite().await;
    let (case, _) = registered(&world, &[]).await;
    let cookie = session(&world, Some(world.clerk.id), None).await;
    let server = Running::of(router(world.desk.clone(), Arc::new(Site::empty())), 100).await;
    let mut body = b"--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n".to_vec();
    body.extend_from_slice(fixture!("orientation_1.jpg"));
    body.extend(b"\r\n--cut--\r\n");
    let mut stream = server.connect().await;
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: redress.test\r\ncookie: redress={cookie}\r\norigin: http://redress.test\r\n\
         accept: application/json\r\ncontent-type: multipart/form-data; boundary=cut\r\ncontent-length: {}\r\n\r\n",
        urls::case_files(case),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    let begun = Instant::now();
    for piece in body.chunks(body.len().div_ceil(20)) {
        stream.write_all(piece).await.expect("still open");
        stream.flush().await.expect("still open");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(begun.elapsed() > HEAD * 3);
    let answer = hear(&mut stream, "]").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(world.desk.pictures(&world.clerk, case).await.map(|all| all.len()), Ok(1));
}

#[tokio::test]
async fn live_events_last() {
    let world = World::on_sqlite().await;
    let (case, _) = registered(&world, &[]).await;
    let cookie = session(&world, Some(world.clerk.id), None).await;
    let server = Running::of(router(world.desk.clone(), Arc::new(Site::empty())), 100).await;
    let mut stream = server.connect().await;
    let head = format!(
        "GET {}?case={case} HTTP/1.1\r\nhost: redress.test\r\ncookie: redress={cookie}\r\naccept: text/event-stream\r\n\r\n",
        urls::LIVE
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    assert!(hear(&mut stream, "open").await.starts_with("HTTP/1.1 200"));
    tokio::time::sleep(HEAD * 4).await;
    take(&world, Sender::Staff(&world.clerk), case, fixture!("orientation_1.jpg")).await.expect("taken");
    assert!(hear(&mut stream, "changed").await.contains("event: changed"));
}
