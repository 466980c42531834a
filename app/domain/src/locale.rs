//! Languages of screens and letters.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A language that every string exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    /// Norwegian, bokmål.
    Nb,
    Pl,
}

/// A plural category of the Unicode CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    One,
    Few,
    Many,
}

impl Locale {
    pub const ALL: [Self; 3] = [Self::En, Self::Nb, Self::Pl];

    /// The BCP 47 tag, for `lang` attributes and file names.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nb => "nb",
            Self::Pl => "pl",
        }
    }

    /// The language's own name of itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Nb => "Norsk",
            Self::Pl => "Polski",
        }
    }

    /// Cardinal category after CLDR 46 (`en`, `nb`: one, other; `pl`: one, few, many). `Many` stands for CLDR's `other` too.
    pub const fn plural(self, n: i64) -> Plural {
        match self {
            Self::En | Self::Nb => {
                if n == 1 {
                    Plural::One
                } else {
                    Plural::Many
                }
            }
            Self::Pl => match (n, n % 10, n % 100) {
                (1, ..) => Plural::One,
                (_, _, 12..=14) => Plural::Many,
                (_, 2..=4, _) => Plural::Few,
                _ => Plural::Many,
            },
        }
    }

    /// The best of ours for an `Accept-Language` header (RFC 9110, 12.5.4); English where none is wanted.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best = (0.0_f32, Self::En);
        for item in accept_language.split(',').take(20) {
            let mut parts = item.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let weight =
                parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
            if let Ok(locale) = tag.parse::<Self>()
                && weight > best.0
            {
                best = (weight, locale);
            }
        }
        best.1
    }
}

/// Takes `nb-NO`, `no`, `nn`, `pl-PL`, `en-GB` …
impl FromStr for Locale {
    type Err = UnknownLocale;
    fn from_str(tag: &str) -> Result<Self, UnknownLocale> {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Ok(Self::En),
            "nb" | "no" | "nn" => Ok(Self::Nb),
            "pl" => Ok(Self::Pl),
            _ => Err(UnknownLocale),
        }
    }
}

/// A language that Redress does not speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a language that Redress does not speak; it has en, nb and pl")]
pub struct UnknownLocale;

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A text that an organisation, or we, give in each language: names of types, fields, reasons, outcomes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Localized {
    pub en: String,
    #[serde(default)]
    pub nb: String,
    #[serde(default)]
    pub pl: String,
}

impl Localized {
    pub fn new(en: &str, nb: &str, pl: &str) -> Self {
        Self { en: en.into(), nb: nb.into(), pl: pl.into() }
    }

    /// The text in that language, or in the first that has one.
    pub fn get(&self, locale: Locale) -> &str {
        let wanted = match locale {
            Locale::En => &self.en,
            Locale::Nb => &self.nb,
            Locale::Pl => &self.pl,
        };
        [wanted, &self.en, &self.nb, &self.pl].into_iter().find(|t| !t.is_empty()).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polish_counts_as_cldr_says() {
        let few: Vec<i64> = (0..130).filter(|n| Locale::Pl.plural(*n) == Plural::Few).collect();
        let expected: Vec<i64> =
            (0..130).filter(|n| (2..=4).contains(&(n % 10)) && !(12..=14).contains(&(n % 100))).collect();
        assert_eq!(few, expected);
        assert_eq!(Locale::Pl.plural(1), Plural::One);
        assert_eq!(Locale::Pl.plural(21), Plural::Many);
    }

    #[test]
    fn negotiates_by_weight() {
        assert_eq!(Locale::negotiate("de, pl;q=0.5, nn-NO;q=0.8"), Locale::Nb);
        assert_eq!(Locale::negotiate("de-DE"), Locale::En);
        assert_eq!(Locale::negotiate("pl;q=nonsense, nb"), Locale::Nb);
    }
}
