//! Customers who are reached by SMS: the whole way, through a gateway that does as it is told.

use crate::on_both_databases;
use crate::registration::{self, count, registered};
use crate::reports::{PARCEL, begun, filed, home, link, newest};
use crate::support::{World, key};
use app::backend::{
    Cases, Deed, DocumentKind, Registration, Reports, Reviewed, RmaDeed, Rmas, Settings, Status, StatusContact,
};
use app::error::AppError;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::Locale;
use domain::contact::Medium;
use domain::decision::{Decision, Verdict};
use domain::event::EventKind;
use domain::form::schema::common;
use domain::letter::{LetterState, Template, retry_after};
use domain::number::Number;
use domain::report::{Standing, limits};
use domain::rma::Condition;
use server::config::{Config, Secret};
use server::desk::Desk;
use server::jobs::letters as job;
use server::mail::smtp::Courier;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

const TOKEN: &str = "t0ken-that-nobody-may-read";
/// With its prefix: what comes from the web belongs to Kraków here.
const PHONE: (&str, &str) = (common::CUSTOMER_PHONE, "+47 912 34 567");
const BY_SMS: (&str, &str) = (common::CUSTOMER_MEDIUM, "sms");
const NO_EMAIL: (&str, &str) = (common::CUSTOMER_EMAIL, "");

/// One message as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    to: String,
    text: String,
    idx: String,
}

/// Speaks as SMSAPI does.
struct Gateway {
    url: String,
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    /// Codes of errors for the next messages; a status as a negative number.
    errors: Mutex<VecDeque<i64>>,
    seen: Mutex<Vec<Seen>>,
}

async fn answer(State(inner): State<Arc<Inner>>, headers: HeaderMap, body: Bytes) -> Response {
    let fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value).to_owned();
    if headers.get("authorization").is_none_or(|value| value != &format!("Bearer {TOKEN}")) {
        return r#"{"error": 101, "message": "Authorization failed"}"#.into_response();
    }
    let error = inner.errors.lock().expect("not poisoned").pop_front();
    match error {
        Some(status) if status < 0 => {
            let status = u16::try_from(-status).expect("a status");
            (StatusCode::from_u16(status).expect("a status"), format!("busy, {TOKEN}")).into_response()
        }
        Some(code) => format!(r#"{{"error": {code}, "message": "said of {TOKEN}"}}"#).into_response(),
        None => {
            let seen = Seen { to: field("to"), text: field("message"), idx: field("idx") };
            inner.seen.lock().expect("not poisoned").push(seen);
            r#"{"count": 1, "list": [{"id": "1", "status": "QUEUE", "error": null}]}"#.into_response()
        }
    }
}

impl Gateway {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let inner = Arc::new(Inner::default());
        let router = Router::new().fallback(answer).with_state(inner.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, inner }
    }

    fn will(&self, errors: &[i64]) {
        self.inner.errors.lock().expect("not poisoned").extend(errors);
    }

    fn seen(&self) -> Vec<Seen> {
        self.inner.seen.lock().expect("not poisoned").clone()
    }

    fn last(&self) -> Seen {
        self.seen().pop().expect("a message came")
    }
}

/// The same chain with a gateway.
async fn with_gateway(world: World, token: &str) -> (World, Gateway) {
    let gateway = Gateway::start().await;
    let config = Config {
        sms_gateway: Some(sms::Kind::SmsApi),
        sms_url: gateway.url.clone(),
        sms_token: Some(Secret(token.to_owned())),
        sms_from: "FjellSko".to_owned(),
        ..(*world.desk.config).clone()
    };
    let desk = Desk::open(world.desk.db.clone(), world.clock.clone(), world.desk.random.clone(), config);
    (World { desk: desk.await.expect("the desk opens"), ..world }, gateway)
}

/// A round of the letters' job.
async fn deliver(desk: &Desk) {
    let courier = Courier::new(&desk.config).expect("the configuration is good");
    let (_go, stop) = watch::channel(false);
    job::deliver_due(desk, &courier, &stop).await.expect("the round ends well");
}

async fn by_sms(world: &World, more: &[(&str, &str)]) -> (String, Number) {
    filed(world, &[&[NO_EMAIL, PHONE, BY_SMS], more].concat()).await
}

async fn confirmed(world: &World, more: &[(&str, &str)]) -> Number {
    by_sms(world, more).await;
    let token = link(&newest(world, Template::Confirm).await, "/confirm");
    world.desk.confirm_report(&token).await.expect("is confirmed")
}

async fn sent_to(world: &World, template: Template) -> Vec<(String, String)> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("select medium, to_address from letters where template = $1 order by to_address")
            .bind(template.key())
            .fetch_all(&mut *world.desk.db.read().await.expect("a connection"))
            .await
            .expect("reads");
    rows
}

fn pairs(rows: &[(String, String)]) -> Vec<(&str, &str)> {
    rows.iter().map(|(medium, to)| (medium.as_str(), to.as_str())).collect()
}

on_both_databases! {
    async fn the_whole_way_from_the_form_to_the_case(world: World) {
        let (world, gateway) = with_gateway(world, TOKEN).await;
        let desk = &world.desk;
        let page = desk.new_report(Locale::Nb, &key("shoes")).await.expect("a form").page;
        assert!(page.form.field(common::CUSTOMER_MEDIUM).is_some(), "the customer chooses");
        let (token, _) = begun(&world, &[&[NO_EMAIL, PHONE, BY_SMS], &PARCEL[..]].concat()).await;
        let Reviewed::Ready(review) = desk.review_report(Locale::Nb, &token).await.expect("is there") else { panic!("is whole") };
        assert_eq!(review.medium, Medium::Sms);
        world.clock.advance_ms(60_000);
        let number = desk.send_report(Locale::Nb, &token).await.expect("is sent");
        deliver(desk).await;
        deliver(desk).await;
        let [message] = &gateway.seen()[..] else { panic!("arrives once: {:?}", gateway.seen()) };
        assert_eq!((message.to.as_str(), message.idx.len()), ("4791234567", 32));
        assert!(message.text.starts_with("Fjell & Sko: bekreft reklamasjonen ") && message.text.contains(&number.to_string()));
        for personal in ["Øystein", "Łuczak", "Ecco"] {
            assert!(!message.text.contains(personal), "{}", message.text);
        }
        let sent = desk.report_sent(Locale::Nb, &token).await.expect("is there");
        assert_eq!((sent.standing, sent.medium, sent.to.as_str(), sent.undelivered), (Standing::Unconfirmed, Medium::Sms, "+47 912 34 567", false));

        let secret = link(&message.text, "/confirm");
        assert_eq!(desk.confirm_page(&secret).await.expect("is there").medium, Medium::Sms);
        assert_eq!(desk.confirm_report(&secret).await, Ok(number));
        deliver(desk).await;
        let received = gateway.last();
        assert!(received.text.contains("vi har mottatt reklamasjonen") && received.text.contains(&number.to_string()), "{}", received.text);
        assert_ne!(received.idx, message.idx);

        // The link asks for the second factor and leads to what a letter would have enclosed.
        let secret = link(&received.text, "/s");
        assert_eq!(desk.prove_status(home(), None, &secret, "oystein@example.no").await.err(), Some(AppError::invalid("proof", "no_match")));
        let proved = desk.prove_status(home(), None, &secret, "4567").await.expect("is theirs");
        let access = proved.cookie.0.split(';').next().and_then(|pair| pair.split('=').nth(1)).expect("a secret").to_owned();
        let status = desk.status(Locale::Nb, Some(&access), number).await.expect("is open");
        assert!(status.documents.contains(&DocumentKind::Protocol) && status.documents.contains(&DocumentKind::PackingSlip));
        let [told] = &status.messages[..] else { panic!("one message: {:?}", status.messages) };
        assert_eq!((told.template, told.subject.as_str()), (Some(Template::Received), "Reklamasjon mottatt"));
        assert!(told.body.contains("mottatt reklamasjonen") && !told.body.contains("http"), "{}", told.body);

        let view = desk.case(&world.handler, number).await.expect("is there");
        assert_eq!((view.customer.medium, view.customer.email.as_str()), (Some(Medium::Sms), ""));
        let [letter] = &view.letters[..] else { panic!("one letter") };
        assert_eq!((letter.medium, letter.to.as_str(), letter.state), (Medium::Sms, "+47 912 34 567", LetterState::Sent));
        assert_eq!(letter.subject, received.text, "staff see its text");
        let outbox = desk.outbox(&world.admin, None).await.expect("a list").letters;
        let texts: Vec<&str> = outbox.iter().map(|line| line.letter.subject.as_str()).collect();
        assert_eq!(texts, [received.text.as_str(), message.text.as_str()]);
        let read = desk.letter(&world.handler, letter.id).await.expect("readable");
        assert_eq!((read.subject.as_str(), read.html.as_str(), read.text.as_str()), ("", "", received.text.as_str()));
    }

    async fn who_can_be_reached_is_what_the_form_asks_for(world: World) {
        let (world, _gateway) = with_gateway(world, TOKEN).await;
        let unready = async |pairs: &[(&str, &str)]| {
            let (token, case) = begun(&world, pairs).await;
            assert_eq!(world.desk.review_report(Locale::Nb, &token).await, Ok(Reviewed::Unready(case)), "{pairs:?}");
            world.clock.advance_ms(60_000);
            assert_eq!(world.desk.send_report(Locale::Nb, &token).await, Err(AppError::Conflict), "{pairs:?}");
        };
        unready(&[]).await;
        unready(&[BY_SMS]).await;
        unready(&[BY_SMS, (common::CUSTOMER_PHONE, "123")]).await;
        unready(&[NO_EMAIL, PHONE, (common::CUSTOMER_MEDIUM, "email")]).await;
        unready(&[PHONE, (common::CUSTOMER_MEDIUM, "telegram")]).await;
        filed(&world, &[PHONE, (common::CUSTOMER_MEDIUM, "email")]).await;
        assert_eq!(pairs(&sent_to(&world, Template::Confirm).await), [("email", "oystein@example.no")]);
    }

    async fn without_a_gateway_nothing_is_asked_and_nothing_changes(world: World) {
        let page = world.desk.new_report(Locale::Nb, &key("shoes")).await.expect("a form").page;
        assert!(page.form.field(common::CUSTOMER_MEDIUM).is_none());
        // Answers that somebody made up choose nothing.
        filed(&world, &[PHONE, BY_SMS]).await;
        assert_eq!(pairs(&sent_to(&world, Template::Confirm).await), [("email", "oystein@example.no")]);
        let (token, case) = begun(&world, &[NO_EMAIL, PHONE, BY_SMS]).await;
        assert_eq!(world.desk.review_report(Locale::Nb, &token).await, Ok(Reviewed::Unready(case)));
        let (_, number) = registered(&world, &[NO_EMAIL, PHONE]).await;
        let view = world.desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!((view.customer.medium, view.letters.len()), (None, 0));
    }

    async fn a_wrong_number_is_corrected_and_messages_are_counted(world: World) {
        let (world, gateway) = with_gateway(world, TOKEN).await;
        let desk = &world.desk;
        let (token, number) = by_sms(&world, &[]).await;
        deliver(desk).await;
        let old = link(&gateway.last().text, "/confirm");
        for nonsense in ["", "nonsense", "123", "right@example.no"] {
            assert_eq!(desk.resend_confirmation(&token, nonsense).await, Err(AppError::invalid("to", "not_a_phone")));
        }
        world.clock.advance_ms(1000);
        desk.resend_confirmation(&token, "+47 98 76 54 32").await.expect("goes out");
        deliver(desk).await;
        assert_eq!(gateway.last().to, "4798765432");
        assert_eq!(desk.confirm_page(&old).await, Err(AppError::NotFound), "who got it by mistake can do nothing");
        for _ in 2..limits::LETTERS {
            world.clock.advance_ms(1000);
            desk.resend_confirmation(&token, "+47 987 65 432").await.expect("goes out");
        }
        let more = desk.resend_confirmation(&token, "+47 987 65 432").await;
        assert!(matches!(more, Err(AppError::TooMany { .. })), "{more:?}");
        deliver(desk).await;
        assert_eq!(desk.confirm_report(&link(&gateway.last().text, "/confirm")).await, Ok(number));
        let view = desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!(view.customer.phone, "+47 987 65 432");
    }

    async fn one_number_gets_so_many_messages_a_day_however_it_is_written(world: World) {
        let (world, _gateway) = with_gateway(world, TOKEN).await;
        let ways = ["+47 912 34 567", "+4791234567", "0047 91 23 45 67", "+47 (912) 34-567"];
        for n in 0..10 {
            by_sms(&world, &[(common::CUSTOMER_PHONE, ways[n % ways.len()])]).await;
        }
        let (token, _) = begun(&world, &[NO_EMAIL, PHONE, BY_SMS]).await;
        world.clock.advance_ms(60_000);
        let more = world.desk.send_report(Locale::Nb, &token).await;
        assert!(matches!(more, Err(AppError::TooMany { .. })), "{more:?}");
        // Nor as another's correction.
        let (other, _) = by_sms(&world, &[(common::CUSTOMER_PHONE, "+47 987 65 432")]).await;
        let more = world.desk.resend_confirmation(&other, "+47 912 34 567").await;
        assert!(matches!(more, Err(AppError::TooMany { .. })), "{more:?}");
        assert_eq!(count(&world, "select count(*) from letters where to_address = '+4791234567'").await, 10);
        world.clock.advance_ms(25 * 3600 * 1000);
        world.desk.resend_confirmation(&other, "+47 912 34 567").await.expect("the next day");
    }

    async fn what_nobody_confirms_is_reminded_of(world: World) {
        let (world, gateway) = with_gateway(world, TOKEN).await;
        let (_, number) = by_sms(&world, &[]).await;
        world.clock.advance_ms(49 * 3600 * 1000);
        world.desk.tend_reports().await.expect("is tended");
        deliver(&world.desk).await;
        let reminder = gateway.last();
        assert_eq!((reminder.to.as_str(), sent_to(&world, Template::ConfirmReminder).await.len()), ("4791234567", 1));
        assert_eq!(world.desk.confirm_report(&link(&reminder.text, "/confirm")).await, Ok(number));
    }

    async fn a_number_that_no_sms_reaches_is_shown(world: World) {
        let (world, gateway) = with_gateway(world, TOKEN).await;
        let desk = &world.desk;
        gateway.will(&[13]);
        let (token, _) = by_sms(&world, &[]).await;
        deliver(desk).await;
        assert!(desk.report_sent(Locale::Nb, &token).await.expect("is there").undelivered);

        let (_, number) = registered(&world, &[NO_EMAIL, PHONE]).await;
        gateway.will(&[13]);
        deliver(desk).await;
        let view = desk.case(&world.clerk, number).await.expect("is there");
        let [letter] = &view.letters[..] else { panic!("one letter") };
        assert_eq!((letter.state, letter.error.as_str()), (LetterState::Failed, "13 said of …"), "the token is not told");
        assert!(view.timeline.iter().any(|event| event.what == EventKind::LetterFailed { id: letter.id }));
        assert_eq!(count(&world, "select count(*) from cases where letter_failed = 1").await, 1);

        desk.resend(&world.clerk, letter.id).await.expect("is sent again");
        deliver(desk).await;
        assert_eq!(gateway.last().to, "4791234567");
        assert_eq!(count(&world, "select count(*) from cases where letter_failed = 1").await, 0);
        let first = gateway.last().idx;
        desk.resend(&world.clerk, letter.id).await.expect("is sent again");
        deliver(desk).await;
        assert_ne!(gateway.last().idx, first, "the gateway would take it for sent");
        assert_eq!(gateway.last().to, "4791234567");
    }

    async fn a_gateway_in_trouble_is_asked_again_with_the_same_id(world: World) {
        let (world, gateway) = with_gateway(world, TOKEN).await;
        gateway.will(&[-503, -429, 201, 103]);
        registered(&world, &[NO_EMAIL, PHONE]).await;
        for attempt in 1..=4 {
            deliver(&world.desk).await;
            let (state, error): (String, String) = sqlx::query_as("select state, error from letters")
                .fetch_one(&mut *world.desk.db.read().await.expect("a connection"))
                .await
                .expect("reads");
            assert_eq!(state, "waiting", "{error}");
            assert!(!error.is_empty() && !error.contains(TOKEN), "{error}");
            world.clock.advance_ms(retry_after(attempt).expect("more attempts") * 1000);
        }
        assert_eq!(gateway.seen(), []);
        deliver(&world.desk).await;
        let id: String = sqlx::query_scalar("select id from letters where state = 'sent'")
            .fetch_one(&mut *world.desk.db.read().await.expect("a connection"))
            .await
            .expect("reads");
        assert_eq!(gateway.last().idx, id.replace('-', ""));
    }

    async fn a_wrong_token_and_a_gateway_that_is_gone_keep_messages(world: World) {
        let (world, gateway) = with_gateway(world, "another").await;
        registered(&world, &[NO_EMAIL, PHONE]).await;
        deliver(&world.desk).await;
        let waiting = async || -> String {
            sqlx::query_scalar("select error from letters where state = 'waiting'")
                .fetch_one(&mut *world.desk.db.read().await.expect("a connection"))
                .await
                .expect("it waits")
        };
        assert_eq!(waiting().await, "the gateway does not accept the token: 101 Authorization failed");
        world.clock.advance_ms(3_600_000);
        let gone = Config { sms_gateway: None, ..(*world.desk.config).clone() };
        deliver(&Desk { config: Arc::new(gone), ..world.desk.clone() }).await;
        assert_eq!(waiting().await, "no SMS gateway is configured");
        world.clock.advance_ms(3_600_000);
        let right = Config { sms_token: Some(Secret(TOKEN.to_owned())), ..(*world.desk.config).clone() };
        deliver(&Desk { config: Arc::new(right), ..world.desk.clone() }).await;
        assert_eq!(gateway.seen().len(), 1);
    }

    async fn at_the_till_a_phone_is_enough(world: World) {
        let (world, gateway) = with_gateway(world, TOKEN).await;
        let desk = &world.desk;
        let page = desk.form_page(&world.clerk, &key("shoes"), None).await.expect("a form");
        assert!(page.form.field(common::CUSTOMER_MEDIUM).is_some());
        registered(&world, &[]).await;
        registered(&world, &[PHONE]).await;
        registered(&world, &[PHONE, (common::CUSTOMER_MEDIUM, "email")]).await;
        registered(&world, &[(common::CUSTOMER_MEDIUM, "email"), NO_EMAIL, PHONE]).await;
        registered(&world, &[PHONE, BY_SMS]).await;
        let (case, number) = registered(&world, &[NO_EMAIL, PHONE]).await;
        let sent = sent_to(&world, Template::Received).await;
        let email = ("email", "Oystein.Luczak@example.no");
        let phone = ("sms", "+4791234567");
        assert_eq!(pairs(&sent), [phone, phone, phone, email, email, email]);
        let incomplete = registration::input(&world, world.oslo, &[BY_SMS]);
        let refused = desk.register(&world.clerk, incomplete).await;
        assert!(matches!(&refused, Err(AppError::Form { problems }) if problems[0].field.as_str() == common::CUSTOMER_PHONE), "{refused:?}");
        assert_eq!(desk.case(&world.clerk, number).await.expect("is there").customer.medium, Some(Medium::Sms));

        // The choice stays with the case when somebody edits it, and every letter follows it.
        let edit = desk.edit_page(&world.handler, number).await.expect("a page");
        assert_eq!(edit.answers.first(common::CUSTOMER_MEDIUM), "");
        desk.match_parcel(&world.clerk, case, Condition::AsDescribed, String::new(), String::new()).await.expect("is taken in");
        let question = Deed::Ask { question: "Når kjøpte du dem?".to_owned() };
        desk.act(&world.handler, case, None, question).await.expect("follows");
        let reason = key("fault");
        let approved = Decision::new(Verdict::Approved, reason, "Hemmelig <b>");
        let preview = desk.preview(&world.handler, case, &Deed::Decide(approved.clone())).await.expect("is shown");
        assert_eq!((preview.to.as_str(), preview.html.as_str()), ("+47 912 34 567", ""));
        assert!(preview.text.contains("er godkjent") && preview.text.ends_with('…'), "{}", preview.text);
        desk.act(&world.handler, case, None, Deed::Decide(approved)).await.expect("follows");
        deliver(desk).await;
        for (template, words) in [
            (Template::Question, "et spørsmål"),
            (Template::Approved, "er godkjent"),
            (Template::GoodsReceived, "fått pakken"),
        ] {
            assert_eq!(pairs(&sent_to(&world, template).await), [phone], "{template:?}");
            let told = gateway.seen().into_iter().find(|seen| seen.text.contains(words)).expect(words);
            assert!(told.text.contains("/s/") && !told.text.contains("Hemmelig") && !told.text.contains("kjøpte"), "{}", told.text);
        }
    }

    async fn how_to_send_a_parcel_is_told(world: World) {
        let (world, gateway) = with_gateway(world, TOKEN).await;
        let number = confirmed(&world, &PARCEL).await;
        let view = world.desk.case(&world.handler, number).await.expect("is there");
        let rma = view.rma.expect("one was issued");
        let waybill = RmaDeed::SetWaybill { waybill: "370000000000000001".into(), code: String::new(), tell: true };
        world.desk.act_on_rma(&world.handler, rma.id, rma.version, waybill).await.expect("is noted");
        assert_eq!(pairs(&sent_to(&world, Template::Parcel).await), [("sms", "+4791234567")]);
        deliver(&world.desk).await;
        let told = gateway.seen().into_iter().find(|seen| seen.text.contains("slik sender du varen")).expect("how to send it");
        assert!(told.text.contains(&number.to_string()) && told.text.contains("/s/"), "{}", told.text);
    }

    async fn changed_contact_is_told_to_the_number_before(world: World) {
        let (world, _gateway) = with_gateway(world, TOKEN).await;
        let desk = &world.desk;
        let number = confirmed(&world, &[]).await;
        let proved = desk.find_status(home(), None, &number.to_string(), "4567").await.expect("is theirs");
        let access = proved.cookie.0.split(';').next().and_then(|pair| pair.split('=').nth(1)).expect("a secret").to_owned();
        let page = desk.status(Locale::Nb, Some(&access), number).await.expect("is open");
        let medium = page.contact.iter().find(|field| field.key.as_str() == common::CUSTOMER_MEDIUM).expect("is asked");
        assert_eq!((medium.value.as_str(), medium.options.len(), medium.required), ("sms", 2, true));
        let contact = |medium: &str, email: &str, phone: &str| StatusContact {
            name: "Øystein".to_owned(),
            email: email.to_owned(),
            phone: phone.to_owned(),
            medium: medium.to_owned(),
            ..StatusContact::default()
        };
        let change = async |contact: StatusContact| desk.change_contact(Locale::Nb, Some(&access), number, contact).await;
        for bad in [contact("sms", "ny@example.no", ""), contact("email", "", "912 34 567"), contact("fax", "", "912 34 567")] {
            let refused = change(bad).await;
            assert!(matches!(refused, Err(AppError::Form { .. })), "{refused:?}");
        }
        change(contact("sms", "", "987 65 432")).await.expect("does");
        let told = sent_to(&world, Template::ContactChanged).await;
        assert_eq!(pairs(&told), [("sms", "+4791234567"), ("sms", "+4798765432")]);
        assert!(!newest(&world, Template::ContactChanged).await.contains("http"), "leads nobody anywhere");
        // To an e-mail address: the number before hears of it.
        change(contact("email", "ny@example.no", "987 65 432")).await.expect("does");
        let told = sent_to(&world, Template::ContactChanged).await;
        assert_eq!(pairs(&told), [("sms", "+4791234567"), ("sms", "+4798765432"), ("sms", "+4798765432"), ("email", "ny@example.no")]);
        desk.withdraw_case(Some(&access), number).await.expect("is withdrawn");
        assert_eq!(pairs(&sent_to(&world, Template::Withdrawn).await), [("email", "ny@example.no")]);
        let page = desk.status(Locale::Nb, Some(&access), number).await.expect("is open");
        assert!(page.messages.iter().filter(|m| m.template == Some(Template::ContactChanged)).count() >= 1);
    }

    async fn an_unconfirmed_report_is_found_by_its_phone(world: World) {
        let (world, gateway) = with_gateway(world, TOKEN).await;
        let (_, number) = by_sms(&world, &[]).await;
        let found = world.desk.find_status(home(), None, &number.to_string(), "4567").await;
        assert_eq!(found.err(), Some(AppError::invalid("reference", "unconfirmed")));
        world.clock.advance_ms(1000);
        world.desk.resend_unconfirmed(home(), &number.to_string(), "4567").await.expect("goes out");
        deliver(&world.desk).await;
        assert_eq!(gateway.seen().len(), 2);
    }
}
