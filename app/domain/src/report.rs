//! What a customer files from home: one or several cases, sent together and confirmed through a link in a letter.

use crate::form::Answers;
use crate::form::filing::delivery;
use crate::id::StoreId;
use crate::rma::Route;
use crate::{Locale, format};
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// Bounds on what strangers may send.
pub mod limits {
    /// Articles of one report.
    pub const ITEMS: usize = 10;
    /// Pictures and documents of one article.
    pub const FILES: u32 = 20;
    /// Bytes of all files of one report, as they were sent.
    pub const BYTES: u64 = 150 * 1024 * 1024;
    /// Nobody reads and fills in the form faster; robots do. Milliseconds.
    pub const FASTEST_MS: i64 = 3_000;
    /// Letters with the link for one report, the first included.
    pub const LETTERS: u32 = 5;
    /// A report that nobody has sent is thrown away so long after the last change. Milliseconds.
    pub const UNSENT_MS: i64 = 14 * 24 * 3600 * 1000;
}

/// Where a report stands; worked out from its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Being filled in.
    Unsent,
    /// Sent; its cases have numbers, and nobody has proved yet that a person wrote it (R5).
    Unconfirmed,
    /// Its cases are there (R7).
    Confirmed,
    /// Nobody confirmed it in time. Its numbers are never given again.
    Expired,
}

/// Times are milliseconds UTC; `expires_at` counts only while the report is unconfirmed.
pub const fn standing(filed_at: Option<i64>, confirmed_at: Option<i64>, expires_at: i64, now: i64) -> Standing {
    match (filed_at, confirmed_at) {
        (_, Some(_)) => Standing::Confirmed,
        (None, None) => Standing::Unsent,
        (Some(_), None) if now < expires_at => Standing::Unconfirmed,
        (Some(_), None) => Standing::Expired,
    }
}

/// An address that a carrier can read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    pub postcode: String,
    pub city: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

impl Address {
    /// An address as people write it, on lines or between commas: the street first, the postcode and the town last.
    /// `None` where there is no such postcode or no street.
    pub fn read(text: &str, country: &str) -> Option<Self> {
        let lines: Vec<&str> = text.split(['\n', ',']).map(str::trim).filter(|line| !line.is_empty()).collect();
        let (last, before) = lines.split_last()?;
        let street = before.last()?;
        let digits = |word: &&str| {
            word.bytes().all(|b| b.is_ascii_digit() || b == b'-') && word.contains(|c: char| c.is_ascii_digit())
        };
        let words: Vec<&str> = last.split_whitespace().collect();
        let code = words.iter().take_while(|word| digits(word)).count();
        let (postcode, city) = words.split_at(code);
        if postcode.is_empty() || city.is_empty() {
            return None;
        }
        Some(Self {
            street: (*street).to_owned(),
            postcode: postcode.join(" "),
            city: city.join(" "),
            country: country.to_owned(),
        })
    }

    /// Two lines, as an envelope has them.
    pub fn lines(&self) -> String {
        format!("{}\n{} {}", self.street, self.postcode, self.city)
    }
}

/// When a courier is asked to come, in the hours of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub date: Date,
    /// Whole hours of that day.
    pub from: i8,
    pub to: i8,
}

impl Window {
    /// `26 November 2026, 08:00–12:00`
    pub fn show(&self, locale: Locale) -> String {
        format!("{}, {:02}:00–{:02}:00", format::date_long(locale, self.date), self.from, self.to)
    }

    /// Nobody can come any more: the day has passed, or its last hour by that place's clock.
    pub fn has_passed(&self, now: DateTime) -> bool {
        now.date() > self.date || now.date() == self.date && now.hour() >= self.to
    }

    /// A day that has not passed, and hours of one day in their order.
    pub fn is_good(&self, today: Date) -> bool {
        self.date >= today && 0 <= self.from && self.from < self.to && self.to <= 24
    }
}

/// How the goods of a report get to us, as the customer chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub route: Route,
    /// The store that they are brought to; for a parcel the organisation's own choice of a place.
    pub store: Option<StoreId>,
    pub from: Option<Address>,
    pub parcels: u8,
    pub window: Option<Window>,
}

/// Reads checked answers of the delivery section; `None` where the organisation offers no way.
pub fn delivery(answers: &Answers, country: &str) -> Option<Delivery> {
    let route = Route::from_key(answers.first(delivery::ROUTE))?;
    let from = route.is_sent().then(|| Address {
        street: answers.first(delivery::STREET).to_owned(),
        postcode: answers.first(delivery::POSTCODE).to_owned(),
        city: answers.first(delivery::CITY).to_owned(),
        country: country.to_owned(),
    });
    let window = || {
        let (from, to) = answers.first(delivery::WINDOW).split_once('-')?;
        Some(Window {
            date: answers.first(delivery::DATE).parse().ok()?,
            from: from.parse().ok()?,
            to: to.parse().ok()?,
        })
    };
    Some(Delivery {
        route,
        store: answers.first(delivery::STORE).parse().ok(),
        from,
        parcels: answers.first(delivery::PARCELS).parse().unwrap_or(1),
        window: if route == Route::PickUp { window() } else { None },
    })
}

/// What a customer must know beside the number to see a case: their e-mail address, or the last four digits of their phone.
///
/// Stored ones are canonical: an address as [`crate::email::parse`] gives it, a phone in E.164.
pub fn proves(proof: &str, email: &str, phone: &str) -> bool {
    let proof = proof.trim();
    if proof.contains('@') {
        let told = crate::email::parse(proof);
        return !email.is_empty() && told.is_some_and(|told| told.to_lowercase() == email.to_lowercase());
    }
    let told: String = proof.chars().filter(char::is_ascii_digit).collect();
    let kept: String = phone.chars().filter(char::is_ascii_digit).collect();
    told.len() >= 4 && kept.len() >= 4 && kept.ends_with(&told[told.len() - 4..]) && kept.ends_with(national(&told))
}

/// Somebody who types the whole number may do so with or without its prefix; more digits must not be less proof.
fn national(digits: &str) -> &str {
    let digits = digits.trim_start_matches('0');
    if digits.len() > 8 { &digits[digits.len() - 8..] } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_report_is_confirmed_in_time_or_expires() {
        assert_eq!(standing(None, None, 0, 5), Standing::Unsent);
        assert_eq!(standing(Some(1), None, 10, 9), Standing::Unconfirmed);
        assert_eq!(standing(Some(1), None, 10, 10), Standing::Expired);
        assert_eq!(standing(Some(1), Some(9), 10, 99), Standing::Confirmed);
    }

    #[test]
    fn a_window_lies_within_one_day_to_come() {
        let today = date(2026, 11, 22);
        let window = |date, from, to| Window { date, from, to };
        assert!(window(today, 8, 12).is_good(today) && window(today, 0, 24).is_good(today));
        for bad in
            [window(date(2026, 11, 21), 8, 12), window(today, 12, 12), window(today, -1, 3), window(today, 20, 25)]
        {
            assert!(!bad.is_good(today), "{bad:?}");
        }
        assert_eq!(window(today, 8, 12).show(Locale::En), "22 November 2026, 08:00–12:00");
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (text, street, postcode, city) in [
            ("Storgata 1\n0155 Oslo", "Storgata 1", "0155", "Oslo"),
            ("Fjell & Sko AS, Storgata 1, 0155 Oslo", "Storgata 1", "0155", "Oslo"),
            ("ul. Długa 5/3\n31-147 Kraków\n", "ul. Długa 5/3", "31-147", "Kraków"),
            ("Drottninggatan 4\n111 51 Stockholm", "Drottninggatan 4", "111 51", "Stockholm"),
            ("Aleje 3\n00-001 Nowy Dwór", "Aleje 3", "00-001", "Nowy Dwór"),
        ] {
            let read = Address::read(text, "NO").expect("an address");
            assert_eq!((read.street.as_str(), read.postcode.as_str(), read.city.as_str()), (street, postcode, city));
        }
        for text in ["", "Storgata 1", "0155 Oslo", "Storgata 1\nOslo", "Storgata 1\n0155"] {
            assert_eq!(Address::read(text, "NO"), None, "{text}");
        }
    }

    #[test]
    fn a_proof_is_the_address_or_the_last_digits() {
        let proves = |proof| proves(proof, "kari@example.no", "+4791234567");
        assert!(proves("Kari@Example.no "));
        assert!(proves("4567"));
        assert!(proves("912 34 567"));
        assert!(proves("+47 912 34 567"));
        assert!(proves("0047 91234567"));
        assert!(!proves("567"));
        assert!(!proves("1234567x") || proves("1234567"));
        assert!(!proves("99994567"));
        assert!(!proves("ola@example.no"));
        assert!(!proves(""));
        assert!(!super::proves("", "", ""));
        assert!(!super::proves("@", "", ""));
        assert!(!super::proves("0000", "", ""));
    }

    proptest! {
        #[test]
        fn whoever_knows_neither_proves_nothing(proof in "\\PC{0,40}") {
            prop_assert!(!super::proves(&proof, "", ""));
        }

        #[test]
        fn more_digits_prove_no_more_than_they_match(digits in "[0-9]{4,12}") {
            let kept = "+48501502503";
            if super::proves(&digits, "", kept) {
                prop_assert!(digits.ends_with("2503"));
            }
        }
    }

    #[test]
    fn a_delivery_is_read_from_its_answers() {
        let mut answers = Answers::default();
        assert_eq!(super::delivery(&answers, "NO"), None);
        answers.set(delivery::ROUTE, "pick_up");
        answers.set(delivery::STREET, "Storgata 1");
        answers.set(delivery::POSTCODE, "0155");
        answers.set(delivery::CITY, "Oslo");
        answers.set(delivery::DATE, "2026-11-25");
        answers.set(delivery::WINDOW, "08-12");
        let read = super::delivery(&answers, "NO").expect("a route was chosen");
        assert_eq!(read.window, Some(Window { date: date(2026, 11, 25), from: 8, to: 12 }));
        assert_eq!(read.from.expect("sent").lines(), "Storgata 1\n0155 Oslo");
        assert_eq!(read.parcels, 1);
    }
}
