//! Charts as drawings that the server makes: named and described for whoever does not see them, with their table beside
//! them. Lines differ by mark and dash, parts by pattern; colour only helps.

use super::parts::{Number, change, percent};
use super::tables::{Card, Compared};
use crate::backend::{Pair, Point};
use crate::boot::use_locale;
use domain::decision::Verdict;
use domain::statistics::{Grain, Span};
use domain::{Locale, format};
use leptos::prelude::*;
use std::fmt::Write;
use texts::statistics as words;

/// How wide and high a drawing is, and how many words its foot has room for.
#[derive(Clone, Copy)]
struct Frame {
    width: f64,
    height: f64,
    labels: usize,
}

const WIDE: Frame = Frame { width: 920.0, height: 280.0, labels: 13 };
const NARROW: Frame = Frame { width: 360.0, height: 240.0, labels: 4 };
/// Room for the numbers at the side and the words at the foot.
const SIDE: f64 = 44.0;
const END: f64 = 32.0;
const TOP: f64 = 12.0;
const FOOT: f64 = 30.0;

/// The mark of a line at each of its points, and in the legend.
fn mark(series: usize, x: f64, y: f64) -> String {
    match series {
        0 => format!("<circle class=\"stats-mark\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>"),
        1 => format!("<rect class=\"stats-mark\" x=\"{:.1}\" y=\"{:.1}\" width=\"7\" height=\"7\"/>", x - 3.5, y - 3.5),
        _ => format!("<path class=\"stats-mark\" d=\"M{x:.1} {:.1}l4.6 8h-9.2z\"/>", y - 5.0),
    }
}

/// A round number of steps up to the greatest: 1, 2, 5 and their tens.
fn scale(most: u32) -> (u32, u32) {
    let mut unit = 1_u32;
    loop {
        for step in [unit, unit.saturating_mul(2), unit.saturating_mul(5)] {
            if step.saturating_mul(5) >= most {
                return (step, most.div_ceil(step).max(1));
            }
        }
        unit = unit.saturating_mul(10);
    }
}

fn point_words(locale: Locale, grain: Grain, span: Span) -> String {
    match grain {
        Grain::Day | Grain::Week => format::short_day(locale, span.from),
        Grain::Month => format::month(locale, span.from),
        Grain::Year => span.from.year().to_string(),
    }
}

fn numbers(point: &Point) -> [u32; 3] {
    [point.registered.n, point.decided.n, point.settled.n]
}

/// What stands inside the `<svg>`: no text of a person's.
fn drawing(locale: Locale, course: &[Point], grain: Grain, frame: Frame) -> String {
    let most = course.iter().flat_map(numbers).max().unwrap_or_default();
    let (step, steps) = scale(most);
    let (left, right) = (SIDE, frame.width - END);
    let (top, bottom) = (TOP, frame.height - FOOT);
    let height = bottom - top;
    let y = |n: u32| bottom - f64::from(n) * height / f64::from(step * steps);
    let gaps = course.len().saturating_sub(1).max(1);
    #[expect(clippy::cast_precision_loss, reason = "some hundred points at most")]
    let x = |at: usize| {
        if course.len() < 2 {
            (left + right) / 2.0
        } else {
            left + 8.0 + (right - left - 16.0) * at as f64 / gaps as f64
        }
    };
    let mut svg = String::new();
    for line in 0..=steps {
        let (n, at) = (line * step, y(line * step));
        write!(
            svg,
            "<line class=\"stats-grid-line\" x1=\"{left:.0}\" x2=\"{right:.0}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
             <text class=\"stats-axis\" x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            left - 8.0,
            at + 4.0,
            format::count(locale, i64::from(n))
        )
        .expect("writing to a String cannot fail");
    }
    let every = course.len().div_ceil(frame.labels).max(1);
    for (at, point) in course.iter().enumerate().filter(|(at, _)| at % every == 0) {
        write!(
            svg,
            "<text class=\"stats-axis\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            x(at),
            frame.height - 8.0,
            point_words(locale, grain, point.span)
        )
        .expect("writing to a String cannot fail");
    }
    for series in (0..3).rev() {
        write!(svg, "<g class=\"stats-line stats-line-{series}\">").expect("writing to a String cannot fail");
        let places: Vec<(f64, f64)> =
            course.iter().enumerate().map(|(at, point)| (x(at), y(numbers(point)[series]))).collect();
        let points: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        write!(svg, "<polyline points=\"{}\"/>", points.join(" ")).expect("writing to a String cannot fail");
        // So many marks would hide the line.
        if course.len() <= 62 {
            svg.extend(places.iter().map(|(x, y)| mark(series, *x, *y)));
        }
        svg.push_str("</g>");
    }
    svg
}

/// What came, was decided and was settled, over the period.
#[component]
pub fn Course(course: Vec<Point>, grain: Grain) -> impl IntoView {
    let locale = use_locale();
    let names = [words::registered(locale), words::decided(locale), words::settled(locale)];
    let sum = |series: usize| format::count(locale, course.iter().map(|point| i64::from(numbers(point)[series])).sum());
    let peak = course.iter().rev().max_by_key(|point| point.registered.n);
    let peak = peak.map(|point| point_words(locale, grain, point.span)).unwrap_or_default();
    let told = words::course_desc(locale, &sum(0), &sum(1), &sum(2), &peak);
    let chart = |id: &'static str, class: &'static str, frame: Frame| {
        let (title, desc) = (format!("{id}-title"), format!("{id}-desc"));
        let inside = format!(
            "<title id=\"{title}\">{}</title><desc id=\"{desc}\">{told}</desc>{}",
            words::course(locale),
            drawing(locale, &course, grain, frame)
        );
        view! {
            <svg
                class=class
                viewBox=format!("0 0 {} {}", frame.width, frame.height)
                role="img"
                aria-labelledby=format!("{title} {desc}")
                focusable="false"
                inner_html=inside
            ></svg>
        }
    };
    let legend = names
        .into_iter()
        .enumerate()
        .map(|(series, name)| {
            let drawn = format!(
                "<g class=\"stats-line stats-line-{series}\"><polyline points=\"1,8 39,8\"/>{}</g>",
                mark(series, 20.0, 8.0)
            );
            view! {
                <li>
                    <svg class="stats-key" viewBox="0 0 40 16" aria-hidden="true" focusable="false" inner_html=drawn></svg>
                    <span>{name}</span>
                </li>
            }
        })
        .collect_view();
    let wide = chart("course-wide", "stats-chart stats-chart-wide", WIDE);
    let narrow = chart("course-narrow", "stats-chart stats-chart-narrow", NARROW);
    let rows = course
        .iter()
        .cloned()
        .map(|Point { span, registered, decided, settled }| {
            let when = match grain {
                Grain::Day => format::day(locale, span.from),
                Grain::Week => {
                    format!("{} – {}", format::short_day(locale, span.from), format::short_day(locale, span.until))
                }
                Grain::Month | Grain::Year => point_words(locale, grain, span),
            };
            view! {
                <tr>
                    <th scope="row">{when}</th>
                    <td>
                        <Number figure=registered/>
                    </td>
                    <td>
                        <Number figure=decided/>
                    </td>
                    <td>
                        <Number figure=settled/>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card id="course" title=words::course(locale)>
            <ul class="stats-legend" role="list">
                {legend}
            </ul>
            {wide}
            {narrow}
            <details class="stats-as-table">
                <summary class="button button-quiet">{words::as_table(locale)}</summary>
                <table class="table stats-table">
                    <thead>
                        <tr>
                            <th scope="col">{words::when(locale)}</th>
                            <th scope="col">{words::registered(locale)}</th>
                            <th scope="col">{words::decided(locale)}</th>
                            <th scope="col">{words::settled(locale)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </Card>
    }
    .into_any()
}

/// Stripes tell the parts apart where colours do not.
const PATTERNS: &str = "<defs>\
    <pattern id=\"stats-partly\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
    <rect class=\"stats-part-1\" width=\"8\" height=\"8\"/><rect class=\"stats-stripe\" width=\"3\" height=\"8\"/></pattern>\
    <pattern id=\"stats-rejected\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
    <rect class=\"stats-part-2\" width=\"8\" height=\"8\"/><circle class=\"stats-stripe\" cx=\"4\" cy=\"4\" r=\"1.8\"/></pattern>\
    </defs>";

fn part(at: usize, x: f64, width: f64, height: f64) -> String {
    let fill = match at {
        0 => "class=\"stats-part-0\"",
        1 => "fill=\"url(#stats-partly)\"",
        _ => "fill=\"url(#stats-rejected)\"",
    };
    format!("<rect {fill} x=\"{x:.1}\" y=\"0\" width=\"{width:.1}\" height=\"{height}\"/>")
}

/// How much was approved, partly and not.
#[component]
pub fn Decisions(verdicts: Vec<Pair>) -> impl IntoView {
    let locale = use_locale();
    let all: [i64; 2] = [
        verdicts.iter().map(|pair| i64::from(pair.now.n)).sum(),
        verdicts.iter().map(|pair| i64::from(pair.before.n)).sum(),
    ];
    let share =
        move |n: u32, of: usize| (all[of] > 0).then(|| percent(locale, (i64::from(n) * 1000 + all[of] / 2) / all[of]));
    let names: Vec<&'static str> = Verdict::ALL
        .into_iter()
        .map(|verdict| texts::verdict::by_key(locale, verdict.key()).unwrap_or_default())
        .collect();
    let told: Vec<String> = names
        .iter()
        .zip(&verdicts)
        .map(|(name, pair)| format!("{name}: {}", share(pair.now.n, 0).unwrap_or_default()))
        .collect();
    let mut inside = format!(
        "<title id=\"decisions-title\">{}</title><desc id=\"decisions-desc\">{}</desc>{PATTERNS}",
        words::decisions(locale),
        told.join(". ")
    );
    let mut x = 0.0;
    for (at, pair) in verdicts.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a million cases at most")]
        let width = if all[0] == 0 { 0.0 } else { f64::from(pair.now.n) * 400.0 / all[0] as f64 };
        inside.push_str(&part(at, x, width, 36.0));
        x += width;
    }
    let rows = names
        .into_iter()
        .zip(verdicts)
        .enumerate()
        .map(|(at, (name, pair))| {
            let (now, before) = (pair.now.n, pair.before.n);
            let shares = [share(now, 0), share(before, 1)]
                .map(|share| share.map(|share| view! { <span class="stats-share">{share}</span> }));
            let [share_now, share_before] = shares;
            view! {
                <tr>
                    <th scope="row">
                        <svg
                            class="stats-swatch"
                            viewBox="0 0 16 16"
                            aria-hidden="true"
                            focusable="false"
                            inner_html=part(at, 0.0, 16.0, 16.0)
                        ></svg>
                        {name}
                    </th>
                    <td>
                        <Number figure=pair.now/>
                        {share_now}
                    </td>
                    <td>
                        <Number figure=pair.before/>
                        {share_before}
                    </td>
                    <td>{change(locale, i64::from(now), i64::from(before)).unwrap_or_else(|| "–".to_owned())}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card id="decisions" title=words::decisions(locale)>
            <svg
                class="stats-stack"
                viewBox="0 0 400 36"
                preserveAspectRatio="none"
                role="img"
                aria-labelledby="decisions-title decisions-desc"
                focusable="false"
                inner_html=inside
            ></svg>
            <Compared of=words::decisions(locale)>{rows}</Compared>
        </Card>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Figure;
    use domain::statistics::Slice;
    use jiff::civil::date;

    #[test]
    fn steps_are_round_and_reach_the_greatest() {
        for (most, expected) in
            [(0, (1, 1)), (1, (1, 1)), (5, (1, 5)), (6, (2, 3)), (17, (5, 4)), (26, (10, 3)), (1234, (500, 3))]
        {
            assert_eq!(scale(most), expected, "{most}");
        }
        for most in [1, 7, 99, 12_345, 1_000_000, u32::MAX / 10] {
            let (step, steps) = scale(most);
            assert!(step * steps >= most && steps <= 5, "{most}");
        }
    }

    #[test]
    fn a_drawing_holds_every_point_inside_its_frame() {
        let figure = |n: u32| Figure { n, slice: Slice::default() };
        let course: Vec<Point> = (1..=12)
            .map(|month| {
                let from = date(2026, month, 1);
                let n = u32::from(month.unsigned_abs());
                let span = Span { from, until: from.last_of_month() };
                Point { span, registered: figure(n * 10), decided: figure(n), settled: figure(0) }
            })
            .collect();
        for frame in [WIDE, NARROW] {
            let svg = drawing(Locale::Nb, &course, Grain::Month, frame);
            assert_eq!(svg.matches("<circle").count(), 12);
            assert!(svg.contains("jan. 2026") && !svg.contains("NaN"));
            for place in svg.split("cy=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let y: f64 = place.parse().expect("a number");
                assert!((TOP..=frame.height - FOOT).contains(&y), "{y}");
            }
        }
        assert!(drawing(Locale::En, &course[..1], Grain::Month, WIDE).contains("cx=\"466"), "alone in the middle");
    }
}
