//! Countries, currencies and time zones to choose from. The server takes any that exists; these are the ones near by, and
//! whatever is saved already.

/// ISO 3166-1 code and the country's own name of itself.
const COUNTRIES: [(&str, &str); 32] = [
    ("BE", "België · Belgique"),
    ("BG", "България"),
    ("CZ", "Česko"),
    ("DK", "Danmark"),
    ("DE", "Deutschland"),
    ("EE", "Eesti"),
    ("IE", "Éire · Ireland"),
    ("GR", "Ελλάδα"),
    ("ES", "España"),
    ("FR", "France"),
    ("FO", "Føroyar"),
    ("HR", "Hrvatska"),
    ("IS", "Ísland"),
    ("IT", "Italia"),
    ("CY", "Κύπρος"),
    ("LV", "Latvija"),
    ("LT", "Lietuva"),
    ("LU", "Luxembourg"),
    ("HU", "Magyarország"),
    ("MT", "Malta"),
    ("NL", "Nederland"),
    ("NO", "Norge"),
    ("AT", "Österreich"),
    ("PL", "Polska"),
    ("PT", "Portugal"),
    ("RO", "România"),
    ("CH", "Schweiz · Suisse · Svizzera"),
    ("SI", "Slovenija"),
    ("SK", "Slovensko"),
    ("FI", "Suomi · Finland"),
    ("SE", "Sverige"),
    ("GB", "United Kingdom"),
];

/// ISO 4217.
const CURRENCIES: [&str; 13] =
    ["NOK", "PLN", "EUR", "SEK", "DKK", "GBP", "CHF", "CZK", "HUF", "RON", "UAH", "USD", "CAD"];

/// IANA names.
const ZONES: [&str; 36] = [
    "Europe/Oslo",
    "Europe/Warsaw",
    "Europe/Stockholm",
    "Europe/Copenhagen",
    "Europe/Helsinki",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Bratislava",
    "Europe/Brussels",
    "Europe/Bucharest",
    "Europe/Budapest",
    "Europe/Dublin",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/Ljubljana",
    "Europe/Luxembourg",
    "Europe/Madrid",
    "Europe/Malta",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Riga",
    "Europe/Rome",
    "Europe/Sofia",
    "Europe/Tallinn",
    "Europe/Vienna",
    "Europe/Vilnius",
    "Europe/Zagreb",
    "Europe/Zurich",
    "Asia/Nicosia",
    "Atlantic/Faroe",
    "Atlantic/Reykjavik",
    "Arctic/Longyearbyen",
    "Atlantic/Canary",
    "UTC",
];

pub fn countries(saved: &str) -> Vec<(String, String)> {
    with(saved, COUNTRIES.map(|(code, name)| (code.to_owned(), name.to_owned())).to_vec())
}

pub fn currencies(saved: &str) -> Vec<(String, String)> {
    with(saved, CURRENCIES.map(|code| (code.to_owned(), code.to_owned())).to_vec())
}

pub fn zones(saved: &str) -> Vec<(String, String)> {
    with(saved, ZONES.map(|zone| (zone.to_owned(), zone.replace('_', " "))).to_vec())
}

fn with(saved: &str, mut known: Vec<(String, String)>) -> Vec<(String, String)> {
    if !saved.is_empty() && !known.iter().any(|(code, _)| code == saved) {
        known.insert(0, (saved.to_owned(), saved.to_owned()));
    }
    known
}
