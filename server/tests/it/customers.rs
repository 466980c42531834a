//! The settings of the customer's side: what an admin enters, what strangers are shown of it, and the logo.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::pictures::fixture;
use crate::support::{World, key};
use app::backend::{PublicForm, Setting, Settings};
use app::error::AppError;
use axum::body::Body;
use axum::http::Method;
use domain::Localized;
use domain::id::StoreId;
use domain::rma::Route;
use image::{GenericImageView, ImageFormat};
use uuid::Uuid;

const UPLOAD: &str = app::urls::LOGO_UPLOAD;

async fn saved(world: &World) -> PublicForm {
    world.desk.settings(&world.admin).await.expect("an admin reads them").public_form
}

async fn save(world: &World, form: PublicForm) -> Result<(), AppError> {
    world.desk.save_setting(&world.admin, Setting::PublicForm(form.into())).await
}

/// The only header that the settings reach.
async fn ancestors(browser: &mut Browser) -> String {
    let answer = browser.open("/report").await;
    let policy = answer.header("content-security-policy").to_owned();
    policy.split("frame-ancestors ").nth(1).expect("says who may frame it").to_owned()
}

/// The logo as strangers get it.
async fn logo(world: &World) -> Vec<u8> {
    use futures::TryStreamExt;
    let id = saved(world).await.logo.expect("there is one");
    let file = world.desk.logo(id).await.expect("readable").expect("is there");
    file.stream.map_ok(|chunk| chunk.to_vec()).try_concat().await.expect("reads")
}

on_both_databases! {
    async fn only_an_admin_changes_what_customers_meet(world: World) {
        for who in [&world.handler, &world.clerk] {
            let change = Setting::PublicForm(saved(&world).await.into());
            assert_eq!(world.desk.save_setting(who, change).await, Err(AppError::Forbidden));
            assert_eq!(world.desk.remove_logo(who).await, Err(AppError::Forbidden));
            let mut browser = Browser::of(&world, who).await;
            let answer = browser.submit_files(UPLOAD, &[("logo", "logo.png", fixture!("alpha.png"))]).await;
            assert_eq!(answer.status, 403);
        }
        let answer = Browser::nobody(&world).submit_files(UPLOAD, &[("logo", "logo.png", fixture!("alpha.png"))]).await;
        assert_eq!(answer.status, 401);
        assert_eq!(saved(&world).await.logo, None);
    }

    async fn what_is_entered_is_tidied(world: World) {
        let form = PublicForm {
            legal_name: "  Fjell\r\n& Sko AS ".into(),
            address: " Storgata 1\r\n0155 Oslo\u{7} ".into(),
            accent: " #15803D ".into(),
            intro: Localized::new("Hello\r\nyou", "", "Cześć"),
            privacy_url: "https://shop.example/privacy".into(),
            types: vec![key("other"), key("toys"), key("shoes"), key("other")],
            routes: vec![Route::PickUp, Route::Store, Route::PickUp],
            sites: vec!["https://Shop.example/pages?x=1".into(), " ".into(), "https://shop.example".into()],
            carrier_email: " Bud@Carrier.EXAMPLE ".into(),
            store: Some(world.krakow),
            ..PublicForm::default()
        };
        save(&world, form).await.expect("is good");
        let after = saved(&world).await;
        assert_eq!((after.legal_name.as_str(), after.address.as_str()), ("Fjell & Sko AS", "Storgata 1\n0155 Oslo"));
        assert_eq!((after.accent.as_str(), after.intro.en.as_str()), ("#15803d", "Hello\nyou"));
        assert_eq!(after.types, [key("shoes"), key("other")]);
        assert_eq!(after.routes, [Route::Store, Route::PickUp]);
        assert_eq!(after.sites, ["https://shop.example"]);
        assert_eq!((after.carrier_email.as_str(), after.store), ("Bud@carrier.example", Some(world.krakow)));
    }

    async fn what_is_wrong_is_told_beside_its_input(world: World) {
        let good = saved(&world).await;
        let long = |length: usize| "ż".repeat(length);
        for (field, fault, bad) in [
            ("accent", "not_a_colour", PublicForm { accent: "red; color: blue".into(), ..good.clone() }),
            ("accent", "not_a_colour", PublicForm { accent: "#15803".into(), ..good.clone() }),
            ("privacy_url", "not_an_address", PublicForm { privacy_url: "javascript:alert(1)".into(), ..good.clone() }),
            ("privacy_url", "not_an_address", PublicForm { privacy_url: format!("https://a.example/{}", long(500)), ..good.clone() }),
            ("sites", "not_an_address", PublicForm { sites: vec!["https://a.example".into(), "*".into()], ..good.clone() }),
            ("sites", "too_many_sites", PublicForm { sites: (0..51).map(|n| format!("https://s{n}.example")).collect(), ..good.clone() }),
            ("confirm_hours", "not_hours", PublicForm { confirm_hours: 0, ..good.clone() }),
            ("confirm_hours", "not_hours", PublicForm { confirm_hours: 337, ..good.clone() }),
            ("rma_days", "not_days", PublicForm { rma_days: 366, ..good.clone() }),
            ("carrier_email", "not_an_email", PublicForm { carrier_email: "a@b\r\nBcc: c@d.example".into(), ..good.clone() }),
            ("store", "unknown_choice", PublicForm { store: Some(StoreId(Uuid::nil())), ..good.clone() }),
            ("types", "missing", PublicForm { types: vec![key("toys")], ..good.clone() }),
            ("routes", "missing", PublicForm { routes: vec![], ..good.clone() }),
            ("legal_name", "text_too_long", PublicForm { legal_name: long(201), ..good.clone() }),
            ("address", "text_too_long", PublicForm { address: long(501), ..good.clone() }),
            ("intro_pl", "text_too_long", PublicForm { intro: Localized::new("", "", &long(1001)), ..good.clone() }),
            ("privacy_nb", "text_too_long", PublicForm { privacy: Localized::new("", &long(4001), ""), ..good.clone() }),
        ] {
            assert_eq!(save(&world, bad).await, Err(AppError::invalid(field, fault)), "{field}");
        }
        // What is closed need not offer anything.
        let closed = PublicForm { open: false, types: vec![], routes: vec![], ..good };
        save(&world, closed).await.expect("nobody can file");
    }

    async fn no_site_gets_more_into_a_header_than_its_origin(world: World) {
        let good = saved(&world).await;
        let mut browser = Browser::nobody(&world);
        assert_eq!(ancestors(&mut browser).await, "'self'");
        for hostile in [
            "https://a.example; script-src *",
            "https://a.example;script-src",
            "https://a.example,https://b.example",
            "https://'unsafe-inline'",
            "https://*",
            "https://*.example",
            "https://a.example\u{0}",
            "https://user@a.example",
            "data:text/html,x",
            "http:",
            "'none'",
        ] {
            let form = PublicForm { sites: vec![hostile.into()], ..good.clone() };
            match save(&world, form).await {
                Err(error) => assert_eq!(error, AppError::invalid("sites", "not_an_address"), "{hostile}"),
                Ok(()) => assert_eq!(saved(&world).await.sites, ["https://a.example"], "{hostile}"),
            }
        }
        let split = PublicForm { sites: vec!["https://a.example/\r\nset-cookie: x=1".into()], ..good };
        save(&world, split).await.expect("the address ends where its line does");
        let answer = browser.open("/report").await;
        assert_eq!(answer.header("set-cookie"), "");
        assert_eq!(ancestors(&mut browser).await, "'self' https://a.example");
    }

    async fn the_page_takes_the_form_and_gives_it_back_with_what_was_wrong(world: World) {
        let mut browser = Browser::of(&world, &world.admin).await;
        let page = browser.open("/settings/customers").await;
        assert!(page.body.contains("http://redress.test/report") && page.body.contains("embed.js"), "addresses and lines");
        let form = |accent: &str| {
            format!(
                "customers[open]=yes&customers[types][]=shoes&customers[routes][]=store&customers[routes][]=parcel&\
                 customers[store]=&customers[confirm_hours]=48&customers[rma_days]=21&customers[carrier_email]=&\
                 customers[accent]={accent}&customers[intro_en]=%3Cb%3EHello&customers[intro_nb]=&customers[intro_pl]=&\
                 customers[privacy_en]=&customers[privacy_nb]=&customers[privacy_pl]=&customers[privacy_url]=&\
                 customers[legal_name]=Sko+AS&customers[address]=&customers[sites]=https://a.example%0D%0Ahttps://b.example"
            )
        };
        browser.submit("/api/save_customers", &form("teal")).await;
        let again = browser.address.clone();
        let page = browser.open(&again).await;
        assert!(page.body.contains("value=\"teal\"") && page.body.contains("&lt;b"), "nothing typed is lost");
        assert!(page.body.contains("value=\"21\"") && page.body.contains("https://b.example"));
        browser.submit("/api/save_customers", &form("%231a5f9e")).await;
        assert_eq!(browser.address, "/settings/customers?done=saved");
        let after = saved(&world).await;
        assert_eq!((after.confirm_hours, after.rma_days, after.accent.as_str()), (48, 21, "#1a5f9e"));
        assert_eq!((after.types, after.routes), (vec![key("shoes")], vec![Route::Store, Route::Parcel]));
        assert_eq!(after.sites, ["https://a.example", "https://b.example"]);
    }

    async fn the_logo_is_made_anew_and_shown_to_everybody(world: World) {
        let mut stranger = Browser::nobody(&world);
        assert_eq!(stranger.open("/logo").await.status, 404);
        let mut browser = Browser::of(&world, &world.admin).await;
        let answer = browser.submit_files(UPLOAD, &[("logo", "logo.jpg", fixture!("alpha.png"))]).await;
        assert_eq!(answer.header("location"), "/settings/customers?done=saved");

        let shown = stranger.open("/logo").await;
        assert_eq!(shown.header("content-type"), "image/png");
        assert_eq!(shown.header("x-content-type-options"), "nosniff");
        assert_eq!(shown.header("cache-control"), "public, no-cache");
        assert!(shown.header("content-security-policy").contains("sandbox"));
        let etag = shown.header("etag").to_owned();
        let asked = stranger.send(Method::GET, "/logo", &[("if-none-match", &etag)], Body::empty()).await;
        assert_eq!((asked.status.as_u16(), asked.body.as_str()), (304, ""));
        let picture = image::load_from_memory_with_format(&logo(&world).await, ImageFormat::Png).expect("a PNG");
        assert!(!picture.color().has_alpha(), "what was transparent is white");

        // Everything else stays, and saving the rest keeps it.
        let form = saved(&world).await;
        save(&world, PublicForm { logo: None, accent: "#000000".into(), ..form.clone() }).await.expect("is good");
        assert_eq!(saved(&world).await.logo, form.logo);

        // A photograph as it comes from a phone: upright, small, and without its place.
        browser.submit_files(UPLOAD, &[("logo", "x", fixture!("orientation_6.jpg"))]).await;
        let upright = image::load_from_memory(&logo(&world).await).expect("a PNG");
        let first = image::load_from_memory(fixture!("orientation_1.jpg")).expect("a JPEG");
        assert_eq!(upright.dimensions(), first.dimensions());
        browser.submit_files(UPLOAD, &[("logo", "x", fixture!("gps.jpg"))]).await;
        assert!(!logo(&world).await.windows(4).any(|four| four == b"eXIf" || four == b"Exif"));
        let files = std::fs::read_dir(world.folder.path().join("files")).expect("the folder").count();
        assert_eq!(files, 1, "the older ones are gone");
        assert_ne!(stranger.send(Method::GET, "/logo", &[("if-none-match", &etag)], Body::empty()).await.status, 304);

        browser.submit("/api/remove_logo", "").await;
        assert_eq!((saved(&world).await.logo, stranger.open("/logo").await.status.as_u16()), (None, 404));
        assert_eq!(saved(&world).await.accent, "#000000");
    }

    async fn what_is_no_logo_is_refused_in_words(world: World) {
        let mut browser = Browser::of(&world, &world.admin).await;
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
        for (bytes, why) in [
            (svg.as_slice(), "unknown_type"),
            (fixture!("receipt.pdf"), "unknown_type"),
            (fixture!("bomb.png"), "too_many_pixels"),
            (b"\x89PNG\r\n\x1a\nno".as_slice(), "damaged"),
            (b"".as_slice(), "empty"),
        ] {
            let answer = browser.submit_files(UPLOAD, &[("logo", "logo.png", bytes)]).await;
            assert_eq!(answer.header("location"), format!("/settings/customers?refused={why}#logo"));
            let page = browser.open(answer.header("location").split('#').next().expect("an address")).await;
            assert!(page.body.contains("role=\"alert\""), "{why}");
        }
        assert_eq!(saved(&world).await.logo, None);
        let left = std::fs::read_dir(world.folder.path().join("incoming")).expect("the folder").count();
        assert_eq!(left, 0);
        let page = browser.open("/settings/customers?refused=%3Cscript%3E").await;
        assert!(!page.body.contains("role=\"alert\"") && !page.body.contains("<script>"));
    }

    async fn a_crash_leaves_the_logo_and_takes_the_rest(world: World) {
        let mut browser = Browser::of(&world, &world.admin).await;
        browser.submit_files(UPLOAD, &[("logo", "logo.png", fixture!("alpha.png"))]).await;
        let id = saved(&world).await.logo.expect("there is one");
        world.desk.files.remember_leftover(id).await.expect("a note");
        let other = world.desk.random.id();
        world.desk.files.keep_logo(other, b"png".to_vec()).await.expect("kept");
        world.desk.files.remember_leftover(other).await.expect("a note");
        assert_eq!(world.desk.tidy_leftovers().await.expect("tidies"), 2);
        assert!(world.desk.logo(id).await.expect("readable").is_some());
        assert!(world.desk.logo(other).await.expect("readable").is_none());
    }

    async fn types_that_nobody_uses_are_no_offer(world: World) {
        let form = saved(&world).await;
        for kind in world.desk.settings(&world.admin).await.expect("reads").types {
            let off = app::backend::TypeView { active: kind.key != key("shoes"), ..kind };
            world.desk.save_setting(&world.admin, Setting::Type(off)).await.expect("is saved");
        }
        let only = |types: &[&str]| PublicForm { open: true, types: types.iter().map(|name| key(name)).collect(), ..form.clone() };
        assert_eq!(save(&world, only(&["shoes"])).await, Err(AppError::invalid("types", "missing")));
        save(&world, only(&["shoes", "other"])).await.expect("one is offered");
        assert_eq!(saved(&world).await.types.len(), 2, "what rests is still chosen when it is used again");
    }
}
