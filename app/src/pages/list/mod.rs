//! The lists: new, mine, all active, archive. Each address can be shared.

mod api;
mod filters;
mod marked;
pub mod query;
pub mod rows;
mod slice;
mod views;

use crate::backend::{Counts, LawCounts, ListKind, ListPage, ListQuery, Sort, Submission, Visitor, Within};
use crate::boot::{use_boot, use_locale};
use crate::error::AppError;
use crate::retry::use_submission;
use crate::ui::{Empty, ErrorNotice, ErrorView, Icon, LinkButton, Look, Pager};
use crate::urls;
use crate::wire::page_data;
use domain::Locale;
use domain::id::StoreId;
use domain::role::{Right, Role};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;
use marked::Marking;
use rows::Rows;
use texts::list;
use views::{Chips, Tools};

#[component]
pub fn CasesPage() -> impl IntoView {
    view! { <List meant=home_list()/> }
}

#[component]
pub fn ArchivePage() -> impl IntoView {
    view! { <List meant=ListKind::Archive/> }
}

/// The list that is meant where none is named: what is new to those who handle it, all that is open to a clerk.
pub fn home_list() -> ListKind {
    match use_boot().visitor {
        Visitor::Staff(viewer) if viewer.role != Role::Clerk => ListKind::New,
        _ => ListKind::Active,
    }
}

#[component]
fn List(meant: ListKind) -> impl IntoView {
    let location = use_location();
    let query = Memo::new(move |before: Option<&ListQuery>| {
        let here = location.pathname.with(|path| [urls::HOME, urls::CASES, urls::ARCHIVE].contains(&path.as_str()));
        match before {
            // On the way to another page the list stays as it is.
            Some(before) if !here => before.clone(),
            _ => location.search.with(|search| query::read(meant, search)),
        }
    });
    // Read once; later pages are fetched below, so that nothing of the page is built anew while somebody uses it.
    let failed = use_submission();
    let first = page_data(|| (), move |()| api::list_cases(query::write(&query.get_untracked())));
    view! {
        <Suspense fallback=|| {
            view! {
                <div class="list-loading" role="status">
                    {texts::ui::loading(use_locale())}
                </div>
            }
        }>
            {move || Suspend::new(async move {
                let failed = failed.await;
                match first.await {
                    Ok(page) => {
                        let bare = location.pathname.get_untracked() == urls::CASES
                            && location.search.get_untracked().is_empty();
                        match page.views.iter().find(|view| bare && view.usual) {
                            Some(view) => view! { <Redirect path=view.address.clone()/> }.into_any(),
                            None => view! { <Loaded query page failed/> }.into_any(),
                        }
                    }
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Loaded(query: Memo<ListQuery>, page: ListPage, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let page = RwSignal::new(page);
    let error = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let asked = StoredValue::new(0_u32);
    let fetch = move |wanted: ListQuery| {
        asked.update_value(|asked| *asked += 1);
        let mine = asked.get_value();
        busy.set(true);
        spawn_local(async move {
            let answer = api::list_cases(query::write(&wanted)).await;
            if asked.try_get_value() != Some(mine) {
                return;
            }
            busy.set(false);
            match answer {
                Ok(next) => {
                    error.set(None);
                    page.set(next);
                }
                Err(fault) => error.set(Some(fault)),
            }
        });
    };
    Effect::watch(move || query.get(), move |wanted, _, _| fetch(wanted.clone()), false);

    let rows = Memo::new(move |_| page.with(|page| page.rows.clone()));
    let counts = Memo::new(move |_| page.with(|page| page.counts));
    let law = Memo::new(move |_| page.with(|page| page.law));
    let nobody = Memo::new(move |_| page.with(|page| page.nobody));
    let next = Memo::new(move |_| page.with(|page| page.next.clone()));
    let told = Memo::new(move |_| page.with(|page| page.told.clone()));
    let columns = Memo::new(move |_| page.with(|page| page.columns.clone()));
    let kept = Memo::new(move |_| page.with(|page| page.views.clone()));
    let wrong = failed.as_ref().and_then(Submission::fault);
    let choices = Memo::new(move |_| {
        page.with(|page| filters::Choices {
            stores: page.stores.clone(),
            types: page.types.clone(),
            handlers: page.handlers.clone(),
        })
    });
    let many_stores = Memo::new(move |_| choices.with(|choices| choices.stores.len() > 1));
    // The head of the document is written when the page's own values may be gone.
    let first_title = title(locale, query.with_untracked(|query| query.list));
    let title = move || query.try_with(|query| title(locale, query.list)).unwrap_or(first_title);
    view! {
        <Title text=title/>
        <div class="list">
            <div class="page-head">
                <h1>{title}</h1>
            </div>
            {wrong.map(|error| view! { <ErrorNotice error/> })}
            <Tabs query counts/>
            <Chips query views=kept/>
            {move || {
                let (store, here) = query
                    .with(|query| (query.store, Here { law: query.law, nobodys: query.nobody }));
                decides(locale, store, here, law.get(), nobody.get())
            }}
            <slice::Told query told/>
            <filters::Filters query choices/>
            <Tools query views=kept columns failed/>
            {move || error.get().map(|error| view! { <ErrorNotice error/> })}
            <div class="list-body" aria-busy=move || busy.get().to_string()>
                {move || {
                    let rows = rows.get();
                    if rows.is_empty() {
                        view! { <Nothing query=query.get()/> }.into_any()
                    } else {
                        let within = query.with(|query| query::write(&ListQuery { after: None, ..query.clone() }));
                        view! {
                            <Marking query counts>
                                <Rows rows many_stores=many_stores.get() within columns=columns.get() marks=true/>
                            </Marking>
                        }
                            .into_any()
                    }
                }}
            </div>
            {move || {
                let query = query.get();
                let first = query
                    .after
                    .is_some()
                    .then(|| query::address(&ListQuery { after: None, ..query.clone() }));
                let next = next.get().map(|after| query::address(&ListQuery { after: Some(after), ..query }));
                view! { <Pager first next/> }
            }}
        </div>
    }
    .into_any()
}

fn title(locale: Locale, kind: ListKind) -> &'static str {
    match kind {
        ListKind::New => list::new(locale),
        ListKind::Mine => list::mine(locale),
        ListKind::Active => list::active(locale),
        ListKind::Archive => list::archive(locale),
        ListKind::All => list::all(locale),
    }
}

/// How many, as far as they were counted.
pub fn count(count: u32) -> String {
    if count >= Counts::CAP { format!("{}+", Counts::CAP - 1) } else { count.to_string() }
}

#[component]
fn Tabs(query: Memo<ListQuery>, counts: Memo<Counts>) -> impl IntoView {
    let locale = use_locale();
    let handles = matches!(use_boot().visitor, Visitor::Staff(viewer) if viewer.may(Right::Handle));
    let kinds = [ListKind::New, ListKind::Mine, ListKind::Active, ListKind::Archive];
    view! {
        <nav class="list-tabs" aria-label=list::lists(locale)>
            {kinds
                .into_iter()
                .filter(|kind| handles || *kind != ListKind::Mine)
                .map(|kind| {
                    let href = move || {
                        let store = query.with(|query| query.store);
                        query::address(&ListQuery { list: kind, store, ..ListQuery::default() })
                    };
                    let number = move || {
                        let counts = counts.get();
                        count(
                            match kind {
                                ListKind::New => counts.new,
                                ListKind::Mine => counts.mine,
                                ListKind::Active => counts.active,
                                ListKind::Archive => counts.archive,
                                ListKind::All => 0,
                            },
                        )
                    };
                    let class = if kind == ListKind::New { "list-tab list-tab-new" } else { "list-tab" };
                    view! {
                        <a
                            class=class
                            href=href
                            aria-current=move || query.with(|query| query.list == kind).then_some("page")
                        >
                            <span>{title(locale, kind)}</span>
                            <span class="list-count">{number}</span>
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
    .into_any()
}

/// Which of the lists that press one is in.
#[derive(Clone, Copy, Default)]
pub struct Here {
    pub law: Option<Within>,
    pub nobodys: bool,
}

/// What the law decides next and what nobody has, whatever list one is in: the way there from the start page. Nothing where
/// nothing presses.
pub fn decides(locale: Locale, store: Option<StoreId>, here: Here, law: LawCounts, nobody: u32) -> Option<AnyView> {
    let link = move |within: Within, number: u32| {
        let wanted =
            ListQuery { list: ListKind::Active, store, law: Some(within), sort: Sort::Law, ..ListQuery::default() };
        let words = match within {
            Within::Today => list::law_today(locale),
            Within::Week => list::law_week(locale),
        };
        let class = if within == Within::Today { "list-law list-law-today" } else { "list-law" };
        view! {
            <a class=class href=query::address(&wanted) aria-current=(here.law == Some(within)).then_some("page")>
                <Icon name="law"/>
                <span>{words}</span>
                <span class="list-count">{count(number)}</span>
            </a>
        }
    };
    let nobodys = move || {
        let wanted = ListQuery { list: ListKind::Active, store, nobody: true, ..ListQuery::default() };
        view! {
            <a class="list-law list-law-today" href=query::address(&wanted) aria-current=here.nobodys.then_some("page")>
                <Icon name="warning"/>
                <span>{list::nobodys(locale)}</span>
                <span class="list-count">{count(nobody)}</span>
            </a>
        }
        .into_any()
    };
    let of_law = move || {
        view! {
            {link(Within::Today, law.today)}
            {link(Within::Week, law.week)}
        }
        .into_any()
    };
    (law.week > 0 || nobody > 0).then(|| {
        view! {
            <nav class="list-laws" aria-label=list::pressing(locale)>
                {(law.week > 0).then(of_law)} {(nobody > 0).then(nobodys)}
            </nav>
        }
        .into_any()
    })
}

/// An empty list says what to do.
#[component]
fn Nothing(query: ListQuery) -> impl IntoView {
    let locale = use_locale();
    if !query::is_plain(&query) {
        let all = query::address(&ListQuery { list: query.list, ..ListQuery::default() });
        return view! {
            <Empty icon="filter" title=list::none_fit(locale) hint=list::none_fit_hint(locale)>
                <LinkButton href=all.clone() label=list::clear(locale) icon="cross"/>
            </Empty>
        }
        .into_any();
    }
    let (icon, title, hint) = match query.list {
        ListKind::New => ("check", list::no_new(locale), list::no_new_hint(locale)),
        ListKind::Mine => ("mine", list::no_mine(locale), list::no_mine_hint(locale)),
        ListKind::Active => ("cases", list::no_active(locale), list::no_active_hint(locale)),
        ListKind::Archive => ("archive", list::no_archive(locale), list::no_archive_hint(locale)),
        ListKind::All => ("cases", list::none_fit(locale), list::none_fit_hint(locale)),
    };
    view! {
        <Empty icon title hint>
            {match query.list {
                ListKind::Active => {
                    view! {
                        <LinkButton href=urls::NEW_CASE label=list::create(locale) icon="plus" look=Look::Primary/>
                    }
                        .into_any()
                }
                ListKind::Mine => {
                    let href = query::address(&ListQuery::default());
                    view! { <LinkButton href label=list::new(locale) icon="new"/> }.into_any()
                }
                ListKind::New | ListKind::Archive | ListKind::All => ().into_any(),
            }}
        </Empty>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{Counts, count};

    #[test]
    fn what_was_not_counted_to_the_end_says_so() {
        assert_eq!(count(0), "0");
        assert_eq!(count(Counts::CAP - 1), "999");
        assert_eq!(count(Counts::CAP), "999+");
    }
}
