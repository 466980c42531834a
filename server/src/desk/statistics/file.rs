//! The numbers as a file for spreadsheets.

use crate::desk::Desk;
use crate::desk::export::{Cell, Export, Format, csv, xlsx};
use crate::store::error::{Result, StoreError};
use app::backend::{InTime, Line, Pair, StatisticsQuery, StatisticsView, Viewer};
use app::error::AppError;
use bytes::Bytes;
use domain::Locale;
use domain::decision::Verdict;
use domain::statistics::Span;
use futures::StreamExt;
use texts::statistics as words;

struct Sheet {
    locale: Locale,
    rows: Vec<[Cell; 6]>,
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn count(n: u32) -> Cell {
    Cell::Number(i64::from(n))
}

impl Sheet {
    fn row(&mut self, [section, name, detail, unit]: [&str; 4], [now, before]: [Cell; 2]) {
        self.rows.push([text(section), text(name), text(detail), text(unit), now, before]);
    }

    fn pair(&mut self, section: &str, name: &str, detail: &str, unit: &str, pair: &Pair) {
        self.row([section, name, detail, unit], [count(pair.now.n), count(pair.before.n)]);
    }

    fn days(&mut self, name: &str, days: [Option<u16>; 2]) {
        let days = days.map(|days| days.map_or(Cell::Empty, |days| Cell::Number(i64::from(days))));
        self.row([words::time(self.locale), name, "", words::days_unit(self.locale)], days);
    }

    fn in_time(&mut self, within: &str, past: &str, kept: &InTime) {
        let (time, cases) = (words::time(self.locale), words::cases(self.locale));
        self.pair(time, within, "", cases, &kept.within);
        self.pair(time, past, "", cases, &kept.past);
        self.row([time, within, "", "%"], kept.share.map(|share| share.map_or(Cell::Empty, Cell::Share)));
    }

    fn lines(&mut self, section: &str, lines: &[Line]) {
        let (locale, cases) = (self.locale, words::cases(self.locale));
        for line in lines {
            let name = if line.name.is_empty() { words::none_noted(locale) } else { &line.name };
            self.pair(section, name, &line.detail, cases, &line.cases);
        }
    }
}

/// The head, and one number a row: what it is about, what it is, its unit, this period's, the one before's.
fn table(view: &StatisticsView, locale: Locale) -> ([String; 6], Vec<[Cell; 6]>) {
    let mut sheet = Sheet { locale, rows: Vec::new() };
    let [now, before] = [view.span, view.before].map(|span| span.to_string().replace("..", " – "));
    let heads =
        [words::section(locale), words::name(locale), words::detail(locale), words::unit(locale), &now, &before];
    let heads = heads.map(str::to_owned);
    let cases = words::cases(locale);
    for (name, pair) in [
        (words::registered(locale), &view.registered),
        (words::decided(locale), &view.decided),
        (words::settled(locale), &view.settled),
        (words::open_at_end(locale), &view.open),
    ] {
        sheet.pair(words::volumes(locale), name, "", cases, pair);
    }
    for point in &view.course {
        let Span { from, until } = point.span;
        for (name, figure) in [
            (words::registered(locale), &point.registered),
            (words::decided(locale), &point.decided),
            (words::settled(locale), &point.settled),
        ] {
            let span = format!("{from} – {until}");
            sheet.row([words::course(locale), name, &span, cases], [count(figure.n), Cell::Empty]);
        }
    }
    for age in &view.ages {
        let name = match age.until {
            Some(until) => words::age(locale, &age.from.to_string(), &until.to_string()),
            None => words::age_over(locale, &age.from.to_string()),
        };
        sheet.row([words::open_ages(locale), &name, "", cases], [count(age.cases.n), Cell::Empty]);
    }
    sheet.days(words::median(locale), view.median);
    sheet.days(words::ninetieth(locale), view.ninetieth);
    sheet.in_time(words::in_law(locale), words::past_law(locale), &view.law);
    sheet.in_time(words::in_target(locale), words::past_target(locale), &view.target);
    for (verdict, pair) in Verdict::ALL.into_iter().zip(&view.verdicts) {
        let name = texts::verdict::by_key(locale, verdict.key()).unwrap_or_default();
        sheet.pair(words::decisions(locale), name, "", cases, pair);
    }
    sheet.lines(words::causes(locale), &view.causes);
    for line in &view.outcomes {
        sheet.pair(words::outcomes(locale), &line.name, "", cases, &line.cases);
        for (name, amounts) in [(words::cost(locale), line.cost), (words::credit(locale), line.credit)] {
            sheet.row([words::outcomes(locale), &line.name, name, &view.currency], amounts.map(Cell::Money));
        }
    }
    sheet.lines(words::articles(locale), &view.articles);
    sheet.lines(words::brands(locale), &view.brands);
    (heads, sheet.rows)
}

impl Desk {
    /// The statistics as a file.
    ///
    /// # Errors
    /// As of [`Statistics::statistics`](app::backend::Statistics::statistics).
    pub async fn statistics_file(
        &self,
        who: &Viewer,
        query: &StatisticsQuery,
        format: Format,
    ) -> Result<Export, AppError> {
        let made = async {
            let view = self.statistics_of(who, query).await?;
            let name = format!("{}_{}_{}.{}", words::file(who.locale), view.span.from, view.span.until, format.key());
            let (heads, rows) = table(&view, who.locale);
            let body = match format {
                Format::Csv => {
                    let heads = heads.map(Cell::Text).to_vec();
                    let rows: Vec<Vec<Cell>> = rows.into_iter().map(Vec::from).collect();
                    let lines =
                        csv::lines(who.locale, std::iter::once(&heads).chain(&rows)).map_err(StoreError::corrupt)?;
                    let file = [csv::MARK.as_bytes(), &lines].concat();
                    futures::stream::iter([Ok(Bytes::from(file))]).boxed()
                }
                Format::Xlsx => {
                    let mut sheet = xlsx::Sheet::begin(&heads.each_ref().map(String::as_str))?;
                    for row in &rows {
                        sheet.add(row)?;
                    }
                    sheet.end().await?.boxed()
                }
            };
            Ok(Export { name, body })
        };
        made.await.map_err(|error| self.fail(error))
    }
}
