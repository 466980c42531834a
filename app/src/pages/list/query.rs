//! A list's address: what can be shared, bookmarked and typed.

use super::slice;
use crate::backend::{ListKind, ListQuery, Second, Sort, Within};
use crate::urls;
use domain::column;
use domain::phase::Phase;
use form_urlencoded::{Serializer, parse};

/// In place of a handler: cases that nobody has.
pub const NOBODY: &str = "none";

pub const fn list_key(list: ListKind) -> &'static str {
    match list {
        ListKind::New => "new",
        ListKind::Mine => "mine",
        ListKind::Active => "active",
        ListKind::Archive => "archive",
        ListKind::All => "all",
    }
}

pub const fn sort_key(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "newest",
        Sort::Oldest => "oldest",
        Sort::Due => "due",
        Sort::Law => "law",
        Sort::Next => "next",
        Sort::Waiting => "waiting",
    }
}

/// Reads what stands behind the `?`. What is unknown or empty counts as not asked, so that an old link still shows a list;
/// `list` is the one meant where none is named.
pub fn read(list: ListKind, search: &str) -> ListQuery {
    let mut query = ListQuery { list, ..ListQuery::default() };
    for (key, value) in parse(search.trim_start_matches('?').as_bytes()) {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match &*key {
            "list" => {
                let lists = [ListKind::New, ListKind::Mine, ListKind::Active, ListKind::Archive, ListKind::All];
                query.list = lists.into_iter().find(|list| list_key(*list) == value).unwrap_or(query.list);
            }
            "store" => query.store = value.parse().ok(),
            "type" => query.type_key = value.parse().ok(),
            "phase" => query.phase = Phase::from_key(value),
            "handler" if value == NOBODY => query.nobody = true,
            "handler" => query.handler = value.parse().ok(),
            "older" => query.older_than = value.parse().ok(),
            "news" => query.news = value == "yes",
            "second" => query.second = Second::ALL.into_iter().find(|second| second.key() == value),
            "law" => query.law = within(value),
            "due" => query.due = within(value),
            "words" => query.words = value.to_owned(),
            "sort" => {
                let sorts = [Sort::Newest, Sort::Oldest, Sort::Due, Sort::Law, Sort::Next, Sort::Waiting];
                query.sort = sorts.into_iter().find(|sort| sort_key(*sort) == value).unwrap_or_default();
            }
            "view" => query.view = value.parse().ok(),
            "columns" => query.columns = Some(column::read(value)),
            "after" => query.after = Some(value.to_owned()),
            key => slice::read(&mut query.slice, key, value),
        }
    }
    // A number counts cases of every list.
    if !query.slice.is_empty() {
        query.list = ListKind::All;
    }
    query
}

fn within(key: &str) -> Option<Within> {
    Within::ALL.into_iter().find(|within| within.key() == key)
}

/// Everything of the query in one line, with the list's name; [`read`] reads it back.
pub fn write(query: &ListQuery) -> String {
    let mut pairs = Serializer::new(String::new());
    pairs.append_pair("list", list_key(query.list));
    append_rest(&mut pairs, query);
    pairs.finish()
}

/// The address of that page of that list.
pub fn address(query: &ListQuery) -> String {
    if query.list != ListKind::Archive {
        return format!("{}?{}", urls::CASES, write(query));
    }
    let mut pairs = Serializer::new(String::new());
    append_rest(&mut pairs, query);
    let rest = pairs.finish();
    if rest.is_empty() { urls::ARCHIVE.to_owned() } else { format!("{}?{rest}", urls::ARCHIVE) }
}

fn append_rest(pairs: &mut Serializer<'_, String>, query: &ListQuery) {
    let mut append = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            pairs.append_pair(key, &value);
        }
    };
    append("store", query.store.map(|id| id.to_string()));
    append("type", query.type_key.as_ref().map(ToString::to_string));
    append("phase", query.phase.map(|phase| phase.key().to_owned()));
    append("handler", if query.nobody { Some(NOBODY.to_owned()) } else { query.handler.map(|id| id.to_string()) });
    append("older", query.older_than.map(|days| days.to_string()));
    append("news", query.news.then(|| "yes".to_owned()));
    append("second", query.second.map(|second| second.key().to_owned()));
    append("law", query.law.map(|within| within.key().to_owned()));
    append("due", query.due.map(|within| within.key().to_owned()));
    append("words", (!query.words.is_empty()).then(|| query.words.clone()));
    append("sort", (query.sort != Sort::default()).then(|| sort_key(query.sort).to_owned()));
    append("view", query.view.map(|id| id.to_string()));
    append("columns", query.columns.as_deref().map(column::write));
    append("after", query.after.clone());
    for (key, value) in slice::pairs(&query.slice) {
        pairs.append_pair(key, &value);
    }
}

/// Nothing is asked beside the list itself: no filter, first page.
pub fn is_plain(query: &ListQuery) -> bool {
    let ListQuery { list, sort, view, .. } = *query;
    *query == ListQuery { list, sort, view, columns: query.columns.clone(), ..ListQuery::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{StaffId, StoreId, ViewId};
    use domain::statistics::Slice;
    use std::str::FromStr;

    const ID: &str = "8f2b1a44-5d0e-4b61-9c38-0f4d2f7a9b10";

    fn full(list: ListKind) -> ListQuery {
        ListQuery {
            list,
            store: StoreId::from_str(ID).ok(),
            type_key: "shoes".parse().ok(),
            phase: Some(Phase::WaitingSupplier),
            handler: StaffId::from_str(ID).ok(),
            nobody: false,
            older_than: Some(14),
            news: true,
            second: Some(Second::Back),
            law: Some(Within::Week),
            due: Some(Within::Today),
            words: "Łódź & sønn 100%25 +48?#".to_owned(),
            sort: Sort::Due,
            view: ViewId::from_str(ID).ok(),
            columns: Some(vec![column::Column::Number, column::Column::Price]),
            after: Some("1760000000000.ab/c=+ø".to_owned()),
            slice: Slice::default(),
        }
    }

    #[test]
    fn an_address_says_everything_and_is_read_back() {
        for list in [ListKind::New, ListKind::Mine, ListKind::Active, ListKind::Archive] {
            let nobodys = ListQuery { list, nobody: true, ..ListQuery::default() };
            for query in [full(list), nobodys, ListQuery { list, ..ListQuery::default() }] {
                assert_eq!(read(ListKind::New, &write(&query)), query);
                let address = address(&query);
                let (path, search) = address.split_once('?').unwrap_or((&address, ""));
                let meant = if path == urls::ARCHIVE { ListKind::Archive } else { ListKind::New };
                assert_eq!(read(meant, search), query, "{address}");
                assert!(address.is_ascii(), "{address}");
            }
        }
    }

    #[test]
    fn every_phase_can_be_asked_for() {
        for phase in Phase::ALL {
            let query = ListQuery { phase: Some(phase), ..ListQuery::default() };
            assert_eq!(read(ListKind::New, &write(&query)).phase, Some(phase));
        }
    }

    #[test]
    fn a_plain_form_and_an_old_link_do_no_harm() {
        let query = read(ListKind::Active, "?list=&store=&type=&phase=gone&older=many&words=+&sort=loud&page=7");
        assert_eq!(query, ListQuery { list: ListKind::Active, ..ListQuery::default() });
    }
}
