//! What customers see of their case without an account, what they do there, and what nobody else does.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::pictures::{fixture, take};
use crate::registration::{count, registered};
use crate::reports::{PARCEL, begun, confirmed, filed, home, input as report_input, link, newest};
use crate::support::{World, key};
use app::backend::{
    Cases, Deed, DocumentKind, FormInput, Origin, Pictures, Proved, Registration, ReportInput, Reports, Status,
    StatusContact, StatusPage,
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
use server::desk::pictures::Sender;
use server::store::rmas;
use std::time::{Duration, Instant};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const EMAIL: &str = "Oystein.Luczak@example.no";
const PHONE: (&str, &str) = (common::CUSTOMER_PHONE, "912 34 567");
const PHOTO: &[u8] = fixture!("orientation_1.jpg");

fn no_match() -> AppError {
    AppError::invalid("proof", "no_match")
}

fn from(address: &str) -> Origin {
    Origin { address: address.parse().expect("an address") }
}

/// The secret of a cookie that was set.
fn secret(proved: &Proved) -> String {
    let pair = proved.cookie.0.split(';').next().expect("a pair");
    pair.strip_prefix("redress_customer=").expect("the customer's").to_owned()
}

async fn find(world: &World, reference: &str, proof: &str) -> Result<Proved> {
    world.desk.find_status(home(), None, reference, proof).await
}

/// The secret of a browser in which that case was proved.
async fn opened(world: &World, number: Number) -> String {
    secret(&find(world, &number.to_string(), EMAIL).await.expect("it is theirs"))
}

async fn page(world: &World, access: &str, number: Number) -> StatusPage {
    world.desk.status(Locale::En, Some(access), number).await.expect("is open")
}

async fn act(world: &World, number: Number, deed: Deed) {
    let id = world.desk.case(&world.handler, number).await.expect("is there").id;
    world.desk.act(&world.handler, id, None, deed).await.expect("follows");
}

async fn phase(world: &World, number: Number) -> Phase {
    world.desk.case(&world.handler, number).await.expect("is there").phase
}

async fn write(world: &World, access: &str, number: Number, body: &str) -> Result<()> {
    world.desk.write_message(Some(access), number, world.desk.random.id(), body).await
}

fn decision(verdict: Verdict) -> Deed {
    let reason = if verdict == Verdict::Rejected { "wear" } else { "fault" };
    Deed::Decide(Decision { verdict, reason: key(reason), explanation: "Sålen er <slitt>.".to_owned() })
}

/// Two articles under one number, as the customer filed them: the return's number and those of its cases.
async fn collective(world: &World) -> (Number, Vec<Number>) {
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

async fn change_rma(world: &World, number: Number, change: impl FnOnce(&mut rmas::Rma) + Send + 'static) {
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
async fn letter_link(world: &World) -> String {
    let letter = newest(world, Template::Received).await;
    let token = link(&letter, "/s");
    token.split('?').next().expect("a secret").to_owned()
}

on_both_databases! {
    async fn a_number_and_a_proof_open_the_case(world: World) {
        let (_, number) = registered(&world, &[PHONE]).await;
        for reference in [number.to_string(), number.digits(), format!(" {} ", number.to_string().replace('-', " "))] {
            for proof in [EMAIL, "oystein.luczak@EXAMPLE.no ", "4567", "912 34 567", "+47 91234567"] {
                let proved = find(&world, &reference, proof).await.expect("it is theirs");
                assert_eq!((proved.number, proved.locale), (number, Locale::Nb));
                assert!(proved.cookie.0.contains("; HttpOnly; SameSite=Lax") && !proved.cookie.0.contains("Secure"));
            }
        }
        let page = page(&world, &opened(&world, number).await, number).await;
        assert_eq!((page.number, page.phase, page.title.as_str()), (number, Phase::New, "Ecco Soft 7"));
        assert_eq!((page.task, page.answer_by, page.late), (Task::Nothing, Some(date(2026, 11, 2)), false));
        assert_eq!(page.documents, [DocumentKind::Protocol]);
        let contact: Vec<_> = page.contact.iter().map(|field| (field.key.as_str(), field.value.as_str())).collect();
        assert_eq!(contact, [("customer_name", "Østein Łuczak"), ("customer_email", EMAIL), ("customer_phone", "+47 912 34 567")]);
        let [letter] = &page.messages[..] else { panic!("the letter that it was received") };
        assert_eq!(letter.template, Some(Template::Received));
        assert!(letter.body.contains(&number.to_string()) && !letter.body.contains("redress.test/s/"), "{}", letter.body);
    }

    async fn a_wrong_pair_never_tells_which_half_was_wrong(world: World) {
        let (_, number) = registered(&world, &[PHONE]).await;
        let unknown = Number::new(2026, 777_777).expect("in range");
        for (reference, proof) in [
            (number.to_string(), "9999"),
            (number.to_string(), "kari@example.no"),
            (unknown.to_string(), "4567"),
            (unknown.to_string(), EMAIL),
            ("SN-1".to_owned(), EMAIL),
            (number.to_string(), "0000"),
            (number.to_string(), "@"),
            (number.to_string(), "'; drop table cases; --"),
            ("\u{0}\u{202e}x".to_owned(), EMAIL),
        ] {
            world.clock.advance_ms(20 * MINUTE);
            let start = Instant::now();
            assert_eq!(find(&world, &reference, proof).await, Err(no_match()), "{reference} {proof}");
            assert!(start.elapsed() >= Duration::from_millis(250), "answered before its time");
        }
        // Unsold stock is nobody's.
        let (_, unsold) = registered(&world, &[(common::SOLD, "no"), PHONE]).await;
        assert_eq!(find(&world, &unsold.to_string(), "4567").await, Err(no_match()));
        assert_eq!(find(&world, "", EMAIL).await, Err(AppError::invalid("reference", "missing")));
        assert_eq!(find(&world, &number.to_string(), " ").await, Err(AppError::invalid("proof", "missing")));
        assert_eq!(count(&world, "select count(*) from customer_sessions").await, 0);
    }

    async fn a_number_with_a_wrong_digit_is_told_as_a_typo(world: World) {
        let (_, number) = registered(&world, &[(common::SERIAL, "123456789")]).await;
        let mut wrong = number.digits();
        let last = wrong.pop().expect("a digit");
        wrong.push(if last == '9' { '0' } else { char::from(last as u8 + 1) });
        for proof in [EMAIL, "nobody@example.no"] {
            assert_eq!(find(&world, &wrong, proof).await, Err(AppError::invalid("reference", "check_digit")));
        }
        // A serial number may look like that as well; whoever errs about it learns no more.
        let serial = "123456789";
        assert!(serial.parse::<Number>().is_err());
        assert_eq!(find(&world, serial, EMAIL).await.map(|proved| proved.number), Ok(number));
        assert_eq!(find(&world, serial, "4567").await, Err(AppError::invalid("reference", "check_digit")));
    }

    async fn waybills_serial_numbers_and_returns_lead_to_the_case(world: World) {
        let (of_return, cases) = collective(&world).await;
        change_rma(&world, of_return, |rma| rma.waybill = "CJ123456789NO".to_owned()).await;
        let email = "oystein@example.no";
        for reference in [of_return.to_string(), "CJ123456789NO".to_owned(), "cj 123 456 789 no".to_owned(), cases[1].to_string()] {
            let proved = find(&world, &reference, email).await.expect("it is theirs");
            assert!(cases.contains(&proved.number), "{reference}");
        }
        // Two things of one kind, of two people.
        let (_, first) = registered(&world, &[(common::SERIAL, "SN 42-a/7")]).await;
        let (_, second) = registered(&world, &[(common::SERIAL, "SN 42-a/7"), (common::CUSTOMER_EMAIL, "kari@example.no")]).await;
        assert_eq!(find(&world, "sn42A7", EMAIL).await.map(|proved| proved.number), Ok(first));
        assert_eq!(find(&world, "SN 42 a 7", "kari@example.no").await.map(|proved| proved.number), Ok(second));
        assert_eq!(find(&world, "SN 42-a", EMAIL).await, Err(no_match()));
        // Words of the complaint are no reference.
        assert_eq!(find(&world, "Ecco", EMAIL).await, Err(no_match()));
    }

    async fn guessing_waits_longer_and_longer(world: World) {
        let (_, number) = registered(&world, &[PHONE]).await;
        let unknown = Number::new(2026, 777_777).expect("in range");
        let mut told = Vec::new();
        for reference in [number, unknown] {
            let mut answers = Vec::new();
            for attempt in 0..8 {
                // Neither another place nor another way of writing it is another try.
                let place = from(&format!("198.51.{}.{attempt}", reference.digits().len()));
                let written = if attempt % 2 == 0 { reference.to_string() } else { reference.digits() };
                answers.push(world.desk.find_status(place, None, &written, &format!("000{attempt}")).await);
                if let Some(Err(AppError::TooMany { seconds })) = answers.last() {
                    world.clock.advance_ms(i64::from(*seconds) * 1000);
                }
            }
            told.push(answers);
        }
        assert_eq!(told[0], told[1], "what is not there is guarded as what is");
        let waits: Vec<u32> = told[0].iter().filter_map(|answer| match answer { Err(AppError::TooMany { seconds }) => Some(*seconds), _ => None }).collect();
        assert!(waits.len() >= 2 && waits.is_sorted_by(|a, b| a < b), "{:?}", told[0]);
        // Also with the right proof nobody comes in before the wait is over.
        for attempt in 0..3 {
            let _ = world.desk.find_status(from("198.51.100.9"), None, &number.to_string(), &format!("111{attempt}")).await;
        }
        assert!(matches!(find(&world, &number.to_string(), "4567").await, Err(AppError::TooMany { .. })));
        world.clock.advance_ms(16 * MINUTE);
        find(&world, &number.to_string(), "4567").await.expect("it is theirs");
        for _ in 0..5 {
            assert_eq!(find(&world, &number.to_string(), "0000").await, Err(no_match()), "a success begins anew");
        }
    }

    async fn an_address_that_tries_many_numbers_waits(world: World) {
        let mut refused = 0;
        for series in 0..40 {
            let number = Number::new(2026, 1000 + series).expect("in range");
            let (place, number) = (from(&format!("2001:db8::{series:x}")), number.to_string());
            let attempt = world.desk.find_status(place, None, &number, "4567").await;
            refused += usize::from(matches!(attempt, Err(AppError::TooMany { .. })));
        }
        assert_eq!(refused, 10, "thirty are free, since a whole town may share an address");
    }

    async fn an_unconfirmed_report_is_told_to_its_filer_alone(world: World) {
        let (_, number) = filed(&world, &[(common::CUSTOMER_PHONE, "+47 912 34 567")]).await;
        let unconfirmed = AppError::invalid("reference", "unconfirmed");
        assert_eq!(find(&world, &number.to_string(), "oystein@example.no").await, Err(unconfirmed.clone()));
        assert_eq!(find(&world, &number.to_string(), "4567").await, Err(unconfirmed));
        assert_eq!(find(&world, &number.to_string(), "kari@example.no").await, Err(no_match()));
        assert_eq!(world.desk.resend_unconfirmed(home(), &number.to_string(), "kari@example.no").await, Err(no_match()));
        assert_eq!(count(&world, "select count(*) from letters").await, 1);
        world.clock.advance_ms(MINUTE);
        world.desk.resend_unconfirmed(home(), &number.to_string(), "4567").await.expect("goes out");
        assert_eq!(count(&world, "select count(*) from letters where to_address = 'oystein@example.no'").await, 2);
        let link = link(&newest(&world, Template::Confirm).await, "/confirm");
        world.desk.confirm_report(&link).await.expect("the new link is good");
        find(&world, &number.to_string(), "4567").await.expect("now it is a case");
        world.desk.resend_unconfirmed(home(), &number.to_string(), "4567").await.expect("nothing is left to send");
        // One that was not confirmed in time is nothing any more.
        let (_, late) = filed(&world, &[]).await;
        world.clock.advance_ms(80 * HOUR);
        assert_eq!(find(&world, &late.to_string(), "oystein@example.no").await, Err(no_match()));
        world.desk.tend_reports().await.expect("is tidied");
        world.clock.advance_ms(16 * MINUTE);
        assert_eq!(find(&world, &late.to_string(), "oystein@example.no").await, Err(no_match()));
    }

    async fn one_browser_opens_what_was_proved_in_it_and_nothing_else(world: World) {
        let desk = &world.desk;
        let (_, mine) = registered(&world, &[]).await;
        let (_, other) = registered(&world, &[(common::CUSTOMER_EMAIL, "kari@example.no")]).await;
        let first = opened(&world, mine).await;
        assert_eq!(desk.status(Locale::Nb, Some(&first), other).await, Err(AppError::NotFound));
        let nowhere = Number::new(2026, 777_777).expect("in range");
        assert_eq!(desk.status(Locale::Nb, Some(&first), nowhere).await, Err(AppError::NotFound));
        assert_eq!(desk.status(Locale::Nb, None, mine).await, Err(AppError::SignedOut));
        assert_eq!(desk.status(Locale::Nb, Some("0123"), mine).await, Err(AppError::SignedOut));
        for refused in [
            write(&world, &first, other, "Hei").await,
            desk.withdraw_case(Some(&first), other).await,
            desk.extend_return(Some(&first), other).await,
            desk.status_upload(Some(&first), other).await.map(drop),
            desk.change_contact(Locale::Nb, Some(&first), other, StatusContact::default()).await,
        ] {
            assert_eq!(refused, Err(AppError::NotFound));
        }

        // A second proof in the same browser: both are open under a fresh secret, and the old one is worth nothing.
        let proved = desk.find_status(home(), Some(&first), &other.to_string(), "kari@example.no").await.expect("theirs");
        let both = secret(&proved);
        assert_ne!(both, first);
        for number in [mine, other] {
            page(&world, &both, number).await;
        }
        assert_eq!(desk.status(Locale::Nb, Some(&first), mine).await, Err(AppError::SignedOut));
        // The same once more is no second row.
        let again = desk.find_status(home(), Some(&both), &other.to_string(), "kari@example.no").await.expect("theirs");
        assert_eq!(count(&world, "select count(*) from customer_sessions").await, 2);
        let both = secret(&again);

        desk.leave_status(Some(&both)).await.expect("ends");
        assert_eq!(desk.status(Locale::Nb, Some(&both), mine).await, Err(AppError::SignedOut));
        let late = opened(&world, mine).await;
        world.clock.advance_ms(4 * HOUR);
        assert_eq!(desk.status(Locale::Nb, Some(&late), mine).await, Err(AppError::SignedOut));
    }

    async fn the_cases_of_one_return_are_opened_together(world: World) {
        let (of_return, cases) = collective(&world).await;
        let proved = find(&world, &cases[0].to_string(), "oystein@example.no").await.expect("theirs");
        let access = secret(&proved);
        let second = page(&world, &access, cases[1]).await;
        assert_eq!(second.siblings, [(cases[0], "Ecco Soft 7".to_owned())]);
        assert_eq!(page(&world, &access, of_return).await.number, cases[0], "by the number of the return, too");
        let rma = second.rma.expect("goods are sent");
        assert_eq!((rma.number, rma.valid_until, rma.may_print, rma.may_extend), (of_return, date(2026, 11, 18), true, false));
        assert_eq!(second.task, Task::Send);
        assert_eq!(second.documents, [DocumentKind::Label, DocumentKind::PackingSlip, DocumentKind::Protocol]);
    }

    async fn a_letters_link_asks_for_the_second_factor(world: World) {
        let desk = &world.desk;
        let (_, number) = registered(&world, &[PHONE]).await;
        let token = letter_link(&world).await;
        let before = desk.status_link(Locale::Nb, &token, None).await.expect("is good");
        assert_eq!((before.number, before.proved), (number, false));
        assert_eq!(desk.prove_status(home(), None, &token, "0000").await, Err(no_match()));
        assert_eq!(desk.prove_status(home(), None, "0123", "4567").await, Err(AppError::NotFound));
        let access = secret(&desk.prove_status(home(), None, &token, "4567").await.expect("theirs"));
        assert!(desk.status_link(Locale::Nb, &token, Some(&access)).await.expect("is good").proved);
        page(&world, &access, number).await;
        // Those who guess at the number do not keep the holder of the link out; those who hold it are limited as well.
        for attempt in 0..6 {
            let _ = find(&world, &number.to_string(), &format!("000{attempt}")).await;
        }
        assert!(matches!(find(&world, &number.to_string(), "4567").await, Err(AppError::TooMany { .. })));
        desk.prove_status(home(), None, &token, "4567").await.expect("theirs");
        for _ in 0..5 {
            assert_eq!(desk.prove_status(home(), None, &token, "0000").await, Err(no_match()));
        }
        assert!(matches!(desk.prove_status(home(), None, &token, "4567").await, Err(AppError::TooMany { .. })));
        world.clock.advance_ms(366 * 24 * HOUR);
        assert_eq!(desk.status_link(Locale::Nb, &token, None).await, Err(AppError::NotFound));
    }

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

        // A double click.
        desk.write_message(Some(&access), number, message, "Tre uker, fjelltur").await.expect("is there");
        assert_eq!(count(&world, "select count(*) from messages").await, 1);
        assert_eq!(desk.case(&world.handler, number).await.expect("is there").version, view.version);
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
        act(&world, number, Deed::Move(Action::Wait(Waiting::Customer))).await;
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
        world.clock.advance_ms(25 * HOUR);
        assert_eq!(desk.upload_page(token).await, Err(AppError::Expired));
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

    async fn pages_show_nothing_before_the_proof(world: World) {
        let (_, number) = registered(&world, &[PHONE]).await;
        let token = letter_link(&world).await;
        let mut browser = Browser::nobody(&world);
        let before = browser.open(&urls::status_link(&token)).await;
        assert_eq!(before.status, StatusCode::OK);
        assert!(before.body.contains(&number.to_string()) && before.body.contains("Fjell &amp; Sko"));
        for personal in ["Łuczak", "Luczak", "912", "Ecco", "Oslo"] {
            assert!(!before.body.contains(personal), "{personal}");
        }
        assert!(before.body.contains("noindex"));
        assert_eq!((before.header("cache-control"), before.header("referrer-policy")), ("no-store", "same-origin"));
        // A number that is there is told as one that is not.
        let closed = browser.open(&urls::status(number)).await;
        assert_eq!((closed.status, closed.header("location")), (StatusCode::FOUND, format!("/status?number={number}").as_str()));
        let nowhere = Number::new(2026, 777_777).expect("in range");
        assert_eq!(browser.open(&urls::status(nowhere)).await.header("location"), format!("/status?number={nowhere}"));
        assert_eq!(browser.open("/status/%22onload%3D").await.header("location"), "/status?number=");

        // A wrong proof comes back to the link's page, without the token in what is kept.
        browser.open(&urls::status_link(&token)).await;
        let failed = browser.submit("/api/prove_status", &format!("token={token}&proof=0000&guise=")).await;
        let back = failed.header("location").to_owned();
        assert!(back.starts_with(&urls::status_link(&token)), "{back}");
        let again = browser.open(&back).await;
        assert!(again.body.contains("value=\"0000\"") && again.body.contains("aria-invalid"), "nothing typed is lost");
        let proved = browser.submit("/api/prove_status", &format!("token={token}&proof=4567&guise=lang%3Dpl")).await;
        assert_eq!(proved.header("location"), format!("/status/{number}?lang=pl"));
        let open = browser.open(&format!("/status/{number}?lang=pl")).await;
        assert!(open.body.contains("lang=\"pl\"") && open.body.contains("Łuczak") && open.body.contains("Ecco"));
        assert_eq!((open.header("cache-control"), open.header("referrer-policy")), ("no-store", "same-origin"));
        // The link goes straight on now.
        assert_eq!(browser.open(&urls::status_link(&token)).await.header("location"), format!("/status/{number}"));
        // Another language keeps what was typed.
        browser.open(&format!("/status/{number}?lang=pl")).await;
        let spoken = browser.submit("/speak?form=write_message&lang=nb", &format!("number={number}&id=x&body=Hei+d%C3%A6r")).await;
        let page = browser.open(spoken.header("location")).await;
        assert!(page.body.contains("lang=\"nb\"") && page.body.contains("Hei dær") && !page.body.contains("aria-invalid=\"true\""));
        assert_eq!(browser.submit("/speak?form=write_message&lang=xx", "body=x").await.status, StatusCode::NOT_FOUND);
        let left = browser.submit("/api/leave_status", "guise=lang%3Dnb").await;
        assert_eq!(left.header("location"), "/status?done=left&lang=nb");
        assert_eq!(browser.cookie, None);
    }

    async fn what_was_typed_outlives_the_proof(world: World) {
        let (_, number) = registered(&world, &[]).await;
        let mut browser = Browser::nobody(&world);
        browser.cookie = Some(format!("redress_customer={}", opened(&world, number).await));
        browser.open(&urls::status(number)).await;
        world.clock.advance_ms(5 * HOUR);
        let id: MessageId = world.desk.random.id();
        let late = browser.submit("/api/write_message", &format!("number={number}&id={id}&body=Lang+historie")).await;
        let closed = browser.open(late.header("location")).await;
        let find = closed.header("location").to_owned();
        assert!(find.starts_with(&format!("/status?number={number}&kept=")), "{find}");
        let page = browser.open(&find).await;
        let kept = page.body.split("name=\"kept\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a key").to_owned();
        let form = format!("reference={number}&proof=oystein.luczak%40example.no&kept={kept}&guise=");
        let proved = browser.submit("/api/find_status", &form).await;
        let page = browser.open(proved.header("location")).await;
        assert!(page.body.contains("Lang historie"), "{}", proved.header("location"));
    }

    async fn a_labels_code_leads_staff_to_the_return_and_others_to_the_case(world: World) {
        let number = confirmed(&world, &PARCEL).await;
        let mut browser = Browser::nobody(&world);
        assert_eq!(browser.open(&urls::label_code(number)).await.header("location"), format!("/status?number={number}"));
        assert_eq!(browser.open("/r/nonsense").await.header("location"), "/status");
        let mut staff = Browser::of(&world, &world.clerk).await;
        assert_eq!(staff.open(&urls::label_code(number)).await.header("location"), urls::scan(&number.to_string()));
        assert_eq!(staff.open("/r/nonsense").await.header("location"), urls::SCAN);
    }
}

async fn issue_link(world: &World, case: CaseId) -> String {
    let link = world.desk.upload_link(&world.clerk, case).await.expect("a link");
    link.url.rsplit('/').next().expect("a token").to_owned()
}
