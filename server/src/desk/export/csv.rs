//! CSV as Excel opens it by a double click: UTF-8 with its mark, CRLF, and the separator of the reader's language. Every
//! text is quoted, so that a program that splits at another sign finds no cell that begins a formula either.

use super::{Cell, Pages};
use bytes::Bytes;
use csv::{QuoteStyle, Terminator, WriterBuilder};
use domain::Locale;
use domain::export::safe_text;
use futures::Stream;

pub(in crate::desk) const MARK: &str = "\u{feff}";

/// By the sign that the language has in its decimals, which the separator cannot be as well.
const fn separator(locale: Locale) -> u8 {
    match locale {
        Locale::En => b',',
        Locale::Nb | Locale::Pl => b';',
    }
}

pub(super) fn body(pages: Pages) -> impl Stream<Item = std::io::Result<Bytes>> + Send {
    futures::stream::try_unfold((pages, true), |(mut pages, first)| async move {
        let rows = pages.next().await.map_err(|error| pages.cut(error))?;
        if rows.is_empty() && !first {
            return Ok(None);
        }
        let heads: Vec<Vec<Cell>> = match first {
            true => vec![pages.heads().into_iter().map(|head| Cell::Text(head.to_owned())).collect()],
            false => Vec::new(),
        };
        let mark = if first { MARK } else { "" };
        let mut text = mark.as_bytes().to_vec();
        text.extend(lines(pages.who.locale, heads.iter().chain(&rows))?);
        Ok(Some((Bytes::from(text), (pages, false))))
    })
}

pub(in crate::desk) fn lines<'a>(
    locale: Locale,
    rows: impl Iterator<Item = &'a Vec<Cell>>,
) -> std::io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .delimiter(separator(locale))
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Always)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| written(locale, cell)))?;
    }
    writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))
}

/// A quoted number or date is one all the same to whoever reads it.
fn written(locale: Locale, cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => safe_text(text).into_owned(),
        Cell::Day(day) => day.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Share(thousandths) => decimal(locale, i64::from(*thousandths), 10),
        Cell::Money(minor) => decimal(locale, *minor, 100),
        Cell::Empty => String::new(),
    }
}

fn decimal(locale: Locale, number: i64, parts: u64) -> String {
    let mark = if locale == Locale::En { '.' } else { ',' };
    let (sign, size) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    let digits = parts.ilog10() as usize;
    format!("{sign}{}{mark}{:0digits$}", size / parts, size % parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_excel_of_that_language_opens() {
        let row = vec![
            Cell::Text("26-000001-3".into()),
            Cell::Text("=HYPERLINK(\"x\";\"y\")".into()),
            Cell::Day(jiff::civil::date(2026, 10, 19)),
            Cell::Money(123_405),
            Cell::Empty,
            Cell::Number(-7),
            Cell::Share(667),
            Cell::Money(-50),
        ];
        let nb = lines(Locale::Nb, [&row].into_iter()).expect("can be written");
        let expected = "\"26-000001-3\";\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\";\"2026-10-19\";\"1234,05\";\"\";\"-7\";\"66,7\";\"-0,50\"\r\n";
        assert_eq!(String::from_utf8(nb).expect("UTF-8"), expected);
        let en = lines(Locale::En, [&row].into_iter()).expect("can be written");
        assert!(
            String::from_utf8(en)
                .expect("UTF-8")
                .contains("\"2026-10-19\",\"1234.05\",\"\",\"-7\",\"66.7\",\"-0.50\"\r\n")
        );
    }
}
