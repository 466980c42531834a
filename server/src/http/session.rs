//! Who asks, from where and in which language: worked out once for each request.

use super::failure::{Failure, language};
use crate::desk::Desk;
use app::backend::{Origin, Visitor};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use domain::Locale;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The language that somebody chose before they signed in.
const LOCALE: &str = "locale";

/// Provides `Extension<Visitor>`, `Extension<Origin>` and `Extension<Locale>`.
pub async fn resolve(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let visitor = match jar.get(desk.cookie_name()) {
        None => Visitor::Nobody,
        Some(cookie) => match desk.visitor(cookie.value()).await {
            Ok(visitor) => visitor,
            Err(error) => return Failure(error).into_response(),
        },
    };
    let locale = match &visitor {
        Visitor::Nobody => match jar.get(LOCALE).and_then(|cookie| cookie.value().parse().ok()) {
            Some(chosen) => chosen,
            None => language(request.headers(), &desk),
        },
        Visitor::Tablet(tablet) => tablet.locale,
        Visitor::Staff(viewer) => viewer.locale,
    };
    let origin = Origin { address: address(request.headers(), request.extensions(), &desk.config.trusted_proxies) };
    request.extensions_mut().insert(visitor);
    request.extensions_mut().insert(origin);
    request.extensions_mut().insert(locale);
    let mut response = next.run(request).await;
    response.extensions_mut().insert::<Locale>(locale);
    response
}

/// The peer's address; behind proxies that we trust, the last one that they did not add themselves.
fn address(headers: &HeaderMap, extensions: &Extensions, trusted: &[IpAddr]) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip().to_canonical());
    if !trusted.contains(&peer) {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect::<Vec<_>>();
    let forwarded = lines.iter().flat_map(|line| line.split(',')).filter_map(|text| text.trim().parse::<IpAddr>().ok());
    let chain: Vec<_> = forwarded.map(|ip| ip.to_canonical()).collect();
    chain.into_iter().rev().find(|ip| !trusted.contains(ip)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("1.1.1.1, 203.0.113.9, 10.0.0.2"));
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 4711))));
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert_eq!(address(&headers, &extensions, &[]), ip("10.0.0.1"));
        assert_eq!(address(&headers, &extensions, &[ip("10.0.0.1"), ip("10.0.0.2")]), ip("203.0.113.9"));
    }
}
