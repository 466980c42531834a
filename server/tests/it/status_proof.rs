//! Which proof opens a case to its customer, what a wrong one tells, and how long guessing takes.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::registration::{count, registered};
use crate::reports::{PARCEL, confirmed, filed, home, link, newest};
use crate::status::{
    EMAIL, HOUR, MINUTE, PHONE, change_rma, collective, find, from, letter_link, no_match, opened, page, secret, write,
};
use crate::support::World;
use app::backend::{DocumentKind, Reports, Status, StatusContact};
use app::error::AppError;
use app::urls;
use axum::http::StatusCode;
use domain::Locale;
use domain::customer::Task;
use domain::form::schema::common;
use domain::id::MessageId;
use domain::letter::Template;
use domain::number::Number;
use domain::phase::Phase;
use futures::FutureExt;
use jiff::civil::date;
use server::store::attempts::{self, Subject};
use std::time::{Duration, Instant};

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
        // What is right says nothing of what was wrong before: somebody else's case may bear the same reference.
        assert_eq!(find(&world, &number.to_string(), "0000").await, Err(no_match()));
        assert!(matches!(find(&world, &number.to_string(), "0001").await, Err(AppError::TooMany { .. })));
    }

    async fn whoever_comes_at_the_same_moment_is_not_kept_out(world: World) {
        let attempt = async |now: i64| {
            let taken = world.desk.db.write(move |tx| {
                async move { attempts::take(tx, &[Subject { key: "a place".to_owned(), free: 30, first_wait_ms: 15_000 }], now).await }.boxed()
            });
            taken.await.expect("is counted")
        };
        // The second began before the first, and waited for its row.
        assert_eq!((attempt(1_000).await, attempt(990).await), (None, None));
    }

    async fn nobody_begins_anew_with_a_case_of_their_own(world: World) {
        let (_, number) = registered(&world, &[PHONE]).await;
        registered(&world, &[(common::SERIAL, &number.to_string()), (common::CUSTOMER_EMAIL, "mallory@example.com")]).await;
        let mut told = 0;
        for guess in 0..10 {
            let place = from(&format!("198.51.100.{guess}"));
            let wrong = world.desk.find_status(place, None, &number.to_string(), &format!("000{guess}")).await;
            told += usize::from(wrong == Err(no_match()));
            let own = world.desk.find_status(place, None, &number.to_string(), "mallory@example.com").await;
            assert!(own.is_ok() || matches!(own, Err(AppError::TooMany { .. })));
        }
        assert_eq!(told, 5, "five are free");
    }

    async fn every_case_that_the_pair_is_right_for_is_opened(world: World) {
        let again = [(common::SERIAL, "SN-77-1"), PHONE];
        let (_, first) = registered(&world, &again).await;
        let (_, second) = registered(&world, &again).await;
        let access = secret(&find(&world, "sn 77 1", "4567").await.expect("theirs"));
        assert_eq!(page(&world, &access, first).await.siblings.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [second]);
        assert_eq!(page(&world, &access, second).await.siblings.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [first]);
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
