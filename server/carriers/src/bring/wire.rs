//! Bring's JSON, after the OpenAPI documents and samples that [`super`] names; what we don't use is left out, and what
//! we don't know is passed over, as <https://developer.bring.com/api/booking/versioning> asks.

use crate::order::cut;
use crate::settings::BringSettings;
use crate::{Order, Parcel, Party, Pickup, PickupRef};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The body of `POST /booking/api/create`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Booking<'a> {
    schema_version: u8,
    consignments: [Consignment<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Consignment<'a> {
    /// `2022-06-22T12:59:30`, at the sender's clock.
    shipping_date_time: String,
    product: Product<'a>,
    correlation_id: String,
    parties: Parties<'a>,
    packages: Vec<PackageForm>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Product<'a> {
    id: &'a str,
    customer_number: &'a str,
}

#[derive(Serialize)]
struct Parties<'a> {
    sender: Address<'a>,
    recipient: Address<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Address<'a> {
    name: &'a str,
    address_line: &'a str,
    postal_code: &'a str,
    city: &'a str,
    country_code: &'a str,
    reference: String,
    contact: Contact<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Contact<'a> {
    name: &'a str,
    email: Option<&'a str>,
    phone_number: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PackageForm {
    weight_in_kg: f64,
    /// At most 35 characters.
    goods_description: Option<String>,
    dimensions: Dimensions,
    correlation_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dimensions {
    length_in_cm: u32,
    width_in_cm: u32,
    height_in_cm: u32,
}

/// The body of `POST /pickup/api/create`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PickupOrder<'a> {
    country_code: &'a str,
    customer_information: Customer<'a>,
    pickup_address: PickupAddress<'a>,
    /// `2015-12-03`. The hour is of cargo alone, and stays out.
    pickup_date: String,
    service: &'static str,
    pickup_details: Details,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Customer<'a> {
    customer_number: &'a str,
    company_name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PickupAddress<'a> {
    street: &'a str,
    postal_code: &'a str,
    city: &'a str,
    contact_name: &'a str,
    /// At most 60 characters; wanted, as the phone is.
    email: &'a str,
    phone_number: &'a str,
    message: String,
}

/// The samples give the weight with the packages in Norway, and beside them elsewhere.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    packages: Packages,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight_in_grams: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Packages {
    count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight_in_grams: Option<u32>,
}

/// The numbers that a user may book with (<https://developer.bring.com/api/booking/>, customer numbers).
#[derive(Deserialize)]
pub struct Accounts {
    pub customers: Vec<Account>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    pub customer_number: String,
    #[serde(default)]
    pub name: String,
}

#[derive(Deserialize)]
pub struct Booked {
    pub consignments: Vec<BookedConsignment>,
}

#[derive(Deserialize)]
pub struct BookedConsignment {
    pub confirmation: Option<Confirmation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Confirmation {
    pub consignment_number: String,
    pub links: Option<Links>,
}

#[derive(Deserialize)]
pub struct Links {
    pub labels: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ordered {
    pub pickup_confirmation: Option<PickupConfirmation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PickupConfirmation {
    pub status: String,
    /// Milliseconds since 1970 UTC.
    earliest_pickup_date: Option<i64>,
    latest_pickup_date: Option<i64>,
    package_number: Option<String>,
}

/// The tracking's answer; one that says it is busy wraps it once more.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Followed {
    #[serde(default)]
    consignment_set: Vec<Set>,
    #[serde(default)]
    shipments: Vec<Followed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Set {
    pub error: Option<TrackingError>,
    #[serde(default, rename = "packageSet")]
    pub packages: Vec<Package>,
}

#[derive(Deserialize)]
pub struct TrackingError {
    pub code: u16,
    #[serde(default)]
    pub message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Package {
    #[serde(default)]
    pub status_description: String,
    /// Newest first.
    #[serde(default, rename = "eventSet")]
    pub events: Vec<Happened>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Happened {
    pub status: String,
    #[serde(default)]
    pub description: String,
    #[serde(default, deserialize_with = "crate::shipment::time")]
    pub date_iso: Option<Timestamp>,
    #[serde(default)]
    pub city: String,
    #[serde(default)]
    pub country: String,
}

impl<'a> Booking<'a> {
    pub fn new(order: &'a Order, settings: &'a BringSettings) -> Self {
        let reference = order.number.to_string();
        let consignment = Consignment {
            shipping_date_time: order.from.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            product: Product { id: &settings.service, customer_number: &settings.customer_number },
            correlation_id: order.id.to_string(),
            parties: Parties {
                sender: Address::new(&order.sender, &reference),
                recipient: Address::new(&order.receiver, &reference),
            },
            packages: (1..).zip(&order.parcels).map(|(n, parcel)| PackageForm::new(n, parcel)).collect(),
        };
        Self { schema_version: 1, consignments: [consignment] }
    }
}

impl<'a> Address<'a> {
    fn new(party: &'a Party, reference: &str) -> Self {
        Self {
            name: party.company.as_deref().unwrap_or(&party.name),
            address_line: &party.street,
            postal_code: &party.postcode,
            city: &party.city,
            country_code: &party.country,
            reference: reference.to_owned(),
            contact: Contact {
                name: &party.name,
                email: party.email.as_deref(),
                phone_number: party.phone.as_ref().map(|phone| phone.e164.as_str()),
            },
        }
    }
}

impl PackageForm {
    fn new(n: usize, parcel: &Parcel) -> Self {
        let [length_in_cm, width_in_cm, height_in_cm] = parcel.size.map(|side| side.div_ceil(10).max(1));
        let content = cut(&parcel.content, 35);
        Self {
            weight_in_kg: f64::from(parcel.weight) / 1000.0,
            goods_description: (!content.is_empty()).then_some(content),
            dimensions: Dimensions { length_in_cm, width_in_cm, height_in_cm },
            correlation_id: n.to_string(),
        }
    }
}

impl Account {
    /// Bring's list bears the part of Bring before the number (`PARCELS_NORWAY-10001123123`); a booking takes either.
    pub fn is(&self, number: &str) -> bool {
        let theirs = self.customer_number.as_str();
        theirs == number || theirs.strip_suffix(number).is_some_and(|before| before.ends_with('-'))
    }
}

impl<'a> PickupOrder<'a> {
    pub fn new(pickup: &'a Pickup, settings: &'a BringSettings) -> Self {
        let address = &pickup.address;
        let norway = address.country == "NO";
        Self {
            country_code: &address.country,
            customer_information: Customer {
                customer_number: &settings.customer_number,
                company_name: &settings.company,
            },
            pickup_address: PickupAddress {
                street: &address.street,
                postal_code: &address.postcode,
                city: &address.city,
                contact_name: &address.name,
                email: address.email.as_deref().unwrap_or_default(),
                phone_number: address.phone.as_ref().map(|phone| phone.e164.as_str()).unwrap_or_default(),
                message: pickup.words(),
            },
            pickup_date: pickup.date.to_string(),
            service: "PARCEL",
            pickup_details: Details {
                packages: Packages { count: pickup.parcels, weight_in_grams: norway.then_some(pickup.weight) },
                weight_in_grams: (!norway).then_some(pickup.weight),
            },
        }
    }
}

impl Followed {
    pub fn sets(self) -> Vec<Set> {
        let inner = self.shipments.into_iter().flat_map(|inner| inner.consignment_set);
        self.consignment_set.into_iter().chain(inner).collect()
    }
}

impl From<PickupConfirmation> for PickupRef {
    fn from(confirmed: PickupConfirmation) -> Self {
        let time = |ms: Option<i64>| ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        Self {
            id: confirmed.package_number.unwrap_or_default(),
            by_hand: false,
            earliest: time(confirmed.earliest_pickup_date),
            latest: time(confirmed.latest_pickup_date),
        }
    }
}
