//! How many cases, and why: beforehand and afterwards, each line with the first of its cases.

use crate::backend::{BulkView, Tally};
use crate::boot::use_locale;
use crate::ui::{Button, Icon, Look, SelectField};
use crate::urls;
use domain::Locale;
use domain::bulk::{Hindrance, ItemState};
use domain::number::Number;
use leptos::prelude::*;
use texts::{bulk as words, rma};

/// Labels of one print.
const PRINT: usize = 100;

#[component]
pub fn Preview(tallies: Vec<Tally>) -> impl IntoView {
    let locale = use_locale();
    let none = !tallies.iter().any(|tally| tally.state == ItemState::Ready);
    view! {
        {none.then(|| view! { <p>{words::nothing_to_do(locale)}</p> })}
        {part(locale, &tallies, ItemState::Ready, "check", words::will)}
        {part(locale, &tallies, ItemState::Refused, "minus", words::wont)}
    }
    .into_any()
}

#[component]
pub fn Outcome(tallies: Vec<Tally>) -> impl IntoView {
    let locale = use_locale();
    view! {
        {part(locale, &tallies, ItemState::Done, "check", words::done)}
        {part(locale, &tallies, ItemState::Undone, "undo", words::undone)}
        {part(locale, &tallies, ItemState::Kept, "warning", words::kept)}
        {part(locale, &tallies, ItemState::Refused, "minus", words::refused)}
        {part(locale, &tallies, ItemState::Ready, "minus", words::left)}
    }
    .into_any()
}

fn part(
    locale: Locale,
    tallies: &[Tally],
    state: ItemState,
    icon: &'static str,
    title: fn(Locale, i64) -> String,
) -> Option<AnyView> {
    let lines: Vec<Tally> = tallies.iter().filter(|tally| tally.state == state).cloned().collect();
    let cases: u32 = lines.iter().map(|tally| tally.cases).sum();
    if cases == 0 {
        return None;
    }
    let lines = lines
        .into_iter()
        .map(|tally| {
            let why = tally.hindrance.map(|why| {
                let name = texts::words::hindrance(locale, why);
                view! { <strong>{format!("{name}: {}", tally.cases)}</strong> }
            });
            let named = u32::try_from(tally.samples.len()).unwrap_or(u32::MAX);
            let more = tally.cases.saturating_sub(named);
            view! {
                <li>
                    {why} <ul class="bulk-samples">{tally.samples.into_iter().map(sample).collect_view()}</ul>
                    {(more > 0 && named > 0)
                        .then(|| view! { <p class="soft small">{words::and_more(locale, i64::from(more))}</p> })}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <div class="bulk-part" data-state=state.key()>
                <h3>
                    <Icon name=icon/>
                    {title(locale, i64::from(cases))}
                </h3>
                <ul class="bulk-lines" role="list">
                    {lines}
                </ul>
            </div>
        }
        .into_any(),
    )
}

fn sample((number, title): (Number, String)) -> impl IntoView {
    view! {
        <li>
            <a class="bulk-number" href=urls::case(number)>
                {number.to_string()}
            </a>
            " "
            {title}
        </li>
    }
}

/// The goods' own labels, and those of the returns among them.
#[component]
pub fn Labels(run: BulkView) -> impl IntoView {
    let locale = use_locale();
    let goods = [
        ("a4", words::paper_a4_goods(locale)),
        ("roll62", rma::paper_62(locale)),
        ("a6", rma::paper_a6(locale)),
        ("zpl", rma::paper_zpl(locale)),
    ];
    let parcels = [
        ("a6", rma::paper_a6(locale)),
        ("a4", rma::paper_a4(locale)),
        ("roll62", rma::paper_62(locale)),
        ("zpl", rma::paper_zpl(locale)),
    ];
    let refused =
        run.tallies.iter().filter(|tally| tally.hindrance != Some(Hindrance::NoLabel)).cloned().collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="bulk-goods">
            <h2 id="bulk-goods">{words::goods_labels(locale)}</h2>
            <p class="soft">{words::goods_labels_help(locale)}</p>
            {prints(locale, "goods", "get", urls::GOODS_LABELS, &run.goods, &goods)}
            {part(locale, &refused, ItemState::Refused, "minus", words::wont)}
        </section>
        <section class="card" aria-labelledby="bulk-preview">
            <h2 id="bulk-preview">{words::return_labels(locale)}</h2>
            {part(locale, &run.tallies, ItemState::Ready, "check", words::will_print)}
            {part(locale, &run.tallies, ItemState::Refused, "minus", words::without_return)}
            {prints(locale, "parcel", "post", urls::LABELS, &run.labels, &parcels)}
        </section>
    }
    .into_any()
}

/// As many prints as are needed: each is a page of its own, which the browser prints.
fn prints(
    locale: Locale,
    id: &'static str,
    method: &'static str,
    action: &'static str,
    numbers: &[Number],
    papers: &[(&str, &str)],
) -> AnyView {
    let print = |(at, numbers): (usize, &[Number])| {
        let label = words::print(locale, i64::try_from(numbers.len()).unwrap_or_default());
        let numbers = numbers
            .iter()
            .map(|number| view! { <input type="hidden" name="number" value=number.to_string()/> })
            .collect_view();
        let options = papers.iter().map(|(key, words)| ((*key).to_owned(), (*words).to_owned())).collect::<Vec<_>>();
        view! {
            <form class="form bulk-print" method=method action=action>
                {numbers}
                <SelectField name="paper" id=format!("paper-{id}-{at}") label=rma::paper(locale) options/>
                <Button label icon="print" look=Look::Primary/>
            </form>
        }
    };
    numbers.chunks(PRINT).enumerate().map(print).collect_view().into_any()
}
