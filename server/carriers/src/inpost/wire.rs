//! ShipX's JSON. Names and shapes after <https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/18153501> and the
//! models of <https://github.com/michalbiarda/shipx-php-sdk>; what we don't use is left out.

use crate::inpost::state;
use crate::order::cut;
use crate::settings::InPostSettings;
use crate::{Order, Parcel, Party, Pickup, ShipmentRef};
use domain::phone::Phone;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The body of `POST /v1/organizations/:id/shipments`.
#[derive(Serialize)]
pub struct ShipmentForm<'a> {
    sender: Person<'a>,
    receiver: Person<'a>,
    parcels: Vec<ParcelForm<'a>>,
    service: &'a str,
    /// 3 to 100 characters.
    reference: String,
    external_customer_id: String,
    /// What is in it; at most 100 characters (not confirmed).
    #[serde(skip_serializing_if = "String::is_empty")]
    comments: String,
    custom_attributes: CustomAttributes<'a>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_return: bool,
}

#[derive(Serialize)]
struct Person<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    company_name: Option<&'a str>,
    first_name: &'a str,
    last_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
    address: Address<'a>,
}

#[derive(Serialize)]
struct Address<'a> {
    street: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    building_number: &'a str,
    city: &'a str,
    post_code: String,
    country_code: &'a str,
}

#[derive(Serialize)]
struct ParcelForm<'a> {
    id: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    template: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    dimensions: Option<Dimensions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<Weight>,
}

/// Numbers are texts, as in the documentation's samples.
#[derive(Serialize)]
struct Dimensions {
    length: String,
    width: String,
    height: String,
    unit: &'static str,
}

#[derive(Serialize)]
struct Weight {
    amount: String,
    unit: &'static str,
}

#[derive(Serialize)]
struct CustomAttributes<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    sending_method: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    target_point: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    dropoff_point: &'a str,
}

/// The body of `POST /v1/organizations/:id/dispatch_orders`.
#[derive(Serialize)]
pub struct DispatchForm<'a> {
    shipments: &'a [u64],
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    address: Address<'a>,
    office_hours: String,
    comment: String,
}

/// A page of a collection (<https://docs.inpost24.com/display/PL/%5B1.3.0%5D+API+General>).
#[derive(Deserialize)]
pub struct List<T> {
    pub items: Vec<T>,
}

#[derive(Deserialize)]
pub struct Organization {
    pub name: String,
}

#[derive(Deserialize)]
pub struct Shipment {
    id: u64,
    pub status: String,
    tracking_number: Option<String>,
    pub external_customer_id: Option<String>,
    #[serde(default)]
    offers: Option<Vec<Offer>>,
}

#[derive(Deserialize)]
struct Offer {
    status: String,
    #[serde(default)]
    unavailability_reasons: Option<Vec<Reason>>,
}

/// The SDK calls it a dictionary's item; which of its texts are filled is not confirmed.
#[derive(Deserialize)]
struct Reason {
    name: Option<String>,
    title: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
pub struct DispatchOrder {
    pub id: u64,
    pub status: String,
    #[serde(default)]
    pub shipments: Vec<Dispatched>,
}

#[derive(Deserialize)]
pub struct Dispatched {
    pub id: u64,
}

/// An item of `GET /v1/statuses`.
#[derive(Deserialize)]
pub struct Status {
    pub name: String,
    pub title: String,
}

/// `GET /v1/tracking/:number`.
#[derive(Deserialize)]
pub struct Tracking {
    pub status: String,
    #[serde(default)]
    pub tracking_details: Vec<Detail>,
}

#[derive(Deserialize)]
pub struct Detail {
    pub status: String,
    pub agency: Option<String>,
    #[serde(default, deserialize_with = "crate::shipment::time")]
    pub datetime: Option<Timestamp>,
}

impl<'a> ShipmentForm<'a> {
    pub fn new(order: &'a Order, settings: &'a InPostSettings) -> Self {
        let content: Vec<&str> =
            order.parcels.iter().map(|parcel| parcel.content.trim()).filter(|c| !c.is_empty()).collect();
        Self {
            sender: Person::new(&order.sender),
            receiver: Person::new(&order.receiver),
            parcels: (1..)
                .zip(&order.parcels)
                .map(|(n, parcel)| ParcelForm::new(n, parcel, &settings.template))
                .collect(),
            service: &settings.service,
            reference: order.number.to_string(),
            external_customer_id: order.id.to_string(),
            comments: cut(&content.join(", "), 100),
            custom_attributes: CustomAttributes {
                sending_method: &settings.sending_method,
                target_point: &settings.target_point,
                dropoff_point: &settings.dropoff_point,
            },
            is_return: settings.is_return,
        }
    }
}

impl<'a> Person<'a> {
    fn new(party: &'a Party) -> Self {
        let name = party.name.trim();
        // A person of one name, and a store, bear it twice: ShipX wants both parts.
        let (first_name, last_name) = name.rsplit_once(' ').unwrap_or((name, name));
        Self {
            company_name: party.company.as_deref(),
            first_name: first_name.trim_end(),
            last_name,
            email: party.email.as_deref(),
            phone: party.phone.as_ref().map(phone),
            address: Address::new(party),
        }
    }
}

/// Nine digits at home, as the samples have it; another country's with its code.
fn phone(phone: &Phone) -> &str {
    if phone.e164.starts_with("+48") { &phone.national } else { &phone.e164 }
}

impl<'a> Address<'a> {
    fn new(party: &'a Party) -> Self {
        let (street, building_number) = building(party.street.trim());
        Self { street, building_number, city: &party.city, post_code: postcode(party), country_code: &party.country }
    }
}

/// `Aleje Jerozolimskie 65/79 lok. 4` in the street and what comes after its last word; a street without a number stays
/// whole. Words of up to three letters after the number (m., lok., A) belong to it.
fn building(street: &str) -> (&str, &str) {
    let starts = |(at, c): &(usize, char)| c.is_ascii_digit() && *at > 0 && street[..*at].ends_with(' ');
    let short =
        |rest: &str| rest.split_whitespace().all(|word| word.chars().filter(|c| c.is_alphabetic()).count() <= 3);
    match street.char_indices().filter(starts).find(|(at, _)| short(&street[*at..])) {
        Some((at, _)) => (street[..at].trim_end_matches([' ', ',']), &street[at..]),
        None => (street, ""),
    }
}

/// `00950` as `00-950` in Poland.
fn postcode(party: &Party) -> String {
    let code = party.postcode.trim();
    match (party.country.as_str(), code.split_at_checked(2)) {
        ("PL", Some((area, rest))) if code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{area}-{rest}")
        }
        _ => code.to_owned(),
    }
}

impl<'a> ParcelForm<'a> {
    fn new(n: usize, parcel: &Parcel, template: &'a str) -> Self {
        let sized = template.is_empty();
        let [length, width, height] = parcel.size.map(|side| side.to_string());
        Self {
            id: n.to_string(),
            template,
            dimensions: sized.then_some(Dimensions { length, width, height, unit: "mm" }),
            weight: sized.then(|| Weight { amount: kilograms(parcel.weight), unit: "kg" }),
        }
    }
}

/// Without rounding: 1250 g are `1.25`.
fn kilograms(grams: u32) -> String {
    let text = format!("{}.{:03}", grams / 1000, grams % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl<'a> DispatchForm<'a> {
    pub fn new(shipments: &'a [u64], pickup: &'a Pickup) -> Self {
        let hours = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
        Self {
            shipments,
            name: &pickup.address.name,
            phone: pickup.address.phone.as_ref().map(phone),
            email: pickup.address.email.as_deref(),
            address: Address::new(&pickup.address),
            office_hours: format!("{} - {}", hours(pickup.from), hours(pickup.until)),
            comment: cut(&pickup.words(), 255),
        }
    }
}

impl From<Shipment> for crate::Shipment {
    fn from(found: Shipment) -> Self {
        let trouble = found.trouble();
        Self {
            state: state(&found.status),
            trouble,
            at_carrier: ShipmentRef {
                id: found.id.to_string(),
                waybill: found.tracking_number.filter(|number| !number.is_empty()),
                label_url: None,
            },
        }
    }
}

impl Shipment {
    /// Why no offer can be bought, where every one is `unavailable` (the SDK's `Offer`).
    fn trouble(&self) -> Option<String> {
        let offers = self.offers.as_deref()?;
        if offers.is_empty() || offers.iter().any(|offer| offer.status != "unavailable") {
            return None;
        }
        let reasons = offers.iter().filter_map(|offer| offer.unavailability_reasons.as_deref()).flatten();
        let words: Vec<&str> = reasons
            .filter_map(|r| [&r.description, &r.title, &r.name].into_iter().find_map(|text| text.as_deref()))
            .collect();
        Some(crate::fault::clean(&words.join(", "), &[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_building() {
        for (whole, street, number) in [
            ("Walońska 7/84", "Walońska", "7/84"),
            ("ul. 3 Maja 12 m. 5", "ul. 3 Maja", "12 m. 5"),
            ("Aleje Jerozolimskie 65/79 lok. 4", "Aleje Jerozolimskie", "65/79 lok. 4"),
            ("Rynek Główny 1A", "Rynek Główny", "1A"),
            ("os. Tysiąclecia 12 B", "os. Tysiąclecia", "12 B"),
            ("1 Maja", "1 Maja", ""),
            ("Rynek", "Rynek", ""),
            ("", "", ""),
        ] {
            assert_eq!(building(whole), (street, number), "{whole}");
        }
    }

    #[test]
    fn weighs_exactly() {
        for (grams, text) in [(1250, "1.25"), (1000, "1"), (30, "0.03"), (25_000, "25"), (1, "0.001")] {
            assert_eq!(kilograms(grams), text);
        }
    }
}
