//! Letters reach a mail server: once, whole, and whatever it answers.

use crate::on_both_databases;
use crate::smtp::{Answer, MailServer};
use crate::support::World;
use domain::Locale;
use domain::contact::Recipient;
use domain::event::EventKind;
use domain::id::{CaseId, LetterId};
use domain::letter::{LetterState, Template, retry_after};
use futures::FutureExt;
use server::config::Config;
use server::desk::Desk;
use server::jobs::letters::{self as job, LEASE_MS};
use server::mail::smtp::{Courier, Sender};
use server::mail::{self, Facts};
use server::store::letters::{self, About, LetterRow, NewLetter};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

pub struct Post {
    desk: Desk,
    pub server: MailServer,
    courier: Courier,
    case: CaseId,
    stop: watch::Receiver<bool>,
    _go: watch::Sender<bool>,
}

impl Post {
    async fn of(world: &World) -> Self {
        Self::with_customer(world, "Ola Nordmann").await
    }

    async fn with_customer(world: &World, name: &str) -> Self {
        Self::through(world, name, MailServer::start().await, |_| ()).await
    }

    /// By a mail server that is configured further than by its address.
    pub async fn through(world: &World, name: &str, server: MailServer, set: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config { smtp_url: Some(server.url.clone()), ..(*world.desk.config).clone() };
        set(&mut config);
        let desk = Desk { config: Arc::new(config), ..world.desk.clone() };
        let courier = Courier::new(&desk.config).expect("the configuration is good");
        let case = new_case(world, name).await;
        let (go, stop) = watch::channel(false);
        Self { desk, server, courier, case, stop, _go: go }
    }

    pub async fn write(&self, to: &str) -> LetterId {
        let id: LetterId = self.desk.random.id();
        let facts = Facts {
            organisation: "Fjell & Sko".into(),
            store_name: "Oslo".into(),
            store_email: "oslo@example.com".into(),
            number: "26-000001-3".into(),
            article: "Turstøvel".into(),
            ..Facts::default()
        };
        let composed = mail::compose(Template::Received, Locale::Nb, &facts).expect("can be written");
        let (case, to) = (self.case, to.to_owned());
        let message_id = mail::message_id(&self.desk.config.public_url, id);
        let at_ms = self.desk.clock.now_ms();
        let written = self.desk.db.write(move |tx| {
            async move {
                let (template, locale) = (Template::Received, Locale::Nb);
                let about = About::Case(case);
                let documents = &[];
                let new = NewLetter {
                    id,
                    about,
                    documents,
                    template,
                    locale,
                    to: &Recipient::email(to.as_str()),
                    composed: &composed,
                    message_id,
                    at_ms,
                };
                letters::enqueue(tx, new).await
            }
            .boxed()
        });
        written.await.expect("the letter is written");
        id
    }

    pub async fn deliver(&self) -> Duration {
        job::deliver_due(&self.desk, &self.courier, &self.stop).await.expect("the round ends well")
    }

    pub async fn letter(&self, id: LetterId) -> LetterRow {
        let mut connection = self.desk.db.read().await.expect("a connection");
        letters::find(&mut connection, id).await.expect("reads").expect("is there").0
    }

    pub async fn warned(&self) -> bool {
        let failed: i64 = sqlx::query_scalar("select letter_failed from cases where id = $1")
            .bind(self.case.to_string())
            .fetch_one(&mut *self.desk.db.read().await.expect("a connection"))
            .await
            .expect("counts");
        failed != 0
    }

    async fn events(&self) -> Vec<EventKind> {
        let bodies: Vec<String> = sqlx::query_scalar("select body from events where case_id = $1 order by at")
            .bind(self.case.to_string())
            .fetch_all(&mut *self.desk.db.read().await.expect("a connection"))
            .await
            .expect("reads");
        bodies.iter().map(|body| serde_json::from_str(body).expect("an event")).collect()
    }
}

async fn new_case(world: &World, customer: &str) -> CaseId {
    let (id, store, customer): (CaseId, _, _) = (world.desk.random.id(), world.oslo, customer.to_owned());
    let made = world.desk.db.write(move |tx| {
        async move {
            sqlx::query(
                "insert into cases (seq, id, number, type_key, form_version, store_id, channel, phase, sold, title, \
                 customer_name, customer_email, customer_phone, customer_locale, receipt_number, answers, words, \
                 archived, due_on, letter_failed, version, registered_at, updated_at) values \
                 (1, $1, '260000013', 'shoes', 1, $2, 'store', 'new', 1, 'Boot', $3, '', '', 'nb', '', '{}', '', 0, \
                 '2026-11-01', 0, 1, 0, 0)",
            )
            .bind(id.to_string())
            .bind(store.to_string())
            .bind(customer)
            .execute(tx)
            .await?;
            Ok(())
        }
        .boxed()
    });
    made.await.expect("the case is written");
    id
}

on_both_databases! {
    async fn a_letter_arrives_once_with_the_right_headers(world: World) {
        let post = Post::of(&world).await;
        let mut live = post.desk.live.listen();
        let id = post.write("ola@example.com").await;
        post.deliver().await;
        post.deliver().await;
        let [received] = &post.server.received()[..] else { panic!("arrives once") };
        assert_eq!(received.from, "<redress@example.com>");
        assert_eq!(received.to, "<ola@example.com>");
        assert_eq!(received.header("From"), "=?utf-8?b?RmplbGwgJiBTa28=?= <redress@example.com>");
        assert_eq!(received.header("To"), r#""Ola Nordmann" <ola@example.com>"#);
        assert_eq!(received.header("Reply-To"), "=?utf-8?b?RmplbGwgJiBTa28=?= <oslo@example.com>");
        assert_eq!(received.header("Message-ID"), format!("<{id}@redress.test>"));
        assert_eq!(received.header("Auto-Submitted"), "auto-generated");
        assert_eq!(received.header("Date"), "Mon, 19 Oct 2026 08:00:00 +0000");
        assert!(received.header("Content-Type").starts_with("multipart/alternative"));
        assert!(received.text.contains("text/plain; charset=utf-8") && received.text.contains("text/html; charset=utf-8"));
        assert!(received.text.is_ascii());
        let letter = post.letter(id).await;
        assert_eq!((letter.state, letter.sent_at), (LetterState::Sent, Some(world.desk.clock.now_ms())));
        assert_eq!(live.try_recv().expect("the open case is told").case, post.case);
        assert!(!post.warned().await);
    }

    async fn a_busy_server_gets_it_again_with_the_same_message_id(world: World) {
        let post = Post::of(&world).await;
        post.server.will([Answer::RefuseText("451 4.7.1 try again later"), Answer::TakeAndDie]);
        let id = post.write("ola@example.com").await;
        assert_eq!(post.deliver().await, Duration::from_secs(30));
        let letter = post.letter(id).await;
        assert_eq!((letter.state, letter.error.as_str()), (LetterState::Waiting, "451 4.7.1 try again later"));
        assert!(!post.warned().await && post.events().await.is_empty());

        world.clock.advance_ms(retry_after(1).expect("more attempts") * 1000 - 1);
        assert_eq!(post.deliver().await, Duration::from_millis(1));
        assert!(post.server.received().is_empty());
        world.clock.advance_ms(1);
        post.deliver().await;
        assert_eq!(post.letter(id).await.state, LetterState::Waiting);
        world.clock.advance_ms(retry_after(2).expect("more attempts") * 1000);
        post.deliver().await;
        let letter = post.letter(id).await;
        assert_eq!((letter.state, letter.error.as_str()), (LetterState::Sent, ""));
        // The server took it before its connection died: SMTP cannot tell, the Message-ID can.
        let ids: Vec<String> = post.server.received().iter().map(|r| r.header("Message-ID")).collect();
        assert_eq!(ids, vec![format!("<{id}@redress.test>"); 2]);
    }

    async fn a_refused_letter_says_why_and_can_be_sent_again(world: World) {
        let post = Post::of(&world).await;
        post.server.will([Answer::RefuseAddress("550 5.1.1 no such user here")]);
        let id = post.write("ola@example.com").await;
        post.deliver().await;
        let letter = post.letter(id).await;
        assert_eq!((letter.state, letter.error.as_str()), (LetterState::Failed, "550 5.1.1 no such user here"));
        assert!(post.warned().await);
        assert_eq!(post.events().await, [EventKind::LetterFailed { id }]);
        world.clock.advance_ms(1000 * 3600 * 24 * 7);
        post.deliver().await;
        assert!(post.server.received().is_empty());

        let (case, fresh, now) = (post.case, world.desk.random.uuid(), world.desk.clock.now_ms());
        let again = world.desk.db.write(move |tx| {
            async move {
                letters::resend(tx, id, fresh, now).await?;
                letters::mark_case(tx, case).await
            }
            .boxed()
        });
        again.await.expect("resends");
        assert!(!post.warned().await);
        post.deliver().await;
        assert_eq!(post.letter(id).await.state, LetterState::Sent);
        assert_eq!(post.server.received().len(), 1);
    }

    async fn a_letter_is_given_up_after_its_last_attempt(world: World) {
        let post = Post::of(&world).await;
        post.server.will([Answer::RefuseAddress("450 later"); 20]);
        let id = post.write("ola@example.com").await;
        for attempt in 1..=20 {
            post.deliver().await;
            world.clock.advance_ms(retry_after(attempt).unwrap_or_default() * 1000);
        }
        assert_eq!(post.letter(id).await.state, LetterState::Failed);
        assert!(post.warned().await);
    }

    async fn a_server_that_wants_other_credentials_refuses_no_letter(world: World) {
        let post = Post::of(&world).await;
        post.server.will([Answer::RefuseAddress("530 5.7.0 authentication required")]);
        let id = post.write("ola@example.com").await;
        post.deliver().await;
        let letter = post.letter(id).await;
        assert_eq!((letter.state, letter.error.as_str()), (LetterState::Waiting, "530 5.7.0 authentication required"));
    }

    async fn an_absent_server_is_waited_for(world: World) {
        let post = Post::of(&world).await;
        let config = Config { smtp_url: Some("smtp://127.0.0.1:9".into()), ..(*post.desk.config).clone() };
        let nowhere = Courier::new(&config).expect("the configuration is good");
        let id = post.write("ola@example.com").await;
        job::deliver_due(&post.desk, &nowhere, &post.stop).await.expect("the round ends well");
        let letter = post.letter(id).await;
        assert_eq!(letter.state, LetterState::Waiting);
        assert!(!letter.error.is_empty());
    }

    async fn several_workers_send_each_letter_once(world: World) {
        let post = Post::of(&world).await;
        let mut all = Vec::new();
        for n in 0..40 {
            all.push(post.write(&format!("ola{n}@example.com")).await);
        }
        let other = Courier::new(&post.desk.config).expect("the configuration is good");
        let (one, two) = tokio::join!(
            job::deliver_due(&post.desk, &post.courier, &post.stop),
            job::deliver_due(&post.desk, &other, &post.stop),
        );
        one.expect("ends well");
        two.expect("ends well");
        let mut ids: Vec<String> = post.server.received().iter().map(|r| r.header("Message-ID")).collect();
        ids.sort();
        let mut expected: Vec<String> = all.iter().map(|id| format!("<{id}@redress.test>")).collect();
        expected.sort();
        assert_eq!(ids, expected);
    }

    async fn a_letter_claimed_by_a_server_that_died_is_sent_after_its_lease(world: World) {
        let post = Post::of(&world).await;
        let id = post.write("ola@example.com").await;
        let claimed = job::claim(&post.desk).await.expect("claims").expect("waits");
        assert_eq!(claimed.id, id);
        world.clock.advance_ms(LEASE_MS - 1);
        post.deliver().await;
        assert!(post.server.received().is_empty());
        world.clock.advance_ms(1);
        post.deliver().await;
        assert_eq!(post.server.received().len(), 1);
        assert_eq!(post.letter(id).await.state, LetterState::Sent);
    }

    async fn a_late_verdict_about_an_old_attempt_counts_no_more(world: World) {
        let post = Post::of(&world).await;
        let id = post.write("ola@example.com").await;
        let old = job::claim(&post.desk).await.expect("claims").expect("waits");
        world.clock.advance_ms(LEASE_MS);
        post.deliver().await;
        let late = world.desk.db.write(move |tx| letters::mark_failed(tx, id, old.attempts, "550 no", None).boxed());
        assert!(!late.await.expect("notes"));
        assert_eq!(post.letter(id).await.state, LetterState::Sent);
    }

    async fn a_name_adds_no_header(world: World) {
        let post = Post::with_customer(&world, "Ola\r\nBcc: x@example.com").await;
        post.write("ola@example.com").await;
        post.deliver().await;
        let received = &post.server.received()[0];
        assert!(received.headers().iter().all(|line| !line.to_lowercase().starts_with("bcc")), "{received:#?}");
        // "Ola Bcc: x@example.com" as an encoded word (RFC 2047).
        assert_eq!(received.header("To"), "=?utf-8?b?T2xhIEJjYzogeEBleGFtcGxlLmNvbQ==?= <ola@example.com>");
        assert_eq!(received.to, "<ola@example.com>");
        let claimed = server::store::letters::Claimed {
            id: world.desk.random.id(),
            about: About::Case(post.case),
            template: domain::letter::Template::Message,
            documents: Vec::new(),
            store: world.oslo,
            customer_name: "Zażółć\r\nX: y".into(),
            to: Recipient::email("ola@example.com"),
            composed: mail::Composed { subject: "one\r\nBcc: x@example.com".into(), html: "h".into(), text: "t".into() },
            message_id: "<a@b>".into(),
            attempts: 1,
            created_at: 0,
        };
        let sender = Sender { name: "Sko\r\nBcc: y@example.com".into(), reply_to: "a@example.com\r\nBcc: z@example.com".into() };
        post.courier.send(&claimed, &sender, Vec::new()).await.expect("is taken");
        let received = &post.server.received()[1];
        assert!(received.headers().iter().all(|line| !line.to_lowercase().starts_with("bcc")), "{received:#?}");
        assert!(received.headers().iter().all(|line| !line.starts_with("X:") && !line.starts_with("Reply-To")));
    }

    async fn addresses_beyond_ascii_are_reached_where_the_server_can(world: World) {
        let post = Post::of(&world).await;
        let german = post.write("ola@exämple.com").await;
        post.deliver().await;
        assert_eq!(post.letter(german).await.state, LetterState::Sent);
        assert_eq!(post.server.received()[0].to, "<ola@xn--exmple-cua.com>");

        let turtle = post.write("żółw@exämple.pl").await;
        post.deliver().await;
        let letter = post.letter(turtle).await;
        assert_eq!(letter.state, LetterState::Failed);
        assert!(letter.error.contains("SMTPUTF8"), "{}", letter.error);

        post.server.offer_smtputf8();
        let fresh = Courier::new(&post.desk.config).expect("the configuration is good");
        let turtle = post.write("żółw@exämple.pl").await;
        job::deliver_due(&post.desk, &fresh, &post.stop).await.expect("the round ends well");
        assert_eq!(post.letter(turtle).await.state, LetterState::Sent);
        let received = &post.server.received()[1];
        assert_eq!(received.to, "<żółw@xn--exmple-cua.pl>");
        assert!(received.from.contains("SMTPUTF8"), "{}", received.from);
        assert_eq!(received.header("To"), r#""Ola Nordmann" <żółw@xn--exmple-cua.pl>"#);
    }

    async fn without_a_mail_server_letters_stay_in_the_outbox(world: World) {
        let post = Post::of(&world).await;
        let outbox = Courier::new(&world.desk.config).expect("the configuration is good");
        let id = post.write("ola@example.com").await;
        job::deliver_due(&world.desk, &outbox, &post.stop).await.expect("the round ends well");
        assert_eq!(post.letter(id).await.state, LetterState::Sent);
        assert!(post.server.received().is_empty());
    }

    async fn the_job_sends_at_once_and_ends_when_told(world: World) {
        let post = Post::of(&world).await;
        let (stop, stopped) = watch::channel(false);
        let job = tokio::spawn(job::run(post.desk.clone(), stopped));
        let mut live = post.desk.live.listen();
        tokio::time::sleep(Duration::from_millis(50)).await;
        post.write("ola@example.com").await;
        post.desk.letters.wake();
        tokio::time::timeout(Duration::from_secs(5), live.recv()).await.expect("soon").expect("is told");
        assert_eq!(post.server.received().len(), 1);
        stop.send(true).expect("the job listens");
        tokio::time::timeout(Duration::from_secs(5), job).await.expect("ends soon").expect("ends well");
    }
}
