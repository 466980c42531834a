//! What is scanned or sent beside the pages: pictures of codes, the address on a label, a carrier's label as a file.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::pictures::fixture;
use crate::registration::registered;
use crate::rmas::rma;
use crate::support::World;
use app::backend::{DocumentKind, Rmas};
use app::urls;
use axum::http::StatusCode;
use domain::number::Number;
use domain::rma::Route;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use qrcode::{Color, QrCode};
use server::store::rmas as rows;

/// A picture of a label on a table: the code in a corner of something larger, and not quite white.
fn photo_of(text: &str) -> Vec<u8> {
    const MODULE: usize = 7;
    const SIDE: usize = 900;
    let code = QrCode::new(text).expect("a short text");
    let width = code.width();
    let modules = code.to_colors();
    let mut grey = vec![200_u8; SIDE * SIDE];
    for (at, color) in modules.iter().enumerate() {
        let (x, y) = (at % width * MODULE + 420, at / width * MODULE + 510);
        for dy in 0..MODULE {
            for dx in 0..MODULE {
                grey[(y + dy) * SIDE + x + dx] = if *color == Color::Dark { 40 } else { 220 };
            }
        }
    }
    let mut png = Vec::new();
    let side = u32::try_from(SIDE).expect("small");
    PngEncoder::new(&mut png).write_image(&grey, side, side, ExtendedColorType::L8).expect("a PNG");
    png
}

async fn issued(world: &World) -> Number {
    let (case, _) = registered(world, &[]).await;
    world.desk.issue_rma(&world.clerk, case, Route::Store).await.expect("is issued")
}

on_both_databases! {
    async fn a_picture_of_a_label_leads_to_its_return(world: World) {
        let number = issued(&world).await;
        let url = format!("http://redress.test/r/{number}");
        let mut browser = Browser::of(&world, &world.clerk).await;
        browser.open("/scan").await;
        let answer = browser.submit_files("/scan/photo", &[("photo", "IMG_1.png", &photo_of(&url))]).await;
        let to = answer.header("location").to_owned();
        assert_eq!(to, app::urls::scan(&url));
        let answer = browser.open(&to).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (302, format!("/rma/{number}").as_str()));
        for (file, key) in [(fixture!("orientation_1.jpg"), "no_code"), (&b"no picture"[..], "unknown_type"), (b"%PDF-1.4", "unknown_type"), (b"", "empty")] {
            let answer = browser.submit_files("/scan/photo", &[("photo", "x.jpg", file)]).await;
            assert_eq!(answer.header("location"), format!("/scan?photo={key}"));
        }
    }

    async fn a_labels_address_leads_staff_and_customers_to_their_pages(world: World) {
        let number = issued(&world).await;
        let mut browser = Browser::of(&world, &world.clerk).await;
        let address = format!("/r/{}", number.digits());
        let answer = browser.open(&address).await;
        assert_eq!(answer.header("location"), app::urls::scan(&number.to_string()));
        browser.cookie = None;
        let answer = browser.open(&address).await;
        assert_eq!(answer.header("location"), format!("/status?number={number}"));
        assert_eq!(browser.open("/r/26-000001-0").await.header("location"), "/status", "a wrong check digit");
    }

    async fn a_carriers_label_is_kept_as_it_came_or_made_anew(world: World) {
        let number = issued(&world).await;
        let page = format!("/rma/{number}");
        let action = format!("{page}/label");
        let mut browser = Browser::of(&world, &world.clerk).await;
        let zpl = b"^XA^FO20,20^FDparcel^FS^XZ".as_slice();
        let pdf = b"%PDF-1.7 a label".as_slice();
        for (name, bytes, content_type) in [
            ("label.pdf", pdf, "application/pdf"),
            ("label.zpl", zpl, "text/plain; charset=utf-8"),
            ("label.png", &photo_of("620999726071000000000011"), "image/jpeg"),
        ] {
            browser.open(&page).await;
            let version = rma(&world, number).await.version.to_string();
            let answer = browser
                .submit_files(&action, &[("version", "", version.as_bytes()), ("waybill", "", b"77"), ("code", "", b""), ("file", name, bytes)])
                .await;
            assert_eq!(answer.header("location"), page, "{name}");
            let row = rows::by_number(&mut world.desk.db.read().await.expect("a connection"), number).await.expect("readable").expect("is there");
            let (id, kind) = row.label.expect("a label");
            assert_eq!((kind.as_str(), row.waybill.as_str()), (content_type, "77"));
            let kept = world.desk.files.label(id).await.expect("readable").expect("is there");
            assert!(content_type == "image/jpeg" || kept == bytes, "{name}");
            let handed = browser.open(&urls::case_document(number, DocumentKind::CarrierLabel)).await;
            let ending = if name == "label.png" { "jpg" } else { &name[6..] };
            assert_eq!(handed.status, StatusCode::OK, "{name}");
            assert!(handed.header("content-disposition").ends_with(&format!("carrier-label-{number}.{ending}\"")), "{name}");
            let as_what = if ending == "zpl" { "application/zpl" } else { content_type };
            assert_eq!(handed.header("content-type"), as_what, "{name}");
        }
        browser.open(&page).await;
        let html = b"<html><script>alert(1)</script></html>".as_slice();
        let version = rma(&world, number).await.version;
        for (file, version, why) in [(html, version, "no label"), (pdf, version - 1, "somebody was quicker")] {
            let version = version.to_string();
            let parts = [("version", "", version.as_bytes()), ("waybill", "", b"78".as_slice()), ("file", "x.pdf", file)];
            let answer = browser.submit_files(&action, &parts).await;
            let back = answer.header("location").to_owned();
            assert!(back.starts_with(&format!("{page}?retry=")), "{why}: {back}");
            assert!(browser.open(&back).await.body.contains("value=\"78\""), "{why}: what was typed is still there");
            browser.open(&page).await;
        }
        assert_eq!(rma(&world, number).await.waybill, "77");
    }
}
