//! What narrows a list: a plain GET form, which sends itself where there is script.

use super::query;
use crate::backend::{ListKind, ListQuery, Named, Second, Sort, StaffRef, StoreRef, Within};
use crate::boot::use_locale;
use crate::ui::{Button, Icon};
use crate::urls;
use domain::Locale;
use domain::phase::Phase;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use texts::list;
use web_sys::{FormData, UrlSearchParams};

/// "At least so old", in days.
const AGES: [u16; 5] = [3, 7, 14, 30, 90];
const TYPING_PAUSE_MS: u32 = 300;

#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    pub stores: Vec<StoreRef>,
    pub types: Vec<Named>,
    pub handlers: Vec<StaffRef>,
}

type Options = Vec<(String, String)>;

#[component]
pub fn Filters(query: Memo<ListQuery>, choices: Memo<Choices>) -> impl IntoView {
    let locale = use_locale();
    let form = NodeRef::<html::Form>::new();
    let navigate = use_navigate();
    let typed = StoredValue::new(0_u32);
    let send = move |replace: bool| {
        let Some(form) = form.get_untracked() else { return };
        let Ok(data) = FormData::new_with_form(&form) else { return };
        let Ok(pairs) = UrlSearchParams::new_with_str_sequence_sequence(&data) else { return };
        let wanted = query::read(query.with_untracked(|query| query.list), &String::from(pairs.to_string()));
        if query.with_untracked(|query| *query != wanted) {
            navigate(
                &query::address(&wanted),
                NavigateOptions { replace, scroll: false, ..NavigateOptions::default() },
            );
        }
    };
    let send = StoredValue::new(send);
    let now = Callback::new(move |replace: bool| send.with_value(|send| send(replace)));
    let type_on = move |_| {
        typed.update_value(|typed| *typed += 1);
        let mine = typed.get_value();
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(TYPING_PAUSE_MS).await;
            if typed.try_get_value() == Some(mine) {
                now.run(true);
            }
        });
    };

    let kind = Memo::new(move |_| query.with(|query| query.list));
    // Of those that are folded away.
    let active = Memo::new(move |_| {
        let set =
            |q: &ListQuery| [q.older_than.is_some(), q.news, q.second.is_some(), q.law.is_some(), q.due.is_some()];
        query.with(set).into_iter().filter(|set| *set).count()
    });
    let stores = Memo::new(move |_| {
        choices.with(|c| c.stores.iter().map(|s| (s.id.to_string(), s.name.clone())).collect::<Options>())
    });
    let types = Memo::new(move |_| {
        choices.with(|c| c.types.iter().map(|t| (t.key.clone(), t.name.clone())).collect::<Options>())
    });
    let handlers = Memo::new(move |_| {
        let nobody = (query::NOBODY.to_owned(), list::nobodys(locale).to_owned());
        let all = choices.with(|c| c.handlers.iter().map(|h| (h.id.to_string(), h.name.clone())).collect::<Options>());
        std::iter::once(nobody).chain(all).collect::<Options>()
    });
    let phases = Memo::new(move |_| phases(locale, kind.get()));
    // What a list of all cases is asked for, the statistics know.
    let all = move || kind.get() == ListKind::All;
    let unless_all = move |options: Options| if all() { Vec::new() } else { options };
    let ages = Memo::new(move |_| {
        if all() {
            return Vec::new();
        }
        AGES.into_iter().map(|days| (days.to_string(), list::older(locale, i64::from(days)))).collect::<Options>()
    });
    let text = |value: Option<String>| value.unwrap_or_default();
    let action = move || if kind.get() == ListKind::Archive { urls::ARCHIVE } else { urls::CASES };
    view! {
        <form
            class="list-filters"
            method="get"
            action=action
            node_ref=form
            role="search"
            aria-label=list::filter(locale)
            on:submit=move |event| {
                event.prevent_default();
                now.run(false);
            }
        >
            <input type="hidden" name="list" value=move || query::list_key(kind.get())/>
            {move || {
                let (view, columns) = query.with(|q| (q.view, q.columns.as_deref().map(domain::column::write)));
                view! {
                    {view.map(|id| view! { <input type="hidden" name="view" value=id.to_string()/> })}
                    {columns.map(|columns| view! { <input type="hidden" name="columns" value=columns/> })}
                    {query
                        .with(|query| super::slice::pairs(&query.slice))
                        .into_iter()
                        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
                        .collect_view()}
                }
            }}
            <div class="list-words">
                <label class="visually-hidden" for="list-words">
                    {list::words(locale)}
                </label>
                <Icon name="filter"/>
                <input
                    class="input"
                    id="list-words"
                    type="search"
                    name="words"
                    placeholder=list::words(locale)
                    autocomplete="off"
                    value=query.with_untracked(|query| query.words.clone())
                    prop:value=move || query.with(|query| query.words.clone())
                    on:input=type_on
                />
            </div>
                <Choice
                    name="store"
                    label=list::store(locale)
                    empty=list::every_store(locale)
                    options=stores
                    least=2
                    value=Signal::derive(move || text(query.with(|q| q.store.map(|id| id.to_string()))))
                    main=true
                    now
                />
                <Choice
                    name="type"
                    label=list::type_of_complaint(locale)
                    empty=list::every_type(locale)
                    options=types
                    value=Signal::derive(move || text(query.with(|q| q.type_key.as_ref().map(ToString::to_string))))
                    main=true
                    now
                />
                <Choice
                    name="phase"
                    label=list::status(locale)
                    empty=list::every_status(locale)
                    options=phases
                    value=Signal::derive(move || text(query.with(|q| q.phase.map(|phase| phase.key().to_owned()))))
                    main=true
                    now
                />
                <Choice
                    name="handler"
                    label=list::handler(locale)
                    empty=list::every_handler(locale)
                    options=handlers
                    least=2
                    value=Signal::derive(move || {
                        query
                            .with(|q| {
                                if q.nobody {
                                    query::NOBODY.to_owned()
                                } else {
                                    text(q.handler.map(|id| id.to_string()))
                                }
                            })
                    })
                    main=true
                    now
                />
                <Choice
                    name="sort"
                    label=list::sort(locale)
                    options=Memo::new(move |_| {
                        let by_age = vec![
                            (query::sort_key(Sort::Newest).to_owned(), list::newest(locale).to_owned()),
                            (query::sort_key(Sort::Oldest).to_owned(), list::oldest(locale).to_owned()),
                        ];
                        if all() {
                            return by_age;
                        }
                        let by_day = [
                            (query::sort_key(Sort::Due).to_owned(), list::due_first(locale).to_owned()),
                            (query::sort_key(Sort::Law).to_owned(), list::law_first(locale).to_owned()),
                            (query::sort_key(Sort::Next).to_owned(), list::next_first(locale).to_owned()),
                            (query::sort_key(Sort::Waiting).to_owned(), list::waiting_first(locale).to_owned()),
                        ];
                        by_age.into_iter().chain(by_day).collect()
                    })
                    value=Signal::derive(move || query.with(|q| query::sort_key(q.sort).to_owned()))
                    main=true
                    now
                />
            <details class="list-more">
                <summary class="button">
                    <Icon name="filter"/>
                    <span>
                        {list::more_filters(locale)}
                        {move || {
                            let active = active.get();
                            (active > 0).then(|| format!(" ({active})"))
                        }}
                    </span>
                </summary>
                <div class="list-choices">
                    <Choice
                        name="older"
                        label=list::age(locale)
                        empty=list::any_age(locale)
                        options=ages
                        value=Signal::derive(move || text(query.with(|q| q.older_than.map(|days| days.to_string()))))
                        now
                    />
                    <Choice
                        name="news"
                        label=list::news(locale)
                        empty=list::any_news(locale)
                        options=Memo::new(move |_| unless_all(vec![("yes".to_owned(), list::news_yes(locale).to_owned())]))
                        value=Signal::derive(move || query.with(|q| if q.news { "yes".to_owned() } else { String::new() }))
                        now
                    />
                    <Choice
                        name="second"
                        label=list::second(locale)
                        empty=list::any_news(locale)
                        options=Memo::new(move |_| {
                            let words = |second| match second {
                                Second::Waits => list::proposed(locale),
                                Second::ForMe => list::second_for_me(locale),
                                Second::Back => list::second_back(locale),
                            };
                            Second::ALL.map(|second| (second.key().to_owned(), words(second).to_owned())).to_vec()
                        })
                        value=Signal::derive(move || text(query.with(|q| q.second.map(|second| second.key().to_owned()))))
                        now
                    />
                    <Choice
                        name="law"
                        label=list::law(locale)
                        empty=list::any_law(locale)
                        options=Memo::new(move |_| {
                            unless_all(vec![
                                (Within::Today.key().to_owned(), list::law_today(locale).to_owned()),
                                (Within::Week.key().to_owned(), list::law_week(locale).to_owned()),
                            ])
                        })
                        value=Signal::derive(move || text(query.with(|q| q.law.map(|within| within.key().to_owned()))))
                        now
                    />
                    <Choice
                        name="due"
                        label=list::asked(locale)
                        empty=list::any_asked(locale)
                        options=Memo::new(move |_| {
                            unless_all(vec![
                                (Within::Today.key().to_owned(), list::asked_today(locale).to_owned()),
                                (Within::Week.key().to_owned(), list::asked_week(locale).to_owned()),
                            ])
                        })
                        value=Signal::derive(move || text(query.with(|q| q.due.map(|within| within.key().to_owned()))))
                        now
                    />
                </div>
            </details>
            <span class="no-js">
                <Button label=list::apply(locale)/>
            </span>
            <a
                class="button button-quiet"
                href=move || query::address(&ListQuery { list: kind.get(), ..ListQuery::default() })
                hidden=move || query.with(query::is_plain)
            >
                <Icon name="cross"/>
                <span>{list::clear(locale)}</span>
            </a>
        </form>
    }
    .into_any()
}

fn phases(locale: Locale, kind: ListKind) -> Options {
    if kind == ListKind::New {
        return Vec::new();
    }
    Phase::ALL
        .into_iter()
        .filter(|phase| {
            matches!(kind, ListKind::Archive | ListKind::All) || !phase.is_closed() || *phase == Phase::Settled
        })
        .map(|phase| (phase.key().to_owned(), texts::phase::by_key(locale, phase.key()).unwrap_or_default().to_owned()))
        .collect()
}

/// A list to choose from, which goes where there is nothing to choose.
#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] empty: &'static str,
    options: Memo<Options>,
    #[prop(default = 1)] least: usize,
    value: Signal<String>,
    /// It stands in the open; its label is for those who hear it, since what is chosen says what it is.
    #[prop(optional)]
    main: bool,
    now: Callback<bool>,
) -> impl IntoView {
    let id = format!("list-{name}");
    view! {
        <div
            class="list-choice"
            class:list-main=main
            class:list-set=move || value.with(|value| !value.is_empty() && value != query::sort_key(Sort::default()))
            hidden=move || options.with(|options| options.len() < least)
        >
            <label for=id.clone() class:visually-hidden=main>
                {label}
            </label>
            <select
                class="input"
                id=id
                name=name
                prop:value=move || {
                    options.track();
                    value.get()
                }
                on:change=move |_| now.run(false)
            >
                {(!empty.is_empty()).then(|| view! { <option value="">{empty}</option> })}
                {move || {
                    let value = value.get_untracked();
                    options
                        .get()
                        .into_iter()
                        .map(|(key, words)| {
                            let selected = key == value;
                            view! {
                                <option value=key selected=selected>
                                    {words}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </div>
    }
    .into_any()
}
