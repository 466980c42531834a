//! E-mail addresses: as strict as a typo needs, as lenient as RFC 6531 (non-ASCII names and domains) asks.

/// The address without what surrounds it, its domain in lower case; `None` if no mail could reach it or if it holds what
/// could end a header: spaces, controls, brackets, commas, quotes.
pub fn parse(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
    let (local, domain) = text.rsplit_once('@')?;
    let domain = domain.to_lowercase();
    // RFC 5321, 4.5.3.1: 64 octets, and 254 in all for the path of 256 with its brackets.
    let fits = (1..=64).contains(&local.len()) && local.len() + 1 + domain.len() <= 254;
    let local_fits = dotted(local).all(|atom| !atom.is_empty() && atom.chars().all(is_atom));
    (fits && local_fits && is_domain(&domain)).then(|| format!("{local}@{domain}"))
}

fn dotted(text: &str) -> impl Iterator<Item = &str> {
    text.split('.')
}

/// RFC 5322 `atext`, and letters of any script.
fn is_atom(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || is_letter(c)
}

/// A letter or digit beyond ASCII, or the accent that some keyboards send after one.
fn is_letter(c: char) -> bool {
    !c.is_ascii() && (c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c))
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || is_letter(c))
    };
    let Some((_, top)) = domain.rsplit_once('.') else { return false };
    dotted(domain).all(label) && top.chars().count() >= 2 && !top.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn takes_what_mail_reaches() {
        for (text, address) in [
            ("ola@example.no", "ola@example.no"),
            ("  Ola.Nordmann+sko@Example.NO ", "Ola.Nordmann+sko@example.no"),
            ("<ola@example.no>", "ola@example.no"),
            ("mailto:ola@example.no", "ola@example.no"),
            ("zażółć@gęśl.pl", "zażółć@gęśl.pl"),
            ("post@blåbær.no", "post@blåbær.no"),
            ("a@xn--blbr-roah.no", "a@xn--blbr-roah.no"),
            ("o'brien_x@a-b.co.uk", "o'brien_x@a-b.co.uk"),
        ] {
            assert_eq!(parse(text).as_deref(), Some(address), "{text:?}");
        }
    }

    #[test]
    fn refuses_what_it_does_not() {
        for text in [
            "",
            "ola",
            "@example.no",
            "ola@",
            "ola@example",
            "ola@.no",
            "ola@example..no",
            "ola nordmann@example.no",
            ".ola@example.no",
            "ola.@example.no",
            "o..a@example.no",
            "a@b@example.no",
            "ola@example.n",
            "ola@1.2.3.4",
            "ola@-example.no",
            "ola@example.no\r\nBcc: x@example.no",
            "ola@example.no,kari@example.no",
            "\"ola\"@example.no",
            "Ola <ola@example.no>",
            "ola@exa mple.no",
            "ola\u{0}@example.no",
            "ola\u{202e}@example.no",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
        assert_eq!(parse(&format!("{}@example.no", "a".repeat(65))), None);
        assert_eq!(parse(&format!("a@{}no", "abc.".repeat(70))), None);
    }

    proptest! {
        #[test]
        fn what_is_taken_is_taken_again(text in ".*|\\PC{1,20}@\\PC{1,20}\\.\\PC{2,9}") {
            if let Some(address) = parse(&text) {
                prop_assert!(!address.chars().any(|c| c.is_control() || c.is_whitespace() || "<>,;:\"()[]\\".contains(c)));
                prop_assert_eq!(parse(&address), Some(address.clone()));
            }
        }
    }
}
