//! What customers see of their case without an account, what they do there, and what nobody else does.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::pictures::{fixture, take};
use crate::registration::{count, registered};
use crate::reports::{PARCEL, begun, home, input as report_input, link, newest};
use crate::support::{World, key};
use app::backend::{
    Cases, Deed, DocumentKind, FormInput, ListKind, ListQuery, Origin, Pictures, Proved, Registration, ReportInput,
    Reports, Status, StatusContact, StatusPage,
};
use app::error::{AppError, Result};
use app::urls::{self, Size};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::Locale;
use domain::case::ArchiveReason;
use domain::customer::Task;
use domain::decision::{Decision, Verdict};
use domain::event::EventKind;
use domain::form::Fault;
use domain::form::schema::common;
use domain::id::{CaseId, MessageId};
use domain::letter::Template;
use domain::number::Number;
use domain::phase::{Action, Phase, Waiting};
use domain::rma::RmaAction;
use futures::FutureExt;
use jiff::civil::date;
use server::desk::pictures::{Sender, TakeError};
use server::store::rmas;

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const EMAIL: &str = "Oystein.Luczak@example.no";
pub const PHONE: (&str, &str) = (common::CUSTOMER_PHONE, "912 34 567");
pub const PHOTO: &[u8] = fixture!("orientation_1.jpg");

pub fn no_match() -> AppError {
    AppError::invalid("proof", "no_match")
}

pub fn from(address: &str) -> Origin {
    Origin { address: address.parse().expect("an address") }
}

/// The secret of a cookie that was set.
pub fn secret(proved: &Proved) -> String {
    let pair = proved.cookie.0.split(';').next().expect("a pair");
    pair.strip_prefix("redress_customer=").expect("the customer's").to_owned()
}

pub async fn find(world: &World, reference: &str, proof: &str) -> Result<Proved> {
    world.desk.find_status(home(), None, reference, proof).await
}

/// The secret of a browser in which that case was proved.
pub async fn opened(world: &World, number: Number) -> String {
    secret(&find(world, &number.to_string(), EMAIL).await.expect("it is theirs"))
}

pub async fn page(world: &World, access: &str, number: Number) -> StatusPage {
    world.desk.status(Locale::En, Some(access), number).await.expect("is open")
}

pub async fn act(world: &World, number: Number, deed: Deed) {
    let id = world.desk.case(&world.handler, number).await.expect("is there").id;
    world.desk.act(&world.handler, id, None, deed).await.expect("follows");
}

pub async fn phase(world: &World, number: Number) -> Phase {
    world.desk.case(&world.handler, number).await.expect("is there").phase
}

pub async fn write(world: &World, access: &str, number: Number, body: &str) -> Result<()> {
    world.desk.write_message(Some(access), number, world.desk.random.id(), body).await
}

pub fn decision(verdict: Verdict) -> Deed {
    let reason = if verdict == Verdict::Rejected { "wear" } else { "fault" };
    Deed::Decide(Decision::new(verdict, key(reason), "Sålen er <slitt>."))
}

/// Two articles under one number, as the customer filed them: the return's number and those of its cases.
pub async fn collective(world: &World) -> (Number, Vec<Number>) {
    let (token, _) = begun(world, &PARCEL).await;
    let mut more = domain::form::Answers::default();
    more.set(common::ARTICLE_NAME, "Sandal");
    more.set(common::DESCRIPTION, "Spennen røk");
    let second = ReportInput { type_key: key("other"), ..report_input(world, &token, more) };
    world.desk.save_report(home(), Locale::Nb, second).await.expect("is kept");
    world.clock.advance_ms(10_000);
    let number = world.desk.send_report(Locale::Nb, &token).await.expect("is sent");
    world.desk.confirm_report(&link(&newest(world, Template::Confirm).await, "/confirm")).await.expect("is confirmed");
    let mut connection = world.desk.db.read().await.expect("a connection");
    let rma = rmas::by_number(&mut connection, number).await.expect("reads").expect("is there");
    let cases = rmas::cases(&mut connection, rma.id).await.expect("reads");
    (number, cases.into_iter().map(|case| case.number).collect())
}

pub async fn change_rma(world: &World, number: Number, change: impl FnOnce(&mut rmas::Rma) + Send + 'static) {
    let changed = world.desk.db.write(move |tx| {
        async move {
            let mut rma = rmas::by_number(tx, number).await?.ok_or(AppError::NotFound)?;
            change(&mut rma);
            assert!(rmas::save(tx, &rma).await?);
            Ok(())
        }
        .boxed()
    });
    changed.await.expect("is saved");
}

/// The secret of the newest letter's link to the status page.
pub async fn letter_link(world: &World) -> String {
    let letter = newest(world, Template::Received).await;
    let token = link(&letter, "/s");
    token.split('?').next().expect("a secret").to_owned()
}

on_both_databases! {
    async fn a_message_reaches_the_handler_and_answers_the_question(world: World) {
        let desk = &world.desk;
        let (id, number) = registered(&world, &[]).await;
        let access = opened(&world, number).await;
        act(&world, number, Deed::Ask { question: "Hvor lenge har du gått med dem?".to_owned() }).await;
        let asked = page(&world, &access, number).await;
        assert_eq!((asked.task, asked.question.as_deref()), (Task::Answer, Some("Hvor lenge har du gått med dem?")));

        let mut changes = desk.live.listen();
        let message: MessageId = desk.random.id();
        desk.write_message(Some(&access), number, message, "  Tre uker,\r\nfjelltur\u{0}\u{202e}  ").await.expect("is taken");
        assert_eq!(changes.try_recv().map(|change| change.case), Ok(id));
        let view = desk.case(&world.handler, number).await.expect("is there");
        assert_eq!(view.phase, Phase::InReview);
        assert_eq!(view.messages.iter().map(|m| m.body.as_str()).collect::<Vec<_>>(), ["Tre uker,\nfjelltur"]);
        assert!(view.timeline.iter().any(|event| event.what == EventKind::CustomerWrote && event.by.is_empty()));
        let moved = EventKind::PhaseSet { from: Phase::WaitingCustomer, to: Phase::InReview };
        assert!(view.timeline.iter().any(|event| event.what == moved));
        assert_eq!(desk.search(&world.clerk, "fjelltur", 5).await.expect("searches").rows.len(), 1);
        let answered = page(&world, &access, number).await;
        assert_eq!((answered.task, answered.question), (Task::Nothing, None));
        assert_eq!(answered.messages[0].template, None);
        assert_eq!(answered.messages[0].body, "Tre uker,\nfjelltur");

        // Its handler is told, until somebody does something or says that there is nothing to do.
        assert!(view.news.is_some());
        let news = ListQuery { list: ListKind::Active, news: true, ..ListQuery::default() };
        let listed = desk.list(&world.handler, &news).await.expect("a list").rows;
        assert_eq!(listed.iter().map(|row| (row.number, row.news)).collect::<Vec<_>>(), [(number, true)]);

        // A double click.
        desk.write_message(Some(&access), number, message, "Tre uker, fjelltur").await.expect("is there");
        assert_eq!(count(&world, "select count(*) from messages").await, 1);
        assert_eq!(desk.case(&world.handler, number).await.expect("is there").version, view.version);
        act(&world, number, Deed::Seen).await;
        assert_eq!(desk.case(&world.handler, number).await.expect("is there").news, None);
        assert!(desk.list(&world.handler, &news).await.expect("a list").rows.is_empty());
        // An edit by staff does not make the search forget it.
        let edit = desk.edit_page(&world.clerk, number).await.expect("a page");
        let input = FormInput { id, type_key: edit.type_key, form_version: edit.form.version, store: world.oslo, answers: {
            let mut answers = edit.answers.clone();
            answers.set("size", "43");
            answers
        } };
        desk.edit(&world.clerk, input, edit.editing.expect("an edit").1).await.expect("saves");
        assert_eq!(desk.search(&world.clerk, "fjelltur", 5).await.expect("searches").rows.len(), 1);
    }

    async fn messages_are_bounded_and_harmless(world: World) {
        let (_, number) = registered(&world, &[]).await;
        let access = opened(&world, number).await;
        let wrong = |key: &str| Err(AppError::invalid("body", key));
        assert_eq!(write(&world, &access, number, " \u{0}\n ").await, wrong("missing"));
        assert_eq!(write(&world, &access, number, &"å".repeat(10_001)).await, wrong("text_too_long"));
        let hostile = "<script>alert(1)</script> {{number}} =HYPERLINK(\"http://evil.example\") %s ${x} 👩‍👩‍👧‍👦 ﷽";
        write(&world, &access, number, hostile).await.expect("words are words");
        let mut browser = Browser::nobody(&world);
        browser.cookie = Some(format!("redress_customer={access}"));
        let shown = browser.open(&urls::status(number)).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(!shown.body.contains("<script>alert") && shown.body.contains("&lt;script&gt;alert(1)"), "escaped");
        for _ in 1..20 {
            world.clock.advance_ms(1000);
            write(&world, &access, number, "Hallo?").await.expect("is taken");
        }
        assert_eq!(write(&world, &access, number, "Hallo?").await, Err(AppError::TooMany { seconds: 3600 }));
        world.clock.advance_ms(24 * HOUR);
        let access = opened(&world, number).await;
        write(&world, &access, number, "Hallo?").await.expect("tomorrow again");
    }

    async fn a_complaint_is_withdrawn_until_it_is_decided(world: World) {
        let desk = &world.desk;
        let (_, number) = registered(&world, &[]).await;
        let access = opened(&world, number).await;
        assert!(page(&world, &access, number).await.may_withdraw);
        let letters = count(&world, "select count(*) from letters").await;
        desk.withdraw_case(Some(&access), number).await.expect("is open");
        let view = desk.case(&world.handler, number).await.expect("is there");
        assert_eq!((view.phase, view.due), (Phase::Withdrawn, None));
        assert!(view.timeline.iter().any(|event| event.what == EventKind::CustomerWithdrew));
        assert_eq!(count(&world, "select count(*) from letters").await, letters + 1);
        assert!(newest(&world, Template::Withdrawn).await.contains(&number.to_string()));
        let after = page(&world, &access, number).await;
        assert!(!after.may_withdraw && !after.may_change_contact && !after.may_add_pictures && after.may_write);
        assert_eq!(after.task, Task::Nothing);
        assert_eq!(desk.withdraw_case(Some(&access), number).await, Err(AppError::Conflict));
        write(&world, &access, number, "Jeg vil likevel").await.expect("a second thought");
        act(&world, number, Deed::Move(Action::Review)).await;
        act(&world, number, decision(Verdict::Rejected)).await;
        assert_eq!(desk.withdraw_case(Some(&access), number).await, Err(AppError::Conflict));
        assert_eq!(phase(&world, number).await, Phase::Rejected);
    }

    async fn a_decision_is_shown_and_the_archive_takes_nothing_more(world: World) {
        let desk = &world.desk;
        let (_, number) = registered(&world, &[]).await;
        let access = opened(&world, number).await;
        act(&world, number, decision(Verdict::Rejected)).await;
        let decided = page(&world, &access, number).await;
        let told = decided.decision.expect("is decided");
        assert_eq!((told.verdict, told.reason.as_str(), told.explanation.as_str()), (Verdict::Rejected, "wear", "Sålen er <slitt>."));
        assert_eq!((decided.answer_by, decided.late), (None, false));
        assert_eq!(decided.documents, [DocumentKind::Decision, DocumentKind::Protocol]);
        assert_eq!(decided.messages[0].template, Some(Template::Rejected));
        act(&world, number, Deed::Move(Action::MakeReady)).await;
        assert_eq!(page(&world, &access, number).await.task, Task::Collect);
        act(&world, number, Deed::Settle { outcome: key("collected"), amount: String::new() }).await;
        assert_eq!(page(&world, &access, number).await.outcome.as_deref(), Some("collected"));
        act(&world, number, Deed::Archive(ArchiveReason::Settled)).await;
        let rests = page(&world, &access, number).await;
        assert!(rests.archived && !rests.may_write && !rests.may_add_pictures && !rests.may_withdraw && !rests.may_change_contact);
        assert_eq!(write(&world, &access, number, "Hallo?").await, Err(AppError::Conflict));
        assert_eq!(desk.status_upload(Some(&access), number).await, Err(AppError::Conflict));
        let contact = StatusContact { email: EMAIL.to_owned(), ..StatusContact::default() };
        assert_eq!(desk.change_contact(Locale::Nb, Some(&access), number, contact).await, Err(AppError::Conflict));
    }

    async fn a_target_that_has_passed_is_told_as_it_is(world: World) {
        let (_, number) = registered(&world, &[]).await;
        world.clock.advance_ms(20 * 24 * HOUR);
        let page = page(&world, &opened(&world, number).await, number).await;
        assert!(page.late && page.answer_by == Some(date(2026, 11, 2)));
    }

    async fn changed_contact_is_told_to_the_address_before(world: World) {
        let desk = &world.desk;
        let (_, cases) = collective(&world).await;
        let access = secret(&find(&world, &cases[0].to_string(), "oystein@example.no").await.expect("theirs"));
        let contact = StatusContact {
            name: " Øystein  Łuczak\u{202e}".to_owned(),
            email: "ny@Example.no".to_owned(),
            phone: "+47 912 34 568".to_owned(),
            address: "Ny gate 2\n0155 Oslo".to_owned(),
            ..StatusContact::default()
        };
        let edit = desk.edit_page(&world.handler, cases[0]).await.expect("a page");
        desk.change_contact(Locale::Nb, Some(&access), cases[0], contact.clone()).await.expect("does");
        for number in &cases {
            let view = desk.case(&world.handler, *number).await.expect("is there");
            assert_eq!((view.customer.email.as_str(), view.customer.phone.as_str()), ("ny@example.no", "+47 912 34 568"));
            assert!(view.timeline.iter().any(|event| matches!(&event.what, EventKind::ContactChanged { changes } if changes.len() >= 2)));
        }
        let mut told: Vec<String> = sqlx::query_scalar("select to_address from letters where template = 'contact_changed'")
            .fetch_all(&mut *desk.db.read().await.expect("a connection"))
            .await
            .expect("reads");
        told.sort();
        assert_eq!(told, ["ny@example.no", "oystein@example.no"]);
        let letter = newest(&world, Template::ContactChanged).await;
        assert!(!letter.contains("/s/") && !letter.contains("ny@example.no"), "leads nobody anywhere: {letter}");
        let own = page(&world, &access, cases[0]).await;
        assert_eq!(own.messages.iter().filter(|m| m.template == Some(Template::ContactChanged)).count(), 1);
        assert_eq!(desk.search(&world.handler, "ny@example.no", 5).await.expect("searches").rows.len(), 2);
        // The new factor is the one that counts.
        assert_eq!(find(&world, &cases[0].to_string(), "oystein@example.no").await, Err(no_match()));
        find(&world, &cases[0].to_string(), "4568").await.expect("theirs");

        // Somebody of the staff who had the form open before does not put the old address back.
        let (case, version) = (edit.id, edit.editing.expect("an edit").1);
        let input = FormInput { id: case, type_key: edit.type_key, form_version: edit.form.version, store: world.krakow, answers: edit.answers };
        assert_eq!(desk.edit(&world.handler, input, version).await, Err(AppError::Conflict));
        let merged = desk.edit_page(&world.handler, cases[0]).await.expect("a page");
        assert_eq!(merged.answers.first(common::CUSTOMER_EMAIL), "ny@example.no");

        // The same once more tells nobody anything.
        desk.change_contact(Locale::Nb, Some(&access), cases[0], contact).await.expect("does");
        assert_eq!(count(&world, "select count(*) from letters where template = 'contact_changed'").await, 2);
    }

    async fn contact_that_does_not_do_is_told_beside_its_field(world: World) {
        let (_, number) = registered(&world, &[PHONE]).await;
        let access = opened(&world, number).await;
        let wrong = StatusContact { email: "kari".to_owned(), phone: "<b>".to_owned(), ..StatusContact::default() };
        let refused = world.desk.change_contact(Locale::Nb, Some(&access), number, wrong).await;
        let Err(AppError::Form { problems }) = refused else { panic!("{refused:?}") };
        let told: Vec<_> = problems.iter().map(|problem| (problem.field.as_str(), &problem.fault)).collect();
        assert_eq!(told, [(common::CUSTOMER_EMAIL, &Fault::NotAnEmail), (common::CUSTOMER_PHONE, &Fault::NotAPhone)]);
        let gone = StatusContact { phone: "912 34 567".to_owned(), ..StatusContact::default() };
        let refused = world.desk.change_contact(Locale::Nb, Some(&access), number, gone).await;
        assert!(matches!(refused, Err(AppError::Form { .. })), "an address is not taken away: {refused:?}");
        assert_eq!(count(&world, "select count(*) from letters where template = 'contact_changed'").await, 0);
    }

    async fn pictures_come_by_a_link_of_their_own(world: World) {
        let desk = &world.desk;
        let (case, number) = registered(&world, &[]).await;
        let access = opened(&world, number).await;
        let of_staff = take(&world, Sender::Staff(&world.clerk), case, fixture!("orientation_6.jpg")).await.expect("taken");
        act(&world, number, Deed::Wait { on: Waiting::Customer, whom: String::new(), email: String::new() }).await;
        let upload = desk.status_upload(Some(&access), number).await.expect("a link");
        let token = upload.strip_prefix("/u/").expect("the phone's page");
        let shown = desk.upload_page(token).await.expect("is open");
        assert!(shown.from_home && shown.number == Some(number));
        let mut changes = desk.live.listen();
        let link = desk.open_link(token).await.expect("is open");
        let own = take(&world, Sender::Link(&link), case, PHOTO).await.expect("taken");
        assert!(changes.try_recv().is_ok());
        let view = desk.case(&world.handler, number).await.expect("is there");
        assert_eq!(view.phase, Phase::InReview);
        assert_eq!(view.timeline.iter().filter(|event| event.what == EventKind::CustomerAnswered).count(), 1);
        let page = page(&world, &access, number).await;
        assert_eq!(page.pictures.iter().map(|picture| picture.id).collect::<Vec<_>>(), [own.id]);
        assert_eq!(page.remaining_pictures, domain::attachment::limits::PER_CASE - 2);

        let file = |id| urls::status_file(number, id, Size::Small);
        let mut browser = Browser::nobody(&world);
        assert_eq!(browser.send(Method::GET, &file(own.id), &[], Body::empty()).await.status, StatusCode::UNAUTHORIZED);
        browser.cookie = Some(format!("redress_customer={access}"));
        let answer = browser.send(Method::GET, &file(own.id), &[], Body::empty()).await;
        assert_eq!((answer.status, answer.header("content-type"), answer.header("cache-control")), (StatusCode::OK, "image/jpeg", "no-store"));
        // What staff added is theirs, and another case's is not found by this number.
        assert_eq!(browser.send(Method::GET, &file(of_staff.id), &[], Body::empty()).await.status, StatusCode::NOT_FOUND);
        let (other, _) = registered(&world, &[(common::CUSTOMER_EMAIL, "kari@example.no")]).await;
        let link = issue_link(&world, other).await;
        let theirs = take(&world, Sender::Link(&desk.open_link(&link).await.expect("is open")), other, PHOTO).await.expect("taken");
        assert_eq!(browser.send(Method::GET, &file(theirs.id), &[], Body::empty()).await.status, StatusCode::NOT_FOUND);
        // The same picture once more answers a later question as well.
        act(&world, number, Deed::Wait { on: Waiting::Customer, whom: String::new(), email: String::new() }).await;
        let link = desk.open_link(token).await.expect("is open");
        let again = take(&world, Sender::Link(&link), case, PHOTO).await.expect("taken");
        assert_eq!(again.id, own.id);
        assert_eq!(desk.case(&world.handler, number).await.expect("is there").phase, Phase::InReview);
        // Links of this page end with it, and with the case.
        let upload = desk.status_upload(Some(&access), number).await.expect("a link");
        let after = upload.strip_prefix("/u/").expect("the phone's page").to_owned();
        let link = desk.open_link(&after).await.expect("is open");
        act(&world, number, Deed::Move(Action::Withdraw)).await;
        let late = take(&world, Sender::Link(&link), case, fixture!("orientation_3.jpg")).await;
        assert_eq!(late, Err(TakeError::Failed(AppError::Expired)));
        desk.leave_status(Some(&access)).await.expect("leaves");
        for left in [token, &after] {
            assert_eq!(desk.upload_page(left).await, Err(AppError::Expired));
        }
    }

    async fn more_time_is_given_when_there_is_little_left(world: World) {
        let desk = &world.desk;
        let (of_return, cases) = collective(&world).await;
        let email = "oystein@example.no";
        let access = secret(&find(&world, &cases[0].to_string(), email).await.expect("theirs"));
        assert_eq!(desk.extend_return(Some(&access), cases[0]).await, Err(AppError::Conflict), "there is time");
        world.clock.advance_ms(40 * 24 * HOUR);
        let access = secret(&find(&world, &cases[0].to_string(), email).await.expect("theirs"));
        let expired = page(&world, &access, cases[0]).await;
        assert_eq!(expired.task, Task::Extend);
        assert!(!expired.documents.contains(&DocumentKind::Label), "a label that nobody takes in");
        desk.extend_return(Some(&access), cases[0]).await.expect("has run out");
        let extended = page(&world, &access, cases[1]).await;
        assert_eq!((extended.task, extended.rma.expect("a return").valid_until), (Task::Send, date(2026, 12, 28)));
        for number in cases {
            let view = desk.case(&world.handler, number).await.expect("is there");
            let told = |what: &EventKind| matches!(what, EventKind::RmaSet { action: RmaAction::Extend, .. });
            assert!(view.timeline.iter().any(|event| told(&event.what)));
        }
        change_rma(&world, of_return, |rma| rma.state = domain::rma::RmaState::OnItsWay).await;
        world.clock.advance_ms(40 * 24 * HOUR);
        let access = secret(&find(&world, &of_return.to_string(), email).await.expect("theirs"));
        assert_eq!(page(&world, &access, of_return).await.task, Task::Nothing);
        assert_eq!(desk.extend_return(Some(&access), of_return).await, Err(AppError::Conflict));
    }
}

async fn issue_link(world: &World, case: CaseId) -> String {
    let link = world.desk.upload_link(&world.clerk, case).await.expect("a link");
    link.url.rsplit('/').next().expect("a token").to_owned()
}
