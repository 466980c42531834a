//! Which documents a case has, what stands in them, and who is given them.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::pictures::{fixture, take};
use crate::registration::registered;
use crate::status::{HOUR, PHOTO, act, collective, decision, find, opened, secret};
use crate::support::World;
use app::backend::{DocumentKind, PublicForm, Rmas, Scanned, Setting, Settings, Status};
use app::error::AppError;
use app::urls;
use axum::http::StatusCode;
use documents::Paper;
use domain::decision::Verdict;
use domain::form::schema::common;
use domain::number::Number;
use domain::rma::RmaState;
use server::desk::pictures::Sender;
use server::store::{cases, rmas};

async fn protocol(world: &World, number: Number) -> Vec<u8> {
    world.desk.document_for_staff(&world.clerk, number, DocumentKind::Protocol).await.expect("is made").bytes
}

async fn set(world: &World, change: impl FnOnce(PublicForm) -> PublicForm) {
    let form = world.desk.settings(&world.admin).await.expect("an admin reads them").public_form;
    world.desk.save_setting(&world.admin, Setting::PublicForm(change(form).into())).await.expect("is good");
}

on_both_databases! {
    async fn the_logo_is_printed(world: World) {
        let (_, number) = registered(&world, &[]).await;
        let without = protocol(&world, number).await;
        let mut browser = Browser::of(&world, &world.admin).await;
        browser.submit_files(urls::LOGO_UPLOAD, &[("logo", "logo.png", fixture!("orientation_1.jpg"))]).await;
        let with = protocol(&world, number).await;
        let images = |pdf: &[u8]| pdf.windows(15).filter(|bytes| bytes == b"/Subtype /Image" || bytes.starts_with(b"/Subtype/Image")).count();
        assert_eq!((images(&without), images(&with)), (0, 1));
    }

    async fn a_customer_reads_what_the_page_offers_and_nothing_else(world: World) {
        let (_, number) = registered(&world, &[]).await;
        let mut browser = Browser::nobody(&world);
        browser.cookie = Some(format!("redress_customer={}", opened(&world, number).await));
        let mut status = async |number, kind| browser.open(&urls::status_document(number, kind)).await.status;
        assert_eq!(status(number, DocumentKind::Protocol).await, StatusCode::OK);
        for kind in [DocumentKind::Decision, DocumentKind::Label, DocumentKind::PackingSlip, DocumentKind::CarrierLabel] {
            assert_eq!(status(number, kind).await, StatusCode::NOT_FOUND, "{}", kind.key());
        }
        act(&world, number, decision(Verdict::Approved)).await;
        assert_eq!(status(number, DocumentKind::Decision).await, StatusCode::OK);
    }

    async fn a_label_that_nobody_takes_in_is_neither_read_nor_noted(world: World) {
        let (of_return, cases) = collective(&world).await;
        let access = secret(&find(&world, &cases[0].to_string(), "oystein@example.no").await.expect("theirs"));
        let label = async |access: String| { world.desk.document_for_customer(Some(&access), cases[0], DocumentKind::Label).await.map(|made| made.name) };
        assert_eq!(label(access).await, Ok(format!("label-{of_return}.pdf")));
        world.clock.advance_ms(40 * 24 * HOUR);
        let access = secret(&find(&world, &cases[0].to_string(), "oystein@example.no").await.expect("theirs"));
        assert_eq!(label(access.clone()).await, Err(AppError::NotFound), "the number has run out");
        assert_eq!(world.desk.label_printed_by_customer(Some(&access), cases[0]).await, Err(AppError::NotFound));
        let rma = rmas::by_number(&mut world.desk.db.read().await.expect("a connection"), of_return).await.expect("reads");
        assert_eq!(rma.expect("is there").state, RmaState::Issued);
        world.desk.extend_return(Some(&access), cases[0]).await.expect("has run out");
        world.desk.label_printed_by_customer(Some(&access), cases[0]).await.expect("is noted");
        let rma = rmas::by_number(&mut world.desk.db.read().await.expect("a connection"), of_return).await.expect("reads");
        assert_eq!(rma.expect("is there").state, RmaState::LabelPrinted);
    }

    async fn the_goods_of_many_cases_are_labelled_and_their_code_opens_the_case(world: World) {
        let mut numbers = Vec::new();
        for name in ["Kari Nordmann", "Zofia Łącka"] {
            numbers.push(registered(&world, &[(common::CUSTOMER_NAME, name)]).await.1);
        }
        let pdf = world.desk.goods_labels_for_staff(&world.clerk, &numbers, Some(Paper::A4)).await.expect("is made");
        assert_eq!((pdf.content_type, pdf.name.as_str()), ("application/pdf", "goods-2.pdf"));
        assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
        let zpl = world.desk.goods_labels_for_staff(&world.clerk, &numbers, None).await.expect("is made");
        let zpl = String::from_utf8(zpl.bytes).expect("text");
        assert_eq!(zpl.matches("^XA").count(), 2);
        for number in &numbers {
            assert!(zpl.contains(&format!("http:_2F_2Fredress.test_2Fr_2F{number}")) || zpl.contains(&format!("/r/{number}")), "{zpl}");
        }
        assert!(zpl.contains("Kari N.") && !zpl.contains("Nordmann") && zpl.contains("19.10.2026"), "{zpl}");
        let many = vec![numbers[0]; 501];
        assert_eq!(world.desk.goods_labels_for_staff(&world.clerk, &many, None).await, Err(AppError::invalid("number", "out_of_range")));
        assert_eq!(world.desk.goods_labels_for_staff(&world.clerk, &[], None).await, Err(AppError::invalid("number", "out_of_range")));
        assert_eq!(world.desk.goods_labels_for_staff(&world.other_clerk, &numbers, None).await, Err(AppError::NotFound));
        let mut browser = Browser::of(&world, &world.clerk).await;
        let scanned = browser.open(&format!("/r/{}", numbers[0])).await;
        assert_eq!(scanned.header("location"), urls::scan(&numbers[0].to_string()));
        let scanned = world.desk.scan(&world.clerk, &numbers[0].to_string()).await.expect("is read");
        assert_eq!(scanned, Scanned::Case(numbers[0]));
    }

    async fn pictures_of_staffs_own_stay_out_of_the_protocol(world: World) {
        let (case, number) = registered(&world, &[]).await;
        let bare = protocol(&world, number).await.len();
        world.clock.advance_ms(HOUR);
        take(&world, Sender::Staff(&world.handler), case, fixture!("orientation_6.jpg")).await.expect("taken");
        assert_eq!(protocol(&world, number).await.len(), bare);
        let url = world.desk.status_upload(Some(&opened(&world, number).await), number).await.expect("a link");
        let link = world.desk.open_link(url.rsplit('/').next().expect("a token")).await.expect("is open");
        take(&world, Sender::Link(&link), case, PHOTO).await.expect("taken");
        assert!(protocol(&world, number).await.len() > bare + 1000);
    }

    async fn what_was_said_about_fees_stays_said(world: World) {
        let warning = |text: &str| domain::Localized { nb: text.to_owned(), ..domain::Localized::default() };
        set(&world, |form| PublicForm { fee_warning: warning("Undersøkelse: 350 kr."), ..form }).await;
        let (_, warned) = registered(&world, &[]).await;
        set(&world, |form| PublicForm { fee_warning: warning("Undersøkelse: 500 kr."), ..form }).await;
        let case = cases::by_number(&mut world.desk.db.read().await.expect("a connection"), warned).await.expect("reads");
        assert_eq!(case.expect("is there").fee_warning, "Undersøkelse: 350 kr.");
    }
}
