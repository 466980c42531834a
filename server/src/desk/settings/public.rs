//! What customers meet, checked before it is kept.

use crate::desk::book::Book;
use app::backend::PublicForm;
use app::error::{AppError, Result};

const TEXT: usize = 4000;
/// Two weeks: longer, and nobody knows any more what they confirm.
const CONFIRM_HOURS: std::ops::RangeInclusive<u16> = 1..=336;
const RMA_DAYS: std::ops::RangeInclusive<u16> = 1..=365;

/// # Errors
/// `Invalid` with the input's name.
pub fn checked(input: PublicForm, book: &Book) -> Result<PublicForm> {
    let invalid = |field: &'static str, key: &'static str| Err(AppError::invalid(field, key));
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = [&input.intro, &input.privacy].into_iter().flat_map(|text| [&text.en, &text.nb, &text.pl]);
    if long.chain([&input.address, &input.legal_name]).any(|text| text.chars().count() > TEXT) {
        return invalid("intro", "too_long");
    }
    let accent = input.accent.trim().to_lowercase();
    if !accent.is_empty() && !is_colour(&accent) {
        return invalid("accent", "not_a_colour");
    }
    let privacy_url = input.privacy_url.trim().to_owned();
    if !privacy_url.is_empty() && !privacy_url.starts_with("https://") && !privacy_url.starts_with("http://") {
        return invalid("privacy_url", "not_an_address");
    }
    if !CONFIRM_HOURS.contains(&input.confirm_hours) {
        return invalid("confirm_hours", "out_of_range");
    }
    if !RMA_DAYS.contains(&input.rma_days) {
        return invalid("rma_days", "out_of_range");
    }
    let mut sites = Vec::new();
    for site in input.sites.iter().map(|site| site.trim()).filter(|site| !site.is_empty()) {
        let Some(origin) = origin(site) else { return invalid("sites", "not_an_address") };
        sites.push(origin);
    }
    let carrier_email = input.carrier_email.trim();
    let carrier_email = match domain::email::parse(carrier_email) {
        Some(address) => address,
        None if carrier_email.is_empty() => String::new(),
        None => return invalid("carrier_email", "not_an_email"),
    };
    if input.store.is_some_and(|id| !book.stores.get(&id).is_some_and(|store| store.active)) {
        return invalid("store", "unknown_choice");
    }
    if input.open && input.types.is_empty() {
        return invalid("types", "missing");
    }
    let mut types = input.types;
    types.retain(|key| book.types.contains_key(key));
    types.sort_by_key(|key| book.types.get(key).map(|kind| kind.position));
    types.dedup();
    let mut routes = input.routes;
    routes.sort();
    routes.dedup();
    Ok(PublicForm {
        legal_name: line(&input.legal_name),
        address: input.address.trim().to_owned(),
        accent,
        privacy_url,
        sites,
        carrier_email,
        types,
        routes,
        ..input
    })
}

/// `#rrggbb`.
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Scheme, host and port of a page's address, as a browser writes an origin: it goes into a header.
fn origin(address: &str) -> Option<String> {
    let uri: http::Uri = address.parse().ok()?;
    let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'))?;
    let plain = authority.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b));
    plain.then(|| format!("{scheme}://{}", authority.as_str().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_origins_are_what_headers_can_hold() {
        assert!(is_colour("#15803d") && !is_colour("15803d") && !is_colour("#15803") && !is_colour("#15803g"));
        assert_eq!(origin("https://Shop.example/pages/returns?x=1").as_deref(), Some("https://shop.example"));
        assert_eq!(origin("http://127.0.0.1:4000").as_deref(), Some("http://127.0.0.1:4000"));
        for bad in ["shop.example", "javascript:alert(1)", "https://a@b.example", "https://a.example;x", "*", ""] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }
}
