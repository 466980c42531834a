//! Live events: what an open page hears, and who hears it.

use crate::browser::{Browser, session};
use crate::on_both_databases;
use crate::pictures::{fixture, take};
use crate::registration::registered;
use crate::support::World;
use app::urls;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::id::CaseId;
use futures::StreamExt;
use server::desk::pictures::Sender;
use server::http::{Site, router};
use server::live::{Changed, Live};
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

/// What is heard until the text that is waited for, or for two seconds.
async fn hear(stream: &mut axum::body::BodyDataStream, wanted: &str) -> String {
    let mut heard = String::new();
    let listening = async {
        while let Some(Ok(chunk)) = stream.next().await {
            heard.push_str(&String::from_utf8_lossy(&chunk));
            if heard.contains(wanted) {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(2), listening).await;
    heard
}

on_both_databases! {
    async fn a_picture_from_a_phone_reaches_the_open_case(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let cookie = session(&world, Some(world.clerk.id), None).await;
        let request = Request::get(format!("{}?case={case}", urls::LIVE)).header("host", "redress.test")
            .header("cookie", format!("redress={cookie}")).body(Body::empty()).expect("a request");
        let answer = router(world.desk.clone(), Arc::new(Site::empty())).oneshot(request).await.expect("answers");
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        let mut stream = answer.into_body().into_data_stream();
        assert!(hear(&mut stream, "hello").await.contains("retry"));

        // Another case is not heard of.
        let (other, _) = registered(&world, &[]).await;
        take(&world, Sender::Staff(&world.clerk), other, fixture!("orientation_2.jpg")).await.expect("taken");
        take(&world, Sender::Staff(&world.clerk), case, fixture!("orientation_1.jpg")).await.expect("taken");
        let heard = hear(&mut stream, "changed").await;
        assert!(heard.contains("event: changed") && heard.contains(&format!("{{\"case\":\"{case}\",\"version\":2}}")), "{heard}");
        assert!(!heard.contains(&other.to_string()), "{heard}");
    }

    async fn only_those_who_may_see_it_listen(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let path = format!("{}?case={case}", urls::LIVE);
        assert_eq!(Browser::nobody(&world).peek(&path).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(Browser::of(&world, &world.other_clerk).await.peek(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(Browser::of(&world, &world.handler).await.peek(&path).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn servers_on_one_postgresql_hear_each_other() {
    let world = World::on_postgres().await;
    let db = &world.desk.db;
    let servers = [(); 2].map(|()| Live::open(db, &world.desk.config.database_url, world.desk.random.uuid()));
    let mut missed = servers.each_ref().map(Live::missed);
    // Both listen once each has counted its first connection.
    for missed in &mut missed {
        if *missed.borrow() == 0 {
            tokio::time::timeout(Duration::from_secs(10), missed.changed()).await.expect("in time").expect("open");
        }
    }
    let mut heard = servers.each_ref().map(Live::listen);
    let changed = Changed { case: world.desk.random.id::<CaseId>(), store: Some(world.oslo), version: 7 };
    servers[0].tell(changed);
    for heard in &mut heard {
        let first = tokio::time::timeout(Duration::from_secs(10), heard.recv()).await.expect("in time");
        assert_eq!(first, Ok(changed));
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(heard[0].try_recv().is_err(), "nobody hears an echo");
}

on_both_databases! {
    async fn who_else_has_the_case_open_is_told(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let listen = async |who: &app::backend::Viewer| {
            let cookie = session(&world, Some(who.id), None).await;
            let request = Request::get(format!("{}?case={case}", urls::LIVE)).header("host", "redress.test")
                .header("cookie", format!("redress={cookie}")).body(Body::empty()).expect("a request");
            let answer = router(world.desk.clone(), Arc::new(Site::empty())).oneshot(request).await.expect("answers");
            answer.into_body().into_data_stream()
        };
        let mut mine = listen(&world.clerk).await;
        assert!(hear(&mut mine, "data: []").await.contains("event: present"));
        let theirs = listen(&world.handler).await;
        let name = format!(r#"[{{"name":"{}","writing":false}}]"#, world.handler.name);
        assert!(hear(&mut mine, &name).await.contains(&name));
        app::backend::Cases::writing(&world.desk, &world.handler, case).await.expect("is told");
        assert!(hear(&mut mine, r#""writing":true"#).await.contains(r#""writing":true"#));
        drop(theirs);
        assert!(hear(&mut mine, "data: []").await.contains("data: []"));
    }
}

#[tokio::test]
async fn seats_at_one_server_are_known_to_the_other() {
    let world = World::on_postgres().await;
    let servers =
        [(); 2].map(|()| Live::open(&world.desk.db, &world.desk.config.database_url, world.desk.random.uuid()));
    for mut missed in servers.each_ref().map(Live::missed) {
        if *missed.borrow() == 0 {
            tokio::time::timeout(Duration::from_secs(10), missed.changed()).await.expect("in time").expect("open");
        }
    }
    let case = world.desk.random.id::<CaseId>();
    let mut heard = servers[1].presence.changes();
    let sitting = servers[0].presence.sit(case, world.handler.id, world.desk.random.uuid());
    let next = async |heard: &mut tokio::sync::broadcast::Receiver<CaseId>| {
        tokio::time::timeout(Duration::from_secs(10), heard.recv()).await.expect("in time").expect("a case")
    };
    assert_eq!(next(&mut heard).await, case);
    assert_eq!(servers[1].presence.others(case, world.clerk.id), [(world.handler.id, false)]);
    drop(sitting);
    assert_eq!(next(&mut heard).await, case);
    assert!(servers[1].presence.others(case, world.clerk.id).is_empty());
}
