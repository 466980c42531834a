//! The settings of the carrier: secrets go in and never come out, and the keys can be tried.

use crate::browser::Browser;
use crate::on_both_databases;
use crate::support::World;
use app::backend::{
    BringView, CarrierKind, CarrierView, Hidden, InPostView, PARCEL_TEMPLATES, Reports, SENDING_METHODS, Settings,
};
use app::error::AppError;
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use carriers::Secret;
use domain::form::FieldKind;
use domain::rma::Route;
use futures::FutureExt;
use server::desk::carriage::Carriage;
use std::time::{Duration, Instant};

const TOKEN: &str = "shipx-token-that-nobody-reads";

fn typed(text: &str) -> Hidden {
    Hidden { kept: true, typed: text.to_owned() }
}

async fn view(world: &World) -> CarrierView {
    world.desk.carrier(&world.admin).await.expect("an admin reads it")
}

async fn save(world: &World, view: CarrierView) -> Result<(), AppError> {
    world.desk.save_carrier(&world.admin, view).await
}

async fn kept(world: &World) -> Carriage {
    Carriage::load(&world.desk.db).await.expect("readable")
}

async fn inpost(world: &World) -> CarrierView {
    let before = view(world).await;
    let inpost = InPostView { organisation: "1234".into(), token: typed(TOKEN), ..before.inpost.clone() };
    CarrierView { kind: CarrierKind::InPost, inpost, ..before }
}

/// InPost as far as this needs it, under another address that only a database can name.
async fn at(world: &World, base_url: String) {
    let mut carriage = kept(world).await;
    carriage.inpost.base_url = base_url;
    world.desk.db.write(move |tx| async move { carriage.save(tx).await }.boxed()).await.expect("written");
}

async fn listening(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("its address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

/// A courier stands among the ways that customers choose of.
async fn offered(world: &World) -> bool {
    let key = crate::support::key("shoes");
    let form = world.desk.new_report(domain::Locale::Nb, &key).await.expect("a form").page.form;
    let mut fields = form.sections.into_iter().flat_map(|section| section.fields);
    let ways =
        fields.find(|field| field.key.as_str() == domain::form::filing::delivery::ROUTE).expect("there are ways");
    let FieldKind::Choice { options } = ways.kind else { panic!("a choice") };
    options.iter().any(|option| option.key.as_str() == Route::PickUp.key())
}

/// The settings say that no courier comes.
async fn warned(world: &World) -> bool {
    let page = Browser::of(world, &world.admin).await.open("/settings/customers").await;
    page.body.contains(texts::customers::no_courier(domain::Locale::En))
}

#[test]
fn the_lists_are_the_carriers() {
    assert_eq!(SENDING_METHODS, carriers::settings::SENDING_METHODS);
    for template in PARCEL_TEMPLATES {
        let settings = carriers::settings::InPostSettings {
            organisation: "1".into(),
            token: Secret::new("t"),
            template: template.into(),
            ..Default::default()
        };
        let http = carriers::Http::open(carriers::Limits::default()).expect("a client");
        assert!(carriers::open(&carriers::Settings::InPost(settings), &http).is_ok(), "{template}");
    }
    for locale in domain::Locale::ALL {
        for key in SENDING_METHODS {
            assert!(texts::carrier::by_key(locale, &format!("sending_{key}")).is_some(), "{key}");
        }
        for key in PARCEL_TEMPLATES {
            assert!(texts::carrier::by_key(locale, &format!("template_{key}")).is_some(), "{key}");
        }
    }
}

on_both_databases! {
    async fn only_an_admin_sees_changes_or_tries_it(world: World) {
        for who in [&world.handler, &world.clerk] {
            let desk = &world.desk;
            assert_eq!(desk.carrier(who).await.err(), Some(AppError::Forbidden));
            assert_eq!(desk.save_carrier(who, CarrierView::default()).await.err(), Some(AppError::Forbidden));
            assert_eq!(desk.try_carrier(who).await.err(), Some(AppError::Forbidden));
        }
        assert_eq!(kept(&world).await, Carriage::default(), "by hand, until somebody chooses");
    }

    async fn a_secret_goes_in_and_never_comes_out(world: World) {
        save(&world, inpost(&world).await).await.expect("is good");
        let shown = view(&world).await;
        assert_eq!((shown.kind, shown.inpost.token.clone()), (CarrierKind::InPost, Hidden { kept: true, typed: String::new() }));
        assert_eq!(kept(&world).await.inpost.token, Secret::new(TOKEN));
        let mut browser = Browser::of(&world, &world.admin).await;
        for path in ["/settings/carrier", "/settings", "/settings/customers"] {
            assert!(!browser.open(path).await.body.contains(TOKEN), "{path}");
        }
        let answer = browser.call("carrier", "application/x-www-form-urlencoded", "").await;
        assert!(answer.status == StatusCode::OK && !answer.body.contains(TOKEN));

        // What is left empty stays, whichever carrier is chosen meanwhile.
        let bring = CarrierView { kind: CarrierKind::Manual, bring: BringView { company: "Sko".into(), ..shown.bring.clone() }, ..shown };
        save(&world, bring).await.expect("is good");
        save(&world, CarrierView { kind: CarrierKind::InPost, ..view(&world).await }).await.expect("is good");
        assert_eq!(kept(&world).await.inpost.token, Secret::new(TOKEN));
        assert_eq!(kept(&world).await.bring.company, "Sko");

        let mut forgotten = view(&world).await;
        forgotten.inpost.token.kept = false;
        assert_eq!(save(&world, forgotten.clone()).await, Err(AppError::invalid("inpost_token", "missing")));
        forgotten.kind = CarrierKind::Manual;
        save(&world, forgotten).await.expect("nobody needs it");
        assert!(kept(&world).await.inpost.token.is_empty());
    }

    async fn a_form_that_failed_keeps_everything_but_the_secrets(world: World) {
        let mut browser = Browser::of(&world, &world.admin).await;
        browser.open("/settings/carrier").await;
        let form = |organisation: &str| {
            format!(
                "carrier[kind]=inpost&carrier[manual_tracking_template]=&carrier[inpost_test]=yes&\
                 carrier[inpost_organisation]={organisation}&carrier[inpost_token]={TOKEN}&\
                 carrier[inpost_service]=inpost_courier_c2c&carrier[inpost_sending_method]=dispatch_order&\
                 carrier[inpost_target_point]=&carrier[inpost_dropoff_point]=&carrier[inpost_template]=&\
                 carrier[inpost_tracking_template]=&carrier[bring_uid]=&carrier[bring_secret]=another-key&\
                 carrier[bring_customer_number]=&carrier[bring_company]=Sko&carrier[bring_service]=9300&\
                 carrier[bring_tracking_template]=&carrier[webhook_url]=&carrier[webhook_secret]=a-secret-of-a-hook"
            )
        };
        browser.submit("/api/save_carrier", &form("12/34")).await;
        let again = browser.address.clone();
        assert!(again.starts_with("/settings/carrier?retry="), "{again}");
        let page = browser.open(&again).await;
        assert!(page.body.contains("value=\"12/34\"") && page.body.contains("inpost_courier_c2c"));
        let sql = "select body from submissions";
        let bodies: Vec<String> = {
            let mut connection = world.desk.db.read().await.expect("a connection");
            sqlx::query_scalar(sql).fetch_all(&mut *connection).await.expect("reads")
        };
        for secret in [TOKEN, "another-key", "a-secret-of-a-hook"] {
            assert!(!page.body.contains(secret) && bodies.iter().all(|body| !body.contains(secret)), "{secret}");
        }
        browser.submit("/api/save_carrier", &form("1234")).await;
        assert_eq!(browser.address, "/settings/carrier?done=saved");
        let after = kept(&world).await;
        assert_eq!((after.kind, after.inpost.test), (CarrierKind::InPost, true));
        assert_eq!(after.bring.key, Secret::new("another-key"));
    }

    async fn what_is_wrong_is_told_beside_its_input(world: World) {
        let good = inpost(&world).await;
        let with = |change: fn(&mut CarrierView)| {
            let mut view = good.clone();
            change(&mut view);
            view
        };
        for (field, fault, bad) in [
            ("inpost_organisation", "missing", with(|v| v.inpost.organisation.clear())),
            ("inpost_organisation", "not_digits", with(|v| v.inpost.organisation = "12a".into())),
            ("inpost_token", "not_a_header", with(|v| v.inpost.token.typed = "a\r\nHost: b".into())),
            ("inpost_sending_method", "unknown_choice", with(|v| v.inpost.sending_method = "pigeon".into())),
            ("inpost_target_point", "missing", with(|v| v.inpost.service = "inpost_locker_standard".into())),
            ("inpost_tracking_template", "no_waybill", with(|v| v.inpost.tracking_template = "https://a.example".into())),
            ("inpost_tracking_template", "waybill_in_host", with(|v| v.inpost.tracking_template = "https://{waybill}.example".into())),
            ("inpost_tracking_template", "not_an_address", with(|v| v.inpost.tracking_template = "javascript:{waybill}".into())),
            ("bring_secret", "missing", with(|v| {
                v.kind = CarrierKind::Bring;
                v.bring.uid = "a@b.example".into();
            })),
            ("bring_company", "text_too_long", with(|v| v.bring.company = "x".repeat(1001))),
            ("webhook_url", "not_an_address", with(|v| v.webhook_url = "ftp://a.example".into())),
            ("webhook_secret", "missing", with(|v| v.webhook_url = "https://a.example".into())),
            ("webhook_secret", "secret_too_short", with(|v| {
                v.webhook_url = "https://a.example".into();
                v.webhook_secret = typed("short");
            })),
        ] {
            assert_eq!(save(&world, bad).await, Err(AppError::invalid(field, fault)));
            for locale in domain::Locale::ALL {
                assert!(texts::fault::by_key(locale, fault).is_some(), "{fault}");
            }
        }
        assert_eq!(kept(&world).await, Carriage::default());
        save(&world, good).await.expect("is good");
    }

    async fn trying_it_asks_whose_keys_they_are(world: World) {
        let tried = world.desk.try_carrier(&world.admin).await.expect("tried");
        assert_eq!((tried.kind, tried.fault.as_deref()), (CarrierKind::Manual, Some("unsupported")));
        save(&world, inpost(&world).await).await.expect("is good");

        let account = get(|headers: HeaderMap| async move {
            let known = headers.get("authorization").is_some_and(|value| value == format!("Bearer {TOKEN}").as_str());
            if known { (StatusCode::OK, r#"{"id": 1234, "name": "Sko sp. z o.o."}"#) } else { (StatusCode::UNAUTHORIZED, "{}") }
        });
        at(&world, listening(Router::new().route("/v1/organizations/1234", account)).await).await;
        let tried = world.desk.try_carrier(&world.admin).await.expect("tried");
        assert_eq!((tried.fault, tried.said.as_str()), (None, "Sko sp. z o.o."));

        let mut wrong = view(&world).await;
        wrong.inpost.token = typed("another-token");
        save(&world, wrong).await.expect("nobody has asked yet");
        let mut browser = Browser::of(&world, &world.admin).await;
        let page = browser.open("/settings/carrier?try=yes").await;
        assert!(page.body.contains(texts::carrier_fault::by_key(domain::Locale::En, "unauthorised").expect("words")));

        // A carrier's words are words.
        let rude = get(|| async { (StatusCode::UNPROCESSABLE_ENTITY, "<script>alert('another-token')</script>") });
        at(&world, listening(Router::new().route("/v1/organizations/1234", rude)).await).await;
        let page = browser.open("/settings/carrier?try=yes").await;
        assert!(page.body.contains("&lt;script>alert") || page.body.contains("&lt;script&gt;alert"), "shown as it is");
        assert!(!page.body.contains("another-token"), "what it echoes is not shown");

        at(&world, "http://127.0.0.1:1".to_owned()).await;
        let tried = world.desk.try_carrier(&world.admin).await.expect("tried");
        assert_eq!(tried.fault.as_deref(), Some("unavailable"));
        assert!(!tried.said.is_empty());
    }

    async fn a_carrier_that_does_not_answer_keeps_nobody_waiting(world: World) {
        save(&world, inpost(&world).await).await.expect("is good");
        let silent = get(|| async { std::future::pending::<&str>().await });
        at(&world, listening(Router::new().route("/v1/organizations/1234", silent)).await).await;
        let began = Instant::now();
        let tried = world.desk.try_carrier(&world.admin).await.expect("tried");
        assert_eq!(tried.fault.as_deref(), Some("unavailable"));
        assert!(began.elapsed() < Duration::from_secs(15));
    }

    async fn every_tracking_page_is_checked_whoever_is_chosen(world: World) {
        let before = view(&world).await;
        for (field, bad) in [
            ("manual_tracking_template", CarrierView { tracking_template: "https://a.example".into(), ..before.clone() }),
            ("inpost_tracking_template", CarrierView { inpost: InPostView { tracking_template: "https://a.example".into(), ..before.inpost.clone() }, ..before.clone() }),
            ("bring_tracking_template", CarrierView { bring: BringView { tracking_template: "https://a.example".into(), ..before.bring.clone() }, ..before.clone() }),
        ] {
            for kind in [CarrierKind::Manual, CarrierKind::InPost, CarrierKind::Bring] {
                assert_eq!(save(&world, CarrierView { kind, ..bad.clone() }).await, Err(AppError::invalid(field, "no_waybill")), "{kind:?}");
            }
        }
        let none = CarrierView { bring: BringView { tracking_template: String::new(), ..before.bring.clone() }, ..before };
        save(&world, none).await.expect("nobody has to have one");
    }

    async fn no_courier_is_offered_where_none_comes(world: World) {
        crate::rmas::open_form(&world).await;
        assert!(offered(&world).await && !warned(&world).await);
        let to_locker = |method: &str, view: CarrierView| {
            let inpost = InPostView { sending_method: method.into(), dropoff_point: "KRA01A".into(), ..view.inpost.clone() };
            CarrierView { inpost, ..view }
        };
        let view = inpost(&world).await;
        save(&world, to_locker("parcel_locker", view.clone())).await.expect("is good");
        assert!(!offered(&world).await && warned(&world).await);
        save(&world, to_locker("dispatch_order", view)).await.expect("is good");
        assert!(offered(&world).await && !warned(&world).await);
    }
}
