//! The statistics' address: what can be shared, bookmarked and typed.

use crate::backend::StatisticsQuery;
use crate::urls;
use domain::id::{Key, StoreId};
use domain::statistics::Preset;
use form_urlencoded::{Serializer, parse};

/// Reads what stands behind the `?`. What is unknown or empty counts as not asked; dates are kept as they were typed.
pub fn read(search: &str) -> StatisticsQuery {
    let mut query = StatisticsQuery::default();
    for (key, value) in parse(search.trim_start_matches('?').as_bytes()) {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match &*key {
            "period" => query.preset = Preset::from_key(value).unwrap_or_default(),
            "from" => query.from = value.to_owned(),
            "until" => query.until = value.to_owned(),
            "store" => query.stores.extend(value.parse::<StoreId>().ok()),
            "type" => query.types.extend(value.parse::<Key>().ok()),
            "supplier" => query.suppliers.push(value.to_owned()),
            _ => {}
        }
    }
    query
}

/// [`read`] reads it back.
pub fn write(query: &StatisticsQuery) -> String {
    let mut pairs = Serializer::new(String::new());
    if query.preset != Preset::default() {
        pairs.append_pair("period", query.preset.key());
    }
    for (key, value) in [("from", &query.from), ("until", &query.until)] {
        if !value.is_empty() {
            pairs.append_pair(key, value);
        }
    }
    for store in &query.stores {
        pairs.append_pair("store", &store.to_string());
    }
    for kind in &query.types {
        pairs.append_pair("type", kind.as_str());
    }
    for supplier in &query.suppliers {
        pairs.append_pair("supplier", supplier);
    }
    pairs.finish()
}

fn with(path: &str, query: &StatisticsQuery) -> String {
    let pairs = write(query);
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{pairs}") }
}

pub fn address(query: &StatisticsQuery) -> String {
    with(urls::STATISTICS, query)
}

/// The same numbers as files: CSV and XLSX.
pub fn files(query: &StatisticsQuery) -> [String; 2] {
    [urls::STATISTICS_CSV, urls::STATISTICS_XLSX].map(|path| with(path, query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_written() {
        let query = StatisticsQuery {
            preset: Preset::ThisQuarter,
            from: "2026-01-01".to_owned(),
            until: "31.3.2026".to_owned(),
            stores: vec!["8f2b1a44-5d0e-4b61-9c38-0f4d2f7a9b10".parse().expect("an id")],
            types: vec!["shoes".parse().expect("a key")],
            suppliers: vec!["Nord & Søn".to_owned(), "Południe".to_owned()],
        };
        assert_eq!(read(&write(&query)), query);
        assert_eq!(address(&StatisticsQuery::default()), urls::STATISTICS);
        assert_eq!(read("?period=gone&store=x&type=&from=+"), StatisticsQuery::default());
    }
}
