//! What a number of the statistics counts, in a list's address and above the list.

use super::query;
use crate::backend::ListQuery;
use crate::boot::use_locale;
use crate::ui::Icon;
use crate::urls;
use domain::decision::Verdict;
use domain::id::{Key, StoreId};
use domain::statistics::{Answered, Slice};
use leptos::prelude::*;
use texts::list;

/// Stands for "none noted", since an empty value asks for nothing.
const NONE: &str = "-";

fn noted(value: &str) -> String {
    if value == NONE { String::new() } else { value.to_owned() }
}

fn age(value: &str) -> Option<(u16, Option<u16>)> {
    let (from, until) = value.split_once('-')?;
    let until = if until.is_empty() { None } else { Some(until.parse().ok()?) };
    Some((from.parse().ok()?, until))
}

/// Takes one pair of an address; what is unknown counts as not asked.
pub fn read(slice: &mut Slice, key: &str, value: &str) {
    match key {
        "in_store" => slice.stores.extend(value.parse::<StoreId>().ok()),
        "of_type" => slice.types.extend(value.parse::<Key>().ok()),
        "supplier" => slice.suppliers.push(value.to_owned()),
        "registered" => slice.registered = value.parse().ok(),
        "decided" => slice.decided = value.parse().ok(),
        "settled" => slice.settled = value.parse().ok(),
        "open" => slice.open_on = value.parse().ok(),
        "age" => slice.age = age(value),
        "verdict" => slice.verdict = Verdict::from_key(value),
        "answered" => slice.answered = Answered::from_key(value),
        "outcome" => slice.outcome = Some(noted(value)),
        "cause" => slice.cause = Some(noted(value)),
        "brand" => slice.brand = Some(noted(value)),
        "article" => slice.article = Some(noted(value)),
        _ => {}
    }
}

/// The pairs that [`read`] reads back.
pub fn pairs(slice: &Slice) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    pairs.extend(slice.stores.iter().map(|id| ("in_store", id.to_string())));
    pairs.extend(slice.types.iter().map(|key| ("of_type", key.to_string())));
    pairs.extend(slice.suppliers.iter().map(|name| ("supplier", name.clone())));
    let noted = |value: &String| if value.is_empty() { NONE.to_owned() } else { value.clone() };
    let until = |until: Option<u16>| until.map(|days| days.to_string()).unwrap_or_default();
    let rest = [
        ("registered", slice.registered.map(|span| span.to_string())),
        ("decided", slice.decided.map(|span| span.to_string())),
        ("settled", slice.settled.map(|span| span.to_string())),
        ("open", slice.open_on.map(|day| day.to_string())),
        ("age", slice.age.map(|(from, last)| format!("{from}-{}", until(last)))),
        ("verdict", slice.verdict.map(|verdict| verdict.key().to_owned())),
        ("answered", slice.answered.map(|answered| answered.key().to_owned())),
        ("outcome", slice.outcome.as_ref().map(noted)),
        ("cause", slice.cause.as_ref().map(noted)),
        ("brand", slice.brand.as_ref().map(noted)),
        ("article", slice.article.as_ref().map(noted)),
    ];
    pairs.extend(rest.into_iter().filter_map(|(key, value)| Some((key, value?))));
    pairs
}

/// Which number one has come from, and the way back.
#[component]
pub fn Told(query: Memo<ListQuery>, told: Memo<Vec<String>>) -> impl IntoView {
    let locale = use_locale();
    move || {
        let told = told.get();
        (!told.is_empty()).then(|| {
            let parts = told.into_iter().map(|part| view! { <li>{part}</li> }).collect_view();
            let all = query.with(|query| query::address(&ListQuery { list: query.list, ..ListQuery::default() }));
            view! {
                <div class="list-slice">
                    <Icon name="statistics"/>
                    <ul role="list">{parts}</ul>
                    <a href=urls::STATISTICS rel=urls::rel(urls::STATISTICS)>
                        {texts::statistics::title(locale)}
                    </a>
                    <a href=all>{list::all(locale)}</a>
                </div>
            }
            .into_any()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::ListKind;

    #[test]
    fn an_address_holds_every_slice() {
        let span = Some("2026-01-01..2026-03-31".parse().expect("a span"));
        let full = Slice {
            stores: vec!["8f2b1a44-5d0e-4b61-9c38-0f4d2f7a9b10".parse().expect("an id")],
            types: vec!["shoes".parse().expect("a key"), "other".parse().expect("a key")],
            suppliers: vec!["Nord & Søn, 50%".to_owned()],
            registered: span,
            decided: span,
            settled: span,
            open_on: Some("2026-03-31".parse().expect("a date")),
            age: Some((8, Some(14))),
            verdict: Some(Verdict::Partly),
            answered: Some(Answered::PastLaw),
            outcome: Some("refund".to_owned()),
            cause: Some(String::new()),
            brand: Some("Løpa".to_owned()),
            article: Some("7020520001236".to_owned()),
        };
        for slice in
            [full.clone(), Slice { age: Some((91, None)), ..full }, Slice { registered: span, ..Slice::default() }]
        {
            let asked = ListQuery { list: ListKind::All, slice, ..ListQuery::default() };
            assert_eq!(query::read(ListKind::New, &query::write(&asked)), asked);
        }
        for (key, value) in [("registered", "x"), ("age", "x-3"), ("verdict", "?"), ("in_store", "1"), ("none", "1")] {
            let mut slice = Slice::default();
            read(&mut slice, key, value);
            assert!(slice.is_empty(), "{key}");
        }
    }
}
