//! InPost in Poland through ShipX.
//!
//! Documentation: <https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/622754/API+ShipX>; where its pages are
//! cut short in what we could read, the requests are those of <https://github.com/michalbiarda/shipx-php-sdk>, whose
//! tests run against InPost's sandbox.
//!
//! * Shipments are made in the simplified mode: the service is named, and ShipX prepares, selects and buys the offer by
//!   itself after it has answered. Until then the shipment has no waybill and no label
//!   (<https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/18153501>).
//! * Our id goes along as `external_customer_id`, by which shipments can be listed (the SDK's `GetList`), so that a second
//!   try finds what the first made. ShipX's list lags behind its shipments (a note in the SDK's tests), hence the pause
//!   that a lost answer asks for.
//! * A dispatch order takes no date: the courier comes on the next round. The wished window goes into its words.
//! * What is paid (`confirmed`) cannot be cancelled (<https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/11731070>).
//!
//! Not confirmed: that `external_customer_id` takes 36 characters; the texts of 429 and 5xx; that an address without a
//! building number is accepted.

mod error;
mod status;
mod wire;

pub use status::state;

use crate::carrier::{Capabilities, Carrier, Pickups};
use crate::http::{Again, Answer, join, sensitive};
use crate::settings::InPostSettings;
use crate::{
    Event, Fault, Http, Label, LabelFormat, Order, Pickup, PickupRef, Shipment, ShipmentRef, State, Tracking,
    TrackingTemplate,
};
use async_trait::async_trait;
use reqwest::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use reqwest::{Method, RequestBuilder, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::OnceCell;

/// <https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/18153477/Authorization+Query+Collections>
pub(crate) const fn base(test: bool) -> &'static str {
    if test { "https://sandbox-api-shipx-pl.easypack24.net" } else { "https://api-shipx-pl.easypack24.net" }
}

/// How long ShipX's lists may lag behind what was made: our guess, generous.
const LAG: Duration = Duration::from_secs(120);

pub struct InPost {
    settings: InPostSettings,
    base: Url,
    tracking: Option<TrackingTemplate>,
    http: Http,
    /// ShipX's own words for each status, asked once.
    words: OnceCell<HashMap<String, String>>,
}

impl InPost {
    pub(crate) fn new(settings: InPostSettings, base: Url, tracking: Option<TrackingTemplate>, http: Http) -> Self {
        Self { settings, base, tracking, http, words: OnceCell::new() }
    }

    fn request(&self, method: Method, path: &[&str], query: &[(&str, &str)]) -> Result<RequestBuilder, Fault> {
        let mut url = join(&join(&self.base, &["v1"]), path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let token = sensitive(&format!("Bearer {}", self.settings.token.expose()))
            .ok_or_else(|| Fault::Unauthorised { detail: "the token is none".to_owned() })?;
        Ok(self.http.client().request(method, url).header(AUTHORIZATION, token).header(ACCEPT_LANGUAGE, "pl_PL"))
    }

    /// The answer of a request that succeeded, or why it did not.
    async fn ask(&self, request: RequestBuilder, cap: usize, again: Again) -> Result<Answer, Fault> {
        self.complaint(self.raw(request, cap, again).await?, again)
    }

    /// An answer whose complaints are still to be read.
    async fn raw(&self, request: RequestBuilder, cap: usize, again: Again) -> Result<Answer, Fault> {
        let answer = self.http.ask(request, cap).await.map_err(|mishap| mishap.fault(again))?;
        answer.sorted(again, &[&self.settings.token])
    }

    fn complaint(&self, answer: Answer, again: Again) -> Result<Answer, Fault> {
        error::look(answer, again, &[&self.settings.token])
    }

    async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)]) -> Result<T, Fault> {
        let request = self.request(Method::GET, path, query)?;
        let answer = self.ask(request, self.http.limits.json, Again::Freely).await?;
        answer.json().map_err(|mishap| mishap.fault(Again::Freely))
    }

    async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize) -> Result<T, Fault> {
        let request = self.request(Method::POST, path, &[])?.json(body);
        let answer = self.ask(request, self.http.limits.json, Again::After(LAG)).await?;
        answer.json().map_err(|mishap| mishap.fault(Again::After(LAG)))
    }

    /// Our own list of something: `/v1/organizations/:organisation/…`.
    fn ours<'a>(&'a self, what: &'a str) -> [&'a str; 3] {
        ["organizations", &self.settings.organisation, what]
    }

    /// What an earlier try of the same order has made; the list may ignore a filter, so each item is looked at.
    async fn earlier(&self, order: &Order) -> Result<Option<wire::Shipment>, Fault> {
        let id = order.id.to_string();
        let list: wire::List<wire::Shipment> = self
            .get(&self.ours("shipments"), &[("external_customer_id", &id), ("sort_by", "id"), ("sort_order", "desc")])
            .await?;
        let ours = |shipment: &wire::Shipment| {
            shipment.external_customer_id.as_deref() == Some(&id) && state(&shipment.status) != State::Cancelled
        };
        Ok(list.items.into_iter().find(ours))
    }

    /// A courier who was ordered for one of these already: ShipX takes a shipment into one dispatch order alone.
    async fn courier(&self, shipments: &[u64]) -> Result<Option<wire::DispatchOrder>, Fault> {
        let Some(first) = shipments.first() else { return Ok(None) };
        let list: wire::List<wire::DispatchOrder> =
            self.get(&self.ours("dispatch_orders"), &[("shipment_id", &first.to_string())]).await?;
        let same = |order: &wire::DispatchOrder| {
            // https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/18153482
            !matches!(order.status.as_str(), "rejected" | "canceled")
                && order.shipments.iter().any(|shipment| shipment.id == *first)
        };
        Ok(list.items.into_iter().find(same))
    }

    async fn words(&self) -> &HashMap<String, String> {
        static NONE: std::sync::LazyLock<HashMap<String, String>> = std::sync::LazyLock::new(HashMap::new);
        let asked = self.words.get_or_try_init(|| async {
            let list: wire::List<wire::Status> = self.get(&["statuses"], &[]).await?;
            Ok::<_, Fault>(list.items.into_iter().map(|status| (status.name, status.title)).collect())
        });
        // Without them the parcel is followed all the same.
        asked.await.unwrap_or(&NONE)
    }

    /// `None` for a waybill that ShipX does not follow yet.
    async fn journey(&self, waybill: &str) -> Result<Option<wire::Tracking>, Fault> {
        let request = self.request(Method::GET, &["tracking", waybill], &[])?;
        let answer = self.raw(request, self.http.limits.json, Again::Freely).await?;
        if error::is_not_found(&answer) {
            return Ok(None);
        }
        self.complaint(answer, Again::Freely)?.json().map(Some).map_err(|mishap| mishap.fault(Again::Freely))
    }
}

#[async_trait]
impl Carrier for InPost {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            by_hand: false,
            finds: true,
            label_pdf: true,
            label_zpl: true,
            track: true,
            // A parcel that is handed in at a locker or a point is not fetched.
            pickup: self.settings.pickup(),
            cancel: true,
            cancel_pickup: true,
        }
    }

    /// `GET /v1/organizations/:id` (the SDK's `Organization\Read`).
    async fn account(&self) -> Result<String, Fault> {
        let found: wire::Organization = self.get(&["organizations", &self.settings.organisation], &[]).await?;
        Ok(crate::fault::clean(&found.name, &[&self.settings.token]))
    }

    async fn create(&self, order: &Order) -> Result<Shipment, Fault> {
        if let Some(made) = self.earlier(order).await? {
            return Ok(made.into());
        }
        let made: wire::Shipment =
            self.post(&self.ours("shipments"), &wire::ShipmentForm::new(order, &self.settings)).await?;
        Ok(made.into())
    }

    async fn track(&self, shipment: &ShipmentRef) -> Result<Tracking, Fault> {
        let id = number(shipment)?.to_string();
        let found: Shipment = self.get::<wire::Shipment>(&["shipments", &id], &[]).await?.into();
        let mut tracking =
            Tracking { at_carrier: found.at_carrier, state: found.state, trouble: found.trouble, events: Vec::new() };
        let Some(waybill) = &tracking.at_carrier.waybill else { return Ok(tracking) };
        let Some(journey) = self.journey(waybill).await? else { return Ok(tracking) };
        let words = self.words().await;
        tracking.events = journey.tracking_details.into_iter().filter_map(|detail| event(detail, words)).collect();
        tracking.events.sort_by_key(|event| std::cmp::Reverse(event.at));
        if let state @ (State::OnTheWay
        | State::OutForDelivery
        | State::AtPoint
        | State::Delivered
        | State::Returning
        | State::Returned
        | State::Trouble) = state(&journey.status)
        {
            tracking.state = state;
        }
        if tracking.state == State::Trouble {
            tracking.trouble = Some(words.get(&journey.status).unwrap_or(&journey.status).clone());
        }
        Ok(tracking)
    }

    /// <https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/18153509>
    async fn label(&self, shipment: &ShipmentRef, format: LabelFormat) -> Result<Label, Fault> {
        let id = number(shipment)?.to_string();
        let (name, kind) = match format {
            LabelFormat::Pdf => ("Pdf", if self.settings.a6 { "A6" } else { "normal" }),
            LabelFormat::Zpl => ("Zpl", "A6"),
        };
        let request = self.request(Method::GET, &["shipments", &id, "label"], &[("format", name), ("type", kind)])?;
        let answer = self.ask(request, self.http.limits.file, Again::Freely).await?;
        Label::read(answer.body, format)
            .ok_or_else(|| Fault::Unavailable { detail: format!("what came is no {name} file"), after: None })
    }

    /// <https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/18153482>
    async fn pickup(&self, shipments: &[ShipmentRef], pickup: &Pickup) -> Result<PickupRef, Fault> {
        if self.capabilities().pickup == Pickups::None {
            return Err(Fault::Unsupported);
        }
        let ids = shipments.iter().map(number).collect::<Result<Vec<u64>, Fault>>()?;
        let ordered = match self.courier(&ids).await? {
            Some(ordered) => ordered,
            None => self.post(&self.ours("dispatch_orders"), &wire::DispatchForm::new(&ids, pickup)).await?,
        };
        Ok(PickupRef { id: ordered.id.to_string(), by_hand: false, earliest: None, latest: None })
    }

    async fn cancel(&self, shipment: &ShipmentRef) -> Result<(), Fault> {
        let id = number(shipment)?.to_string();
        let request = self.request(Method::DELETE, &["shipments", &id], &[])?;
        let answer = self.raw(request, self.http.limits.json, Again::Freely).await?;
        if error::status_of_shipment(&answer).is_some_and(|status| state(&status) == State::Cancelled) {
            return Ok(());
        }
        self.complaint(answer, Again::Freely).map(drop)
    }

    async fn cancel_pickup(&self, pickup: &PickupRef) -> Result<(), Fault> {
        let id: u64 = pickup.id.parse().map_err(|_| Fault::refused("not a dispatch order of InPost"))?;
        let request = self.request(Method::DELETE, &["dispatch_orders", &id.to_string()], &[])?;
        let answer = self.raw(request, self.http.limits.json, Again::Freely).await?;
        // Deleted at an earlier try.
        if error::is_not_found(&answer) {
            return Ok(());
        }
        self.complaint(answer, Again::Freely).map(drop)
    }

    fn tracking_url(&self, waybill: &str) -> Option<String> {
        self.tracking.as_ref()?.link(waybill)
    }
}

/// ShipX's ids are integers; what is none was made by another driver.
fn number(shipment: &ShipmentRef) -> Result<u64, Fault> {
    shipment.id.parse().map_err(|_| Fault::refused("not a shipment of InPost"))
}

/// `None` for one without a time: it could not be put among the others.
fn event(detail: wire::Detail, words: &HashMap<String, String>) -> Option<Event> {
    Some(Event {
        at: detail.datetime?,
        state: state(&detail.status),
        words: words.get(&detail.status).cloned().unwrap_or_else(|| detail.status.replace('_', " ")),
        code: detail.status,
        place: detail.agency.filter(|place| !place.trim().is_empty()),
    })
}
