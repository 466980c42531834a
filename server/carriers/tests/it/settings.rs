//! What an admin may enter, the default driver, and how settings are stored.

use crate::support::{http, key, order, pickup};
use carriers::settings::{BringSettings, InPostSettings, ManualSettings};
use carriers::{LabelFormat, Pickups, Secret, Settings, State, open};

fn problems(settings: Settings) -> Vec<(&'static str, &'static str)> {
    let found = open(&settings, &http()).err().unwrap_or_default();
    found.into_iter().map(|problem| (problem.field, problem.key)).collect()
}

fn inpost() -> InPostSettings {
    InPostSettings { organisation: "1234".to_owned(), token: Secret::new("token"), ..InPostSettings::default() }
}

fn bring() -> BringSettings {
    BringSettings {
        uid: "shop@example.com".to_owned(),
        key: Secret::new("key"),
        customer_number: "5".to_owned(),
        company: "Sko AS".to_owned(),
        client_url: "https://sko.example".to_owned(),
        ..BringSettings::default()
    }
}

#[test]
fn each_field_is_told_once() {
    assert_eq!(problems(Settings::InPost(inpost())), []);
    assert_eq!(problems(Settings::Bring(bring())), []);
    assert_eq!(
        problems(Settings::InPost(InPostSettings::default())),
        [("organisation", "required"), ("token", "required")]
    );
    assert_eq!(
        problems(Settings::Bring(BringSettings::default())),
        [
            ("uid", "required"),
            ("key", "required"),
            ("customer_number", "required"),
            ("company", "required"),
            ("client_url", "required")
        ]
    );
    let locker = InPostSettings { service: "inpost_locker_standard".to_owned(), ..inpost() };
    assert_eq!(problems(Settings::InPost(locker)), [("target_point", "required"), ("template", "required")]);
    for (entered, wanted) in [
        (InPostSettings { organisation: "12/34".to_owned(), ..inpost() }, ("organisation", "not_a_number")),
        (InPostSettings { token: Secret::new("a\r\nHost: x"), ..inpost() }, ("token", "not_a_header")),
        (InPostSettings { service: "a b".to_owned(), ..inpost() }, ("service", "not_a_code")),
        (InPostSettings { service: "x".repeat(501), ..inpost() }, ("service", "too_long")),
        (InPostSettings { sending_method: "pigeon".to_owned(), ..inpost() }, ("sending_method", "unknown")),
        (InPostSettings { template: "huge".to_owned(), ..inpost() }, ("template", "unknown")),
        (InPostSettings { base_url: "http://api.example".to_owned(), ..inpost() }, ("base_url", "not_private")),
        (InPostSettings { base_url: "https://u:p@api.example".to_owned(), ..inpost() }, ("base_url", "not_a_url")),
        (InPostSettings { base_url: "https://api.example/?x=1".to_owned(), ..inpost() }, ("base_url", "not_a_url")),
        (
            InPostSettings { tracking_template: "https://x.example".to_owned(), ..inpost() },
            ("tracking_template", "no_waybill"),
        ),
    ] {
        assert_eq!(problems(Settings::InPost(entered)), [wanted]);
    }
}

#[test]
fn settings_come_back_from_their_json() {
    let settings = Settings::Bring(bring());
    let text = serde_json::to_string(&settings).expect("JSON");
    assert!(text.starts_with(r#"{"carrier":"bring","#), "{text}");
    assert_eq!(serde_json::from_str::<Settings>(&text).expect("settings"), settings);
    let sparse: Settings = serde_json::from_str(r#"{"carrier":"inpost","organisation":"7"}"#).expect("settings");
    assert!(matches!(sparse, Settings::InPost(entered) if entered.service == "inpost_courier_standard"));
    let manual: Settings = serde_json::from_str(r#"{"carrier":"manual"}"#).expect("settings");
    assert_eq!(manual, Settings::Manual(ManualSettings::default()));
}

#[tokio::test]
async fn by_hand_nothing_is_asked_of_anybody() {
    let entered = ManualSettings { tracking_template: "https://track.example/{waybill}".to_owned() };
    let manual = open(&Settings::Manual(entered), &http()).expect("right settings");
    let able = manual.capabilities();
    assert!(able.by_hand && !able.track && !able.label_pdf);
    assert_eq!(able.pickup, Pickups::Window);
    let made = manual.create(&order()).await.expect("noted");
    assert_eq!((made.state, made.at_carrier.id), (State::ByHand, order().id.to_string()));
    let ordered = manual.pickup(&[], &pickup("PL")).await.expect("noted");
    assert!(ordered.by_hand);
    let reference = carriers::ShipmentRef { id: "x".to_owned(), waybill: None, label_url: None };
    assert_eq!(key(manual.track(&reference).await), "unsupported");
    assert_eq!(key(manual.label(&reference, LabelFormat::Pdf).await), "unsupported");
    assert_eq!(key(manual.cancel(&reference).await), "unsupported");
    assert_eq!(key(manual.cancel_pickup(&ordered).await), "unsupported");
    assert_eq!(manual.tracking_url("AB 1/2").as_deref(), Some("https://track.example/AB%201%2F2"));
    let plain = open(&Settings::Manual(ManualSettings::default()), &http()).expect("right settings");
    assert_eq!(plain.tracking_url("1"), None);
}
