//! Numbers in rows: each a link, with a bar beside it that repeats what the number says.

use super::parts::{Change, Number, percent};
use crate::backend::{AgeLine, CostLine, InTime, Line, StatisticsView};
use crate::boot::use_locale;
use domain::format;
use leptos::prelude::*;
use texts::statistics as words;

/// Its length says a part of the greatest; for the eye alone.
#[component]
pub fn Bar(n: u32, most: u32) -> impl IntoView {
    let width = if most == 0 { 0.0 } else { f64::from(n) * 100.0 / f64::from(most) };
    view! {
        <svg class="stats-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="stats-bar-fill" x="0" y="0" width=format!("{width:.2}") height="10"></rect>
        </svg>
    }
    .into_any()
}

/// A card of its own name, with a table.
#[component]
pub fn Card(id: &'static str, title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="card stats-card" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {children()}
        </section>
    }
    .into_any()
}

#[component]
fn Nothing() -> impl IntoView {
    view! { <p class="soft">{words::nothing(use_locale())}</p> }.into_any()
}

/// Causes, articles, brands: how many now and before.
#[component]
pub fn Lines(id: &'static str, title: &'static str, of: &'static str, lines: Vec<Line>) -> impl IntoView {
    let locale = use_locale();
    if lines.is_empty() {
        return view! { <Card id title><Nothing/></Card> }.into_any();
    }
    let most = lines.iter().map(|line| line.cases.now.n).max().unwrap_or_default();
    let rows = lines
        .into_iter()
        .map(|Line { name, detail, cases }| {
            let (now, before) = (cases.now.n, cases.before.n);
            let name = if name.is_empty() { words::none_noted(locale).to_owned() } else { name };
            view! {
                <tr>
                    <th scope="row">
                        <span>{name}</span>
                        {(!detail.is_empty()).then(|| view! { <span class="stats-detail">{detail}</span> })}
                    </th>
                    <td class="stats-with-bar">
                        <Number figure=cases.now/>
                        <Bar n=now most/>
                    </td>
                    <td>
                        <Number figure=cases.before/>
                    </td>
                    <td>
                        <Change now=i64::from(now) before=i64::from(before)/>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card id title>
            <Compared of>{rows}</Compared>
        </Card>
    }
    .into_any()
}

/// Rows of cases now, before, and the change, under their heads.
#[component]
pub fn Compared(of: &'static str, children: Children) -> impl IntoView {
    let locale = use_locale();
    view! {
        <table class="table stats-table">
            <thead>
                <tr>
                    <th scope="col">{of}</th>
                    <th scope="col">{words::cases(locale)}</th>
                    <th scope="col">{words::before(locale)}</th>
                    <th scope="col">{words::change(locale)}</th>
                </tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
pub fn Ages(ages: Vec<AgeLine>) -> impl IntoView {
    let locale = use_locale();
    let most = ages.iter().map(|age| age.cases.n).max().unwrap_or_default();
    let rows = ages
        .into_iter()
        .map(|AgeLine { from, until, cases }| {
            let name = match until {
                Some(until) => words::age(locale, &from.to_string(), &until.to_string()),
                None => words::age_over(locale, &from.to_string()),
            };
            let n = cases.n;
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="stats-with-bar">
                        <Number figure=cases/>
                        <Bar n most/>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card id="ages" title=words::open_ages(locale)>
            <table class="table stats-table">
                <thead>
                    <tr>
                        <th scope="col">{words::when(locale)}</th>
                        <th scope="col">{words::cases(locale)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Card>
    }
    .into_any()
}

#[component]
pub fn Time(view: StatisticsView) -> impl IntoView {
    let locale = use_locale();
    let days = move |name: &'static str, days: [Option<u16>; 2]| {
        let [now, before] = days.map(|days| match days {
            Some(days) => words::days(locale, i64::from(days)),
            None => "–".to_owned(),
        });
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{now}</td>
                <td>{before}</td>
            </tr>
        }
    };
    let kept = move |within: &'static str, past: &'static str, InTime { within: kept, past: missed, share }: InTime| {
        let [now, before] = share.map(|share| share.map(|share| percent(locale, i64::from(share))));
        let shown = |share: Option<String>| share.map(|share| view! { <span class="stats-share">{share}</span> });
        view! {
            <tr>
                <th scope="row">{within}</th>
                <td>
                    <Number figure=kept.now/>
                    {shown(now)}
                </td>
                <td>
                    <Number figure=kept.before/>
                    {shown(before)}
                </td>
            </tr>
            <tr>
                <th scope="row">{past}</th>
                <td>
                    <Number figure=missed.now/>
                </td>
                <td>
                    <Number figure=missed.before/>
                </td>
            </tr>
        }
    };
    view! {
        <Card id="time" title=words::time(locale)>
            <table class="table stats-table">
                <thead>
                    <tr>
                        <th scope="col">{words::measure(locale)}</th>
                        <th scope="col">{words::now(locale)}</th>
                        <th scope="col">{words::before(locale)}</th>
                    </tr>
                </thead>
                <tbody>
                    {days(words::median(locale), view.median)} {days(words::ninetieth(locale), view.ninetieth)}
                    {kept(words::in_law(locale), words::past_law(locale), view.law)}
                    {kept(words::in_target(locale), words::past_target(locale), view.target)}
                </tbody>
            </table>
        </Card>
    }
    .into_any()
}

#[component]
pub fn Outcomes(outcomes: Vec<CostLine>, currency: String) -> impl IntoView {
    let locale = use_locale();
    if outcomes.is_empty() {
        return view! { <Card id="outcomes" title=words::outcomes(locale)><Nothing/></Card> }.into_any();
    }
    let money = move |minor: i64| {
        if minor == 0 { "–".to_owned() } else { format::money(locale, minor, &currency) }
    };
    let credited = outcomes.iter().any(|line| line.credit != [0, 0]);
    let most = outcomes.iter().map(|line| line.cases.now.n).max().unwrap_or_default();
    let sum = |of: fn(&CostLine) -> i64| outcomes.iter().map(of).fold(0_i64, i64::saturating_add);
    let (cost, cost_before) = (sum(|line| line.cost[0]), sum(|line| line.cost[1]));
    let (credit, credit_before) = (sum(|line| line.credit[0]), sum(|line| line.credit[1]));
    let total = view! {
        <tr>
            <th scope="row">{words::total(locale)}</th>
            <td></td>
            <td></td>
            <td>{money(cost)}</td>
            <td>{money(cost_before)}</td>
            <td>
                <Change now=cost before=cost_before/>
            </td>
            {credited
                .then(|| {
                    view! {
                        <td>{money(credit)}</td>
                        <td>{money(credit_before)}</td>
                    }
                })}
        </tr>
    };
    let rows = outcomes
        .into_iter()
        .map(|CostLine { name, cases, cost, credit }| {
            let n = cases.now.n;
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="stats-with-bar">
                        <Number figure=cases.now/>
                        <Bar n most/>
                    </td>
                    <td>
                        <Number figure=cases.before/>
                    </td>
                    <td>{money(cost[0])}</td>
                    <td>{money(cost[1])}</td>
                    <td>
                        <Change now=cost[0] before=cost[1]/>
                    </td>
                    {credited
                        .then(|| {
                            view! {
                                <td>{money(credit[0])}</td>
                                <td>{money(credit[1])}</td>
                            }
                        })}
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card id="outcomes" title=words::outcomes(locale)>
            <div class="table-wrap" tabindex="0" role="group" aria-labelledby="outcomes">
                <table class="table stats-table">
                    <thead>
                        <tr>
                            <th scope="col">{words::outcome(locale)}</th>
                            <th scope="col">{words::cases(locale)}</th>
                            <th scope="col">{words::before(locale)}</th>
                            <th scope="col">{words::cost(locale)}</th>
                            <th scope="col">{words::before(locale)}</th>
                            <th scope="col">{words::change(locale)}</th>
                            {credited
                                .then(|| {
                                    view! {
                                        <th scope="col">{words::credit(locale)}</th>
                                        <th scope="col">{words::before(locale)}</th>
                                    }
                                })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>{total}</tfoot>
                </table>
            </div>
        </Card>
    }
    .into_any()
}
