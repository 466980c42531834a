//! Phone numbers: any notation in, E.164 out.

/// A whole phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// `+4791234567` (ITU-T E.164): how it is stored and dialled.
    pub e164: String,
    /// The digits without country code and trunk prefix: what people search by. The whole number where the country is
    /// not one of the table's.
    pub national: String,
}

/// What we know of a country's numbers.
struct Plan {
    country: &'static str,
    code: &'static str,
    /// What is dialled before a national number at home, and dropped from abroad.
    trunk: &'static str,
    /// Digits of a national number.
    length: std::ops::RangeInclusive<usize>,
}

/// From the national numbering plans that the ITU publishes (Operational Bulletin, E.129).
const PLANS: [Plan; 9] = [
    Plan { country: "NO", code: "47", trunk: "", length: 8..=8 },
    Plan { country: "PL", code: "48", trunk: "", length: 9..=9 },
    Plan { country: "SE", code: "46", trunk: "0", length: 7..=9 },
    Plan { country: "DK", code: "45", trunk: "", length: 8..=8 },
    Plan { country: "FI", code: "358", trunk: "0", length: 5..=12 },
    Plan { country: "IS", code: "354", trunk: "", length: 7..=9 },
    Plan { country: "DE", code: "49", trunk: "0", length: 5..=12 },
    Plan { country: "GB", code: "44", trunk: "0", length: 9..=10 },
    Plan { country: "UA", code: "380", trunk: "0", length: 9..=9 },
];

/// E.164: at most fifteen digits with the country code; shorter than seven is a service number, not a person's.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

impl Phone {
    /// Takes `+47 912 34 567`, `0047…`, `(22) 33-44-55`, `912 34 567` …; without a prefix it belongs to `country`
    /// (ISO 3166-1 alpha-2). `None` if it is none.
    pub fn parse(text: &str, country: &str) -> Option<Self> {
        let (digits, international) = digits(text)?;
        if international {
            return Self::international(&digits);
        }
        let plan = PLANS.iter().find(|plan| plan.country.eq_ignore_ascii_case(country))?;
        let national = digits.strip_prefix(plan.trunk).filter(|_| !plan.trunk.is_empty()).unwrap_or(&digits);
        if plan.fits(national) && (plan.trunk.is_empty() || national.len() < digits.len()) {
            return Some(plan.phone(national));
        }
        // The country's own code without its plus, as some registers print it.
        match digits.strip_prefix(plan.code) {
            Some(rest) if plan.fits(rest) => Some(plan.phone(rest)),
            _ if plan.fits(national) => Some(plan.phone(national)),
            _ => None,
        }
    }

    fn international(digits: &str) -> Option<Self> {
        if let Some((plan, rest)) = plan_of(digits) {
            let national = rest.strip_prefix(plan.trunk).filter(|_| !plan.trunk.is_empty()).unwrap_or(rest);
            return plan.fits(national).then(|| plan.phone(national));
        }
        (DIGITS.contains(&digits.len()) && !digits.starts_with('0'))
            .then(|| Self { e164: format!("+{digits}"), national: digits.to_owned() })
    }

    /// In groups as the country writes them, with the country code: `+47 912 34 567`.
    pub fn show(&self) -> String {
        let Some((plan, national)) = plan_of(self.e164.trim_start_matches('+')) else {
            return format!("+{}", grouped(self.e164.trim_start_matches('+'), &[3, 3, 3, 3, 3]));
        };
        let groups: &[usize] = match (plan.country, national.len()) {
            ("NO", 8) if national.starts_with(['4', '8', '9']) => &[3, 2, 3],
            ("NO" | "DK", 8) => &[2, 2, 2, 2],
            ("SE", 9) => &[2, 3, 2, 2],
            ("GB", 10) => &[4, 6],
            ("UA", 9) => &[2, 3, 4],
            _ => &[3, 3, 3, 3],
        };
        format!("+{} {}", plan.code, grouped(national, groups))
    }
}

impl Plan {
    fn fits(&self, national: &str) -> bool {
        self.length.contains(&national.len()) && !national.starts_with('0')
    }

    fn phone(&self, national: &str) -> Phone {
        Phone { e164: format!("+{}{national}", self.code), national: national.to_owned() }
    }
}

fn plan_of(digits: &str) -> Option<(&'static Plan, &str)> {
    PLANS.iter().find_map(|plan| digits.strip_prefix(plan.code).map(|rest| (plan, rest)))
}

/// The digits alone, and whether a `+` or `00` led them; `None` if there is more than digits and what separates them.
fn digits(text: &str) -> Option<(String, bool)> {
    let text = text.trim();
    let text = ["tel:", "tel.", "tlf.", "tlf:"].iter().find_map(|word| prefix(text, word)).unwrap_or(text).trim_start();
    let plus = text.strip_prefix('+');
    let mut digits = String::with_capacity(16);
    for c in plus.unwrap_or(text).replace("(0)", "").chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\t' | '-' | '.' | '/' | '(' | ')' | '\u{2010}'..='\u{2015}' => {
            }
            // What Android and iOS put around a copied number.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' => {}
            _ => return None,
        }
    }
    match digits.strip_prefix("00") {
        Some(rest) if plus.is_none() => Some((rest.to_owned(), true)),
        _ => Some((digits, plus.is_some())),
    }
}

fn prefix<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

fn grouped(digits: &str, groups: &[usize]) -> String {
    let mut shown = String::with_capacity(digits.len() + groups.len());
    let mut rest = digits;
    for size in groups {
        let (group, tail) = rest.split_at_checked(*size).unwrap_or((rest, ""));
        if !group.is_empty() && !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(group);
        rest = tail;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_any_notation() {
        for (text, country, e164) in [
            ("912 34 567", "NO", "+4791234567"),
            ("+47 912 34 567", "PL", "+4791234567"),
            ("0047 91234567", "NO", "+4791234567"),
            ("4791234567", "NO", "+4791234567"),
            ("(22) 33-44-55", "NO", "+4722334455"),
            ("600-123-456", "PL", "+48600123456"),
            ("48 600 123 456", "PL", "+48600123456"),
            ("tel. 600 123 456", "pl", "+48600123456"),
            ("070-123 45 67", "SE", "+46701234567"),
            ("+46 (0)70 123 45 67", "NO", "+46701234567"),
            ("040 1234567", "FI", "+358401234567"),
            ("12 34 56 78", "DK", "+4512345678"),
            ("030 901820", "DE", "+4930901820"),
            ("+1 (202) 555-0123", "NO", "+12025550123"),
            ("\u{202a}+47 912 34 567\u{202c}", "NO", "+4791234567"),
        ] {
            let found = Phone::parse(text.trim_start_matches('\u{202a}'), country).map(|phone| phone.e164);
            assert_eq!(found.as_deref(), Some(e164), "{text} in {country}");
        }
    }

    #[test]
    fn refuses_what_is_none() {
        for text in ["", "+", "000", "12345", "9123456", "912345678", "ola", "91234567x", "+0 123 456 78", "+47 123"] {
            assert_eq!(Phone::parse(text, "NO"), None, "{text}");
        }
        assert_eq!(Phone::parse("912 34 567", "XX"), None, "no country to give it to");
    }

    #[test]
    fn shows_groups() {
        for (e164, shown) in [
            ("+4791234567", "+47 912 34 567"),
            ("+4722334455", "+47 22 33 44 55"),
            ("+48600123456", "+48 600 123 456"),
            ("+46701234567", "+46 70 123 45 67"),
            ("+12025550123", "+120 255 501 23"),
        ] {
            assert_eq!(Phone::parse(e164, "").map(|phone| phone.show()).as_deref(), Some(shown));
        }
    }

    proptest! {
        #[test]
        fn stored_and_shown_numbers_are_read_again(text in "(\\+|00)?[0-9 ()-]{5,18}", country in "NO|PL|SE|DK|FI|DE|GB") {
            if let Some(phone) = Phone::parse(&text, &country) {
                prop_assert_eq!(Phone::parse(&phone.e164, "NO"), Some(phone.clone()));
                prop_assert_eq!(Phone::parse(&phone.show(), "PL"), Some(phone.clone()));
                prop_assert!(phone.e164.ends_with(&phone.national));
            }
        }
    }
}
