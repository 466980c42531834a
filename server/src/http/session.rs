//! Who asks, from where and in which language: worked out once for each request.

use super::failure::{Failure, language};
use crate::desk::Desk;
use app::backend::{Origin, Visitor};
use app::guise::Guise;
use app::urls;
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
    // Where a browser may keep no cookie, in another site's frame, the address says what was chosen.
    let asked = request.uri().query().filter(|_| urls::is_for_customers(request.uri().path()));
    let asked = asked.and_then(|query| Guise::of_query(query).locale);
    let locale = asked.unwrap_or_else(|| match &visitor {
        Visitor::Nobody => match jar.get(LOCALE).and_then(|cookie| cookie.value().parse().ok()) {
            Some(chosen) => chosen,
            None => language(request.headers(), &desk),
        },
        Visitor::Tablet(tablet) => tablet.locale,
        Visitor::Staff(viewer) => viewer.locale,
    });
    let origin = Origin { address: address(request.headers(), request.extensions(), &desk.config.trusted_proxies) };
    request.extensions_mut().insert(visitor);
    request.extensions_mut().insert(origin);
    request.extensions_mut().insert(locale);
    let mut response = next.run(request).await;
    response.extensions_mut().insert::<Locale>(locale);
    response
}

/// The peer's address; behind proxies that we trust, the last one that is not theirs. What stands before an entry that is
/// no address was not written by them, so that nothing there is believed.
fn address(headers: &HeaderMap, extensions: &Extensions, trusted: &[IpAddr]) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip().to_canonical());
    if !trusted.contains(&peer) {
        return peer;
    }
    // As bytes: what a stranger puts before our proxy's entry need not be text.
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    let entries = lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
    entries.map_while(forwarded).find(|ip| !trusted.contains(ip)).unwrap_or(peer)
}

/// An entry of X-Forwarded-For: an address, with a port or without.
fn forwarded(entry: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(entry).ok()?.trim();
    let ip = text.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()));
    Some(ip.ok()?.to_canonical())
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
        let trusted = [ip("10.0.0.1"), ip("10.0.0.2")];
        assert_eq!(address(&headers, &extensions, &trusted), ip("203.0.113.9"));

        let mut told = |lines: &[&[u8]]| {
            headers.remove("x-forwarded-for");
            for line in lines {
                headers.append("x-forwarded-for", HeaderValue::from_bytes(line).expect("a value"));
            }
            address(&headers, &extensions, &trusted)
        };
        assert_eq!(told(&[b"1.1.1.1", b"203.0.113.9, 10.0.0.2"]), ip("203.0.113.9"));
        assert_eq!(told(&[b"1.1.1.1, 203.0.113.9:4711, 10.0.0.2:80"]), ip("203.0.113.9"));
        assert_eq!(told(&[b"[2001:db8::9]:4711,10.0.0.2"]), ip("2001:db8::9"));
        assert_eq!(told(&[b"2001:db8::9"]), ip("2001:db8::9"));
        assert_eq!(told(&[b"::ffff:203.0.113.9"]), ip("203.0.113.9"));
        // What comes before something that is no address could be anybody's.
        assert_eq!(told(&[b"1.1.1.1, unknown, 10.0.0.2"]), ip("10.0.0.1"));
        assert_eq!(told(&[b"1.1.1.1", b"", b"10.0.0.2"]), ip("10.0.0.1"));
        assert_eq!(told(&[b"1.1.1.1, \xff, 203.0.113.9"]), ip("203.0.113.9"));
    }
}
