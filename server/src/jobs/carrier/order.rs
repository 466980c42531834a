//! What is asked of a carrier, put together from the return, its cases and its store.

use super::trouble::Trouble;
use crate::desk::book::{Book, Store};
use crate::store::StoreError;
use crate::store::cases::Case;
use crate::store::rmas::Rma;
use carriers::{Order, Parcel, Party, Pickup};
use domain::Locale;
use domain::phone::Phone;
use domain::report::{Address, Window};
use jiff::civil::{DateTime, Time, time};
use jiff::{Timestamp, ToSpan};

/// Nobody weighs and measures at home: a box that most of the trade's goods fit into. Carriers mend the weight themselves.
const WEIGHT: u32 = 3_000;
const SIZE: [u32; 3] = [400, 300, 200];

/// When a parcel that no courier collects can be handed in at the earliest: the next morning.
const MORNING: Time = time(8, 0, 0, 0);

/// The order, and what it lacks.
pub struct Papers {
    pub order: Order,
    /// Both addresses are whole: what a carrier's system needs and people do not.
    whole: bool,
}

impl Papers {
    pub fn new(book: &Book, rma: &Rma, cases: &[Case], now: Timestamp) -> Result<Self, StoreError> {
        let store = book.store(rma.store)?;
        let customer = cases.iter().find(|case| case.known.sold).or(cases.first());
        let to = Address::read(&store.address, &store.country);
        let from = rma.delivery.from.clone();
        let whole = to.is_some() && from.is_some();
        let content = customer.map_or_else(String::new, |case| case.known.title.clone());
        let parcel = Parcel { weight: WEIGHT, size: SIZE, content };
        let order = Order {
            id: rma.id.0,
            number: rma.number,
            sender: sender(customer, from, store),
            receiver: receiver(book, store, to),
            parcels: vec![parcel; usize::from(rma.delivery.parcels.max(1))],
            from: hand_over(rma.delivery.window, store, now),
            locale: customer.map_or(store.locale, |case| case.known.customer_locale),
        };
        Ok(Self { order, whole })
    }

    /// For a carrier's system.
    pub fn complete(&self) -> Result<&Order, Trouble> {
        if self.whole { Ok(&self.order) } else { Err(Trouble::Ours("no_address")) }
    }

    pub fn pickup(&self, window: Window) -> Pickup {
        let parcels = u32::try_from(self.order.parcels.len()).unwrap_or(u32::MAX);
        Pickup {
            date: window.date,
            from: hour(window.from),
            until: hour(window.to),
            address: self.order.sender.clone(),
            message: String::new(),
            parcels,
            weight: parcels.saturating_mul(WEIGHT),
        }
    }
}

/// A day's end is its last minute.
fn hour(hour: i8) -> Time {
    if hour >= 24 { time(23, 59, 0, 0) } else { Time::new(hour, 0, 0, 0).unwrap_or(MORNING) }
}

fn hand_over(window: Option<Window>, store: &Store, now: Timestamp) -> DateTime {
    let here = now.to_zoned(store.zone.clone()).datetime();
    let tomorrow = here.date().saturating_add(1.day()).to_datetime(MORNING);
    window.map_or(tomorrow, |window| window.date.to_datetime(hour(window.from))).max(here)
}

fn sender(customer: Option<&Case>, from: Option<Address>, store: &Store) -> Party {
    let from = from.unwrap_or_else(|| Address { country: store.country.clone(), ..Address::default() });
    let known = customer.map(|case| &case.known);
    let text = |pick: fn(&crate::store::cases::Known) -> &String| known.map(pick).filter(|text| !text.is_empty());
    Party {
        name: text(|known| &known.customer_name).cloned().unwrap_or_default(),
        company: None,
        street: from.street,
        postcode: from.postcode,
        city: from.city,
        country: from.country,
        phone: text(|known| &known.customer_phone).and_then(|phone| Phone::parse(phone, "")),
        email: text(|known| &known.customer_email).cloned(),
    }
}

fn receiver(book: &Book, store: &Store, to: Option<Address>) -> Party {
    let unread = || Address { street: store.address.clone(), country: store.country.clone(), ..Address::default() };
    let to = to.unwrap_or_else(unread);
    let email = [&store.email, &book.organisation.reply_to].into_iter().find(|address| !address.is_empty());
    Party {
        name: store.name.clone(),
        company: Some(book.organisation.name.clone()),
        street: to.street,
        postcode: to.postcode,
        city: to.city,
        country: to.country,
        phone: Phone::parse(&store.phone, &store.country),
        email: email.cloned(),
    }
}

/// The earliest moment at which a carrier that takes no date is asked: the wished day's early morning.
pub fn early_on(window: Window, store: &Store) -> i64 {
    const EARLY: Time = time(5, 0, 0, 0);
    let moment = window.date.to_datetime(EARLY).to_zoned(store.zone.clone());
    moment.map_or(0, |moment| moment.timestamp().as_millisecond())
}

/// The language of whoever reads a pick-up's day on a case's timeline.
pub fn shown(window: Window, locale: Locale) -> String {
    window.show(locale)
}
