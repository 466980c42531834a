//! Routing, assets, forms without script, errors.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::registration::registered;
use crate::support::{World, key};
use app::backend::{Cases, Registration, Sessions};
use app::error::AppError;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use domain::number::Number;
use server::http::Site;
use server::http::failure::catch;
use std::sync::Arc;
use tower::ServiceExt;

fn site(world: &World) -> Site {
    let folder = world.folder.path().join("site");
    std::fs::create_dir_all(folder.join("pkg")).expect("a folder");
    let write = |name: &str, content: &str| std::fs::write(folder.join(name), content).expect("written");
    write("manifest.json", r#"{"js": "redress.1.js", "wasm": "redress.1.wasm", "css": "redress.1.css"}"#);
    write("pkg/redress.1.js", "plain");
    write("pkg/redress.1.js.br", "brotli");
    write("pkg/redress.1.js.gz", "gzip");
    write("pkg/redress.1.wasm", "wasm");
    write("sw.js", "worker");
    write("manifest.webmanifest", "{}");
    Site::open(&folder).expect("a site")
}

on_both_databases! {
    async fn assets_are_kept_for_ever_and_sent_small(world: World) {
        let mut browser = Browser::on(&world, site(&world));
        let mut fetch = async |path: &str, headers: &[(&str, &str)]| browser.send(Method::GET, path, headers, Body::empty()).await;
        let br = fetch("/pkg/redress.1.js", &[("accept-encoding", "gzip, deflate, br, zstd")]).await;
        assert_eq!((br.body.as_str(), br.header("content-encoding"), br.header("vary")), ("brotli", "br", "accept-encoding"));
        assert_eq!(br.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(br.header("content-type"), "text/javascript; charset=utf-8");
        let gz = fetch("/pkg/redress.1.js", &[("accept-encoding", "br;q=0, gzip")]).await;
        assert_eq!((gz.body.as_str(), gz.header("content-encoding")), ("gzip", "gzip"));
        let plain = fetch("/pkg/redress.1.js", &[]).await;
        assert_eq!((plain.body.as_str(), plain.header("content-encoding")), ("plain", ""));
        assert_eq!(fetch("/pkg/redress.1.wasm", &[]).await.header("content-type"), "application/wasm");

        let worker = fetch("/sw.js", &[]).await;
        assert_eq!(worker.header("cache-control"), "no-cache");
        // It could keep nothing by the policy of everything that is no page.
        assert!(worker.header("content-security-policy").contains("connect-src 'self'"));
        let tag = worker.header("etag").to_owned();
        assert_eq!(fetch("/sw.js", &[("if-none-match", &tag)]).await.status, StatusCode::NOT_MODIFIED);
        for path in ["/manifest.json", "/pkg/../manifest.json", "/pkg/%2e%2e/manifest.json", "/pkg/..%2f..%2fetc%2fpasswd", "//etc/passwd"] {
            assert_eq!(fetch(path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    async fn it_says_whether_it_is_well(world: World) {
        let mut browser = Browser::nobody(&world);
        assert_eq!(browser.open("/health").await.status, StatusCode::OK);
        world.desk.db.close().await;
        assert_eq!(browser.open("/health").await.status, StatusCode::SERVICE_UNAVAILABLE);
    }

    async fn the_first_admin_comes_in_without_script(world: World) {
        let link = world.desk.new_invitation(None).await.expect("a link");
        let path = link.strip_prefix(&world.desk.config.public_url).expect("our own address").to_owned();
        let token = path.rsplit('/').next().expect("a token").to_owned();
        let mut browser = Browser::nobody(&world);
        let page = browser.open(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(r#"action="/api/accept_invitation""#));

        let form = format!("token={token}&organisation=Fjell+%26+S%C3%B8nn&name=Siri&email=siri%40example.no&login=siri&locale=nb");
        let failed = browser.submit("/api/accept_invitation", &format!("{form}&password=short")).await;
        assert_eq!(failed.status, StatusCode::SEE_OTHER);
        let address = browser.address.clone();
        assert!(address.starts_with(&format!("{path}?retry=")), "{address}");
        let again = browser.open(&address).await;
        assert!(again.body.contains("Fjell &amp; Sønn") && again.body.contains("siri@example.no"), "what was typed is there");
        assert!(!again.body.contains("value=\"short\""), "but for the password");
        assert!(again.body.contains("At least 10 characters"));

        let done = browser.submit("/api/accept_invitation", &format!("{form}&password=long+enough+now")).await;
        assert_eq!((done.status, browser.address.as_str()), (StatusCode::SEE_OTHER, "/"));
        let cookie = done.header("set-cookie").to_owned();
        assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
        assert_eq!(browser.open("/").await.status, StatusCode::OK);
        assert_eq!(world.desk.book().organisation.name, "Fjell & Sønn");
        assert_eq!(world.desk.invitation(&token).await, Err(AppError::Expired));
    }

    async fn whoever_is_nobody_is_sent_to_sign_in_and_back(world: World) {
        let mut browser = Browser::nobody(&world);
        let answer = browser.open("/cases/26-000001-5?a=b&c=d").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.address, "/sign-in?next=%2Fcases%2F26-000001-5%3Fa%3Db%26c%3Dd");
        let wrong = browser.submit("/api/sign_in", "login=kari&password=x&next=%2F").await;
        assert_eq!(wrong.status, StatusCode::SEE_OTHER);
        assert!(browser.address.starts_with("/sign-in?next=%2Fcases%2F26-000001-5%3Fa%3Db%26c%3Dd&retry="), "{}", browser.address);
        let address = browser.address.clone();
        let page = browser.open(&address).await;
        assert!(page.body.contains("value=\"kari\""), "the user name is there again");
        browser.submit("/api/sign_in", "login=kari&password=x&next=%2F").await;
        assert_eq!(browser.address.matches("retry=").count(), 1, "a newer key takes the older's place");
    }

    async fn a_form_that_failed_is_kept_for_ten_minutes(world: World) {
        let mut browser = Browser::nobody(&world);
        browser.open("/sign-in").await;
        browser.submit("/api/sign_in", "login=kari&password=x&next=").await;
        let key = browser.address.rsplit('=').next().expect("a key").to_owned();
        let kept = world.desk.submission(&key).await.expect("reads").expect("is kept");
        assert_eq!((kept.form.as_str(), kept.error), ("sign_in", AppError::invalid("password", "wrong")));
        assert_eq!(kept.values.get("login"), Some(&vec!["kari".to_owned()]));
        assert!(!kept.values.contains_key("password"));
        world.clock.advance_ms(10 * 60_000);
        assert_eq!(world.desk.submission(&key).await, Ok(None));
        assert_eq!(world.desk.submission("0123").await, Ok(None));
    }

    async fn a_script_is_told_by_status(world: World) {
        let mut browser = Browser::of(&world, &world.clerk).await;
        const FORM: &str = "application/x-www-form-urlencoded";
        let missing = browser.call("case", FORM, "number=26-000099-0").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        assert_eq!(missing.body, r#""not_found""#);
        assert_eq!(browser.call("case", FORM, "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(browser.call("no_such_function", FORM, "").await.status, StatusCode::NOT_FOUND);
        browser.cookie = None;
        assert_eq!(browser.call("account", FORM, "").await.status, StatusCode::UNAUTHORIZED);
        let large = "x".repeat(3 << 20);
        assert_eq!(browser.call("sign_in", FORM, &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    }

    async fn errors_are_pages_in_the_readers_language(world: World) {
        let mut browser = Browser::nobody(&world);
        let polish = [("accept", "text/html"), ("accept-language", "pl")];
        let lost = browser.send(Method::GET, "/no/such/page", &polish, Body::empty()).await;
        assert_eq!(lost.status, StatusCode::NOT_FOUND);
        assert!(lost.body.contains("<html lang=\"pl\""), "{}", lost.body);
        let refused = browser.send(Method::GET, "/files/0b1c5e1e-0000-4000-8000-000000000000/small", &polish, Body::empty()).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert!(refused.body.contains("<html lang=\"pl\"") && refused.header("content-type").starts_with("text/html"));
        let script = browser.send(Method::GET, "/no/such/page", &[("accept", "application/json")], Body::empty()).await;
        assert_eq!(script.body, r#""not_found""#);
    }

    async fn a_panic_is_an_incident(world: World) {
        async fn broken() -> &'static str {
            panic!("on purpose: secret words")
        }
        let state = (world.desk.clone(), Arc::new(Site::empty()));
        let app = Router::new().route("/", get(broken)).layer(from_fn_with_state(state, catch));
        let request = Request::get("/").header("accept", "text/html").header("accept-language", "nb").body(Body::empty());
        let response = app.oneshot(request.expect("a request")).await.expect("answers");
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        let body = String::from_utf8_lossy(&body);
        assert!(body.contains("lang=\"nb\"") && !body.contains("secret words"), "{body}");
    }

    async fn a_case_is_registered_without_script(world: World) {
        let mut browser = Browser::of(&world, &world.clerk).await;
        let page = world.desk.form_page(&world.clerk, &key("shoes"), None).await.expect("a form");
        let (id, store) = (page.id.to_string(), world.oslo.to_string());
        let picture: &[u8] = include_bytes!("../fixtures/progressive.jpg");
        let mut parts: Vec<(&str, &str, &[u8])> = vec![
            ("id", "", id.as_bytes()),
            ("form_version", "", b"1"),
            ("store", "", store.as_bytes()),
            ("answers.sold", "", b"yes"),
            ("answers.description", "", "Sålen løsner\r\npå høyre sko".as_bytes()),
            ("file.damage", "skade.jpg", picture),
            ("file.receipt", "", b""),
            ("intent", "", b"save"),
        ];
        let failed = browser.submit_files("/new/shoes", &parts).await;
        assert_eq!(failed.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.address, format!("/new/shoes?draft={id}&check=1"));
        let draft = world.desk.form_page(&world.clerk, &key("shoes"), Some(page.id)).await.expect("the draft");
        assert_eq!(draft.answers.first("description"), "Sålen løsner\npå høyre sko");
        assert_eq!(draft.pictures.len(), 1, "the picture is kept, too");
        let address = browser.address.clone();
        assert!(browser.open(&address).await.body.contains("på høyre sko"));

        parts.push(("answers.article_name", "", b"Ecco Soft 7"));
        parts.push(("answers.customer_name", "", b"Kari"));
        for _ in 0..2 {
            browser.submit_files("/new/shoes", &parts).await;
            let number: Number = browser.address.strip_prefix("/cases/").expect("the case").parse().expect("its number");
            let case = world.desk.case(&world.clerk, number).await.expect("is there");
            assert_eq!((case.id, case.pictures.len()), (page.id, 1), "once, however often it is sent");
        }
    }

    async fn a_case_is_edited_without_script(world: World) {
        let (id, number) = registered(&world, &[]).await;
        let mut browser = Browser::of(&world, &world.clerk).await;
        let (id, store) = (id.to_string(), world.oslo.to_string());
        let parts: Vec<(&str, &str, &[u8])> = vec![
            ("id", "", id.as_bytes()),
            ("form_version", "", b"1"),
            ("store", "", store.as_bytes()),
            ("version", "", b"1"),
            ("answers.sold", "", b"no"),
            ("answers.article_name", "", b"Ecco Soft 8"),
            ("answers.description", "", b"Changed"),
        ];
        let address = format!("/cases/{number}/edit");
        browser.submit_files(&address, &parts).await;
        assert_eq!(browser.address, format!("/cases/{number}"));
        assert_eq!(world.desk.case(&world.clerk, number).await.expect("is there").title, "Ecco Soft 8");
        browser.submit_files(&address, &parts).await;
        assert_eq!(browser.address, format!("{address}?check=1&changed=1"), "somebody else was first");
        let mut stranger = Browser::of(&world, &world.other_clerk).await;
        assert_eq!(stranger.submit_files(&address, &parts).await.status, StatusCode::NOT_FOUND);
    }
}
