//! What customers file from home, from the first word to the cases.

use crate::on_both_databases;
use crate::pictures::{fixture, take};
use crate::registration::count;
use crate::support::{World, key};
use app::backend::{Cases, DocumentKind, ListKind, ListQuery, Origin, ReportInput, Reports, Reviewed};
use app::error::AppError;
use domain::Locale;
use domain::case::Channel;
use domain::event::EventKind;
use domain::form::filing::delivery;
use domain::form::schema::common;
use domain::form::{Answers, Step};
use domain::id::CaseId;
use domain::letter::Template;
use domain::number::Number;
use domain::phase::Phase;
use domain::report::{Standing, limits};
use domain::rma::{RmaState, Route};
use futures::future::join_all;
use jiff::civil::date;
use server::desk::pictures::Sender;
use server::store::rmas;

pub const HOUR: i64 = 3600 * 1000;
pub const PHOTO: &[u8] = fixture!("orientation_1.jpg");

pub fn home() -> Origin {
    Origin { address: "203.0.113.7".parse().expect("an address") }
}

/// What somebody types who brings their shoes to the store.
pub fn typed(world: &World, pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    let store = world.oslo.to_string();
    for (key, value) in [
        (common::ARTICLE_NAME, "Ecco Soft 7"),
        (common::DESCRIPTION, "Sålen løsner"),
        (common::PURCHASE_DATE, "17.10.2026"),
        (common::CUSTOMER_NAME, "Øystein Łuczak"),
        (common::CUSTOMER_EMAIL, "oystein@example.no"),
        (delivery::ROUTE, "store"),
        (delivery::STORE, store.as_str()),
    ]
    .iter()
    .chain(pairs)
    {
        answers.set(key, *value);
    }
    answers
}

pub const PARCEL: [(&str, &str); 4] = [
    (delivery::ROUTE, "parcel"),
    (delivery::STREET, "Fjellveien 8"),
    (delivery::POSTCODE, "5003"),
    (delivery::CITY, "Bergen"),
];

pub fn input(world: &World, token: &str, answers: Answers) -> ReportInput {
    ReportInput {
        token: token.to_owned(),
        case: world.desk.random.id(),
        type_key: key("shoes"),
        form_version: 1,
        answers,
        website: String::new(),
    }
}

/// A report that waits to be sent: its secret.
pub async fn begun(world: &World, pairs: &[(&str, &str)]) -> (String, CaseId) {
    let token = world.desk.random.token();
    let input = input(world, &token, typed(world, pairs));
    let case = input.case;
    world.desk.save_report(home(), Locale::Nb, input).await.expect("is kept");
    (token, case)
}

pub async fn filed(world: &World, pairs: &[(&str, &str)]) -> (String, Number) {
    let (token, _) = begun(world, pairs).await;
    world.clock.advance_ms(60_000);
    let number = world.desk.send_report(Locale::Nb, &token).await.expect("is sent");
    (token, number)
}

/// The text of the newest letter of that kind.
pub async fn newest(world: &World, template: Template) -> String {
    sqlx::query_scalar("select body from letters where template = $1 order by created_at desc, id desc limit 1")
        .bind(template.key())
        .fetch_one(&mut *world.desk.db.read().await.expect("a connection"))
        .await
        .expect("there is one")
}

/// The secret of the link that a letter bears.
pub fn link(letter: &str, page: &str) -> String {
    let start = letter.find(&format!("http://redress.test{page}/")).expect("a link");
    letter[start..].lines().next().and_then(|line| line.rsplit('/').next()).expect("a secret").to_owned()
}

pub async fn confirmed(world: &World, pairs: &[(&str, &str)]) -> Number {
    filed(world, pairs).await;
    let token = link(&newest(world, Template::Confirm).await, "/confirm");
    world.desk.confirm_report(&token).await.expect("is confirmed")
}

pub async fn listed(world: &World) -> usize {
    let query = ListQuery { list: ListKind::Active, ..ListQuery::default() };
    world.desk.list(&world.handler, &query).await.expect("a list").rows.len()
}

on_both_databases! {
    async fn a_report_becomes_a_case_when_its_link_is_used(world: World) {
        let desk = &world.desk;
        let mut changes = desk.live.listen();
        let (token, number) = filed(&world, &[]).await;
        assert_eq!(number, Number::new(2026, 1).expect("in range"));
        assert_eq!(listed(&world).await, 0, "nobody sees it yet");
        assert_eq!(desk.search(&world.handler, &number.to_string(), 10).await.expect("searches").rows, []);
        assert_eq!(desk.case(&world.handler, number).await, Err(AppError::NotFound));
        let sent = desk.report_sent(Locale::Nb, &token).await.expect("is there");
        assert_eq!((sent.standing, sent.hours_left, sent.letters_left), (Standing::Unconfirmed, 72, 4));

        let letter = newest(&world, Template::Confirm).await;
        assert!(letter.contains(&number.to_string()) && letter.contains("22. oktober 2026"), "{letter}");
        assert!(!letter.contains("Łuczak"), "nobody has proved to be that customer");
        let link = link(&letter, "/confirm");
        world.clock.advance_ms(2 * HOUR);
        let page = desk.confirm_page(&link).await.expect("is there");
        assert_eq!((page.standing, page.cases.len()), (Standing::Unconfirmed, 1));
        assert_eq!(listed(&world).await, 0, "looking confirms nothing");
        assert!(changes.try_recv().is_err());

        assert_eq!(desk.confirm_report(&link).await, Ok(number));
        assert!(changes.try_recv().is_ok());
        let view = desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!((view.phase, view.channel, view.sold), (Phase::New, Channel::Web, true));
        assert_eq!(view.handler.as_ref().map(|h| h.id), Some(world.handler.id));
        // The clocks start when it was sent: 10:01, not 12:01.
        assert_eq!(view.registered.local, date(2026, 10, 19).at(10, 1, 0, 0));
        assert_eq!(view.due.expect("a target").date, date(2026, 11, 2));
        assert!(view.timeline.iter().any(|e| e.what == EventKind::Filed && e.at.local == view.registered.local));
        assert!(view.timeline.iter().any(|e| e.what == EventKind::Confirmed && e.at.local == date(2026, 10, 19).at(12, 1, 0, 0)));
        assert_eq!(view.customer.name, "Øystein Łuczak");
        let received = newest(&world, Template::Received).await;
        assert!(received.contains(&number.to_string()) && received.contains("http://redress.test/s/"));
        let documents: String = sqlx::query_scalar("select documents from letters where template = 'received'")
            .fetch_one(&mut *desk.db.read().await.expect("a connection"))
            .await
            .expect("the letter");
        assert_eq!(documents, DocumentKind::Protocol.key());

        // Once more changes nothing.
        assert_eq!(desk.confirm_report(&link).await, Ok(number));
        assert_eq!(count(&world, "select count(*) from letters").await, 2);
        assert_eq!(desk.confirm_page(&link).await.expect("is there").standing, Standing::Confirmed);
        assert_eq!(count(&world, "select count(*) from report_items where answers <> '{}'").await, 0);
    }

    async fn several_articles_become_cases_under_one_number(world: World) {
        let desk = &world.desk;
        let (token, first) = begun(&world, &PARCEL).await;
        let mut more = Answers::default();
        more.set(common::ARTICLE_NAME, "Sandal");
        more.set(common::DESCRIPTION, "Spennen røk");
        let second = ReportInput { type_key: key("other"), ..input(&world, &token, more) };
        desk.save_report(home(), Locale::Nb, second.clone()).await.expect("is kept");
        let page = desk.report_page(Locale::Nb, &token, Some(second.case), None).await.expect("is there");
        assert!(!page.first && page.items.len() == 2);
        assert!(page.page.form.field(common::CUSTOMER_EMAIL).is_none(), "asked once");
        let Reviewed::Ready(review) = desk.review_report(Locale::Nb, &token).await.expect("is there") else { panic!("ready") };
        assert_eq!(review.items.len(), 2);
        assert!(review.shared.iter().any(|section| section.step == Step::Delivery));
        world.clock.advance_ms(10_000);
        let number = desk.send_report(Locale::Nb, &token).await.expect("is sent");
        assert_eq!(number, Number::new(2026, 3).expect("in range"), "a number of its own");
        desk.confirm_report(&link(&newest(&world, Template::Confirm).await, "/confirm")).await.expect("is confirmed");
        let mut connection = desk.db.read().await.expect("a connection");
        let rma = rmas::by_number(&mut connection, number).await.expect("reads").expect("is there");
        assert_eq!((rma.state, rma.route(), rma.valid_until), (RmaState::Issued, Route::Parcel, date(2026, 11, 18)));
        let cases = rmas::cases(&mut connection, rma.id).await.expect("reads");
        assert_eq!(cases.iter().map(|case| case.title.as_str()).collect::<Vec<_>>(), ["Ecco Soft 7", "Sandal"]);
        assert_eq!(cases[0].id, first);
        drop(connection);
        for case in cases {
            let view = desk.case(&world.handler, case.number).await.expect("is there");
            assert_eq!((view.customer.email.as_str(), view.customer.address.as_str()), ("oystein@example.no", "Fjellveien 8\n5003 Bergen"));
            let found = desk.search(&world.handler, &number.to_string(), 10).await.expect("searches");
            assert!(found.rows.iter().any(|row| row.number == case.number), "found by the collective number");
        }
    }

    async fn nothing_typed_is_lost_and_the_language_may_change(world: World) {
        let desk = &world.desk;
        let (token, case) = begun(&world, &[(common::PURCHASE_DATE, "17.10.2026"), (common::PRICE, "1 299,50"), (common::CUSTOMER_EMAIL, "nonsense")]).await;
        let page = desk.report_page(Locale::En, &token, Some(case), None).await.expect("is there");
        assert_eq!(page.page.answers.first(common::PURCHASE_DATE), "17/10/2026");
        assert_eq!(page.page.answers.first(common::PRICE), "1299.50");
        assert_eq!(page.page.answers.first(common::CUSTOMER_EMAIL), "nonsense", "what cannot be read stays");
        assert_eq!(desk.review_report(Locale::Nb, &token).await, Ok(Reviewed::Unready(case)));
        world.clock.advance_ms(10_000);
        assert_eq!(desk.send_report(Locale::Nb, &token).await, Err(AppError::Conflict));
        let start = desk.report_start(Locale::Pl, Some(&token)).await.expect("open");
        assert_eq!(start.unfinished.as_ref(), Some(&token));
        assert_eq!(desk.report_start(Locale::Pl, Some("0000")).await.expect("open").unfinished, None);
    }

    async fn pictures_wait_with_the_report(world: World) {
        let desk = &world.desk;
        let (token, case) = begun(&world, &[]).await;
        let report = desk.open_report(&token).await.expect("is open");
        let picture = take(&world, Sender::Report(&report), case, PHOTO).await.expect("is taken");
        assert_eq!(desk.report_pictures(&token, case).await.expect("are there").len(), 1);
        // Staff who guess the id find nothing.
        assert_eq!(desk.place_of(&world.clerk, case).await, Err(AppError::NotFound));
        let stranger = desk.open_report(&begun(&world, &[]).await.0).await.expect("is open");
        let refused = take(&world, Sender::Report(&stranger), case, PHOTO).await;
        assert_eq!(refused, Err(AppError::NotFound.into()));
        world.clock.advance_ms(10_000);
        let number = desk.send_report(Locale::Nb, &token).await.expect("is sent");
        assert!(desk.open_report(&token).await.is_err(), "nothing is added once it is sent");
        desk.confirm_report(&link(&newest(&world, Template::Confirm).await, "/confirm")).await.expect("is confirmed");
        let view = desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!(view.pictures.iter().map(|p| p.id).collect::<Vec<_>>(), [picture.id]);
    }

    async fn a_double_click_and_a_retry_make_one_report(world: World) {
        let desk = &world.desk;
        let (token, _) = begun(&world, &[]).await;
        world.clock.advance_ms(10_000);
        let sent = join_all((0..8).map(|_| desk.send_report(Locale::Nb, &token))).await;
        assert!(sent.iter().all(|number| number == &sent[0] && number.is_ok()), "{sent:?}");
        assert_eq!(count(&world, "select count(*) from letters").await, 1);
        let link = link(&newest(&world, Template::Confirm).await, "/confirm");
        let confirmed = join_all((0..8).map(|_| desk.confirm_report(&link))).await;
        assert!(confirmed.iter().all(|number| number == &sent[0]), "{confirmed:?}");
        assert_eq!(count(&world, "select count(*) from cases").await, 1);
        assert_eq!(count(&world, "select count(*) from rmas").await, 1);
    }

    async fn a_wrong_address_is_corrected_and_letters_are_counted(world: World) {
        let desk = &world.desk;
        let (token, number) = filed(&world, &[(common::CUSTOMER_EMAIL, "wrong@example.no")]).await;
        let old = link(&newest(&world, Template::Confirm).await, "/confirm");
        assert_eq!(desk.resend_confirmation(&token, "nonsense").await, Err(AppError::invalid("to", "not_an_email")));
        world.clock.advance_ms(1000);
        desk.resend_confirmation(&token, "right@example.no").await.expect("goes out");
        assert_eq!(desk.confirm_page(&old).await, Err(AppError::NotFound), "who got it by mistake can do nothing");
        let new = link(&newest(&world, Template::Confirm).await, "/confirm");
        for _ in 2..limits::LETTERS {
            world.clock.advance_ms(1000);
            desk.resend_confirmation(&token, "right@example.no").await.expect("goes out");
        }
        let more = desk.resend_confirmation(&token, "right@example.no").await;
        assert!(matches!(more, Err(AppError::TooMany { .. })), "{more:?}");
        assert_eq!(desk.confirm_report(&new).await, Ok(number), "an earlier letter's link is as good");
        let view = desk.case(&world.clerk, number).await.expect("is there");
        assert_eq!(view.customer.email, "right@example.no");
        assert_eq!(desk.resend_confirmation(&token, "other@example.no").await, Err(AppError::Conflict));
    }

    async fn what_nobody_confirms_is_reminded_of_and_thrown_away(world: World) {
        let desk = &world.desk;
        let (token, case) = begun(&world, &[]).await;
        let report = desk.open_report(&token).await.expect("is open");
        take(&world, Sender::Report(&report), case, PHOTO).await.expect("is taken");
        world.clock.advance_ms(10_000);
        let number = desk.send_report(Locale::Nb, &token).await.expect("is sent");
        let link = link(&newest(&world, Template::Confirm).await, "/confirm");
        world.clock.advance_ms(47 * HOUR);
        desk.tend_reports().await.expect("runs");
        assert_eq!(count(&world, "select count(*) from letters").await, 1);
        world.clock.advance_ms(HOUR);
        for _ in 0..3 {
            desk.tend_reports().await.expect("runs");
        }
        assert_eq!(count(&world, "select count(*) from letters where template = 'confirm_reminder'").await, 1);
        world.clock.advance_ms(24 * HOUR);
        assert_eq!(desk.confirm_report(&link).await, Err(AppError::Expired));
        desk.tend_reports().await.expect("runs");
        for table in ["report_items", "attachments", "letters", "cases"] {
            let sql: &'static str = match table {
                "report_items" => "select count(*) from report_items",
                "attachments" => "select count(*) from attachments",
                "letters" => "select count(*) from letters",
                _ => "select count(*) from cases",
            };
            assert_eq!(count(&world, sql).await, 0, "{table}");
        }
        assert_eq!(desk.confirm_page(&link).await.expect("tells what became of it").standing, Standing::Expired);
        let (_, next) = filed(&world, &[]).await;
        assert_ne!(next, number, "its number is never given again");
        world.clock.advance_ms(31 * 24 * HOUR);
        desk.tend_reports().await.expect("runs");
        assert_eq!(desk.confirm_page(&link).await, Err(AppError::NotFound));
        assert_eq!(count(&world, "select count(*) from reports where number is not null").await, 1, "the newer one's number");
    }

    async fn an_unsent_report_is_thrown_away_with_its_pictures(world: World) {
        let desk = &world.desk;
        let (token, case) = begun(&world, &[]).await;
        let report = desk.open_report(&token).await.expect("is open");
        let picture = take(&world, Sender::Report(&report), case, PHOTO).await.expect("is taken");
        world.clock.advance_ms(limits::UNSENT_MS - HOUR);
        desk.tend_reports().await.expect("runs");
        assert!(desk.open_report(&token).await.is_ok());
        world.clock.advance_ms(2 * HOUR);
        desk.tend_reports().await.expect("runs");
        assert!(desk.open_report(&token).await.is_err());
        let kept = desk.files.bytes(picture.id, app::urls::Size::Small).await.expect("reads");
        assert!(kept.is_none(), "its file has gone");
    }

    async fn at_the_till_a_customer_is_a_person(world: World) {
        let desk = &world.desk;
        let (_, number) = filed(&world, &[]).await;
        assert_eq!(desk.confirm_at_till(&world.other_clerk, number).await, Err(AppError::NotFound), "another store's");
        assert_eq!(desk.confirm_at_till(&world.clerk, number).await, Ok(number));
        let view = desk.case(&world.clerk, number).await.expect("is there");
        let confirmed = view.timeline.iter().find(|e| e.what == EventKind::Confirmed).expect("told");
        assert_eq!(confirmed.by, "Kari Kasse");
    }

    async fn articles_are_taken_out_and_the_first_leaves_what_was_asked_once(world: World) {
        let desk = &world.desk;
        let (token, first) = begun(&world, &[]).await;
        assert_eq!(desk.drop_report_item(&token, first).await, Err(AppError::Conflict), "the last one stays");
        let mut more = Answers::default();
        more.set(common::ARTICLE_NAME, "Sandal");
        more.set(common::DESCRIPTION, "Spennen røk");
        let second = input(&world, &token, more);
        desk.save_report(home(), Locale::Nb, second.clone()).await.expect("is kept");
        desk.drop_report_item(&token, first).await.expect("is taken out");
        let page = desk.report_page(Locale::Nb, &token, None, None).await.expect("is there");
        assert_eq!((page.page.id, page.first), (second.case, true));
        assert_eq!(page.page.answers.first(common::CUSTOMER_EMAIL), "oystein@example.no");
        assert!(matches!(desk.review_report(Locale::Nb, &token).await, Ok(Reviewed::Ready(_))));
    }

    async fn no_report_takes_a_case_over(world: World) {
        let desk = &world.desk;
        let (case, _) = crate::registration::registered(&world, &[]).await;
        let (token, _) = begun(&world, &[]).await;
        let stolen = ReportInput { case, ..input(&world, &token, typed(&world, &[])) };
        assert_eq!(desk.save_report(home(), Locale::Nb, stolen).await, Err(AppError::NotFound));
        let (_, other) = begun(&world, &[]).await;
        let stolen = ReportInput { case: other, ..input(&world, &token, typed(&world, &[])) };
        assert_eq!(desk.save_report(home(), Locale::Nb, stolen).await, Err(AppError::NotFound));
        assert_eq!(desk.drop_report_item(&token, other).await, Err(AppError::Conflict));
    }
}
