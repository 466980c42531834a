//! Numbers and how they have changed, as every table and chart of the page shows them.

use crate::backend::{Figure, ListKind, ListQuery, Pair, StatisticsView};
use crate::boot::use_locale;
use crate::pages::list::query;
use domain::{Locale, format};
use leptos::prelude::*;
use texts::statistics as words;

/// The list of a number's cases.
pub fn address(figure: &Figure) -> String {
    query::address(&ListQuery { list: ListKind::All, slice: figure.slice.clone(), ..ListQuery::default() })
}

/// A number that leads to its cases; none leads nowhere.
#[component]
pub fn Number(figure: Figure) -> impl IntoView {
    let shown = format::count(use_locale(), i64::from(figure.n));
    if figure.n == 0 {
        return view! { <span class="stats-none">{shown}</span> }.into_any();
    }
    view! {
        <a class="stats-number" href=address(&figure)>
            {shown}
        </a>
    }
    .into_any()
}

/// `37.5 %` of thousandths, in the locale's way.
pub fn percent(locale: Locale, thousandths: i64) -> String {
    let number = format::number(locale, thousandths, 1, "");
    if locale == Locale::En { format!("{number}%") } else { format!("{number}\u{a0}%") }
}

/// How much more or less than before; `None` where nothing can be compared.
pub fn change(locale: Locale, now: i64, before: i64) -> Option<String> {
    if before == 0 {
        return (now != 0).then(|| words::new_here(locale).to_owned());
    }
    let hundredths = (now - before).saturating_mul(100);
    // Rounded to whole per cent, half away from zero.
    let percent = (hundredths.abs() + before.abs() / 2) / before.abs();
    let sign = match (percent, hundredths) {
        (0, _) => "±",
        (_, 1..) => "+",
        _ => "\u{2212}",
    };
    let space = if locale == Locale::En { "" } else { "\u{a0}" };
    Some(format!("{sign}{}{space}%", format::count(locale, percent)))
}

#[component]
pub fn Change(now: i64, before: i64) -> impl IntoView {
    let words = change(use_locale(), now, before);
    let arrow = match now.cmp(&before) {
        std::cmp::Ordering::Greater => "▲",
        std::cmp::Ordering::Less => "▼",
        std::cmp::Ordering::Equal => "",
    };
    match words {
        None => view! { <span class="stats-none">"–"</span> }.into_any(),
        Some(words) => view! {
            <span class="stats-change">
                <span aria-hidden="true" class="stats-arrow">
                    {arrow}
                </span>
                {words}
            </span>
        }
        .into_any(),
    }
}

/// What matters most, large.
#[component]
pub fn Tiles(view: StatisticsView) -> impl IntoView {
    let locale = use_locale();
    let days = |days: Option<u16>| days.map_or_else(|| "–".to_owned(), |days| words::days(locale, i64::from(days)));
    let share = |share: Option<u32>| share.map_or_else(|| "–".to_owned(), |share| percent(locale, i64::from(share)));
    view! {
        <ul class="stats-tiles" role="list">
            <Tile name=words::registered(locale) pair=view.registered/>
            <Tile name=words::decided(locale) pair=view.decided/>
            <Tile name=words::settled(locale) pair=view.settled/>
            <Tile name=words::open_at_end(locale) pair=view.open/>
            <li class="stats-tile">
                <span class="stats-name">{words::median(locale)}</span>
                <strong class="stats-large">{days(view.median[0])}</strong>
                <span class="stats-then">{words::before(locale)} ": " {days(view.median[1])}</span>
            </li>
            <li class="stats-tile">
                <span class="stats-name">{words::in_law(locale)}</span>
                <strong class="stats-large">{share(view.law.share[0])}</strong>
                <span class="stats-then">{words::before(locale)} ": " {share(view.law.share[1])}</span>
            </li>
        </ul>
    }
    .into_any()
}

#[component]
fn Tile(name: &'static str, pair: Pair) -> impl IntoView {
    let locale = use_locale();
    let (now, before) = (i64::from(pair.now.n), i64::from(pair.before.n));
    view! {
        <li class="stats-tile">
            <span class="stats-name">{name}</span>
            <strong class="stats-large">
                <Number figure=pair.now/>
            </strong>
            <span class="stats-then">
                <Change now before/>
                <span>{words::before(locale)} ": " <Number figure=pair.before/></span>
            </span>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_whole_per_cent() {
        for (now, before, expected) in [
            (120, 100, Some("+20%")),
            (80, 100, Some("\u{2212}20%")),
            (100, 100, Some("±0%")),
            (1001, 1000, Some("±0%")),
            (15, 10, Some("+50%")),
            (5, 0, Some("new")),
            (0, 0, None),
            (0, 4, Some("\u{2212}100%")),
        ] {
            assert_eq!(change(Locale::En, now, before).as_deref(), expected, "{now} {before}");
        }
        assert_eq!(change(Locale::Nb, 12_500, 100).as_deref(), Some("+12\u{a0}400\u{a0}%"));
        assert_eq!(percent(Locale::Pl, 375), "37,5\u{a0}%");
        assert_eq!(percent(Locale::En, 1000), "100%");
    }
}
