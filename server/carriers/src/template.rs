//! Links to where a parcel is followed: `https://track.example/{waybill}`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;

const PLACE: &str = "{waybill}";

/// All but RFC 3986's unreserved characters, so that a waybill stays one segment, one value or one fragment.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An address with one place for a waybill, in its path, its query or its fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackingTemplate(String);

impl TrackingTemplate {
    /// # Errors
    /// The key of what is wrong: `not_a_url` (http and https alone, no credentials), `no_waybill` (not exactly one
    /// `{waybill}`), `waybill_in_host`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.matches(PLACE).count() != 1 {
            return Err("no_waybill");
        }
        let with = |waybill: &str| Url::parse(&text.replace(PLACE, waybill)).map_err(|_| "not_a_url");
        let (one, other) = (with("1")?, with("22")?);
        if !matches!(one.scheme(), "http" | "https") || !one.username().is_empty() || one.password().is_some() {
            return Err("not_a_url");
        }
        // The waybill comes from outside: it must not choose whose page people are sent to.
        if one.origin() != other.origin() || one.username() != other.username() {
            return Err("waybill_in_host");
        }
        Ok(Self(text.to_owned()))
    }

    /// `None` for a waybill that is empty or that no encoding keeps within its place: dots alone climb a path.
    pub fn link(&self, waybill: &str) -> Option<String> {
        let waybill = waybill.trim();
        if waybill.chars().all(|c| c == '.') {
            return None;
        }
        let encoded = utf8_percent_encode(waybill, RESERVED).to_string();
        Url::parse(&self.0.replace(PLACE, &encoded)).ok().map(String::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn template(text: &str) -> TrackingTemplate {
        TrackingTemplate::parse(text).expect("a template")
    }

    #[test]
    fn takes_addresses_alone() {
        for (text, key) in [
            ("https://track.example/", "no_waybill"),
            ("https://track.example/{waybill}/{waybill}", "no_waybill"),
            ("javascript:alert('{waybill}')", "not_a_url"),
            ("data:text/html,{waybill}", "not_a_url"),
            ("ftp://track.example/{waybill}", "not_a_url"),
            ("track.example/{waybill}", "not_a_url"),
            ("https://user:pass@track.example/{waybill}", "not_a_url"),
            ("https://{waybill}@track.example/", "not_a_url"),
            ("https://{waybill}.example/", "waybill_in_host"),
            ("https://track.example:{waybill}/", "waybill_in_host"),
        ] {
            assert_eq!(TrackingTemplate::parse(text), Err(key), "{text}");
        }
    }

    #[test]
    fn a_waybill_stays_in_its_place() {
        let path = template(" https://track.example/p/{waybill}?lang=nb ");
        assert_eq!(path.link("6201 / ż").as_deref(), Some("https://track.example/p/6201%20%2F%20%C5%BC?lang=nb"));
        assert_eq!(path.link("a?b=c&d#e").as_deref(), Some("https://track.example/p/a%3Fb%3Dc%26d%23e?lang=nb"));
        assert_eq!(path.link(".."), None);
        assert_eq!(path.link(" "), None);
    }

    proptest! {
        #[test]
        fn any_waybill_comes_back_whole(waybill in "\\PC{1,40}|[./%?#&@:\\\\ ]{1,9}") {
            let wanted = waybill.trim();
            let query = template("https://track.example/find?q={waybill}&lang=pl");
            let path = template("https://track.example/a/{waybill}/b");
            match (query.link(&waybill), path.link(&waybill)) {
                (Some(query), Some(path)) => {
                    let query = Url::parse(&query).expect("an address");
                    let pairs: Vec<(String, String)> = query.query_pairs().into_owned().collect();
                    prop_assert_eq!(pairs, [("q".to_owned(), wanted.to_owned()), ("lang".to_owned(), "pl".to_owned())]);
                    let path = Url::parse(&path).expect("an address");
                    prop_assert_eq!(path.host_str(), Some("track.example"));
                    let segments: Vec<&str> = path.path_segments().expect("segments").collect();
                    prop_assert_eq!(segments.len(), 3);
                    let decoded = percent_encoding::percent_decode_str(segments[1]).decode_utf8_lossy();
                    prop_assert_eq!(decoded.as_ref(), wanted);
                }
                (None, None) => prop_assert!(wanted.chars().all(|c| c == '.')),
                (query, path) => prop_assert!(false, "{query:?} {path:?}"),
            }
        }
    }
}
