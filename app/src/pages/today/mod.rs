//! The start page of those who handle cases: what the law and the targets ask for, what is new, which answers came.

mod api;

use crate::backend::{Today, TodayKind, TodaySection, Viewer, Visitor};
use crate::boot::{use_boot, use_locale};
use crate::pages::list::rows::Rows;
use crate::pages::list::{CasesPage, Here, count, decides, query};
use crate::ui::{Empty, ErrorView, Icon, LinkButton};
use crate::urls;
use crate::wire::page_data;
use domain::Locale;
use domain::role::{Right, Role};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use texts::today;

/// A clerk starts at the store's cases.
#[component]
pub fn HomePage() -> impl IntoView {
    match use_boot().visitor {
        Visitor::Staff(viewer) if viewer.may(Right::Handle) => view! { <TodayPage viewer/> }.into_any(),
        _ => view! { <CasesPage/> }.into_any(),
    }
}

#[component]
fn TodayPage(viewer: Viewer) -> impl IntoView {
    let locale = use_locale();
    let asked = use_query_map();
    // Whoever runs the whole looks at the whole, unless they say otherwise.
    let by_role = viewer.role == Role::Admin;
    let everybody = Memo::new(move |_| match asked.read().get("whose").as_deref() {
        Some("all") => true,
        Some("mine") => false,
        _ => by_role,
    });
    let page = page_data(move || everybody.get(), api::load_today);
    view! {
        <Title text=today::title(locale)/>
        <div class="today">
            <div class="page-head">
                <h1>{today::title(locale)}</h1>
                <nav class="today-whose" aria-label=today::whose(locale)>
                    {[(false, today::mine(locale)), (true, today::everybody(locale))]
                        .into_iter()
                        .map(|(all, words)| {
                            view! {
                                <a
                                    class="button button-quiet"
                                    href=urls::today(all)
                                    aria-current=move || (everybody.get() == all).then_some("true")
                                >
                                    {words}
                                </a>
                            }
                        })
                        .collect_view()}
                </nav>
            </div>
            <Transition fallback=move || {
                view! { <div class="list-loading" role="status">{texts::ui::loading(locale)}</div> }
            }>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Sections page/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

#[component]
fn Sections(page: Today) -> impl IntoView {
    let locale = use_locale();
    let Today { sections, everybody, many_stores, law, nobody, to_print } = page;
    if sections.iter().all(|section| section.rows.is_empty()) {
        let (title, href, words) = if everybody {
            (today::nothing(locale), "/cases?list=active", today::all_active(locale))
        } else {
            (today::nothing_of_yours(locale), "/?whose=all", today::everybody(locale))
        };
        return view! {
            {decides(locale, None, Here::default(), law, nobody)}
            {papers(locale, to_print)}
            <Empty icon="check" title hint=today::nothing_hint(locale)>
                <LinkButton href=href.to_owned() label=words icon="cases"/>
            </Empty>
        }
        .into_any();
    }
    view! {
        {decides(locale, None, Here::default(), law, nobody)}
        {papers(locale, to_print)}
        {sections.into_iter().map(|section| view! { <Section section many_stores/> }).collect_view()}
    }
    .into_any()
}

/// The way to the letters that nobody has handed over yet.
fn papers(locale: Locale, to_print: u32) -> Option<AnyView> {
    (to_print > 0).then(|| {
        view! {
            <nav class="list-laws" aria-label=texts::papers::title(locale)>
                <a class="list-law" href=urls::PAPERS rel="external">
                    <Icon name="print"/>
                    <span>{texts::papers::to_print(locale)}</span>
                    <span class="list-count">{count(to_print)}</span>
                </a>
            </nav>
        }
        .into_any()
    })
}

#[component]
fn Section(section: TodaySection, many_stores: bool) -> impl IntoView {
    let locale = use_locale();
    let TodaySection { kind, query, rows, more } = section;
    let (id, icon, title, none) = match kind {
        TodayKind::Due => ("today-due", "clock", today::due(locale), today::no_due(locale)),
        TodayKind::New => ("today-new", "new", today::new(locale), today::no_new(locale)),
        TodayKind::Answered => ("today-answered", "mail", today::answered(locale), today::no_answered(locale)),
        TodayKind::ToConfirm => ("today-to-confirm", "users", today::to_confirm(locale), ""),
        TodayKind::SentBack => ("today-sent-back", "undo", today::sent_back(locale), ""),
    };
    let count = if more { format!("{}+", rows.len()) } else { rows.len().to_string() };
    let within = query::write(&query);
    let whole = query::address(&query);
    let empty = rows.is_empty();
    view! {
        <section class="today-section" aria-labelledby=id>
            <div class="today-head">
                <h2 id=id>
                    <Icon name=icon/>
                    <span>{title}</span>
                    <span class="list-count">{count}</span>
                </h2>
                {(!empty)
                    .then(|| {
                        view! {
                            <a class="today-whole" href=whole>
                                {today::whole(locale)}
                                <Icon name="chevron_right"/>
                            </a>
                        }
                    })}
            </div>
            {if empty {
                view! { <p class="today-none">{none}</p> }.into_any()
            } else {
                view! { <Rows rows many_stores within/> }.into_any()
            }}
        </section>
    }
    .into_any()
}
