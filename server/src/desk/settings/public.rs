//! What customers meet, checked before it is kept.

use super::check::{email, line};
use crate::desk::book::Book;
use app::backend::PublicForm;
use app::error::{AppError, Result};
use domain::Localized;
use reqwest::Url;

/// Characters.
const LEGAL_NAME: usize = 200;
const ADDRESS: usize = 500;
const INTRO: usize = 1000;
const PRIVACY: usize = 4000;
const LINK: usize = 500;
/// All of them stand in a header of each page.
const SITES: usize = 50;
/// Two weeks: longer, and nobody knows any more what they confirm.
const CONFIRM_HOURS: std::ops::RangeInclusive<u16> = 1..=336;
const FEE_WARNING: usize = 1000;
const RMA_DAYS: std::ops::RangeInclusive<u16> = 1..=365;

/// The logo stays what it is: see [`super::logo`].
///
/// # Errors
/// `Invalid` with the input's name.
pub fn checked(input: PublicForm, book: &Book) -> Result<PublicForm> {
    let invalid = |field: &'static str, key: &'static str| Err(AppError::invalid(field, key));
    let accent = input.accent.trim().to_lowercase();
    if !accent.is_empty() && !is_colour(&accent) {
        return invalid("accent", "not_a_colour");
    }
    if !CONFIRM_HOURS.contains(&input.confirm_hours) {
        return invalid("confirm_hours", "not_hours");
    }
    if !RMA_DAYS.contains(&input.rma_days) {
        return invalid("rma_days", "not_days");
    }
    if input.store.is_some_and(|id| !book.stores.get(&id).is_some_and(|store| store.active)) {
        return invalid("store", "unknown_choice");
    }
    let mut types = input.types;
    types.retain(|key| book.types.contains_key(key));
    types.sort_by_key(|key| (book.types.get(key).map(|kind| kind.position), key.clone()));
    types.dedup();
    // One that is not in use is no offer; it stays chosen until it is used again.
    let offered = types.iter().any(|key| book.types.get(key).is_some_and(|kind| kind.active));
    if input.open && !offered {
        return invalid("types", "missing");
    }
    let mut routes = input.routes;
    routes.sort();
    routes.dedup();
    if input.open && routes.is_empty() {
        return invalid("routes", "missing");
    }
    Ok(PublicForm {
        open: input.open,
        legal_name: line(&input.legal_name, "legal_name", LEGAL_NAME)?,
        address: text(&input.address, "address", ADDRESS)?,
        accent,
        logo: book.public_form.logo,
        intro: localized(&input.intro, ["intro_en", "intro_nb", "intro_pl"], INTRO)?,
        privacy: localized(&input.privacy, ["privacy_en", "privacy_nb", "privacy_pl"], PRIVACY)?,
        privacy_url: privacy_url(&input.privacy_url)?,
        types,
        routes,
        store: input.store,
        sites: sites(&input.sites)?,
        confirm_hours: input.confirm_hours,
        rma_days: input.rma_days,
        fee_warning: localized(
            &input.fee_warning,
            ["fee_warning_en", "fee_warning_nb", "fee_warning_pl"],
            FEE_WARNING,
        )?,
        carrier_email: email(&input.carrier_email, "carrier_email")?,
    })
}

/// Several lines. Browsers end each with two characters; what no page shows is left out.
fn text(input: &str, field: &'static str, longest: usize) -> Result<String> {
    let text: String = input.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let text = text.trim().to_owned();
    if text.chars().count() > longest { Err(AppError::invalid(field, "text_too_long")) } else { Ok(text) }
}

fn localized(input: &Localized, fields: [&'static str; 3], longest: usize) -> Result<Localized> {
    let [en, nb, pl] = fields;
    Ok(Localized {
        en: text(&input.en, en, longest)?,
        nb: text(&input.nb, nb, longest)?,
        pl: text(&input.pl, pl, longest)?,
    })
}

/// Becomes a link that strangers follow.
fn privacy_url(input: &str) -> Result<String> {
    let input = input.trim();
    if input.is_empty() {
        return Ok(String::new());
    }
    let url = web_address(input).filter(|url| url.as_str().len() <= LINK);
    url.map(String::from).ok_or_else(|| AppError::invalid("privacy_url", "not_an_address"))
}

fn sites(input: &[String]) -> Result<Vec<String>> {
    let mut sites = Vec::new();
    for site in input.iter().map(|site| site.trim()).filter(|site| !site.is_empty()) {
        let origin = origin(site).ok_or_else(|| AppError::invalid("sites", "not_an_address"))?;
        if !sites.contains(&origin) {
            sites.push(origin);
        }
    }
    if sites.len() > SITES { Err(AppError::invalid("sites", "too_many_sites")) } else { Ok(sites) }
}

/// `#rrggbb`.
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn web_address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    plain.then_some(url)
}

/// Scheme, host and port of a page's address, as a browser writes an origin. It goes into a header, where a comma or a
/// semicolon, which hosts may have, would begin something else.
fn origin(address: &str) -> Option<String> {
    let origin = web_address(address)?.origin().ascii_serialization();
    let plain = origin.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:/[]".contains(&b));
    plain.then_some(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_origins_are_what_headers_can_hold() {
        assert!(is_colour("#15803d") && !is_colour("15803d") && !is_colour("#15803") && !is_colour("#15803g"));
        for (address, wanted) in [
            ("https://Shop.example/pages/returns?x=1", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000"),
            ("https://[::1]:8080/", "https://[::1]:8080"),
            ("https://sklep.łódź.example/zwroty", "https://sklep.xn--d-uga0v4h.example"),
        ] {
            assert_eq!(origin(address).as_deref(), Some(wanted));
        }
        for bad in [
            "shop.example",
            "javascript:alert(1)",
            "https://a@b.example",
            "https://a.example;x",
            "https://a.example,b.example",
            "https://'self'",
            "https://*.example",
            "*",
            "data:text/html,x",
            "",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
        // A line's end never comes through: what stands after it is no part of the host.
        assert_eq!(origin("https://a.example/\r\nSet-Cookie: x=1").as_deref(), Some("https://a.example"));
    }

    #[test]
    fn links_lead_to_pages() {
        assert_eq!(privacy_url(" https://shop.example/personvern "), Ok("https://shop.example/personvern".to_owned()));
        for bad in ["javascript:alert(1)", "//shop.example", "https://u:p@shop.example", "https://", "data:text/html,x"]
        {
            assert_eq!(privacy_url(bad), Err(AppError::invalid("privacy_url", "not_an_address")), "{bad}");
        }
    }
}
