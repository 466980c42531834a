//! Orders to make, and what a fault has to be.

use carriers::{Fault, Http, Limits, Order, Parcel, Party, Pickup};
use domain::Locale;
use domain::number::Number;
use domain::phone::Phone;
use jiff::civil::{date, datetime, time};
use std::time::Duration;
use uuid::Uuid;

/// Short enough to wait for, and long enough for a busy machine.
pub fn http() -> Http {
    let limits = Limits { total: Duration::from_secs(1), ..Limits::default() };
    Http::open(limits).expect("a client")
}

pub fn order() -> Order {
    Order {
        id: Uuid::from_u128(0x0190_aaaa_bbbb_7ccc_8ddd_0000_0000_0001),
        number: Number::new(2026, 4217).expect("a number"),
        sender: customer("PL"),
        receiver: Party {
            name: "Magazyn Sko".to_owned(),
            company: Some("Sko AS".to_owned()),
            street: "Przemysłowa 3".to_owned(),
            postcode: "30-701".to_owned(),
            city: "Kraków".to_owned(),
            country: "PL".to_owned(),
            phone: Phone::parse("600 700 800", "PL"),
            email: Some("zwroty@sko.example".to_owned()),
        },
        parcels: vec![Parcel { weight: 1250, size: [330, 215, 121], content: "Buty zimowe, para".to_owned() }],
        from: datetime(2026, 11, 24, 9, 0, 0, 0),
        locale: Locale::Pl,
    }
}

pub fn norwegian() -> Order {
    let mut order = order();
    order.sender = customer("NO");
    order.receiver.country = "NO".to_owned();
    order.receiver.postcode = "0185".to_owned();
    order
}

pub fn customer(country: &str) -> Party {
    let (street, postcode, city, phone) = match country {
        "NO" => ("Bassengvegen 10", "0263", "Oslo", "912 34 567"),
        "SE" => ("Storgatan 1", "12000", "Stockholm", "070-123 45 67"),
        _ => ("ul. 3 Maja 12 m. 5", "00950", "Warszawa", "501 502 503"),
    };
    Party {
        name: "Anna Maria Nowak".to_owned(),
        company: None,
        street: street.to_owned(),
        postcode: postcode.to_owned(),
        city: city.to_owned(),
        country: country.to_owned(),
        phone: Phone::parse(phone, country),
        email: Some("anna@example.com".to_owned()),
    }
}

pub fn pickup(country: &str) -> Pickup {
    Pickup {
        date: date(2026, 11, 24),
        from: time(9, 0, 0, 0),
        until: time(12, 0, 0, 0),
        address: customer(country),
        message: "Ring twice".to_owned(),
        parcels: 1,
        weight: 1250,
    }
}

pub fn unavailable<T: std::fmt::Debug>(result: Result<T, Fault>) -> Option<Duration> {
    match result {
        Err(Fault::Unavailable { after, .. }) => after,
        other => panic!("not unavailable: {other:?}"),
    }
}

pub fn key<T: std::fmt::Debug>(result: Result<T, Fault>) -> &'static str {
    result.expect_err("a fault").key()
}
