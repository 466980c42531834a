//! Parcels at carriers: one small interface, [`Carrier`], and its drivers.
//!
//! Nothing is kept here: no database, no clock, no queue. The server keeps a case's parcel with the [`ShipmentRef`] that
//! it got, calls from a background job, and decides by the [`Fault`] whether to ask again ([`Fault::retry`]). A carrier
//! that is away, slow or wrong never holds up a case.
//!
//! | driver | speaks | documentation |
//! |---|---|---|
//! | [`manual`] | nothing: people are asked, by letter and [`webhook`] | |
//! | [`inpost`] | InPost's ShipX, REST and JSON | <https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/622754/API+ShipX> |
//! | [`bring`] | Bring's Booking, Pickup and Tracking APIs, JSON | <https://developer.bring.com/api/> |
//!
//! Where a detail of a carrier is in no documentation that we found, the driver says "not confirmed" beside it.

pub mod bring;
mod carrier;
pub mod fault;
pub mod http;
pub mod inpost;
pub mod manual;
mod order;
mod secret;
pub mod settings;
mod shipment;
mod template;
pub mod webhook;

pub use carrier::{Capabilities, Carrier, Pickups};
pub use fault::{Fault, Field, Part};
pub use http::{Http, Limits, NoClient};
pub use order::{Order, Parcel, Party, Pickup};
pub use secret::Secret;
pub use settings::{Problem, Settings, open};
pub use shipment::{Event, Label, LabelFormat, PickupRef, Shipment, ShipmentRef, State, Tracking};
pub use template::TrackingTemplate;
