//! Letters over TLS: to a server that is who it says, with a password, and to no other.

use crate::letters::Post;
use crate::on_both_databases;
use crate::smtp::{MailServer, Speaks};
use crate::support::World;
use crate::tls::Authority;
use domain::id::LetterId;
use domain::letter::LetterState;
use server::config::{Config, Secret};
use std::process::Command;

/// `AUTH PLAIN` of the user `redress` with the password `right` (RFC 4616).
const RIGHT: &str = "PLAIN AHJlZHJlc3MAcmlnaHQ=";

async fn post(world: &World, speaks: Speaks, set: impl FnOnce(&mut Config)) -> Post {
    Post::through(world, "Ola Nordmann", MailServer::speaking(speaks).await, set).await
}

fn trusting(authority: &Authority) -> impl FnOnce(&mut Config) + use<> {
    let pem = authority.pem.clone().into_bytes();
    |config| config.smtp_ca = Some(pem)
}

async fn delivered(post: &Post) -> (LetterState, String) {
    let id: LetterId = post.write("ola@example.com").await;
    post.deliver().await;
    let letter = post.letter(id).await;
    (letter.state, letter.error)
}

on_both_databases! {
    async fn over_tls_from_the_first_byte(world: World) {
        let authority = Authority::named("Fjell & Sko");
        let post = post(&world, Speaks::Tls(authority.acceptor("127.0.0.1")), trusting(&authority)).await;
        assert_eq!(delivered(&post).await, (LetterState::Sent, String::new()));
        let [received] = &post.server.received()[..] else { panic!("arrives once") };
        assert!(received.encrypted && received.to == "<ola@example.com>");
    }

    async fn over_tls_after_starttls(world: World) {
        let authority = Authority::named("Fjell & Sko");
        let post = post(&world, Speaks::StartTls(authority.acceptor("127.0.0.1")), trusting(&authority)).await;
        assert_eq!(delivered(&post).await, (LetterState::Sent, String::new()));
        let [received] = &post.server.received()[..] else { panic!("arrives once") };
        assert!(received.encrypted);
        assert_eq!(&post.server.verbs()[..4], ["EHLO", "STAR", "ehlo", "mail"]);
    }

    async fn a_certificate_that_nobody_vouches_for_is_refused(world: World) {
        let authority = Authority::named("Fjell & Sko");
        let strangers = Authority::named("Strangers");
        for speaks in [Speaks::Tls(authority.acceptor("127.0.0.1")), Speaks::StartTls(authority.acceptor("127.0.0.1"))] {
            for set in [None, Some(trusting(&strangers))] {
                let server = MailServer::speaking(speaks.clone()).await;
                let one = world_of_one(&world).await;
                let post = Post::through(&one, "Ola", server, |config| set.into_iter().for_each(|set| set(config))).await;
                let (state, words) = delivered(&post).await;
                assert_eq!(state, LetterState::Waiting);
                assert!(words.contains("certificate") && words.contains("UnknownIssuer"), "{words}");
                assert!(post.server.received().is_empty() && !post.warned().await);
                assert!(!post.server.verbs().iter().any(|verb| ["MAIL", "AUTH", "mail", "auth"].contains(&verb.as_str())));
            }
        }
        // By the right authority, but for another server.
        let post = post(&world, Speaks::Tls(authority.acceptor("mail.example.com")), trusting(&authority)).await;
        let (state, words) = delivered(&post).await;
        assert_eq!(state, LetterState::Waiting);
        assert!(words.contains("certificate") && words.contains("mail.example.com"), "{words}");
    }

    async fn without_starttls_nothing_is_said_plainly(world: World) {
        let server = MailServer::start().await;
        server.ask_for(RIGHT);
        let post = Post::through(&world, "Ola", server, |config| {
            config.smtp_url = config.smtp_url.take().map(|url| url.replace("smtp://", "smtp+starttls://"));
            config.smtp_user = Some("redress".to_owned());
            config.smtp_password = Some(Secret("right".to_owned()));
        }).await;
        let (state, words) = delivered(&post).await;
        assert_eq!(state, LetterState::Waiting);
        assert!(words.contains("STARTTLS"), "{words}");
        let verbs = post.server.verbs();
        assert!(verbs.iter().all(|verb| ["EHLO", "QUIT"].contains(&verb.as_str())), "{verbs:?}");
        assert!(post.server.received().is_empty());
    }

    async fn a_password_is_given_over_tls(world: World) {
        let authority = Authority::named("Fjell & Sko");
        for speaks in [Speaks::Tls(authority.acceptor("127.0.0.1")), Speaks::StartTls(authority.acceptor("127.0.0.1"))] {
            for (password, state, why) in [("right", LetterState::Sent, ""), ("wrong", LetterState::Waiting, "535 5.7.8 authentication credentials invalid")] {
                let server = MailServer::speaking(speaks.clone()).await;
                server.ask_for(RIGHT);
                let one = world_of_one(&world).await;
                let trusting = trusting(&authority);
                let post = Post::through(&one, "Ola", server, |config| {
                    trusting(config);
                    config.smtp_user = Some("redress".to_owned());
                    config.smtp_password = Some(Secret(password.to_owned()));
                }).await;
                assert_eq!(delivered(&post).await, (state, why.to_owned()));
                let verbs = post.server.verbs();
                assert!(verbs.contains(&"auth".to_owned()) && !verbs.contains(&"AUTH".to_owned()), "{verbs:?}");
                assert_eq!(post.server.received().len(), usize::from(password == "right"));
            }
        }
    }
}

/// Another on the same kind of database: each has one case alone.
async fn world_of_one(world: &World) -> World {
    if world.desk.config.database_url.starts_with("sqlite:") {
        World::on_sqlite().await
    } else {
        World::on_postgres().await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_configuration_is_tried_with_its_certificate_and_password() {
    let authority = Authority::named("Fjell & Sko");
    let server = MailServer::speaking(Speaks::Tls(authority.acceptor("127.0.0.1"))).await;
    server.ask_for(RIGHT);
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("ca.pem"), &authority.pem).expect("written");
    std::fs::create_dir_all(folder.path().join("site/pkg")).expect("a folder");
    let manifest = r#"{"js": "a.js", "wasm": "a.wasm", "css": "a.css"}"#;
    std::fs::write(folder.path().join("site/manifest.json"), manifest).expect("written");
    let check = async |variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
        command.env_clear().current_dir(folder.path()).arg("check").env("REDRESS_SITE_DIR", folder.path().join("site"));
        command
            .env("REDRESS_SMTP_URL", &server.url)
            .env("REDRESS_SMTP_USER", "redress")
            .envs(variables.iter().copied());
        let output = tokio::task::spawn_blocking(move || command.output()).await.expect("runs").expect("runs");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (well, words) = check(&[("REDRESS_SMTP_PASSWORD", "right")]).await;
    assert!(!well && words.contains("wrong  smtp_url: 127.0.0.1") && words.contains("UnknownIssuer"), "{words}");
    let ca = ("REDRESS_SMTP_CA_FILE", "ca.pem");
    let (well, words) = check(&[ca, ("REDRESS_SMTP_PASSWORD", "wrong")]).await;
    assert!(!well && words.contains("535 5.7.8"), "{words}");
    let (well, words) = check(&[ca, ("REDRESS_SMTP_PASSWORD", "right")]).await;
    assert!(well && words.contains("takes letters"), "{words}");
}
