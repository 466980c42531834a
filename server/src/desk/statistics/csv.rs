//! The numbers as a file for spreadsheets.

use crate::desk::Desk;
use app::backend::{InTime, Line, Pair, Statistics, StatisticsQuery, StatisticsView, Viewer};
use app::error::AppError;
use domain::decision::Verdict;
use domain::statistics::Span;
use domain::{Locale, money};
use std::fmt::Write;
use texts::statistics as words;

/// Comma, or semicolon where the comma stands in numbers: as spreadsheets of that language read it.
const fn separator(locale: Locale) -> char {
    match locale {
        Locale::En => ',',
        Locale::Nb | Locale::Pl => ';',
    }
}

/// Always in quotes: whatever separator the reader's spreadsheet splits at, a text stays one cell.
fn cell(text: &str) -> String {
    // A number is no formula, whatever its sign.
    let number = text.parse::<f64>().is_ok();
    let safe = if number { text.into() } else { domain::export::safe_text(text) };
    format!("\"{}\"", safe.replace('"', "\"\""))
}

struct Sheet {
    locale: Locale,
    text: String,
}

impl Sheet {
    fn row(&mut self, cells: &[&str]) {
        let separator = separator(self.locale);
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        writeln!(self.text, "{}\r", cells.join(&separator.to_string())).expect("writing to a String cannot fail");
    }

    fn pair(&mut self, section: &str, name: &str, detail: &str, measure: &str, pair: &Pair) {
        self.row(&[section, name, detail, measure, &pair.now.n.to_string(), &pair.before.n.to_string()]);
    }

    fn days(&mut self, name: &str, days: [Option<u16>; 2]) {
        let [now, before] = days.map(|days| days.map(|days| days.to_string()).unwrap_or_default());
        self.row(&[words::time(self.locale), name, "", words::days_unit(self.locale), &now, &before]);
    }

    fn in_time(&mut self, within: &str, past: &str, kept: &InTime) {
        let cases = words::cases(self.locale);
        self.pair(words::time(self.locale), within, "", cases, &kept.within);
        self.pair(words::time(self.locale), past, "", cases, &kept.past);
        let [now, before] =
            kept.share.map(|share| share.map(|share| self.decimal(i64::from(share))).unwrap_or_default());
        self.row(&[words::time(self.locale), within, "", "%", &now, &before]);
    }

    /// Thousandths as per cent.
    fn decimal(&self, share: i64) -> String {
        let comma = if self.locale == Locale::En { '.' } else { ',' };
        format!("{}{comma}{}", share / 10, share % 10)
    }

    fn lines(&mut self, section: &str, lines: &[Line]) {
        let (locale, cases) = (self.locale, words::cases(self.locale));
        for line in lines {
            let name = if line.name.is_empty() { words::none_noted(locale) } else { &line.name };
            self.pair(section, name, &line.detail, cases, &line.cases);
        }
    }
}

/// One number a row: what it is about, what it is, its unit, this period's, the one before's. UTF-8 with a mark, which
/// spreadsheets want.
fn csv(view: &StatisticsView, locale: Locale) -> String {
    let mut sheet = Sheet { locale, text: "\u{feff}".to_owned() };
    let (now, before) = (view.span.to_string().replace("..", " – "), view.before.to_string().replace("..", " – "));
    sheet.row(&[
        words::section(locale),
        words::name(locale),
        words::detail(locale),
        words::unit(locale),
        &now,
        &before,
    ]);
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
            sheet.row(&[words::course(locale), name, &format!("{from} – {until}"), cases, &figure.n.to_string(), ""]);
        }
    }
    for age in &view.ages {
        let name = match age.until {
            Some(until) => words::age(locale, &age.from.to_string(), &until.to_string()),
            None => words::age_over(locale, &age.from.to_string()),
        };
        sheet.row(&[words::open_ages(locale), &name, "", cases, &age.cases.n.to_string(), ""]);
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
            let [now, before] = amounts.map(|minor| money::typed(locale, minor));
            sheet.row(&[words::outcomes(locale), &line.name, name, &view.currency, &now, &before]);
        }
    }
    sheet.lines(words::articles(locale), &view.articles);
    sheet.lines(words::brands(locale), &view.brands);
    sheet.text
}

impl Desk {
    /// The statistics as CSV, and the name of the file.
    ///
    /// # Errors
    /// As of [`Statistics::statistics`].
    pub async fn statistics_csv(&self, who: &Viewer, query: &StatisticsQuery) -> Result<(String, String), AppError> {
        let view = self.statistics(who, query).await?;
        let name = format!("{}_{}_{}.csv", words::file(who.locale), view.span.from, view.span.until);
        Ok((name, csv(&view, who.locale)))
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula_and_none_breaks_its_row() {
        for (text, expected) in [
            ("=1+1", "\"'=1+1\""),
            ("@sum", "\"'@sum\""),
            ("x;=cmd|'/C calc'!A0;", "\"x;=cmd|'/C calc'!A0;\""),
            ("+47", "\"+47\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("plain", "\"plain\""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
