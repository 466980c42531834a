//! What is no page: routing, assets, sessions, guards, files, live events, health.
//!
//! Routers of this folder are `Router<Desk>`; a handler that needs to know who asks takes `Extension<Visitor>`
//! ([`session`] has provided it), and answers an error by [`failure::Failure`].

pub mod connections;
pub mod documents;
mod export;
pub mod failure;
mod files;
mod form;
mod guard;
mod headers;
mod health;
mod live;
mod log;
mod logo;
mod multipart;
mod pages;
mod report;
mod retry;
mod rma;
mod scan;
pub mod serve;
pub mod session;
mod site;
mod statistics;
mod status;
mod throttle;
mod upload;

pub use log::masked;
pub use pages::page_paths;
pub use site::Site;

use crate::desk::Desk;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use std::sync::Arc;
use std::time::Duration;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// For everything but pictures, whose routes have limits of their own.
const BODY_LIMIT: usize = 1 << 20;
/// A body that brings nothing for so long is given up.
const STALLED: Duration = Duration::from_secs(60);

/// Everything that Redress answers.
pub fn router(desk: Desk, site: Arc<Site>) -> Router {
    let asking = Router::new()
        .merge(pages::routes(&desk, &site))
        .merge(form::router())
        .merge(report::router())
        .merge(upload::router())
        .merge(rma::router())
        .merge(scan::router())
        .merge(files::router())
        .merge(documents::router())
        .merge(export::router())
        .merge(logo::router())
        .merge(statistics::router())
        .merge(status::router())
        .merge(retry::router())
        .merge(live::router(&site))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(throttle::Throttle::new(desk.config.strangers_per_second), throttle::strangers))
        .layer(from_fn_with_state(desk.clone(), session::resolve))
        .layer(from_fn_with_state(desk.clone(), guard::same_origin))
        .layer(RequestBodyTimeoutLayer::new(STALLED));
    let plain = Router::new().route("/health", get(health::health)).merge(site::routes(&site));
    Router::new()
        .merge(asking)
        .merge(plain)
        // Pages go as gzip: a brotli encoder holds megabytes for each answer that is under way.
        .layer(CompressionLayer::new().no_br().no_deflate().no_zstd().quality(CompressionLevel::Precise(4)))
        .layer(from_fn_with_state(desk.clone(), headers::secure))
        .layer(from_fn_with_state((desk.clone(), site.clone()), failure::catch))
        .layer(from_fn(log::requests))
        .with_state(desk)
}
