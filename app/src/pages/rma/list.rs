//! Returns in rows, with labels of those that are ticked.

use super::api::list_rmas;
use super::badge::RmaBadge;
use crate::backend::{RmaFilter, RmaList, RmaQuery, RmaView};
use crate::boot::use_locale;
use crate::ui::{Empty, ErrorView, Icon, LinkButton, Look, Pager, SelectField, Shown, Time, display};
use crate::urls;
use crate::wire::page_data;
use domain::Locale;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use texts::{rma, words};

/// As the address says it.
fn read(list: Option<String>, store: Option<String>, after: Option<String>) -> RmaQuery {
    RmaQuery {
        filter: list.as_deref().and_then(RmaFilter::from_key).unwrap_or_default(),
        store: store.and_then(|id| id.parse().ok()),
        after: after.filter(|after| !after.is_empty()),
    }
}

fn address(query: &RmaQuery) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    if query.filter != RmaFilter::default() {
        pairs.append_pair("list", query.filter.key());
    }
    if let Some(store) = query.store {
        pairs.append_pair("store", &store.to_string());
    }
    if let Some(after) = &query.after {
        pairs.append_pair("after", after);
    }
    let pairs = pairs.finish();
    if pairs.is_empty() { urls::RMAS.to_owned() } else { format!("{}?{pairs}", urls::RMAS) }
}

const fn filter_words(locale: Locale, filter: RmaFilter) -> &'static str {
    match filter {
        RmaFilter::Awaited => rma::awaited(locale),
        RmaFilter::Received => rma::received(locale),
        RmaFilter::Cancelled => rma::cancelled(locale),
    }
}

#[component]
pub fn RmasPage() -> impl IntoView {
    let locale = use_locale();
    let asked = use_query_map();
    let query = Memo::new(move |_| {
        let asked = asked.read();
        read(asked.get("list"), asked.get("store"), asked.get("after"))
    });
    let page = page_data(move || query.get(), list_rmas);
    view! {
        <Title text=rma::title(locale)/>
        <div class="page-head">
            <h1>{rma::title(locale)}</h1>
            <LinkButton href=urls::SCAN icon="scan" label=rma::scan(locale) look=Look::Primary/>
        </div>
        <Suspense>
            {move || Suspend::new(async move {
                let query = query.get_untracked();
                match page.await {
                    Ok(page) => view! { <List query page/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn List(query: RmaQuery, page: RmaList) -> impl IntoView {
    let locale = use_locale();
    let RmaList { rows, next, stores } = page;
    let many = stores.len() > 1;
    let tabs = RmaFilter::ALL
        .map(|filter| {
            let href = address(&RmaQuery { filter, store: query.store, after: None });
            view! {
                <a class="list-tab" href=href aria-current=(filter == query.filter).then_some("page")>
                    {filter_words(locale, filter)}
                </a>
            }
        })
        .collect_view();
    let options: Vec<_> = stores.into_iter().map(|store| (store.id.to_string(), store.name)).collect();
    let first = query.after.is_some().then(|| address(&RmaQuery { after: None, ..query.clone() }));
    let next = next.map(|after| address(&RmaQuery { after: Some(after), ..query.clone() }));
    let prints = query.filter == RmaFilter::Awaited;
    let empty = rows.is_empty();
    let lines = rows.into_iter().map(|row| view! { <Line rma=row many prints/> }).collect_view();
    view! {
        <nav class="list-tabs" aria-label=rma::title(locale)>
            {tabs}
        </nav>
        {many
            .then(|| {
                let store = query.store.map(|id| id.to_string()).unwrap_or_default();
                view! {
                    <form method="get" action=urls::RMAS class="rma-filter">
                        <input type="hidden" name="list" value=query.filter.key()/>
                        <SelectField
                            name="store"
                            label=rma::store(locale)
                            options
                            value=store
                            empty=rma::every_store(locale).to_owned()
                        />
                        <button class="button" type="submit">
                            <Icon name="filter"/>
                            <span>{rma::show(locale)}</span>
                        </button>
                    </form>
                }
            })}
        {match (empty, prints) {
            (true, _) => view! { <Nothing filter=query.filter/> }.into_any(),
            (false, false) => {
                view! {
                    <ul class="rma-list" role="list">
                        {lines}
                    </ul>
                }
                    .into_any()
            }
            (false, true) => {
                view! {
                    <form method="post" action=urls::LABELS class="rma-print">
                        <ul class="rma-list" role="list">
                            {lines}
                        </ul>
                        <div class="rma-print-bar">
                            <p class="soft small">{rma::print_help(locale)}</p>
                            <SelectField
                                name="paper"
                                label=rma::paper(locale)
                                options=[
                                    ("a6", rma::paper_a6(locale)),
                                    ("a4", rma::paper_a4(locale)),
                                    ("roll62", rma::paper_62(locale)),
                                    ("zpl", rma::paper_zpl(locale)),
                                ]
                                    .map(|(key, words)| (key.to_owned(), words.to_owned()))
                                    .to_vec()
                            />
                            <button class="button button-primary" type="submit">
                                <Icon name="print"/>
                                <span>{rma::print_labels(locale)}</span>
                            </button>
                        </div>
                    </form>
                }
                    .into_any()
            }
        }}
        <Pager first next/>
    }
    .into_any()
}

#[component]
fn Line(rma: RmaView, many: bool, prints: bool) -> impl IntoView {
    let locale = use_locale();
    let number = rma.number.to_string();
    let articles = rma.cases.iter().map(|(_, title)| title.clone()).collect::<Vec<_>>().join(", ");
    let carrier = [words::route(locale, rma.route), &rma.carrier, &rma.waybill];
    let carrier = carrier.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let place = rma.received.as_ref().map(|received| {
        let condition = words::condition(locale, received.condition);
        if received.place.is_empty() { condition.to_owned() } else { format!("{condition} · {}", received.place) }
    });
    view! {
        <li class="rma-line">
            {prints
                .then(|| {
                    view! {
                        <label class="rma-tick">
                            <input type="checkbox" name="number" value=number.clone()/>
                            <span class="visually-hidden">{texts::rma::select(locale, &number)}</span>
                        </label>
                    }
                })}
            <a class="rma-link" href=urls::rma(rma.number)>
                <span class="rma-words">
                    <strong class="rma-number">{number.clone()}</strong>
                    <span>{articles}</span>
                    <span class="soft small">
                        {carrier} {many.then(|| format!(" · {}", rma.store.name))}
                        {place.map(|place| format!(" · {place}"))}
                    </span>
                </span>
                <span class="rma-state">
                    <RmaBadge state=rma.state expired=rma.expired/>
                    {(!rma.fault.is_empty())
                        .then(|| {
                            view! {
                                <span class="badge badge-bad">
                                    <Icon name="warning"/>
                                    <span>{texts::rma::carrier(locale)}</span>
                                </span>
                            }
                        })}
                    <span class="soft small">
                        {match &rma.received {
                            Some(received) => view! { <Time at=received.at shown=Shown::Date/> }.into_any(),
                            None => {
                                format!("{} {}", texts::rma::valid_until(locale), display::date(locale, rma.valid_until))
                                    .into_any()
                            }
                        }}
                    </span>
                </span>
            </a>
        </li>
    }
    .into_any()
}

#[component]
fn Nothing(filter: RmaFilter) -> impl IntoView {
    let locale = use_locale();
    let (title, hint) = match filter {
        RmaFilter::Awaited => (rma::none_awaited(locale), rma::none_awaited_hint(locale)),
        RmaFilter::Received => (rma::none_here(locale), rma::none_here_hint(locale)),
        RmaFilter::Cancelled => (rma::none_here(locale), rma::none_cancelled_hint(locale)),
    };
    view! { <Empty icon="returns" title hint/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_written() {
        let store = Some("0b1c5e1e-0000-4000-8000-000000000000".parse().expect("an id"));
        for filter in RmaFilter::ALL {
            for after in [None, Some("17.x".to_owned())] {
                let query = RmaQuery { filter, store, after };
                let pairs: std::collections::BTreeMap<String, String> =
                    form_urlencoded::parse(address(&query).split_once('?').expect("a query").1.as_bytes())
                        .into_owned()
                        .collect();
                let of = |key: &str| pairs.get(key).cloned();
                assert_eq!(read(of("list"), of("store"), of("after")), query);
            }
        }
        assert_eq!(address(&RmaQuery::default()), urls::RMAS);
        assert_eq!(read(Some("?".into()), Some("x".into()), Some(String::new())), RmaQuery::default());
    }
}
