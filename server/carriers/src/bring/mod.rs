//! Bring (Posten) in Norway, Sweden and Denmark.
//!
//! Documentation, read in the source of Bring's own site (<https://github.com/bring/developer-site>) and its history:
//!
//! * booking: <https://developer.bring.com/api/booking/> and its OpenAPI at <https://api.bring.com/booking/api-docs>;
//!   error codes from `GET /booking/api/errors`
//! * pick-up: <https://developer.bring.com/api/pickup/>, <https://api.bring.com/pickup/api-docs>
//! * tracking: <https://developer.bring.com/api/tracking/>, <https://api.bring.com/tracking/api-docs>
//! * labels: <https://developer.bring.com/api/booking/labels>: PDF behind an address that redirects once; ZPL only for
//!   a product that returns never use
//!
//! A booking is confirmed and has its label at once. It cannot be looked up by our reference, so that a booking or a
//! pick-up whose answer was lost is [`Fault::Unclear`]; and no request takes a booking back.
//!
//! Not confirmed: that the return products take the customer as sender; that a label needs no keys, as clients fetch it;
//! what a pick-up's answer holds today beyond the sample of 2022; the status of an answer with errors, so that both are
//! read.

mod error;
mod status;
mod wire;

pub use status::state;

use crate::carrier::{Capabilities, Carrier, Pickups};
use crate::http::{Again, Answer, join, sensitive};
use crate::settings::BringSettings;
use crate::{
    Event, Fault, Field, Http, Label, LabelFormat, Order, Pickup, PickupRef, Secret, Shipment, ShipmentRef, State,
    Tracking, TrackingTemplate,
};
use async_trait::async_trait;
use reqwest::header::{ACCEPT, LOCATION};
use reqwest::{Method, RequestBuilder, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) const PICKUP: Pickups = Pickups::Day;

pub(crate) const BASE: &str = "https://api.bring.com";

/// Hosts that a label's address may name; it is Bring's answer, and it comes back from our own database.
const HOSTS: [&str; 3] = ["bring.com", "mybring.com", "posten.no"];

/// One is documented; a store that redirects within itself adds one more.
const REDIRECTS: usize = 3;

pub struct Bring {
    settings: BringSettings,
    base: Url,
    tracking: Option<TrackingTemplate>,
    http: Http,
}

impl Bring {
    pub(crate) const fn new(
        settings: BringSettings,
        base: Url,
        tracking: Option<TrackingTemplate>,
        http: Http,
    ) -> Self {
        Self { settings, base, tracking, http }
    }

    fn secrets(&self) -> [&Secret; 1] {
        [&self.settings.key]
    }

    /// With the headers of <https://developer.bring.com/api/#authentication>.
    fn request(&self, method: Method, url: Url) -> Result<RequestBuilder, Fault> {
        let header =
            |text: &str| sensitive(text).ok_or_else(|| Fault::Unauthorised { detail: "a key is none".to_owned() });
        Ok(self
            .http
            .client()
            .request(method, url)
            .header("X-Mybring-API-Uid", header(&self.settings.uid)?)
            .header("X-Mybring-API-Key", header(self.settings.key.expose())?)
            .header("X-Bring-Client-URL", header(&self.settings.client_url)?)
            .header(ACCEPT, "application/json"))
    }

    /// Makes something that cannot be looked up afterwards.
    async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize) -> Result<T, Fault> {
        let test = if self.settings.test { "true" } else { "false" };
        let request = self.request(Method::POST, join(&self.base, path))?;
        let request = request.header("X-Bring-Test-Indicator", test).json(body);
        let answer = self.http.ask(request, self.http.limits.json).await.map_err(|m| m.fault(Again::Never))?;
        // Errors are read first: what the body says is more exact than a status.
        error::look(&answer, &self.secrets())?;
        let answer = answer.success(Again::Never, &self.secrets())?;
        answer.json().map_err(|mishap| mishap.fault(Again::Never))
    }

    /// Follows a label's redirects: without keys, over TLS, or within the API's own address.
    async fn file(&self, start: Url) -> Result<Answer, Fault> {
        let mut url = start;
        for _ in 0..=REDIRECTS {
            let request = self.http.client().get(url.clone());
            let answer = self.http.ask(request, self.http.limits.file).await.map_err(|m| m.fault(Again::Freely))?;
            if !answer.status.is_redirection() {
                return Ok(answer);
            }
            let next = answer.headers.get(LOCATION).and_then(|to| to.to_str().ok()).and_then(|to| url.join(to).ok());
            url = next
                .filter(|next| next.scheme() == "https" || next.origin() == self.base.origin())
                .ok_or_else(|| Fault::refused("the label redirects to where it is not fetched from"))?;
        }
        Err(Fault::refused("the label redirects without end"))
    }

    /// `None` for an address that is not Bring's.
    fn label_address(&self, text: &str) -> Option<Url> {
        let url = Url::parse(text).ok()?;
        let theirs = |host: &str| {
            HOSTS.iter().any(|known| host == *known || host.strip_suffix(known).is_some_and(|sub| sub.ends_with('.')))
        };
        let allowed =
            url.scheme() == "https" && url.host_str().is_some_and(theirs) || url.origin() == self.base.origin();
        allowed.then_some(url)
    }
}

#[async_trait]
impl Carrier for Bring {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            by_hand: false,
            finds: false,
            label_pdf: true,
            label_zpl: false,
            track: true,
            pickup: PICKUP,
            cancel: false,
            cancel_pickup: false,
        }
    }

    /// `GET /booking/api/customers`, which lists the customer numbers that the user may book with.
    async fn account(&self) -> Result<String, Fault> {
        let request = self.request(Method::GET, join(&self.base, &["booking", "api", "customers"]))?;
        let answer = self.http.ask(request, self.http.limits.json).await.map_err(|m| m.fault(Again::Freely))?;
        error::look(&answer, &self.secrets())?;
        let answer = answer.success(Again::Freely, &self.secrets())?;
        let found: wire::Accounts = answer.json().map_err(|mishap| mishap.fault(Again::Freely))?;
        let ours = |account: &&wire::Account| account.is(&self.settings.customer_number);
        let Some(account) = found.customers.iter().find(ours) else {
            let numbers: Vec<&str> = found.customers.iter().map(|account| account.customer_number.as_str()).collect();
            let said = crate::fault::clean(&format!("customer numbers: {}", numbers.join(", ")), &self.secrets());
            return Err(Fault::Refused { said, field: Some(Field::Account) });
        };
        Ok(crate::fault::clean(&account.name, &self.secrets()))
    }

    async fn create(&self, order: &Order) -> Result<Shipment, Fault> {
        let booked: wire::Booked =
            self.post(&["booking", "api", "create"], &wire::Booking::new(order, &self.settings)).await?;
        let confirmed = booked.consignments.into_iter().find_map(|consignment| consignment.confirmation);
        // It answered that it went well, and does not say what was booked.
        let confirmed =
            confirmed.ok_or_else(|| Fault::Unclear { detail: "an answer without a confirmation".to_owned() })?;
        let at_carrier = ShipmentRef {
            waybill: Some(confirmed.consignment_number.clone()),
            id: confirmed.consignment_number,
            label_url: confirmed.links.and_then(|links| links.labels),
        };
        Ok(Shipment { at_carrier, state: State::Announced, trouble: None })
    }

    async fn track(&self, shipment: &ShipmentRef) -> Result<Tracking, Fault> {
        let mut url = join(&self.base, &["tracking", "api", "v2", "tracking.json"]);
        url.query_pairs_mut()
            .append_pair("q", shipment.waybill.as_deref().unwrap_or(&shipment.id))
            .append_pair("lang", "no");
        let request = self.request(Method::GET, url)?;
        let answer = self.http.ask(request, self.http.limits.json).await.map_err(|m| m.fault(Again::Freely))?;
        let secrets = self.secrets();
        // What the body says is more exact than a status, where it says anything.
        let found = answer.json::<wire::Followed>().map(wire::Followed::sets);
        let complaint = found.as_ref().ok().and_then(|sets| sets.iter().find_map(|set| set.error.as_ref()));
        let mut tracking =
            Tracking { at_carrier: shipment.clone(), state: State::Announced, trouble: None, events: Vec::new() };
        match complaint {
            // Booked, and not in the net's own records yet.
            Some(complaint) if complaint.code == 404 => return Ok(tracking),
            Some(complaint) => return Err(error::tracking(complaint, &secrets)),
            None => answer.success(Again::Freely, &secrets)?,
        };
        let found = found.map_err(|mishap| mishap.fault(Again::Freely))?;
        let packages: Vec<wire::Package> = found.into_iter().flat_map(|set| set.packages).collect();
        let mut words = Vec::new();
        let states = packages.iter().filter_map(|package| {
            let state =
                package.events.iter().map(|event| state(&event.status)).find(|state| *state != State::Unknown)?;
            if is_trouble(state) {
                words.push(package.status_description.clone());
            }
            Some(state)
        });
        // As far as the last of its parcels; one in trouble is what people have to know.
        let states: Vec<State> = states.collect();
        let trouble = states.iter().filter(|state| is_trouble(**state)).max();
        tracking.state = trouble.or_else(|| states.iter().min()).copied().unwrap_or(State::Unknown);
        tracking.trouble = trouble.map(|_| crate::fault::clean(&words.join(" "), &secrets)).filter(|w| !w.is_empty());
        tracking.events = packages.into_iter().flat_map(|package| package.events).filter_map(event).collect();
        tracking.events.sort_by_key(|event| std::cmp::Reverse(event.at));
        Ok(tracking)
    }

    async fn label(&self, shipment: &ShipmentRef, format: LabelFormat) -> Result<Label, Fault> {
        if format != LabelFormat::Pdf {
            return Err(Fault::Unsupported);
        }
        let address = shipment.label_url.as_deref().ok_or_else(|| Fault::refused("the booking gave no label"))?;
        let url = self.label_address(address).ok_or_else(|| Fault::refused("the label's address is not Bring's"))?;
        let answer = self.file(url).await?;
        let code = answer.status.as_u16();
        // The file is made beside the booking; which of these says so is not documented.
        if matches!(code, 202 | 204 | 404) {
            return Err(Fault::NotReady { detail: format!("HTTP {code} instead of the label") });
        }
        let answer = answer.success(Again::Freely, &self.secrets())?;
        Label::read(answer.body, format)
            .ok_or_else(|| Fault::Unavailable { detail: "what came is no PDF".to_owned(), after: None })
    }

    async fn pickup(&self, _: &[ShipmentRef], pickup: &Pickup) -> Result<PickupRef, Fault> {
        let answer: wire::Ordered =
            self.post(&["pickup", "api", "create"], &wire::PickupOrder::new(pickup, &self.settings)).await?;
        match answer.pickup_confirmation {
            Some(confirmed) if confirmed.status.eq_ignore_ascii_case("OK") => Ok(confirmed.into()),
            Some(confirmed) => Err(Fault::refused(crate::fault::clean(&confirmed.status, &self.secrets()))),
            None => Err(Fault::Unclear { detail: "an answer without a confirmation".to_owned() }),
        }
    }

    async fn cancel(&self, _: &ShipmentRef) -> Result<(), Fault> {
        Err(Fault::Unsupported)
    }

    async fn cancel_pickup(&self, _: &PickupRef) -> Result<(), Fault> {
        Err(Fault::Unsupported)
    }

    fn tracking_url(&self, waybill: &str) -> Option<String> {
        self.tracking.as_ref()?.link(waybill)
    }
}

/// It does not come, or not by itself.
const fn is_trouble(state: State) -> bool {
    matches!(state, State::Trouble | State::Returning | State::Returned)
}

/// `None` for one without a time: it could not be put among the others.
fn event(event: wire::Happened) -> Option<Event> {
    let place =
        [event.city, event.country].into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ");
    Some(Event {
        at: event.date_iso?,
        state: state(&event.status),
        words: crate::fault::clean(&event.description, &[]),
        code: event.status,
        place: (!place.is_empty()).then_some(place),
    })
}
