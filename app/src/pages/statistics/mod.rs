//! Statistics: numbers as charts and as tables, each leading to its cases. A page that the server alone makes.

mod api;
mod charts;
mod filters;
mod parts;
mod query;
mod tables;

pub use query::read;

use crate::backend::{StatisticsQuery, StatisticsView};
use crate::boot::use_locale;
use crate::ui::{Empty, ErrorView, Icon, display};
use crate::wire::page_data;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use texts::statistics as words;

#[component]
pub fn StatisticsPage() -> impl IntoView {
    let locale = use_locale();
    let location = use_location();
    let query = Memo::new(move |_| location.search.with(|search| query::read(search)));
    let view = page_data(move || query.with(query::write), api::load_statistics);
    view! {
        <Title text=words::title(locale)/>
        <Suspense>
            {move || Suspend::new(async move {
                let query = query.get_untracked();
                match view.await {
                    Ok(view) => view! { <Statistics query view/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Statistics(query: StatisticsQuery, view: StatisticsView) -> impl IntoView {
    let locale = use_locale();
    let day = |date| display::date(locale, date);
    let compared = words::compared(
        locale,
        &day(view.span.from),
        &day(view.span.until),
        &day(view.before.from),
        &day(view.before.until),
    );
    // As it is shown: dates that were no dates are not handed on.
    let shown = match view.wrong {
        Some(_) => StatisticsQuery { from: String::new(), until: String::new(), ..query.clone() },
        None => query.clone(),
    };
    let [csv, xlsx] = query::files(&shown);
    let empty = view.figures().iter().all(|figure| figure.n == 0);
    let StatisticsView { course, grain, ages, causes, outcomes, articles, brands, currency, verdicts, .. } =
        view.clone();
    view! {
        <div class="stats">
            <div class="page-head">
                <h1>{words::title(locale)}</h1>
                <div class="row no-print">
                    <a class="button" href=csv rel="external" download="" aria-label=words::csv(locale)>
                        <Icon name="download"/>
                        <span>"CSV"</span>
                    </a>
                    <a class="button" href=xlsx rel="external" download="" aria-label=words::xlsx(locale)>
                        <Icon name="download"/>
                        <span>"Excel"</span>
                    </a>
                </div>
            </div>
            <filters::Filters query view=view.clone()/>
            <p class="stats-period" role="status">
                {compared}
            </p>
            {if empty {
                view! { <Empty icon="statistics" title=words::nothing(locale) hint=words::nothing_hint(locale)/> }
                    .into_any()
            } else {
                view! {
                    <parts::Tiles view=view.clone()/>
                    <charts::Course course grain/>
                    <div class="stats-grid">
                        <tables::Time view/>
                        <tables::Ages ages/>
                        <charts::Decisions verdicts/>
                        <tables::Lines id="causes" title=words::causes(locale) of=words::cause(locale) lines=causes/>
                    </div>
                    <tables::Outcomes outcomes currency/>
                    <div class="stats-grid">
                        <tables::Lines id="articles" title=words::articles(locale) of=words::article(locale) lines=articles/>
                        <tables::Lines id="brands" title=words::brands(locale) of=words::brand(locale) lines=brands/>
                    </div>
                }
                    .into_any()
            }}
        </div>
    }
    .into_any()
}
