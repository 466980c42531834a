//! How a customer is reached: by letter or by SMS.

use crate::email;
use crate::phone::Phone;
use serde::{Deserialize, Serialize};

/// What carries a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    Email,
    /// Where the installation has an SMS gateway.
    Sms,
}

impl Medium {
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|medium| medium.key() == key)
    }
}

/// Where a letter goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    pub medium: Medium,
    /// An e-mail address as [`email::parse`] gives it, or a number in E.164.
    pub address: String,
}

impl Recipient {
    pub fn email(address: impl Into<String>) -> Self {
        Self { medium: Medium::Email, address: address.into() }
    }

    /// Reads what somebody typed. A number without a prefix belongs to `country` (ISO 3166-1 alpha-2). `None` if nothing
    /// could reach it.
    pub fn read(medium: Medium, text: &str, country: &str) -> Option<Self> {
        let address = match medium {
            Medium::Email => email::parse(text)?,
            Medium::Sms => Phone::parse(text, country)?.e164,
        };
        Some(Self { medium, address })
    }
}

/// How a customer is reached, of what is known of them: as they chose where that can be, else as it can be, an e-mail
/// first. `gateway`: there is one, so that SMS can be sent. Stored addresses are canonical. `None` if nobody can be reached.
pub fn recipient(chosen: Option<Medium>, email: &str, phone: &str, gateway: bool) -> Option<Recipient> {
    let by_email = || Recipient::read(Medium::Email, email, "");
    let by_sms = || Recipient::read(Medium::Sms, phone, "").filter(|_| gateway);
    match chosen {
        Some(Medium::Sms) => by_sms().or_else(by_email),
        Some(Medium::Email) | None => by_email().or_else(by_sms),
    }
}

/// `Kari N.` for `Kari Nordmann`: enough to tell two boxes on a shelf apart, and no more than that.
pub fn on_a_shelf(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    match words.next_back().and_then(|last| last.chars().next()) {
        Some(initial) => format!("{first} {}.", initial.to_uppercase()),
        None => first.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EMAIL: &str = "kari@example.no";
    const PHONE: &str = "+4791234567";

    #[test]
    fn the_choice_counts_where_it_can() {
        let medium = |chosen, email, phone, gateway| recipient(chosen, email, phone, gateway).map(|to| to.medium);
        assert_eq!(medium(Some(Medium::Sms), EMAIL, PHONE, true), Some(Medium::Sms));
        assert_eq!(medium(Some(Medium::Sms), "", PHONE, true), Some(Medium::Sms));
        assert_eq!(medium(Some(Medium::Sms), EMAIL, "", true), Some(Medium::Email));
        assert_eq!(medium(Some(Medium::Sms), EMAIL, PHONE, false), Some(Medium::Email));
        assert_eq!(medium(Some(Medium::Sms), "", PHONE, false), None);
        assert_eq!(medium(Some(Medium::Email), EMAIL, PHONE, true), Some(Medium::Email));
        // A customer with a phone alone, whom nobody asked.
        assert_eq!(medium(None, "", PHONE, true), Some(Medium::Sms));
        assert_eq!(medium(None, EMAIL, PHONE, true), Some(Medium::Email));
        assert_eq!(medium(None, "", "", true), None);
    }

    #[test]
    fn what_is_typed_is_read_as_its_medium() {
        let read = |medium, text| Recipient::read(medium, text, "NO").map(|to| to.address);
        assert_eq!(read(Medium::Sms, "912 34 567").as_deref(), Some(PHONE));
        assert_eq!(read(Medium::Email, " Kari@Example.NO").as_deref(), Some("Kari@example.no"));
        assert_eq!(read(Medium::Sms, EMAIL), None);
        assert_eq!(read(Medium::Email, PHONE), None);
    }

    proptest! {
        #[test]
        fn an_sms_goes_to_a_number_in_e164_alone(
            phone in "(\\+|00)?[0-9 ()-]{0,18}|\\PC{0,20}", email in "kari@example\\.no|\\PC{0,12}",
            sms in any::<bool>(), asked in any::<bool>(), gateway in any::<bool>(),
        ) {
            let chosen = asked.then_some(if sms { Medium::Sms } else { Medium::Email });
            match recipient(chosen, &email, &phone, gateway) {
                Some(Recipient { medium: Medium::Sms, address }) => {
                    prop_assert!(gateway);
                    prop_assert!(chosen == Some(Medium::Sms) || email::parse(&email).is_none());
                    let digits = address.strip_prefix('+').expect("begins with its plus");
                    prop_assert!((7..=15).contains(&digits.len()) && !digits.starts_with('0'), "{}", address);
                    prop_assert!(digits.bytes().all(|b| b.is_ascii_digit()), "{}", address);
                }
                Some(Recipient { medium: Medium::Email, address }) => {
                    prop_assert_eq!(email::parse(&email), Some(address));
                }
                None => prop_assert!(email::parse(&email).is_none()),
            }
        }

        #[test]
        fn a_typed_number_is_the_same_once_stored(text in "(\\+|00)?[0-9 ()-]{5,18}", country in "NO|PL|SE|DE|GB") {
            if let Some(to) = Recipient::read(Medium::Sms, &text, &country) {
                prop_assert_eq!(recipient(Some(Medium::Sms), "", &to.address, true), Some(to));
            }
        }
    }

    #[test]
    fn a_name_on_a_shelf_says_no_more_than_it_must() {
        for (name, short) in
            [("Kari Nordmann", "Kari N."), ("  Anna  Maria  łucka ", "Anna Ł."), ("Bruno", "Bruno"), ("", "")]
        {
            assert_eq!(on_a_shelf(name), short);
        }
    }
}
