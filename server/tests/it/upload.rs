//! Files over HTTP: by staff, and by phones through a link.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::pictures::{fixture, take};
use crate::registration::{count, registered};
use crate::support::World;
use app::backend::{Cases, Pictures};
use app::error::AppError;
use app::urls::{self, Size};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::attachment::AttachmentKind;
use domain::event::EventKind;
use domain::id::CaseId;
use domain::number::Number;
use futures::FutureExt;
use server::clock::token_hash;
use server::desk::pictures::Sender;
use server::store::upload_links::{self, NewLink};

const MINUTE: i64 = 60_000;

async fn link(world: &World, case: CaseId) -> String {
    let link = world.desk.upload_link(&world.clerk, case).await.expect("a link");
    assert!(link.qr.starts_with("<svg"));
    assert_eq!(link.seconds_left, 15 * 60);
    link.url.rsplit('/').next().expect("a token").to_owned()
}

async fn question(world: &World, case: CaseId) -> String {
    let (token, id, now) = (world.desk.random.token(), world.desk.random.id(), world.desk.clock.now_ms());
    let token_hash = token_hash(&token);
    let issued = world.desk.db.write(move |tx| {
        async move {
            let link = NewLink {
                id,
                token_hash,
                case,
                staff: None,
                question: "Can you send the receipt?",
                created_at: now,
                expires_at: now + 30 * 24 * 60 * MINUTE,
            };
            upload_links::issue(tx, link).await
        }
        .boxed()
    });
    issued.await.expect("issued");
    token
}

async fn happened(world: &World, number: Number, what: fn(&EventKind) -> bool) -> usize {
    let view = world.desk.case(&world.handler, number).await.expect("is there");
    view.timeline.iter().filter(|event| what(&event.what)).count()
}

on_both_databases! {
    async fn a_phone_without_script_sends_several_and_comes_back(world: World) {
        let (case, number) = registered(&world, &[]).await;
        let token = link(&world, case).await;
        let mut phone = Browser::nobody(&world);
        let page = phone.open(&urls::upload(&token)).await;
        assert_eq!(page.status, StatusCode::OK);
        for needed in ["multipart/form-data", "capture=\"environment\"", "name=\"kind\"", "value=\"receipt\"", "multiple", &number.to_string()] {
            assert!(page.body.contains(needed), "{needed} is missing");
        }
        assert!(!page.body.contains("Łuczak") && !page.body.contains("Kari"), "nothing about a person");

        let answer = phone.submit_files(&urls::upload_files(&token), &[
            ("kind", "", b"receipt"),
            ("file", "", b""),
            ("file", "a.jpg", fixture!("orientation_1.jpg")),
            ("file", "b.pdf", fixture!("receipt.pdf")),
            ("file", "evil.jpg", b"<html><script>1</script></html>"),
        ]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let back = answer.header("location").to_owned();
        assert_eq!(back, format!("{}?sent=2&refused=unknown_type", urls::upload(&token)));
        let page = phone.open(&back).await;
        let pictures = world.desk.pictures(&world.clerk, case).await.expect("readable");
        assert_eq!(pictures.len(), 2);
        assert!(pictures.iter().all(|picture| picture.kind == AttachmentKind::Receipt && picture.by.is_empty()));
        let image = pictures.iter().find(|picture| !picture.pdf).expect("the picture");
        let thumbnail = urls::upload_file(&token, image.id, Size::Small);
        assert!(page.body.contains(&thumbnail), "the thumbnail is shown");
        let shown = phone.send(Method::GET, &thumbnail, &[], Body::empty()).await;
        assert_eq!(shown.header("content-type"), "image/jpeg");
        assert_eq!(shown.header("x-content-type-options"), "nosniff");
        assert!(shown.header("content-security-policy").contains("sandbox"));
        assert!(shown.header("cache-control").starts_with("private"));
        let document = pictures.iter().find(|picture| picture.pdf).expect("the PDF");
        let shown = phone.send(Method::GET, &urls::upload_file(&token, document.id, Size::Large), &[], Body::empty()).await;
        assert_eq!(shown.header("content-type"), "application/pdf");
        assert!(shown.header("content-disposition").starts_with("attachment"));
        assert_eq!(shown.body.as_bytes(), fixture!("receipt.pdf"));

        // The kind is put right.
        let form = format!("token={token}&picture={}&kind=damage", image.id);
        phone.address = urls::upload(&token);
        assert!(phone.submit("/api/set_own_kind", &form).await.status.is_redirection());
        let pictures = world.desk.pictures(&world.clerk, case).await.expect("readable");
        assert!(pictures.iter().any(|picture| picture.id == image.id && picture.kind == AttachmentKind::Damage));
        assert_eq!(happened(&world, number, |e| matches!(e, EventKind::AttachmentAdded { .. })).await, 2);
        assert_eq!(happened(&world, number, |e| *e == EventKind::CustomerAnswered).await, 0, "a QR code is no letter");
    }

    async fn a_script_is_answered_in_json(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let token = link(&world, case).await;
        let boundary = "multipart/form-data; boundary=b";
        let send = |bytes: &'static [u8]| {
            let mut body = b"--b\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\ndamage\r\n".to_vec();
            body.extend_from_slice(b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n");
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n--b--\r\n");
            body
        };
        let mut phone = Browser::nobody(&world);
        let headers = [("accept", "application/json"), ("content-type", boundary)];
        let path = urls::upload_files(&token);
        let answer = phone.send(Method::POST, &path, &headers, send(fixture!("orientation_8.jpg"))).await;
        assert_eq!(answer.status, StatusCode::OK);
        let views: Vec<app::backend::PictureView> = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!((views.len(), views[0].kind), (1, AttachmentKind::Damage));
        let answer = phone.send(Method::POST, &path, &headers, send(b"no picture")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let error: AppError = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(error, AppError::invalid("file", "unknown_type"));
        // A body that ends in the middle leaves nothing behind.
        let mut cut = send(fixture!("orientation_7.jpg"));
        cut.truncate(cut.len() - 100);
        let answer = phone.send(Method::POST, &path, &headers, cut).await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
        assert_eq!(world.desk.files.leftovers().await.expect("readable"), []);
        assert_eq!(count(&world, "select count(*) from attachments").await, 1);
    }

    async fn a_letters_link_answers_its_question_once(world: World) {
        let (case, number) = registered(&world, &[]).await;
        let token = question(&world, case).await;
        let mut phone = Browser::nobody(&world);
        let page = phone.open(&urls::upload(&token)).await;
        assert!(page.body.contains("Can you send the receipt?"));
        for bytes in [fixture!("orientation_1.jpg"), fixture!("orientation_2.jpg")] {
            phone.submit_files(&urls::upload_files(&token), &[("kind", "", b"receipt"), ("file", "a.jpg", bytes)]).await;
        }
        assert_eq!(happened(&world, number, |e| *e == EventKind::CustomerAnswered).await, 1);
        assert_eq!(happened(&world, number, |e| matches!(e, EventKind::AttachmentAdded { .. })).await, 2);
    }

    async fn a_link_shows_its_own_pictures_and_ends(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let (other, _) = registered(&world, &[]).await;
        let token = link(&world, case).await;
        let staffs = take(&world, Sender::Staff(&world.clerk), case, fixture!("orientation_1.jpg")).await.expect("taken");
        let open = world.desk.open_link(&token).await.expect("open");
        let own = take(&world, Sender::Link(&open), case, fixture!("orientation_2.jpg")).await.expect("taken");
        assert!(take(&world, Sender::Link(&open), other, fixture!("orientation_3.jpg")).await.is_err());
        let others = link(&world, other).await;
        let mut phone = Browser::nobody(&world);
        let mut get = async |token: &str, id| {
            phone.send(Method::GET, &urls::upload_file(token, id, Size::Small), &[], Body::empty()).await.status
        };
        assert_eq!(get(&token, own.id).await, StatusCode::OK);
        assert_eq!(get(&token, staffs.id).await, StatusCode::NOT_FOUND);
        assert_eq!(get(&others, own.id).await, StatusCode::NOT_FOUND);
        assert_eq!(get("0123456789abcdef0123456789abcdef", own.id).await, StatusCode::NOT_FOUND);
        assert_eq!(world.desk.set_own_kind(&others, own.id, AttachmentKind::Item).await, Err(AppError::NotFound));

        world.clock.advance_ms(16 * MINUTE);
        assert_eq!(get(&token, own.id).await, StatusCode::GONE);
        let page = phone.open(&urls::upload(&token)).await;
        assert_eq!(page.status, StatusCode::GONE);
        assert!(page.body.contains("has expired") && page.body.contains("Ask the staff"), "told kindly");
        let sent = phone.submit_files(&urls::upload_files(&token), &[("kind", "", b"item"), ("file", "a.jpg", fixture!("orientation_4.jpg"))]).await;
        assert_eq!(sent.header("location"), urls::upload(&token));
        assert_eq!(phone.open("/u/0123456789abcdef0123456789abcdef").await.status, StatusCode::NOT_FOUND);
        assert_eq!(count(&world, "select count(*) from attachments").await, 2);
    }

    async fn a_new_code_ends_the_old_ones_but_no_phone_in_the_middle(world: World) {
        let (case, _) = registered(&world, &[]).await;
        let idle = link(&world, case).await;
        let busy = link(&world, case).await;
        world.clock.advance_ms(5 * MINUTE);
        let open = world.desk.open_link(&busy).await.expect("open");
        take(&world, Sender::Link(&open), case, fixture!("orientation_1.jpg")).await.expect("taken");
        let fresh = link(&world, case).await;
        assert_eq!(world.desk.open_link(&idle).await.err(), Some(AppError::Expired));
        assert!(world.desk.open_link(&busy).await.is_ok());
        // Just scanned, perhaps.
        let newest = link(&world, case).await;
        assert!(world.desk.open_link(&fresh).await.is_ok());
        // A phone at work keeps its link beyond its quarter of an hour, yet not for ever.
        world.clock.advance_ms(8 * MINUTE);
        let open = world.desk.open_link(&busy).await.expect("open");
        take(&world, Sender::Link(&open), case, fixture!("orientation_2.jpg")).await.expect("taken");
        world.clock.advance_ms(8 * MINUTE);
        assert!(world.desk.open_link(&busy).await.is_ok());
        assert_eq!(world.desk.open_link(&newest).await.err(), Some(AppError::Expired));
        world.clock.advance_ms(11 * MINUTE);
        assert_eq!(world.desk.open_link(&busy).await.err(), Some(AppError::Expired));
        // Only hashes are kept.
        let mut connection = world.desk.db.read().await.expect("a connection");
        assert_eq!(upload_links::find(&mut connection, &busy).await.expect("readable"), None);
    }

    async fn staff_send_files_and_come_back_to_their_page(world: World) {
        let (case, number) = registered(&world, &[]).await;
        let mut browser = Browser::of(&world, &world.clerk).await;
        browser.address = format!("{}?phone=1", urls::case(number));
        let parts: [(&str, &str, &[u8]); 2] = [("kind", "", b"label"), ("file", "a.jpg", fixture!("orientation_5.jpg"))];
        let answer = browser.submit_files(&urls::case_files(case), &parts).await;
        assert_eq!(answer.header("location"), format!("{}?phone=1&sent=1", urls::case(number)));
        let [picture] = &world.desk.pictures(&world.clerk, case).await.expect("readable")[..] else { panic!("one") };
        assert_eq!((picture.kind, picture.by.as_str()), (AttachmentKind::Label, "Kari Kasse"));
        let file = browser.send(Method::GET, &urls::file(picture.id, Size::Large), &[], Body::empty()).await;
        assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "image/jpeg"));

        let mut stranger = Browser::of(&world, &world.other_clerk).await;
        let file = stranger.send(Method::GET, &urls::file(picture.id, Size::Large), &[], Body::empty()).await;
        assert_eq!(file.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.submit_files(&urls::case_files(case), &parts).await.status, StatusCode::NOT_FOUND);
        let mut nobody = Browser::nobody(&world);
        assert_eq!(nobody.submit_files(&urls::case_files(case), &parts).await.status, StatusCode::UNAUTHORIZED);
    }
}
