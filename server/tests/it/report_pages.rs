//! Customers' pages over HTTP, as browsers without script send them and as nobody should.

use crate::browser::{Answer, Browser};
use crate::on_both_databases;
use crate::pictures::fixture;
use crate::registration::count;
use crate::reports::{begun, confirmed, filed, link, newest, typed};
use crate::support::{World, key};
use app::backend::{PublicForm, Reports, Setting, Settings};
use app::urls::{self, Size};
use axum::http::{Method, StatusCode};
use domain::Locale;
use domain::form::schema::common;
use domain::id::CaseId;
use domain::letter::Template;
use server::config::Config;
use std::sync::Arc;

const PHOTO: &[u8] = fixture!("orientation_1.jpg");

/// Name, file name (empty for a text) and content.
type Input<'a> = (&'a str, &'a str, &'a [u8]);

/// The parts of a form as its page has them, and then others.
async fn post(world: &World, browser: &mut Browser, token: &str, more: &[Input<'_>]) -> (CaseId, Answer) {
    let case: CaseId = world.desk.random.id();
    let id = case.to_string();
    let answers = typed(world, &[]);
    let named: Vec<(String, String)> =
        answers.0.iter().map(|(key, values)| (format!("answers.{key}"), values[0].clone())).collect();
    let mut parts: Vec<Input> =
        vec![("case", "", id.as_bytes()), ("type", "", b"shoes"), ("form_version", "", b"1"), ("website", "", b"")];
    parts.extend(named.iter().map(|(name, value)| (name.as_str(), "", value.as_bytes())));
    parts.extend(more);
    let answer = browser.submit_files(&urls::report(token), &parts).await;
    (case, answer)
}

async fn allow(world: &World, sites: &[&str]) {
    let sites = sites.iter().map(|site| (*site).to_owned()).collect();
    let form = PublicForm { open: true, types: vec![key("shoes"), key("other")], sites, ..PublicForm::default() };
    world.desk.save_setting(&world.admin, Setting::PublicForm(form.into())).await.expect("is saved");
}

on_both_databases! {
    async fn the_whole_way_without_script(world: World) {
        let mut browser = Browser::nobody(&world);
        let start = browser.open(urls::REPORT).await;
        assert!(start.body.contains("/report/new?type=shoes"), "the types are links");
        let page = browser.open("/report/new?type=shoes").await;
        assert_eq!(page.status, StatusCode::OK);
        let action = page.body.split("action=\"/report/").nth(1).expect("the form posts to its report");
        let token = &action[..32];

        let files: [Input; 2] = [("file.damage", "a.jpg", PHOTO), ("file.receipt", "", b"")];
        let (case, answer) = post(&world, &mut browser, token, &files).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*urls::report_review(token)));
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with(&format!("redress_report={token}; Path=/report; ")), "{cookie}");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let review = browser.open(&urls::report_review(token)).await;
        assert!(review.body.contains("Ecco Soft 7") && review.body.contains("oystein@example.no"));
        let picture = world.desk.report_pictures(token, case).await.expect("is there")[0].id;
        let shown = browser.open(&urls::report_file(token, picture, Size::Small)).await;
        assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/jpeg"));

        // The cookie leads back to it.
        assert!(browser.open(urls::REPORT).await.body.contains(&urls::report(token)));

        world.clock.advance_ms(60_000);
        browser.address = urls::report_review(token);
        let sent = browser.submit("/api/send_report", &format!("token={token}&guise=lang%3Dpl")).await;
        assert_eq!(sent.header("location"), format!("{}?lang=pl", urls::report_sent(token)));
        let page = browser.open(&urls::report_sent(token)).await;
        assert!(page.body.contains("oystein@example.no") && page.body.contains("26-000001-"));
        assert!(newest(&world, Template::Confirm).await.contains("Potwierdź"), "in the language that was chosen");

        let secret = link(&newest(&world, Template::Confirm).await, "/confirm");
        for _ in 0..3 {
            let address = format!("{}?lang=pl", urls::confirm(&secret));
            assert_eq!(browser.open(&urls::confirm(&secret)).await.header("location"), address, "as the letter spoke");
            let page = browser.open(&address).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(!page.body.contains("oystein@example.no"), "no personal data");
        }
        assert_eq!(count(&world, "select count(*) from cases").await, 0, "looking confirms nothing");
        let done = browser.submit("/api/confirm_report", &format!("token={secret}")).await;
        assert_eq!(done.header("location"), format!("{}?done=1", urls::confirm(&secret)));
        assert_eq!(count(&world, "select count(*) from cases").await, 1);

        // It is sent: the form takes no more, and leads on.
        let (_, late) = post(&world, &mut browser, token, &[]).await;
        assert_eq!(late.header("location"), urls::report_sent(token));
    }

    async fn hostile_forms_cost_nothing(world: World) {
        let mut browser = Browser::nobody(&world);
        let token = world.desk.random.token();
        let long = vec![b'x'; 70 * 1024];
        let many: Vec<String> = (0..400).map(|n| format!("answers.f{n}")).collect();
        let many: Vec<Input> = many.iter().map(|name| (name.as_str(), "", &b"x"[..])).collect();
        let bad: [(&str, &[Input<'_>]); 6] = [
            ("more than anybody types", &[("answers.description", "", &long)]),
            ("more inputs than any form has", &many),
            ("no text", &[("answers.description", "", b"\xff\xfe\x00")]),
            ("a kind of file that is none", &[("file.virus", "a.jpg", PHOTO)]),
            ("a hidden field that only robots see", &[("website", "", b"https://spam.example")]),
            ("a type that is none", &[("type", "", b"../../etc/passwd")]),
        ];
        for (what, parts) in bad {
            let (_, answer) = post(&world, &mut browser, &token, parts).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", answer.body);
        }
        for forged in ["0123", "new", "..", &"f".repeat(33), "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"] {
            let (_, answer) = post(&world, &mut browser, forged, &[]).await;
            assert!(answer.status.is_client_error(), "{forged}: {}", answer.status);
        }
        let cut = "--cut\r\ncontent-disposition: form-data; name=\"case\"\r\n\r\n";
        let kind = [("content-type", "multipart/form-data; boundary=cut"), ("origin", "http://redress.test")];
        let answer = browser.send(Method::POST, &urls::report(&token), &kind, cut).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(count(&world, "select count(*) from reports").await, 0);
        assert_eq!(count(&world, "select count(*) from attachments").await, 0);
    }

    async fn files_of_every_kind_named_jpg(world: World) {
        let mut browser = Browser::nobody(&world);
        let (token, case) = begun(&world, &[]).await;
        let html = b"<html><script>alert(1)</script></html>";
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
        let bad: [&[u8]; 6] = [html, svg, b"MZ\x90\x00", b"PK\x03\x04", &PHOTO[..40], b"\x00"];
        let files = urls::report_files(&token, case);
        for content in bad {
            let parts: [Input; 2] = [("kind", "", b"damage"), ("file", "photo.jpg", content)];
            assert_eq!(browser.submit_files(&files, &parts).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let parts: [Input; 2] = [("kind", "", b"damage"), ("file", "=1+1.exe", PHOTO)];
        assert_eq!(browser.submit_files(&files, &parts).await.status, StatusCode::OK);
        assert_eq!(world.desk.report_pictures(&token, case).await.map(|pictures| pictures.len()), Ok(1));

        // Of another report, of none, and of one that was sent.
        let (other, _) = begun(&world, &[]).await;
        for address in [urls::report_files(&other, case), urls::report_files("0123", case)] {
            assert_eq!(browser.submit_files(&address, &parts).await.status, StatusCode::NOT_FOUND);
        }
        let picture = world.desk.report_pictures(&token, case).await.expect("is there")[0].id;
        let foreign = browser.open(&urls::report_file(&other, picture, Size::Large)).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        world.clock.advance_ms(60_000);
        world.desk.send_report(Locale::Nb, &token).await.expect("is sent");
        assert_eq!(browser.submit_files(&files, &parts).await.status, StatusCode::GONE);
        assert_eq!(browser.open(&urls::report_file(&token, picture, Size::Large)).await.status, StatusCode::GONE);
    }

    async fn what_is_typed_is_shown_as_it_is(world: World) {
        let mut browser = Browser::nobody(&world);
        let evil = "=cmd|'/c calc'!A1 <script>alert(1)</script> \" onfocus=\"alert(2)";
        let out = format!("</textarea>{evil}");
        let (token, case) = begun(&world, &[(common::ARTICLE_NAME, evil), (common::DESCRIPTION, &out)]).await;
        for page in [urls::report_review(&token), urls::report_add(&token)] {
            let answer = browser.open(&page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            assert!(!answer.body.contains("<script>alert"), "{page}");
        }
        let form = browser.open(&urls::report_item(&token, case)).await.body;
        assert!(!form.contains("<script>alert"), "the form");
        // In an attribute, and in a textarea.
        for shown in ["A1 &lt;script&gt;alert(1)&lt;/script&gt; &quot; onfocus", "&lt;/textarea>=cmd"] {
            assert_eq!(form.matches(shown).count(), 1, "{shown}");
        }
        let evil = "/report?lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&embed=%22%3E";
        assert!(!browser.open(evil).await.body.contains("<script>alert"));
    }

    async fn one_address_begins_only_so_many(world: World) {
        let mut browser = Browser::nobody(&world);
        for _ in 0..world.desk.config.reports_per_hour {
            begun_from_browser(&world, &mut browser, StatusCode::SEE_OTHER).await;
        }
        begun_from_browser(&world, &mut browser, StatusCode::TOO_MANY_REQUESTS).await;
        world.clock.advance_ms(3_600_001);
        begun_from_browser(&world, &mut browser, StatusCode::SEE_OTHER).await;
    }

    async fn secrets_are_not_told_and_pages_not_found_by_machines(world: World) {
        let mut browser = Browser::nobody(&world);
        let (open, case) = begun(&world, &[]).await;
        let (sent, _) = filed(&world, &[(common::CUSTOMER_EMAIL, "kari@example.no")]).await;
        let secret = link(&newest(&world, Template::Confirm).await, "/confirm");
        for page in [
            urls::report_item(&open, case),
            urls::report_review(&open),
            urls::report_add(&open),
            urls::report_sent(&sent),
            format!("{}?lang=nb", urls::confirm(&secret)),
        ] {
            let answer = browser.open(&page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            assert!(answer.body.contains("noindex"), "{page}");
            // Whole addresses stay with us: no other site's link is told them.
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{page}");
            assert_eq!(answer.header("cache-control"), "no-store", "{page}");
        }
        for page in ["/report/0123", "/report/0123/review", "/report/0123/sent", "/report/0123/add", "/confirm/0123"] {
            assert_eq!(browser.open(page).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        assert_eq!(browser.open(&urls::report_item(&sent, case)).await.status, StatusCode::FOUND);
    }

    async fn the_language_of_the_address_counts(world: World) {
        let mut browser = Browser::nobody(&world);
        for (asked, told) in [("/report?lang=pl", "lang=\"pl\""), ("/report?lang=xx", "lang=\"en\""), ("/report", "lang=\"en\"")] {
            assert!(browser.open(asked).await.body.contains(told), "{asked}");
        }
        // Not where staff read.
        browser.sign_in_as(&world, &world.clerk).await;
        assert!(browser.open("/cases?lang=pl").await.body.contains("<html lang=\"nb\""));
    }

    async fn frames_stand_where_they_are_allowed_and_hold_the_form_alone(world: World) {
        allow(&world, &["https://shop.example", "http://127.0.0.1:4000"]).await;
        let mut browser = Browser::nobody(&world);
        let (token, _) = begun(&world, &[]).await;
        let allowed = "frame-ancestors 'self' https://shop.example http://127.0.0.1:4000";
        let ends_with = |answer: &Answer, policy: &str| answer.header("content-security-policy").ends_with(policy);
        for page in ["/report?embed=1", "/report/new?type=shoes&embed=1", &urls::report_review(&token), "/report/0123"] {
            assert!(ends_with(&browser.open(page).await, allowed), "{page}");
        }
        // An error of the form's, too.
        let cut = browser.submit_files(&urls::report("0123"), &[]).await;
        assert_eq!(cut.status, StatusCode::NOT_FOUND);
        assert!(ends_with(&cut, allowed), "{}", cut.header("content-security-policy"));
        for page in ["/sign-in", "/confirm/0123", "/u/0123", "/reports", "/"] {
            assert!(ends_with(&browser.open(page).await, "frame-ancestors 'none'"), "{page}");
        }
        let framed = browser.open("/report?embed=1").await.body;
        assert!(framed.contains("[\"https://shop.example\",\"http://127.0.0.1:4000\"].includes(e.origin)"));
        assert!(framed.contains("/report/new?type=shoes&amp;embed=1"), "links keep the frame");
        assert!(!browser.open("/report").await.body.contains("includes(e.origin)"));
    }

    async fn a_frame_of_another_site_needs_a_cookie_that_says_so(world: World) {
        let mut desk = world.desk.clone();
        let config = Config { public_url: "https://redress.example.com".to_owned(), ..(*desk.config).clone() };
        let plain = desk.remember_report("0123", true).0;
        assert!(plain.ends_with("; HttpOnly; SameSite=Lax"), "{plain}");
        desk.config = Arc::new(config);
        for (framed, end) in [(true, "; SameSite=None; Secure; Partitioned"), (false, "; SameSite=Lax; Secure")] {
            let cookie = desk.remember_report("0123", framed).0;
            assert!(cookie.ends_with(end) && cookie.contains("; Path=/report; "), "{cookie}");
        }
    }

    async fn a_closed_form_says_so(world: World) {
        let number = confirmed(&world, &[]).await;
        let (token, case) = begun(&world, &[]).await;
        let form = PublicForm { open: false, ..PublicForm::default() };
        world.desk.save_setting(&world.admin, Setting::PublicForm(form.into())).await.expect("is saved");
        let mut browser = Browser::nobody(&world);
        assert_eq!(browser.open(urls::REPORT).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.open("/report/new?type=shoes").await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.open(&urls::report_item(&token, case)).await.status, StatusCode::NOT_FOUND);
        assert!(number.to_string().starts_with("26-"));
    }
}

async fn begun_from_browser(world: &World, browser: &mut Browser, expected: StatusCode) {
    let token = world.desk.random.token();
    let (_, answer) = post(world, browser, &token, &[("intent", "", b"lang.pl")]).await;
    assert_eq!(answer.status, expected, "{}", answer.body);
    if expected == StatusCode::SEE_OTHER {
        assert!(answer.header("location").ends_with("&lang=pl"), "{}", answer.header("location"));
    }
}
